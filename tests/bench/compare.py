"""./run bench: messages per second of Raadspost beside the host's own mailing, all in one run on one machine.

(a) Tryton's marketing_automation with an HTML mail; (b) Raadspost, without and with the letter, over 2 and 10
connections; both on SQLite and PostgreSQL into Postfix's smtp-sink. (c) smtp-source with as many connections and
bytes; (d) a loop that only renders the same letter on all cores, as many of them as were sent and begun as cold, right
before and after each of ours with a letter: a machine's speed drifts. For the same reason a thousand letters are sent
three times, and the median counts. Then the disk's syncs, peak memory, reading election results beside expat, and answers
of councils beside GMime. Each measurement is a process of its own (measure.py) on a database of its own, so that peak
memory is its own too.

The databases lie on a disk, not in memory: a commit and a mark in the journal cost here what they cost in earnest.
"""
import argparse
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import psycopg2

TOP = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(TOP / 'tests' / 'host'), str(HERE)]

from cluster import Cluster  # noqa: E402
from database import HOST_PYTHON  # noqa: E402
from measure import HOST_MODULES, Sink  # noqa: E402

SMTP_SOURCE = '/usr/sbin/smtp-source'
SYNCS = 500
KINDS = ('sqlite', 'postgresql')
CONNECTIONS = (2, 10)
# What issue and design ask for: preparing and sending together, as a multiple of (a) and of (d); sending alone, of (c).
WITHOUT_LETTER = {'sqlite': 40, 'postgresql': 150}
WITH_LETTER = 0.7
SENDING = 0.25
MEMORY_GROWTH, MEMORY_MB = 1.2, 300
PLANNING_SECONDS, PLANNING_MB, PLANNING_LINEAR, REPLANNING_MS = 5, 500, 1.15, 20
PLANNED_ROWS = 10_000
LISTED, LIST_SECONDS = 1_000_000, 1
PUBLIC_RATE, PUBLIC_GROWTH_MS = 200, 50
ANSWERS_PER_SECOND = 4000  # councils' answers read and classified, on one core
READING = 0.25  # of a pass over the same zip of election results that only unpacks and parses


def say(text=''):
    print(text, flush=True)


def sync_rate(folder):
    "fdatasync after each line, as a journal without group commit would."
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        begun = time.monotonic()
        for _ in range(SYNCS):
            file.write(b'x' * 100)
            file.flush()
            os.fdatasync(file.fileno())
        return SYNCS / (time.monotonic() - begun)


def smtp_source(connections, messages, size):
    "(c): Postfix's own generator, which keeps no record of anything."
    with Sink() as sink:
        begun = time.monotonic()
        subprocess.run([SMTP_SOURCE, '-d', '-s', str(connections), '-m', str(messages), '-l', str(size), '-f',
                        'post@dorpensamen.example', '-t', 'griffie@raad.example', f'127.0.0.1:{sink.port}'], check=True)
        return messages / (time.monotonic() - begun)


def letters_alone(build, letters):
    "(d): letters per second of the sample that is sent, on as many threads as the sender has."
    said = subprocess.run([build / 'tests' / 'bench' / 'bench_letter', str(letters), 'dorpen'], check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    return float(re.search(r'^dorpen +\d+ +(\d+)', said, re.MULTILINE)[1])


class BenchCluster(Cluster):
    "Measured as safe as a real one, and as often disturbed by its own house-keeping."

    def create(self):
        super().create()
        with open(os.path.join(self.data, 'postgresql.conf'), 'a') as conf:
            conf.write("autovacuum_naptime = 1min\n")
        return self

    def set_durable(self, durable):
        connection = psycopg2.connect(self.uri + 'postgres')
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f"ALTER SYSTEM SET fsync = {'on' if durable else 'off'}")
                cursor.execute("SELECT pg_reload_conf()")
                if durable:
                    cursor.execute("CHECKPOINT")
        finally:
            connection.close()


class Judge:
    "Measured ratios beside what is asked for."

    def __init__(self):
        self.missed = 0

    def least(self, what, found, wanted, unit=' x'):
        self._say(what, found, f'at least {wanted:g}{unit}', found >= wanted, unit)

    def most(self, what, found, wanted, unit=' x'):
        self._say(what, found, f'at most {wanted:g}{unit}', found <= wanted, unit)

    def _say(self, what, found, wanted, good, unit):
        self.missed += not good
        say(f"  {what:<58}{found:>8.2f}{unit}   {wanted:<18}{'met' if good else 'MISSED'}")


class Bench:
    def __init__(self, options, folder, cluster, cluster_state):
        self.options = options
        self.cluster = cluster
        self.build = options.build.resolve()
        self.environment = {
            **os.environ, 'TMPDIR': folder, 'RAADSPOST_BUILD': folder, 'RAADSPOST_HOST_PATH': str(self.build / 'host'),
            'RAADSPOST_CLUSTER': cluster_state, 'RAADSPOST_IN_SUITE': '1', 'PYTHONWARNINGS': 'ignore'}
        self.judge = Judge()
        self.host, self.found = {}, {}

    def templates(self):
        "Each measurement begins with a copy of these. Syncing their thousand files would take minutes."
        self.cluster.set_durable(False)
        for kind in self.options.databases:
            for modules in (HOST_MODULES, ['raadspost']):
                subprocess.run([HOST_PYTHON, '-W', 'ignore', TOP / 'tests' / 'host' / 'database.py', *modules],
                               env={**self.environment, 'RAADSPOST_DATABASE': kind}, check=True)
        self.cluster.set_durable(True)

    def measure(self, part, kind, recipients, connections=1):
        command = [HOST_PYTHON, '-W', 'ignore', HERE / 'measure.py', part, '--recipients', str(recipients),
                   '--connections', str(connections), '--daemon', self.build / 'plugin' / 'daemon' / 'raadspostd']
        done = subprocess.run(command, env={**self.environment, 'RAADSPOST_DATABASE': kind},
                              stdout=subprocess.PIPE, text=True)
        if done.returncode:
            raise SystemExit(f"bench: {part} with {recipients} recipients on {kind} failed")
        return json.loads(done.stdout.strip().splitlines()[-1])

    def row(self, label, kind, connections, found):
        number = found['recipients']
        say(f"{label:<28}{kind:<11}{connections:>5}{number:>9}{number / found['preparing']:>11.0f}"
            f"{number / found['sending']:>9.0f}{number / found['together']:>11.0f}"
            f"{found['cpu'] / number * 1000:>9.2f}{found['memory']:>7.0f}{found['bytes']:>8.0f}")

    def rates(self):
        say(f"\n{'':<28}{'database':<11}{'conn.':>5}{'messages':>9}{'prepare/s':>11}{'send/s':>9}{'together/s':>11}"
            f"{'cpu ms':>9}{'MB':>7}{'bytes':>8}")
        for kind in self.options.databases:
            found = self.host[kind] = self.measure('host', kind, self.options.host_recipients)
            self.row("(a) marketing_automation", kind, 1, found)
        for recipients in self.options.recipients:
            for kind in self.options.databases:
                for part in ('mail', 'letter'):
                    for connections in CONNECTIONS:
                        found = self.measure_beside_letters(part, kind, recipients, connections)
                        self.found[part, kind, recipients, connections] = found
                        self.row(f"(b) Raadspost, {'with letter' if part == 'letter' else 'mail alone'}", kind,
                                 connections, found)

    def measure_beside_letters(self, part, kind, recipients, connections):
        if part != 'letter':
            return self.measure(part, kind, recipients, connections)
        # A thousand letters take three seconds, in which a machine's speed may change by half: the median of three.
        times = 3 if recipients <= 1000 else 1
        runs = []
        before = letters_alone(self.build, recipients)
        for _ in range(times):
            found = self.measure(part, kind, recipients, connections)
            after = letters_alone(self.build, recipients)
            runs.append({**found, 'letters': (before + after) / 2})
            before = after
        return sorted(runs, key=lambda run: run['together'] * run['letters'])[times // 2]

    def sources(self):
        say("\n(c) smtp-source -d, messages per second")
        self.source = {}
        for part in ('mail', 'letter'):
            size = next(round(found['bytes']) for key, found in self.found.items() if key[0] == part)
            for connections in CONNECTIONS:
                rate = self.source[part, connections] = smtp_source(connections, self.options.source_messages, size)
                say(f"  {size:>7} bytes, {connections:>2} connections{rate:>10.0f}")

    def ratios(self):
        say("\nPreparing and sending together")
        for (part, kind, recipients, connections), found in self.found.items():
            rate = recipients / found['together']
            label = f"{kind}, {recipients} recipients, {connections} connections"
            if part == 'mail':
                host = self.host[kind]
                self.judge.least(f"(b) mail / (a), {label}", rate / (host['recipients'] / host['together']),
                                 WITHOUT_LETTER[kind])
            else:
                self.judge.least(f"(b) letter / (d), {label}", rate / found['letters'], WITH_LETTER)
        say("\nSending alone: the marks of the journal, the bytes and the reply")
        for (part, kind, recipients, connections), found in self.found.items():
            self.judge.least(f"(b) {part} / (c), {kind}, {recipients} recipients, {connections} connections",
                             recipients / found['submitting'] / self.source[part, connections], SENDING)

    def memory(self):
        say("\nPeak memory of raadspostd")
        small = min(self.options.recipients)
        kind = self.options.databases[0]
        base = self.found['mail', kind, small, CONNECTIONS[-1]]['memory']
        largest = None
        for recipients in sorted({*self.options.recipients, self.options.memory_recipients}):
            key = ('mail', kind, recipients, CONNECTIONS[-1])
            largest = self.found.get(key) or self.measure('mail', kind, recipients, CONNECTIONS[-1])
            say(f"  {recipients:>7} recipients{largest['memory']:>8.0f} MB{recipients / largest['together']:>8.0f}/s")
        self.judge.most(f"{recipients} recipients / {small}", largest['memory'] / base, MEMORY_GROWTH)
        self.judge.most(f"{recipients} recipients", largest['memory'], MEMORY_MB, ' MB')

    def planning(self):
        said = subprocess.run([self.build / 'tests' / 'bench' / 'bench_planner'], check=True, stdout=subprocess.PIPE,
                              text=True).stdout
        sizes = [json.loads(line) for line in said.splitlines()]
        say("\nPlanning in the core: cases of five steps each, on one core")
        for size in sizes:
            say(f"  {size['cases']:>8} cases{size['seconds']:>8.2f} s{size['cases'] / size['seconds']:>10.0f}/s"
                f"{size['mb']:>7} MB; after one answer{size['replan_ms']:>7.2f} ms")
        small, large = sizes[0], sizes[-1]
        self.judge.most(f"{large['cases']} cases", large['seconds'], PLANNING_SECONDS, ' s')
        self.judge.most(f"{large['cases']} cases", large['mb'], PLANNING_MB, ' MB')
        self.judge.most(f"time per case, {large['cases']} / {small['cases']}",
                        large['seconds'] / large['cases'] / (small['seconds'] / small['cases']), PLANNING_LINEAR)
        self.judge.most("after one answer", large['replan_ms'], REPLANNING_MS, ' ms')
        say("\nPlanning in the CRM: facts read, planned, lines, cases and dispatches written")
        for kind in self.options.databases:
            found = self.measure('plan', kind, self.options.plan_councils)
            host = self.host.get(kind) or self.measure('host', kind, self.options.host_recipients)
            rate, trigger = found['rows'] / found['planning'], host['recipients'] / host['preparing']
            say(f"  {kind:<11}{found['recipients']:>7} councils{found['rows']:>8} rows{found['planning']:>7.2f} s; without "
                f"a change{found['again']:>6.2f} s; after one answer{found['one_fact'] * 1000:>7.1f} ms;"
                f"{found['memory']:>5.0f} MB")
            self.judge.least(f"rows written, {kind}", rate, PLANNED_ROWS, '/s')
            say(f"  {rate / trigger:.0f} times marketing_automation's trigger, {trigger:.0f} records a second")

    def lists(self):
        say("\nOpening the client's lists: seconds to the first rows of the slowest tab, and for its tabs' numbers")
        for kind in self.options.databases:
            found = self.measure('lists', kind, LISTED)
            say(f"  {kind}, {found['dispatches']} dispatches")
            for name, opened in found['lists'].items():
                say(f"    {name:<24}{opened['seconds']:>6.2f} s  {opened['tab']:<18}{opened['counts']:>6.2f} s")
            # A calendar is no list: it counts all dispatches of its steps.
            lists = [name for name in found['lists'] if not name.startswith('calendar')]
            slowest = max(lists, key=lambda name: found['lists'][name]['seconds'])
            self.judge.most(f"slowest list, {kind}: {slowest}", found['lists'][slowest]['seconds'], LIST_SECONDS, ' s')

    def elections(self):
        said = subprocess.run([self.build / 'tests' / 'bench' / 'bench_eml'], check=True, stdout=subprocess.PIPE,
                              text=True).stdout
        say("\nReading a zip of election results (EML 520)\n  " + said.strip().replace('\n', '\n  '))
        self.judge.least("reading / expat alone", float(re.search(r'ratio ([\d.]+)', said)[1]), READING)

    def answers(self):
        said = subprocess.run([self.build / 'tests' / 'bench' / 'bench_answers'], check=True, stdout=subprocess.PIPE,
                              text=True).stdout
        say("\nReading answers of councils, beside GMime merely parsing them\n  " + said.strip().replace('\n', '\n  '))
        self.judge.least("answers per second", float(re.search(r'answers_per_second ([\d.]+)', said)[1]), ANSWERS_PER_SECOND)

    def public(self):
        say(f"\nStaff's calls beside the public, {PUBLIC_RATE} requests a second on one process: the slowest twentieth")
        for kind in self.options.databases:
            found = self.measure('public', kind, 342)
            say(f"  {kind:<11}{found['alone'] * 1000:>7.0f} ms alone{found['beside'] * 1000:>7.0f} ms beside; median"
                f"{found['median_alone'] * 1000:>5.0f} and{found['median_beside'] * 1000:>5.0f} ms; the public"
                f"{found['rate']:>5.0f}/s, answered in{found['answered'] * 1000:>5.0f} ms, "
                f"{found['cpu_ms']:.1f} ms of a processor each, {found['statuses']}, load {found['load']:.0f} "
                f"{found['errors'] or ''}")
            self.judge.most(f"staff wait longer, {kind}", (found['beside'] - found['alone']) * 1000, PUBLIC_GROWTH_MS, ' ms')

    def run(self):
        say(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; "
            f"fdatasync {sync_rate(self.environment['TMPDIR']):.0f}/s")
        self.templates()
        if self.options.only:
            return getattr(self, self.options.only)()
        self.rates()
        self.sources()
        alone = [found['letters'] for found in self.found.values() if 'letters' in found]
        say(f"\n(d) rendering alone, letters per second: {min(alone):.0f} to {max(alone):.0f} in the course of this run")
        self.ratios()
        self.memory()
        self.planning()
        self.lists()
        self.elections()
        self.answers()
        self.public()
        say(f"\nload {os.getloadavg()[0]:.1f}; "
            + (f"{self.judge.missed} figures missed what is asked for" if self.judge.missed else "all figures are met"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--quick', action='store_true', help="1,000 recipients, and 10,000 for memory")
    parser.add_argument('--databases', nargs='+', choices=KINDS, default=list(KINDS))
    parser.add_argument('--recipients', type=int, nargs='+', default=[1000, 10000])
    parser.add_argument('--memory-recipients', type=int, default=100000)
    # The more there are, the slower the host goes: ten thousand would take it hours on PostgreSQL.
    parser.add_argument('--host-recipients', type=int, default=1000)
    parser.add_argument('--plan-councils', type=int, default=20000)
    parser.add_argument('--only', choices=['planning', 'lists', 'elections', 'answers', 'public'], help="one part")
    parser.add_argument('--source-messages', type=int, default=20000)
    parser.add_argument('--folder', default='/var/tmp', help="on the disk that is measured")
    options = parser.parse_args()
    if options.quick:
        options.recipients, options.memory_recipients = [1000], 10000
        options.source_messages = 5000
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix='raadspost-bench-', dir=options.folder))
        os.chmod(folder, 0o755)  # PostgreSQL's user comes through
        cluster_folder = os.path.join(folder, 'cluster')
        os.mkdir(cluster_folder)
        cluster = stack.enter_context(BenchCluster(folder=cluster_folder))
        state = os.path.join(folder, 'cluster.json')
        with open(state, 'w') as file:
            json.dump({'folder': cluster.folder, 'port': cluster.port}, file)
        Bench(options, folder, cluster, state).run()


if __name__ == '__main__':
    main()

"""./run bench: messages per second of Raadspost beside the host's own mailing, all in one run on one machine.

(a) Tryton's marketing_automation with an HTML mail of about the same size, (b) Raadspost, preparing and sending
together, without and with the letter, both on SQLite and PostgreSQL into Postfix's smtp-sink; (c) sending alone beside
smtp-source, and (d) a loop that only renders letters, which are programs of their own (bench_smtp, bench_letter).
Each measurement is a process of its own, so that peak memory is its own too.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / 'tests' / 'host')]

from cluster import Cluster, free_port  # noqa: E402
from database import HOST_PYTHON, database_with  # noqa: E402

SMTP_SINK = '/usr/sbin/smtp-sink'
SYNCS = 500
PARAGRAPHS = 12
SENTENCE = "In de dorpen van uw gemeente houden vrijwilligers het dorpshuis open, en daar is meer nodig dan koffie. "


class Sink:
    def __init__(self):
        self.port = free_port()
        # It gives up root's rights, and wants to be told for whose.
        rights = ['-u', 'nobody'] if os.geteuid() == 0 else []
        self.process = subprocess.Popen([SMTP_SINK, *rights, f'127.0.0.1:{self.port}', '1000'],
                                        stdin=subprocess.DEVNULL)
        time.sleep(0.3)
        if self.process.poll() is not None:
            raise SystemExit("smtp-sink did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def sync_rate(folder):
    "fdatasync after each line, as a journal without group commit would."
    with tempfile.NamedTemporaryFile(dir=folder) as file:
        begun = time.monotonic()
        for _ in range(SYNCS):
            file.write(b'x' * 100)
            file.flush()
            os.fdatasync(file.fileno())
        return SYNCS / (time.monotonic() - begun)


# --- (a) the host's own ---------------------------------------------------------------------------------

def host_mailing(recipients, port):
    database = database_with(['marketing_automation', 'party'], sections={
        'email': {'uri': f'smtp://127.0.0.1:{port}', 'from': 'post@dorpensamen.example'}})
    try:
        database.open()
        with database.transaction(commit=True) as pool:
            Party = pool.get('party.party')
            Party.create([{'name': f"Raad {number}", 'contact_mechanisms': [('create', [
                {'type': 'email', 'value': f'griffie@raad-{number}.example'}])]} for number in range(recipients)])
            Scenario = pool.get('marketing.automation.scenario')
            scenario, = Scenario.create([{'name': "Oproep", 'model': 'party.party', 'domain': '[]'}])
            template = ('<html><body><h1>Beste ${record.name}</h1>' + f'<p>{SENTENCE * 3}</p>' * PARAGRAPHS
                        + '<p><a href="unsubscribe|https://dorpensamen.example/">Afmelden</a></p></body></html>')
            pool.get('marketing.automation.activity').create([{
                'name': "Brief", 'parent': str(scenario), 'action': 'send_email', 'email_title': "Oproep",
                'email_template': template}])
            Scenario.run([scenario])
        begun = time.monotonic()
        with database.transaction(commit=True) as pool:
            pool.get('marketing.automation.scenario').trigger()
        prepared = time.monotonic()
        with database.transaction(commit=True) as pool:
            pool.get('marketing.automation.record.activity').process()
        ended = time.monotonic()
        return {'preparing': prepared - begun, 'sending': ended - prepared, 'memory': own_memory()}
    finally:
        database.remove()


# --- (b) ours -------------------------------------------------------------------------------------------

def raadspost_mailing(recipients, port, letter):
    build = pathlib.Path(os.environ['RAADSPOST_BUILD'])
    database = database_with(['raadspost'], sections={
        'email': {'uri': f'smtp://127.0.0.1:{port}', 'from': 'post@dorpensamen.example'}})
    database.write_conf({**database.sections, 'raadspost': {'keys': os.path.join(database.folder, 'keys', 'ring')}})
    try:
        database.open()
        from trytond.modules import import_module
        extension = import_module('raadspost')._raadspost
        with database.transaction(commit=True) as pool:
            extension.load_country({'domain_suffix': 'example', 'with_meeting_places': True})
            add_councils(pool, recipients)
            Configuration = pool.get('raadspost.configuration')
            configuration = Configuration(1)
            configuration.approval_required = False
            configuration.hold_minutes = 0
            configuration.guessed_addresses = True
            configuration.connections = 10
            configuration.save()
            Configuration.arm([configuration])
            Appeal = pool.get('raadspost.appeal')
            appeal = Appeal(extension.load_samples()[0])
            Step = pool.get('raadspost.step')
            Step.write(list(appeal.steps), {'with_letter': letter})
            Appeal.submit([appeal])
            Appeal.approve([appeal])
        daemon = [build / 'plugin' / 'daemon' / 'raadspostd', '-c', database.conf, '-d', database.name]
        subprocess.run([*daemon, '--arm', "bench"], env=database.environment(), check=True)
        begun = time.monotonic()
        with database.transaction(commit=True) as pool:
            Appeal = pool.get('raadspost.appeal')
            Appeal.start([Appeal(appeal.id)])
        prepared = time.monotonic()
        subprocess.run([*daemon, '--once'], env=database.environment(), check=True)
        ended = time.monotonic()
        with database.transaction() as pool:
            sent = pool.get('raadspost.dispatch').search([('state', '=', 'sent')], count=True)
        if sent != recipients:
            raise SystemExit(f"{sent} of {recipients} messages were sent")
        return {'preparing': prepared - begun, 'sending': ended - prepared,
                'memory': resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024}
    finally:
        database.remove()


def add_councils(pool, recipients):
    "As many councils as wanted, with a griffie each: fewer than the country has are closed, more are made up."
    Council = pool.get('raadspost.council')
    Griffie = pool.get('raadspost.griffie')
    councils = Council.search([])
    known = {council.code for council in councils}
    province = councils[0].province.id
    codes = (f'GM{number:04}' for number in range(1, 10000) if f'GM{number:04}' not in known)
    made = Council.create([{'code': code, 'name': f"Proefraad {code}", 'province': province, 'inhabitants': 20000,
                            'seats': 21} for code, _ in zip(codes, range(recipients - len(councils)))])
    Griffie.create([{'name': f"Griffie {council.name}", 'email': f'griffie@{council.code.lower()}.example',
                     'status': 'confirmed', 'councils': [('add', [council.id])]} for council in made])


def own_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# --- all together ---------------------------------------------------------------------------------------

def measure(part, kind, recipients, cluster_state):
    environment = {**os.environ, 'RAADSPOST_DATABASE': kind, 'RAADSPOST_CLUSTER': cluster_state}
    done = subprocess.run([HOST_PYTHON, '-W', 'ignore', __file__, '--part', part, '--recipients', str(recipients)],
                          env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


def table(sizes, folder):
    print(f"fdatasync: {sync_rate(folder):.0f}/s in {folder}", flush=True)
    parts = {'host': "(a) marketing_automation", 'mail': "(b) Raadspost, without letter",
             'letter': "(b) Raadspost, with letter"}
    print(f"{'':<32}{'database':<12}{'messages':>9}{'prepare/s':>11}{'send/s':>9}{'together/s':>12}{'MB':>6}")
    with Cluster() as cluster, tempfile.NamedTemporaryFile('w', suffix='.json') as state:
        json.dump({'folder': cluster.folder, 'port': cluster.port}, state)
        state.flush()
        for recipients in sizes:
            for kind in ('sqlite', 'postgresql'):
                for part, label in parts.items():
                    if part == 'host' and recipients > 1000 and kind == 'postgresql':
                        continue  # twenty minutes for a figure that is known from the first thousand
                    found = measure(part, kind, recipients, state.name)
                    if found is None:
                        print(f'{label:<32}{kind:<12}{recipients:>9}  failed', flush=True)
                        continue
                    together = found['preparing'] + found['sending']
                    print(f"{label:<32}{kind:<12}{recipients:>9}{recipients / found['preparing']:>11.0f}"
                          f"{recipients / found['sending']:>9.0f}{recipients / together:>12.0f}"
                          f"{found['memory']:>6.0f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=pathlib.Path)
    parser.add_argument('--part', choices=['host', 'mail', 'letter'])
    parser.add_argument('--recipients', type=int, nargs='+', default=[1000, 10000])
    options = parser.parse_args()
    if options.part:
        recipients, = options.recipients
        with Sink() as sink:
            found = host_mailing(recipients, sink.port) if options.part == 'host' \
                else raadspost_mailing(recipients, sink.port, letter=options.part == 'letter')
        print(json.dumps(found))
        return
    build = options.build.resolve()
    os.environ['RAADSPOST_BUILD'] = str(build)
    table(options.recipients, build)
    for name, what in (('bench_smtp', "(c) sending alone"), ('bench_letter', "(d) rendering alone")):
        print(f'\n{what}', flush=True)
        subprocess.run([build / 'tests' / 'bench' / name], check=False)


if __name__ == '__main__':
    main()

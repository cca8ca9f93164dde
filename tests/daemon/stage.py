"""A stage for senders: a database with an appeal that runs, the machine's key folder, and a relay that writes down what
it takes. Everything is made once; restore() puts database and folder back as they were, in well under a second.

judge() is the comparison that everything here is about: what the relay took against what the database says. Names of
places where a sender can be killed are those of crash_point() in plugin/.
"""
import collections
import contextlib
import datetime
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from cluster import free_port, programs, roomy_folder
from database import HOST_PYTHON, Database, build_folder, database_with

SENDER_SECONDS = 300
SETTLED = ('sent', 'refused', 'uncertain')
SOURCES = os.path.join(os.path.dirname(__file__), '..', '..', 'plugin')
making_template = threading.Lock()


class Relay:
    "The recording server, on one port for as long as the stage stands; its manners can be changed in between."

    def __init__(self, folder):
        self.port = free_port()
        self.record = os.path.join(folder, 'taken')
        self.maildir = None  # keeps the messages themselves, where a test names a folder
        self.process = None

    def start(self, *rules):
        self.stop()
        options = [option for rule in rules for option in ('--rule', rule)]
        options += ['--maildir', self.maildir] if self.maildir else []
        self.process = subprocess.Popen(
            [os.path.join(build_folder(), 'tests', 'world', 'world_smtp'), '--port', str(self.port), '--no-sync',
             '--record', self.record, *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        said = self.process.stdout.readline()
        if said.split() != ['port', str(self.port)]:
            raise RuntimeError(f"the recording server did not start: {said}")

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(SENDER_SECONDS)
            self.process.stdout.close()
            self.process = None

    def taken(self):
        "(mailbox, Message-ID) of each message taken, in order."
        if not os.path.exists(self.record):
            return []
        with open(self.record) as lines:
            return [(fields[3], fields[4]) for fields in (line.rstrip('\n').split('\t') for line in lines)]

    def forget(self):
        with contextlib.suppress(FileNotFoundError):
            os.truncate(self.record, 0)


class Verdict:
    "What a comparison found, with a sentence for each thing that must not be."

    def __init__(self, rows, taken):
        times = collections.Counter(mailbox for mailbox, _ in taken)
        ids = dict(taken)
        self.accepted = len(taken)
        self.states = collections.Counter(row['state'] for row in rows)
        self.uncertain = [row for row in rows if row['state'] == 'uncertain']
        self.complaints = []
        self.lost = self.twice = 0
        for row in rows:
            mailbox, state = row['mailbox'], row['state']
            if times[mailbox] > 1:
                self.twice += 1
                self.complaints.append(f"{mailbox} was sent {times[mailbox]} messages")
            if state == 'sent' and not times[mailbox]:
                self.lost += 1
                self.complaints.append(f"{mailbox} is sent, and the relay never took it")
            if state == 'sent' and times[mailbox] and ids[mailbox] != row['message_id']:
                self.complaints.append(f"{mailbox} took {ids[mailbox]}, the database says {row['message_id']}")
            if state not in {'sent', 'uncertain', 'delivered'} and times[mailbox]:
                self.complaints.append(f"{mailbox} took a message, and the database says {state} ({row['reason']})")
            if state == 'uncertain' and not row['reason']:
                self.complaints.append(f"{mailbox} is uncertain without a reason")

    def at_the_end(self):
        "Adds what is wrong only if nothing more is going to happen."
        left = {state: count for state, count in self.states.items() if state not in SETTLED}
        if left:
            self.lost += sum(left.values())
            self.complaints.append(f"not settled: {left}")
        return self


class Stage:
    def __init__(self, kind, councils=30, template=None, **settings):
        self.folder = tempfile.mkdtemp(prefix='raadspost-stage-', dir=roomy_folder())
        self.relay = Relay(self.folder)
        self.keys = os.path.join(self.folder, 'keys')
        sections = {'email': {'uri': f'smtp://127.0.0.1:{self.relay.port}', 'from': 'post@dorpen.example'},
                    'raadspost': {'keys': os.path.join(self.keys, 'ring')}}
        with making_template:
            self.database = Database(kind=kind, sections=sections).copy_of(template.saved) if template else \
                database_with(['raadspost'], kind=kind, sections=sections)
        if not template:
            self.populate(councils)
        with self.sql() as run:
            for name, value in {'batch_size': 2, 'connections': 2, **settings}.items():
                run(f'update raadspost_configuration set {name} = {int(value)}')
        self.saved = self.copy_database()
        self.arm()
        self.armed = os.path.join(self.folder, 'armed')
        shutil.copytree(self.keys, self.armed)

    def populate(self, councils):
        done = subprocess.run([HOST_PYTHON, __file__, self.database.conf, self.database.name, str(councils)],
                              env=self.database.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise RuntimeError(f"the stage could not be set:\n{done.stdout}")

    # --- the database as a thing to copy --------------------------------------------------------------------

    def copy_database(self):
        "A copy at rest."
        copy = Database(kind=self.database.kind, name='saved')
        overwrite(copy, self.database)
        return copy

    def restore(self, database=None, keys=True):
        "Database, keys and the relay's memory as they were at the start (or another copy of the database)."
        overwrite(self.database, database or self.saved)
        if keys:
            shutil.rmtree(self.keys)
            shutil.copytree(self.armed, self.keys)
            self.relay.forget()

    def move_to(self, cluster):
        "Into another PostgreSQL cluster, which may then be ill-treated. The fence notices."
        database, programs_folder = self.database, programs()
        old = database.uri + database.name
        self.moved_from, database.cluster = database.cluster, cluster
        database.write_conf(database.sections)
        database._administer(f'CREATE DATABASE "{database.name}" TEMPLATE template0')
        dump = subprocess.Popen([os.path.join(programs_folder, 'pg_dump'), old], stdout=subprocess.PIPE)
        subprocess.run([os.path.join(programs_folder, 'psql'), '-q', '-v', 'ON_ERROR_STOP=1',
                        database.uri + database.name], stdin=dump.stdout, stdout=subprocess.DEVNULL, check=True)
        if dump.wait():
            raise RuntimeError("the database could not be copied")

    def move_back(self):
        self.database.cluster = self.moved_from

    def sql(self):
        return self.database.sql()

    def query(self, statement):
        with self.sql() as run:
            return run(statement)

    def make_due(self, count):
        "Lets that many more dispatches be due, and those that wait for another try; how many those are."
        with self.sql() as run:
            run(f"""update raadspost_dispatch set due = '2020-01-01 00:00:00' where id in (select id from
                raadspost_dispatch where state = 'planned' and due > '2090-01-01' order by id limit {count})""")
            run("update raadspost_dispatch set next_try = '2020-01-01 00:00:00' where state = 'deferred'")
            return run("select count(*) as number from raadspost_dispatch where state = 'deferred'")[0]['number']

    def make_all_due(self):
        return self.make_due(1_000_000)

    def make_nothing_due(self):
        with self.sql() as run:
            run("update raadspost_dispatch set due = '2099-01-01 00:00:00'")

    # --- senders --------------------------------------------------------------------------------------------

    def sender(self, *options, crash=None, program=()):
        return Sender(self, options, crash, program)

    def send(self, crash=None):
        return self.sender('--once', crash=crash).done()

    def arm(self, reason="tests"):
        return self.sender('--arm', reason).done()

    def resume(self):
        "What the button does after the senders have stopped themselves."
        with self.sql() as run:
            run('update raadspost_configuration set stopped = false')

    def judge(self):
        rows = self.query('select id, mailbox, state, reason, message_id, reply_text from raadspost_dispatch')
        return Verdict(rows, self.relay.taken())

    def trouble(self):
        "What the screens show of the senders' trouble."
        return [row['trouble'] for row in self.query(
            'select trouble from raadspost_sender where trouble is not null order by seen_at desc')]

    def remove(self):
        self.relay.stop()
        self.saved.remove()
        self.database.remove()
        shutil.rmtree(self.folder, ignore_errors=True)


class Sender:
    "One raadspostd."

    def __init__(self, stage, options, crash=None, program=()):
        environment = stage.database.environment()
        if crash:
            environment['RAADSPOST_CRASH_AT'] = crash
        self.output = tempfile.TemporaryFile('w+')
        self.process = subprocess.Popen(
            [*program, os.path.join(build_folder(), 'plugin', 'daemon', 'raadspostd'), '-c', stage.database.conf,
             '-d', stage.database.name, *options], env=environment, stdin=subprocess.DEVNULL, stdout=self.output,
            stderr=subprocess.STDOUT)

    def done(self, seconds=SENDER_SECONDS):
        "Waits for its end."
        try:
            self.status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise RuntimeError(f"a sender did not end:\n{self.said}") from None
        self.read()
        return self

    def read(self):
        self.output.seek(0)
        self.said = self.output.read()
        self.output.close()

    def kill(self):
        self.process.kill()
        self.status = self.process.wait()
        self.read()

    @property
    def killed(self):
        return self.status == -signal.SIGKILL


def crash_places(of_intake):
    "As the code names them, so that none is forgotten in the tests."
    found = set()
    for folder, _, files in os.walk(SOURCES):
        for name in files:
            if name.endswith('.cpp'):
                with open(os.path.join(folder, name)) as source:
                    found.update(re.findall(r'crash_point\("(\w+)"\)', source.read()))
    return sorted(place for place in found if place.startswith('intake_') == of_intake)


def overwrite(copy, original):
    if copy.kind == 'postgresql':
        copy._administer(f'DROP DATABASE IF EXISTS "{copy.name}" WITH (FORCE)')
        copy.copy_of(original)
        return
    for suffix in ('', '-wal', '-shm'):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(copy.file + suffix)
    # Whoever was killed in it has left a write-ahead log: SQLite's own copying takes it along.
    with contextlib.closing(sqlite3.connect(original.file)) as source, \
            contextlib.closing(sqlite3.connect(copy.file)) as target:
        source.backup(target)
        target.execute('PRAGMA journal_mode = WAL')


def wait_until(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def populate(conf, name, councils):
    "In a process of its own, as the host reads its configuration once: an appeal that runs, to so many councils."
    from trytond.config import config
    config.update_etc(conf)
    from trytond.pool import Pool
    from trytond.transaction import Transaction
    Pool.start()
    pool = Pool(name)
    pool.init()
    with Transaction().start(name, 1, context={'language': 'nl'}) as transaction:
        Configuration, Appeal = pool.get('raadspost.configuration'), pool.get('raadspost.appeal')
        configuration = Configuration(1)
        configuration.approval_required = False
        configuration.hold_minutes = 0
        configuration.working_days = False
        configuration.silence_days = 0
        configuration.save()
        made = pool.get('raadspost.council').create([
            {'code': f'GM{number:04}', 'name': f'Kerndorp {number}'} for number in range(1, councils + 1)])
        pool.get('raadspost.griffie').create([
            {'name': f'Griffie {council.name}', 'email': f'griffie@{council.code.lower()}.test',
             'status': 'confirmed', 'councils': [('add', [council.id])]} for council in made])
        party, = pool.get('party.party').create([{'name': 'Vereniging Kleine Dorpen'}])
        association, = pool.get('raadspost.association').create([{
            'name': party.name, 'party': party.id, 'sender_name': party.name, 'sender_email': 'oproep@dorpen.example',
            'city': 'Kerndorp'}])
        appeal, = Appeal.create([{
            'name': 'Plekken', 'association': association.id, 'subject': 'Een plek voor {{gemeente}}', 'letter': '',
            'message': 'Geachte griffie,\n\nWilt u dit aan de raad van **{{gemeente}}** doorsturen?\n'}])
        pool.get('raadspost.step').write(list(appeal.steps), {'with_letter': False, 'continues_thread': True})
        for button in (Appeal.submit, Appeal.approve, Appeal.start):
            if button != Appeal.approve or Appeal(appeal.id).state != 'approved':
                button([Appeal(appeal.id)])
        # The stage is about sending: it moves the days of dispatches itself, and nobody plans them anew.
        pool.get('raadspost.plan.run').create([{'started_at': datetime.datetime(2090, 1, 1)}])
        planned = pool.get('raadspost.dispatch').search([('state', '=', 'planned')], count=True)
        if planned != councils:
            raise SystemExit(f"{planned} dispatches were planned, not {councils}")
        transaction.commit()


if __name__ == '__main__':
    populate(sys.argv[1], sys.argv[2], int(sys.argv[3]))

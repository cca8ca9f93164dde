"""The demo: a small country in a CRM of its own, with an appeal that was followed up for a year.

Makes an SQLite database in .demo/ and lets a year pass in it by a simulated clock (year.py): staff write, councils
answer, elections come, and the sender sends to a recording server on localhost. Prints what became of each step, and
serves the web client, by the real clock. What is there already is left as it is, so that the second start takes
seconds; remove .demo/ to begin anew.
"""
import argparse
import collections
import contextlib
import datetime
import hashlib
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / 'tests' / 'host')]

from database import PASSWORD, Database  # noqa: E402
from simulated_clock import SimulatedClock  # noqa: E402
from story import print_story  # noqa: E402
from web_server import WebServer  # noqa: E402

WEB_PORT = 8000
# Four eyes: who writes an appeal is not who lets it go.
COLLEAGUES = {'redactie': ("Roos Redactie", 'group_editor'), 'bestuur': ("Bas Bestuur", 'group_approver')}


def say(text, end='\n'):
    print(text, end=end, flush=True)


def fingerprint(module):
    "Changes when the module was built anew: then the database has to be brought up to date."
    state = hashlib.sha256()
    for path in sorted(module.rglob('*')):
        if path.is_file() and '__pycache__' not in path.parts:
            state.update(f'{path.relative_to(module)} {path.stat().st_size} {path.stat().st_mtime_ns}\n'.encode())
    return state.hexdigest()


class Relay:
    "The recording server that stands for the association's mail relay."

    def __init__(self, program, folder):
        self.record = folder / 'taken'
        self.process = subprocess.Popen(
            [program, '--record', self.record, '--maildir', folder / 'post', '--no-sync'],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, start_new_session=True)
        word, _, port = self.process.stdout.readline().strip().partition(' ')
        if word != 'port':
            raise SystemExit("the recording server did not start")
        self.port = int(port)

    def taken(self):
        "(mailbox, Message-ID) of each message, in the order in which they came."
        if not self.record.exists():
            return []
        with open(self.record) as lines:
            return [tuple(line.split('\t')[3:5]) for line in lines]

    def recipients(self):
        "How often each mailbox was written to."
        return collections.Counter(mailbox for mailbox, _ in self.taken())

    def stop(self):
        stop(self.process)
        self.process.stdout.close()


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


# --- the people ---------------------------------------------------------------------------------------

def add_colleagues(pool):
    Data = pool.get('ir.model.data')
    User = pool.get('res.user')
    language, = pool.get('ir.lang').search([('code', '=', 'nl')])
    User.create([{'login': login, 'name': name, 'password': PASSWORD, 'language': language.id,
                  'groups': [('add', [Data.get_id('raadspost', group)])]}
                 for login, (name, group) in COLLEAGUES.items()])
    Item = pool.get('ir.module.config_wizard.item')
    Item.write(Item.search([]), {'state': 'done'})


def settle_in(pool):
    "What an administrator sets once. The mailboxes are guesses, and the relay takes whatever is guessed."
    Configuration = pool.get('raadspost.configuration')
    configuration = Configuration(1)
    configuration.approval_required = True
    configuration.hold_minutes = 0
    configuration.window_from, configuration.window_to = datetime.time(9), datetime.time(17)
    configuration.guessed_addresses = True
    configuration.public_address = 'https://post.dorpensamen.example'
    configuration.reply_domain = 'dorpensamen.example'
    configuration.save()


def write_at_any_hour(pool):
    "For tests in the browser: they have the real clock only, and run on Sundays and around elections, too."
    configuration = pool.get('raadspost.configuration')(1)
    configuration.window_from = configuration.window_to = None
    configuration.working_days = False
    configuration.silence_days = 0
    configuration.save()


# --- the machine ----------------------------------------------------------------------------------------

def extension():
    from trytond.modules import import_module
    return import_module('raadspost')._raadspost


def raadspostd(build, database, *options):
    "The sender, until it ends by itself; gives what it said."
    done = subprocess.run([build / 'plugin' / 'daemon' / 'raadspostd', '-c', database.conf, '-d', database.name,
                           *options], env=database.environment(), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode:
        raise SystemExit(f"raadspostd failed:\n{done.stdout}")
    return done.stdout


# --- the work -----------------------------------------------------------------------------------------

class Demo:
    "The database with its folder; mail goes to the recording server on that port."

    def __init__(self, build, folder, port):
        self.build = build
        self.folder = folder
        self.port = port
        self.module = build / 'host' / 'raadspost'
        os.environ['RAADSPOST_BUILD'] = str(build)
        self.database = Database(kind='sqlite', name='raadspost', folder=str(folder), sections={
            'email': {'uri': f'smtp://127.0.0.1:{port}', 'from': 'post@dorpensamen.example'},
            'raadspost': {'keys': str(folder / 'keys' / 'ring')}})

    def prepare(self):
        built = self.folder / 'built'
        state = fingerprint(self.module)
        if not built.exists():
            say("making the database")
            for half_made in pathlib.Path(self.database.data).glob('*.sqlite*'):
                half_made.unlink()
            self.database.create(['raadspost'])
        elif built.read_text() != state:
            say("bringing the database up to date")
            self.database.admin('-u', 'raadspost', '-l', 'nl')
        built.write_text(state)
        self.database.open()

    def pass_year(self):
        "By a process of its own, which sees the simulated clock."
        if self.chapters_told() is None:
            say(f"this demo was made before there was a year to pass; remove {self.folder} to begin anew")
            return
        clock = SimulatedClock(self.folder / 'clock')
        subprocess.run([sys.executable, '-W', 'ignore', TOP / 'tests' / 'world' / 'year.py', '--build', self.build,
                        '--folder', self.folder, '--port', str(self.port)],
                       env=clock.environment(os.environ), stdin=subprocess.DEVNULL, check=True)

    def chapters_told(self):
        "How far the year is; None where it was never begun, and can't be, because the CRM is in use."
        told = self.folder / 'chapters'
        if told.exists():
            return int(told.read_text())
        with self.database.transaction() as pool:
            return None if pool.get('raadspost.appeal').search([], limit=1) else 0

    def remember_chapter(self, number):
        (self.folder / 'chapters').write_text(str(number))

    def user(self, login):
        with self.database.transaction() as pool:
            return pool.get('res.user').search([('login', '=', login)])[0].id

    def appeal(self):
        "The one that goes through the year."
        with self.database.transaction() as pool:
            return pool.get('raadspost.appeal').search([], order=[('id', 'ASC')], limit=1)[0].id

    def daemon(self, *options):
        return raadspostd(self.build, self.database, *options)

    def serve(self):
        server = WebServer(self.database, port=WEB_PORT if port_is_free(WEB_PORT) else None)
        with server, self.sender():
            say(f"The web client is at {server.address}#{self.database.name}")
            say(f"Log in as admin, redactie (writes) or bestuur (approves); the password is {PASSWORD}")
            say("Ctrl-C ends it.")
            with contextlib.suppress(KeyboardInterrupt):
                while True:
                    signal.pause()
            say('')

    @contextlib.contextmanager
    def sender(self):
        program = self.build / 'plugin' / 'daemon' / 'raadspostd'
        with open(self.folder / 'raadspostd.log', 'ab') as log:
            process = subprocess.Popen([program, '-c', self.database.conf, '-d', self.database.name],
                                       env=self.database.environment(), stdin=subprocess.DEVNULL, stdout=log,
                                       stderr=log, start_new_session=True)
        try:
            yield
        finally:
            stop(process)


def port_is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return probe.connect_ex(('127.0.0.1', port)) != 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--folder', type=pathlib.Path, default=TOP / '.demo')
    parser.add_argument('--once', action='store_true', help="stop after the table")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    build, folder = options.build.resolve(), options.folder.resolve()
    folder.mkdir(exist_ok=True)
    relay = Relay(build / 'tests' / 'world' / 'world_smtp', folder)
    try:
        demo = Demo(build, folder, relay.port)
        begun = time.monotonic()
        demo.prepare()
        demo.pass_year()
        settled = print_story(demo, relay)
        say(f"{time.monotonic() - begun:.0f} seconds\n")
        if options.once:
            return 0 if settled else 1
        demo.serve()
        return 0
    except KeyboardInterrupt:
        say("ended; the next start goes on from here")
        return 130
    finally:
        relay.stop()


if __name__ == '__main__':
    sys.exit(main())

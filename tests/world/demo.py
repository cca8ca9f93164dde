"""The demo: a small country in a CRM of its own, with an appeal that went to every griffie.

Makes an SQLite database in .demo/, does there what staff would do - councils, an association, a text, approval by a
second person - and lets the sender loose on a recording server on localhost. Then it serves the web client. What is
there already is left as it is, so that the second start takes seconds; remove .demo/ to begin anew.
"""
import argparse
import collections
import contextlib
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

    def recipients(self):
        "How often each mailbox was written to."
        if not self.record.exists():
            return collections.Counter()
        with open(self.record) as lines:
            return collections.Counter(line.split('\t')[3] for line in lines)

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
    configuration.working_days = False
    configuration.silence_days = 0
    configuration.guessed_addresses = True
    configuration.public_address = 'https://post.dorpensamen.example'
    configuration.reply_domain = 'dorpensamen.example'
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
    def __init__(self, build, folder):
        self.build = build
        self.folder = folder
        self.module = build / 'host' / 'raadspost'
        os.environ['RAADSPOST_BUILD'] = str(build)
        folder.mkdir(exist_ok=True)
        self.relay = Relay(build / 'tests' / 'world' / 'world_smtp', folder)
        self.database = Database(kind='sqlite', name='raadspost', folder=str(folder), sections={
            'email': {'uri': f'smtp://127.0.0.1:{self.relay.port}', 'from': 'post@dorpensamen.example'},
            'raadspost': {'keys': str(folder / 'keys' / 'ring')}})

    def prepare(self):
        built = self.folder / 'built'
        state = fingerprint(self.module)
        if not os.path.exists(self.database.file):
            say("making the database")
            self.database.create(['raadspost'])
        elif not built.exists() or built.read_text() != state:
            say("bringing the database up to date")
            self.database.admin('-u', 'raadspost', '-l', 'nl')
        built.write_text(state)
        self.database.open()

    def populate(self):
        with self.database.transaction() as pool:
            if pool.get('raadspost.council').search([], limit=1):
                return
        say("loading the country")
        with self.database.transaction(commit=True) as pool:
            if not pool.get('res.user').search([('login', 'in', list(COLLEAGUES))], limit=1):
                add_colleagues(pool)
            settle_in(pool)
            # Addresses below .example: nothing would arrive anywhere, even with another relay.
            extension().load_country({'domain_suffix': 'example', 'with_meeting_places': True})
        self.daemon('--arm', "demo")

    def user(self, login):
        with self.database.transaction() as pool:
            return pool.get('res.user').search([('login', '=', login)])[0].id

    def appeal(self):
        "The road of an appeal, by two people."
        with self.database.transaction() as pool:
            found = pool.get('raadspost.appeal').search([('state', '!=', 'draft')], limit=1)
            if found:
                return found[0].id
        editor, approver = self.user('redactie'), self.user('bestuur')
        say("writing an appeal, and having it approved")
        with self.database.transaction(user=editor, commit=True) as pool:
            appeal = extension().load_samples()[0]
        for user, button in ((editor, 'submit'), (approver, 'approve'), (approver, 'start')):
            with self.database.transaction(user=user, commit=True, _check_access=True) as pool:
                Appeal = pool.get('raadspost.appeal')
                getattr(Appeal, button)([Appeal(appeal)])
        return appeal

    def daemon(self, *options):
        return raadspostd(self.build, self.database, *options)

    def counts(self, appeal):
        with self.database.transaction() as pool:
            Dispatch = pool.get('raadspost.dispatch')
            states = collections.Counter(
                dispatch.state for dispatch in Dispatch.search([('appeal', '=', appeal)]))
            councils = pool.get('raadspost.council').search([], count=True)
        return councils, states

    def table(self, appeal, seconds):
        councils, states = self.counts(appeal)
        taken = self.relay.recipients()
        rows = [("councils", councils), ("dispatches", sum(states.values())), ("sent", states['sent']),
                ("refused", states['refused']), ("waiting", sum(states[one] for one in UNSETTLED)),
                ("uncertain", states['uncertain']), ("taken by the relay", sum(taken.values())),
                ("mailboxes written to twice", sum(1 for times in taken.values() if times > 1))]
        say('')
        for name, number in rows:
            say(f'  {name:<28}{number:>8}')
        say(f"  {'seconds':<28}{seconds:>8.1f}\n")
        return not any(states[one] for one in UNSETTLED) and states['sent'] > 0 \
            and not any(times > 1 for times in taken.values())

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


UNSETTLED = ('planned', 'held', 'released', 'claimed', 'deferred')


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
    demo = Demo(options.build.resolve(), options.folder.resolve())
    try:
        demo.prepare()
        demo.populate()
        appeal = demo.appeal()
        begun = time.monotonic()
        said = demo.daemon('--once')
        settled = demo.table(appeal, time.monotonic() - begun)
        if not settled:
            say(f"the sender says: {said.strip() or 'nothing'}")
        if options.once:
            return 0 if settled else 1
        demo.serve()
        return 0
    finally:
        demo.relay.stop()


if __name__ == '__main__':
    sys.exit(main())

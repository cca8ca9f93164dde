"""A CRM that has written to four griffies by the real sender, its web server, and the links out of the mails.

The mails are those that a relay took, so that a link is tested as the griffie gets it. One griffie serves three
councils. The server answers on localhost; a request comes from any address of 127.0.0.0/8, as different visitors do.
"""
import contextlib
import email
import email.policy
import hashlib
import http.client
import os
import pathlib
import re
import sqlite3
import sys
import urllib.parse

TESTS = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS / 'host'), str(TESTS / 'daemon'), str(TESTS / 'e2e')]

from database import HostTest  # noqa: E402
from stage import Relay, Sender  # noqa: E402
from web_server import WebServer  # noqa: E402

PUBLIC = 'https://post.dorpensamen.example'
GRIFFIES = {
    'griffie@den-haag.example': [('GM0518', "'s-Gravenhage")],
    'griffie@sudwest.example': [('GM1900', "Súdwest-Fryslân")],
    'griffie@drie.example': [('GM0373', "Bergen (NH.)"), ('GM0796', "'s-Hertogenbosch"),
                             ('GM0820', "Nuenen, Gerwen en Nederwetten")],
    'griffie@heemstede.example': [('GM0397', "Heemstede")],
}
COLOUR = '#f2c400'  # hard to read as it is
FORM = 'application/x-www-form-urlencoded'
SUBJECT = 'Een ontmoetingsplek in elk dorp van {{gemeente}}'
MESSAGE = '''Geachte griffie,

Wilt u deze oproep doorsturen aan de **raadsleden** van {{gemeente}}?

# Waarom nu

- Dorpshuizen sluiten, ook die met "veel" & <trouwe> vrijwilligers
- [Lees meer](https://dorpensamen.example/plekken)

Met vriendelijke groet
'''


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def text(self):
        return self.body.decode()


class PublicPagesTest(HostTest):
    modules = ['raadspost']
    settings = {}
    # A test asks more than a visitor would; each comes from an address of its own.
    visitor = 1

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.relay = Relay(cls.database.folder)
        cls.addClassCleanup(cls.relay.stop)
        cls.relay.maildir = os.path.join(cls.database.folder, 'maildir')
        cls.relay.start()
        cls.keys = os.path.join(cls.database.folder, 'keys', 'ring')
        cls.database.sections = {
            'email': {'uri': f'smtp://127.0.0.1:{cls.relay.port}', 'from': 'post@dorpensamen.example'},
            'raadspost': {'keys': cls.keys}, **cls.settings}
        cls.database.write_conf(cls.database.sections)
        with cls.database.transaction(commit=True) as pool:
            cls.populate(pool)
        cls.raadspostd('--arm', 'tests')
        cls.send()
        cls.server = WebServer(cls.database).start()
        cls.addClassCleanup(cls.server.stop)

    @classmethod
    def populate(cls, pool):
        Council, Griffie, Appeal = map(pool.get, ['raadspost.council', 'raadspost.griffie', 'raadspost.appeal'])
        for mailbox, councils in GRIFFIES.items():
            made = Council.create([{'code': code, 'name': name} for code, name in councils])
            Griffie.create([{'name': f'Griffie {councils[0][1]}', 'email': mailbox, 'status': 'confirmed',
                             'councils': [('add', [council.id for council in made])]}])
        party, = pool.get('party.party').create([{'name': 'Dorpen & Samen'}])
        association, = pool.get('raadspost.association').create([{
            'name': party.name, 'party': party.id, 'sender_name': 'Dorpen & Samen',
            'sender_email': 'post@dorpensamen.example', 'colour': COLOUR, 'street': 'Kerkplein 1', 'postcode': '8600 AA', 'city': 'Sneek'}])
        configuration = pool.get('raadspost.configuration')(1)
        configuration.approval_required = False
        configuration.hold_minutes = 0
        configuration.working_days = False
        configuration.silence_days = 0
        configuration.public_address = PUBLIC
        configuration.save()
        appeal, = Appeal.create([{
            'name': 'Plekken', 'association': association.id, 'subject': SUBJECT, 'message': MESSAGE,
            'letter_subject': 'Een plek in elk dorp', 'letter': 'Geachte raad van {{gemeente}},\n\nHoud de dorpshuizen open.\n'}])
        reminder = {'appeal': appeal.id, 'sequence': 2, 'name': 'Herinnering', 'anchor': 'previous_step', 'offset': 20,
                    'offset_unit': 'days', 'condition': 'no_answer', 'subject': 'Herinnering', 'message': MESSAGE}
        pool.get('raadspost.step').create([reminder])
        cls.appeal, cls.association = appeal.id, association.id

    @classmethod
    def send(cls):
        for step in ('submit', 'approve', 'start'):
            with cls.database.transaction(commit=True) as pool:
                appeal = pool.get('raadspost.appeal')(cls.appeal)
                if step != 'approve' or appeal.state != 'approved':
                    getattr(appeal, step)([appeal])
        said = cls.raadspostd('--once')
        cls.mails = {}
        for path in pathlib.Path(cls.relay.maildir, 'new').iterdir():
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            cls.mails[mail['To'].addresses[0].addr_spec] = mail
        if set(cls.mails) != set(GRIFFIES):
            raise RuntimeError(f"mails arrived for {sorted(cls.mails)}:\n{said}")

    @classmethod
    def raadspostd(cls, *options):
        done = Sender(cls, options).done()
        if done.status not in (0, 1) or 'Traceback' in done.said:
            raise RuntimeError(done.said)
        return done.said

    # --- links ----------------------------------------------------------------------------------------------

    def link(self, mailbox, kind):
        "The path of the page in the mail: antwoord, bericht or afmelden."
        html = self.mails[mailbox].get_body(('html',)).get_content()
        return re.search(re.escape(PUBLIC) + f'(/raadspost/{kind}/[a-z2-7]+)', html)[1]

    def row(self, mailbox):
        with self.database.transaction() as pool:
            dispatch, = pool.get('raadspost.dispatch').search([('mailbox', '=', mailbox), ('step.sequence', '=', 1)])
            return dispatch.id

    def server_with_empty_memory(self):
        self.server.stop()
        self.server.start()

    # --- asking ---------------------------------------------------------------------------------------------

    def ask(self, method, path, body=None, visitor=None, **headers):
        "A new connection from an address of its own, unless the visitor is named."
        if visitor is None:
            type(self).visitor = PublicPagesTest.visitor = PublicPagesTest.visitor + 1
            visitor = PublicPagesTest.visitor
        source = f'127.{1 + visitor // 65025}.{visitor // 255 % 255}.{1 + visitor % 254}'
        connection = http.client.HTTPConnection('127.0.0.1', self.server.port, timeout=60, source_address=(source, 0))
        try:
            connection.request(method, path, body=body, headers={name.replace('_', '-'): value
                                                                 for name, value in headers.items()})
            return Answer(connection.getresponse())
        finally:
            connection.close()

    def get(self, path, **options):
        return self.ask('GET', path, **options)

    def post(self, path, fields=None, **options):
        body = urllib.parse.urlencode(fields or [], doseq=True).encode()
        return self.ask('POST', path, body, Content_Type=FORM, **options)

    # --- looking --------------------------------------------------------------------------------------------

    def contents(self):
        "Every row of every table, as one number."
        if self.database.kind == 'sqlite':
            with contextlib.closing(sqlite3.connect(self.database.file, timeout=30)) as connection:
                lines = list(connection.iterdump())
        else:
            import psycopg2
            with contextlib.closing(psycopg2.connect(self.database.uri + self.database.name)) as connection:
                cursor = connection.cursor()
                cursor.execute("select format('%I', table_name) from information_schema.tables "
                               "where table_schema = 'public' and table_type = 'BASE TABLE' order by 1")
                lines = []
                for table, in cursor.fetchall():
                    cursor.execute(f'select t::text from {table} t order by 1')
                    lines += [table, *(row for row, in cursor.fetchall())]
        return hashlib.sha256('\n'.join(lines).encode()).hexdigest()

    def sql(self, statement):
        "Committed at once, as by another program."
        with self.database.sql() as run:
            return [tuple(row.values()) for row in run(statement)]

    def outcomes(self, mailbox):
        "(council, kind, number, stands) of everything recorded for the councils of this mailbox, in order."
        with self.database.transaction() as pool:
            Outcome = pool.get('raadspost.outcome')
            codes = [code for code, _ in GRIFFIES[mailbox]]
            return [(outcome.case.council.code, outcome.kind, outcome.list_number, outcome.corrected_by is None)
                    for outcome in Outcome.search([('case.council.code', 'in', codes)], order=[('id', 'ASC')])]

    def tearDown(self):
        self.assertEqual(self.server.errors(), [])

"""A stage for readers of mail: a database with a mailbox at a real Dovecot, or a Maildir, and raadspostd to read it.

judge() compares what was delivered with what the CRM holds: each content once, byte for byte, and where it was found.
Names of places where a reader can be killed are those of crash_point("intake_...") in plugin/.
"""
import collections
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

import dovecot
from cluster import roomy_folder
from database import HOST_PYTHON, Database, database_with
from stage import Sender, overwrite



def message(number, size=0, message_id=None):
    "One that no other number gives."
    text = f'Geachte heer, mevrouw,\r\n\r\nUw brief {number} staat op de lijst van ingekomen stukken.\r\n'
    return (f'From: Griffie Kerndorp {number} <griffie@kerndorp{number}.example>\r\nTo: post@dorpen.example\r\n'
            f'Date: Sat, 21 Nov 2026 10:00:00 +0100\r\nSubject: Re: Een plek {number}\r\n'
            f'Message-ID: <{message_id or f"answer-{number}@kerndorp.example"}>\r\n\r\n{text}'
            + 'x' * 70 * (size // 72) + '\r\n' * (size // 72)).encode()


class MailStage:
    def __init__(self, kind):
        self.folder = tempfile.mkdtemp(prefix='raadspost-mail-', dir=roomy_folder())
        self.secrets = {}
        self.database = database_with(['raadspost'], kind=kind, sections=self.sections())
        self.saved = Database(kind=kind, name='saved')
        overwrite(self.saved, self.database)

    def sections(self, **settings):
        return {'raadspost': {'keys': os.path.join(self.folder, 'keys', 'ring'), **settings}}

    def configure(self, **settings):
        self.database.write_conf(self.sections(**settings))

    def restore(self):
        overwrite(self.database, self.saved)
        for name in os.listdir(self.database.data):
            if name.startswith('raadspost-received'):
                shutil.rmtree(os.path.join(self.database.data, name))

    def secret_file(self, secret, mode=0o600):
        path = os.path.join(self.folder, f'secret-{len(os.listdir(self.folder))}')
        with open(path, 'w') as file:
            file.write(secret + '\n')
        os.chmod(path, mode)
        return path

    # --- sources -------------------------------------------------------------------------------------------------

    def add_source(self, **values):
        row = {'name': 'Griffies', 'kind': 'imap', 'active': True, **values}
        names = ', '.join(row)
        shown = ', '.join(str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, int)
                          else f"'{value}'" for value in row.values())
        with self.sql() as run:
            run(f"insert into raadspost_mail_source (create_date, {names}) values ('2026-11-21 09:00:00', {shown})")
            return run('select max(id) as id from raadspost_mail_source')[0]['id']

    def add_imap(self, server, **values):
        "The mailbox of a Dovecot, with password and authority."
        values = {'host': 'localhost', 'port': server.tls_port, 'security': 'tls', 'login': dovecot.USER,
                  'folder': 'INBOX', **values}
        number = self.add_source(**values)
        self.configure(**{f'mailbox_{number}': self.secret_file(dovecot.PASSWORD),
                          'mailbox_authorities': server.authority_file})
        return number

    def change(self, number, **values):
        "As a person does: the record tells when."
        pairs = ''.join(f"{name} = '{value}', " if isinstance(value, str) else f'{name} = {value}, '
                        for name, value in values.items())
        with self.sql() as run:
            run(f"update raadspost_mail_source set {pairs}write_date = CURRENT_TIMESTAMP where id = {number}")

    def source(self, number):
        return self.query(f'select * from raadspost_mail_source where id = {number}')[0]

    # --- SQL --------------------------------------------------------------------------------------------------------

    def sql(self):
        return self.database.sql()

    def query(self, statement):
        with self.sql() as run:
            return run(statement)

    def count(self, condition='true'):
        return self.query(f'select count(*) as number from raadspost_message where {condition}')[0]['number']

    # --- readers ----------------------------------------------------------------------------------------------------

    def reader(self, *options, crash=None):
        return Sender(self, options, crash)

    def read(self, crash=None):
        "Once, until nothing is left; what it took in."
        done = self.reader('--once', crash=crash).done()
        done.taken_in = next((json.loads(line)['taken_in'] for line in done.said.splitlines() if line.startswith('{')), None)
        return done

    def remove(self):
        self.saved.remove()
        self.database.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what came of it -----------------------------------------------------------------------------------------

    def held(self):
        "SHA-256 of the bytes that a user would download, for each message."
        return json.loads(self.ask())

    def shown(self, model, number, field):
        "What a user reads there, in Dutch."
        return json.loads(self.ask(model, str(number), field))

    def ask(self, *what):
        done = subprocess.run([HOST_PYTHON, '-W', 'ignore', __file__, self.database.conf, self.database.name, *what],
                              env=self.database.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=120)
        if done.returncode:
            raise RuntimeError(done.stdout)
        return done.stdout.splitlines()[-1]

    def judge(self, delivered):
        "Sentences about what must not be."
        wanted = collections.Counter(hashlib.sha256(each).hexdigest() for each in set(delivered))
        held = collections.Counter(self.held())
        complaints = [f'{count} lost' for count in [sum((wanted - held).values())] if count]
        complaints += [f'{count} counted twice or never delivered' for count in [sum((held - wanted).values())] if count]
        orphans = self.query('select count(*) as number from raadspost_message m where not exists '
                             '(select 1 from raadspost_message_origin o where o.message = m.id)')[0]['number']
        if orphans:
            complaints.append(f'{orphans} were found nowhere')
        return complaints


def answer(conf, name, model=None, number=None, field=None):
    "In a process of its own, as the host reads its configuration once."
    from trytond.config import config
    config.update_etc(conf)
    from trytond.pool import Pool
    from trytond.transaction import Transaction
    Pool.start()
    pool = Pool(name)
    pool.init()
    with Transaction().start(name, 1, context={'language': 'nl'}):
        if model:
            print(json.dumps(getattr(pool.get(model)(int(number)), field)))
        else:
            print(json.dumps([hashlib.sha256(each.raw or b'').hexdigest()
                              for each in pool.get('raadspost.message').search([])]))


if __name__ == '__main__':
    answer(*sys.argv[1:])

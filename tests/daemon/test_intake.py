"""Taking mail in from a real Dovecot and a Maildir: whatever happens on the way, each message is held once."""
import os
import subprocess
import unittest

import dovecot
from database import HOST_PYTHON, kind
from mail_stage import MailStage, message
from stage import wait_until

SLICE = '''
import sys
from trytond.config import config
config.update_etc(sys.argv[1])
from trytond.pool import Pool
from trytond.transaction import Transaction
Pool.start()
Pool(sys.argv[2]).init()
with Transaction().start(sys.argv[2], 0) as transaction:
    Pool().get('raadspost.mail.source').read_slice()
    transaction.commit()
'''


class IntakeCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = MailStage(kind())
        cls.addClassCleanup(cls.stage.remove)

    def setUp(self):
        self.stage.restore()
        self.delivered = []

    def serve(self, **settings):
        server = dovecot.Dovecot(**settings)
        self.addCleanup(server.remove)
        return server.start()

    def deliver(self, server, *numbers, **options):
        for number in numbers:
            self.delivered.append(message(number, **options))
            server.deliver(self.delivered[-1])

    def read(self):
        done = self.stage.read()
        self.assertNotIn('Traceback', done.said)
        self.assertIsNotNone(done.taken_in, done.said)
        return done.taken_in

    def assertHeld(self):
        self.assertEqual(self.stage.judge(self.delivered), [])

    def daemon(self):
        "One that goes on until the test ends."
        reader = self.stage.reader()

        def end():
            if reader.process.poll() is None:
                reader.process.terminate()
                reader.done()
            self.assertNotIn('Traceback', reader.said)
        self.addCleanup(end)
        return reader

    def assertSoon(self, condition, seconds=60):
        self.assertTrue(wait_until(condition, seconds), "it did not come to be")


@unittest.skipIf(dovecot.missing(), dovecot.missing())
class ImapTest(IntakeCase):
    def test_each_message_is_taken_in_once(self):
        server = self.serve()
        number = self.stage.add_imap(server)
        self.deliver(server, *range(130))
        self.deliver(server, 130, size=300_000)
        said = self.read()
        self.assertEqual((said['kept'], said['read'], said['left']), (131, 131, 0))
        self.assertHeld()
        source = self.stage.source(number)
        self.assertEqual((source['last_uid'], source['trouble'], source['reader']), (131, None, None))
        self.assertIsNotNone(source['last_read_at'])
        again = self.read()
        self.assertEqual((again['kept'], again['known']), (0, 0))
        self.deliver(server, 131)
        self.assertEqual(self.read()['kept'], 1)
        # Whoever else reads that mailbox sees what we have not touched.
        self.assertEqual(server.status('messages'), 132)
        self.assertEqual(server.status('unseen'), 132)

    def test_what_a_message_says_of_itself(self):
        server = self.serve()
        self.stage.add_imap(server)
        self.deliver(server, 7)
        self.read()
        row, = self.stage.query('select * from raadspost_message')
        self.assertEqual(
            [row[name] for name in ('message_id', 'from_address', 'from_name', 'subject', 'state', 'trust')],
            ['answer-7@kerndorp.example', 'griffie@kerndorp7.example', 'Griffie Kerndorp 7', 'Re: Een plek 7', 'new',
             'unknown'])
        self.assertIn('lijst van ingekomen stukken', row['text'])
        self.assertEqual(str(row['mail_date']), '2026-11-21 09:00:00')

    def test_one_content_in_two_places_is_one_message_and_one_id_with_two_contents_is_two(self):
        server = self.serve()
        self.stage.add_imap(server)
        self.deliver(server, 1, 2, 1)
        self.deliver(server, 3, message_id='answer-2@kerndorp.example')
        said = self.read()
        self.assertEqual((said['kept'], said['known']), (3, 1))
        self.assertHeld()
        origins = self.stage.query('select message, count(*) as number from raadspost_message_origin group by message')
        self.assertEqual(sorted(row['number'] for row in origins), [1, 1, 2])
        flagged = self.stage.query('select subject from raadspost_message where flagged_same_id = true order by id')
        self.assertEqual([row['subject'] for row in flagged], ['Re: Een plek 2', 'Re: Een plek 3'])

    def test_starttls(self):
        server = self.serve()
        self.stage.add_imap(server, port=server.port, security='starttls')
        self.deliver(server, 1)
        self.assertEqual(self.read()['kept'], 1)

    def test_tokens(self):
        server = self.serve()
        number = self.stage.add_imap(server)
        self.deliver(server, 1)
        command = os.path.join(self.stage.folder, 'token')
        for token, kept, trouble in ((dovecot.token(key=b'another key'), 0, 'mailbox_login_refused'),
                                     (dovecot.token(), 1, '')):
            with open(command, 'w') as file:
                file.write(f'#!/bin/sh\necho {token}\n')
            os.chmod(command, 0o700)
            self.stage.configure(**{f'mailbox_{number}_token_command': command,
                                    'mailbox_authorities': server.authority_file})
            said = self.read()
            self.assertEqual((said['kept'], said['trouble']), (kept, trouble))

    def test_what_is_wrong_is_told_and_nothing_is_lost(self):
        server = self.serve()
        number = self.stage.add_imap(server)
        secret = self.stage.secret_file(dovecot.PASSWORD)
        own = {'mailbox_authorities': server.authority_file}
        self.deliver(server, 1)
        cases = {
            'mailbox_login_refused': ({}, {f'mailbox_{number}': self.stage.secret_file('verkeerd'), **own}),
            'mailbox_tls_failed': ({}, {f'mailbox_{number}': secret}),
            'secret_missing': ({}, own),
            'secret_file': ({}, {f'mailbox_{number}': self.stage.secret_file('x', mode=0o644), **own}),
            'secret_command': ({}, {f'mailbox_{number}_token_command': 'exit 3', **own}),
            'mailbox_folder': ({'folder': 'Nergens'}, {f'mailbox_{number}': secret, **own}),
            'mailbox_unreachable': ({'port': 1}, {f'mailbox_{number}': secret, **own}),
            'mailbox_password_in_clear': ({'security': 'none', 'host': 'mail.example'}, {f'mailbox_{number}': secret}),
        }
        for trouble, (values, settings) in cases.items():
            with self.subTest(trouble):
                self.stage.change(number, **values)
                self.stage.configure(**settings)
                said = self.read()
                self.assertEqual((said['trouble'], self.stage.source(number)['trouble']), (trouble, trouble))
                self.stage.change(number, host='localhost', port=server.tls_port, security='tls', folder='INBOX')
        self.stage.configure(**{f'mailbox_{number}': secret, **own})
        self.assertEqual(self.read()['kept'], 1)
        self.assertIsNone(self.stage.source(number)['trouble'])
        self.assertHeld()

    def test_a_name_that_the_certificate_does_not_bear(self):
        server = self.serve()
        number = self.stage.add_imap(server, host='127.0.0.1')
        self.deliver(server, 1)
        self.assertEqual(self.read()['trouble'], 'mailbox_tls_failed')
        self.assertNotIn('Login', server.log())
        self.assertEqual(self.stage.source(number)['last_uid'], None)

    def test_a_line_that_falls_again_and_again(self):
        server = self.serve()
        line = dovecot.BadLine(server.tls_port, first=3000, growing=2)
        self.addCleanup(line.close)
        number = self.stage.add_imap(server, port=line.port)
        self.deliver(server, *range(60), size=2000)
        for _ in range(20):
            self.read()
            if self.stage.source(number)['trouble'] is None:
                break
        self.assertGreater(line.fell, 3)
        self.assertIsNone(self.stage.source(number)['trouble'])
        self.assertHeld()

    def test_uid_validity_that_changes_brings_nothing_twice(self):
        server = self.serve()
        number = self.stage.add_imap(server)
        self.deliver(server, *range(12))
        self.read()
        for validity in (4711, 4712):
            server.set_uid_validity(validity)
            self.deliver(server, validity)
            said = self.read()
            self.assertEqual((said['kept'], self.stage.source(number)['uid_validity']), (1, validity))
            self.assertGreaterEqual(said['known'], 12)
        self.assertHeld()

    def test_messages_move_when_they_have_been_taken_in(self):
        server = self.serve()
        server.create('Gelezen & bewaard')
        number = self.stage.add_imap(server, move_to='Gelezen & bewaard')
        self.deliver(server, *range(5))
        self.read()
        self.assertEqual((server.status('messages'), server.status('messages', 'Gelezen & bewaard')), (0, 5))
        self.assertEqual(server.status('unseen', 'Gelezen & bewaard'), 5)
        # A folder that is not there is told of, and mail comes in all the same.
        self.stage.change(number, move_to='Weg')
        self.deliver(server, 5)
        said = self.read()
        self.assertEqual((said['kept'], said['trouble']), (1, 'mailbox_folder'))
        # What was left where it was moves later.
        self.stage.change(number, move_to='Gelezen & bewaard')
        self.read()
        self.assertEqual((server.status('messages'), server.status('messages', 'Gelezen & bewaard')), (0, 6))
        self.assertHeld()

    def test_what_could_not_be_had_is_not_moved(self):
        "At the next opening all up to the last number moved, unread messages among them."
        server = self.serve()
        server.create('Archief')
        number = self.stage.add_imap(server)
        self.deliver(server, *range(3))
        self.read()
        with self.stage.sql() as run:
            run("""update raadspost_message set trouble = 'mailbox_refused', bytes_file = null where id =
                (select message from raadspost_message_origin where uid = 2)""")
        self.stage.change(number, move_to='Archief')
        self.read()
        self.assertEqual((server.status('messages'), server.status('messages', 'Archief')), (1, 2))

    def test_a_server_without_move_copies(self):
        server = self.serve(capability='IMAP4rev1 SASL-IR UIDPLUS')
        server.create('Archief')
        self.stage.add_imap(server, move_to='Archief')
        self.deliver(server, 1, 2)
        self.read()
        self.read()
        self.assertEqual((server.status('messages'), server.status('messages', 'Archief')), (2, 2))

    def test_news_comes_at_once_also_after_a_restart_of_the_server(self):
        server = self.serve()
        number = self.stage.add_imap(server)
        self.daemon()
        self.assertSoon(lambda: self.stage.source(number)['last_read_at'])
        self.deliver(server, 1)
        # Who does not hear of it looks every two minutes.
        self.assertSoon(lambda: self.stage.count("state = 'new'") == 1)
        server.kick()
        self.deliver(server, 2)
        self.assertSoon(lambda: self.stage.count("state = 'new'") == 2)
        server.stop()
        self.assertSoon(lambda: self.stage.source(number)['trouble'])
        server.start()
        self.deliver(server, 3)
        self.assertSoon(lambda: self.stage.count("state = 'new'") == 3, 120)
        self.assertSoon(lambda: self.stage.source(number)['trouble'] is None)
        self.assertHeld()

    def test_two_readers_at_once_share_and_one_takes_over(self):
        server = self.serve()
        number = self.stage.add_imap(server)
        readers = [self.daemon(), self.daemon()]
        self.assertSoon(lambda: self.stage.source(number)['last_read_at'])
        self.deliver(server, *range(20))
        self.assertSoon(lambda: self.stage.count("state = 'new'") == 20)
        held_by = self.stage.source(number)['reader'].split(':')[1]
        first, second = readers if str(readers[0].process.pid) == held_by else reversed(readers)
        self.assertEqual(str(first.process.pid), held_by)
        first.kill()
        self.deliver(server, *range(20, 25))
        self.assertSoon(lambda: self.stage.count("state = 'new'") == 25)
        self.assertEqual(self.stage.source(number)['reader'].split(':')[1], str(second.process.pid))
        self.assertHeld()

    def test_two_mailboxes_with_the_same_mail(self):
        servers = [self.serve(), self.serve()]
        # One authority's file for both, as [raadspost] names one.
        both = os.path.join(self.stage.folder, 'both.pem')
        with open(both, 'w') as file:
            for server in servers:
                with open(server.authority_file) as own:
                    file.write(own.read())
        numbers = [self.stage.add_imap(server, name=f'Bus {server.tls_port}') for server in servers]
        self.stage.configure(mailbox_authorities=both, **{
            f'mailbox_{number}': self.stage.secret_file(dovecot.PASSWORD) for number in numbers})
        for each in range(30):
            self.delivered.append(message(each))
            for server in servers:
                server.deliver(self.delivered[-1])
        said = self.read()
        self.assertEqual((said['kept'], said['known']), (30, 30))
        self.assertHeld()


class MaildirTest(IntakeCase):
    def setUp(self):
        super().setUp()
        self.box = os.path.join(self.stage.folder, f'box-{self.id()}')
        for name in ('new', 'cur', 'tmp'):
            os.makedirs(os.path.join(self.box, name))

    def put(self, number, folder='new', flags='', **options):
        self.delivered.append(message(number, **options))
        path = os.path.join(self.box, folder, f'17.M{number:06}P1.dorpen{flags}')
        with open(path, 'wb') as file:
            file.write(self.delivered[-1])
        return path

    def test_new_and_cur_are_read_and_left_as_they_are(self):
        self.stage.add_source(kind='maildir', path=self.box)
        paths = [self.put(1), self.put(2), self.put(3, 'cur', ':2,RS')]
        os.mkfifo(os.path.join(self.box, 'new', '17.pipe'))
        with open(os.path.join(self.box, 'tmp', 'half'), 'wb') as half:
            half.write(message(99))
        self.assertEqual(self.read()['kept'], 3)
        # A mail program moves one on: it is known by its name.
        os.rename(paths[0], os.path.join(self.box, 'cur', os.path.basename(paths[0]) + ':2,S'))
        again = self.read()
        self.assertEqual((again['kept'], again['known']), (0, 0))
        self.assertHeld()
        self.assertEqual(sorted(os.listdir(os.path.join(self.box, 'new'))), ['17.M000002P1.dorpen', '17.pipe'])

    def test_what_comes_is_seen_soon(self):
        number = self.stage.add_source(kind='maildir', path=self.box)
        self.daemon()
        self.assertSoon(lambda: self.stage.source(number)['last_read_at'])
        self.put(1)
        self.assertSoon(lambda: self.stage.count("state = 'new'") == 1)
        self.assertHeld()

    def test_where_no_raadspostd_runs_the_hosts_cron_takes_mail_in(self):
        number = self.stage.add_source(kind='maildir', path=self.box)
        for each in range(150):
            self.put(each)
        database = self.stage.database
        done = subprocess.run([HOST_PYTHON, '-W', 'ignore', '-c', SLICE, database.conf, database.name],
                              env=database.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual((self.stage.count("state = 'new'"), self.stage.source(number)['reader']), (150, None))
        self.assertHeld()

    def test_a_folder_that_is_not_there_is_told_of(self):
        number = self.stage.add_source(kind='maildir', path=self.box + '/nergens')
        self.assertIn('Niemand leest deze postbus', self.stage.shown('raadspost.mail.source', number, 'trouble_sentence'))
        self.assertEqual(self.read()['trouble'], 'mailbox_folder')
        self.assertEqual(self.stage.source(number)['trouble'], 'mailbox_folder')
        self.assertIn('Een map van de postbus', self.stage.shown('raadspost.mail.source', number, 'trouble_sentence'))

    def test_a_message_that_is_too_large_is_kept_by_its_beginning(self):
        self.stage.add_source(kind='maildir', path=self.box)
        path = self.put(1)
        os.truncate(path, 49 << 20)
        self.put(2)
        said = self.read()
        self.assertEqual((said['kept'], said['read']), (2, 1))
        row, = self.stage.query("select * from raadspost_message where trouble is not null")
        self.assertEqual((row['state'], row['trouble'], row['size']), ('unread', 'message_too_large', 49 << 20))

    def test_a_message_beyond_the_limits_of_reading_is_kept_and_shown_as_unread(self):
        self.stage.add_source(kind='maildir', path=self.box)
        self.put(1)
        deep = b'Subject: diep\r\n' + b''.join(
            b'Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n' % (n, n) for n in range(3000))
        with open(os.path.join(self.box, 'new', '17.deep'), 'wb') as file:
            file.write(deep)
        self.delivered.append(deep)
        said = self.read()
        self.assertEqual((said['kept'], said['read'] + said['left']), (2, 2))
        row, = self.stage.query("select * from raadspost_message where state = 'unread'")
        self.assertTrue(row['trouble'])
        self.assertHeld()


if __name__ == '__main__':
    unittest.main()

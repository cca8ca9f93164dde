"""Copies of what is sent in the mailbox's own folder, once each; and what they and answers prove of uncertain messages."""
import os
import unittest

import dovecot
from database import kind
from stage import Stage

COUNCILS = 6


@unittest.skipIf(dovecot.missing(), dovecot.missing())
class SentCopiesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = Stage(kind(), councils=COUNCILS, batch_size=1, connections=1)
        cls.addClassCleanup(cls.stage.remove)
        cls.server = dovecot.Dovecot().start()
        cls.addClassCleanup(cls.server.remove)
        cls.server.create('Verzonden')

    def setUp(self):
        self.stage.restore()
        self.stage.relay.start()
        self.addCleanup(self.stage.relay.stop)
        for folder in ('INBOX', 'Verzonden'):
            self.server.admin('expunge', '-u', dovecot.USER, 'mailbox', folder, 'all')
        with self.stage.sql() as run:
            run("insert into raadspost_mail_source (create_date, name, kind, active, host, port, security, login, folder, "
                "sent_folder, copies_since, association) select '2026-11-21 09:00:00', 'Griffies', 'imap', true, 'localhost', "
                f"{self.server.tls_port}, 'tls', '{dovecot.USER}', 'INBOX', 'Verzonden', '2020-01-01 00:00:00', min(id) "
                "from raadspost_association")
            number = run('select max(id) as id from raadspost_mail_source')[0]['id']
        secret = os.path.join(self.stage.folder, 'secret')
        if not os.path.exists(secret):
            with open(os.open(secret, os.O_WRONLY | os.O_CREAT, 0o600), 'w') as file:
                file.write(dovecot.PASSWORD + '\n')
        sections = self.stage.database.sections
        self.stage.database.write_conf({**sections, 'raadspost': {
            **sections['raadspost'], f'mailbox_{number}': secret, 'mailbox_authorities': self.server.authority_file}})
        self.addCleanup(self.stage.database.write_conf, sections)

    def send(self):
        done = self.stage.send()
        self.assertNotIn('Traceback', done.said)
        return done

    def copies(self):
        "Message-IDs in the folder."
        said = self.server.admin('fetch', '-u', dovecot.USER, 'hdr.message-id', 'mailbox', 'Verzonden', 'all')
        return sorted(line.split(':', 1)[1].strip()[1:-1] for line in said.splitlines() if line.startswith('hdr.message-id:'))

    def sent(self):
        return sorted(row['message_id'] for row in self.stage.query(
            "select message_id from raadspost_dispatch where state = 'sent'"))

    def leave_uncertain(self):
        "One dispatch whose line fell after the dot."
        self.stage.make_nothing_due()
        self.stage.make_due(1)
        self.stage.relay.start('*=dot:dropx1')
        self.send()
        row, = self.stage.query("select * from raadspost_dispatch where state = 'uncertain'")
        self.stage.relay.start()
        return row

    def assertSentBy(self, row, words):
        now, = self.stage.query(f"select * from raadspost_dispatch where id = {row['id']}")
        self.assertEqual((now['state'], now['reason']), ('sent', 'evidence'))
        event = self.stage.query(f"select * from raadspost_event where dispatch = {row['id']} order by id desc")[0]
        self.assertIn(words, event['evidence'])
        # The ledger knows, too: nobody can have it sent again.
        self.stage.make_nothing_due()
        taken = len(self.stage.relay.taken())
        with self.stage.sql() as run:
            run(f"update raadspost_dispatch set state = 'released', journal = null where id = {row['id']}")
        self.send()
        self.assertEqual(len(self.stage.relay.taken()), taken)
        now, = self.stage.query(f"select * from raadspost_dispatch where id = {row['id']}")
        self.assertEqual((now['state'], now['reason']), ('sent', 'known_to_ledger'))

    # --- tests -------------------------------------------------------------------------------------------------------

    def test_each_is_copied_once(self):
        self.stage.make_all_due()
        self.send()
        self.send()
        self.assertEqual((len(self.sent()), self.copies()), (COUNCILS, self.sent()))
        self.assertEqual({row['how'] for row in self.stage.query('select how from raadspost_sent_copy')}, {'put'})
        self.assertIn('\\Seen', self.server.admin('fetch', '-u', dovecot.USER, 'flags', 'mailbox', 'Verzonden', 'all'))
        # As after a crash between the copy and the note of it.
        with self.stage.sql() as run:
            run('delete from raadspost_sent_copy')
        self.send()
        self.assertEqual(self.copies(), self.sent())
        self.assertEqual({row['how'] for row in self.stage.query('select how from raadspost_sent_copy')}, {'found'})

    def test_what_was_sent_before_is_not_copied(self):
        self.stage.make_nothing_due()
        self.stage.make_due(2)
        self.send()
        with self.stage.sql() as run:
            run("update raadspost_mail_source set copies_since = '2090-01-01 00:00:00'")
            run('delete from raadspost_sent_copy')
        before = self.copies()
        self.send()
        self.assertEqual(self.copies(), before)

    def test_trouble_is_said_and_keeps_nothing_from_being_sent(self):
        with self.stage.sql() as run:
            run("update raadspost_mail_source set sent_folder = 'Bestaat niet'")
        self.stage.make_all_due()
        self.send()
        self.send()
        self.assertEqual(len(self.sent()), COUNCILS)
        source, = self.stage.query('select * from raadspost_mail_source')
        self.assertEqual(source['copies_trouble'], 'mailbox_folder')
        self.assertIsNone(source['trouble'])
        with self.stage.sql() as run:
            run("update raadspost_mail_source set sent_folder = 'Verzonden'")
        self.send()
        source, = self.stage.query('select * from raadspost_mail_source')
        self.assertEqual((source['copies_trouble'], self.copies()), (None, self.sent()))

    def test_a_copy_that_the_relay_put_there_proves_it(self):
        row = self.leave_uncertain()
        self.send()
        self.assertEqual((self.copies(), self.sent()), ([], []))  # an uncertain one is not copied by us
        self.server.deliver(b'From: oproep@dorpen.example\r\nSubject: Een plek\r\n'
                            b'Message-ID: <%s>\r\n\r\nGeachte griffie\r\n' % row['message_id'].encode(), '.Verzonden')
        self.send()
        self.assertSentBy(row, 'Verzonden')

    def test_a_message_that_names_it_proves_it(self):
        row = self.leave_uncertain()
        self.server.deliver(
            f"From: Griffie <{row['mailbox']}>\r\nTo: oproep@dorpen.example\r\nSubject: Re: Een plek\r\n"
            f"Date: Sat, 21 Nov 2026 10:00:00 +0100\r\nMessage-ID: <antwoord@kerndorp.example>\r\n"
            f"In-Reply-To: <{row['message_id']}>\r\n\r\nWij hebben uw brief ontvangen.\r\n".encode())
        self.send()
        self.assertSentBy(row, 'Re: Een plek')

    def test_others_prove_nothing(self):
        row = self.leave_uncertain()
        self.server.deliver(f"From: Griffie <{row['mailbox']}>\r\nTo: oproep@dorpen.example\r\nSubject: Re: Een plek\r\n"
                            'Message-ID: <antwoord@kerndorp.example>\r\nIn-Reply-To: <raadspost.1@dorpen.example>\r\n\r\n'
                            'Wij hebben uw brief ontvangen.\r\n'.encode())
        self.server.deliver(b'From: oproep@dorpen.example\r\nMessage-ID: <raadspost.2@dorpen.example>\r\n\r\nGeachte\r\n',
                            '.Verzonden')
        self.send()
        now, = self.stage.query(f"select * from raadspost_dispatch where id = {row['id']}")
        self.assertEqual(now['state'], 'uncertain')


if __name__ == '__main__':
    unittest.main()

"""A real, strict Postfix takes what we send, finds no fault with it, and hands on the very bytes that were frozen.

The sample appeals go to all griffies the way they always go: planned by the module, sent by raadspostd. Then each mail
is read back from Postfix's mailbox, compared with what the database keeps of it, and read by Python's email, which
is strict about defects."""
import collections
import contextlib
import email
import email.header
import email.policy
import hashlib
import os
import sqlite3
import subprocess
import unittest

import postfix
from database import HostTest
from lasting_councils import let_no_council_end
from stage import Sender

COUNCILS = 342
LONG_NAME = ("Landelijke Vereniging tot Behoud van Ontmoetingsplaatsen in Súdwest-Fryslân, ’s-Hertogenbosch, "
             "Nuenen, Gerwen en Nederwetten, en Omstreken")
ATTACHMENTS = {
    'Overzicht van alle dorpshuizen, wijkcentra en ontmoetingsplaatsen per gemeente – bijgewerkt “januari” 2026.pdf':
        ('application/pdf', b'%PDF-1.4\n' + bytes(range(256)) * 40),
    'plattegrond.png': ('image/png', b'\x89PNG\r\n\x1a\n' + b'\r\n.\r\n' * 500),
}


def defects(message):
    "What Python's email finds wrong in a message or in any header of any part."
    found = []
    for part in message.walk():
        found += [repr(defect) for defect in part.defects]
        found += [f'{name}: {defect!r}' for name, value in part.items() for defect in value.defects]
    return found


def leaves(message):
    return [(part.get_content_type(), part.get_filename(), part.get_payload(decode=True))
            for part in message.walk() if not part.is_multipart()]


def display_name(mail):
    "By the older of Python's readers, as the newer one leaves spaces between encoded words (RFC 2047 6.2)."
    header = email.message_from_bytes(mail.content, policy=email.policy.compat32)['From']
    return str(email.header.make_header(email.header.decode_header(header.split('<')[0].rstrip())))


@unittest.skipIf(postfix.missing(), postfix.missing())
class PostfixTest(HostTest):
    modules = ['raadspost']

    @classmethod
    def setUpClass(cls):
        cls.relay = postfix.Postfix()
        cls.addClassCleanup(cls.relay.remove)
        cls.relay.start()
        super().setUpClass()
        cls.talk_to(f'smtp://127.0.0.1:{cls.relay.port}')
        with cls.database.transaction(commit=True) as pool:
            from trytond.modules import import_module
            Configuration = pool.get('raadspost.configuration')
            configuration = Configuration(1)
            configuration.approval_required = False
            configuration.hold_minutes = 0
            configuration.working_days = False
            configuration.silence_days = 0
            configuration.guessed_addresses = True
            configuration.public_address = 'https://post.dorpensamen.example'
            configuration.save()
            extension = import_module('raadspost')._raadspost
            extension.load_country({'domain_suffix': 'example', 'with_meeting_places': True})
            let_no_council_end(pool)
            cls.appeals = extension.load_samples()
        cls.raadspostd('--arm', "tests")

    @classmethod
    def talk_to(cls, uri, **settings):
        "Senders read this when they start."
        cls.database.write_conf({
            'email': {'uri': uri, 'from': 'post@dorpensamen.example'},
            'raadspost': {'keys': os.path.join(cls.database.folder, 'keys', 'ring'), **settings}})

    @classmethod
    def raadspostd(cls, *options):
        done = Sender(cls, options, crash=None, program=()).done()
        if done.status not in (0, 1) or 'Traceback' in done.said:
            raise RuntimeError(done.said)
        return done

    def setUp(self):
        self.relay.forget()

    def start(self, appeal, change=lambda pool, appeal: None):
        for step in ('change', 'submit', 'approve', 'start'):
            with self.database.transaction(commit=True) as pool:
                Appeal = pool.get('raadspost.appeal')
                if step == 'change':
                    change(pool, Appeal(appeal))
                elif step != 'approve' or Appeal(appeal).state != 'approved':
                    getattr(Appeal, step)([Appeal(appeal)])

    def rows(self, appeal):
        with self.database.transaction() as pool:
            Dispatch = pool.get('raadspost.dispatch')
            ids = [dispatch.id for dispatch in Dispatch.search([('appeal', '=', appeal)])]
            return Dispatch.read(ids, [
                'mailbox', 'state', 'reply_code', 'reply_status', 'reply_text', 'queue_id', 'message_id', 'subject',
                'envelope_sender', 'bytes_hash', 'raw'])

    def try_again_now(self):
        with contextlib.closing(sqlite3.connect(self.database.file, timeout=30)) as connection:
            connection.execute("update raadspost_dispatch set next_try = '2020-01-01 00:00:00' where state = 'deferred'")
            connection.commit()

    def send(self, appeal):
        "Everything of the appeal, in one run; gives (row, delivered) of each."
        said = self.raadspostd('--once').said
        rows = self.rows(appeal)
        states = collections.Counter(row['state'] for row in rows)
        self.assertEqual(states, {'sent': COUNCILS}, f"{said}\n{self.relay.complaints()[:5]}")
        delivered = self.relay.delivered(COUNCILS)
        times = collections.Counter(mail.recipient for mail in delivered)
        self.assertEqual(times, collections.Counter(row['mailbox'] for row in rows))
        self.assertEqual(set(times.values()), {1})
        by_mailbox = {mail.recipient: mail for mail in delivered}
        return [(row, by_mailbox[row['mailbox']]) for row in rows]

    def check(self, sent):
        "What holds for every mail."
        for row, mail in sent:
            frozen = bytes(row['raw'])
            self.assertEqual(hashlib.sha256(frozen).hexdigest(), row['bytes_hash'])
            self.assertEqual(mail.content, frozen.replace(b'\r\n', b'\n'), row['mailbox'])
            self.assertEqual(mail.sender, row['envelope_sender'])
            self.check_evidence(row, mail)
            message = mail.message
            self.assertEqual(defects(message), [])
            self.assertEqual(message['To'].addresses[0].addr_spec, row['mailbox'])
            self.assertEqual(message['Subject'], row['subject'])
            self.assertEqual(message['Message-ID'].strip('<>'), row['message_id'])
            self.assertIsNotNone(message['Date'].datetime)
            self.assertEqual(len(message['From'].addresses), 1)
            for name in ('List-Unsubscribe', 'List-Unsubscribe-Post', 'Content-Language', 'MIME-Version'):
                self.assertEqual(len(message.get_all(name, [])), 1, name)
            self.assertEqual([leaf[0] for leaf in leaves(message)][:3],
                             ['text/plain', 'text/html', 'application/pdf'])
        self.assertEqual(self.relay.complaints(), [])

    def check_evidence(self, row, mail):
        "The relay's own name for the mail is kept: with it, its log tells the rest of the story."
        self.assertEqual((row['reply_code'], row['reply_status']), (250, '2.0.0'))
        self.assertEqual(row['reply_text'], f"Ok: queued as {row['queue_id']}")
        self.assertIn(f" id {row['queue_id']}\t", mail.received + '\t')

    def letter(self, mail):
        "The first PDF of a mail."
        return next(leaf for leaf in leaves(mail.message) if leaf[0] == 'application/pdf')

    def check_letter(self, mail):
        _, name, content = self.letter(mail)
        self.assertTrue(name.endswith('.pdf'), name)
        done = subprocess.run(['pdftotext', '-', '-'], input=content, stdout=subprocess.PIPE)
        self.assertEqual(done.returncode, 0)
        return done.stdout.decode()

    def test_an_appeal_with_a_letter(self):
        self.start(self.appeals[0])
        sent = self.send(self.appeals[0])
        self.check(sent)
        letters = {self.letter(mail)[2] for _, mail in sent}
        self.assertEqual(len(letters), COUNCILS)
        mail = next(mail for row, mail in sent if 'sudwest' in row['mailbox'])
        self.assertIn("Súdwest-Fryslân", self.check_letter(mail))

    def test_attachments_and_long_names(self):
        def change(pool, appeal):
            pool.get('raadspost.association').write([appeal.association], {'sender_name': LONG_NAME})
            pool.get('raadspost.appeal').write([appeal], {
                'subject': "Een plek om elkaar te ontmoeten in {{gemeente}} – “geen dorp zonder huis”, ook niet in "
                           "de kleinste kern, café of kerk van {{gemeente}}"})
            pool.get('raadspost.attachment').create([
                {'appeal': appeal.id, 'name': name, 'media_type': media_type, 'content': content}
                for name, (media_type, content) in ATTACHMENTS.items()])

        self.start(self.appeals[2], change)
        sent = self.send(self.appeals[2])
        self.check(sent)
        for _, mail in sent:
            self.assertEqual(display_name(mail), LONG_NAME)
            named = {name: (media_type, content) for media_type, name, content in leaves(mail.message) if name}
            self.assertEqual({name: named[name] for name in ATTACHMENTS}, ATTACHMENTS)
            self.assertEqual(len(named), 1 + len(ATTACHMENTS))

    def test_starttls(self):
        self.start(self.appeals[1])
        uri = f'smtp+tls://localhost:{self.relay.tls_port}'
        # The system's authorities do not know this relay's: not one command about a message is spoken.
        self.talk_to(uri)
        self.raadspostd('--once')
        self.assertNotIn('sent', {row['state'] for row in self.rows(self.appeals[1])})
        self.assertEqual(self.relay.delivered(), [])
        self.assertIn('unknown ca', self.relay.complaints()[0])
        self.relay.forget()
        self.talk_to(uri, relay_authorities=self.relay.authority_file)
        self.try_again_now()
        sent = self.send(self.appeals[1])
        self.check(sent)
        for _, mail in sent:
            self.assertIn('TLSv1.3', mail.received)


if __name__ == '__main__':
    unittest.main()

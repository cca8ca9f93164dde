"""Answers that people write to a received message: in the thread, by the senders' road, never twice, never lost."""
import email
import email.policy
import json
import os
import subprocess
import sys
import unittest

from database import HOST_PYTHON, kind
from stage import Stage, crash_places
from test_crash import ONCE_A_TURN

# Where a sender is when it has an answer in its hands; the others come before or after all of them.
PLACES = [place for place in crash_places(of_intake=False) if place not in ONCE_A_TURN]
TEXT = 'Dank voor uw vraag.\n\nDat kost de gemeente niets.'


def answer(number, to, extra=''):
    "What a griffie writes to a dispatch of ours."
    return (f'From: Griffie Kerndorp <griffie@gm{number:04}.test>\r\nTo: oproep@dorpen.example\r\n'
            f'Date: Sat, 21 Nov 2026 10:00:00 +0100\r\nSubject: Re: Een plek voor Kerndorp {number} [R1-GM{number:04}]\r\n'
            f'Message-ID: <vraag-{number}@gm{number:04}.test>\r\nIn-Reply-To: <{to}>\r\nReferences: <{to}>\r\n{extra}\r\n'
            'Geachte mevrouw,\r\n\r\nWat kost dit de gemeente?\r\n').encode()


class ReplyingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = Stage(kind(), councils=3)
        cls.addClassCleanup(cls.stage.remove)

    def setUp(self):
        self.stage.restore()
        self.stage.relay.maildir = os.path.join(self.stage.folder, self.id().rsplit('.', 1)[1])
        for name in ('', 'new', 'cur', 'tmp'):
            os.mkdir(os.path.join(self.stage.relay.maildir, name))
        self.stage.relay.start()
        self.addCleanup(self.stage.relay.stop)
        self.stage.make_all_due()
        self.send()
        self.first = len(self.stage.relay.taken())
        self.assertEqual(self.first, 3)

    # --- what happens ----------------------------------------------------------------------------------------------

    def send(self, **options):
        done = self.stage.send(**options)
        self.assertNotIn('Traceback', done.said)
        return done

    def receive(self, number=1, extra=''):
        "The message's id, read by the machine."
        box = os.path.join(self.stage.folder, f'box-{self.id()}')
        if not os.path.exists(box):
            for name in ('', 'new', 'cur', 'tmp'):
                os.mkdir(os.path.join(box, name))
            with self.stage.sql() as run:
                run(f"insert into raadspost_mail_source (create_date, name, kind, active, path) values "
                    f"('2026-11-21 09:00:00', 'Griffies', 'maildir', true, '{box}')")
        sent = self.stage.query(f"select message_id from raadspost_dispatch where mailbox = 'griffie@gm{number:04}.test'")
        with open(os.path.join(box, 'new', f'1.{number}.dorpen'), 'wb') as file:
            file.write(answer(number, sent[0]['message_id'], extra))
        self.send()
        row, = self.stage.query(f"select * from raadspost_message where message_id = 'vraag-{number}@gm{number:04}.test'")
        self.assertIsNotNone(row['case'], row)
        return row['id']

    def write(self, message, **values):
        "As a person does in the form; what the form showed, or the sentence of why not."
        done = subprocess.run(
            [HOST_PYTHON, '-W', 'ignore', __file__, self.stage.database.conf, self.stage.database.name, str(message),
             json.dumps({'text': TEXT, **values})], env=self.stage.database.environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout)
        return json.loads(done.stdout.splitlines()[-1])

    def press(self, button):
        done = subprocess.run(
            [HOST_PYTHON, '-W', 'ignore', __file__, self.stage.database.conf, self.stage.database.name, button],
            env=self.stage.database.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout)

    def reply(self):
        row, = self.stage.query('select * from raadspost_reply order by id')
        return row

    def taken(self):
        "What the relay took beside the dispatches."
        return self.stage.relay.taken()[self.first:]

    def mail(self, message_id):
        for folder, _, names in os.walk(self.stage.relay.maildir):
            for name in names:
                with open(os.path.join(folder, name), 'rb') as file:
                    mail = email.message_from_binary_file(file, policy=email.policy.default)
                if mail['Message-ID'] == f'<{message_id}>':
                    return mail
        self.fail(f"no mail with {message_id}")

    # --- tests -------------------------------------------------------------------------------------------------------

    def test_it_goes_out_in_the_thread_and_is_kept_on_the_case(self):
        message = self.receive()
        shown = self.write(message)
        self.assertEqual(shown['to_address'], 'griffie@gm0001.test')
        self.assertEqual(shown['subject'], 'Re: Een plek voor Kerndorp 1 [R1-GM0001]')
        self.assertIn('> Wat kost dit de gemeente?', shown['quotation'])
        self.assertEqual((self.reply()['state'], self.taken()), ('released', []))
        self.send()
        row = self.reply()
        self.assertEqual(row['state'], 'sent')
        self.assertEqual(self.taken(), [('griffie@gm0001.test', row['message_id'])])
        mail = self.mail(row['message_id'])
        dispatch, = self.stage.query("select * from raadspost_dispatch where mailbox = 'griffie@gm0001.test'")
        self.assertEqual(mail['In-Reply-To'], '<vraag-1@gm0001.test>')
        self.assertEqual(mail['References'].split(), [f"<{dispatch['message_id']}>", '<vraag-1@gm0001.test>'])
        self.assertEqual(mail['From'], 'Vereniging Kleine Dorpen <oproep@dorpen.example>')
        self.assertEqual(mail['To'], 'Griffie Kerndorp <griffie@gm0001.test>')
        text = mail.get_content()
        self.assertIn('Dat kost de gemeente niets.', text)
        self.assertLess(text.index('niets.'), text.index('> Wat kost dit de gemeente?'))
        received, = self.stage.query(f'select * from raadspost_message where id = {message}')
        self.assertEqual((row['case'], row['message']), (received['case'], message))
        event, = self.stage.query("select * from raadspost_event where kind = 'reply'")
        self.assertEqual((event['case'], event['evidence']), (received['case'], TEXT))
        # Once.
        self.send()
        self.assertEqual(len(self.taken()), 1)

    def test_forged_and_automatic_mail_gets_none(self):
        message = self.receive()
        for change, words in (("trust = 'forged'", 'wie het zegt te zijn'), ("kinds = 'auto_reply'", 'automatisch'),
                              ("kinds = 'bounce_hard'", 'automatisch'), ("state = 'unread'", 'niet door het systeem gelezen')):
            with self.stage.sql() as run:
                run(f"update raadspost_message set trust = 'linked', kinds = 'question', state = 'new' where id = {message}")
                run(f'update raadspost_message set {change} where id = {message}')
            self.assertIn(words, self.write(message)['refused'], change)
        self.assertEqual(self.stage.query('select * from raadspost_reply'), [])

    def test_an_address_is_checked(self):
        message = self.receive()
        for address in ('griffie kerndorp', 'a@b.example\r\nBcc: c@d.example', 'oproep@dorpen.example'):
            self.assertTrue(self.write(message, to_address=address).get('refused'), address)
        self.assertTrue(self.write(message, text='  \n').get('refused'))
        self.assertEqual(self.stage.query('select * from raadspost_reply'), [])

    def test_the_same_answer_is_not_written_twice(self):
        message = self.receive()
        self.write(message)
        self.assertIn('al op dit bericht geschreven', self.write(message)['refused'])
        self.assertIsNone(self.write(message, text='Nog iets.').get('refused'))
        self.send()
        self.assertEqual(len(self.taken()), 2)

    def test_stop_and_fence_and_test_mode_hold_for_it(self):
        message = self.receive()
        self.write(message)
        with self.stage.sql() as run:
            run('update raadspost_configuration set stopped = true')
        self.send()
        self.assertEqual((self.reply()['state'], self.taken()), ('released', []))
        self.stage.resume()
        # A database that was never armed here.
        keys = [os.path.join(folder, name) for folder, _, names in os.walk(self.stage.keys) for name in names
                if name.startswith('fence-')]
        for path in keys:
            os.rename(path, path + '.away')
        self.send()
        self.assertEqual((self.reply()['state'], self.taken()), ('released', []))
        for path in keys:
            os.rename(path + '.away', path)
        conf = self.stage.database.sections
        self.stage.database.write_conf({**conf, 'raadspost': {**conf['raadspost'], 'rewrite_recipients': 'test@dorpen.example'}})
        self.addCleanup(self.stage.database.write_conf, conf)
        self.send()
        self.assertEqual((self.reply()['state'], [mailbox for mailbox, _ in self.taken()]), ('sent', ['test@dorpen.example']))

    def test_it_waits_for_no_window_and_no_appeal(self):
        message = self.receive()
        with self.stage.sql() as run:
            run("update raadspost_appeal set state = 'stopped'")
            run("update raadspost_configuration set window_from = '03:00:00', window_to = '03:00:01'")
        self.write(message)
        self.send()
        self.assertEqual(self.reply()['state'], 'sent')

    def test_what_is_uncertain_waits_for_a_person(self):
        message = self.receive()
        self.write(message)
        self.stage.relay.start('*=dot:drop-unrecordedx1')
        self.send()
        row = self.reply()
        self.assertEqual((row['state'], row['reason']), ('uncertain', 'line_fell_after_dot'))
        self.send()
        self.assertEqual((self.reply()['state'], self.taken()), ('uncertain', []))
        self.press('send_again')
        self.send()
        self.assertEqual((self.reply()['state'], len(self.taken())), ('sent', 1))

    def test_refused_and_put_off(self):
        message = self.receive()
        self.write(message)
        self.stage.relay.start('*=rcpt:452x1')
        self.send()
        self.assertEqual((self.reply()['state'], self.taken()), ('deferred', []))
        with self.stage.sql() as run:
            run("update raadspost_reply set next_try = '2020-01-01 00:00:00'")
        self.stage.relay.start('*=rcpt:550x1')
        self.send()
        row = self.reply()
        self.assertEqual((row['state'], row['reply_code'], self.taken()), ('refused', 550, []))
        self.assertIsNone(self.write(message).get('refused'))

    def test_killed_at_every_place(self):
        message, killed = self.receive(), 0
        for number, place in enumerate(PLACES):
            with self.subTest(place):
                self.write(message, text=f'{TEXT}\n\nNummer {number}.')
                done = self.stage.send(crash=place)
                killed += done.killed
                self.send()
                row = self.stage.query('select * from raadspost_reply order by id desc limit 1')[0]
                times = [mail_id for _, mail_id in self.taken()].count(row['message_id'])
                self.assertIn((row['state'], times), {('sent', 1), ('uncertain', 0), ('uncertain', 1)})
        self.assertGreaterEqual(killed, 10)
        print(f'\n{kind()}: {len(PLACES)} answers, their senders killed {killed} times', flush=True)


def write(conf, name, message, values):
    "In a process of its own, as the host reads its configuration once."
    from trytond.config import config
    config.update_etc(conf)
    from trytond.exceptions import UserError
    from trytond.pool import Pool
    from trytond.transaction import Transaction
    Pool.start()
    pool = Pool(name)
    pool.init()
    context = {'language': 'nl', 'active_model': 'raadspost.message', 'active_id': message, 'active_ids': [message]}
    shown = {}
    try:
        with Transaction().start(name, 1, context=context) as transaction:
            Wizard = pool.get('raadspost.reply.write', type='wizard')
            session, state, _ = Wizard.create()
            form = Wizard.execute(session, {}, state)['view']
            shown = form['defaults']
            Wizard.execute(session, {state: {**shown, **values}}, 'send')
            transaction.commit()
    except UserError as error:
        shown['refused'] = str(error)
    print(json.dumps(shown))


def press(conf, name, button):
    from trytond.config import config
    config.update_etc(conf)
    from trytond.pool import Pool
    from trytond.transaction import Transaction
    Pool.start()
    pool = Pool(name)
    pool.init()
    with Transaction().start(name, 1) as transaction:
        Reply = pool.get('raadspost.reply')
        getattr(Reply, button)(Reply.search([]))
        transaction.commit()


if __name__ == '__main__':
    if len(sys.argv) == 5:
        write(sys.argv[1], sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4]))
    elif len(sys.argv) == 4:
        press(*sys.argv[1:])
    else:
        unittest.main()

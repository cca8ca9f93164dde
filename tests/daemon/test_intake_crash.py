"""Readers of mail killed at every place that was thought dangerous: nothing is lost, nothing is there twice.

A chain of rounds per place, on one database and one Dovecot: some more mail is delivered, a reader starts, and dies at its
n-th visit to that place; at the half of it the server forgets its numbers. In the end a reader may finish, and what was
delivered is compared with what the CRM holds, byte for byte. Only a message that was being read when its reader died may
be left unread; a person has it read again, and it is.
"""
import collections
import subprocess
import unittest

import dovecot
from database import HOST_PYTHON, kind
from mail_stage import MailStage, message
from stage import crash_places

KILLS = 3            # of each place
EACH_ROUND = 6
VISITS = (1, 3, 2)
ONCE_A_BATCH = {'intake_before_keeping', 'intake_before_bytes', 'intake_after_bytes', 'intake_after_commit',
                'intake_after_keeping'}
# Between the mark and what takes it away.
BEING_READ = {'intake_before_reading', 'intake_after_reading', 'intake_before_findings', 'intake_after_findings'}
READ_AGAIN = '''
import sys
from trytond.config import config
config.update_etc(sys.argv[1])
from trytond.pool import Pool
from trytond.transaction import Transaction
Pool.start()
Pool(sys.argv[2]).init()
with Transaction().start(sys.argv[2], 1) as transaction:
    Message = Pool().get('raadspost.message')
    Message.read_again(Message.search([('state', '=', 'unread')]))
    transaction.commit()
'''


@unittest.skipIf(dovecot.missing(), dovecot.missing())
class IntakeCrashTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = MailStage(kind())
        cls.addClassCleanup(cls.stage.remove)
        cls.server = dovecot.Dovecot().start()
        cls.addClassCleanup(cls.server.remove)
        cls.next_number = 0
        cls.table = []

    @classmethod
    def tearDownClass(cls):
        total = collections.Counter()
        print(f"\n{kind()}: readers of mail killed by SIGKILL at a place")
        print('  ' + f'{"place":<24}' + ''.join(f'{word:>12}' for word in ('kills', 'delivered', 'held', 'set aside')))
        for place, *numbers in cls.table:
            print('  ' + f'{place:<24}' + ''.join(f'{number:>12}' for number in numbers))
            total.update(dict(enumerate(numbers)))
        print('  ' + f'{len(cls.table)} places'.ljust(24) + ''.join(f'{total[n]:>12}' for n in range(4)), flush=True)

    def test_killed_at_every_place(self):
        self.assertGreaterEqual(len(crash_places(of_intake=True)), 10)
        for place in crash_places(of_intake=True):
            with self.subTest(place):
                self.chain(place)

    def deliver(self, delivered):
        for _ in range(EACH_ROUND):
            type(self).next_number += 1
            delivered.append(message(self.next_number))
            self.server.deliver(delivered[-1])

    def chain(self, place):
        self.stage.restore()
        self.server.admin('expunge', '-u', dovecot.USER, 'mailbox', 'INBOX', 'all')
        self.stage.add_imap(self.server)
        delivered, kills = [], 0
        for visit in VISITS:
            self.deliver(delivered)
            if kills == KILLS // 2:
                self.server.set_uid_validity(100_000 + self.next_number)
            done = self.stage.read(f'{place}:{1 if place in ONCE_A_BATCH else visit}')
            self.assertTrue(done.killed, done.said)
            kills += 1
        done = self.stage.read()
        self.assertEqual(done.said.count('Traceback'), 0, done.said)
        self.assertEqual(self.stage.judge(delivered), [])
        aside = self.stage.count("state = 'unread'")
        self.assertLessEqual(aside, kills if place in BEING_READ else 0)
        self.assertEqual(self.stage.count("state = 'unread' and trouble = 'message_stopped_reader'"), aside)
        self.table.append((place, kills, len(delivered), self.stage.count(), aside))
        if aside:
            self.read_again()
        self.assertEqual((self.stage.count("state = 'new'"), self.stage.count()), (len(delivered), len(delivered)))

    def read_again(self):
        database = self.stage.database
        subprocess.run([HOST_PYTHON, '-W', 'ignore', '-c', READ_AGAIN, database.conf, database.name], check=True,
                       env=database.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.stage.read()


if __name__ == '__main__':
    unittest.main()

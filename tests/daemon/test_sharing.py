"""Several senders on one database share the work, also when one of them dies; and a relay that never answers."""
import contextlib
import os
import socket
import subprocess
import unittest

from database import kind
from stage import wait_until
from stage_test import StageTest

COUNCILS = 120
CONNECTIONS = 2
SLOW = 'griffie@gm*5.test=dot:late1'  # one in ten takes a second, so that there is something to share
SINK = '/usr/sbin/smtp-sink'


class SharingTest(StageTest):
    councils = COUNCILS

    def setUp(self):
        self.stage.restore()
        self.stage.make_nothing_due()
        self.senders = []
        self.addCleanup(lambda: [sender.kill() for sender in self.senders if sender.process.poll() is None])

    def start(self, count):
        "All of them at rest, so that none has done the work before the last one is there."
        self.senders = [self.stage.sender() for _ in range(count)]
        self.assertTrue(wait_until(lambda: self.number('raadspost_sender') == count, 120), "senders did not start")
        self.stage.make_all_due()

    def number(self, table, condition='true'):
        return self.stage.query(f'select count(*) as number from {table} where {condition}')[0]['number']

    def all_settled(self):
        return self.number('raadspost_dispatch', "state in ('sent', 'refused', 'uncertain')") == COUNCILS

    def end(self):
        "As the system's service manager ends them."
        alive = [sender for sender in self.senders if sender.process.poll() is None]
        for sender in alive:
            sender.process.terminate()
        return [sender.done() for sender in alive]

    def relay_greets(self):
        with contextlib.suppress(OSError), socket.create_connection(('127.0.0.1', self.stage.relay.port), timeout=5) as line:
            return line.recv(100).startswith(b'220 ')
        return False

    def shares(self):
        return {row['claimed_by']: row['number'] for row in self.stage.query(
            "select claimed_by, count(*) as number from raadspost_dispatch where state = 'sent' group by claimed_by")}

    def test_senders_share_the_work(self):
        for count in (2, 4):
            with self.subTest(senders=count):
                self.setUp()
                self.stage.relay.start(SLOW)
                self.start(count)
                self.assertTrue(wait_until(self.all_settled, 180), self.stage.judge().states)
                for sender in self.end():
                    self.assertEqual((sender.status, sender.said.count('Traceback')), (0, 0), sender.said)
                verdict = self.stage.judge().at_the_end()
                self.assertEqual(verdict.complaints, [])
                self.assertEqual(verdict.states['sent'], COUNCILS)
                shares = self.shares()
                print(f"{kind()}: {count} senders sent {sorted(shares.values())}", flush=True)
                self.assertEqual(len(shares), count)

    def test_one_of_four_dies(self):
        self.stage.relay.start(SLOW)
        self.start(4)
        wait_until(lambda: len(self.stage.relay.taken()) > 20)
        self.senders[0].kill()
        self.assertTrue(wait_until(lambda: self.number('raadspost_dispatch', "state in ('planned', 'released')") == 0,
                                   180), self.stage.judge().states)
        self.end()
        self.assertEqual(self.stage.send().status, 0)
        verdict = self.stage.judge().at_the_end()
        self.assertEqual(verdict.complaints, [])
        self.assertLessEqual(len(verdict.uncertain), CONNECTIONS)
        print(f"{kind()}: one of four killed: {dict(verdict.states)}", flush=True)

    def test_a_machine_that_never_comes_back(self):
        with self.stage.sql() as run:
            run("""update raadspost_dispatch set state = 'claimed', claimed_by = 'old-server:12', journal = 'gone',
                claimed_at = CURRENT_TIMESTAMP where id in (select id from raadspost_dispatch order by id limit 5)""")
        self.assertEqual(self.stage.send().status, 0)
        self.assertEqual(self.number('raadspost_dispatch', "state = 'claimed'"), 5)  # nobody knows what it sent
        self.assertIn("0 messages that old had", self.stage.sender('--machine-lost', 'old').done().said)
        self.assertIn("5 messages that old-server had", self.stage.sender('--machine-lost', 'old-server').done().said)
        self.assertEqual(self.number('raadspost_dispatch', "state = 'uncertain' and reason = 'machine_lost'"), 5)
        here = self.stage.sender('--machine-lost', socket.gethostname()).done()
        self.assertEqual((here.status, 'is this machine' in here.said), (1, True), here.said)

    def test_all_four_die_and_four_others_settle_it(self):
        self.stage.relay.start(SLOW)
        self.start(4)
        wait_until(lambda: len(self.stage.relay.taken()) > 20)
        for sender in self.senders:
            sender.kill()
        # All at once look at the same four journals.
        heirs = [self.stage.sender('--once') for _ in range(4)]
        for heir in heirs:
            heir.done()
            self.assertEqual((heir.status, heir.said.count('Traceback')), (0, 0), heir.said)
        self.stage.send()
        verdict = self.stage.judge().at_the_end()
        self.assertEqual(verdict.complaints, [])
        self.assertLessEqual(len(verdict.uncertain), 4 * CONNECTIONS)
        print(f"{kind()}: four killed: {dict(verdict.states)}", flush=True)

    @unittest.skipUnless(os.path.exists(SINK), "smtp-sink is not installed (Debian package postfix)")
    def test_a_relay_that_never_answers_the_dot(self):
        self.stage.make_all_due()
        self.stage.relay.stop()
        user = ['-u', 'nobody'] if os.geteuid() == 0 else []
        sink = subprocess.Popen([SINK, *user, '-q', '.', f'127.0.0.1:{self.stage.relay.port}', '100'],
                                stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self.assertTrue(wait_until(self.relay_greets), "smtp-sink did not start")
            first, second = self.stage.send(), self.stage.send()
        finally:
            sink.kill()
            sink.wait()
        unanswered = self.stage.judge()
        # Three in a row are enough, and each other connection may have one on its way.
        self.assertIn(unanswered.states['uncertain'], range(3, 3 + CONNECTIONS), first.said)
        self.assertEqual(unanswered.states['sent'], 0)
        self.assertIn('stopped_by_uncertain', first.said)
        self.assertIn('all_stopped', second.said)
        self.assertEqual({row['reason'] for row in unanswered.uncertain}, {'line_fell_after_dot'})
        self.stage.resume()
        self.stage.relay.start()
        self.assertEqual(self.stage.send().status, 0)
        verdict = self.stage.judge().at_the_end()
        self.assertEqual(verdict.complaints, [])
        self.assertEqual((verdict.states['uncertain'], verdict.accepted),
                         (unanswered.states['uncertain'], COUNCILS - unanswered.states['uncertain']))
        print(f"{kind()}: smtp-sink -q .: {dict(verdict.states)}", flush=True)


if __name__ == '__main__':
    unittest.main()

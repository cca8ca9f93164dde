"""PostgreSQL itself is killed in the midst of a run: its backends, then the whole of it. Nothing is lost, nothing is
sent twice. On a cluster of this test's own, which is also run with the settings that senders refuse."""
import contextlib
import os
import signal
import subprocess
import unittest

from cluster import Cluster
from stage import Stage, wait_until

COUNCILS = 300
CONNECTIONS = 2


class DatabaseKilledTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = Stage('postgresql', councils=COUNCILS, batch_size=10)
        cls.addClassCleanup(cls.stage.remove)
        cls.cluster = Cluster()
        cls.addClassCleanup(cls.cluster.remove)
        cls.cluster.create().start()
        cls.stage.move_to(cls.cluster)
        cls.addClassCleanup(cls.stage.move_back)

    def backends(self):
        listed = subprocess.run(['ps', '-o', 'pid=,args=', '--ppid', str(self.cluster.pid())],
                                stdout=subprocess.PIPE, text=True)
        return [int(line.split()[0]) for line in listed.stdout.splitlines() if self.stage.database.name in line]

    def kill_backends(self):
        for pid in self.backends():
            # As soon as one is dead the postmaster ends the others, and then starts everything anew by itself.
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.assertTrue(wait_until(self.answers))

    def kill_all(self):
        self.cluster.kill()
        self.cluster.start()

    def stop_at_once(self):
        self.cluster.stop()
        self.cluster.start()

    def answers(self):
        try:
            return bool(self.stage.query('select 1 as one'))
        except Exception:  # psycopg2 may not be imported here, where there is no PostgreSQL
            return False

    def test_1_moved_database_is_not_sent_from(self):
        self.stage.relay.start()
        done = self.stage.send()
        self.assertIn('"trouble": "fence_other_place"', done.said)
        self.assertEqual(self.stage.relay.taken(), [])

    def test_2_killed_in_mid_run(self):
        self.stage.arm("moved to another cluster")
        # Some slow answers, so that messages are past their dot when it happens.
        self.stage.relay.start('griffie@gm*50.test=dot:late1', 'griffie@gm*25.test=dot:late1')
        kills = [(self.kill_backends, 30), (self.kill_all, 90), (self.stop_at_once, 150), (self.kill_all, 210)]
        for kill, taken in kills:
            sender = self.stage.sender('--once')
            self.addCleanup(lambda one=sender: one.process.poll() is None and one.kill())
            self.assertTrue(wait_until(lambda: len(self.stage.relay.taken()) >= taken, 180), sender.process.poll())
            kill()
            sender.done()
            verdict = self.stage.judge()
            wrong = [complaint for complaint in verdict.complaints if 'the database says claimed' not in complaint]
            self.assertEqual(wrong, [])
            print(f"postgresql: {kill.__name__} after {verdict.accepted}: {dict(verdict.states)}", flush=True)
        self.assertEqual(self.stage.send().status, 0)
        if self.stage.make_all_due():
            self.stage.send()
        verdict = self.stage.judge().at_the_end()
        self.assertEqual(verdict.complaints, [])
        # The senders themselves lived, so they know what became of each message.
        self.assertEqual(verdict.states['sent'], COUNCILS)
        print(f"postgresql: in the end {dict(verdict.states)}, taken {verdict.accepted}", flush=True)

    def test_3_forgetful_settings(self):
        for setting in ('fsync', 'full_page_writes'):
            with self.subTest(setting):
                self.set(setting, 'off')
                done = self.stage.send()
                self.assertIn('"trouble": "database_not_durable"', done.said)
                self.set(setting, 'on')

    def set(self, setting, value):
        self.stage.database._administer(f'alter system set {setting} = {value}')
        self.stage.database._administer('select pg_reload_conf()')
        self.assertTrue(wait_until(lambda: self.stage.query(
            f"select current_setting('{setting}') as value")[0]['value'] == value))


if __name__ == '__main__':
    unittest.main()

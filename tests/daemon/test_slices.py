"""Where no raadspostd runs the host's cron sends in slices, and what keeps one from sending is shown until the next."""
import subprocess
import unittest

from database import HOST_PYTHON, kind
from stage import Stage

COUNCILS = 6
SLICE = '''
import sys
from trytond.config import config
config.update_etc(sys.argv[1])
from trytond.pool import Pool
from trytond.transaction import Transaction
Pool.start()
Pool(sys.argv[2]).init()
with Transaction().start(sys.argv[2], 0) as transaction:
    Pool().get('raadspost.dispatch').send_slice()
    transaction.commit()
'''


class SlicesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = Stage(kind(), councils=COUNCILS)
        cls.addClassCleanup(cls.stage.remove)

    def slice(self):
        database = self.stage.database
        done = subprocess.run([HOST_PYTHON, '-W', 'ignore', '-c', SLICE, database.conf, database.name],
                              env=database.environment(), cwd=self.stage.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout)

    def test_a_relay_that_is_down_is_shown_between_two_slices(self):
        self.stage.make_all_due()
        self.stage.relay.stop()
        self.slice()
        self.assertEqual(self.stage.trouble(), ['relay_unreachable'])
        # It is no sender that would keep the next slice from its work.
        self.stage.relay.start()
        with self.stage.sql() as run:
            run("update raadspost_dispatch set next_try = '2020-01-01 00:00:00' where state = 'deferred'")
        self.slice()
        self.assertEqual(self.stage.trouble(), [])
        verdict = self.stage.judge().at_the_end()
        self.assertEqual((verdict.complaints, verdict.states['sent']), ([], COUNCILS))


if __name__ == '__main__':
    unittest.main()

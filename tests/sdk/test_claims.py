"""Four processes claim the same rows, each in autocommit transactions: every row once, and no error on either database."""
import contextlib
import gc
import os
import subprocess
import sys
import unittest

from library_test import LibraryTest

ROWS, PROCESSES, BATCH = 1000, 4, 25

CLAIMER = '''
import sys
from trytond.config import config
config.update_etc(sys.argv[1])
from trytond.pool import Pool
from trytond.transaction import Transaction
Pool.start()
Pool(sys.argv[2]).init()
claim = getattr(sys.modules['trytond.modules.library._library'], sys.argv[4])
print('ready', flush=True)
sys.stdin.readline()
taken = 0
while True:
    with Transaction().start(sys.argv[2], 0, readonly=True):
        got = claim(int(sys.argv[3]), int(sys.argv[5]))
    if not got:
        break
    taken += got
print(taken)
'''


class ClaimsTest(LibraryTest):
    def claim(self, how):
        with self.database.transaction(commit=True) as pool:
            Copy = pool.get('library.copy')
            Copy.delete(Copy.search([]))
            book, = pool.get('library.book').create([{'title': "Veel gevraagd"}])
            Copy.create([{'label': str(i), 'book': book.id} for i in range(ROWS)])
        running = []
        for claimer in range(1, PROCESSES + 1):
            running.append(subprocess.Popen(
                [sys.executable, '-W', 'ignore', '-c', CLAIMER, self.database.conf, self.database.name, str(claimer), how,
                 str(BATCH)], env=self.database.environment(), cwd=os.path.dirname(self.database.conf),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        for process in running:
            self.assertEqual(process.stdout.readline(), 'ready\n', process.stderr.read() if process.poll() else '')
        for process in running:
            process.stdin.write('go\n')
            process.stdin.flush()
        said = [process.communicate(timeout=280) for process in running]
        self.assertEqual([process.returncode for process in running], [0] * PROCESSES, [errors for _, errors in said])
        taken = [int(out) for out, _ in said]
        self.assertEqual(sum(taken), ROWS)
        with self.database.transaction() as pool:
            Copy = pool.get('library.copy')
            self.assertEqual([Copy.search([('claimed_by', '=', claimer)], count=True)
                              for claimer in range(1, PROCESSES + 1)], taken)

    def test_transactions_leave_no_connection_open(self):
        def opened():
            names = []
            for number in os.listdir('/proc/self/fd'):
                with contextlib.suppress(OSError):
                    names.append(os.readlink(f'/proc/self/fd/{number}'))
            return sum(name.startswith((self.database.data, 'socket:')) for name in names)

        gc.disable()
        self.addCleanup(gc.enable)
        with self.database.transaction(commit=True):
            claim = sys.modules['trytond.modules.library._library'].claim_copies
            claim(1, 1)
            before = opened()
            for _ in range(30):
                claim(1, 1)
            self.assertLessEqual(opened(), before + 1)

    def test_autocommit(self):
        self.claim('claim_copies')

    def test_short_transactions(self):
        self.claim('claim_copies_in_steps')


if __name__ == '__main__':
    unittest.main()

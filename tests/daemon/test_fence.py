"""What must not be sent from: a restored or copied database, one that is not safe, a disk that is full."""
import contextlib
import os
import resource
import shutil
import sqlite3
import subprocess
import unittest

from database import Database, kind
from stage import overwrite, wait_until
from stage_test import StageTest

COUNCILS = 40
CONNECTIONS = 2


class FenceTest(StageTest):
    councils = COUNCILS

    def assert_nothing_goes_out(self, trouble):
        "A sender ends with this trouble, tells it, and the relay has heard nothing of it."
        before, states = len(self.stage.relay.taken()), self.stage.judge().states
        done = self.stage.send()
        self.assertEqual(done.status, 1, done.said)
        self.assertIn(f'"trouble": "{trouble}"', done.said)
        self.assertIn('raadspostd: ', done.said)  # the sentence that goes with it
        self.assertEqual(len(self.stage.relay.taken()), before)
        self.assertEqual(self.stage.judge().states, states)

    def send_all(self):
        self.assertEqual(self.stage.send().status, 0)
        self.assertEqual(len(self.stage.relay.taken()), COUNCILS)

    # --- back up, send, restore, start ----------------------------------------------------------------------

    def assert_arming_repeats_nothing(self):
        self.stage.arm("restored after a broken disk")
        done = self.stage.send()
        self.assertEqual(done.status, 0, done.said)
        self.assertEqual(len(self.stage.relay.taken()), COUNCILS)
        rows = self.stage.query('select state, reason from raadspost_dispatch')
        self.assertEqual({(row['state'], row['reason']) for row in rows}, {('sent', 'known_to_ledger')})

    def test_restored_from_before_the_sending(self):
        self.send_all()
        self.stage.restore(keys=False)
        self.assert_nothing_goes_out('fence_set_back')
        self.assert_nothing_goes_out('fence_set_back')
        self.assert_arming_repeats_nothing()

    def test_restored_from_the_midst_of_the_sending(self):
        # The copy holds claims of a sender whose journal is long gone when it comes back.
        self.assertTrue(self.stage.send('after_claim:4').killed)
        copy = self.stage.copy_database()
        self.addCleanup(copy.remove)
        self.send_all()
        self.stage.restore(copy, keys=False)
        claimed = self.stage.judge().states['claimed']
        self.assertEqual(claimed, 2)
        self.assert_nothing_goes_out('fence_set_back')
        self.assert_nothing_goes_out('fence_set_back')
        self.stage.arm("restored after a broken disk")
        self.assertEqual(self.stage.send().status, 0)
        self.assertEqual(len(self.stage.relay.taken()), COUNCILS)
        self.assertEqual(self.stage.judge().states['sent'], COUNCILS)

    def test_restored_keys(self):
        keys = os.path.join(self.stage.folder, 'old keys')
        shutil.copytree(self.stage.keys, keys)
        self.addCleanup(shutil.rmtree, keys)
        self.stage.make_nothing_due()
        self.stage.make_due(20)
        self.stage.send()
        shutil.rmtree(self.stage.keys)
        shutil.copytree(keys, self.stage.keys)
        self.stage.make_all_due()
        self.assert_nothing_goes_out('fence_ledger_behind')

    # --- copies -----------------------------------------------------------------------------------------------

    def test_copy_under_another_name(self):
        copy = Database(kind=kind(), name='copy', sections=self.stage.database.sections).copy_of(self.stage.saved)
        self.addCleanup(copy.remove)
        self.in_its_place(copy)
        self.assert_nothing_goes_out('fence_never_armed')

    @unittest.skipUnless(kind() == 'sqlite', "test_database_killed moves a PostgreSQL database")
    def test_copy_in_another_folder(self):
        copy = Database(kind=kind(), name=self.stage.database.name, sections=self.stage.database.sections)
        self.addCleanup(copy.remove)
        overwrite(copy, self.stage.saved)
        self.in_its_place(copy)
        self.assert_nothing_goes_out('fence_other_place')

    def in_its_place(self, copy):
        original = self.stage.database
        self.addCleanup(setattr, self.stage, 'database', original)
        self.stage.database = copy

    def test_another_ledger(self):
        for folder, _, files in os.walk(self.stage.keys):
            for name in files:
                if name == 'ledger':
                    os.unlink(os.path.join(folder, name))
        self.assert_nothing_goes_out('fence_other_ledger')

    # --- unsafe databases ---------------------------------------------------------------------------------------

    @unittest.skipUnless(kind() == 'postgresql', "a setting of PostgreSQL")
    def test_commits_that_may_be_forgotten(self):
        for setting in ('synchronous_commit', ):
            with self.subTest(setting):
                with self.stage.sql() as run:
                    run(f'alter database "{self.stage.database.name}" set {setting} = off')
                self.assert_nothing_goes_out('database_not_durable')
                with self.stage.sql() as run:
                    run(f'alter database "{self.stage.database.name}" reset {setting}')
        self.send_all()

    @unittest.skipUnless(kind() == 'sqlite', "a setting of SQLite")
    def test_another_journal_mode(self):
        with contextlib.closing(sqlite3.connect(self.stage.database.file)) as connection:
            connection.execute('pragma journal_mode = delete')
        self.assert_nothing_goes_out('database_not_wal')
        with contextlib.closing(sqlite3.connect(self.stage.database.file)) as connection:
            connection.execute('pragma journal_mode = wal')
        self.send_all()

    def test_missing_indexes(self):
        for index in ('raadspost_dispatch_appeal_step_occurrence_mailbox_unique',
                      'raadspost_dispatch-raadspost_case_case_step_occurrence_unique'):
            with self.subTest(index):
                self.stage.restore()
                with self.stage.sql() as run:
                    run(f'drop index "{index}"')
                self.assert_nothing_goes_out('database_index_missing')

    # --- full disks ---------------------------------------------------------------------------------------------

    def small_disk(self, folder, kilobytes):
        "A file system of that size in the folder's place, with its content."
        if os.geteuid() != 0:
            self.skipTest("only root can mount a small file system")
        os.makedirs(folder, exist_ok=True)
        kept = folder.rstrip('/') + ' kept'
        shutil.copytree(folder, kept)
        mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={kilobytes}k,mode=0700', 'tmpfs', folder],
                                 stderr=subprocess.PIPE, text=True)
        if mounted.returncode:
            shutil.rmtree(kept)
            self.skipTest(f"a small file system cannot be mounted here: {mounted.stderr.strip()}")
        self.addCleanup(subprocess.run, ['umount', '-l', folder])
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        shutil.rmtree(kept)

    def grow(self, folder):
        subprocess.run(['mount', '-o', 'remount,size=64m', folder], check=True)

    def fill(self, folder):
        "Leaves no room; gives the file to remove."
        path = os.path.join(folder, 'filler')
        with open(path, 'wb', buffering=0) as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(4096))
        return path

    def own_folder(self):
        return os.path.join(self.stage.keys, self.stage.database.name)

    def assert_all_goes_out_after_all(self):
        self.stage.make_all_due()
        done = self.stage.send()
        self.assertEqual(done.status, 0, done.said)
        verdict = self.stage.judge().at_the_end()
        self.assertEqual(verdict.complaints, [])
        self.assertEqual(verdict.states['sent'], COUNCILS)

    def all_settled(self):
        # Whom the relay's new start met waits five minutes for another try.
        self.stage.make_due(0)
        return not self.stage.query("select id from raadspost_dispatch where state not in ('sent', 'uncertain')")

    def not_settled(self):
        return (self.stage.trouble(), self.stage.query(
            "select state, reason, journal, claimed_at, next_try, reply_text, count(*) from raadspost_dispatch "
            "where state not in ('sent', 'uncertain') group by state, reason, journal, claimed_at, next_try, reply_text"))

    def test_no_room_for_the_journal(self):
        self.small_disk(self.own_folder(), 64)
        self.assert_nothing_goes_out('journal_failed')
        self.assertEqual(self.stage.trouble(), ['journal_failed'])
        self.grow(self.own_folder())
        self.assert_all_goes_out_after_all()
        self.assertEqual(self.stage.trouble(), [])

    def test_no_room_for_frozen_messages(self):
        folder = os.path.join(self.stage.database.data, f'raadspost-{self.stage.database.name}')
        shutil.rmtree(folder, ignore_errors=True)
        self.small_disk(folder, 16)
        done = self.stage.send()
        self.assertEqual(done.status, 1, done.said)
        self.assertIn('"trouble": "frozen_not_written"', done.said)
        self.assertEqual(self.stage.relay.taken(), [])
        self.grow(folder)
        self.assert_all_goes_out_after_all()

    def test_the_disk_fills_up_while_sending(self):
        # Room for the journal and little more: what fails then is the ledger or the fence.
        self.small_disk(self.own_folder(), 512)
        self.stage.relay.start('*=dot:late1')  # lest all be sent before the disk is full
        sender = self.stage.sender()
        self.addCleanup(lambda: sender.process.poll() is None and sender.kill())
        self.assertTrue(wait_until(lambda: len(self.stage.relay.taken()) > 4))
        filler = self.fill(self.own_folder())
        self.assertTrue(wait_until(self.stage.trouble, 120), "no trouble was shown")
        taken = len(self.stage.relay.taken()) + CONNECTIONS  # each may have had one on its way
        trouble = self.stage.trouble()
        self.assertTrue(set(trouble) <= {'disk_full', 'ledger_failed', 'journal_failed'}, trouble)
        self.assertFalse(wait_until(lambda: len(self.stage.relay.taken()) > taken, 5), "it went on sending")
        print(f"{kind()}: the disk was full after at most {taken} of {COUNCILS}: {trouble}", flush=True)
        # With room again the same sender goes on by itself.
        os.unlink(filler)
        self.stage.relay.start()
        self.assertTrue(wait_until(self.all_settled, 180), self.not_settled())
        self.assertTrue(wait_until(lambda: not self.stage.trouble()), self.stage.trouble())
        sender.process.terminate()
        sender.done()
        verdict = self.stage.judge().at_the_end()
        self.assertEqual(verdict.complaints, [])
        self.assertLessEqual(len(verdict.uncertain), CONNECTIONS)

    @unittest.skipIf(kind() == 'sqlite', "the limit would hold for the database as well")
    def test_a_journal_that_fails_is_followed_by_another(self):
        self.stage.relay.start('*=dot:late1')
        sender = self.stage.sender()
        self.addCleanup(lambda: sender.process.poll() is None and sender.kill())
        self.assertTrue(wait_until(lambda: len(self.stage.relay.taken()) > 4))
        resource.prlimit(sender.process.pid, resource.RLIMIT_FSIZE, (16, resource.RLIM_INFINITY))
        self.assertTrue(wait_until(self.stage.trouble, 60), "no trouble was shown")
        resource.prlimit(sender.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        self.stage.relay.start()
        self.assertTrue(wait_until(self.all_settled, 120), self.not_settled())
        sender.process.terminate()
        sender.done()
        verdict = self.stage.judge().at_the_end()
        self.assertEqual(verdict.complaints, [])
        self.assertLessEqual(len(verdict.uncertain), CONNECTIONS)
        print(f"{kind()}: after a journal that failed: {dict(verdict.states)}", flush=True)


if __name__ == '__main__':
    unittest.main()

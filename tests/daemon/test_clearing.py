"""The bytes of messages are kept for some days after they are sent; what is still needed stays for longer."""
import datetime
import os
import pathlib
import unittest

from database import kind
from stage import Stage

COUNCILS = 8
KEEP_DAYS = 30


class ClearingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = Stage(kind(), councils=COUNCILS, keep_bytes_days=KEEP_DAYS)
        cls.addClassCleanup(cls.stage.remove)

    def send(self):
        done = self.stage.send()
        self.assertEqual((done.status, done.said.count('Traceback')), (0, 0), done.said)

    def names(self):
        return [row['bytes_file'] for row in self.stage.query(
            "select bytes_file from raadspost_dispatch where bytes_file is not null order by id")]

    def age(self, condition, days):
        "As if these had been sent so many days ago, with their pack of that day."
        # Not today: midnight may have passed since.
        today, = {name.split('/')[0] for name in self.names()}
        day = datetime.date.fromisoformat(today) - datetime.timedelta(days)
        with self.stage.sql() as run:
            run(f"update raadspost_dispatch set sent_at = '{day} 12:00:00', "
                f"bytes_file = replace(bytes_file, '{today}', '{day}') where {condition}")
        return self.folder / str(today), self.folder / str(day)

    @property
    def folder(self):
        database = self.stage.database
        return pathlib.Path(database.data) / f'raadspost-{database.name}'

    def test_bytes_go_when_their_days_are_over(self):
        self.stage.relay.start()
        self.stage.make_all_due()
        self.send()
        self.assertEqual(len(self.names()), COUNCILS)
        before, after = self.age('true', KEEP_DAYS + 1)
        os.rename(before, after)
        # One of them waits for a person's decision: its bytes may still be asked for.
        kept, = (row['id'] for row in self.stage.query("select max(id) as id from raadspost_dispatch"))
        with self.stage.sql() as run:
            run(f"update raadspost_dispatch set state = 'uncertain', sent_at = null where id = {kept}")
        self.send()
        self.assertEqual(len(self.names()), 1)
        self.assertTrue(list(after.iterdir()))
        with self.stage.sql() as run:
            run(f"update raadspost_dispatch set state = 'refused', write_date = '2020-01-01 00:00:00' "
                f"where id = {kept}")
        self.send()
        self.assertEqual(self.names(), [])
        self.assertFalse(after.exists())
        left = self.stage.query("select count(*) as number from raadspost_dispatch where bytes_hash is not null")
        self.assertEqual(left[0]['number'], COUNCILS)


if __name__ == '__main__':
    unittest.main()

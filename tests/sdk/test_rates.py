"""Says how fast rows travel, and fails when they no longer travel as rows do."""
import unittest

from library_test import LibraryTest

ROWS = 100_000
FLOOR = 2_000  # rows a second: a twentieth of what two cores do, so that only a change of kind fails on a busy machine


class RatesTest(LibraryTest):
    def test_rates(self):
        with self.database.transaction() as pool:
            book, = pool.get('library.book').create([{'title': "Telboek"}])
            copy, = pool.get('library.copy').create([{'label': "1", 'book': book.id}])
            *seconds, read = self.trials.measure(copy.id, ROWS)
        self.assertEqual(read, ROWS)
        for what, taken in zip(("inserted", "updated", "read"), seconds):
            print(f"{self.database.kind}: {ROWS / taken:,.0f} rows a second {what}")
            self.assertGreater(ROWS / taken, FLOOR, what)


if __name__ == '__main__':
    unittest.main()

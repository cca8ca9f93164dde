"""Says how fast rows travel, and fails when they no longer travel as rows do."""
import unittest

from library_test import LibraryTest

ROWS = 100_000
FLOOR = 5_000  # rows a second: a tenth of what a loaded machine of two cores does, ten times what records do


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

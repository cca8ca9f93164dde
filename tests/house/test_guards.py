"""The guards of the public pages can be taken away (./run guards, which takes half an hour): each stands where it is said to."""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'public_pages'))

from remove_guards import GUARDS, misplaced  # noqa: E402


class GuardsTest(unittest.TestCase):

    def test_each_guard_stands_where_it_is_said_to(self):
        self.assertGreater(len(GUARDS), 30)
        self.assertEqual(misplaced(), [])


if __name__ == '__main__':
    unittest.main()

"""The core links no host: neither its libraries nor the programs that test it know Python, SQL or Dovecot."""
import os
import pathlib
import re
import subprocess
import unittest

BUILD = pathlib.Path(os.environ['RAADSPOST_BUILD'])
HOSTS = re.compile(r'lib(python|sqlite|pq\.|dovecot)')
HOST_SYMBOLS = re.compile(r' U (_?Py[A-Z]\w*|sqlite3_\w+|PQ\w+)$', re.MULTILINE)


def programs():
    return [path for path in (BUILD / 'tests' / 'core').rglob('test_*') if path.is_file() and os.access(path, os.X_OK)]


class LinkingTest(unittest.TestCase):
    def test_programs_of_the_core_load_no_host(self):
        found = programs()
        self.assertTrue(found, "no test program of the core was built")
        for program in found:
            needed = subprocess.run(['readelf', '-d', program], capture_output=True, text=True, check=True).stdout
            self.assertIsNone(HOSTS.search(needed), program)

    def test_libraries_of_the_core_ask_for_no_host(self):
        found = list((BUILD / 'plugin' / 'core').rglob('*.a'))
        self.assertTrue(found, "no library of the core was built")
        for library in found:
            symbols = subprocess.run(['nm', '-A', library], capture_output=True, text=True, check=True).stdout
            self.assertIsNone(HOST_SYMBOLS.search(symbols), library)


if __name__ == '__main__':
    unittest.main()

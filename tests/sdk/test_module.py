"""Tryton's own checks of a module, unmodified, on the module that the tests write with the SDK."""
import os
import sys
import unittest

from database import Database, host_path

database = Database()
os.environ['DB_NAME'] = database.name
sys.path.insert(0, host_path())

from trytond.config import config  # noqa: E402

config.update_etc(database.conf)

from trytond.tests import test_tryton  # noqa: E402  (the module: unittest would collect the class by itself)


def load_tests(loader, _tests, _pattern):
    class LibraryModule(test_tryton.ModuleTestCase):
        module = 'library'

    return loader.loadTestsFromTestCase(LibraryModule)


def setUpModule():
    unittest.addModuleCleanup(database.remove)


if __name__ == '__main__':
    unittest.main()

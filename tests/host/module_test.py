"""Tryton's own checks of a module, unmodified: views, access, depends, buttons, wizards, menus, cron, icons.

A test file of two lines has them run: load_tests = checks_of('raadspost')."""
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


def checks_of(name):
    class ModuleChecks(test_tryton.ModuleTestCase):
        module = name

        @classmethod
        def setUpClass(cls):
            unittest.addModuleCleanup(database.remove)
            super().setUpClass()

    return lambda loader, _tests, _pattern: loader.loadTestsFromTestCase(ModuleChecks)

"""Tryton's own checks, on the module that the tests write with the SDK."""
import unittest

from module_test import checks_of

load_tests = checks_of('library')

if __name__ == '__main__':
    unittest.main()

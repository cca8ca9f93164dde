"""Tryton's own checks, on our module."""
import unittest

from module_test import checks_of

load_tests = checks_of('raadspost')

if __name__ == '__main__':
    unittest.main()

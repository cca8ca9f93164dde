"""A database with the module `library`, and the functions that the module keeps for its tests."""
import sys

from database import HostTest


class LibraryTest(HostTest):
    modules = ['library']

    @property
    def trials(self):
        return sys.modules['trytond.modules.library._library']

    def raises_sentence(self, sentence):
        "The host's UserError with exactly this text."
        from trytond.exceptions import UserError
        test = self

        class Expectation:
            def __enter__(self):
                return self

            def __exit__(self, kind, error, _traceback):
                test.assertIsNotNone(error, f"nothing was raised; expected: {sentence}")
                if not isinstance(error, UserError):
                    return False
                test.assertEqual(error.message, sentence)
                return True
        return Expectation()

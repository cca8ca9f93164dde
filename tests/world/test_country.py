"""The rules judged on what the simulated country answers, in words that nobody looked at when they were written.

The figures are printed. What is asked of them is less than of the labelled sets by which the rules are made: these say
how much of an unseen griffie's language is understood.
"""
import hashlib
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import replies  # noqa: E402

SEED, MESSAGES = 4, 400
MACRO_F1, MATCHING = 0.90, 0.98
NEVER = ('forged believed', "automatic taken for a person's")


def digest(answers):
    return hashlib.sha256(b''.join(answer.raw for answer in answers)).hexdigest()


class CountryTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.sent, cls.answers = replies.make(SEED, MESSAGES)

    def test_the_same_seed_gives_the_same_mail_and_another_seed_other_mail(self):
        self.assertEqual(digest(replies.make(SEED, MESSAGES)[1]), digest(self.answers))
        self.assertNotEqual(digest(replies.make(SEED + 1, MESSAGES)[1]), digest(self.answers))

    def test_there_is_something_of_every_kind(self):
        kinds = {kind for answer in self.answers for kind in answer.truth.kinds}
        self.assertEqual(kinds, set(replies.KINDS))
        self.assertGreaterEqual(sum(answer.truth.forged for answer in self.answers), 15)
        self.assertGreaterEqual(len(self.answers), MESSAGES * 0.97)

    def test_rules_understand_a_country_that_they_were_not_made_for(self):
        with tempfile.TemporaryDirectory(prefix='raadspost-country-') as name:
            folder = pathlib.Path(name) / 'set'
            replies.write(folder, self.sent, self.answers,
                          {code: name for code, name, _ in replies.councils(random.Random(0))})
            done = subprocess.run([os.environ['RAADSPOST_EVALUATE'], folder, '--json'], stdin=subprocess.DEVNULL,
                                  capture_output=True, text=True, timeout=300)
        # 1 says that a goal of the labelled sets was missed; what is asked here is below.
        self.assertIn(done.returncode, (0, 1), done.stderr)
        figures = {each['name']: each['value'] for each in json.loads(done.stdout)['figures']}
        for name, value in figures.items():
            print(f'  {name:<42}{value:>10.3f}')
        self.assertGreaterEqual(figures['macro-f1'], MACRO_F1)
        self.assertGreaterEqual(figures['matching'], MATCHING)
        for name in NEVER:
            self.assertEqual(figures[name], 0, name)


if __name__ == '__main__':
    unittest.main()

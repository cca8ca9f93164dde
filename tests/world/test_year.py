"""The demo's year against what its councils answered: who got which step, on which day, and why the others did not.

The expected numbers come from the simulated answers alone; neither the plan nor the planner is asked.
"""
import collections
import datetime
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from answers import SILENT, reply

WORLD = pathlib.Path(__file__).resolve().parent
FIRST, REMINDER, AFTER_INSTALLATION, NEW_COUNCIL, BUDGET = range(5)
DAYS = ['2025-10-07', '2025-10-28', '2026-04-16', '2026-05-27', '2026-09-16']
HILVERSUM, WIJDEMEREN = 'GM0402', 'GM1696'
PASSED_ON = {'passed_on', 'listed'}
ANSWER = PASSED_ON | {'answered', 'question', 'declined'}


def expected(councils):
    "By step the codes of the councils that get it."
    voted_in_march = councils - SILENT
    reminded = {code for code in councils if reply(code, FIRST) not in ANSWER}
    passed_on = {code for code in councils if reply(code, FIRST) in PASSED_ON
                 or code in reminded and reply(code, REMINDER) in PASSED_ON}
    asked_again = voted_in_march - passed_on
    answered = {code for code in voted_in_march if reply(code, NEW_COUNCIL) in ANSWER
                or code in asked_again and reply(code, AFTER_INSTALLATION) in ANSWER}
    return [councils, reminded, asked_again, voted_in_march, voted_in_march - answered]


class YearTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix='raadspost-year-')
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.said = cls.demo()
        connection = sqlite3.connect(cls.folder / 'data' / 'raadspost.sqlite')
        cls.addClassCleanup(connection.close)
        cls.rows = lambda self, query, *values: connection.execute(query, values).fetchall()

    @classmethod
    def demo(cls):
        done = subprocess.run(
            [sys.executable, '-W', 'ignore', WORLD / 'demo.py', '--build', os.environ['RAADSPOST_BUILD'], '--folder',
             cls.folder, '--once'], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode:
            raise AssertionError(f"the demo ended with {done.returncode}:\n{done.stdout}")
        return done.stdout

    def steps(self):
        return [step for step, in self.rows(
            "select id from raadspost_step where appeal = (select min(id) from raadspost_appeal) order by sequence, id")]

    def sent(self, step):
        "(council, day in the Netherlands) of what left, a row for each message and case."
        return self.rows(
            'select c.code, substr(d.sent_at, 1, 10) from raadspost_dispatch d join "raadspost_dispatch-raadspost_case" l '
            'on l.dispatch = d.id join raadspost_case k on k.id = l."case" join raadspost_council c on c.id = k.council '
            'where d.step = ? and d.sent_at is not null', step)

    def lines(self, step, *states):
        return dict(self.rows(
            'select c.code, coalesce(l.reason, l.state) from raadspost_plan_line l join raadspost_council c '
            f'on c.id = l.council where l.step = ? and l.simulation is null and l.state in ({",".join("?" * len(states))})',
            step, *states))

    def test_each_step_goes_to_those_it_is_for_once_and_on_its_day(self):
        councils = {code for code, in self.rows("select code from raadspost_council")}
        for number, (step, wanted) in enumerate(zip(self.steps(), expected(councils), strict=True)):
            with self.subTest(step=number):
                sent = self.sent(step)
                self.assertEqual(collections.Counter(code for code, _ in sent), collections.Counter(wanted))
                self.assertEqual({day for _, day in sent}, {DAYS[number]})

    def test_who_got_nothing_has_the_reason(self):
        councils = {code for code, in self.rows("select code from raadspost_council")}
        condition = [None, 'cond_answered', 'cond_passed_on', None, 'cond_answered']
        for number, (step, wanted) in enumerate(zip(self.steps(), expected(councils), strict=True)):
            with self.subTest(step=number):
                others = {code: condition[number] for code in councils - wanted}
                if number >= AFTER_INSTALLATION:
                    others |= {HILVERSUM: 'planned', WIJDEMEREN: 'merged'}
                self.assertEqual(self.lines(step, 'none', 'planned', 'held'), others)
                self.assertEqual(set(self.lines(step, 'sent')), wanted)

    def test_hilversum_waits_for_its_own_council(self):
        days = [day for day, in self.rows(
            "select l.day from raadspost_plan_line l join raadspost_council c on c.id = l.council "
            "where c.code = ? and l.state = 'planned' and l.dispatch is not null order by l.day", HILVERSUM)]
        # Ten working days, eight weeks and 24 weeks after 4 January 2027.
        self.assertEqual(days, ['2027-01-18', '2027-03-01', '2027-06-21'])

    def test_nothing_leaves_around_the_elections(self):
        days = [datetime.date.fromisoformat(day) for day, in self.rows(
            "select distinct substr(sent_at, 1, 10) from raadspost_dispatch where sent_at is not null")]
        self.assertFalse([day for day in days if datetime.date(2026, 2, 18) <= day <= datetime.date(2026, 4, 1)])

    def test_no_mailbox_got_a_step_twice_by_the_record_of_the_relay(self):
        of_message = dict(self.rows("select message_id, step from raadspost_dispatch where sent_at is not null"))
        taken = [line.split('\t')[3:5] for line in (self.folder / 'taken').read_text().splitlines()]
        self.assertEqual(len(taken), len(of_message))
        times = collections.Counter((mailbox, of_message[message]) for mailbox, message in taken)
        self.assertEqual(set(times.values()), {1})

    def test_the_second_start_does_nothing_again(self):
        taken = (self.folder / 'taken').read_text()
        said = self.demo()
        self.assertEqual((self.folder / 'taken').read_text(), taken)
        table = self.said[self.said.index('Eerste bericht'):self.said.rindex('\n', 0, self.said.index(' seconds'))]
        self.assertIn(table, said)


if __name__ == '__main__':
    unittest.main()

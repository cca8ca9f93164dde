"""The demo's year against what the country did: who got which step, on which day, and why the others did not; what came back
and what was made of it.

What is expected comes from the country's habits and from what the world knows to be true; neither the plan nor the planner
is asked.
"""
import collections
import copy
import datetime
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from country.griffie import Griffie
from database import Database
from judgement import Judgement
from world import SEED, SILENT, read_truth

WORLD = pathlib.Path(__file__).resolve().parent
FIRST, REMINDER, AFTER_INSTALLATION, NEW_COUNCIL, BUDGET = range(5)
DAYS = ['2025-10-07', '2025-10-28', '2026-04-16', '2026-05-27', '2026-09-16']
HILVERSUM, WIJDEMEREN = 'GM0402', 'GM1696'
SAYS_NOTHING = {'receipt', 'retracted'}
CLOSES = {'declined', 'no_more'}


class YearTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix='raadspost-year-')
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.said = cls.demo()
        cls.truths = read_truth(cls.folder)
        connection = sqlite3.connect(cls.folder / 'data' / 'raadspost.sqlite')
        cls.addClassCleanup(connection.close)
        cls.rows = lambda self, query, *values: connection.execute(query, values).fetchall()
        cls.database = Database(kind='sqlite', name='raadspost', folder=str(cls.folder))
        cls.database.open()

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

    def sent(self, step, occurrence=1):
        "{council: (day in the Netherlands, mailbox)} of what left; each council once."
        found = self.rows(
            'select c.code, substr(d.sent_at, 1, 10), d.mailbox from raadspost_dispatch d join "raadspost_dispatch-raadspost_case" l '
            'on l.dispatch = d.id join raadspost_case k on k.id = l."case" join raadspost_council c on c.id = k.council '
            'where d.step = ? and d.occurrence = ? and d.sent_at is not null', step, occurrence)
        self.assertEqual(len({code for code, _, _ in found}), len(found))
        return {code: (day, mailbox) for code, day, mailbox in found}

    def lines(self, step):
        "{council: (state, reason)}"
        return {code: (state, reason) for code, state, reason in self.rows(
            'select c.code, l.state, l.reason from raadspost_plan_line l join raadspost_council c on c.id = l.council '
            'where l.step = ? and l.simulation is null', step)}

    def outcomes(self, code):
        return {kind for kind, in self.rows(
            'select o.kind from raadspost_outcome o join raadspost_case k on k.id = o."case" join raadspost_council c '
            'on c.id = k.council where c.code = ? and o.corrected_by is null', code)}

    def griffies(self):
        return {code: Griffie(SEED, code, name, f'griffie@{code.lower()}.example')
                for code, name in self.rows("select code, name from raadspost_council")}

    def mail(self, code, *kinds):
        "What that council truly wrote of these kinds."
        return [each for each in self.truths
                if each['what'] == 'mail' and each['council'] == code and set(each['kinds']) & set(kinds)]

    # --- what left ------------------------------------------------------------------------------------------

    def test_everybody_gets_the_first_message_on_its_day(self):
        sent = self.sent(self.steps()[FIRST])
        self.assertEqual(set(sent), set(self.griffies()))
        self.assertEqual({day for day, _ in sent.values()}, {DAYS[FIRST]})

    def test_no_step_leaves_before_its_day_and_most_on_it(self):
        for number, step in enumerate(self.steps()):
            with self.subTest(step=number):
                days = [day for day, _ in self.sent(step).values()]
                self.assertGreaterEqual(min(days), DAYS[number])
                self.assertGreater(days.count(DAYS[number]), 0.7 * len(days))

    def test_who_got_nothing_has_a_reason_that_is_true(self):
        griffies = self.griffies()
        for number, step in enumerate(self.steps()):
            lines, sent = self.lines(step), self.sent(step)
            self.assertEqual(set(lines), set(griffies))
            for code, (state, reason) in lines.items():
                with self.subTest(step=number, council=code, state=state, reason=reason):
                    if reason in ('cond_answered', 'cond_passed_on'):
                        self.assertTrue(self.outcomes(code) - SAYS_NOTHING)
                    elif reason == 'failing':
                        self.assertTrue(griffies[code].gone)
                    elif state == 'failed':
                        self.assertTrue(griffies[code].gone or griffies[code].full)
                    elif reason in ('opted_out', 'suppressed', 'stopped'):
                        self.assertTrue(self.outcomes(code) & CLOSES)
                    elif reason == 'merged':
                        self.assertEqual(code, WIJDEMEREN)
                    elif state == 'planned':
                        self.assertEqual(code, HILVERSUM)
                    else:
                        self.assertEqual(state, 'sent')
                        self.assertIn(code, sent)

    def test_who_keeps_silent_is_reminded(self):
        "Nobody's mail until then, no click or call, no gateway that fills in forms: no reason to leave anything out."
        early = {key for key, in self.rows("select message_id from raadspost_message where received_at < ?", DAYS[REMINDER])}
        heard = {each['council'] for each in self.truths
                 if (each['key'] in early if each['what'] == 'mail' else each['what'] != 'look' or each['greedy'])}
        silent = set(self.griffies()) - heard
        self.assertGreater(len(silent), 50)
        self.assertEqual(silent - set(self.sent(self.steps()[REMINDER])), set())

    def test_who_said_that_it_was_listed_gets_no_reminder(self):
        reminded = self.sent(self.steps()[REMINDER])
        answered = {each['council'] for each in self.truths if each['what'] == 'mail' and 'listed' in each['kinds']
                    and self.rows('select 1 from raadspost_message where message_id = ? and received_at < ?', each['key'],
                                  '2025-10-26')}
        self.assertGreater(len(answered - {'-'}), 50)
        self.assertEqual(answered & set(reminded), set())

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
        of_message = {message: (step, occurrence) for message, step, occurrence in self.rows(
            "select message_id, step, occurrence from raadspost_dispatch where sent_at is not null")}
        taken = [line.split('\t')[3:5] for line in (self.folder / 'taken').read_text().splitlines()]
        self.assertEqual(len(taken), len(of_message))
        times = collections.Counter((mailbox, of_message[message]) for mailbox, message in taken)
        self.assertEqual(set(times.values()), {1})

    def test_a_step_goes_to_the_new_address_once_a_person_has_confirmed_it(self):
        told = {each['redirect_to']: each['council'] for each in self.truths if each['what'] == 'mail' and each['redirect_to']}
        moved = self.rows("select d.mailbox, d.sent_at, min(m.decided_at) from raadspost_dispatch d join raadspost_message m "
                          "on m.redirect_to = d.mailbox where d.occurrence > 1 and d.sent_at is not null group by d.id")
        self.assertGreater(len(moved), 3)
        for mailbox, sent_at, decided_at in moved:
            with self.subTest(mailbox=mailbox):
                self.assertIn(mailbox, told)
                self.assertLess(decided_at, sent_at)

    # --- what came back -------------------------------------------------------------------------------------

    def judgement(self, truths):
        with self.database.transaction() as pool:
            return Judgement(pool, truths)

    def test_the_machine_settles_most_and_nothing_wrongly(self):
        judgement = self.judgement(self.truths)
        self.assertTrue(judgement.is_all_right, judgement.wrong)
        numbers = judgement.numbers
        self.assertGreater(numbers['by the machine'], 500)
        self.assertGreaterEqual(numbers['by the machine, right'], 0.97 * numbers['by the machine'])
        self.assertGreater(numbers['by a person'], 50)
        self.assertGreater(numbers['waiting'], 5)
        self.assertEqual(numbers['by the machine'] + numbers['by a person'] + numbers['waiting'], len(judgement.mail))

    def test_the_judgement_notices_what_is_wrong(self):
        believed, = self.rows("select message_id from raadspost_message where state = 'settled' and decided_at is null and "
                              "kinds = 'listed' order by id limit 1")
        for change, wrong in [({'kinds': ['declined']}, True), ({'council': 'GM0000'}, True), ({'forged': True}, True),
                              ({'key': 'never-came@griffie.example'}, False)]:
            with self.subTest(change=change):
                truths = copy.deepcopy(self.truths)
                next(each for each in truths if each['key'] == believed[0]).update(change)
                judgement = self.judgement(truths)
                self.assertFalse(judgement.is_all_right)
                self.assertEqual(bool(judgement.wrong), wrong)
        without_calls = self.judgement([each for each in self.truths if each['what'] != 'call'])
        self.assertFalse(without_calls.is_all_right)

    def test_nothing_of_a_forger_stands(self):
        forged = [each['key'] for each in self.truths if each['what'] == 'mail' and each['forged']]
        self.assertGreater(len(forged), 5)
        for key in forged:
            self.assertEqual(self.rows("select e.kind from raadspost_message_effect e join raadspost_message m on m.id = e.message "
                                       "where m.message_id = ? and e.standing", key), [])

    def test_gateways_change_nothing_or_are_marked(self):
        looks = [each for each in self.truths if each['what'] == 'look']
        greedy = {each['council'] for each in looks if each['greedy']}
        self.assertGreater(len(looks), 10)
        self.assertTrue(greedy)
        marked = {code for code, in self.rows(
            'select c.code from raadspost_page_answer p join raadspost_case k on k.id = p."case" join raadspost_council c '
            'on c.id = k.council where p.likely_scanner')}
        self.assertEqual(marked, greedy)
        clicked = {each['council'] for each in self.truths if each['what'] == 'click'}
        self.assertGreater(len(clicked), 10)
        answered = {code for code, in self.rows(
            'select c.code from raadspost_page_answer p join raadspost_case k on k.id = p."case" join raadspost_council c '
            'on c.id = k.council where not coalesce(p.likely_scanner, 0)')}
        self.assertEqual(answered, clicked)
        self.assertEqual(self.rows("select count(*) from raadspost_suppression where note like '%LinkGateway%'"), [(0,)])

    def test_every_outcome_has_its_evidence(self):
        self.assertEqual(self.rows("select id, kind from raadspost_outcome where coalesce(evidence, '') = '' and kind <> 'retracted'"),
                         [])

    def test_the_second_start_does_nothing_again(self):
        taken = (self.folder / 'taken').read_text()
        said = self.demo()
        self.assertEqual((self.folder / 'taken').read_text(), taken)
        self.assertEqual(read_truth(self.folder), self.truths)
        table = self.said[self.said.index('Eerste bericht'):self.said.rindex('\n', 0, self.said.index(' seconds'))]
        self.assertIn(table, said)


if __name__ == '__main__':
    unittest.main()

"""The demo's year, from an appeal in autumn 2025 to the budgets of autumn 2026, by a simulated clock.

Run by demo.py under that clock. The clock goes from one moment at which the plan says that something is due to the
next, and on the way past the days of the calendar: the elections of 18 March, the new councils of 1 April. Whatever
leaves is decided by the plan alone; the year only says what people do. A chapter that is over is not told again.
"""
import argparse
import datetime
import os
import pathlib
import sys

from answers import outcome
from demo import COLLEAGUES, Demo, add_colleagues, extension, say, settle_in
from simulated_clock import NETHERLANDS, SimulatedClock, in_the_netherlands, keep_sleep_real

A_LITTLE_LATER = datetime.timedelta(minutes=30)
START = datetime.date(2025, 10, 7)
ELECTION = datetime.date(2026, 3, 18)
INSTALLATION = datetime.date(2026, 4, 1)


class Year:
    def __init__(self, demo, clock):
        self.demo = demo
        self.database = demo.database
        self.clock = clock
        self.now = None

    # --- the clock --------------------------------------------------------------------------------------

    def move_to(self, moment):
        self.now = moment
        self.clock.set(moment)

    def next_due(self):
        with self.database.transaction() as pool:
            Dispatch = pool.get('raadspost.dispatch')
            first = Dispatch.search([('state', '=', 'planned')], order=[('due', 'ASC')], limit=1)
            return first[0].due.replace(tzinfo=datetime.timezone.utc) if first else None

    def send(self):
        "What is due now; the log tells what left."
        before = self.sent()
        self.demo.daemon('--once')
        return self.sent() - before

    def pass_until(self, moment):
        "Lets the sender do on each day what the plan says for it."
        due = self.next_due()
        while due and due + A_LITTLE_LATER <= moment:
            self.move_to(max(due, self.now) + A_LITTLE_LATER)
            left = self.send()
            if left == 0:
                raise SystemExit(f"nothing left at {self.now}, though the plan says so")
            self.tell(f"{left} messages leave")
            due = self.next_due()
        self.move_to(moment)

    def tell(self, what):
        say(f'  {self.now.astimezone(NETHERLANDS):%d-%m-%Y}  {what}')

    # --- what people do ---------------------------------------------------------------------------------

    def sent(self):
        with self.database.transaction() as pool:
            return pool.get('raadspost.dispatch').search([('sent_at', '!=', None)], count=True)

    def settle(self):
        with self.database.transaction(commit=True) as pool:
            if not pool.get('res.user').search([('login', 'in', list(COLLEAGUES))], limit=1):
                add_colleagues(pool)
            settle_in(pool)
            # Addresses below .example: nothing would arrive anywhere, even with another relay.
            extension().load_country({'domain_suffix': 'example', 'with_meeting_places': True})
        self.demo.daemon('--arm', "demo")
        with self.database.transaction() as pool:
            self.tell(f"{pool.get('raadspost.council').search([], count=True)} councils are known")

    def write(self):
        "By the editor: the text, and the steps of the year."
        editor = self.demo.user('redactie')
        with self.database.transaction(user=editor, commit=True) as pool:
            Appeal = pool.get('raadspost.appeal')
            if not Appeal.search([], limit=1):
                Appeal.add_default_steps([Appeal(extension().load_samples()[0])])
        self.press('redactie', 'submit', 'draft')
        self.tell("an appeal with its steps is written")

    def start(self):
        "By a second person."
        self.press('bestuur', 'approve', 'submitted')
        self.press('bestuur', 'start', 'approved')
        self.tell("it is approved by a second person, and started")

    def press(self, login, button, while_in):
        "A button of the appeal, as that user would."
        user, record = self.demo.user(login), self.demo.appeal()
        with self.database.transaction(user=user, commit=True, _check_access=True) as pool:
            Appeal = pool.get('raadspost.appeal')
            appeal = Appeal(record)
            if appeal.state == while_in:
                getattr(Appeal, button)([appeal])

    def answer(self, number):
        "What came back to a step until today."
        appeal = self.demo.appeal()
        with self.database.transaction(commit=True) as pool:
            Outcome = pool.get('raadspost.outcome')
            step = pool.get('raadspost.appeal')(appeal).steps[number]
            left = pool.get('raadspost.dispatch').search([('step', '=', step.id), ('sent_at', '!=', None)])
            if Outcome.search([('on', '>=', min(each.sent_at for each in left).date())], limit=1):
                return
            replies = [(case.id, outcome(case.council.code, number, each.sent_at.date()))
                       for each in left for case in each.cases]
            records = [{**values, 'case': case} for case, values in replies if values]
            Outcome.create(records)
        self.tell(f"{len(records)} answers came in")

    def elections(self):
        "Nothing leaves: councils that are on their way out, or not yet in, are left alone."
        if left := self.send():
            raise SystemExit(f"{left} messages left in the silence around the elections")
        self.tell("nothing leaves")

    def end(self):
        "The simulated planner's runs say nothing about a real one."
        self.send()
        with self.database.transaction(commit=True) as pool:
            Run = pool.get('raadspost.plan.run')
            Run.delete(Run.search([]))

    def chapters(self):
        day = datetime.date
        return [
            (in_the_netherlands(day(2025, 9, 30), 10), self.settle),
            (in_the_netherlands(day(2025, 10, 6), 15), self.write),
            (in_the_netherlands(START, 9, 15), self.start),
            (in_the_netherlands(day(2025, 10, 27)), lambda: self.answer(0)),
            (in_the_netherlands(day(2025, 12, 1)), lambda: self.answer(1)),
            (in_the_netherlands(ELECTION), self.elections),
            (in_the_netherlands(INSTALLATION), self.elections),
            (in_the_netherlands(day(2026, 5, 20)), lambda: self.answer(2)),
            (in_the_netherlands(day(2026, 7, 1)), lambda: self.answer(3)),
            (in_the_netherlands(day(2026, 10, 5)), lambda: self.answer(4)),
            (in_the_netherlands(day(2026, 10, 6)), self.end),
        ]

    def tell_all(self):
        for number, (moment, chapter) in enumerate(self.chapters()):
            if number < self.demo.chapters_told():
                continue
            if number == 0:
                self.move_to(moment)
            else:
                self.move_to(self.chapters()[number - 1][0])
                self.pass_until(moment)
            chapter()
            self.demo.remember_chapter(number + 1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', type=pathlib.Path, required=True)
    parser.add_argument('--folder', type=pathlib.Path, required=True)
    parser.add_argument('--port', type=int, required=True)
    options = parser.parse_args()
    os.environ['RAADSPOST_BUILD'] = str(options.build)
    keep_sleep_real()
    demo = Demo(options.build, options.folder, options.port)
    demo.database.open()
    Year(demo, SimulatedClock(options.folder / 'clock')).tell_all()
    return 0


if __name__ == '__main__':
    sys.exit(main())

"""The demo's year, from an appeal in autumn 2025 to the budgets of autumn 2026, by a simulated clock.

Run by demo.py under that clock. The clock goes from one moment at which the plan says that something is due, or the
country has answered, to the next, and on the way past the days of the calendar: the elections of 18 March, the new
councils of 1 April. Whatever leaves is decided by the plan alone; the year only says what people do. The loops of
raadspostd, which sends and reads, run in this process. A chapter that is over is not told again.
"""
import argparse
import datetime
import os
import pathlib
import sys

import staff
from country.wire import AUTHSERV
from demo import COLLEAGUES, Demo, add_colleagues, extension, say, settle_in
from simulated_clock import NETHERLANDS, SimulatedClock, in_the_netherlands, keep_sleep_real
from web_server import WebServer
from world import World, read_truth

A_LITTLE_LATER = datetime.timedelta(minutes=30)
START = datetime.date(2025, 10, 7)
ELECTION = datetime.date(2026, 3, 18)
INSTALLATION = datetime.date(2026, 4, 1)
JUDGED_AT_THE_END = 10  # the rest is for whoever tries the demo
MENTIONED = 5  # fewer messages leave unsaid


class Year:
    def __init__(self, demo, clock, server):
        self.demo = demo
        self.server = server
        self.database = demo.database
        self.clock = clock
        self.now = None
        self.world = None
        self.came_in = 0

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
        "What is due now; gives how many messages left."
        done = extension().run_sender(self.database.name, {'once': True})
        if done['trouble']:
            raise SystemExit(f"sending failed: {done['trouble_text']}")
        if done['sent'] and self.world:
            self.world.receive()
        return done['sent']

    def take_in(self):
        "What the country has answered by now."
        if not self.world:
            return
        mail, calls = self.world.bring(self.now)
        for call in calls:
            staff.take(self.database, self.demo.user('redactie'), call)
            self.world.was_taken(call)
        if not mail:
            return
        done = extension().read_mail(self.database.name, {'once': True})
        if done['trouble']:
            raise SystemExit(f"reading failed: {done['trouble']}")
        self.came_in += done['kept']

    def pass_until(self, moment):
        "Lets the sender do on each day what the plan says for it, and brings the post."
        while True:
            due, post = self.next_due(), self.world.next_post() if self.world else None
            sends = due is not None and (post is None or due + A_LITTLE_LATER <= post)
            at = due + A_LITTLE_LATER if sends else post
            if at is None or at > moment:
                break
            self.move_to(max(at, self.now + A_LITTLE_LATER))
            self.take_in()
            left = self.send() if sends else 0
            if left > MENTIONED:
                self.tell(f"{left} messages leave")
            # What came in may have changed the plan: then the same moment is not come to again.
            if sends and left == 0 and self.next_due() == due:
                raise SystemExit(f"nothing left at {self.now}, though the plan says so")
        self.move_to(moment)

    def tell(self, what):
        say(f'  {self.now.astimezone(NETHERLANDS):%d-%m-%Y}  {what}')

    # --- what people do ---------------------------------------------------------------------------------

    def settle(self):
        with self.database.transaction(commit=True) as pool:
            if not pool.get('res.user').search([('login', 'in', list(COLLEAGUES))], limit=1):
                add_colleagues(pool)
            settle_in(pool)
            # Addresses below .example: nothing would arrive anywhere, even with another relay.
            extension().load_country({'domain_suffix': 'example', 'with_meeting_places': True})
            Source = pool.get('raadspost.mail.source')
            if not Source.search([], limit=1):
                Source.create([{'name': "Postbus van de griffies", 'kind': 'maildir', 'authserv_id': AUTHSERV,
                                'path': str(self.demo.folder / 'inbox')}])
        for part in ('new', 'cur', 'tmp'):
            (self.demo.folder / 'inbox' / part).mkdir(parents=True, exist_ok=True)
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

    def sit_down(self, most=None):
        "Somebody judges what waits for a person, or so much of it."
        self.take_in()
        truths = {each['key']: each for each in read_truth(self.demo.folder) if each['what'] == 'mail'}
        user, judged = self.demo.user('redactie'), 0
        if most is None:
            judged += staff.accept_what_is_right(self.database, user, truths)
        judged += staff.judge(self.database, user, truths, most)
        with self.database.transaction() as pool:
            waiting = pool.get('raadspost.message').search([('state', 'in', ['new', 'proposed'])], count=True)
        self.tell(f"{self.came_in} messages came in since; {judged} are judged by a person, {waiting} wait")
        self.came_in = 0

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
            (in_the_netherlands(day(2025, 10, 27)), self.sit_down),
            (in_the_netherlands(day(2025, 12, 1)), self.sit_down),
            (in_the_netherlands(ELECTION), self.elections),
            (in_the_netherlands(INSTALLATION), self.elections),
            (in_the_netherlands(day(2026, 5, 20)), self.sit_down),
            (in_the_netherlands(day(2026, 7, 1)), self.sit_down),
            (in_the_netherlands(day(2026, 10, 20)), lambda: self.sit_down(JUDGED_AT_THE_END)),
            (in_the_netherlands(day(2026, 10, 21)), self.end),
        ]

    def tell_all(self):
        for number, (moment, chapter) in enumerate(self.chapters()):
            if number < self.demo.chapters_told():
                continue
            if number == 0:
                self.move_to(moment)
            else:
                self.move_to(self.chapters()[number - 1][0])
                self.find_world()
                self.pass_until(moment)
            chapter()
            self.demo.remember_chapter(number + 1)

    def find_world(self):
        "The country is there as soon as somebody is written to."
        if self.world:
            return
        with self.database.transaction() as pool:
            first = pool.get('raadspost.dispatch').search(
                [('occurrence', '=', 1)], order=[('appeal', 'ASC'), ('step.sequence', 'ASC'), ('id', 'ASC')])
            councils = {}
            for dispatch in first:
                for case in dispatch.cases:
                    councils.setdefault(case.council.code, (case.council.code, case.council.name, dispatch.mailbox))
        if councils:
            self.world = World(self.demo.folder, list(councils.values()), self.server.port, self.clock)
            self.world.receive()


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
    with WebServer(demo.database) as server:
        Year(demo, SimulatedClock(options.folder / 'clock'), server).tell_all()
    return 0


if __name__ == '__main__':
    sys.exit(main())

"""Senders killed at every place that was thought dangerous: nothing is lost, nothing is sent twice.

A chain of rounds per place, on one database: some more dispatches become due, the relay takes up another manner, a
sender starts (settling what its dead predecessor left), and dies at its n-th visit to that place. In the end a sender
may finish, and what the relay took is compared with what the database says. RAADSPOST_SOAK=n in the environment makes
it another run each time: chance chooses places, visits and manners, and the relay may be 20 seconds late.
"""
import collections
import concurrent.futures
import os
import random
import unittest

from database import kind
from stage import Stage, crash_places

CONNECTIONS = 2
KILLS = 5           # of each place
DUE_EACH_ROUND = 6  # with batches of two: three batches

# Places that are passed once a turn or a batch; all others once a message.
ONCE_A_TURN = {'before_release', 'after_freeze', 'after_release'}
ONCE_A_BATCH = {'before_claim', 'before_claim_commit', 'after_claim', 'after_submit', 'after_journal_sync',
                'before_ledger', 'after_ledger', 'before_settle_commit', 'after_settle', 'after_fence'}

# What the relay does to the first message that gets so far; the rest is taken.
MANNERS = {
    'takes all': [],
    '4xx at the dot': ['*=dot:452x1'],
    '5xx at the recipient': ['*=rcpt:550x1'],
    'drops after the dot': ['*=dot:dropx1'],
    'drops after the dot, has not taken it': ['*=dot:drop-unrecordedx1'],
    'late': ['*=dot:late1x1'],
    '4xx at DATA': ['*=data:451x1'],
    '5xx at the dot': ['*=dot:554x1'],
    'drops before the dot': ['*=body:dropx1'],
    'drops at the recipient': ['*=rcpt:dropx1'],
    '421 at MAIL': ['*=mail:421x1'],
}
SOAK_MANNERS = {**MANNERS, '20 seconds late': ['*=dot:late20x2'], 'drops two': ['*=dot:dropx2'],
                'answers garbage': ['*=dot:garbagex1'], 'not there': ['*=connect:dropx1']}
END_THE_RUN = {'drops before the dot', 'drops at the recipient', '421 at MAIL'}
LEAVES_UNCERTAIN = ('dot:drop', 'dot:garbage')


def visits(place):
    if place in ONCE_A_TURN:
        return [1] * KILLS
    return [1, 2, 3, 1, 2] if place in ONCE_A_BATCH else [1, 2, 3, 4, 5]


class Chain:
    "All rounds of one place."

    def __init__(self, stage, place, chance):
        self.stage = stage
        self.place = place
        self.chance = chance
        self.kills = 0
        self.may_be_uncertain = 0
        self.missed = False
        self.manners = collections.Counter()
        self.complaints = []

    def plan(self, number):
        "Visit and manner of a round."
        if self.chance:
            return self.chance.choice(visits(self.place)), self.chance.choice(list(SOAK_MANNERS.items()))
        manners = list(MANNERS.items())
        # Another manner for each round, and for each place another one first.
        manner = manners[(crash_places(of_intake=False).index(self.place) + number) % len(manners)]
        return 1 if manner[0] in END_THE_RUN else visits(self.place)[number % KILLS], manner

    def run(self):
        self.stage.restore()
        self.stage.make_nothing_due()
        missed = 0
        while self.kills < KILLS and missed <= KILLS:
            # Where the relay's manner ended a run before its n-th visit, the next one surely comes by.
            visit, (manner, rules) = (1, ('takes all', [])) if self.missed else self.plan(self.kills + missed)
            self.stage.make_due(DUE_EACH_ROUND)
            self.stage.relay.start(*rules)
            self.may_be_uncertain += sum(int(rule[-1]) for rule in rules if any(s in rule for s in LEAVES_UNCERTAIN))
            done = self.stage.send(f'{self.place}:{visit}')
            self.missed = not done.killed
            if done.killed:
                self.kills += 1
                self.manners[manner] += 1
                self.may_be_uncertain += CONNECTIONS
            else:
                missed += 1
                self.check(done.status in (0, 1), f"ended with {done.status}: {done.said}")
            self.look(f"round of visit {visit}, relay {manner}")
        return self.finish()

    def look(self, where):
        "What has been settled must be true at any time."
        verdict = self.stage.judge()
        self.complaints += [f"{where}: {complaint}" for complaint in verdict.complaints
                            # The relay knows more than the database until the next sender reads the journal.
                            if 'the database says claimed' not in complaint]

    def finish(self):
        self.stage.relay.start()
        self.stage.make_due(100)
        done = self.stage.send()
        self.check(done.status == 0, f"the last run ended with {done.status}: {done.said}")
        if self.stage.make_due(0):
            self.stage.send()
        self.stage.relay.stop()
        self.verdict = self.stage.judge().at_the_end()
        self.complaints += self.verdict.complaints
        self.check(self.kills == KILLS, f"killed {self.kills} times only")
        uncertain = len(self.verdict.uncertain)
        self.check(uncertain <= self.may_be_uncertain, f"{uncertain} uncertain, explained are {self.may_be_uncertain}")
        return self

    def check(self, good, complaint):
        if not good:
            self.complaints.append(complaint)


class CrashTest(unittest.TestCase):
    def chance(self):
        soak = os.environ.get('RAADSPOST_SOAK')
        if not soak:
            return None
        seed = f'{soak}-{os.getpid()}'
        print(f"chance is seeded with {seed}")
        return random.Random(seed)

    def test_killed_at_every_place(self):
        self.assertGreaterEqual(len(crash_places(of_intake=False)), 15)
        chance = self.chance()
        stages = [Stage(kind(), councils=50)]
        self.addCleanup(stages[0].remove)
        stages.append(Stage(kind(), template=stages[0]))
        self.addCleanup(stages[1].remove)
        free = list(stages)

        def chain(place):
            stage = free.pop()
            try:
                return Chain(stage, place, chance).run()
            finally:
                free.append(stage)

        with concurrent.futures.ThreadPoolExecutor(len(stages)) as pool:
            chains = list(pool.map(chain, crash_places(of_intake=False)))
        self.show(chains)
        self.assertEqual([f'{chain.place}: {complaint}' for chain in chains for complaint in chain.complaints], [])

    def show(self, chains):
        head = ('place', 'kills', 'taken', 'sent', 'refused', 'uncertain', 'lost', 'twice')
        manners = sum((chain.manners for chain in chains), collections.Counter())
        print(f"\n{kind()}: killed by SIGKILL at a place, with the relay in {len(manners)} manners")
        print('  ' + f'{head[0]:<24}' + ''.join(f'{word:>10}' for word in head[1:]))
        total = collections.Counter()
        for chain in chains:
            verdict = chain.verdict
            numbers = (chain.kills, verdict.accepted, verdict.states['sent'], verdict.states['refused'],
                       verdict.states['uncertain'], verdict.lost, verdict.twice)
            total.update(dict(zip(head[1:], numbers)))
            print('  ' + f'{chain.place:<24}' + ''.join(f'{number:>10}' for number in numbers))
        print('  ' + f'{len(chains)} places'.ljust(24) + ''.join(f'{total[word]:>10}' for word in head[1:]))
        told = ', '.join(f'{name}: {times}' for name, times in manners.items())
        print(f'  kills by what the relay did: {told}', flush=True)


if __name__ == '__main__':
    unittest.main()

"""Several planners at once: senders on one machine and another start at the same moment."""
import datetime
import unittest

from stage_test import StageTest

COUNCILS = 200
PLANNERS = 4


class Counted(StageTest):
    councils = COUNCILS

    def number(self, condition):
        return self.stage.query(f'select count(*) as number from {condition}')[0]['number']


class PlanningTest(Counted):
    def setUp(self):
        super().setUp()
        with self.stage.sql() as run:
            # As if the appeal had just been started, for a day far away, and nobody had planned it.
            for table in ('"raadspost_dispatch-raadspost_case"', 'raadspost_plan_line', 'raadspost_dispatch', 'raadspost_case',
                          'raadspost_plan_run'):
                run(f'delete from {table}')
            run("update raadspost_appeal set starts_at = '2089-10-03 10:00:00' where state = 'running'")

    def test_planners_at_once_plan_it_once(self):
        senders = [self.stage.sender('--once') for _ in range(PLANNERS)]
        for sender in senders:
            done = sender.done()
            self.assertEqual(done.status, 0, done.said)
        self.assertEqual([self.number(f'raadspost_{table}') for table in ('dispatch', 'case', 'plan_line')], 3 * [COUNCILS])
        self.assertEqual(self.number('"raadspost_dispatch-raadspost_case"'), COUNCILS)
        self.assertEqual(self.number("raadspost_plan_run where trouble is not null"), 0)
        # In as many digits as the screen shows; with more it takes its own number for an edit.
        durations = [run['duration'] for run in self.stage.query('select duration from raadspost_plan_run')]
        self.assertEqual(durations, [round(duration, 3) for duration in durations])
        self.assertTrue(durations)
        self.assertEqual(self.stage.relay.taken(), [])

    def test_a_plan_that_took_long_is_made_less_often(self):
        "It is the sender's time, and at most a twentieth of it; but five minutes are the most."
        self.assertEqual(self.stage.send().status, 0)
        for seconds, ago, plans in ((4, 100, 1), (6, 100, 0), (1000, 290, 0), (1000, 310, 1), (0.01, 20, 0), (0.01, 40, 1)):
            begun = datetime.datetime.utcnow() - datetime.timedelta(seconds=ago)
            with self.stage.sql() as run:
                run(f"update raadspost_plan_run set duration = {seconds}, started_at = '{begun:%Y-%m-%d %H:%M:%S}'")
            before = self.number('raadspost_plan_run')
            self.assertEqual(self.stage.send().status, 0)
            self.assertEqual(self.number('raadspost_plan_run') - before, plans, (seconds, ago))

    def test_nothing_planned_leaves_by_a_plan_that_nobody_keeps_up(self):
        "A sender without a planner would have sent what was planned a month ago."
        self.assertEqual(self.stage.send().status, 0)
        with self.stage.sql() as run:
            run("update raadspost_dispatch set due = '2020-01-01 00:00:00'")
            # The planner is kept from its work; the sender is not.
            run("update raadspost_step set anchor = 'nonsense'")
            run('delete from raadspost_plan_run')
        done = self.stage.send()
        self.assertEqual(self.number("raadspost_plan_run where trouble is not null"), 1, done.said)
        self.assertEqual(self.stage.relay.taken(), [])


class BesideASenderTest(Counted):
    def test_planning_beside_what_a_sender_has_taken(self):
        "What a dead sender had begun to make is planned around, then made by the next one."
        self.assertTrue(self.stage.send(crash='after_freeze').killed)
        self.assertGreater(self.number("raadspost_dispatch where state = 'planned' and journal is not null"), 0)
        with self.stage.sql() as run:
            run('delete from raadspost_plan_run')  # so that the next sender plans
        done = self.stage.send()
        self.assertEqual(done.status, 0, done.said)
        self.assertEqual(self.stage.query('select trouble from raadspost_plan_run'), [{'trouble': None}], done.said)
        self.assertEqual(len(self.stage.relay.taken()), COUNCILS)
        self.assertEqual(self.number('"raadspost_dispatch-raadspost_case"'), COUNCILS)


if __name__ == '__main__':
    unittest.main()

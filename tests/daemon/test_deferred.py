"""What waits for another try is decided about as anything else that has not left, and the relay's troubles are no tries."""
import unittest

from stage import wait_until
from stage_test import StageTest

COUNCILS = 12


class DeferredTest(StageTest):
    councils = COUNCILS

    def setUp(self):
        super().setUp()
        self.change('update raadspost_configuration set batch_size = 100')

    def change(self, statement):
        with self.stage.sql() as run:
            run(statement)

    def states(self):
        return dict(self.stage.judge().states)

    def defer_all(self):
        "As a relay's 451 leaves them, each with the journal of the sender that tried; the next try is due."
        self.stage.make_all_due()
        self.change("update raadspost_configuration set per_minute = 1")
        self.assertEqual(self.stage.send().status, 0)
        self.change("update raadspost_configuration set per_minute = 0")
        self.gone = {mailbox for mailbox, _ in self.stage.relay.taken()}
        self.change("""update raadspost_dispatch set state = 'deferred', journal = 'of-one-that-was', tries = 1,
            first_try = released_at, claimed_at = released_at, next_try = '2026-01-01 00:00:00' where state = 'released'""")
        states = self.states()
        self.assertEqual(states['deferred'] + len(self.gone), COUNCILS)

    def send(self):
        done = self.stage.send()
        self.assertEqual(done.status, 0, done.said)
        self.assertEqual(self.stage.judge().complaints, [])

    def test_is_tried_again(self):
        self.defer_all()
        self.send()
        self.assertEqual(self.states(), {'sent': COUNCILS})

    def test_is_cancelled_for_who_wants_no_more(self):
        "The claim looked for a suppression alone, and what it left out stayed under way for ever."
        self.defer_all()
        self.change("update raadspost_griffie set status = 'opted_out' where mailbox like '%01_.test'")
        self.change("""insert into raadspost_suppression (email, mailbox, scope, reason, since)
            values ('griffie@gm0009.test', 'griffie@gm0009.test', 'all', 'proef', '2026-01-01')""")
        unwanted = {row['mailbox'] for row in self.stage.query(
            "select mailbox from raadspost_griffie where status = 'opted_out'")} | {'griffie@gm0009.test'}
        self.assertEqual(len(unwanted), 4)
        self.send()
        self.assertEqual({mailbox for mailbox, _ in self.stage.relay.taken()} & (unwanted - self.gone), set())
        rows = self.stage.query('select mailbox, state, reason from raadspost_dispatch')
        self.assertEqual({row['state'] for row in rows if row['mailbox'] in unwanted - self.gone}, {'cancelled'})
        self.assertEqual({row['state'] for row in rows if row['mailbox'] not in unwanted}, {'sent'})

    def test_waits_for_the_hold_time_and_is_made_of_what_was_approved(self):
        "A text that was withdrawn, mended and approved anew left as it had been, and at once."
        self.defer_all()
        before = {row['id']: row['message_id'] for row in self.stage.query(
            "select id, message_id from raadspost_dispatch where state = 'deferred'")}
        self.change("update raadspost_appeal set approved_at = '2090-01-01 00:00:00', starts_at = '2090-01-01 00:00:00'")
        # Made anew in the same turn, but for the date that lies in the future: nothing of the old text leaves.
        self.stage.sender('--once').done()
        taken = {message_id for _, message_id in self.stage.relay.taken()}
        self.assertEqual(taken & set(before.values()), set())

    def test_the_hold_time_alone_keeps_it(self):
        self.defer_all()
        self.change("update raadspost_appeal set starts_at = '2090-01-01 00:00:00'")
        self.send()
        self.assertEqual(self.states().get('deferred'), COUNCILS - len(self.gone))

    def test_the_time_that_a_relay_was_away_is_no_time_of_trying(self):
        "It began with the first claim: after four days without a relay one greylisting was the end."
        self.stage.make_all_due()
        self.stage.relay.stop()
        self.stage.send()
        tries = self.stage.query("select state, first_try from raadspost_dispatch where tries > 0")
        self.assertIn('deferred', {row['state'] for row in tries})
        self.assertEqual({row['first_try'] for row in tries}, {None})


class RelaySettingsTest(StageTest):
    councils = COUNCILS

    def test_a_password_that_would_go_in_clear_refuses_no_message(self):
        "Each message was called unsendable, which is final, until none was left."
        database = self.stage.database
        sections = database.sections
        database.write_conf({**sections, 'email': {**sections['email'], 'uri': 'smtp://wij:geheim@relay.example:25'}})
        self.addCleanup(database.write_conf, sections)
        self.stage.make_all_due()
        self.assertIn('relay_password_in_clear', self.stage.send().said)
        self.assertEqual(self.stage.judge().states['refused'], 0)
        database.write_conf(sections)
        self.assertEqual(self.stage.send().status, 0)
        self.assertEqual(self.stage.judge().at_the_end().complaints, [])


class StoppedTest(StageTest):
    councils = 450  # more than a sender makes ready at once

    def test_what_was_begun_is_given_back_when_all_is_stopped(self):
        "It kept its sender's journal: nobody could hold or cancel it, and it left first when sending went on."
        in_hand = """select count(*) as number from raadspost_dispatch where state in ('planned', 'released')
            and journal is not null"""
        with self.stage.sql() as run:
            run('update raadspost_configuration set per_minute = 2, batch_size = 100')
        self.stage.make_all_due()
        sender = self.stage.sender()
        self.addCleanup(sender.kill)
        self.assertTrue(wait_until(lambda: self.stage.query(in_hand)[0]['number'] > 0))
        with self.stage.sql() as run:
            run('update raadspost_configuration set stopped = true')
        self.assertTrue(wait_until(lambda: self.stage.query(in_hand)[0]['number'] == 0, 30))
        self.assertIsNone(sender.process.poll())


if __name__ == '__main__':
    unittest.main()

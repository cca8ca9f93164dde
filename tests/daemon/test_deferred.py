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

    def defer_all(self):
        "A relay that greylists; the next try is due."
        self.stage.relay.start('*=rcpt:451')
        self.stage.make_all_due()
        self.send()
        self.assertEqual(self.states(), {'deferred': COUNCILS})
        self.assertEqual(self.stage.query("select count(*) as number from raadspost_dispatch where first_try is null"),
                         [{'number': 0}])
        self.stage.relay.start()
        self.change("update raadspost_dispatch set next_try = '2026-01-01 00:00:00'")

    def send(self):
        done = self.stage.send()
        self.assertEqual(done.status, 0, done.said)
        self.assertEqual(self.stage.judge().complaints, [])

    def message_ids(self):
        return {row['message_id'] for row in self.stage.query('select message_id from raadspost_dispatch')}

    def test_is_tried_again(self):
        self.defer_all()
        ids = self.message_ids()
        self.send()
        self.assertEqual(self.states(), {'sent': COUNCILS})
        self.assertEqual(self.message_ids(), ids)

    def test_is_cancelled_for_who_wants_no_more(self):
        "The claim looked for a suppression alone, and what it left out stayed under way for ever."
        self.defer_all()
        self.change("update raadspost_griffie set status = 'opted_out' where mailbox like '%01_.test'")
        self.change("""insert into raadspost_suppression (email, mailbox, scope, reason, since)
            values ('griffie@gm0009.test', 'griffie@gm0009.test', 'all', 'proef', '2026-01-01')""")
        self.send()
        reasons = {row['mailbox']: row['reason'] for row in self.stage.query(
            "select mailbox, reason from raadspost_dispatch where state = 'cancelled'")}
        self.assertEqual(reasons, {'griffie@gm0009.test': 'suppressed', **{
            f'griffie@gm{number:04}.test': 'opted_out' for number in (10, 11, 12)}})
        self.assertEqual(self.states()['sent'], COUNCILS - 4)

    def test_is_held_where_the_council_answered_meanwhile(self):
        "An outcome that was logged, or an answer that waits for a person, changed only what was not made yet."
        self.defer_all()
        def case_of(number):
            return f"""(select l."case" from "raadspost_dispatch-raadspost_case" l join raadspost_dispatch d
                on d.id = l.dispatch where d.mailbox = 'griffie@gm{number:04}.test')"""
        later = '2090-01-01 00:00:00'
        for number, kind, came in ((3, 'passed_on', later), (4, 'passed_on', '2026-01-01 00:00:00'), (5, 'receipt', later)):
            self.change(f"""insert into raadspost_outcome ("case", kind, "on", source, create_date)
                values ({case_of(number)}, '{kind}', '2026-01-01', 'staff', '{came}')""")
        for number, kinds, trust in ((6, 'listed', 'proven'), (7, 'listed', 'forged'), (8, 'auto_reply', 'proven')):
            self.change(f"""insert into raadspost_message ("case", state, kinds, trust, canonical_hash, received_at,
                create_date) values ({case_of(number)}, 'proposed', '{kinds}', '{trust}', 'hash{number}',
                '2026-01-01 00:00:00', '{later}')""")
        self.send()
        self.assertEqual(self.states(), {'sent': COUNCILS - 2, 'held': 2})
        self.assertEqual({row['mailbox'] for row in self.stage.query(
            "select mailbox from raadspost_dispatch where state = 'held' and reason = 'to_judge'")},
            {'griffie@gm0003.test', 'griffie@gm0006.test'})

    def test_a_text_approved_anew_is_what_is_sent(self):
        "It left as it had been made, of the text that had been withdrawn."
        self.defer_all()
        old = self.message_ids()
        self.change("update raadspost_dispatch set released_at = '2026-01-01 00:00:00'")
        self.change("update raadspost_appeal set approved_at = '2026-01-02 00:00:00'")
        self.send()
        self.assertEqual(self.states(), {'sent': COUNCILS})
        self.assertEqual(self.message_ids() & old, set())

    def test_nothing_leaves_before_the_hold_time_is_over(self):
        "Neither what waits for another try nor what was made ready."
        self.defer_all()
        self.change("update raadspost_dispatch set state = 'released' where mailbox > 'griffie@gm0006.test'")
        self.change("update raadspost_appeal set starts_at = '2090-01-01 00:00:00'")
        self.send()
        self.assertEqual(self.states(), {'deferred': 6, 'released': 6})

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

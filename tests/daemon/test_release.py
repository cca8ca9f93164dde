"""What is made ready and not taken yet is sent as it was approved, and to where the griffie is now."""
import collections
import email
import email.policy
import glob
import os
import time
import unittest

from database import kind
from stage_test import StageTest

COUNCILS = 450  # more than a sender makes ready at once


class ReleaseTest(StageTest):
    councils = COUNCILS

    def make_all_ready(self):
        "All but two, which the limit lets through; two more for each minute that changes on the way."
        self.change('update raadspost_configuration set per_minute = 2')
        self.assertEqual(self.stage.send().status, 0)
        self.sent = self.states()['sent']
        self.assertIn(self.sent, range(2, COUNCILS // 10, 2))
        self.assertEqual(self.states(), {'released': COUNCILS - self.sent, 'sent': self.sent})
        self.change('update raadspost_configuration set per_minute = 0')
        time.sleep(1.1)  # what happens within the second of the making counts as later anyway

    def test_the_last_are_made_by_themselves(self):
        "While they are sent nothing is made any more, so they are few: of what is left half, and half again."
        self.stage.make_nothing_due()
        self.stage.make_due(60)
        self.assertEqual(self.stage.send().status, 0)
        self.assertEqual(self.states()['sent'], 60)
        names = [row['bytes_file'] for row in self.stage.query(
            'select bytes_file from raadspost_dispatch where bytes_file is not null order by id')]
        self.assertEqual(list(collections.Counter(name.rsplit('.', 2)[0] for name in names).values()), [30, 15, 15])

    def test_what_changes_while_a_message_is_made_calls_it_back(self):
        "Also among the last ones, while nothing more is taken."
        self.stage.make_nothing_due()
        self.stage.make_due(60)
        correct = '''update raadspost_griffie set email = 'raad@gm0001.test', mailbox = 'raad@gm0001.test', write_date = {}
            where mailbox = 'griffie@gm0001.test' '''
        if kind() == 'sqlite':
            self.change(f'''create trigger corrected after update of state on raadspost_dispatch when new.state = 'released'
                begin {correct.format("strftime('%Y-%m-%d %H:%M:%f', 'now', '+1 second')")}; end''')
        else:
            self.change(f'''create function corrected() returns trigger as $$ begin
                {correct.format("localtimestamp + interval '1 second'")}; return null; end $$ language plpgsql''')
            self.change('''create trigger corrected after update on raadspost_dispatch for each row
                when (new.state = 'released') execute function corrected()''')
        self.assertEqual(self.stage.send().status, 0)
        self.assertEqual(self.states()['sent'], 60)
        self.assertEqual({mailbox for mailbox, _ in self.stage.relay.taken() if 'gm0001' in mailbox}, {'raad@gm0001.test'})

    def test_a_message_made_ready_follows_its_griffie(self):
        self.make_all_ready()
        gone = {mailbox for mailbox, _ in self.stage.relay.taken()}
        self.change("update raadspost_griffie set mailbox = 'raad' || substr(mailbox, 8), "
                    "email = 'raad' || substr(email, 8), write_date = current_timestamp")
        done = self.stage.send()
        self.assertEqual(done.status, 0, done.said)
        taken = [mailbox for mailbox, _ in self.stage.relay.taken()]
        self.assertEqual((len(taken), len(set(taken))), (COUNCILS, COUNCILS))
        self.assertEqual({mailbox for mailbox in taken if mailbox.startswith('griffie@')}, gone)
        self.assertEqual(self.stage.judge().at_the_end().complaints, [])

    def test_no_mailbox_gets_it_twice_when_offices_join(self):
        self.make_all_ready()
        self.change("update raadspost_griffie set mailbox = 'samen@regio.test', email = 'samen@regio.test', "
                    "write_date = current_timestamp where mailbox > 'griffie@gm0400'")
        self.assertEqual(self.stage.send().status, 0)
        taken = [mailbox for mailbox, _ in self.stage.relay.taken()]
        self.assertEqual((len(taken), len(set(taken))), (COUNCILS, COUNCILS))
        self.assertIn('samen@regio.test', taken)

    def test_a_step_that_continues_the_thread_names_what_went_before(self):
        "The step's setting was kept and did nothing."
        for occurrence, name in ((-2, 'eerste'), (-1, 'tweede')):
            self.change(f"""insert into raadspost_dispatch (appeal, step, occurrence, griffie, mailbox, state, tries, sent_at,
                message_id) select appeal, step, {occurrence}, griffie, mailbox, 'delivered', 1, '2026-01-0{occurrence + 3}',
                '{name}.' || mailbox from raadspost_dispatch where occurrence = 1 and mailbox < 'griffie@gm0003.test'""")
        self.change("""insert into "raadspost_dispatch-raadspost_case" (dispatch, "case", step, occurrence)
            select e.id, l."case", e.step, e.occurrence from raadspost_dispatch e join raadspost_dispatch d
            on d.mailbox = e.mailbox and d.occurrence = 1 join "raadspost_dispatch-raadspost_case" l on l.dispatch = d.id
            where e.occurrence < 0""")
        self.stage.relay.maildir = os.path.join(self.stage.folder, 'maildir')
        self.stage.relay.start()
        self.assertEqual(self.stage.send().status, 0)
        mails = {}
        for path in glob.glob(os.path.join(self.stage.relay.maildir, '**', '*'), recursive=True):
            if os.path.isfile(path):
                with open(path, 'rb') as file:
                    mail = email.message_from_binary_file(file, policy=email.policy.default)
                mails[mail['To'].addresses[0].addr_spec] = (mail['In-Reply-To'], mail['References'])
        self.assertEqual(len(mails), COUNCILS)
        for mailbox, headers in mails.items():
            first, second = f'<eerste.{mailbox}>', f'<tweede.{mailbox}>'
            self.assertEqual(headers, (second, f'{first} {second}') if mailbox < 'griffie@gm0003' else (None, None))

    def test_a_council_that_is_no_more_is_spoken_to_as_its_successor(self):
        "After a merger the griffie of the new municipality read the old one's name."
        self.change("update raadspost_council set active_to = '2020-12-31', successor = (select id from raadspost_council "
                    "where code = 'GM0002') where code = 'GM0001'")
        self.assertEqual(self.stage.send().status, 0)
        self.assertEqual(self.stage.query("select subject from raadspost_dispatch where mailbox = 'griffie@gm0001.test'"),
                         [{'subject': 'Een plek voor Kerndorp 2 [R1-GM0002]'}])

    def test_what_was_approved_is_what_is_sent(self):
        "A letterhead changed behind the program's back went out unnoticed."
        self.make_all_ready()
        self.change("update raadspost_association set sender_name = 'Iemand anders', write_date = current_timestamp")
        self.change("update raadspost_griffie set write_date = current_timestamp")
        self.assertEqual(self.stage.send().status, 0)
        self.assertEqual(len(self.stage.relay.taken()), self.sent)
        self.assertEqual(self.stage.query('select state, approved_hash from raadspost_appeal'),
                         [{'state': 'draft', 'approved_hash': None}])
        self.assertEqual(self.stage.query("select count(*) as number from raadspost_event where kind = 'approval_lapsed'"),
                         [{'number': 1}])
        self.assertEqual(self.states(), {'released': COUNCILS - self.sent, 'sent': self.sent})


if __name__ == '__main__':
    unittest.main()

"""What people do with messages that came back: accept, correct, set aside, take back, and read the archive anew."""
import datetime
import os
import subprocess
import unittest

from answering import AnswerTest
from database import HOST_PYTHON, host_path

LISTED = 'Uw brief staat onder nummer 28 op de lijst van ingekomen stukken van 10 december 2026.'
PASSED_ON = 'Ik heb uw brief doorgestuurd aan de raadsleden.'
REDIRECT = 'Wilt u uw bericht voortaan sturen naar raadsgriffie@oosterduin.example?'
listed = {'dispatch': 'delivered', 'outcomes': [('listed', '28', '2026-12-10')], 'reminder': ['none cond_answered']}

READ_SLICE = '''
import sys
sys.path[:0] = [sys.argv[3]]
from trytond.config import config
config.update_etc(sys.argv[1])
from trytond.pool import Pool
from trytond.transaction import Transaction
Pool.start()
pool = Pool(sys.argv[2])
pool.init()
with Transaction().start(sys.argv[2], 0):
    pool.get('raadspost.mail.source').read_slice()
'''


class TriageTest(AnswerTest):

    def setUp(self):
        super().setUp()
        self.dispatch, = self.appeal('Oosterduin')

    def do(self, what, message, *arguments):
        with self.database.transaction(commit=True) as pool:
            Message = pool.get('raadspost.message')
            records = Message.browse([message]) if what == 'read_again' else [message]
            getattr(Message, what)(records, *arguments)

    def case(self, council):
        with self.database.transaction() as pool:
            case, = pool.get('raadspost.case').search([
                ('appeal', '=', self.appeal_id), ('council', '=', self.councils[council])])
            return case.id

    def example(self, message):
        with self.database.transaction() as pool:
            example, = pool.get('raadspost.example').search([('message', '=', message)])
            return example.machine_kinds, example.kinds, example.agreed, bool(example.rule_version)

    def assert_refused(self, part, what, message, *arguments):
        from trytond.exceptions import UserError
        with self.assertRaises(UserError) as refused:
            self.do(what, message, *arguments)
        self.assertIn(part, refused.exception.message)

    def test_what_is_proposed_is_accepted_as_it_is(self):
        message, = self.take_in(self.mail(self.dispatch, LISTED, dmarc=None))
        self.assert_stands(self.dispatch, reminder=['held to_judge'])
        for _ in range(2):  # the second time changes nothing
            self.do('accept', message)
            self.assert_stands(self.dispatch, **listed)
            self.assertEqual(self.message(message)['state'], 'settled')
        self.assertEqual(self.example(message), ('listed', 'listed', True, True))
        with self.database.transaction() as pool:
            event, = pool.get('raadspost.event').search([('message', '=', message)])
            self.assertEqual((event.kind, event.undoable, event.actor.id), ('answer', True, 1))
            self.assertIn('28 op de lijst', event.evidence)
            outcome, = pool.get('raadspost.outcome').search([('message', '=', message)])
            self.assertEqual((outcome.source, outcome.actor.id), ('reply', 1))

    def test_a_reminder_waits_until_the_answer_is_judged(self):
        "Whoever answered yesterday gets no reminder today because nobody has read it yet."
        for story, judge, then in [
                ("it is an answer", lambda message: self.do('accept', message), ['none cond_answered']),
                ("it is none", lambda message: self.do('set_aside', message), ['planned'])]:
            with self.subTest(story):
                self.setUp()
                message, = self.take_in(self.mail(self.dispatch, PASSED_ON, dmarc=None))
                self.assertEqual(self.standing(self.dispatch)['reminder'], ['held to_judge'])
                judge(message)
                self.assertEqual(self.standing(self.dispatch)['reminder'], then)

    def test_a_reminder_that_is_ready_waits_too(self):
        with self.database.transaction(commit=True) as pool:
            reminder, = pool.get('raadspost.dispatch').search([
                ('appeal', '=', self.appeal_id), ('step.sequence', '=', 9), ('state', '=', 'planned')])
            pool.get('raadspost.dispatch').write([reminder], {
                'state': 'released', 'bytes_file': 'made-already', 'released_at': datetime.datetime.utcnow()})
        message, = self.take_in(self.mail(self.dispatch, PASSED_ON, dmarc=None))
        with self.database.transaction() as pool:
            reminder = pool.get('raadspost.dispatch')(reminder.id)
            self.assertEqual((reminder.state, reminder.reason, reminder.bytes_file), ('held', 'to_judge', None))
        self.do('set_aside', message)
        with self.database.transaction() as pool:
            self.assertEqual(pool.get('raadspost.dispatch')(reminder.id).state, 'planned')

    def test_at_a_shared_office_each_council_that_it_may_be_about_waits(self):
        dispatch, _ = self.appeal('Lindedam', 'Stroomveen', mailbox='griffie@lindestroom.example')
        message, = self.take_in(self.mail(dispatch, PASSED_ON, sender='griffie@lindestroom.example', dmarc=None))
        self.assertEqual(self.standing(dispatch)['reminder'], ['held to_judge', 'held to_judge'])
        self.do('correct', message, {'case': self.case('Lindedam'), 'kinds': 'distributed'})
        self.assertEqual(self.standing(dispatch, 'Lindedam')['reminder'], ['none cond_answered'])
        self.assertEqual(self.standing(dispatch, 'Stroomveen')['reminder'], ['planned'])

    def test_undone_by_its_event(self):
        message, = self.take_in(self.mail(self.dispatch, LISTED))
        self.assert_stands(self.dispatch, **listed)
        with self.database.transaction(commit=True) as pool:
            Event = pool.get('raadspost.event')
            Event.undo(Event.search([('message', '=', message)]))
        self.assert_stands(self.dispatch, reminder=['held to_judge'])
        self.assertEqual(self.message(message)['state'], 'proposed')
        with self.database.transaction() as pool:
            # Nothing is edited away: the outcome is still there, with a record that says it was a mistake.
            wrong, = pool.get('raadspost.outcome').search([('kind', '=', 'listed'), ('message', '=', message)])
            self.assertEqual(wrong.corrected_by.kind, 'retracted')
            first, second = pool.get('raadspost.event').search([('message', '=', message)], order=[('id', 'ASC')])
            self.assertEqual((first.undone_by.id, first.undoable, second.undoable), (second.id, False, False))

    def test_what_came_back_by_mistake_is_put_right_again(self):
        message, = self.take_in(self.bounce(self.dispatch))
        self.assert_stands(self.dispatch, dispatch='bounced bounced_hard', griffie=('griffie@oosterduin.example', 'failing'))
        self.do('take_back', message)
        self.assert_stands(self.dispatch, reminder=['planned'])

    def test_of_two_that_say_the_same_one_may_be_undone(self):
        one, two = self.take_in(self.bounce(self.dispatch), self.bounce(self.dispatch))
        for first, second in ((one, two), (two, one)):
            self.do('take_back', first)
            self.assert_stands(self.dispatch, dispatch='bounced bounced_hard',
                               griffie=('griffie@oosterduin.example', 'failing'))
            self.do('take_back', second)
            self.assert_stands(self.dispatch)
            self.do('accept', one)
            self.do('accept', two)
        self.do('take_back', one)
        self.do('take_back', two)
        self.assert_stands(self.dispatch)

    def test_a_redirect_goes_to_the_new_address_once_confirmed(self):
        message, = self.take_in(self.mail(self.dispatch, REDIRECT))
        self.assert_stands(self.dispatch, dispatch='delivered')
        self.do('accept', message)
        self.assert_stands(self.dispatch, dispatch='delivered', decisions=[('retry', '')],
                           griffie=('raadsgriffie@oosterduin.example', 'confirmed'))
        with self.database.transaction() as pool:
            again, = pool.get('raadspost.dispatch').search([('appeal', '=', self.appeal_id), ('occurrence', '=', 2)])
            self.assertEqual((again.step.sequence, again.mailbox, again.state),
                             (1, 'raadsgriffie@oosterduin.example', 'planned'))
        self.do('take_back', message)
        self.assert_stands(self.dispatch)
        with self.database.transaction() as pool:
            again, = pool.get('raadspost.dispatch').search([('appeal', '=', self.appeal_id), ('occurrence', '=', 2)])
            self.assertEqual(again.state, 'cancelled')

    def occurrences(self):
        with self.database.transaction() as pool:
            return [(each.step.sequence, each.occurrence, each.mailbox, each.state) for each in pool.get(
                'raadspost.dispatch').search([('appeal', '=', self.appeal_id), ('step.sequence', '=', 1)],
                                             order=[('occurrence', 'ASC')])]

    def test_a_new_address_for_one_that_fails_gets_the_same_step(self):
        "As a secretary does it: the telephone, and then the griffie's form."
        self.take_in(self.bounce(self.dispatch))
        self.assertEqual(self.occurrences(), [(1, 1, 'griffie@oosterduin.example', 'bounced')])
        for _ in range(2):  # saved twice is decided once
            with self.database.transaction(commit=True) as pool:
                griffie = pool.get('raadspost.dispatch')(self.dispatch).griffie
                pool.get('raadspost.griffie').write([griffie], {'email': 'Raad@Oosterduin.example'})
        self.assertEqual(self.occurrences(), [(1, 1, 'griffie@oosterduin.example', 'bounced'),
                                              (1, 2, 'raad@oosterduin.example', 'planned')])
        self.assert_stands(self.dispatch, dispatch='bounced bounced_hard', decisions=[('retry', '')],
                           griffie=('Raad@Oosterduin.example', 'confirmed'))
        with self.database.transaction(commit=True) as pool:
            Event = pool.get('raadspost.event')
            event, = Event.search([('appeal', '=', self.appeal_id), ('kind', '=', 'plan_decision')])
            self.assertIn('raad@oosterduin.example', event.text.lower())
            Event.undo([event])
        self.assertEqual(self.occurrences()[1][3], 'cancelled')

    def test_a_new_address_for_one_that_works_sends_nothing_again(self):
        with self.database.transaction(commit=True) as pool:
            griffie = pool.get('raadspost.dispatch')(self.dispatch).griffie
            pool.get('raadspost.griffie').write([griffie], {'email': 'raad@oosterduin.example'})
        self.assertEqual(self.occurrences(), [(1, 1, 'griffie@oosterduin.example', 'sent')])

    def test_a_redirect_of_what_came_back_goes_there_once(self):
        message, = self.take_in(self.mail(self.dispatch, REDIRECT))
        self.take_in(self.bounce(self.dispatch))
        self.do('accept', message)
        self.assertEqual(self.occurrences()[1:], [(1, 2, 'raadsgriffie@oosterduin.example', 'planned')])
        self.assertEqual(self.standing(self.dispatch)['decisions'], [('retry', '')])

    def test_one_council_of_a_shared_office_gets_an_office_of_its_own(self):
        dispatch, _ = self.appeal('Kerkdam', 'Molenrijk', mailbox='griffie@tweetal.example')
        message, = self.take_in(self.mail(
            dispatch, 'Wilt u berichten voor de raad van Molenrijk voortaan sturen naar griffie@molenrijk.example?',
            sender='griffie@tweetal.example'))
        self.do('accept', message)
        with self.database.transaction() as pool:
            Council = pool.get('raadspost.council')
            addresses = {name: [griffie.email for griffie in pool.get('raadspost.griffie').search([('councils', '=', id_)])]
                         for name, id_ in self.councils.items()}
            self.assertEqual(addresses, {'Kerkdam': ['griffie@tweetal.example'], 'Molenrijk': ['griffie@molenrijk.example']})
        self.do('take_back', message)
        with self.database.transaction() as pool:
            griffie, = pool.get('raadspost.griffie').search([('email', '=', 'griffie@tweetal.example')])
            self.assertEqual(len(griffie.councils), 2)

    def test_a_redirect_corrected_to_another_council_is_that_ones(self):
        one, _ = self.appeal('Zandrijk', 'Bosdrecht')
        def addresses():
            with self.database.transaction() as pool:
                Griffie = pool.get('raadspost.griffie')
                return {name: [griffie.email for griffie in Griffie.search([('councils', '=', council)])]
                        for name, council in self.councils.items()}
        before = addresses()
        new = 'raad@bosdrecht.example'
        message, = self.take_in(self.mail(one, f'Wilt u uw bericht voortaan sturen naar {new}?'))
        self.do('accept', message)
        self.assertEqual(addresses(), {**before, 'Zandrijk': [new]})
        self.do('correct', message, {'case': self.case('Bosdrecht'), 'kinds': 'redirect', 'redirect_to': new})
        self.assertEqual(addresses(), {**before, 'Bosdrecht': [new]})
        self.do('take_back', message)
        self.assertEqual(addresses(), before)

    def test_a_correction_takes_the_place_of_what_the_machine_did(self):
        message, = self.take_in(self.mail(self.dispatch, PASSED_ON))
        self.do('correct', message, {'case': self.case('Oosterduin'), 'kinds': 'listed,to_college', 'list_number': 'T-9',
                                     'list_date': datetime.date(2026, 12, 3), 'disposal': 'ter afdoening'})
        self.assert_stands(self.dispatch, dispatch='delivered', reminder=['none cond_answered'],
                           outcomes=[('listed', 'T-9', '2026-12-03'), ('to_college', '', '')])
        self.assertEqual(self.example(message)[:3], ('distributed', 'listed,to_college', False))
        self.do('take_back', message)
        self.assert_stands(self.dispatch, reminder=['held to_judge'])

    def test_a_correction_moves_an_answer_to_another_case(self):
        westerveen, = self.appeal('Westerveen')
        other = dict(self.councils)
        self.setUp()
        message, = self.take_in(self.mail(self.dispatch, PASSED_ON))
        appeal, self.appeal_id, self.councils = self.appeal_id, None, other
        with self.database.transaction() as pool:
            case, = pool.get('raadspost.case').search([('dispatches', '=', westerveen)])
        self.do('correct', message, {'case': case.id, 'kinds': 'distributed'})
        self.assertEqual(self.standing(self.dispatch)['outcomes'], [])
        self.assertEqual(self.standing(self.dispatch)['dispatch'], 'sent')
        self.assertEqual(self.standing(westerveen)['outcomes'], [('passed_on', '', '')])
        self.assertEqual(self.standing(westerveen)['dispatch'], 'delivered')

    def test_what_needs_a_case_is_not_settled_without(self):
        dispatch, _ = self.appeal('Duinoord', 'Veenlo', mailbox='griffie@samen.example')
        message, = self.take_in(self.mail(dispatch, PASSED_ON, sender='griffie@samen.example'))
        self.assert_refused('dossier', 'accept', message)
        self.assert_refused('dossier', 'correct', message, {'kinds': 'listed'})
        self.do('correct', message, {'case': self.case('Duinoord'), 'kinds': 'distributed'})
        self.assertEqual(self.standing(dispatch, 'Duinoord')['outcomes'], [('passed_on', '', '')])
        self.assertEqual(self.standing(dispatch, 'Veenlo')['outcomes'], [])

    def test_a_forged_one_is_not_accepted(self):
        message, = self.take_in(self.mail(self.dispatch, LISTED, dmarc='fail'))
        self.assert_refused('komt niet van', 'accept', message)
        self.assert_stands(self.dispatch)
        # Somebody has called the office and knows better.
        self.do('correct', message, {'case': self.case('Oosterduin'), 'kinds': 'listed', 'list_number': '28',
                                     'list_date': datetime.date(2026, 12, 10)})
        self.assert_stands(self.dispatch, **listed)

    def test_set_aside_takes_back_and_stays_aside(self):
        message, = self.take_in(self.mail(self.dispatch, PASSED_ON))
        self.do('set_aside', message)
        self.assert_stands(self.dispatch, reminder=['planned'])
        self.assertEqual(self.message(message)['state'], 'set_aside')

    def test_how_often_the_rules_were_right(self):
        with self.database.transaction(commit=True) as pool:
            Example = pool.get('raadspost.example')
            Example.delete(Example.search([]))
        one, two = self.take_in(self.mail(self.dispatch, PASSED_ON), self.mail(self.dispatch, 'Doorgestuurd aan de fracties.'))
        self.do('accept', one)
        self.do('correct', two, {'case': self.case('Oosterduin'), 'kinds': 'to_college'})
        with self.database.transaction() as pool:
            scores = {score.kind: (score.said, score.meant, score.agreed, score.precision, score.recall)
                      for score in pool.get('raadspost.example.score').search([])}
        self.assertEqual(scores['distributed'], (2, 1, 1, 0.5, 1))
        self.assertEqual(scores['to_college'], (0, 1, 0, None, 0))
        self.assertEqual(len(scores), 14)

    # --- reading the archive anew ------------------------------------------------------------------------

    def reread(self):
        with self.database.transaction(commit=True) as pool:
            Rereading = pool.get('raadspost.rereading')
            rereading, = Rereading.create([{}])
            while rereading.state == 'reading':
                Rereading.go_on([rereading])
                rereading = Rereading(rereading.id)
            return rereading.id, {line.message.id: (line.was, line.would_be) for line in rereading.lines}

    def test_newer_rules_say_first_what_would_change(self):
        same, mistaken, decided, taken_back = self.take_in(*(
            self.mail(self.dispatch, PASSED_ON) for _ in range(4)))
        self.do('correct', decided, {'case': self.case('Oosterduin'), 'kinds': 'meeting'})
        self.do('take_back', taken_back)
        # As if older rules had taken one for a refusal, and an unclear one for nothing.
        with self.database.transaction(commit=True) as pool:
            Message = pool.get('raadspost.message')
            Message.write(Message.browse([mistaken]), {'kinds': 'declined', 'machine_kinds': 'declined'})
        with self.database.transaction(commit=True) as pool:
            Outcome = pool.get('raadspost.outcome')
            Outcome.write(Outcome.search([('message', '=', mistaken)]), {'kind': 'declined'})
        rereading, changes = self.reread()
        self.assertEqual(changes.get(mistaken), ('afgewezen', 'doorgestuurd aan de raad'))
        self.assertFalse({same, decided, taken_back} & set(changes))
        # It has only said so.
        self.assertEqual(self.message(mistaken)['kinds'], 'declined')
        with self.database.transaction(commit=True) as pool:
            pool.get('raadspost.rereading').take_over([pool.get('raadspost.rereading')(rereading)])
        self.assertEqual(self.message(mistaken)['kinds'], 'distributed')
        self.assertEqual(self.message(decided)['kinds'], 'meeting')
        self.assertEqual(self.reread()[1], {})

    # --- kept before anything else happens to it ---------------------------------------------------------

    def test_a_kill_between_keeping_and_applying_loses_nothing(self):
        for point in ('intake_after_commit', 'intake_before_reading', 'intake_before_findings', 'intake_after_findings'):
            with self.subTest(point):
                self.setUp()
                mail = self.mail(self.dispatch, LISTED)
                with open(os.path.join(self.maildir, 'new', f'{next(self.mails)}.kill.host'), 'wb') as file:
                    file.write(mail)
                killed = subprocess.run(
                    [HOST_PYTHON, '-W', 'ignore', '-c', READ_SLICE, self.database.conf, self.database.name, host_path()],
                    env={**self.database.environment(), 'RAADSPOST_CRASH_AT': point}, capture_output=True)
                self.assertEqual(killed.returncode, -9, killed.stderr[-500:])
                self.take_in()
                with self.database.transaction() as pool:
                    message, = pool.get('raadspost.message').search([], order=[('id', 'DESC')], limit=1)
                    state, trouble = message.state, message.trouble
                if state == 'unread':
                    # Whoever was at it died: it is shown to people, and nothing of it stands.
                    self.assertEqual(trouble, 'message_stopped_reader')
                    self.assert_stands(self.dispatch)
                    self.do('read_again', message.id)
                    self.take_in()
                self.assert_stands(self.dispatch, **listed)


if __name__ == '__main__':
    unittest.main()

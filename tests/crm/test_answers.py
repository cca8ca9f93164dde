"""From the bytes of a received message to what stands at case, dispatch, griffie, suppression and plan."""
import datetime
import itertools
import unittest

from answering import OWN_SERVER, AnswerTest
from database import today

LISTED = 'Uw brief staat onder nummer 28 op de lijst van ingekomen stukken van 10 december 2026.'
PASSED_ON = 'Ik heb uw brief doorgestuurd aan de raadsleden.'


def passed_on(**more):
    return {'dispatch': 'delivered', 'outcomes': [('passed_on', '', '')], 'reminder': ['none cond_answered'], **more}


class AnswersTest(AnswerTest):

    def setUp(self):
        super().setUp()
        self.dispatch, = self.appeal('Oosterduin')

    def read(self, *mails):
        return [self.message(message) for message in self.take_in(*mails)]

    # --- what is proven settles by itself ----------------------------------------------------------------

    def test_a_proven_answer_settles_by_itself(self):
        answer, = self.read(self.mail(self.dispatch, PASSED_ON))
        self.assertEqual((answer['state'], answer['trust'], answer['kinds']), ('settled', 'proven', 'distributed'))
        self.assertIn('doorgestuurd', answer['deciding_line'])
        self.assert_stands(self.dispatch, **passed_on())

    def test_a_place_on_the_list_is_kept_with_its_number(self):
        answer, = self.read(self.mail(self.dispatch, LISTED))
        self.assertEqual((answer['state'], answer['list_number']), ('settled', '28'))
        self.assert_stands(self.dispatch, dispatch='delivered', outcomes=[('listed', '28', '2026-12-10')])

    def test_a_receipt_does_not_stop_the_clock(self):
        answer, = self.read(self.mail(self.dispatch, 'Wij hebben uw bericht in goede orde ontvangen.'))
        self.assertEqual((answer['state'], answer['kinds']), ('settled', 'receipt'))
        self.assert_stands(self.dispatch, dispatch='delivered', outcomes=[('receipt', '', '')], reminder=['planned'])

    def test_who_wants_no_more_gets_no_more_of_this_appeal(self):
        answer, = self.read(self.mail(self.dispatch, 'Wij willen geen berichten van u meer ontvangen.'))
        self.assertEqual((answer['state'], answer['kinds']), ('settled', 'opt_out'))
        self.assert_stands(self.dispatch, dispatch='delivered', outcomes=[('no_more', '', '')], suppressed=1,
                           reminder=['none opted_out'])
        with self.database.transaction() as pool:
            suppression, = pool.get('raadspost.suppression').search([])
            self.assertEqual((suppression.scope, suppression.appeal.id, suppression.email),
                             ('appeal', self.appeal_id, 'griffie@oosterduin.example'))

    def test_a_question_is_logged_and_stays_with_people(self):
        answer, = self.read(self.mail(self.dispatch, 'Kunt u ons de brief als PDF toesturen?'))
        self.assertEqual((answer['state'], answer['kinds']), ('proposed', 'question'))
        # Nobody is reminded of what they asked about.
        self.assert_stands(self.dispatch, dispatch='delivered', outcomes=[('question', '', '')],
                           reminder=['none cond_answered'])

    def test_an_absence_postpones_and_stops_nothing(self):
        until = today() + datetime.timedelta(days=30)
        answer, = self.read(self.mail(
            self.dispatch, f'Ik ben afwezig tot en met {until.day}-{until.month}-{until.year}.',
            subject='Automatisch antwoord: Een plek voor uw dorpen', headers=['Auto-Submitted: auto-replied']))
        self.assertEqual((answer['state'], answer['kinds'], answer['absent_until']), ('settled', 'auto_reply', until))
        self.assert_stands(self.dispatch, dispatch='delivered', decisions=[('postpone', str(until))],
                           reminder=['planned absence'])

    def test_an_absence_of_years_postpones_for_two_months(self):
        answer, = self.read(self.mail(
            self.dispatch, 'Ik ben afwezig tot en met 1-12-2029.', headers=['Auto-Submitted: auto-replied'],
            subject='Automatisch antwoord: Een plek voor uw dorpen'))
        (kind, until), = self.standing(self.dispatch)['decisions']
        self.assertLess(until, str(today() + datetime.timedelta(days=62)))

    # --- what is not proven is proposed ------------------------------------------------------------------

    def test_what_is_not_proven_is_proposed(self):
        for story, mail, trust in [
                ("no word of our server", {'dmarc': None}, 'linked'),
                ("a domain of somebody else", {'sender': 'griffie@dienstverlening.example'}, 'linked'),
                ("no token, but the thread", {'to': None, 'thread': True}, 'suggested'),
                ("no token, but the sender", {'to': None}, 'suggested'),
                ("the word of another server", {'server': 'mx.elders.example'}, 'linked')]:
            with self.subTest(story):
                answer, = self.read(self.mail(self.dispatch, PASSED_ON, **mail))
                self.assertEqual((answer['state'], answer['trust'], answer['kinds']), ('proposed', trust, 'distributed'))
                self.assertEqual(set(answer['candidates']), {'Oosterduin'})
                self.assert_stands(self.dispatch, reminder=['held to_judge'])

    def test_a_redirect_is_proposed(self):
        answer, = self.read(self.mail(
            self.dispatch, 'Wilt u uw bericht voortaan sturen naar raadsgriffie@oosterduin.example?'))
        self.assertEqual((answer['state'], answer['redirect_to']), ('proposed', 'raadsgriffie@oosterduin.example'))
        self.assert_stands(self.dispatch, dispatch='delivered')

    def test_mail_of_nobody_we_know_is_kept_for_people(self):
        mail = self.mail(self.dispatch, 'Koop nu onze stoelen.', to=None, sender='verkoop@stoelen.example',
                         subject='Aanbieding')
        answer, = self.read(mail)
        self.assertEqual((answer['state'], answer['trust'], answer['case']), ('new', 'unknown', None))
        self.assert_stands(self.dispatch)

    # --- what is forged changes nothing ------------------------------------------------------------------

    def test_forged_mail_changes_nothing(self):
        good = f'{OWN_SERVER}; dmarc=pass header.from=oosterduin.example'
        for story, mail in [
                ("DMARC failed, with a token", {'dmarc': 'fail'}),
                ("a pass of its own below our server's fail", {'dmarc': 'fail', 'forged': [good]}),
                ("a domain made to be mistaken", {'sender': 'griffie@oosterduln.example', 'dmarc': 'pass'}),
                ("the office as the name of somebody else",
                 {'sender': '"griffie@oosterduin.example" <iemand@elders.example>'})]:
            with self.subTest(story):
                answer, = self.read(self.mail(self.dispatch, LISTED, **mail))
                self.assertEqual((answer['state'], answer['trust']), ('new', 'forged'))
                self.assertEqual((answer['case'], answer['candidates']), (None, []))
                self.assert_stands(self.dispatch, reminder=['planned'])

    def test_a_stolen_token_proves_nothing(self):
        # Forwarded to a councillor, whose own domain passes: linked, and a person looks.
        answer, = self.read(self.mail(self.dispatch, 'Wij willen geen berichten van u meer ontvangen.',
                                      sender='raadslid@fractie.example'))
        self.assertEqual((answer['state'], answer['trust']), ('proposed', 'linked'))
        self.assert_stands(self.dispatch, reminder=['held to_judge'])

    def test_a_token_that_nobody_signed_links_nothing(self):
        mail = self.mail(self.dispatch, PASSED_ON, sender='iemand@elders.example')
        spoilt = mail.replace(b'reply+c', b'reply+d').replace(b'reply+e', b'reply+f')
        answer, = self.read(spoilt if spoilt != mail else mail.replace(b'reply+', b'reply+a'))
        self.assertNotIn(answer['trust'], ('proven', 'linked'))
        self.assert_stands(self.dispatch)

    # --- what came back ----------------------------------------------------------------------------------

    def test_a_wrong_address_fails_for_every_appeal(self):
        first, self.dispatch = self.dispatch, self.appeal('Oosterduin', name='Tweede')[0]
        report, = self.read(self.bounce(first))
        self.assertEqual((report['state'], report['kinds'], report['failure']), ('settled', 'bounce_hard', 'hard'))
        failing = ('griffie@oosterduin.example', 'failing')
        self.assert_stands(first, dispatch='bounced bounced_hard', griffie=failing)
        # The other appeal's reminder cannot go there either.
        self.assert_stands(self.dispatch, griffie=failing, reminder=['none failing'])

    def test_a_full_mailbox_is_tried_again(self):
        report, = self.read(self.bounce(self.dispatch, status='5.2.2', diagnostic='552 5.2.2 Mailbox full'))
        self.assertEqual((report['state'], report['kinds']), ('settled', 'bounce_soft'))
        self.assert_stands(self.dispatch, dispatch='bounced bounced_full', decisions=[('retry', '')])
        with self.database.transaction() as pool:
            again, = pool.get('raadspost.dispatch').search([
                ('appeal', '=', self.appeal_id), ('occurrence', '=', 2), ('state', 'in', ['planned', 'held'])])
            self.assertEqual((again.step.sequence, again.mailbox), (1, 'griffie@oosterduin.example'))

    def test_who_answers_all_the_same_gets_no_second_one(self):
        self.read(self.bounce(self.dispatch, status='5.2.2', diagnostic='552 5.2.2 Mailbox full'),
                  self.mail(self.dispatch, PASSED_ON))
        with self.database.transaction() as pool:
            waiting = pool.get('raadspost.dispatch').search([
                ('appeal', '=', self.appeal_id), ('occurrence', '=', 2), ('state', 'in', ['planned', 'held'])])
            self.assertEqual(waiting, [])

    def test_a_delay_is_no_failure(self):
        report, = self.read(self.bounce(self.dispatch, action='delayed', status='4.4.7', diagnostic='452 4.4.7 delayed'))
        self.assertEqual((report['state'], report['failure']), ('settled', 'pending'))
        self.assert_stands(self.dispatch)
        with self.database.transaction() as pool:
            event, = pool.get('raadspost.event').search([('dispatch', '=', self.dispatch), ('kind', '=', 'answer')])
            self.assertIn('langer', event.text)

    def test_a_report_touches_only_the_dispatch_that_it_names(self):
        for story, report, state in [
                ("our Message-ID, no signed address", {'to': None}, 'settled'),
                ("neither", {'to': None, 'returned': False}, 'proposed')]:
            with self.subTest(story):
                self.setUp()
                message, = self.read(self.bounce(self.dispatch, **report))
                self.assertEqual(message['state'], state)
                if state == 'proposed':
                    self.assert_stands(self.dispatch)

    def test_another_address_in_the_report_is_never_acted_upon(self):
        westerveen, = self.appeal('Westerveen')
        self.dispatch, = self.appeal('Oosterduin')
        report, = self.read(self.bounce(self.dispatch, recipient='griffie@westerveen.example'))
        self.assertEqual((report['state'], report['failed_address']), ('proposed', 'griffie@westerveen.example'))
        self.assert_stands(self.dispatch)
        self.assertEqual(self.standing(westerveen)['griffie'], ('griffie@westerveen.example', 'confirmed'))

    def test_an_answer_shows_that_what_was_uncertain_arrived(self):
        with self.database.transaction(commit=True) as pool:
            Dispatch = pool.get('raadspost.dispatch')
            Dispatch.write([Dispatch(self.dispatch)], {'state': 'uncertain', 'sent_at': None, 'claimed_at': self.sent_at})
        self.read(self.mail(self.dispatch, PASSED_ON))
        self.assert_stands(self.dispatch, **passed_on())

    # --- in any order, and more than once ----------------------------------------------------------------

    def test_the_order_of_mails_does_not_matter(self):
        def mails():
            return {'answer': self.mail(self.dispatch, LISTED), 'receipt': self.mail(self.dispatch, 'Wij hebben uw bericht ontvangen.'),
                    'soft': self.bounce(self.dispatch, status='5.2.2', diagnostic='552 5.2.2 Mailbox full'),
                    'hard': self.bounce(self.dispatch)}
        for names in (('answer', 'hard'), ('answer', 'soft'), ('soft', 'hard'), ('receipt', 'answer', 'hard'),
                      ('answer', 'soft', 'hard')):
            ends = {}
            for order in itertools.permutations(names):
                self.setUp()
                made = mails()
                for name in order:
                    self.read(made[name])
                ends[order] = self.standing(self.dispatch)
            with self.subTest(names):
                first, *others = ends.values()
                for other in others:
                    self.assertEqual(other, first)

    def test_the_same_mail_twice_counts_once(self):
        mail = self.mail(self.dispatch, LISTED)
        first, = self.read(mail)
        self.assertEqual(self.take_in(mail, mail), [])
        self.assert_stands(self.dispatch, dispatch='delivered', outcomes=[('listed', '28', '2026-12-10')])

    def test_two_reports_are_one_failure(self):
        self.read(self.bounce(self.dispatch), self.bounce(self.dispatch))
        self.assert_stands(self.dispatch, dispatch='bounced bounced_hard', griffie=('griffie@oosterduin.example', 'failing'))

    def test_tries_are_bounded(self):
        for turn in range(4):
            self.read(self.bounce(self.dispatch, status='5.2.2', diagnostic=f'552 5.2.2 Mailbox full ({turn})'))
            with self.database.transaction(commit=True) as pool:
                Dispatch = pool.get('raadspost.dispatch')
                waiting = Dispatch.search([('appeal', '=', self.appeal_id), ('step.sequence', '=', 1),
                                           ('state', 'in', ['planned', 'held'])])
                self.assertEqual(len(waiting), 1 if turn < 2 else 0)
                for again in waiting:
                    Dispatch.write([again], {'state': 'sent', 'sent_at': self.sent_at,
                                             'message_id': f'{again.id}@dorpen.example'})
                    self.dispatch = again.id

    # --- an office of several councils -------------------------------------------------------------------

    def test_of_several_councils_only_the_one_that_is_named(self):
        dispatch, _ = self.appeal('Duinoord', 'Veenlo', mailbox='griffie@samen.example')
        answer, = self.read(self.mail(dispatch, f'De griffie van Veenlo heeft uw brief doorgestuurd aan de raadsleden.',
                                      sender='griffie@samen.example'))
        self.assertEqual((answer['state'], answer['council']), ('settled', self.councils['Veenlo']))
        self.assertEqual(self.standing(dispatch, 'Veenlo')['outcomes'], [('passed_on', '', '')])
        self.assertEqual(self.standing(dispatch, 'Duinoord')['outcomes'], [])
        answer, = self.read(self.mail(dispatch, PASSED_ON, sender='griffie@samen.example'))
        self.assertEqual((answer['state'], answer['case']), ('proposed', None))
        self.assertCountEqual(answer['candidates'], ['Duinoord', 'Veenlo'])

    def test_what_comes_back_from_a_shared_office_concerns_all(self):
        dispatch, _ = self.appeal('Wijkerzand', 'Heideborg', mailbox='griffie@gedeeld.example')
        report, = self.read(self.bounce(dispatch, recipient='griffie@gedeeld.example', status='5.2.2',
                                        diagnostic='552 5.2.2 Mailbox full'))
        self.assertEqual(report['state'], 'settled')
        self.assertEqual(self.standing(dispatch)['decisions'], [('retry', ''), ('retry', '')])


if __name__ == '__main__':
    unittest.main()

"""The plan of an appeal in a real trytond: each council after its own election, planned anew when a fact changes."""
import collections
import contextlib
import datetime
import unittest

from database import HostTest
from trytond.transaction import Transaction

date, moment = datetime.date, datetime.datetime
AUTUMN = moment(2025, 10, 6, 8)  # a Monday, ten o'clock in the Netherlands


def day_of(line):
    return line.day


class PlannerTest(HostTest):
    modules = ['raadspost']

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.database.transaction(commit=True) as pool:
            Council, Griffie, Election = map(pool.get, [
                'raadspost.council', 'raadspost.griffie', 'raadspost.election'])
            cls.oosterduin, cls.westerveen, cls.noorderham, cls.wijdemeer = (
                council.id for council in Council.create([
                    {'code': 'GM0001', 'name': 'Oosterduin'}, {'code': 'GM0002', 'name': 'Westerveen'},
                    {'code': 'GM0003', 'name': 'Noorderham'}, {'code': 'GM0004', 'name': 'Wijdemeer'}]))
            everyone = [cls.oosterduin, cls.westerveen, cls.noorderham, cls.wijdemeer]
            Griffie.create([
                {'name': f'Griffie {council.name}', 'email': f'griffie@{council.code.lower()}.test',
                 'status': 'confirmed', 'councils': [('add', [council.id])]} for council in Council.browse(everyone)])
            # Westerveen and Wijdemeer vote in November, as they merge; the others in March.
            Election.create([
                {'kind': 'regular', 'name': 'GR2022', 'voting_day': date(2022, 3, 16),
                 'installation_day': date(2022, 3, 30), 'councils': [('add', everyone)]},
                {'kind': 'regular', 'name': 'GR2026', 'voting_day': date(2026, 3, 18),
                 'installation_day': date(2026, 4, 1), 'councils': [('add', [cls.oosterduin, cls.noorderham])]},
                {'kind': 'reorganisation', 'name': 'HER2026', 'voting_day': date(2026, 11, 18),
                 'installation_day': date(2027, 1, 4), 'councils': [('add', [cls.westerveen, cls.wijdemeer])]},
                {'kind': 'regular', 'name': 'GR2030', 'voting_day': date(2030, 3, 20),
                 'installation_day': date(2030, 4, 3), 'councils': [('add', everyone)]}])
            party, = pool.get('party.party').create([{'name': 'Vereniging Kleine Dorpen'}])
            association, = pool.get('raadspost.association').create([{
                'name': party.name, 'party': party.id, 'sender_name': party.name,
                'sender_email': 'oproep@dorpen.example', 'city': 'Oosterduin'}])
            cls.association = association.id
            Configuration = pool.get('raadspost.configuration')
            configuration = Configuration(1)
            configuration.approval_required = False
            configuration.hold_minutes = 0
            configuration.window_from, configuration.window_to = datetime.time(9), datetime.time(17)
            configuration.save()

    @contextlib.contextmanager
    def running(self, *steps):
        "An appeal that began in autumn 2025, with a first step and these."
        with self.database.transaction() as pool:
            Appeal, Step = pool.get('raadspost.appeal'), pool.get('raadspost.step')
            appeal, = Appeal.create([{
                'name': 'Plekken', 'association': self.association, 'subject': 'Een plek', 'letter': '',
                'message': 'Geachte griffie,\n\nWilt u dit doorsturen?\n'}])
            Step.write(list(appeal.steps), {'with_letter': False})
            Step.create([{'appeal': appeal.id, 'sequence': n + 2, 'name': f'Stap {n + 2}', **step}
                         for n, step in enumerate(steps)])
            Appeal.write([appeal], {'state': 'running', 'starts_at': AUTUMN})
            self.pool, self.appeal = pool, appeal.id
            yield appeal.id

    def plan(self, now):
        return self.pool.get('raadspost.appeal').plan(now)

    def line(self, council, step=1):
        Line = self.pool.get('raadspost.plan.line')
        line, = Line.search([('appeal', '=', self.appeal), ('council', '=', council), ('simulation', '=', None),
                             ('step.sequence', '=', step)])
        return line

    def dispatches(self, **wanted):
        return self.pool.get('raadspost.dispatch').search(
            [('appeal', '=', self.appeal), *((name, '=', value) for name, value in wanted.items())])

    def sent(self, *dispatches, at=AUTUMN):
        self.pool.get('raadspost.dispatch').write(list(dispatches), {'state': 'sent', 'sent_at': at})

    def outcome(self, council, kind, on):
        case, = self.pool.get('raadspost.case').search([('appeal', '=', self.appeal), ('council', '=', council)])
        self.pool.get('raadspost.outcome').create([{'case': case.id, 'kind': kind, 'on': on, 'source': 'staff'}])

    after_installation = {'anchor': 'installation', 'offset': 5, 'offset_unit': 'working_days',
                          'condition': 'not_passed_on', 'looks_at': 'both'}
    reminder = {'anchor': 'previous_step', 'offset': 10, 'offset_unit': 'working_days', 'condition': 'no_answer'}

    def test_each_council_follows_its_own_election(self):
        with self.running(self.after_installation):
            self.plan(AUTUMN)
            self.assertEqual(self.line(self.oosterduin, 2).day, date(2026, 4, 9))
            self.assertEqual(self.line(self.westerveen, 2).day, date(2027, 1, 11))
            self.assertEqual((self.line(self.oosterduin).period, self.line(self.oosterduin, 2).period),
                             ('2022-2026', '2026-2030'))
            self.assertEqual((self.line(self.westerveen).period, self.line(self.westerveen, 2).period),
                             ('2022-2027', '2027-2030'))
            # A new term is a new case.
            cases = self.pool.get('raadspost.case').search([('appeal', '=', self.appeal)])
            self.assertEqual(collections.Counter(case.council.id for case in cases), {
                self.oosterduin: 2, self.westerveen: 2, self.noorderham: 2, self.wijdemeer: 2})

    def test_planning_twice_changes_nothing(self):
        with self.running(self.after_installation, self.reminder):
            self.assertGreater(self.plan(AUTUMN), 0)
            self.assertEqual(self.plan(AUTUMN), 0)

    def test_what_a_sender_is_making_is_left_as_it_is(self):
        "Its cases were taken for missing, and who told of an answer then was refused."
        with self.running(self.reminder):
            self.plan(AUTUMN)
            taken = self.dispatches(step=self.line(self.oosterduin).step.id)
            Dispatch = self.pool.get('raadspost.dispatch')
            Dispatch.write(taken, {'journal': 'somebody'})
            self.plan(AUTUMN)
            self.assertEqual(self.plan(AUTUMN), 0)
            self.assertEqual(self.line(self.oosterduin).state, 'under_way')
            self.outcome(self.oosterduin, 'passed_on', AUTUMN.date())
            self.pool.get('raadspost.griffie').write(
                list(self.pool.get('raadspost.council')(self.westerveen).griffies), {'email': 'raad@gm0002.test'})
            self.pool.get('raadspost.appeal').plan_councils([self.oosterduin])
            self.plan(AUTUMN)
            self.assertEqual({(d.state, d.mailbox[:8]) for d in self.dispatches(journal='somebody')},
                             {('planned', 'griffie@')})
            Dispatch.write(taken, {'journal': None})  # given back
            self.plan(AUTUMN)
            self.assertIn('raad@gm0002.test', {d.mailbox for d in self.dispatches(state='planned')})

    def test_what_the_old_council_passed_on_counts_where_the_step_looks_at_both(self):
        with self.running(self.after_installation):
            self.plan(AUTUMN)
            self.sent(*(d for d in self.dispatches() if d.step.sequence == 1))
            self.outcome_of_first_case(self.oosterduin, 'passed_on', date(2025, 11, 3))
            self.plan(moment(2025, 11, 4, 9))
            line = self.line(self.oosterduin, 2)
            self.assertEqual((line.state, line.reason, line.due), ('none', 'cond_passed_on', None))
            self.assertEqual(line.was, '09-04-2026')
            cancelled, = self.dispatches(state='cancelled')
            self.assertEqual(cancelled.reason, 'cond_passed_on')
            self.assertEqual(self.line(self.noorderham, 2).state, 'planned')

    def test_what_is_ready_is_called_back_where_an_outcome_comes(self):
        "Only answers by mail called it back: one by telephone was followed by the reminder."
        with self.running(self.reminder):
            self.plan(AUTUMN)
            self.sent(*self.dispatches(step=self.line(self.oosterduin).step.id))
            self.plan(AUTUMN)
            ready = self.dispatches(step=self.line(self.oosterduin, 2).step.id)
            self.assertEqual(len(ready), 4)
            hour_ago = datetime.datetime.utcnow() - datetime.timedelta(hours=1)
            self.pool.get('raadspost.dispatch').write(ready, {'state': 'released', 'released_at': hour_ago})
            self.outcome(self.oosterduin, 'passed_on', date(2025, 10, 20))
            self.pool.get('raadspost.appeal').plan_councils([self.oosterduin])
            self.assertEqual([d.cases[0].council.id for d in self.dispatches(state='cancelled')], [self.oosterduin])
            self.assertEqual(len(self.dispatches(state='released')), 3)

    def outcome_of_first_case(self, council, kind, on):
        case, = self.pool.get('raadspost.case').search(
            [('appeal', '=', self.appeal), ('council', '=', council), ('period', 'like', '2022-%')])
        self.pool.get('raadspost.outcome').create([{'case': case.id, 'kind': kind, 'on': on, 'source': 'staff'}])

    def test_planning_around_one_council_is_planning_all(self):
        with self.running(self.after_installation, self.reminder):
            self.plan(moment.utcnow())
            self.assertEqual(self.pool.get('raadspost.appeal').plan_councils([self.oosterduin]), 0)
            case = self.pool.get('raadspost.case').search(
                [('appeal', '=', self.appeal), ('council', '=', self.oosterduin)])[0]
            self.pool.get('raadspost.outcome').create([{
                'case': case.id, 'kind': 'no_more', 'on': date(2025, 11, 3), 'source': 'staff'}])
            self.assertGreater(self.pool.get('raadspost.appeal').plan_councils([self.oosterduin]), 0)
            self.assertEqual(self.line(self.oosterduin).reason, 'stopped')
            self.assertEqual(self.plan(moment.utcnow()), 0)

    def test_a_corrected_date_moves_what_waits_and_nothing_else(self):
        with self.running(self.after_installation):
            self.plan(AUTUMN)
            first, = self.dispatches(mailbox='griffie@gm0002.test', occurrence=1, **{'step.sequence': 1})
            waits, = self.dispatches(mailbox='griffie@gm0002.test', **{'step.sequence': 2})
            self.sent(first)
            Election = self.pool.get('raadspost.election')
            Election.write(Election.search([('name', '=', 'HER2026')]), {'installation_day': date(2027, 1, 11)})
            self.plan(moment(2025, 10, 8, 9))
            self.assertEqual(self.line(self.westerveen, 2).day, date(2027, 1, 18))
            Dispatch = self.pool.get('raadspost.dispatch')
            self.assertEqual(Dispatch(waits.id).due.date(), date(2027, 1, 18))
            self.assertEqual((Dispatch(first.id).state, Dispatch(first.id).sent_at), ('sent', AUTUMN))

    def test_an_answer_stays_with_its_case_when_the_term_ends_on_another_day(self):
        with self.running(self.reminder):
            self.plan(AUTUMN)
            self.sent(*self.dispatches(**{'step.sequence': 1}))
            self.outcome(self.oosterduin, 'answered', date(2025, 10, 7))
            Election = self.pool.get('raadspost.election')
            gr2026, = Election.search([('name', '=', 'GR2026')])
            # Oosterduin, too, is to merge: its council sits until January.
            her2026, = Election.search([('name', '=', 'HER2026')])
            Election.write([gr2026], {'councils': [('remove', [self.oosterduin])]},
                           [her2026], {'councils': [('add', [self.oosterduin])]})
            case, = self.pool.get('raadspost.case').search(
                [('appeal', '=', self.appeal), ('council', '=', self.oosterduin)])
            self.assertEqual(case.period, '2022-2027')
            # A case that got its name from elsewhere is found by its year.
            self.pool.get('raadspost.case').write([case], {'period': '2022-2025'})
            self.plan(moment(2025, 10, 8, 9))
            self.assertEqual(self.line(self.oosterduin, 2).reason, 'cond_answered')
            self.assertEqual(self.line(self.noorderham, 2).state, 'planned')

    def test_what_a_councils_own_list_tells_stops_nothing(self):
        with self.running(self.after_installation):
            self.plan(AUTUMN)
            case, = self.pool.get('raadspost.case').search(
                [('appeal', '=', self.appeal), ('council', '=', self.oosterduin), ('period', 'like', '2022-%')])
            self.pool.get('raadspost.outcome').create([{
                'case': case.id, 'kind': 'listed', 'on': date(2025, 10, 7), 'source': 'council_information'}])
            self.plan(moment(2025, 10, 8, 9))
            self.assertEqual(self.line(self.oosterduin, 2).state, 'planned')

    def test_a_restart_moves_no_reminder_of_what_has_left(self):
        with self.running(self.reminder):
            Appeal = self.pool.get('raadspost.appeal')
            self.plan(AUTUMN)
            self.sent(*self.dispatches(**{'step.sequence': 1}))
            Appeal.write([Appeal(self.appeal)], {'began_at': AUTUMN, 'starts_at': moment(2025, 10, 15, 8)})
            self.plan(moment(2025, 10, 15, 9))
            self.assertEqual(self.line(self.oosterduin, 2).day, date(2025, 10, 20))

    def test_an_office_that_opted_out_speaks_for_its_council(self):
        with self.running():
            self.pool.get('raadspost.griffie').create([{
                'name': 'Raadsgriffie Oosterduin', 'email': 'raad@gm0001.test', 'status': 'opted_out',
                'councils': [('add', [self.oosterduin])]}])
            self.plan(AUTUMN)
            self.assertEqual(self.line(self.oosterduin).reason, 'opted_out')

    def test_a_council_formed_on_the_way_has_its_term_from_that_day(self):
        with self.running():
            Council, Griffie = self.pool.get('raadspost.council'), self.pool.get('raadspost.griffie')
            formed, = Council.create([{'code': 'GM0005', 'name': 'Zandvoorde', 'active_from': date(2025, 1, 1)}])
            Griffie.create([{'name': 'Griffie Zandvoorde', 'email': 'griffie@gm0005.test', 'status': 'confirmed',
                             'councils': [('add', [formed.id])]}])
            self.plan(AUTUMN)
            self.assertEqual(self.line(formed.id).period, '2025-2026')

    def test_a_server_that_slept_asks_a_person(self):
        with self.running():
            self.plan(AUTUMN)
            self.plan(moment(2025, 11, 12, 9))
            self.assertEqual({(d.state, d.reason) for d in self.dispatches()}, {('held', 'late')})
            line = self.line(self.oosterduin)
            self.pool.get('raadspost.plan.decision').create([{
                'appeal': self.appeal, 'council': self.oosterduin, 'step': line.step.id, 'kind': 'now',
                'reason': 'mag alsnog', 'at': moment(2025, 11, 12, 9)}])
            self.plan(moment(2025, 11, 12, 9))
            self.assertEqual(self.line(self.oosterduin).state, 'planned')
            self.assertEqual(self.line(self.noorderham).reason, 'late')

    def test_what_was_ready_and_never_taken_asks_a_person_too(self):
        with self.running():
            self.plan(AUTUMN)
            self.pool.get('raadspost.dispatch').write(self.dispatches(), {'state': 'released', 'released_at': AUTUMN})
            self.plan(moment(2025, 10, 8, 9))
            self.assertEqual({d.state for d in self.dispatches()}, {'released'})
            self.plan(moment(2025, 11, 12, 9))
            self.assertEqual({(d.state, d.reason) for d in self.dispatches()}, {('held', 'late')})

    def decide(self, dispatch, decision):
        Wizard = self.pool.get('raadspost.dispatch.decide', type='wizard')
        with Transaction().set_context(active_model='raadspost.dispatch', active_id=dispatch.id,
                                       active_ids=[dispatch.id]):
            session, _, _ = Wizard.create()
            Wizard.execute(session, {'start': {'decision': decision, 'reason': 'eerst bellen'}}, 'decide')

    def test_the_planner_keeps_to_what_was_decided_about_a_dispatch(self):
        """It let go a minute later what a person had held, and made another of what a person had cancelled."""
        with self.running():
            self.plan(AUTUMN)
            Dispatch = self.pool.get('raadspost.dispatch')
            held, = self.dispatches(mailbox='griffie@gm0001.test')
            gone, = self.dispatches(mailbox='griffie@gm0002.test')
            deferred, = self.dispatches(mailbox='griffie@gm0003.test')
            Dispatch.write([deferred], {'state': 'deferred'})
            self.decide(held, 'hold')
            self.decide(gone, 'cancel')
            self.decide(deferred, 'cancel')
            self.plan(AUTUMN)
            self.assertEqual([(d.state, d.reason) for d in self.dispatches(mailbox='griffie@gm0001.test')],
                             [('held', 'staff')])
            for mailbox in ('griffie@gm0002.test', 'griffie@gm0003.test'):
                self.assertEqual([d.state for d in self.dispatches(mailbox=mailbox)], ['cancelled'])
            self.assertEqual((self.line(self.westerveen).reason, self.line(self.noorderham).reason),
                             ('skipped', 'skipped'))
            self.decide(Dispatch(held.id), 'let_go')
            self.plan(AUTUMN)
            self.assertEqual(Dispatch(held.id).state, 'planned')

    def test_what_a_person_lets_go_is_not_late_again(self):
        with self.running():
            self.plan(AUTUMN)
            self.plan(moment(2025, 11, 12, 9))
            late, = self.dispatches(mailbox='griffie@gm0001.test')
            self.assertEqual(late.reason, 'late')
            self.decide(late, 'let_go')
            self.plan(moment.utcnow())
            self.assertEqual(self.pool.get('raadspost.dispatch')(late.id).state, 'planned')

    def test_a_new_address_is_followed_by_the_same_dispatch(self):
        with self.running():
            self.plan(AUTUMN)
            before, = self.dispatches(mailbox='griffie@gm0001.test')
            Griffie = self.pool.get('raadspost.griffie')
            Griffie.write(Griffie.search([('mailbox', '=', 'griffie@gm0001.test')]), {'email': 'raad@oosterduin.test'})
            self.plan(AUTUMN)
            after, = self.dispatches(mailbox='raad@oosterduin.test')
            self.assertEqual((after.id, after.state), (before.id, 'planned'))
            self.assertEqual(self.dispatches(mailbox='griffie@gm0001.test'), [])

    def test_offices_that_join_get_one_message(self):
        with self.running():
            self.plan(AUTUMN)
            Griffie = self.pool.get('raadspost.griffie')
            Griffie.write(Griffie.search([('mailbox', '=', 'griffie@gm0003.test')]), {'email': 'griffie@gm0001.test'})
            self.plan(AUTUMN)
            joint, = [d for d in self.dispatches(mailbox='griffie@gm0001.test') if d.state == 'planned']
            self.assertEqual({case.council.id for case in joint.cases}, {self.oosterduin, self.noorderham})
            self.assertEqual(self.plan(AUTUMN), 0)

    def test_a_merged_council_is_followed_up_at_its_successor(self):
        with self.running(self.after_installation, {'anchor': 'date', 'anchor_date': date(2027, 2, 1)}):
            self.plan(AUTUMN)
            self.sent(*(d for d in self.dispatches() if d.step.sequence == 1))
            Council = self.pool.get('raadspost.council')
            Council.write([Council(self.wijdemeer)], {
                'active_to': date(2026, 12, 31), 'successor': self.westerveen})
            self.plan(moment(2026, 6, 1, 9))
            self.assertEqual((self.line(self.wijdemeer, 2).state, self.line(self.wijdemeer, 2).reason),
                             ('none', 'merged'))
            open_case, successor = self.line(self.wijdemeer, 3), self.line(self.westerveen, 3)
            self.assertEqual(open_case.dispatch, successor.dispatch)
            self.assertEqual((open_case.mailbox, open_case.period), ('griffie@gm0002.test', '2022-2027'))

    def test_a_council_that_ends_votes_along_and_has_no_next_term(self):
        in_the_silence = {'anchor': 'date', 'anchor_date': date(2026, 12, 1)}
        with self.running(self.after_installation, in_the_silence):
            self.plan(AUTUMN)
            self.sent(*(d for d in self.dispatches() if d.step.sequence == 1))
            Council, Term = self.pool.get('raadspost.council'), self.pool.get('raadspost.council.term')
            Council.write([Council(self.wijdemeer)], {
                'active_to': date(2026, 12, 31), 'successor': self.westerveen})
            Term.delete(Term.search([('council', '=', self.wijdemeer), ('installed_on', '>', date(2026, 12, 31))]))
            self.plan(moment(2026, 6, 1, 9))
            self.assertEqual((self.line(self.wijdemeer, 2).state, self.line(self.wijdemeer, 2).reason),
                             ('none', 'merged'))
            waits = self.line(self.wijdemeer, 3)
            self.assertEqual((waits.state, waits.day, waits.moved_by), ('planned', date(2027, 1, 5), 'silence'))

    def test_every_council_has_a_day_or_one_reason(self):
        with self.running(self.reminder, self.after_installation):
            Griffie = self.pool.get('raadspost.griffie')
            Griffie.write(Griffie.search([('mailbox', '=', 'griffie@gm0003.test')]), {'status': 'opted_out'})
            Griffie.delete(Griffie.search([('mailbox', '=', 'griffie@gm0004.test')]))
            self.plan(AUTUMN)
            lines = self.pool.get('raadspost.plan.line').search(
                [('appeal', '=', self.appeal), ('simulation', '=', None)])
            self.assertEqual(len(lines), 3 * 4)
            for line in lines:
                self.assertEqual(line.due is None, bool(line.reason), line.rec_name)
            self.assertEqual((self.line(self.noorderham).reason, self.line(self.wijdemeer).reason),
                             ('opted_out', 'no_griffie'))

    def test_a_draft_shows_its_plan_and_makes_no_dispatch(self):
        with self.running(self.after_installation) as appeal:
            self.pool.get('raadspost.appeal').write([self.pool.get('raadspost.appeal')(appeal)], {
                'state': 'draft', 'starts_at': None})
            self.plan(AUTUMN)
            self.assertEqual(self.line(self.oosterduin).state, 'planned')
            self.assertEqual(self.dispatches(), [])

    def test_the_plan_of_a_draft_changes_with_the_day_not_with_the_minute(self):
        with self.running(self.after_installation) as appeal:
            Appeal = self.pool.get('raadspost.appeal')
            Appeal.write([Appeal(appeal)], {'state': 'draft', 'starts_at': None})
            self.plan(AUTUMN)
            first = self.line(self.oosterduin).day
            self.assertEqual(self.plan(AUTUMN + datetime.timedelta(minutes=7)), 0)
            self.assertGreater(self.plan(AUTUMN + datetime.timedelta(days=1)), 0)
            self.assertEqual((self.line(self.oosterduin).day - first).days, 1)
            # Once it begins it is told to the minute.
            begin = AUTUMN + datetime.timedelta(days=1, minutes=7)
            Appeal.write([Appeal(appeal)], {'state': 'running', 'starts_at': begin})
            self.plan(begin)
            self.assertEqual(self.line(self.oosterduin).due, begin)

    def test_a_recess_closes_a_region_or_a_council(self):
        with self.running():
            Configuration, Recess = self.pool.get('raadspost.configuration'), self.pool.get('raadspost.recess')
            Council = self.pool.get('raadspost.council')
            configuration = Configuration(1)
            configuration.keep_recess = True
            configuration.save()
            Council.write([Council(self.noorderham)], {'region': 'noord'})
            Council.write(Council.browse([self.westerveen, self.wijdemeer, self.oosterduin]), {'region': 'zuid'})
            Recess.create([
                {'name': 'Herfst', 'region': 'noord', 'from_day': date(2025, 10, 4), 'to_day': date(2025, 10, 12)},
                {'name': 'Eigen', 'council': self.westerveen, 'from_day': date(2025, 10, 6),
                 'to_day': date(2025, 10, 7)}])
            self.plan(AUTUMN)
            self.assertEqual([self.line(council).day for council in (
                self.oosterduin, self.noorderham, self.westerveen)],
                [date(2025, 10, 6), date(2025, 10, 13), date(2025, 10, 8)])
            self.assertEqual(self.line(self.noorderham).moved_by, 'recess')

    def test_days_between_messages_over_all_appeals(self):
        with self.running() as first:
            Configuration = self.pool.get('raadspost.configuration')
            configuration = Configuration(1)
            configuration.gap_days = 14
            configuration.save()
            Appeal = self.pool.get('raadspost.appeal')
            second, = Appeal.copy([Appeal(first)])
            Appeal.write([second], {'state': 'running', 'starts_at': AUTUMN + datetime.timedelta(hours=1)})
            self.plan(AUTUMN)
            self.assertEqual(self.line(self.oosterduin).day, date(2025, 10, 6))
            self.appeal = second.id
            self.assertEqual((self.line(self.oosterduin).day, self.line(self.oosterduin).moved_by),
                             (date(2025, 10, 20), 'gap'))


if __name__ == '__main__':
    unittest.main()

"""What staff see of the follow-up, in a real trytond: the rule of a step in words, the plan and its reasons, decisions
that can be undone, approval of a step. The planner's rows are written by hand here; how they come about is
test_followup.py's."""
import contextlib
import datetime
import unittest

from database import HostTest, today


class FollowUpScreensTest(HostTest):
    modules = ['raadspost']

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.database.transaction(commit=True) as pool:
            Data, User = pool.get('ir.model.data'), pool.get('res.user')
            cls.editor, cls.approver = (
                user.id for user in User.create([
                    {'name': name, 'login': login, 'groups': [('add', [Data.get_id('raadspost', f'group_{group}')])]}
                    for name, login, group in (("Anneke Vermeer", 'anneke', 'editor'), ("Bram de Wit", 'bram', 'approver'))]))
            cls.councils = [council.id for council in pool.get('raadspost.council').create([
                {'code': f'GM000{n}', 'name': name} for n, name in enumerate(("Oosterduin", "Westerveen", "Noorderham"), 1)])]
            griffies = pool.get('raadspost.griffie').create([
                {'name': f'Griffie {n}', 'email': f'griffie@raad{n}.test', 'status': 'confirmed',
                 'councils': [('add', [council])]} for n, council in enumerate(cls.councils, 1)])
            cls.griffies = [griffie.id for griffie in griffies]
            party, = pool.get('party.party').create([{'name': "Vereniging Kleine Dorpen"}])
            association, = pool.get('raadspost.association').create([{
                'name': "Vereniging Kleine Dorpen", 'party': party.id, 'sender_name': "Vereniging Kleine Dorpen",
                'sender_email': 'oproep@dorpen.example'}])
            cls.association = association.id

    def appeal(self, pool, **values):
        Appeal = pool.get('raadspost.appeal')
        appeal, = Appeal.create([{
            'name': "Plekken", 'association': self.association, 'subject': "Een plek voor {{gemeente}}",
            'message': "Geachte griffie van {{gemeente}},", 'letter': "Geachte raad van {{gemeente}},", **values}])
        return Appeal(appeal.id)

    @contextlib.contextmanager
    def as_client(self, user):
        from trytond.transaction import Transaction
        with Transaction().set_user(user), Transaction().set_context(_check_access=True):
            yield

    def assert_refused(self, part, action, *arguments):
        from trytond.exceptions import UserError
        with self.assertRaises(UserError) as refused:
            action(*arguments)
        self.assertIn(part, refused.exception.message)

    # --- steps -------------------------------------------------------------------------------------------

    def step(self, pool, appeal, **values):
        Step = pool.get('raadspost.step')
        step, = Step.create([{'appeal': appeal.id, 'sequence': 9, 'name': "Herinnering", **values}])
        return Step(step.id)

    def test_a_step_says_its_rule_in_words(self):
        date = datetime.date
        said = {
            "Zodra de oproep begint, aan alle raden.": {},
            "10 werkdagen na de installatie van de nieuwe raad, om 9:00 uur, aan raden zonder antwoord in deze "
            "raadsperiode, niet voor 01-04-2026, niet na 31-12-2026.": {
                'anchor': 'installation', 'offset': 10, 'offset_unit': 'working_days', 'condition': 'no_answer',
                'time_of_day': datetime.time(9), 'due': date(2026, 4, 1), 'not_after': date(2026, 12, 31)},
            "3 weken na de stap ervoor, aan raden waar de brief niet is doorgestuurd in deze of de vorige "
            "raadsperiode, hoogstens 2 keer, met minstens 2 weken ertussen.": {
                'anchor': 'previous_step', 'offset': 21, 'condition': 'not_passed_on', 'looks_at': 'both', 'cap': 2,
                'days_apart': 14},
            "1 dag voor de verkiezingsdag, aan alle raden, zodra deze stap is goedgekeurd.": {
                'anchor': 'voting_day', 'offset': -1, 'needs_approval': True},
            "Op 15-09-2026, aan alle raden.": {'anchor': 'date', 'anchor_date': date(2026, 9, 15)},
        }
        with self.database.transaction() as pool:
            appeal = self.appeal(pool)
            for words, values in said.items():
                with self.subTest(words=words):
                    self.assertEqual(self.step(pool, appeal, **values).in_words, words)

    def test_the_words_follow_the_form(self):
        with self.database.transaction() as pool:
            Step = pool.get('raadspost.step')
            step = Step(anchor='installation', offset=3, offset_unit='working_days', condition='always', looks_at='this',
                        cap=1, time_of_day=datetime.time(13, 30))
            step.on_change_offset()
            self.assertEqual(step.in_words,
                             "3 werkdagen na de installatie van de nieuwe raad, om 13:30 uur, aan alle raden.")

    def test_a_rule_that_cannot_be_is_refused(self):
        date = datetime.date
        refused = {
            "nooit uitgaan": {'due': date(2026, 5, 2), 'not_after': date(2026, 5, 1)},
            "van 1 tot en met 20": {'cap': 21, 'days_apart': 1},
            "van 0 tot en met 3650": {'cap': 2, 'days_apart': 3651},
            "is de eerste": {'anchor': 'previous_step', 'sequence': 0},
            # What a form requires the host asks for itself.
            "Datum": {'anchor': 'date'},
            "Dagen ertussen": {'cap': 2},
        }
        for part, values in refused.items():
            with self.subTest(part=part), self.database.transaction() as pool:
                self.assert_refused(part, lambda: self.step(pool, self.appeal(pool), **values))

    def test_the_default_steps_are_added_once(self):
        with self.database.transaction() as pool:
            appeal = self.appeal(pool)
            Appeal = pool.get('raadspost.appeal')
            for _ in range(2):
                Appeal.add_default_steps([appeal])
                self.assertEqual([step.name for step in Appeal(appeal.id).steps], [
                    "Eerste bericht", "Herinnering", "Na de installatie", "Aan de nieuwe raad", "Voor de begroting"])
            after = Appeal(appeal.id).steps[2]
            self.assertEqual((after.anchor, after.offset, after.offset_unit, after.condition, after.looks_at),
                             ('installation', 10, 'working_days', 'not_passed_on', 'both'))
            self.assertEqual(Appeal(appeal.id).problems, '')

    def test_the_texts_of_every_step_are_checked(self):
        with self.database.transaction() as pool:
            appeal = self.appeal(pool)
            self.step(pool, appeal, message="Nog eens over {{gemente}}.")
            problems = pool.get('raadspost.appeal')(appeal.id).problems
            self.assertIn("Herinnering: Bericht, regel 1", problems)
            self.step(pool, appeal, name="Laatste", message="Beste {{griffier}},")
            pool.get('raadspost.step').delete(pool.get('raadspost.step').search(
                [('appeal', '=', appeal.id), ('name', '=', "Herinnering")]))
            self.assertIn("Laatste: ", pool.get('raadspost.appeal')(appeal.id).problems)
            self.assertIn("(betreft raden: 3)", pool.get('raadspost.appeal')(appeal.id).problems)

    def test_another_rule_takes_the_approval_back(self):
        for change, state in (({'offset': 5, 'anchor': 'installation'}, 'draft'), ({'sequence': 1}, 'approved')):
            with self.subTest(change=change), self.database.transaction() as pool:
                Appeal = pool.get('raadspost.appeal')
                with self.as_client(self.editor):
                    appeal = self.appeal(pool)
                    Appeal.submit([appeal])
                with self.as_client(self.approver):
                    Appeal.approve([Appeal(appeal.id)])
                pool.get('raadspost.step').write(list(Appeal(appeal.id).steps), change)
                self.assertEqual(Appeal(appeal.id).state, state)

    # --- the plan ----------------------------------------------------------------------------------------

    def lines(self, pool, appeal, *rows, **common):
        "A line for each council in turn."
        step = appeal.steps[0]
        return pool.get('raadspost.plan.line').create([
            {'appeal': appeal.id, 'step': step.id, 'council': council, 'changed_at': datetime.datetime(2026, 1, 1, 12), **common,
             **row} for council, row in zip(self.councils, rows)])

    def planned(self, day):
        return {'state': 'planned', 'reason': '', 'day': day, 'due': datetime.datetime.combine(day, datetime.time(8))}

    def test_the_summary_adds_up_to_the_councils(self):
        day = datetime.date(2026, 4, 15)
        with self.database.transaction() as pool:
            appeal = self.appeal(pool)
            self.assertEqual(appeal.plan_summary, '')
            self.lines(pool, appeal, self.planned(day), {'state': 'none', 'reason': 'cond_answered'},
                       {**self.planned(day + datetime.timedelta(2)), 'state': 'held', 'reason': 'late'})
            # Figure spaces: the client's font is proportional.
            summary = pool.get('raadspost.appeal')(appeal.id).plan_summary.replace('\u2007', ' ')
            self.assertEqual(summary.splitlines(), [
                "Eerste bericht: 2 van de 3 raden",
                "       1  Gepland, 15-04-2026",
                "       1  Wacht: te laat, vraagt een besluit, 17-04-2026",
                "       1  Heeft geantwoord"])

    def test_changed_is_since_the_last_look_of_each_user(self):
        with self.database.transaction() as pool:
            Appeal, Line = pool.get('raadspost.appeal'), pool.get('raadspost.plan.line')
            appeal = self.appeal(pool)
            first, second, third = self.lines(pool, appeal, *[self.planned(datetime.date(2026, 4, 15))] * 3)

            def changed():
                return {line.id for line in Line.search([('appeal', '=', appeal.id), ('changed', '=', True)])}
            with self.as_client(self.editor):
                self.assertEqual(changed(), {first.id, second.id, third.id})
                Appeal.plan_seen([appeal])
                self.assertEqual(changed(), set())
            Line.write([second], {'changed_at': datetime.datetime.now() + datetime.timedelta(minutes=1)})
            with self.as_client(self.editor):
                self.assertEqual(changed(), {second.id})
                self.assertEqual({line.id for line in Line.search([('appeal', '=', appeal.id), ('changed', '=', False)])},
                                 {first.id, third.id})
                self.assertEqual([line.changed for line in Line.browse([first.id, second.id])], [False, True])
                Appeal.plan_seen([appeal])
            with self.as_client(self.approver):
                self.assertEqual(changed(), {first.id, second.id, third.id})

    def test_no_client_writes_the_plan(self):
        from trytond.model.exceptions import AccessError
        with self.database.transaction() as pool:
            appeal = self.appeal(pool)
            line, = self.lines(pool, appeal, self.planned(datetime.date(2026, 4, 15)))
            with self.as_client(self.approver):
                for refused in (lambda: pool.get('raadspost.plan.line').write([line], {'state': 'sent'}),
                                lambda: pool.get('raadspost.plan.line').delete([line]),
                                lambda: pool.get('raadspost.outcome').create([{}])):
                    self.assertRaises(AccessError, refused)

    def test_a_day_of_the_calendar_is_the_day_in_the_netherlands(self):
        # 22:30 UTC is the next day there, in summer; in winter it is not, but 23:30 UTC is.
        moments = {datetime.datetime(2026, 7, 1, 22, 30): 2, datetime.datetime(2026, 12, 1, 22, 30): 1,
                   datetime.datetime(2026, 12, 1, 23, 30): 2, datetime.datetime(2026, 3, 29, 1): 29,
                   datetime.datetime(2026, 10, 24, 22, 30): 25, datetime.datetime(2026, 10, 25, 22, 59): 25}
        for moment, day in moments.items():
            with self.subTest(moment=moment), self.database.transaction() as pool:
                appeal = self.appeal(pool)
                Dispatch = pool.get('raadspost.dispatch')
                Dispatch.create([{'appeal': appeal.id, 'step': appeal.steps[0].id, 'occurrence': 1, 'mailbox': f'{state}@raad.test',
                                  'state': state, 'due': moment} for state in ('planned', 'held', 'cancelled')])
                row, = pool.get('raadspost.plan.day').search([('appeal', '=', appeal.id)])
                self.assertEqual((row.day, row.name, row.planned, row.waits, row.number),
                                 (moment.date().replace(day=day), "Eerste bericht: 2", 1, 1, 2))

    def test_what_is_planned_for_later_is_not_ready(self):
        now = datetime.datetime.now().replace(microsecond=0)
        day = datetime.timedelta(days=1)
        with self.database.transaction() as pool:
            appeal = self.appeal(pool)
            self.assertEqual(pool.get('raadspost.sending')(1).waiting, 0)
            pool.get('raadspost.dispatch').create([
                {'appeal': appeal.id, 'step': appeal.steps[0].id, 'occurrence': 1, 'mailbox': f'{n}@raad.test', 'state': state,
                 'due': due} for n, (state, due) in enumerate((
                     ('planned', now - day), ('planned', now + day), ('planned', now + 60 * day),
                     ('released', now - day), ('deferred', now - day), ('held', now - day), ('sent', now - day)))])
            self.assertEqual(pool.get('raadspost.sending')(1).waiting, 3)

    def test_a_day_of_the_calendar_opens_its_dispatches(self):
        from trytond.pyson import PYSONDecoder
        from trytond.transaction import Transaction
        late, next_day = datetime.datetime(2026, 7, 1, 21, 59), datetime.datetime(2026, 7, 1, 22)
        with self.database.transaction() as pool:
            appeal = self.appeal(pool)
            Dispatch, Day = pool.get('raadspost.dispatch'), pool.get('raadspost.plan.day')
            common = {'appeal': appeal.id, 'step': appeal.steps[0].id, 'occurrence': 1, 'state': 'planned'}
            first, sent_then, _, _ = Dispatch.create([
                {**common, 'mailbox': 'a@raad.test', 'due': late},
                {**common, 'mailbox': 'b@raad.test', 'state': 'sent', 'due': next_day, 'sent_at': late},
                {**common, 'mailbox': 'c@raad.test', 'due': next_day},
                {**common, 'mailbox': 'd@raad.test', 'state': 'sent', 'due': late, 'sent_at': next_day}])
            day, = Day.search([('appeal', '=', appeal.id), ('day', '=', datetime.date(2026, 7, 1))])
            self.assertEqual({row.id for row in day.dispatches}, {first.id, sent_then.id})
            Wizard = pool.get('raadspost.plan.day.dispatches', type='wizard')
            with Transaction().set_context(active_model='raadspost.plan.day', active_id=day.id, active_ids=[day.id]):
                session, state, _ = Wizard.create()
                (action, _), = Wizard.execute(session, {}, state)['actions']
            domain = PYSONDecoder().decode(action['pyson_domain'])
            self.assertEqual({row.id for row in Dispatch.search(domain)}, {first.id, sent_then.id})

    def test_an_appeal_says_when_nothing_plans(self):
        with self.database.transaction() as pool:
            Appeal, Run = pool.get('raadspost.appeal'), pool.get('raadspost.plan.run')
            appeal = self.appeal(pool)
            self.assertEqual(appeal.planner_trouble, '')
            Appeal.write([appeal], {'state': 'running'})

            def trouble():
                return Appeal(appeal.id).planner_trouble
            Run.delete(Run.search([]))
            self.assertIn("nog niet gedraaid", trouble())
            now = datetime.datetime.now().replace(microsecond=0)
            Run.create([{'started_at': now - datetime.timedelta(minutes=11), 'lines': 3, 'changed': 1}])
            self.assertIn("11 minuten niets gepland", trouble())
            Run.create([{'started_at': now, 'lines': 1710, 'changed': 12, 'duration': 0.25}])
            self.assertEqual(trouble(), '')
            sending = pool.get('raadspost.sending')(1)
            self.assertEqual((sending.planned_at, sending.planning_seconds, sending.planning_result),
                             (now, 0.25, "1710 regels, waarvan 12 gewijzigd"))
            Run.create([{'started_at': now, 'trouble': "de schijf is vol"}])
            self.assertEqual(trouble(), "Het plannen is mislukt: de schijf is vol")

    # --- decisions ---------------------------------------------------------------------------------------

    def wizard(self, pool, name, records, **choices):
        "From its opening to its end, with this in the forms; a record's own model tells what it was opened on."
        from trytond.transaction import Transaction
        Wizard = pool.get(name, type='wizard')
        ids = [record.id for record in records]
        with Transaction().set_context(active_model=records[0].__name__, active_id=ids[0], active_ids=ids):
            session, state, _ = Wizard.create()
            data = {}
            while state != 'end':
                answer = Wizard.execute(session, data, state)
                view = answer.get('view')
                if not view:
                    break
                shown = view.get('defaults', {})
                state, button = view['state'], [each for each in view['buttons'] if each['default']][0]
                data = {state: {**{name: value for name, value in shown.items() if name != 'samples' and '.' not in name},
                                **choices}}
                state = button['state']
                self.shown = shown
            Wizard.delete(session)

    def decide(self, pool, line, kind):
        self.wizard(pool, 'raadspost.plan.decide', [line], decision=kind, reason="Belt terug.")

    def running(self, pool, **reminder):
        Appeal = pool.get('raadspost.appeal')
        with self.as_client(self.editor):
            appeal = self.appeal(pool)
            self.step(pool, appeal, name="Herinnering", anchor='previous_step', offset=21, message="Nog eens, {{gemeente}}.",
                      **reminder)
            Appeal.submit([appeal])
        with self.as_client(self.approver):
            Appeal.approve([Appeal(appeal.id)])
            Appeal.start([Appeal(appeal.id)])
        return Appeal(appeal.id)

    def line(self, pool, appeal, step, council=0):
        found, = pool.get('raadspost.plan.line').search([
            ('step', '=', appeal.steps[step].id), ('council', '=', self.councils[council]), ('simulation', '=', None)])
        return found

    def send(self, pool, line):
        dispatch = line.dispatch
        pool.get('raadspost.dispatch').write([dispatch], {'state': 'sent', 'sent_at': datetime.datetime.now()})
        pool.get('raadspost.appeal').plan()
        return dispatch

    def decisions(self, pool, appeal):
        return [(row.council.name, row.step and row.step.name, row.kind, row.reason, row.undone)
                for row in pool.get('raadspost.plan.decision').search([('appeal', '=', appeal.id)], order=[('id', 'ASC')])]

    def last_event(self, pool, appeal):
        return pool.get('raadspost.event').search([('appeal', '=', appeal.id)], order=[('id', 'DESC')], limit=1)[0]

    def test_deciding_is_logged_with_its_reason_and_can_be_undone(self):
        said = {'hold': ("Oosterduin wacht tot dit ongedaan wordt gemaakt. Belt terug.", ('held', 'staff')),
                'skip': ('Oosterduin krijgt stap "Herinnering" niet. Belt terug.', ('none', 'skipped')),
                'now': ('Oosterduin krijgt stap "Herinnering" nu. Belt terug.', ('planned', ''))}
        for kind, (text, becomes) in said.items():
            with self.subTest(kind=kind), self.database.transaction() as pool:
                appeal = self.running(pool)
                before, other = ((line.state, line.reason, line.due) for line in (
                    self.line(pool, appeal, 1), self.line(pool, appeal, 1, council=1)))
                with self.as_client(self.editor):
                    self.decide(pool, self.line(pool, appeal, 1), kind)
                    step = None if kind == 'hold' else "Herinnering"
                    self.assertEqual(self.decisions(pool, appeal), [("Oosterduin", step, kind, "Belt terug.", False)])
                    line = self.line(pool, appeal, 1)
                    self.assertEqual((line.state, line.reason or ''), becomes)
                    if kind == 'now':
                        self.assertLess(line.due, before[2] - datetime.timedelta(days=14))
                    event = self.last_event(pool, appeal)
                    self.assertEqual((event.kind, event.text, event.actor.id, event.undoable),
                                     ('plan_decision', text, self.editor, True))
                    if kind == 'hold':  # by the decision's own button
                        Decision = pool.get('raadspost.plan.decision')
                        self.assertEqual(Decision.undo(Decision.search([('event', '=', event.id)])), 'reload')
                    else:
                        pool.get('raadspost.event').undo([event])
                    self.assertTrue(self.decisions(pool, appeal)[0][-1])
                    line = self.line(pool, appeal, 1)
                    self.assertEqual((line.state, line.reason, line.due), before)
                    line = self.line(pool, appeal, 1, council=1)
                    self.assertEqual((line.state, line.reason, line.due), other)
                    undone = self.last_event(pool, appeal)
                    self.assertEqual((undone.kind, undone.text), ('undone', "Ongedaan gemaakt: " + text))
                    event = pool.get('raadspost.event')(event.id)
                    self.assertEqual((event.undone_by, event.undoable), (undone, False))
                    self.assert_refused("niets ongedaan te maken", pool.get('raadspost.event').undo, [undone])

    def test_send_now_is_undone_until_the_mail_has_left(self):
        states = {'planned': (None, ''), 'released': (None, ''), 'deferred': ('next_try', ''),
                  'claimed': ('claimed_at', "wordt verzonden"), 'sent': ('sent_at', "is al weg")}
        for state, (moment, refused) in states.items():
            with self.subTest(state=state), self.database.transaction() as pool:
                appeal = self.running(pool)
                later = self.line(pool, appeal, 1).due
                with self.as_client(self.editor):
                    self.decide(pool, self.line(pool, appeal, 1), 'now')
                Dispatch, Event = pool.get('raadspost.dispatch'), pool.get('raadspost.event')
                dispatch = self.line(pool, appeal, 1).dispatch
                now = datetime.datetime.now().replace(microsecond=0)
                Dispatch.write([dispatch], {'state': state, 'bytes_file': 'x', **({moment: now} if moment else {})})
                event = self.last_event(pool, appeal)
                with self.as_client(self.editor):
                    if refused:
                        self.assert_refused(refused, Event.undo, [event])
                        self.assertFalse(self.decisions(pool, appeal)[0][-1])
                        continue
                    Event.undo([event])
                row, = Dispatch.search([('id', '=', dispatch.id)])
                self.assertEqual((row.state, row.due, row.bytes_file, row.next_try), ('planned', later, None, None))

    def test_deciding_asks_for_rows(self):
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            Wizard = pool.get('raadspost.plan.decide', type='wizard')
            with Transaction().set_context(active_model='raadspost.plan.line', active_id=None, active_ids=[]):
                session, state, _ = Wizard.create()
                self.assert_refused("Kies eerst", Wizard.execute, session, {}, state)

    def test_deciding_shows_what_it_is_about(self):
        with self.database.transaction() as pool:
            appeal = self.running(pool)
            self.decide(pool, self.line(pool, appeal, 1), 'hold')
            self.assertEqual(self.shown['about'], "Oosterduin: Herinnering")
            councils = pool.get('raadspost.council').create([{'code': f'GM01{n}0', 'name': f'Dorp {n}'} for n in range(1, 10)])
            self.wizard(pool, 'raadspost.plan.decide', councils, decision='hold', reason="Even niet.", appeal=appeal.id)
            self.assertEqual(self.shown['about'].splitlines(), [f'Dorp {n}' for n in range(1, 9)] + ["en nog 1"])

    def test_what_was_sent_is_only_sent_once_more(self):
        with self.database.transaction() as pool:
            appeal = self.running(pool)
            self.send(pool, self.line(pool, appeal, 0))
            sent = self.line(pool, appeal, 0)
            self.assertEqual(sent.state, 'sent')
            for kind in ('now', 'skip'):
                self.assert_refused("Oosterduin kreeg stap", self.decide, pool, sent, kind)
            self.assert_refused("Westerveen kreeg stap", self.decide, pool, self.line(pool, appeal, 0, council=1), 'again')
            self.decide(pool, sent, 'again')
            self.assertEqual(self.decisions(pool, appeal),
                             [("Oosterduin", "Eerste bericht", 'again', "Belt terug.", False)])
            self.assertEqual(self.line(pool, appeal, 0).state, 'planned')

    def test_cases_and_councils_can_be_decided_about_too(self):
        with self.database.transaction() as pool:
            appeal = self.running(pool)
            council = pool.get('raadspost.council')(self.councils[0])
            case, = pool.get('raadspost.case').search([('appeal', '=', appeal.id), ('council', '=', council.id)])
            self.wizard(pool, 'raadspost.plan.decide', [case], decision='skip', reason="Een.", step=appeal.steps[1].id)
            self.wizard(pool, 'raadspost.plan.decide', [council], decision='hold', reason="Twee.", appeal=appeal.id)
            self.assertEqual(self.decisions(pool, appeal), [
                ("Oosterduin", "Herinnering", 'skip', "Een.", False), ("Oosterduin", None, 'hold', "Twee.", False)])
            self.assertEqual(self.last_event(pool, appeal).case, case)
            self.assertEqual([self.line(pool, appeal, step).reason for step in (0, 1)], ['staff', 'skipped'])

    def test_a_step_of_another_appeal_and_a_closed_appeal_are_refused(self):
        with self.database.transaction() as pool:
            Appeal = pool.get('raadspost.appeal')
            appeal, other = self.running(pool), self.appeal(pool, name="Een andere")
            council = pool.get('raadspost.council')(self.councils[0])
            case, = pool.get('raadspost.case').search([('appeal', '=', appeal.id), ('council', '=', council.id)])
            line = self.line(pool, appeal, 1)
            for record, choices in ((council, {'appeal': appeal.id}), (case, {})):
                self.assert_refused("hoort bij een andere oproep, Een andere", lambda: self.wizard(
                    pool, 'raadspost.plan.decide', [record], decision='skip', reason="Een.", step=other.steps[0].id, **choices))
            Appeal.stop([appeal])
            Appeal.close([appeal])
            for record, choices in ((council, {'appeal': appeal.id}), (case, {}), (line, {})):
                self.assert_refused("Plekken is gesloten", lambda: self.wizard(
                    pool, 'raadspost.plan.decide', [record], decision='hold', reason="Een.", **choices))
            self.assertEqual(self.decisions(pool, appeal), [])

    def test_leaving_out_is_undone_until_a_mail_of_that_step_has_left(self):
        with self.database.transaction() as pool:
            appeal = self.running(pool)
            dispatch = self.line(pool, appeal, 1).dispatch
            with self.as_client(self.editor):
                self.decide(pool, self.line(pool, appeal, 1), 'skip')
            event = self.last_event(pool, appeal)
            # It was on its way when it was decided.
            pool.get('raadspost.dispatch').write([dispatch], {'state': 'sent', 'sent_at': datetime.datetime.now()})
            with self.as_client(self.editor):
                self.assert_refused("is al weg", pool.get('raadspost.event').undo, [event])
            self.assertFalse(self.decisions(pool, appeal)[0][-1])

    def test_letting_go_says_what_else_a_mail_waits_for(self):
        def unconfirm(pool, appeal):
            pool.get('raadspost.griffie').write([pool.get('raadspost.griffie')(self.griffies[0])], {'status': 'unconfirmed'})

        def hold_the_council(pool, appeal):
            self.decide(pool, self.line(pool, appeal, 1), 'hold')

        def approval(pool, appeal):
            pass

        def nothing(pool, appeal):
            pass
        for wait, reminder, refused in ((unconfirm, {}, "niemand dit adres heeft bevestigd"), (hold_the_council, {}, "de hele raad wacht"),
                                        (approval, {'needs_approval': True}, "tot de stap is goedgekeurd"), (nothing, {}, None)):
            with self.subTest(waits=wait.__name__), self.database.transaction() as pool:
                appeal = self.running(pool, **reminder)
                line = self.line(pool, appeal, 1)
                with self.as_client(self.editor):
                    if line.dispatch.state == 'planned':
                        self.wizard(pool, 'raadspost.dispatch.decide', [line.dispatch], decision='hold', reason="Even niet.")
                    wait(pool, appeal)
                    pool.get('raadspost.appeal').plan()
                    Dispatch = pool.get('raadspost.dispatch')
                    dispatch = Dispatch(line.dispatch.id)
                    self.assertEqual(dispatch.state, 'held')

                    def let_go():
                        self.wizard(pool, 'raadspost.dispatch.decide', [dispatch], decision='let_go', reason="Toch wel.")
                    if refused:
                        self.assert_refused(refused, let_go)
                        continue
                    let_go()
                    self.assertEqual(Dispatch(dispatch.id).state, 'planned')
                    self.assertEqual(self.line(pool, appeal, 1).state, 'planned')

    def test_what_was_decided_for_a_shared_office_is_undone_for_all_its_councils(self):
        "The decision of the council beside it stayed, with an undo that said nothing."
        with self.database.transaction() as pool:
            pool.get('raadspost.griffie').create([
                {'name': "Griffie Samen", 'email': 'griffie@samen.test', 'status': 'confirmed', 'councils': [
                    ('create', [{'code': f'GM002{n}', 'name': f'Samen {n}'} for n in range(3)])]}])
            appeal = self.running(pool)
            Dispatch, Decision = pool.get('raadspost.dispatch'), pool.get('raadspost.plan.decision')
            dispatch = Dispatch.search([('mailbox', '=', 'griffie@samen.test')], order=[('due', 'ASC')])[0]
            self.assertEqual(len(dispatch.cases), 3)
            with self.as_client(self.editor):
                self.wizard(pool, 'raadspost.dispatch.decide', [dispatch], decision='hold', reason="Even niet.")
                decisions = Decision.search([('appeal', '=', appeal.id)])
                self.assertEqual(len(decisions), 3)
                Decision.undo(decisions[1:2])
            self.assertEqual([each.undone for each in Decision.browse([each.id for each in decisions])], 3 * [True])
            self.assertEqual(Dispatch(dispatch.id).state, 'planned')

    # --- simulation --------------------------------------------------------------------------------------

    def test_a_simulation_is_a_plan_of_its_own(self):
        later = today() + datetime.timedelta(days=14)
        with self.database.transaction() as pool:
            appeal = self.running(pool)
            before = appeal.plan_summary
            self.wizard(pool, 'raadspost.plan.simulate', [appeal], on_date=later)
            simulation, = pool.get('raadspost.plan.simulation').search([('appeal', '=', appeal.id)])
            self.assertEqual((simulation.on_date, simulation.rec_name), (later, later.strftime('%d-%m-%Y')))
            self.assertEqual({(line.step.name, line.state) for line in simulation.lines},
                             {("Eerste bericht", 'sent'), ("Herinnering", 'planned')})
            self.assertIn("Eerste bericht: 3 van de 3 raden", simulation.summary)
            self.assertIn("Verzonden", simulation.summary)
            self.assertEqual(pool.get('raadspost.appeal')(appeal.id).plan_summary, before)
            self.assert_refused("een simulatie", self.decide, pool, simulation.lines[0], 'skip')

    def test_only_days_to_come_are_simulated_and_old_ones_forgotten(self):
        with self.database.transaction() as pool:
            appeal = self.running(pool)
            Simulation = pool.get('raadspost.plan.simulation')
            self.assert_refused("nog komt", lambda: self.wizard(
                pool, 'raadspost.plan.simulate', [appeal], on_date=today() - datetime.timedelta(days=2)))
            self.wizard(pool, 'raadspost.plan.simulate', [appeal], on_date=today())
            old, = Simulation.search([])
            Simulation.write([old], {'made_at': datetime.datetime.now() - datetime.timedelta(days=8)})
            self.wizard(pool, 'raadspost.plan.simulate', [appeal], on_date=today())
            left, = Simulation.search([])
            self.assertNotEqual(left.id, old.id)
            self.assertEqual(pool.get('raadspost.plan.line').search([('simulation', '=', old.id)], count=True), 0)

    # --- approval of a step ------------------------------------------------------------------------------

    def test_a_step_is_approved_by_a_second_person_who_sees_its_batch(self):
        with self.database.transaction() as pool:
            Appeal, Step = pool.get('raadspost.appeal'), pool.get('raadspost.step')
            appeal = self.running(pool, needs_approval=True)
            step = appeal.steps[1]

            def waits():
                return {(line.state, line.reason or '') for line in (self.line(pool, appeal, 1, n) for n in range(3))}
            self.assertEqual(waits(), {('held', 'approval')})
            self.assertTrue(appeal.step_to_approve)
            Appeal.write([appeal], {'author': self.approver})
            with self.as_client(self.approver):
                self.assert_refused("tweede persoon", self.wizard, pool, 'raadspost.step.approve', [appeal])
            Appeal.write([appeal], {'author': self.editor})
            day = self.line(pool, appeal, 1).day
            with self.as_client(self.approver):
                self.wizard(pool, 'raadspost.step.approve', [self.line(pool, appeal, 1)])
            shown = self.shown
            self.assertEqual((shown['step'], shown['councils'], shown['mailboxes'], shown['first_day'], shown['last_day']),
                             (step.id, 3, 3, day, day))
            self.assertEqual({sample['text'].split(',')[0] for sample in shown['samples']}, {"Nog eens"})
            self.assertEqual(Step(step.id).approved_by.id, self.approver)
            self.assertEqual(self.last_event(pool, appeal).text, 'Stap "Herinnering" goedgekeurd, voor 3 raden.')
            self.assertEqual((Appeal(appeal.id).state, Appeal(appeal.id).step_to_approve), ('running', False))
            self.assertEqual(waits(), {('planned', '')})

            with self.as_client(self.editor):
                pool.get('raadspost.event').undo([self.last_event(pool, appeal)])
            self.assertIsNone(Step(step.id).approved_at)
            self.assertEqual(waits(), {('held', 'approval')})

    def test_an_approval_cannot_be_undone_once_a_mail_has_left(self):
        with self.database.transaction() as pool:
            appeal = self.running(pool, needs_approval=True)
            with self.as_client(self.approver):
                self.wizard(pool, 'raadspost.step.approve', [appeal])
            approved = self.last_event(pool, appeal)
            self.send(pool, self.line(pool, appeal, 1))
            with self.as_client(self.approver):
                self.assert_refused("is al weg", pool.get('raadspost.event').undo, [approved])
            self.assertTrue(pool.get('raadspost.step')(appeal.steps[1].id).approved_at)

    def test_no_client_approves_a_step_by_itself(self):
        with self.database.transaction() as pool:
            appeal = self.appeal(pool)
            with self.as_client(self.editor):
                step = self.step(pool, appeal, needs_approval=True, approved_at=datetime.datetime.now())
                pool.get('raadspost.step').write([step], {'approved_at': datetime.datetime.now(), 'approved_by': self.approver})
                step = pool.get('raadspost.step')(step.id)
                self.assertEqual((step.approved_at, step.approved_by), (None, None))

    def test_what_takes_the_appeal_back_takes_the_steps_approval_back(self):
        with self.database.transaction() as pool:
            appeal = self.running(pool, needs_approval=True)
            with self.as_client(self.approver):
                self.wizard(pool, 'raadspost.step.approve', [appeal])
            pool.get('raadspost.appeal').write([appeal], {'subject': "Iets anders"})
            self.assertEqual(pool.get('raadspost.appeal')(appeal.id).state, 'draft')
            self.assertIsNone(pool.get('raadspost.step')(appeal.steps[1].id).approved_at)

    def test_what_a_step_had_ready_is_called_back_with_its_approval(self):
        "It left by the appeal's next approval, without the step's approver."
        with self.database.transaction() as pool:
            Dispatch = pool.get('raadspost.dispatch')
            appeal = self.running(pool, needs_approval=True)
            with self.as_client(self.approver):
                self.wizard(pool, 'raadspost.step.approve', [appeal])
            ready, deferred, in_hand = [self.line(pool, appeal, 1, n).dispatch for n in range(3)]
            for dispatch, state, journal in ((ready, 'released', None), (deferred, 'deferred', None), (in_hand, 'released', 'x')):
                Dispatch.write([dispatch], {'state': state, 'journal': journal, 'bytes_file': 'x'})
            pool.get('raadspost.appeal').write([appeal], {'subject': "Iets anders"})
            found = Dispatch.search([('id', 'in', [ready.id, deferred.id, in_hand.id])], order=[('id', 'ASC')])
            self.assertEqual([(each.state, each.reason, each.bytes_file) for each in found],
                             [('held', 'approval', None), ('held', 'approval', None), ('released', None, 'x')])

    def test_what_a_form_shows_of_a_moment_is_no_change(self):
        "Of microseconds that it cannot show the client makes a change, and asks to save it."
        with self.database.transaction() as pool:
            appeal = self.running(pool)
            with self.as_client(self.editor):
                self.decide(pool, self.line(pool, appeal, 1), 'hold')
            line, = pool.get('raadspost.plan.line').browse([self.line(pool, appeal, 1).id])
            decision, = pool.get('raadspost.plan.decision').search([('appeal', '=', appeal.id)])
            for record, kept, shown in ((line, 'changed_at', 'changed_second'), (decision, 'at', 'at_second'),
                                        (decision.event, 'at', 'at_second')):
                self.assertEqual(getattr(record, shown), getattr(record, kept).replace(microsecond=0))

    # --- outcomes ----------------------------------------------------------------------------------------

    def test_outcomes_are_logged_and_the_furthest_shows(self):
        with self.database.transaction() as pool:
            appeal = self.running(pool)
            Case, Outcome = pool.get('raadspost.case'), pool.get('raadspost.outcome')
            case, = Case.search([('appeal', '=', appeal.id), ('council', '=', self.councils[0])])
            self.assertEqual((case.highest, case.refusal), (None, None))
            # By the council's name or the number in the letter; never a number alone.
            number = f'R{appeal.id}-{case.council.code}'
            self.assertEqual((case.reference, case.rec_name), (number, f'{case.council.name} ({number})'))
            for typed in (case.council.name, number, number.lower(), case.council.code):
                self.assertIn(case, Case.search([('rec_name', 'ilike', f'%{typed}%'), ('appeal', '=', appeal.id)]), typed)
            with self.as_client(self.editor):
                for kind, values, highest in (
                        ('question', {}, 'question'), ('listed', {'list_number': '28', 'disposal': "Voor kennisgeving"}, 'listed'),
                        ('receipt', {}, 'listed'), ('declined', {}, 'listed')):
                    self.wizard(pool, 'raadspost.outcome.log', [case], kind=kind, **values)
                    self.assertEqual(Case(case.id).highest, highest)
            self.assertEqual(Case(case.id).refusal, 'declined')
            listed, = Outcome.search([('kind', '=', 'listed')])
            self.assertEqual((listed.list_number, listed.disposal, listed.source, listed.actor.id, listed.rec_name),
                             ('28', "Voor kennisgeving", 'staff', self.editor, "Op de lijst van ingekomen stukken"))
            with self.as_client(self.editor):
                self.wizard(pool, 'raadspost.outcome.correct', [listed], kind='passed_on')
                self.assertEqual(Case(case.id).highest, 'passed_on')
                self.assert_refused("al gecorrigeerd", self.wizard, pool, 'raadspost.outcome.correct', [Outcome(listed.id)])
            self.assertEqual(self.line(pool, appeal, 1).state, 'planned')
            right = Outcome(listed.id).corrected_by
            self.assertEqual((right.kind, right.list_number), ('passed_on', '28'))
            self.assertEqual(self.last_event(pool, appeal).text, "Oosterduin, gecorrigeerd: Doorgestuurd")
            # By the button of the outcome, which is all that its dialog offers.
            with self.as_client(self.editor):
                self.assertEqual(Outcome.correct([right]), pool.get('ir.action').get_action_id(
                    pool.get('ir.model.data').get_id('raadspost', 'wizard_correct_outcome')))
            self.wizard(pool, 'raadspost.outcome.correct', [right], kind='retracted')
            self.assertEqual(Case(case.id).highest, 'question')

    def test_cases_are_found_by_what_their_councils_did(self):
        from trytond.pyson import PYSONDecoder
        with self.database.transaction() as pool:
            Case, Dispatch = pool.get('raadspost.case'), pool.get('raadspost.dispatch')
            pool.get('raadspost.griffie').create([
                {'name': f'Griffie {n}', 'email': f'griffie@raad{n}.test', 'status': 'confirmed', 'councils': [
                    ('create', [{'code': f'GM000{n}', 'name': f'Veld {n}'}])]} for n in range(4, 9)])
            appeal = self.running(pool)
            cases = Case.search([('appeal', '=', appeal.id)], order=[('id', 'ASC')])
            done = [('listed', 'receipt'), ('passed_on', 'declined'), ('question',), ('no_more', 'receipt'), ('receipt',), ()]
            self.assertGreaterEqual(len(cases), len(done))
            cases = cases[:len(done)]
            with self.as_client(self.editor):
                for case, kinds in zip(cases, done):
                    for kind in kinds:
                        self.wizard(pool, 'raadspost.outcome.log', [case], kind=kind)
                # What was entered by mistake finds nothing.
                self.wizard(pool, 'raadspost.outcome.log', [cases[5]], kind='agenda')
                self.wizard(pool, 'raadspost.outcome.correct', list(Case(cases[5].id).outcomes), kind='retracted')
            states = ['delivered', 'sent', 'uncertain', 'sent', 'bounced', 'cancelled']
            for case, state in zip(cases, states):
                Dispatch.write(list(Case(case.id).dispatches)[1:], {'state': 'cancelled'})
                Dispatch.write(list(Case(case.id).dispatches)[:1], {'state': state})
            ids = [case.id for case in cases]
            for field, values in (('highest', [None, 'receipt', 'question', 'passed_on', 'listed', 'agenda', 'declined']),
                                  ('refusal', [None, 'declined', 'no_more']),
                                  ('state', ['none', 'waiting', 'failed', 'uncertain', 'sent', 'delivered'])):
                stands = {case.id: getattr(case, field) for case in Case.browse(ids)}
                wanted = [('=', value, {value}) for value in values] + [
                    ('in', values[first:last], set(values[first:last])) for first in range(4) for last in range(first, 5)]
                for operator, operand, holds in wanted:
                    found = {case.id for case in Case.search([(field, operator, operand), ('id', 'in', ids)])}
                    self.assertEqual(found, {id for id in ids if stands[id] in holds}, (field, operator, operand))
                    other = {'=': '!=', 'in': 'not in'}[operator]
                    found = {case.id for case in Case.search([(field, other, operand), ('id', 'in', ids)])}
                    self.assertEqual(found, {id for id in ids if stands[id] not in holds}, (field, other, operand))
            # Each case of the appeal stands under a tab beside "All".
            Action = pool.get('ir.action.act_window')
            action = Action(pool.get('ir.model.data').get_id('raadspost', 'act_case_of_appeal'))
            tabs = {tab.name: {case.id for case in Case.search([PYSONDecoder().decode(tab.domain), ('appeal', '=', appeal.id)])}
                    for tab in action.act_window_domains}
            self.assertEqual(set.union(*(found for name, found in tabs.items() if name != "Alle")), tabs["Alle"])
            self.assertEqual([tabs[name] & set(ids)
                              for name in ("Doorgestuurd of op de lijst", "Ander antwoord", "Afgewezen", "Nog geen antwoord")],
                             [{ids[0], ids[1]}, {ids[2]}, {ids[1], ids[3]}, {ids[4], ids[5]}])

    def test_an_outcome_lies_behind_us(self):
        with self.database.transaction() as pool:
            appeal = self.running(pool)
            case, = pool.get('raadspost.case').search([('appeal', '=', appeal.id), ('council', '=', self.councils[0])])
            tomorrow = today() + datetime.timedelta(days=1)
            long_ago = datetime.date(int(case.period[:4]) - 1, 12, 31)
            for refused, values in (("in de toekomst", {'kind': 'agenda', 'on': tomorrow}), ("Ten onrechte", {'kind': 'retracted'}),
                                    (f"in de periode {case.period}", {'kind': 'listed', 'on': long_ago})):
                self.assert_refused(refused, lambda: self.wizard(pool, 'raadspost.outcome.log', [case], **values))


if __name__ == '__main__':
    unittest.main()

"""What staff see of the follow-up, in a real trytond: the rule of a step in words, the plan and its reasons, decisions
that can be undone, approval of a step. The planner's rows are written by hand here; how they come about is
test_followup.py's."""
import contextlib
import datetime
import unittest

from database import HostTest


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
            self.assertEqual(pool.get('raadspost.appeal')(appeal.id).plan_summary.splitlines(), [
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


if __name__ == '__main__':
    unittest.main()

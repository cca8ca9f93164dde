"""The follow-up through Tryton's own client library (proteus), against a real pool: one road, each step of it by the
person whose work it is and with that person's rights, and every decision taken back at the end."""
import collections
import datetime
import unittest

from database import HostTest, today
from lasting_councils import let_no_council_end

COUNCILS = 342
STEPS = ["Eerste bericht", "Herinnering", "Na de installatie", "Aan de nieuwe raad", "Voor de begroting"]
SECRETARY, BOARD = 'secretaris', 'bestuurslid'


class FollowUpThroughAClientTest(HostTest):
    modules = ['raadspost']

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from raadspost import _raadspost
        with cls.database.transaction(commit=True) as pool:
            _raadspost.load_country({'domain_suffix': 'griffie.test'})
            let_no_council_end(pool)
            Data, Lang = pool.get('ir.model.data'), pool.get('ir.lang')
            dutch, = Lang.search([('code', '=', 'nl')])
            pool.get('res.user').create([
                {'name': login.title(), 'login': login, 'language': dutch.id,
                 'groups': [('add', [Data.get_id('raadspost', group)])]}
                for login, group in ((SECRETARY, 'group_editor'), (BOARD, 'group_approver'))])
            party, = pool.get('party.party').create([{'name': "Vereniging Kleine Dorpen"}])
            association, = pool.get('raadspost.association').create([{
                'name': party.name, 'party': party.id, 'sender_name': party.name, 'sender_email': 'oproep@dorpen.example',
                'city': "Oosterduin"}])
            cls.association = association.id
            # The clock is the real one: any hour of any day will do.
            configuration = pool.get('raadspost.configuration')(1)
            configuration.guessed_addresses, configuration.working_days = True, False
            configuration.window_from = configuration.window_to = None
            configuration.silence_days = configuration.hold_minutes = 0
            configuration.save()

    def act_as(self, login):
        from proteus import config
        uri = self.database.uri.rstrip('/') + ('//' if self.database.kind == 'sqlite' else '')
        config.set_trytond(f'{uri}/{self.database.name}', user=login, config_file=self.database.conf)

    def records(self, model, *domain, **options):
        from proteus import Model
        return Model.get(model).find(list(domain), **options)

    def appeal(self):
        return self.records('raadspost.appeal', ('name', '=', "Plekken"))[0]

    def line(self, council, step):
        found, = self.records('raadspost.plan.line', ('appeal', '=', self.appeal().id), ('simulation', '=', None),
                              ('council.name', '=', council), ('step.name', '=', step))
        return found

    def says(self, council, step):
        line = self.line(council, step)
        return line.state, line.reason or ''

    def rows(self, simulation=None):
        "The plan as a list shows it, read at once: record by record it takes minutes."
        from proteus import Model, config
        return Model.get('raadspost.plan.line')._proxy.search_read(
            [('appeal', '=', self.appeal().id), ('simulation', '=', simulation)], 0, None, None,
            ['step.name', 'state', 'reason'], config.get_config().context)

    def counted(self, rows):
        "By step, and there by state and reason; every council is in exactly one of them."
        counts = collections.defaultdict(collections.Counter)
        for row in rows:
            counts[row['step.']['name']][row['state'], row['reason'] or ''] += 1
        self.assertEqual({step: sum(each.values()) for step, each in counts.items()}, {step: COUNCILS for step in STEPS})
        return counts

    def wizard(self, name, records, button, **values):
        from proteus import Wizard
        wizard = Wizard(name, records)
        for field, value in values.items():
            setattr(wizard.form, field, value)
        wizard.execute(button)
        return wizard

    def decide(self, council, step, decision):
        self.wizard('raadspost.plan.decide', [self.line(council, step)], 'decide', decision=decision, reason="Belt terug.")

    def refused(self, part, action, *arguments, **values):
        from trytond.exceptions import UserError
        with self.assertRaises(UserError) as refused:
            action(*arguments, **values)
        self.assertIn(part, refused.exception.message)

    def undo(self, text):
        event, = self.records('raadspost.event', ('appeal', '=', self.appeal().id), ('text', 'like', f'{text}%'),
                              ('kind', '!=', 'undone'))
        self.assertTrue(event.undoable)
        event.click('undo')
        self.assertFalse(event.undoable)

    # One road, in the order in which people walk it.

    def test_the_road_of_a_follow_up(self):
        self.lay_out_the_steps()
        self.approve_and_start()
        before = self.counted(self.rows())
        self.assertEqual(before["Eerste bericht"], {('planned', ''): COUNCILS})
        self.assertEqual(before["Herinnering"], {('held', 'approval'): COUNCILS})
        self.simulate()
        self.approve_the_reminder()
        self.hold_skip_and_send_now()
        self.log_an_outcome()
        self.take_everything_back()
        self.assertEqual(self.counted(self.rows()), before)

    def lay_out_the_steps(self):
        from proteus import Model
        self.act_as(SECRETARY)
        appeal = Model.get('raadspost.appeal')(
            name="Plekken", association=Model.get('raadspost.association')(self.association), subject="Een plek",
            message="Geachte griffie van {{gemeente}},", letter="Geachte raad van {{gemeente}},")
        appeal.save()
        appeal.click('add_default_steps')
        self.assertEqual([step.name for step in appeal.steps], STEPS)
        reminder = appeal.steps[1]
        reminder.needs_approval = True
        reminder.offset = 14
        self.assertEqual(reminder.in_words, "2 weken na de stap ervoor, aan raden zonder antwoord in deze raadsperiode, "
                                            "zodra deze stap is goedgekeurd.")
        appeal.save()
        appeal.click('submit')

    def approve_and_start(self):
        from trytond.exceptions import UserError
        from trytond.model.modelview import AccessButtonError
        self.assertRaises((UserError, AccessButtonError), self.appeal().click, 'approve')
        self.act_as(BOARD)
        self.appeal().click('approve')
        self.appeal().click('start')
        self.assertEqual(self.appeal().state, 'running')

    def simulate(self):
        self.act_as(SECRETARY)
        later = today() + datetime.timedelta(days=7)
        self.wizard('raadspost.plan.simulate', [self.appeal()], 'simulate', on_date=later)
        simulation, = self.records('raadspost.plan.simulation', ('appeal', '=', self.appeal().id))
        self.assertEqual(simulation.on_date, later)
        self.assertEqual(self.counted(self.rows(simulation.id))["Eerste bericht"], {('sent', ''): COUNCILS})
        # In the order of the councils, and there of the steps.
        self.assertEqual([(line.council.name, line.step.name) for line in simulation.lines[:6]],
                         [("Aa en Hunze", step) for step in STEPS] + [("Aalsmeer", STEPS[0])])

    def approve_the_reminder(self):
        from trytond.exceptions import UserError
        from trytond.model.exceptions import AccessError
        with self.assertRaises((UserError, AccessError)):
            self.wizard('raadspost.step.approve', [self.appeal()], 'approve')
        self.act_as(BOARD)
        shown = self.wizard('raadspost.step.approve', [self.appeal()], 'approve').form
        self.assertEqual((shown.step.name, shown.councils), ("Herinnering", COUNCILS))
        self.assertEqual(self.counted(self.rows())["Herinnering"], {('planned', ''): COUNCILS})

    def hold_skip_and_send_now(self):
        self.act_as(SECRETARY)
        self.decide("Nissewaard", "Herinnering", 'hold')
        self.assertEqual({self.says("Nissewaard", step) for step in STEPS[:2]}, {('held', 'staff')})
        self.decide("Súdwest-Fryslân", "Herinnering", 'skip')
        self.assertEqual(self.says("Súdwest-Fryslân", "Herinnering"), ('none', 'skipped'))
        later = self.line("Den Haag", "Herinnering").due
        self.decide("Den Haag", "Herinnering", 'now')
        self.assertLess(self.line("Den Haag", "Herinnering").due, later - datetime.timedelta(days=7))
        self.refused("nog niet", self.decide, "Den Haag", "Herinnering", 'again')
        # The held one goes only when the council does.
        held = self.line("Nissewaard", "Herinnering").dispatch
        self.refused("de hele raad wacht", self.wizard, 'raadspost.dispatch.decide', [held], 'decide', decision='let_go',
                     reason="Toch wel.")

    def log_an_outcome(self):
        cases = self.records('raadspost.case', ('appeal', '=', self.appeal().id), ('council.name', '=', "Heemstede"))
        period = self.line("Heemstede", "Herinnering").period
        case, = [case for case in cases if case.period == period]
        self.wizard('raadspost.outcome.log', [case], 'log', kind='passed_on')
        self.assertEqual(case.highest, 'passed_on')
        self.assertEqual(self.says("Heemstede", "Herinnering"), ('none', 'cond_answered'))
        counts = self.counted(self.rows())
        self.assertEqual(counts["Herinnering"], {
            ('planned', ''): COUNCILS - 3, ('held', 'staff'): 1, ('none', 'skipped'): 1, ('none', 'cond_answered'): 1})
        said = [line.split() for line in self.appeal().plan_summary.split("\n\n")[1].splitlines()[1:]]
        self.assertEqual(sum(int(words[0]) for words in said), COUNCILS)

    def take_everything_back(self):
        outcome, = self.records('raadspost.outcome', ('case.council.name', '=', "Heemstede"))
        self.wizard('raadspost.outcome.correct', [outcome], 'correct', kind='retracted')
        for text in ("Den Haag krijgt", "Súdwest-Fryslân krijgt", "Nissewaard wacht", 'Stap "Herinnering" goedgekeurd'):
            self.undo(text)
        self.assertTrue(all(decision.undone for decision in self.records('raadspost.plan.decision')))


if __name__ == '__main__':
    unittest.main()

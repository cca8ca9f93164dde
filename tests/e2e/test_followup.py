"""The follow-up in the browser: lay out the steps, look at the plan and its reasons, simulate, decide and take it back,
approve a step, open a day of the calendar.

The colleagues and the country are the demo's; the planner is the daemon's, and nothing is armed.
"""
import datetime
import re
import unittest

from country_test import COUNCILS, CountryTest
from database import today

STEPS = ["Eerste bericht", "Herinnering", "Na de installatie", "Aan de nieuwe raad", "Voor de begroting"]


class FollowUpTest(CountryTest):
    def open_appeal(self, page):
        self.client.start_over().open_menu('Raadspost', 'Oproepen').open_row(self.appeal)
        self.client.page(page)

    def records(self, model, domain):
        with self.database.transaction() as pool:
            return pool.get(model).search(domain, count=True)

    def see_records(self, model, domain, count):
        self.client.until(f"{count} of {model}", lambda: self.records(model, domain) == count)

    def gone(self, button):
        self.client.until(f"{button} to go", lambda: not self.client.visible(f'button[name="{button}"]'))

    # One road, in the order in which staff walk it.

    def test_the_road_of_a_plan(self):
        self.lay_out_the_steps()
        self.start_it()
        self.look_at_the_plan()
        self.simulate()
        self.hold_a_council_and_let_it_go()
        self.approve_a_step()
        self.open_a_day()

    def lay_out_the_steps(self):
        self.log_in_as('redactie')
        self.open_appeal("Stappen")
        self.client.press("De gebruikelijke stappen toevoegen")
        self.client.see_column('Naam', STEPS)
        self.client.until("the fourth step in words", lambda: self.client.column('In woorden')[3:4] == [
            "8 weken na de installatie van de nieuwe raad, aan alle raden."])
        self.client.open_row("Herinnering")
        self.client.fill(offset=10, offset_unit="Werkdagen", time_of_day='09:30')
        self.client.see(in_words="10 werkdagen na de stap ervoor, om 9:30 uur, aan raden zonder antwoord in deze raadsperiode.")
        self.client.fill(needs_approval=True)
        self.client.press('OK')
        self.client.toolbar('save')
        self.client.press("Ter goedkeuring aanbieden")

    def start_it(self):
        self.log_in_as('bestuur')
        self.open_appeal("Plan")
        self.client.press("Bekijken en goedkeuren ...")
        self.client.press("Goedkeuren")
        self.client.press("Verzenden starten")
        self.client.confirm()
        self.see_records('raadspost.appeal', [('id', '=', self.appeal_id), ('state', '=', 'running')], 1)

    def look_at_the_plan(self):
        self.open_appeal("Plan")
        for step in STEPS:
            self.client.see(plan_summary=re.compile(rf"{step}: \d+ van de {COUNCILS} raden"))
        self.client.press('plan_seen')
        self.client.start_over().open_menu('Raadspost', 'Plan').tab_domain("Gewijzigd")
        self.client.see_column('Stap', [])
        self.client.tab_domain("Te beslissen")
        self.client.until("what waits", lambda: {(row.get('Stap'), row.get('Reden')) for row in self.client.rows()} ==
                          {("Herinnering", "Wacht: stap niet goedgekeurd")})
        self.client.tab_domain("Alle").search('Reden: "Wacht: stap niet goedgekeurd"')
        self.client.until("only what waits", lambda: set(self.client.column('Status')) == {"Wacht"})
        self.client.search("heemstede")
        self.client.see_column('Raad', ["Heemstede"] * len(STEPS))

    def simulate(self):
        self.open_appeal("Plan")
        self.client.press("Simuleren op een datum ...")
        later = today() + datetime.timedelta(days=14)
        self.client.fill(on_date=later.strftime('%d-%m-%Y'))
        self.client.press("Simuleren")
        self.client.see(summary=re.compile(rf"Eerste bericht: \d+ van de {COUNCILS} raden\n\s*\d+  Verzonden"))

    def hold_a_council_and_let_it_go(self):
        self.client.start_over().open_menu('Raadspost', 'Plan').tab_domain("Alle")
        self.client.search("heemstede")
        self.client.action("Besluiten over het plan")
        self.client.fill(decision="Laten wachten", reason="De griffier belt terug.")
        self.client.press("Besluiten")
        held = [('council.name', '=', "Heemstede"), ('reason', '=', 'staff'), ('simulation', '=', None)]
        self.see_records('raadspost.plan.line', held, len(STEPS))
        self.open_appeal("Logboek")
        self.client.press('undo')
        self.see_records('raadspost.plan.line', held, 0)
        self.gone('undo')

    def approve_a_step(self):
        waits = [('reason', '=', 'approval'), ('simulation', '=', None)]
        waiting = self.records('raadspost.plan.line', waits)
        self.assertGreater(waiting, 0)
        self.open_appeal("Plan")
        self.client.press("Stap goedkeuren ...")
        self.client.see(councils=str(waiting))
        self.client.press("Goedkeuren")
        self.see_records('raadspost.plan.line', waits, 0)
        self.gone('open_step_approval')

    def open_a_day(self):
        self.client.start_over().open_menu('Raadspost', 'Kalender')
        with self.database.transaction() as pool:
            first = min(line.day for line in pool.get('raadspost.plan.line').search(
                [('day', '!=', None), ('state', '=', 'planned'), ('simulation', '=', None)]))
        title = self.client.until("the calendar", lambda: self.client.visible(f'td[data-date="{first}"]')
                                  or self.client.click_one('.fc-next-button').visible(f'td[data-date="{first}"]'))
        self.assertTrue(title)

        def days():
            "Of the first step."
            return [day for day in self.client.visible('.fc-event') if re.match(r"Eerste bericht: \d+\n", day.text)]
        self.client.click_on("a day in the calendar", days)
        self.client.until("the dispatches of the day", self.client.rows)
        self.client.press("Alle zendingen openen")
        self.client.open_first_row()
        self.client.see(mailbox=re.compile('@'))


if __name__ == '__main__':
    unittest.main()

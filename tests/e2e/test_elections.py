"""Elections on the screen: a result is imported, the council's page tells its terms and how many are new."""
import os
import pathlib
import sys
import tempfile
import unittest

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / 'tests' / folder) for folder in ('host', 'world', 'e2e', 'crm')]

from browser_test import BrowserTest  # noqa: E402
from demo import extension  # noqa: E402
from test_election_import import IN_2022, IN_2026, ZANDVOORT, zipped  # noqa: E402

SHOTS = os.environ.get('RAADSPOST_SHOTS')  # a folder, for looking at the windows


class ElectionScreenTest(BrowserTest):
    modules = ['raadspost']

    @classmethod
    def prepare(cls):
        with cls.database.transaction(commit=True):
            extension().load_country({'domain_suffix': 'griffie.test'})

    def shot(self, name):
        if SHOTS:
            self.client.screenshot(SHOTS, name, sizes=['1280x800'])

    def import_results(self):
        client = self.client
        with tempfile.NamedTemporaryFile(suffix='.zip') as now, tempfile.NamedTemporaryFile(suffix='.zip') as before:
            for file, content in [(now, zipped(a_xml=IN_2026, b_xml=ZANDVOORT, c_xml=IN_2026[:600])), (before, zipped(d_xml=IN_2022))]:
                file.write(content)
                file.flush()
            client.open_menu('Raadspost', 'Importeren', 'Nieuwe import')
            client.fill(kind='Verkiezingen')
            self.shot('import-0-empty')
            client.attach_file(now.name)
            client.attach_file(before.name)  # the first chooser has gone
            self.shot('import-1-wizard')
            client.press('Verder')
        self.shot('import-2-preview')
        client.press('apply')
        self.shot('import-3-applied')

    def test_a_result_shows_who_is_new(self):
        client = self.client
        self.import_results()
        client.start_over().open_menu('Raadspost', 'Raden')
        client.search('Heemstede')
        self.shot('councils')
        client.see_column('Nieuw', ['1'])
        client.open_row('Heemstede')
        client.page('Verkiezingen')
        self.shot('council-elections')
        def term(period):
            return [tuple(row.get(title) for title in ('Geïnstalleerd op', 'Nieuw', 'Terugkerend'))
                    for row in client.rows() if row.get('Raadsperiode') == period]
        client.until("the new term", lambda: term('2026-2030') == [('01-04-2026', '1', '2')])
        client.until("the one before", lambda: term('2022-2026') == [('30-03-2022', '', '')])
        client.see(new_councillors='1')

    def test_elections_and_their_councils(self):
        client = self.client
        client.open_menu('Raadspost', 'Verkiezingen', 'Verkiezingen')
        self.shot('elections')
        client.tab_domain('Alle')
        client.until('Herindelingsverkiezingen 2026', lambda: 'Herindelingsverkiezingen 2026' in client.column('Naam'))
        client.open_row('Herindelingsverkiezingen 2026')
        self.shot('election')
        client.see_column('Raad', ['Hilversum', 'Wijdemeren'])
        client.start_over().open_menu('Raadspost', 'Verkiezingen', 'Raadsperioden')
        self.shot('terms')
        client.until('2026-2030', lambda: '2026-2030' in client.column('Raadsperiode'))

    def test_elections_are_computed_to_a_later_year(self):
        client = self.client
        client.open_menu('Raadspost', 'Verkiezingen', 'Berekenen volgens de wet')
        self.shot('compute')
        client.fill(until=2034)
        client.press('Berekenen')
        client.tab_domain('Alle')
        client.until('Gemeenteraadsverkiezingen 2034', lambda: 'Gemeenteraadsverkiezingen 2034' in client.column('Naam'))

    def test_a_council_that_ends_shows_its_successor(self):
        client = self.client
        client.open_menu('Raadspost', 'Raden')
        client.search('Wijdemeren')
        client.open_row('Wijdemeren')
        client.page('Plaats en tijd')
        self.shot('council-ends')
        client.see(active_to='31-12-2026', successor='Hilversum')

    def test_settings_and_recesses(self):
        client = self.client
        client.open_menu('Raadspost', 'Instellingen')
        client.fill(keep_member_names=True)
        self.shot('configuration')
        client.see(member_retention_days='1.500')
        client.start_over().open_menu('Raadspost', 'Verkiezingen', 'Recessen')
        client.toolbar('new_')
        client.fill(name='Zomerreces 2027', region='Noord', from_day='10-07-2027', to_day='22-08-2027')
        client.toolbar('save')
        self.shot('recess')
        client.toolbar('switch_')
        client.see_column('Naam', ['Zomerreces 2027'])


if __name__ == '__main__':
    unittest.main()

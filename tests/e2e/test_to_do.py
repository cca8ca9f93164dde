"""Begin here: on an empty CRM the first screen says what comes first, and a button of it begins an import; the wizard says
on the spot which column it lacks. On a case a telephone call is logged where such calls are listed."""
import os
import tempfile
import unittest

from browser_test import BrowserTest


class ToDoTest(BrowserTest):
    modules = ['raadspost']

    @classmethod
    def prepare(cls):
        with cls.database.transaction(commit=True) as pool:
            party, = pool.get('party.party').create([{'name': "Vereniging Kleine Dorpen"}])
            association, = pool.get('raadspost.association').create([{
                'name': "Vereniging Kleine Dorpen", 'party': party.id, 'sender_name': "Vereniging Kleine Dorpen",
                'sender_email': 'oproep@dorpen.example'}])
            appeal, = pool.get('raadspost.appeal').create([{
                'name': "Een plek voor iedereen", 'association': association.id, 'subject': "Een plek",
                'message': "Geachte griffie,", 'letter': "Geachte raad,"}])
            council, = pool.get('raadspost.council').create([{'code': 'GM0397', 'name': "Heemstede"}])
            pool.get('raadspost.case').create([{'appeal': appeal.id, 'council': council.id, 'period': '2026'}])

    def test_the_first_screen_leads_to_an_import_that_tells_what_it_lacks(self):
        client = self.client
        client.open_menu('Raadspost', 'Begin hier')
        self.assertIn("nog geen adressen van griffies", client.value('advice'))
        client.press('import_file')
        client.fill(kind='Griffieadressen')
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'lijst.csv')
            with open(path, 'w') as file:
                file.write('Foo;Bar\n1;2\n')
            client.attach_file(path)
            client.press('Verder')
        client.press('Voorbeeld')
        self.assertIn("Wijs aan in welke kolom de e-mailadressen staan.", client.text())
        client.press('OK')
        client.press('Annuleren')

    def test_a_call_is_logged_where_calls_are_listed(self):
        client = self.client
        client.open_menu('Raadspost', 'Dossiers').open_first_row()
        client.page("Brieven, telefoontjes en gesprekken")
        self.assertIn("Er is nog niets vastgelegd.", client.text())
        client.press('log_contact')
        client.fill(with_whom="Griffier De Boer", note="Belt maandag terug")
        client.press('Vastleggen')
        self.assertEqual([row['Met wie'] for row in client.rows()], ["Griffier De Boer"])
        self.assertNotIn("Er is nog niets vastgelegd.", client.text())


if __name__ == '__main__':
    unittest.main()

"""Begin here: on an empty CRM the first screen says what comes first, and a button of it begins an import; the wizard says
on the spot which column it lacks. On a case a telephone call is logged where such calls are listed."""
import os
import tempfile
import unittest

from browser_test import BrowserTest
from cases import add_cases


class ToDoTest(BrowserTest):
    modules = ['raadspost']

    @classmethod
    def prepare(cls):
        with cls.database.transaction(commit=True) as pool:
            add_cases(pool, 1)

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
        client.see_column('Met wie', ["Griffier De Boer"])
        self.assertNotIn("Er is nog niets vastgelegd.", client.text())


if __name__ == '__main__':
    unittest.main()

"""Begin here: on an empty CRM the first screen says what comes first, and a button of it begins an import; the wizard says
on the spot which column it lacks. On a case a telephone call is logged where such calls are listed."""
import os
import re
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
        client.see(advice=re.compile("nog geen adressen van griffies"))
        client.press('import_file')
        client.fill(kind='Griffieadressen')
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'lijst.csv')
            with open(path, 'w') as file:
                file.write('Foo;Bar\n1;2\n')
            client.attach_file(path)
            client.press('Verder')
        client.press('Voorbeeld')
        client.see_text("Wijs aan in welke kolom de e-mailadressen staan.")
        client.press('OK')
        client.press('Annuleren')

    def test_a_call_is_logged_where_calls_are_listed(self):
        client = self.client
        client.open_menu('Raadspost', 'Dossiers').open_first_row()
        client.page("Brieven, telefoontjes en gesprekken")
        client.see_text("Er is nog niets vastgelegd.")
        client.press('log_contact')
        client.fill(with_whom="Griffier De Boer", note="Belt maandag terug")
        client.press('Vastleggen')
        client.see_column('Met wie', ["Griffier De Boer"])
        client.until("the note of nothing to go", lambda: "Er is nog niets vastgelegd." not in client.text())

    def test_two_quick_clicks_log_a_letter_once_and_leave_the_screen_usable(self):
        client = self.client
        client.open_menu('Raadspost', 'Dossiers').open_first_row()
        client.page("Brieven, telefoontjes en gesprekken")
        for note in ("Eerste", "Tweede", "Derde"):
            client.press('log_contact')
            client.fill(with_whom="Griffier Jansen", note=note)
            client.double_click(client.until("the button", lambda: client.visible(client.FRONT_BUTTONS, 'Vastleggen'))[0])
            client.until("the dialog to go", lambda: not client.visible('.modal, .modal-backdrop'))
        client.until("the letters", lambda: client.column('Met wie').count("Griffier Jansen") == 3)


if __name__ == '__main__':
    unittest.main()

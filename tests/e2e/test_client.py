"""The client's hands and eyes, tried on the bare host, so that a failing scenario is not their fault."""
import unittest

from browser_test import BrowserTest
from client import NotOnScreen


class ClientTest(BrowserTest):
    modules = ['party', 'country']

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.database.transaction(commit=True) as pool:
            pool.get('party.party').create([{'name': name} for name in ("Dorpshuis De Leer", "Buurthuis 't Veen")])
            pool.get('country.country').create([{'name': "Nederland", 'code': 'NL'}])

    def test_screen_is_dutch(self):
        self.client.open_menu('Relatie', 'Relaties')
        self.client.until("the column Naam", lambda: self.client.column('Naam'))

    def test_search_and_open(self):
        self.client.open_menu('Relatie', 'Relaties').search('veen')
        self.client.see_column('Naam', ["Buurthuis 't Veen"])
        self.client.open_row("Buurthuis 't Veen")
        self.client.see(name="Buurthuis 't Veen")

    def test_fill_and_save(self):
        self.client.open_menu('Relatie', 'Adressen').toolbar('new_')
        self.client.fill(party='De Leer', street='Kerkstraat 1', postal_code='1234 AB', city='Ons Dorp', country='Neder')
        self.client.toolbar('save')

        def saved():
            with self.database.transaction() as pool:
                return [(address.party.name, address.country.code)
                        for address in pool.get('party.address').search([('city', '=', 'Ons Dorp')])]
        self.assertEqual(self.client.until("the address", saved), [("Dorpshuis De Leer", 'NL')])

    def test_what_is_not_there_is_said(self):
        with self.assertRaisesRegex(NotOnScreen, "Bestaat niet"):
            self.client.open_menu('Bestaat niet')


if __name__ == '__main__':
    unittest.main()

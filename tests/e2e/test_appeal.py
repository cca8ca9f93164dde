"""A day with an appeal, in the browser: find councils, look at the mail and the letter, have a colleague approve it,
send it, and see that every griffie got it.

The colleagues and the country are the demo's; the mail goes to the recording server.
"""
import os
import pathlib
import re
import unittest

from client import NotOnScreen
from country_test import COUNCILS, CountryTest
from demo import Relay, raadspostd

BUILD = pathlib.Path(os.environ['RAADSPOST_BUILD'])
FOUND = {'sudwest': "Súdwest-Fryslân", 'SÚDWEST': "Súdwest-Fryslân", 'den haag': "Den Haag",
         "'s-gravenhage": "Den Haag", 'gm0518': "Den Haag"}


class AppealTest(CountryTest):
    @classmethod
    def relay_port(cls):
        cls.relay = Relay(BUILD / 'tests' / 'world' / 'world_smtp', pathlib.Path(cls.database.folder))
        cls.addClassCleanup(cls.relay.stop)
        return cls.relay.port

    def open_appeal(self):
        self.client.open_menu('Raadspost', 'Oproepen').open_row(self.appeal)

    def see_document(self):
        self.client.until("a document of the server's", lambda: self.client.document().startswith('blob:'))

    def is_running(self):
        with self.database.transaction() as pool:
            return pool.get('raadspost.appeal')(self.appeal_id).state == 'running'

    def test_search_forgives(self):
        self.client.open_menu('Raadspost', 'Raden')
        for typed, name in FOUND.items():
            with self.subTest(typed=typed):
                self.client.search(typed).see_column('Naam', [name])

    def test_council_and_its_griffie(self):
        self.client.open_menu('Raadspost', 'Raden').search('heemstede').open_row('Heemstede')
        self.client.see(code='GM0397', name='Heemstede')

    def test_from_text_to_dispatches(self):
        self.log_in_as('redactie')
        self.open_appeal()
        self.client.page('Voorbeeld')
        self.client.see(preview_subject=re.compile('.'))
        self.assertFalse(self.client.value('preview_problem') if self.client.visible('[name=preview_problem]') else '')
        self.see_document()
        self.client.page('Brief (pdf)')
        self.see_document()
        self.client.press('Ter goedkeuring aanbieden')
        with self.assertRaises(NotOnScreen):
            self.client.press('Verzenden starten', seconds=1)

        self.log_in_as('bestuur')
        self.open_appeal()
        self.client.press('Bekijken en goedkeuren ...')
        self.client.press('Goedkeuren')
        self.client.press('Verzenden starten')
        self.client.confirm()
        self.client.until("the appeal to run", self.is_running)

        raadspostd(BUILD, self.database, '--arm', "browser test")
        raadspostd(BUILD, self.database, '--once')
        self.client.start_over().open_menu('Raadspost', 'Zendingen').tab_domain('Verzonden')
        states = self.client.until("the dispatches", lambda: self.client.column('Status'))
        self.assertEqual(set(states), {'Verzonden'})
        taken = self.relay.recipients()
        self.assertEqual((len(taken), set(taken.values())), (COUNCILS, {1}))
        self.client.open_first_row()
        self.client.until("a mailbox that got it", lambda: self.client.value('mailbox') in taken)


if __name__ == '__main__':
    unittest.main()

"""A day with an appeal, in the browser: find councils, look at the mail and the letter, have a colleague approve it,
send it, and see that every griffie got it.

The colleagues and the country are the demo's; the mail goes to the recording server.
"""
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'world'))

from browser_test import BrowserTest  # noqa: E402
from client import NotOnScreen  # noqa: E402
from database import PASSWORD  # noqa: E402
from demo import Relay, add_colleagues, extension, raadspostd, settle_in, write_at_any_hour  # noqa: E402

BUILD = pathlib.Path(os.environ['RAADSPOST_BUILD'])
COUNCILS = 342
FOUND = {'sudwest': "Súdwest-Fryslân", 'SÚDWEST': "Súdwest-Fryslân", 'den haag': "Den Haag",
         "'s-gravenhage": "Den Haag", 'gm0518': "Den Haag"}


class AppealTest(BrowserTest):
    modules = ['raadspost']

    @classmethod
    def prepare(cls):
        folder = pathlib.Path(cls.database.folder)
        cls.relay = Relay(BUILD / 'tests' / 'world' / 'world_smtp', folder)
        cls.addClassCleanup(cls.relay.stop)
        cls.database.sections = {
            'email': {'uri': f'smtp://127.0.0.1:{cls.relay.port}', 'from': 'post@dorpensamen.example'},
            'raadspost': {'keys': str(folder / 'keys' / 'ring')}}
        cls.database.write_conf(cls.database.sections)
        with cls.database.transaction(commit=True) as pool:
            add_colleagues(pool)
            settle_in(pool)
            write_at_any_hour(pool)
            extension().load_country({'domain_suffix': 'example', 'with_meeting_places': True})
            redactie, = pool.get('res.user').search([('login', '=', 'redactie')])
        with cls.database.transaction(user=redactie.id, commit=True) as pool:
            cls.appeal = pool.get('raadspost.appeal')(extension().load_samples()[0]).name

    def log_in_as(self, login):
        # With nothing open, for the client asks before it closes tabs.
        self.client.start_over().log_out()
        self.client.log_in(login, PASSWORD)

    def open_appeal(self):
        self.client.open_menu('Raadspost', 'Oproepen').open_row(self.appeal)

    def test_search_forgives(self):
        self.client.open_menu('Raadspost', 'Raden')
        for typed, name in FOUND.items():
            with self.subTest(typed=typed):
                self.assertEqual([row['Naam'] for row in self.client.search(typed).rows()], [name])

    def test_council_and_its_griffie(self):
        self.client.open_menu('Raadspost', 'Raden').search('heemstede').open_row('Heemstede')
        self.assertEqual((self.client.value('code'), self.client.value('name')), ('GM0397', 'Heemstede'))

    def test_from_text_to_dispatches(self):
        self.log_in_as('redactie')
        self.open_appeal()
        self.client.page('Voorbeeld')
        self.assertTrue(self.client.value('preview_subject'))
        self.assertFalse(self.client.value('preview_problem') if self.client.visible('[name=preview_problem]') else '')
        self.assertTrue(self.client.document().startswith('blob:'))
        self.client.page('Brief (pdf)')
        self.assertTrue(self.client.document().startswith('blob:'))
        self.client.press('Ter goedkeuring aanbieden')
        with self.assertRaises(NotOnScreen):
            self.client.press('Verzenden starten', seconds=1)

        self.log_in_as('bestuur')
        self.open_appeal()
        self.client.press('Bekijken en goedkeuren ...')
        self.client.press('Goedkeuren')
        self.client.press('Verzenden starten')
        self.client.confirm()

        raadspostd(BUILD, self.database, '--arm', "browser test")
        raadspostd(BUILD, self.database, '--once')
        self.client.start_over().open_menu('Raadspost', 'Zendingen').tab_domain('Verzonden')
        states = [row['Status'] for row in self.client.rows()]
        self.assertTrue(states)
        self.assertEqual(set(states), {'Verzonden'})
        taken = self.relay.recipients()
        self.assertEqual((len(taken), set(taken.values())), (COUNCILS, {1}))
        self.client.open_first_row()
        self.assertIn(self.client.value('mailbox'), taken)


if __name__ == '__main__':
    unittest.main()

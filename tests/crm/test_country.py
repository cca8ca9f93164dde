"""The shipped country: every council with a griffie, found however it is typed, and made once only."""
import time
import unittest

from database import HostTest

SUFFIX = 'griffie.test'


def load(**options):
    from raadspost import _raadspost
    return _raadspost.load_country(options)


class CountryTest(HostTest):
    modules = ['raadspost']

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.database.transaction(commit=True):
            start = time.monotonic()
            cls.made = load(domain_suffix=SUFFIX, with_meeting_places=True)
            cls.seconds = time.monotonic() - start

    def test_every_council_has_one_griffie(self):
        self.assertEqual(self.made['councils'], 342)
        self.assertEqual(self.made['griffies'], 342)
        self.assertGreater(self.made['meeting_places'], 342)
        with self.database.transaction() as pool:
            Council = pool.get('raadspost.council')
            councils = Council.search([])
            self.assertEqual(len(councils), 342)
            self.assertEqual({c.griffie_count for c in councils}, {1})
            self.assertTrue(all(c.province and c.party and c.latitude for c in councils))
            self.assertTrue(all(c.meeting_place_count >= 2 for c in councils))

    def test_nothing_real_can_be_mailed(self):
        with self.database.transaction() as pool:
            griffies = pool.get('raadspost.griffie').search([])
            self.assertEqual({g.status for g in griffies}, {'unconfirmed'})
            self.assertEqual([g.email for g in griffies if not g.email.endswith('.' + SUFFIX)], [])
            self.assertEqual(len({g.mailbox for g in griffies}), 342)

    def test_a_second_run_makes_nothing(self):
        with self.database.transaction() as pool:
            parties = pool.get('party.party').search([], count=True)
            self.assertEqual(set(load(domain_suffix=SUFFIX, with_meeting_places=True).values()), {0})
            self.assertEqual(pool.get('party.party').search([], count=True), parties)

    def test_search_forgives(self):
        cases = [  # typed, found
            ('sudwest', 'Súdwest-Fryslân'),
            ('SÚDWEST', 'Súdwest-Fryslân'),
            ('den haag', 'Den Haag'),
            ("'s-gravenhage", 'Den Haag'),
            ('den bosch', "'s-Hertogenbosch"),
            ("'s-hertogenbosch", "'s-Hertogenbosch"),
            ('s hertogenbosch', "'s-Hertogenbosch"),
            ('gm0518', 'Den Haag'),
            ('GM0518', 'Den Haag'),
            ('sudwest-fryslan.griffie.test', 'Súdwest-Fryslân'),
        ]
        with self.database.transaction() as pool:
            Council = pool.get('raadspost.council')
            for typed, name in cases:
                with self.subTest(typed):
                    found = Council.search([('rec_name', 'ilike', f'%{typed}%')])
                    self.assertIn(name, [c.name for c in found])
                    self.assertLess(len(found), 5)

    def test_a_griffiers_surname_finds_council_and_griffie(self):
        with self.database.transaction() as pool:
            Council, Griffie = pool.get('raadspost.council'), pool.get('raadspost.griffie')
            heemstede, = Council.search([('code', '=', 'GM0397')])
            Griffie.write(list(heemstede.griffies), {'griffier': "Mw. drs. A. Über-Zandloper"})
            self.assertEqual(Council.search([('rec_name', 'ilike', '%uber-zandloper%')]), [heemstede])
            self.assertEqual(Griffie.search([('rec_name', 'ilike', '%UBER Zandloper%')]),
                             list(heemstede.griffies))

    def test_articles_do_not_count_in_the_order(self):
        with self.database.transaction() as pool:
            names = [c.name for c in pool.get('raadspost.council').search([])]
            self.assertLess(names.index('Groningen'), names.index("'s-Hertogenbosch"))
            self.assertLess(names.index("'s-Hertogenbosch"), names.index('IJsselstein'))

    def test_griffies_stand_at_the_letter_of_their_place(self):
        """"Griffie 's-Hertogenbosch" was the first of all griffies."""
        with self.database.transaction() as pool:
            names = [g.name for g in pool.get('raadspost.griffie').search([])]
            self.assertLess(names.index("Griffie Groningen"), names.index("Griffie 's-Hertogenbosch"))
            self.assertLess(names.index("Griffie 's-Hertogenbosch"), names.index("Griffie IJsselstein"))

    def test_provinces_are_the_hosts_own(self):
        with self.database.transaction() as pool:
            Subdivision = pool.get('country.subdivision')
            codes = [s.code for s in Subdivision.search([('country.code', '=', 'NL')])]
            self.assertEqual(sorted(codes), sorted(set(codes)))
            self.assertEqual(len(codes), 12)

    def test_codes_and_mailboxes_are_checked(self):
        from trytond.exceptions import UserError
        with self.database.transaction() as pool:
            Council, Griffie = pool.get('raadspost.council'), pool.get('raadspost.griffie')
            for code in ['GM397', 'gm0397', 'XX0397']:
                with self.subTest(code), self.assertRaises(UserError):
                    Council.create([{'code': code, 'name': 'Nergens'}])
            with self.assertRaisesRegex(UserError, 'geen adres'):
                Griffie.create([{'name': 'Griffie', 'email': 'griffie at nergens'}])

    def test_a_code_stands_once(self):
        from trytond.exceptions import UserError
        with self.database.transaction() as pool:
            with self.assertRaisesRegex(UserError, 'eigen CBS-code'):
                pool.get('raadspost.council').create([{'code': 'GM0397', 'name': 'Tweede'}])

    def test_an_address_is_proposed_where_there_is_none(self):
        with self.database.transaction() as pool:
            Council, Griffie = pool.get('raadspost.council'), pool.get('raadspost.griffie')
            heemstede, = Council.search([('code', '=', 'GM0397')])
            Griffie.delete(list(heemstede.griffies))
            Council.write([heemstede], {'website': 'https://www.heemstede.example/bestuur'})
            Council.propose_address([heemstede])
            griffie, = Council(heemstede.id).griffies
            self.assertEqual((griffie.email, griffie.status), ('griffie@heemstede.example', 'unconfirmed'))

    def test_merged_parties_take_the_council_along(self):
        with self.database.transaction() as pool:
            Party, Council = pool.get('party.party'), pool.get('raadspost.council')
            council, = Council.search([('code', '=', 'GM0397')])
            staying, = Party.create([{'name': 'Gemeente Heemstede'}])
            Replace = pool.get('party.replace', type='wizard')
            session, _, _ = Replace.create()
            wizard = Replace(session)
            wizard.ask.source, wizard.ask.destination = council.party, staying
            wizard.transition_replace()
            self.assertEqual(Council(council.id).party, staying)


if __name__ == '__main__':
    unittest.main()

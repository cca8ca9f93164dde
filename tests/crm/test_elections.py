"""Elections and terms: made by law, each council with its own, and kept in step with what people correct."""
import datetime
import time
import unittest

from database import HostTest

D = datetime.date


def load(**options):
    from raadspost import _raadspost
    return _raadspost.load_country(dict(options, domain_suffix='griffie.test'))


class ElectionTest(HostTest):
    modules = ['raadspost']

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.database.transaction(commit=True):
            load()

    def council(self, pool, code):
        council, = pool.get('raadspost.council').search([('code', '=', code)])
        return council

    def terms(self, pool, code):
        return [(term.name, term.installed_on, term.ends_on) for term in reversed(self.council(pool, code).terms)]

    def election(self, pool, day):
        election, = pool.get('raadspost.election').search([('voting_day', '=', day)])
        return election

    def appeal(self, pool):
        party, = pool.get('party.party').create([{'name': 'Vereniging Kleine Dorpen'}])
        association, = pool.get('raadspost.association').create([{
            'name': party.name, 'party': party.id, 'sender_name': party.name, 'sender_email': 'oproep@dorpen.example'}])
        appeal, = pool.get('raadspost.appeal').create([{
            'name': 'Plekken', 'association': association.id, 'subject': 'Een plek', 'message': 'Geachte griffie,'}])
        return appeal.id

    def test_the_law_is_there_from_the_start(self):
        with self.database.transaction() as pool:
            regular = {e.voting_day: (e.nomination_day, e.result_day, e.installation_day, e.council_count)
                       for e in pool.get('raadspost.election').search([('kind', '=', 'regular')])}
            self.assertEqual(sorted(regular), [D(2018, 3, 21), D(2022, 3, 16), D(2026, 3, 18), D(2030, 3, 20)])
            self.assertEqual(regular[D(2026, 3, 18)], (D(2026, 2, 2), D(2026, 3, 26), D(2026, 4, 1), 340))
            self.assertEqual(regular[D(2018, 3, 21)][2], D(2018, 3, 29))
            self.assertEqual(regular[D(2022, 3, 16)][3], 333)
            self.assertEqual(regular[D(2030, 3, 20)][3], 341)
            november = self.election(pool, D(2026, 11, 18))
            self.assertEqual((november.kind, november.installation_day), ('reorganisation', D(2027, 1, 4)))
            self.assertEqual({c.code for c in november.councils}, {'GM0402', 'GM1696'})

    def test_councils_are_listed_by_their_sorting_name(self):
        "They came in the order of their codes, and 's-Hertogenbosch before all others."
        with self.database.transaction() as pool:
            names = [part.council.name for part in self.election(pool, D(2030, 3, 20)).participations]
            self.assertEqual(names[:2], ["Aa en Hunze", "Aalsmeer"])
            self.assertEqual(names[names.index("'s-Hertogenbosch") - 1][0], "H")
            terms = pool.get('raadspost.council.term').search([('installed_on', '=', D(2030, 4, 3))])
            self.assertEqual([term.council.name for term in terms], names)

    def test_each_council_follows_its_own_election(self):
        with self.database.transaction() as pool:
            self.assertEqual(self.terms(pool, 'GM0397'), [
                ('2018-2022', D(2018, 3, 29), D(2022, 3, 30)), ('2022-2026', D(2022, 3, 30), D(2026, 4, 1)),
                ('2026-2030', D(2026, 4, 1), D(2030, 4, 3)), ('2030-2034', D(2030, 4, 3), D(2034, 3, 29))])
            self.assertEqual(self.terms(pool, 'GM0402')[1:3], [
                ('2022-2027', D(2022, 3, 30), D(2027, 1, 4)), ('2027-2030', D(2027, 1, 4), D(2030, 4, 3))])
            # Amsterdam came in a week early, because Weesp joined it.
            self.assertEqual(self.terms(pool, 'GM0363')[1], ('2022-2026', D(2022, 3, 24), D(2026, 4, 1)))
            self.assertEqual(self.terms(pool, 'GM1980'), [
                ('2022-2026', D(2022, 1, 3), D(2026, 4, 1)), ('2026-2030', D(2026, 4, 1), D(2030, 4, 3)),
                ('2030-2034', D(2030, 4, 3), D(2034, 3, 29))])
            self.assertEqual(self.terms(pool, 'GM1979')[0], ('2021-2026', D(2021, 1, 4), D(2026, 4, 1)))

    def test_a_council_that_ends_keeps_its_history(self):
        with self.database.transaction() as pool:
            self.assertEqual(self.terms(pool, 'GM1696'), [
                ('2018-2022', D(2018, 3, 29), D(2022, 3, 30)), ('2022-2027', D(2022, 3, 30), D(2027, 1, 1))])
            wijdemeren = self.council(pool, 'GM1696')
            self.assertEqual((wijdemeren.active_to, wijdemeren.successor.code), (D(2026, 12, 31), 'GM0402'))

    def test_every_council_sits_at_any_time(self):
        with self.database.transaction() as pool:
            Term = pool.get('raadspost.council.term')
            for day, number in [(D(2022, 3, 29), 341), (D(2023, 6, 1), 342), (D(2026, 3, 31), 342),
                                (D(2026, 4, 1), 342), (D(2027, 1, 2), 341), (D(2030, 4, 2), 341)]:
                with self.subTest(day):
                    sitting = Term.search([('installed_on', '<=', day), ('ends_on', '>', day)])
                    self.assertEqual(len({t.council for t in sitting}), len(sitting))
                    # Whoever is reorganised waits for the first working day of the year.
                    self.assertEqual(len(sitting), number)

    def test_the_sitting_council_is_shown(self):
        with self.database.transaction() as pool:
            council = self.council(pool, 'GM0397')
            self.assertEqual(council.sitting_term.name, '2026-2030')
            self.assertIsNone(council.new_councillors)
            pool.get('raadspost.council.term').write([council.sitting_term], {'new_count': 9})
            self.assertEqual(self.council(pool, 'GM0397').new_councillors, 9)

    def test_corrections_move_the_terms(self):
        with self.database.transaction() as pool:
            Election, Part = pool.get('raadspost.election'), pool.get('raadspost.election-raadspost.council')
            Election.write([self.election(pool, D(2026, 3, 18))], {'installation_day': D(2026, 4, 2)})
            self.assertEqual(self.terms(pool, 'GM0397')[1:3], [
                ('2022-2026', D(2022, 3, 30), D(2026, 4, 2)), ('2026-2030', D(2026, 4, 2), D(2030, 4, 3))])
            part, = Part.search([('council.code', '=', 'GM0397'), ('election.voting_day', '=', D(2026, 3, 18))])
            Part.write([part], {'installed_on': D(2026, 4, 9)})
            self.assertEqual(self.terms(pool, 'GM0397')[1][2], D(2026, 4, 9))
            self.assertEqual(self.terms(pool, 'GM0473')[1][2], D(2026, 4, 2))
            Part.delete([part])
            self.assertEqual(self.terms(pool, 'GM0397')[1], ('2022-2030', D(2022, 3, 30), D(2030, 4, 3)))
            Election.delete([self.election(pool, D(2026, 3, 18))])
            self.assertEqual(self.terms(pool, 'GM0473')[1], ('2022-2030', D(2022, 3, 30), D(2030, 4, 3)))

    def test_the_end_of_a_council_ends_its_term(self):
        with self.database.transaction() as pool:
            Council = pool.get('raadspost.council')
            Council.write([self.council(pool, 'GM0397')], {'active_to': D(2027, 12, 31)})
            self.assertEqual(self.terms(pool, 'GM0397')[-1], ('2026-2028', D(2026, 4, 1), D(2028, 1, 1)))
            Council.write([self.council(pool, 'GM0397')], {'active_to': None})
            self.assertEqual(self.terms(pool, 'GM0397')[-1][0], '2030-2034')

    def test_a_second_run_makes_nothing_and_undoes_nothing(self):
        with self.database.transaction() as pool:
            Part = pool.get('raadspost.election-raadspost.council')
            part, = Part.search([('council.code', '=', 'GM0397'), ('election.voting_day', '=', D(2026, 3, 18))])
            Part.delete([part])
            counts = [pool.get(m).search([], count=True) for m in
                      ['raadspost.election', 'raadspost.election-raadspost.council', 'raadspost.council.term']]
            load()
            self.compute(pool, 2030)
            self.assertEqual(counts, [pool.get(m).search([], count=True) for m in
                             ['raadspost.election', 'raadspost.election-raadspost.council', 'raadspost.council.term']])

    def test_a_corrected_voting_day_is_still_the_same_election(self):
        "A second one, by the law, appeared at the next update."
        with self.database.transaction() as pool:
            Election = pool.get('raadspost.election')
            november = self.election(pool, D(2026, 11, 18))
            Election.write([november], {'voting_day': D(2026, 11, 25), 'result_day': D(2026, 12, 3)})
            number = Election.search([], count=True)
            self.compute(pool, 2030)
            self.assertEqual(Election.search([], count=True), number)

    def test_a_new_council_takes_part(self):
        with self.database.transaction() as pool:
            pool.get('raadspost.council').create([{'code': 'GM9998', 'name': 'Nieuwland', 'active_from': D(2028, 1, 1)}])
            self.compute(pool, 2030)
            self.assertEqual(self.terms(pool, 'GM9998'), [('2030-2034', D(2030, 4, 3), D(2034, 3, 29))])

    def compute(self, pool, until):
        Wizard = pool.get('raadspost.compute_elections', type='wizard')
        session, _, _ = Wizard.create()
        done = Wizard.execute(session, {'start': {'until': until}}, 'compute')
        Wizard.delete(session)
        return done

    def test_the_wizard_goes_on_to_2042(self):
        from trytond.exceptions import UserError
        with self.database.transaction() as pool:
            self.assertTrue(self.compute(pool, 2042)['actions'])
            self.assertEqual(self.election(pool, D(2042, 3, 19)).installation_day, D(2042, 4, 2))
            self.assertEqual(self.terms(pool, 'GM0397')[-1][:2], ('2042-2046', D(2042, 4, 2)))
            with self.assertRaisesRegex(UserError, '2042'):
                self.compute(pool, 3000)

    def test_the_region_of_the_school_holidays(self):
        with self.database.transaction() as pool:
            Council = pool.get('raadspost.council')
            regions = {code: self.council(pool, code).region for code in ['GM0397', 'GM0202', 'GM0344', 'GM1959']}
            self.assertEqual(regions, {'GM0397': 'noord', 'GM0202': 'zuid', 'GM0344': 'midden', 'GM1959': 'midden'})
            Council.write([self.council(pool, 'GM1959')], {'region': 'zuid'})
            load()
            self.assertEqual(self.council(pool, 'GM1959').region, 'zuid')

    def test_days_out_of_order_are_refused(self):
        from trytond.exceptions import UserError
        with self.database.transaction() as pool:
            Election, Term = pool.get('raadspost.election'), pool.get('raadspost.council.term')
            with self.assertRaisesRegex(UserError, 'volgorde'):
                Election.write([self.election(pool, D(2030, 3, 20))], {'installation_day': D(2030, 3, 1)})
            with self.assertRaisesRegex(UserError, 'eindigt voordat'):
                Term.create([{'council': self.council(pool, 'GM0397').id, 'installed_on': D(2015, 1, 1),
                              'ends_on': D(2014, 1, 1)}])
            with self.assertRaisesRegex(UserError, 'al een verkiezing'):
                Election.create([{'kind': 'regular', 'name': 'Nog een', 'voting_day': D(2030, 3, 20),
                                  'installation_day': D(2030, 4, 3)}])

    def test_several_elections_are_moved_one_at_a_time(self):
        "Two that change places in one save said only that there is one on that day: after it there would be none."
        from trytond.exceptions import UserError
        first, second = D(2026, 3, 18), D(2030, 3, 20)

        def on(day, installation):
            return {'voting_day': day, 'nomination_day': None, 'result_day': None, 'installation_day': installation}
        with self.database.transaction() as pool:
            Election = pool.get('raadspost.election')
            earlier, later = self.election(pool, first), self.election(pool, second)
            with self.assertRaisesRegex(UserError, 'één voor één'):
                Election.write([earlier], on(second, D(2030, 4, 3)), [later], on(D(2034, 3, 15), D(2034, 3, 29)))
        with self.database.transaction() as pool:
            Election = pool.get('raadspost.election')
            earlier, later = self.election(pool, first), self.election(pool, second)
            Election.write([later], on(D(2034, 3, 15), D(2034, 3, 29)))
            Election.write([earlier], on(second, D(2030, 4, 3)))
            self.assertEqual([name for name, _, _ in self.terms(pool, 'GM0397')], ['2018-2022', '2022-2030', '2030-2034', '2034-2038'])

    def test_a_day_that_another_term_leaves_is_free(self):
        "Two installations of one council moved in one write, the first to the day that the second had: refused as double."
        with self.database.transaction() as pool:
            from trytond.transaction import Transaction
            Link = pool.get('raadspost.election-raadspost.council')
            hilversum = self.council(pool, 'GM0402')
            links = {link.election.voting_day.year: link
                     for link in Link.search([('council', '=', hilversum.id)])}
            term_of = {year: pool.get('raadspost.council.term').search([
                ('council', '=', hilversum.id), ('election', '=', links[year].election.id)])[0] for year in (2026, 2030)}
            pool.get('raadspost.case').create([
                {'appeal': self.appeal(pool), 'council': hilversum.id, 'period': term_of[year].name} for year in (2026, 2030)])
            Link.write([links[2026]], {'installed_on': term_of[2030].installed_on},
                       [links[2030]], {'installed_on': D(2031, 2, 3)})
            self.assertEqual([on for _, on, _ in self.terms(pool, 'GM0402')][-2:], [D(2030, 4, 3), D(2031, 2, 3)])
            # Each case stays with its term, though one term has now the name that the other had.
            cursor = Transaction().connection.cursor()
            cursor.execute('select period from raadspost_case where council = %s order by id' % hilversum.id)
            self.assertEqual(cursor.fetchall(), [('2030-2031',), ('2031-2034',)])

    def test_an_existing_crm_gets_its_elections_at_the_update(self):
        with self.database.transaction() as pool:
            Election = pool.get('raadspost.election')
            Election.delete(Election.search([]))
            self.assertEqual(self.terms(pool, 'GM0397'), [])
            start = time.process_time()
            pool.get('raadspost.council.member').__register__('raadspost')
            self.assertLess(time.process_time() - start, 10)
            self.assertEqual(len(self.terms(pool, 'GM0397')), 4)


if __name__ == '__main__':
    unittest.main()

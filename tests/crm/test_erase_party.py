"""Erasing a party (GDPR art. 17): what of ours belongs to a person goes along, the numbers stay, and only what the law wants
kept is still found in a dump of the database."""
import glob
import os
import unittest

from answering import AnswerTest

NAME, ADDRESS, PHONE = 'Anna Zandloper', 'a.zandloper@oosterduin.example', '06-87654321'
ANSWER = 'Doorgestuurd aan de raadsleden.\n\nMet groet,\nAnna Zandloper\nbel +31 6 8765 4321\n'


class ErasePartyTest(AnswerTest):
    def dump(self):
        "Each table of the database as text."
        with self.database.sql() as run:
            if self.database.kind == 'postgresql':
                tables = [row['name'] for row in run(
                    "select tablename as name from pg_tables where schemaname = 'public'")]
            else:
                tables = [row['name'] for row in run("select name from sqlite_master where type = 'table'")]
            return {table: repr([dict(row) for row in run(f'select * from "{table}"')]) for table in tables}

    def found(self, *words):
        "Tables of the dump in which one of the words stands."
        return {table for table, text in self.dump().items() for word in words if word.lower() in text.lower()}

    def on_disk(self):
        "What is kept of mail that came in."
        content = b''
        for file in glob.glob(os.path.join(self.database.data, '**', '*.pack'), recursive=True):
            with open(file, 'rb') as pack:
                content += pack.read()
        return content

    def person(self, name=NAME, address=ADDRESS, **values):
        with self.database.transaction(commit=True) as pool:
            party, = pool.get('party.party').create([{
                'name': name, 'active': False, 'contact_mechanisms': [
                    ('create', [{'type': 'email', 'value': address}, {'type': 'mobile', 'value': PHONE}])], **values}])
            return party.id

    def erase(self, party):
        with self.database.transaction(commit=True) as pool:
            Erase = pool.get('party.erase', type='wizard')
            session, _, _ = Erase.create()
            Erase.execute(session, {'ask': {'party': party}}, 'erase')
            Erase.delete(session)
        with self.database.transaction(commit=True) as pool:
            pool.get('raadspost.forgotten_bytes').wipe()

    def assert_refused(self, party, sentence):
        from trytond.exceptions import UserError
        with self.assertRaisesRegex(UserError, sentence):
            self.erase(party)

    def write(self, model, domain, **values):
        with self.database.transaction(commit=True) as pool:
            Model = pool.get(model)
            Model.write(Model.search(domain), values)

    def numbers(self):
        with self.database.transaction() as pool:
            return {name: pool.get(f'raadspost.{name}').search([], count=True)
                    for name in ['case', 'dispatch', 'outcome', 'event', 'message', 'contact', 'griffie', 'council',
                                 'suppression', 'council.member', 'council.term']}

    def test_nothing_of_the_person_is_found_but_the_objection(self):
        dispatch, other = self.appeal('Oosterduin', 'Westerduin')
        self.write('raadspost.griffie', [('name', '=', 'Griffie Oosterduin')],
                   griffier=f'Mw. drs. {NAME}', greeting='Beste Anna Zandloper', phone=PHONE,
                   note=f'{NAME} werkt op dinsdag, {ADDRESS}')
        # Another one now, so that only the history names her there.
        self.write('raadspost.griffie', [('name', '=', 'Griffie Westerduin')], griffier=NAME)
        self.write('raadspost.griffie', [('name', '=', 'Griffie Westerduin')], griffier='Dhr. B. Blijver')
        mine, theirs = self.take_in(self.mail(dispatch, ANSWER, sender=f'{NAME} <{ADDRESS}>'),
                                    self.mail(other, 'Doorgestuurd aan de raad, met dank aan Anna Zandloper.',
                                              sender='Bert Blijver <b.blijver@westerduin.example>'))
        with self.database.transaction(commit=True) as pool:
            Case, Contact, Outcome = (pool.get(f'raadspost.{name}') for name in ('case', 'contact', 'outcome'))
            case, = Case.search([('council.name', '=', 'Oosterduin'), ('appeal', '=', self.appeal_id)])
            Contact.create([{'case': case.id, 'kind': 'phone', 'at': self.sent_at, 'with_whom': who, 'note': 'Belt terug'}
                            for who in (NAME, 'mevrouw Zandloper', 'Bert Blijver')])
            pool.get('raadspost.event').create([{
                'at': self.sent_at, 'kind': 'contact', 'appeal': self.appeal_id, 'case': case.id, 'text': 'Gesprek gewijzigd',
                'evidence': f'3-12-2026, 14:30\n{who}\nKennismaken'} for who in ('mevrouw Zandloper', 'Bert Blijver')])
            Outcome.create([{'case': case.id, 'kind': 'receipt', 'on': self.sent_at.date(), 'source': 'staff',
                             'evidence': f'Gehoord van {NAME}'}])
            pool.get('raadspost.suppression').create([{'email': ADDRESS, 'note': f'{NAME} wil geen post meer'}])
            term, = pool.get('raadspost.council.term').create([{
                'council': case.council.id, 'installed_on': self.sent_at.date(), 'seats': 1, 'new_count': 1}])
            pool.get('raadspost.council.member').create([{
                'term': term.id, 'name': NAME, 'sort_name': 'zandloper', 'is_new': True}])
            pool.get('raadspost.griffie').write(list(case.council.griffies), {'name': 'Griffie Oosterduin'})
            imported, = pool.get('raadspost.import').create([{'name': 'griffies.csv', 'kind': 'griffie_addresses'}])
            pool.get('raadspost.import.line').create([{
                'import_': imported.id, 'change': 'added', 'label': NAME, 'source_values': f'{{"griffier":"{NAME}"}}'}])
        party = self.person()
        before = self.numbers()
        self.assertGreaterEqual(self.found(NAME), {
            'party_party', 'raadspost_griffie', 'raadspost_griffie__history', 'raadspost_message', 'raadspost_contact',
            'raadspost_outcome', 'raadspost_suppression', 'raadspost_council_member', 'raadspost_import_line'})
        self.assertIn(b'Zandloper', self.on_disk())

        self.write('raadspost.appeal', [], state='closed')
        self.erase(party)

        self.assertEqual(self.found('Anna Zandloper', 'anna zandloper', '8765 4321', '87654321'), set())
        # An objection has to be remembered, or it could not be kept to (art. 21).
        self.assertEqual(self.found(ADDRESS), {'raadspost_suppression', 'raadspost_suppression__history'})
        self.assertEqual(self.found('mevrouw Zandloper'), set())
        self.assertNotIn(ADDRESS.encode(), self.on_disk())
        self.assertEqual(self.numbers(), before)
        with self.database.transaction() as pool:
            Message, Griffie, Contact = (pool.get(f'raadspost.{name}') for name in ('message', 'griffie', 'contact'))
            self.assertEqual((Message(mine).text, Message(mine).from_address, Message(mine).raw), (None, '****', None))
            self.assertEqual((Message(mine).kinds, Message(mine).case.id), ('distributed', case.id))
            self.assertIn('met dank aan ****', Message(theirs).text)
            self.assertEqual(Message(theirs).from_name, 'Bert Blijver')
            office, = Griffie.search([('name', '=', 'Griffie Oosterduin')])
            self.assertEqual((office.griffier, office.phone, office.email), (None, None, 'griffie@oosterduin.example'))
            self.assertEqual(Griffie.search([('rec_name', 'ilike', '%zandloper%')]), [])
            self.assertEqual(Griffie.search([('griffier', '=', 'Dhr. B. Blijver')], count=True), 1)
            self.assertEqual(sorted(each.with_whom or '' for each in Contact.search([])), ['', '', 'Bert Blijver'])
            log = pool.get('raadspost.event').search([('text', '=', 'Gesprek gewijzigd')])
            self.assertEqual(sorted(each.evidence or '' for each in log), ['', '3-12-2026, 14:30\nBert Blijver\nKennismaken'])
        # The message is still in the mailbox; it is not taken in once more.
        self.assertEqual(self.take_in(), [])

    def test_an_address_of_ones_own_goes_and_an_offices_stays(self):
        dispatch, = self.appeal('Noorderduin', mailbox='a.zandloper@noorderduin.example')
        party = self.person(address='a.zandloper@noorderduin.example')
        self.assert_refused(party, 'gepland of onderweg|ondertekent')
        with self.database.transaction(commit=True) as pool:
            Dispatch = pool.get('raadspost.dispatch')
            Dispatch.write(Dispatch.search([('state', 'not in', ['sent'])]), {'state': 'cancelled'})
        self.write('raadspost.griffie', [('mailbox', '=', 'a.zandloper@noorderduin.example')], name='Griffie Noorderduin')
        self.erase(party)
        self.assertEqual(self.found('a.zandloper@noorderduin.example') - {'raadspost_plan_line'}, set())
        with self.database.transaction() as pool:
            self.assertEqual(pool.get('raadspost.dispatch')(dispatch).state, 'sent')

    def test_who_is_written_to_is_not_erased(self):
        dispatch, = self.appeal('Zuiderduin')
        with self.database.transaction(commit=True) as pool:
            party, = pool.get('party.party').create([{'name': 'Gemeente Zuiderduin', 'active': False}])
            council, = pool.get('raadspost.council').search([('name', '=', 'Zuiderduin')])
            pool.get('raadspost.council').write([council], {'party': party.id})
            pool.get('raadspost.griffie').write(list(council.griffies), {'griffier': 'Dhr. C. Duinhuis'})
            pool.get('raadspost.dispatch').write([pool.get('raadspost.dispatch')(dispatch)], {'state': 'uncertain'})
            association = pool.get('raadspost.association')(self.association).party
            association.active = False
            association.save()
        self.assert_refused(party.id, 'Er zijn [1-9][0-9]* berichten')
        self.assert_refused(association.id, 'Er zijn|verzendt of ondertekent')
        with self.database.transaction() as pool:
            self.assertEqual(pool.get('party.party')(party.id).name, 'Gemeente Zuiderduin')
        self.write('raadspost.dispatch', [('state', '!=', 'sent')], state='cancelled')
        self.erase(party.id)
        self.assertEqual(self.found('Duinhuis'), set())
        with self.database.transaction() as pool:
            council, = pool.get('raadspost.council').search([('name', '=', 'Zuiderduin')])
            self.assertEqual(council.party.id, party.id)
        self.write('party.party', [('id', '=', association.id)], active=True)

    def test_a_failed_erasure_loses_nothing(self):
        "Bytes go after the commit: a person who is refused half-way, here at a merged party, has all still."
        dispatch, = self.appeal('Midderduin')
        message, = self.take_in(self.mail(dispatch, ANSWER, sender=f'{NAME} <a.zandloper@midderduin.example>'))
        party = self.person(address='a.zandloper@midderduin.example')
        merged = self.person(name='Anna Z.', address='az@midderduin.example', replaced_by=party, active=True)
        self.write('raadspost.appeal', [], state='closed')
        self.assert_refused(party, 'actief')
        with self.database.transaction(commit=True) as pool:
            pool.get('raadspost.forgotten_bytes').wipe()
        with self.database.transaction() as pool:
            Message = pool.get('raadspost.message')
            self.assertEqual(Message(message).from_address, 'a.zandloper@midderduin.example')
            self.assertIn(b'Zandloper', bytes(Message(message).raw))
        self.write('party.party', [('id', '=', merged)], active=False)
        self.erase(party)
        self.assertEqual(self.found('@midderduin.example') - self.found('griffie@midderduin.example'), set())


if __name__ == '__main__':
    unittest.main()

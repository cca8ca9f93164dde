"""Imports: what a preview says, what applying does, and that a person's edits survive the next file."""
import datetime
import io
import unittest
import zipfile
from unittest import mock

from database import HostTest, today

ROO = '''<?xml version="1.0" encoding="UTF-8"?>
<p:overheidsorganisaties xmlns:p="https://organisaties.overheid.nl/static/schema/oo/export/2.6.13">
 <p:organisaties>%s</p:organisaties>
</p:overheidsorganisaties>'''

MUNICIPALITY = '''
  <p:organisatie p:systeemId="%(number)s" p:resourceIdentifierTOOI="https://identifier.overheid.nl/tooi/id/gemeente/%(code)s">
   <p:naam>Gemeente %(name)s</p:naam>%(end)s<p:types><p:type>Gemeente</p:type></p:types>
   <p:adressen><p:adres><p:adresType>Postadres</p:adresType><p:postbus>%(number)s</p:postbus>
    <p:postcode>2100 AJ</p:postcode><p:woonplaats>%(name)s</p:woonplaats>
    <p:provincie>https://identifier.overheid.nl/tooi/id/provincie/pv27</p:provincie></p:adres></p:adressen>
   <p:contact><p:emailadressen><p:emailadres><p:email>post@%(site)s</p:email><p:label>algemeen</p:label></p:emailadres></p:emailadressen>
    <p:internetadressen><p:internetadres><p:url>https://www.%(site)s</p:url></p:internetadres></p:internetadressen></p:contact>
   <p:geografie><p:aantalInwoners>%(inhabitants)s</p:aantalInwoners></p:geografie>
   <p:raad><p:totaalZetels>%(seats)s</p:totaalZetels></p:raad>
   <p:functies><p:functie><p:naam>Raadsgriffier</p:naam><p:medewerkers><p:medewerker><p:naam>%(griffier)s</p:naam></p:medewerker></p:medewerkers></p:functie></p:functies>
   <p:identificatiecodes><p:resourceIdentifier p:naam="KVK-nummer">9000%(number)s</p:resourceIdentifier></p:identificatiecodes>
  </p:organisatie>'''

HEEMSTEDE = dict(number='1397', code='gm0397', name='Heemstede', site='heemstede.example',
                 inhabitants='27600', seats='21', griffier='Mw. A. Voorbeeld', end='')
ZANDVOORT = dict(number='1473', code='gm0473', name='Zandvoort', site='zandvoort.example',
                 inhabitants='17500', seats='17', griffier='Dhr. B. Voorbeeld', end='')


HILVERSUM = dict(number='1402', code='gm0402', name='Hilversum', site='hilversum.example',
                 inhabitants='95000', seats='37', griffier='Mw. E. Voorbeeld', end='')
WIJDEMEREN = dict(number='2696', code='gm1696', name='Wijdemeren', site='wijdemeren.example',
                  inhabitants='25000', seats='19', griffier='Dhr. F. Voorbeeld', end='')
PLACES = 'Naam;Soort;Straat;Huisnummer;Postcode;Plaats;Gemeente\r\n'


def ending(municipality, day):
    return dict(municipality, end=f'<p:eindDatum>{day}</p:eindDatum>')


def places(count, street='Kerkstraat'):
    return (PLACES + ''.join(f'Dorpshuis {n};dorpshuis;{street};{n};2101 HA;Heemstede;Heemstede\r\n'
                             for n in range(count))).encode()


def roo(*municipalities):
    return (ROO % ''.join(MUNICIPALITY % m for m in municipalities)).encode()


class ImportTest(HostTest):
    modules = ['raadspost']

    def preview(self, pool, kind, content, name='bestand'):
        "Through the wizard, as a person does it; columns are taken as proposed."
        Wizard = pool.get('raadspost.import_register', type='wizard')
        session, start, _ = Wizard.create()
        data = {'start': {'kind': kind, 'file': content, 'file_name': name}}
        done = Wizard.execute(session, data, 'read')
        if done.get('view', {}).get('state') == 'mapping':
            columns = done['view']['defaults']['columns']
            data['mapping'] = {'columns': columns}
            done = Wizard.execute(session, data, 'preview')
        (action, values), = done['actions']
        Wizard.delete(session)
        record, = pool.get('raadspost.import').browse(values['res_id'])
        return record

    def counts(self, record):
        return {name: getattr(record, name)
                for name in ['added', 'changed', 'unchanged', 'gone', 'refused', 'warned', 'kept']
                if getattr(record, name)}

    def applied(self, pool, kind, content):
        record = self.preview(pool, kind, content)
        pool.get('raadspost.import').apply([record])
        return record

    def council(self, pool, code):
        council, = pool.get('raadspost.council').search([('code', '=', code)])
        return council

    def test_a_register_fills_an_empty_crm(self):
        with self.database.transaction() as pool:
            record = self.preview(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            self.assertEqual(self.counts(record), {'added': 2})
            self.assertEqual(pool.get('raadspost.council').search([], count=True), 0)
            pool.get('raadspost.import').apply([record])
            council = self.council(pool, 'GM0397')
            self.assertEqual((council.name, council.seats, council.inhabitants, council.province.code),
                             ('Heemstede', 21, 27600, 'NL-NH'))
            griffie, = council.griffies
            self.assertEqual((griffie.email, griffie.status, griffie.griffier, griffie.street),
                             ('griffie@heemstede.example', 'unconfirmed', 'Mw. A. Voorbeeld', 'Postbus 1397'))
            self.assertEqual(council.party.name, 'Gemeente Heemstede')
            self.assertEqual(pool.get('raadspost.import')(record.id).state, 'applied')

    def test_the_same_file_again_changes_nothing(self):
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            parties = pool.get('party.party').search([], count=True)
            again = self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            self.assertEqual(self.counts(again), {'unchanged': 2})
            self.assertEqual(pool.get('party.party').search([], count=True), parties)
            self.assertEqual(pool.get('raadspost.griffie').search([], count=True), 2)

    def test_edits_stay_and_are_shown(self):
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            council = self.council(pool, 'GM0397')
            pool.get('raadspost.council').write([council], {'seats': 23})
            grown = dict(HEEMSTEDE, seats='19', inhabitants='28000')
            record = self.preview(pool, 'councils', roo(grown))
            self.assertEqual(self.counts(record), {'changed': 1, 'kept': 1, 'warned': 1})
            line, = [l for l in record.lines if l.change == 'changed']
            self.assertEqual(line.details, 'Inwoners: 27600 → 28000')
            self.assertEqual(line.kept, 'Zetels: 23 → 19')
            pool.get('raadspost.import').apply([record])
            council = self.council(pool, 'GM0397')
            self.assertEqual((council.seats, council.inhabitants), (23, 28000))

    def test_an_edit_is_given_up_when_somebody_says_so(self):
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            pool.get('raadspost.council').write([self.council(pool, 'GM0397')], {'seats': 23})
            record = self.preview(pool, 'councils', roo(HEEMSTEDE))
            line, = record.lines
            pool.get('raadspost.import.line').write([line], {'take_over': True})
            pool.get('raadspost.import').apply([record])
            self.assertEqual(self.council(pool, 'GM0397').seats, 21)

    def test_what_is_gone_is_told_and_stays(self):
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            record = self.applied(pool, 'councils', roo(HEEMSTEDE))
            self.assertEqual(self.counts(record), {'unchanged': 1, 'gone': 1})
            self.assertEqual(self.council(pool, 'GM0473').name, 'Zandvoort')

    def test_what_lies_behind_a_break_is_not_gone(self):
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            whole = roo(HEEMSTEDE, ZANDVOORT)
            record = self.applied(pool, 'councils', whole[:whole.index(b'</p:organisatie>') + 40])
            self.assertEqual(self.counts(record), {'unchanged': 1, 'refused': 1})
            self.assertEqual(self.counts(self.applied(pool, 'councils', roo(HEEMSTEDE))), {'unchanged': 1, 'gone': 1})

    def test_a_list_of_griffiers_forgets_nothing_else(self):
        griffiers = ('"Organisatie (onderdeel)";"Naam";"Functie";"Resource identifier v5.0 organisatie"\r\n'
                     '"Gemeente Heemstede";"Mw. D. Voorbeeld";"Raadsgriffier";'
                     '"https://identifier.overheid.nl/tooi/id/gemeente/gm0397"\r\n').encode()
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            self.assertEqual(self.counts(self.applied(pool, 'councils', griffiers)), {'changed': 1})
            self.assertEqual(self.council(pool, 'GM0397').griffies[0].griffier, 'Mw. D. Voorbeeld')
            grown = dict(HEEMSTEDE, inhabitants='28000', griffier='Mw. D. Voorbeeld')
            self.assertEqual(self.counts(self.preview(pool, 'councils', roo(grown, ZANDVOORT))),
                             {'changed': 1, 'unchanged': 1})

    def test_a_council_that_ends_is_neither_doubled_nor_called_gone(self):
        with self.database.transaction() as pool:
            Council = pool.get('raadspost.council')
            self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            Council.write([self.council(pool, 'GM0397')], {'active_to': today() + datetime.timedelta(40)})
            Council.write([self.council(pool, 'GM0473')], {'active_to': datetime.date(2020, 12, 31)})
            self.assertEqual(self.counts(self.preview(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT)))['unchanged'], 2)
            self.assertEqual(self.counts(self.preview(pool, 'councils', roo(HEEMSTEDE))), {'unchanged': 1})

    def test_what_the_preview_called_unchanged_is_not_changed(self):
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            older = self.preview(pool, 'councils', roo(HEEMSTEDE, dict(ZANDVOORT, inhabitants='17600')))
            self.applied(pool, 'councils', roo(dict(HEEMSTEDE, inhabitants='28000'), ZANDVOORT))
            pool.get('raadspost.import').apply([older])
            self.assertEqual(self.council(pool, 'GM0397').inhabitants, 28000)
            self.assertEqual(self.council(pool, 'GM0473').inhabitants, 17600)

    def test_a_preview_is_applied_once(self):
        from trytond.exceptions import UserError
        with self.database.transaction() as pool:
            record = self.applied(pool, 'councils', roo(HEEMSTEDE))
            with self.assertRaisesRegex(UserError, 'al verwerkt'):
                pool.get('raadspost.import').apply([record])

    def test_bombs_in_spreadsheets_are_refused_with_a_sentence(self):
        from trytond.exceptions import UserError

        def workbook(sheet):
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as parts:
                parts.writestr('[Content_Types].xml', '<Types/>')
                parts.writestr('xl/workbook.xml', '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="r1"/></sheets></workbook>')
                parts.writestr('xl/_rels/workbook.xml.rels',
                               '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>')
                parts.writestr('xl/worksheets/sheet1.xml', sheet)
            return packed.getvalue()

        whole = workbook('<worksheet><sheetData><row><c t="inlineStr"><is><t>Gemeente</t></is></c></row></sheetData></worksheet>')
        cases = {
            'uitgepakt': workbook('<worksheet><sheetData>' + ' ' * 300_000_000 + '</sheetData></worksheet>'),
            'documenttype': workbook('<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;&b;">]><worksheet>&d;</worksheet>'),
            'beschadigd': whole[:len(whole) // 2],
        }
        with self.database.transaction() as pool:
            for reason, content in cases.items():
                with self.subTest(reason), self.assertRaisesRegex(UserError, reason):
                    self.preview(pool, 'griffie_addresses', content, 'lijst.xlsx')

    # --- long ones ---------------------------------------------------------------------------------------

    def test_a_long_import_shows_how_far_it_is_and_goes_on(self):
        from trytond.exceptions import UserError
        with self.database.transaction() as pool:
            Import, Place = pool.get('raadspost.import'), pool.get('raadspost.meeting_place')
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            record = self.preview(pool, 'meeting_places', places(2500))
            steps = []
            while Import(record.id).state in {'preview', 'applying'}:
                Import.apply_one_piece(record.id)
                steps.append((Import(record.id).state, round(Import(record.id).progress, 2), Place.search([], count=True)))
            self.assertEqual(steps, [('applying', 0.4, 1000), ('applying', 0.8, 2000), ('applied', 1, 2500)])
            with self.assertRaisesRegex(UserError, 'al verwerkt'):
                Import.go_on([record])
            self.assertEqual(self.counts(self.preview(pool, 'meeting_places', places(2500))), {'unchanged': 2500})

    def test_an_import_stopped_half_way_is_finished_by_reading_it_again(self):
        from trytond.exceptions import UserError
        with self.database.transaction() as pool:
            Import, Place = pool.get('raadspost.import'), pool.get('raadspost.meeting_place')
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            record = self.preview(pool, 'meeting_places', places(1500))
            Import.apply_one_piece(record.id)
            Import.stop([record])
            self.assertEqual((Import(record.id).state, Place.search([], count=True)), ('stopped', 1000))
            with self.assertRaisesRegex(UserError, 'gestopt'):
                Import.go_on([record])
            again = self.applied(pool, 'meeting_places', places(1500))
            self.assertEqual(self.counts(again), {'added': 500, 'unchanged': 1000})
            self.assertEqual((Import(again.id).state, Place.search([], count=True)), ('applied', 1500))

    def test_100_megabytes_are_read_through_the_wizard(self):
        "The host wrote the file into the wizard's session, as text, which took longer than all else."
        other = (MUNICIPALITY % HEEMSTEDE).replace('>Gemeente<', '>Ministerie<').replace('gemeente/gm', 'ministerie/mnre')
        many = other * (100_000_000 // len(other))
        whole = (ROO % (MUNICIPALITY % HEEMSTEDE + many + MUNICIPALITY % ZANDVOORT)).encode()
        del many
        with self.database.transaction() as pool:
            Wizard = pool.get('raadspost.import_register', type='wizard')
            session, _, _ = Wizard.create()
            with mock.patch.object(pool.get('ir.session.wizard'), 'write') as written:
                done = Wizard.execute(session, {'start': {'kind': 'councils', 'file': whole[:-300],
                                                          'file_name': 'roo.xml'}}, 'read')
            (_, values), = done['actions']
            self.assertTrue(written.call_args_list)
            for call in written.call_args_list:
                self.assertLess(len(call.args[1]['data']), 1000)
            record = pool.get('raadspost.import')(values['res_id'][0])
            self.assertEqual((record.added, record.refused), (1, 1))
            self.assertRegex([l.reason for l in record.lines if l.change == 'refused'][0], 'breekt')
            self.assertRegex([l.place for l in record.lines if l.change == 'refused'][0], '[0-9]{6}')
            pool.get('raadspost.import').apply([record])
            self.assertEqual(self.council(pool, 'GM0397').seats, 21)

    # --- mergers -----------------------------------------------------------------------------------------

    def test_a_council_that_ends_gets_its_last_day_and_its_successor(self):
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HILVERSUM, WIJDEMEREN))
            soon = roo(HILVERSUM, ending(WIJDEMEREN, '2027-01-01'))
            record = self.applied(pool, 'councils', soon)
            self.assertEqual(self.counts(record), {'changed': 1, 'unchanged': 1})
            line, = [l for l in record.lines if l.change == 'changed']
            self.assertEqual(line.details, 'Bestaat tot en met: - → 31-12-2026\nOpvolger: - → Hilversum')
            council = self.council(pool, 'GM1696')
            self.assertEqual((council.active_to, council.successor.name), (datetime.date(2026, 12, 31), 'Hilversum'))
            self.assertEqual(self.counts(self.applied(pool, 'councils', soon)), {'unchanged': 2})

    def test_a_council_that_has_ended_is_told_and_none_is_made_of_it(self):
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            weesp = dict(HEEMSTEDE, code='gm0457', name='Weesp')
            record = self.applied(pool, 'councils', roo(HEEMSTEDE, ending(ZANDVOORT, '2025-01-01'),
                                                        ending(weesp, '2022-03-24')))
            self.assertEqual(self.counts(record), {'changed': 1, 'unchanged': 1, 'warned': 1})
            warning, = [l for l in record.lines if l.change == 'warning']
            self.assertIn('vul de opvolger in', warning.reason)
            self.assertEqual(self.council(pool, 'GM0473').active_to, datetime.date(2024, 12, 31))
            self.assertFalse(pool.get('raadspost.council').search([('code', '=', 'GM0457')]))

    def test_a_persons_end_of_a_council_stays(self):
        with self.database.transaction() as pool:
            Council = pool.get('raadspost.council')
            self.applied(pool, 'councils', roo(HILVERSUM, WIJDEMEREN, HEEMSTEDE))
            Council.write([self.council(pool, 'GM1696')], {
                'active_to': datetime.date(2027, 6, 30), 'successor': self.council(pool, 'GM0397').id})
            record = self.applied(pool, 'councils', roo(HILVERSUM, ending(WIJDEMEREN, '2027-01-01'), HEEMSTEDE))
            self.assertEqual(self.counts(record), {'unchanged': 3, 'kept': 1})
            council = self.council(pool, 'GM1696')
            self.assertEqual((council.active_to, council.successor.code), (datetime.date(2027, 6, 30), 'GM0397'))

    def test_broken_files_tell_why_and_keep_the_rest(self):
        whole = roo(HEEMSTEDE, ZANDVOORT)
        cases = [  # name, bytes, added, in the reason
            ('truncated', whole[:whole.index(b'</p:organisatie>') + 40], 1, 'breekt'),
            ('no register', b'<html><body>Onderhoud</body></html>', 0, 'Register van Overheidsorganisaties'),
            ('entities', b'<!DOCTYPE a [<!ENTITY b "c">]>' + whole[whole.index(b'<p:'):], 0, 'documenttype'),
            ('empty table', b'\xef\xbb\xbf', 0, ''),
        ]
        with self.database.transaction() as pool:
            for name, content, added, reason in cases:
                with self.subTest(name):
                    record = self.preview(pool, 'councils', content)
                    self.assertEqual(record.added or 0, added)
                    refused = [l for l in record.lines if l.change == 'refused']
                    self.assertTrue(refused)
                    self.assertIn(reason, ' '.join(l.reason for l in refused))

    def test_municipalities_of_the_crm_are_not_doubled(self):
        with self.database.transaction() as pool:
            Party = pool.get('party.party')
            by_number, by_name, doubtful = Party.create([
                {'name': 'Raadhuis aan zee', 'identifiers': [('create', [{'code': '9000 1473'}])]},
                {'name': 'gemeente HEEMSTEDE'},
                {'name': 'Bloemendaal'}])
            bloemendaal = dict(HEEMSTEDE, number='1377', code='gm0377', name='Bloemendaal', site='bloemendaal.example',
                               seats='19', inhabitants='24000')
            parties = Party.search([], count=True)
            record = self.preview(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT, bloemendaal))
            self.assertIn('Bloemendaal', [l.label for l in record.lines if l.change == 'warning'])
            pool.get('raadspost.import').apply([record])
            self.assertEqual(self.council(pool, 'GM0397').party, by_name)
            self.assertEqual(self.council(pool, 'GM0473').party, by_number)
            self.assertIsNone(self.council(pool, 'GM0377').party)
            self.assertEqual(Party.search([], count=True), parties)

    def test_other_names_of_a_municipality_ask_a_person(self):
        with self.database.transaction() as pool:
            Party = pool.get('party.party')
            Party.create([{'name': "Gemeente 's-Gravenhage"}, {'name': 'Gem. Heemstede'},
                          {'name': 'Gemeenteraad Zandvoort'},
                          {'name': 'Stadhuis', 'identifiers': [('create', [{'code': 'KvK 90001402'}])]}])
            hague = dict(HEEMSTEDE, number='1518', code='gm0518', name='Den Haag')
            twin = dict(WIJDEMEREN, number=HILVERSUM['number'])
            record = self.applied(pool, 'councils', roo(hague, HEEMSTEDE, ZANDVOORT, HILVERSUM, twin))
            self.assertEqual(record.warned, 3)
            self.assertEqual(self.council(pool, 'GM0402').party.name, 'Stadhuis')
            self.assertNotEqual(self.council(pool, 'GM1696').party, self.council(pool, 'GM0402').party)

    def test_griffie_addresses_of_any_table(self):
        table = ('Gemeente;Mailadres;Naam griffier\r\n'
                 'Heemstede;Griffie@Heemstede.example;Mw. C. Voorbeeld\r\n'
                 'Zandvoort;griffie@heemstede.example;Mw. C. Voorbeeld\r\n'
                 'Nergenshuizen;griffie@nergens.example;\r\n'
                 'Heemstede;tweede@heemstede.example;\r\n').encode('cp1252')
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            record = self.applied(pool, 'griffie_addresses', table)
            self.assertEqual(self.counts(record), {'changed': 2, 'refused': 2})
            first, = self.council(pool, 'GM0397').griffies
            self.assertEqual((first.email, first.status, first.griffier),
                             ('griffie@heemstede.example', 'confirmed', 'Mw. C. Voorbeeld'))
            self.assertIn(self.council(pool, 'GM0397'), pool.get('raadspost.council').search(
                [('rec_name', 'ilike', '%c. voorbeeld%')]))
            self.assertEqual(self.counts(self.applied(pool, 'griffie_addresses', table)),
                             {'unchanged': 2, 'refused': 2})

    def test_columns_that_do_not_suffice_are_told_before_any_preview(self):
        from trytond.exceptions import UserError
        with self.database.transaction(language='nl') as pool:
            Wizard = pool.get('raadspost.import_register', type='wizard')
            session, _, _ = Wizard.create()
            file = {'kind': 'griffie_addresses', 'file': 'Foo;Bar\n1;2\n'.encode(), 'file_name': 'lijst.csv'}
            columns = Wizard.execute(session, {'start': file}, 'read')['view']['defaults']['columns']
            for chosen, told in [(['', ''], "in welke kolom de e-mailadressen staan"), (['email', 'email'], "Foo, Bar")]:
                mapping = {'columns': [dict(column, field=field) for column, field in zip(columns, chosen)]}
                with self.subTest(told), self.assertRaisesRegex(UserError, told):
                    Wizard.execute(session, {'start': file, 'mapping': mapping}, 'preview')
            self.assertEqual(pool.get('raadspost.import').search([], count=True), 0)

    def test_the_place_in_the_file_is_told_in_dutch(self):
        table = "Gemeente;E-mail\nNergenshuizen;griffie@nergenshuizen.example\n".encode()
        with self.database.transaction(language='nl') as pool:
            record = self.preview(pool, 'griffie_addresses', table)
            self.assertEqual([line.place for line in record.lines if line.change == 'refused'], ['regel 2'])
            record = self.preview(pool, 'councils', roo(dict(HEEMSTEDE, seats='22')))
            self.assertEqual({line.place for line in record.lines if line.change == 'warning'}, {'regel 4, GM0397'})

    def test_a_shared_office_is_one_griffie(self):
        table = b'gemeente,e-mail\nHeemstede,griffie@samen.example\nZandvoort,griffie@samen.example\n'
        with self.database.transaction() as pool:
            Council = pool.get('raadspost.council')
            councils = Council.create([{'code': 'GM0397', 'name': 'Heemstede'}, {'code': 'GM0473', 'name': 'Zandvoort'}])
            self.applied(pool, 'griffie_addresses', table)
            griffie, = pool.get('raadspost.griffie').search([])
            self.assertEqual(sorted(griffie.councils), sorted(councils))
            self.assertEqual(self.counts(self.preview(pool, 'griffie_addresses', table)), {'unchanged': 2})

    def test_who_joins_an_office_changes_nothing_that_a_person_typed_there(self):
        joins = b'gemeente,e-mail,griffier\nZandvoort,griffie@samen.example,Dhr. X\n'
        both = b'gemeente,e-mail,griffier\nHeemstede,griffie@samen.example,Dhr. X\nZandvoort,griffie@samen.example,Dhr. X\n'
        typed = {'email': 'griffie@samen.example', 'griffier': 'Mw. P. Persoon', 'phone': '023-1234567',
                 'note': 'bel voor 12 uur', 'street': 'Raadhuisplein 1'}
        for table, status in [(joins, 'confirmed'), (joins, 'opted_out'), (both, 'failing')]:
            with self.subTest(status), self.database.transaction() as pool:
                self.applied(pool, 'councils', roo(HEEMSTEDE))
                Griffie = pool.get('raadspost.griffie')
                pool.get('raadspost.council').create([{'code': 'GM0473', 'name': 'Zandvoort'}])
                griffie, = self.council(pool, 'GM0397').griffies
                Griffie.write([griffie], dict(typed, status=status))
                self.applied(pool, 'griffie_addresses', table)
                office, = Griffie.search([])
                self.assertEqual([c.code for c in office.councils], ['GM0397', 'GM0473'])
                self.assertEqual({name: getattr(office, name) for name in typed}, typed)
                self.assertEqual(office.status, status)

    def test_what_an_office_lacks_it_gets_from_who_joins_it(self):
        table = b'gemeente,e-mail,telefoon\nZandvoort,griffie@heemstede.example,023-1234567\n'
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            pool.get('raadspost.council').create([{'code': 'GM0473', 'name': 'Zandvoort'}])
            self.applied(pool, 'griffie_addresses', table)
            office, = pool.get('raadspost.griffie').search([])
            self.assertEqual((office.phone, office.griffier, office.status),
                             ('023-1234567', 'Mw. A. Voorbeeld', 'confirmed'))

    def test_an_unconfirmed_address_that_a_person_typed_stays(self):
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            griffie, = self.council(pool, 'GM0397').griffies
            pool.get('raadspost.griffie').write([griffie], {'email': 'eigen@heemstede.example'})
            self.assertEqual(griffie.status, 'unconfirmed')
            record = self.applied(pool, 'griffie_addresses', b'gemeente,e-mail\nHeemstede,lijst@heemstede.example\n')
            line, = record.lines
            self.assertEqual(line.label, 'Heemstede')
            self.assertEqual(line.kept, 'E-mail: eigen@heemstede.example \u2192 lijst@heemstede.example')
            griffie, = self.council(pool, 'GM0397').griffies
            self.assertEqual((griffie.email, griffie.status), ('eigen@heemstede.example', 'unconfirmed'))
            # What the list says as well is known.
            self.applied(pool, 'griffie_addresses', b'gemeente,e-mail\nHeemstede,eigen@heemstede.example\n')
            griffie, = self.council(pool, 'GM0397').griffies
            self.assertEqual(griffie.status, 'confirmed')

    def test_the_preview_shows_the_guess_that_gives_way(self):
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            line, = self.preview(pool, 'griffie_addresses',
                                 'gemeente,e-mail,griffier\nHeemstede,post@heemstede.example,Mw. A\n'.encode()).lines
            self.assertEqual(line.label, 'Heemstede')
            self.assertIn('E-mail: griffie@heemstede.example \u2192 post@heemstede.example', line.details)

    def test_a_new_address_takes_the_place_of_one_that_failed(self):
        table = 'gemeente,e-mail,griffier\nHeemstede,%s,%s\n'
        with self.database.transaction() as pool:
            Griffie = pool.get('raadspost.griffie')
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            self.applied(pool, 'griffie_addresses', (table % ('oud@heemstede.example', 'Mw. A')).encode())
            Griffie.write(Griffie.search([]), {'status': 'failing'})
            for address, griffier, status in [('oud@heemstede.example', 'Mw. B', 'failing'),
                                              ('nieuw@heemstede.example', 'Mw. B', 'confirmed')]:
                self.applied(pool, 'griffie_addresses', (table % (address, griffier)).encode())
                griffie, = Griffie.search([])
                self.assertEqual((griffie.email, griffie.griffier, griffie.status), (address, griffier, status))

    def test_a_number_without_a_street_is_no_address(self):
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            self.applied(pool, 'griffie_addresses', b'nr;gemeente;e-mail\n1;Heemstede;griffie@heemstede.example\n')
            griffie, = pool.get('raadspost.griffie').search([])
            self.assertEqual(griffie.street, 'Postbus 1397')

    def test_addresses_before_the_councils_are_refused(self):
        with self.database.transaction() as pool:
            record = self.applied(pool, 'griffie_addresses', b'gemeente,e-mail\nHeemstede,griffie@heemstede.example\n')
            self.assertEqual(self.counts(record), {'refused': 1, 'warned': 1})
            self.assertIn("importeer eerst het Register", ' '.join(line.reason for line in record.lines))

    def test_meeting_places(self):
        table = ('Naam;Soort;Straat;Huisnummer;Postcode;Plaats;Gemeente;Latitude;Longitude;Rolstoel\n'
                 'Dorpshuis De Proef;;Kerkstraat;12;2101ha;Heemstede;Heemstede;52,3512346;4,62;ja\n'
                 ';;;;;;;;;\n'
                 'Buurthuis De Test;buurthuis;Laan;3;2042 AB;Zandvoort;Zandvoort;52,37;4,53;\n').encode()
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            record = self.applied(pool, 'meeting_places', table)
            self.assertEqual(record.added, 2)
            Place = pool.get('raadspost.meeting_place')
            place, = Place.search([('rec_name', 'ilike', '%de proef%')])
            self.assertEqual((place.kind, place.council.code, place.postcode, place.latitude, place.wheelchair),
                             ('dorpshuis', 'GM0397', '2101 HA', 52.351235, 'yes'))
            Place.write([place], {'website': 'https://proef.example', 'street': 'Nieuwe Kerkstraat'})
            again = self.applied(pool, 'meeting_places', table)
            self.assertEqual((again.unchanged, again.added or 0, again.kept), (2, 0, 1))
            self.assertEqual(Place(place.id).street, 'Nieuwe Kerkstraat')

    def test_opt_outs_and_earlier_mailings_suppress(self):
        opt_outs = b'e-mail;datum;reden\ngriffie@heemstede.example;18-03-2025;geen prijs op gesteld\n'
        mailings = ('mail;datum;onderwerp;status\n'
                    'griffie@zandvoort.example;2025-02-01;Ontmoeten;uitgeschreven\n'
                    'griffie@heemstede.example;2025-02-01;Ontmoeten;afgeleverd\n').encode()
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            Suppression = pool.get('raadspost.suppression')
            self.applied(pool, 'opt_outs', opt_outs)
            suppression, = Suppression.search([])
            self.assertEqual((suppression.mailbox, suppression.scope, str(suppression.since), suppression.note),
                             ('griffie@heemstede.example', 'all', '2025-03-18', 'geen prijs op gesteld'))
            self.applied(pool, 'past_mailings', mailings)
            self.assertEqual(sorted(s.mailbox for s in Suppression.search([])),
                             ['griffie@heemstede.example', 'griffie@zandvoort.example'])
            self.assertEqual(pool.get('raadspost.past_mailing').search([], count=True), 2)
            self.assertEqual(self.counts(self.applied(pool, 'opt_outs', opt_outs)), {'unchanged': 1})
            self.assertEqual(self.counts(self.applied(pool, 'past_mailings', mailings)), {'unchanged': 2})

    def test_who_opts_out_in_a_later_list_gets_nothing_more(self):
        table = 'e-mail;datum;onderwerp;status\ngriffie@heemstede.example;2025-02-01;Ontmoeten;%s\n'
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            self.applied(pool, 'past_mailings', (table % 'afgeleverd').encode())
            record = self.applied(pool, 'past_mailings', (table % 'uitgeschreven').encode())
            self.assertEqual(self.counts(record), {'changed': 1})
            mailing, = pool.get('raadspost.past_mailing').search([])
            self.assertEqual(mailing.status, 'opted_out')
            self.assertEqual([s.mailbox for s in pool.get('raadspost.suppression').search([])],
                             ['griffie@heemstede.example'])
            # What a person took back does not come back with the same list.
            pool.get('raadspost.suppression').delete(pool.get('raadspost.suppression').search([]))
            self.applied(pool, 'past_mailings', (table % 'uitgeschreven').encode())
            self.assertEqual(pool.get('raadspost.suppression').search([], count=True), 0)
            # Another mailing makes none of the first go.
            other = table.replace('Ontmoeten', 'Eenzaamheid').replace('%s', 'afgeleverd')
            self.assertEqual(self.counts(self.applied(pool, 'past_mailings', other.encode())), {'added': 1})

    def test_an_opt_out_counts_beside_what_a_person_made_of_the_mailing(self):
        table = 'e-mail;datum;onderwerp;status\ngriffie@heemstede.example;2025-02-01;Ontmoeten;%s\n'
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            self.applied(pool, 'past_mailings', (table % 'verzonden').encode())
            mailing, = pool.get('raadspost.past_mailing').search([])
            pool.get('raadspost.past_mailing').write([mailing], {'status': 'delivered'})
            self.assertEqual(self.applied(pool, 'past_mailings', (table % 'uitgeschreven').encode()).kept, 1)
            self.assertEqual(pool.get('raadspost.past_mailing')(mailing.id).status, 'delivered')
            self.assertEqual(pool.get('raadspost.suppression').search([], count=True), 1)

    def test_who_opts_out_without_an_address_is_known_by_the_council(self):
        table = 'gemeente;datum;onderwerp;status\nHeemstede;2025-02-01;Ontmoeten;afgemeld\n'.encode()
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE, ZANDVOORT))
            self.applied(pool, 'past_mailings', table)
            self.assertEqual([s.mailbox for s in pool.get('raadspost.suppression').search([])],
                             ['griffie@heemstede.example'])

    def test_an_opt_out_in_the_same_list_counts(self):
        row = 'griffie@heemstede.example;2025-02-01;Ontmoeten;%s\n'
        table = ('e-mail;datum;onderwerp;status\n' + row % 'afgeleverd' + row % 'uitgeschreven').encode()
        with self.database.transaction() as pool:
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            self.applied(pool, 'past_mailings', table)
            self.assertEqual(pool.get('raadspost.suppression').search([], count=True), 1)
            mailing, = pool.get('raadspost.past_mailing').search([])
            self.assertEqual(mailing.status, 'opted_out')

    def test_readers_may_not_import(self):
        from trytond.exceptions import UserError
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            Data = pool.get('ir.model.data')
            reader, = pool.get('res.user').create([{
                'name': 'Lezer', 'login': 'lezer',
                'groups': [('add', [Data.get_id('raadspost', 'group_reader')])]}])
            self.applied(pool, 'councils', roo(HEEMSTEDE))
            council = self.council(pool, 'GM0397')
            with Transaction().set_user(reader.id), Transaction().set_context(_check_access=True):
                Council = pool.get('raadspost.council')
                self.assertEqual(Council(council.id).name, 'Heemstede')
                with self.assertRaises(UserError):
                    Council.write([Council(council.id)], {'name': 'Anders'})
                with self.assertRaises(UserError):
                    pool.get('raadspost.import').create([{'name': 'x', 'kind': 'councils'}])


if __name__ == '__main__':
    unittest.main()

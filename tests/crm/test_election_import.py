"""Results of elections into terms: who is new, what is kept of whom and for how long, and recesses from a table."""
import datetime
import io
import pathlib
import unittest
import zipfile

from database import HostTest

SHARED = pathlib.Path(__file__).resolve().parents[3] / 'shared' / 'data' / 'eml'

HEAD = ('<EML xmlns="urn:oasis:names:tc:evs:schema:eml" xmlns:kr="http://www.kiesraad.nl/extensions" '
        'xmlns:xnl="urn:oasis:names:tc:ciq:xsdschema:xNL:2.0" Id="%s" SchemaVersion="5">')
IDENTIFIER = ('<ElectionIdentifier Id="GR%s_X"><ElectionName>Gemeenteraad</ElectionName><ElectionCategory>GR'
              '</ElectionCategory><kr:ElectionDomain Id="%s">X</kr:ElectionDomain><kr:ElectionDate>%s'
              '</kr:ElectionDate></ElectionIdentifier>')


def result(domain, day, *names):
    "Each name is 'initials prefix last', the prefix may be missing."
    selections = '<Selection><AffiliationIdentifier Id="1"><RegisteredName>Dorpsbelang</RegisteredName></AffiliationIdentifier><Elected>yes</Elected></Selection>'
    for n, name in enumerate(names, 1):
        initials, *prefix, last = name.split(' ')
        selections += (f'<Selection><Candidate><CandidateIdentifier Id="{n}"/><CandidateFullName><xnl:PersonName>'
                       f'<xnl:NameLine NameType="Initials">{initials}</xnl:NameLine><xnl:NamePrefix>{" ".join(prefix)}</xnl:NamePrefix>'
                       f'<xnl:LastName>{last}</xnl:LastName></xnl:PersonName></CandidateFullName></Candidate>'
                       f'<Ranking>{1 + n % 2}</Ranking><Elected>yes</Elected></Selection>')
    return (HEAD % '520' + '<Result><Election>' + IDENTIFIER % (day[:4], domain, day)
            + '<Contest><ContestIdentifier Id="geen"/>' + selections + '</Contest></Election></Result></EML>').encode()


def definition(domain, day, seats):
    return (HEAD % '110a' + '<ElectionEvent><Election>' + IDENTIFIER % (day[:4], domain, day)
            + f'<kr:NumberOfSeats>{seats}</kr:NumberOfSeats></Election></ElectionEvent></EML>').encode()


def zipped(**files):
    content = io.BytesIO()
    with zipfile.ZipFile(content, 'w', zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name.replace('_', '.'), text)
    return content.getvalue()


IN_2022 = result('0397', '2022-03-16', 'A.P. van der Voorbeeld', 'B. Brink', 'C. de Vries')
IN_2026 = result('0397', '2026-03-18', 'A.P. van der Voorbeeld', 'D. Nieuwhof', 'C. de Vries-Linde')
ZANDVOORT = result('0473', '2026-03-18', 'E. Zee', 'F. Duin', 'G. Strand')


class ElectionImportTest(HostTest):
    modules = ['raadspost']

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from raadspost import _raadspost
        with cls.database.transaction(commit=True):
            _raadspost.load_country({'domain_suffix': 'griffie.test'})

    def preview(self, pool, content, kind='elections', earlier=None):
        Wizard = pool.get('raadspost.import_register', type='wizard')
        session, _, _ = Wizard.create()
        data = {'start': {'kind': kind, 'file': content, 'file_name': 'uitslag.zip',
                          'earlier_file': earlier, 'earlier_file_name': 'vorige.zip'}}
        done = Wizard.execute(session, data, 'read')
        if done.get('view', {}).get('state') == 'mapping':
            data['mapping'] = {'columns': done['view']['defaults']['columns']}
            done = Wizard.execute(session, data, 'preview')
        (_, values), = done['actions']
        Wizard.delete(session)
        record, = pool.get('raadspost.import').browse(values['res_id'])
        return record

    def counts(self, record):
        return {name: getattr(record, name) for name in ['added', 'changed', 'unchanged', 'gone', 'refused', 'warned', 'kept']
                if getattr(record, name)}

    def applied(self, pool, *arguments, **named):
        record = self.preview(pool, *arguments, **named)
        pool.get('raadspost.import').apply([record])
        return pool.get('raadspost.import')(record.id)

    def term(self, pool, code, year):
        term, = pool.get('raadspost.council.term').search([
            ('council.code', '=', code), ('election.voting_day', '>=', datetime.date(year, 1, 1)),
            ('election.voting_day', '<=', datetime.date(year, 12, 31))])
        return term

    def numbers(self, pool, code, year):
        term = self.term(pool, code, year)
        return term.seats, term.new_count, term.returning_count

    def keep_names(self, pool, keep=True, **values):
        Configuration = pool.get('raadspost.configuration')
        configuration = Configuration(1)
        configuration.keep_member_names = keep
        for name, value in values.items():
            setattr(configuration, name, value)
        configuration.save()

    def reasons(self, record):
        return sorted(line.reason for line in record.lines if line.reason)

    def test_numbers_only_unless_asked(self):
        with self.database.transaction() as pool:
            record = self.applied(pool, zipped(a_xml=IN_2022, b_xml=IN_2026))
            # 2022 has nothing to be compared with; the double name of 2026 is a guess.
            self.assertEqual(self.counts(record), {'changed': 2, 'warned': 2})
            self.assertEqual(self.numbers(pool, 'GM0397', 2026), (3, 1, 2))
            self.assertEqual(self.numbers(pool, 'GM0397', 2022), (3, None, None))
            council, = pool.get('raadspost.council').search([('code', '=', 'GM0397')])
            self.assertEqual(council.new_councillors, 1)
            self.assertEqual(pool.get('raadspost.council.member').search([], count=True), 0)
            # No name anywhere: neither in the preview nor in what is remembered.
            for line in record.lines:
                for text in (line.details, line.kept, line.reason, line.source_values, line.label):
                    self.assertNotIn('Voorbeeld', text or '')
            self.assertNotIn('Voorbeeld', self.term(pool, 'GM0397', 2026).imported)

    def test_members_of_every_council_that_merged_sat_before(self):
        "Whoever came from the other council counted as new."
        files = {'a_xml': result('0402', '2022-03-16', 'A. Heuvel', 'B. Hei'),
                 'b_xml': result('1696', '2022-03-16', 'C. Plas', 'D. Veen'),
                 'c_xml': result('0402', '2026-11-18', 'A. Heuvel', 'C. Plas', 'E. Nieuwhof')}
        with self.database.transaction() as pool:
            self.applied(pool, zipped(**files))
            self.assertEqual(self.numbers(pool, 'GM0402', 2026), (3, 1, 2))
        with self.database.transaction() as pool:
            # Without the other one it cannot be told.
            del files['b_xml']
            record = self.applied(pool, zipped(**files))
            self.assertEqual(self.numbers(pool, 'GM0402', 2026), (3, None, None))
            self.assertTrue([reason for reason in self.reasons(record) if "die erin is opgegaan" in reason])
        with self.database.transaction() as pool:
            # A merger that only this CRM knows of.
            Council = pool.get('raadspost.council')
            ended, successor = [Council.search([('code', '=', code)])[0] for code in ('GM0473', 'GM0397')]
            Council.write([ended], {'active_to': datetime.date(2024, 12, 31), 'successor': successor.id})
            self.applied(pool, zipped(a_xml=IN_2022, b_xml=result('0473', '2022-03-16', 'D. Nieuwhof'), c_xml=IN_2026))
            self.assertEqual(self.numbers(pool, 'GM0397', 2026), (3, 0, 3))

    def test_a_council_that_ended_long_ago_tells_who_is_new(self):
        with self.database.transaction() as pool:
            record = self.applied(pool, zipped(
                a_xml=result('0501', '2018-03-21', 'A. Wal'), b_xml=result('0530', '2018-03-21', 'B. Sluis'),
                c_xml=result('0614', '2018-03-21', 'C. Duin'), d_xml=result('1992', '2022-11-23', 'B. Sluis', 'D. Nieuwhof', 'E. Brug'),
                e_xml=result('1992', '2026-03-18', 'D. Nieuwhof', 'A. Wal', 'E. Brug')))
            self.assertEqual(self.numbers(pool, 'GM1992', 2022), (3, 2, 1))
            self.assertEqual(self.numbers(pool, 'GM1992', 2026), (3, 1, 2))
            self.assertEqual(self.counts(record), {'changed': 2, 'warned': 1})
            self.assertTrue(self.reasons(record)[0].startswith("3 uitslagen zijn van raden die niet meer bestaan"))
            self.assertEqual(pool.get('raadspost.council').search([('code', '=', 'GM0501')]), [])

    def test_the_same_files_again_change_nothing(self):
        with self.database.transaction() as pool:
            for keep in (False, True):
                self.keep_names(pool, keep)
                self.applied(pool, zipped(a_xml=IN_2022, b_xml=IN_2026))
                members = pool.get('raadspost.council.member').search([], count=True)
                again = self.applied(pool, zipped(a_xml=IN_2022, b_xml=IN_2026))
                self.assertEqual(self.counts(again), {'unchanged': 2, 'warned': 2})
                self.assertEqual(pool.get('raadspost.council.member').search([], count=True), members)

    def test_without_the_election_before_nobody_is_called_new(self):
        with self.database.transaction() as pool:
            record = self.applied(pool, zipped(a_xml=IN_2026, b_xml=ZANDVOORT))
            self.assertEqual(self.numbers(pool, 'GM0397', 2026), (3, None, None))
            self.assertTrue(any('Van 2 raden' in reason for reason in self.reasons(record)), self.reasons(record))

    def test_the_election_before_comes_as_a_second_file(self):
        with self.database.transaction() as pool:
            self.applied(pool, zipped(a_xml=IN_2026), earlier=zipped(a_xml=IN_2022))
            self.assertEqual(self.numbers(pool, 'GM0397', 2026), (3, 1, 2))

    def test_names_are_kept_where_the_setting_says_so(self):
        with self.database.transaction() as pool:
            self.keep_names(pool)
            self.applied(pool, zipped(a_xml=IN_2022))
            term = self.term(pool, 'GM0397', 2022)
            self.assertEqual([(m.name, m.list_name, m.position, m.elected_by, m.is_new) for m in term.members], [
                ('B. Brink', 'Dorpsbelang', 2, 'preference', None),
                ('A.P. van der Voorbeeld', 'Dorpsbelang', 1, 'list_order', None),
                ('C. de Vries', 'Dorpsbelang', 3, 'list_order', None)])
            # Now the next result finds them by itself.
            self.applied(pool, zipped(a_xml=IN_2026))
            self.assertEqual(self.numbers(pool, 'GM0397', 2026), (3, 1, 2))
            self.assertEqual({m.name: m.is_new for m in self.term(pool, 'GM0397', 2026).members},
                             {'A.P. van der Voorbeeld': False, 'D. Nieuwhof': True, 'C. de Vries-Linde': False})

    def test_names_go_after_their_time_and_numbers_stay(self):
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            Member, Line = pool.get('raadspost.council.member'), pool.get('raadspost.import.line')
            self.keep_names(pool, member_retention_days=30)
            applied = self.applied(pool, zipped(a_xml=IN_2022, b_xml=IN_2026))
            waiting = self.preview(pool, zipped(a_xml=IN_2022))
            Configuration = pool.get('raadspost.configuration')
            Configuration.write(Configuration.search([]), {'hold_minutes': 31})
            self.assertEqual(Member.search([], count=True), 6)
            cursor = Transaction().connection.cursor()
            for table in (Member.__table__(), Line.__table__()):
                cursor.execute(*table.update([table.create_date], [datetime.datetime.now() - datetime.timedelta(31)]))
            Configuration.write(Configuration.search([]), {'hold_minutes': 32})
            self.assertEqual(Member.search([], count=True), 0)
            self.assertEqual(self.numbers(pool, 'GM0397', 2026), (3, 1, 2))
            self.assertEqual([line.source_values for line in Line.search([('import_', '=', applied.id), ('key', '!=', '')])],
                             [None, None])
            self.assertEqual(pool.get('raadspost.import')(waiting.id).state, 'discarded')

    def test_switching_it_off_forgets_at_once(self):
        with self.database.transaction() as pool:
            self.keep_names(pool)
            self.applied(pool, zipped(a_xml=IN_2022))
            self.keep_names(pool, False)
            self.assertEqual(pool.get('raadspost.council.member').search([], count=True), 0)
            self.assertEqual(self.numbers(pool, 'GM0397', 2022)[0], 3)

    def test_names_are_not_every_readers(self):
        from trytond.model.exceptions import AccessError
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            Access = pool.get('ir.model.access')
            rows = Access.search([('model.model', '=', 'raadspost.council.member'), ('perm_read', '=', True)])
            self.assertEqual([row.group.name for row in rows], ['Raadspost bewerken'])
            self.keep_names(pool)
            record = self.preview(pool, zipped(a_xml=IN_2022))
            User, Group = pool.get('res.user'), pool.get('res.group')
            group, = Group.search([('name', '=', 'Raadspost lezen')])
            reader, = User.create([{'name': 'Lezer', 'login': 'lezer', 'groups': [('add', [group.id])]}])
            line = record.lines[0]
            self.assertIn('Voorbeeld', line.source_values)
            with Transaction().set_user(reader.id), Transaction().set_context(_check_access=True):
                Line = pool.get('raadspost.import.line')
                shown, = Line.read([line.id], ['label', 'details', 'reason'])
                self.assertNotIn('Voorbeeld', str(shown))
                self.assertIn('Raadsleden: - → 3 (#', shown['details'])
                with self.assertRaises(AccessError):
                    Line.read([line.id], ['source_values'])

    def test_a_definition_gives_the_seats(self):
        with self.database.transaction() as pool:
            record = self.applied(pool, zipped(a_xml=IN_2026, b_xml=definition('0397', '2026-03-18', 5)))
            self.assertEqual(self.numbers(pool, 'GM0397', 2026)[0], 5)
            self.assertTrue(any('3 / 5' in reason for reason in self.reasons(record)), self.reasons(record))

    def test_edits_stay(self):
        with self.database.transaction() as pool:
            self.applied(pool, zipped(a_xml=IN_2022, b_xml=IN_2026))
            pool.get('raadspost.council.term').write([self.term(pool, 'GM0397', 2026)], {'new_count': 2})
            record = self.applied(pool, zipped(a_xml=IN_2022, b_xml=IN_2026))
            self.assertEqual(record.kept, 1)
            self.assertEqual(self.numbers(pool, 'GM0397', 2026)[1], 2)

    def test_what_is_broken_is_told_and_the_rest_imported(self):
        with self.database.transaction() as pool:
            record = self.applied(pool, zipped(
                a_xml=IN_2022, b_xml=IN_2026, c_xml=IN_2026[:500], d_xml=IN_2026.replace(b'Id="520"', b'Id="510b"'),
                e_xml=IN_2026.replace(b'>GR<', b'>PS<'), f_xml=result('9999', '2026-03-18', 'A. B'),
                g_xml=result('0473', '2025-06-18', 'A. B'), h_xml=result('0473', '2026-02-02', 'E. Zee', 'F. Duin', 'G. Strand')))
            self.assertEqual(self.counts(record), {'changed': 3, 'refused': 5, 'warned': 3})
            places = sorted(line.place for line in record.lines if line.change == 'refused')
            self.assertEqual(places, [f'uitslag.zip, {name}.xml, regel 1' for name in 'cdefg'])
            self.assertEqual(self.numbers(pool, 'GM0473', 2026)[0], 3)

    def test_a_corrected_day_is_known(self):
        with self.database.transaction() as pool:
            Election = pool.get('raadspost.election')
            Election.write(Election.search([('voting_day', '=', datetime.date(2026, 11, 18))]),
                           {'voting_day': datetime.date(2026, 11, 25), 'result_day': datetime.date(2026, 12, 3)})
            record = self.applied(pool, zipped(a_xml=result('0402', '2026-11-25', 'A. B', 'C. D', 'E. F')))
            self.assertEqual(self.counts(record), {'changed': 1, 'warned': 1})
            self.assertEqual(self.numbers(pool, 'GM0402', 2026)[0], 3)

    def test_an_election_nobody_had_entered(self):
        "The result is the evidence that there was one; 2014 by the rule of its time."
        with self.database.transaction() as pool:
            self.applied(pool, zipped(a_xml=result('0397', '2014-03-19', 'A. B', 'C. D', 'E. F')))
            term = self.term(pool, 'GM0397', 2014)
            self.assertEqual((term.installed_on, term.ends_on), (datetime.date(2014, 3, 27), datetime.date(2018, 3, 29)))
            self.assertEqual(term.seats, 3)

    def test_the_new_number_stands_in_the_letter(self):
        with self.database.transaction() as pool:
            self.applied(pool, zipped(a_xml=IN_2022, b_xml=IN_2026))
            party, = pool.get('party.party').create([{'name': 'Kleine Dorpen'}])
            association, = pool.get('raadspost.association').create([{
                'name': 'Kleine Dorpen', 'party': party.id, 'sender_name': 'Kleine Dorpen',
                'sender_email': 'oproep@dorpen.example', 'city': 'Oosterduin'}])
            Appeal = pool.get('raadspost.appeal')
            text = '{{raadsperiode}}: {{nieuwe_raadsleden|?}} nieuw; gekozen {{verkiezingsdag}}, aangetreden {{installatiedag}}.'
            for code, said in [('GM0397', '2026-2030: 1 nieuw; gekozen 18 maart 2026, aangetreden 1 april 2026.'),
                               ('GM0402', '2022-2027: ? nieuw; gekozen 16 maart 2022, aangetreden 30 maart 2022.')]:
                council, = pool.get('raadspost.council').search([('code', '=', code)])
                changes, = Appeal(subject='Dag', message=text, letter='', association=association.id,
                                  preview_council=council.id).on_change(['subject'])
                self.assertIn(said, changes['preview_text'].replace('\n', ' '))

    def test_recesses_come_from_a_table(self):
        table = ('Naam;Regio;Van;Tot en met\r\nZomerreces 2026;Noord;04-07-2026;16-08-2026\r\n'
                 'Zomerreces 2026;GM0397;11-07-2026;23-08-2026\r\nKerst;;19-12-2026;03-01-2027\r\nFout;Zuid;;\r\n').encode()
        with self.database.transaction() as pool:
            record = self.applied(pool, table, kind='recesses')
            self.assertEqual(self.counts(record), {'added': 3, 'refused': 1})
            Recess = pool.get('raadspost.recess')
            found = {(r.region or None, r.council.code if r.council else None): (r.from_day, r.to_day) for r in Recess.search([])}
            self.assertEqual(found, {
                ('noord', None): (datetime.date(2026, 7, 4), datetime.date(2026, 8, 16)),
                (None, 'GM0397'): (datetime.date(2026, 7, 11), datetime.date(2026, 8, 23)),
                (None, None): (datetime.date(2026, 12, 19), datetime.date(2027, 1, 3))})
            self.assertEqual(self.counts(self.applied(pool, table, kind='recesses')), {'unchanged': 3, 'refused': 1})
            longer = self.applied(pool, table.replace(b'16-08-2026', b'17-08-2026'), kind='recesses')
            self.assertEqual(self.counts(longer), {'changed': 1, 'unchanged': 2, 'refused': 1})

    def test_real_results_of_two_elections(self):
        folder = SHARED / 'resultaat_520'
        if not folder.exists():
            self.skipTest(f"no {folder}")
        with self.database.transaction() as pool:
            files = {path.name.replace('.', '_'): path.read_bytes() for path in folder.glob('*.xml')}
            record = self.applied(pool, zipped(**files))
            self.assertEqual((record.refused, record.changed + record.added), (1, 18))
            self.assertEqual(self.numbers(pool, 'GM0397', 2022), (21, 14, 7))
            self.keep_names(pool)
            self.applied(pool, zipped(**files))
            self.assertEqual(len(self.term(pool, 'GM0397', 2022).members), 21)
            self.assertEqual(self.applied(pool, zipped(**files)).unchanged, 18)


if __name__ == '__main__':
    unittest.main()

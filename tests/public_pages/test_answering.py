"""What a posted answer does to the records: by the griffie, by others, twice, corrected, and for one council of three."""
import concurrent.futures
import datetime
import unittest

from office import FORM, PublicPagesTest

SUDWEST, THREE, HAGUE, HEEMSTEDE = ('griffie@sudwest.example', 'griffie@drie.example', 'griffie@den-haag.example',
                                    'griffie@heemstede.example')
ONE_CLICK_PARTS = (b'--grens-1\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--grens-1--\r\n')


class AnsweringTest(PublicPagesTest):
    def setUp(self):
        # Each test begins without answers, minutes after delivery.
        for table in ('raadspost_page_answer', 'raadspost_outcome', 'raadspost_suppression', 'raadspost_event'):
            self.sql(f'delete from {table}')
        self.sql("update raadspost_dispatch set sent_at = '2026-11-02 09:00:00' where sent_at is not null")
        self.sql("update raadspost_configuration set scanner_seconds = 20, public_days = 0")
        with self.database.transaction(commit=True) as pool:
            pool.get('raadspost.appeal').plan(datetime.datetime.utcnow())

    def answer(self, mailbox, fields, **options):
        return self.post(self.link(mailbox, 'antwoord'), fields, **options)

    def page_answers(self):
        with self.database.transaction() as pool:
            return pool.get('raadspost.page_answer').search_read(
                [], order=[('id', 'ASC')], fields_names=[
                    'who', 'state', 'words', 'remark', 'new_address', 'stop', 'likely_scanner', 'list_number', 'browser'])

    def reminder(self, mailbox):
        "State and reason of the second step's dispatch, as last planned."
        return self.sql(f"select d.state, d.reason from raadspost_dispatch d join raadspost_step s on s.id = d.step "
                        f"where d.mailbox = '{mailbox}' and s.sequence = 2 order by d.id desc")[0]

    def suppressions(self):
        return self.sql('select mailbox, scope from raadspost_suppression order by id')

    # --- the answer form ------------------------------------------------------------------------------------

    def test_the_griffie_answers_and_the_plan_follows(self):
        self.assertEqual(self.reminder(SUDWEST)[0], 'planned')
        page = self.answer(SUDWEST, {'wie': 'griffier', 'GM1900.uitkomst': ['passed_on', 'listed'], 'GM1900.nummer': '28',
                                     'GM1900.datum': '2026-11-16'}, User_Agent='Testbrowser/1')
        self.assertEqual(page.status, 200)
        self.assertIn('Uw antwoord is vastgelegd', page.text)
        self.assertIn('nummer 28, lijst van 16 november 2026', page.text)
        self.assertEqual(self.outcomes(SUDWEST), [('GM1900', 'passed_on', None, True), ('GM1900', 'listed', '28', True)])
        with self.database.transaction() as pool:
            listed, = pool.get('raadspost.outcome').search([('kind', '=', 'listed')])
            self.assertEqual((listed.source, listed.actor, listed.list_date), ('own_click', None, datetime.date(2026, 11, 16)))
            self.assertIn('De griffie', listed.evidence)
            self.assertIn('Testbrowser/1', listed.evidence)
            events = pool.get('raadspost.event').search([('kind', '=', 'page_answer')])
            self.assertEqual(len(events), 2)
            self.assertRegex(listed.case.appeal.answer_summary, '(Geantwoord op de pagina|Answered on the page): 1')
        self.assertEqual(self.reminder(SUDWEST), ('cancelled', 'cond_answered'))
        # What is recorded shows on the page at once.
        self.assertIn('nummer 28', self.get(self.link(SUDWEST, 'antwoord')).text)

    def test_the_same_form_twice_counts_once(self):
        fields = {'wie': 'griffier', 'GM0518.uitkomst': ['passed_on'], 'opmerking': 'Succes'}
        for _ in range(3):
            self.assertEqual(self.answer(HAGUE, fields).status, 200)
        self.assertEqual(self.outcomes(HAGUE), [('GM0518', 'passed_on', None, True)])
        self.assertEqual(len(self.page_answers()), 1)

    def test_the_same_form_at_the_same_moment_counts_once(self):
        fields = {'wie': 'griffier', 'GM0397.uitkomst': ['passed_on', 'to_college']}
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            pages = list(pool.map(lambda n: self.answer(HEEMSTEDE, fields, visitor=9000 + n), range(4)))
        self.assertEqual([page.status for page in pages], [200] * 4)
        self.assertEqual(self.outcomes(HEEMSTEDE), [('GM0397', 'passed_on', None, True), ('GM0397', 'to_college', None, True)])

    def test_a_changed_answer_keeps_both(self):
        self.answer(HAGUE, {'wie': 'griffier', 'GM0518.nummer': '28'})
        self.answer(HAGUE, {'wie': 'griffier', 'GM0518.nummer': '29'})
        self.assertEqual(self.outcomes(HAGUE), [('GM0518', 'listed', '28', False), ('GM0518', 'listed', '29', True)])
        self.answer(HAGUE, {'wie': 'griffier', 'GM0518.uitkomst': ['declined']})
        self.assertEqual(self.outcomes(HAGUE)[-2:], [('GM0518', 'listed', '29', False), ('GM0518', 'declined', None, True)])
        self.answer(HAGUE, {'wie': 'griffier', 'GM0518.vervalt': ['declined']})
        self.assertEqual(self.outcomes(HAGUE)[-2:], [('GM0518', 'declined', None, False), ('GM0518', 'retracted', None, True)])
        self.assertEqual(len(self.page_answers()), 4)
        self.assertNotIn('niet doorgestuurd of behandeld (vastgelegd', self.get(self.link(HAGUE, 'antwoord')).text)

    def test_a_page_that_lies_ready_shows_what_was_answered_since(self):
        page = self.link(HAGUE, 'antwoord')
        for _ in range(2):
            self.assertNotIn('nummer 31', self.get(page).text)
        self.answer(HAGUE, {'wie': 'griffier', 'GM0518.nummer': '31'})
        self.assertIn('nummer 31', self.get(page).text)

    def test_what_staff_recorded_is_never_replaced(self):
        with self.database.transaction(commit=True) as pool:
            case, = pool.get('raadspost.case').search([('council.code', '=', 'GM0518')])
            pool.get('raadspost.outcome').create([{'case': case.id, 'kind': 'declined', 'on': datetime.date(2026, 11, 3),
                                                   'source': 'staff'}])
        self.answer(HAGUE, {'wie': 'griffier', 'GM0518.uitkomst': ['passed_on'], 'GM0518.vervalt': ['declined']})
        self.assertEqual(self.outcomes(HAGUE), [('GM0518', 'declined', None, True), ('GM0518', 'passed_on', None, True)])

    def test_each_council_of_a_shared_office_is_answered_apart(self):
        self.answer(THREE, {'wie': 'griffier', 'GM0796.uitkomst': ['passed_on'], 'GM0820.vergadering': '12-1-2027'})
        self.assertEqual(self.outcomes(THREE), [('GM0796', 'passed_on', None, True), ('GM0820', 'agenda', None, True)])
        with self.database.transaction() as pool:
            agenda, = pool.get('raadspost.outcome').search([('kind', '=', 'agenda')])
            self.assertEqual(agenda.meeting_date, datetime.date(2027, 1, 12))

    def test_somebody_else_waits_for_a_person(self):
        for who in ('raadslid', 'ander'):
            page = self.answer(HAGUE, {'wie': who, 'GM0518.uitkomst': ['listed'], 'GM0518.nummer': '7', 'stop': 'alles'})
            self.assertIn('kijkt een medewerker', page.text)
        self.assertEqual(self.outcomes(HAGUE), [])
        self.assertEqual(self.suppressions(), [])
        answers = self.page_answers()
        self.assertEqual([(one['who'], one['state'], one['stop']) for one in answers],
                         [('councillor', 'to_judge', 'all'), ('somebody_else', 'to_judge', 'all')])
        with self.database.transaction(commit=True) as pool:
            Answer = pool.get('raadspost.page_answer')
            Answer.take_over([Answer(answers[0]['id'])])
        self.assertEqual(self.outcomes(HAGUE), [('GM0518', 'listed', '7', True)])
        with self.database.transaction() as pool:
            outcome, = pool.get('raadspost.outcome').search([])
            self.assertEqual(outcome.actor.id, 1)
            self.assertIn('Een raadslid', outcome.evidence)
            self.assertEqual(pool.get('raadspost.page_answer')(answers[0]['id']).state, 'judged')

    def test_a_remark_and_a_new_address_wait_for_a_person_while_the_outcome_counts(self):
        page = self.answer(HAGUE, {'wie': 'griffier', 'GM0518.uitkomst': ['passed_on'], 'adres': 'Raad@DenHaag.example',
                                   'opmerking': '<b>Wanneer</b>\nkunt u komen?'})
        self.assertIn('raad@denhaag.example', page.text)
        answer, = self.page_answers()
        self.assertEqual((answer['state'], answer['new_address'], answer['remark']),
                         ('to_judge', 'raad@denhaag.example', '<b>Wanneer</b>\nkunt u komen?'))
        self.assertEqual(len(self.outcomes(HAGUE)), 1)
        self.assertEqual(self.sql("select count(*) from raadspost_griffie where mailbox = 'raad@denhaag.example'"), [(0,)])

    def test_a_form_that_is_not_right_changes_nothing(self):
        before = self.contents()
        link = self.link(HAGUE, 'antwoord')
        for fields, status in [({}, 422), ({'wie': 'griffier'}, 422), ({'GM0518.uitkomst': 'listed'}, 422),
                               ({'wie': 'griffier', 'GM0518.datum': 'morgen'}, 422),
                               ({'wie': 'griffier', 'GM1900.uitkomst': 'listed'}, 400),  # another griffie's council
                               ({'wie': 'griffier', 'GM0518.uitkomst': 'alles'}, 400), ({'confirm': '1'}, 400)]:
            self.assertEqual(self.post(link, fields).status, status, fields)
        for body, kind in [(b'wie=griffier', 'text/plain'), (b'\xff\xfe', FORM), (b'a=%zz', FORM), (ONE_CLICK_PARTS, FORM)]:
            self.assertEqual(self.ask('POST', link, body, Content_Type=kind).status, 400, body)
        # The token of one page is no good for another.
        stolen = self.link(HAGUE, 'bericht').rsplit('/', 1)[1]
        self.assertEqual(self.post(f'/raadspost/antwoord/{stolen}', {'wie': 'griffier', 'stop': 'alles'}).status, 404)
        self.assertEqual(self.contents(), before)

    def test_a_mistake_keeps_what_was_typed(self):
        page = self.answer(HAGUE, {'wie': 'raadslid', 'GM0518.datum': '31-2-2026', 'opmerking': 'Dag </textarea><script>'})
        self.assertEqual(page.status, 422)
        self.assertIn('value="raadslid" checked', page.text)
        self.assertIn('31-2-2026', page.text)
        self.assertNotIn('<script', page.text)

    def test_a_click_seconds_after_delivery_is_marked(self):
        self.sql("update raadspost_configuration set scanner_seconds = 3600")
        now = datetime.datetime.utcnow().strftime('%Y-%m-%d %H:%M:%S')
        self.sql(f"update raadspost_dispatch set sent_at = '{now}' where mailbox = '{HAGUE}' and sent_at is not null")
        self.answer(HAGUE, {'wie': 'griffier', 'GM0518.uitkomst': ['passed_on']})
        self.assertTrue(self.page_answers()[0]['likely_scanner'])
        self.assertEqual(self.outcomes(HAGUE), [('GM0518', 'passed_on', None, True)])  # evidence, nothing more
        self.sql("update raadspost_configuration set scanner_seconds = 0")
        self.answer(HAGUE, {'wie': 'griffier', 'GM0518.uitkomst': ['to_college']})
        self.assertFalse(self.page_answers()[1]['likely_scanner'])

    # --- unsubscribing --------------------------------------------------------------------------------------

    def test_one_click_as_mail_clients_send_it(self):
        mail = self.mails[SUDWEST]
        self.assertEqual(mail['List-Unsubscribe-Post'], 'List-Unsubscribe=One-Click')
        self.assertIn(self.link(SUDWEST, 'afmelden'), mail['List-Unsubscribe'])
        ways = {'urlencoded': dict(body=b'List-Unsubscribe=One-Click', Content_Type=FORM),
                'multipart': dict(body=ONE_CLICK_PARTS, Content_Type='multipart/form-data; boundary=grens-1'),
                'no body': dict(body=None), 'an empty body': dict(body=b'', Content_Type=FORM)}
        for name, way in ways.items():
            with self.subTest(name):
                self.setUp()
                self.assertEqual(self.ask('POST', self.link(SUDWEST, 'afmelden'), **way).status, 200)
                self.assertEqual(self.suppressions(), [(SUDWEST, 'association')])
                self.assertEqual(self.outcomes(SUDWEST), [('GM1900', 'no_more', None, True)])
        self.assertIn('RFC 8058', self.sql('select note from raadspost_suppression')[0][0])

    def test_a_post_without_a_length_is_an_empty_one(self):
        import socket
        with socket.create_connection(('127.0.0.1', self.server.port)) as wire:
            wire.sendall(f'POST {self.link(HAGUE, "afmelden")} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'.encode())
            self.assertIn(b' 200 ', wire.recv(100))
        self.assertEqual(self.suppressions(), [(HAGUE, 'association')])

    def test_the_page_stops_what_was_chosen(self):
        self.assertNotIn('al afgemeld', self.get(self.link(HAGUE, 'afmelden')).text)
        for chosen, stopped in [('oproep', 'berichten over de oproep'), ('vereniging', 'berichten van Dorpen'),
                                ('alles', 'berichten van de verenigingen')]:
            page = self.post(self.link(HAGUE, 'afmelden'), {'pagina': 'ja', 'omvang': chosen})
            self.assertIn('U bent afgemeld', page.text)
            # Who comes back sees it, and is asked for more only.
            page = self.get(self.link(HAGUE, 'afmelden'))
            self.assertIn(f'al afgemeld: het krijgt geen {stopped}', page.text)
            self.assertNotIn(f'value="{chosen}"', page.text)
        self.assertNotIn('<form', page.text)
        self.assertEqual(self.suppressions(), [(HAGUE, 'appeal'), (HAGUE, 'association'), (HAGUE, 'all')])
        self.post(self.link(HAGUE, 'afmelden'), {'pagina': 'ja', 'omvang': 'oproep'})  # less than what is stopped already
        self.assertEqual(len(self.suppressions()), 3)
        self.assertEqual([outcome[1] for outcome in self.outcomes(HAGUE)], ['no_more'])

    def test_nothing_chosen_stops_nothing(self):
        before = self.contents()
        page = self.post(self.link(HAGUE, 'afmelden'), {'pagina': 'ja'})
        self.assertEqual(page.status, 422)
        for fields in ({'confirm': '1'}, {'List-Unsubscribe': 'yes'}, {'omvang': 'iets'}):
            self.assertEqual(self.post(self.link(HAGUE, 'afmelden'), fields).status, 400)
        self.assertEqual(self.contents(), before)

    def test_the_plan_leaves_out_who_unsubscribed(self):
        self.post(self.link(HEEMSTEDE, 'afmelden'), {'pagina': 'ja', 'omvang': 'oproep'})
        self.assertEqual(self.reminder(HEEMSTEDE), ('cancelled', 'opted_out'))


if __name__ == '__main__':
    unittest.main()

"""The public pages over HTTP: what each shows, with which headers, and what nobody gets to see."""
import hashlib
import re
import subprocess
import time
import unittest

from office import GRIFFIES, PUBLIC, PublicPagesTest

SUDWEST, THREE, HAGUE = 'griffie@sudwest.example', 'griffie@drie.example', 'griffie@den-haag.example'
KINDS = ('antwoord', 'bericht', 'afmelden')
HEADERS = {
    'Cache-Control': 'no-store', 'Referrer-Policy': 'same-origin', 'X-Content-Type-Options': 'nosniff',
    'X-Robots-Tag': 'noindex, nofollow, noarchive', 'X-Frame-Options': 'DENY'}


class PagesTest(PublicPagesTest):
    def test_every_link_of_the_mail_opens_a_page(self):
        for mailbox, councils in GRIFFIES.items():
            for kind in KINDS:
                with self.subTest(mailbox=mailbox, kind=kind):
                    page = self.get(self.link(mailbox, kind))
                    self.assertEqual((page.status, page.headers['Content-Type']), (200, 'text/html; charset=utf-8'))
                    for _, name in councils:
                        self.assertIn(name.replace("'", '&#39;'), page.text)
                    self.assertIn('Dorpen &amp; Samen', page.text)
                    self.assertIn('Autoriteit Persoonsgegevens', page.text)
                    self.assertIn('<html lang="nl">', page.text)
                    others = [name for other, names in GRIFFIES.items() if other != mailbox for _, name in names]
                    for name in others:
                        self.assertNotIn(name, page.text)

    def test_nothing_is_run_or_fetched(self):
        for kind in KINDS:
            text = self.get(self.link(THREE, kind)).text
            self.assertNotRegex(text, r'<script|<img|<link|<iframe|\bon\w+=|url\(|@import')
            self.assertNotIn(' style="', text)
            self.assertNotIn('Set-Cookie', text)

    def test_headers_of_every_answer(self):
        cases = [('GET', self.link(SUDWEST, 'antwoord'), None, 200), ('HEAD', self.link(SUDWEST, 'bericht'), None, 200),
                 ('OPTIONS', self.link(SUDWEST, 'antwoord'), None, 204), ('GET', '/raadspost/antwoord/aaaa', None, 404),
                 ('POST', self.link(SUDWEST, 'antwoord'), b'', 422), ('POST', self.link(SUDWEST, 'antwoord'), b'{}', 400),
                 ('POST', self.link(SUDWEST, 'antwoord'), b'x' * 70_000, 413),
                 ('GET', self.link(SUDWEST, 'bericht').replace('bericht', 'brief') + '/1', None, 404)]
        for method, path, body, status in cases:
            with self.subTest(method=method, path=path, status=status):
                answer = self.ask(method, path, body)
                self.assertEqual(answer.status, status)
                for name, value in HEADERS.items():
                    self.assertEqual(answer.headers.get_all(name), [value], name)
                policy = answer.headers['Content-Security-Policy']
                self.assertIn("default-src 'none'", policy)
                self.assertIn("frame-ancestors 'none'", policy)
                self.assertNotIn('unsafe', policy)
                self.assertIsNone(answer.headers['Set-Cookie'])

    def test_the_policy_names_the_one_style_sheet(self):
        import base64
        page = self.get(self.link(SUDWEST, 'antwoord'))
        sheet = re.search('<style>(.*)</style>', page.text, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
        self.assertIn(f"style-src 'sha256-{digest}';", page.headers['Content-Security-Policy'])

    def test_web_version_and_letters_are_those_of_the_mail(self):
        for mailbox in (SUDWEST, THREE):
            page = self.get(self.link(mailbox, 'bericht'))
            self.assertIn('Dorpshuizen sluiten, ook die met &quot;veel&quot; &amp; &lt;trouwe&gt; vrijwilligers', page.text)
            self.assertIn('<strong>raadsleden</strong>', page.text)
            sent = [part for part in self.mails[mailbox].walk() if part.get_content_type() == 'application/pdf']
            links = re.findall(re.escape(PUBLIC) + r'(/raadspost/brief/[a-z2-7]+/\d+)">([^<]+)</a>', page.text)
            self.assertEqual(len(links), len(GRIFFIES[mailbox]))
            self.assertEqual([name.replace('&#39;', "'") for _, name in links], [part.get_filename() for part in sent])
            for (path, _), part in zip(links, sent):
                letter = self.get(path)
                self.assertEqual((letter.status, letter.headers['Content-Type']), (200, 'application/pdf'))
                self.assertEqual(letter.body, part.get_payload(decode=True))
                self.assertTrue(letter.headers['Content-Disposition'].startswith('inline; filename="Brief aan de raad van'))

    def test_a_message_whose_bytes_are_dropped_is_made_anew_or_gone(self):
        heemstede = 'griffie@heemstede.example'
        row = self.row(heemstede)
        # Facts that were read for another page are believed for a minute.
        self.addCleanup(self.server_with_empty_memory)
        before = self.sql(f"select bytes_file, inputs_hash from raadspost_dispatch where id = {row}")[0]
        kept = self.get(self.link(heemstede, 'bericht')).text
        path = re.search(r'/raadspost/brief/[a-z2-7]+/1', kept)[0]
        try:
            self.sql(f"update raadspost_dispatch set bytes_file = null where id = {row}")
            self.server_with_empty_memory()
            letter = self.get(path)
            self.assertEqual((letter.status, letter.headers['Content-Type']), (200, 'application/pdf'))
            text = subprocess.run(['pdftotext', '-', '-'], input=letter.body, stdout=subprocess.PIPE, check=True).stdout
            self.assertIn('Geachte raad van Heemstede', text.decode())
            # Other facts than those it was made of: nothing is shown that was never sent.
            self.sql(f"update raadspost_dispatch set inputs_hash = 'x' where id = {row}")
            self.server_with_empty_memory()
            self.assertEqual(self.get(path.replace('/1', '/2')).status, 410)
        finally:
            self.sql(f"update raadspost_dispatch set bytes_file = '{before[0]}', inputs_hash = '{before[1]}' where id = {row}")

    def test_no_database_name_anywhere(self):
        for kind in KINDS:
            self.assertNotIn(self.database.name + '/', self.link(SUDWEST, kind).replace('/raadspost/', '/', 1))
            page = self.get(self.link(SUDWEST, kind))
            self.assertNotIn(f'{self.database.name}/', page.text.replace('/raadspost/', '/'))

    def test_wrong_old_and_foreign_links_are_all_alike(self):
        good = self.link(HAGUE, 'antwoord')
        token = good.rsplit('/', 1)[1]
        other_kind = self.link(HAGUE, 'afmelden').rsplit('/', 1)[1]
        flipped = token[:-1] + ('a' if token[-1] != 'a' else 'e')
        tokens = {'wrong': flipped, 'cut': token[:-1], 'longer': token + 'a', 'of another kind': other_kind,
                  'not base32': 'x' * 30 + '!!', 'of another system': 'cea' + token[3:], 'huge': 'a' * 4000}
        pages = {name: self.get('/raadspost/antwoord/' + one) for name, one in tokens.items()}
        # Valid, of a dispatch that is not there (any more), that never left, or whose pages have expired.
        row = self.row(HAGUE)
        for name, change in {'cancelled': "state = 'cancelled'", 'held': "state = 'held'",
                             'expired': "sent_at = '2020-01-01 00:00:00'"}.items():
            before = self.sql(f"select state, sent_at from raadspost_dispatch where id = {row}")[0]
            self.sql(f"update raadspost_dispatch set {change} where id = {row}")
            pages[name] = self.ask('POST', good, b'wie=griffier&opmerking=x', Content_Type='application/x-www-form-urlencoded')
            self.sql(f"update raadspost_dispatch set state = '{before[0]}', sent_at = '{before[1]}' where id = {row}")
        self.assertEqual({name: page.status for name, page in pages.items()}, dict.fromkeys(pages, 404))
        self.assertEqual(len({page.body for page in pages.values()}), 1)
        headers = {tuple(sorted((name, value) for name, value in page.headers.items() if name != 'Date'))
                   for page in pages.values()}
        self.assertEqual(len(headers), 1)

    def test_an_expired_message_can_still_be_unsubscribed_from(self):
        row = self.row(HAGUE)
        self.addCleanup(self.server_with_empty_memory)
        before = self.sql(f"select sent_at from raadspost_dispatch where id = {row}")[0][0]
        self.sql(f"update raadspost_dispatch set sent_at = '2020-01-01 00:00:00' where id = {row}")
        try:
            self.assertEqual(self.ask('POST', self.link(HAGUE, 'afmelden'), b'pagina=ja',
                                      Content_Type='application/x-www-form-urlencoded').status, 422)
            self.server_with_empty_memory()
            self.assertEqual(self.get(self.link(HAGUE, 'afmelden')).status, 200)
            self.assertEqual(self.get(self.link(HAGUE, 'antwoord')).status, 404)
        finally:
            self.sql(f"update raadspost_dispatch set sent_at = '{before}' where id = {row}")

    def test_refusing_takes_as_long_whatever_is_wrong(self):
        good = self.link(HAGUE, 'antwoord').rsplit('/', 1)[1]

        def seconds(token):
            begin = time.perf_counter()
            self.get('/raadspost/antwoord/' + token)
            return time.perf_counter() - begin
        wrong = {'first': ('e' if good[0] != 'e' else 'a') + good[1:], 'last': good[:-1] + ('a' if good[-1] != 'a' else 'e'),
                 'nonsense': 'aaaa'}
        # The quickest of many: what else the machine does can only make an answer later.
        quickest = dict.fromkeys(wrong, 60)
        for _ in range(60):
            for name, token in wrong.items():
                quickest[name] = min(quickest[name], seconds(token))
        self.assertLess(max(quickest.values()) - min(quickest.values()), 0.005, quickest)

    def test_a_token_is_read_in_either_case(self):
        path, token = self.link(SUDWEST, 'antwoord').rsplit('/', 1)
        self.assertEqual(self.get(f'{path}/{token.upper()}').status, 200)

    def test_other_methods_are_not_served(self):
        for method in ('PUT', 'DELETE', 'PATCH', 'TRACE'):
            self.assertEqual(self.ask(method, self.link(SUDWEST, 'antwoord')).status, 405, method)
        self.assertEqual(self.ask('POST', self.link(SUDWEST, 'bericht'), b'').status, 405)
        allowed = self.ask('OPTIONS', self.link(SUDWEST, 'antwoord'))
        self.assertEqual(allowed.headers['Allow'], 'GET, HEAD, OPTIONS, POST')


if __name__ == '__main__':
    unittest.main()

"""A mail gateway that opens, prefetches and probes every link before it delivers: not one byte of the database changes."""
import contextlib
import hashlib
import pathlib
import re
import sqlite3
import unittest

from office import FORM, GRIFFIES, PUBLIC, PublicPagesTest

SCANNERS = [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0 Safari/537.36',
    'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.5387; Pro)', 'BarracudaCentral/1.0', '']
KINDS = ('antwoord', 'bericht', 'afmelden')


class GatewayTest(PublicPagesTest):
    def on_disk(self):
        """The bytes themselves, where the database is a file.

        The WAL is emptied into the file first: whoever closes the last connection does so too, at a moment of his own."""
        if self.database.kind != 'sqlite':
            return ''
        with contextlib.closing(sqlite3.connect(self.database.file, timeout=60)) as connection:
            busy, *_ = connection.execute('pragma wal_checkpoint(truncate)').fetchone()
        self.assertFalse(busy)
        return hashlib.sha256(pathlib.Path(self.database.file).read_bytes()).hexdigest()

    def links(self, mailbox):
        "Everything in the mail that looks like a link of ours, and what is on those pages."
        found = {self.link(mailbox, kind) for kind in KINDS}
        for path in list(found):
            found |= set(re.findall(re.escape(PUBLIC) + r'(/raadspost/[\w/]+)', self.get(path).text))
        return sorted(found)

    def test_looking_changes_nothing(self):
        links = [link for mailbox in GRIFFIES for link in self.links(mailbox)]
        self.assertGreaterEqual(len(links), 4 * len(GRIFFIES))
        before, file_before = self.contents(), self.on_disk()
        for agent in SCANNERS:
            for link in links:
                headers = {'User_Agent': agent}
                self.assertEqual(self.get(link, **headers).status, 200)
                self.assertEqual(self.ask('HEAD', link, **headers).body, b'')
                self.assertEqual(self.ask('OPTIONS', link, **headers).status, 204)
                self.assertEqual(self.get(link, Purpose='prefetch', Sec_Purpose='prefetch;prerender', **headers).status, 200)
                for query in ('?confirm=1', '?wie=griffier&GM0518.uitkomst=listed', '?omvang=alles&pagina=ja',
                              '?List-Unsubscribe=One-Click'):
                    self.assertEqual(self.get(link + query, **headers).status, 200)
                # A body in a request that is not for it.
                self.get(link, body=b'wie=griffier&stop=alles', Content_Type=FORM, **headers)
        self.assertEqual(self.contents(), before)
        self.assertEqual(self.on_disk(), file_before)

    def test_submitting_the_forms_as_they_are_found_changes_nothing(self):
        before = self.contents()
        for mailbox in GRIFFIES:
            for kind in ('antwoord', 'afmelden'):
                page = self.get(self.link(mailbox, kind)).text
                self.assertNotIn(' checked', page)
                found = {}
                for tag in re.findall(r'<(?:input|textarea)[^>]*>', page):
                    name, value = re.search(r' name="([^"]*)"', tag)[1], re.search(r' value="([^"]*)"', tag)
                    if not re.search(r'type="(radio|checkbox)"', tag):
                        found[name] = value[1] if value else ''
                answer = self.post(self.link(mailbox, kind), found)
                self.assertEqual(answer.status, 422, (mailbox, kind))
        self.assertEqual(self.contents(), before)

    def test_only_then_the_griffie_submits(self):
        mailbox = 'griffie@heemstede.example'
        for _ in range(5):
            self.get(self.link(mailbox, 'antwoord'))
        before = self.contents()
        self.assertEqual(self.post(self.link(mailbox, 'antwoord'),
                                   {'wie': 'griffier', 'GM0397.uitkomst': 'passed_on'}).status, 200)
        self.assertNotEqual(self.contents(), before)
        self.assertEqual(self.outcomes(mailbox), [('GM0397', 'passed_on', None, True)])


if __name__ == '__main__':
    unittest.main()

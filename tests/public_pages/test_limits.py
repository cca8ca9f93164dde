"""What the public may ask for: how often, how much, how many at once; and keys that are made anew or retired."""
import concurrent.futures
import contextlib
import os
import sqlite3
import time
import unittest

from office import FORM, PublicPagesTest

HAGUE, SUDWEST = 'griffie@den-haag.example', 'griffie@sudwest.example'
PER_ADDRESS, PER_TOKEN, POSTS_PER_TOKEN = 240, 120, 40
INSIDE, LONGEST_WAIT = 4, 2
ASKERS = 40
LOOKED_AT_EVERY = 6  # seconds: a little more than the key ring's five


class LimitsTest(PublicPagesTest):
    def statuses(self, ask, times):
        found = {}
        for n in range(times):
            status = ask(n).status
            found[status] = found.get(status, 0) + 1
        return found

    def test_an_address_may_ask_so_often(self):
        found = self.statuses(lambda n: self.get('/raadspost/antwoord/aaaa', visitor=5000), PER_ADDRESS + 60)
        self.assertEqual(set(found), {404, 429})
        self.assertGreaterEqual(found[404], PER_ADDRESS)
        refused = self.get('/raadspost/antwoord/aaaa', visitor=5000)
        if refused.status == 429:
            self.assertEqual(refused.headers['Retry-After'], '5')
        self.assertEqual(self.get('/raadspost/antwoord/aaaa', visitor=5001).status, 404)  # others are not concerned

    def test_a_token_may_be_asked_for_so_often(self):
        link = self.link(SUDWEST, 'bericht')
        found = self.statuses(lambda n: self.get(link), PER_TOKEN + 60)
        self.assertGreaterEqual(found.pop(429), 5)
        self.assertGreaterEqual(found.pop(200), PER_TOKEN)
        self.assertEqual(found, {})
        self.assertEqual(self.get(self.link(SUDWEST, 'afmelden')).status, 200)

    def test_posting_is_limited_more(self):
        link = self.link(SUDWEST, 'afmelden')
        found = self.statuses(lambda n: self.post(link, {'pagina': 'ja'}), POSTS_PER_TOKEN + 60)
        self.assertGreaterEqual(found.pop(429), 5)
        self.assertGreaterEqual(found.pop(422), POSTS_PER_TOKEN)
        self.assertEqual(found, {})

    def test_too_large_a_body_is_refused_unread(self):
        for kind in (FORM, 'multipart/form-data; boundary=x', 'application/octet-stream'):
            answer = self.ask('POST', self.link(HAGUE, 'afmelden'), b'a' * (64 * 1024 + 1), Content_Type=kind)
            self.assertEqual((answer.status, answer.body), (413, b''))

    @contextlib.contextmanager
    def database_that_makes_wait(self):
        if self.database.kind == 'postgresql':
            import psycopg2
            connection = psycopg2.connect(self.database.uri + self.database.name)
            connection.cursor().execute('lock table raadspost_dispatch in access exclusive mode')
        else:
            connection = sqlite3.connect(self.database.file, timeout=30, isolation_level=None)
            connection.execute('begin immediate')
        with contextlib.closing(connection):
            yield
            connection.rollback()

    def waiting(self):
        return self.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = "
                        "current_database()")[0][0]

    def test_no_more_than_four_hold_a_transaction(self):
        links = [self.link(mailbox, 'antwoord') for mailbox in self.mails]

        def ask(n):
            begin = time.monotonic()
            answer = self.post(links[n % len(links)], {'wie': 'griffier'}, visitor=6000 + n)
            return answer.status, answer.headers['Retry-After'], time.monotonic() - begin

        with concurrent.futures.ThreadPoolExecutor(ASKERS) as pool:
            with self.database_that_makes_wait():
                asked = [pool.submit(ask, n) for n in range(ASKERS)]
                most, until = 0, time.monotonic() + LONGEST_WAIT + 1
                while time.monotonic() < until:
                    if self.database.kind == 'postgresql':
                        most = max(most, self.waiting())
                    time.sleep(0.1)
                # A page that lies ready needs no transaction, and neither does a refusal.
                self.assertEqual(self.get('/raadspost/antwoord/aaaa').status, 404)
                away = [one.result() for one in asked if one.done()]
            rest = [one.result() for one in asked if one.result() not in away]
        if self.database.kind == 'postgresql':
            self.assertEqual(most, INSIDE)
        self.assertEqual({(status, retry) for status, retry, _ in away}, {(503, '5')})
        self.assertGreaterEqual(len(away), ASKERS - INSIDE - 4)
        self.assertLess(max(seconds for _, _, seconds in away), LONGEST_WAIT + 2)
        self.assertLessEqual({status for status, _, _ in rest}, {422, 503, 429})

    def test_a_page_that_lies_ready_needs_no_transaction(self):
        link = self.link(HAGUE, 'bericht')
        self.assertEqual(self.get(link).status, 200)
        if self.database.kind != 'postgresql':
            self.skipTest("readers of SQLite wait for nobody")
        with self.database_that_makes_wait():
            begin = time.monotonic()
            self.assertEqual(self.get(link).status, 200)
            self.assertLess(time.monotonic() - begin, 1)

    def test_neighbours_of_an_opened_page_need_no_transaction(self):
        self.assertEqual(self.get(self.link(HAGUE, 'bericht')).status, 200)
        if self.database.kind != 'postgresql':
            self.skipTest("readers of SQLite wait for nobody")
        with self.database_that_makes_wait():
            begin = time.monotonic()
            for mailbox in self.mails:
                for kind in ('antwoord', 'afmelden', 'bericht'):
                    self.assertEqual(self.get(self.link(mailbox, kind)).status, 200)
            self.assertLess(time.monotonic() - begin, LONGEST_WAIT)

    def test_keys_made_anew_leave_old_links_valid_until_they_are_retired(self):
        link = self.link(HAGUE, 'afmelden')
        self.assertEqual(self.get(link).status, 200)
        with open(self.keys) as file:
            self.addCleanup(self.replace_keys, file.read())
        self.assertIn("Keys 2 sign", self.raadspostd('--new-keys'))
        time.sleep(LOOKED_AT_EVERY)
        self.assertEqual(self.get(link).status, 200)
        self.assertIn("The newest key signs", self.raadspostd('--retire-keys', '2'))
        self.assertIn("has no key 9", self.raadspostd('--retire-keys', '9'))
        self.assertIn("Keys 1 are retired", self.raadspostd('--retire-keys', '1'))
        time.sleep(LOOKED_AT_EVERY)
        # Although the page lies ready.
        self.assertEqual(self.get(link).status, 404)

    def replace_keys(self, ring):
        with open(self.keys + '.new', 'w', opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(ring)
        os.replace(self.keys + '.new', self.keys)
        time.sleep(LOOKED_AT_EVERY)


if __name__ == '__main__':
    unittest.main()

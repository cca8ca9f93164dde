"""What the public may ask for: how often, how much, how many at once; and keys that are made anew or retired."""
import concurrent.futures
import contextlib
import os
import sqlite3
import time
import unittest

from office import FORM, PublicPagesTest
from stage import wait_until

HAGUE, SUDWEST = 'griffie@den-haag.example', 'griffie@sudwest.example'
# Requests in a burst, and what is regained each second.
PER_ADDRESS, PER_TOKEN, POSTS_PER_TOKEN = (240, 8), (120, 2), (40, 0.2)
INSIDE = 4
ASKERS = 40
LOOKED_AT_EVERY = 6  # seconds: a little more than the key ring's five


class LimitsTest(PublicPagesTest):
    def assert_refused_after(self, allowance, status, ask):
        "Asks until it is too often: in a burst, and so many more as are regained meanwhile on a machine that is slow."
        at_once, per_second = allowance
        begin, served = time.monotonic(), 0
        while (answer := ask()).status == status:
            served += 1
            regained = (time.monotonic() - begin) * per_second
            self.assertLessEqual(served, at_once + regained + 1)
            if regained > 10 * at_once:
                self.skipTest("this machine is too slow for asking too often")
        self.assertEqual((answer.status, answer.headers['Retry-After']), (429, '5'))
        self.assertGreaterEqual(served, at_once)

    def test_an_address_may_ask_so_often(self):
        self.assert_refused_after(PER_ADDRESS, 404, lambda: self.get('/raadspost/antwoord/aaaa', visitor=5000))
        self.assertEqual(self.get('/raadspost/antwoord/aaaa', visitor=5001).status, 404)  # others are not concerned

    def test_a_token_may_be_asked_for_so_often(self):
        link = self.link(SUDWEST, 'bericht')
        self.assert_refused_after(PER_TOKEN, 200, lambda: self.get(link))
        self.assertEqual(self.get(self.link(SUDWEST, 'afmelden')).status, 200)

    def test_posting_is_limited_more(self):
        link = self.link(SUDWEST, 'afmelden')
        self.assert_refused_after(POSTS_PER_TOKEN, 422, lambda: self.post(link, {'pagina': 'ja'}))

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
            answer = self.post(links[n % len(links)], {'wie': 'griffier'}, visitor=6000 + n)
            return answer.status, answer.headers['Retry-After']

        with concurrent.futures.ThreadPoolExecutor(ASKERS) as pool:
            with self.database_that_makes_wait():
                asked = [pool.submit(ask, n) for n in range(ASKERS)]
                # While the database makes wait, all others are turned away.
                self.assertTrue(wait_until(lambda: sum(one.done() for one in asked) >= ASKERS - INSIDE))
                away = [one for one in asked if one.done()]
                if self.database.kind == 'postgresql':
                    self.assertEqual(self.waiting(), INSIDE)
                # A page that lies ready needs no transaction, and neither does a refusal.
                self.assertEqual(self.get('/raadspost/antwoord/aaaa').status, 404)
            rest = [one for one in asked if one not in away]
        self.assertEqual({one.result() for one in away}, {(503, '5')})
        self.assertLessEqual({one.result()[0] for one in rest}, {422, 503})

    def test_a_page_that_lies_ready_needs_no_transaction(self):
        link = self.link(HAGUE, 'bericht')
        self.assertEqual(self.get(link).status, 200)
        if self.database.kind != 'postgresql':
            self.skipTest("readers of SQLite wait for nobody")
        with self.database_that_makes_wait():
            self.assertEqual(self.get(link).status, 200)

    def test_neighbours_of_an_opened_page_need_no_transaction(self):
        self.assertEqual(self.get(self.link(HAGUE, 'bericht')).status, 200)
        if self.database.kind != 'postgresql':
            self.skipTest("readers of SQLite wait for nobody")
        with self.database_that_makes_wait():
            for mailbox in self.mails:
                for kind in ('antwoord', 'afmelden', 'bericht'):
                    self.assertEqual(self.get(self.link(mailbox, kind)).status, 200)

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

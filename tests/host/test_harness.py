"""The harness itself, on the bare host: a database that works, a server that answers, nothing left behind."""
import os
import sqlite3
import unittest
import urllib.request

from database import Database, HostTest
from web_server import WebServer


class HarnessTest(HostTest):
    modules = ['party']

    def test_database_holds_what_was_committed(self):
        with self.database.transaction(commit=True) as pool:
            Party = pool.get('party.party')
            Party.create([{'name': "Dorpshuis De Leer"}])
        with self.database.transaction() as pool:
            Party = pool.get('party.party')
            self.assertEqual([party.name for party in Party.search([])], ["Dorpshuis De Leer"])
            Party.create([{'name': "Wordt niet bewaard"}])
        with self.database.transaction() as pool:
            self.assertEqual(pool.get('party.party').search([], count=True), 1)

    def test_sqlite_readers_do_not_block_writers(self):
        if self.database.kind != 'sqlite':
            self.skipTest("only SQLite has this setting")
        connection = sqlite3.connect(self.database.file)
        self.addCleanup(connection.close)
        self.assertEqual(connection.execute('PRAGMA journal_mode').fetchone()[0], 'wal')

    def test_web_server_serves_the_client_and_stops(self):
        with WebServer(self.database) as server:
            with urllib.request.urlopen(server.address) as answer:
                self.assertIn(b'Tryton', answer.read())
            pid = server.process.pid
            self.assertEqual(server.errors(), [])
        self.assertFalse(os.path.exists(f'/proc/{pid}'))

    def test_removed_database_is_gone(self):
        database = Database()
        database.create_empty()
        database.remove()
        self.assertFalse(os.path.exists(database.folder))
        with self.assertRaises(Exception):
            database.copy_of(database)


if __name__ == '__main__':
    unittest.main()

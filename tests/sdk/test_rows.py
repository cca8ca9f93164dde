"""Bulk rows beside the host's own read, create and write: the same columns, history, checks and cache afterwards."""
import datetime as dt
import unittest

from library_test import LibraryTest

BYTES = b'\x00\x01\xff'


class RowsTest(LibraryTest):
    def columns(self, table, id_):
        from trytond.transaction import Transaction
        cursor = Transaction().connection.cursor()
        cursor.execute(f'select * from "{table}" where id = {id_}')
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, map(self.plain, row))) for row in cursor.fetchall()]

    def plain(self, value):
        if isinstance(value, memoryview):
            return bytes(value)
        # The moment of writing is the test's own; that there is one is what counts.
        return 'now' if isinstance(value, dt.datetime) and abs(dt.datetime.utcnow() - value) < dt.timedelta(
            minutes=10) else value

    def same(self, table, first, second):
        skipped = {'id', '__id', 'isbn'}
        ones, others = ([{k: v for k, v in row.items() if k not in skipped} for row in self.columns(table, id_)]
                        for id_ in (first, second))
        self.assertEqual(ones, others)
        return ones

    def row(self, title, isbn, author):
        return [title, isbn, author, dt.date(2026, 3, 18), dt.datetime(2026, 3, 18, 9, 30, 15), True, 0.5, BYTES]

    def test_insert_leaves_what_create_leaves(self):
        names = ['title', 'isbn', 'author', 'published_on', 'catalogued_at', 'withdrawn', 'weight', 'cover']
        with self.database.transaction() as pool:
            Book = pool.get('library.book')
            author, = pool.get('library.author').create([{'name': "A"}])
            made, = Book.create([dict(zip(names, self.row("Boek", '9789000000005', author.id)))])
            ids = self.trials.insert_books([self.row("Boek", None, author.id), self.row("Twee", '9789000000012', None)])
            self.assertEqual(len(ids), 2)
            rows = self.same('library_book', made.id, ids[0])
            self.assertEqual((rows[0]['create_uid'], rows[0]['create_date'], rows[0]['shelf'], rows[0]['pages']),
                             (1, 'now', "new", 1))
            self.assertEqual(len(self.same('library_book__history', made.id, ids[0])), 1)
            self.assertEqual([book.title for book in Book.browse(ids)], ["Boek", "Twee"])
            later, = Book.create([{'title': "Later"}])
            self.assertGreater(later.id, ids[-1])

    def test_fractions_have_the_digits_of_their_field(self):
        "As create and write demand it. With more a form would show another number than it has, and take it for an edit."
        with self.database.transaction() as pool:
            rows = [[*self.row(f"{weight}", None, None)[:6], weight, BYTES] for weight in (0.1234567, -2.0005001, 7.0)]
            books = pool.get('library.book').browse(self.trials.insert_books(rows))
            self.assertEqual([book.weight for book in books], [0.123, -2.001, 7.0])

    def test_every_text_arrives_as_it_was(self):
        titles = ['"', '\\', '\\"', "a'b", '{a,b}', 'NULL', ' voor en na ', "twee\nregels", "100%s", "Súdwest \U0001f600", "%"]
        with self.database.transaction() as pool:
            ids = self.trials.insert_books([self.row(title, None, None) for title in titles])
            self.assertEqual([book.title for book in pool.get('library.book').browse(ids)], titles)
            changed = titles[::-1]
            self.assertEqual(self.trials.update_books(
                [[id_, title, pages] for id_, title, pages in zip(ids, changed, [None, -2 ** 31, *range(9)])]), len(ids))
            books = pool.get('library.book').browse(ids)
            self.assertEqual([book.title for book in books], changed)
            self.assertEqual([book.pages for book in books][:3], [None, -2 ** 31, 0])

    def test_ids_come_in_the_order_of_the_rows(self):
        with self.database.transaction() as pool:
            titles = [f"Boek {(i * 7919) % 1000}" for i in range(1000)]
            ids = self.trials.insert_books([self.row(title, None, None) for title in titles])
            self.assertEqual([book.title for book in pool.get('library.book').browse(ids)], titles)
            self.assertEqual(self.trials.insert_books([]), [])

    def test_update_leaves_what_write_leaves(self):
        with self.database.transaction() as pool:
            Book = pool.get('library.book')
            first, second = Book.create([{'title': "Boek"}, {'title': "Boek"}])
            self.assertEqual(second.title, "Boek")
            with_cache = Book(second.id)
            self.assertEqual(with_cache.pages, 1)
            Book.write([first], {'title': "Nieuw", 'pages': 2})
            self.assertEqual(self.trials.update_books([[second.id, "Nieuw", 2]]), 1)
            rows = self.same('library_book', first.id, second.id)
            self.assertEqual((rows[0]['write_uid'], rows[0]['write_date']), (1, 'now'))
            self.assertEqual(len(self.same('library_book__history', first.id, second.id)), 2)
            self.assertEqual(Book(second.id).title, "Nieuw")
            self.assertEqual(self.trials.update_books([]), 0)
            self.assertEqual(self.trials.update_books([[second.id + 99, "Weg", None]]), 0)

    def test_stale_form_is_noticed_after_an_update(self):
        from trytond.exceptions import ConcurrencyException
        from trytond.transaction import Transaction
        with self.database.transaction(user=1, commit=True) as pool:
            book, = pool.get('library.book').create([{'title': "Open in twee vensters"}])
            # The host counts in whole seconds on SQLite: the form was opened a while ago.
            Transaction().connection.cursor().execute(
                f"update library_book set create_date = '2026-01-01 00:00:00.5' where id = {book.id}")
            seen, = pool.get('library.book').read([book.id], ['_timestamp'])
        with self.database.transaction(user=1, commit=True) as pool:
            self.trials.update_books([[book.id, "Intussen", 5]])
        with self.database.transaction(user=1) as pool:
            Transaction().timestamp[f'library.book,{book.id}'] = seen['_timestamp']
            with self.assertRaises(ConcurrencyException):
                pool.get('library.book').write([pool.get('library.book')(book.id)], {'title': "Oud"})

    def test_required_is_checked(self):
        from trytond.model.exceptions import RequiredValidationError
        with self.database.transaction() as pool:
            Book = pool.get('library.book')
            book, = Book.create([{'title': "Boek"}])
            for name, work in {
                    'create': lambda: Book.create([{'title': ""}]),
                    'insert': lambda: self.trials.insert_books([self.row("", None, None)]),
                    'update': lambda: self.trials.update_books([[book.id, "", 1]])}.items():
                with self.subTest(name), self.assertRaises(RequiredValidationError) as raised:
                    work()
                self.assertIn("Titel", raised.exception.message)

    def test_violated_index_is_a_sentence(self):
        with self.database.transaction():
            self.trials.insert_books([self.row("Een", '9789000000005', None)])
            with self.raises_sentence("Een ander boek heeft dit ISBN al."):
                self.trials.insert_books([self.row("Twee", '9789000000005', None)])

    def test_every_kind_of_cell_is_read(self):
        with self.database.transaction() as pool:
            Book = pool.get('library.book')
            moment = dt.datetime(2026, 3, 18, 9, 30, 15, 250000)
            book, = Book.create([{
                'title': "Súdwest", 'pages': 3, 'barcode': 2 ** 40, 'weight': 0.125, 'withdrawn': False,
                'published_on': dt.date(2026, 3, 18), 'catalogued_at': moment.replace(microsecond=0),
                'scanned_at': moment, 'cover': BYTES}])
            self.assertEqual(self.trials.read_book(book.id), [
                "Súdwest", 3, 2 ** 40, 0.125, dt.date(2026, 3, 18), moment.replace(microsecond=0), moment, False, BYTES])
            empty, = Book.create([{'title': "Leeg", 'pages': None}])
            self.assertEqual(self.trials.read_book(empty.id)[:7], ["Leeg"] + [None] * 6)

    def test_sums_and_averages_are_numbers(self):
        with self.database.transaction() as pool:
            pool.get('library.book').create([{'title': "Som", 'barcode': 2 ** 40, 'pages': pages} for pages in (1, 2)])
            self.assertEqual(self.trials.sums("Som"), [2 ** 41, 1.5])

    def test_lists_and_percent_signs(self):
        with self.database.transaction() as pool:
            pool.get('library.book').create([{'title': "a'b"}, {'title': 'c"d'}])
            pool.get('library.book').create([{'title': "100% Zee"}])
            self.assertEqual(self.trials.count_like(), 1)
            for titles in (["a'b", 'c"d'], [], ["%"]):
                with self.subTest(titles):
                    self.assertEqual(self.trials.count_in(titles, "5%"), 1)


if __name__ == '__main__':
    unittest.main()

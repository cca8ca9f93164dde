"""Models as the SDK makes them: fields, defaults, computed fields, hooks, unique indexes, queries, names."""
import datetime as dt
import unittest
from decimal import Decimal

from library_test import LibraryTest


class FieldsTest(LibraryTest):
    def test_every_kind_of_field_keeps_its_value(self):
        values = {
            'title': "Wadden", 'isbn': '9789000000005', 'shelf': "A", 'place': 3, 'pages': 200,
            'barcode': 2 ** 40, 'weight': 0.125, 'price': Decimal('12.50'), 'published_on': dt.date(2026, 3, 18),
            'catalogued_at': dt.datetime(2026, 3, 18, 9, 30, 15), 'scanned_at': dt.datetime(2026, 3, 18, 9, 30, 15, 250000),
            'opens_at': dt.time(9, 30), 'withdrawn': True, 'cover': b'\x00\xff', 'cover_name': "a.png",
            'scan': b'scanned', 'binding': 'cloth', 'languages': ('fy', 'nl'), 'summary': "Een\nboek",
        }
        with self.database.transaction() as pool:
            Book = pool.get('library.book')
            book, = Book.create([values])
            read, = Book.read([book.id], list(values))
            for name, value in values.items():
                with self.subTest(name):
                    got = read[name]
                    self.assertEqual(bytes(got) if isinstance(value, bytes) else got, value)
            path, id_ = self.trials.filestore(Book(book.id).scan_id, values['scan'])
            self.assertEqual(id_, Book(book.id).scan_id)
            self.assertTrue(path.startswith(self.database.data))
            with open(path, 'rb') as file:
                self.assertEqual(file.read(), b'scanned')

    def test_relations(self):
        with self.database.transaction() as pool:
            Author, Book, Genre = map(pool.get, ['library.author', 'library.book', 'library.genre'])
            author, = Author.create([{'name': "A. Berk", 'books': [('create', [{'title': "Eén"}, {'title': "Twee"}])]}])
            genre, = Genre.create([{'name': "Roman"}])
            book = author.books[0]
            Book.write([book], {'genres': [('add', [genre.id])], 'origin': str(author)})
            book = Book(book.id)
            self.assertEqual(book.genres, (genre,))
            self.assertEqual(book.origin, author)
            self.assertEqual(self.trials.reference(book.id), f'library.author,{author.id}')
            self.assertIsNone(self.trials.reference(author.books[1].id))

    def test_an_unchecked_link_has_no_foreign_key_and_is_deleted_along(self):
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            Book, Copy = map(pool.get, ['library.book', 'library.copy'])
            book, other = Book.create([{'title': "Eén"}, {'title': "Twee"}])
            _, stays = Copy.create([{'label': "1", 'book': book.id}, {'label': "2", 'book': other.id}])
            Book.delete([book])
            self.assertEqual(Copy.search([]), [stays])
            if self.database.kind == 'postgresql':
                cursor = Transaction().connection.cursor()
                cursor.execute("select conrelid::regclass::text from pg_constraint where contype = 'f' and "
                               "conrelid::regclass::text in ('library_copy', 'library_loan')")
                self.assertEqual(cursor.fetchall(), [('library_loan',)])
                # A database of before has one: an update takes it away.
                cursor.execute("alter table library_copy add constraint library_copy_book_fkey "
                               "foreign key (book) references library_book (id)")
                Copy.__register__('library')
                cursor.execute("select count(*) from pg_constraint where conname = 'library_copy_book_fkey'")
                self.assertEqual(cursor.fetchall(), [(0,)])

    def test_defaults_come_from_values_and_functions(self):
        with self.database.transaction() as pool:
            book, = pool.get('library.book').create([{'title': "Zonder meer"}])
            self.assertEqual((book.shelf, book.pages), ("new", 1))
            before = dt.datetime.utcnow().date()
            self.assertIn(pool.get('library.loan').default_lent_on(), (before, dt.datetime.utcnow().date()))

    def test_values_cross_the_boundary_both_ways(self):
        cases = [None, True, False, 0, -5, 2 ** 62, 1.5, "", "Súdwest-Fryslân", b'\x00\x01', dt.date(2024, 2, 29),
                 dt.datetime(1999, 12, 31, 23, 59, 59, 999999), [1, [2, "x"]], {'a': {'b': None}}]
        for case in cases:
            with self.subTest(repr(case)):
                got = self.trials.echo(case)
                self.assertEqual(got, case)
                self.assertIs(type(got), type(case))

    def test_required_readonly_and_invisible_follow_conditions(self):
        from trytond.exceptions import UserError
        with self.database.transaction() as pool:
            Book = pool.get('library.book')
            Book.create([{'title': "Weg", 'shelf': None, 'withdrawn': True}])
            with self.assertRaises(UserError):
                Book.create([{'title': "Zonder plank", 'shelf': None}])
        with self.database.transaction() as pool:
            with self.assertRaises(UserError):
                pool.get('library.book').create([{'title': None}])

    def test_conditions_say_what_they_say_in_cpp(self):
        from trytond.pyson import PYSONDecoder, PYSONEncoder
        notations = [PYSONEncoder().encode(condition) for condition in self.trials.conditions()]
        cases = [
            ({'state': "lost", 'pages': 4, 'withdrawn': True}, [True, True, False, True, True, False]),
            ({'state': "new", 'pages': 3, 'withdrawn': False}, [False, False, False, True, True, True]),
            ({'state': "", 'withdrawn': True}, [False, False, True, False, False, False]),
        ]
        for record, expected in cases:
            with self.subTest(record):
                self.assertEqual([PYSONDecoder(record).decode(notation) for notation in notations], expected)

    def test_unset_choice_is_null(self):
        with self.database.transaction() as pool:
            Book = pool.get('library.book')
            book, = Book.create([{'title': "Zonder band", 'binding': None}])
            self.assertIsNone(book.binding)
            self.assertEqual(Book.fields_get(['binding'])['binding']['selection'][0][0], None)

    def test_on_change_sets_other_fields(self):
        with self.database.transaction() as pool:
            book = pool.get('library.book')(title="  Gat")
            book.on_change_title()
            self.assertEqual((book.title, book.title_length), ("Gat", 5))


class ComputedTest(LibraryTest):
    def test_getter_searcher_and_setter(self):
        with self.database.transaction() as pool:
            Author = pool.get('library.author')
            busy, idle = Author.create([{'name': "Druk"}, {'name': "Stil"}])
            pool.get('library.book').create([{'title': "a", 'author': busy.id}, {'title': "b", 'author': busy.id}])
            self.assertEqual([author.book_count for author in Author.browse([busy.id, idle.id])], [2, 0])
            self.assertEqual(Author.search([('book_count', '=', 2)]), [busy])
            Author.write([idle], {'pen_name': "Nieuw"})
            self.assertEqual((Author(idle.id).name, Author(idle.id).pen_name), ("Nieuw", "~Nieuw"))

    def test_group_getter_and_computed_lists(self):
        with self.database.transaction() as pool:
            Book, Copy, Loan = map(pool.get, ['library.book', 'library.copy', 'library.loan'])
            lent, still = Book.create([{'title': "Uit"}, {'title': "Thuis"}])
            copy, = Copy.create([{'label': "1", 'book': lent.id}])
            loans = Loan.create([{'item': copy.id, 'reader': "An", 'lent_on': dt.date(2026, 1, day)} for day in (2, 9)])
            got = Book.read([lent.id, still.id], ['loan_count', 'last_lent_on', 'loans'])
            self.assertEqual([(row['loan_count'], row['last_lent_on'], list(row['loans'])) for row in got],
                             [(2, dt.date(2026, 1, 9), [loan.id for loan in loans]), (0, None, [])])
            self.assertEqual(Book.read([lent.id], ['last_lent_on'])[0]['last_lent_on'], dt.date(2026, 1, 9))

    def test_names_and_folded_search(self):
        with self.database.transaction() as pool:
            Author, Book = map(pool.get, ['library.author', 'library.book'])
            author, = Author.create([{'name': "Van DAM"}])
            book, = Book.create([{'title': "Dijk", 'isbn': '9789000000005'}])
            self.assertEqual(book.rec_name, f"Dijk ({book.id})")
            self.assertEqual(Author.search([('rec_name', 'ilike', '%n dAm%')]), [author])
            self.assertEqual(Author.search([('rec_name', 'ilike', '%brug%')]), [])
            self.assertEqual(Book.search([('rec_name', 'ilike', '978%')]), [book])
            self.assertNotIn(book, Book.search([('rec_name', 'not ilike', '%ijk%')]))

    def test_order(self):
        with self.database.transaction() as pool:
            Book = pool.get('library.book')
            books = Book.create([{'title': title} for title in ("b", "a", "b")])
            self.assertEqual(Book.search([]), [books[1], books[2], books[0]])

    def test_query_as_a_model(self):
        with self.database.transaction() as pool:
            Book, Popularity = map(pool.get, ['library.book', 'library.popularity'])
            book, _ = Book.create([{'title': "Veel", 'published_on': dt.date(2020, 5, 6)}, {'title': "100% Zee"}])
            copy, = pool.get('library.copy').create([{'label': "1", 'book': book.id}])
            pool.get('library.loan').create([{'item': copy.id, 'reader': "An"}])
            found, = Popularity.search([('loans', '>', 0)])
            self.assertEqual((found.id, found.title, found.loans, found.published_on),
                             (book.id, "Veel", 1, dt.date(2020, 5, 6)))
            self.assertEqual(Popularity.search([('title', 'like', '100%')]), [])
            with self.assertRaises(NotImplementedError):
                Popularity.create([{'title': "Nee"}])

    def test_singleton_and_extension(self):
        with self.database.transaction() as pool:
            Configuration, User = map(pool.get, ['library.configuration', 'res.user'])
            self.assertEqual((Configuration(1).days, self.trials.setting('days')), (21, 21))
            Configuration.write([Configuration(1)], {'days': 14})
            self.assertEqual((Configuration(1).days, self.trials.setting('days')), (14, 14))
            self.assertEqual(self.trials.setting('rec_name'), Configuration(1).rec_name)
            User.write([User(1)], {'library_card': "0001"})
            self.assertEqual(User(1).library_card, "0001")
            self.assertTrue(User(1).login)


class HooksTest(LibraryTest):
    def test_before_create_and_write(self):
        with self.database.transaction() as pool:
            Author = pool.get('library.author')
            first, second = Author.create([{'name': "Aa"}, {'name': "Bb"}])
            self.assertEqual(first.name_folded, "aa")
            Author.write([first], {'name': "Cc"}, [second], {'name': "Dd"})
            self.assertEqual([Author(one.id).name_folded for one in (first, second)], ["cc", "dd"])

    def test_validation_after_save_and_delete(self):
        with self.database.transaction() as pool:
            with self.raises_sentence('In het ISBN "9789000000004" van "Fout" zit een tikfout.'):
                pool.get('library.book').create([{'title': "Fout", 'isbn': '9789000000004'}])
        with self.database.transaction(language='en') as pool:
            with self.raises_sentence('The ISBN "978" of "Fout" has a typing error.'):
                pool.get('library.book').create([{'title': "Fout", 'isbn': '978'}])
        with self.database.transaction() as pool:
            copy, = pool.get('library.copy').create(
                [{'label': "1", 'book': pool.get('library.book').create([{'title': "x"}])[0].id}])
            with self.raises_sentence("Deze lezer is onbekend."):
                pool.get('library.loan').create([{'item': copy.id, 'reader': "Nobody"}])
        with self.database.transaction() as pool:
            author, = pool.get('library.author').create([{'name': "A", 'books': [('create', [{'title': "a"}])]}])
            with self.raises_sentence("Van deze auteur zijn er nog boeken."):
                pool.get('library.author').delete([author])

    def test_copy(self):
        with self.database.transaction() as pool:
            Book = pool.get('library.book')
            book, = Book.create([{'title': "Eerst", 'isbn': '9789000000005'}])
            copied, = Book.copy([book])
            self.assertEqual((copied.title, copied.isbn), ("Eerst", None))
            copied, = Book.copy([book], default={'title': "Later"})
            self.assertEqual((copied.title, copied.isbn), ("Later", None))


class UniqueTest(LibraryTest):
    ISBN = "Een ander boek heeft dit ISBN al."
    PLACE = "Op deze plaats staat al een boek."

    def test_violated_index_becomes_its_sentence(self):
        cases = [
            ("create", self.ISBN, {'isbn': '9789000000005'}),
            ("two columns", self.PLACE, {'shelf': "A", 'place': 1}),
        ]
        for name, sentence, values in cases:
            with self.subTest(name), self.database.transaction() as pool:
                Book = pool.get('library.book')
                Book.create([{'title': "Eerste", **values}])
                with self.raises_sentence(sentence):
                    Book.create([{'title': "Tweede", **values}])
            with self.subTest(name + " by writing"), self.database.transaction() as pool:
                Book = pool.get('library.book')
                Book.create([{'title': "Eerste", **values}])
                other, = Book.create([{'title': "Tweede"}])
                with self.raises_sentence(sentence):
                    Book.write([other], values)

    def test_violation_in_an_extended_model(self):
        with self.database.transaction() as pool:
            User = pool.get('res.user')
            User.write([User(1)], {'library_card': "7"})
            with self.raises_sentence("Een andere gebruiker heeft deze pas al."):
                User.create([{'name': "Ander", 'login': "ander", 'library_card': "7"}])

    def test_partial_index_lets_the_rest_pass(self):
        with self.database.transaction() as pool:
            books = pool.get('library.book').create([{'title': "a", 'isbn': None}, {'title': "b", 'isbn': None}])
            self.assertEqual(len(books), 2)

    def test_every_index_is_there(self):
        names = self.trials.unique_indexes()
        self.assertEqual(len(names), 4)
        with self.database.transaction() as _:
            self.assertEqual(self.indexes() & set(names), set(names))

    def test_indexes_outlive_a_column(self):
        from trytond.transaction import Transaction
        with self.database.transaction(user=0, commit=True) as pool:
            Genre = pool.get('library.genre')
            Genre.__table_handler__('library').add_column('forgotten', 'INTEGER')
            Transaction().connection.commit()
            Genre.__table_handler__('library').drop_column('forgotten')
            Genre.__register__('library')
        with self.database.transaction() as _:
            names = set(self.trials.unique_indexes())
            self.assertEqual(self.indexes() & names, names)

    def indexes(self):
        from trytond.transaction import Transaction
        cursor = Transaction().connection.cursor()
        if self.database.kind == 'sqlite':
            cursor.execute("select name from sqlite_master where type = 'index'")
        else:
            cursor.execute("select indexname from pg_indexes")
        return {name for name, in cursor.fetchall()}


if __name__ == '__main__':
    unittest.main()

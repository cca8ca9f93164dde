"""What users and the host's processes set going: buttons, transitions, wizards, reports, cron, tasks, errors."""
import datetime as dt
import threading
import time
import unittest
from unittest import mock

from library_test import LibraryTest


class ButtonsTest(LibraryTest):
    def copies(self, pool, number=1):
        book, = pool.get('library.book').create([{'title': "Boek"}])
        return pool.get('library.copy').create([{'label': str(i), 'book': book.id} for i in range(number)])

    def test_transition_moves_only_who_may_go(self):
        with self.database.transaction() as pool:
            Copy = pool.get('library.copy')
            first, second = self.copies(pool, 2)
            Copy.lend([first])
            self.assertEqual([Copy(one.id).state for one in (first, second)], ["lent", "shelved"])
            self.assertEqual(pool.get('library.loan').search([], count=True), 1)
            self.assertEqual(Copy.give_back([first, second]), "reload")
            self.assertEqual(Copy(first.id).state, "shelved")
            Copy.lose([first])
            self.assertEqual(Copy(first.id).state, "shelved")

    def test_buttons_ask_for_their_group(self):
        from trytond.model.modelview import AccessButtonError
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            Copy, User = pool.get('library.copy'), pool.get('res.user')
            copy, = self.copies(pool)
            visitor, = User.create([{'name': "Bezoeker", 'login': "bezoeker"}])
            with Transaction().set_user(visitor.id), Transaction().set_context(_check_access=True):
                with self.assertRaises(AccessButtonError):
                    Copy.lend([Copy(copy.id)])
            self.assertEqual(Copy(copy.id).state, "shelved")
            with Transaction().set_context(_check_access=True):
                Copy.lend([Copy(copy.id)])
            self.assertEqual(Copy(copy.id).state, "lent")

    def test_looks_of_buttons_reach_the_client(self):
        with self.database.transaction() as pool:
            view = pool.get('library.copy').fields_view_get(view_type='form')
            self.assertIn('name="lend"', view['arch'])
            self.assertIn('&quot;lent&quot;', view['arch'])

    def test_warning_is_asked_once(self):
        from trytond.exceptions import UserWarning
        with self.database.transaction() as pool:
            Book, Warning_ = pool.get('library.book'), pool.get('res.user.warning')
            book, = Book.create([{'title': "Oud"}])
            with self.assertRaises(UserWarning) as raised:
                Book.withdraw([book])
            self.assertEqual(raised.exception.message, 'Niemand kan "Oud" nog lenen.')
            self.assertFalse(Book(book.id).withdrawn)
            Warning_.create([{'name': f'withdraw_{book.id}', 'user': 1}])
            self.assertEqual(Book.withdraw([book]), "reload")
            self.assertTrue(Book(book.id).withdrawn)


class ErrorsTest(LibraryTest):
    def test_errors_of_cpp_become_a_sentence_and_a_line_in_the_log(self):
        with self.database.transaction() as pool:
            book, = pool.get('library.book').create([{'title': "Boek"}])
            with self.assertLogs('trytond.modules.library', 'ERROR') as logged:
                with self.raises_sentence("De bibliotheek maakte een fout; het logboek zegt meer: shelf 12 of 10"):
                    pool.get('library.book').break_down([book])
            self.assertIn("shelf 12 of 10", logged.output[0])

    def test_errors_of_the_host_pass_through_as_they_are(self):
        from trytond import backend
        from trytond.exceptions import ConcurrencyException, UserError, UserWarning
        errors = [
            UserError("Nee", "Want nee"), UserWarning('key', "Zeker?"), ConcurrencyException("Intussen gewijzigd"),
            backend.DatabaseOperationalError("could not serialize access"), KeyError("iets"),
        ]
        for error in errors:
            with self.subTest(type(error).__name__), self.database.transaction() as pool:
                Loan = pool.get('library.loan')
                copy, = pool.get('library.copy').create(
                    [{'label': "1", 'book': pool.get('library.book').create([{'title': "x"}])[0].id}])
                # C++ looks at the loans that were made; the host fails it there.
                with mock.patch.object(Loan, 'browse', side_effect=error):
                    with self.assertRaises(type(error)) as raised:
                        pool.get('library.copy').lend([copy])
                self.assertIs(raised.exception, error)

    def test_violation_raised_below_cpp_is_a_sentence(self):
        with self.database.transaction():
            with self.raises_sentence("Dit genre is er al."):
                self.trials.raise_unique()

    def test_the_hosts_dispatcher_tries_again(self):
        from trytond import backend
        from trytond.protocols.dispatcher import _dispatch  # noqa: F401  (its loop is what the next lines walk)
        from trytond.transaction import Transaction
        from trytond.worker import run_task
        calls = []
        with self.database.transaction(commit=True) as pool:
            book, = pool.get('library.book').create([{'title': "Nog eens"}])
            with Transaction().set_context(language='nl'):
                self.trials.stocktake([book.id])
            task = Transaction().tasks.pop()
            Book = pool.get('library.book')
            plain = Book.write.__func__

        def failing(cls, *args, **kwargs):
            calls.append(1)
            if len(calls) == 1:
                raise backend.DatabaseOperationalError("could not serialize access")
            return plain(cls, *args, **kwargs)
        with mock.patch.object(Book, 'write', classmethod(failing)):
            run_task(self.database.name, task)
        self.assertEqual(len(calls), 2)
        with self.database.transaction() as pool:
            self.assertEqual(pool.get('library.book')(book.id).summary, "counted")


class JobsTest(LibraryTest):
    def test_cron_offers_and_runs_the_method(self):
        with self.database.transaction() as pool:
            Cron = pool.get('ir.cron')
            job, = Cron.search([('method', '=', 'library.loan|remind')])
            offered = dict(Cron.fields_get(['method'])['method']['selection'])
            self.assertEqual(offered['library.loan|remind'], "Lezers herinneren")
            copy, = pool.get('library.copy').create(
                [{'label': "1", 'book': pool.get('library.book').create([{'title': "x"}])[0].id}])
            old, new = pool.get('library.loan').create([
                {'item': copy.id, 'reader': "Oud", 'lent_on': dt.date(2019, 1, 1)},
                {'item': copy.id, 'reader': "Nieuw", 'lent_on': dt.date(2026, 1, 1)}])
            Cron.run_once([job])
            rows = pool.get('library.loan').read([old.id, new.id], ['reminders'])
            self.assertEqual([row['reminders'] for row in rows], [1, 0])

    def test_task_waits_in_the_queue_and_runs(self):
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            book, = pool.get('library.book').create([{'title': "Tellen"}])
            self.trials.stocktake([book.id])
            waiting = pool.get('ir.queue').search([])[-1]
            self.assertEqual(Transaction().tasks.pop(), waiting.id)
            self.assertEqual((waiting.data['model'], waiting.data['method']), ('library.book', 'stocktake'))
            waiting.run()
            self.assertEqual(pool.get('library.book')(book.id).summary, "counted")

    def test_remote_method_is_read_only(self):
        with self.database.transaction() as pool:
            Book = pool.get('library.book')
            self.assertTrue(Book.__rpc__['shelves'].readonly)
            Book.create([{'title': "a", 'shelf': "B2"}, {'title': "b", 'shelf': "A1"}])
            self.assertEqual(Book.shelves('%'), ["A1", "B2"])


class WizardTest(LibraryTest):
    def test_forms_steps_and_action(self):
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            Acquire = pool.get('library.acquire', type='wizard')
            author, = pool.get('library.author').create([{'name': "A. Berk"}])
            with Transaction().set_context(active_model='library.author', active_id=author.id, active_ids=[author.id]):
                session, start, end = Acquire.create()
                form = Acquire.execute(session, {}, start)['view']
                self.assertEqual(form['defaults']['author'], author.id)
                self.assertEqual([button['string'] for button in form['buttons']], ["Cancel", "Aanschaffen"])
                result = Acquire.execute(session, {'start': {'titles': "Eén\n\nTwee", 'author': author.id}}, 'add')
                self.assertEqual(result['view']['defaults']['number'], 2)
                books = pool.get('library.book').search([('author', '=', author.id)])
                (action, data), = Acquire.execute(session, {}, 'show')['actions']
                self.assertEqual(action['pyson_domain'], '[["id", ">", 0]]')
                self.assertEqual(sorted(data['res_id']), sorted(book.id for book in books))
                Acquire.delete(session)

    def test_a_second_click_does_nothing(self):
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            Acquire = pool.get('library.acquire', type='wizard')
            with Transaction().set_context(active_model='library.author', active_id=None, active_ids=[]):
                session, start, _ = Acquire.create()
                Acquire.execute(session, {}, start)
                Acquire.execute(session, {'start': {'titles': "Drie"}}, 'add')
                self.assertIn('actions', Acquire.execute(session, {}, 'show'))
                # It is over: whatever the client asks of it once more, and its own end.
                self.assertEqual(Acquire.execute(session, {'start': {'titles': "Drie"}}, 'add'), {})
                self.assertEqual(pool.get('library.book').search([('title', '=', "Drie")], count=True), 1)
                for _ in range(2):
                    self.assertIsNone(Acquire.delete(session))

    def test_a_second_click_waits_for_the_first(self):
        from trytond import backend
        from trytond.pool import Pool
        from trytond.transaction import Transaction
        titles = {'start': {'titles': "Eén keer"}}
        with self.database.transaction(commit=True) as pool:
            Acquire = pool.get('library.acquire', type='wizard')
            with Transaction().set_context(active_model='library.author', active_id=None, active_ids=[]):
                session, start, _ = Acquire.create()
                Acquire.execute(session, {}, start)
        within, answers = threading.Event(), []

        def click(stay):
            for _ in range(20):  # as the host does where two wrote at once
                try:
                    with self.database.transaction(commit=True):
                        again = Pool().get('library.acquire', type='wizard')
                        with Transaction().set_context(active_model='library.author', active_id=None, active_ids=[]):
                            answer = again.execute(session, titles, 'add')
                            if stay:
                                answer = again.execute(session, {}, 'show')
                                within.set()
                                time.sleep(0.5)
                    answers.append((stay, answer))
                    return
                except backend.DatabaseOperationalError:
                    time.sleep(0.1)
        first, second = (threading.Thread(target=click, args=(stay,)) for stay in (True, False))
        first.start()
        self.assertTrue(within.wait(10))
        second.start()
        first.join()
        # What ended meanwhile keeps nobody from writing while the second answer waits for the dialog to close.
        time.sleep(0.2)
        with self.database.transaction(commit=True) as pool:
            pool.get('library.author').create([{'name': "C. Derde"}])
        self.assertTrue(second.is_alive())
        second.join()
        self.assertEqual([stay for stay, _ in answers], [True, False])
        self.assertIn('actions', answers[0][1])
        self.assertEqual(answers[1][1], {})
        with self.database.transaction() as pool:
            self.assertEqual(pool.get('library.book').search([('title', '=', "Eén keer")], count=True), 1)

    def test_error_in_a_step(self):
        with self.database.transaction() as pool:
            Acquire = pool.get('library.acquire', type='wizard')
            session, start, _ = Acquire.create()
            Acquire.execute(session, {}, start)
            with self.raises_sentence("Er is geen titel."):
                Acquire.execute(session, {'start': {'titles': "\n"}}, 'add')

    def test_a_wizard_of_another_module_is_extended(self):
        with self.database.transaction() as pool:
            Party, Loan, Copy = (pool.get(name) for name in ('party.party', 'library.loan', 'library.copy'))
            anna, ben = Party.create([{'name': "Anna", 'active': False}, {'name': "Ben", 'active': False}])
            copy, = Copy.create([{'label': "1", 'state': 'lent',
                                  'book': pool.get('library.book').create([{'title': "Boek"}])[0].id}])
            Loan.create([{'item': copy.id, 'reader': name} for name in ("Anna", "Ben")])
            Note = pool.get('ir.note')
            Note.create([{'resource': str(loan), 'message': "Bracht het nat terug"} for loan in Loan.search([])])
            Erase = pool.get('party.erase', type='wizard')
            session, _, _ = Erase.create()

            def erase(party):
                return Erase.execute(session, {'ask': {'party': party.id}}, 'erase')
            with self.raises_sentence("Anna heeft nog een boek."):
                erase(anna)
            Copy.write([copy], {'state': 'shelved'})
            erase(anna)
            for Model, field in ((Party, 'name'), (Loan, 'reader')):  # the host writes past what it has read
                self.assertEqual(Model.search([(field, '=', "Anna"), ('id', '>', 0)], count=True), 0)
            self.assertEqual(Loan.search([('reader', 'in', ["****", "Ben"])], count=True), 2)
            self.assertEqual(Note.search([], count=True), 1)
            # What the host refuses itself it still refuses.
            Party.write([ben], {'active': True})
            with self.assertRaisesRegex(Exception, "actief"):
                erase(ben)

    def test_through_a_client(self):
        from proteus import Model, Wizard, config
        uri = self.database.uri.rstrip('/') + ('//' if self.database.kind == 'sqlite' else '')
        config.set_trytond(f'{uri}/{self.database.name}', config_file=self.database.conf)
        acquire = Wizard('library.acquire')
        acquire.form.titles = "Van verre\n"
        acquire.execute('add')
        self.assertEqual(acquire.form.number, 1)
        book, = Model.get('library.book').find([('title', '=', "Van verre")])
        copy = Model.get('library.copy')(label="1", book=book)
        copy.save()
        copy.click('lend')
        self.assertEqual(copy.state, 'lent')
        book = Model.get('library.book')()
        book.title = "  Ver"
        self.assertEqual((book.title, book.title_length), ("Ver", 5))


class ReportTest(LibraryTest):
    def test_report_is_made_after_the_access_check(self):
        from trytond.model.exceptions import AccessError
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            books = pool.get('library.book').create([{'title': "a"}, {'title': "b"}])
            Label = pool.get('library.label', type='report')
            self.assertEqual(Label.execute([book.id for book in books], {}), ("txt", b"a\nb\n", False, "labels"))
            with self.assertRaises(AccessError):
                Label.execute([books[-1].id + 100], {})
            visitor, = pool.get('res.user').create([{'name': "Bezoeker", 'login': "bezoeker"}])
            pool.get('ir.model.access').create([{
                'model': pool.get('ir.model').search([('model', '=', 'library.book')])[0].id, 'perm_read': False}])
            with Transaction().set_user(visitor.id), self.assertRaises(AccessError):
                Label.execute([books[0].id], {})


class TransactionsTest(LibraryTest):
    def test_inner_transactions(self):
        with self.database.transaction() as pool:
            before = pool.get('library.author').search([], count=True)
            name = f"Blijft {self.id()}"
            self.trials.in_inner_transaction(name)
        with self.database.transaction() as pool:
            Author = pool.get('library.author')
            self.assertEqual(Author.search([], count=True), before + 1)
            self.assertEqual(len(Author.search([('name', '=', name)])), 1)
            self.assertEqual(Author.search([('name', '=', "Rolled Back")]), [])

    def test_scopes_end(self):
        with self.database.transaction():
            self.assertEqual(self.trials.scoped(), [False, 1, 7, 0, False, 1])

    def test_gil_is_given_back(self):
        with self.database.transaction():
            self.assertEqual(self.trials.without_gil(), 42)


if __name__ == '__main__':
    unittest.main()

"""Web routes of the SDK through the host's own WSGI application: limits, forms, errors that tell nothing."""
import itertools
import logging
import os
import unittest
from unittest import mock

from library_test import LibraryTest

CARD = '/library/card/0001'


class PagesTest(LibraryTest):
    # As where the web client is served behind a proxy, with an administrator's own files and, before all, somebody who
    # watches over the rules of WSGI.
    sections = {'web': {'num_proxies': '1', 'root': os.path.dirname(__file__)},
                'wsgi middleware': {'files': 'werkzeug.middleware.shared_data.SharedDataMiddleware',
                                    'lint': 'werkzeug.middleware.lint.LintMiddleware'},
                'wsgi files': {'args': repr(({'/files': os.path.dirname(__file__)},))}}

    @property
    def client(self):
        from trytond.wsgi import app
        from werkzeug.test import Client
        return Client(app)

    def test_answers(self):
        form, plain = 'application/x-www-form-urlencoded', 'text/plain'
        cases = [
            ("page", 'GET', CARD, None, None, 200, b'card 0001'),
            ("head", 'HEAD', CARD, None, None, 200, b''),
            ("form, last value wins", 'POST', CARD, b'a=1&a=2&b=x%20y', form, 200, b'card 0001 a=2 b=x y'),
            ("body", 'POST', CARD, b'x' * 64, plain, 200, b'card 0001 body=64'),
            ("body too long", 'POST', CARD, b'x' * 65, plain, 413, b''),
            ("form too long", 'POST', CARD, b'a=' + b'x' * 63, form, 413, b''),
            ("not found by us", 'GET', '/library/card/12345', None, None, 404, b'no such card'),
        ]
        for name, method, path, body, kind, status, text in cases:
            with self.subTest(name):
                answer = self.client.open(path, method=method, data=body, content_type=kind)
                self.assertEqual((answer.status_code, answer.get_data()), (status, text))

    def test_form_left_as_it_came(self):
        answer = self.client.post('/library/strict/0001', data=b'a=1&a=2', content_type='application/x-www-form-urlencoded')
        self.assertEqual((answer.status_code, answer.get_data()), (200, b'card 0001 body=7'))

    def test_headers_of_every_answer(self):
        # The page's own header wins; what the page never saw has the route's.
        answer = self.client.get('/library/strict/0001')
        self.assertEqual((answer.headers.getlist('X-Library'), answer.headers['X-Always']), (['1'], '1'))
        refused = self.client.post('/library/strict/0001', data=b'x' * 65)
        self.assertEqual((refused.status_code, refused.headers['X-Library']), (413, '2'))
        with self.assertLogs('trytond.modules.library', 'ERROR'):
            self.assertEqual(self.client.get('/library/strict/broken').headers['X-Always'], '1')

    def test_looking_takes_the_short_way_and_reads_the_same(self):
        from trytond import wsgi
        paths = ['card/0001', 'card/12345', 'strict/0001?a=%C3%A9', 'strict/%C3%A9t%C3%A9', 'strict/broken',
                 'strict/split', 'strict/bare', 'strict/', 'strict/0001/', '/card/0001']
        logging.disable(logging.ERROR)
        self.addCleanup(logging.disable, logging.NOTSET)
        for method, path in itertools.product(['GET', 'HEAD'], [f'/library/{path}' for path in paths]):
            with self.subTest(method=method, path=path):
                # A request that tells its origin goes the host's own way.
                short = self.client.open(path, method=method)
                long = self.client.open(path, method=method, headers={'Origin': 'http://localhost'})
                told = [{name: value for name, value in answer.headers.items()
                         if name != 'Vary' and not name.startswith('Access-Control-')} for answer in (short, long)]
                self.assertEqual((short.status, short.get_data(), told[0]), (long.status, long.get_data(), told[1]))
        with mock.patch.object(wsgi, 'Request', side_effect=AssertionError("the host made a request of it")):
            self.assertEqual(self.client.get(CARD).get_data(), b'card 0001')
            self.assertEqual(self.client.head(CARD).headers['Content-Length'], '9')
            for what in ({'method': 'POST'}, {'method': 'GET', 'headers': {'Origin': 'http://localhost'}},
                         {'method': 'GET', 'data': b'x'}):
                with self.assertRaises(AssertionError):
                    self.client.open(CARD, **what)

    def test_a_header_with_a_line_break_is_not_sent(self):
        with self.assertLogs('trytond.modules.library', 'ERROR'):
            answer = self.client.get('/library/strict/split')
        self.assertEqual((answer.status_code, answer.get_data(), answer.headers.get('X-Evil')), (500, b'', None))

    def test_the_address_that_a_proxy_tells(self):
        for way in ({}, {'Origin': 'http://localhost'}):
            with self.subTest(way):
                answer = self.client.get('/library/card/from', headers={'X-Forwarded-For': '203.0.113.7', **way})
                self.assertEqual(answer.get_data(), b'203.0.113.7')

    def test_method_that_is_not_served(self):
        self.assertEqual(self.client.put(CARD).status_code, 405)

    def test_headers(self):
        answer = self.client.get(CARD)
        self.assertEqual((answer.headers['X-Library'], answer.headers['Content-Type']), ('1', 'text/plain; charset=utf-8'))

    def test_no_transaction_is_opened(self):
        from trytond.transaction import Transaction
        with mock.patch.object(Transaction, 'start', side_effect=AssertionError("a transaction was opened")):
            self.assertEqual(self.client.get(CARD).status_code, 200)

    def test_errors_tell_nothing_to_the_public(self):
        for token in ('broken', 'host'):
            for accept in ('text/html', 'application/json'):
                with self.subTest(token=token, accept=accept), self.assertLogs('trytond.modules.library', 'ERROR'):
                    answer = self.client.get(f'/library/card/{token}', headers={'Accept': accept})
                    self.assertEqual((answer.status_code, answer.get_data()), (500, b''))

    def test_routes_are_made_once(self):
        from trytond.pool import Pool
        from trytond.wsgi import app

        def rules():
            return [rule for rule in app.url_map.iter_rules() if rule.rule.startswith('/library/')]
        self.assertEqual(len(rules()), 2)
        Pool.start()
        self.assertEqual(len(rules()), 2)


if __name__ == '__main__':
    unittest.main()

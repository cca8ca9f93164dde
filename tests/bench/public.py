"""Staff at work while the public asks for pages: one web server, one process, 200 requests a second.

Staff open lists over the host's own RPC, one after another, alone and then beside the public. The public asks at fixed
moments, whether or not the last answer has come, each from an address of its own as different visitors do: answer
pages, web versions and unsubscribe pages of all griffies, most of them for the first time within their minute, a
letter now and then, and one posted answer in fifty. What counts is how much longer the slowest twentieth of staff's
calls take. The asking is a process of its own, or staff would wait for it.
"""
import base64
import http.client
import json
import multiprocessing
import os
import queue
import random
import re
import threading
import time

RATE = 200
SECONDS = 20
POSTED_EACH, LETTER_EACH = 50, 25
ASKERS = 48
PAUSE = 0.05
FORM = 'application/x-www-form-urlencoded'
CALLS = [('raadspost.case', ['rec_name', 'state', 'highest', 'period']),
         ('raadspost.dispatch', ['rec_name', 'state', 'mailbox', 'sent_at', 'reason']),
         ('raadspost.council', ['name', 'code', 'inhabitants'])]


class Staff:
    "A member of staff who opens one list after another."

    def __init__(self, port, database, user, password):
        self.port, self.database = port, database
        self.context = {'language': 'nl', 'client': 'bench'}
        number, session = self.ask('common.db.login', [user, {'password': password}, 'nl'])
        self.authorization = 'Session ' + base64.b64encode(f'{user}:{number}:{session}'.encode()).decode()

    def ask(self, method, parameters, authorization=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=120)
        try:
            headers = {'Content-Type': 'application/json'}
            if authorization:
                headers['Authorization'] = authorization
            connection.request('POST', f'/{self.database}/', json.dumps({'id': 0, 'method': method, 'params': parameters}),
                               headers)
            said = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        if isinstance(said, dict):
            if said.get('error'):
                raise RuntimeError(f"{method}: {said['error']}")
            said = said['result']
        return said

    def call(self, method, *parameters):
        return self.ask(method, [*parameters, self.context], self.authorization)

    def work(self, seconds):
        "Seconds of each opening of a list, in order of time."
        taken = []
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            model, fields = CALLS[len(taken) % len(CALLS)]
            begin = time.monotonic()
            ids = self.call(f'model.{model}.search', [], 0, 100, None)
            self.call(f'model.{model}.read', ids, fields)
            taken.append(time.monotonic() - begin)
            time.sleep(PAUSE)
        return taken


def at_fraction(sorted_numbers, fraction):
    return sorted_numbers[min(len(sorted_numbers) - 1, int(len(sorted_numbers) * fraction))]


def public(port, pages, rate, seconds, said):
    "Asks for pages at fixed moments; tells status, seconds, and how late it was itself."
    due, found, chance = queue.Queue(), [], random.Random(2026)
    answers = [page for page in pages if '/antwoord/' in page[0]]
    begin = time.monotonic() + 0.2
    for number in range(rate * seconds):
        if number % POSTED_EACH == POSTED_EACH - 1:
            path, code = answers[number % len(answers)]
            due.put((begin + number / rate, number, path,
                     f'wie=griffier&{code}.uitkomst=listed&{code}.nummer={number}'.encode()))
        else:
            path, _ = chance.choice(pages)
            if number % LETTER_EACH == 0 and '/brief/' in pages[-1][0]:
                path = pages[-1][0]
            due.put((begin + number / rate, number, path, None))

    def ask():
        while True:
            try:
                moment, number, path, body = due.get_nowait()
            except queue.Empty:
                return
            time.sleep(max(0, moment - time.monotonic()))
            late = time.monotonic() - moment
            source = f'127.{1 + number // 64000}.{number // 250 % 250}.{1 + number % 250}'
            connection = http.client.HTTPConnection('127.0.0.1', port, timeout=60, source_address=(source, 0))
            try:
                connection.request('POST' if body else 'GET', path, body, {'Content-Type': FORM} if body else {})
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except OSError:
                status = 0
            finally:
                connection.close()
            found.append((status, time.monotonic() - moment, late))
    threads = [threading.Thread(target=ask) for _ in range(ASKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said.put(found)


def links_of(pool):
    "(path, code of the first council) of every page in the messages that were sent."
    Dispatch = pool.get('raadspost.dispatch')
    pages = []
    for dispatch in Dispatch.search([('state', '=', 'sent')]):
        code = dispatch.cases[0].council.code
        pages += [(path, code) for path in sorted(set(re.findall(r'/raadspost/\w+/[a-z2-7]+', dispatch.readable or '')))]
    return pages


def letter_behind(port, pages):
    connection = http.client.HTTPConnection('127.0.0.1', port, timeout=60)
    connection.request('GET', next(path for path, _ in pages if '/bericht/' in path))
    found = re.search(r'/raadspost/brief/[a-z2-7]+/1', connection.getresponse().read().decode())
    connection.close()
    return [(found[0], '')] if found else []


def processor_seconds(pid):
    with open(f'/proc/{pid}/stat') as file:
        fields = file.read().rsplit(')', 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def measure(server, database, pages, user, password):
    port = server.port
    staff = Staff(port, database, user, password)
    staff.work(2)
    pages = pages + letter_behind(port, pages)
    before = processor_seconds(server.process.pid)
    alone = sorted(staff.work(SECONDS))
    of_staff = (processor_seconds(server.process.pid) - before) / len(alone)
    before = processor_seconds(server.process.pid)
    said = multiprocessing.Queue()
    asking = multiprocessing.Process(target=public, args=(port, pages, RATE, SECONDS, said))
    asking.start()
    time.sleep(0.5)
    beside = sorted(staff.work(SECONDS - 2))
    found = said.get()
    asking.join()
    of_both = processor_seconds(server.process.pid) - before
    statuses = {}
    for status, _, _ in found:
        statuses[status] = statuses.get(status, 0) + 1
    waited = sorted(seconds for _, seconds, _ in found)
    return {'alone': at_fraction(alone, 0.95), 'beside': at_fraction(beside, 0.95), 'calls': [len(alone), len(beside)],
            'median_alone': at_fraction(alone, 0.5), 'median_beside': at_fraction(beside, 0.5), 'statuses': statuses,
            # What the machine's other work cannot distort: the processor's time of a page.
            'cpu_ms': (of_both - of_staff * len(beside)) / len(found) * 1000, 'load': os.getloadavg()[0],
            'answered': at_fraction(waited, 0.95), 'asked': len(found),
            'rate': len(found) / max(SECONDS, waited[-1]), 'late': at_fraction(sorted(late for _, _, late in found), 0.95)}

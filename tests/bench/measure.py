"""One measurement of ./run bench, in a process of its own: measure.py host|mail|letter|plan|lists|public --recipients N ...

Prints one line of JSON: recipients, seconds preparing, sending and together, processor seconds, peak megabytes,
bytes of a message. `preparing` is what lies before a message can leave, `sending` the rest. For Raadspost the time
that the sender's program takes to start is left out, as is the host's for its own mailing.
"""
import argparse
import datetime
import json
import os
import pathlib
import resource
import subprocess
import sys
import threading
import time

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP / 'tests' / 'host')]

from cluster import free_port  # noqa: E402
from database import PASSWORD, database_with  # noqa: E402
from web_server import WebServer  # noqa: E402
import lists  # noqa: E402
import public  # noqa: E402

HOST_MODULES = ['marketing_automation', 'party']
SMTP_SINK = '/usr/sbin/smtp-sink'
ROWS_AT_ONCE = 1000
PARAGRAPHS = 12
SENTENCE = "In de dorpen van uw gemeente houden vrijwilligers het dorpshuis open, en daar is meer nodig dan koffie. "


class Sink:
    def __init__(self):
        self.port = free_port()
        # It gives up root's rights, and wants to be told for whose.
        rights = ['-u', 'nobody'] if os.geteuid() == 0 else []
        self.process = subprocess.Popen([SMTP_SINK, *rights, f'127.0.0.1:{self.port}', '1000'],
                                        stdin=subprocess.DEVNULL)
        time.sleep(0.3)
        if self.process.poll() is not None:
            raise SystemExit("smtp-sink did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def open_database(modules, port, **sections):
    return database_with(modules, sections={
        'email': {'uri': f'smtp://127.0.0.1:{port}', 'from': 'post@dorpensamen.example'}, **sections})


# --- the host's own mailing -----------------------------------------------------------------------------

def host_mailing(options, port):
    database = open_database(HOST_MODULES, port)
    try:
        database.open()
        template = ('<html><body><h1>Beste ${record.name}</h1>' + f'<p>{SENTENCE * 3}</p>' * PARAGRAPHS
                    + '<p><a href="unsubscribe|https://dorpensamen.example/">Afmelden</a></p></body></html>')
        with database.transaction(commit=True) as pool:
            pool.get('party.party').create([
                {'name': f"Raad {number}", 'contact_mechanisms': [('create', [
                    {'type': 'email', 'value': f'griffie@raad-{number}.example'}])]}
                for number in range(options.recipients)])
            Scenario = pool.get('marketing.automation.scenario')
            scenario, = Scenario.create([{'name': "Oproep", 'model': 'party.party', 'domain': '[]'}])
            pool.get('marketing.automation.activity').create([{
                'name': "Brief", 'parent': str(scenario), 'action': 'send_email', 'email_title': "Oproep",
                'email_template': template}])
            Scenario.run([scenario])
        processor, begun = time.process_time(), time.monotonic()
        with database.transaction(commit=True) as pool:
            pool.get('marketing.automation.scenario').trigger()
        prepared = time.monotonic()
        with database.transaction(commit=True) as pool:
            pool.get('marketing.automation.record.activity').process()
        ended = time.monotonic()
        return {'preparing': prepared - begun, 'sending': ended - prepared, 'together': ended - begun,
                'cpu': time.process_time() - processor, 'bytes': len(template),
                'memory': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    finally:
        database.remove()


# --- ours -----------------------------------------------------------------------------------------------

def raadspost_mailing(options, port, letter):
    database = open_database(['raadspost'], port)
    database.write_conf({**database.sections, 'raadspost': {'keys': os.path.join(database.folder, 'keys', 'ring')}})
    try:
        database.open()
        appeal = ready_appeal(database, options, letter)
        daemon = [options.daemon, '-c', database.conf, '-d', database.name]
        subprocess.run([*daemon, '--arm', "bench"], env=database.environment(), check=True)
        begun = time.monotonic()
        with database.transaction(commit=True) as pool:
            Appeal = pool.get('raadspost.appeal')
            Appeal.start([Appeal(appeal)])
        planning = time.monotonic() - begun
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        said, memory = run_daemon([*daemon, '--once'], database.environment())
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if said['sent'] != options.recipients:
            raise SystemExit(f"{said['sent']} of {options.recipients} messages were sent: {said}")
        with database.transaction() as pool:
            sizes = [dispatch.bytes_size for dispatch in pool.get('raadspost.dispatch').search([], limit=200)]
        # Messages are made while others are sent, so that the two parts add up to more than the whole.
        return {'preparing': planning + said['seconds_releasing'] + said['seconds_making'],
                'sending': said['seconds_claiming'] + said['seconds_submitting'] + said['seconds_settling'],
                'together': planning + said['seconds_running'],
                'cpu': after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
                'bytes': sum(sizes) / len(sizes), 'memory': memory, 'planning': planning,
                **{key.removeprefix('seconds_'): value for key, value in said.items() if key.startswith('seconds_')}}
    finally:
        database.remove()


def raadspost_planning(options, port):
    "Five steps for so many councils: all of it, again without a change, and after one answer."
    database = open_database(['raadspost'], port)
    try:
        database.open()
        appeal = ready_appeal(database, options, letter=False, follow_up=True)
        with database.transaction(commit=True) as pool:
            Appeal = pool.get('raadspost.appeal')
            Appeal.delete(Appeal.search([('id', '!=', appeal)]))  # the other samples
        begun = time.monotonic()
        with database.transaction(commit=True) as pool:
            Appeal = pool.get('raadspost.appeal')
            Appeal.start([Appeal(appeal)])
        planned = time.monotonic()
        with database.transaction(commit=True) as pool:
            changed = pool.get('raadspost.appeal').plan()
        again = time.monotonic() - planned
        if changed:
            raise SystemExit(f"planning twice changed {changed} rows")
        with database.transaction() as pool:
            rows = sum(pool.get(name).search([], count=True) for name in (
                'raadspost.plan.line', 'raadspost.dispatch', 'raadspost.case', 'raadspost.dispatch-raadspost.case'))
            cases = pool.get('raadspost.case').search([], limit=10)
            answered = [(case.id, case.council.id) for case in cases]
        slowest = 0
        for case, council in answered:
            with database.transaction(commit=True) as pool:
                pool.get('raadspost.outcome').create([{
                    'case': case, 'kind': 'passed_on', 'on': datetime.date.today(), 'source': 'staff'}])
                begin = time.monotonic()
                if not pool.get('raadspost.appeal').plan_councils([council]):
                    raise SystemExit("an answer changed nothing")
                slowest = max(slowest, time.monotonic() - begin)
        return {'rows': rows, 'planning': planned - begun, 'again': again, 'one_fact': slowest,
                'memory': resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    finally:
        database.remove()


def raadspost_lists(port, dispatches):
    "The client's lists beside a million dispatches."
    database = open_database(['raadspost'], port)
    try:
        database.open()
        begun = time.monotonic()
        from trytond.modules import import_module
        with database.transaction(commit=True) as pool:
            import_module('raadspost')._raadspost.load_country({'domain_suffix': 'example', 'with_meeting_places': False})
            add_councils(pool, lists.councils_for(dispatches))
            seats = pool.get('raadspost.griffie-raadspost.council').search([], order=[('council', 'ASC')])
            by_council = {seat.council.id: seat for seat in seats}
            councils = [(place, council, seat.council.province.id, seat.griffie.id, seat.griffie.mailbox)
                        for place, (council, seat) in enumerate(by_council.items())]
            party, = pool.get('party.party').create([{'name': "Dorpen Samen"}])
            association = pool.get('raadspost.association').create([{
                'name': party.name, 'party': party.id, 'sender_name': party.name,
                'sender_email': 'post@dorpensamen.example', 'city': "Oosterduin"}])[0].id
            steps = lists.made_appeals(pool, association)
        lists.fill(database, association, councils, steps)
        filled = time.monotonic() - begun
        _, council, _, griffie, _ = councils[len(councils) // 2]
        with database.transaction() as pool:
            dispatches = pool.get('raadspost.dispatch').search([], count=True)
        return {'dispatches': dispatches, 'filling': filled,
                'lists': lists.timed_lists(database, steps[-1][2], council, griffie)}
    finally:
        database.remove()


def raadspost_public(options, port):
    "Staff beside the public, after an appeal with a letter was sent to the country."
    database = open_database(['raadspost'], port)
    database.sections['raadspost'] = {'keys': os.path.join(database.folder, 'keys', 'ring')}
    database.write_conf(database.sections)
    try:
        database.open()
        with database.transaction(commit=True) as pool:
            configuration = pool.get('raadspost.configuration')(1)
            configuration.public_address = 'https://post.dorpensamen.example'
            configuration.save()
        appeal = ready_appeal(database, options, letter=True)
        daemon = [options.daemon, '-c', database.conf, '-d', database.name]
        subprocess.run([*daemon, '--arm', "bench"], env=database.environment(), check=True)
        with database.transaction(commit=True) as pool:
            Appeal = pool.get('raadspost.appeal')
            Appeal.start([Appeal(appeal)])
        run_daemon([*daemon, '--once'], database.environment())
        with database.transaction() as pool:
            pages = public.links_of(pool)
        with WebServer(database) as server:
            found = public.measure(server, database.name, pages, 'admin', PASSWORD)
            found['errors'] = server.errors()[:3]
        return found
    finally:
        database.remove()


def ready_appeal(database, options, letter, follow_up=False):
    from trytond.modules import import_module
    from trytond.transaction import Transaction
    extension = import_module('raadspost')._raadspost
    with database.transaction(commit=True) as pool:
        extension.load_country({'domain_suffix': 'example', 'with_meeting_places': True})
        add_councils(pool, options.recipients)
        if database.kind == 'postgresql':
            # As its autovacuum does within a minute; without, it plans for empty tables.
            Transaction().connection.cursor().execute('ANALYZE')
        Configuration = pool.get('raadspost.configuration')
        configuration = Configuration(1)
        configuration.approval_required = False
        configuration.hold_minutes = 0
        configuration.working_days = False
        configuration.silence_days = 0
        configuration.guessed_addresses = True
        configuration.connections = options.connections
        configuration.save()
        Appeal = pool.get('raadspost.appeal')
        appeal = Appeal(extension.load_samples()[0])
        pool.get('raadspost.step').write(list(appeal.steps), {'with_letter': letter})
        if follow_up:
            Appeal.add_default_steps([appeal])
        Appeal.submit([appeal])
        Appeal.approve([appeal])
    return appeal.id


def add_councils(pool, recipients):
    "As many councils as wanted, each with a griffie of its own: the country's, then made-up ones."
    Council = pool.get('raadspost.council')
    Griffie = pool.get('raadspost.griffie')
    Seat = pool.get('raadspost.griffie-raadspost.council')
    known = Council.search([])
    if recipients < len(known):
        raise SystemExit(f"the country itself has {len(known)} councils")
    provinces = [council.province.id for council in known]
    numbers = range(recipients - len(known))
    insert(Council, ['code', 'name', 'sort_name', 'search_name', 'province', 'inhabitants', 'seats'],
           ([f'P{number:05}', f"Proefraad {number}", f'proefraad {number}', f'proefraad {number}',
             provinces[number % len(provinces)], 20000 + number, 21] for number in numbers))
    insert(Griffie, ['name', 'email', 'mailbox', 'status', 'search_name'],
           ([f"Griffie Proefraad {number}", *2 * [f'griffie@proef-{number}.example'], 'confirmed',
             f'proefraad {number}'] for number in numbers))
    councils = {council.name: council.id for council in Council.search([('code', 'like', 'P%')])}
    griffies = {griffie.name: griffie.id for griffie in Griffie.search([('name', 'like', 'Griffie Proefraad %')])}
    insert(Seat, ['griffie', 'council'], ([griffies[f'Griffie {name}'], council] for name, council in councils.items()))


def insert(Model, names, rows):
    "Rows without the host's create, which would take longer than what is measured."
    from trytond.transaction import Transaction
    table = Model.__table__()
    cursor = Transaction().connection.cursor()
    rows = list(rows)
    for first in range(0, len(rows), ROWS_AT_ONCE):
        cursor.execute(*table.insert([getattr(table, name) for name in names], rows[first:first + ROWS_AT_ONCE]))


def run_daemon(command, environment):
    "What it said at the end, and its peak memory in MB."
    with subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          text=True) as process:
        peak = Peak(process.pid)
        peak.start()
        said, _ = process.communicate()
        peak.join()
    if process.returncode:
        raise SystemExit(f"raadspostd failed: {said}")
    return json.loads(said.strip().splitlines()[-1]), peak.megabytes


class Peak(threading.Thread):
    "Reads VmHWM as long as there is one; what wait() tells has our own memory in it from before the exec."

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.status = f'/proc/{pid}/status'
        self.megabytes = 0

    def run(self):
        while True:
            try:
                with open(self.status) as lines:
                    peak = next((line.split()[1] for line in lines if line.startswith('VmHWM')), None)
            except OSError:
                return
            if peak is None:
                return
            self.megabytes = int(peak) / 1024
            time.sleep(0.05)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('part', choices=['host', 'mail', 'letter', 'plan', 'lists', 'public'])
    parser.add_argument('--recipients', type=int, required=True)
    parser.add_argument('--connections', type=int, default=2)
    parser.add_argument('--daemon')
    options = parser.parse_args()
    with Sink() as sink:
        if options.part == 'host':
            found = host_mailing(options, sink.port)
        elif options.part == 'plan':
            found = raadspost_planning(options, sink.port)
        elif options.part == 'public':
            found = raadspost_public(options, sink.port)
        elif options.part == 'lists':
            found = raadspost_lists(sink.port, options.recipients)
        else:
            found = raadspost_mailing(options, sink.port, letter=options.part == 'letter')
    print(json.dumps({'recipients': options.recipients, **found}))


if __name__ == '__main__':
    main()

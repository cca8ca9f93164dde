"""Opening the client's lists where a million dispatches lie: filled by plain SQL, opened by the calls of the client.

What a list costs is what the web client asks the server before it shows one: `search` with the limit and order of
the action and the domain of the tab, `search_count` when there is more, `read` of the columns of the first rows;
then `search_count` for each tab that shows a number. Each call is a transaction of a user who may only read.
"""
import contextlib
import datetime
import json
import sqlite3
import time

import psycopg2

APPEALS = 100
# Days after the appeal began, of each of its steps.
STEPS = {"Eerste bericht": 0, "Herinnering": 28, "Na de installatie": 60, "Aan de nieuwe raad": 120, "Voor de begroting": 300}
DAYS_BETWEEN_APPEALS = 30
RECENT = datetime.timedelta(days=2)
CLIENT_LIMIT = 1000
CALENDAR_DAYS = 42
TABLES = ['raadspost_case', 'raadspost_dispatch', 'raadspost_dispatch-raadspost_case', 'raadspost_outcome',
          'raadspost_plan_line']

# Thousandths of the councils decide how a dispatch stands, by whether its day is past, just now, or to come.
DISPATCH_STATE = """
    case s.phase
    when 'past' then case when k < 20 then 'cancelled' when k < 25 then 'refused' when k < 28 then 'bounced'
        when k < 29 then 'uncertain' when k < 400 then 'sent' else 'delivered' end
    when 'now' then case when k < 100 then 'released' when k < 150 then 'deferred' else 'sent' end
    else case when k < 50 then 'held' else 'planned' end end"""
LINE_STATE = """
    case d.state when 'planned' then 'planned' when 'held' then 'held' when 'cancelled' then 'none'
    when 'sent' then 'sent' when 'delivered' then 'sent' when 'released' then 'under_way' when 'deferred' then 'under_way'
    else 'failed' end"""
FILL = [
    # Ids are counted out, so that the tables find each other without a join.
    """insert into raadspost_case (id, appeal, council, period, association, province, create_uid, create_date)
        select (a.place * {councils}) + c.place + 1, a.appeal, c.council, '2022-2026', {association}, c.province, 1,
        '2018-01-01 00:00:00' from bench_appeal a cross join bench_council c order by 1""",
    """insert into raadspost_dispatch (id, appeal, step, occurrence, griffie, mailbox, state, reason, due, released_at,
        sent_at, tries, reply_code, reply_status, reply_text, queue_id, message_id, subject, envelope_sender, bytes_file,
        bytes_hash, bytes_size, inputs_hash, journal, claimed_by, create_uid, create_date)
        select id, appeal, step, 1, griffie, mailbox, state, case when state = 'held' then 'unconfirmed' when state =
        'cancelled' then 'cond_answered' else '' end, due, case when went then due end, case when went then due end,
        1, case when went then 250 end, case when went then '2.0.0' end,
        case when went then '2.0.0 Ok: queued as 4Y7' || id end, case when went then '4Y7' || id end,
        'raadspost.' || id || '.6f0d9c1b7a@dorpensamen.example', 'Een plek voor de dorpen van uw gemeente',
        'bounces+' || id || '@dorpensamen.example', case when went then '2026/03/' || id || '.eml' end,
        case when went then '{hash}' end, 48213, '{hash}', 'journal-1', case when went then 'sender-1' end,
        1, '2018-01-01 00:00:00' from (
            select n.*, n.state in ('sent', 'delivered', 'bounced') as went from (
                select (s.place * {councils}) + c.place + 1 as id, s.appeal, s.step, c.griffie, c.mailbox,
                {state} as state, {due} as due
                from bench_step s cross join
                (select b.*, (b.place * 7919) % 1000 as k from bench_council b) c) n) m order by id""",
    """insert into "raadspost_dispatch-raadspost_case" (id, dispatch, "case", step, occurrence)
        select (s.place * {councils}) + c.place + 1, (s.place * {councils}) + c.place + 1,
        (s.of_appeal * {councils}) + c.place + 1, s.step, 1 from bench_step s cross join bench_council c order by 1""",
    # Three of five cases have a receipt, as many an answer; of these a few are refusals.
    """insert into raadspost_outcome (id, "case", kind, "on", source, create_uid, create_date)
        select id * 2, id, case when id % 29 = 0 then 'declined' when id % 3 = 0 then 'listed' when id % 3 = 1 then
        'passed_on' else 'question' end, current_date, 'reply', 1, '2018-01-01 00:00:00' from raadspost_case where id % 5 < 3""",
    """insert into raadspost_outcome (id, "case", kind, "on", source, create_uid, create_date)
        select id * 2 + 1, id, 'receipt', current_date, 'reply', 1, '2018-01-01 00:00:00' from raadspost_case
        where id % 7 < 4""",
    """insert into raadspost_plan_line (id, appeal, step, council, province, period, griffie, mailbox, state, reason,
        moved_by, dispatch, due, day, changed_at, was, create_uid, create_date)
        select d.id, d.appeal, d.step, c.council, c.province, '2022-2026', d.griffie, d.mailbox, {line_state}, d.reason,
        'weekend', d.id, case when d.state <> 'cancelled' then d.due end,
        case when d.state <> 'cancelled' then {day} end, '2018-01-01 00:00:00', '', 1, '2018-01-01 00:00:00'
        from raadspost_dispatch d join bench_council c on c.griffie = d.griffie order by d.id""",
]


class Sqlite:
    due, day = "datetime(s.due, '+' || (c.place % 480) || ' minutes')", "date(d.due)"

    def __init__(self, database):
        self.connection = sqlite3.connect(database.file, isolation_level=None)

    def fill(self, statements):
        run = self.connection.execute
        run('pragma synchronous = off')
        run('pragma cache_size = -400000')
        wanted = ', '.join(f"'{table}'" for table in TABLES)
        indexes = run(f"select name, sql from sqlite_master where type = 'index' and tbl_name in ({wanted})").fetchall()
        for name, _ in indexes:
            run(f'drop index "{name}"')
        for statement in statements:
            run(statement)
        for _, statement in indexes:
            run(statement)
        run('pragma wal_checkpoint(truncate)')

    def insert(self, table, columns, rows):
        self.connection.execute(f"create table {table} ({columns})")
        marks = ', '.join('?' * len(rows[0]))
        self.connection.executemany(f"insert into {table} values ({marks})", rows)


class Postgresql:
    due, day = "s.due + (c.place % 480) * interval '1 minute'", "cast(d.due as date)"

    def __init__(self, database):
        self.connection = psycopg2.connect(database.uri + database.name)
        self.connection.autocommit = True
        self.cursor = self.connection.cursor()

    def fill(self, statements):
        run = self.cursor.execute
        # The rows fit each other; a look at each foreign key would take minutes.
        run("set session_replication_role = replica")
        run("set synchronous_commit = off")
        run("set maintenance_work_mem = '256MB'")
        indexes = []
        for table in TABLES:
            run("select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index "
                "where indrelid = %s::regclass and not indisprimary and not exists "
                "(select from pg_constraint where conindid = indexrelid)", [f'"{table}"'])
            indexes += self.cursor.fetchall()
        for name, _ in indexes:
            run(f'drop index {name}')
        for statement in statements:
            run(statement)
        for _, statement in indexes:
            run(statement)
        for table in TABLES:
            run(f"""select setval(pg_get_serial_sequence('"{table}"', 'id'), (select max(id) from "{table}"))""")
        run("vacuum analyze")

    def insert(self, table, columns, rows):
        self.cursor.execute(f"create table {table} ({columns})")
        marks = ', '.join(['%s'] * len(rows[0]))
        self.cursor.executemany(f"insert into {table} values ({marks})", rows)


def councils_for(dispatches):
    return dispatches // (APPEALS * len(STEPS))


def fill(database, association, councils, steps):
    "So many dispatches that each (step, council) has one, and what hangs on them."
    engine = (Postgresql if database.kind == 'postgresql' else Sqlite)(database)
    with contextlib.closing(engine.connection):
        engine.insert('bench_council', 'place integer, council integer, province integer, griffie integer, mailbox varchar',
                      councils)
        engine.insert('bench_appeal', 'place integer, appeal integer',
                      sorted({(of_appeal, appeal) for _, of_appeal, appeal, *_ in steps}))
        engine.insert('bench_step', 'place integer, of_appeal integer, appeal integer, step integer, due timestamp, '
                      'phase varchar', steps)
        values = {'councils': len(councils), 'association': association, 'state': DISPATCH_STATE.replace('{', ''),
                  'line_state': LINE_STATE, 'due': engine.due, 'day': engine.day, 'hash': 'c0ffee42' * 8}
        engine.fill([statement.format(**values) for statement in FILL])


def made_appeals(pool, association):
    "Appeals, one a month, the last of them now; their steps as bench_step has them."
    Appeal, Step = pool.get('raadspost.appeal'), pool.get('raadspost.step')
    now = datetime.datetime.utcnow().replace(microsecond=0)
    appeals = Appeal.create([{
        'name': f"Oproep {number + 1}", 'association': association, 'subject': "Een plek", 'letter': "",
        'message': "Geachte griffie,\n\nWilt u dit doorsturen?\n"} for number in range(APPEALS)])
    first = [step.id for appeal in appeals for step in appeal.steps]
    Step.delete(Step.browse(first))
    Step.create([{'appeal': appeal.id, 'sequence': place, 'name': name, 'with_letter': False}
                 for appeal in appeals for place, name in enumerate(STEPS, 1)])
    Appeal.write(list(appeals), {'state': 'running', 'starts_at': now})
    rows = []
    for number, appeal in enumerate(appeals):
        begun = now - datetime.timedelta(days=DAYS_BETWEEN_APPEALS * (APPEALS - 1 - number))
        for step, days in zip(Step.search([('appeal', '=', appeal.id)], order=[('sequence', 'ASC')]), STEPS.values()):
            due = begun + datetime.timedelta(days=days)
            phase = 'future' if due > now else 'now' if due > now - RECENT else 'past'
            rows.append((len(rows), number, appeal.id, step.id, str(due), phase))
    return rows


class Client:
    "A user who may only read, and the calls that the web client makes for one."

    def __init__(self, database):
        self.database = database
        with database.transaction(commit=True) as pool:
            group = pool.get('ir.model.data').get_id('raadspost', 'group_reader')
            user, = pool.get('res.user').create([{'name': "Lezer", 'login': 'lezer', 'groups': [('add', [group])]}])
            self.user = user.id
            self.context = {**pool.get('res.user').get_preferences(context_only=True), 'language': 'nl'}

    def call(self, model, method, *arguments):
        from trytond.pool import Pool
        from trytond.protocols.jsonrpc import JSONEncoder
        from trytond.transaction import Transaction
        Model = Pool(self.database.name).get(model)
        rpc = Model.__rpc__[method]
        with Transaction().start(self.database.name, self.user, readonly=rpc.readonly) as transaction:
            given, named, transaction.context, transaction.timestamp = rpc.convert(Model, *arguments, self.context)
            answer = rpc.result(getattr(Model, method)(*given, **named))
        json.dumps(answer, cls=JSONEncoder)
        return answer

    def action(self, name, **evaluated):
        "What the client knows of an action: its model, domain, order, tabs, and the fields of its first view."
        from trytond.pyson import PYSONDecoder
        with self.database.transaction() as pool:
            Action = pool.get('ir.action.act_window')
            action = Action(pool.get('ir.model.data').get_id('raadspost', name))
            decode = PYSONDecoder({'context': {}, **evaluated}).decode
            view = action.act_window_views[0].view
            return {
                'model': action.res_model, 'view': (view.id, view.type),
                'domain': decode(action.pyson_domain or '[]'), 'order': decode(action.pyson_order or 'null'),
                'tabs': [(tab.name, decode(tab.domain), tab.count) for tab in action.act_window_domains]}

    def open(self, action, tab=None, more=None):
        "Seconds until the first rows of this tab are there."
        model, domain = action['model'], [action['domain']]
        fields = list(self.call(model, 'fields_view_get', *action['view'])['fields'])
        domain = ['AND', action['domain'], *(each for each in (more, tab) if each)]
        begun = time.monotonic()
        ids = self.call(model, 'search', domain, 0, CLIENT_LIMIT, action['order'])
        if len(ids) == CLIENT_LIMIT:
            self.call(model, 'search_count', domain)
        fields += [f'{name}.rec_name' for name in fields if self._is_relation(model, name)]
        fields += [name for name in ('rec_name', '_timestamp', '_write', '_delete') if name not in fields]
        self.call(model, 'read', ids[:CLIENT_LIMIT // len(fields)], fields)
        return time.monotonic() - begun, len(ids)

    def counts(self, action):
        "Seconds for the numbers of all tabs, which the client asks for when the rows are there."
        begun = time.monotonic()
        for _, tab, counted in action['tabs']:
            if counted:
                self.call(action['model'], 'search_count', ['AND', tab, action['domain']])
        return time.monotonic() - begun

    def _is_relation(self, model, name):
        from trytond.pool import Pool
        return Pool(self.database.name).get(model)._fields[name]._type == 'many2one'


def timed_lists(database, appeal, council, griffie):
    "By name: seconds until a list is there, of its slowest tab, and of its tabs' numbers."
    client = Client(database)
    found = {}
    for label, name, evaluated in (
            ("dispatches", 'act_dispatch', {}),
            ("dispatches of an appeal", 'act_dispatch_of_appeal', {'active_id': appeal}),
            ("cases", 'act_case', {}),
            ("cases of an appeal", 'act_case_of_appeal', {'active_id': appeal}),
            ("dispatches of a griffie", 'act_dispatch_of_griffie', {'active_id': griffie}),
            ("plan", 'act_plan_line', {}),
            ("plan of an appeal", 'act_plan_line_of_appeal', {'active_id': appeal}),
            ("plan of a council", 'act_plan_line_of_council', {'active_id': council})):
        action = client.action(name, **evaluated)
        tabs = {tab: client.open(action, domain) for tab, domain, _ in action['tabs']} or {"": client.open(action)}
        slowest = max(tabs, key=lambda tab: tabs[tab][0])
        found[label] = {'seconds': tabs[slowest][0], 'tab': slowest, 'counts': client.counts(action),
                        'tabs': {tab: seconds for tab, (seconds, _) in tabs.items()}}
    first = datetime.datetime.combine(datetime.date.today().replace(day=1), datetime.time())
    last = first + datetime.timedelta(days=CALENDAR_DAYS)
    shown = ['OR', [('day', '>=', first), ('day', '<', last)], [('day', '>=', first), ('day', '<', last)],
             [('day', '<', first), ('day', '>', last)]]
    for label, name, evaluated in (("calendar", 'act_plan_day', {}),
                                   ("calendar of an appeal", 'act_plan_day_of_appeal', {'active_id': appeal})):
        seconds, days = client.open(client.action(name, **evaluated), more=shown)
        found[label] = {'seconds': seconds, 'tab': f"{days} rows", 'counts': 0, 'tabs': {}}
    return found

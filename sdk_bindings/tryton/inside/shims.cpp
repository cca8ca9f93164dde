// The Python that has to be Python. The host looks at the signature, the decorators and the kind of some
// functions, and super() needs a class that exists; a native function has none of that. Each shim is a
// factory that wraps one native function; `held` is a list that holds the finished class.
#include "tryton/inside/python.hpp"

#include <pybind11/eval.h>

namespace tryton::detail {
namespace {

constexpr const char* source = R"py(
import time

from sql import Flavor, FromItem
from trytond.model import ModelView, Workflow, fields
from trytond.rpc import RPC
from trytond.transaction import Transaction
from trytond.wizard import StateView
from trytond import backend

class Query(FromItem):
    __slots__ = ('_sql',)
    params = ()
    def __init__(self, sql):
        self._sql = sql
    def __str__(self):
        escape = Flavor.get().paramstyle == 'format'
        return '(' + (self._sql.replace('%', '%%') if escape else self._sql) + ')'

def named(method, name):
    method.__name__ = method.__qualname__ = name
    return method

def start(call):
    def default(cls):
        return call()
    return classmethod(default)

def getter(call):
    def get(cls, records, name):
        return call(records)
    return classmethod(get)

def group_getter(call):
    def get(cls, records, names):
        return call(records, names)
    return classmethod(get)

def searcher(call):
    def search(cls, name, clause):
        return call(clause)
    return classmethod(search)

def setter(call):
    def set(cls, records, name, value):
        call(records, value)
    return classmethod(set)

def on_change(call, names):
    def change(self):
        call(self)
    return fields.depends(*names)(change)

def button(call, name):
    def press(cls, records):
        return call(records)
    return classmethod(ModelView.button(named(press, name)))

def transition(call, name, state):
    def press(cls, records):
        return call(records)
    return classmethod(ModelView.button(Workflow.transition(state)(named(press, name))))

def method(call, name):
    def run(cls, *args):
        return call(*args)
    return classmethod(named(run, name))

def setup(held, call):
    def __setup__(cls):
        super(held[0], cls).__setup__()
        call(cls)
    return classmethod(__setup__)

def register(held, call):
    def __register__(cls, module_name):
        super(held[0], cls).__register__(module_name)
        call(cls)
    return classmethod(__register__)

def table_handler(held, unchecked):
    def __table_handler__(cls, module_name=None, history=False):
        handler = super(held[0], cls).__table_handler__(module_name, history=history)
        add_fk = handler.add_fk
        def add_fk_unless_unchecked(column, *args, **kwargs):
            if column in unchecked:
                handler.drop_fk(column)
            else:
                add_fk(column, *args, **kwargs)
        handler.add_fk = add_fk_unless_unchecked
        return handler
    return classmethod(__table_handler__)

def create(held, before, after, explain):
    def create(cls, vlist):
        vlist = before([v.copy() for v in vlist])
        try:
            records = super(held[0], cls).create(vlist)
        except backend.DatabaseIntegrityError as error:
            explain(error)
            raise
        after(records)
        return records
    return classmethod(create)

def write(held, before, after, explain):
    def write(cls, records, values, *args):
        actions = iter((records, values) + args)
        changed, everything = [], []
        for some, values in zip(actions, actions):
            changed += (some, before(some, values.copy()))
            everything.extend(some)
        try:
            super(held[0], cls).write(*changed)
        except backend.DatabaseIntegrityError as error:
            explain(error)
            raise
        after(everything)
    return classmethod(write)

def delete(held, before):
    def delete(cls, records):
        before(records)
        super(held[0], cls).delete(records)
    return classmethod(delete)

def copy(held, before):
    def copy(cls, records, default=None):
        return super(held[0], cls).copy(records, default=before(dict(default or {})))
    return classmethod(copy)

def validate(held, check):
    def validate(cls, records):
        super(held[0], cls).validate(records)
        check(records)
    return classmethod(validate)

def query(call):
    def table_query(cls):
        return Query(call())
    return classmethod(table_query)

def defaults(call):
    def default(self, fields):
        return call(self)
    return default

def step(call):
    def transition(self):
        return call(self)
    return transition

def action(call):
    def do(self, action):
        return call(self, action)
    return do

FADED_OUT = 1  # seconds, with the request that ends the session

def is_there(session):
    from trytond.pool import Pool
    table = Pool().get('ir.session.wizard').__table__()
    cursor = Transaction().connection.cursor()
    cursor.execute(*table.select(table.id, where=table.id == session))
    return cursor.fetchone() is not None

def lives(session):
    # Locked by a change of nothing: of two clicks the second waits for what the first one does. SQLite would let a
    # query through.
    from trytond.pool import Pool
    if not is_there(session):
        return False
    table = Pool().get('ir.session.wizard').__table__()
    cursor = Transaction().connection.cursor()
    cursor.execute(*table.update([table.write_uid], [table.write_uid], where=table.id == session))
    if cursor.rowcount == 1:
        return True
    Transaction().rollback()  # SQLite holds its lock, and the first click's last request would wait for it
    return False

def execute(held):
    def execute(cls, session_id, data, state_name):
        # To open a form takes no lock: on SQLite that would keep all others from writing while it is filled.
        alive = is_there if isinstance(cls.states.get(state_name), StateView) else lives
        if not alive(session_id):
            # The web client closes its dialog at each answer; a second one while it fades out would leave the page dark.
            time.sleep(FADED_OUT)
            return {}
        result = super(held[0], cls).execute(session_id, data, state_name)
        if 'view' not in result:
            cls.delete(session_id)
        return result
    return classmethod(execute)

def delete_once(held):
    def delete(cls, session_id):
        if lives(session_id):
            return super(held[0], cls).delete(session_id)
    return classmethod(delete)

def override(held, call, name):
    def run(self, *args):
        return call(self, args, getattr(super(held[0], self), name))
    return named(run, name)

def report(held, call, model):
    def execute(cls, ids, data):
        cls.check_access()
        if model and ids:
            from trytond.pool import Pool
            with Transaction().set_context(_check_access=True):
                Pool().get(model).read(ids, ['id'])
        return call(ids, data or {})
    return classmethod(execute)

def cron(held, jobs):
    def __setup__(cls):
        super(held[0], cls).__setup__()
        cls.method.selection.extend(jobs)
    return classmethod(__setup__)

def route(call):
    def answer(request, **arguments):
        return call(request, arguments)
    answer.max_request_size = 0
    return answer

def stand_in_front(app, answer):
    # Behind whatever tells where a request really comes from (ProxyFix), before the host's own look for a static
    # file. In a row of middlewares that hides its next one there is no such place.
    from werkzeug.middleware.shared_data import SharedDataMiddleware
    row = [(app, 'wsgi_app')]
    def at(place):
        return getattr(*row[place])
    while getattr(at(-1), '__self__', None) is not app and not hasattr(at(-1), 'stands_in_front'):
        if not hasattr(at(-1), 'app'):
            return False
        row.append((at(-1), 'app'))
    place = len(row) - 1
    while place > 0 and isinstance(at(place - 1), SharedDataMiddleware):
        place -= 1
    inner = at(place)
    def either(environ, start_response):
        answered = answer(environ, start_response)
        return inner(environ, start_response) if answered is None else answered
    either.stands_in_front = True
    setattr(*row[place], either)
    return True

)py";

}  // namespace

py::object shim(const char* name) {
    // Evaluated once; the dictionary is leaked on purpose, because a static py::object would die after the
    // interpreter.
    static PyObject* const globals = [] {
        py::dict scope;
        scope["__builtins__"] = py::module_::import("builtins");
        scope["__name__"] = "tryton_sdk_shims";
        py::exec(source, scope);
        return scope.release().ptr();
    }();
    return py::reinterpret_borrow<py::dict>(globals)[name];
}

}  // namespace tryton::detail

#include "tryton/transaction.hpp"

#include "tryton/error.hpp"
#include "tryton/inside/python.hpp"

namespace tryton {

using namespace detail;

Engine engine() {
    const auto name = imported("trytond.backend", "name").cast<std::string>();
    return name == "postgresql" ? Engine::postgresql : Engine::sqlite;
}

std::string database_name() {
    return current_transaction().attr("database").attr("name").cast<std::string>();
}
std::string language() {
    return current_transaction().attr("language").cast<std::string>();
}
Id current_user() {
    const py::object user = current_transaction().attr("user");
    return user.is_none() ? 0 : user.cast<Id>();
}
Dict context() {
    return from_python(current_transaction().attr("context")).as<Dict>();
}
bool is_test_run() {
    return imported("trytond.pool", "Pool").attr("test").cast<bool>();
}

std::vector<std::string> loaded_databases() {
    std::vector<std::string> names;
    for (const py::handle name : imported("trytond.pool", "Pool").attr("database_list")())
        names.push_back(name.cast<std::string>());
    return names;
}

void load_database(const std::string& name) {
    for (const std::string& loaded : loaded_databases())
        if (loaded == name) return;
    const py::object pool = imported("trytond.pool", "Pool")(name);
    const Transaction transaction = Transaction::open(name, 0, {}, {.readonly = true});
    pool.attr("init")();
}

namespace {

// On SQLite the host opens the file for each transaction and leaves it to the garbage collector to close it;
// until that comes by, a program of many transactions holds dozens of connections and their pages.
py::object connection_to_close(const py::object& transaction) {
    const py::object database = transaction.attr("database");
    if (database.is_none() || engine() != Engine::sqlite) return py::none();
    const bool shared = database.attr("name").cast<std::string>() == ":memory:";
    return shared ? py::object{py::none()} : py::object{transaction.attr("connection")};
}

}  // namespace

Transaction Transaction::inner(Options options) {
    return Transaction{hold(current_transaction().attr("new_transaction")(
        py::arg("autocommit") = options.autocommit, py::arg("readonly") = options.readonly))};
}

Transaction Transaction::open(const std::string& database, Id user, const Dict& context, Options options) {
    const py::object made = imported("trytond.transaction", "Transaction")(py::arg("new") = true);
    try {
        made.attr("start")(database, user, py::arg("context") = keywords(context),
                           py::arg("readonly") = options.readonly,
                           py::arg("autocommit") = options.autocommit);
    } catch (py::error_already_set&) {
        // The host put it on its stack before the connection failed; leaving it there would make it current.
        const py::object local = made.attr("_local").attr("transactions");
        if (local.attr("count")(made).cast<int>() > 0) local.attr("remove")(made);
        throw;
    }
    return Transaction{hold(made)};
}

Transaction::~Transaction() {
    if (!python_) return;
    try {
        const py::object connection = connection_to_close(object_of(python_));
        object_of(python_).attr("stop")(false);
        if (!connection.is_none()) connection.attr("close")();
    } catch (py::error_already_set& error) {
        error.discard_as_unraisable("closing a transaction");
    }
}

void Transaction::commit() {
    object_of(python_).attr("commit")();
}

Scope Scope::with(const Dict& context) {
    return Scope{hold(current_transaction().attr("set_context")(keywords(context)))};
}

Scope Scope::as_user(Id user) {
    return Scope{hold(current_transaction().attr("set_user")(user))};
}

Scope::~Scope() {
    if (!manager_) return;
    try {
        object_of(manager_).attr("__exit__")(py::none(), py::none(), py::none());
    } catch (py::error_already_set& error) {
        error.discard_as_unraisable("leaving a scope");
    }
}

void commit() {
    current_transaction().attr("commit")();
}

GilRelease::GilRelease() : state_{PyEval_SaveThread()} {}
GilRelease::~GilRelease() {
    PyEval_RestoreThread(static_cast<PyThreadState*>(state_));
}

GilHold::GilHold() : state_{PyGILState_Ensure()} {}
GilHold::~GilHold() {
    PyGILState_Release(static_cast<PyGILState_STATE>(state_));
}

}  // namespace tryton

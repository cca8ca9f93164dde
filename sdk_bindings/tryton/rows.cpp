#include "tryton/rows.hpp"

#include "tryton/python.hpp"
#include "tryton/transaction.hpp"

#include <charconv>
#include <datetime.h>

namespace tryton {

using namespace detail;

namespace {

constexpr int rows_per_fetch = 2000;

// Reads "2026-03-18 09:00:00.5" as SQLite gives expressions over dates; parts that are missing are zero.
DateTime parsed_time(std::string_view text) {
    using namespace std::chrono;
    const auto part = [&](std::size_t at, std::size_t length) {
        int number = 0;
        if (at + length <= text.size()) std::from_chars(text.data() + at, text.data() + at + length, number);
        return number;
    };
    int fraction = 0;
    for (std::size_t i = 0; i < 6; ++i)
        fraction = fraction * 10 + (20 + i < text.size() ? text[20 + i] - '0' : 0);
    const year_month_day date{year{part(0, 4)}, month{static_cast<unsigned>(part(5, 2))},
                              day{static_cast<unsigned>(part(8, 2))}};
    if (!date.ok()) throw WrongKind{"expected a date, found " + std::string{text.substr(0, 40)}};
    return sys_days{date} + hours{part(11, 2)} + minutes{part(14, 2)} + seconds{part(17, 2)} + microseconds{fraction};
}

py::object json_array(const List& list) { return imported("json", "dumps")(to_python(Value{list})); }

// The statement in the engine's own parameter style. A list goes out as one parameter that the engine unfolds, so that
// a thousand ids make neither a thousand parameters nor a new statement for each length.
py::tuple bind(std::string& sql, const List& parameters) {
    const bool postgresql = engine() == Engine::postgresql;
    std::string out;
    py::list bound;
    std::size_t next = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] == '{' && i + 1 < sql.size() && sql[i + 1] == '}') {
            const Value& value = parameters.at(next++);
            ++i;
            if (const auto* list = std::get_if<List>(&value.store())) {
                const bool texts = !list->empty() && list->front().holds<std::string>();
                if (!postgresql) {
                    out += "(select value from json_each(?))";
                    bound.append(json_array(*list));
                } else {
                    out += texts ? "(select unnest(%s::text[]))" : "(select unnest(%s::bigint[]))";
                    bound.append(to_python(value));
                }
            } else {
                out += postgresql ? "%s" : "?";
                const auto* bytes = std::get_if<Bytes>(&value.store());
                bound.append(bytes ? py::memoryview(to_python(value)) : to_python(value));
            }
        } else {
            out += sql[i];
            if (postgresql && sql[i] == '%' && !parameters.empty()) out += '%';
        }
    }
    if (next != parameters.size()) throw WrongKind{"a statement has other place holders than parameters: " + sql};
    sql = std::move(out);
    return py::tuple(bound);
}

std::string quoted(const std::string& name) { return '"' + name + '"'; }

}  // namespace

namespace detail {

bool Cell::is_null() const { return python_ == Py_None; }

void Cell::read(std::int64_t& out) const {
    if (!PyLong_Check(python_)) return void(out = from_python(python_).as<std::int64_t>());
    out = PyLong_AsLongLong(python_);
}

void Cell::read(int& out) const {
    std::int64_t wide = 0;
    read(wide);
    out = static_cast<int>(wide);
}

void Cell::read(bool& out) const { out = PyObject_IsTrue(python_) == 1; }  // SQLite has 0 and 1
void Cell::read(double& out) const { out = from_python(python_).as<double>(); }

void Cell::read(std::string& out) const {
    Py_ssize_t size = 0;
    const char* text = PyUnicode_Check(python_) ? PyUnicode_AsUTF8AndSize(python_, &size) : nullptr;
    if (text) out.assign(text, static_cast<std::size_t>(size));
    else out = from_python(python_).as<std::string>();
}

void Cell::read(Bytes& out) const {
    // The two drivers give different kinds: bytes, or a view of what the server sent.
    const py::buffer_info seen = py::reinterpret_borrow<py::buffer>(python_).request();
    out.data.assign(static_cast<const char*>(seen.ptr), static_cast<std::size_t>(seen.size * seen.itemsize));
}

void Cell::read(Date& out) const {
    const Value value = from_python(python_);
    if (const auto* date = std::get_if<Date>(&value.store())) out = *date;
    else if (const auto* time = std::get_if<DateTime>(&value.store()))
        out = std::chrono::floor<std::chrono::days>(*time);
    else out = std::chrono::floor<std::chrono::days>(parsed_time(value.as<std::string>()));
}

void Cell::read(DateTime& out) const {
    const Value value = from_python(python_);
    if (const auto* time = std::get_if<DateTime>(&value.store())) out = *time;
    else out = parsed_time(value.as<std::string>());
}

void Cell::read(Value& out) const { out = from_python(python_); }

Cursor::Cursor(std::string_view sql, const List& parameters) {
    const py::object cursor = current_transaction().attr("connection").attr("cursor")();
    std::string statement{sql};
    const py::tuple bound = bind(statement, parameters);
    cursor.attr("execute")(statement, bound);
    cursor_ = hold(cursor);
}

std::size_t Cursor::fetch() {
    const py::list batch = object_of(cursor_).attr("fetchmany")(rows_per_fetch);
    batch_ = hold(batch);
    if (!batch.empty()) columns_ = py::len(batch[0]);
    return batch.size();
}

Cell Cursor::cell(std::size_t row, std::size_t column) const {
    PyObject* const tuple = PyList_GET_ITEM(batch_.get(), static_cast<Py_ssize_t>(row));
    if (column >= columns_) throw WrongKind{"a row has fewer columns than the tuple it is read into"};
    return Cell{PyTuple_GET_ITEM(tuple, static_cast<Py_ssize_t>(column))};
}

std::int64_t Cursor::affected() const { return object_of(cursor_).attr("rowcount").cast<std::int64_t>(); }

Batch::Batch(std::string_view model, std::span<const std::string_view> fields, std::size_t, bool with_ids)
    : model_{model}, fields_(fields.begin(), fields.end()), with_ids_{with_ids} {
    const std::size_t columns = fields_.size() + (with_ids ? 1 : 0);
    for (std::size_t i = 0; i < columns; ++i) columns_.push_back(hold(py::list()));
}

void Batch::add(std::size_t column, const Value& value) {
    const py::object cell = value.holds<Bytes>() ? py::memoryview(to_python(value)) : to_python(value);
    if (PyList_Append(columns_[column].get(), cell.ptr()) != 0) throw py::error_already_set{};
}

namespace {

struct Column {
    std::string name, type;
    py::object cells;
};

// Checks what the host's own write checks, and brings cells into the field's form (DateTime has whole seconds).
std::vector<Column> prepared(const py::object& model, const std::vector<std::string>& fields,
                             const std::vector<Object>& cells, std::size_t first) {
    const py::dict known = model.attr("_fields");
    std::vector<Column> columns;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!known.contains(fields[i])) throw WrongKind{"no such field: " + fields[i]};
        const py::object field = known[py::str(fields[i])];
        const py::object sql_type = field.attr("sql_type")();
        if (sql_type.is_none()) throw WrongKind{"not a stored field: " + fields[i]};
        const py::list list = object_of(cells[first + i]);
        const auto kind = field.attr("_type").cast<std::string>();
        if (kind == "datetime" || kind == "time" || kind == "numeric" || kind == "dict") {
            for (std::size_t row = 0; row < list.size(); ++row) list[row] = field.attr("sql_format")(list[row]);
        }
        if (field.attr("required").cast<bool>()) {
            const bool text = kind == "char" || kind == "text";
            for (const py::handle cell : list) {
                if (!cell.is_none() && !(text && py::len(cell) == 0)) continue;
                const py::object message = imported("trytond.i18n", "gettext")(
                    "ir.msg_required_validation_record", **py::dict(model.attr("__names__")(fields[i])));
                const py::object error =
                    imported("trytond.model.exceptions", "RequiredValidationError")(message);
                PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(error.ptr())), error.ptr());
                throw py::error_already_set{};
            }
        }
        columns.push_back({fields[i], sql_type.attr("base").cast<std::string>(), list});
    }
    return columns;
}

// Stored fields with a default that the caller left out get it, as the host's create does.
void add_defaults(const py::object& model, std::size_t rows, std::vector<Column>& columns) {
    const py::dict known = model.attr("_fields");
    for (const auto& [key, make] : py::dict(model.attr("_defaults"))) {
        const auto name = key.cast<std::string>();
        const py::object field = known[key];
        const py::object sql_type = field.attr("sql_type")();
        const bool given = std::any_of(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
        if (given || sql_type.is_none()) continue;
        const py::object value = field.attr("sql_format")(make());
        if (value.is_none()) continue;
        py::list cells;
        for (std::size_t row = 0; row < rows; ++row) cells.append(value);
        columns.push_back({name, sql_type.attr("base").cast<std::string>(), cells});
    }
}

void require_all(const py::object& model, const std::vector<Column>& columns) {
    for (const auto& [key, field] : py::dict(model.attr("_fields"))) {
        const auto name = key.cast<std::string>();
        if (!field.attr("required").cast<bool>() || field.attr("sql_type")().is_none()) continue;
        if (name == "id" || name == "create_uid" || name == "create_date") continue;
        if (std::none_of(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; }))
            throw WrongKind{"a required field is missing from a bulk insert: " + name};
    }
}

py::list rows_of(const std::vector<Column>& columns) {
    py::list all;
    for (const Column& column : columns) all.append(column.cells);
    return py::list(imported("builtins", "zip")(*py::tuple(all)));
}

py::object user() { return current_transaction().attr("user"); }

}  // namespace

Ids Batch::insert() {
    const py::object model = pool_get(model_);
    const auto table = model.attr("_table").cast<std::string>();
    const std::size_t rows = columns_.empty() ? 0 : py::len(object_of(columns_.front()));
    if (rows == 0) return {};
    std::vector<Column> columns = prepared(model, fields_, columns_, 0);
    add_defaults(model, rows, columns);
    require_all(model, columns);

    const py::object cursor = current_transaction().attr("connection").attr("cursor")();
    std::string names, types, marks;
    for (const Column& column : columns) {
        names += quoted(column.name) + ", ";
        types += ", %s::" + column.type + "[]";
        marks += "?, ";
    }
    Ids ids;
    if (engine() == Engine::postgresql) {
        cursor.attr("execute")("select nextval(%s) from generate_series(1, %s)", py::make_tuple(table + "_id_seq", rows));
        py::list taken;
        for (const py::handle row : cursor.attr("fetchall")()) {
            const py::object id = row[py::int_(0)];
            taken.append(id);
            ids.push_back(id.cast<Id>());
        }
        py::list parameters;
        parameters.append(user());
        parameters.append(taken);
        for (const Column& column : columns) parameters.append(column.cells);
        cursor.attr("execute")("insert into " + quoted(table) + " (create_uid, create_date, id, " +
                                   names.substr(0, names.size() - 2) +
                                   ") select %s, current_timestamp, v.* from unnest(%s::bigint[]" + types + ") as v",
                               py::tuple(parameters));
    } else {
        // The write lock is taken before the highest id is read: nobody else can come between.
        cursor.attr("execute")("update " + quoted(table) + " set id = id where id is null");
        cursor.attr("execute")("select coalesce(max(seq), 0) from sqlite_sequence where name = ?", py::make_tuple(table));
        const Id last = cursor.attr("fetchone")()[py::int_(0)].cast<Id>();
        const auto by = user();
        for (std::size_t row = 0; row < rows; ++row) ids.push_back(last + 1 + static_cast<Id>(row));
        columns.insert(columns.begin(), {"id", "INTEGER", to_python(ids)});
        cursor.attr("executemany")("insert into " + quoted(table) + " (id, " + names +
                                       "create_uid, create_date) values (?, " + marks +
                                       (by.is_none() ? "null" : py::str(by).cast<std::string>()) + ", now())",
                                   rows_of(columns));
    }
    if (model.attr("_history").cast<bool>()) model.attr("_insert_history")(to_python(ids));
    return ids;
}

std::int64_t Batch::update(std::string_view only_if) {
    const std::string condition = only_if.empty() ? std::string{} : " and (" + std::string{only_if} + ')';
    const py::object model = pool_get(model_);
    const auto table = model.attr("_table").cast<std::string>();
    const py::list ids = object_of(columns_.front());
    if (ids.empty()) return 0;
    std::vector<Column> columns = prepared(model, fields_, columns_, 1);

    const py::object cursor = current_transaction().attr("connection").attr("cursor")();
    std::string names, sets, marks, types;
    for (const Column& column : columns) {
        names += ", " + quoted(column.name);
        sets += quoted(column.name) + " = v." + quoted(column.name) + ", ";
        marks += quoted(column.name) + " = ?, ";
        types += ", %s::" + column.type + "[]";
    }
    const py::object by = user();
    if (engine() == Engine::postgresql) {
        py::list parameters;
        parameters.append(by);
        parameters.append(ids);
        for (const Column& column : columns) parameters.append(column.cells);
        cursor.attr("execute")("update " + quoted(table) + " t set " + sets +
                                   "write_uid = %s, write_date = current_timestamp from unnest(%s::bigint[]" + types +
                                   ") as v(id" + names + ") where t.id = v.id" + condition,
                               py::tuple(parameters));
    } else {
        columns.push_back({"id", "INTEGER", ids});
        cursor.attr("executemany")("update " + quoted(table) + " as t set " + marks + "write_uid = " +
                                       (by.is_none() ? "null" : py::str(by).cast<std::string>()) +
                                       ", write_date = now() where t.id = ?" + condition,
                                   rows_of(columns));
    }
    const auto changed = cursor.attr("rowcount").cast<std::int64_t>();
    Ids touched;
    for (const py::handle id : ids) touched.push_back(id.cast<Id>());
    forget_cached(model_, touched);
    if (model.attr("_history").cast<bool>()) model.attr("_insert_history")(ids);
    return changed;
}

}  // namespace detail

void forget_cached(std::string_view model, const Ids& ids) {
    const py::str name{std::string{model}};
    for (const py::handle cache : current_transaction().attr("cache").attr("values")()) {
        if (!cache.contains(name)) continue;
        const py::object records = cache[name];
        for (const Id id : ids) records.attr("pop")(id, py::none());
    }
}

}  // namespace tryton

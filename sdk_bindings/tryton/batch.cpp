#include "tryton/batch.hpp"

#include "tryton/inside/python.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace tryton {

using namespace detail;

namespace detail {

Batch::Batch(std::string_view model, std::span<const std::string_view> fields, bool with_ids)
    : model_{model}, fields_(fields.begin(), fields.end()) {
    const std::size_t columns = fields_.size() + (with_ids ? 1 : 0);
    for (std::size_t i = 0; i < columns; ++i) columns_.push_back(hold(py::list()));
}

void Batch::append(_object* python) {
    const Object cell = Object::steal(python);
    if (!python || PyList_Append(columns_[cells_++ % columns_.size()].get(), python) != 0)
        throw py::error_already_set{};
}

void Batch::put_null() {
    append(Py_NewRef(Py_None));
}
void Batch::put(std::int64_t cell) {
    append(PyLong_FromLongLong(cell));
}
void Batch::put(bool cell) {
    append(PyBool_FromLong(cell ? 1 : 0));
}
void Batch::put(double cell) {
    append(PyFloat_FromDouble(cell));
}
void Batch::put(std::string_view cell) {
    append(PyUnicode_DecodeUTF8(cell.data(), static_cast<Py_ssize_t>(cell.size()), "replace"));
}
void Batch::put(const Bytes& cell) {
    append(py::memoryview(py::bytes(cell.data)).release().ptr());
}
void Batch::put(const Date& cell) {
    append(to_python(Value{cell}).release().ptr());
}
void Batch::put(const DateTime& cell) {
    append(to_python(Value{cell}).release().ptr());
}
void Batch::put(const Value& cell) {
    if (const auto* bytes = std::get_if<Bytes>(&cell.store())) return put(*bytes);
    append(to_python(cell).release().ptr());
}

namespace {

struct Column {
    std::string name, type;
    py::object cells;
};

// A fraction with more digits than its field's would be shown as another one, and look edited when it is read
// back.
void round_to_digits(const py::object& field, const py::list& cells) {
    const py::object digits = py::getattr(field, "digits", py::none());
    if (!py::isinstance<py::tuple>(digits) || !py::isinstance<py::int_>(digits[py::int_(1)])) return;
    const py::object round = imported("builtins", "round");
    for (std::size_t row = 0; row < cells.size(); ++row)
        if (!cells[row].is_none()) cells[row] = round(cells[row], digits[py::int_(1)]);
}

// Checks what the host's own write checks, and brings cells into the field's form (DateTime has whole
// seconds).
std::vector<Column> prepared(const py::object& model, const std::vector<std::string>& fields,
                             const std::vector<Object>& cells, std::size_t first) {
    const py::dict known = model.attr("_fields");
    std::vector<Column> columns;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (!known.contains(fields[i])) throw WrongKind{"no such field: " + fields[i]};
        const py::object field = known[py::str(fields[i])];
        const py::object sql_type = field.attr("sql_type")();
        if (sql_type.is_none()) throw WrongKind{"not a stored field: " + fields[i]};
        // Its translations would go on showing the old text.
        if (first > 0 && py::getattr(field, "translate", py::bool_(false)).cast<bool>())
            throw WrongKind{"a translated field is not for bulk updates: " + fields[i]};
        const py::list list = object_of(cells[first + i]);
        const auto kind = field.attr("_type").cast<std::string>();
        if (kind == "datetime" || kind == "time" || kind == "numeric" || kind == "dict" ||
            kind == "multiselection") {
            for (std::size_t row = 0; row < list.size(); ++row)
                list[row] = field.attr("sql_format")(list[row]);
        }
        if (kind == "float") round_to_digits(field, list);
        if (field.attr("required").cast<bool>()) {
            const bool text = kind == "char" || kind == "text";
            for (const py::handle cell : list) {
                if (!cell.is_none() && !(text && py::len(cell) == 0)) continue;
                const py::object message = imported("trytond.i18n", "gettext")(
                    "ir.msg_required_validation_record", **py::dict(model.attr("__names__")(fields[i])));
                const py::object error =
                    imported("trytond.model.exceptions", "RequiredValidationError")(message);
                raise(error);
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
        const bool given =
            std::any_of(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
        if (given || sql_type.is_none() || name == "create_uid" || name == "create_date") continue;
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

std::string quoted(const std::string& name) {
    return '"' + name + '"';
}

// The columns as rows, one at a time: no second copy of them all.
py::object rows_of(const std::vector<Column>& columns) {
    py::list all;
    for (const Column& column : columns) all.append(column.cells);
    return imported("builtins", "zip")(*py::tuple(all));
}

// A column, or the ids, as one parameter for PostgreSQL.
py::object array_of(const py::list& cells) {
    if (const auto literal = array_literal(cells)) return py::str(*literal);
    return cells;
}

// A violated index of ours ends as its sentence, as it does in the host's own create and write.
void run(const py::object& cursor, const char* how, const std::string& sql, const py::object& parameters) {
    try {
        cursor.attr(how)(sql, parameters);
    } catch (const py::error_already_set& error) {
        if (error.matches(imported("trytond.backend", "DatabaseIntegrityError")))
            explain_integrity_error(error.value());
        throw;
    }
}

// SQLite: nobody else comes between what is read after this and what is written.
void take_write_lock(const py::object& cursor, const std::string& table) {
    cursor.attr("execute")("update " + quoted(table) + " set id = id where id is null");
}

py::object user() {
    return current_transaction().attr("user");
}
std::string by_text(const py::object& by) {
    return by.is_none() ? "null" : py::str(by).cast<std::string>();
}

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
        cursor.attr("execute")("select nextval(%s) from generate_series(1, %s)",
                               py::make_tuple(table + "_id_seq", rows));
        py::list taken;
        for (const py::handle row : cursor.attr("fetchall")()) {
            const py::object id = row[py::int_(0)];
            taken.append(id);
            ids.push_back(id.cast<Id>());
        }
        py::list parameters;
        parameters.append(user());
        parameters.append(array_of(taken));
        for (const Column& column : columns) parameters.append(array_of(column.cells));
        run(cursor, "execute",
            "insert into " + quoted(table) + " (create_uid, create_date, id, " +
                names.substr(0, names.size() - 2) +
                ") select %s, current_timestamp, v.* from unnest(%s::bigint[]" + types + ") as v",
            py::tuple(parameters));
    } else {
        take_write_lock(cursor, table);
        cursor.attr("execute")("select coalesce(max(seq), 0) from sqlite_sequence where name = ?",
                               py::make_tuple(table));
        const Id last = cursor.attr("fetchone")()[py::int_(0)].cast<Id>();
        for (std::size_t row = 0; row < rows; ++row) ids.push_back(last + 1 + static_cast<Id>(row));
        columns.insert(columns.begin(), {"id", "INTEGER", to_python(ids)});
        run(cursor, "executemany",
            "insert into " + quoted(table) + " (id, " + names + "create_uid, create_date) values (?, " +
                marks + by_text(user()) + ", now())",
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
    const py::object by = user();
    std::string names, sets, marks, types;
    for (const Column& column : columns) {
        names += ", " + quoted(column.name);
        sets += quoted(column.name) + " = v." + quoted(column.name) + ", ";
        marks += quoted(column.name) + " = ?, ";
        types += ", %s::" + column.type + "[]";
    }
    Ids changed;
    if (engine() == Engine::postgresql) {
        py::list parameters;
        parameters.append(by);
        const py::object all = array_of(ids);
        parameters.append(all);
        for (const Column& column : columns) parameters.append(array_of(column.cells));
        // Of few rows the ids are said twice: of a table that has just grown and is not counted yet
        // PostgreSQL would else read all of it for each batch.
        constexpr std::size_t few = 2000;
        std::string among;
        if (ids.size() <= few) {
            among = " and t.id = any(%s::bigint[])";
            parameters.append(all);
        }
        run(cursor, "execute",
            "update " + quoted(table) + " t set " + sets +
                "write_uid = %s, write_date = current_timestamp from unnest(%s::bigint[]" + types +
                ") as v(id" + names + ") where t.id = v.id" + among + condition + " returning t.id",
            py::tuple(parameters));
        for (const py::handle row : cursor.attr("fetchall")()) changed.push_back(row[py::int_(0)].cast<Id>());
    } else {
        take_write_lock(cursor, table);
        for (const auto& [id] : Rows<Id>{
                 "select t.id from " + quoted(table) + " t where t.id in {}" + condition, from_python(ids)})
            changed.push_back(id);
        columns.push_back({"id", "INTEGER", ids});
        run(cursor, "executemany",
            "update " + quoted(table) + " as t set " + marks + "write_uid = " + by_text(by) +
                ", write_date = now() where t.id = ?" + condition,
            rows_of(columns));
    }
    forget_cached(model_, changed);
    if (model.attr("_history").cast<bool>()) model.attr("_insert_history")(to_python(changed));
    return static_cast<std::int64_t>(changed.size());
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

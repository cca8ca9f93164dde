#include "tryton/cursor.hpp"

#include "tryton/inside/python.hpp"
#include "tryton/transaction.hpp"

#include <charconv>

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
    return sys_days{date} + hours{part(11, 2)} + minutes{part(14, 2)} + seconds{part(17, 2)} +
           microseconds{fraction};
}

// Makes "... in {}" of what was written so far and a list, which goes out as one parameter that the engine
// unfolds: a thousand ids make neither a thousand parameters nor a new statement for each length.
void unfold(std::string& out, const Value& list, bool postgresql, py::list& bound) {
    if (!postgresql) {
        out += "(select value from json_each(?))";
        bound.append(imported("json", "dumps")(to_python(list)));
        return;
    }
    while (out.ends_with(' ')) out.pop_back();
    bool compared = true;
    if (out.ends_with(" not in"))
        out.replace(out.size() - 6, 6, "<> all(");
    else if (out.ends_with(" in"))
        out.replace(out.size() - 2, 2, "= any(");
    else
        compared = false, out += '(';
    // A literal gets the type of what it is compared with, also when it is empty.
    const auto literal = compared ? array_literal(list.as<List>()) : std::nullopt;
    if (literal)
        bound.append(py::str(*literal));
    else if (list.truth())
        bound.append(to_python(list));
    out += literal || list.truth() ? "%s)" : "'{}')";
}

// The statement in the engine's own parameter style.
py::tuple bind(std::string& sql, const List& parameters) {
    const bool postgresql = engine() == Engine::postgresql;
    std::string out;
    py::list bound;
    std::size_t next = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (sql[i] == '{' && i + 1 < sql.size() && sql[i + 1] == '}') {
            const Value& value = parameters.at(next++);
            ++i;
            if (value.holds<List>()) {
                unfold(out, value, postgresql, bound);
            } else {
                out += postgresql ? "%s" : "?";
                bound.append(value.holds<Bytes>() ? py::memoryview(to_python(value)) : to_python(value));
            }
        } else {
            out += sql[i];
            if (postgresql && sql[i] == '%') out += '%';
        }
    }
    if (next != parameters.size())
        throw WrongKind{"a statement has other place holders than parameters: " + sql};
    sql = std::move(out);
    return py::tuple(bound);
}

}  // namespace

namespace detail {

bool Cell::is_null() const {
    return python_ == Py_None;
}

// PostgreSQL's sums and averages are decimals, whatever they are of.
void Cell::read(std::int64_t& out) const {
    if (PyNumber_Check(python_) && !PyFloat_Check(python_)) {
        const auto whole = py::reinterpret_steal<py::object>(PyNumber_Long(python_));
        out = whole ? PyLong_AsLongLong(whole.ptr()) : -1;
        if (PyErr_Occurred()) throw py::error_already_set{};
    } else {
        out = from_python(python_).as<std::int64_t>();
    }
}

void Cell::read(int& out) const {
    std::int64_t wide = 0;
    read(wide);
    out = static_cast<int>(wide);
}

// SQLite has 0 and 1; a column that was added later is null in older rows.
void Cell::read(bool& out) const {
    out = PyObject_IsTrue(python_) == 1;
}

void Cell::read(double& out) const {
    if (!PyNumber_Check(python_)) return void(out = from_python(python_).as<double>());
    out = PyFloat_AsDouble(python_);
    if (PyErr_Occurred()) throw py::error_already_set{};
}

void Cell::read(std::string& out) const {
    Py_ssize_t size = 0;
    const char* text = PyUnicode_Check(python_) ? PyUnicode_AsUTF8AndSize(python_, &size) : nullptr;
    if (text)
        out.assign(text, static_cast<std::size_t>(size));
    else
        out = from_python(python_).as<std::string>();
}

void Cell::read(Bytes& out) const {
    // The two drivers give different kinds: bytes, or a view of what the server sent.
    const py::buffer_info seen = py::reinterpret_borrow<py::buffer>(python_).request();
    out.data.assign(static_cast<const char*>(seen.ptr), static_cast<std::size_t>(seen.size * seen.itemsize));
}

void Cell::read(Date& out) const {
    const Value value = from_python(python_);
    if (const auto* date = std::get_if<Date>(&value.store()))
        out = *date;
    else if (const auto* time = std::get_if<DateTime>(&value.store()))
        out = std::chrono::floor<std::chrono::days>(*time);
    else
        out = std::chrono::floor<std::chrono::days>(parsed_time(value.as<std::string>()));
}

void Cell::read(DateTime& out) const {
    const Value value = from_python(python_);
    if (const auto* time = std::get_if<DateTime>(&value.store()))
        out = *time;
    else
        out = parsed_time(value.as<std::string>());
}

void Cell::read(Value& out) const {
    out = from_python(python_);
}

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

std::int64_t Cursor::affected() const {
    return object_of(cursor_).attr("rowcount").cast<std::int64_t>();
}

}  // namespace detail

}  // namespace tryton

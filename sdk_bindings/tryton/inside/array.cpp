// PostgreSQL's own notation of a list, made here: its driver asks Python anew how to write each single cell,
// and the server reads the list back as an expression for each.
#include "tryton/inside/python.hpp"

#include <datetime.h>

#include <charconv>
#include <cstdio>

namespace tryton::detail {

namespace {

constexpr const char* null = "NULL";

void add_number(std::string& text, std::int64_t number) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    text.append(digits, end);
}

bool add_number(std::string& text, PyObject* cell) {
    int overflow = 0;
    const long long number = PyLong_AsLongLongAndOverflow(cell, &overflow);
    if (overflow != 0) return false;
    add_number(text, number);
    return true;
}

// Between quotes anything is a letter, but for the quote and the backslash.
bool add_text(std::string& text, PyObject* cell) {
    Py_ssize_t size = 0;
    const char* const utf8 = PyUnicode_AsUTF8AndSize(cell, &size);
    if (!utf8) throw py::error_already_set{};
    text += '"';
    for (const char letter : std::string_view{utf8, static_cast<std::size_t>(size)}) {
        if (letter == '"' || letter == '\\') text += '\\';
        text += letter;
    }
    text += '"';
    return true;
}

// Without a zone, as the host keeps them.
bool add_moment(std::string& text, PyObject* cell) {
    if (PyDateTime_DATE_GET_TZINFO(cell) != Py_None) return false;
    char written[64];
    std::snprintf(written, sizeof written, "\"%04d-%02d-%02d %02d:%02d:%02d.%06d\"",
                  PyDateTime_GET_YEAR(cell), PyDateTime_GET_MONTH(cell), PyDateTime_GET_DAY(cell),
                  PyDateTime_DATE_GET_HOUR(cell), PyDateTime_DATE_GET_MINUTE(cell),
                  PyDateTime_DATE_GET_SECOND(cell), PyDateTime_DATE_GET_MICROSECOND(cell));
    text += written;
    return true;
}

using Add = bool (*)(std::string&, PyObject*);

// How cells of this kind are written; nothing for kinds that are left to the driver.
Add writer_of(PyObject* cell) {
    if (PyLong_CheckExact(cell)) return static_cast<Add>(add_number);
    if (PyUnicode_CheckExact(cell)) return add_text;
    if (PyDateTime_CheckExact(cell)) return add_moment;
    return nullptr;
}

}  // namespace

std::optional<std::string> array_literal(const py::list& cells) {
    if (!PyDateTimeAPI) PyDateTime_IMPORT;
    std::string text = "{";
    Add add = nullptr;
    for (const py::handle cell : cells) {
        if (text.size() > 1) text += ',';
        if (cell.is_none()) {
            text += null;
            continue;
        }
        const Add own = writer_of(cell.ptr());
        if (!own || (add && own != add)) return std::nullopt;
        add = own;
        if (!add(text, cell.ptr())) return std::nullopt;
    }
    return text + '}';
}

std::optional<std::string> array_literal(const List& ids) {
    std::string text = "{";
    for (const Value& id : ids) {
        const auto* const number = std::get_if<std::int64_t>(&id.store());
        // A number that the column could not hold would be an error instead of one that is not found.
        if (!number || *number != static_cast<std::int32_t>(*number)) return std::nullopt;
        if (text.size() > 1) text += ',';
        add_number(text, *number);
    }
    return text + '}';
}

}  // namespace tryton::detail

// Inside of the SDK only: Python as its .cpp files see it. Nothing outside sdk_bindings/tryton includes this.
#pragma once

#include "tryton/error.hpp"
#include "tryton/value.hpp"

#include <pybind11/pybind11.h>
#include <functional>
#include <optional>
#include <string>

namespace tryton::detail {

namespace py = pybind11;

// [gil-held] Both directions. Tuples and lists come as List, records as their id, unknown objects as Object;
// a Dict with
// "__class__" goes out as the PYSON condition that it notates.
py::object to_python(const Value& value);
Value from_python(py::handle object);
py::list to_python(const Ids& ids);
Ids ids_of(py::handle records);  // of a sequence of records
py::dict keywords(const Dict& dict);

// [gil-held] PostgreSQL's literal of an array. Of cells that are all whole numbers, all texts or all moments,
// or empty; and of ids. Nothing where the driver should write the list in its own way.
std::optional<std::string> array_literal(const py::list& cells);
std::optional<std::string> array_literal(const List& ids);

inline py::object object_of(const Object& object) {
    return py::reinterpret_borrow<py::object>(object.get());
}
inline Object hold(const py::object& object) {
    return Object::borrow(object.ptr());
}

py::object imported(const char* module, const char* name);
py::object pool_get(const std::string& name, const char* type = "model");
py::object current_transaction();

// The module being served: set once, before anything is registered.
const std::string& module_name();
void set_module_name(const std::string& name);
std::string full_message_id(const std::string& message);

// The one guard between C++ and the host: every callback of ours runs inside it. The host's exceptions pass
// untouched; UserError becomes the host's; anything else becomes a sentence, and a line in the log.
py::object guarded(const std::function<py::object()>& call);

[[noreturn]] void raise(const py::object& exception);

// The few functions that must be real Python ones (decorators, signature checks, super()): see shims.cpp.
py::object shim(const char* name);
// A native function for a shim to call; guarded.
py::object native(std::function<py::object(const py::args&)> function);

// Unique indexes of the module's models, told once while the classes are built.
struct IndexMessage {
    std::string table, index, message;
    std::vector<std::string> columns;
};
void know_index(IndexMessage index);
// Raises the sentence of the index that `error` is about; returns when it is about something else.
void explain_integrity_error(py::handle error);

}  // namespace tryton::detail

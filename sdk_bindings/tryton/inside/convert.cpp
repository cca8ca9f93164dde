#include "tryton/inside/python.hpp"

#include <datetime.h>

namespace tryton::detail {
namespace {

void need_datetime() {
    if (!PyDateTimeAPI) PyDateTime_IMPORT;
    if (!PyDateTimeAPI) throw py::error_already_set{};
}

py::object owned(PyObject* object) {
    if (!object) throw py::error_already_set{};
    return py::reinterpret_steal<py::object>(object);
}

py::object made_of(const Date& date) {
    need_datetime();
    return owned(PyDate_FromDate(static_cast<int>(date.year()),
                                 static_cast<int>(static_cast<unsigned>(date.month())),
                                 static_cast<int>(static_cast<unsigned>(date.day()))));
}

py::object made_of(const DateTime& time) {
    using namespace std::chrono;
    need_datetime();
    const auto day = floor<days>(time);
    const year_month_day date{day};
    const hh_mm_ss clock{time - day};
    return owned(PyDateTime_FromDateAndTime(
        static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
        static_cast<int>(static_cast<unsigned>(date.day())), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count())));
}

Date date_of(PyObject* object) {
    using namespace std::chrono;
    return year{PyDateTime_GET_YEAR(object)} / PyDateTime_GET_MONTH(object) / PyDateTime_GET_DAY(object);
}

// A tree with "__class__" is a condition: built with the host's own class of that name.
py::object condition(const Dict& dict, const std::string& kind) {
    const py::object make = imported("trytond.pyson", kind.c_str());
    py::dict named;
    py::tuple operands;
    for (const auto& [key, value] : dict) {
        if (key == "__class__") continue;
        if (key == "s")
            operands = py::tuple(to_python(value));
        else
            named[py::str(key)] = to_python(value);
    }
    return make(*operands, **named);
}

bool is_record(py::handle object) {
    static const PyTypeObject* const model = [] {
        // Kept for the life of the process: the class outlives every record.
        return reinterpret_cast<PyTypeObject*>(imported("trytond.model", "Model").release().ptr());
    }();
    return PyObject_TypeCheck(object.ptr(), const_cast<PyTypeObject*>(model)) != 0;
}

}  // namespace

py::object to_python(const Value& value) {
    return std::visit(
        [](const auto& held) -> py::object {
            using T = std::decay_t<decltype(held)>;
            if constexpr (std::same_as<T, std::monostate>)
                return py::none();
            else if constexpr (std::same_as<T, bool>)
                return py::bool_(held);
            else if constexpr (std::same_as<T, std::int64_t>)
                return py::int_(held);
            else if constexpr (std::same_as<T, double>)
                return py::float_(held);
            else if constexpr (std::same_as<T, std::string>) {
                // Bytes that are not UTF-8 must not end a request: they show as replacement characters.
                return owned(
                    PyUnicode_DecodeUTF8(held.data(), static_cast<Py_ssize_t>(held.size()), "replace"));
            } else if constexpr (std::same_as<T, Bytes>)
                return py::bytes(held.data);
            else if constexpr (std::same_as<T, Date> || std::same_as<T, DateTime>)
                return made_of(held);
            else if constexpr (std::same_as<T, List>) {
                py::list list(held.size());
                for (std::size_t i = 0; i < held.size(); ++i) list[i] = to_python(held[i]);
                return list;
            } else if constexpr (std::same_as<T, Dict>) {
                if (const auto kind = held.find("__class__"); kind != held.end())
                    return condition(held, kind->second.template as<std::string>());
                py::dict dict;
                for (const auto& [key, each] : held) dict[py::str(key)] = to_python(each);
                return dict;
            } else
                return object_of(held);
        },
        value.store());
}

py::list to_python(const Ids& ids) {
    py::list list(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) list[i] = py::int_(ids[i]);
    return list;
}

Value from_python(py::handle object) {
    need_datetime();
    PyObject* const raw = object.ptr();
    if (object.is_none()) return {};
    if (PyBool_Check(raw)) return Value{raw == Py_True};
    if (PyLong_Check(raw)) return Value{object.cast<std::int64_t>()};
    if (PyFloat_Check(raw)) return Value{PyFloat_AS_DOUBLE(raw)};
    if (PyUnicode_Check(raw)) {
        Py_ssize_t size = 0;
        if (const char* text = PyUnicode_AsUTF8AndSize(raw, &size))
            return Value{std::string{text, static_cast<std::size_t>(size)}};
        PyErr_Clear();  // a lone surrogate: keep what can be kept
        const py::object bytes = owned(PyUnicode_AsEncodedString(raw, "utf-8", "replace"));
        return Value{bytes.cast<std::string>()};
    }
    if (PyBytes_Check(raw)) return Value{Bytes{object.cast<std::string>()}};
    if (PyByteArray_Check(raw))
        return Value{
            Bytes{{PyByteArray_AS_STRING(raw), static_cast<std::size_t>(PyByteArray_GET_SIZE(raw))}}};
    if (PyMemoryView_Check(raw)) return from_python(py::bytes(py::object{object.attr("tobytes")()}));
    if (PyDateTime_Check(raw)) {
        using namespace std::chrono;
        return Value{DateTime{sys_days{date_of(raw)} + hours{PyDateTime_DATE_GET_HOUR(raw)} +
                              minutes{PyDateTime_DATE_GET_MINUTE(raw)} +
                              seconds{PyDateTime_DATE_GET_SECOND(raw)} +
                              microseconds{PyDateTime_DATE_GET_MICROSECOND(raw)}}};
    }
    if (PyDate_Check(raw)) return Value{date_of(raw)};
    if (PyTime_Check(raw)) return Value{py::str(object.attr("isoformat")()).cast<std::string>()};
    if (PyList_Check(raw) || PyTuple_Check(raw)) {
        List list;
        for (const py::handle each : object) list.push_back(from_python(each));
        return Value{std::move(list)};
    }
    if (PyDict_Check(raw)) {
        Dict dict;
        for (const auto& [key, each] : py::reinterpret_borrow<py::dict>(object))
            dict.emplace(py::str(key).cast<std::string>(), from_python(each));
        return Value{std::move(dict)};
    }
    if (is_record(object)) {
        const py::object id = object.attr("id");
        return id.is_none() ? Value{} : Value{id.cast<std::int64_t>()};
    }
    return Value{Object::borrow(raw)};
}

Ids ids_of(py::handle records) {
    Ids ids;
    for (const py::handle record : records) ids.push_back(record.attr("id").cast<Id>());
    return ids;
}

py::dict keywords(const Dict& dict) {
    py::dict out;
    for (const auto& [key, value] : dict) out[py::str(key)] = to_python(value);
    return out;
}

py::object imported(const char* module, const char* name) {
    return py::module_::import(module).attr(name);
}

py::object pool_get(const std::string& name, const char* type) {
    return imported("trytond.pool", "Pool")().attr("get")(name, py::arg("type") = type);
}

py::object current_transaction() {
    return imported("trytond.transaction", "Transaction")();
}

}  // namespace tryton::detail

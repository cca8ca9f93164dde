#include "tryton/error.hpp"

#include "tryton/inside/python.hpp"

namespace tryton {
namespace detail {

void raise(const py::object& exception) {
    PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(exception.ptr())), exception.ptr());
    throw py::error_already_set{};
}

namespace {

// Written once by set_module_name while the extension is made, before any thread of ours exists.
std::string& served_module() {
    static std::string name;
    return name;
}

std::vector<IndexMessage>& known_indexes() {
    static std::vector<IndexMessage> indexes;
    return indexes;
}

py::object gettext(const std::string& message, const Dict& variables) {
    return imported("trytond.i18n", "gettext")(full_message_id(message), **keywords(variables));
}

[[noreturn]] void raise_user_error(const std::string& message, const Dict& variables) {
    raise(imported("trytond.exceptions", "UserError")(gettext(message, variables)));
}

}  // namespace

const std::string& module_name() {
    return served_module();
}
void set_module_name(const std::string& name) {
    served_module() = name;
}

std::string full_message_id(const std::string& message) {
    return message.find('.') == std::string::npos ? module_name() + '.' + message : message;
}

py::object guarded(const std::function<py::object()>& call) {
    try {
        return call();
    } catch (const UserError& error) {
        raise_user_error(error.message(), error.variables());
    } catch (const py::error_already_set&) {
        throw;  // the host's own: its retry and its clients depend on getting it as it was
    } catch (const std::exception& error) {
        log(Level::error, error.what());
        raise_user_error("msg_internal_error", {{"error", error.what()}});
    }
}

py::object native(std::function<py::object(const py::args&)> function) {
    return py::cpp_function([function = std::move(function)](const py::args& arguments) {
        return guarded([&] { return function(arguments); });
    });
}

void know_index(IndexMessage index) {
    known_indexes().push_back(std::move(index));
}

void explain_integrity_error(py::handle error) {
    const auto text = py::str(error).cast<std::string>();
    for (const IndexMessage& index : known_indexes()) {
        std::string columns;  // as SQLite names them: "table.a, table.b"
        for (const std::string& column : index.columns)
            columns += (columns.empty() ? "" : ", ") + index.table + '.' + column;
        if (text.find(index.index) == std::string::npos && !text.ends_with("failed: " + columns)) continue;
        // The failed transaction answers no more questions: the sentence is looked up in another.
        const Object other = hold(current_transaction().attr("new_transaction")());
        py::object sentence;
        try {
            sentence = gettext(index.message, {});
        } catch (...) {
            object_of(other).attr("stop")();
            throw;
        }
        object_of(other).attr("stop")();
        raise(imported("trytond.exceptions", "UserError")(sentence));
    }
}

}  // namespace detail

void warn(const std::string& key, const std::string& message, const Dict& variables) {
    const auto warning = detail::pool_get("res.user.warning");
    if (warning.attr("check")(key).cast<bool>())
        detail::raise(
            detail::imported("trytond.exceptions", "UserWarning")(key, detail::gettext(message, variables)));
}

std::string translated(const std::string& message, const Dict& variables) {
    return detail::py::str(detail::gettext(message, variables)).cast<std::string>();
}

void log(Level level, const std::string& line) {
    constexpr const char* names[] = {"debug", "info", "warning", "error"};
    const auto logger = detail::imported("logging", "getLogger")("trytond.modules." + detail::module_name());
    logger.attr(names[static_cast<int>(level)])("%s", detail::to_python(Value{line}));
}

}  // namespace tryton

// Wizards, reports, scheduled jobs and routes as the host's classes and functions.
#include "tryton/inside/builder.hpp"

namespace tryton {

using namespace detail;

py::object Builder::build(const Wizard& wizard) {
    py::list held;
    py::dict body;
    body["__name__"] = wizard.name_;
    body["__no_slots__"] = true;
    if (!wizard.start_.empty()) body["start_state"] = wizard.start_;
    const py::module_ host = py::module_::import("trytond.wizard");
    for (const Wizard::State& state : wizard.states_) {
        if (state.kind == Wizard::State::form) {
            py::list buttons;
            for (const WizardButton& button : state.buttons)
                buttons.append(host.attr("Button")(button.label, button.next, button.icon,
                                                   py::arg("default") = button.is_default));
            body[py::str(state.name)] = host.attr("StateView")(state.model, state.view, buttons);
            if (state.fill) {
                body[py::str("default_" + state.name)] =
                    shim("defaults")(native([fill = state.fill](const py::args& a) {
                        Session session{Object::borrow(py::object{a[0]}.ptr())};
                        return to_python(Value{fill(session)});
                    }));
            }
        } else if (state.kind == Wizard::State::step) {
            body[py::str(state.name)] = host.attr("StateTransition")();
            body[py::str("transition_" + state.name)] =
                shim("step")(native([run = state.run](const py::args& a) {
                    Session session{Object::borrow(py::object{a[0]}.ptr())};
                    return to_python(Value{run(session)});
                }));
        } else {
            body[py::str(state.name)] = host.attr("StateAction")(state.action_id);
            body[py::str("transition_" + state.name)] =
                shim("step")(native([next = state.next](const py::args&) { return to_python(Value{next}); }));
            body[py::str("do_" + state.name)] =
                shim("action")(native([refine = state.refine](const py::args& a) {
                    Session session{Object::borrow(py::object{a[0]}.ptr())};
                    Dict action = from_python(a[1]).as<Dict>();
                    const Dict data = refine ? refine(session, action) : Dict{};
                    return py::object{py::make_tuple(to_python(Value{action}), to_python(Value{data}))};
                }));
        }
    }
    for (const Wizard::Method& method : wizard.methods_)
        body[py::str(method.name)] = shim("override")(
            held, native([call = method.call](const py::args& a) {
                Session session{Object::borrow(py::object{a[0]}.ptr())};
                const Inherited inherited = [&] { return from_python(a[2](*py::tuple(a[1]))); };
                return to_python(call(session, from_python(a[1]).as<List>(), inherited));
            }),
            method.name);
    const py::object base =
        wizard.extension_ ? imported("trytond.pool", "PoolBase") : py::object{host.attr("Wizard")};
    const py::object type = imported("trytond.pool", "PoolMeta")(wizard.name_, py::make_tuple(base), body);
    held.append(type);
    return type;
}

py::object Builder::build(const Report& report) {
    py::list held;
    py::dict body;
    body["__name__"] = report.name;
    body["execute"] = shim("report")(
        held, native([make = report.make](const py::args& a) {
            Ids ids;
            for (const py::handle id : a[0]) ids.push_back(id.cast<Id>());
            const Document made = make(ids, from_python(a[1]).as<Dict>());
            return py::object{py::make_tuple(made.extension, py::bytes(made.bytes), false, made.title)};
        }),
        report.model);
    const py::object type = imported("trytond.pool", "PoolMeta")(
        report.name, py::make_tuple(imported("trytond.report", "Report")), body);
    held.append(type);
    return type;
}

py::object Builder::build_jobs(const std::vector<Job>& jobs) {
    py::list held, offered;
    for (const Job& job : jobs) offered.append(py::make_tuple(job.model + '|' + job.method, job.label));
    py::dict body;
    body["__name__"] = "ir.cron";
    body["__setup__"] = shim("cron")(held, offered);
    const py::object type = imported("trytond.pool", "PoolMeta")(
        "ir.cron", py::make_tuple(imported("trytond.pool", "PoolBase")), body);
    held.append(type);
    return type;
}

namespace {

std::map<std::string, std::string> texts(py::handle pairs) {
    std::map<std::string, std::string> out;
    for (const py::handle pair : pairs)
        out.insert_or_assign(py::str(pair[py::int_(0)]).cast<std::string>(),
                             py::str(pair[py::int_(1)]).cast<std::string>());
    return out;
}

Request request_of(const py::object& asked, const py::object& arguments, const Route& route, bool& too_long) {
    Request request;
    request.method = asked.attr("method").cast<std::string>();
    request.path = asked.attr("path").cast<std::string>();
    request.query =
        py::str(asked.attr("query_string").attr("decode")("utf-8", "replace")).cast<std::string>();
    request.remote_address = py::str(asked.attr("remote_addr")).cast<std::string>();
    request.arguments = texts(arguments.attr("items")());
    for (const auto& [name, value] : texts(asked.attr("headers"))) {
        std::string lower = name;
        for (char& c : lower)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        request.headers.insert_or_assign(lower, value);
    }
    const std::size_t max_body = route.max_body;
    const py::object length = asked.attr("content_length");
    too_long = !length.is_none() && length.cast<std::size_t>() > max_body;
    if (too_long || request.method == "GET" || request.method == "HEAD") return request;
    const auto type = py::str(asked.attr("mimetype")).cast<std::string>();
    if (type == "application/x-www-form-urlencoded" && !route.unread_forms) {
        request.form = texts(asked.attr("form").attr("items")(py::arg("multi") = true));
    } else {
        const py::bytes body = asked.attr("stream").attr("read")(max_body + 1);
        request.body = static_cast<std::string>(body);
        too_long = request.body.size() > max_body;
    }
    return request;
}

}  // namespace

void Builder::serve(const Route& route) {
    const py::object app = imported("trytond.wsgi", "app");
    const py::object make_response = imported("werkzeug.wrappers", "Response");
    const py::object answer = shim("route")(py::cpp_function(
        [route, make = hold(make_response)](const py::object& asked, const py::object& arguments) {
            bool too_long = false;
            Response response;
            try {
                const Request request = request_of(asked, arguments, route, too_long);
                if (too_long)
                    response = {413, "", "text/plain; charset=utf-8"};
                else
                    response = route.answer(request);
            } catch (const std::exception& error) {
                // The host's errors too: its answer to a client that accepts JSON would show their text.
                log(Level::error, error.what());
                response = {500, "", "text/plain; charset=utf-8"};
            }
            const py::object made = object_of(make)(py::bytes(response.body), response.status,
                                                    py::arg("content_type") = response.content_type);
            const auto set = [&](const auto& headers) {
                for (const auto& [name, value] : headers) made.attr("headers").attr("set")(name, value);
            };
            set(route.headers);
            set(response.headers);
            return made;
        }));
    py::list methods;
    for (const std::string& method : route.methods) methods.append(method);
    app.attr("route")(route.path, py::arg("methods") = methods)(answer);
}

}  // namespace tryton

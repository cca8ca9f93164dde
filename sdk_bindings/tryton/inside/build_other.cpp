// Wizards, reports and scheduled jobs as the host's classes.
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
    // The client asks twice where a button is clicked twice: a session that came to its end does nothing any
    // more.
    if (!wizard.extension_) {
        body["execute"] = shim("execute")(held);
        body["delete"] = shim("delete_once")(held);
    }
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

}  // namespace tryton

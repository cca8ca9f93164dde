// Wizards: a chain of forms and steps. Each step is one request of the client; the state between them is kept
// by the host in the session's records. A session that came to its end is gone: a second click, or a second request
// at the same moment, does nothing. Callbacks run with the GIL held and a transaction open.
#pragma once

#include "tryton/model.hpp"

namespace tryton {

// [gil-held] What a wizard's step can see: the records it was opened on and the forms filled in so far.
class Session {
public:
    explicit Session(Object wizard) : wizard_{std::move(wizard)} {}
    Record form(const std::string& state) const;  // fields may be set; they are kept for the next step
    Ids active_ids() const;
    std::string active_model() const;

private:
    Object wizard_;
};

struct WizardButton {
    std::string label, next;  // the state to go to; "end" closes
    std::string icon = {};
    bool is_default = false;
};

// What super() is in Python: calls the method that is overridden, with the very arguments that came.
using Inherited = std::function<Value()>;

// Stands for a method of a wizard: `arguments` are what the host passes besides the wizard itself.
using Override = std::function<Value(Session& session, const List& arguments, const Inherited& inherited)>;

class Wizard {
public:
    explicit Wizard(std::string name) : name_{std::move(name)} {}
    // More states, and other methods, for a wizard of another module, which `depends` has to name.
    static Wizard extending(std::string name);

    Wizard& start(const std::string& state);
    // A form; `view` is the XML id "module.view_id"; `fill` gives the values that it opens with.
    Wizard& form(const std::string& state, const std::string& model, const std::string& view,
                 std::vector<WizardButton> buttons, std::function<Dict(Session&)> fill = {});
    // A step without a form: gives the next state's name.
    Wizard& step(const std::string& state, std::function<std::string(Session&)> step);
    // Opens an action ("module.act_id"); `refine` may change the action's values (domain, title) and gives
    // the extra data ({"res_id": ...}); then goes to `next`.
    Wizard& action(const std::string& state, const std::string& action_id,
                   std::function<Dict(Session&, Dict& action)> refine = {}, const std::string& next = "end");
    // Overrides a method of the wizard that is extended, `transition_erase` say; the last module comes first.
    Wizard& overriding(const std::string& method, Override call);

private:
    friend class Builder;
    struct Method {
        std::string name;
        Override call;
    };
    struct State {
        enum Kind { form, step, action } kind;
        std::string name, model, view, action_id, next;
        std::vector<WizardButton> buttons;
        std::function<Dict(Session&)> fill;
        std::function<std::string(Session&)> run;
        std::function<Dict(Session&, Dict&)> refine;
    };
    std::string name_, start_ = "start";
    bool extension_ = false;
    std::vector<State> states_;
    std::vector<Method> methods_;
};

}  // namespace tryton

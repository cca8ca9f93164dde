#include "tryton/wizard.hpp"

#include "tryton/inside/python.hpp"
#include "tryton/transaction.hpp"

namespace tryton {

Wizard Wizard::extending(std::string name) {
    Wizard made{std::move(name)};
    made.extension_ = true;
    made.start_.clear();  // the wizard has one
    return made;
}

Wizard& Wizard::start(const std::string& state) {
    return start_ = state, *this;
}

Wizard& Wizard::form(const std::string& state, const std::string& model, const std::string& view,
                     std::vector<WizardButton> buttons, std::function<Dict(Session&)> fill) {
    State made{State::form, state, model, view, {}, {}, std::move(buttons), std::move(fill), {}, {}};
    states_.push_back(std::move(made));
    return *this;
}

Wizard& Wizard::step(const std::string& state, std::function<std::string(Session&)> step) {
    states_.push_back({State::step, state, {}, {}, {}, {}, {}, {}, std::move(step), {}});
    return *this;
}

Wizard& Wizard::action(const std::string& state, const std::string& action_id,
                       std::function<Dict(Session&, Dict&)> refine, const std::string& next) {
    states_.push_back({State::action, state, {}, {}, action_id, next, {}, {}, {}, std::move(refine)});
    return *this;
}

Wizard& Wizard::overriding(const std::string& method, Override call) {
    methods_.push_back({method, std::move(call)});
    return *this;
}

Record Session::form(const std::string& state) const {
    return Record{detail::hold(detail::object_of(wizard_).attr(state.c_str()))};
}

Ids Session::active_ids() const {
    const Dict keys = context();
    const auto many = keys.find("active_ids");
    if (many != keys.end() && many->second.truth()) return many->second.as<Ids>();
    const auto one = keys.find("active_id");
    if (one != keys.end() && !one->second.is_null()) return {one->second.as<Id>()};
    return {};
}

std::string Session::active_model() const {
    const Dict keys = context();
    const auto model = keys.find("active_model");
    return model == keys.end() || model->second.is_null() ? std::string{} : model->second.as<std::string>();
}

}  // namespace tryton

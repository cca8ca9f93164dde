#include "tryton/pyson.hpp"

namespace tryton {
namespace {

Value node(const char* kind, Dict parts) {
    parts.emplace("__class__", kind);
    return parts;
}

// The host refuses `And` over anything but booleans, and an empty field is no boolean.
Value boolean(const Pyson& condition) {
    if (condition.tree().holds<bool>()) return condition.tree();
    return node("Bool", {{"v", condition.tree()}});
}

}  // namespace

std::set<std::string> Pyson::fields() const {
    std::set<std::string> found;
    collect_fields(tree_, found);
    return found;
}

Pyson Pyson::is_empty() const {
    return !*this;
}
Pyson Pyson::is_set() const {
    return Pyson{boolean(*this)};
}
Pyson Pyson::in(List values) const {
    return Pyson{node("In", {{"k", tree_}, {"v", std::move(values)}})};
}

Pyson operator==(const Pyson& left, const Value& right) {
    return Pyson{node("Equal", {{"s1", left.tree_}, {"s2", right}})};
}
Pyson operator!=(const Pyson& left, const Value& right) {
    return !(left == right);
}
Pyson operator>(const Pyson& left, std::int64_t right) {
    return Pyson{node("Greater", {{"s1", left.tree_}, {"s2", right}})};
}
Pyson operator!(const Pyson& condition) {
    if (const auto* always = std::get_if<bool>(&condition.tree_.store())) return Pyson{!*always};
    return Pyson{node("Not", {{"v", boolean(condition)}})};
}
Pyson operator&&(const Pyson& left, const Pyson& right) {
    return Pyson{node("And", {{"s", List{boolean(left), boolean(right)}}})};
}
Pyson operator||(const Pyson& left, const Pyson& right) {
    return Pyson{node("Or", {{"s", List{boolean(left), boolean(right)}}})};
}

Pyson eval(std::string_view field, Value if_missing) {
    return Pyson{node("Eval", {{"v", field}, {"d", std::move(if_missing)}})};
}

void collect_fields(const Value& tree, std::set<std::string>& found) {
    if (const auto* list = std::get_if<List>(&tree.store())) {
        for (const Value& each : *list) collect_fields(each, found);
    } else if (const auto* dict = std::get_if<Dict>(&tree.store())) {
        const auto kind = dict->find("__class__");
        if (kind != dict->end() && kind->second == Value{"Eval"}) {
            auto name = dict->at("v").as<std::string>();
            if (name.starts_with("_parent_")) name = name.substr(8, name.find('.') - 8);
            // These come from the client's context, not from the record.
            if (name != "context" && name != "active_model" && name != "active_id" && name != "active_ids")
                found.insert(std::move(name));
        }
        for (const auto& [key, each] : *dict) collect_fields(each, found);
    }
}

}  // namespace tryton

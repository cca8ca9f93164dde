#include "tryton/field.hpp"

namespace tryton {
namespace {

Value choices_list(const Choices& choices) {
    List list;
    // The host wants no key, not an empty one, for "nothing chosen".
    for (const auto& [key, label] : choices) list.push_back(List{key.empty() ? Value{} : Value{key}, label});
    return list;
}

}  // namespace

Field& Field::option(const std::string& keyword, Value value) {
    options_.insert_or_assign(keyword, std::move(value));
    return *this;
}

Field& Field::required(const Pyson& when) {
    if (when.tree().holds<bool>()) return option("required", when.tree());
    states_.insert_or_assign("required", when.tree());
    depends_.merge(when.fields());
    return *this;
}

Field& Field::readonly(const Pyson& when) {
    if (when.tree().holds<bool>()) return option("readonly", when.tree());
    states_.insert_or_assign("readonly", when.tree());
    depends_.merge(when.fields());
    return *this;
}

Field& Field::invisible(const Pyson& when) {
    states_.insert_or_assign("invisible", when.tree());
    depends_.merge(when.fields());
    return *this;
}

Field& Field::domain(const List& domain) {
    collect_fields(domain, depends_);
    return option("domain", domain);
}

Field& Field::starts_as(const Value& value) {
    return starts_as([value] { return value; });
}

Field& Field::on_change(std::vector<std::string> depends, OnChange change) {
    on_change_depends_ = std::move(depends);
    on_change_ = std::move(change);
    return *this;
}

Field& Field::depends(const std::vector<std::string>& fields) {
    depends_.insert(fields.begin(), fields.end());
    return *this;
}

Field& Field::computed(Getter getter) {
    getter_ = std::move(getter);
    return *this;
}

Field& Field::searched_by(Searcher searcher) {
    searcher_ = std::move(searcher);
    return *this;
}

Field& Field::set_by(Setter setter) {
    setter_ = std::move(setter);
    return *this;
}

Binary& Binary::in_filestore(const std::string& field, const std::string& prefix) {
    option("file_id", field).option("store_prefix", prefix);
    return *this;
}

Selection::Selection(std::string name, std::string label, const Choices& choices)
    : Field{"Selection", std::move(name), std::move(label)} {
    option("selection", choices_list(choices)).option("sort", false);
}

MultiSelection::MultiSelection(std::string name, std::string label, const Choices& choices)
    : Field{"MultiSelection", std::move(name), std::move(label)} {
    option("selection", choices_list(choices)).option("sort", false);
}

Reference::Reference(std::string name, std::string label, const Choices& models)
    : Field{"Reference", std::move(name), std::move(label)} {
    option("selection", choices_list(models));
}

}  // namespace tryton

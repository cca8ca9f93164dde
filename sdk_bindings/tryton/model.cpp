#include "tryton/model.hpp"

namespace tryton {

Model Model::extending(std::string name) {
    Model model{std::move(name), ""};
    model.extension_ = true;
    return model;
}

Model& Model::stored() {
    return mixins_.push_back("ModelSQL"), *this;
}
Model& Model::shown() {
    return mixins_.push_back("ModelView"), *this;
}
Model& Model::singleton() {
    return mixins_.insert(mixins_.begin(), "ModelSingleton"), *this;
}
Model& Model::deactivable() {
    return mixins_.insert(mixins_.begin(), "DeactivableMixin"), *this;
}
Model& Model::with_history() {
    return history_ = true, *this;
}

Model& Model::ordered_by(const std::string& field, const std::string& direction) {
    order_.push_back(List{field, direction});
    return *this;
}

Model& Model::sorted_in_links_by(std::string field) {
    return order_name_ = std::move(field), *this;
}

Model& Model::named_by(const std::string& field) {
    return rec_name_ = field, *this;
}

Model& Model::named_by(Getter rec_name, std::vector<std::string> searched_fields) {
    rec_name_getter_ = std::move(rec_name);
    return searched_by(std::move(searched_fields));
}

Model& Model::searched_by(std::vector<std::string> fields) {
    return searched_ = std::move(fields), *this;
}
Model& Model::folding(std::function<std::string(const std::string&)> fold) {
    return fold_ = std::move(fold), *this;
}

Model& Model::field(Field field) {
    return fields_.push_back(std::move(field)), *this;
}

Model& Model::fields(
    std::vector<Field> fields,
    std::function<std::map<std::string, Values>(const Ids&, const std::vector<std::string>&)> getter) {
    Group group{{}, std::move(getter)};
    for (Field& each : fields) {
        group.fields.push_back(each.name());
        fields_.push_back(std::move(each));
    }
    groups_.push_back(std::move(group));
    return *this;
}

Model& Model::unique(std::vector<std::string> fields, std::string message, std::string where) {
    indexes_.push_back({std::move(fields), std::move(message), std::move(where), true});
    return *this;
}

Model& Model::index(std::vector<std::string> fields, std::string where) {
    indexes_.push_back({std::move(fields), {}, std::move(where), false});
    return *this;
}

Model& Model::button(const std::string& name, Action action, Button look) {
    buttons_.push_back({name, {}, std::move(action), std::move(look)});
    return *this;
}

Model& Model::workflow(const std::string& state_field,
                       std::vector<std::pair<std::string, std::string>> transitions) {
    mixins_.insert(mixins_.begin(), "Workflow");
    state_field_ = state_field;
    transitions_ = std::move(transitions);
    return *this;
}

Model& Model::transition(const std::string& name, const std::string& to_state, Action action, Button look) {
    buttons_.push_back({name, to_state, std::move(action), std::move(look)});
    return *this;
}

Model& Model::method(const std::string& name, std::function<Value(const List&)> method) {
    methods_.push_back({name, Method::plain, std::move(method), {}});
    return *this;
}

Model& Model::task(const std::string& name, std::function<void(const Ids&)> task) {
    methods_.push_back({name, Method::task, {}, std::move(task)});
    return *this;
}

Model& Model::remote(const std::string& name, std::function<Value(const List&)> method, bool readonly) {
    methods_.push_back(
        {name, readonly ? Method::remote_readonly : Method::remote_writing, std::move(method), {}});
    return *this;
}

Model& Model::before_create(std::function<void(std::vector<Dict>&)> hook) {
    return hooks_.create.push_back(std::move(hook)), *this;
}
Model& Model::before_write(std::function<void(const Ids&, Dict&)> hook) {
    return hooks_.write.push_back(std::move(hook)), *this;
}
Model& Model::after_save(std::function<void(const Ids&)> hook) {
    return hooks_.save.push_back(std::move(hook)), *this;
}
Model& Model::before_delete(std::function<void(const Ids&)> hook) {
    return hooks_.remove.push_back(std::move(hook)), *this;
}
Model& Model::before_copy(std::function<void(Dict&)> hook) {
    return hooks_.copy.push_back(std::move(hook)), *this;
}
Model& Model::validates(std::function<void(const Ids&)> check) {
    return hooks_.validate.push_back(std::move(check)), *this;
}
Model& Model::after_upgrade(std::function<void()> hook) {
    return hooks_.upgrade.push_back(std::move(hook)), *this;
}
Model& Model::from_query(std::function<std::string()> sql) {
    return query_ = std::move(sql), *this;
}

}  // namespace tryton

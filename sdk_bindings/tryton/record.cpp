#include "tryton/record.hpp"

#include "tryton/inside/python.hpp"
#include "tryton/rows.hpp"

namespace tryton {

using namespace detail;

Record::Record(const std::string& model, Id id) : object_{hold(pool_get(model)(id))} {}

Id Record::id() const {
    return from_python(object_of(object_).attr("id")).as<Id>();
}

Value Record::get(const std::string& field) const {
    // A field that an unsaved record was never given counts as empty.
    const py::object held = py::getattr(object_of(object_), field.c_str(), py::none());
    if (!py::hasattr(held, "__name__")) return from_python(held);
    const py::object type = object_of(object_).attr("_fields")[py::str(field)].attr("_type");
    return type.cast<std::string>() == "reference" ? from_python(py::str(held)) : from_python(held);
}

std::string Record::text(const std::string& field) const {
    const Value value = get(field);
    return value.is_null() ? std::string{} : value.as<std::string>();
}

Record Record::one(const std::string& field) const {
    return Record{hold(object_of(object_).attr(field.c_str()))};
}

std::vector<Record> Record::many(const std::string& field) const {
    std::vector<Record> records;
    const py::object related = py::getattr(object_of(object_), field.c_str(), py::none());
    if (related.is_none()) return records;
    for (const py::handle each : related) records.emplace_back(Object::borrow(each.ptr()));
    return records;
}

void Record::set(const std::string& field, const Value& value) {
    py::setattr(object_of(object_), field.c_str(), to_python(value));
}

Ids search(const std::string& model, const List& domain, const Window& window) {
    py::dict options;
    options["offset"] = window.offset;
    options["limit"] = to_python(Value{window.limit});
    options["order"] = window.order.empty() ? py::object{py::none()} : to_python(Value{window.order});
    return ids_of(pool_get(model).attr("search")(to_python(Value{domain}), **options));
}

std::int64_t count(const std::string& model, const List& domain) {
    return pool_get(model)
        .attr("search")(to_python(Value{domain}), py::arg("count") = true)
        .cast<std::int64_t>();
}

Records browse(const std::string& model, const Ids& ids) {
    Records records;
    for (const py::handle each : pool_get(model).attr("browse")(to_python(ids)))
        records.emplace_back(Object::borrow(each.ptr()));
    return records;
}

std::vector<Dict> read(const std::string& model, const Ids& ids, const std::vector<std::string>& fields) {
    py::list names;
    for (const std::string& field : fields) names.append(field);
    std::vector<Dict> rows;
    for (const py::handle row : pool_get(model).attr("read")(to_python(ids), names))
        rows.push_back(from_python(row).as<Dict>());
    return rows;
}

Ids create(const std::string& model, const std::vector<Dict>& rows) {
    py::list values;
    for (const Dict& row : rows) values.append(to_python(Value{row}));
    return ids_of(pool_get(model).attr("create")(values));
}

void write(const std::string& model, const Ids& ids, const Dict& values) {
    const py::object type = pool_get(model);
    type.attr("write")(py::list(type.attr("browse")(to_python(ids))), to_python(Value{values}));
}

void remove(const std::string& model, const Ids& ids) {
    const py::object type = pool_get(model);
    type.attr("delete")(py::list(type.attr("browse")(to_python(ids))));
}

Record unsaved(const std::string& model, const Dict& values) {
    return Record{hold(pool_get(model)(**keywords(values)))};
}

Value call(const std::string& model, const std::string& method, const List& arguments) {
    return from_python(pool_get(model).attr(method.c_str())(*py::tuple(to_python(Value{arguments}))));
}

Value call_on(const std::string& model, const std::string& method, const Ids& ids, const List& arguments) {
    const py::object type = pool_get(model);
    return from_python(type.attr(method.c_str())(py::list(type.attr("browse")(to_python(ids))),
                                                 *py::tuple(to_python(Value{arguments}))));
}

Object model_class(const std::string& model) {
    return hold(pool_get(model));
}

void enqueue(const std::string& model, const std::string& task, const Ids& ids) {
    const py::object type = pool_get(model);
    type.attr("__queue__").attr(task.c_str())(py::list(type.attr("browse")(to_python(ids))));
}

Id xml_id(const std::string& module, const std::string& name) {
    return pool_get("ir.model.data").attr("get_id")(module, name).cast<Id>();
}

// Of the plain kinds straight from its row: the host's record searches for that row and reads all its fields,
// whichever is asked for.
Value setting(const std::string& singleton, const std::string& field) {
    const py::object model = pool_get(singleton);
    const py::object its_field = model.attr("_fields")[py::str(field)];
    const auto kind = its_field.attr("_type").cast<std::string>();
    const bool plain = kind == "boolean" || kind == "integer" || kind == "char" || kind == "text";
    if (plain && !its_field.attr("sql_type")().is_none() &&
        !py::getattr(its_field, "translate", py::bool_(false)).cast<bool>()) {
        const auto table = model.attr("_table").cast<std::string>();
        const Rows<Value> found{"select \"" + field + "\" from \"" + table + "\" order by id limit 1"};
        if (!found.empty()) {
            const Value& value = std::get<0>(found.front());
            return kind == "boolean" && !value.is_null() ? Value{value.truth()} : value;
        }
    }
    return from_python(model(1).attr(field.c_str()));  // perhaps its default: nobody saved any yet
}

}  // namespace tryton

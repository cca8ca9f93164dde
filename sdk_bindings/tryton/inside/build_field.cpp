// Fields as the host's, with the functions that the host looks for by their names.
#include "tryton/inside/builder.hpp"

#include <algorithm>

namespace tryton {

using namespace detail;

py::dict detail::values_as_dict(const Ids& asked, const Values& values, bool many) {
    py::dict out;
    for (const Id id : asked) {
        const auto found = values.find(id);
        if (found != values.end())
            out[py::int_(id)] = to_python(found->second);
        else
            out[py::int_(id)] = many ? py::object{py::list()} : py::object{py::none()};
    }
    return out;
}

py::list detail::list_of(const std::set<std::string>& names) {
    py::list list;
    for (const std::string& name : names) list.append(name);
    return list;
}

namespace {

bool holds_many(const std::string& kind) {
    return kind == "One2Many" || kind == "Many2Many";
}

std::string group_getter_of(const std::string& first_field) {
    return "get_group_" + first_field;
}

}  // namespace

py::object Builder::plain(const Field& field) {
    py::dict options = keywords(field.options_);
    options["string"] = field.label_;
    if (!field.states_.empty()) options["states"] = to_python(Value{field.states_});
    if (options.contains("digits"))
        options["digits"] = py::tuple(options["digits"]);  // the host refuses a list
    std::set<std::string> depends = field.depends_;
    depends.erase(field.name_);
    depends.erase("id");
    if (!depends.empty()) options["depends"] = list_of(depends);
    py::object built = imported("trytond.model", "fields").attr(field.kind_.c_str())(**options);
    // The constructor takes no format, and people read no microseconds.
    if (field.kind_ == "Timestamp") built.attr("format") = "%H:%M:%S";
    return built;
}

// Around the plain field: its functions go into the class, their names into the host's Function.
py::object Builder::computed(const Field& field, const std::string& getter_name, Parts& parts) {
    py::dict how;
    how["getter"] = getter_name;
    if (field.searcher_) {
        how["searcher"] = "search_" + field.name_;
        parts.body[how["searcher"]] =
            shim("searcher")(native([searcher = field.searcher_](const py::args& a) {
                const py::object clause = a[0];
                return to_python(Value{
                    searcher(clause[py::int_(1)].cast<std::string>(), from_python(clause[py::int_(2)]))});
            }));
    }
    if (field.setter_) {
        how["setter"] = "set_" + field.name_;
        parts.body[how["setter"]] = shim("setter")(native([setter = field.setter_](const py::args& a) {
            setter(ids_of(a[0]), from_python(a[1]));
            return py::object{py::none()};
        }));
    }
    return imported("trytond.model", "fields").attr("Function")(plain(field), **how);
}

void Builder::add_field(const Field& field, const Model& model, Parts& parts) {
    std::string getter_name = field.getter_ ? "get_" + field.name_ : std::string{};
    for (const Model::Group& group : model.groups_)
        if (std::find(group.fields.begin(), group.fields.end(), field.name_) != group.fields.end())
            getter_name = group_getter_of(group.fields.front());
    parts.body[py::str(field.name_)] =
        getter_name.empty() ? plain(field) : computed(field, getter_name, parts);
    if (field.getter_) {
        parts.body[py::str(getter_name)] = shim("getter")(
            native([getter = field.getter_, many = holds_many(field.kind_)](const py::args& a) {
                const Ids ids = ids_of(a[0]);
                return py::object{values_as_dict(ids, getter(ids), many)};
            }));
    }
    if (field.start_) {
        parts.body[py::str("default_" + field.name_)] =
            shim("start")(native([start = field.start_](const py::args&) { return to_python(start()); }));
    }
    if (field.on_change_) {
        const py::object call = native([change = field.on_change_](const py::args& a) {
            Record record{hold(a[0])};
            change(record);
            return py::object{py::none()};
        });
        py::list names;
        for (const std::string& name : field.on_change_depends_) names.append(name);
        parts.body[py::str("on_change_" + field.name_)] = shim("on_change")(call, names);
    }
}

void Builder::add_groups(const Model& model, Parts& parts) {
    for (const Model::Group& group : model.groups_) {
        std::set<std::string> many;
        for (const Field& field : model.fields_)
            if (holds_many(field.kind_)) many.insert(field.name_);
        parts.body[py::str(group_getter_of(group.fields.front()))] =
            shim("group_getter")(native([getter = group.getter, many](const py::args& a) {
                const Ids ids = ids_of(a[0]);
                std::vector<std::string> names;
                for (const py::handle name : a[1]) names.push_back(name.cast<std::string>());
                const auto values = getter(ids, names);
                py::dict out;
                for (const std::string& name : names) {
                    const auto found = values.find(name);
                    out[py::str(name)] = values_as_dict(ids, found == values.end() ? Values{} : found->second,
                                                        many.contains(name));
                }
                return py::object{out};
            }));
    }
}

}  // namespace tryton

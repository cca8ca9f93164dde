// A model as the host's class: its buttons, hooks, names, indexes.
#include "tryton/inside/builder.hpp"

#include <algorithm>

namespace tryton {

using namespace detail;

namespace {

std::string table_of(const std::string& model) {
    std::string table = model;
    std::replace(table.begin(), table.end(), '.', '_');
    return table;
}

// PostgreSQL cuts names at 63 bytes; a long one keeps its beginning and a checksum, as does one over a part
// of the rows. None ends in _index: the host drops those that it does not know, at every update.
std::string name_of(const auto& index, const std::string& table) {
    std::string name = table;
    for (const std::string& field : index.fields) name += '_' + field;
    name += index.unique ? "_unique" : "_order";
    if (name.size() <= 63 && index.where.empty()) return name;
    std::uint32_t sum = 2166136261u;
    for (const char c : name + index.where) sum = (sum ^ static_cast<unsigned char>(c)) * 16777619u;
    return name.substr(0, 52) + '_' + std::to_string(sum);
}

}  // namespace

void Builder::add_actions(const Model& model, Parts& parts) {
    for (const Model::Pressed& pressed : model.buttons_) {
        const py::object call =
            native([action = pressed.action](const py::args& a) { return to_python(action(ids_of(a[0]))); });
        parts.body[py::str(pressed.name)] = pressed.to_state.empty()
                                                ? shim("button")(call, pressed.name)
                                                : shim("transition")(call, pressed.name, pressed.to_state);
        py::dict look;
        std::set<std::string> depends;
        const auto add = [&](const char* key, const Pyson& when) {
            if (when.tree() == Value{false}) return;
            look[key] = to_python(when.tree());
            depends.merge(when.fields());
        };
        add("invisible", pressed.look.invisible);
        add("readonly", pressed.look.readonly);
        look["depends"] = list_of(depends);
        parts.button_looks[py::str(pressed.name)] = look;
    }
    for (const Model::Method& method : model.methods_) {
        py::object call;
        if (method.kind == Model::Method::task) {
            call = native([work = method.work](const py::args& a) {
                work(ids_of(a[0]));
                return py::object{py::none()};
            });
        } else {
            call = native([run = method.call](const py::args& a) {
                return to_python(run(from_python(py::list(a)).as<List>()));
            });
        }
        parts.body[py::str(method.name)] = shim("method")(call, method.name);
        if (method.kind == Model::Method::remote_readonly || method.kind == Model::Method::remote_writing)
            parts.remote[py::str(method.name)] = imported(
                "trytond.rpc", "RPC")(py::arg("readonly") = method.kind == Model::Method::remote_readonly);
    }
}

void Builder::add_hooks(const Model& model, Parts& parts) {
    const Model::Hooks& hooks = model.hooks_;
    const bool unique = !unique_indexes(model).empty();
    const py::object explain = native([](const py::args& a) {
        explain_integrity_error(a[0]);
        return py::object{py::none()};
    });
    const py::object after = native([save = hooks.save](const py::args& a) {
        if (save.empty()) return py::object{py::none()};
        const Ids ids = ids_of(a[0]);
        for (const auto& hook : save) hook(ids);
        return py::object{py::none()};
    });
    if (!hooks.create.empty() || !hooks.save.empty() || unique) {
        parts.body["create"] = shim("create")(parts.held, native([create = hooks.create](const py::args& a) {
                                                  if (create.empty()) return py::object{a[0]};
                                                  std::vector<Dict> rows;
                                                  for (const py::handle row : a[0])
                                                      rows.push_back(from_python(row).as<Dict>());
                                                  for (const auto& hook : create) hook(rows);
                                                  py::list out;
                                                  for (const Dict& row : rows)
                                                      out.append(to_python(Value{row}));
                                                  return py::object{out};
                                              }),
                                              after, explain);
    }
    if (!hooks.write.empty() || !hooks.save.empty() || unique) {
        parts.body["write"] = shim("write")(parts.held, native([write = hooks.write](const py::args& a) {
                                                if (write.empty()) return py::object{a[1]};
                                                const Ids ids = ids_of(a[0]);
                                                Dict values = from_python(a[1]).as<Dict>();
                                                for (const auto& hook : write) hook(ids, values);
                                                return to_python(Value{values});
                                            }),
                                            after, explain);
    }
    const auto each_ids = [](std::vector<std::function<void(const Ids&)>> list) {
        return native([list = std::move(list)](const py::args& a) {
            const Ids ids = ids_of(a[0]);
            for (const auto& hook : list) hook(ids);
            return py::object{py::none()};
        });
    };
    if (!hooks.remove.empty()) parts.body["delete"] = shim("delete")(parts.held, each_ids(hooks.remove));
    if (!hooks.validate.empty())
        parts.body["validate"] = shim("validate")(parts.held, each_ids(hooks.validate));
    if (!hooks.copy.empty()) {
        parts.body["copy"] = shim("copy")(parts.held, native([copy = hooks.copy](const py::args& a) {
                                              Dict overrides = from_python(a[0]).as<Dict>();
                                              for (const auto& hook : copy) hook(overrides);
                                              return to_python(Value{overrides});
                                          }));
    }
}

void Builder::add_names(const Model& model, Parts& parts) {
    if (!model.rec_name_.empty()) parts.body["_rec_name"] = model.rec_name_;
    if (!model.order_name_.empty()) parts.body["_order_name"] = model.order_name_;
    if (model.rec_name_getter_) {
        parts.body["get_rec_name"] =
            shim("getter")(native([getter = model.rec_name_getter_](const py::args& a) {
                const Ids ids = ids_of(a[0]);
                return py::object{values_as_dict(ids, getter(ids), false)};
            }));
    }
    if (model.searched_.empty()) return;
    parts.body["search_rec_name"] =
        shim("searcher")(native([fields = model.searched_, fold = model.fold_](const py::args& a) {
            const py::object clause = a[0];
            const auto op = clause[py::int_(1)].cast<std::string>();
            Value operand = from_python(clause[py::int_(2)]);
            List domain{op.starts_with('!') || op.starts_with("not ") ? "AND" : "OR"};
            for (const std::string& field : fields) domain.push_back(where(field, op, operand));
            if (fold && operand.holds<std::string>() && op.find("like") != std::string::npos) {
                // What was typed, folded as the columns are; the wild cards at its ends stay.
                domain = List{domain.front()};
                const auto typed = operand.as<std::string>();
                const auto text = '%' + fold(typed) + '%';
                for (const std::string& field : fields) domain.push_back(where(field, op, text));
            }
            return to_python(Value{domain});
        }));
}

void Builder::add_set_up(const Model& model, Parts& parts) {
    py::list order;
    for (const Value& each : model.order_) order.append(py::tuple(to_python(each)));
    py::set transitions;
    for (const auto& [from, to] : model.transitions_) transitions.add(py::make_tuple(from, to));
    parts.body["__setup__"] = shim("setup")(
        parts.held, native([looks = hold(parts.button_looks), remote = hold(parts.remote),
                            order = hold(order), transitions = hold(transitions)](const py::args& a) {
            const py::object type = a[0];
            if (py::len(object_of(order))) type.attr("_order") = imported("copy", "copy")(object_of(order));
            if (py::len(object_of(looks)))
                type.attr("_buttons").attr("update")(imported("copy", "deepcopy")(object_of(looks)));
            if (py::len(object_of(remote))) type.attr("__rpc__").attr("update")(object_of(remote));
            if (py::len(object_of(transitions)))
                type.attr("_transitions").attr("update")(object_of(transitions));
            return py::object{py::none()};
        }));
    std::set<std::string> unchecked;
    for (const Field& field : model.fields_)
        if (!field.checked_) unchecked.insert(field.name_);
    if (!unchecked.empty())
        parts.body["__table_handler__"] = shim("table_handler")(parts.held, list_of(unchecked));
    std::vector<std::string> statements;
    for (const Model::Index& index : model.indexes_) {
        const std::string table = table_of(model.name_);
        std::string columns;
        for (const std::string& field : index.fields)
            columns += (columns.empty() ? "\"" : ", \"") + field + '"';
        if (index.unique) know_index({table, name_of(index, table), index.message, index.fields});
        statements.push_back(std::string{"create "} + (index.unique ? "unique " : "") +
                             "index if not exists \"" + name_of(index, table) + "\" on \"" + table + "\" (" +
                             columns + ")" + (index.where.empty() ? "" : " where " + index.where));
    }
    if (statements.empty() && model.hooks_.upgrade.empty()) return;
    parts.body["__register__"] = shim("register")(
        parts.held, native([statements, upgrade = model.hooks_.upgrade](const py::args&) {
            const py::object cursor = current_transaction().attr("connection").attr("cursor")();
            for (const std::string& statement : statements) cursor.attr("execute")(statement);
            for (const auto& hook : upgrade) hook();
            return py::object{py::none()};
        }));
}

std::vector<std::string> Builder::unique_indexes(const Model& model) {
    std::vector<std::string> names;
    for (const Model::Index& index : model.indexes_)
        if (index.unique) names.push_back(name_of(index, table_of(model.name_)));
    return names;
}

py::object Builder::build(const Model& model) {
    Parts parts;
    parts.body["__name__"] = model.name_;
    if (!model.title_.empty()) parts.body["__doc__"] = model.title_;
    if (model.history_) parts.body["_history"] = true;
    if (!model.state_field_.empty()) parts.body["_transition_state"] = model.state_field_;
    for (const Field& field : model.fields_) add_field(field, model, parts);
    add_groups(model, parts);
    add_actions(model, parts);
    add_hooks(model, parts);
    add_names(model, parts);
    add_set_up(model, parts);
    if (model.query_) {
        parts.body["table_query"] = shim("query")(
            native([query = model.query_](const py::args&) { return to_python(Value{query()}); }));
    }

    py::list bases;
    if (model.extension_) bases.append(imported("trytond.pool", "PoolBase"));
    for (const std::string& mixin : model.mixins_) bases.append(imported("trytond.model", mixin.c_str()));
    // type() itself finds the metaclass that fits all the bases; a plain mixin such as Workflow has none of
    // the host's.
    const py::object type = imported("builtins", "type")(model.name_, py::tuple(bases), parts.body);
    parts.held.append(type);
    return type;
}

}  // namespace tryton

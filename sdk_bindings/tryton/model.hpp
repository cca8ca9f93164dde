// A model of the host: what is stored, shown and done, told in C++ and turned into a Python class when the
// module is registered. A Model is a value; nothing happens until Module (module.hpp) hands it to the host.
// All callbacks are called with the GIL held and a transaction open.
#pragma once

#include "tryton/field.hpp"

namespace tryton {

// A button or transition: gets the records it was pressed on; gives null, "reload", "next", ... or the
// database id of an action to open (then say .opens_action()).
using Action = std::function<Value(const Ids&)>;

struct Button {
    Pyson invisible = false;
    Pyson readonly = false;
};

class Model {
public:
    // `title` is what users see, in English; the Dutch stands in locale/nl.po.
    Model(std::string name, std::string title) : name_{std::move(name)}, title_{std::move(title)} {}
    // More fields and behaviour for a model of another module.
    static Model extending(std::string name);

    Model& stored();     // ModelSQL
    Model& shown();      // ModelView
    Model& singleton();  // ModelSingleton: one record, configuration
    Model& deactivable();
    Model& with_history();
    Model& ordered_by(const std::string& field, const std::string& direction = "ASC");
    // Lists of other records that are sorted by a link to this one go by this field, not by its name.
    Model& sorted_in_links_by(std::string field);
    Model& named_by(const std::string& field);  // the field that stands for the record
    Model& named_by(Getter rec_name, std::vector<std::string> searched_fields);
    Model& searched_by(std::vector<std::string> fields);  // where typing into a link looks, besides the name
    // Turns what a user typed into the search box into what the folded column holds; only with searched_by.
    Model& folding(std::function<std::string(const std::string&)> fold);

    Model& field(Field field);
    // Getters for several Function fields at once: one query for all.
    Model& fields(
        std::vector<Field> fields,
        std::function<std::map<std::string, Values>(const Ids&, const std::vector<std::string>&)> getter);
    Model& unique(std::vector<std::string> fields, std::string message, std::string where = {});
    Model& index(std::vector<std::string> fields, std::string where = {});

    Model& button(const std::string& name, Action action, Button look = {});
    Model& workflow(const std::string& state_field,
                    std::vector<std::pair<std::string, std::string>> transitions);
    Model& transition(const std::string& name, const std::string& to_state, Action action, Button look = {});

    Model& method(const std::string& name, std::function<Value(const List&)> method);  // for cron and C++
    Model& task(const std::string& name, std::function<void(const Ids&)> task);        // for the queue
    Model& remote(const std::string& name, std::function<Value(const List&)> method,
                  bool readonly = true);  // RPC

    Model& before_create(std::function<void(std::vector<Dict>&)> hook);
    Model& before_write(std::function<void(const Ids&, Dict&)> hook);
    Model& after_save(std::function<void(const Ids&)> hook);  // after create and after write
    Model& before_delete(std::function<void(const Ids&)> hook);
    Model& before_copy(std::function<void(Dict& overrides)> hook);
    Model& validates(std::function<void(const Ids&)> check);  // throw UserError
    Model& after_upgrade(std::function<void()> hook);         // at the end of __register__, every update
    // No table: a read-only model over a query. The SQL gives id and every field.
    Model& from_query(std::function<std::string()> sql);

    const std::string& name() const noexcept { return name_; }

private:
    friend class Builder;
    struct Hooks {
        std::vector<std::function<void(std::vector<Dict>&)>> create;
        std::vector<std::function<void(const Ids&, Dict&)>> write;
        std::vector<std::function<void(const Ids&)>> save, remove, validate;
        std::vector<std::function<void(Dict&)>> copy;
        std::vector<std::function<void()>> upgrade;
    };
    struct Index {
        std::vector<std::string> fields;
        std::string message, where;
        bool unique = true;
    };
    struct Pressed {
        std::string name, to_state;
        Action action;
        Button look;
    };
    struct Group {
        std::vector<std::string> fields;
        std::function<std::map<std::string, Values>(const Ids&, const std::vector<std::string>&)> getter;
    };
    struct Method {
        std::string name;
        enum Kind { plain, remote_readonly, remote_writing, task } kind;
        std::function<Value(const List&)> call;
        std::function<void(const Ids&)> work;
    };

    std::string name_, title_;
    std::vector<std::string> mixins_;
    bool extension_ = false, history_ = false;
    List order_;
    std::string rec_name_, order_name_;
    Getter rec_name_getter_;
    std::vector<std::string> searched_;
    std::function<std::string(const std::string&)> fold_;
    std::vector<Field> fields_;
    std::vector<Group> groups_;
    std::vector<Index> indexes_;
    std::vector<Pressed> buttons_;
    std::string state_field_;
    std::vector<std::pair<std::string, std::string>> transitions_;
    std::vector<Method> methods_;
    Hooks hooks_;
    std::function<std::string()> query_;
};

}  // namespace tryton

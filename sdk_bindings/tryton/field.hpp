// Fields of a model, as values that are turned into the host's when the module is registered. Each kind is a
// name for the host's class of that name (trytond/model/fields); options chain: Char{"code", "CBS
// code"}.size(6).required().
#pragma once

#include "tryton/pyson.hpp"
#include "tryton/record.hpp"
#include "tryton/value.hpp"

#include <concepts>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace tryton {

using Values = std::map<Id, Value>;  // a value per record

// Called by the host with the GIL held and a transaction open.
using Getter = std::function<Values(const Ids&)>;
using Searcher = std::function<List(const std::string& op, const Value& operand)>;  // gives a domain
using Setter = std::function<void(const Ids&, const Value&)>;
using Start = std::function<Value()>;
using OnChange = std::function<void(Record&)>;  // may set fields of the record in view

using Choices = std::vector<std::pair<std::string, std::string>>;  // stored key, label

class Field {
public:
    Field(std::string kind, std::string name, std::string label)
        : kind_{std::move(kind)}, name_{std::move(name)}, label_{std::move(label)} {}

    Field& required(const Pyson& when = true);
    Field& readonly(const Pyson& when = true);
    Field& invisible(const Pyson& when);
    Field& help(const std::string& text) { return option("help", text); }
    Field& domain(const List& domain);
    Field& size(int characters) { return option("size", characters); }
    Field& indexed() { return option("select", true); }
    Field& translated() { return option("translate", true); }
    Field& on_delete(const std::string& action) {
        return option("ondelete", action);
    }  // CASCADE, RESTRICT, SET NULL
    Field& digits(int before, int after) { return option("digits", List{before, after}); }
    Field& starts_as(const Value& value);  // the default for new records
    template <std::invocable Compute>
    Field& starts_as(Compute compute) {
        start_ = std::move(compute);
        return *this;
    }
    Field& on_change(std::vector<std::string> depends, OnChange change);
    Field& depends(const std::vector<std::string>& fields);
    // Any other keyword of the host's constructor.
    Field& option(const std::string& keyword, Value value);

    // Makes it a Function field: computed for all asked records at once.
    Field& computed(Getter getter);
    Field& searched_by(Searcher searcher);
    Field& set_by(Setter setter);

    const std::string& name() const noexcept { return name_; }

private:
    friend class Builder;
    std::string kind_, name_, label_;
    Dict options_, states_;
    std::set<std::string> depends_;
    Start start_;
    Getter getter_;
    Searcher searcher_;
    Setter setter_;
    OnChange on_change_;
    std::vector<std::string> on_change_depends_;
};

template <int kind_index>
struct PlainField : Field {
    static constexpr const char* kinds[] = {"Char",  "Text", "Boolean",  "Integer",   "BigInteger",
                                            "Float", "Date", "DateTime", "Timestamp", "Time"};
    PlainField(std::string name, std::string label)
        : Field{kinds[kind_index], std::move(name), std::move(label)} {}
};
using Char = PlainField<0>;
using Text = PlainField<1>;
using Boolean = PlainField<2>;
using Integer = PlainField<3>;
using BigInteger = PlainField<4>;
using Float = PlainField<5>;
using DateField = PlainField<6>;
using DateTimeField = PlainField<7>;
using TimestampField = PlainField<8>;
using TimeField = PlainField<9>;

struct Binary : Field {
    Binary(std::string name, std::string label) : Field{"Binary", std::move(name), std::move(label)} {}
    Binary& named_by(const std::string& field) { return option("filename", field), *this; }
    // Kept as a file in the host's filestore; `field` holds its id.
    Binary& in_filestore(const std::string& field, const std::string& prefix);
};
struct Selection : Field {
    Selection(std::string name, std::string label, const Choices& choices);
};
struct MultiSelection : Field {
    MultiSelection(std::string name, std::string label, const Choices& choices);
};
struct Many2One : Field {
    Many2One(std::string name, std::string model, std::string label)
        : Field{"Many2One", std::move(name), std::move(label)} {
        option("model_name", std::move(model));
    }
};
struct One2Many : Field {
    One2Many(std::string name, std::string model, std::string back, std::string label)
        : Field{"One2Many", std::move(name), std::move(label)} {
        option("model_name", std::move(model)).option("field", std::move(back));
    }
};
struct Many2Many : Field {
    Many2Many(std::string name, std::string relation, std::string origin, std::string target,
              std::string label)
        : Field{"Many2Many", std::move(name), std::move(label)} {
        option("relation_name", std::move(relation))
            .option("origin", std::move(origin))
            .option("target", std::move(target));
    }
};
struct Reference : Field {
    Reference(std::string name, std::string label, const Choices& models);
};
// A computed field reads best with its getter beside it.
struct Function : Field {
    Function(Field field, Getter getter) : Field{std::move(field)} { computed(std::move(getter)); }
};

}  // namespace tryton

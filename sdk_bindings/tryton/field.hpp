// Fields of a model, as values that are turned into the host's when the module is registered; the kinds are
// in field_kinds.hpp. Options chain: Char{"isbn", "ISBN"}.size(13).required().
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
    // CASCADE, RESTRICT or SET NULL
    Field& on_delete(const std::string& action) { return option("ondelete", action); }
    // Of a link that follows from another of the same row, or goes to what nobody deletes, in tables of many
    // rows: no foreign key is laid (PostgreSQL would look up each link of each row with a query of its own;
    // SQLite has none anyway). What is deleted through the host is still refused, cleared or deleted along by
    // on_delete().
    Field& unchecked() {
        checked_ = false;
        return *this;
    }
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
    bool checked_ = true;
};

}  // namespace tryton

#include "tryton/field_kinds.hpp"

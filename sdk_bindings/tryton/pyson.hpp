// PYSON: conditions that the web client evaluates (`eval("state") == "draft"`). A tree of values in the
// notation that the host sends to its clients (trytond/pyson.py), built without the host: safe on any thread.
#pragma once

#include "tryton/value.hpp"

#include <set>
#include <string>

namespace tryton {

class Pyson {
public:
    Pyson(bool always) : tree_{always} {}
    explicit Pyson(Value tree) : tree_{std::move(tree)} {}

    const Value& tree() const noexcept { return tree_; }
    operator Value() const { return tree_; }
    // Names of the fields that the condition looks at: what the host wants as `depends`.
    std::set<std::string> fields() const;

    Pyson is_empty() const;
    Pyson is_set() const;
    Pyson in(List values) const;

    friend Pyson operator==(const Pyson& left, const Value& right);
    friend Pyson operator!=(const Pyson& left, const Value& right);
    friend Pyson operator>(const Pyson& left, std::int64_t right);
    friend Pyson operator!(const Pyson& condition);
    friend Pyson operator&&(const Pyson& left, const Pyson& right);
    friend Pyson operator||(const Pyson& left, const Pyson& right);

private:
    Value tree_;
};

// The value of a field of the record in view; `if_missing` also tells the host its type.
Pyson eval(std::string_view field, Value if_missing = "");

// Fields named anywhere in a value that may hold conditions (a domain, say).
void collect_fields(const Value& tree, std::set<std::string>& found);

}  // namespace tryton

// The kinds of fields, each a name for the host's class of that name (trytond/model/fields). A kind that has
// none here is made by its name: Field{"Numeric", "price", "Price"}. Comes with field.hpp.
#pragma once

#include "tryton/field.hpp"

#include <algorithm>
#include <cstddef>

namespace tryton {

template <std::size_t size>
struct FixedText {
    char text[size];
    constexpr FixedText(const char (&from)[size]) { std::copy_n(from, size, text); }
};

// A kind that is told by its name alone.
template <FixedText kind>
struct PlainField : Field {
    PlainField(std::string name, std::string label) : Field{kind.text, std::move(name), std::move(label)} {}
};
using Char = PlainField<"Char">;
using Text = PlainField<"Text">;
using Boolean = PlainField<"Boolean">;
using Integer = PlainField<"Integer">;
using BigInteger = PlainField<"BigInteger">;
using Float = PlainField<"Float">;
using DateField = PlainField<"Date">;
using DateTimeField = PlainField<"DateTime">;    // whole seconds on PostgreSQL
using TimestampField = PlainField<"Timestamp">;  // microseconds
using TimeField = PlainField<"Time">;

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
    Function(Field field, Getter values) : Field{std::move(field)} { computed(std::move(values)); }
};

}  // namespace tryton

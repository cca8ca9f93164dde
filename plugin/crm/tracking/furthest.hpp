// The furthest that a record's own have come: of a case's outcomes, or of its dispatches. One table of ranks
// serves what the record shows and what finds it.
#pragma once

#include "tryton/field.hpp"

namespace raadspost::crm {

class Furthest {
public:
    struct Rank {
        tryton::Value shown;                // what the record shows
        std::vector<std::string> counting;  // values of `column` that stand for it
    };
    // From the least to the most; the first rank is that of records that have none of the others' values.
    // `link` is the field that leads to the record's own, `also` a domain on them.
    Furthest(std::vector<Rank> ranks, std::string link, std::string column, tryton::List also = {});

    // SQL: the number of the rank that a row of the record's own stands for.
    std::string rank_of(const std::string& sql_column) const;
    const tryton::Value& shown(std::int64_t rank) const {
        return ranks_.at(static_cast<std::size_t>(rank)).shown;
    }
    // =, !=, in and not in; a value that no rank shows finds nothing.
    tryton::List search(const std::string& op, const tryton::Value& operand) const;

private:
    tryton::List has(std::size_t first, std::size_t last, const char* op) const;

    std::vector<Rank> ranks_;
    std::string link_, column_;
    tryton::List also_;
};

}  // namespace raadspost::crm

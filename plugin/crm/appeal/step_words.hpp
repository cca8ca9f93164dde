// The rule of a step as a sentence in the user's language: "10 working days after the installation of the new
// council, at 9:00, to councils without an answer in this term, not before 01-04-2026". [gil-held], inside a
// transaction.
#pragma once

#include "tryton/model.hpp"

#include <optional>
#include <string>

namespace raadspost::crm {

// As the step's fields hold it (step.cpp).
struct StepRule {
    std::string anchor, offset_unit, condition, looks_at;
    std::optional<tryton::Date> anchor_date, not_before, not_after;
    std::int64_t offset = 0, cap = 1, days_apart = 0;
    std::string time_of_day;  // "09:00:00", or empty
    bool needs_approval = false;
};

std::string in_words(const StepRule& rule);

// Adds the field `in_words`, kept in step with the form while it is filled in.
void add_words(tryton::Model& step);

// The fields that the sentence is made of, for their on_change.
const std::vector<std::string>& worded_fields();
void refresh_words(tryton::Record& step);

}  // namespace raadspost::crm

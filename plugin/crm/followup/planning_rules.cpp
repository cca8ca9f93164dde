#include "crm/followup/planning_rules.hpp"

#include "tryton/record.hpp"

#include <string>

namespace raadspost::crm {

using namespace tryton;

std::optional<std::chrono::minutes> time_of_day(const Value& value) {
    if (value.is_null()) return std::nullopt;
    const auto text = value.as<std::string>();  // "08:30:00"
    if (text.size() < 5) return std::nullopt;
    return std::chrono::hours{std::stoi(text.substr(0, 2))} +
           std::chrono::minutes{std::stoi(text.substr(3, 2))};
}

calendar::SendingHours sending_hours() {
    const Record record{"raadspost.configuration", 1};
    calendar::SendingHours hours;
    if (const auto from = time_of_day(record.get("window_from"))) hours.from = *from;
    if (const auto until = time_of_day(record.get("window_to"))) hours.until = *until;
    hours.any_day = !record.get("working_days").truth();
    return hours;
}

followup::Rules planning_rules() {
    const Record record{"raadspost.configuration", 1};
    const auto number = [&](const char* field, std::int32_t& into) {
        if (const Value value = record.get(field); !value.is_null()) into = value.as<int>();
    };
    followup::Rules rules;
    rules.hours = sending_hours();
    number("silence_days", rules.silence_days);
    number("gap_days", rules.gap_days);
    number("grace_days", rules.grace_days);
    rules.write_to_guessed = record.get("guessed_addresses").truth();
    rules.keep_recess = record.get("keep_recess").truth();
    return rules;
}

}  // namespace raadspost::crm

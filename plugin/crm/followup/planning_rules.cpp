#include "crm/followup/planning_rules.hpp"

#include "tryton/record.hpp"
#include "tryton/rows.hpp"

#include <string>

namespace raadspost::crm {

using namespace tryton;

namespace {

calendar::SendingHours hours_of(const Value& from, const Value& until, bool working_days) {
    calendar::SendingHours hours;
    if (const auto time = time_of_day(from)) hours.from = *time;
    if (const auto time = time_of_day(until)) hours.until = *time;
    hours.any_day = !working_days;
    return hours;
}

}  // namespace

std::optional<std::chrono::minutes> time_of_day(const Value& value) {
    if (value.is_null()) return std::nullopt;
    const auto text = value.as<std::string>();  // "08:30:00"
    if (text.size() < 5) return std::nullopt;
    return std::chrono::hours{std::stoi(text.substr(0, 2))} +
           std::chrono::minutes{std::stoi(text.substr(3, 2))};
}

calendar::SendingHours sending_hours() {
    return planning_rules().hours;
}

// Straight from its row: the host's record, which reads all of it and more than once, costs as much as
// planning one council anew.
followup::Rules planning_rules() {
    using Number = std::optional<std::int64_t>;
    using Flag = std::optional<bool>;
    const Rows<Value, Value, Flag, Number, Number, Number, Flag, Flag> found{
        "select window_from, window_to, working_days, silence_days, gap_days, grace_days, guessed_addresses, "
        "keep_recess from raadspost_configuration order by id limit 1"};
    followup::Rules rules;
    const auto set = [](std::int32_t& into, const Number& number) {
        if (number) into = static_cast<std::int32_t>(*number);
    };
    if (!found.empty()) {
        const auto& [from, until, working_days, silence, gap, grace, guessed, recess] = found.front();
        rules.hours = hours_of(from, until, working_days.value_or(false));
        set(rules.silence_days, silence);
        set(rules.gap_days, gap);
        set(rules.grace_days, grace);
        rules.write_to_guessed = guessed.value_or(false);
        rules.keep_recess = recess.value_or(false);
        return rules;
    }
    const Record defaults{"raadspost.configuration", 1};  // nobody saved any yet
    const auto number = [&](const char* field) { return defaults.get(field).as<Number>(); };
    rules.hours = hours_of(defaults.get("window_from"), defaults.get("window_to"),
                           defaults.get("working_days").truth());
    set(rules.silence_days, number("silence_days"));
    set(rules.gap_days, number("gap_days"));
    set(rules.grace_days, number("grace_days"));
    rules.write_to_guessed = defaults.get("guessed_addresses").truth();
    rules.keep_recess = defaults.get("keep_recess").truth();
    return rules;
}

}  // namespace raadspost::crm

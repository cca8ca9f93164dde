#include "crm/appeal/step_words.hpp"

#include "crm/moment.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <cstdlib>

namespace raadspost::crm {

using namespace tryton;

namespace {

// "09:30:00" as it is said: 9:30.
std::string time_text(const std::string& time) {
    std::string text = time.substr(0, 5);
    if (text.starts_with('0')) text.erase(0, 1);
    return text;
}

std::string duration_text(std::int64_t number, bool working_days) {
    if (working_days)
        return translated(number == 1 ? "msg_step_working_day" : "msg_step_working_days",
                          {{"number", number}});
    if (number > 7 && number % 7 == 0) return translated("msg_step_weeks", {{"number", number / 7}});
    return translated(number == 1 ? "msg_step_day" : "msg_step_days", {{"number", number}});
}

std::string when_text(const StepRule& rule) {
    const Dict date{{"date", rule.anchor_date ? day_in_words(*rule.anchor_date) : "..."}};
    if (rule.offset == 0) return translated("msg_step_on_" + rule.anchor, date);
    return translated(rule.offset > 0 ? "msg_step_after" : "msg_step_before",
                      {{"duration", duration_text(std::abs(rule.offset), rule.offset_unit == "working_days")},
                       {"anchor", translated("msg_step_anchor_" + rule.anchor, date)}});
}

std::string whom_text(const StepRule& rule) {
    std::string whom = translated("msg_step_to_" + rule.condition);
    if (rule.condition != "always") whom += ' ' + translated("msg_step_looks_" + rule.looks_at);
    return whom;
}

StepRule rule_of(const Record& step) {
    const auto number = [&](const char* field, std::int64_t otherwise) {
        return step.at<std::optional<std::int64_t>>(field).value_or(otherwise);
    };
    const auto date = [&](const char* field) { return step.at<std::optional<Date>>(field); };
    return {.anchor = step.text("anchor"),
            .offset_unit = step.text("offset_unit"),
            .condition = step.text("condition"),
            .looks_at = step.text("looks_at"),
            .anchor_date = date("anchor_date"),
            .not_before = date("due"),
            .not_after = date("not_after"),
            .offset = number("offset", 0),
            .cap = number("cap", 1),
            .days_apart = number("days_apart", 0),
            .time_of_day = step.text("time_of_day"),
            .needs_approval = step.get("needs_approval").truth()};
}

Values words_of(const Ids& steps) {
    Values words;
    for (const Record& step : browse("raadspost.step", steps)) words[step.id()] = in_words(rule_of(step));
    return words;
}

}  // namespace

std::string in_words(const StepRule& rule) {
    if (rule.anchor.empty() || rule.condition.empty() || rule.looks_at.empty()) return {};
    std::string words = when_text(rule);
    const auto add = [&](const std::string& part) { words += ", " + part; };
    if (!rule.time_of_day.empty()) add(translated("msg_step_at", {{"time", time_text(rule.time_of_day)}}));
    add(whom_text(rule));
    if (rule.not_before) add(translated("msg_step_not_before", {{"date", day_in_words(*rule.not_before)}}));
    if (rule.not_after) add(translated("msg_step_not_after", {{"date", day_in_words(*rule.not_after)}}));
    if (rule.cap > 1)
        add(translated("msg_step_repeated",
                       {{"number", rule.cap}, {"duration", duration_text(rule.days_apart, false)}}));
    if (rule.needs_approval) add(translated("msg_step_after_approval"));
    return words + '.';
}

const std::vector<std::string>& worded_fields() {
    static const std::vector<std::string> fields = {
        "anchor",   "anchor_date", "offset",    "offset_unit", "time_of_day", "condition",
        "looks_at", "due",         "not_after", "cap",         "days_apart",  "needs_approval"};
    return fields;
}

void refresh_words(Record& step) {
    step.set("in_words", in_words(rule_of(step)));
}

void add_words(Model& step) {
    step.field(Function{Text{"in_words", "In Words"}, words_of}.starts_as(Start{[] {
        return Value{in_words({.anchor = "start",
                               .offset_unit = "days",
                               .condition = "always",
                               .looks_at = "this",
                               .anchor_date = {},
                               .not_before = {},
                               .not_after = {},
                               .time_of_day = {}})};
    }}));
}

}  // namespace raadspost::crm

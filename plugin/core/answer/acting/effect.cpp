#include "core/answer/acting/effect.hpp"

#include <initializer_list>

namespace raadspost::answer {
namespace {

std::string text_of(std::int64_t number) {
    return std::to_string(number);
}

// "2026-02-03", so that days sort as they follow.
std::string text_of(const std::optional<Day>& day) {
    if (!day) return {};
    const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::to_string(static_cast<int>(day->year())) + '-' + two(static_cast<unsigned>(day->month())) +
           '-' + two(static_cast<unsigned>(day->day()));
}

std::string words(std::initializer_list<std::string> parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : " ") + part;
    return text;
}

}  // namespace

std::string Effect::target() const {
    switch (kind) {
        case Kind::outcome:
            return words({"case", text_of(case_id), word});
        case Kind::delivered:
        case Kind::bounced:
            return words({"dispatch", text_of(dispatch)});
        case Kind::reply_bounced:
            return words({"reply", text_of(reply)});
        case Kind::failing:
            return words({"griffie", text_of(griffie)});
        case Kind::new_address:
            return words({"griffie", text_of(griffie), text_of(council)});
        case Kind::suppression:
            return words({"mailbox", text_of(appeal), word});
        case Kind::postpone:
            return words({"plan", text_of(appeal), text_of(council)});
        case Kind::retry:
            return words({"plan", text_of(appeal), text_of(council), text_of(step)});
    }
    return {};
}

std::string Effect::key() const {
    return words({std::string{name(kind)}, target(), text_of(dispatch), word, text_of(on), list_number,
                  text_of(list_date), disposal, text_of(meeting_date)});
}

std::optional<Effect::Kind> effect_kind_of(std::string_view word) {
    for (std::size_t n = 0; n < effect_names.size(); ++n)
        if (effect_names[n] == word) return static_cast<Effect::Kind>(n);
    return std::nullopt;
}

}  // namespace raadspost::answer

// Between the texts that registers are compared in and what the columns hold.
#include "crm/register/target.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>

namespace raadspost::crm {
namespace {

template <class Number>
std::optional<Number> parsed(const FieldTexts& fields, const std::string& name) {
    const auto found = fields.find(name);
    if (found == fields.end() || found->second.empty()) return std::nullopt;
    const std::string& text = found->second;
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

std::optional<std::int64_t> number_in(const FieldTexts& fields, const std::string& name) {
    return parsed<std::int64_t>(fields, name);
}

std::optional<double> degrees_in(const FieldTexts& fields, const std::string& name) {
    return parsed<double>(fields, name);
}

std::optional<tryton::Date> date_in(const FieldTexts& fields, const std::string& name) {
    const auto found = fields.find(name);
    int year = 0;
    unsigned month = 0, day = 0;
    if (found == fields.end() || std::sscanf(found->second.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3)
        return std::nullopt;
    const tryton::Date date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    return date.ok() ? std::optional{date} : std::nullopt;
}

std::optional<bool> truth_in(const FieldTexts& fields, const std::string& name) {
    const auto found = fields.find(name);
    if (found == fields.end() || found->second.empty()) return std::nullopt;
    return found->second == "1" || found->second == "yes" || found->second == "true";
}

std::optional<std::string> text_in(const FieldTexts& fields, const std::string& name) {
    const auto found = fields.find(name);
    if (found == fields.end() || found->second.empty()) return std::nullopt;
    return found->second;
}

std::string text_of(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : std::string{};
}

std::string text_of(const std::optional<double>& degrees) {
    if (!degrees) return {};
    constexpr double millionths = 1e6;  // what the columns keep: a tenth of a metre
    char digits[32];
    const auto [end, error] =
        std::to_chars(digits, digits + sizeof digits, std::round(*degrees * millionths) / millionths);
    return {digits, end};
}

std::string text_of(const std::optional<tryton::Date>& date) {
    if (!date) return {};
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date->year()),
                  static_cast<unsigned>(date->month()), static_cast<unsigned>(date->day()));
    return text;
}

}  // namespace raadspost::crm

// One value of a table made uniform: what people write into a cell, as the text that we store. Internal to
// this folder. Pure functions; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace raadspost::registers {

// "griffie@x.example" out of "Griffie X <Griffie@X.example>", "mailto:..." and the first of several; nothing
// when there is no mailbox in it.
std::optional<std::string> mailbox_in(std::string_view text);

// The value of a field other than council, email and kind: dates, postcodes, degrees, choices in their keys,
// everything else as it is. Nothing for a text that the field cannot have.
std::optional<std::string> value_of(std::string_view field, std::string_view text);

// "Dorpsstraat 12 a" -> "Dorpsstraat", "12 a"; the number is empty when there is none at the end.
struct StreetAndNumber {
    std::string street, number;
};
StreetAndNumber street_and_number(std::string_view text);

}  // namespace raadspost::registers

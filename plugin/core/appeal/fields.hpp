// The fields that staff may write as {{gemeente}} in an appeal, and their values for one council. The list is
// closed: a field that is not here is refused when the text is saved, not discovered in 342 letters. Values
// are plain UTF-8 text, never mark-up; each is escaped for where it lands (merge_text.hpp). The list is
// constant; a FieldValues is an ordinary value and is only read by rendering: safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::appeal {

enum class Field : std::uint8_t {
    gemeente,
    provincie,
    cbs_code,
    inwoners,
    zetels,
    nieuwe_raadsleden,
    raadsperiode,
    verkiezingsdag,
    installatiedag,
    griffier,
    aanhef,
    griffie_adres,
    dorpsorganisaties,
    dorpsorganisaties_namen,
    dorpsorganisaties_provincie,
    dorpsorganisaties_provincie_namen,
    ontmoetingsplekken,
    ontmoetingsplekken_namen,
    ontmoetingsplekken_provincie,
    ontmoetingsplekken_provincie_namen,
    vereniging,
    provinciale_vereniging,
    afzender,
    afzender_functie,
    afzender_adres,
    ondertekening,
    kenmerk,
    datum,
    webversie,
    antwoordpagina,
};
inline constexpr std::size_t field_count = static_cast<std::size_t>(Field::antwoordpagina) + 1;

// number: "0" counts as empty in a section and before a fallback, yet may be printed. address: an http, https
// or mailto link; in mark-up it becomes a link by itself. lines: words that keep their line breaks.
enum class FieldKind : std::uint8_t { words, number, address, lines };

struct FieldDescription {
    Field field;
    FieldKind kind;
    std::string_view name;         // as written between the braces
    std::string_view label;        // Dutch, for the list to pick from
    std::string_view description;  // Dutch, one sentence
    std::string_view example;      // what it may look like; used for previews without a council
};

// All fields in the order in which the screen shows them; index = the enumerator's value.
std::span<const FieldDescription, field_count> known_fields();
const FieldDescription& description_of(Field field);
std::optional<Field> field_named(std::string_view name);

// The values of all fields for one message; a field that was not set is empty.
class FieldValues {
public:
    FieldValues& set(Field field, std::string value);
    FieldValues& set(Field field, std::int64_t number);  // Dutch thousands: 19142 -> "19.142"
    const std::string& operator[](Field field) const { return values_[static_cast<std::size_t>(field)]; }
    // False also for the number 0 of a number field: "in uw gemeente zijn 0 dorpshuizen" is never meant.
    bool filled(Field field) const;

private:
    std::array<std::string, field_count> values_;
};

FieldValues example_values();

// {"Anna", "Bea", "Cor"} -> "Anna, Bea en Cor"; of more than at_most names the rest is counted: "Anna, Bea en
// 7 andere".
std::string dutch_enumeration(std::span<const std::string> names, std::size_t at_most = 8);
std::string dutch_date(std::chrono::year_month_day day);  // "18 november 2026"

}  // namespace raadspost::appeal

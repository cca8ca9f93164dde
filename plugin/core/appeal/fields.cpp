#include "core/appeal/fields.hpp"

#include <algorithm>
#include <utility>

namespace raadspost::appeal {
namespace {

using enum FieldKind;
constexpr std::array<FieldDescription, field_count> fields{{
    {Field::gemeente, words, "gemeente", "Gemeente",
     "Naam van de gemeente waarvan de raad wordt aangeschreven.", "Heemstede"},
    {Field::provincie, words, "provincie", "Provincie", "Provincie waarin de gemeente ligt.",
     "Noord-Holland"},
    {Field::cbs_code, words, "cbs_code", "CBS-code", "Code van de gemeente bij het CBS.", "GM0397"},
    {Field::inwoners, number, "inwoners", "Aantal inwoners", "Inwoners van de gemeente.", "27.545"},
    {Field::zetels, number, "zetels", "Aantal zetels", "Zetels in de gemeenteraad.", "21"},
    {Field::nieuwe_raadsleden, number, "nieuwe_raadsleden", "Aantal nieuwe raadsleden",
     "Raadsleden die in de vorige raadsperiode niet in de raad zaten.", "9"},
    {Field::raadsperiode, words, "raadsperiode", "Raadsperiode", "De jaren van de zittende raad.",
     "2026-2030"},
    {Field::verkiezingsdag, words, "verkiezingsdag", "Verkiezingsdag",
     "Dag van de gemeenteraadsverkiezing in deze gemeente.", "18 maart 2026"},
    {Field::installatiedag, words, "installatiedag", "Installatiedag",
     "Dag waarop de nieuwe raad aantrad of aantreedt.", "1 april 2026"},
    {Field::griffier, words, "griffier", "Griffier",
     "Naam van de griffier; niet overal bekend, dus met een vervangende tekst: {{griffier|\"griffier\"}}.",
     "mevrouw A. van Duinen"},
    {Field::aanhef, words, "aanhef", "Aanhef",
     "Aanhef met de naam van de griffier, of \"Geachte griffier\" waar die niet bekend is; zet er zelf een "
     "komma achter.",
     "Geachte mevrouw Van Duinen"},
    {Field::griffie_adres, words, "griffie_adres", "Postadres griffie",
     "Postadres van de griffie, op één regel.", "Postbus 100, 2100 XY Heemstede"},
    {Field::dorpsorganisaties, number, "dorpsorganisaties", "Dorpsorganisaties in de gemeente (aantal)",
     "Aantal dorps- en wijkorganisaties in de gemeente.", "3"},
    {Field::dorpsorganisaties_namen, words, "dorpsorganisaties_namen",
     "Dorpsorganisaties in de gemeente (namen)", "Namen van de dorps- en wijkorganisaties in de gemeente.",
     "Dorpsraad Oosterduin, Wijkplatform De Glip en Kernteam Bos"},
    {Field::dorpsorganisaties_provincie, number, "dorpsorganisaties_provincie",
     "Dorpsorganisaties in de provincie (aantal)", "Aantal dorps- en wijkorganisaties in de provincie.",
     "212"},
    {Field::dorpsorganisaties_provincie_namen, words, "dorpsorganisaties_provincie_namen",
     "Dorpsorganisaties in de provincie (namen)", "Enkele namen van dorpsorganisaties in de provincie.",
     "Dorpsraad Oosterduin, Dorpsbelang Zuiderwoude en 210 andere"},
    {Field::ontmoetingsplekken, number, "ontmoetingsplekken", "Ontmoetingsplekken in de gemeente (aantal)",
     "Aantal dorpshuizen, buurthuizen en andere ontmoetingsplekken in de gemeente.", "4"},
    {Field::ontmoetingsplekken_namen, words, "ontmoetingsplekken_namen",
     "Ontmoetingsplekken in de gemeente (namen)", "Namen van de ontmoetingsplekken in de gemeente.",
     "Buurthuis De Haven, Dorpshuis De Linde, De Kruisbes en 't Honk"},
    {Field::ontmoetingsplekken_provincie, number, "ontmoetingsplekken_provincie",
     "Ontmoetingsplekken in de provincie (aantal)", "Aantal ontmoetingsplekken in de provincie.", "388"},
    {Field::ontmoetingsplekken_provincie_namen, words, "ontmoetingsplekken_provincie_namen",
     "Ontmoetingsplekken in de provincie (namen)", "Enkele namen van ontmoetingsplekken in de provincie.",
     "Buurthuis De Haven, Dorpshuis De Linde en 386 andere"},
    {Field::vereniging, words, "vereniging", "Vereniging", "Vereniging die de oproep verstuurt.",
     "Landelijke Vereniging voor Kleine Kernen"},
    {Field::provinciale_vereniging, words, "provinciale_vereniging", "Provinciale vereniging",
     "Vereniging van kleine kernen in de provincie van de gemeente.", "Dorpswerk Noord-Holland"},
    {Field::afzender, words, "afzender", "Afzender (naam)", "Persoon namens wie de oproep uitgaat.",
     "Jolien Veldkamp"},
    {Field::afzender_functie, words, "afzender_functie", "Afzender (functie)", "Functie van die persoon.",
     "voorzitter"},
    {Field::afzender_adres, words, "afzender_adres", "Afzender (e-mailadres)",
     "E-mailadres waarop antwoord welkom is.", "oproep@vereniging.example"},
    {Field::ondertekening, lines, "ondertekening", "Ondertekening",
     "Ondertekening van de vereniging; is die leeg, dan naam, functie en vereniging van de afzender.",
     "Jolien Veldkamp, voorzitter"},
    {Field::kenmerk, words, "kenmerk", "Ons kenmerk",
     "Nummer van het dossier; laat het in het onderwerp staan.", "RP-2026-0397"},
    {Field::datum, words, "datum", "Datum", "Datum van verzending.", "18 november 2026"},
    {Field::webversie, address, "webversie", "Webversie (link)",
     "Adres waar het bericht in de browser te lezen is.", "https://post.vereniging.example/w/voorbeeld"},
    {Field::antwoordpagina, address, "antwoordpagina", "Antwoordpagina (link)",
     "Adres waar de griffie in één klik meldt wat er met de oproep is gedaan.",
     "https://post.vereniging.example/a/voorbeeld"},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < field_count; ++i)
        if (static_cast<std::size_t>(fields[i].field) != i) return false;
    return true;
}
static_assert(in_order(), "the table of fields has the order of the enumeration");

constexpr std::array<std::string_view, 12> months = {"januari",   "februari", "maart",    "april",
                                                     "mei",       "juni",     "juli",     "augustus",
                                                     "september", "oktober",  "november", "december"};

std::string dutch_number(std::int64_t number) {
    std::string digits = std::to_string(number);
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    for (std::size_t at = digits.size(); at > first + 3;) digits.insert(at -= 3, ".");
    return digits;
}

}  // namespace

std::span<const FieldDescription, field_count> known_fields() {
    return fields;
}

const FieldDescription& description_of(Field field) {
    return fields[static_cast<std::size_t>(field)];
}

std::optional<Field> field_named(std::string_view name) {
    for (const FieldDescription& description : fields)
        if (description.name == name) return description.field;
    return std::nullopt;
}

FieldValues& FieldValues::set(Field field, std::string value) {
    values_[static_cast<std::size_t>(field)] = std::move(value);
    return *this;
}

FieldValues& FieldValues::set(Field field, std::int64_t value) {
    return set(field, dutch_number(value));
}

bool FieldValues::filled(Field field) const {
    const std::string& value = (*this)[field];
    if (value.find_first_not_of(" \t\r\n") == std::string::npos) return false;
    return description_of(field).kind != number || value != "0";
}

FieldValues example_values() {
    FieldValues values;
    for (const FieldDescription& description : fields)
        values.set(description.field, std::string{description.example});
    return values;
}

std::string dutch_enumeration(std::span<const std::string> names, std::size_t at_most) {
    if (names.empty()) return {};
    const std::size_t shown = std::min(names.size(), std::max<std::size_t>(at_most, 1));
    const std::size_t rest = names.size() - shown;
    std::string out = names[0];
    for (std::size_t i = 1; i < shown; ++i) {
        out += rest == 0 && i + 1 == shown ? " en " : ", ";
        out += names[i];
    }
    if (rest > 0) out += " en " + std::to_string(rest) + (rest == 1 ? " ander" : " andere");
    return out;
}

std::string dutch_date(std::chrono::year_month_day day) {
    if (!day.ok()) return {};
    return std::to_string(static_cast<unsigned>(day.day())) + ' ' +
           std::string{months[static_cast<unsigned>(day.month()) - 1]} + ' ' +
           std::to_string(static_cast<int>(day.year()));
}

}  // namespace raadspost::appeal

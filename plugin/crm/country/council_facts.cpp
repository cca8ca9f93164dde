#include "crm/country/council_facts.hpp"

#include "core/appeal/greeting.hpp"
#include "core/calendar/council_term.hpp"
#include "crm/elections/terms.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

using namespace tryton;
using appeal::Field;

namespace {

using Maybe = std::optional<std::string>;
using MaybeNumber = std::optional<std::int64_t>;

constexpr std::size_t named_in_province = 8;

std::string joined(std::initializer_list<std::string> parts, const char* between) {
    std::string text;
    for (const std::string& part : parts)
        if (!part.empty()) text += (text.empty() ? "" : between) + part;
    return text;
}

// What a person typed goes before what is made of the name; the text itself has the comma.
std::string greeting_to(const GriffieFacts& griffie) {
    const auto last = griffie.greeting.find_last_not_of(" ,");
    return last == std::string::npos ? appeal::greeting_of(griffie.griffier)
                                     : griffie.greeting.substr(0, last + 1);
}

// Counts and first names per province; `named` is SQL that gives province, name and id.
template <class Count, class Names>
void add_figures(std::map<Id, ProvinceFigures>& figures, const std::string& named, Count count, Names names) {
    for (const auto& [province, number] :
         Rows<Id, std::int64_t>{"select n.province, count(*) from (" + named + ") n group by n.province"}) {
        figures[province].*count = number;
        (figures[province].*names).resize(static_cast<std::size_t>(number));
    }
    for (auto& [province, turn, name] : Rows<Id, std::int64_t, std::string>{
             "select t.province, t.turn, t.name from (select n.province as province, n.name as name, "
             "row_number() over (partition by n.province order by n.id) as turn from (" +
                 named + ") n) t where t.turn <= {}",
             named_in_province})
        (figures[province].*names).at(static_cast<std::size_t>(turn - 1)) = std::move(name);
}

void add_terms(std::map<Id, CouncilFacts>& facts, const Ids& councils) {
    const Date today = dutch_today();
    const auto by_law = calendar::council_term(today);
    const auto sitting = sitting_terms(councils, today);
    for (auto& [id, council] : facts) {
        const auto term = sitting.find(id);
        const bool known = term != sitting.end();
        council.period = known ? term->second.name() : by_law.name();
        council.installation_day =
            appeal::dutch_date(known ? term->second.installed_on : by_law.installation_day);
        council.voting_day = appeal::dutch_date(
            known ? term->second.voting_day.value_or(term->second.installed_on) : by_law.voting_day);
        if (known) council.new_councillors = term->second.new_count;
    }
}

}  // namespace

std::map<Id, CouncilFacts> load_council_facts(const Ids& councils) {
    std::map<Id, CouncilFacts> facts;
    if (councils.empty()) return facts;
    for (auto& [id, code, name, province, province_name, inhabitants, seats] :
         Rows<Id, std::string, std::string, std::optional<Id>, Maybe, MaybeNumber, MaybeNumber>{
             "select c.id, c.code, c.name, c.province, p.name, c.inhabitants, c.seats "
             "from raadspost_council c left join country_subdivision p on p.id = c.province where c.id in {}",
             councils}) {
        CouncilFacts& council = facts[id];
        council.code = std::move(code);
        council.name = std::move(name);
        council.province = province.value_or(0);
        council.province_name = province_name.value_or("");
        council.inhabitants = inhabitants.value_or(0);
        council.seats = seats.value_or(0);
    }
    add_terms(facts, councils);
    for (auto& [id, name] :
         Rows<Id, std::string>{"select council, organisation from raadspost_village where council in {} "
                               "and organisation is not null and organisation <> '' order by council, id",
                               councils})
        facts[id].village_organisations.push_back(std::move(name));
    for (auto& [id, name] : Rows<Id, std::string>{
             "select council, name from raadspost_meeting_place where council in {} and active "
             "and status <> 'planned' order by council, id",
             councils})
        facts[id].meeting_places.push_back(std::move(name));
    return facts;
}

std::map<Id, ProvinceFigures> load_province_figures() {
    std::map<Id, ProvinceFigures> figures;
    add_figures(figures,
                "select c.province as province, v.organisation as name, v.id as id from raadspost_village v "
                "join raadspost_council c on c.id = v.council where c.province is not null "
                "and v.organisation is not null and v.organisation <> ''",
                &ProvinceFigures::village_organisations, &ProvinceFigures::village_organisation_names);
    add_figures(figures,
                "select c.province as province, m.name as name, m.id as id from raadspost_meeting_place m "
                "join raadspost_council c on c.id = m.council where c.province is not null and m.active "
                "and m.status <> 'planned'",
                &ProvinceFigures::meeting_places, &ProvinceFigures::meeting_place_names);
    for (auto& [province, name] : Rows<Id, std::string>{
             "select province, name from raadspost_association where province is not null and active "
             "order by id desc"})
        figures[province].association = std::move(name);
    return figures;
}

std::map<Id, GriffieFacts> load_griffie_facts(const Ids& griffies) {
    std::map<Id, GriffieFacts> facts;
    if (griffies.empty()) return facts;
    for (auto& [id, name, mailbox, griffier, greeting, street, postcode, city, status] :
         Rows<Id, std::string, Maybe, Maybe, Maybe, Maybe, Maybe, Maybe, std::string>{
             "select id, name, mailbox, griffier, greeting, street, postcode, city, status "
             "from raadspost_griffie where id in {}",
             griffies})
        facts[id] = {std::move(name),     mailbox.value_or(""),  griffier.value_or(""), greeting.value_or(""),
                     street.value_or(""), postcode.value_or(""), city.value_or(""),     std::move(status)};
    return facts;
}

std::map<Id, Id> choose_griffies(const Ids& councils) {
    std::map<Id, Id> chosen;
    if (councils.empty()) return chosen;
    // The best comes last, so that it overwrites the others.
    for (const auto& [council, griffie] : Rows<Id, Id>{
             "select l.council, g.id from \"raadspost_griffie-raadspost_council\" l "
             "join raadspost_griffie g on g.id = l.griffie where l.council in {} "
             "and coalesce(g.valid_from, current_date) <= current_date "
             "and coalesce(g.valid_to, current_date) >= current_date "
             "order by case g.status when 'confirmed' then 4 when 'unconfirmed' then 3 when 'failing' then 2 "
             "else 1 end, g.id desc",
             councils})
        chosen[council] = griffie;
    return chosen;
}

appeal::FieldValues field_values(const CouncilFacts& council, const ProvinceFigures& province,
                                 const GriffieFacts& griffie) {
    appeal::FieldValues values;
    values.set(Field::gemeente, council.name)
        .set(Field::provincie, council.province_name)
        .set(Field::cbs_code, council.code)
        .set(Field::raadsperiode, council.period)
        .set(Field::verkiezingsdag, council.voting_day)
        .set(Field::installatiedag, council.installation_day)
        .set(Field::griffier, griffie.griffier)
        .set(Field::aanhef, greeting_to(griffie))
        .set(Field::griffie_adres,
             joined({griffie.street, joined({griffie.postcode, griffie.city}, " ")}, ", "))
        .set(Field::dorpsorganisaties, static_cast<std::int64_t>(council.village_organisations.size()))
        .set(Field::dorpsorganisaties_namen, appeal::dutch_enumeration(council.village_organisations))
        .set(Field::dorpsorganisaties_provincie, province.village_organisations)
        .set(Field::dorpsorganisaties_provincie_namen,
             appeal::dutch_enumeration(province.village_organisation_names, named_in_province))
        .set(Field::ontmoetingsplekken, static_cast<std::int64_t>(council.meeting_places.size()))
        .set(Field::ontmoetingsplekken_namen, appeal::dutch_enumeration(council.meeting_places))
        .set(Field::ontmoetingsplekken_provincie, province.meeting_places)
        .set(Field::ontmoetingsplekken_provincie_namen,
             appeal::dutch_enumeration(province.meeting_place_names, named_in_province))
        .set(Field::provinciale_vereniging, province.association);
    if (council.inhabitants > 0) values.set(Field::inwoners, council.inhabitants);
    if (council.seats > 0) values.set(Field::zetels, council.seats);
    if (council.new_councillors) values.set(Field::nieuwe_raadsleden, *council.new_councillors);
    return values;
}

std::vector<std::string> addressee_lines(const CouncilFacts& council, const GriffieFacts& griffie) {
    std::vector<std::string> lines = {
        "Aan de raad van de gemeente " + council.name,
        griffie.griffier.empty() ? "t.a.v. de griffie" : "t.a.v. de griffier, " + griffie.griffier};
    if (!griffie.street.empty()) lines.push_back(griffie.street);
    if (std::string town = joined({griffie.postcode, griffie.city}, "  "); !town.empty())
        lines.push_back(std::move(town));
    return lines;
}

}  // namespace raadspost::crm

// The griffie: the office of one or more councils, with the mailbox that appeals go to.
#include "crm/country/griffie.hpp"

#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "crm/country/council.hpp"
#include "crm/entities.hpp"
#include "crm/followup/repaired_address.hpp"
#include "crm/triage/effect.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <map>
#include <tuple>

namespace raadspost::crm {
namespace {

using namespace tryton;
using Maybe = std::optional<std::string>;

void fold_mailbox(Dict& values) {
    const auto email = values.find("email");
    if (email == values.end()) return;
    values["mailbox"] =
        email->second.is_null() ? Value{} : Value{folded_mailbox(email->second.as<std::string>())};
}

// Whoever enters another address for one that fails says that this one works. What told us that the former
// one fails says nothing about it.
void trust_a_new_address(const Ids& griffies, Dict& values) {
    const auto mailbox = values.find("mailbox");
    if (mailbox == values.end() || mailbox->second.is_null()) return;
    Ids repaired;
    for (const auto& [id] :
         Rows<Id>{"select id from raadspost_griffie where id in {} and status = 'failing' and mailbox <> {}",
                  griffies, mailbox->second})
        repaired.push_back(id);
    if (repaired.empty()) return;
    forget_failures(repaired);
    if (repaired.size() == griffies.size()) values.try_emplace("status", "confirmed");
}

void check_mailboxes(const Ids& griffies) {
    for (const auto& [id, mailbox] : Rows<Id, std::string>{
             "select id, mailbox from raadspost_griffie where id in {} and mailbox is not null "
             "and mailbox <> ''",
             griffies})
        if (!is_mailbox(mailbox)) throw UserError{"msg_griffie_mailbox", {{"email", mailbox}}};
}

Ids councils_of(const Ids& griffies) {
    Ids councils;
    for (const auto& [council] :
         Rows<Id>{"select distinct council from \"raadspost_griffie-raadspost_council\" where griffie in {}",
                  griffies})
        councils.push_back(council);
    return councils;
}

void refresh_councils_of_links(const Ids& links) {
    Ids griffies;
    for (const auto& [griffie] : Rows<Id>{
             "select distinct griffie from \"raadspost_griffie-raadspost_council\" where id in {}", links})
        griffies.push_back(griffie);
    if (!griffies.empty()) refresh_griffie_names(griffies);
}

// Among griffies the place decides: "Griffie 's-Hertogenbosch" stands at the H.
std::string sorted_as(const std::string& name) {
    constexpr std::string_view office = "Griffie ";
    return sort_key(name.starts_with(office) ? name.substr(office.size()) : name);
}

}  // namespace

tryton::Model griffie() {
    return Model{"raadspost.griffie", "Griffie"}
        .stored()
        .shown()
        .with_history()
        .ordered_by("sort_name")
        .searched_by({"search_name"})
        .folding([](const std::string& typed) { return folded(typed); })
        .field(Char{"name", "Name"}.required())
        .field(Char{"email", "E-Mail"})
        .field(Char{"mailbox", "Mailbox"}.readonly().indexed())
        .field(Char{"griffier", "Griffier"}.help("The registrar's name with titles."))
        .field(Char{"greeting", "Greeting"}.help("Replaces the greeting that is made of the name."))
        .field(Char{"street", "Street"})
        .field(Char{"postcode", "Postcode"})
        .field(Char{"city", "City"})
        .field(Char{"phone", "Phone"})
        .field(Selection{"status",
                         "Address Status",
                         {{"unconfirmed", "Unconfirmed"},
                          {"confirmed", "Confirmed"},
                          {"failing", "Failing"},
                          {"opted_out", "Opted Out"}}}
                   .required()
                   .indexed()
                   .starts_as("unconfirmed"))
        .field(DateField{"valid_from", "Valid From"})
        .field(DateField{"valid_to", "Valid To"})
        .field(Many2Many{"councils", "raadspost.griffie-raadspost.council", "griffie", "council", "Councils"})
        .field(Text{"note", "Note"})
        .field(Char{"sort_name", "Sorted As"}.readonly().indexed())
        .field(Char{"search_name", "Found By"}.readonly())
        .before_create([](std::vector<Dict>& rows) {
            for (Dict& row : rows) fold_mailbox(row);
        })
        .before_write([](const Ids& griffies, Dict& values) {
            fold_mailbox(values);
            trust_a_new_address(griffies, values);
        })
        .validates(check_mailboxes)
        .after_save([](const Ids& griffies) {
            refresh_griffie_names(griffies);
            try_repaired_addresses(griffies);
        })
        .after_upgrade([] {
            Ids unsorted;
            for (const auto& [id] : Rows<Id>{"select id from raadspost_griffie where sort_name is null"})
                unsorted.push_back(id);
            if (!unsorted.empty()) refresh_griffie_names(unsorted);
        });
}

tryton::Model griffie_council() {
    return Model{"raadspost.griffie-raadspost.council", "Griffie - Council"}
        .stored()
        .field(Many2One{"griffie", "raadspost.griffie", "Griffie"}.required().on_delete("CASCADE").indexed())
        .field(Many2One{"council", "raadspost.council", "Council"}.required().on_delete("CASCADE").indexed())
        .field(Text{"imported", "As Last Imported"}.readonly())
        .unique({"griffie", "council"}, "msg_griffie_council_unique")
        .after_save(refresh_councils_of_links);
}

tryton::Ids add_griffies(const std::vector<ProposedGriffie>& proposals) {
    if (proposals.empty()) return {};
    std::vector<std::tuple<std::string, Maybe, Maybe, Maybe, std::string>> rows;
    rows.reserve(proposals.size());
    for (const ProposedGriffie& each : proposals) {
        const Maybe email = each.email.empty() ? Maybe{} : each.email;
        rows.emplace_back("Griffie " + each.council_name, email,
                          email ? Maybe{folded_mailbox(*email)} : Maybe{},
                          each.griffier.empty() ? Maybe{} : each.griffier, "unconfirmed");
    }
    const Ids griffies = insert_rows<std::string, Maybe, Maybe, Maybe, std::string>(
        "raadspost.griffie", {"name", "email", "mailbox", "griffier", "status"}, rows);

    std::vector<std::tuple<Id, Id>> links;
    for (std::size_t n = 0; n < proposals.size(); ++n) links.emplace_back(griffies[n], proposals[n].council);
    insert_rows<Id, Id>("raadspost.griffie-raadspost.council", {"griffie", "council"}, links);
    refresh_griffie_names(griffies);
    return griffies;
}

void refresh_griffie_names(const tryton::Ids& griffies) {
    std::map<Id, std::string> councils;
    for (auto& [griffie, name, code] : Rows<Id, std::string, std::string>{
             "select r.griffie, c.name, c.code from \"raadspost_griffie-raadspost_council\" r "
             "join raadspost_council c on c.id = r.council where r.griffie in {} order by r.griffie, c.id",
             griffies})
        councils[griffie] += " " + name + " " + code;

    std::vector<std::tuple<Id, std::string, std::string>> stale;
    for (auto& [id, name, griffier, mailbox, sort_name, search_name] :
         Rows<Id, std::string, Maybe, Maybe, Maybe, Maybe>{
             "select id, name, griffier, mailbox, sort_name, search_name from raadspost_griffie where id in "
             "{}",
             griffies}) {
        const std::string address = mailbox.value_or("");
        std::string found_by =
            folded(name + " " + griffier.value_or("") + " " + address + councils[id]) + " " + address;
        std::string place = sorted_as(name);
        if (sort_name != place || search_name != found_by)
            stale.emplace_back(id, std::move(place), std::move(found_by));
    }
    if (!stale.empty())
        update_rows<std::string, std::string>("raadspost.griffie", {"sort_name", "search_name"}, stale);
    if (const Ids served = councils_of(griffies); !served.empty()) refresh_council_names(served);
}

}  // namespace raadspost::crm

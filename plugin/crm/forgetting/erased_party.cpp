#include "crm/forgetting/erased_party.hpp"

#include "core/fold.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace raadspost::crm {
namespace {

using namespace tryton;
using Maybe = std::optional<std::string>;

template <class... Parameters>
Ids ids(std::string_view sql, const Parameters&... parameters) {
    Ids found;
    for (const auto& [id] : Rows<Id>{sql, parameters...}) found.push_back(id);
    return found;
}

List texts(const std::vector<std::string>& all) {
    return {all.begin(), all.end()};
}

void read_means_of_contact(Id party, Person& person) {
    for (auto& [type, value] : Rows<std::string, std::string>{
             "select type, value from party_contact_mechanism where party = {} and value is not null",
             party}) {
        if (type == "email") person.mailboxes.push_back(folded_mailbox(value));
        if (type == "phone" || type == "mobile" || type == "fax") person.phones.push_back(value);
    }
}

// Whether a griffie is that of one of the councils alone.
std::set<Id> offices_of(const Ids& councils) {
    std::set<Id> offices;
    for (const auto& [griffie] :
         Rows<Id>{"select griffie from \"raadspost_griffie-raadspost_council\" where council in {} and "
                  "griffie not in (select griffie from \"raadspost_griffie-raadspost_council\" where not "
                  "council in {})",
                  councils, councils})
        offices.insert(griffie);
    return offices;
}

void find_griffies(ErasedParty& erased) {
    const Forgotten known{erased.person};
    const auto& mailboxes = erased.person.mailboxes;
    const std::set<Id> offices = offices_of(erased.councils);
    const std::string name = erased.person.names.empty() ? "" : erased.person.names.front();
    const std::string surname = folded(surname_of(name));
    std::vector<std::string> also_called;
    for (const auto& [id, griffier, mailbox, phone] :
         Rows<Id, Maybe, Maybe, Maybe>{"select id, griffier, mailbox, phone from raadspost_griffie"}) {
        const bool at_their_mailbox =
            mailbox && std::find(mailboxes.begin(), mailboxes.end(), *mailbox) != mailboxes.end();
        const bool reached = at_their_mailbox || (phone && known.named_in(*phone));
        const bool same_surname = griffier && !surname.empty() && folded(surname_of(*griffier)) == surname;
        const bool is_theirs = offices.contains(id) || (griffier && known.named_in(*griffier)) ||
                               (reached && (same_surname || name.empty())) ||
                               (at_their_mailbox && bears_name(*mailbox, {name}));
        if (!is_theirs) continue;
        erased.griffies.push_back(id);
        if (griffier) also_called.push_back(*griffier);
    }
    erased.person.names.insert(erased.person.names.end(), also_called.begin(), also_called.end());
}

}  // namespace

ErasedParty erased_party(Id party) {
    ErasedParty erased;
    erased.party = party;
    erased.councils = ids("select id from raadspost_council where party = {}", party);
    erased.associations = ids("select id from raadspost_association where party = {}", party);
    // An organisation's name is no person's: letters and lists go on naming the municipality.
    if (erased.councils.empty() && erased.associations.empty())
        for (auto& [name] :
             Rows<std::string>{"select name from party_party where id = {} and name is not null", party})
            erased.person.names.push_back(std::move(name));
    erased.means_of_contact = ids("select id from party_contact_mechanism where party = {}", party);
    read_means_of_contact(party, erased.person);
    find_griffies(erased);
    for (auto& [chair] :
         Rows<std::string>{"select chair from raadspost_association where id in {} and chair is not null",
                           erased.associations})
        erased.person.names.push_back(std::move(chair));

    const auto& mailboxes = erased.person.mailboxes;
    for (const std::string& mailbox : mailboxes)
        if (bears_name(mailbox, erased.person.names)) erased.personal_mailboxes.push_back(mailbox);
    erased.messages =
        ids("select id from raadspost_message where lower(from_address) in {}", texts(mailboxes));
    erased.replies = ids("select id from raadspost_reply where lower(mailbox) in {}", texts(mailboxes));
    erased.dispatches = ids("select id from raadspost_dispatch where griffie in {} or mailbox in {}",
                            erased.griffies, texts(erased.personal_mailboxes));
    return erased;
}

void refuse_while_sending(const ErasedParty& erased) {
    // What is only planned for an office goes to whoever works there then.
    const Rows<std::int64_t> under_way{
        "select count(*) from raadspost_dispatch d where "
        "(d.state in ('released', 'claimed', 'deferred', 'uncertain') and d.id in {}) or "
        "(d.state in ('planned', 'held', 'released', 'claimed', 'deferred', 'uncertain') and "
        "(d.mailbox in {} or d.appeal in (select id from raadspost_appeal where association in {}) or "
        "exists (select 1 from \"raadspost_dispatch-raadspost_case\" l join raadspost_case k "
        "on k.id = l.\"case\" where l.dispatch = d.id and k.council in {})))",
        erased.dispatches, texts(erased.personal_mailboxes), erased.associations, erased.councils};
    const Rows<std::int64_t> answers{
        "select count(*) from raadspost_reply where id in {} and state in ('released', 'claimed', "
        "'deferred', 'uncertain')",
        erased.replies};
    const std::int64_t number = std::get<0>(under_way.front()) + std::get<0>(answers.front());
    if (number > 0) throw UserError{"msg_erase_under_way", {{"number", number}}};

    const Forgotten known{erased.person};
    for (const auto& [subject, association, name] : Rows<Maybe, std::optional<Id>, Maybe>{
             "select a.subject, a.association, s.name from raadspost_appeal a "
             "left join raadspost_signatory s on s.appeal = a.id where a.state in ('submitted', 'approved', "
             "'running')"}) {
        const auto& own = erased.associations;
        if ((association && std::find(own.begin(), own.end(), *association) != own.end()) ||
            (name && known.named_in(*name)))
            throw UserError{"msg_erase_signs", {{"appeal", subject.value_or("")}}};
    }
}

}  // namespace raadspost::crm

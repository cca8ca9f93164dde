// The host's wizard that erases a party, extended: our data about that party goes along, in the same
// transaction. What hangs on records goes by the host's own list; what merely names the person in some text
// is taken out after it. What stays, since the law wants it: that an address asked for no more mail, with the
// address itself (without it nobody could keep to that; a hash could be guessed and is as personal), the
// numbers, and for each message its hash and when it left, without whom it went to.
#include "core/fold.hpp"
#include "crm/country/griffie.hpp"
#include "crm/entities.hpp"
#include "crm/forgetting/erased_party.hpp"
#include "crm/forgetting/forgotten_bytes.hpp"
#include "crm/forgetting/mentions.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>

namespace raadspost::crm {
namespace {

using namespace tryton;

// One entry of the host's list: the records, whether notes and attachments go as well, columns, values.
// By id, for the host looks the records up again after it has written.
Value entry(const char* model, const Ids& records, const Dict& values) {
    List columns, contents;
    for (const auto& [column, content] : values) {
        columns.emplace_back(column);
        contents.push_back(content);
    }
    return List{model_class(model), List{where("id", "in", records)}, true, columns, contents};
}

Ids reached_only_by(const ErasedParty& erased) {
    List mailboxes{erased.personal_mailboxes.begin(), erased.personal_mailboxes.end()};
    Ids griffies;
    for (const auto& [id] : Rows<Id>{"select id from raadspost_griffie where mailbox in {}", mailboxes})
        griffies.push_back(id);
    return griffies;
}

Value with_ours(Session&, const List& arguments, const Inherited& inherited) {
    const ErasedParty erased = erased_party(arguments.at(0).as<Id>());
    const Value nothing, mark{forgotten_mark};
    List all = inherited().as<List>();
    all.push_back(entry("raadspost.griffie", erased.griffies,
                        {{"griffier", nothing}, {"greeting", nothing}, {"phone", nothing}}));
    all.push_back(
        entry("raadspost.griffie", reached_only_by(erased), {{"email", nothing}, {"mailbox", nothing}}));
    // The host takes the number away and leaves its copy without punctuation.
    all.push_back(entry("party.contact_mechanism", erased.means_of_contact, {{"value_compact", nothing}}));
    all.push_back(entry("raadspost.association", erased.associations,
                        {{"name", mark},
                         {"chair", nothing},
                         {"sender_name", mark},
                         {"sender_email", mark},
                         {"reply_to", nothing},
                         {"logo", nothing},
                         {"street", nothing},
                         {"postcode", nothing},
                         {"city", nothing},
                         {"footer", nothing},
                         {"signature", nothing}}));
    // The hash of the content stays, or the next look into the mailbox would bring it back.
    all.push_back(entry("raadspost.message", erased.messages,
                        {{"from_address", mark},
                         {"from_name", nothing},
                         {"message_id", nothing},
                         {"subject", nothing},
                         {"text", nothing},
                         {"deciding_line", nothing},
                         {"case_number", nothing},
                         {"redirect_to", nothing},
                         {"state", "settled"},
                         {"bytes_file", nothing}}));
    all.push_back(entry("raadspost.reply", erased.replies,
                        {{"mailbox", mark}, {"subject", nothing}, {"text", nothing}, {"bytes_file", ""}}));
    all.push_back(entry("raadspost.dispatch", erased.dispatches, {{"bytes_file", nothing}}));
    // A mailbox is part of what makes a dispatch unique, so each keeps one of its own.
    const auto& personal = erased.personal_mailboxes;
    for (const auto& [id] : Rows<Id>{"select id from raadspost_dispatch where id in {} and mailbox in {}",
                                     erased.dispatches, List{personal.begin(), personal.end()}})
        all.push_back(entry("raadspost.dispatch", {id},
                            {{"mailbox", std::string{forgotten_mark} + std::to_string(id)}}));
    return all;
}

Value refuse(Session&, const List& arguments, const Inherited& inherited) {
    Value done = inherited();
    refuse_while_sending(erased_party(arguments.at(0).as<Id>()));
    return done;
}

void forget_kept_bytes(const ErasedParty& erased) {
    const auto forget = [](KeptIn folder, const std::string& table, const Ids& records) {
        std::vector<std::string> files;
        for (auto& [file] : Rows<std::string>{
                 "select bytes_file from " + table + " where id in {} and bytes_file <> ''", records})
            files.push_back(std::move(file));
        forget_bytes(folder, files);
    };
    forget(KeptIn::dispatches, "raadspost_dispatch", erased.dispatches);
    forget(KeptIn::replies, "raadspost_reply", erased.replies);
    forget(KeptIn::received, "raadspost_message", erased.messages);
}

// What staff logged of calls with the people of these griffies bears a surname only; so does the log, of what
// was changed about them.
void forget_callers(const ErasedParty& erased) {
    std::vector<std::string> surnames;
    for (const std::string& name : erased.person.names)
        if (auto surname = folded(surname_of(name)); !surname.empty()) surnames.push_back(std::move(surname));
    const auto naming_them = [&](const std::string& table, const std::string& column) {
        Ids theirs;
        for (const auto& [id, text] : Rows<Id, std::string>{
                 "select distinct n.id, n." + column + " from " + table +
                     " n join raadspost_case k on k.id = n.\"case\" "
                     "join \"raadspost_griffie-raadspost_council\" g on g.council = k.council "
                     "where g.griffie in {} and n." +
                     column + " is not null",
                 erased.griffies}) {
            const std::string said = ' ' + folded(text) + ' ';
            if (std::any_of(surnames.begin(), surnames.end(), [&](const std::string& surname) {
                    return said.find(' ' + surname + ' ') != std::string::npos;
                }))
                theirs.push_back(id);
        }
        return theirs;
    };
    execute("update raadspost_contact set with_whom = null, note = null where id in {}",
            naming_them("raadspost_contact", "with_whom"));
    execute("update raadspost_event set evidence = null where kind = 'contact' and id in {}",
            naming_them("raadspost_event", "evidence"));
}

// The party and all that were merged into it, as the host takes them.
Ids with_replaced(Id party) {
    Ids parties{party};
    for (std::size_t n = 0; n < parties.size(); ++n)
        for (const auto& [id] : Rows<Id>{"select id from party_party where replaced_by = {}", parties[n]})
            if (std::find(parties.begin(), parties.end(), id) == parties.end()) parties.push_back(id);
    return parties;
}

Value erase(Session& session, const List&, const Inherited& inherited) {
    std::vector<ErasedParty> all;
    for (const Id party : with_replaced(session.form("ask").one("party").id()))
        all.push_back(erased_party(party));
    for (const ErasedParty& erased : all) forget_kept_bytes(erased);
    const Value next = inherited();
    for (const ErasedParty& erased : all) {
        forget_callers(erased);
        execute("delete from raadspost_message_candidate where message in {}", erased.messages);
        const std::int64_t mentions = take_out_mentions(Forgotten{erased.person});
        Ids griffies = erased.griffies;
        if (!griffies.empty()) refresh_griffie_names(griffies);
        log(Level::info, "Party " + std::to_string(erased.party) + " was erased: griffies " +
                             std::to_string(erased.griffies.size()) + ", messages " +
                             std::to_string(erased.messages.size()) + ", other texts " +
                             std::to_string(mentions) + ".");
    }
    return next;
}

}  // namespace

tryton::Wizard erase_party() {
    return Wizard::extending("party.erase")
        .overriding("check_erase", refuse)
        .overriding("to_erase", with_ours)
        .overriding("transition_erase", erase);
}

}  // namespace raadspost::crm

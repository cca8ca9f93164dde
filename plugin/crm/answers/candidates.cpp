#include "crm/answers/candidates.hpp"

#include "core/answer/match/council_names.hpp"
#include "core/answer/match/lookalike.hpp"
#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "tryton/rows.hpp"

#include <charconv>
#include <map>
#include <set>

namespace raadspost::crm {

using namespace tryton;

namespace {

using MaybeText = std::optional<std::string>;

const char* const has_left =
    "d.message_id is not null and d.state in ('claimed', 'sent', 'delivered', 'bounced', "
    "'uncertain')";

List list_of(const std::vector<std::string>& texts) {
    return {texts.begin(), texts.end()};
}

// "R12-GM0397" -> 12 and "GM0397".
std::optional<std::pair<Id, std::string>> parts_of(const std::string& reference) {
    const auto dash = reference.find('-');
    Id appeal = 0;
    if (dash == std::string::npos || dash < 2) return std::nullopt;
    const char* const end = reference.data() + dash;
    if (std::from_chars(reference.data() + 1, end, appeal).ptr != end) return std::nullopt;
    return std::pair{appeal, reference.substr(dash + 1)};
}

class Finding {
public:
    explicit Finding(const answer::Clues& clues) : clues_{clues} {}

    bool found() const { return !ids_.empty(); }

    void by_name_of_the_message() {
        const auto add = [&](Id id) { ids_.insert(id); };
        if (!clues_.token_rows.empty())
            Rows<Id>::each("select id from raadspost_dispatch where id in {} and message_id is not null",
                           {Ids{clues_.token_rows.begin(), clues_.token_rows.end()}}, add);
        if (!clues_.message_ids.empty())
            Rows<Id>::each("select id from raadspost_dispatch where message_id in {}",
                           List{Value{list_of(clues_.message_ids)}}, add);
    }

    void by_reference() {
        std::set<std::pair<Id, std::string>> named;
        Ids appeals;
        List codes;
        for (const std::string& each : clues_.references)
            if (auto parts = parts_of(each); parts && named.insert(*parts).second) {
                appeals.push_back(parts->first);
                codes.emplace_back(parts->second);
            }
        if (named.empty()) return;
        Rows<Id, Id, std::string>::each(
            "select d.id, k.appeal, c.code from raadspost_case k join raadspost_council c on c.id = "
            "k.council "
            "join \"raadspost_dispatch-raadspost_case\" l on l.\"case\" = k.id "
            "join raadspost_dispatch d on d.id = l.dispatch where c.code in {} and k.appeal in {} and " +
                std::string{has_left},
            {codes, appeals}, [&](Id id, Id appeal, const std::string& code) {
                if (named.contains({appeal, code})) ids_.insert(id);
            });
    }

    void by_mailbox() {
        std::set<std::string> mailboxes(clues_.failed_recipients.begin(), clues_.failed_recipients.end());
        mailboxes.insert(clues_.named_addresses.begin(), clues_.named_addresses.end());
        if (!clues_.sender.empty()) mailboxes.insert(clues_.sender);
        if (mailboxes.empty()) return;
        Rows<Id>::each("select d.id from raadspost_dispatch d where d.mailbox in {} and " +
                           std::string{has_left} + " order by d.id desc limit {}",
                       {List{mailboxes.begin(), mailboxes.end()}, max_candidates_of_a_clue},
                       [&](Id id) { ids_.insert(id); });
    }

    void by_council(const std::set<std::string>& codes) {
        if (codes.empty()) return;
        Rows<Id>::each(
            "select d.id from raadspost_council c join raadspost_case k on k.council = c.id "
            "join \"raadspost_dispatch-raadspost_case\" l on l.\"case\" = k.id "
            "join raadspost_dispatch d on d.id = l.dispatch where c.code in {} and " +
                std::string{has_left} + " order by d.id desc limit {}",
            {List{codes.begin(), codes.end()}, max_candidates_of_a_clue}, [&](Id id) { ids_.insert(id); });
    }

    Candidates load() const {
        Candidates all;
        if (ids_.empty()) return all;
        const Ids ids(ids_.begin(), ids_.end());
        std::map<Id, std::size_t> place;
        Rows<Id, Id, std::string, MaybeText, std::string, std::optional<DateTime>>::each(
            "select id, appeal, coalesce(message_id, ''), subject, mailbox, coalesce(sent_at, claimed_at) "
            "from raadspost_dispatch where id in {} order by id desc",
            {ids},
            [&](Id id, Id appeal, std::string message_id, const MaybeText& subject, std::string mailbox,
                const std::optional<DateTime>& sent_at) {
                place.emplace(id, all.sent.size());
                answer::SentMail mail;
                mail.dispatch = id;
                mail.message_id = std::move(message_id);
                mail.recipient = std::move(mailbox);
                mail.bare_subject = answer::bare_subject(subject.value_or(""));
                if (sent_at) mail.sent_at = std::chrono::floor<std::chrono::seconds>(*sent_at);
                all.sent.push_back(std::move(mail));
                all.behind.push_back({appeal, {}});
            });
        Rows<Id, Id, Id, std::string, std::string>::each(
            "select l.dispatch, k.id, k.council, c.code, c.name from \"raadspost_dispatch-raadspost_case\" l "
            "join raadspost_case k on k.id = l.\"case\" join raadspost_council c on c.id = k.council "
            "where l.dispatch in {} order by l.dispatch, c.code",
            {ids}, [&](Id dispatch, Id case_id, Id council, std::string code, std::string name) {
                const std::size_t n = place.at(dispatch);
                all.sent[n].councils.push_back({code, std::move(name)});
                all.behind[n].cases.push_back({case_id, council, std::move(code)});
            });
        for (std::size_t n = 0; n < all.sent.size(); ++n) refer(all.sent[n], all.behind[n].appeal);
        return all;
    }

    std::optional<Candidates::Reply> reply() const {
        if (clues_.message_ids.empty()) return std::nullopt;
        using MaybeId = std::optional<Id>;
        for (const auto& [id, case_id, council, appeal] :
             Rows<Id, MaybeId, MaybeId, MaybeId>{"select id, \"case\", council, appeal from raadspost_reply "
                                                 "where message_id in {} order by id "
                                                 "desc limit 1",
                                                 list_of(clues_.message_ids)})
            return Candidates::Reply{id, case_id.value_or(0), council.value_or(0), appeal.value_or(0)};
        return std::nullopt;
    }

private:
    // The reference of its one council. A message for several has one for each of them: the one that is named
    // tells which of them answers.
    void refer(answer::SentMail& mail, Id appeal) const {
        const std::string prefix = "R" + std::to_string(appeal) + "-";
        std::vector<answer::SentFor> named;
        for (const answer::SentFor& each : mail.councils)
            for (const std::string& reference : clues_.references)
                if (reference == prefix + each.council) named.push_back(each);
        if (!named.empty()) mail.councils = std::move(named);
        if (mail.councils.size() == 1) mail.reference = prefix + mail.councils.front().council;
    }

    const answer::Clues& clues_;
    std::set<Id> ids_;
};

// Councils that the sender may be, or may want to be taken for.
std::set<std::string> councils_of_sender(const answer::Clues& clues, const CouncilIndex& country,
                                         const std::vector<CouncilAddress>& addresses) {
    std::set<std::string> codes;
    const std::string shown =
        clues.sender_name.find('@') == std::string::npos ? "" : domain_of(clues.sender_name);
    for (const std::string& domain : {clues.sender_domain, shown}) {
        if (domain.empty()) continue;
        const CouncilsMeant meant = country.find_by_address(domain);
        codes.insert(meant.begin(), meant.end());
        const std::string_view registered = answer::registered_domain(domain);
        for (const CouncilAddress& each : addresses)
            if (answer::registered_domain(each.domain) == registered ||
                answer::likeness(domain, each.domain, each.folded_name) != answer::Likeness::none)
                codes.insert(each.code);
    }
    return codes;
}

std::set<std::string> councils_named(const std::string& text, const CouncilIndex& country,
                                     const std::vector<CouncilAddress>& addresses) {
    const std::string folded_text = folded(text);
    std::set<std::string> codes;
    for (const CouncilAddress& each : addresses)
        if (answer::naming_of(folded_text, each.name, country).times > 0) codes.insert(each.code);
    return codes;
}

}  // namespace

std::vector<CouncilAddress> council_addresses() {
    std::vector<CouncilAddress> all;
    for (auto& [code, name, mailbox] : Rows<std::string, std::string, MaybeText>{
             "select c.code, c.name, g.mailbox from raadspost_council c "
             "left join \"raadspost_griffie-raadspost_council\" l on l.council = c.id "
             "left join raadspost_griffie g on g.id = l.griffie order by c.code"})
        all.push_back({std::move(code), name, folded(name), domain_of(mailbox.value_or(""))});
    return all;
}

Candidates find_candidates(const answer::Clues& clues, const CouncilIndex& country,
                           const std::vector<CouncilAddress>& addresses,
                           const std::function<std::string()>& text) {
    Finding finding{clues};
    finding.by_name_of_the_message();
    finding.by_reference();
    finding.by_mailbox();
    finding.by_council(councils_of_sender(clues, country, addresses));
    if (!finding.found())
        finding.by_council(
            councils_named(clues.sender_name + " . " + clues.subject + " . " + text(), country, addresses));
    Candidates found = finding.load();
    found.reply = finding.reply();
    return found;
}

}  // namespace raadspost::crm

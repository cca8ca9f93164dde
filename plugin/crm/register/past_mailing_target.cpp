// Earlier mailings, made with another tool, as a history of their own. Who opted out then is suppressed now,
// and an address that bounced counts as failing: otherwise the first appeal would go to them again.
#include "core/fold.hpp"
#include "crm/country/council.hpp"
#include "crm/register/target.hpp"
#include "tryton/rows.hpp"

#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace raadspost::crm {
namespace {

using namespace tryton;
using registers::Keyed;
using Maybe = std::optional<std::string>;
using MaybeId = std::optional<Id>;

class PastMailingTarget final : public Target {
public:
    const std::vector<std::string>& fields() const override {
        static const std::vector<std::string> names = {"council", "email",   "date", "subject",
                                                       "status",  "outcome", "note"};
        return names;
    }

    std::pair<std::string, std::string> column(const std::string& field) const override {
        return {"raadspost.past_mailing", field};
    }

    bool tells_all() const override { return false; }

    Existing existing() const override {
        Existing all;
        for (auto& [id, key, council, email, date, subject, status, outcome, note, imported] :
             Rows<Id, std::string, Maybe, Maybe, Date, Maybe, Maybe, Maybe, Maybe, Maybe>{
                 "select p.id, p.import_key, c.code, p.email, p.date, p.subject, p.status, p.outcome, "
                 "p.note, "
                 "p.imported from raadspost_past_mailing p left join raadspost_council c on c.id = p.council "
                 "where p.import_key is not null"}) {
            all.ids.emplace(key, id);
            FieldTexts last = from_json(imported.value_or(""));
            if (!last.empty()) all.last_imported.push_back({key, std::move(last), {}});
            all.present.push_back({key,
                                   {{"council", council.value_or("")},
                                    {"email", email.value_or("")},
                                    {"date", text_of(Date{date})},
                                    {"subject", subject.value_or("")},
                                    {"status", status.value_or("")},
                                    {"outcome", outcome.value_or("")},
                                    {"note", note.value_or("")}},
                                   {}});
        }
        return all;
    }

    void write(const std::vector<Decided>& records) const override {
        const auto councils = councils_by_code();
        std::vector<
            std::tuple<std::string, MaybeId, Maybe, Maybe, Date, Maybe, Maybe, Maybe, Maybe, std::string>>
            added;
        std::vector<std::tuple<Id, MaybeId, Maybe, Maybe, Maybe, std::string>> changed;
        for (const Decided& each : records) {
            const FieldTexts& values = each.values;
            const auto found = councils.find(text_in(values, "council").value_or(""));
            const MaybeId council = found == councils.end() ? MaybeId{} : found->second;
            if (each.id != 0) {
                changed.emplace_back(each.id, council, text_in(values, "status"), text_in(values, "outcome"),
                                     text_in(values, "note"), to_json(each.imported));
                continue;
            }
            const auto date = date_in(values, "date");
            if (!date) continue;
            const Maybe email = text_in(values, "email");
            added.emplace_back(each.key, council, email, email ? Maybe{folded_mailbox(*email)} : Maybe{},
                               *date, text_in(values, "subject"), text_in(values, "status"),
                               text_in(values, "outcome"), text_in(values, "note"), to_json(each.imported));
        }
        insert_rows<std::string, MaybeId, Maybe, Maybe, Date, Maybe, Maybe, Maybe, Maybe, std::string>(
            "raadspost.past_mailing",
            {"import_key", "council", "email", "mailbox", "date", "subject", "status", "outcome", "note",
             "imported"},
            added);
        update_rows<MaybeId, Maybe, Maybe, Maybe, std::string>(
            "raadspost.past_mailing", {"council", "status", "outcome", "note", "imported"}, changed);
        draw_consequences(records);
    }

    // Of one mailing a list may tell twice: first that it arrived, then that they want no more.
    void complete(std::vector<Keyed>& records, std::vector<Problem>&) const override {
        std::unordered_map<std::string, std::size_t> first;
        std::vector<Keyed> kept;
        for (Keyed& record : records) {
            const auto [at, is_first] = first.emplace(record.key, kept.size());
            if (is_first || !opts_out(record.fields)) {
                kept.push_back(std::move(record));
                continue;
            }
            for (const auto& [field, text] : record.fields)
                if (!text.empty()) kept[at->second].fields[field] = text;
        }
        records = std::move(kept);
    }

private:
    static bool opts_out(const FieldTexts& said) {
        return text_in(said, "status") == "opted_out" || text_in(said, "outcome") == "opt_out";
    }

    // The mailboxes of the offices that serve a council.
    static std::multimap<std::string, std::string> mailboxes_by_council() {
        std::multimap<std::string, std::string> mailboxes;
        for (auto& [code, mailbox] : Rows<std::string, std::string>{
                 "select c.code, g.mailbox from raadspost_council c "
                 "join \"raadspost_griffie-raadspost_council\" l on l.council = c.id "
                 "join raadspost_griffie g on g.id = l.griffie "
                 "where g.mailbox <> '' and g.valid_to is null"})
            mailboxes.emplace(std::move(code), std::move(mailbox));
        return mailboxes;
    }

    // By what the list says, whatever a person made of it here: an opt-out counts.
    static void draw_consequences(const std::vector<Decided>& records) {
        std::set<std::string> suppressed;
        for (auto& [mailbox] : Rows<std::string>{
                 "select mailbox from raadspost_suppression where scope = 'all' and mailbox is not null"})
            suppressed.insert(std::move(mailbox));
        std::vector<std::tuple<std::string, std::string, std::string, std::string, Date>> opted_out;
        List dead;
        const std::multimap<std::string, std::string> by_council = mailboxes_by_council();
        const auto suppress = [&](const std::string& email, Date since) {
            std::string mailbox = folded_mailbox(email);
            if (suppressed.insert(mailbox).second)
                opted_out.emplace_back(email, std::move(mailbox), "all", "opted_out", since);
        };
        for (const Decided& each : records) {
            const Maybe email = text_in(each.values, "email");
            const auto date = date_in(each.values, "date");
            if (!date) continue;
            if (opts_out(each.values) || opts_out(each.imported)) {
                if (email)
                    suppress(*email, *date);
                else if (const Maybe council = text_in(each.values, "council"))
                    for (auto [at, end] = by_council.equal_range(*council); at != end; ++at)
                        suppress(at->second, *date);
            }
            const std::string status = text_in(each.values, "status").value_or("");
            if (email && (status == "bounced" || status == "refused")) dead.push_back(folded_mailbox(*email));
        }
        insert_rows<std::string, std::string, std::string, std::string, Date>(
            "raadspost.suppression", {"email", "mailbox", "scope", "reason", "since"}, opted_out);
        if (dead.empty()) return;
        std::vector<std::tuple<Id, std::string>> failing;
        for (const auto& [griffie] : Rows<Id>{
                 "select id from raadspost_griffie where mailbox in {} and status = 'unconfirmed'", dead})
            failing.emplace_back(griffie, "failing");
        update_rows<std::string>("raadspost.griffie", {"status"}, failing);
    }
};

}  // namespace

std::unique_ptr<Target> past_mailing_target() {
    return std::make_unique<PastMailingTarget>();
}

}  // namespace raadspost::crm

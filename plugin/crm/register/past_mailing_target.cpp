// Earlier mailings, made with another tool, as a history of their own. Who opted out then is suppressed now,
// and an address that bounced counts as failing: otherwise the first appeal would go to them again.
#include "core/fold.hpp"
#include "crm/country/council.hpp"
#include "crm/register/target.hpp"
#include "tryton/rows.hpp"

#include <set>
#include <tuple>

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

    Existing existing() const override {
        Existing all;
        for (auto& [id, key, council, email, date, subject, status, outcome, note] :
             Rows<Id, std::string, Maybe, Maybe, Date, Maybe, Maybe, Maybe, Maybe>{
                 "select p.id, p.import_key, c.code, p.email, p.date, p.subject, p.status, p.outcome, p.note "
                 "from raadspost_past_mailing p left join raadspost_council c on c.id = p.council "
                 "where p.import_key is not null"}) {
            all.ids.emplace(key, id);
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
        std::vector<std::tuple<std::string, MaybeId, Maybe, Maybe, Date, Maybe, Maybe, Maybe, Maybe>> added;
        std::vector<std::tuple<Id, Maybe, Maybe, Maybe>> changed;
        for (const Decided& each : records) {
            const FieldTexts& values = each.values;
            if (each.id != 0) {
                if (each.changes)
                    changed.emplace_back(each.id, text_in(values, "status"), text_in(values, "outcome"),
                                         text_in(values, "note"));
                continue;
            }
            const auto date = date_in(values, "date");
            if (!date) continue;
            const auto council = councils.find(text_in(values, "council").value_or(""));
            const Maybe email = text_in(values, "email");
            added.emplace_back(each.key, council == councils.end() ? MaybeId{} : council->second, email,
                               email ? Maybe{folded_mailbox(*email)} : Maybe{}, *date,
                               text_in(values, "subject"), text_in(values, "status"),
                               text_in(values, "outcome"), text_in(values, "note"));
        }
        insert_rows<std::string, MaybeId, Maybe, Maybe, Date, Maybe, Maybe, Maybe, Maybe>(
            "raadspost.past_mailing",
            {"import_key", "council", "email", "mailbox", "date", "subject", "status", "outcome", "note"},
            added);
        update_rows<Maybe, Maybe, Maybe>("raadspost.past_mailing", {"status", "outcome", "note"}, changed);
        draw_consequences(records);
    }

private:
    static void draw_consequences(const std::vector<Decided>& records) {
        std::set<std::string> suppressed;
        for (auto& [mailbox] : Rows<std::string>{
                 "select mailbox from raadspost_suppression where scope = 'all' and mailbox is not null"})
            suppressed.insert(std::move(mailbox));
        std::vector<std::tuple<std::string, std::string, std::string, std::string, Date>> opted_out;
        List dead;
        for (const Decided& each : records) {
            const Maybe email = text_in(each.values, "email");
            const auto date = date_in(each.values, "date");
            if (!email || !date) continue;
            const std::string mailbox = folded_mailbox(*email);
            const std::string status = text_in(each.values, "status").value_or("");
            if ((status == "opted_out" || text_in(each.values, "outcome") == "opt_out") &&
                suppressed.insert(mailbox).second)
                opted_out.emplace_back(*email, mailbox, "all", "opted_out", *date);
            if (status == "bounced" || status == "refused") dead.push_back(mailbox);
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

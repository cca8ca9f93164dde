// A list of opt-outs into suppressions of everything. What is suppressed already is left alone.
#include "core/fold.hpp"
#include "crm/register/target.hpp"
#include "tryton/rows.hpp"

#include <tuple>

namespace raadspost::crm {
namespace {

using namespace tryton;
using Maybe = std::optional<std::string>;

class OptOutTarget final : public Target {
public:
    const std::vector<std::string>& fields() const override {
        static const std::vector<std::string> names = {"email", "since", "note"};
        return names;
    }

    std::pair<std::string, std::string> column(const std::string& field) const override {
        return {"raadspost.suppression", field};
    }

    void conform(FieldTexts& fields) const override {
        if (const auto date = fields.extract("date"); !date.empty() && !date.mapped().empty())
            fields["since"] = date.mapped();
        if (const auto reason = fields.extract("reason"); !reason.empty() && !reason.mapped().empty()) {
            std::string& note = fields["note"];
            note = note.empty() ? reason.mapped() : reason.mapped() + "\n" + note;
        }
    }

    Existing existing() const override {
        Existing all;
        for (auto& [id, email, mailbox, since, note] : Rows<Id, std::string, std::string, Date, Maybe>{
                 "select id, email, mailbox, since, note from raadspost_suppression "
                 "where scope = 'all' and mailbox is not null order by id"}) {
            if (!all.ids.emplace(mailbox, id).second) continue;
            all.present.push_back(
                {mailbox,
                 {{"email", email}, {"since", text_of(Date{since})}, {"note", note.value_or("")}},
                 {}});
        }
        return all;
    }

    void write(const std::vector<Decided>& records) const override {
        const Date today{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
        std::vector<std::tuple<std::string, std::string, std::string, std::string, Date, Maybe>> added;
        std::vector<std::tuple<Id, Date, Maybe>> changed;
        for (const Decided& each : records) {
            const Date since = date_in(each.values, "since").value_or(today);
            if (each.id == 0)
                added.emplace_back(text_in(each.values, "email").value_or(each.key), folded_mailbox(each.key),
                                   "all", "opted_out", since, text_in(each.values, "note"));
            else if (each.changes)
                changed.emplace_back(each.id, since, text_in(each.values, "note"));
        }
        insert_rows<std::string, std::string, std::string, std::string, Date, Maybe>(
            "raadspost.suppression", {"email", "mailbox", "scope", "reason", "since", "note"}, added);
        update_rows<Date, Maybe>("raadspost.suppression", {"since", "note"}, changed);
    }
};

}  // namespace

std::unique_ptr<Target> opt_out_target() {
    return std::make_unique<OptOutTarget>();
}

}  // namespace raadspost::crm

// A suppression: a mailbox that gets nothing, from one appeal, one association, or at all.
#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {
namespace {

using namespace tryton;

void fold_mailbox(Dict& values) {
    const auto email = values.find("email");
    if (email != values.end() && email->second.holds<std::string>())
        values["mailbox"] = folded_mailbox(email->second.as<std::string>());
}

void check_mailboxes(const Ids& suppressions) {
    for (const auto& [id, mailbox] : Rows<Id, std::string>{
             "select id, mailbox from raadspost_suppression where id in {} and mailbox is not null",
             suppressions})
        if (!is_mailbox(mailbox)) throw UserError{"msg_griffie_mailbox", {{"email", mailbox}}};
}

Value today() {
    return Date{std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now())};
}

}  // namespace

tryton::Model suppression() {
    const Pyson of_association = eval("scope") == "association";
    const Pyson of_appeal = eval("scope") == "appeal";
    return Model{"raadspost.suppression", "Suppression"}
        .stored()
        .shown()
        .with_history()
        .named_by("email")
        .searched_by({"mailbox"})
        .folding([](const std::string& typed) { return folded_mailbox(typed); })
        .field(Char{"email", "E-Mail"}.required())
        .field(Char{"mailbox", "Mailbox"}.readonly().indexed())
        .field(
            Selection{"scope",
                      "Gets Nothing Of",
                      {{"all", "All Appeals"}, {"association", "One Association"}, {"appeal", "One Appeal"}}}
                .required()
                .starts_as("all"))
        .field(Many2One{"association", "raadspost.association", "Association"}
                   .required(of_association)
                   .invisible(!of_association)
                   .on_delete("CASCADE"))
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}
                   .required(of_appeal)
                   .invisible(!of_appeal)
                   .on_delete("CASCADE"))
        .field(Selection{
            "reason",
            "Reason",
            {{"opted_out", "Asked for It"}, {"dead", "Address Does Not Work"}, {"staff", "Decided by Staff"}}}
                   .required()
                   .starts_as("opted_out"))
        .field(DateField{"since", "Since"}.required().starts_as(Start{today}))
        .field(Text{"note", "Note"})
        .before_create([](std::vector<Dict>& rows) {
            for (Dict& row : rows) fold_mailbox(row);
        })
        .before_write([](const Ids&, Dict& values) { fold_mailbox(values); })
        .validates(check_mailboxes);
}

}  // namespace raadspost::crm

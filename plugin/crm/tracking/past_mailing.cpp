// An earlier mailing, made with another tool before Raadspost came: kept for the history of a council.
#include "core/fold.hpp"
#include "crm/entities.hpp"

namespace raadspost::crm {
namespace {

using namespace tryton;

void fold_mailbox(Dict& values) {
    const auto email = values.find("email");
    if (email != values.end() && email->second.holds<std::string>())
        values["mailbox"] = folded_mailbox(email->second.as<std::string>());
}

}  // namespace

tryton::Model past_mailing() {
    return Model{"raadspost.past_mailing", "Earlier Mailing"}
        .stored()
        .shown()
        .ordered_by("date", "DESC")
        .named_by("subject")
        .field(Many2One{"council", "raadspost.council", "Council"}.on_delete("CASCADE").indexed())
        .field(Char{"email", "E-Mail"})
        .field(Char{"mailbox", "Mailbox"}.readonly().indexed())
        .field(DateField{"date", "Date"}.required())
        .field(Char{"subject", "Subject"})
        .field(Selection{"status",
                         "Delivery",
                         {{"", ""},
                          {"sent", "Sent"},
                          {"delivered", "Delivered"},
                          {"bounced", "Bounced"},
                          {"refused", "Refused"},
                          {"opted_out", "Opted Out"}}})
        .field(Selection{"outcome",
                         "Outcome",
                         {{"", ""},
                          {"distributed", "Passed On"},
                          {"listed", "Listed"},
                          {"to_college", "Handed to the College"},
                          {"agenda", "On the Agenda"},
                          {"meeting", "Meeting"},
                          {"question", "Question"},
                          {"declined", "Declined"},
                          {"receipt", "Receipt"},
                          {"auto_reply", "Automatic Reply"},
                          {"opt_out", "No More Mail"}}})
        .field(Text{"note", "Note"})
        .field(Char{"import_key", "Import Key"}.readonly().indexed())
        .field(Text{"imported", "As Last Imported"}.readonly())
        .before_copy([](Dict& overrides) { overrides["import_key"] = overrides["imported"] = Value{}; })
        .before_create([](std::vector<Dict>& rows) {
            for (Dict& row : rows) fold_mailbox(row);
        })
        .before_write([](const Ids&, Dict& values) { fold_mailbox(values); })
        .unique({"import_key"}, "msg_past_mailing_unique", "import_key is not null");
}

}  // namespace raadspost::crm

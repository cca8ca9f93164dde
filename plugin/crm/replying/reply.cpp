// reply.cpp - an answer that a person wrote to a received message, as a record of the CRM: kept with its
// exact bytes, and how far it is. Its state is written by the senders, with the states of
// core/post/delivery.hpp.
#include "core/post/frozen.hpp"
#include "crm/entities.hpp"
#include "crm/problem_sentence.hpp"
#include "crm/replying/reply_writing.hpp"
#include "crm/sending/submission_fields.hpp"
#include "crm/triage/effect.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;

namespace {

const Choices states = {{"released", "Waits to Be Sent"}, {"claimed", "Being Sent"},
                        {"deferred", "Try Again"},        {"sent", "Sent"},
                        {"refused", "Refused"},           {"uncertain", "Uncertain"},
                        {"bounced", "Came Back"},         {"cancelled", "Taken Back"}};

Choices reasons() {
    Choices choices = {{"", ""},
                       {"given_up", "Given up after many tries"},
                       {"unsendable", "Address or message cannot be sent"},
                       {"line_fell_after_dot", "Line fell after the last dot"},
                       {"journal_damaged", "Journal of the sender is damaged"},
                       {"journal_lost", "Journal of the sender is lost"},
                       {"machine_lost", "Machine of the sender is lost"},
                       {"person", "Decided by a person"},
                       {"evidence", "Shown by evidence"},
                       {"known_to_ledger", "Was sent before, says the ledger"}};
    const Choices came_back = bounce_reasons();
    choices.insert(choices.end(), came_back.begin(), came_back.end());
    return choices;
}

std::map<std::string, Values> as_sent(const Ids& replies, const std::vector<std::string>& names) {
    std::map<std::string, Values> found;
    const bool with_bytes = std::ranges::find(names, "raw") != names.end();
    const auto folder = replies_folder();
    for (const auto& [id, file, hash] : Rows<Id, std::string, std::string>{
             "select id, bytes_file, bytes_hash from raadspost_reply where id in {}", replies}) {
        found["raw_name"][id] = "reply-" + std::to_string(id) + ".eml";
        found["raw"][id] = Value{};
        if (!with_bytes) continue;
        if (const auto bytes = post::thaw(folder, file, hash)) found["raw"][id] = Bytes{*bytes};
    }
    return found;
}

Action decides(void (*decision)(const Ids&)) {
    return [decision](const Ids& replies) {
        const auto scope = Scope::without_access_checks();
        decision(replies);
        return Value{"reload"};
    };
}

}  // namespace

Model reply() {
    const Pyson uncertain = eval("state") == "uncertain";
    Model model{"raadspost.reply", "Answer of Ours"};
    add_submission(model);
    model.stored()
        .shown()
        .ordered_by("id", "DESC")
        .named_by("subject")
        .searched_by({"mailbox", "subject", "message_id"})
        .field(Many2One{"message", "raadspost.message", "Answers"}
                   .required()
                   .readonly()
                   .on_delete("RESTRICT")
                   .indexed())
        .field(Many2One{"case", "raadspost.case", "Case"}.readonly().on_delete("RESTRICT").indexed())
        .field(Many2One{"council", "raadspost.council", "Council"}.readonly().on_delete("RESTRICT"))
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.readonly().on_delete("RESTRICT"))
        .field(
            Many2One{"association", "raadspost.association", "Association"}.readonly().on_delete("RESTRICT"))
        .field(Char{"uuid", "Key in the Ledger"}.required().readonly())
        .field(Char{"mailbox", "To"}.required().readonly())
        .field(Char{"subject", "Subject"}.readonly())
        .field(Text{"text", "Text"}.readonly())
        .field(Char{"content_hash", "Content (SHA-256)"}.required().readonly())
        .field(Selection{"state", "State", states}.required().readonly())
        .field(Selection{"reason", "Reason", reasons()}.readonly())
        .field(Char{"message_id", "Message-ID"}.required().readonly().indexed())
        .field(Char{"envelope_sender", "Bounces Go To"}.readonly())
        .field(Char{"bytes_file", "Stored Message"}.required().readonly())
        .field(Char{"bytes_hash", "Message (SHA-256)"}.required().readonly())
        .field(DateTimeField{"sent_at", "Sent At"}.readonly())
        .field(One2Many{"reports", "raadspost.message", "about_reply", "Reports of Delivery"}.readonly())
        .fields({Char{"raw_name", "File Name"}, Binary{"raw", "Message as Sent"}.named_by("raw_name")},
                as_sent)
        .button("was_sent", decides(reply_was_sent), {.invisible = !uncertain})
        .button("send_again", decides(send_reply_again), {.invisible = !uncertain})
        .button("take_back", decides(take_reply_back),
                {.invisible = !eval("state").in({"released", "deferred"})})
        .index({"state", "id"})
        .unique({"uuid"}, "msg_internal_error")
        // "Send" pressed twice is one answer.
        .unique({"message", "content_hash"}, "msg_reply_twice",
                "state not in ('refused', 'bounced', 'cancelled')");
    return model;
}

}  // namespace raadspost::crm

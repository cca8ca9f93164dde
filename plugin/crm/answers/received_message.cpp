// received_message.cpp - a received message as a record of the CRM: kept raw exactly once, whatever came of
// it. Only the machine writes it; its text is shown as text, its bytes are a download.
#include "core/post/frozen.hpp"
#include "crm/answers/keeping.hpp"
#include "crm/answers/message_reading.hpp"
#include "crm/entities.hpp"
#include "crm/problem_sentence.hpp"
#include "crm/triage/message_answer.hpp"
#include "crm/triage/triage_message.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

using Maybe = std::optional<std::string>;

const Choices states = {{"unread", "Not Read"},
                        {"new", "New"},
                        {"proposed", "To Be Confirmed"},
                        {"settled", "Settled"},
                        {"set_aside", "Set Aside"}};

// The ladder of trust: only what is proven settles anything by itself.
const Choices trusts = {{"proven", "Proven"},
                        {"linked", "Linked"},
                        {"suggested", "Suggested"},
                        {"unknown", "Unknown"},
                        {"forged", "Forged"}};

std::map<std::string, Values> shown(const Ids& messages, const std::vector<std::string>& names) {
    std::map<std::string, Values> found;
    const bool with_bytes = std::ranges::find(names, "raw") != names.end();
    const auto folder = received_folder();
    for (const auto& [id, file, hash, trouble] : Rows<Id, Maybe, Maybe, Maybe>{
             "select id, bytes_file, bytes_hash, trouble from raadspost_message where id in {}", messages}) {
        found["raw_name"][id] = std::to_string(id) + ".eml";
        found["raw"][id] = Value{};
        found["why_unread"][id] = trouble ? Value{sentence({*trouble, "", "", *trouble})} : Value{};
        if (!with_bytes || !file) continue;
        if (const auto bytes = post::thaw(folder, *file, hash.value_or(""))) found["raw"][id] = Bytes{*bytes};
    }
    return found;
}

}  // namespace

Model received_message() {
    Model model{"raadspost.message", "Received Message"};
    add_answer(model);
    add_triage(model);
    model.stored()
        .shown()
        .ordered_by("received_at", "DESC")
        .named_by("subject")
        .searched_by({"subject", "from_address", "from_name", "message_id"})
        .field(Char{"canonical_hash", "Content (SHA-256)"}.required().readonly())
        .field(Char{"message_id", "Message-ID"}.readonly().indexed())
        .field(Boolean{"flagged_same_id", "Message-ID Came Twice"}.readonly().help(
            "Another message with other content bears the same Message-ID."))
        .field(DateTimeField{"received_at", "Received"}.required().readonly())
        .field(DateTimeField{"mail_date", "Date of the Sender"}.readonly())
        .field(Char{"from_address", "From"}.readonly().indexed())
        .field(Char{"from_name", "Sender's Name"}.readonly())
        .field(Char{"subject", "Subject"}.readonly())
        .field(Text{"text", "Text"}.readonly())
        .field(Char{"bytes_file", "Stored Message"}.readonly())
        .field(Char{"bytes_hash", "Message (SHA-256)"}.readonly())
        .field(Integer{"size", "Size"}.readonly())
        .field(Selection{"state", "State", states}.required().readonly())
        .field(Selection{"trust", "Trust", trusts}.readonly())
        .field(Char{"kinds", "Kinds"}.readonly())
        .field(Float{"confidence", "Confidence"}.digits(3, 2).readonly())
        .field(Text{"deciding_line", "Deciding Line"}.readonly())
        .field(Many2One{"case", "raadspost.case", "Case"}.on_delete("RESTRICT").indexed().readonly())
        .field(Many2One{"council", "raadspost.council", "Council"}.on_delete("RESTRICT").indexed().readonly())
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.on_delete("RESTRICT").indexed().readonly())
        .field(
            Many2One{"dispatch", "raadspost.dispatch", "Dispatch"}.on_delete("RESTRICT").indexed().readonly())
        .field(Char{"list_number", "Number on the List"}.readonly().invisible(eval("list_number").is_empty()))
        .field(DateField{"list_date", "Date of the List"}.readonly().invisible(eval("list_date").is_empty()))
        .field(DateField{"meeting_date", "Date of the Meeting"}.readonly().invisible(
            eval("meeting_date").is_empty()))
        .field(Char{"case_number", "Their Case Number"}.readonly().invisible(eval("case_number").is_empty()))
        .field(Char{"redirect_to", "Write Instead To"}.readonly().invisible(eval("redirect_to").is_empty()))
        .field(
            DateField{"absent_until", "Absent Until"}.readonly().invisible(eval("absent_until").is_empty()))
        .field(Char{"rule_version", "Version of the Rules"}.readonly())
        .field(Integer{"urgent", "Urgency"}.readonly())
        .field(Char{"reading", "Being Read By"}.readonly())
        .field(DateTimeField{"reading_since", "Being Read Since"}.readonly())
        .field(Char{"trouble", "Trouble"}.readonly())
        .field(One2Many{"origins", "raadspost.message.origin", "message", "Found In"}.readonly())
        .field(One2Many{"candidates", "raadspost.message.candidate", "message", "Possible Cases"}.readonly())
        .field(One2Many{"replies", "raadspost.reply", "message", "Answers of Ours"}.readonly())
        .field(Many2One{"about_reply", "raadspost.reply", "Answer of Ours That Came Back"}
                   .readonly()
                   .on_delete("SET NULL")
                   .invisible(eval("about_reply").is_empty()))
        .fields({Char{"raw_name", "File Name"}, Binary{"raw", "Message as Received"}.named_by("raw_name"),
                 Text{"why_unread", "Why It Was Not Read"}.invisible(eval("why_unread").is_empty())},
                shown)
        .button("read_again",
                [](const Ids& messages) {
                    read_again(messages);
                    return Value{"reload"};
                },
                {.invisible = eval("state") != "unread" || eval("trouble").is_empty()})
        .unique({"canonical_hash"}, "msg_internal_error")
        .index({"state", "id"});
    return model;
}

Model message_origin() {
    return Model{"raadspost.message.origin", "Where a Message Was Found"}
        .stored()
        .shown()
        .ordered_by("seen_at")
        .field(Many2One{"message", "raadspost.message", "Message"}
                   .required()
                   .on_delete("CASCADE")
                   .indexed()
                   .readonly())
        .field(Many2One{"source", "raadspost.mail.source", "Mailbox"}
                   .required()
                   .on_delete("RESTRICT")
                   .readonly())
        .field(BigInteger{"uid_validity", "UIDVALIDITY"}.readonly())
        .field(BigInteger{"uid", "Number (UID)"}.readonly())
        .field(Char{"path", "File Name"}.readonly())
        .field(DateTimeField{"seen_at", "Taken In"}.required().readonly())
        .unique({"source", "uid_validity", "uid"}, "msg_internal_error", "uid is not null")
        .unique({"source", "path"}, "msg_internal_error", "path is not null");
}

Model message_candidate() {
    return Model{"raadspost.message.candidate", "Possible Case of a Message"}
        .stored()
        .shown()
        .ordered_by("confidence", "DESC")
        .named_by(candidate_names, {"case"})
        .field(Many2One{"message", "raadspost.message", "Message"}
                   .required()
                   .on_delete("CASCADE")
                   .indexed()
                   .readonly())
        .field(
            Many2One{"case", "raadspost.case", "Case"}.required().on_delete("CASCADE").indexed().readonly())
        .field(Char{"why", "Clue"}.readonly())
        .field(Float{"confidence", "Confidence (0 to 1)"}.digits(3, 2).readonly())
        .field(Function{Char{"why_in_words", "Why"}, candidate_reasons})
        .field(Function{Char{"sureness", "Confidence"}, candidate_sureness})
        .field(Function{Char{"case_name", "Case"}, candidate_cases})
        .unique({"message", "case"}, "msg_internal_error");
}

}  // namespace raadspost::crm

#include "crm/replying/reply_writing.hpp"

#include "core/answer/new_text.hpp"
#include "core/answer/read_mail.hpp"
#include "core/appeal/fields.hpp"
#include "core/calendar/council_term.hpp"
#include "core/council/address.hpp"
#include "core/fold.hpp"
#include "core/post/compose.hpp"
#include "core/post/frozen.hpp"
#include "core/post/journal.hpp"
#include "core/post/wire/mailbox.hpp"
#include "crm/answers/answer_reading.hpp"
#include "crm/answers/keeping.hpp"
#include "crm/message/message_id.hpp"
#include "crm/message/public_links.hpp"
#include "crm/problem_sentence.hpp"
#include "crm/tracking/event.hpp"
#include "crm/triage/settling.hpp"
#include "tryton/error.hpp"
#include "tryton/module.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

using MaybeText = std::optional<std::string>;
using MaybeId = std::optional<Id>;

[[noreturn]] void refuse(const Problem& problem) {
    throw UserError{"msg_reply_problem", {{"problem", sentence(problem)}}};
}

struct Answered {
    Id message = 0, case_id = 0, council = 0, appeal = 0, dispatch = 0;
    std::string sent;  // the dispatch's Message-ID
    answer::Received received;
    Kinds kinds;
};

Answered answered(Id message) {
    const Rows<MaybeText, MaybeText, MaybeText, MaybeText, MaybeText, MaybeId, MaybeId, MaybeId, MaybeId,
               MaybeText>
        rows{
            "select m.state, m.trust, m.kinds, m.bytes_file, m.bytes_hash, m.\"case\", m.council, "
            "coalesce(m.appeal, k.appeal), m.dispatch, d.message_id from raadspost_message m "
            "left join raadspost_case k on k.id = m.\"case\" left join raadspost_dispatch d on d.id = "
            "m.dispatch "
            "where m.id = {}",
            message};
    if (rows.empty()) throw UserError{"msg_triage_gone"};
    const auto& [state, trust, kinds, file, hash, case_id, council, appeal, dispatch, sent] = rows.front();
    if (state.value_or("") == "unread") refuse({"reply_to_unread", {}, {}, "The message was not read."});
    if (trust.value_or("") == "forged") refuse({"reply_to_forged", {}, {}, "The message is forged."});
    const auto bytes = post::thaw(received_folder(), file.value_or(""), hash.value_or(""));
    if (!bytes) refuse({"message_bytes_gone", {}, {}, bytes.problem().text});
    Answered found{message,
                   case_id.value_or(0),
                   council.value_or(0),
                   appeal.value_or(0),
                   dispatch.value_or(0),
                   sent.value_or(""),
                   {},
                   kinds_of(kinds.value_or(""))};
    found.received = without_gil([&] { return answer::read_mail(*bytes); });
    return found;
}

struct Author {
    Id association = 0;
    post::Correspondent from, reply_to;
};

// The appeal's association; of mail that belongs to no appeal that of the mailbox where it was found.
Author author_for(const Answered& to) {
    Id association = 0;
    for (const auto& [id] :
         Rows<MaybeId>{"select association from raadspost_appeal where id = {}", to.appeal})
        association = id.value_or(0);
    if (association == 0)
        for (const auto& [id] : Rows<MaybeId>{
                 "select s.association from raadspost_message_origin o join raadspost_mail_source s on "
                 "s.id = o.source where o.message = {} and s.association is not null order by o.id",
                 to.message})
            association = id.value_or(0);
    const Rows<std::string, MaybeText, MaybeText, MaybeText> rows{
        "select name, sender_name, sender_email, reply_to from raadspost_association where id = {}",
        association};
    if (rows.empty()) refuse({"reply_no_association", {}, {}, "The message belongs to no association."});
    const auto& [name, sender_name, address, reply_to] = rows.front();
    Author author{association,
                  {sender_name.value_or(name), address.value_or("")},
                  {sender_name.value_or(name), reply_to.value_or("")}};
    const std::string signed_address = PublicLinks::load().reply_address(to.dispatch);
    if (!signed_address.empty()) author.reply_to.address = signed_address;
    return author;
}

answer::Draft draft_of(const Answered& to) {
    auto draft = answer::draft_answer(to.received, to.kinds, own_addresses(), to.sent);
    if (!draft) refuse(draft.problem());
    return *std::move(draft);
}

std::string day_of(const answer::Received& received) {
    const auto moment =
        received.date.value_or(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    return appeal::dutch_date(calendar::day_in_the_netherlands(moment));
}

std::string body_of(const WrittenReply& written) {
    return written.quotation.empty() ? written.text : written.text + "\n\n" + written.quotation;
}

void check(const WrittenReply& written) {
    if (written.text.find_first_not_of(" \t\r\n") == std::string::npos) throw UserError{"msg_reply_empty"};
    if (written.text.size() + written.quotation.size() > longest_reply)
        throw UserError{"msg_reply_too_long", {{"most", static_cast<std::int64_t>(longest_reply)}}};
    if (const auto valid = post::check_mailbox("To", written.to); !valid) refuse(valid.problem());
    const auto own = own_addresses();
    const std::string address = folded_mailbox(written.to);
    if (std::ranges::find(own.mailboxes, address) != own.mailboxes.end() ||
        (!own.signed_domain.empty() && domain_of(address) == own.signed_domain))
        refuse({"reply_to_ourselves", {}, written.to, "The answer would go to ourselves."});
}

struct Frozen {
    std::string message_id, file, hash;
};

Frozen freeze(const Author& author, const WrittenReply& written, const answer::Draft& draft) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    Frozen frozen;
    frozen.message_id = new_message_id(domain_of(author.from.address));
    post::Mail mail;
    mail.from = author.from;
    mail.reply_to = author.reply_to;
    mail.to.address = configured("raadspost", "rewrite_recipients").value_or(written.to);
    if (written.to == draft.to.address) mail.to.name = draft.to.name;
    mail.subject = written.subject;
    mail.date = now;
    mail.message_id = frozen.message_id;
    mail.in_reply_to = draft.in_reply_to;
    mail.references = draft.references;
    mail.text = body_of(written);
    const auto bytes = post::compose(mail);
    if (!bytes) refuse(bytes.problem());
    post::FrozenPack pack{replies_folder(), std::chrono::floor<std::chrono::days>(now)};
    const auto name = pack.add(*bytes);
    if (!name) refuse(name.problem());
    // Unlike a dispatch it cannot be made anew.
    if (const auto synced = pack.sync(); !synced) refuse(synced.problem());
    frozen.file = *name;
    frozen.hash = post::sha256_hex(*bytes);
    return frozen;
}

Value unless_none(Id id) {
    return id > 0 ? Value{id} : Value{};
}

}  // namespace

std::filesystem::path replies_folder() {
    return Filestore::of_current_database("raadspost-replies-" + database_name()).directory;
}

ReplyOpening open_reply(Id message) {
    const Answered to = answered(message);
    ReplyOpening opening;
    opening.draft = draft_of(to);
    const Author author = author_for(to);
    opening.from = author.from.name + " <" + author.from.address + ">";
    const std::string written = answer::new_text(to.received.text).written;
    const answer::Address writer = to.received.from.empty() ? opening.draft.to : to.received.from.front();
    opening.quotation = answer::quotation(written, writer, day_of(to.received));
    return opening;
}

Dict shown_for_reply(Id message) {
    const ReplyOpening opening = open_reply(message);
    return {{"from_address", opening.from},
            {"to_address", opening.draft.to.address},
            {"look_twice", opening.draft.elsewhere ? translated("msg_reply_elsewhere") : ""},
            {"subject", opening.draft.subject},
            {"quotation", opening.quotation}};
}

void send_reply(Id message, const Record& form) {
    const auto scope = Scope::without_access_checks();
    write_reply(message,
                {form.text("to_address"), form.text("subject"), form.text("text"), form.text("quotation")});
}

Id write_reply(Id message, const WrittenReply& written) {
    const Answered to = answered(message);
    const answer::Draft draft = draft_of(to);
    const Author author = author_for(to);
    check(written);
    const Frozen frozen = freeze(author, written, draft);
    const Ids made = create(
        "raadspost.reply",
        {{{"message", message},
          {"case", unless_none(to.case_id)},
          {"council", unless_none(to.council)},
          {"appeal", unless_none(to.appeal)},
          {"association", author.association},
          {"uuid", post::new_journal_id()},
          {"mailbox", written.to},
          {"subject", written.subject},
          {"text", body_of(written)},
          {"content_hash", post::sha256_hex(written.to + '\n' + written.subject + '\n' + body_of(written))},
          {"state", "released"},
          {"message_id", frozen.message_id},
          {"envelope_sender", author.from.address},
          {"bytes_file", frozen.file},
          {"bytes_hash", frozen.hash}}});
    record_event(
        {.appeal = to.appeal,
         .kind = "reply",
         .text = translated("msg_event_reply", {{"mailbox", written.to}, {"subject", written.subject}}),
         .evidence = written.text,
         .case_id = to.case_id,
         .dispatch = to.dispatch,
         .message = message});
    return made.front();
}

}  // namespace raadspost::crm

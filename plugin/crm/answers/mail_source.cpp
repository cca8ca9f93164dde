// mail_source.cpp - where mail is taken from: an IMAP folder or a Maildir, how far it was read, and what is
// wrong with it. Passwords are not here: trytond.conf names their files (mailbox_of_source.hpp).

#include "crm/answers/mail_reader.hpp"
#include "crm/answers/mailbox_of_source.hpp"
#include "crm/entities.hpp"
#include "crm/problem_sentence.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <array>

namespace raadspost::crm {

using namespace tryton;

namespace {

using Maybe = std::optional<std::string>;

constexpr std::chrono::minutes overdue_after{10};

// What the position belongs to: another mailbox is read from its beginning.
constexpr std::array place_fields = {"kind", "host", "port", "login", "folder", "path"};

void begin_anew_elsewhere(const Ids& sources, Dict& values) {
    const auto names_place = [&](const char* field) { return values.find(field) != values.end(); };
    if (std::ranges::none_of(place_fields, names_place)) return;
    bool differs = false;
    for (const Dict& old : read("raadspost.mail.source", sources, {place_fields.begin(), place_fields.end()}))
        for (const char* field : place_fields)
            differs = differs || (names_place(field) && old.at(field) != values.at(field));
    if (!differs) return;
    // Without its lease the present reader cannot write the other one's position over this.
    for (const char* field :
         {"uid_validity", "last_uid", "last_read_at", "trouble", "trouble_found", "reader"})
        values[field] = Value{};
}

// Copies are kept of what is sent from now on.
void begin_copies(const Ids& sources, Dict& values) {
    const auto folder = values.find("sent_folder");
    if (folder == values.end()) return;
    for (const Dict& old : read("raadspost.mail.source", sources, {"sent_folder"}))
        if (old.at("sent_folder") != folder->second) {
            values["copies_since"] =
                DateTime{std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())};
            values["copies_trouble"] = values["copies_trouble_found"] = Value{};
        }
}

// Our own mail would be taken in as if it were an answer.
void check_copies(const Ids& sources) {
    for (const auto& [folder, sent_folder] : Rows<Maybe, std::string>{
             "select folder, sent_folder from raadspost_mail_source where id in {} and sent_folder <> '' and "
             "lower(folder) = lower(sent_folder)",
             sources})
        throw UserError{"msg_copies_folder", {{"folder", sent_folder}}};
}

void check(const Ids& sources) {
    check_copies(sources);
    for (const auto& [id, kind, port, path] : Rows<Id, std::string, std::optional<std::int64_t>, Maybe>{
             "select id, kind, port, path from raadspost_mail_source where id in {}", sources}) {
        if (kind == "imap" && (!port || *port < 1 || *port > 65535))
            throw UserError{"msg_setting_bounds",
                            {{"number", port.value_or(0)}, {"least", 1}, {"most", 65535}}};
        if (kind == "maildir" && !path.value_or("").starts_with('/'))
            throw UserError{"msg_maildir_path", {{"path", path.value_or("")}}};
    }
}

// In slices of the host's cron a mailbox has a reader for moments only.
bool is_looked_after(std::optional<DateTime> reader_seen_at, std::optional<DateTime> read_at) {
    const auto latest = std::max(reader_seen_at.value_or(DateTime{}), read_at.value_or(DateTime{}));
    return latest + overdue_after > std::chrono::system_clock::now();
}

std::map<std::string, Values> shown(const Ids& sources, const std::vector<std::string>&) {
    std::map<std::string, Values> found;
    for (const auto& [id, name, kind, active, trouble, what, of_copies, what_of_copies, seen_at, read_at] :
         Rows<Id, std::string, std::string, std::optional<bool>, Maybe, Maybe, Maybe, Maybe,
              std::optional<DateTime>, std::optional<DateTime>>{
             "select id, name, kind, active, trouble, trouble_found, copies_trouble, copies_trouble_found, "
             "reader_seen_at, last_read_at from "
             "raadspost_mail_source where id in {}",
             sources}) {
        found["secret_setting"][id] = kind == "imap" ? Value{secret_setting(id)} : Value{};
        found["messages"][id] = 0;
        found["trouble_sentence"][id] = Value{};
        if (active.value_or(false) && !is_looked_after(seen_at, read_at))
            found["trouble_sentence"][id] = translated("msg_mailbox_nobody");
        else if (trouble)
            found["trouble_sentence"][id] =
                sentence({*trouble, name, what.value_or(""), what.value_or(*trouble)});
        else if (of_copies)
            found["trouble_sentence"][id] = translated(
                "msg_copies_trouble", {{"problem", sentence({*of_copies, name, what_of_copies.value_or(""),
                                                             what_of_copies.value_or(*of_copies)})}});
    }
    for (const auto& [id, count] :
         Rows<Id, std::int64_t>{"select source, count(distinct message) from raadspost_message_origin where "
                                "source in {} group by "
                                "source",
                                sources})
        found["messages"][id] = count;
    return found;
}

}  // namespace

Model mail_source() {
    const Pyson imap = eval("kind") == "imap";
    return Model{"raadspost.mail.source", "Mailbox"}
        .stored()
        .shown()
        .deactivable()
        .ordered_by("name")
        .field(Char{"name", "Name"}.required())
        .field(Selection{"kind", "Kind", {{"imap", "IMAP"}, {"maildir", "Maildir on This Machine"}}}
                   .required()
                   .starts_as("imap"))
        .field(Many2One{"association", "raadspost.association", "Association"}.on_delete("SET NULL"))
        .field(Char{"host", "Server"}.required(imap).invisible(!imap))
        .field(Integer{"port", "Port"}.required(imap).invisible(!imap).starts_as(993))
        .field(Selection{"security",
                         "Security",
                         {{"tls", "TLS"}, {"starttls", "STARTTLS"}, {"none", "None (This Machine Only)"}}}
                   .required(imap)
                   .invisible(!imap)
                   .starts_as("tls"))
        .field(Char{"login", "User"}.required(imap).invisible(!imap))
        .field(Char{"folder", "Folder"}.required(imap).invisible(!imap).starts_as("INBOX"))
        .field(Char{"move_to", "Move To"}.invisible(!imap).help(
            "A folder that messages are moved to when they have been taken in. Empty: they stay. Nothing is "
            "ever "
            "deleted."))
        .field(Char{"path", "Path"}.required(!imap).invisible(imap).help(
            "The folder that holds new, cur and tmp."))
        .field(Char{"authserv_id", "Name in Authentication-Results"}.help(
            "What your own mail server calls itself there. Only its word is believed; empty: nobody's."))
        .field(Char{"sent_folder", "Keep a Copy of Sent Mail In"}.invisible(!imap).help(
            "A folder of the same mailbox, for example Sent. What is sent from now on for the association is "
            "copied there. Empty: nothing is copied."))
        .field(DateTimeField{"copies_since", "Copies Since"}.readonly().starts_as(Start{[] {
            return Value{
                DateTime{std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())}};
        }}))
        .field(Char{"copies_trouble", "Trouble with Copies"}.readonly())
        .field(Char{"copies_trouble_found", "What Was Found about Copies"}.readonly())
        .field(BigInteger{"uid_validity", "UIDVALIDITY"}.readonly())
        .field(BigInteger{"last_uid", "Read Up To"}.readonly())
        .field(DateTimeField{"last_read_at", "Read Last At"}.readonly())
        .field(Char{"trouble", "Trouble"}.readonly())
        .field(Char{"trouble_found", "What Was Found"}.readonly())
        .field(Char{"reader", "Reader"}.readonly())
        .field(DateTimeField{"reader_seen_at", "Reader Last Seen"}.readonly())
        .fields({Text{"trouble_sentence", "What Is Wrong"}.invisible(eval("trouble_sentence").is_empty()),
                 Char{"secret_setting", "Password Is Named By"}.invisible(!imap),
                 Integer{"messages", "Messages"}},
                shown)
        .before_write([](const Ids& sources, Dict& values) {
            begin_anew_elsewhere(sources, values);
            begin_copies(sources, values);
        })
        .validates(check)
        .before_copy([](Dict& overrides) {
            for (const char* field : {"uid_validity", "last_uid", "last_read_at", "trouble", "trouble_found",
                                      "reader", "reader_seen_at", "copies_trouble", "copies_trouble_found"})
                overrides[field] = Value{};
        })
        // What a reader looks at is when the record was written last.
        .button(
            "try_again",
            [](const Ids& sources) {
                write("raadspost.mail.source", sources, {{"trouble", Value{}}, {"trouble_found", Value{}}});
                return Value{"reload"};
            },
            {.invisible = eval("trouble").is_empty()})
        .method("read_slice", read_slice)
        .unique({"name"}, "msg_mail_source_unique");
}

// Which of what was sent lies in which mailbox's folder: put there by us, found there, or gone before it
// could be.
Model sent_copy() {
    return Model{"raadspost.sent.copy", "Copy of Sent Mail"}
        .stored()
        .field(Many2One{"source", "raadspost.mail.source", "Mailbox"}.required().on_delete("CASCADE"))
        .field(Char{"message_id", "Message-ID"}.required())
        .field(Char{"how", "How"}.required())
        .field(DateTimeField{"kept_at", "Kept At"}.required())
        .unique({"source", "message_id"}, "msg_internal_error");
}

}  // namespace raadspost::crm

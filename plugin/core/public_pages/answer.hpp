// The answer page: what it asks, what somebody answered, and the pages before and after. One form asks each
// council behind the message apart (an office may serve several), who answers, and what else the office wants
// to tell. Nothing is chosen beforehand, so that a gateway that submits what it finds answers nothing. Values
// only; what an answer does to the records is the caller's. Pure functions: safe on any thread.
#pragma once

#include "core/public_pages/form.hpp"
#include "core/public_pages/layout.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::public_pages {

enum class Stop { nothing, appeal, association, all };  // each holds the one before it

// An outcome that stands in the records, as the page shows it.
struct Recorded {
    std::string kind;  // key of raadspost.outcome, "listed"
    std::chrono::year_month_day on;
    std::string list_number;
    std::optional<std::chrono::year_month_day> list_date, meeting_date;
    bool from_this_page = false;  // told here before: can be taken back here
};

struct AskedCouncil {
    std::string code;  // "GM0397": names the fields
    std::string name;
    std::vector<Recorded> recorded;
};

// What the pages about one message say around their own matter.
struct MessageFacts {
    House house;
    std::string postal_address;  // one line
    std::string sender_address;  // mailbox
    std::string address_source;  // whence the griffie's address comes: a sentence, or nothing
    std::string subject;
    std::string reference;  // "R12-GM0397"
    std::optional<std::chrono::year_month_day> sent_on;
    std::string council_names;  // "Heemstede en Bloemendaal"
    std::string web_version_link, answer_link, unsubscribe_link;
    Stop stopped = Stop::nothing;  // what the address gets no more of already
    std::vector<AskedCouncil> councils;
};

enum class Who { griffier, councillor, somebody_else };

struct CouncilAnswer {
    std::string code;
    std::vector<std::string> outcomes;  // keys of raadspost.outcome
    std::string list_number;            // of "listed"
    std::optional<std::chrono::year_month_day> list_date;
    std::optional<std::chrono::year_month_day> meeting_date;  // of "agenda"
    std::vector<std::string> taken_back;                      // keys told here before that hold no more
};

struct Answer {
    Who who = Who::somebody_else;
    std::vector<CouncilAnswer> councils;  // those about which something was said
    std::string new_address;              // mailbox
    std::string remark;
    Stop stop = Stop::nothing;
};

// A field that was not filled in as it should be, with a Dutch sentence for whom did.
struct Mistake {
    std::string field;
    std::string text;
};

struct AnswerRead {
    Answer answer;
    std::vector<Mistake> mistakes;  // none: the answer may be recorded
};

// Problem "form_unreadable" for a form that is not ours: unknown fields, choices that it does not offer.
Result<AnswerRead> read_answer(const Form& form, std::span<const AskedCouncil> asked,
                               std::chrono::year_month_day today);

// What an answer changes in a council's records: an outcome more, in place of those that it corrects.
struct NewOutcome {
    std::string kind;  // "retracted": those that it replaces were a mistake
    std::string list_number;
    std::optional<std::chrono::year_month_day> list_date, meeting_date;
    std::vector<std::size_t> replaces;  // positions in AskedCouncil::recorded; only of what was told here
};
// Nothing for what stands already, so that a form sent twice counts once. What staff or a mail told is never
// replaced: both stand, and a person judges.
std::vector<NewOutcome> changes_of(const AskedCouncil& asked, const CouncilAnswer& answer);

// The form; with what was typed and what is wrong with it after a failed try.
std::string answer_page(const MessageFacts& facts, const Form& typed = {},
                        std::span<const Mistake> mistakes = {});

// After it: what was recorded, or that a person will look at it first (`waits`). `facts` as they are now.
std::string answered_page(const MessageFacts& facts, const Answer& answer, bool waits);

// "op de lijst van ingekomen stukken"; of every kind of outcome.
std::string_view outcome_words(std::string_view kind);
std::string_view who_words(Who who);
// The outcomes that the form offers, in its order.
std::span<const std::string_view> offered_outcomes();
// Whether the one cannot hold together with the other: not passed on, yet listed.
bool contradict(std::string_view kind, std::string_view other);

// Who writes, whence the address comes, and how to object (GDPR 13, 14, 21); paragraphs of HTML.
std::vector<std::string> small_print(const MessageFacts& facts);

}  // namespace raadspost::public_pages

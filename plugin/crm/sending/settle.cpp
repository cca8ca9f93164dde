#include "crm/sending/settle.hpp"

#include "core/post/crash_point.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

using Row = std::tuple<Id, std::string, std::optional<std::string>, std::optional<DateTime>,
                       std::optional<int>, std::optional<std::string>, std::optional<std::string>,
                       std::optional<std::string>, std::optional<DateTime>, std::optional<std::string>>;

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional{text};
}

Row row_of(const Verdict& verdict, DateTime time, const std::string& journal) {
    const bool sent = verdict.state == post::State::sent;
    // What waits, if only for another try, is anybody's to hold, to cancel and to claim.
    const bool in_no_hands = verdict.state == post::State::released || verdict.state == post::State::deferred;
    const post::Submission& said = verdict.submission;
    return {is_reply(verdict.dispatch) ? -verdict.dispatch : verdict.dispatch,
            std::string{post::name(verdict.state)},
            unless_empty(verdict.reason),
            verdict.next_try ? std::optional<DateTime>{*verdict.next_try} : std::nullopt,
            said.code ? std::optional{said.code} : std::nullopt,
            unless_empty(said.enhanced),
            unless_empty(said.text),
            unless_empty(said.queue_id),
            sent ? std::optional{time} : std::nullopt,
            in_no_hands ? std::nullopt : std::optional{journal}};
}

// What is settled of one model, and which of it was no try of the message.
struct Settled {
    const char *model, *table;
    std::vector<Row> rows;
    Ids untried;

    void write(const std::string& journal) const {
        if (!rows.empty())
            update_rows(model,
                        {"state", "reason", "next_try", "reply_code", "reply_status", "reply_text",
                         "queue_id", "sent_at", "journal"},
                        rows, "t.state = 'claimed' and t.journal = '" + journal + "'");
        if (!untried.empty())
            execute(std::string{"update "} + table +
                        " set first_try = null where first_try = claimed_at and id in {}",
                    untried);
    }
};

}  // namespace

Result<Done> settle(Machine& machine, const std::string& journal, const std::vector<Verdict>& verdicts) {
    if (verdicts.empty()) return Done{};
    const DateTime time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::vector<post::Ledger::Posting> postings;
    Settled dispatches{"raadspost.dispatch", "raadspost_dispatch", {}, {}},
        replies{"raadspost.reply", "raadspost_reply", {}, {}};
    Ids to_remake;
    for (const Verdict& verdict : verdicts) {
        if (verdict.state == post::State::sent) postings.push_back({verdict.key, post::Posted::accepted});
        if (verdict.state == post::State::uncertain)
            postings.push_back({verdict.key, post::Posted::uncertain});
        if (verdict.remake) to_remake.push_back(verdict.dispatch);
        Settled& settled = is_reply(verdict.dispatch) ? replies : dispatches;
        settled.rows.push_back(row_of(verdict, time, journal));
        // The relay's trouble is no try of the message, which is given up after so many days of its own.
        if (verdict.state == post::State::released ||
            (verdict.state == post::State::deferred && verdict.submission.about_relay))
            settled.untried.push_back(std::get<0>(settled.rows.back()));
    }
    post::crash_point("before_ledger");
    const auto number = machine.ledger().append(postings, std::chrono::floor<std::chrono::seconds>(time));
    if (!number) return number.problem();
    post::crash_point("after_ledger");
    in_short_transaction([&] {
        dispatches.write(journal);
        replies.write(journal);
        if (!to_remake.empty())
            execute("update raadspost_dispatch set bytes_file = null where state = 'released' and id in {}",
                    to_remake);
        remember_ledger_number(machine.ledger().id(), *number);
        post::crash_point("before_settle_commit");
    });
    post::crash_point("after_settle");
    const auto advanced = machine.advance_fence(*number);
    post::crash_point("after_fence");
    return advanced;
}

}  // namespace raadspost::crm

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
    const bool free = verdict.state == post::State::released;
    const post::Submission& said = verdict.submission;
    return {verdict.dispatch,
            std::string{post::name(verdict.state)},
            unless_empty(verdict.reason),
            verdict.next_try ? std::optional<DateTime>{*verdict.next_try} : std::nullopt,
            said.code ? std::optional{said.code} : std::nullopt,
            unless_empty(said.enhanced),
            unless_empty(said.text),
            unless_empty(said.queue_id),
            sent ? std::optional{time} : std::nullopt,
            free ? std::nullopt : std::optional{journal}};
}

}  // namespace

Result<Done> settle(Machine& machine, const std::string& journal, const std::vector<Verdict>& verdicts) {
    if (verdicts.empty()) return Done{};
    const DateTime time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::vector<post::Ledger::Posting> postings;
    std::vector<Row> rows, replies;
    Ids to_remake, untried, replies_untried;
    for (const Verdict& verdict : verdicts) {
        if (verdict.state == post::State::sent) postings.push_back({verdict.key, post::Posted::accepted});
        if (verdict.state == post::State::uncertain)
            postings.push_back({verdict.key, post::Posted::uncertain});
        if (verdict.remake) to_remake.push_back(verdict.dispatch);
        // The relay's trouble is no try of the message, which is given up after so many days of its own.
        if (verdict.state == post::State::released ||
            (verdict.state == post::State::deferred && verdict.submission.about_relay))
            (is_reply(verdict.dispatch) ? replies_untried : untried)
                .push_back(is_reply(verdict.dispatch) ? -verdict.dispatch : verdict.dispatch);
        Row row = row_of(verdict, time, journal);
        if (is_reply(verdict.dispatch)) std::get<0>(row) = -verdict.dispatch;
        (is_reply(verdict.dispatch) ? replies : rows).push_back(std::move(row));
    }
    post::crash_point("before_ledger");
    const auto number = machine.ledger().append(postings, std::chrono::floor<std::chrono::seconds>(time));
    if (!number) return number.problem();
    post::crash_point("after_ledger");
    in_short_transaction([&] {
        for (const auto& [model, changed] :
             {std::pair{"raadspost.dispatch", &rows}, {"raadspost.reply", &replies}})
            if (!changed->empty())
                update_rows(model,
                            {"state", "reason", "next_try", "reply_code", "reply_status", "reply_text",
                             "queue_id", "sent_at", "journal"},
                            *changed, "t.state = 'claimed' and t.journal = '" + journal + "'");
        for (const auto& [table, ids] :
             {std::pair{"raadspost_dispatch", &untried}, {"raadspost_reply", &replies_untried}})
            if (!ids->empty())
                execute(std::string{"update "} + table +
                            " set first_try = null where first_try = claimed_at and id in {}",
                        *ids);
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

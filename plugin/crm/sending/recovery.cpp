#include "crm/sending/recovery.hpp"

#include "core/post/journal.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;

namespace {

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Verdict verdict_of(const Claim& claim, const post::JournalReading& reading, const SendingSettings& settings) {
    Verdict verdict{claim};
    const auto found = reading.last.find(claim.dispatch);
    // A mark of an earlier try must not speak for this one.
    if (found == reading.last.end() || found->second.attempt != claim.tries) {
        if (reading.damage) {
            verdict.state = post::State::uncertain;
            verdict.reason = "journal_damaged";
        }
        return verdict;
    }
    const post::Mark& mark = found->second;
    post::Submission& said = verdict.submission;
    said.code = mark.code;
    said.enhanced = mark.enhanced;
    said.text = mark.text;
    said.queue_id = mark.queue_id;
    switch (mark.kind) {
        case post::MarkKind::accepted:
            said.outcome = post::Outcome::accepted;
            break;
        case post::MarkKind::refused:
            said.outcome = post::Outcome::refused;
            break;
        case post::MarkKind::deferred:
            said.outcome = post::Outcome::deferred;
            break;
        case post::MarkKind::dot:
            said.outcome = post::Outcome::uncertain;
            break;
    }
    const post::RetryRule rule{.give_up_after = std::chrono::hours{24 * settings.give_up_days}};
    const auto settled = post::settle(said, claim.tries, claim.first_try, now(), 0.5, rule);
    verdict.state = settled.state;
    verdict.next_try = settled.next_try;
    if (settled.given_up) verdict.reason = "given_up";
    if (settled.state == post::State::uncertain) verdict.reason = "line_fell_after_dot";
    return verdict;
}

void count(const std::vector<Verdict>& verdicts, Recovered& recovered) {
    for (const Verdict& verdict : verdicts) {
        if (verdict.state == post::State::released)
            ++recovered.freed;
        else if (verdict.state == post::State::sent)
            ++recovered.sent;
        else if (verdict.state == post::State::uncertain)
            ++recovered.uncertain;
        else
            ++recovered.settled;
    }
}

// The ledger's word replaces the journal's where it has one.
Result<Done> apply(Machine& machine, const std::string& journal, const std::vector<Claim>& claims,
                   std::vector<Verdict> verdicts, Recovered& recovered) {
    auto posted = already_posted(machine, claims);
    if (!posted) return posted.problem();
    for (Verdict& verdict : verdicts)
        for (const Verdict& better : *posted)
            if (better.dispatch == verdict.dispatch && verdict.state != post::State::sent) verdict = better;
    const auto settled = settle(machine, journal, verdicts);
    if (settled) count(verdicts, recovered);
    return settled;
}

// Claims of this machine that name a journal which is not in the folder.
std::vector<std::string> lost_journals(const Machine& machine, const std::vector<std::string>& present) {
    std::vector<std::string> lost;
    for (const auto& [journal] : Rows<std::string>{
             "select journal from raadspost_dispatch where state = 'claimed' and claimed_by like {} "
             "union select journal from raadspost_reply where state = 'claimed' and claimed_by like {}",
             machine.host() + ":%", machine.host() + ":%"})
        if (std::find(present.begin(), present.end(), journal) == present.end()) lost.push_back(journal);
    return lost;
}

}  // namespace

Result<std::vector<Verdict>> already_posted(Machine& machine, const std::vector<Claim>& claims) {
    std::vector<post::DispatchKey> keys;
    for (const Claim& claim : claims) keys.push_back(claim.key);
    auto found = machine.ledger().find(keys);
    if (!found) return found.problem();
    std::vector<Verdict> verdicts;
    for (std::size_t i = 0; i < claims.size(); ++i) {
        if (!(*found)[i]) continue;
        const bool accepted = (*found)[i]->posted == post::Posted::accepted;
        // The decision may have been made on another machine, where nobody has this ledger.
        if (!accepted && claims[i].again_at && (*found)[i]->when <= *claims[i].again_at) {
            if (const auto forgot = machine.ledger().forget_uncertain(claims[i].key); !forgot)
                return forgot.problem();
            continue;
        }
        verdicts.emplace_back(claims[i], accepted ? post::State::sent : post::State::uncertain,
                              "known_to_ledger");
    }
    return verdicts;
}

Result<Recovered> recover(Machine& machine, const SendingSettings& settings) {
    // Other senders settle while this looks: what the caller's transaction sees may be long past.
    const auto fresh = Transaction::inner({.autocommit = true});
    Recovered recovered;
    auto& disk = post::real_disk();
    // Claims are looked at before the folder: a journal is made before its first claim, so one that is
    // missing now was missing then.
    const auto journals_before = post::list_journals(disk, machine.folder());
    if (!journals_before) return journals_before.problem();
    for (const std::string& journal : *journals_before) {
        const auto lock = post::take_over_journal(disk, machine.folder(), journal);
        if (!lock) continue;  // its sender lives
        const auto reading = post::read_journal(disk, machine.folder(), journal);
        if (!reading && reading.problem().id == "file_missing") {
            // Another sender was here between the list and the lock, which it made anew.
            if (const auto removed = post::remove_journal(disk, machine.folder(), journal); !removed)
                return removed.problem();
            continue;
        }
        if (!reading) return reading.problem();
        const auto claims = claims_of(journal);
        std::vector<Verdict> verdicts;
        for (const Claim& claim : claims) verdicts.push_back(verdict_of(claim, *reading, settings));
        if (const auto applied = apply(machine, journal, claims, std::move(verdicts), recovered); !applied)
            return applied.problem();
        free_unmade(journal);
        if (const auto removed = post::remove_journal(disk, machine.folder(), journal); !removed)
            return removed.problem();
        ++recovered.journals;
    }
    const auto lost = lost_journals(machine, *journals_before);
    if (lost.empty()) return recovered;
    const auto journals_after = post::list_journals(disk, machine.folder());
    if (!journals_after) return journals_after.problem();
    for (const std::string& journal : lost) {
        if (std::find(journals_after->begin(), journals_after->end(), journal) != journals_after->end())
            continue;
        const auto claims = claims_of(journal);
        std::vector<Verdict> verdicts;
        for (const Claim& claim : claims)
            verdicts.emplace_back(claim, post::State::uncertain, "journal_lost");
        if (const auto applied = apply(machine, journal, claims, std::move(verdicts), recovered); !applied)
            return applied.problem();
        free_unmade(journal);
    }
    return recovered;
}

std::int64_t write_off(const std::string& host) {
    std::int64_t written_off = 0;
    in_short_transaction([&] {
        written_off = 0;
        for (const char* table : {"raadspost_dispatch", "raadspost_reply"})
            written_off += execute(std::string{"update "} + table +
                                       " set state = 'uncertain', reason = 'machine_lost' where state = "
                                       "'claimed' and substr(claimed_by, 1, {}) = {}",
                                   static_cast<std::int64_t>(host.size() + 1), host + ':');
    });
    return written_off;
}

}  // namespace raadspost::crm

#include "crm/sending/sender.hpp"

#include "core/post/crash_point.hpp"
#include "core/post/frozen.hpp"
#include "core/post/limits.hpp"
#include "crm/message/relay.hpp"
#include "crm/replying/reply_writing.hpp"
#include "crm/sending/process_end.hpp"
#include "crm/sending/stop_switch.hpp"
#include "tryton/error.hpp"
#include "tryton/module.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <unistd.h>
#include <random>

namespace raadspost::crm {

using namespace tryton;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds pause_without_relay{15};
constexpr std::chrono::seconds report_every{2};
constexpr std::chrono::minutes housekeep_every{1};
constexpr std::chrono::minutes recover_every{1};  // so that the living settle what the dead left

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

double jitter() {
    thread_local std::minstd_rand random{std::random_device{}()};
    return std::uniform_real_distribution<>{0, 1}(random);
}

// What `work` gives; the time that it took is added to `spent`.
template <class Work>
auto timed(std::chrono::duration<double>& spent, Work&& work) {
    const auto begin = SteadyClock::now();
    auto result = work();
    spent += SteadyClock::now() - begin;
    return result;
}

}  // namespace

Sender::Sender(Machine machine, const std::atomic<bool>& halt) : machine_{std::move(machine)}, halt_{halt} {
    claimant_.sender = machine_.host() + ':' + std::to_string(getpid());
}

Result<std::unique_ptr<Sender>> Sender::open(const std::atomic<bool>& halt) {
    if (const auto unsafe = unsafe_database()) return *unsafe;
    auto machine = Machine::open();
    if (!machine) return machine.problem();
    std::unique_ptr<Sender> sender{new Sender{std::move(*machine), halt}};
    if (const auto started = sender->start_journal(); !started) return started.problem();
    return sender;
}

Sender::~Sender() {
    crew_.reset();
    try {
        (void)releaser_.finish();
    } catch (const std::exception&) {
        // The database is away: the rows are taken up anew when their hold has run out.
    }
    if (!journal_) return;
    const std::string id = journal_->id();
    journal_.reset();
    // Every batch was settled before turn() returned, unless a problem left claims to the next start's
    // recovery.
    try {
        (void)drop_journal(id);
        in_short_transaction([&] { execute("delete from raadspost_sender where journal = {}", id); });
    } catch (const std::exception&) {
        // The database is away: the journal stays and the next start reads it.
    }
}

Result<Done> Sender::start_journal() {
    auto journal = post::Journal::create(post::real_disk(), machine_.folder(), post::new_journal_id());
    if (!journal) return journal.problem();
    const std::string before = claimant_.journal;
    journal_ = std::move(*journal);
    claimant_.journal = journal_->id();
    const DateTime time = now();
    in_short_transaction([&] {
        if (!before.empty()) execute("delete from raadspost_sender where journal = {}", before);
        execute(
            "insert into raadspost_sender (host, process, journal, started_at, seen_at, sent) values ({}, "
            "{}, {}, {}, {}, {})",
            machine_.host(), static_cast<std::int64_t>(getpid()), claimant_.journal, time, time, sent_total_);
    });
    return before.empty() ? Done{} : drop_journal(before);
}

// A journal or a ledger that once could not be written stays closed. When there is room again new ones go on;
// what the old journal tells is then recovered like a dead sender's. So it is with claims that could not be
// settled, for whatever reason: as long as their journal is this sender's own, nobody would.
std::optional<Problem> Sender::start_afresh() {
    auto failure = journal_->failure();
    if (!failure) failure = machine_.ledger().failure();
    if (!failure && unsettled_ && !claims_of(claimant_.journal).empty()) failure = unsettled_;
    if (!failure) {
        unsettled_.reset();
        return std::nullopt;
    }
    if (SteadyClock::now() < afresh_at_) return failure;
    afresh_at_ = SteadyClock::now() + pause_without_relay;
    if (!machine_.reopen_ledger() || !start_journal()) return failure;
    recover_at_ = {};
    unsettled_.reset();
    settle_trouble_ = true;  // until the fence can be written, too
    return std::nullopt;
}

Result<Done> Sender::drop_journal(const std::string& id) {
    // While a claim names it, it is the only thing that tells what became of that message.
    if (!claims_of(id).empty()) return Done{};
    return post::remove_journal(post::real_disk(), machine_.folder(), id);
}

std::optional<Problem> Sender::refuses_to_send(const SendingSettings& settings) {
    const post::FenceState fence = machine_.fence();
    if (fence.shut)
        return Problem{"fence_" + std::string{post::name(*fence.shut)}, "fence", "", fence.explanation};
    // First: a recovery that found the disk full closed the ledger, and would find it closed for ever.
    if (const auto failure = start_afresh()) return failure;
    // Only behind the fence: settling brings the database's number up to the ledger's, and an old copy of
    // the database would look like the present one.
    if (const auto now = SteadyClock::now(); now >= recover_at_) {
        const auto recovered = recover(machine_, settings);
        if (!recovered) return recovered.problem();
        recovered_ = *recovered;
        recover_at_ = now + recover_every;
    }
    if (!settings.stopped) stopped_.reset();
    if (stopped_) return stopped_;
    if (settings.stopped) return Problem{"all_stopped", "", "", "An administrator stopped all sending."};
    if (settle_trouble_) {
        // What could not be written then may find room now; until it does, nothing is begun.
        if (const auto advanced = machine_.advance_fence(machine_.database().number); !advanced)
            return advanced.problem();
        settle_trouble_ = false;
    }
    if (SteadyClock::now() < pause_until_)
        return Problem{reported_trouble_, "", "", "The relay cannot be reached."};
    return std::nullopt;
}

Turn Sender::turn() {
    Turn turn;
    const SenderAtWork at_work;
    if (!at_work) return turn;
    const SendingSettings settings = SendingSettings::load();
    if (SteadyClock::now() - housekept_at_ > housekeep_every) {
        housekeeping(settings);
        housekept_at_ = SteadyClock::now();
    }
    turn.trouble = refuses_to_send(settings);
    // Before what is to be made ready: a person waits for it, and no window holds it back.
    if (!turn.trouble && replies_wait()) send_replies(settings, turn);
    if (turn.trouble || !settings.open_at(now())) {
        releaser_.give_back();
        report(turn, false);
        return turn;
    }
    post::crash_point("before_release");
    const auto released =
        timed(turn.spent.releasing, [&] { return releaser_.release_batch(claimant_, halt_); });
    if (!released) {
        turn.trouble = released.problem();
        pause_until_ = SteadyClock::now() + pause_without_relay;
        report(turn, true);
        return turn;
    }
    turn.released = released->released;
    turn.held = released->held;
    turn.making = released->making;
    turn.spent.making = released->made_in;

    turn.trouble = ready_crew(settings);
    if (turn.trouble) {
        report(turn, true);
        return turn;
    }
    while (!halt_ && !process_is_ending() && !turn.trouble) {
        const auto claims =
            timed(turn.spent.claiming, [&] { return claim_batch(claimant_, settings, relay_name_); });
        if (!claims.empty()) submit_batch(settings, claims, turn);
        // What one release made is sent before it is asked for more; the next is being made meanwhile.
        if (claims.size() < static_cast<std::size_t>(settings.batch_size)) {
            turn.all_claimed = turn.making == 0;
            break;
        }
    }
    if (journal_->bytes() > post::limits::journal_bytes)
        if (const auto started = start_journal(); !started) turn.trouble = started.problem();
    report(turn, turn.trouble.has_value());
    return turn;
}

std::optional<Problem> Sender::ready_crew(const SendingSettings& settings) {
    auto relay = configured_relay();
    if (!relay) return relay.problem();
    if (auto problem = post::unusable(*relay)) return problem;
    relay_name_ = relay->host + ':' + std::to_string(relay->port);
    if (!crew_ || crew_size_ != settings.connections) {
        crew_size_ = settings.connections;
        crew_ = std::make_unique<post::Crew>(*relay, crew_size_);
    }
    return std::nullopt;
}

void Sender::send_replies(const SendingSettings& settings, Turn& turn) {
    turn.trouble = ready_crew(settings);
    while (!halt_ && !process_is_ending() && !turn.trouble) {
        const auto claims =
            timed(turn.spent.claiming, [&] { return claim_replies(claimant_, settings, relay_name_); });
        if (claims.empty()) break;
        submit_batch(settings, claims, turn);
    }
}

void Sender::submit_batch(const SendingSettings& settings, const std::vector<Claim>& claims, Turn& turn) {
    auto verdicts = already_posted(machine_, claims);
    if (!verdicts) {
        turn.trouble = unsettled_ = verdicts.problem();
        return;
    }
    const auto rewrite = configured("raadspost", "rewrite_recipients");
    const auto folder_of_dispatches = frozen_folder(), folder_of_replies = replies_folder();
    std::vector<post::Order> orders;
    std::vector<const Claim*> ordered;
    for (const Claim& claim : claims) {
        const bool known = std::any_of(verdicts->begin(), verdicts->end(),
                                       [&](const Verdict& v) { return v.dispatch == claim.dispatch; });
        if (known) continue;
        post::Order order;
        order.dispatch = claim.dispatch;
        order.attempt = claim.tries;
        order.envelope = {claim.envelope_sender, rewrite.value_or(claim.mailbox),
                          is_reply(claim.dispatch) ? "reply" + std::to_string(claim.dispatch)
                                                   : std::to_string(claim.dispatch)};
        const auto& folder = is_reply(claim.dispatch) ? folder_of_replies : folder_of_dispatches;
        order.bytes = [folder, &claim] {
            return post::thaw_to_send(folder, claim.bytes_file, claim.message_id, claim.bytes_hash);
        };
        orders.push_back(std::move(order));
        ordered.push_back(&claim);
    }
    const auto attempts = timed(turn.spent.submitting, [&] {
        return without_gil([&] {
            auto made = crew_->submit(orders, *journal_, halt_, watch_);
            post::crash_point("after_submit");
            (void)journal_->sync();
            post::crash_point("after_journal_sync");
            return made;
        });
    });
    for (std::size_t i = 0; i < attempts.size(); ++i) {
        verdicts->push_back(verdict_of(*ordered[i], attempts[i], settings));
        if (!attempts[i].begun || attempts[i].unsendable) continue;
        const post::Submission& said = attempts[i].submission;
        if (said.outcome == post::Outcome::deferred && said.about_relay) {
            turn.trouble = Problem{"relay_unreachable", relay_name_, said.text,
                                   "The relay " + relay_name_ + " does not take mail: " + said.text};
            pause_until_ = SteadyClock::now() + pause_without_relay;
        }
    }
    const auto settled =
        timed(turn.spent.settling, [&] { return settle(machine_, claimant_.journal, *verdicts); });
    if (!settled) turn.trouble = unsettled_ = settled.problem();
    settle_trouble_ = !settled;
    for (const Verdict& verdict : *verdicts) {
        if (verdict.state == post::State::sent)
            ++turn.sent, ++sent_total_;
        else if (verdict.state == post::State::refused)
            ++turn.refused;
        else if (verdict.state == post::State::deferred)
            ++turn.deferred;
        else if (verdict.state == post::State::uncertain)
            ++turn.uncertain;
        else
            ++turn.freed;
    }
    if (const auto failure = journal_->failure()) turn.trouble = *failure;
    if (const auto stop = post::should_stop(watch_)) {
        stopped_ = turn.trouble = stopped_because(*stop);
        in_short_transaction([&] { stop_all_sending_for(*stopped_); });
        watch_ = {};
    }
}

Problem Sender::stopped_because(post::StopReason reason) const {
    switch (reason) {
        case post::StopReason::uncertain_streak:
            return {"stopped_by_uncertain", relay_name_, "",
                    "The relay took several messages in a row and never answered; all sending was stopped."};
        case post::StopReason::policy_refusals:
            return {"stopped_by_policy_refusals", relay_name_, watch_.policy_status,
                    "The relay refuses by its policy; all sending was stopped."};
        case post::StopReason::too_many_refusals:
            break;
    }
    return {"stopped_by_refusals", relay_name_, "", "The relay refuses too much; all sending was stopped."};
}

Verdict Sender::verdict_of(const Claim& claim, const post::Attempt& attempt,
                           const SendingSettings& settings) {
    Verdict verdict{claim};
    if (!attempt.begun) return verdict;
    if (attempt.unsendable) {
        const std::string& id = attempt.unsendable->id;
        // Bytes that are gone are made anew; an address that cannot be is for a person.
        verdict.remake = !is_reply(claim.dispatch) && (id == "frozen_missing" || id == "frozen_spoilt");
        if (!verdict.remake) {
            verdict.state = post::State::refused;
            verdict.reason = "unsendable";
            verdict.submission.text = attempt.unsendable->text;
        }
        return verdict;
    }
    verdict.submission = attempt.submission;
    const post::RetryRule rule{.give_up_after = std::chrono::hours{24 * settings.give_up_days}};
    const auto settled =
        post::settle(attempt.submission, claim.tries, claim.first_try, now(), jitter(), rule);
    verdict.state = settled.state;
    verdict.next_try = settled.next_try;
    if (settled.given_up) verdict.reason = "given_up";
    if (settled.state == post::State::uncertain) verdict.reason = "line_fell_after_dot";
    return verdict;
}

void Sender::report(const Turn& turn, bool at_once) {
    const std::string trouble = turn.trouble ? turn.trouble->id : std::string{};
    if (!at_once && trouble == reported_trouble_ && SteadyClock::now() - reported_at_ < report_every) return;
    reported_at_ = SteadyClock::now();
    if (trouble != reported_trouble_ && turn.trouble) log(Level::warning, turn.trouble->text);
    reported_trouble_ = trouble;
    const DateTime time = now();
    in_short_transaction([&] {
        execute(
            "update raadspost_sender set seen_at = {}, sent = {}, trouble = {}, trouble_text = {} where "
            "journal = {}",
            time, sent_total_, trouble.empty() ? Value{} : Value{trouble},
            turn.trouble ? Value{turn.trouble->text} : Value{}, claimant_.journal);
    });
}

}  // namespace raadspost::crm

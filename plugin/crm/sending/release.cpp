#include "crm/sending/release.hpp"

#include "core/post/crash_point.hpp"
#include "core/post/frozen.hpp"
#include "crm/appeal/approval.hpp"
#include "crm/followup/planner.hpp"
#include "crm/moment.hpp"
#include "crm/tracking/planning.hpp"
#include "tryton/module.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <sys/resource.h>
#include <unistd.h>
#include <algorithm>
#include <latch>
#include <map>
#include <set>
#include <thread>

namespace raadspost::crm {

using namespace tryton;
using SteadyClock = std::chrono::steady_clock;

namespace {

// A batch is as large as can be made in this time: mails of a few words by the hundreds, letters by one or
// two. Larger ones would keep the senders waiting, smaller ones would cost more to fetch than to make.
// What lies in memory at once is one rendered message a thread; facts are small.
constexpr std::chrono::duration<double> made_within{0.5};
constexpr std::size_t smallest_batch = 50, first_batch = 100, largest_batch = 800;
constexpr std::size_t ahead = 2;  // batches that are begun and not released
// While the last messages are sent nothing is made any more: of what is left half is released by itself, of
// the rest again, as long as there are so many.
constexpr std::size_t smallest_half = 12;
constexpr std::chrono::hours stale_after{24};
constexpr std::chrono::minutes abandoned_after{10};

// Rows that nobody is at and that fulfil `condition` become the claimant's: their journal column names it.
void take(const Claimant& claimant, std::size_t batch, const std::string& condition, const List& parameters,
          Ids& ids) {
    const DateTime time = now();
    List all{claimant.journal, time, time - abandoned_after};
    all.insert(all.end(), parameters.begin(), parameters.end());
    all.emplace_back(static_cast<std::int64_t>(batch - ids.size()));
    Rows<Id>::each(
        "update raadspost_dispatch set journal = {}, claimed_at = {} where " +
            is_free_one_of("select d.id from raadspost_dispatch d join raadspost_appeal a on a.id = d.appeal "
                           "where a.state = 'running' and (d.journal is null or d.claimed_at < {}) and " +
                           condition + " and " + not_suppressed + " order by d.due, d.id limit {}") +
            " returning id",
        all, [&](Id id) { ids.push_back(id); });
}

// Facts that changed since, or a day gone by: nobody may claim the message as it is, however many those are.
void call_back_stale() {
    // What waits for another try is sent as it was made, unless its text was approved anew since.
    execute(
        "update raadspost_dispatch set state = 'released', reason = null, bytes_file = null, "
        "first_try = null, next_try = null, write_date = {} where " +
            is_free_one_of(
                std::string{
                    "select d.id from raadspost_dispatch d join raadspost_appeal a on a.id = d.appeal "
                    "where d.state = 'deferred' and a.state = 'running' and "} +
                approved_anew),
        now());
    execute(
        "update raadspost_dispatch set bytes_file = null where " +
            is_free_one_of(
                "select d.id from raadspost_dispatch d join raadspost_appeal a on a.id = d.appeal "
                "join raadspost_step s on s.id = d.step left join raadspost_griffie g on g.id = d.griffie "
                "where d.state = 'released' and d.journal is null and d.bytes_file is not null "
                "and (d.released_at < {} or coalesce(a.write_date, a.create_date) > d.released_at "
                "or coalesce(s.write_date, s.create_date) > d.released_at "
                "or coalesce(g.write_date, g.create_date) > d.released_at)"),
        now() - stale_after);
}

// Two statements, because one about both reads all that is planned each time, where the second stops at its
// limit.
Ids take(const Claimant& claimant, std::size_t batch) {
    Ids ids;
    in_short_transaction([&] {
        ids.clear();
        call_back_stale();
        take(claimant, batch, "d.state = 'released' and d.bytes_file is null", {}, ids);
        // By a plan that nobody keeps up nothing new leaves: it may be a month old.
        if (ids.size() < batch && plan_is_kept_up())
            take(claimant, batch, "d.state = 'planned' and d.due <= {}", {now()}, ids);
        if (!ids.empty()) look_up_addresses(ids);
    });
    std::sort(ids.begin(), ids.end());
    return ids;
}

// Appeals whose messages here are made of something else than what was approved, as the approvals stand now.
std::set<Id> made_unapproved(const std::vector<MessageInputs>& inputs) {
    std::map<Id, std::string> made_of;
    for (const MessageInputs& each : inputs)
        if (each.texts) made_of.emplace(each.texts->appeal, each.texts->hash);
    Ids appeals;
    for (const auto& [appeal, hash] : made_of) appeals.push_back(appeal);
    std::set<Id> unapproved(appeals.begin(), appeals.end());
    for (const auto& [appeal, approved] : Rows<Id, std::string>{
             "select id, approved_hash from raadspost_appeal where id in {} and approved_hash <> ''",
             appeals})
        if (made_of[appeal].starts_with(approved)) unapproved.erase(appeal);
    return unapproved;
}

// Changes when one of the texts does.
std::string texts_version() {
    std::string parts, version;
    for (const char* table : {"raadspost_appeal", "raadspost_step", "raadspost_signatory",
                              "raadspost_association", "raadspost_attachment", "raadspost_configuration"})
        parts += std::string{parts.empty() ? "" : " union all "} + "select '" + table +
                 "', coalesce(cast(max(coalesce(write_date, create_date)) as varchar), ''), count(*) from " +
                 table;
    for (const auto& [table, latest, rows] :
         Rows<std::string, std::string, std::int64_t>{parts + " order by 1"})
        version += latest + '/' + std::to_string(rows) + ' ';
    return version;
}

// Of a processor that is fully used the senders' threads get the greater part: what waits for a relay, the
// database or the disk is soon away again, and what is left over makes messages.
void give_way() {
    constexpr int niceness = 10;
    ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness);  // on Linux of this thread alone
}

// At most twice or half the last one, as a few messages say little about the next few hundred.
std::size_t next_batch(std::size_t made, std::chrono::duration<double> made_in) {
    if (made < smallest_batch || made_in.count() <= 0) return std::max(made, first_batch);
    const double fitting = static_cast<double>(made) * (made_within / made_in);
    const double near = std::clamp(fitting, static_cast<double>(made) / 2, static_cast<double>(made) * 2);
    return std::clamp(static_cast<std::size_t>(near), smallest_batch, largest_batch);
}

struct Made {
    std::optional<Problem> problem;
    bool disk = false;  // the problem is the disk's, not the message's
    std::string subject, message_id, envelope_sender, bytes_file, bytes_hash, inputs_hash;
    std::int64_t size = 0;
    bool done = false;
};

Made make(const MessageInputs& inputs, Renderer& renderer, post::FrozenPack& pack) {
    Made made;
    made.done = true;
    if (inputs.problem) {
        made.problem = inputs.problem;
        return made;
    }
    auto rendered = render(inputs, renderer);
    if (!rendered) {
        made.problem = rendered.problem();
        return made;
    }
    auto name = pack.add(rendered->bytes);
    if (!name) {
        made.problem = name.problem();
        made.disk = true;
        return made;
    }
    made.subject = std::move(rendered->subject);
    made.message_id = std::move(rendered->message_id);
    made.envelope_sender = std::move(rendered->envelope_sender);
    made.bytes_hash = post::sha256_hex(rendered->bytes);
    made.bytes_file = std::move(*name);
    made.inputs_hash = std::move(rendered->inputs_hash);
    made.size = static_cast<std::int64_t>(rendered->bytes.size());
    return made;
}

}  // namespace

std::filesystem::path frozen_folder() {
    return Filestore::of_current_database("raadspost-" + database_name()).directory;
}

struct Releaser::Making {
    // A hand of this batch waits for the same one of the batch before, whose renderer it takes over; not for
    // the other hands, which may be at a long letter still.
    struct Hand {
        Renderer* renderer;
        std::shared_ptr<std::latch> before, over = std::make_shared<std::latch>(1);
    };

    Making(std::string own_journal, DateTime at) : journal{std::move(own_journal)}, begun_at{at} {}

    const std::string journal;  // under which the rows were taken
    const DateTime begun_at;    // what changes later is not in the messages
    post::FrozenPack pack{frozen_folder(), std::chrono::floor<std::chrono::days>(begun_at)};
    std::vector<MessageInputs> inputs;
    std::vector<Made> made;
    std::atomic<std::size_t> next{0};
    std::atomic<SteadyClock::time_point> begun{SteadyClock::now()}, ended{begun.load()};
    std::vector<Hand> hands;
    std::vector<std::jthread> threads;  // last: they use all of the above

    void work(const Hand& hand, const std::atomic<bool>& halt) {
        give_way();
        if (hand.before) hand.before->wait();
        for (std::size_t i = next++; i < inputs.size() && !halt; i = next++) {
            if (i == 0) begun = SteadyClock::now();
            made[i] = make(inputs[i], *hand.renderer, pack);
            ended = SteadyClock::now();
            if (made[i].disk) break;  // a full disk does not empty itself while we try
        }
        hand.over->count_down();
    }
};

Releaser::Releaser() : batch_{first_batch} {
    while (renderers_.size() < std::max(1u, std::thread::hardware_concurrency()))
        renderers_.push_back(std::make_unique<Renderer>());
}
Releaser::~Releaser() = default;

bool Releaser::begin(const Claimant& claimant, const std::atomic<bool>& halt) {
    const DateTime begun_at = now();
    const Ids ids = take(claimant, batch_);
    all_taken_ = ids.size() < batch_;
    if (ids.empty()) {
        loader_.reset();
        return false;
    }
    if (const auto version = texts_version(); !loader_ || version != loaded_version_) {
        loader_ = std::make_unique<MessageLoader>();
        loaded_version_ = version;
    }
    auto inputs = loader_->load(ids);
    while (all_taken_ && inputs.size() / 2 >= smallest_half) {
        const auto half = inputs.begin() + static_cast<std::ptrdiff_t>(inputs.size() / 2);
        make_of(claimant, begun_at, {std::make_move_iterator(inputs.begin()), std::make_move_iterator(half)},
                halt);
        inputs.erase(inputs.begin(), half);
    }
    make_of(claimant, begun_at, std::move(inputs), halt);
    return true;
}

void Releaser::make_of(const Claimant& claimant, DateTime begun_at, std::vector<MessageInputs> inputs,
                       const std::atomic<bool>& halt) {
    auto making = std::make_unique<Making>(claimant.journal, begun_at);
    making->inputs = std::move(inputs);
    making->made.resize(making->inputs.size());
    for (std::size_t i = 0; i < renderers_.size(); ++i)
        making->hands.push_back(
            {renderers_[i].get(), making_.empty() ? nullptr : making_.back()->hands[i].over});
    making_.push_back(std::move(making));
    for (const Making::Hand& hand : making_.back()->hands)
        making_.back()->threads.emplace_back(
            [making = making_.back().get(), &hand, &halt] { making->work(hand, halt); });
}

bool Releaser::begin_ahead(const Claimant& claimant, const std::atomic<bool>& halt) {
    // Where nothing was left, nothing more is asked for until that is made.
    bool asked = false, found = true;
    while (found && making_.size() < ahead && (making_.empty() || !all_taken_)) {
        found = begin(claimant, halt);
        asked = true;
    }
    return asked;
}

Result<Releaser::Counts> Releaser::release_batch(const Claimant& claimant, const std::atomic<bool>& halt) {
    begin_ahead(claimant, halt);
    auto counts = release_oldest();
    if (!counts) return counts;
    // What changed while these were made calls them back; who asks for more has done so.
    if (!begin_ahead(claimant, halt)) in_short_transaction(call_back_stale);
    for (const auto& making : making_) counts->making += making->inputs.size();
    return counts;
}

void Releaser::give_back() {
    if (making_.empty()) return;
    std::set<std::string> journals;
    for (const auto& making : making_) journals.insert(making->journal);
    without_gil([&] { making_.clear(); });  // joins
    for (const std::string& journal : journals) free_unmade(journal);
}

Result<Releaser::Counts> Releaser::finish() {
    Counts all;
    while (!making_.empty()) {
        const auto counts = release_oldest();
        if (!counts) return counts.problem();
        all.released += counts->released;
        all.held += counts->held;
        all.made_in += counts->made_in;
    }
    return all;
}

Result<Releaser::Counts> Releaser::release_oldest() {
    if (making_.empty()) return Counts{};
    const std::unique_ptr<Making> done = std::move(making_.front());
    making_.pop_front();
    without_gil([&] { done->threads.clear(); });  // joins
    post::crash_point("after_freeze");

    Counts counts;
    std::optional<Problem> disk;
    std::vector<
        std::tuple<Id, std::string, std::optional<std::string>, std::string, std::string, std::string,
                   std::string, std::string, std::string, std::int64_t, DateTime, std::optional<std::string>>>
        released;
    std::vector<std::tuple<Id, std::string, std::string, std::string, std::optional<std::string>>> held;
    Ids taken;
    const auto sort_out = [&] {
        const std::set<Id> unapproved = made_unapproved(done->inputs);
        released.clear(), held.clear(), taken.clear();
        for (std::size_t i = 0; i < done->made.size(); ++i) {
            const MessageInputs& inputs = done->inputs[i];
            taken.push_back(inputs.dispatch);
            const Made& each = done->made[i];
            if (each.disk) disk = each.problem;
            if (!each.done || each.disk) continue;
            if (each.problem)
                held.emplace_back(inputs.dispatch, "held", "text_problem", each.problem->text, std::nullopt);
            else if (!unapproved.contains(inputs.texts->appeal))
                released.emplace_back(inputs.dispatch, "released", std::nullopt, each.subject,
                                      each.message_id, each.envelope_sender, each.bytes_file, each.bytes_hash,
                                      each.inputs_hash, each.size, done->begun_at, std::nullopt);
        }
        return unapproved;
    };
    const std::string mine = "t.state in ('planned', 'released') and t.journal = '" + done->journal + "'";
    std::set<Id> unapproved;
    in_short_transaction([&] {
        unapproved = sort_out();
        if (!released.empty())
            update_rows("raadspost.dispatch",
                        {"state", "reason", "subject", "message_id", "envelope_sender", "bytes_file",
                         "bytes_hash", "inputs_hash", "bytes_size", "released_at", "journal"},
                        released, mine);
        if (!held.empty())
            update_rows("raadspost.dispatch", {"state", "reason", "reply_text", "journal"}, held, mine);
        if (released.size() + held.size() == taken.size()) return;
        execute(
            "update raadspost_dispatch set journal = null where state in ('planned', 'released') and journal "
            "= {} and id in {}",
            done->journal, taken);
    });
    post::crash_point("after_release");
    // Back to its author, unless the approval is a newer one: then the messages are made anew of that.
    if (!unapproved.empty())
        in_short_transaction([&] { lapse_approval({unapproved.begin(), unapproved.end()}); });
    if (disk) return *disk;
    counts.made_in = done->ended.load() - done->begun.load();
    batch_ = next_batch(done->made.size(), counts.made_in);
    counts.released = released.size();
    counts.held = held.size();
    return counts;
}

}  // namespace raadspost::crm

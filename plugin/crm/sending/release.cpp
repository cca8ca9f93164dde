#include "crm/sending/release.hpp"

#include "core/post/crash_point.hpp"
#include "core/post/frozen.hpp"
#include "crm/approval.hpp"
#include "crm/planning.hpp"
#include "tryton/module.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <thread>

namespace raadspost::crm {

using namespace tryton;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::size_t batch =
    400;  // what lies in memory at once is one rendered message a thread; facts are small
constexpr std::chrono::hours stale_after{24};
constexpr std::chrono::minutes abandoned_after{10};

DateTime now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// Rows that nobody is at and that fulfil `condition` become the claimant's: their journal column names it.
void take(const Claimant& claimant, const std::string& condition, const List& parameters, Ids& ids) {
    const DateTime time = now();
    const std::string skip = engine() == Engine::postgresql ? " for update of d skip locked" : "";
    List all{claimant.journal, time, time - abandoned_after};
    all.insert(all.end(), parameters.begin(), parameters.end());
    all.emplace_back(static_cast<std::int64_t>(batch - ids.size()));
    Rows<Id>::each(
        std::string{"update raadspost_dispatch set journal = {}, claimed_at = {} where id in ("
                    "select d.id from raadspost_dispatch d join raadspost_appeal a on a.id = d.appeal "
                    "join raadspost_step s on s.id = d.step left join raadspost_griffie g on g.id = "
                    "d.griffie where a.state = 'running' and (d.journal is null or d.claimed_at < {}) and "} +
            condition + " and " + not_suppressed + " order by d.due, d.id limit {}" + skip + ") returning id",
        all, [&](Id id) { ids.push_back(id); });
}

// Facts that changed since, or a day gone by: nobody may claim the message as it is, however many those are.
void call_back_stale() {
    const DateTime time = now();
    const std::string skip = engine() == Engine::postgresql ? " for update of d skip locked" : "";
    execute(
        "update raadspost_dispatch set bytes_file = null where id in (select d.id from raadspost_dispatch d "
        "join raadspost_appeal a on a.id = d.appeal join raadspost_step s on s.id = d.step "
        "left join raadspost_griffie g on g.id = d.griffie where d.state = 'released' and d.journal is null "
        "and d.bytes_file is not null and (d.released_at < {} "
        "or coalesce(a.write_date, a.create_date) > d.released_at "
        "or coalesce(s.write_date, s.create_date) > d.released_at "
        "or coalesce(g.write_date, g.create_date) > d.released_at)" +
            skip + ")",
        time - stale_after);
}

// Two statements, because one about both reads all that is planned each time, where the second stops at its
// limit.
Ids take(const Claimant& claimant) {
    Ids ids;
    in_short_transaction([&] {
        ids.clear();
        call_back_stale();
        take(claimant, "d.state = 'released' and d.bytes_file is null", {}, ids);
        if (ids.size() < batch) take(claimant, "d.state = 'planned' and d.due <= {}", {now()}, ids);
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

std::string Releaser::texts_version() const {
    std::string version;
    for (const char* table : {"raadspost_appeal", "raadspost_step", "raadspost_signatory",
                              "raadspost_association", "raadspost_attachment", "raadspost_configuration"})
        for (const auto& [latest, rows] :
             Rows<std::string, std::int64_t>{std::string{"select coalesce(cast(max(coalesce(write_date, "
                                                         "create_date)) as varchar), ''), count(*) from "} +
                                             table})
            version += latest + '/' + std::to_string(rows) + ' ';
    return version;
}

struct Releaser::Making {
    Making(std::string own_journal, DateTime at) : journal{std::move(own_journal)}, begun_at{at} {}

    const std::string journal;  // under which the rows were taken
    const DateTime begun_at;    // what changes later is not in the messages
    post::FrozenPack pack{frozen_folder(), std::chrono::floor<std::chrono::days>(begun_at)};
    std::vector<MessageInputs> inputs;
    std::vector<Made> made;
    std::atomic<std::size_t> next{0};
    SteadyClock::time_point begun = SteadyClock::now();
    std::atomic<SteadyClock::time_point> ended{begun};
    std::vector<std::jthread> threads;  // last: they use all of the above

    void work(Renderer& renderer, const std::atomic<bool>& halt) {
        for (std::size_t i = next++; i < inputs.size() && !halt; i = next++) {
            made[i] = make(inputs[i], renderer, pack);
            if (made[i].disk) break;  // a full disk does not empty itself while we try
        }
        ended = SteadyClock::now();
    }
};

Releaser::Releaser() = default;
Releaser::~Releaser() = default;

void Releaser::begin(const Claimant& claimant, const std::atomic<bool>& halt) {
    const DateTime begun_at = now();
    const Ids ids = take(claimant);
    if (ids.empty()) {
        loader_.reset();
        return;
    }
    if (const auto version = texts_version(); !loader_ || version != loaded_version_) {
        loader_ = std::make_unique<MessageLoader>();
        loaded_version_ = version;
    }
    auto making = std::make_unique<Making>(claimant.journal, begun_at);
    making->inputs = loader_->load(ids);
    making->made.resize(making->inputs.size());
    while (renderers_.size() < std::max(1u, std::thread::hardware_concurrency()))
        renderers_.push_back(std::make_unique<Renderer>());
    making_ = std::move(making);
    for (const auto& renderer : renderers_)
        making_->threads.emplace_back(
            [making = making_.get(), own = renderer.get(), &halt] { making->work(*own, halt); });
}

Result<Releaser::Counts> Releaser::release_batch(const Claimant& claimant, const std::atomic<bool>& halt) {
    auto counts = finish();
    if (!counts) return counts.problem();
    begin(claimant, halt);
    if (making_) counts->making = making_->inputs.size();
    return counts;
}

Result<Releaser::Counts> Releaser::finish() {
    if (!making_) return Counts{};
    const std::unique_ptr<Making> done = std::move(making_);
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
    counts.made_in = done->ended.load() - done->begun;
    counts.released = released.size();
    counts.held = held.size();
    return counts;
}

}  // namespace raadspost::crm

#include "crm/sending/release.hpp"

#include "core/post/crash_point.hpp"
#include "core/post/frozen.hpp"
#include "tryton/module.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <thread>

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr int batch = 400;  // what lies in memory at once is one rendered message a thread; facts are small
constexpr std::chrono::hours stale_after{24};
constexpr std::chrono::minutes abandoned_after{10};

DateTime now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

// Planned rows that are due, and released ones that have to be made anew. Their journal column names who is
// at it.
Ids take(const Claimant& claimant) {
    Ids ids;
    in_short_transaction([&] {
        ids.clear();
        const DateTime time = now();
        const std::string skip = engine() == Engine::postgresql ? " for update of d skip locked" : "";
        const std::string sql =
            std::string{
                "update raadspost_dispatch set journal = {}, claimed_at = {} where id in ("
                "select d.id from raadspost_dispatch d join raadspost_appeal a on a.id = d.appeal "
                "join raadspost_step s on s.id = d.step left join raadspost_griffie g on g.id = d.griffie "
                "where a.state = 'running' and (d.journal is null or d.claimed_at < {}) and ("
                "(d.state = 'planned' and d.due <= {}) or (d.state = 'released' and (d.bytes_file is null "
                "or d.released_at < {} or coalesce(a.write_date, a.create_date) > d.released_at "
                "or coalesce(s.write_date, s.create_date) > d.released_at "
                "or coalesce(g.write_date, g.create_date) > d.released_at))) and "} +
            not_suppressed + " order by d.due, d.id limit {}" + skip + ") returning id";
        for (const auto& [id] :
             Rows<Id>{sql, claimant.journal, time, time - abandoned_after, time, time - stale_after, batch})
            ids.push_back(id);
    });
    std::sort(ids.begin(), ids.end());
    return ids;
}

struct Made {
    std::optional<Problem> problem;
    bool disk = false;  // the problem is the disk's, not the message's
    std::string subject, message_id, envelope_sender, bytes_file, bytes_hash, inputs_hash;
    std::int64_t size = 0;
    bool done = false;
};

Made make(const MessageInputs& inputs, Renderer& renderer, const std::filesystem::path& folder) {
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
    auto file = post::freeze(folder, rendered->bytes);
    if (!file) {
        made.problem = file.problem();
        made.disk = true;
        return made;
    }
    made.subject = std::move(rendered->subject);
    made.message_id = std::move(rendered->message_id);
    made.envelope_sender = std::move(rendered->envelope_sender);
    made.bytes_hash = *file;
    made.bytes_file = std::move(*file);
    made.inputs_hash = std::move(rendered->inputs_hash);
    made.size = static_cast<std::int64_t>(rendered->bytes.size());
    return made;
}

std::vector<Made> make_all(const std::vector<MessageInputs>& inputs,
                           std::vector<std::unique_ptr<Renderer>>& renderers,
                           const std::filesystem::path& folder, const std::atomic<bool>& halt) {
    std::vector<Made> made(inputs.size());
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> threads;
    for (const auto& renderer : renderers)
        threads.emplace_back([&, own = renderer.get()] {
            for (std::size_t i = next++; i < inputs.size() && !halt; i = next++) {
                made[i] = make(inputs[i], *own, folder);
                if (made[i].disk) break;  // a full disk does not empty itself while we try
            }
        });
    threads.clear();  // joins
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

Result<Releaser::Counts> Releaser::release_batch(const Claimant& claimant, const std::atomic<bool>& halt) {
    const Ids ids = take(claimant);
    if (ids.empty()) {
        loader_.reset();
        return Counts{};
    }
    if (const auto version = texts_version(); !loader_ || version != loaded_version_) {
        loader_ = std::make_unique<MessageLoader>();
        loaded_version_ = version;
    }
    const std::vector<MessageInputs> inputs = loader_->load(ids);
    while (renderers_.size() < std::max(1u, std::thread::hardware_concurrency()))
        renderers_.push_back(std::make_unique<Renderer>());
    const auto folder = frozen_folder();
    const std::vector<Made> made = without_gil([&] { return make_all(inputs, renderers_, folder, halt); });
    post::crash_point("after_freeze");

    Counts counts;
    std::optional<Problem> disk;
    std::vector<
        std::tuple<Id, std::string, std::optional<std::string>, std::string, std::string, std::string,
                   std::string, std::string, std::string, std::int64_t, DateTime, std::optional<std::string>>>
        released;
    std::vector<std::tuple<Id, std::string, std::string, std::string, std::optional<std::string>>> held;
    const DateTime time = now();
    for (std::size_t i = 0; i < made.size(); ++i) {
        const Made& each = made[i];
        if (each.disk) disk = each.problem;
        if (!each.done || each.disk) continue;
        if (each.problem)
            held.emplace_back(inputs[i].dispatch, "held", "text_problem", each.problem->text, std::nullopt);
        else
            released.emplace_back(inputs[i].dispatch, "released", std::nullopt, each.subject, each.message_id,
                                  each.envelope_sender, each.bytes_file, each.bytes_hash, each.inputs_hash,
                                  each.size, time, std::nullopt);
    }
    const std::string mine = "t.state in ('planned', 'released') and t.journal = '" + claimant.journal + "'";
    in_short_transaction([&] {
        if (!released.empty())
            update_rows("raadspost.dispatch",
                        {"state", "reason", "subject", "message_id", "envelope_sender", "bytes_file",
                         "bytes_hash", "inputs_hash", "bytes_size", "released_at", "journal"},
                        released, mine);
        if (!held.empty())
            update_rows("raadspost.dispatch", {"state", "reason", "reply_text", "journal"}, held, mine);
        execute(
            "update raadspost_dispatch set journal = null where state in ('planned', 'released') and journal "
            "= {}",
            claimant.journal);
    });
    post::crash_point("after_release");
    if (disk) return *disk;
    counts.released = released.size();
    counts.held = held.size();
    return counts;
}

}  // namespace raadspost::crm

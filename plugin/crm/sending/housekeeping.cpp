// housekeeping.cpp - what a sender does by the way: what was sent becomes delivered when no bounce came,
// texts that were corrected are tried again, and what is no longer needed goes.
#include "core/post/frozen.hpp"
#include "crm/elections/retention.hpp"
#include "crm/followup/answers_in_hand.hpp"
#include "crm/forgetting/forgotten_bytes.hpp"
#include "crm/sending/sender.hpp"
#include "crm/tracking/planning.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"

namespace raadspost::crm {

using namespace tryton;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::hours clear_every{1};
constexpr std::chrono::days delivered_after{5};  // a bounce that comes comes within days

std::chrono::sys_seconds now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

std::chrono::year_month_day day_of(DateTime moment) {
    return std::chrono::floor<std::chrono::days>(moment);
}

}  // namespace

void Sender::housekeeping(const SendingSettings& settings) {
    const DateTime time = now();
    in_short_transaction([&] {
        execute(
            "update raadspost_dispatch set state = 'delivered', write_date = {} where state = 'sent' and "
            "sent_at < {}",
            time, time - delivered_after);
        // A text that could not be rendered and was corrected since.
        execute(
            "update raadspost_dispatch set state = 'planned', reason = null, reply_text = null, write_date = "
            "{} "
            "where state = 'held' and reason = 'text_problem' and exists (select 1 from raadspost_appeal a "
            "where a.id = raadspost_dispatch.appeal and a.state = 'running' "
            "and a.write_date > coalesce(raadspost_dispatch.write_date, raadspost_dispatch.create_date))",
            time);
        review_ready();
        call_back_answered({});
        execute("delete from raadspost_rate_token where minute < {}",
                std::chrono::floor<std::chrono::minutes>(time).time_since_epoch().count() - 60);
        execute("delete from raadspost_sender where seen_at < {}", time - std::chrono::hours{24 * 7});
    });
    wipe_forgotten_bytes();
    if (SteadyClock::now() >= clear_at_) {
        clear_frozen(settings);
        in_short_transaction([] { forget_members(now()); });
        clear_at_ = SteadyClock::now() + clear_every;
    }
}

// Frozen bytes go after a while; their hash and what they were made of stay.
void Sender::clear_frozen(const SendingSettings& settings) {
    const DateTime before = now() - std::chrono::days{settings.keep_bytes_days};
    const auto folder = frozen_folder();
    for (const std::string& day : post::frozen_days_before(folder, day_of(before))) {
        in_short_transaction([&] {
            execute(
                "update raadspost_dispatch set bytes_file = null where bytes_file like {} and state in "
                "('delivered', 'bounced', 'refused', 'cancelled') and coalesce(sent_at, "
                "write_date) < {}",
                day + "/%", before);
        });
        std::vector<std::string> kept;
        for (const auto& [name] : Rows<std::string>{
                 "select bytes_file from raadspost_dispatch where bytes_file like {}", day + "/%"})
            kept.push_back(name);
        post::drop_frozen_day(folder, day, kept);
    }
}

}  // namespace raadspost::crm

#include "crm/sending/claim.hpp"

#include "core/post/crash_point.hpp"
#include "crm/followup/planning_rules.hpp"
#include "crm/moment.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;

const char* const not_suppressed =
    "not exists (select 1 from raadspost_suppression u where u.mailbox = d.mailbox and (u.scope = 'all' "
    "or (u.scope = 'association' and u.association = a.association) or (u.scope = 'appeal' and u.appeal = "
    "a.id)))";

const char* const approved_anew =
    "(coalesce(a.approved_at > d.released_at, false) or exists (select 1 from raadspost_step s "
    "where s.id = d.step and s.approved_at > d.released_at))";

void free_unmade(const std::string& journal) {
    in_short_transaction([&] {
        execute(
            "update raadspost_dispatch set journal = null where state in ('planned', 'released') and journal "
            "= {}",
            journal);
    });
}

std::string is_free_one_of(const std::string& query) {
    if (engine() == Engine::sqlite) return "id in (" + query + ")";
    // An array is made once. Before PostgreSQL has counted a table that has just grown it thinks it small,
    // and would run the query anew for each row.
    return "id = any(array(" + query + " for update of d skip locked))";
}

namespace {

// How many of `wanted` the minute still allows; the row stays locked until the claim is committed.
std::int64_t allowed_now(const std::string& relay, int per_minute, std::int64_t wanted, std::int64_t minute) {
    execute(
        "insert into raadspost_rate_token (relay, hub, minute, taken) values ({}, '', {}, 0) "
        "on conflict (relay, hub, minute) do nothing",
        relay, minute);
    const std::string lock = engine() == Engine::postgresql ? " for update" : "";
    const Rows<std::int64_t> taken{
        "select taken from raadspost_rate_token where relay = {} and hub = '' and minute = {}" + lock, relay,
        minute};
    return std::min<std::int64_t>(wanted, std::max<std::int64_t>(0, per_minute - std::get<0>(taken.front())));
}

// What a claim tells of its row, of the table itself.
constexpr const char* details =
    "id, tries, occurrence, mailbox, message_id, envelope_sender, bytes_file, bytes_hash, first_try, "
    "again_at, "
    "(select s.uuid from raadspost_step s where s.id = raadspost_dispatch.step)";

// The same of an answer.
constexpr const char* details_of_reply =
    "-id, tries, 1, mailbox, message_id, envelope_sender, bytes_file, bytes_hash, first_try, again_at, uuid";

std::vector<Claim> claims_in(const std::string& statement, const List& parameters) {
    std::vector<Claim> claims;
    using Row = Rows<Id, int, int, std::string, std::optional<std::string>, std::optional<std::string>,
                     std::optional<std::string>, std::optional<std::string>, std::optional<DateTime>,
                     std::optional<DateTime>, std::string>;
    Row::each(statement, parameters,
              [&](Id id, int tries, int occurrence, std::string mailbox,
                  std::optional<std::string> message_id, std::optional<std::string> sender,
                  std::optional<std::string> file, std::optional<std::string> hash,
                  std::optional<DateTime> first, std::optional<DateTime> again, const std::string& uuid) {
                  Claim claim;
                  claim.dispatch = id;
                  claim.tries = tries;
                  claim.key =
                      is_reply(id) ? key_of_reply(uuid, mailbox) : key_of_dispatch(uuid, mailbox, occurrence);
                  claim.mailbox = std::move(mailbox);
                  claim.message_id = message_id.value_or("");
                  claim.envelope_sender = sender.value_or("");
                  claim.bytes_file = file.value_or("");
                  claim.bytes_hash = hash.value_or("");
                  claim.first_try = std::chrono::floor<std::chrono::seconds>(first.value_or(now()));
                  if (again) claim.again_at = std::chrono::floor<std::chrono::seconds>(*again);
                  claims.push_back(std::move(claim));
              });
    std::ranges::sort(claims, {}, &Claim::dispatch);
    return claims;
}

// `take(time, most)` claims rows, in one transaction with the tokens that they need.
template <class Take>
std::vector<Claim> claim(const SendingSettings& settings, const std::string& relay, Take&& take) {
    std::vector<Claim> claims;
    post::crash_point("before_claim");
    in_short_transaction([&] {
        claims.clear();
        const DateTime time = now();
        const auto minute = std::chrono::floor<std::chrono::minutes>(time).time_since_epoch().count();
        std::int64_t wanted = settings.batch_size;
        if (settings.per_minute > 0) wanted = allowed_now(relay, settings.per_minute, wanted, minute);
        if (wanted == 0) return;
        claims = take(time, wanted);
        if (settings.per_minute > 0 && !claims.empty())
            execute(
                "update raadspost_rate_token set taken = taken + {} where relay = {} and hub = '' and minute "
                "= {}",
                static_cast<std::int64_t>(claims.size()), relay, minute);
        post::crash_point("before_claim_commit");
    });
    post::crash_point("after_claim");
    return claims;
}

}  // namespace

SendingSettings SendingSettings::load() {
    SendingSettings settings;
    const Record record{"raadspost.configuration", 1};
    const auto number = [&](const char* field, int& into) {
        if (const Value value = record.get(field); !value.is_null()) into = value.as<int>();
    };
    settings.stopped = record.get("stopped").truth();
    number("batch_size", settings.batch_size);
    number("connections", settings.connections);
    number("per_minute", settings.per_minute);
    number("give_up_days", settings.give_up_days);
    number("keep_bytes_days", settings.keep_bytes_days);
    settings.hours = sending_hours();
    return settings;
}

bool SendingSettings::open_at(std::chrono::sys_seconds moment) const {
    const auto minute = std::chrono::floor<calendar::Moment::duration>(moment);
    return calendar::SendingDays{hours}.at(minute) == calendar::Closed::open;
}

std::vector<Claim> claim_batch(const Claimant& claimant, const SendingSettings& settings,
                               const std::string& relay) {
    return claim(settings, relay, [&](DateTime time, std::int64_t most) {
        return claims_in(
            "update raadspost_dispatch set state = 'claimed', claimed_by = {}, claimed_at = {}, journal = "
            "{}, "
            "tries = coalesce(tries, 0) + 1, first_try = coalesce(first_try, {}), next_try = null, "
            "write_date = {} where " +
                is_free_one_of(
                    std::string{
                        "select d.id from raadspost_dispatch d join raadspost_appeal a on a.id = d.appeal "
                        "where a.state = 'running' and coalesce(a.starts_at, {}) <= {} and d.journal is null "
                        "and (d.state = 'released' or (d.state = 'deferred' and d.next_try <= {} and not "} +
                    approved_anew + ")) and d.bytes_file is not null and " + not_suppressed +
                    " order by d.due, d.id limit {}") +
                " returning " + details,
            {claimant.sender, time, claimant.journal, time, time, time, time, time, most});
    });
}

bool replies_wait() {
    return !Rows<Id>{
        "select id from raadspost_reply where state = 'released' or (state = 'deferred' and "
        "next_try <= {}) limit 1",
        now()}
                .empty();
}

std::vector<Claim> claim_replies(const Claimant& claimant, const SendingSettings& settings,
                                 const std::string& relay) {
    return claim(settings, relay, [&](DateTime time, std::int64_t most) {
        return claims_in(
            "update raadspost_reply set state = 'claimed', claimed_by = {}, claimed_at = {}, journal = {}, "
            "tries = coalesce(tries, 0) + 1, first_try = coalesce(first_try, {}), next_try = null, "
            "write_date = {} where " +
                is_free_one_of("select d.id from raadspost_reply d where d.state = 'released' or "
                               "(d.state = 'deferred' and d.next_try <= {}) order by d.id limit {}") +
                " returning " + details_of_reply,
            {claimant.sender, time, claimant.journal, time, time, time, most});
    });
}

std::vector<Claim> claims_of(const std::string& journal) {
    std::vector<Claim> claims;
    reading_the_latest([&] {
        claims = claims_in(std::string{"select "} + details +
                               " from raadspost_dispatch where state = 'claimed' and journal = {}",
                           {journal});
        const auto replies = claims_in(std::string{"select "} + details_of_reply +
                                           " from raadspost_reply where state = 'claimed' and journal = {}",
                                       {journal});
        claims.insert(claims.end(), replies.begin(), replies.end());
    });
    return claims;
}

}  // namespace raadspost::crm

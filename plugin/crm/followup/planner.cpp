#include "crm/followup/planner.hpp"

#include "crm/followup/plan_writer.hpp"
#include "crm/followup/planning_rules.hpp"
#include "crm/sending/machine.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <set>

namespace raadspost::crm {

using namespace tryton;
using followup::Moment;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::minutes kept_up_for{10};
constexpr std::chrono::seconds planned_just_now{30};
constexpr std::int64_t runs_kept = 200;
// Councils whose facts lie in memory at once. A country has 342; those of a continent go in parts, each with
// all that share a mailbox.
constexpr std::size_t councils_at_once = 20'000;
constexpr std::int64_t planner_lock = 0x72616164'706c616e;  // of PostgreSQL's advisory locks

DateTime clock() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Ids ids_of(const std::string& sql, const List& parameters = {}) {
    Ids ids;
    Rows<Id>::each(sql, parameters, [&](Id id) { ids.push_back(id); });
    return ids;
}

Ids open_appeals() {
    return ids_of("select id from raadspost_appeal where state <> 'closed' order by id");
}

// What was made ready and never taken is too late after a while, like anything else: a person is asked.
void call_back_late(const Ids& appeals, const followup::Rules& rules, const DateTime& now) {
    execute(
        "update raadspost_dispatch set state = 'held', reason = 'late', bytes_file = null, write_date = {} "
        "where state = 'released' and journal is null and appeal in {} and released_at < {}",
        now, appeals, now - std::chrono::days{rules.grace_days + 1});
}

// Empty: all at once.
std::vector<Ids> parts_of_the_country() {
    const Rows<std::int64_t> counted{"select count(*) from raadspost_council"};
    if (static_cast<std::size_t>(std::get<0>(counted.front())) <= councils_at_once) return {{}};
    std::vector<Ids> parts(1);
    std::string last;
    // An ended council goes with its successor.
    Rows<Id, std::optional<std::string>>::each(
        "select c.id, min(g.mailbox) from raadspost_council c left join "
        "\"raadspost_griffie-raadspost_council\" l "
        "on l.council = coalesce(c.successor, c.id) left join raadspost_griffie g on g.id = l.griffie "
        "group by c.id order by 2, 1",
        {}, [&](Id council, const std::optional<std::string>& mailbox) {
            if (parts.back().size() >= councils_at_once && mailbox.value_or("") != last) parts.emplace_back();
            parts.back().push_back(council);
            last = mailbox.value_or("");
        });
    return parts;
}

PlanCounts plan_part(const Ids& appeals, const Ids& councils, const DateTime& now, Id started = 0) {
    const Moment moment = std::chrono::floor<Moment::duration>(now);
    LoadedFacts loaded = load_facts(appeals, councils, moment);
    if (started != 0) loaded.gets_dispatches[started] = true;
    const followup::Planner planner{std::move(loaded.facts)};
    PlanWriter writer{planner, loaded};
    planner.plan(moment, [&](const followup::Plan& plan) { writer.add(plan); });
    const auto written = writer.write();
    return {0, written.lines, written.changed};
}

// All councils that share a mailbox with one of these, or a successor.
Ids neighbours_of(const Ids& councils) {
    std::set<Id> all(councils.begin(), councils.end());
    for (std::size_t before = 0; before != all.size();) {
        before = all.size();
        const Ids known(all.begin(), all.end());
        for (const Id id : ids_of(
                 "select o.council from \"raadspost_griffie-raadspost_council\" o join raadspost_griffie og "
                 "on og.id = o.griffie where og.mailbox in (select g.mailbox from raadspost_griffie g "
                 "join \"raadspost_griffie-raadspost_council\" l on l.griffie = g.id "
                 "where l.council in {} and g.mailbox <> '') union select c.id from raadspost_council c "
                 "where c.successor in {} union select c.successor from raadspost_council c "
                 "where c.id in {} and c.successor is not null "
                 "union select k.council from raadspost_case k "
                 "join \"raadspost_dispatch-raadspost_case\" kl on kl.\"case\" = k.id "
                 "join raadspost_dispatch d on d.id = kl.dispatch join raadspost_griffie dg on dg.mailbox = "
                 "d.mailbox "
                 "join \"raadspost_griffie-raadspost_council\" dl on dl.griffie = dg.id where dl.council in "
                 "{}",
                 {known, known, known, known}))
            all.insert(id);
    }
    return {all.begin(), all.end()};
}

bool planned_since(const DateTime& moment) {
    return !Rows<Id>{"select id from raadspost_plan_run where trouble is null and started_at > {} limit 1",
                     moment}
                .empty();
}

void lock_planning() {
    if (engine() == Engine::postgresql)
        Rows<Value>{"select cast(pg_advisory_xact_lock({}) as text)", planner_lock};
}

PlanCounts plan_all(const Ids& only, std::optional<DateTime> at, Id started) {
    lock_planning();
    const DateTime now = at.value_or(clock());
    const followup::Rules rules = planning_rules();
    Ids appeals = only.empty() ? open_appeals() : only;
    if (!only.empty() && rules.gap_days > 0)
        for (const Id id : ids_of("select id from raadspost_appeal where state = 'running'"))
            if (std::ranges::find(appeals, id) == appeals.end()) appeals.push_back(id);
    PlanCounts counts;
    counts.appeals = static_cast<std::int64_t>(appeals.size());
    if (appeals.empty()) return counts;
    call_back_late(appeals, rules, now);
    for (const Ids& part : parts_of_the_country()) {
        const PlanCounts done = plan_part(appeals, part, now, started);
        counts.lines += done.lines;
        counts.changed += done.changed;
    }
    return counts;
}

}  // namespace

PlanCounts plan_appeals(const Ids& only, std::optional<DateTime> now) {
    return plan_all(only, now, 0);
}

PlanCounts plan_started(Id appeal) {
    return plan_all({appeal}, {}, appeal);
}

PlanCounts plan_councils(const Ids& councils) {
    if (councils.empty()) return {};
    lock_planning();
    const Ids appeals = open_appeals();
    if (appeals.empty()) return {};
    return plan_part(appeals, neighbours_of(councils), clock());
}

Id simulate(Id appeal, Date on) {
    LoadedFacts loaded = load_facts({appeal}, {}, std::chrono::floor<Moment::duration>(clock()));
    followup::Facts& facts = loaded.facts;
    std::erase_if(facts.posts,
                  [](const followup::Post& post) { return post.state == followup::PostState::waiting; });
    const calendar::SendingDays days{facts.rules.hours};
    const Moment now = std::chrono::floor<Moment::duration>(clock());
    const Moment morning = std::max(now, days.opening_of(std::chrono::sys_days{on}));
    followup::Planner planner{facts};
    // What leaves until then makes what follows on it leave, too.
    constexpr int most_rounds = 50;
    for (int round = 0; round < most_rounds; ++round) {
        std::vector<followup::Post> left;
        planner.plan(now, [&](const followup::Plan& plan) {
            for (const followup::Line& line : plan.lines) {
                if (line.state != followup::LineState::planned || line.due >= morning) continue;
                followup::Post post;
                post.appeal = line.appeal;
                post.council = line.council;
                post.step = line.step;
                post.mailbox = plan.messages[line.message].mailbox;
                post.term = line.term;
                post.at = line.due;
                left.push_back(post);
            }
        });
        if (left.empty()) break;
        for (const followup::Post& post : left) planner.note(post);
    }
    const Id simulation =
        create("raadspost.plan.simulation",
               {{{"appeal", appeal}, {"on_date", on}, {"made_at", clock()}, {"made_by", current_user()}}})
            .front();
    for (auto& [id, gets] : loaded.gets_dispatches) gets = false;
    PlanWriter writer{planner, loaded};
    planner.plan(morning, [&](const followup::Plan& plan) { writer.add(plan); });
    writer.write_simulation(simulation);
    return simulation;
}

void run_planner() {
    const DateTime started_at = clock();
    if (planned_since(started_at - planned_just_now)) return;
    const auto begin = SteadyClock::now();
    PlanCounts counts;
    std::string trouble;
    bool ours = true;
    try {
        in_short_transaction([&] {
            ours = engine() == Engine::sqlite ||
                   std::get<0>(Rows<bool>{"select pg_try_advisory_xact_lock({})", planner_lock}.front());
            if (ours) counts = plan_appeals();
        });
    } catch (const std::exception& error) {
        trouble = error.what();
        log(Level::error, "planning failed: " + trouble);
    }
    if (!ours) return;
    const double seconds = std::chrono::duration<double>{SteadyClock::now() - begin}.count();
    in_short_transaction([&] {
        execute(
            "insert into raadspost_plan_run (started_at, duration, appeals, lines, changed, trouble, host) "
            "values "
            "({}, {}, {}, {}, {}, {}, {})",
            started_at, seconds, counts.appeals, counts.lines, counts.changed,
            trouble.empty() ? Value{} : Value{trouble.substr(0, 200)}, Machine::own_name());
        execute("delete from raadspost_plan_run where id <= (select max(id) - {} from raadspost_plan_run)",
                runs_kept);
    });
}

bool plan_is_kept_up() {
    return planned_since(clock() - kept_up_for);
}

}  // namespace raadspost::crm

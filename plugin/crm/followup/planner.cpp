#include "crm/followup/planner.hpp"

#include "core/shortened.hpp"
#include "crm/followup/answers_in_hand.hpp"
#include "crm/followup/plan_writer.hpp"
#include "crm/followup/planning_rules.hpp"
#include "crm/moment.hpp"
#include "crm/sending/machine.hpp"
#include "crm/tracking/planning.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/short_transaction.hpp"
#include "tryton/transaction.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace raadspost::crm {

using namespace tryton;
using followup::Moment;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::minutes kept_up_for{10};
constexpr std::chrono::seconds planned_just_now{30};
// A plan of a continent takes its time from the sending: after it there is none for so many times as long,
// within what still counts as kept up.
constexpr int rest_after = 20;
constexpr std::chrono::minutes longest_rest{5};
constexpr std::int64_t runs_kept = 200;
// Councils whose facts lie in memory at once. A country has 342; those of a continent go in parts, each with
// all that share a mailbox.
constexpr std::size_t councils_at_once = 20'000;
constexpr std::int64_t planner_lock = 0x72616164'706c616e;  // of PostgreSQL's advisory locks

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
    const DateTime late = now - std::chrono::days{rules.grace_days + 1};
    hold("late",
         "appeal in {} and ((state = 'released' and released_at < {}) or (state = 'deferred' and next_try < "
         "{}))",
         {appeals, late, late});
}

// Councils by what they have in common: a successor, a mailbox, or one that mail went to before.
class Kinship {
public:
    explicit Kinship(const std::string& pairs) {
        std::unordered_map<std::string, Id> first_at;
        Rows<Id, Id, std::optional<std::string>>::each(
            pairs, {}, [&](Id council, Id successor, const std::optional<std::string>& mailbox) {
                unite(council, successor);
                if (!mailbox || mailbox->empty()) return;
                const auto [known, is_new] = first_at.emplace(*mailbox, council);
                if (!is_new) unite(council, known->second);
            });
    }

    // All councils, in parts of about that many, none cut in two.
    std::vector<Ids> parts(std::size_t size) {
        std::vector<std::pair<Id, Id>> by_head;
        for (const auto& [council, parent] : parent_) by_head.emplace_back(head(council), council);
        std::ranges::sort(by_head);
        std::vector<Ids> all(1);
        Id last = 0;
        for (const auto& [head, council] : by_head) {
            if (all.back().size() >= size && head != last) all.emplace_back();
            all.back().push_back(council);
            last = head;
        }
        return all;
    }

private:
    Id head(Id council) {
        Id at = parent_.emplace(council, council).first->second;
        while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
        return at;
    }
    void unite(Id a, Id b) {
        a = head(a), b = head(b);
        parent_[std::max(a, b)] = std::min(a, b);
    }

    std::unordered_map<Id, Id> parent_;
};

// Empty: all at once.
std::vector<Ids> parts_of_the_country() {
    const Rows<std::int64_t> counted{"select count(*) from raadspost_council"};
    if (static_cast<std::size_t>(std::get<0>(counted.front())) <= councils_at_once) return {{}};
    return Kinship{
        "select c.id, coalesce(c.successor, c.id), g.mailbox from raadspost_council c "
        "left join \"raadspost_griffie-raadspost_council\" l on l.council = c.id "
        "left join raadspost_griffie g on g.id = l.griffie "
        "union all select k.council, k.council, d.mailbox from raadspost_dispatch d "
        "join \"raadspost_dispatch-raadspost_case\" l on l.dispatch = d.id "
        "join raadspost_case k on k.id = l.\"case\" join raadspost_griffie g on g.id = d.griffie "
        "where g.mailbox <> d.mailbox"}
        .parts(councils_at_once);
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

// All councils that share a mailbox with one of these, now or in what was sent, or a successor.
Ids neighbours_of(const Ids& councils) {
    std::set<Id> all(councils.begin(), councils.end());
    for (std::size_t before = 0; before != all.size();) {
        before = all.size();
        const Ids known(all.begin(), all.end());
        List mailboxes;
        Rows<std::string>::each(
            "select g.mailbox from raadspost_griffie g join \"raadspost_griffie-raadspost_council\" l "
            "on l.griffie = g.id where l.council in {} and g.mailbox <> '' union select d.mailbox "
            "from raadspost_dispatch d join \"raadspost_dispatch-raadspost_case\" l on l.dispatch = d.id "
            "join raadspost_case k on k.id = l.\"case\" where k.council in {}",
            {known, known}, [&](std::string mailbox) { mailboxes.emplace_back(std::move(mailbox)); });
        const auto add = [&](Id id) { all.insert(id); };
        if (!mailboxes.empty())
            Rows<Id>::each(
                "select l.council from raadspost_griffie g join \"raadspost_griffie-raadspost_council\" l "
                "on l.griffie = g.id where g.mailbox in {} union select k.council from raadspost_dispatch d "
                "join \"raadspost_dispatch-raadspost_case\" l on l.dispatch = d.id join raadspost_case k "
                "on k.id = l.\"case\" where d.mailbox in {}",
                {mailboxes, mailboxes}, add);
        Rows<Id>::each(
            "select id from raadspost_council where successor in {} union select successor from "
            "raadspost_council "
            "where id in {} and successor is not null",
            {known, known}, add);
    }
    return {all.begin(), all.end()};
}

bool planned_since(const DateTime& moment) {
    return !Rows<Id>{"select id from raadspost_plan_run where trouble is null and started_at > {} limit 1",
                     moment}
                .empty();
}

bool planner_rests(const DateTime& now) {
    const Rows<DateTime, double> last{
        "select started_at, coalesce(duration, 0) from raadspost_plan_run where trouble is null "
        "order by started_at desc limit 1"};
    if (last.empty()) return false;
    const auto& [started_at, seconds] = last.front();
    using Seconds = std::chrono::duration<double>;
    const Seconds rest = std::min<Seconds>(Seconds{seconds} * rest_after, longest_rest);
    return now - started_at < std::max<Seconds>(rest, planned_just_now);
}

void lock_planning() {
    if (engine() == Engine::postgresql)
        Rows<Value>{"select cast(pg_advisory_xact_lock({}) as text)", planner_lock};
}

PlanCounts plan_all(const Ids& only, std::optional<DateTime> at, Id started) {
    lock_planning();
    const DateTime now = at.value_or(crm::now());
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

void record_run(const DateTime& started_at, std::chrono::duration<double> duration, const PlanCounts& counts,
                const std::string& trouble) {
    const auto told = trouble.empty() ? std::nullopt : std::optional{std::string{shortened(trouble, 200)}};
    insert_rows<DateTime, double, std::int64_t, std::int64_t, std::int64_t, std::optional<std::string>,
                std::string>("raadspost.plan.run",
                             {"started_at", "duration", "appeals", "lines", "changed", "trouble", "host"},
                             {{started_at, duration.count(), counts.appeals, counts.lines, counts.changed,
                               told, Machine::own_name()}});
    execute("delete from raadspost_plan_run where id <= (select max(id) - {} from raadspost_plan_run)",
            runs_kept);
}

}  // namespace

PlanCounts plan_appeals(const Ids& only, std::optional<DateTime> now) {
    return plan_all(only, now, 0);
}

PlanCounts plan_started(Id appeal) {
    const DateTime started_at = crm::now();
    const auto begin = SteadyClock::now();
    const PlanCounts counts = plan_all({appeal}, {}, appeal);
    // With the only one that runs all is planned that can be sent.
    if (ids_of("select id from raadspost_appeal where state = 'running' and id <> {}", {appeal}).empty())
        record_run(started_at, SteadyClock::now() - begin, counts, "");
    return counts;
}

PlanCounts plan_councils(const Ids& councils) {
    if (councils.empty()) return {};
    lock_planning();
    const Ids appeals = open_appeals();
    if (appeals.empty()) return {};
    call_back_answered(councils);
    return plan_part(appeals, neighbours_of(councils), crm::now());
}

Id simulate(Id appeal, Date on) {
    LoadedFacts loaded = load_facts({appeal}, {}, std::chrono::floor<Moment::duration>(crm::now()));
    followup::Facts& facts = loaded.facts;
    std::erase_if(facts.posts,
                  [](const followup::Post& post) { return post.state == followup::PostState::waiting; });
    const calendar::SendingDays days{facts.rules.hours};
    const Moment now = std::chrono::floor<Moment::duration>(crm::now());
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
               {{{"appeal", appeal}, {"on_date", on}, {"made_at", crm::now()}, {"made_by", current_user()}}})
            .front();
    for (auto& [id, gets] : loaded.gets_dispatches) gets = false;
    PlanWriter writer{planner, loaded};
    planner.plan(morning, [&](const followup::Plan& plan) { writer.add(plan); });
    writer.write_simulation(simulation);
    return simulation;
}

void run_planner() {
    const DateTime started_at = crm::now();
    if (planner_rests(started_at)) return;
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
    in_short_transaction([&] { record_run(started_at, SteadyClock::now() - begin, counts, trouble); });
}

bool plan_is_kept_up() {
    return planned_since(crm::now() - kept_up_for);
}

}  // namespace raadspost::crm

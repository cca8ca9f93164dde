// How long the planner takes for CASES cases of five steps each, beside a tenth and a hundredth of them, and
// how long after one changed fact. As JSON, one line for each size. A case is one appeal at one council in
// one term: ten appeals at as many councils as it takes, a tenth of the cases with an answer, the first step
// sent to all, and at most one message to a griffie in five days, so that appeals push each other aside.
//
//     bench_planner [CASES]
#include "core/followup/planner.hpp"

#include <sys/resource.h>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace raadspost::followup;
using namespace std::chrono;

namespace {

constexpr Index appeals = 10;

Facts country(std::size_t cases) {
    Facts facts;
    facts.rules.hours = {hours{9}, hours{17}, false};
    facts.rules.gap_days = 5;
    const raadspost::calendar::SendingDays days_of_sending{facts.rules.hours};
    const Day start = sys_days{2025y / October / 6};
    const auto after = [](Anchor anchor, int days_after, Condition condition, LooksAt looks_at) {
        Step step;
        step.anchor = anchor;
        step.offset = days_after;
        step.unit = Unit::working_days;
        step.condition = condition;
        step.looks_at = looks_at;
        return step;
    };
    const std::vector<Step> steps = {
        Step{}, after(Anchor::previous_step, 15, Condition::no_answer, LooksAt::this_term),
        after(Anchor::installation, 5, Condition::not_passed_on, LooksAt::both),
        after(Anchor::installation, 15, Condition::always, LooksAt::this_term),
        after(Anchor::previous_step, 100, Condition::no_answer, LooksAt::this_term)};
    for (Index appeal = 0; appeal < appeals; ++appeal) {
        Appeal each;
        each.id = appeal + 1;
        each.starts_at = days_of_sending.moment_of(start + days{7 * appeal}, hours{9});
        each.steps = steps;
        facts.appeals.push_back(std::move(each));
    }
    const std::size_t councils = cases / appeals;
    const Day old_term = sys_days{2022y / March / 30};
    std::mt19937 random{1};
    for (Index i = 0; i < councils; ++i) {
        Council council;
        council.id = i + 1;
        council.tenures = {{sys_days{2022y / March / 16}, old_term},
                           {sys_days{2026y / March / 18}, sys_days{2026y / April / 1}},
                           {sys_days{2030y / March / 20}, sys_days{2030y / April / 3}}};
        if (i % 170 == 0)
            council.tenures[1] = {sys_days{2026y / November / 18}, sys_days{2027y / January / 4}};
        council.office = i;
        facts.offices.push_back({static_cast<Id>(i) + 1, i % 20 == 1 ? i - 1 : i});  // some share a mailbox
        facts.councils.push_back(std::move(council));
        for (Index appeal = 0; appeal < appeals; ++appeal) {
            facts.posts.push_back({static_cast<Id>(facts.posts.size()) + 1, appeal, i, 0, 1,
                                   facts.offices[i].mailbox, old_term, PostState::sent,
                                   facts.appeals[appeal].starts_at});
            if (random() % 10 == 0) facts.cases.push_back({appeal, i, old_term, answered | passed_on});
        }
    }
    return facts;
}

double seconds_since(steady_clock::time_point begin) {
    return duration<double>{steady_clock::now() - begin}.count();
}

double megabytes() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) / 1024;
}

void measure(std::size_t cases) {
    Facts facts = country(cases);
    const Moment now = time_point_cast<Moment::duration>(sys_days{2026y / January / 5} + hours{10});
    const auto begin = steady_clock::now();
    Planner planner{std::move(facts)};
    std::vector<Line> lines;
    lines.reserve(cases * 5);
    planner.plan(now,
                 [&](const Plan& plan) { lines.insert(lines.end(), plan.lines.begin(), plan.lines.end()); });
    const double planned_in = seconds_since(begin);
    const auto coming = std::ranges::count(lines, LineState::planned, &Line::state);

    // One answer comes in: noted, and its neighbourhood planned anew.
    double slowest = 0;
    std::mt19937 random{2};
    for (int i = 0; i < 50; ++i) {
        const auto council = static_cast<Index>(random() % planner.facts().councils.size());
        const auto changed = steady_clock::now();
        planner.note(Case{static_cast<Index>(random() % appeals), council,
                          planner.facts().councils[council].tenures[0].installation_day, answered});
        planner.plan_around(council, now, [&](const Plan& plan) { lines.front() = plan.lines.front(); });
        slowest = std::max(slowest, seconds_since(changed));
    }
    std::printf(
        "{\"cases\": %zu, \"lines\": %zu, \"planned\": %zu, \"seconds\": %.3f, \"replan_ms\": %.3f, \"mb\": "
        "%.0f}\n",
        cases, lines.size(), static_cast<std::size_t>(coming), planned_in, slowest * 1000, megabytes());
}

}  // namespace

int main(int count, char** words) {
    const std::size_t cases = count > 1 ? std::strtoul(words[1], nullptr, 10) : 1'000'000;
    for (const std::size_t part : {cases / 100, cases / 10, cases}) measure(part);
}

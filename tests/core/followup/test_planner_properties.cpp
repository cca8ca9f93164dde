// What must hold whatever happens: a small country in which messages are planned, sent, answered, refused and
// moved by chance, and a clock that jumps. The dispatches are kept as the CRM keeps them, so that planning
// and carrying out a plan are tried together.
#include "country.hpp"

#include "core/followup/reconcile.hpp"

#include <rapidcheck.h>
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <set>

using namespace raadspost::followup;
using raadspost::AddressStatus;
namespace calendar = raadspost::calendar;

namespace {

// A dispatch as the CRM has it.
struct Row {
    Id id = 0;
    Index appeal = nobody, mailbox = nobody;
    std::uint16_t step = 0, occurrence = 1;
    PostState state = PostState::waiting;
    bool held = false;
    Moment due{};
    std::set<std::pair<Index, Day>> cases;  // council and term

    friend bool operator==(const Row&, const Row&) = default;
};

struct World {
    Country country;
    std::map<Id, Row> rows;
    Moment now{};
    Id last = 0;

    Facts facts() const {
        Facts all = country.facts;
        for (const auto& [id, row] : rows)
            for (const auto& [council, term] : row.cases)
                all.posts.push_back({id, row.appeal, council, row.step, row.occurrence, row.mailbox, term,
                                     row.state, row.due});
        return all;
    }

    // Plans and carries the plan out; gives the lines.
    std::vector<Line> plan() {
        const Planner planner{facts()};
        std::vector<Line> lines;
        planner.plan(now, [&](const Plan& part) {
            const Changes changes = reconcile(planner, part);
            for (const Kept& kept : changes.kept) {
                const Message& message = part.messages[kept.message];
                const Id id = kept.dispatch != 0 ? kept.dispatch : ++last;
                Row& row = rows[id];
                row = {id,           message.appeal,  message.mailbox,
                       message.step, kept.occurrence, PostState::waiting,
                       message.held, message.due,     {}};
                for (const Line& line : part.lines)
                    if (line.message == kept.message) row.cases.emplace(line.council, line.term);
            }
            for (const Dropped& dropped : changes.dropped)
                rows.at(dropped.dispatch).state = PostState::cancelled;
            lines.insert(lines.end(), part.lines.begin(), part.lines.end());
        });
        return lines;
    }
};

struct Chance {
    std::mt19937 random;
    int below(int n) { return std::uniform_int_distribution<>{0, n - 1}(random); }
    bool one_in(int n) { return below(n) == 0; }
};

Step any_step(Chance& chance, bool is_first) {
    Step step;
    step.anchor = is_first ? Anchor::start : static_cast<Anchor>(chance.below(5));
    if (step.anchor == Anchor::date) step.anchor_date = date(2025, 1, 1) + days{chance.below(900)};
    step.offset = chance.below(60) - (chance.one_in(4) ? 40 : 0);
    if (chance.one_in(2)) step.unit = Unit::working_days;
    if (chance.one_in(3)) step.time_of_day = minutes{chance.below(24 * 60)};
    step.condition = static_cast<Condition>(chance.below(6));
    step.looks_at = static_cast<LooksAt>(chance.below(3));
    if (chance.one_in(4)) step.not_before = date(2025, 6, 1) + days{chance.below(400)};
    if (chance.one_in(4)) step.not_after = date(2025, 12, 1) + days{chance.below(500)};
    if (chance.one_in(4)) step.cap = 2, step.days_apart = 14;
    step.waits_for_approval = chance.one_in(8);
    return step;
}

World any_world(Chance& chance) {
    World world;
    Facts& facts = world.country.facts;
    facts.rules.hours = chance.one_in(3) ? calendar::SendingHours{} : world.country.hours;
    facts.rules.gap_days = chance.one_in(2) ? 0 : 1 + chance.below(10);
    facts.rules.write_to_guessed = chance.one_in(2);
    facts.rules.keep_recess = chance.one_in(2);
    const int councils = 1 + chance.below(6);
    for (int i = 0; i < councils; ++i) {
        const Index council =
            world.country.council(chance.one_in(3) ? Country::reorganised() : Country::regular());
        Council& each = facts.councils[council];
        if (i > 0 && chance.one_in(3)) each.office = facts.councils[0].office;
        if (chance.one_in(6)) facts.offices[each.office].status = static_cast<AddressStatus>(chance.below(4));
        if (i > 0 && chance.one_in(12)) each.office = nobody;
        if (chance.one_in(4)) each.recesses.push_back({date(2026, 7, 4), date(2026, 8, 16)});
        if (i > 0 && chance.one_in(5)) {
            each.active_to = date(2026, 12, 31);
            if (chance.one_in(2)) each.successor = 0;
        }
    }
    const int appeals = 1 + chance.below(3);
    for (int i = 0; i < appeals; ++i) {
        std::vector<Step> steps{any_step(chance, true)};
        for (int more = chance.below(4); more > 0; --more) steps.push_back(any_step(chance, false));
        const Index appeal = world.country.appeal(
            world.country.at(date(2025, 3, 1) + days{chance.below(700)}, minutes{chance.below(24 * 60)}),
            steps);
        if (chance.one_in(4)) facts.appeals[appeal].addressed = {static_cast<Index>(chance.below(councils))};
    }
    if (chance.one_in(4))
        facts.suppressions.push_back(
            {facts.offices[0].mailbox, static_cast<Scope>(chance.below(3)), 1, chance.one_in(2)});
    world.now = facts.appeals[0].starts_at;
    return world;
}

// Something that happens between two plans.
void happen(World& world, Chance& chance) {
    Facts& facts = world.country.facts;
    const auto council = static_cast<Index>(chance.below(static_cast<int>(facts.councils.size())));
    const auto appeal = static_cast<Index>(chance.below(static_cast<int>(facts.appeals.size())));
    switch (chance.below(12)) {
        case 0: {  // an answer
            const auto& tenures = facts.councils[council].tenures;
            const Day term = tenures[static_cast<std::size_t>(chance.below(static_cast<int>(tenures.size())))]
                                 .installation_day;
            const auto same = [&](const Case& c) {
                return c.appeal == appeal && c.council == council && c.term == term;
            };
            if (std::ranges::none_of(facts.cases, same))
                world.country.outcome(appeal, council, term, 1 << chance.below(6));
            break;
        }
        case 1:  // an address that fails, or works again
            if (facts.councils[council].office != nobody)
                facts.offices[facts.councils[council].office].status =
                    static_cast<AddressStatus>(chance.below(4));
            break;
        case 2:  // another office takes over, or none
            facts.councils[council].office =
                chance.one_in(5) ? nobody
                                 : static_cast<Index>(chance.below(static_cast<int>(facts.offices.size())));
            break;
        case 3:  // by a person, or by what came in
            facts.decisions.push_back({appeal, council, std::uint16_t{0},
                                       static_cast<Decision>(chance.below(6)), world.now,
                                       floor<days>(world.now) + days{chance.below(40)}});
            break;
        case 7:  // an answer that waits for a person; one that is judged says something else
            for (Case& each : facts.cases)
                if (each.proposed != 0 && chance.one_in(2)) {
                    each.outcomes |= static_cast<std::uint16_t>(1 << chance.below(6));
                    each.proposed = 0;
                }
            for (Case& each : facts.cases)
                if (each.council == council && each.appeal == appeal)
                    each.proposed = static_cast<std::uint16_t>(1 << chance.below(6));
            break;
        case 6: {  // an appeal that was mended is started again
            Appeal& mended = facts.appeals[appeal];
            if (mended.starts_at > world.now) break;
            mended.begun = mended.begun.value_or(mended.starts_at);
            mended.starts_at = world.now;
            break;
        }
        case 4:  // a date that is corrected
            for (Tenure& each : facts.councils[council].tenures)
                if (each.voting_day > date(2026, 6, 1)) each.installation_day += days{7};
            break;
        case 5:
            for (Step& step : facts.appeals[appeal].steps) step.waits_for_approval = false;
            break;
        default:  // a while passes, and what is due leaves, or fails
            world.now += minutes{chance.below(chance.one_in(4) ? 60 * 24 * 60 : 3 * 24 * 60)};
            break;
    }
}

// A sender at `now`: takes what is due, sends it at once.
void send_due(World& world, Chance& chance) {
    for (auto& [id, row] : world.rows)
        if (row.state == PostState::waiting && !row.held && row.due <= world.now) {
            row.state = chance.one_in(6) ? PostState::failed
                                         : (chance.one_in(6) ? PostState::under_way : PostState::sent);
            row.due = world.now;
        } else if (row.state == PostState::under_way && chance.one_in(2)) {
            row.state = PostState::sent;
        }
}

void check_unique(const World& world) {
    std::set<std::tuple<Index, std::uint16_t, std::uint16_t, Index>> at_mailbox;
    std::set<std::tuple<Index, Index, Day, std::uint16_t, std::uint16_t>> for_case;
    for (const auto& [id, row] : world.rows) {
        RC_ASSERT(at_mailbox.emplace(row.appeal, row.step, row.occurrence, row.mailbox).second);
        for (const auto& [council, term] : row.cases)
            RC_ASSERT(for_case.emplace(row.appeal, council, term, row.step, row.occurrence).second);
    }
}

bool decided_by_a_person(const Facts& facts, const Line& line) {
    return std::ranges::any_of(facts.decisions, [&](const Decided& each) {
        return each.appeal == line.appeal && each.council == line.council &&
               (each.what == Decision::now || each.what == Decision::again);
    });
}

void check_lines(const World& world, const std::vector<Line>& lines) {
    const Facts& facts = world.country.facts;
    const calendar::SendingDays days_of_sending{facts.rules.hours};
    std::map<std::tuple<Index, std::uint16_t, Index>, int> seen;
    for (const Line& line : lines) {
        ++seen[{line.appeal, line.step, line.council}];
        const Step& step = facts.appeals[line.appeal].steps[line.step];
        const bool moment = line.state == LineState::planned || line.state == LineState::held;
        RC_ASSERT(moment == (line.message != nobody));
        RC_ASSERT((line.state == LineState::none) == (line.reason != Reason::none && !waits(line.reason)));
        if (line.state != LineState::planned) continue;
        const Day day = days_of_sending.day_of(line.due);
        RC_ASSERT(days_of_sending.at(line.due) == calendar::Closed::open);
        RC_ASSERT(line.due >= facts.appeals[line.appeal].starts_at);
        // A later clock never sends into the past, but for the grace in which nobody need be asked.
        RC_ASSERT(line.due >= world.now || days_of_sending.sending_days_between(line.due, world.now) <= 3);
        const bool person = decided_by_a_person(facts, line);
        if (!person) {
            RC_ASSERT(!step.not_before || day >= *step.not_before);
            RC_ASSERT(!step.not_after || day <= *step.not_after);
        }
        if (!person)
            for (const Decided& each : facts.decisions)
                RC_ASSERT(each.what != Decision::postpone || each.appeal != line.appeal ||
                          each.council != line.council || each.step != line.step || day > each.until);
        // Nobody gets a message that an answer in hand may make superfluous.
        if (!person)
            for (const Case& each : facts.cases) {
                if (each.appeal != line.appeal || each.council != line.council) continue;
                RC_ASSERT((each.proposed & no_more) == 0);
                const bool looked_at = each.term == line.term && step.looks_at != LooksAt::previous_term;
                RC_ASSERT(!looked_at || step.condition == Condition::always ||
                          (each.proposed & ~receipt) == 0);
            }
        const Council* receiver = &facts.councils[line.council];
        if (receiver->active_to && day > *receiver->active_to)
            receiver = &facts.councils[receiver->successor];
        if (!person)
            for (const Tenure& each : receiver->tenures)
                RC_ASSERT(day < each.voting_day - days{28} || day > each.installation_day);
        if (facts.rules.keep_recess)
            for (const Period& each : receiver->recesses) RC_ASSERT(day < each.first || day > each.last);
        RC_ASSERT(receiver->office != nobody);
        const Office& office = facts.offices[receiver->office];
        RC_ASSERT(office.status != AddressStatus::opted_out && office.status != AddressStatus::failing);
        for (const Suppression& each : facts.suppressions)
            RC_ASSERT(each.mailbox != office.mailbox || each.scope != Scope::all);
    }
    // Every council has a next moment or exactly one reason, and they add up.
    for (Index appeal = 0; appeal < facts.appeals.size(); ++appeal)
        for (std::uint16_t step = 0; step < facts.appeals[appeal].steps.size(); ++step)
            for (Index council = 0; council < facts.councils.size(); ++council)
                RC_ASSERT((seen[{appeal, step, council}]) == 1);
}

void check_gaps(const World& world) {
    const int gap = world.country.facts.rules.gap_days;
    if (gap == 0) return;
    const calendar::SendingDays days_of_sending{world.country.facts.rules.hours};
    std::map<Index, std::multiset<Day>> days_of;  // of what is to come, and the last of what was
    std::map<Index, Day> last;
    for (const auto& [id, row] : world.rows) {
        if (row.state == PostState::waiting && !row.held)
            days_of[row.mailbox].insert(days_of_sending.day_of(std::max(row.due, world.now)));
        if (row.state == PostState::sent || row.state == PostState::under_way) {
            Day& latest = last[row.mailbox];
            latest = std::max(latest, days_of_sending.day_of(row.due));
        }
    }
    for (const auto& [mailbox, coming] : days_of) {
        auto before = last.contains(mailbox) ? std::optional{last[mailbox]} : std::nullopt;
        for (const Day day : coming) {
            if (before) RC_ASSERT(day - *before >= days{gap});
            before = day;
        }
    }
}

// The plan in the CRM's own ids, for comparing plans of facts in another order.
std::multiset<std::tuple<Id, Id, Id, int, int, int, Moment, Day>> told(const Planner& planner, Moment now) {
    std::multiset<std::tuple<Id, Id, Id, int, int, int, Moment, Day>> all;
    planner.plan(now, [&](const Plan& part) {
        for (const Line& line : part.lines) {
            const Appeal& appeal = planner.facts().appeals[line.appeal];
            all.emplace(appeal.id, appeal.steps[line.step].id, planner.facts().councils[line.council].id,
                        static_cast<int>(line.state), static_cast<int>(line.reason),
                        static_cast<int>(line.moved_by), line.due, line.term);
        }
    });
    return all;
}

Facts shuffled(Facts facts, Chance& chance) {
    std::vector<Index> order(facts.councils.size()), to(order.size());
    for (Index i = 0; i < order.size(); ++i) order[i] = i;
    std::shuffle(order.begin(), order.end(), chance.random);
    std::vector<Council> councils;
    for (Index i = 0; i < order.size(); ++i) {
        to[order[i]] = i;
        councils.push_back(facts.councils[order[i]]);
    }
    for (Council& each : councils)
        if (each.successor != nobody) each.successor = to[each.successor];
    facts.councils = std::move(councils);
    for (Appeal& each : facts.appeals)
        for (Index& council : each.addressed) council = to[council];
    for (Case& each : facts.cases) each.council = to[each.council];
    for (Post& each : facts.posts) each.council = to[each.council];
    for (Decided& each : facts.decisions) each.council = to[each.council];
    const auto last = static_cast<Index>(facts.appeals.size() - 1);
    std::reverse(facts.appeals.begin(), facts.appeals.end());
    for (Case& each : facts.cases) each.appeal = last - each.appeal;
    for (Post& each : facts.posts) each.appeal = last - each.appeal;
    for (Decided& each : facts.decisions) each.appeal = last - each.appeal;
    std::shuffle(facts.cases.begin(), facts.cases.end(), chance.random);
    std::shuffle(facts.posts.begin(), facts.posts.end(), chance.random);
    std::shuffle(facts.decisions.begin(), facts.decisions.end(), chance.random);
    return facts;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_country_over_years) {
    const bool held = rc::check("rules hold whatever happens", [](unsigned seed) {
        Chance chance{std::mt19937{seed}};
        World world = any_world(chance);
        for (int turn = 0; turn < 25; ++turn) {
            const auto lines = world.plan();
            check_unique(world);
            check_lines(world, lines);
            check_gaps(world);
            const auto before = world.rows;
            world.plan();
            RC_ASSERT(world.rows == before);  // planning twice changes nothing
            Chance other = chance;
            RC_ASSERT(told(Planner{world.facts()}, world.now) ==
                      told(Planner{shuffled(world.facts(), other)}, world.now));
            send_due(world, chance);
            const auto released = [&] {
                std::map<Id, Row> gone;
                for (const auto& [id, row] : world.rows)
                    if (row.state != PostState::waiting) gone.emplace(id, row);
                return gone;
            };
            const auto fixed = released();
            happen(world, chance);
            world.plan();
            for (const auto& [id, row] : fixed) RC_ASSERT(world.rows.at(id) == row);  // not touched
        }
    });
    BOOST_TEST(held);
}

// One neighbourhood planned alone is what it is in the whole plan.
BOOST_AUTO_TEST_CASE(planning_around_one_council_is_planning_all) {
    const bool held = rc::check("parts add up to the whole", [](unsigned seed) {
        Chance chance{std::mt19937{seed}};
        World world = any_world(chance);
        for (int turn = 0; turn < 5; ++turn) {
            world.plan();
            send_due(world, chance);
            happen(world, chance);
        }
        const Planner planner{world.facts()};
        planner.plan(world.now, [&](const Plan& whole) {
            planner.plan_around(whole.councils.front(), world.now, [&](const Plan& part) {
                RC_ASSERT(part.lines.size() == whole.lines.size());
                for (std::size_t i = 0; i < part.lines.size(); ++i) {
                    RC_ASSERT(part.lines[i].due == whole.lines[i].due);
                    RC_ASSERT(part.lines[i].reason == whole.lines[i].reason);
                    RC_ASSERT(part.lines[i].state == whole.lines[i].state);
                }
            });
        });
    });
    BOOST_TEST(held);
}

// Facts for the planner's tests, put together a piece at a time: a small country with its own elections.
#pragma once

#include "core/calendar/sending_days.hpp"
#include "core/followup/planner.hpp"

#include <map>

namespace raadspost::followup {

using namespace std::chrono;

inline Day date(int y, unsigned m, unsigned d) {
    return sys_days{year{y} / month{m} / day{d}};
}

struct Country {
    Facts facts;
    calendar::SendingHours hours{std::chrono::hours{9}, std::chrono::hours{17}, false};

    Country() { facts.rules.hours = hours; }

    Moment at(Day on, minutes time = std::chrono::hours{9}) const {
        return calendar::SendingDays{facts.rules.hours}.moment_of(on, time);
    }

    // Regular elections of 2022, 2026 and 2030.
    static std::vector<Tenure> regular() {
        return {{date(2022, 3, 16), date(2022, 3, 30)},
                {date(2026, 3, 18), date(2026, 4, 1)},
                {date(2030, 3, 20), date(2030, 4, 3)}};
    }
    // As in Hilversum: not in March, but in November 2026.
    static std::vector<Tenure> reorganised() {
        return {{date(2022, 3, 16), date(2022, 3, 30)},
                {date(2026, 11, 18), date(2027, 1, 4)},
                {date(2030, 3, 20), date(2030, 4, 3)}};
    }

    Index council(std::vector<Tenure> tenures = regular()) {
        const auto index = static_cast<Index>(facts.councils.size());
        facts.councils.push_back(
            {.id = 1000 + index, .tenures = std::move(tenures), .office = office(index)});
        return index;
    }
    Index office(Index mailbox, AddressStatus status = AddressStatus::confirmed) {
        facts.offices.push_back({static_cast<Id>(500 + facts.offices.size()), mailbox, status});
        return static_cast<Index>(facts.offices.size() - 1);
    }
    Index appeal(Moment starts_at, std::vector<Step> steps) {
        const auto index = static_cast<Index>(facts.appeals.size());
        for (Step& step : steps) step.id = ++last_step;
        facts.appeals.push_back(
            {.id = 1 + index, .association = 1, .starts_at = starts_at, .steps = std::move(steps)});
        return index;
    }
    void sent(Index appeal, std::uint16_t step, Index council, Day on, PostState state = PostState::sent) {
        const Council& to = facts.councils[council];
        Day term{};
        for (const Tenure& each : to.tenures)
            if (each.installation_day <= on) term = each.installation_day;
        facts.posts.push_back({.dispatch = ++last_dispatch,
                               .appeal = appeal,
                               .council = council,
                               .step = step,
                               .occurrence = 1,
                               .mailbox = facts.offices[to.office].mailbox,
                               .term = term,
                               .state = state,
                               .at = at(on)});
    }
    void outcome(Index appeal, Index council, Day term, int outcomes) {
        facts.cases.push_back({appeal, council, term, static_cast<std::uint16_t>(outcomes)});
    }
    // An answer that nobody has judged yet.
    void proposed(Index appeal, Index council, Day term, int outcomes) {
        facts.cases.push_back({appeal, council, term, 0, static_cast<std::uint16_t>(outcomes)});
    }

    struct Planned {
        std::vector<Line> lines;
        std::vector<Message> messages;
        const Line& line(Index council, std::uint16_t step = 0, Index appeal = 0) const {
            for (const Line& each : lines)
                if (each.council == council && each.step == step && each.appeal == appeal) return each;
            throw std::logic_error{"no such line"};
        }
    };
    Planned plan(Moment now) const {
        Planned all;
        Planner{facts}.plan(now, [&](const Plan& part) {
            const auto before = static_cast<Index>(all.messages.size());
            for (Line line : part.lines) {
                if (line.message != nobody) line.message += before;
                all.lines.push_back(line);
            }
            all.messages.insert(all.messages.end(), part.messages.begin(), part.messages.end());
        });
        return all;
    }

    Id last_step = 0, last_dispatch = 0;
};

}  // namespace raadspost::followup

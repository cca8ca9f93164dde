#include "crm/followup/plan_summary.hpp"

#include "crm/followup/plan_line.hpp"
#include "crm/moment.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

#include <fmt/core.h>
#include <algorithm>
#include <string_view>
#include <vector>

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr std::string_view figure_space = "\xe2\x80\x87";
constexpr std::size_t number_width = 8;

struct Part {
    std::string state, reason;
    std::int64_t number = 0;
    std::optional<Date> first, last;
};

struct StepPart {
    Id step = 0;
    std::string name;
    std::vector<Part> parts;
};

std::string days_text(const Part& part) {
    if (!part.first || !part.last) return {};
    if (*part.first == *part.last) return translated("msg_plan_on", {{"day", day_in_words(*part.first)}});
    return translated("msg_plan_between",
                      {{"first", day_in_words(*part.first)}, {"last", day_in_words(*part.last)}});
}

std::string line_text(const Part& part) {
    const std::string what = part.reason.empty()
                                 ? label_of_choice("raadspost.plan.line", "state", part.state)
                                 : label_of_choice("raadspost.plan.line", "reason", part.reason);
    const std::string days = days_text(part);
    // Filled with figure spaces, as wide as a digit in the client's font.
    const std::string number = std::to_string(part.number);
    std::string filling;
    for (std::size_t n = number.size(); n < number_width; ++n) filling += figure_space;
    return fmt::format("{}{}  {}{}{}\n", filling, number, what, days.empty() ? "" : ", ", days);
}

std::vector<StepPart> parts_of(Id appeal, Id simulation) {
    const std::string which =
        simulation == 0 ? "simulation is null" : "simulation = " + std::to_string(simulation);
    std::vector<StepPart> steps;
    for (auto& [step, name, state, reason, number, first, last] :
         Rows<Id, std::string, std::string, std::string, std::int64_t, std::optional<Date>,
              std::optional<Date>>{
             "select s.id, s.name, q.state, q.reason, q.number, q.first_day, q.last_day from ("
             "select step, state, coalesce(reason, '') as reason, count(*) as number, "
             "min(case when state <> 'none' then day end) as first_day, "
             "max(case when state <> 'none' then day end) as last_day "
             "from raadspost_plan_line where appeal = {} and " +
                 which +
                 " group by step, state, coalesce(reason, '')) q join raadspost_step s on s.id = q.step "
                 "order by s.sequence, s.id, case q.state when 'sent' then 1 when 'under_way' then 2 "
                 "when 'planned' then 3 when 'held' then 4 when 'failed' then 5 else 6 end, q.number desc, "
                 "q.reason",
             appeal}) {
        if (steps.empty() || steps.back().step != step) steps.push_back({step, name, {}});
        steps.back().parts.push_back({std::move(state), std::move(reason), number, first, last});
    }
    return steps;
}

}  // namespace

std::string plan_summary(Id appeal, Id simulation) {
    std::string text;
    for (const StepPart& step : parts_of(appeal, simulation)) {
        std::int64_t all = 0, gets = 0;
        for (const Part& part : step.parts) {
            all += part.number;
            if (part.state != "none") gets += part.number;
        }
        if (!text.empty()) text += '\n';
        text += translated("msg_plan_step", {{"step", step.name}, {"gets", gets}, {"all", all}}) + '\n';
        for (const Part& part : step.parts) text += line_text(part);
    }
    return text;
}

Values plan_summaries(const Ids& appeals) {
    Values found;
    for (const Id appeal : appeals) found[appeal] = plan_summary(appeal);
    return found;
}

}  // namespace raadspost::crm

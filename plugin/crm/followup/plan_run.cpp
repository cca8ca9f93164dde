#include "crm/followup/plan_run.hpp"

#include "crm/entities.hpp"
#include "tryton/error.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

// raadspostd plans each minute; the host's cron, where there is no raadspostd, with some delay.
constexpr std::chrono::minutes overdue_after{10};

struct LastRun {
    DateTime started_at;
    double seconds = 0;
    std::int64_t lines = 0, changed = 0;
    std::string trouble;
};

std::optional<LastRun> last_run() {
    for (auto& [started_at, seconds, lines, changed, trouble] :
         Rows<DateTime, std::optional<double>, std::optional<std::int64_t>, std::optional<std::int64_t>,
              std::optional<std::string>>{"select started_at, duration, lines, changed, trouble "
                                          "from raadspost_plan_run order by id desc limit 1"})
        return LastRun{started_at, seconds.value_or(0), lines.value_or(0), changed.value_or(0),
                       trouble.value_or("")};
    return std::nullopt;
}

std::map<std::string, Values> run_fields(const Ids& ids, const std::vector<std::string>&) {
    std::map<std::string, Values> found;
    const auto run = last_run();
    for (const Id id : ids) {
        found["planned_at"][id] = run ? Value{run->started_at} : Value{};
        found["planning_seconds"][id] = run ? Value{run->seconds} : Value{};
        found["planning_result"][id] =
            !run ? translated("msg_planner_never")
            : run->trouble.empty()
                ? translated("msg_planner_result", {{"lines", run->lines}, {"changed", run->changed}})
                : run->trouble;
    }
    return found;
}

}  // namespace

std::string planner_trouble() {
    const auto run = last_run();
    if (!run) return translated("msg_planner_never");
    if (!run->trouble.empty()) return translated("msg_planner_trouble", {{"trouble", run->trouble}});
    const auto ago = std::chrono::system_clock::now() - run->started_at;
    if (ago <= overdue_after) return {};
    return translated("msg_planner_overdue",
                      {{"minutes", std::chrono::duration_cast<std::chrono::minutes>(ago).count()}});
}

Values planner_troubles(const Ids& appeals) {
    Values found;
    for (const Id appeal : appeals) found[appeal] = "";
    const Rows<Id> running{"select id from raadspost_appeal where id in {} and state = 'running'", appeals};
    if (running.empty()) return found;
    const std::string trouble = planner_trouble();
    for (const auto& [appeal] : running) found[appeal] = trouble;
    return found;
}

void add_last_run(Model& model) {
    model.fields({DateTimeField{"planned_at", "Planned Last At"},
                  Float{"planning_seconds", "Duration of Planning (Seconds)"}.digits(8, 3),
                  Char{"planning_result", "Result of Planning"}},
                 run_fields);
}

Model plan_run() {
    return Model{"raadspost.plan.run", "Run of the Planner"}
        .stored()
        .shown()
        .ordered_by("id", "DESC")
        .named_by("host")
        .field(DateTimeField{"started_at", "Started At"}.required().readonly())
        .field(Float{"duration", "Duration (Seconds)"}.digits(8, 3).readonly())
        .field(Integer{"appeals", "Appeals"}.readonly())
        .field(Integer{"lines", "Lines"}.readonly())
        .field(Integer{"changed", "Changed"}.readonly())
        .field(Char{"trouble", "Trouble"}.readonly())
        .field(Char{"host", "Machine"}.readonly());
}

}  // namespace raadspost::crm

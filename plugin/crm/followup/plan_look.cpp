#include "crm/followup/plan_look.hpp"

#include "crm/entities.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"
#include "tryton/transaction.hpp"

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr const char* model = "raadspost.plan.look";

std::map<Id, DateTime> looks_of_user() {
    std::map<Id, DateTime> looks;
    for (const auto& [appeal, at] :
         Rows<Id, DateTime>{"select appeal, at from raadspost_plan_look where \"user\" = {}", current_user()})
        looks[appeal] = at;
    return looks;
}

}  // namespace

Values changed_since_last_look(const Ids& lines) {
    const std::map<Id, DateTime> looks = looks_of_user();
    Values changed;
    for (const auto& [id, appeal, at] : Rows<Id, Id, std::optional<DateTime>>{
             "select id, appeal, changed_at from raadspost_plan_line where id in {}", lines}) {
        const auto look = looks.find(appeal);
        changed[id] = look == looks.end() || (at && *at > look->second);
    }
    return changed;
}

List search_changed(const std::string& op, const Value& operand) {
    const bool wanted = (op == "=") == operand.truth();
    List appeals;
    List seen{"OR"};
    for (const auto& [appeal, at] : looks_of_user()) {
        appeals.emplace_back(appeal);
        List quiet{"OR", List{where("changed_at", "<=", at)}, List{where("changed_at", "=", {})}};
        seen.emplace_back(wanted ? List{where("appeal", "=", appeal), where("changed_at", ">", at)}
                                 : List{where("appeal", "=", appeal), std::move(quiet)});
    }
    if (wanted) {
        seen.emplace_back(List{where("appeal", "not in", appeals)});
        return List{seen};
    }
    if (appeals.empty()) return {where("id", "<", 0)};
    return List{seen};
}

void looked_at(const Ids& appeals) {
    const auto scope = Scope::without_access_checks();
    const auto now =
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    const Id user = current_user();
    for (const Id appeal : appeals) {
        const Ids known = search(model, {where("appeal", "=", appeal), where("user", "=", user)});
        if (known.empty())
            create(model, {{{"appeal", appeal}, {"user", user}, {"at", now}}});
        else
            write(model, known, {{"at", now}});
    }
}

Model plan_look() {
    return Model{model, "Look at the Plan"}
        .stored()
        .field(Many2One{"appeal", "raadspost.appeal", "Appeal"}.required().on_delete("CASCADE"))
        .field(Many2One{"user", "res.user", "User"}.required().on_delete("CASCADE").indexed())
        .field(TimestampField{"at", "At"}.required())
        .unique({"appeal", "user"}, "msg_plan_look_unique");
}

}  // namespace raadspost::crm

#include "crm/appeal/add_default_steps.hpp"

#include "core/appeal/default_steps.hpp"
#include "tryton/error.hpp"
#include "tryton/record.hpp"
#include "tryton/rows.hpp"

#include <algorithm>
#include <set>

namespace raadspost::crm {

using namespace tryton;

void add_default_steps(const Ids& appeals) {
    for (const Record& appeal : browse("raadspost.appeal", appeals)) {
        if (appeal.text("state") != "draft")
            throw UserError{"msg_appeal_not_draft", {{"appeal", appeal.text("name")}}};
        std::set<std::string> names;
        std::int64_t last = 0;
        for (const auto& [name, sequence] : Rows<std::string, std::int64_t>{
                 "select name, sequence from raadspost_step where appeal = {}", appeal.id()}) {
            names.insert(name);
            last = std::max(last, sequence);
        }
        std::vector<Dict> steps;
        for (const appeal::DefaultStep& step : appeal::default_steps()) {
            if (names.contains(std::string{step.name})) continue;
            steps.push_back({{"appeal", appeal.id()},
                             {"sequence", ++last},
                             {"name", step.name},
                             {"anchor", step.anchor},
                             {"offset", step.offset},
                             {"offset_unit", step.offset_unit},
                             {"condition", step.condition},
                             {"looks_at", step.looks_at},
                             {"continues_thread", step.continues_thread},
                             {"subject", step.subject},
                             {"message", step.message},
                             {"letter", step.letter}});
        }
        create("raadspost.step", steps);
    }
}

}  // namespace raadspost::crm

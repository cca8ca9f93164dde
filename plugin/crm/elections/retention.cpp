#include "crm/elections/retention.hpp"

#include "tryton/record.hpp"
#include "tryton/rows.hpp"

#include <chrono>

namespace raadspost::crm {

using namespace tryton;

namespace {

constexpr const char* configuration = "raadspost.configuration";

}  // namespace

bool keeps_member_names() {
    return setting(configuration, "keep_member_names").truth();
}

std::int64_t forget_members(DateTime now) {
    const Value days = setting(configuration, "member_retention_days");
    const auto kept = std::chrono::days{days.is_null() ? member_retention_days : days.as<int>()};
    const DateTime before = keeps_member_names() ? now - kept : now + std::chrono::days{1};
    // An import that has not been applied would bring them back; what it was to write is gone as well.
    execute(
        "update raadspost_import set state = 'discarded', write_date = {} where kind = 'elections' "
        "and state in ('preview', 'applying') and exists (select 1 from raadspost_import_line l "
        "where l.import_ = raadspost_import.id and l.create_date < {} and l.source_values like {})",
        now, before, "%member_rows%");
    execute(
        "update raadspost_import_line set source_values = null, write_date = {} "
        "where create_date < {} and source_values like {} and import_ in "
        "(select id from raadspost_import where kind = 'elections')",
        now, before, "%member_rows%");
    return execute("delete from raadspost_council_member where create_date < {}", before);
}

}  // namespace raadspost::crm

// A moment of the log as its form shows it. Kept are microseconds, for the order of what happened within a
// second; a form that shows seconds of them believes that somebody changed it, and asks to save.
#pragma once

#include "tryton/field.hpp"
#include "tryton/rows.hpp"

namespace raadspost::crm {

// `table` and `column` as SQL has them.
inline tryton::Getter to_the_second(const char* table, const char* column) {
    return [=](const tryton::Ids& ids) {
        tryton::Values found;
        for (const auto& [id, at] : tryton::Rows<tryton::Id, std::optional<tryton::DateTime>>{
                 std::string{"select id, "} + column + " from " + table + " where id in {}", ids})
            if (at) found[id] = tryton::DateTime{std::chrono::floor<std::chrono::seconds>(*at)};
        return found;
    };
}

}  // namespace raadspost::crm

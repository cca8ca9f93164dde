#include "crm/triage/queue.hpp"

#include "tryton/rows.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;

namespace {

const std::string waits = "state in ('new', 'proposed')";

// So many more than were passed over that one is left.
constexpr std::int64_t reserve = 1;

}  // namespace

std::optional<Id> next_to_judge(const Ids& first, const Ids& passed_over) {
    const auto is_left = [&](Id id) { return std::ranges::find(passed_over, id) == passed_over.end(); };
    for (const Id id : first)
        if (is_left(id) &&
            !Rows<Id>{
                "select id from raadspost_message where id = {} and state <> 'settled' and state <> 'unread'",
                id}
                 .empty())
            return id;
    const auto most = static_cast<std::int64_t>(passed_over.size()) + reserve;
    for (const auto& [id] : Rows<Id>{"select id from raadspost_message where " + waits +
                                         " order by coalesce(urgent, 0) desc, received_at, id limit {}",
                                     most})
        if (is_left(id)) return id;
    return std::nullopt;
}

std::int64_t count_to_judge() {
    return std::get<0>(Rows<std::int64_t>{"select count(*) from raadspost_message where " + waits}.front());
}

}  // namespace raadspost::crm

#include "crm/triage/queue.hpp"

#include "tryton/rows.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;

namespace {

const std::string waits = "state in ('new', 'proposed')";

// As core/answer/acting/self_settling.hpp has it for messages: a remark may be a question; what a scanner
// filled in comes last.
const std::string waits_on_page = "state = 'to_judge'";
const std::string urgency_on_page =
    "case when likely_scanner then 5 when coalesce(remark, '') <> '' then 85 when coalesce(stop, '') <> '' "
    "then "
    "80 when coalesce(new_address, '') <> '' then 75 else 50 end";

// So many more than were passed over that one is left.
constexpr std::int64_t reserve = 1;

}  // namespace

std::optional<ToJudge> next_to_judge(const Ids& first, const Ids& passed_over) {
    const auto is_left = [&](Id id) { return std::ranges::find(passed_over, id) == passed_over.end(); };
    for (const Id id : first)
        if (is_left(id) &&
            !Rows<Id>{
                "select id from raadspost_message where id = {} and state <> 'settled' and state <> 'unread'",
                id}
                 .empty())
            return id;
    const auto most = static_cast<std::int64_t>(passed_over.size()) + reserve;
    for (const auto& [id, urgent, at] : Rows<Id, std::int64_t, std::string>{
             "select * from (select id, coalesce(urgent, 0) as urgent, cast(received_at as varchar) as at "
             "from "
             "raadspost_message where " +
                 waits +
                 " order by 2 desc, received_at, id limit {}) m union all select * from (select -id, " +
                 urgency_on_page + ", cast(at as varchar) from raadspost_page_answer where " + waits_on_page +
                 " order by 2 desc, at, id limit {}) p order by 2 desc, 3, 1",
             most, most})
        if (is_left(id)) return id;
    return std::nullopt;
}

Queued count_to_judge() {
    const Rows<std::int64_t, std::int64_t> counted{
        "select (select count(*) from raadspost_message where " + waits +
        "), (select count(*) from raadspost_page_answer where " + waits_on_page + ")"};
    const auto& [messages, pages] = counted.front();
    return {messages, pages};
}

}  // namespace raadspost::crm

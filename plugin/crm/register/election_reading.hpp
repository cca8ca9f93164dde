// The electoral council's files as records that can be compared with terms: one for each council and voting
// day, key "GM0397/2026-03-18", whether it was a definition, a result, or both. Members stand in one field, a
// line for each, until the target has worked out who is new and what may be kept. Needs nothing of the host;
// safe on any thread.
#pragma once

#include "crm/register/reading.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost::crm {

// Field of the records: what is known of each member, not for people to read.
inline constexpr const char* member_rows = "member_rows";

struct MemberRow {
    char is_new = '?';  // 'y', 'n', or '?' while it is not known
    std::string sort_name, name, list_name;
    std::int64_t list_number = 0, position = 0;
    bool by_preference = false;
};
std::string to_rows(const std::vector<MemberRow>& members);
std::vector<MemberRow> members_in(std::string_view rows);

void read_elections(const std::vector<SourceFile>& files, const Known& known, Reading& reading);

}  // namespace raadspost::crm

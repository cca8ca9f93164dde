// Who was elected to a council, and who of them sat in it before. There is no number for a person in any
// register, so names are compared: folded last name, prefix and initials; first names are missing too often.
// Where names agree only roughly, or two people share one, the answer is a guess and says so. Members of a
// council with their list are special-category data: nothing here is kept. Pure functions; safe on any
// thread.
#pragma once

#include "core/no_host.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace raadspost {

struct ElectedMember {
    std::string initials;    // "A.P."
    std::string first_name;  // "Annelies"; empty when the source does not tell
    std::string prefix;      // "van der"; likewise
    std::string last_name;   // "Have"
    std::string list_name;
    std::int32_t list_number = 0;
    std::int32_t position = 0;   // on the list
    bool by_preference = false;  // elected by votes for this person, not by the order of the list

    friend bool operator==(const ElectedMember&, const ElectedMember&) = default;
};

// "A.P. (Annelies) van der Have"
std::string full_name(const ElectedMember& member);

// What names are compared and sorted by: "have|ap|van der". A prefix that a source writes before the last
// name counts as one.
std::string name_key(const ElectedMember& member);

struct Renewal {
    std::vector<bool> is_new;           // for each of those elected
    std::vector<std::size_t> doubtful;  // of them: namesakes, or a name that agrees only roughly

    std::int32_t new_count() const;
    std::int32_t returning_count() const;
};

// Keys of names, in any order. A rough agreement - further initials, a double name of which one half is the
// other's whole - counts as returning when it fits one person only, else as new.
Renewal renewal_of(std::span<const std::string> elected, std::span<const std::string> previous);

}  // namespace raadspost

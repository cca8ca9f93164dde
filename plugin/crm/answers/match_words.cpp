#include "crm/answers/match_words.hpp"

#include "core/answer/match.hpp"
#include "tryton/error.hpp"

#include <algorithm>

namespace raadspost::crm {

using namespace tryton;

std::string match_in_words(const std::string& stored) {
    const auto colon = stored.find(": ");
    const std::string by = stored.substr(0, colon);
    if (std::ranges::find(answer::matched_by_names, by) == answer::matched_by_names.end()) return stored;
    return translated("msg_match_" + by,
                      {{"evidence", colon == std::string::npos ? std::string{} : stored.substr(colon + 2)}});
}

}  // namespace raadspost::crm

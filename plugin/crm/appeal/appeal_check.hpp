// Checking an appeal's texts before anybody gets them: mistakes in the mark-up of fields, and values that are
// empty for some councils and have no fallback. [gil-held], inside a transaction.
#pragma once

#include "crm/message/message_loader.hpp"

#include <string>
#include <vector>

namespace raadspost::crm {

struct TextProblem {
    std::string sentence;  // in the user's language, with the place
    tryton::Ids councils;  // concerned; empty: all
};

// Mistakes that need no council to be seen.
std::vector<TextProblem> check_wording(const UnsavedTexts& texts);

// All problems of a saved appeal, for every council that it goes to.
std::vector<TextProblem> check_appeal(tryton::Id appeal);

// One line for each problem: "Bericht, regel 3, kolom 14: ... (12 raden)".
std::string as_lines(const std::vector<TextProblem>& problems);

}  // namespace raadspost::crm

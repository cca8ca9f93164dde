// Logos of associations and signatories as somebody chose them: refused at once with a sentence, instead of
// at the first letter. [gil-held], inside a transaction.
#pragma once

#include "tryton/value.hpp"

#include <string>

namespace raadspost::crm {

// Throws UserError if one of the records' logos is no picture that a letter can show. `table` has a column
// logo.
void check_logos(const std::string& table, const tryton::Ids& records);

}  // namespace raadspost::crm

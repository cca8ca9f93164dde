// Texts of ours that name somebody by the way: a note on a call, a log line, what an import said, a forwarded
// mail. Takes out what names them and leaves the rest, in the tables' histories too. [gil-held], in a
// transaction; one query for each column, which reads the whole of it.
#pragma once

#include "core/council/forgotten.hpp"

#include <cstdint>

namespace raadspost::crm {

// How many texts were changed. Not looked at, because the law wants them kept or they are no person's: what
// suppressions are for (the address itself), bodies' own names, texts of appeals.
std::int64_t take_out_mentions(const Forgotten& forgotten);

}  // namespace raadspost::crm

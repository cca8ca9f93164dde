// Loading what all messages of a step have in common: texts compiled, letterhead and logos decoded,
// attachments encoded. Costly, hence done once for each run. [gil-held], inside a transaction; the result is
// [any-thread].
#pragma once

#include "crm/message/message_loader.hpp"

#include <thread>

namespace raadspost::crm {

// `step` 0: the appeal's first.
SharedTexts load_step_texts(tryton::Id appeal, tryton::Id step);

// With the texts of an unsaved form; everything else as it is saved.
SharedTexts load_step_texts(tryton::Id appeal, const UnsavedTexts& texts);

// Begins with the logos of what is running: a sender asks for them soon.
std::jthread make_logos_ready();

}  // namespace raadspost::crm

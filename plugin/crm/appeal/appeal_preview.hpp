// The preview inside an appeal's form: the mail and the letter as a chosen council would get them, of the
// texts as they stand in the form, saved or not. Never fails: what is wrong becomes the preview's problem.
// [gil-held].
#pragma once

#include "tryton/field.hpp"

namespace raadspost::crm {

// The fields that a preview depends on; changing one of them makes it anew.
extern const std::vector<std::string> preview_depends;

// Sets the preview fields of the record in view.
void refresh_preview(tryton::Record& appeal);

// The same for saved records: a value for each of the preview fields.
std::map<std::string, tryton::Values> previews(const tryton::Ids& appeals,
                                               const std::vector<std::string>& names);

}  // namespace raadspost::crm

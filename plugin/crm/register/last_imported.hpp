// What an import last brought for a record, field by field, as the text in its `imported` column: one JSON
// object of texts. A field that differs from it today is a person's and stays. Pure; safe on any thread.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace raadspost::crm {

using FieldTexts = std::map<std::string, std::string>;

std::string to_json(const FieldTexts& fields);

// Empty for an empty text and for anything that is no object of texts: then nothing counts as imported.
FieldTexts from_json(std::string_view json);

}  // namespace raadspost::crm

// The kinds of received messages (core/answer/kind.hpp) as staff read and choose them. What is kept is the
// core's names with commas between, the most important first. [gil-held] where words are asked for.
#pragma once

#include "tryton/field.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::crm {

const tryton::Choices& message_kinds();  // key and English label
const tryton::Choices& message_trusts();  // the ladder: only what is proven settles anything by itself

// "distributed,listed"; blanks and empty names are dropped.
std::vector<std::string> kinds_in(std::string_view kept);
std::string kept_kinds(const std::vector<std::string>& kinds);

// Their names in the language of the user, asked for once.
class KindWords {
public:
    KindWords();
    std::string of(std::string_view kept) const;  // "Passed On, Listed"
    // What was typed in their stead: beginnings of words of the names, with commas between. UserError where a
    // beginning is nobody's, or of several.
    std::vector<std::string> meant_by(std::string_view typed) const;

private:
    std::map<std::string, std::string, std::less<>> words_;
};

}  // namespace raadspost::crm

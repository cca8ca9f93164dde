// Somebody who is to be forgotten (GDPR art. 17): finds what names them in a text and takes it out, whole
// words only. Knows no tables; whose names and addresses they are, and which texts are looked through, is the
// caller's. Not a guess at who may be meant: a name counts from two words on, a telephone number from eight
// digits. Pure functions over UTF-8; safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace raadspost {

struct Person {
    std::vector<std::string> names;      // "Anna de Boer", "mw. mr. A. de Boer"
    std::vector<std::string> mailboxes;  // folded
    std::vector<std::string> phones;     // as written
};

// What stands where somebody was named; the host's own word for it.
constexpr std::string_view forgotten_mark = "****";

// "A. de Boer" out of "mw. mr. A. de Boer": what is left without titles. Initials are no titles.
std::string without_titles(std::string_view name);

// The last word with a capital and what hangs before it in small letters: "de Boer" out of "Anna de Boer".
std::string surname_of(std::string_view name);

// Whether a mailbox bears somebody's name, "a.deboer@dorp.example", and goes with them; an office's stays.
bool bears_name(std::string_view mailbox, const std::vector<std::string>& names);

class Forgotten {
public:
    explicit Forgotten(const Person& person);
    ~Forgotten();
    Forgotten(const Forgotten&) = delete;
    Forgotten& operator=(const Forgotten&) = delete;

    bool nobody() const noexcept;  // there is nothing to look for
    bool named_in(std::string_view text) const;
    // `text` with `mark` for each mention, however it is capitalised, spaced or, in a number, punctuated.
    std::string without(std::string_view text, std::string_view mark = forgotten_mark) const;
    // Patterns for SQL's LIKE on lower-cased text. What `named_in` finds matches one; not the reverse.
    const std::vector<std::string>& patterns() const noexcept { return patterns_; }

private:
    struct Word;
    std::vector<Word> words_;
    std::vector<std::string> patterns_;
};

}  // namespace raadspost

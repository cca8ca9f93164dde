// A set of octets that is looked for in texts: one look into a table per octet of the text, where
// string_view's find_first_of searches the set anew for each. Values, made at compile time; safe on any
// thread.
#pragma once

#include "core/no_host.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace raadspost {

class LetterSet {
public:
    explicit constexpr LetterSet(std::string_view letters) {
        for (const char letter : letters) has_[static_cast<unsigned char>(letter)] = true;
    }
    constexpr bool has(char letter) const { return has_[static_cast<unsigned char>(letter)]; }
    // Where the first of them stands at `from` or behind it; the text's size where none does.
    constexpr std::size_t first_in(std::string_view text, std::size_t from = 0) const {
        while (from < text.size() && !has(text[from])) ++from;
        return from;
    }
    constexpr bool any_in(std::string_view text) const { return first_in(text) < text.size(); }

private:
    std::array<bool, 256> has_{};
};

inline constexpr LetterSet decimal_digits{"0123456789"};

}  // namespace raadspost

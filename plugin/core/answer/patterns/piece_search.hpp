// Looks for many fixed pieces of text at once, one step per octet however many they are (Aho and Corasick:
// Efficient String Matching, 1975), and tells by bits what was found. ASCII letters are the same in both
// cases; other letters only as they are written. Internal to pattern_set.cpp. Built first, then read-only:
// safe on any thread.
#pragma once

#include "core/no_host.hpp"

#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t max_patterns = 256;          // of one set
inline constexpr std::size_t max_piece_states = 100'000;  // about the octets of all pieces together

using PatternBits = std::bitset<max_patterns>;

// Of patterns: those that may match by what was found, and those that do.
struct FoundBits {
    PatternBits possible, certain;

    FoundBits& operator|=(const FoundBits& other) {
        possible |= other.possible;
        certain |= other.certain;
        return *this;
    }
};

class PieceSearch {
public:
    // Where words begin and end is a sign of its own to the search, so that a piece can ask for it; or it is
    // not looked at, which costs less.
    enum class Words : bool { unmarked, marked };

    explicit PieceSearch(Words words) : words_{words} {}

    // A text with this piece, which is not empty, gets these bits.
    void add(std::string_view piece, const FoundBits& bits);
    // The same where a word begins or ends at its begin, and at its end; with words marked.
    void add_at_words(std::string_view piece, bool at_begin, bool at_end, const FoundBits& bits);
    // False where the pieces are too many or too long. Nothing may be added behind.
    bool compile();
    // The bits of all pieces that stand in the text.
    FoundBits bits_in(std::string_view text) const;

private:
    struct Piece {
        std::vector<std::uint8_t> columns;
        FoundBits bits;
    };

    std::uint8_t column_of(char letter);
    void append(Piece& piece, std::string_view text);
    std::uint32_t row_behind(std::uint32_t row, std::uint8_t column);

    Words words_;
    std::vector<Piece> pieces_;                // until compile()
    std::array<std::uint8_t, 256> columns_{};  // by octet; 0 while it stands in no piece, 1 behind compile()
    std::size_t width_ = first_free_column;
    // A row per state: which of marks_ it gives, then by column where the next state's row begins.
    std::vector<std::uint32_t> rows_;
    std::vector<FoundBits> marks_;  // the first marks nothing

    static constexpr std::uint8_t other_column = 1, edge_column = 2, first_free_column = 3;
};

}  // namespace raadspost::answer

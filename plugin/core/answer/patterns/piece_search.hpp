// Looks for many fixed pieces of text at once, one step per octet however many they are (Aho and Corasick:
// Efficient String Matching, 1975), and tells by bits what was found. ASCII letters are the same in both
// cases; other letters only as they are written. The begin of the text and the edges of words are signs of
// their own to the search. Internal to pattern_set.cpp. Built first, then read-only: safe on any thread.
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
inline constexpr std::size_t max_piece_states = 150'000;  // about the octets of all pieces together

inline constexpr std::size_t max_pairs = 1024;  // of pieces that must both be there

using PatternBits = std::bitset<max_patterns>;
using PairBits = std::bitset<max_pairs>;

// Of patterns: those that may match by what was found, and those that do.
struct FoundBits {
    PatternBits possible, certain;

    FoundBits& operator|=(const FoundBits& other) {
        possible |= other.possible;
        certain |= other.certain;
        return *this;
    }
};

// Of pairs of pieces, or of groups of them: those of which the one was found, and those of which the other.
struct FoundPairs {
    PairBits one, other;

    FoundPairs& operator|=(const FoundPairs& more) {
        one |= more.one;
        other |= more.other;
        return *this;
    }
};

// A piece, and where alone it counts.
struct PlacedPiece {
    std::string_view text;
    bool begins_text = false;
    bool begins_word = false;  // or ends one, where it begins with a mark
    bool ends_word = false;    // or one begins behind it
};

class PieceSearch {
public:
    // Whether the begin of the text and the edges of words are signs of their own, so that a piece can ask
    // for them; without, it costs less.
    enum class Words : bool { unmarked, marked };

    explicit PieceSearch(Words words) : words_{words} {}

    // A text with this piece, which is not empty, gets these bits. Places count with words marked only.
    void add(const PlacedPiece& piece, const FoundBits& bits, const FoundPairs& pairs = {});
    // False where the pieces are too many or too long. Nothing may be added behind.
    bool compile();
    // The bits of all pieces that stand in the text; those of pairs are added to `pairs`.
    FoundBits bits_in(std::string_view text, FoundPairs& pairs) const;

private:
    struct Piece {
        std::vector<std::uint8_t> columns;
        FoundBits bits;
        FoundPairs pairs;
    };
    struct Marks {
        FoundBits bits;
        std::uint32_t pairs = 0;  // which of pairs_; the first is empty
    };

    std::uint8_t column_of(char letter);
    void append(Piece& piece, std::string_view text);
    void join(Marks& marks, const Marks& more);
    std::uint32_t row_behind(std::uint32_t row, std::uint8_t column);

    Words words_;
    std::vector<Piece> pieces_;                // until compile()
    std::array<std::uint8_t, 256> columns_{};  // by octet; 0 while it stands in no piece, 1 behind compile()
    std::size_t width_ = first_free_column;
    // A row per state: which of marks_ it gives, then by column where the next state's row begins.
    std::vector<std::uint32_t> rows_;
    std::vector<Marks> marks_;       // the first marks nothing
    std::vector<FoundPairs> pairs_;  // apart from marks_: most states have none

    static constexpr std::uint8_t other_column = 1, edge_column = 2, begin_column = 3, first_free_column = 4;
};

}  // namespace raadspost::answer

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
#include <utility>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t max_patterns = 256;          // of one set
inline constexpr std::size_t max_piece_states = 100'000;  // about the octets of all pieces together

using PatternBits = std::bitset<max_patterns>;

class PieceSearch {
public:
    // A text with this piece, which is not empty, gets these bits.
    void add(std::string_view piece, const PatternBits& bits);
    // False where the pieces are too many or too long. Nothing may be added behind.
    bool compile();
    // The bits of all pieces that stand in the text.
    PatternBits bits_in(std::string_view text) const;

private:
    std::uint32_t row_behind(std::uint32_t row, unsigned char octet);

    std::vector<std::pair<std::string, PatternBits>> pieces_;  // until compile()
    std::array<std::uint8_t, 256> columns_{};                  // by octet; 1 for what stands in no piece
    std::size_t width_ = 0;
    // A row per state: which of marks_ it gives, then by column where the next state's row begins.
    std::vector<std::uint32_t> rows_;
    std::vector<PatternBits> marks_;  // the first marks nothing
};

}  // namespace raadspost::answer

// Looks for many fixed pieces of text at once, one step per octet however many they are (Aho and Corasick:
// Efficient String Matching, 1975), and tells which stand where. ASCII letters are the same in both cases;
// other letters only as they are written. The begin of the text and the edges of words are signs of their own
// to the search. Internal to pattern_set.cpp. Built first, then read-only: safe on any thread.
#pragma once

#include "core/answer/patterns/large_pages.hpp"
#include "core/no_host.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t max_piece_states = 200'000;  // about the octets of all pieces together

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
    using Label = std::uint32_t;  // by which a piece is told

    explicit PieceSearch(Words words) : words_{words} {}

    // A piece, which is not empty; it may be added with many labels. Places count with words marked only.
    void add(const PlacedPiece& piece, Label label);
    // False where the pieces are too many or too long. Nothing may be added behind.
    bool compile();
    // Calls found(label, begin) for each piece at each place where it stands; `begin` is its first octet's.
    void each_in(std::string_view text, auto&& found) const;
    // Calls found(which of the texts, label, begin). Many at once cost less: while one waits for memory,
    // others go on.
    void each_in(std::span<const std::string_view> texts, auto&& found) const;

private:
    using Sign = std::uint16_t;  // an octet, or one of these
    static constexpr Sign edge = 256, begin_of_text = 257;
    struct Piece {
        std::vector<Sign> signs;
        std::uint32_t size;  // in octets
        Label label;
    };
    static constexpr std::size_t lanes = 6;  // texts that are looked through at once
    struct Branch {
        std::uint32_t state;
        Sign sign;
    };
    using Branches = std::vector<std::vector<Branch>>;  // of each state, the signs that lead on
    // Of a row, as much as one line of a processor's cache has.
    static constexpr std::size_t line_columns = 16;
    struct alignas(line_columns * sizeof(std::uint32_t)) Line {
        std::array<std::uint32_t, line_columns> cells{};
    };

    void number_columns();
    Branches lay_out();
    void each_column(std::string_view text, auto&& take) const;
    void each_label(std::uint32_t list, std::size_t end, auto&& found) const;
    void fill_rows(const Branches& branches);
    std::uint32_t& cell(std::size_t row, std::size_t column) {
        return lines_[(row + column) / line_columns].cells[(row + column) % line_columns];
    }

    Words words_;
    std::vector<Piece> pieces_;                                           // until compile()
    std::array<std::uint8_t, std::size_t{begin_of_text} + 1> columns_{};  // by sign
    std::size_t row_cells_ = 0;
    // A row per state: where in labels_ its list is (0: none), then by column where the next state's row
    // begins. A text keeps to few states and few signs: the rows of short beginnings stand first, and in each
    // the signs that stand in many pieces, so that what is needed stays in the cache.
    std::vector<Line, LargePages<Line>> lines_;
    // Lists: the pieces' octets, where the list of the next shorter pieces is (0: none), how many, the
    // labels.
    static constexpr std::uint32_t shorter_list = 1, list_count = 2, list_head = 3;
    std::vector<std::uint32_t> labels_;
    std::vector<std::uint32_t> lists_;  // by state, until compile()
};

// As RE2 reads "\w" in octets.
inline constexpr std::array<bool, 256> word_octets = [] {
    std::array<bool, 256> made{};
    for (std::size_t c = 0; c < made.size(); ++c)
        made[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    return made;
}();

// Calls take(column, end) for each sign of the text; `end` is the octet behind it.
void PieceSearch::each_column(std::string_view text, auto&& take) const {
    const bool marked = words_ == Words::marked;
    bool in_word = false;
    if (marked) take(columns_[begin_of_text], 0);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto octet = static_cast<unsigned char>(text[i]);
        if (marked && word_octets[octet] != in_word) {
            in_word = !in_word;
            take(columns_[edge], i);
        }
        take(columns_[octet], i + 1);
    }
    if (in_word) take(columns_[edge], text.size());
}

void PieceSearch::each_label(std::uint32_t list, std::size_t end, auto&& found) const {
    for (std::uint32_t at = list; at != 0; at = labels_[at + shorter_list]) {
        const std::uint32_t count = labels_[at + list_count];
        for (std::uint32_t i = 0; i < count; ++i) found(labels_[at + list_head + i], end - labels_[at]);
    }
}

void PieceSearch::each_in(std::string_view text, auto&& found) const {
    if (lines_.empty()) return;
    const std::uint32_t* const rows = lines_.front().cells.data();
    const std::uint32_t* row = rows;
    each_column(text, [&](std::uint8_t column, std::size_t end) {
        row = rows + row[column];
        if (*row != 0) each_label(*row, end, found);
    });
}

void PieceSearch::each_in(std::span<const std::string_view> texts, auto&& found) const {
    if (lines_.empty()) return;
    struct Step {
        std::uint32_t end;
        std::uint8_t column;
    };
    std::vector<Step> steps;
    std::vector<std::size_t> ends;
    std::size_t octets = 0;
    for (const std::string_view text : texts) octets += text.size();
    steps.reserve(octets + octets / 2);  // two edges of a word of four letters
    for (const std::string_view text : texts) {
        each_column(text, [&](std::uint8_t column, std::size_t end) {
            steps.push_back({static_cast<std::uint32_t>(end), column});
        });
        ends.push_back(steps.size());
    }
    struct Lane {
        const std::uint32_t* row;
        const Step *at, *end;
        std::size_t text;
    };
    const std::uint32_t* const rows = lines_.front().cells.data();
    std::array<Lane, lanes> all;
    std::size_t used = 0, next = 0;
    while (true) {
        for (; used < lanes && next < texts.size(); ++next)
            all[used++] = {rows, steps.data() + (next == 0 ? 0 : ends[next - 1]), steps.data() + ends[next],
                           next};
        if (used == 0) return;
        std::ptrdiff_t together = all[0].end - all[0].at;
        for (std::size_t i = 1; i < used; ++i) together = std::min(together, all[i].end - all[i].at);
        for (; together > 0; --together)
            for (std::size_t i = 0; i < used; ++i) {
                Lane& lane = all[i];
                lane.row = rows + lane.row[lane.at->column];
                if (*lane.row != 0)
                    each_label(*lane.row, lane.at->end,
                               [&](Label label, std::size_t begin) { found(lane.text, label, begin); });
                ++lane.at;
            }
        for (std::size_t i = used; i > 0; --i)
            if (all[i - 1].at == all[i - 1].end) all[i - 1] = all[--used];
    }
}

}  // namespace raadspost::answer

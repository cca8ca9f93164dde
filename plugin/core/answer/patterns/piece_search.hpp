// Looks for many fixed pieces of text at once, one step per octet however many they are (Aho and Corasick:
// Efficient String Matching, 1975), and tells which stand there. ASCII letters are the same in both cases;
// other letters only as they are written. Internal to pattern_set.cpp. Built first, then read-only: safe on
// any thread.
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

inline constexpr std::size_t max_piece_states = 0xFFFF;  // about the octets of all pieces together

class PieceSearch {
public:
    using Label = std::uint8_t;  // by which a piece is told

    // A piece, which is not empty; it may be added with many labels.
    void add(std::string_view piece, Label label);
    // False where the pieces are too many or too long. Nothing may be added behind.
    bool compile();
    // Calls found(label) for each piece at each place where it stands.
    void each_in(std::string_view text, auto&& found) const;
    // Calls found(which of the texts, label). Many at once cost less: while one waits for memory, others go
    // on.
    void each_in(std::span<const std::string_view> texts, auto&& found) const;

private:
    using Sign = unsigned char;
    struct Piece {
        std::vector<Sign> signs;
        Label label;
    };
    static constexpr std::size_t lanes = 6;  // texts that are looked through at once
    struct Branch {
        std::uint32_t state;
        Sign sign;
    };
    using Branches = std::vector<std::vector<Branch>>;  // of each state, the signs that lead on
    // Of a row, as much as one line of a processor's cache has.
    using Cell = std::uint16_t;
    static constexpr std::size_t line_columns = 32;
    struct alignas(line_columns * sizeof(Cell)) Line {
        std::array<Cell, line_columns> cells{};
    };

    void number_columns();
    Branches lay_out();
    void each_label(Cell list, auto&& found) const;
    void fill_rows(const Branches& branches);
    Cell& cell(std::size_t row, std::size_t column) {
        const std::size_t at = row * row_cells_ + column;
        return lines_[at / line_columns].cells[at % line_columns];
    }

    std::vector<Piece> pieces_;                // until compile()
    std::array<std::uint8_t, 256> columns_{};  // by sign
    std::size_t row_cells_ = 0;
    // A row per state: where in labels_ its list is (0: none), then by column the next state's row. A text
    // keeps to few states and few signs: the rows of short beginnings stand first, and in each the signs that
    // stand in many pieces, so that what is needed stays in the cache.
    std::vector<Line, LargePages<Line>> lines_;
    // Lists: where that of the next shorter pieces is (0: none), how many, the labels.
    static constexpr std::size_t list_count = 1, list_head = 2;
    std::vector<Cell> labels_;
    std::vector<Cell> lists_;  // by state, until compile()
};

void PieceSearch::each_label(Cell list, auto&& found) const {
    for (std::size_t at = list; at != 0; at = labels_[at])
        for (std::size_t i = 0; i < labels_[at + list_count]; ++i)
            found(static_cast<Label>(labels_[at + list_head + i]));
}

void PieceSearch::each_in(std::string_view text, auto&& found) const {
    if (lines_.empty()) return;
    const Cell* const rows = lines_.front().cells.data();
    const Cell* row = rows;
    for (const char c : text) {
        row = rows + row[columns_[static_cast<Sign>(c)]] * row_cells_;
        if (*row != 0) each_label(*row, found);
    }
}

void PieceSearch::each_in(std::span<const std::string_view> texts, auto&& found) const {
    if (lines_.empty()) return;
    struct Lane {
        const Cell* row;
        const char *at, *end;
        std::size_t text;
    };
    const Cell* const rows = lines_.front().cells.data();
    std::array<Lane, lanes> all;
    std::size_t used = 0, next = 0;
    while (true) {
        for (; used < lanes && next < texts.size(); ++next)
            all[used++] = {rows, texts[next].data(), texts[next].data() + texts[next].size(), next};
        if (used == 0) return;
        std::ptrdiff_t together = all[0].end - all[0].at;
        for (std::size_t i = 1; i < used; ++i) together = std::min(together, all[i].end - all[i].at);
        for (; together > 0; --together)
            for (std::size_t i = 0; i < used; ++i) {
                Lane& lane = all[i];
                lane.row = rows + lane.row[columns_[static_cast<Sign>(*lane.at++)]] * row_cells_;
                if (*lane.row != 0) each_label(*lane.row, [&](Label label) { found(lane.text, label); });
            }
        for (std::size_t i = used; i > 0; --i)
            if (all[i - 1].at == all[i - 1].end) all[i - 1] = all[--used];
    }
}

}  // namespace raadspost::answer

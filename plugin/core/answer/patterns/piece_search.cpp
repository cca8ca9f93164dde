#include "core/answer/patterns/piece_search.hpp"

#include <algorithm>

namespace raadspost::answer {
namespace {

constexpr std::uint8_t other_column = 1;

char lowered(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

void PieceSearch::add(std::string_view piece, const PatternBits& bits) {
    std::string folded{piece};
    std::ranges::transform(folded, folded.begin(), lowered);
    pieces_.emplace_back(std::move(folded), bits);
}

// The row of the state that is one octet further; 0 where there is none, as that of the first state is
// nobody's next while the pieces are laid out.
std::uint32_t PieceSearch::row_behind(std::uint32_t row, unsigned char octet) {
    const std::size_t at = row + columns_[octet];
    if (rows_[at] == 0) {
        rows_[at] = static_cast<std::uint32_t>(rows_.size());
        rows_.resize(rows_.size() + width_);
    }
    return rows_[at];
}

bool PieceSearch::compile() {
    columns_.fill(other_column);
    width_ = other_column + 1;
    for (const auto& [piece, bits] : pieces_)
        for (const char c : piece)
            if (std::uint8_t& column = columns_[static_cast<unsigned char>(c)]; column == other_column)
                column = static_cast<std::uint8_t>(width_++);
    for (char c = 'A'; c <= 'Z'; ++c)
        columns_[static_cast<unsigned char>(c)] = columns_[static_cast<unsigned char>(lowered(c))];
    rows_.assign(width_, 0);
    marks_.assign(1, {});
    for (const auto& [piece, bits] : pieces_) {
        std::uint32_t row = 0;
        for (const char c : piece) row = row_behind(row, static_cast<unsigned char>(c));
        if (rows_[row] == 0) {
            rows_[row] = static_cast<std::uint32_t>(marks_.size());
            marks_.emplace_back();
        }
        marks_[rows_[row]] |= bits;
        if (rows_.size() > max_piece_states * width_) return false;
    }
    pieces_.clear();
    // Breadth first, so that the state to fall back to is complete before it is needed. It is the longest end
    // of what was read that begins a piece as well.
    struct State {
        std::uint32_t row, fallback;
    };
    std::vector<State> states = {{0, 0}};
    for (std::size_t i = 0; i < states.size(); ++i) {
        const auto [row, fallback] = states[i];
        if (row != 0 && rows_[fallback] != 0) {
            if (rows_[row] == 0) {
                rows_[row] = rows_[fallback];
            } else {
                marks_[rows_[row]] |= marks_[rows_[fallback]];
            }
        }
        for (std::size_t column = other_column; column < width_; ++column) {
            const std::uint32_t shorter = row == 0 ? 0 : rows_[fallback + column];
            if (std::uint32_t& next = rows_[row + column]; next != 0)
                states.push_back({next, shorter});
            else
                next = shorter;
        }
    }
    return true;
}

PatternBits PieceSearch::bits_in(std::string_view text) const {
    PatternBits found;
    if (rows_.empty()) return found;
    const std::uint32_t* row = rows_.data();
    for (const char c : text) {
        row = rows_.data() + row[columns_[static_cast<unsigned char>(c)]];
        if (*row != 0) found |= marks_[*row];
    }
    return found;
}

}  // namespace raadspost::answer

#include "core/answer/patterns/piece_search.hpp"

#include "core/ascii.hpp"


namespace raadspost::answer {
namespace {

// As RE2 reads "\w" in octets.
constexpr std::array<bool, 256> word_letters = [] {
    std::array<bool, 256> made{};
    for (std::size_t c = 0; c < made.size(); ++c)
        made[c] = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    return made;
}();

bool is_word_letter(char c) {
    return word_letters[static_cast<unsigned char>(c)];
}

}  // namespace

std::uint8_t PieceSearch::column_of(char letter) {
    std::uint8_t& column = columns_[static_cast<unsigned char>(lowered(letter))];
    if (column == 0) column = static_cast<std::uint8_t>(width_++);
    return column;
}

void PieceSearch::append(Piece& piece, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (words_ == Words::marked && i > 0 && is_word_letter(text[i - 1]) != is_word_letter(text[i]))
            piece.columns.push_back(edge_column);
        piece.columns.push_back(column_of(text[i]));
    }
}

void PieceSearch::add(const PlacedPiece& piece, const FoundBits& bits, const FoundPairs& pairs) {
    Piece& made = pieces_.emplace_back(Piece{{}, bits, pairs});
    if (piece.begins_text) made.columns.push_back(begin_column);
    if (piece.begins_word) made.columns.push_back(edge_column);
    append(made, piece.text);
    if (piece.ends_word) made.columns.push_back(edge_column);
}

void PieceSearch::join(Marks& marks, const Marks& more) {
    marks.bits |= more.bits;
    if (marks.pairs == 0)
        marks.pairs = more.pairs;
    else
        pairs_[marks.pairs] |= pairs_[more.pairs];
}

// The row of the state that is one sign further; 0 where there is none, as that of the first state is
// nobody's next while the pieces are laid out.
std::uint32_t PieceSearch::row_behind(std::uint32_t row, std::uint8_t column) {
    const std::size_t at = row + column;
    if (rows_[at] == 0) {
        rows_[at] = static_cast<std::uint32_t>(rows_.size());
        rows_.resize(rows_.size() + width_);
    }
    return rows_[at];
}

bool PieceSearch::compile() {
    for (std::uint8_t& column : columns_)
        if (column == 0) column = other_column;
    for (char c = 'A'; c <= 'Z'; ++c)
        columns_[static_cast<unsigned char>(c)] = columns_[static_cast<unsigned char>(lowered(c))];
    rows_.assign(width_, 0);
    marks_.assign(1, {});
    pairs_.assign(1, {});
    for (const Piece& piece : pieces_) {
        std::uint32_t row = 0;
        for (const std::uint8_t column : piece.columns) row = row_behind(row, column);
        if (rows_[row] == 0) {
            rows_[row] = static_cast<std::uint32_t>(marks_.size());
            marks_.emplace_back();
        }
        Marks& marks = marks_[rows_[row]];
        marks.bits |= piece.bits;
        if (piece.pairs.one.any() || piece.pairs.other.any()) {
            if (marks.pairs == 0) {
                marks.pairs = static_cast<std::uint32_t>(pairs_.size());
                pairs_.emplace_back();
            }
            pairs_[marks.pairs] |= piece.pairs;
        }
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
                join(marks_[rows_[row]], marks_[rows_[fallback]]);
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

FoundBits PieceSearch::bits_in(std::string_view text, FoundPairs& pairs) const {
    FoundBits found;
    if (rows_.empty()) return found;
    const std::uint32_t* row = rows_.data();
    const auto step = [&](std::uint8_t column) {
        row = rows_.data() + row[column];
        if (*row == 0) return;
        const Marks& marks = marks_[*row];
        found |= marks.bits;
        if (marks.pairs != 0) pairs |= pairs_[marks.pairs];
    };
    if (words_ == Words::unmarked) {
        for (const char c : text) step(columns_[static_cast<unsigned char>(c)]);
        return found;
    }
    row = rows_.data() + row[begin_column];
    bool in_word = false;
    for (const char c : text) {
        if (is_word_letter(c) != in_word) {
            step(edge_column);
            in_word = !in_word;
        }
        step(columns_[static_cast<unsigned char>(c)]);
    }
    if (in_word) step(edge_column);
    return found;
}

}  // namespace raadspost::answer

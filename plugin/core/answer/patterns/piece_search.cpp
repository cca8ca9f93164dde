#include "core/answer/patterns/piece_search.hpp"

#include "core/ascii.hpp"

#include <algorithm>
#include <tuple>

namespace raadspost::answer {
namespace {

// Columns of a row; the others' order is that of how often their signs stand in pieces.
constexpr std::uint8_t labels_column = 0, other_column = 1, first_free_column = 2;

}  // namespace

void PieceSearch::add(std::string_view piece, Label label) {
    Piece& made = pieces_.emplace_back(Piece{{}, label});
    for (const char c : piece) made.signs.push_back(static_cast<Sign>(lowered(c)));
}

void PieceSearch::number_columns() {
    std::array<std::size_t, std::tuple_size_v<decltype(columns_)>> times{};
    for (const Piece& piece : pieces_)
        for (const Sign sign : piece.signs) ++times[sign];
    std::vector<std::size_t> signs;
    for (std::size_t sign = 0; sign < times.size(); ++sign)
        if (times[sign] > 0) signs.push_back(sign);
    std::ranges::stable_sort(signs, std::ranges::greater{}, [&](std::size_t sign) { return times[sign]; });
    columns_.fill(other_column);
    std::uint8_t column = first_free_column;  // upper case apart, there are less than 254 signs
    for (const std::size_t sign : signs) columns_[sign] = column++;
    for (char c = 'A'; c <= 'Z'; ++c)
        columns_[static_cast<Sign>(c)] = columns_[static_cast<Sign>(lowered(c))];
    row_cells_ = (column + line_columns - 1) / line_columns * line_columns;
}

// The states of the pieces' beginnings; none where there are too many.
PieceSearch::Branches PieceSearch::lay_out() {
    std::ranges::sort(pieces_, {}, [](const Piece& each) { return std::tie(each.signs, each.label); });
    labels_.assign(1, 0);
    lists_.assign(1, 0);
    Branches branches(1);
    for (const Piece& piece : pieces_) {
        std::uint32_t state = 0;
        for (const Sign sign : piece.signs) {
            // The pieces are in order: another sign than the last one so far is a new one.
            if (branches[state].empty() || branches[state].back().sign != sign) {
                branches[state].push_back({static_cast<std::uint32_t>(branches.size()), sign});
                branches.emplace_back();
            }
            state = branches[state].back().state;
        }
        if (branches.size() > max_piece_states || labels_.size() + list_head >= max_piece_states) return {};
        lists_.resize(branches.size());
        Cell& list = lists_[state];
        if (list == 0) {
            list = static_cast<Cell>(labels_.size());
            labels_.insert(labels_.end(), {0, 0});
        } else if (labels_.back() == piece.label) {
            continue;  // the same again
        }
        ++labels_[list + list_count];
        labels_.push_back(piece.label);
    }
    return branches;
}

// Breadth first, so that the state to fall back to is complete before it is needed: that of the longest end
// of what was read that begins a piece as well.
void PieceSearch::fill_rows(const Branches& branches) {
    struct Placed {
        std::uint32_t state;
        Cell fallback;  // its row
    };
    std::vector<Placed> order = {{0, 0}};
    lines_.assign(branches.size() * (row_cells_ / line_columns), {});
    for (std::size_t i = 0; i < order.size(); ++i) {
        const auto [state, fallback] = order[i];
        if (i > 0)
            for (std::size_t column = 0; column < row_cells_; ++column)
                cell(i, column) = cell(fallback, column);
        if (const Cell list = lists_[state]; list != 0) {
            labels_[list] = cell(i, labels_column);
            cell(i, labels_column) = list;
        }
        for (const Branch& each : branches[state]) {
            Cell& next = cell(i, columns_[each.sign]);
            const Cell shorter = next;  // what it would be without this piece
            next = static_cast<Cell>(order.size());
            order.push_back({each.state, shorter});
        }
    }
    lists_ = {};
}

bool PieceSearch::compile() {
    number_columns();
    const Branches branches = lay_out();
    pieces_ = {};
    if (branches.empty()) return false;
    fill_rows(branches);
    return true;
}

}  // namespace raadspost::answer

#include "core/appeal/letter/flow.hpp"

#include <algorithm>

namespace raadspost::appeal {
namespace {

constexpr double list_indent = 16, paragraph_gap = 8, item_gap = 3;

class Composer {
public:
    Composer(LineBreaker& breaker, Tags& tags) : breaker_{breaker}, tags_{tags} {}

    void blocks(const std::vector<Block>& blocks, double indent, const TagPath& path, bool in_list = false) {
        for (const Block& block : blocks) add(block, indent, path, in_list);
    }

    // The end of the letter stays together: its last lines go where the signatures go.
    void keep_end_with_signatories() {
        if (pieces_.empty()) return;
        pieces_.back().keep_with_next = true;
        std::size_t closing = pieces_.size() - 1;
        while (closing > 0 && pieces_[closing].text == pieces_[closing - 1].text) --closing;
        if (closing > 0 && pieces_.size() - closing <= 2) pieces_[closing - 1].keep_with_next = true;
    }

    std::vector<Piece> pieces_;

private:
    void add(const Block& block, double indent, const TagPath& path, bool in_list) {
        switch (block.kind) {
            case Block::Kind::heading:
                return heading(block, indent, path);
            case Block::Kind::bulleted:
            case Block::Kind::numbered:
                return list(block, indent, path, in_list);
            case Block::Kind::rule: {
                Piece piece;
                piece.kind = Piece::Kind::rule;
                piece.before = paragraph_gap;
                piece.height = 6;
                piece.x = Sheet::left + indent;
                pieces_.push_back(std::move(piece));
                return;
            }
            case Block::Kind::paragraph:
                break;
        }
        lines(block.spans, TextStyle{}, indent, with(path, "P"), in_list ? item_gap : paragraph_gap, false);
    }

    void heading(const Block& block, double indent, const TagPath& path) {
        // The subject is the letter's h1; a level may not be skipped going down.
        level_ = std::min(block.level + 1, level_ + 1);
        static constexpr const char* names[] = {"H1", "H2", "H3", "H4"};
        TextStyle style;
        style.bold = true;
        style.size = level_ == 2 ? 11.5 : 10;
        style.leading = level_ == 2 ? 16.5 : 14.5;
        lines(block.spans, style, indent, with(path, names[level_ - 1]), level_ == 2 ? 15 : 12, true);
        close_next_ = true;
    }

    void list(const Block& block, double indent, const TagPath& path, bool in_list) {
        // What announces the list ("... daarna:") goes with it.
        if (!in_list && !pieces_.empty()) pieces_.back().keep_with_next = true;
        const TagPath list_path = with(path, "L");
        int number = block.first_number;
        bool first = true;
        for (const auto& item : block.items) {
            const TagPath item_path = with(list_path, "LI");
            const std::string mark =
                block.kind == Block::Kind::bulleted ? "\xE2\x80\xA2" : std::to_string(number++) + '.';
            const std::size_t at = pieces_.size();
            blocks(item, indent + list_indent, with(item_path, "LBody"), true);
            if (pieces_.size() == at || pieces_[at].kind != Piece::Kind::line || pieces_[at].mark != nullptr)
                continue;
            TextStyle style;
            pieces_[at].mark = &breaker_.broken(mark, style);
            pieces_[at].mark_path = with(item_path, "Lbl");
            const double room = block.kind == Block::Kind::bulleted ? 4.0 : 0.0;
            pieces_[at].mark_x = Sheet::left + indent + room;
            pieces_[at].before = first && !in_list ? paragraph_gap - 2 : item_gap;
            first = false;
        }
    }

    void lines(const std::vector<Span>& spans, TextStyle style, double indent, const TagPath& path,
               double before, bool keep) {
        style.width = Sheet::text_width - indent;
        const BrokenText& text = breaker_.broken(spans, style);
        const std::size_t count = text.lines.size();
        for (std::size_t i = 0; i < count; ++i) {
            Piece piece;
            piece.before = i == 0 ? (close_next_ ? 3 : before) : 0;
            close_next_ = false;
            piece.height = style.leading;
            piece.keep_with_next = keep || (count > 1 && (i == 0 || i == count - 2));
            piece.x = Sheet::left + indent;
            piece.path = path;
            piece.text = &text;
            piece.line = i;
            pieces_.push_back(std::move(piece));
        }
    }

    TagPath with(TagPath path, const char* name) {
        path.push_back({name, tags_.new_id()});
        return path;
    }

    LineBreaker& breaker_;
    Tags& tags_;
    int level_ = 1;
    bool close_next_ = false;  // what follows a heading stands close to it
};

}  // namespace

Flow flow_of(const Document& body, const std::vector<Signatory>& signatories, LineBreaker& breaker,
             Tags& tags, const TagStep& document) {
    Composer composer{breaker, tags};
    composer.blocks(body, 0, {document});
    Flow flow;
    if (signatories.empty()) {
        flow.pieces = std::move(composer.pieces_);
        return flow;
    }
    composer.keep_end_with_signatories();
    flow.pieces = std::move(composer.pieces_);

    const std::size_t columns = signatories.size() == 1 ? 1 : 2;
    const double gutter = mm(8);
    flow.cell_width = columns == 1 ? Sheet::text_width : (Sheet::text_width - gutter) / 2;
    const TextStyle name{10, 14.5, true, flow.cell_width, false},
        other{9, 12.5, false, flow.cell_width, false};
    for (const Signatory& signatory : signatories) {
        SignatoryCell cell{};
        const auto set = [&](const std::string& words, const TextStyle& style) -> const BrokenText* {
            if (words.empty()) return nullptr;
            const BrokenText& text = breaker.broken(words, style);
            cell.height += static_cast<double>(text.lines.size()) * style.leading;
            return &text;
        };
        cell.name = set(signatory.name, name);
        cell.function = set(signatory.function, other);
        cell.organisation = set(signatory.organisation, other);
        flow.cells.push_back(cell);
    }
    for (std::size_t first = 0; first < signatories.size(); first += columns) {
        Piece row;
        row.kind = Piece::Kind::signatories;
        row.before = mm(7);
        row.path = {document};
        row.first = first;
        row.count = std::min(columns, signatories.size() - first);
        bool logo = false;
        for (std::size_t i = first; i < first + row.count; ++i) {
            row.height = std::max(row.height, flow.cells[i].height);
            logo = logo || !signatories[i].logo.empty();
        }
        if (logo) row.height += signature_logo_height + signature_gap;
        flow.pieces.push_back(std::move(row));
    }
    return flow;
}

std::vector<std::size_t> page_starts(const std::vector<Piece>& pieces, double first_top) {
    std::vector<std::size_t> starts{0};
    double y = first_top;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const std::size_t start = starts.back();
        const double height = pieces[i].height + (i == start ? 0 : pieces[i].before);
        if (y + height <= Sheet::bottom || i == start) {
            y += height;
            continue;
        }
        std::size_t next = i;
        while (next > start && pieces[next - 1].keep_with_next) --next;
        if (next == start) next = i;
        starts.push_back(next);
        y = Sheet::next_page_text;
        i = next - 1;
    }
    return starts;
}

}  // namespace raadspost::appeal

#include "core/appeal/markup.hpp"

#include "core/ascii.hpp"

#include <md4c.h>

#include <algorithm>
#include <utility>

namespace raadspost::appeal {
namespace {

// Builds the tree from md4c's events. Sinks are the block lists that are open, the innermost last; a list
// below the innermost does not grow while another is open above it, so the pointers stay good.
class Builder {
public:
    explicit Builder(Document& document) : sinks_{&document} {}

    void enter(MD_BLOCKTYPE type, void* detail) {
        switch (type) {
            case MD_BLOCK_UL:
            case MD_BLOCK_OL:
                open_list(type, detail);
                break;
            case MD_BLOCK_LI:
                words_open_ = false;
                if (flattened_ > 0) break;
                sinks_.back()->back().items.emplace_back();
                sinks_.push_back(&sinks_.back()->back().items.back());
                break;
            case MD_BLOCK_HR:
                add(Block::Kind::rule);
                break;
            case MD_BLOCK_H:
                add(Block::Kind::heading).level =
                    static_cast<int>(std::min(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level, 3U));
                words_open_ = true;
                break;
            case MD_BLOCK_P:
            case MD_BLOCK_CODE:
                add(Block::Kind::paragraph);
                words_open_ = true;
                break;
            default:
                words_open_ = false;
        }
    }

    void leave(MD_BLOCKTYPE type) {
        if (type == MD_BLOCK_CODE) drop_last_break();
        words_open_ = false;
        if ((type == MD_BLOCK_UL || type == MD_BLOCK_OL) && flattened_ > 0)
            --flattened_;
        else if (type == MD_BLOCK_UL || type == MD_BLOCK_OL)
            --depth_;
        else if (type == MD_BLOCK_LI && flattened_ == 0)
            sinks_.pop_back();
    }

    void enter(MD_SPANTYPE type, void* detail) {
        if (type == MD_SPAN_STRONG) ++bold_;
        if (type == MD_SPAN_EM) ++italic_;
        if (type != MD_SPAN_A) return;
        const MD_ATTRIBUTE& href = static_cast<MD_SPAN_A_DETAIL*>(detail)->href;
        address_ = href.text == nullptr ? std::string{} : std::string{href.text, href.size};
        if (!is_safe_address(address_)) address_.clear();
    }

    void leave(MD_SPANTYPE type) {
        if (type == MD_SPAN_STRONG) --bold_;
        if (type == MD_SPAN_EM) --italic_;
        if (type == MD_SPAN_A) address_.clear();
    }

    void text(MD_TEXTTYPE type, std::string_view words) {
        if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR) words = "\n";
        if (type == MD_TEXT_NULLCHAR) words = "\xEF\xBF\xBD";
        // The words of a tight list item come without a paragraph of their own.
        if (!words_open_) add(Block::Kind::paragraph);
        words_open_ = true;
        auto& spans = sinks_.back()->back().spans;
        Span span{std::string{words}, address_, bold_ > 0, italic_ > 0};
        const bool line_break = words == "\n";
        if (!spans.empty() && !line_break && spans.back().text != "\n" && spans.back().bold == span.bold &&
            spans.back().italic == span.italic && spans.back().address == span.address)
            spans.back().text += span.text;
        else
            spans.push_back(std::move(span));
    }

private:
    Block& add(Block::Kind kind) {
        Block block;
        block.kind = kind;
        sinks_.back()->push_back(std::move(block));
        return sinks_.back()->back();
    }

    void drop_last_break() {
        auto& spans = sinks_.back()->back().spans;
        if (!spans.empty() && spans.back().text == "\n") spans.pop_back();
    }

    void open_list(MD_BLOCKTYPE type, void* detail) {
        words_open_ = false;
        if (flattened_ > 0 || depth_ >= deepest_list) {
            ++flattened_;
            return;
        }
        ++depth_;
        Block& list = add(type == MD_BLOCK_UL ? Block::Kind::bulleted : Block::Kind::numbered);
        if (type == MD_BLOCK_OL)
            list.first_number =
                static_cast<int>(std::min(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start, 999999U));
    }

    std::vector<std::vector<Block>*> sinks_;
    std::string address_;
    bool words_open_ = false;
    int depth_ = 0;
    int flattened_ = 0;
    int bold_ = 0;
    int italic_ = 0;
};

}  // namespace

std::string bullets_as_dashes(std::string_view source) {
    constexpr std::string_view bullet = "\xE2\x80\xA2";
    std::string out;
    out.reserve(source.size());
    while (!source.empty()) {
        const std::size_t end = std::min(source.find('\n'), source.size() - 1) + 1;
        std::string_view line = source.substr(0, end);
        const std::string_view indent = line.substr(0, std::min(line.find_first_not_of(" \t"), line.size()));
        line.remove_prefix(indent.size());
        out += indent;
        if (line.starts_with(bullet) && line.size() > bullet.size() &&
            (line[bullet.size()] == ' ' || line[bullet.size()] == '\t')) {
            out += "- ";
            line.remove_prefix(bullet.size() + 1);
        }
        out += line;
        source.remove_prefix(end);
    }
    return out;
}

bool is_safe_address(std::string_view address) {
    const auto blank_or_control = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7F'; };
    if (std::any_of(address.begin(), address.end(), blank_or_control)) return false;
    const std::string scheme = lowered(address.substr(0, address.find(':')));
    const std::string_view rest = address.substr(std::min(address.size(), scheme.size()));
    if (scheme == "mailto") return rest.size() > 1;
    return (scheme == "http" || scheme == "https") && rest.starts_with("://") && rest.size() > 3;
}

Document parsed_markup(std::string_view source) {
    Document document;
    Builder builder{document};
    MD_PARSER parser{};
    parser.flags = MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_PERMISSIVEAUTOLINKS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* to) {
        return static_cast<Builder*>(to)->enter(type, detail), 0;
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* to) {
        return static_cast<Builder*>(to)->leave(type), 0;
    };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* to) {
        return static_cast<Builder*>(to)->enter(type, detail), 0;
    };
    parser.leave_span = [](MD_SPANTYPE type, void*, void* to) {
        return static_cast<Builder*>(to)->leave(type), 0;
    };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* to) {
        return static_cast<Builder*>(to)->text(type, {text, size}), 0;
    };
    md_parse(source.data(), static_cast<MD_SIZE>(source.size()), &parser, &builder);
    return document;
}

}  // namespace raadspost::appeal

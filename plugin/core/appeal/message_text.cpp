#include "core/appeal/escape.hpp"
#include "core/appeal/markup.hpp"
#include "core/appeal/message.hpp"

#include <algorithm>

namespace raadspost::appeal {
namespace {

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

class Text {
public:
    void blocks(const std::vector<Block>& blocks, const std::string& indent = {}) {
        for (const Block& block : blocks) add(block, indent);
    }

    // Words wrapped between blanks; what is longer than a line by itself, such as a link, stays whole. The
    // first line begins with `first`, the others with `rest`.
    void wrapped(std::string_view words, const std::string& first, const std::string& rest) {
        std::string line = first;
        bool fresh = true;
        const auto flush = [&] {
            out_ += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
            line = rest;
            fresh = true;
        };
        while (true) {
            const auto end = words.find_first_of(" \n");
            const std::string_view word = words.substr(0, end);
            const std::size_t width = characters(line) + characters(word) + (fresh ? 0 : 1);
            if (!fresh && width > longest_text_line) flush();
            if (!fresh) line += ' ';
            line += word;
            if (!word.empty()) fresh = false;
            if (end == std::string_view::npos) break;
            if (words[end] == '\n') flush();
            words.remove_prefix(end + 1);
        }
        if (!fresh) flush();
    }

    void gap() {
        if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
    }
    void line(std::string_view words) { wrapped(words, "", ""); }

    void footnotes() {
        if (links_.empty()) return;
        gap();
        for (std::size_t i = 0; i < links_.size(); ++i)
            out_ += '[' + std::to_string(i + 1) + "] " + escaped_text(links_[i]) + '\n';
    }
    std::string take() && { return std::move(out_); }

private:
    void add(const Block& block, const std::string& indent) {
        switch (block.kind) {
            case Block::Kind::rule:
                gap();
                out_ += indent + std::string(24, '-') + '\n';
                return gap();
            case Block::Kind::bulleted:
            case Block::Kind::numbered:
                if (indent.empty()) gap();
                list(block, indent);
                if (indent.empty()) gap();
                return;
            case Block::Kind::heading:
            case Block::Kind::paragraph:
                break;
        }
        if (indent.empty()) gap();
        const std::string words = flat(block.spans);
        const std::size_t from = out_.size();
        wrapped(words, lead_.empty() ? indent : lead_, indent);
        lead_.clear();
        if (block.kind == Block::Kind::heading) underline(from, block.level, indent);
        if (indent.empty()) gap();
    }

    void list(const Block& block, const std::string& indent) {
        int number = block.first_number;
        for (const auto& item : block.items) {
            const std::string mark =
                block.kind == Block::Kind::bulleted ? "- " : std::to_string(number++) + ". ";
            const std::string inner = indent + std::string(mark.size(), ' ');
            lead_ = (lead_.empty() ? indent : lead_) + mark;
            if (item.empty()) out_ += lead_.substr(0, lead_.find_last_not_of(' ') + 1) + '\n';
            if (item.empty()) lead_.clear();
            blocks(item, inner);
            lead_.clear();
        }
    }

    void underline(std::size_t from, int level, const std::string& indent) {
        std::size_t longest = 0;
        for (std::string_view rest = std::string_view{out_}.substr(from); !rest.empty();) {
            const auto end = rest.find('\n');
            longest = std::max(longest, characters(rest.substr(0, end)));
            rest.remove_prefix(std::min(rest.size(), end + 1));
        }
        out_ +=
            indent + std::string(longest - std::min(longest, indent.size()), level == 1 ? '=' : '-') + '\n';
    }

    std::string flat(const std::vector<Span>& spans) {
        std::string out;
        for (std::size_t i = 0; i < spans.size(); ++i) {
            const Span& span = spans[i];
            out += span.text == "\n" ? span.text : escaped_text(span.text);
            // A link in bold and plain words comes as several spans: one footnote behind the last.
            const bool last = i + 1 == spans.size() || spans[i + 1].address != span.address;
            if (span.address.empty() || !last || span.address == span.text) continue;
            if (span.address == "mailto:" + span.text) continue;
            out += " [" + std::to_string(footnote(span.address)) + ']';
        }
        return out;
    }

    std::size_t footnote(const std::string& address) {
        auto at = std::find(links_.begin(), links_.end(), address);
        if (at == links_.end()) at = links_.insert(at, address);
        return static_cast<std::size_t>(at - links_.begin()) + 1;
    }

    std::string out_;
    std::string lead_;  // what the first line of the next block begins with: the mark of its list item
    std::vector<std::string> links_;
};

}  // namespace

std::vector<std::string> footer_lines(const MessageFrame& frame) {
    std::vector<std::string> lines;
    if (frame.letters == 1) lines.push_back("De brief aan de raad is als PDF bijgevoegd.");
    if (frame.letters > 1)
        lines.push_back("De brieven aan de raden zijn als PDF bijgevoegd, een voor elke raad.");
    if (!frame.recipient.empty()) {
        std::string line = "Dit bericht is gestuurd aan " + frame.recipient + '.';
        if (!frame.address_source.empty()) line += ' ' + frame.address_source;
        lines.push_back(std::move(line));
    }
    if (!frame.sender_address.empty())
        lines.push_back("Zet " + frame.sender_address +
                        " in uw adresboek, dan belandt onze post minder gauw bij de ongewenste post.");
    std::string last = frame.postal_address;
    if (!frame.reference.empty())
        last += (last.empty() ? "" : " \xC2\xB7 ") + ("Ons kenmerk: " + frame.reference);
    if (!last.empty()) lines.push_back(std::move(last));
    return lines;
}

std::string message_text(std::string_view markup, const MessageFrame& frame) {
    Text text;
    text.blocks(parsed_markup(markup));
    if (is_safe_address(frame.answer_link)) {
        text.gap();
        text.line(frame.council.empty()
                      ? "Laat weten wat de raad ermee doet:"
                      : "Meld wat er in " + escaped_text(frame.council) + " met deze oproep gebeurt:");
        text.line(frame.answer_link);
    }
    text.footnotes();
    text.gap();
    text.line(std::string(24, '-'));
    text.line(escaped_text(frame.association));
    for (const std::string& line : footer_lines(frame)) text.line(escaped_text(line));
    if (is_safe_address(frame.web_version_link)) text.line("Webversie: " + frame.web_version_link);
    if (is_safe_address(frame.unsubscribe_link))
        text.line("Geen post meer ontvangen: " + frame.unsubscribe_link);
    return std::move(text).take();
}

}  // namespace raadspost::appeal

#include "core/appeal/colour.hpp"
#include "core/appeal/escape.hpp"
#include "core/appeal/markup.hpp"
#include "core/appeal/message.hpp"

#include <algorithm>
#include <utility>

namespace raadspost::appeal {
namespace {

constexpr Colour dark_ground{0x1C / 255.0, 0x1E / 255.0, 0x21 / 255.0};

// Styles stand inline for programs that drop the head; the head holds only what cannot be inline: dark mode,
// narrow screens. One column in a table, because Outlook on Windows knows no max-width.
constexpr std::string_view font = "font-family:Lato,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
constexpr std::string_view small_style = "margin:0 0 8px;font-size:14px;line-height:1.5;color:#55595f";

class Html {
public:
    Html(Colour accent) : accent_{hex(accent)} {}

    void head(std::string_view title, Colour dark_accent) {
        const std::string light_on_dark = hex(dark_accent), ground = hex(dark_ground);
        out_ +=
            "<!DOCTYPE html>\n<html lang=\"nl\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
            "<meta name=\"color-scheme\" content=\"light dark\">\n"
            "<meta name=\"supported-color-schemes\" content=\"light dark\">\n"
            "<meta name=\"format-detection\" content=\"telephone=no\">\n<title>";
        out_ += escaped_html(title);
        out_ +=
            "</title>\n<style>\n:root{color-scheme:light dark;supported-color-schemes:light dark}\n"
            "a:focus-visible{outline:3px solid currentColor;outline-offset:2px}\n"
            "@media (max-width:640px){.card{padding:24px "
            "20px!important;hyphens:auto}.outer{padding:0!important}}\n"
            // Indented: a line that begins with a dot is for each relay on the way to double and undouble.
            "@media "
            "(prefers-color-scheme:dark){\n body,.outer{background:#111214!important}\n .card{background:" +
            ground +
            "!important}\n .card,.card h1,.card h2,.card h3,.card h4,.card p,.card "
            "li{color:#e8e6e3!important}\n"
            " .card .small{color:#b4b2ae!important}\n .card a,.card .brand{color:" +
            light_on_dark + "!important}\n .card .button{background:" + light_on_dark +
            "!important;color:#111214!important}\n .card .line{border-color:#3c3f44!important}\n}\n"
            "</style>\n</head>\n";
    }

    void open(std::string_view association) {
        out_ +=
            "<body style=\"margin:0;padding:0;background:#f3f4f6\">\n"
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">"
            "<tr><td class=\"outer\" align=\"center\" style=\"padding:24px 12px;background:#f3f4f6\">\n"
            "<table role=\"presentation\" width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\" "
            "style=\"width:100%;max-width:600px\"><tr><td class=\"card\" align=\"left\" style=\"";
        out_ += font;
        out_ +=
            "font-size:16px;line-height:1.6;color:#22252a;background:#ffffff;padding:36px 40px;"
            // A Dutch word may be wider than a telephone: gemeenteraadsverkiezingen at 24 px.
            "overflow-wrap:anywhere;word-break:break-word\">\n"
            "<header class=\"line\" style=\"border-bottom:1px solid "
            "#d9dce1;padding-bottom:14px;margin-bottom:28px\">"
            "<p class=\"brand\" style=\"margin:0;font-size:16px;font-weight:bold;color:" +
            accent_ + "\">" + escaped_html(association) + "</p></header>\n<main>\n";
    }

    void title(std::string_view text) {
        out_ +=
            "<h1 style=\"margin:0 0 20px;font-size:24px;line-height:1.3;font-weight:bold;color:#22252a\">" +
            escaped_html(text) + "</h1>\n";
    }

    void blocks(const std::vector<Block>& blocks, bool tight = false) {
        // The first words of a list item stand bare; what follows them is a paragraph of its own.
        for (const Block& block : blocks) add(block, std::exchange(tight, false));
    }

    void button(std::string_view address, std::string_view words) {
        out_ += "<p style=\"margin:28px 0 8px\"><a class=\"button\" href=\"" + escaped_html(address) +
                "\" style=\"display:inline-block;padding:12px 22px;border-radius:4px;background:" + accent_ +
                ";color:#ffffff;font-weight:bold;text-decoration:none\">" + escaped_html(words) +
                "</a></p>\n";
    }

    void link(std::string_view address, std::string_view words) {
        out_ += "<a href=\"" + escaped_html(address) + "\" style=\"color:" + accent_ + "\">" +
                escaped_html(words) + "</a>";
    }

    void begin_footer() {
        out_ +=
            "</main>\n<footer class=\"line\" style=\"border-top:1px solid "
            "#d9dce1;margin-top:32px;padding-top:16px\">\n";
    }
    void begin_small() {
        out_ += "<p class=\"small\" style=\"";
        out_ += small_style;
        out_ += "\">";
    }
    void words(std::string_view text) { out_ += escaped_html(text); }
    void end_small() { out_ += "</p>\n"; }
    void end() { out_ += "</footer>\n</td></tr></table>\n</td></tr></table>\n</body>\n</html>\n"; }
    std::string take() && { return std::move(out_); }

private:
    // The title is the only h1; a level may be skipped going up, never going down (WCAG 1.3.1, axe
    // "heading-order").
    void heading(const Block& block) {
        level_ = std::min(block.level + 1, level_ + 1);
        const std::string tag = "h" + std::to_string(level_);
        const std::string size = level_ == 2 ? "20px" : level_ == 3 ? "18px" : "16px";
        out_ += '<' + tag + " style=\"margin:28px 0 8px;font-size:" + size +
                ";line-height:1.35;font-weight:bold;color:#22252a\">";
        spans(block.spans);
        out_ += "</" + tag + ">\n";
    }

    void list(const Block& block) {
        const std::string tag = block.kind == Block::Kind::bulleted ? "ul" : "ol";
        out_ += '<' + tag;
        if (tag == "ol" && block.first_number != 1)
            out_ += " start=\"" + std::to_string(block.first_number) + '"';
        out_ += " style=\"margin:0 0 16px;padding-left:24px\">\n";
        for (const auto& item : block.items) {
            out_ += "<li style=\"margin:0 0 6px\">";
            blocks(item, true);
            out_ += "</li>\n";
        }
        out_ += "</" + tag + ">\n";
    }

    void add(const Block& block, bool tight) {
        switch (block.kind) {
            case Block::Kind::heading:
                return heading(block);
            case Block::Kind::bulleted:
            case Block::Kind::numbered:
                return list(block);
            case Block::Kind::rule:
                out_ += "<hr class=\"line\" style=\"border:0;border-top:1px solid #d9dce1;margin:24px 0\">\n";
                return;
            case Block::Kind::paragraph:
                break;
        }
        if (tight) return spans(block.spans);
        out_ += "<p style=\"margin:0 0 16px\">";
        spans(block.spans);
        out_ += "</p>\n";
    }

    void spans(const std::vector<Span>& spans) {
        for (const Span& span : spans) {
            if (span.text == "\n") {
                out_ += "<br>\n";
                continue;
            }
            if (span.bold) out_ += "<strong>";
            if (span.italic) out_ += "<em>";
            if (span.address.empty())
                words(span.text);
            else
                link(span.address, span.text);
            if (span.italic) out_ += "</em>";
            if (span.bold) out_ += "</strong>";
        }
    }

    std::string accent_;
    std::string out_;
    int level_ = 1;
};

}  // namespace

std::string message_html(std::string_view title, std::string_view markup, const MessageFrame& frame) {
    const Colour accent = house_colour(frame.colour);
    Html html{accent};
    html.head(title, readable_on(dark_ground, accent));
    html.open(frame.association);
    html.title(title);
    html.blocks(parsed_markup(markup));
    if (is_safe_address(frame.answer_link))
        html.button(frame.answer_link, frame.council.empty()
                                           ? "Laat weten wat de raad ermee doet"
                                           : "Meld wat er in " + frame.council + " met deze oproep gebeurt");
    html.begin_footer();
    for (const std::string& line : footer_lines(frame)) {
        html.begin_small();
        html.words(line);
        html.end_small();
    }
    const bool web = is_safe_address(frame.web_version_link),
               unsubscribe = is_safe_address(frame.unsubscribe_link);
    if (web || unsubscribe) html.begin_small();
    if (web) html.link(frame.web_version_link, "Bekijk de webversie");
    if (web && unsubscribe) html.words(" \xC2\xB7 ");
    if (unsubscribe) html.link(frame.unsubscribe_link, "Geen post meer ontvangen");
    if (web || unsubscribe) html.end_small();
    html.end();
    return std::move(html).take();
}

}  // namespace raadspost::appeal

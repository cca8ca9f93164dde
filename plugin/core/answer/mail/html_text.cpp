#include "core/answer/mail/html_text.hpp"

#include "core/answer/limits.hpp"
#include "core/answer/mail/charset.hpp"
#include "core/ascii.hpp"
#include "core/shortened.hpp"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <vector>

namespace raadspost::answer::mail {
namespace {

constexpr std::array<std::string_view, 24> line_breaking = {
    "address", "article",  "aside",  "center",  "dd",      "dir",    "div",    "dl",
    "dt",      "fieldset", "figure", "footer",  "form",    "header", "legend", "li",
    "main",    "menu",     "nav",    "section", "summary", "table",  "tbody",  "tr"};
constexpr std::array<std::string_view, 11> paragraph_breaking = {"blockquote", "h1", "h2", "h3",  "h4", "h5",
                                                                 "h6",         "ol", "p",  "pre", "ul"};
constexpr std::array<std::string_view, 12> never_shown = {"applet",   "audio",  "head",     "iframe",
                                                          "noframes", "object", "script",   "select",
                                                          "style",    "svg",    "template", "title"};

template <std::size_t count>
bool among(const std::array<std::string_view, count>& names, std::string_view name) {
    return std::ranges::binary_search(names, name);
}

struct Element {
    bool hidden = false;
    bool quotes = false;
    bool preformatted = false;
    bool paragraph = false;
    bool line = false;
    std::string link;  // a mail address that its words may not show
    std::size_t link_start = 0;
};

struct Attributes {
    std::string style, id, css_class, type, href;
    bool hidden = false;
};

std::string folded(const xmlChar* value) {
    std::string text;
    for (; value != nullptr && *value != 0; ++value)
        if (*value > ' ') text += static_cast<char>(*value >= 'A' && *value <= 'Z' ? *value + 32 : *value);
    return text;
}

Attributes attributes(const xmlChar** pairs) {
    Attributes all;
    for (; pairs != nullptr && pairs[0] != nullptr; pairs += 2) {
        const std::string_view name{reinterpret_cast<const char*>(pairs[0])};
        if (name == "style") all.style = folded(pairs[1]);
        if (name == "id") all.id = folded(pairs[1]);
        if (name == "class")
            all.css_class = pairs[1] == nullptr ? "" : reinterpret_cast<const char*>(pairs[1]);
        if (name == "type") all.type = folded(pairs[1]);
        if (name == "href") all.href = folded(pairs[1]);
        if (name == "hidden") all.hidden = true;
    }
    return all;
}

bool has(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

bool is_hidden(const Attributes& of) {
    return of.hidden || has(of.style, "display:none") || has(of.style, "visibility:hidden") ||
           has(of.style, "mso-hide:all") || has(of.style, "font-size:0px") ||
           has(of.style, "font-size:0pt") || has(of.style, "font-size:0;");
}

// A blockquote without a border is somebody's indentation, unless the mail program says that it cites.
bool is_quotation(const Attributes& of) {
    return of.type == "cite" || has(of.css_class, "quote") || !has(of.style, "border:none");
}

// Above the copy of the answered message: Outlook's line, and the places that its web clients mark.
bool is_divider(std::string_view name, const Attributes& of) {
    if (name != "div" && name != "table" && name != "p") return false;
    return of.id == "divrplyfwdmsg" || has(of.css_class, "OutlookMessageHeader") ||
           (has(of.style, "border-top:solid") && has(of.style, "padding:3.0pt")) ||
           (has(of.style, "border-top-style:solid") && has(of.style, "border-top-width:1px"));
}

class Writer {
public:
    void start(std::string_view name, const xmlChar** pairs) {
        if (open_.size() >= limits::html_depth || text_.size() >= limits::text_bytes) {
            full_ = true;
            return;
        }
        Element element;
        if (!open_.empty()) {
            element.hidden = open_.back().hidden;
            element.preformatted = open_.back().preformatted;
        }
        const Attributes given = attributes(pairs);
        if (name == "body") element.hidden = false;
        element.hidden = element.hidden || among(never_shown, name) || is_hidden(given);
        element.preformatted = element.preformatted || name == "pre" || has(given.style, "white-space:pre");
        element.line = among(line_breaking, name);
        // Outlook's paragraphs have no space between them.
        element.paragraph = among(paragraph_breaking, name);
        if (name == "p" &&
            (has(given.css_class, "Mso") || has(given.style, "margin:0") || has(given.style, "margin-top:0")))
            element.paragraph = false, element.line = true;
        if (!element.hidden) {
            if (element.line) end_line();
            if (element.paragraph) end_paragraph();
            if (name == "br") break_line();
            if (name == "hr" || is_divider(name, given)) rule();
            if (name == "blockquote" && is_quotation(given)) {
                element.quotes = true;
                ++quotes_;
            }
            if (name == "li") item_ = true;
            if ((name == "td" || name == "th") && !at_line_start()) space_ = true;
            if (name == "a" && given.href.starts_with("mailto:")) {
                element.link = given.href.substr(7, given.href.find('?') == std::string::npos
                                                        ? std::string::npos
                                                        : given.href.find('?') - 7);
                element.link_start = text_.size();
            }
        }
        open_.push_back(std::move(element));
    }

    void end() {
        if (full_ || open_.empty()) return;
        const Element element = std::move(open_.back());
        open_.pop_back();
        if (element.hidden) return;
        if (!element.link.empty() &&
            !has(std::string_view{text_}.substr(std::min(element.link_start, text_.size())), "@"))
            characters(" <" + element.link + ">");
        if (element.line) end_line();
        if (element.paragraph) end_paragraph();
        if (element.quotes) --quotes_;
    }

    void characters(std::string_view piece) {
        if (full_ || (!open_.empty() && open_.back().hidden)) return;
        const bool preformatted = !open_.empty() && open_.back().preformatted;
        for (const char letter : piece) {
            if (letter == '\n' && preformatted)
                break_line();
            else if (letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r')
                preformatted ? write(' ') : static_cast<void>(space_ = !at_line_start());
            else
                write(letter);
        }
    }

    bool full() const { return full_ || text_.size() >= limits::text_bytes; }

    std::string taken() {
        text_.resize(std::min(text_.size(), limits::text_bytes));
        return std::move(text_);
    }

private:
    bool at_line_start() const { return line_start_; }

    void write(char letter) {
        if (line_start_) {
            for (; blank_ > 0; --blank_) {
                text_.append(std::min<std::size_t>(blank_quotes_, quotes_), '>');
                text_ += '\n';
            }
            if (quotes_ > 0) text_.append(quotes_, '>').append(" ");
            if (item_) text_ += "- ";
            line_start_ = item_ = space_ = false;
        }
        if (space_) text_ += ' ';
        space_ = false;
        text_ += letter;
    }

    void end_line() {
        if (!line_start_) text_ += '\n';
        line_start_ = true;
        space_ = false;
    }

    void end_paragraph() {
        end_line();
        if (!text_.empty()) want_blank(1);
    }

    void break_line() {
        if (line_start_ && !text_.empty()) want_blank(std::min<std::size_t>(blank_ + 1, 2));
        end_line();
    }

    void want_blank(std::size_t lines) {
        if (blank_ == 0) blank_quotes_ = quotes_;
        blank_ = std::max(blank_, lines);
        blank_quotes_ = std::min(blank_quotes_, quotes_);
    }

    void rule() {
        constexpr std::string_view line = "________________________________\n";
        end_line();
        if (text_.ends_with(line)) return;
        for (const char letter : line.substr(0, line.size() - 1)) write(letter);
        end_line();
    }

    std::string text_;
    std::vector<Element> open_;
    std::size_t quotes_ = 0;
    std::size_t blank_ = 0;         // empty lines that are due before the next letter
    std::size_t blank_quotes_ = 0;  // and the quotation that they still belong to
    bool line_start_ = true;
    bool space_ = false;
    bool item_ = false;
    bool full_ = false;
};

struct Context {
    Writer writer;
    htmlParserCtxtPtr parser = nullptr;
    std::size_t errors = 0;

    static Context& of(void* self) { return *static_cast<Context*>(self); }
    void stop_if_full() {
        if (writer.full()) xmlStopParser(parser);
    }
};

void on_start(void* self, const xmlChar* name, const xmlChar** pairs) {
    Context::of(self).writer.start(reinterpret_cast<const char*>(name), pairs);
    Context::of(self).stop_if_full();
}

void on_end(void* self, const xmlChar*) {
    Context::of(self).writer.end();
}

void on_characters(void* self, const xmlChar* letters, int count) {
    Context::of(self).writer.characters(
        {reinterpret_cast<const char*>(letters), static_cast<std::size_t>(count)});
    Context::of(self).stop_if_full();
}

void on_error(void* self, xmlErrorPtr) {
    if (++Context::of(self).errors > limits::html_errors) xmlStopParser(Context::of(self).parser);
}

struct FreeParser {
    void operator()(htmlParserCtxtPtr parser) const { htmlFreeParserCtxt(parser); }
};

// <![if !mso]>, <![endif]>: comments to browsers, text to libxml2.
std::string without_declarations(std::string_view html) {
    constexpr std::size_t at_most = 80;
    std::string out;
    out.reserve(html.size());
    while (!html.empty()) {
        const std::size_t open = html.find("<![");
        out += html.substr(0, open);
        html.remove_prefix(std::min(open, html.size()));
        if (html.empty()) break;
        // "<![endif]-->" is the end of a true comment, and stays.
        const std::size_t close = html.substr(0, at_most).find(']', 3);
        const bool ends = close != std::string_view::npos && html.substr(close).starts_with("]>");
        const std::size_t size = ends ? close + 2 : 3;
        if (!ends) out += html.substr(0, size);
        html.remove_prefix(size);
    }
    return out;
}

// Where its buffer moves while it reads a name, libxml2 2.9 loses the name's first hundred letters. No entity
// has so long a name: the "&" before it is one.
std::string with_long_names_escaped(std::string_view html) {
    constexpr std::ptrdiff_t longest = 40;
    const auto in_name = [](char c) {
        return is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80 || c == '.' || c == '-' ||
               c == '_' || c == ':';
    };
    std::string out;
    out.reserve(html.size());
    while (!html.empty()) {
        const std::size_t name = std::min(html.find('&'), html.size() - 1) + 1;
        out += html.substr(0, name);
        html.remove_prefix(name);
        if (std::find_if_not(html.begin(), html.end(), in_name) - html.begin() > longest) out += "amp;";
    }
    return out;
}

// After &nbsp; became a space: lines do not end in spaces, and of several blank ones two stay.
std::string tidy(std::string_view text) {
    std::string out;
    std::size_t blank = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
        blank = line.empty() ? blank + 1 : 0;
        if (blank <= 2 && !(line.empty() && out.empty())) (out += line) += '\n';
    }
    while (out.ends_with("\n\n")) out.pop_back();
    return out == "\n" ? std::string{} : out;
}

}  // namespace

std::string_view html_charset(std::string_view html) {
    html = html.substr(0, 1024);
    for (std::size_t at = 0; (at = html.find_first_of("cC", at)) != std::string_view::npos; ++at) {
        std::string_view rest = html.substr(at);
        constexpr std::string_view word = "charset=";
        const bool here = rest.size() > word.size() &&
                          std::equal(word.begin(), word.end(), rest.begin(), [](char want, char is) {
                              return want == (is >= 'A' && is <= 'Z' ? static_cast<char>(is + 32) : is);
                          });
        if (!here) continue;
        rest.remove_prefix(word.size());
        if (rest.front() == '"' || rest.front() == '\'') rest.remove_prefix(1);
        return rest.substr(0, rest.find_first_of("\"' />;\r\n"));
    }
    return {};
}

std::string html_text(std::string_view html) {
    html = shortened(html, limits::html_bytes);
    if (html.empty()) return {};
    htmlSAXHandler handler{};
    handler.startElement = on_start;
    handler.endElement = on_end;
    handler.characters = on_characters;
    handler.ignorableWhitespace = on_characters;
    handler.initialized = XML_SAX2_MAGIC;  // else there is no serror
    handler.serror = on_error;
    Context context;
    const std::unique_ptr<htmlParserCtxt, FreeParser> parser{htmlNewParserCtxt()};
    if (!parser) return {};
    *parser->sax = handler;
    parser->userData = &context;
    context.parser = parser.get();
    // Without a root of its own the parser ends at the first element; with implied ones it invents
    // paragraphs.
    const std::string rooted =
        "<html><body>" + with_long_names_escaped(without_declarations(html)) + "</body></html>\n";
    htmlCtxtReadMemory(parser.get(), rooted.data(), static_cast<int>(rooted.size()), nullptr, "UTF-8",
                       HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                           HTML_PARSE_IGNORE_ENC | HTML_PARSE_NOIMPLIED);
    return tidy(cleaned(context.writer.taken()));
}

}  // namespace raadspost::answer::mail

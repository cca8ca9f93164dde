#include "core/public_pages/message_page.hpp"

#include "core/appeal/escape.hpp"
#include "core/appeal/fields.hpp"
#include "core/public_pages/layout.hpp"

#include <algorithm>

namespace raadspost::public_pages {
namespace {

using appeal::escaped_html;

constexpr std::string_view style_attribute = " style=\"";

std::string plain_words(std::string_view text) {
    std::string out = "<p>";
    for (const char letter : escaped_html(text)) {
        if (letter == '\n') out += "<br>";
        out += letter;
    }
    return out + "</p>\n";
}

// "35 kB"
std::string size_words(std::size_t bytes) {
    return std::to_string(std::max<std::size_t>(1, (bytes + 512) / 1024)) + " kB";
}

}  // namespace

std::string words_of_mail(std::string_view html) {
    constexpr std::string_view opening = "<main>\n", closing = "</main>";
    const std::size_t begin = html.find(opening), end = html.rfind(closing);
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return {};
    std::string_view rest = html.substr(begin + opening.size(), end - begin - opening.size());
    // Values are escaped in our mail, so a quotation mark in the text is &quot; and this finds tags only.
    std::string out;
    for (std::size_t at = rest.find(style_attribute); at != std::string_view::npos;
         at = rest.find(style_attribute)) {
        out += rest.substr(0, at);
        const std::size_t quote = rest.find('"', at + style_attribute.size());
        if (quote == std::string_view::npos) return {};
        rest.remove_prefix(quote + 1);
    }
    return out += rest;
}

std::string message_page(const MessageFacts& facts, std::string_view html, std::string_view text,
                         const std::vector<Enclosure>& enclosures) {
    std::string main = words_of_mail(html);
    if (main.empty()) main = "<h1>" + escaped_html(facts.subject) + "</h1>\n" + plain_words(text);
    if (!enclosures.empty()) {
        main += "<h2>Bijlagen</h2>\n<ul>\n";
        for (const Enclosure& each : enclosures)
            main += "<li>" + link(each.address, each.file_name) + " (" + size_words(each.bytes) + ")</li>\n";
        main += "</ul>\n";
    }
    main += "<p class=\"small\">Dit is het bericht dat " + escaped_html(facts.house.association) +
            (facts.sent_on ? " op " + appeal::dutch_date(*facts.sent_on) : "") +
            " stuurde aan de griffie van " + escaped_html(facts.council_names) + ", kenmerk " +
            escaped_html(facts.reference) + ".</p>\n";
    return document(facts.subject, facts.house, main, small_print(facts));
}

}  // namespace raadspost::public_pages

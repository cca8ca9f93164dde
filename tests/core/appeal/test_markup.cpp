#include "core/appeal/markup.hpp"

#include "../processor_time.hpp"

#include <rapidcheck.h>
#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace raadspost::appeal;

namespace {

// The tree on one line: p(words *bold* /italic/ [link](address)), h1(), ul(li() li()), ol3(...), hr.
std::string shown(const Document& document);

std::string shown(const std::vector<Span>& spans) {
    std::string out;
    for (const Span& span : spans) {
        std::string words = span.text == "\n" ? "|" : span.text;
        if (span.italic) words = '/' + words + '/';
        if (span.bold) words = '*' + words + '*';
        if (!span.address.empty()) words = '[' + words + "](" + span.address + ')';
        out += words;
    }
    return out;
}

std::string shown(const Block& block) {
    if (block.kind == Block::Kind::rule) return "hr";
    if (block.kind == Block::Kind::heading)
        return 'h' + std::to_string(block.level) + '(' + shown(block.spans) + ')';
    if (block.kind == Block::Kind::paragraph) return "p(" + shown(block.spans) + ')';
    std::string out =
        block.kind == Block::Kind::bulleted ? "ul(" : "ol" + std::to_string(block.first_number) + '(';
    for (const auto& item : block.items) out += "li(" + shown(item) + ')';
    return out + ')';
}

std::string shown(const Document& document) {
    std::string out;
    for (const Block& block : document) out += (out.empty() ? "" : " ") + shown(block);
    return out;
}

Document parsed(const std::string& source) {
    const std::unique_ptr<char[]> exact{new char[source.size()]};
    std::copy(source.begin(), source.end(), exact.get());
    return parsed_markup({exact.get(), source.size()});
}

int depth(const Document& document) {
    int most = 0;
    for (const Block& block : document)
        for (const auto& item : block.items) most = std::max(most, 1 + depth(item));
    return most;
}

}  // namespace

BOOST_AUTO_TEST_CASE(light_mark_up_is_read) {
    struct Row {
        std::string name, source, expected;
    };
    const std::vector<Row> rows = {
        {"empty", "", ""},
        {"paragraphs", "a\n\nb", "p(a) p(b)"},
        {"a line break stays", "a\nb", "p(a|b)"},
        {"emphasis", "a **b** *c* ***d***", "p(a *b* /c/ */d/*)"},
        {"headings", "# A\n## B\n###### C", "h1(A) h2(B) h3(C)"},
        {"bullets", "- a\n- b", "ul(li(p(a))li(p(b)))"},
        {"numbers", "3. a\n4. b", "ol3(li(p(a))li(p(b)))"},
        {"loose items", "- a\n\n- b", "ul(li(p(a))li(p(b)))"},
        {"an item of two paragraphs", "- a\n\n  b", "ul(li(p(a) p(b)))"},
        {"nested", "- a\n  - b", "ul(li(p(a) ul(li(p(b)))))"},
        {"rule", "a\n\n---\n\nb", "p(a) hr p(b)"},
        {"link", "[x](https://a.example)", "p([x](https://a.example))"},
        {"bold in a link", "[x **y**](https://a.example)",
         "p([x ](https://a.example)[*y*](https://a.example))"},
        {"bare link", "zie https://a.example/b.", "p(zie [https://a.example/b](https://a.example/b).)"},
        {"mail address", "a@b.example", "p([a@b.example](mailto:a@b.example))"},
        {"script link", "[x](javascript:alert)", "p(x)"},
        {"data link", "[x](data:text/html,a)", "p(x)"},
        {"picture", "![x](https://a.example/p.png)", "p(x)"},
        {"HTML stays letters", "<b>a</b> <script>", "p(<b>a</b> <script>)"},
        {"code", "`a`\n\n```\nb\n```", "p(a) p(b)"},
        {"quote", "> a", "p(a)"},
        {"an indented line is no code", "    a", "p(a)"},
        {"entities stay letters", "&copy; R&D", "p(&copy; R&D)"},
    };
    for (const Row& row : rows)
        BOOST_TEST_CONTEXT(row.name) BOOST_TEST(shown(parsed(row.source)) == row.expected);
}

BOOST_AUTO_TEST_CASE(pasted_bullets_become_dashes) {
    BOOST_TEST(bullets_as_dashes("a\n\xE2\x80\xA2\tb\n  \xE2\x80\xA2 c \xE2\x80\xA2 d\n") ==
               "a\n- b\n  - c \xE2\x80\xA2 d\n");
    BOOST_TEST(bullets_as_dashes("\xE2\x80\xA2") == "\xE2\x80\xA2");
    BOOST_TEST(bullets_as_dashes("") == "");
}

BOOST_AUTO_TEST_CASE(only_three_schemes_leave_the_house) {
    for (const char* good :
         {"https://a.example", "http://a.example/?q=1#x", "HTTPS://A.example", "mailto:a@b.example"})
        BOOST_TEST(is_safe_address(good));
    for (const char* bad :
         {"", "https:", "https://", "mailto:", "javascript:alert(1)", "file:///etc/x", "https://a b",
          "ftp://a", "https://a\n.example", "//a.example", "data:x", "JavaScript:x"})
        BOOST_TEST(!is_safe_address(bad));
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_flattened_and_quick) {
    std::string lists, quotes(20000, '>'), stars(20000, '*'), brackets;
    for (int i = 0; i < 300; ++i) lists += std::string(static_cast<std::size_t>(i) * 2, ' ') + "- a\n";
    for (int i = 0; i < 10000; ++i) brackets += "[a](";
    const double spent = raadspost::tests::processor_seconds_of([&] {
        BOOST_TEST(depth(parsed(lists)) <= deepest_list);
        parsed(quotes + "a");
        parsed(stars + "a" + stars);
        parsed(brackets);
    });
    BOOST_TEST(spent < 20.0);
}

BOOST_AUTO_TEST_CASE(any_text_is_read) {
    const auto pieces = rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("*", "**", "# ", "- ", "1. ", "> ", "\n", "  ", "[", "](", ")",
                                      "https://x.example", "`", "---", "a", "\\", "<", ">", "\xFF", "é"));
    BOOST_TEST(rc::check("no piece of mark-up is dangerous", [&] {
        std::string source;
        for (const std::string& piece : *pieces) source += piece;
        RC_ASSERT(depth(parsed(source)) <= deepest_list);
    }));
}

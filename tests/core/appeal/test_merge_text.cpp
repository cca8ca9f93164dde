#include "core/appeal/escape.hpp"
#include "core/appeal/markup.hpp"
#include "core/appeal/merge_text.hpp"

#include <rapidcheck.h>
#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace raadspost;
using namespace raadspost::appeal;

namespace {

FieldValues heemstede() {
    FieldValues values;
    values.set(Field::gemeente, "Heemstede")
        .set(Field::provincie, "Noord-Holland")
        .set(Field::zetels, std::int64_t{21});
    values.set(Field::dorpsorganisaties, std::int64_t{0}).set(Field::vereniging, "Dorpen & Kernen");
    values.set(Field::webversie, "https://post.example/w/a_b*c");
    return values;
}

// The text in a buffer that ends where the text ends, so that the sanitizer sees a step too far.
Result<MergeText> compiled(const std::string& source, Target target) {
    const std::unique_ptr<char[]> exact{new char[source.size()]};
    std::copy(source.begin(), source.end(), exact.get());
    return MergeText::compile({exact.get(), source.size()}, target);
}

std::string rendered(const std::string& source, const FieldValues& values, Target target = Target::text) {
    const auto text = compiled(source, target);
    BOOST_TEST_REQUIRE(bool(text), source << ": " << (text ? "" : text.problem().text));
    const auto out = text->render(values);
    return out ? *out : out.problem().id + " at " + out.problem().place;
}

}  // namespace

BOOST_AUTO_TEST_CASE(texts_render) {
    struct Row {
        std::string name, source, expected;
    };
    const std::vector<Row> rows = {
        {"nothing to do", "Beste raad,\n\nDag.\n", "Beste raad,\n\nDag.\n"},
        {"empty", "", ""},
        {"a value", "Raad van {{gemeente}}.", "Raad van Heemstede."},
        {"blanks in the mark", "{{ gemeente }}", "Heemstede"},
        {"a literal fallback", "{{griffier|griffie}}", "griffie"},
        {"a fallback not needed", "{{gemeente|uw gemeente}}", "Heemstede"},
        {"a field as fallback", "{{griffier|gemeente}}", "Heemstede"},
        {"a field's name in quotes is words", "{{griffier|\"gemeente\"}}", "gemeente"},
        {"several alternatives", "{{griffier|afzender|provincie|x}}", "Noord-Holland"},
        {"may be empty", "[{{griffier|}}]", "[]"},
        {"zero gives way to a fallback", "{{dorpsorganisaties|enkele}}", "enkele"},
        {"zero is printed where asked for", "{{dorpsorganisaties}}", "0"},
        {"zero before an empty field", "{{dorpsorganisaties|griffier}}", "0"},
        {"section", "{{#zetels}}{{zetels}} zetels{{/zetels}}", "21 zetels"},
        {"section without", "a{{#griffier}}b{{/griffier}}c", "ac"},
        {"section of zero", "a{{#dorpsorganisaties}}b{{/dorpsorganisaties}}c", "ac"},
        {"inverted", "{{^griffier}}griffie{{/griffier}}{{^gemeente}}x{{/gemeente}}", "griffie"},
        {"nested", "{{#gemeente}}a{{#griffier}}b{{/griffier}}{{^griffier}}c{{/griffier}}{{/gemeente}}", "ac"},
        {"empty field in a section not taken", "{{#griffier}}{{griffier}}{{/griffier}}.", "."},
        {"lines of marks leave no line", "a\n{{#gemeente}}\nb\n {{/gemeente}} \nc", "a\nb\nc"},
        {"two marks on one line", "a\n{{/gemeente}}", "appeal_section_unopened"},
        {"remark", "a\n{{! niet vergeten }}\nb{{!x}}c", "a\nbc"},
        {"carriage returns", "a\r\n{{gemeente}}\r\n", "a\nHeemstede\n"},
        {"single braces are letters", "{gemeente} } {", "{gemeente} } {"},
        {"empty value", "x\n  {{griffier}}", "appeal_empty_field at line 2, column 3"},
        {"empty value after wide letters", "éé{{griffier}}", "appeal_empty_field at line 1, column 3"},
        {"all alternatives empty", "{{griffier|afzender}}", "appeal_empty_field at line 1, column 1"},
    };
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.name) {
            const auto text = compiled(row.source, Target::text);
            BOOST_TEST((text ? rendered(row.source, heemstede()) : text.problem().id) == row.expected);
        }
}

BOOST_AUTO_TEST_CASE(a_field_of_lines_keeps_them_and_nothing_else) {
    FieldValues values;
    values.set(Field::ondertekening, " Jolien *Veldkamp*\r\nvoorzitter\n\n# LVKK\n");
    const auto of = [&](Target target) {
        const auto out = compiled("{{ondertekening}}", target)->render(values);
        return out ? *out : out.problem().id;
    };
    BOOST_TEST(of(Target::markup) == "Jolien \\*Veldkamp\\*\nvoorzitter\n\n\\# LVKK");
    BOOST_TEST(of(Target::header) == "appeal_header_control");
}

BOOST_AUTO_TEST_CASE(mistakes_are_told_with_their_place) {
    struct Row {
        std::string name, source, expected;
        Target target = Target::text;
    };
    const std::vector<Row> rows = {
        {"unknown field", "a\nb {{gemente}}", "appeal_unknown_field line 2, column 3"},
        {"unknown field in capitals", "{{Gemeente}}", "appeal_unknown_field line 1, column 1"},
        {"misspelt fallback", "{{griffier|griffie_adrs}}", "appeal_unknown_field line 1, column 1"},
        {"unknown section", "{{#dorpen}}x{{/dorpen}}", "appeal_unknown_field line 1, column 1"},
        {"no name", "{{}}", "appeal_field_missing line 1, column 1"},
        {"no name but a fallback", "{{|x}}", "appeal_field_missing line 1, column 1"},
        {"open braces", "{{gemeente\n}}", "appeal_braces_open line 1, column 1"},
        {"open braces before a field", "{{ {{gemeente}}", "appeal_braces_open line 1, column 1"},
        {"stray closing", "ab gemeente}}", "appeal_braces_open line 1, column 12"},
        {"a brace too many", "{{gemeente}}}", "appeal_braces_open line 1, column 13"},
        {"a brace in a fallback", "{{griffier|{}}{", "appeal_braces_open line 1, column 1"},
        {"open section", "x\n{{#gemeente}}y", "appeal_section_open line 2, column 1"},
        {"closed only", "x{{/gemeente}}", "appeal_section_unopened line 1, column 2"},
        {"crossed", "{{#gemeente}}{{^zetels}}{{/gemeente}}{{/zetels}}",
         "appeal_section_crossed line 1, column 25"},
        {"three braces", "{{{gemeente}}}", "appeal_unknown_field line 1, column 1"},
        {"not UTF-8", "a\n\xFF", "appeal_text_not_utf8 line 2, column 1"},
        {"subject of two lines", "a\nb", "appeal_header_control line 1, column 2", Target::header},
        {"tab in a subject", "a\tb", "appeal_header_control line 1, column 2", Target::header},
        {"too long", std::string(MergeLimits::source_bytes + 1, 'x'),
         "appeal_text_too_long line 1, column 1"},
    };
    for (const Row& row : rows) BOOST_TEST_CONTEXT(row.name) {
            const auto text = compiled(row.source, row.target);
            BOOST_TEST_REQUIRE(!text);
            BOOST_TEST(text.problem().id + ' ' + text.problem().place == row.expected);
            BOOST_TEST(!MergeText::check(row.source, row.target).empty());
        }
}

BOOST_AUTO_TEST_CASE(all_mistakes_are_told_at_once_in_order) {
    const auto problems = MergeText::check("{{#zetels}}\n{{aa}}\n{{gemeente\n", Target::text);
    BOOST_TEST_REQUIRE(problems.size() == 3U);
    BOOST_TEST(problems[0].id == "appeal_section_open");
    BOOST_TEST(problems[1].id == "appeal_unknown_field");
    BOOST_TEST(problems[1].found == "aa");
    BOOST_TEST(problems[2].id == "appeal_braces_open");
    std::string deep;
    for (int i = 0; i < 40; ++i) deep += "{{#gemeente}}";
    for (int i = 0; i < 40; ++i) deep += "{{/gemeente}}";
    BOOST_TEST(MergeText::compile(deep, Target::text).problem().id == "appeal_sections_too_deep");
}

BOOST_AUTO_TEST_CASE(empty_fields_and_fields_used) {
    const auto text = MergeText::compile(
        "{{griffier}} {{gemeente}}\n{{#zetels}}{{afzender}}{{/zetels}}{{kenmerk|-}}", Target::text);
    BOOST_TEST_REQUIRE(bool(text));
    const auto empty = text->empty_fields(heemstede());
    BOOST_TEST_REQUIRE(empty.size() == 2U);
    BOOST_TEST((empty[0].field == Field::griffier && empty[1].field == Field::afzender));
    BOOST_TEST(place_text(empty[1].place) == "line 2, column 12");
    BOOST_TEST((text->fields() == std::vector{Field::gemeente, Field::zetels, Field::griffier,
                                              Field::afzender, Field::kenmerk}));
}

BOOST_AUTO_TEST_CASE(values_are_escaped_for_where_they_land) {
    FieldValues values = heemstede();
    values.set(Field::griffier, " <b>\"R&D\" 'x'</b>\r\n# **{{kenmerk}}**\x01 ");
    BOOST_TEST(rendered("{{griffier}}", values, Target::html) ==
               " &lt;b&gt;&quot;R&amp;D&quot; &#39;x&#39;&lt;/b&gt;\n# **{{kenmerk}}** ");
    BOOST_TEST(rendered("{{griffier}}", values, Target::text) == " <b>\"R&D\" 'x'</b>\n# **{{kenmerk}}** ");
    BOOST_TEST(rendered("{{griffier}}", values, Target::markup) ==
               "\\<b\\>\\\"R\\&D\\\" \\'x\\'\\<\\/b\\> \\# \\*\\*\\{\\{kenmerk\\}\\}\\*\\*");
    BOOST_TEST(rendered("{{griffier}}", values, Target::header) ==
               "appeal_header_control at line 1, column 1");
    BOOST_TEST(rendered("{{webversie}}", values, Target::markup) == "<https://post.example/w/a_b*c>");
    values.set(Field::webversie, "javascript:alert(1)");
    BOOST_TEST(rendered("{{webversie}}", values, Target::markup) == "javascript\\:alert\\(1\\)");
    values.set(Field::gemeente,
               "a\xFF"
               "b");
    BOOST_TEST(rendered("{{gemeente}}", values) ==
               "a\xEF\xBF\xBD"
               "b");
}

BOOST_AUTO_TEST_CASE(a_value_is_never_read_again) {
    BOOST_TEST(rc::check(
        "no value changes what surrounds it", [](const std::string& griffier, const std::string& gemeente) {
            FieldValues values;
            values.set(Field::griffier, griffier).set(Field::gemeente, gemeente);
            const auto text = MergeText::compile("a{{griffier|}}b{{gemeente|}}c", Target::text);
            const auto out = text->render(values);
            const auto shown = [&](Field field) {
                return values.filled(field) ? escaped_text(values[field]) : std::string{};
            };
            RC_ASSERT(bool(out));
            RC_ASSERT(*out == "a" + shown(Field::griffier) + "b" + shown(Field::gemeente) + "c");
        }));
}

BOOST_AUTO_TEST_CASE(no_value_becomes_mark_up) {
    const auto pieces = rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "*", "**", "_", "#", "# ", "- ", "1. ", "> ", "\n", "\n\n", "    ", "[a](https://x.example)",
        "<https://x.example>", "https://x.example", "www.x.example", "a@x.example", "`", "```", "---", "===",
        "&amp;", "<b>", "\\", "\t", "{{", "}}", "{{gemeente}}", "é", "a", "!", "|", "~~", "\xE2\x80\xA2 "));
    BOOST_TEST(rc::check("one paragraph with the value's own letters", [&] {
        std::string value;
        for (const std::string& piece : *pieces) value += piece;
        FieldValues values;
        values.set(Field::gemeente, value);
        RC_PRE(values.filled(Field::gemeente));
        const auto text = MergeText::compile("{{gemeente}}", Target::markup);
        const Document document = parsed_markup(*text->render(values));
        RC_ASSERT(document.size() == 1U);
        RC_ASSERT(document[0].kind == Block::Kind::paragraph);
        RC_ASSERT(document[0].spans.size() == 1U);
        const Span& span = document[0].spans[0];
        RC_ASSERT(!span.bold && !span.italic && span.address.empty());
        std::string letters = value, shown = span.text;
        std::erase_if(letters, [](char c) { return c == ' ' || c == '\n' || c == '\t'; });
        std::erase(shown, ' ');
        RC_ASSERT(shown == letters);
    }));
}

BOOST_AUTO_TEST_CASE(a_name_that_begins_with_a_bullet_is_no_list_but_a_typed_bullet_is) {
    FieldValues values;
    values.set(Field::gemeente, "\xE2\x80\xA2 a");
    const auto text = MergeText::compile("{{gemeente}}\n\n\xE2\x80\xA2\tb", Target::markup);
    const Document document = parsed_markup(*text->render(values));
    BOOST_TEST_REQUIRE(document.size() == 2U);
    BOOST_TEST((document[0].kind == Block::Kind::paragraph));
    BOOST_TEST((document[1].kind == Block::Kind::bulleted));
}

BOOST_AUTO_TEST_CASE(rendering_never_leaves_a_mark) {
    const auto pieces = rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "{{", "}}", "{", "}", "#", "/", "^", "|", "!", "gemeente", "zetels", "griffier", "{{gemeente}}",
        "{{#zetels}}", "{{/zetels}}", "\n", " ", "é", "\"", "{{griffier|", "\r\n"));
    BOOST_TEST(rc::check("a text that compiles renders without braces", [&] {
        std::string source;
        for (const std::string& piece : *pieces) source += piece;
        const auto text = MergeText::compile(source, Target::text);
        RC_ASSERT(bool(text) == MergeText::check(source, Target::text).empty());
        if (!text) return;
        const auto out = text->render(heemstede());
        if (!out) {
            RC_ASSERT(!text->empty_fields(heemstede()).empty());
            return;
        }
        RC_ASSERT(text->empty_fields(heemstede()).empty());
        RC_ASSERT(out->find("{{") == std::string::npos);
        RC_ASSERT(out->find("}}") == std::string::npos);
    }));
}

BOOST_AUTO_TEST_CASE(one_text_renders_on_many_threads) {
    const auto text =
        MergeText::compile("{{gemeente}} {{#zetels}}{{zetels}}{{/zetels}} {{griffier|-}}", Target::markup);
    BOOST_TEST_REQUIRE(bool(text));
    std::vector<int> right(4);
    {
        std::vector<std::jthread> threads;
        for (int& count : right)
            threads.emplace_back([&] {
                for (int i = 0; i < 5000; ++i) count += *text->render(heemstede()) == "Heemstede 21 -";
            });
    }
    for (const int count : right) BOOST_TEST(count == 5000);
}

#include "core/appeal/colour.hpp"
#include "core/appeal/default_steps.hpp"
#include "core/appeal/letter.hpp"
#include "core/appeal/message.hpp"
#include "core/appeal/samples.hpp"

#include <rapidcheck.h>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

using namespace raadspost;
using namespace raadspost::appeal;

namespace {

MessageFrame frame() {
    MessageFrame out;
    out.association = "Dorpen & Kernen";
    out.colour = "#1F5C4D";
    out.council = "Heemstede";
    out.sender_address = "oproep@dorpen.example";
    out.recipient = "griffie@heemstede.example";
    out.address_source = "Het adres komt uit het Register van Overheidsorganisaties.";
    out.postal_address = "Postbus 1, 1234 AB Ons Dorp";
    out.reference = "RP-2026-0397";
    out.answer_link = "https://post.example/a/1?x=1&y=2";
    out.web_version_link = "https://post.example/w/1";
    out.unsubscribe_link = "https://post.example/u/1";
    out.letters = 1;
    return out;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

std::size_t characters(const std::string& line) {
    return static_cast<std::size_t>(std::count_if(
        line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Every tag that is opened is closed, in order; enough of a check for what we write ourselves.
bool well_nested(const std::string& html) {
    std::vector<std::string> open;
    for (auto at = html.find('<'); at != std::string::npos; at = html.find('<', at + 1)) {
        const auto end = html.find_first_of(" >", at);
        const std::string name = html.substr(at + 1, end - at - 1);
        if (name == "!DOCTYPE" || name == "meta" || name == "br" || name == "hr") continue;
        if (name[0] != '/')
            open.push_back(name);
        else if (open.empty() || open.back() != name.substr(1))
            return false;
        else
            open.pop_back();
    }
    return open.empty();
}

}  // namespace

BOOST_AUTO_TEST_CASE(samples_become_messages) {
    BOOST_TEST_REQUIRE(samples().size() == 3U);
    for (const Sample& sample : samples()) BOOST_TEST_CONTEXT(sample.key) {
            const auto compiled = MessageTemplate::compile(sample.subject, sample.message);
            BOOST_TEST_REQUIRE(bool(compiled));
            const auto message = compiled->render(example_values(), frame());
            BOOST_TEST_REQUIRE(bool(message));
            BOOST_TEST(has(message->subject, "Heemstede"));
            BOOST_TEST(message->html.size() < longest_html);
            BOOST_TEST(well_nested(message->html));
            for (const std::string_view part :
                 {"<html lang=\"nl\">", "<meta name=\"color-scheme\" content=\"light dark\">",
                  "prefers-color-scheme:dark", "<main>", "</header>", "</footer>", "Dorpen &amp; Kernen",
                  "https://post.example/a/1?x=1&amp;y=2", "https://post.example/w/1",
                  "https://post.example/u/1", "oproep@dorpen.example", "griffie@heemstede.example",
                  "Register van Overheidsorganisaties", "RP-2026-0397", "font-size:16px"})
                BOOST_TEST(has(message->html, part), part);
            BOOST_TEST(count_of(message->html, "<h1") == 1U);
            for (const std::string_view part : {"<img", "<script", "url(", "http-equiv"})
                BOOST_TEST(!has(message->html, part));
            for (const std::string_view part :
                 {"https://post.example/a/1?x=1&y=2", "https://post.example/u/1", "Dorpen & Kernen"})
                BOOST_TEST(has(message->text, part), part);
            std::istringstream lines{message->text};
            for (std::string line; std::getline(lines, line);) {
                BOOST_TEST((characters(line) <= longest_text_line || !has(line, " ")), line);
                BOOST_TEST(!line.ends_with(' '), line);
            }
            BOOST_TEST(!has(message->text, "{{"));
            BOOST_TEST(!has(message->html, "{{"));
        }
}

BOOST_AUTO_TEST_CASE(the_footer_says_how_many_letters_are_attached) {
    const auto compiled = MessageTemplate::compile("Onderwerp", "Geachte griffier,");
    BOOST_TEST_REQUIRE(bool(compiled));
    const auto said = [&](std::size_t letters) {
        MessageFrame of = frame();
        of.letters = letters;
        const auto message = compiled->render(example_values(), of);
        const bool one = has(message->text, "De brief aan de raad is als PDF bijgevoegd."),
                   several = has(message->text, "De brieven aan de raden zijn als PDF bijgevoegd");
        BOOST_TEST(has(message->html, "als PDF bijgevoegd") == (one || several));
        return std::pair{one, several};
    };
    BOOST_TEST((said(0) == std::pair{false, false}));
    BOOST_TEST((said(1) == std::pair{true, false}));
    BOOST_TEST((said(2) == std::pair{false, true}));
}

BOOST_AUTO_TEST_CASE(default_steps_become_messages_and_letters_for_any_council) {
    const FieldValues full = example_values();
    // Nothing is known but what every council has: no section may leave a hole.
    FieldValues bare;
    for (const Field field : {Field::gemeente, Field::aanhef, Field::vereniging, Field::afzender,
                              Field::afzender_adres, Field::ondertekening, Field::installatiedag})
        bare.set(field, full[field]);
    BOOST_TEST_REQUIRE(!default_steps().empty());
    for (const DefaultStep& step : default_steps()) BOOST_TEST_CONTEXT(step.name) {
            const auto compiled = MessageTemplate::compile(step.subject, step.message);
            BOOST_TEST_REQUIRE(bool(compiled));
            for (const FieldValues& values : {full, bare}) {
                const auto message = compiled->render(values, frame());
                BOOST_TEST_REQUIRE(bool(message));
                BOOST_TEST(has(message->subject, "Heemstede"));
                BOOST_TEST(has(message->text, values[Field::aanhef] + ",\n"));
                BOOST_TEST(has(message->text, values[Field::ondertekening]));
            }
            if (step.letter.empty()) continue;
            const auto letter = LetterTemplate::compile("Onderwerp", step.letter);
            BOOST_TEST_REQUIRE(bool(letter));
            BOOST_TEST(letter->body().empty_fields(bare).empty());
        }
}

BOOST_AUTO_TEST_CASE(plain_text_has_the_layout_of_the_source) {
    const std::string source =
        "# Kop\n\nEen [link](https://a.example/x) en **vet**, nog eens [die](https://a.example/x).\n\n"
        "1. een\n2. twee woorden die lang genoeg zijn om over de rand van zesenzeventig tekens te gaan\n   - "
        "onder\n\n"
        "Zie https://b.example/y of a@b.example.\n\n---\n\nRegel\nafgebroken";
    BOOST_TEST(message_text(source, {})
                   .starts_with("Kop\n"
                                "===\n"
                                "\n"
                                "Een link [1] en vet, nog eens die [1].\n"
                                "\n"
                                "1. een\n"
                                "2. twee woorden die lang genoeg zijn om over de rand van zesenzeventig\n"
                                "   tekens te gaan\n"
                                "   - onder\n"
                                "\n"
                                "Zie https://b.example/y of a@b.example.\n"
                                "\n"
                                "------------------------\n"
                                "\n"
                                "Regel\n"
                                "afgebroken\n"
                                "\n"
                                "[1] https://a.example/x\n"));
}

BOOST_AUTO_TEST_CASE(headings_never_skip_a_level) {
    const std::string html = message_html("t", "### a\n\n# b\n\n### c", frame());
    BOOST_TEST(count_of(html, "<h2") == 2U);
    BOOST_TEST(count_of(html, "<h3") == 1U);
    BOOST_TEST(count_of(html, "<h4") == 0U);
}

BOOST_AUTO_TEST_CASE(links_that_are_empty_or_unsafe_are_left_out) {
    MessageFrame bare;
    bare.answer_link = "javascript:alert(1)";
    const std::string html = message_html("t", "a", bare);
    BOOST_TEST(!has(html, "javascript"));
    BOOST_TEST(!has(html, "<a "));
    BOOST_TEST(well_nested(html));
    BOOST_TEST(!has(message_text("a", bare), "javascript"));
}

BOOST_AUTO_TEST_CASE(mistakes_name_the_part) {
    const auto problem = [](std::string_view subject, std::string_view body) {
        const auto compiled = MessageTemplate::compile(subject, body);
        if (!compiled) return compiled.problem().id + ' ' + compiled.problem().place;
        const auto message = compiled->render(FieldValues{}, {});
        return message ? std::string{} : message.problem().id + ' ' + message.problem().place;
    };
    BOOST_TEST(problem("a\nb", "c") == "appeal_header_control subject, line 1, column 2");
    BOOST_TEST(problem("a", "{{x}}") == "appeal_unknown_field message, line 1, column 1");
    BOOST_TEST(problem("{{gemeente}}", "c") == "appeal_empty_field subject, line 1, column 1");
    BOOST_TEST(problem("a", "\n{{gemeente}}") == "appeal_empty_field message, line 2, column 1");
    BOOST_TEST(problem("a", std::string(40000, 'x')) == "appeal_message_too_long message");
}

BOOST_AUTO_TEST_CASE(hostile_values_stay_words) {
    const auto compiled =
        MessageTemplate::compile("Aan {{gemeente}}", "Raad van {{gemeente}}, **{{griffier}}**");
    BOOST_TEST_REQUIRE(bool(compiled));
    const auto pieces = rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "<script>", "</p>", "\"", "'", ">", "<a href=\"https://x.example\">", "&", "\r\nBcc: a@b.example",
        "\n", "\x01", "{{kenmerk}}", "[a](https://x.example)", "**", "a", "é", "\xFF"));
    BOOST_TEST(rc::check("no tag, link or header comes from a value", [&] {
        std::string value = "x";
        for (const std::string& piece : *pieces) value += piece;
        FieldValues values;
        values.set(Field::gemeente, value).set(Field::griffier, value);
        MessageFrame hostile;
        hostile.association = hostile.council = hostile.recipient = hostile.postal_address = hostile.colour =
            value;
        const auto message = compiled->render(values, hostile);
        if (!message) {
            RC_ASSERT(message.problem().id == "appeal_header_control");
            return;
        }
        RC_ASSERT(message->subject.find_first_of("\r\n") == std::string::npos);
        RC_ASSERT(well_nested(message->html));
        RC_ASSERT(count_of(message->html, "<a ") == 0U);
        RC_ASSERT(count_of(message->html, "<script") == 0U);
    }));
}

BOOST_AUTO_TEST_CASE(colours_are_made_readable) {
    for (const char* colour :
         {"#FFFF00", "#1F5C4D", "#000000", "#FFFFFF", "87214A", "red", "", "#12345", "#GGGGGG"}) {
        const Colour house = house_colour(colour);
        BOOST_TEST(contrast(house, white) >= readable_contrast, colour);
        const Colour dark{0.11, 0.12, 0.13};
        BOOST_TEST(contrast(readable_on(dark, house), dark) >= readable_contrast, colour);
    }
    BOOST_TEST(hex(house_colour("#1F5C4D")) == "#1f5c4d");
    BOOST_TEST(contrast(white, {0, 0, 0}) == 21.0, boost::test_tools::tolerance(0.001));
}

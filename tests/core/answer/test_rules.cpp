// The rules' file: what is refused, with its line, and what a rule sees.
#include "core/answer/rules.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace raadspost::answer;

namespace {

struct Refused {
    const char* text;
    const char* id;
    const char* place;
};
std::ostream& operator<<(std::ostream& out, const Refused& refused) {
    return out << refused.id;
}

const Refused refused[] = {
    {"", "rules_version_missing", "line 1"},
    {"word a = b", "rules_version_missing", "line 1"},
    {"version v\nwords a = b", "rules_line_unknown", "line 2"},
    {"version v\nword A = b", "rules_line_unknown", "line 2"},
    {"version v\nword a b", "rules_line_unknown", "line 2"},
    {"version v\n# told\nword a = (b", "rules_pattern_bad", "line 3"},
    {"version v\nword a = b*", "rules_pattern_bad", "line 2"},
    {"version v\nword a = {b}", "rules_word_unknown", "line 2"},
    {"version v\nword a = b\nword a = c", "rules_word_twice", "line 3"},
    {"version v\nword a = b\nrule r nothing 90 = a", "rules_kind_unknown", "line 3"},
    {"version v\nword a = b\nrule r listed 0 = a", "rules_percent_bad", "line 3"},
    {"version v\nword a = b\nrule r listed 101 = a", "rules_percent_bad", "line 3"},
    {"version v\nword a = b\nrule r listed 9x = a", "rules_percent_bad", "line 3"},
    {"version v\nword a = b\nrule r listed 90 = a c", "rules_word_unknown", "line 3"},
    {"version v\nword a = b\nrule r listed 90 = -a", "rules_term_missing", "line 3"},
    {"version v\nword a = b\nrule r listed 90 =", "rules_term_missing", "line 3"},
};

Rules good(const std::string& text) {
    auto rules = Rules::parse(text);
    BOOST_REQUIRE_MESSAGE(bool{rules}, (rules ? std::string{} : rules.problem().text));
    return std::move(*rules);
}

bool occurs(const Rules& rules, std::string_view word, std::string_view text) {
    return rules.words_in(text).test(*rules.word(word));
}

}  // namespace

BOOST_DATA_TEST_CASE(a_bad_file_is_refused_with_its_line, boost::unit_test::data::make(refused), each) {
    const auto rules = Rules::parse(each.text);
    BOOST_REQUIRE(!bool{rules});
    BOOST_TEST(rules.problem().id == each.id);
    BOOST_TEST(rules.problem().place == each.place);
    BOOST_TEST(!rules.problem().text.empty());
}

BOOST_AUTO_TEST_CASE(too_large_a_file_is_refused) {
    const auto rules = Rules::parse(std::string(max_rule_file + 1, '#'));
    BOOST_REQUIRE(!bool{rules});
    BOOST_TEST(rules.problem().id == "rules_too_large");
}

BOOST_AUTO_TEST_CASE(words_that_swell_by_insertion_are_refused) {
    // Without the limit forty lines make a pattern of a thousand gigabytes.
    std::string text = "version v\nword a0 = abcdefgh\n";
    for (int i = 1; i < 40; ++i)
        text += "word a" + std::to_string(i) + " = {a" + std::to_string(i - 1) + "}|{a" +
                std::to_string(i - 1) + "}\n";
    const auto rules = Rules::parse(text);
    BOOST_REQUIRE(!bool{rules});
    BOOST_TEST(rules.problem().id == "rules_too_large");
}

BOOST_AUTO_TEST_CASE(a_word_is_found_as_a_whole_word) {
    const Rules rules = good(
        "version v\nword lis = lis\nword send = door(ge)?stuurd | verspreid\nword both = {lis} of "
        "{send}\nrule r listed 90 = lis send both\n");
    BOOST_TEST(occurs(rules, "lis", "staat op de lis."));
    BOOST_TEST(!occurs(rules, "lis", "een lijst, de lisdodde"));
    BOOST_TEST(occurs(rules, "send", "is doorgestuurd"));
    BOOST_TEST(occurs(rules, "both", "lis of verspreid"));
    BOOST_TEST(!rules.words_in("").any());
}

BOOST_AUTO_TEST_CASE(blanks_inside_brackets_count) {
    const Rules rules = good("version v\nword raad = naar (de |onze )?raad\nrule r listed 90 = raad\n");
    BOOST_TEST(occurs(rules, "raad", "naar de raad"));
    BOOST_TEST(!occurs(rules, "raad", "naar deraad"));
}

BOOST_AUTO_TEST_CASE(a_line_that_begins_with_a_blank_goes_on) {
    const Rules rules = good("version v\nword a = een\n  | twee\nrule r listed 90 = a\n  -a\n");
    BOOST_TEST(occurs(rules, "a", "twee"));
    BOOST_TEST(rules.rules().front().terms.size() == 2);
}

BOOST_AUTO_TEST_CASE(the_version_follows_the_content) {
    const std::string text = "version nl-9\nword a = b\nrule r listed 90 = a\n";
    BOOST_TEST(good(text).version().starts_with("nl-9."));
    BOOST_TEST(good(text).version() == good(text).version());
    BOOST_TEST(good(text).version() != good(text + "# a note\n").version());
}

BOOST_AUTO_TEST_CASE(the_rules_that_come_along_are_good) {
    const Rules rules = good(std::string{default_rules()});
    BOOST_TEST(rules.rules().size() > 40);
}

BOOST_AUTO_TEST_CASE(no_rule_that_comes_along_is_the_last_word) {
    const auto rules = Rules::parse(default_rules());
    BOOST_REQUIRE(rules);
    for (const Rule& each : rules->rules()) BOOST_TEST(each.percent < 100, each.name);
}

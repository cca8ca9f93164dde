#include "core/answer/review/rules_compared.hpp"

#include <boost/test/unit_test.hpp>

using namespace raadspost::answer;

namespace {

Rules rules(std::string_view last) {
    auto parsed = Rules::parse(std::string{"version try\n"
                                           "word flutter = fladderwiek\n"
                                           "word swallow = zwaluwstaart\n"
                                           "rule fluttered distributed 90 = flutter\n"} +
                               std::string{last});
    BOOST_REQUIRE(parsed);
    return std::move(*parsed);
}

// Words that weigh nothing, so that the rules stand.
constexpr std::string_view letter = "Fladderwiek. Zwaluwstaart.\n";

}  // namespace

BOOST_AUTO_TEST_CASE(each_set_of_rules_says_its_own) {
    BOOST_TEST(said_by(rules(""), letter).kinds == "distributed");
    BOOST_TEST(said_by(rules(""), letter).line == "Fladderwiek.");
    BOOST_TEST(same_kinds(said_by(rules("rule swallowed listed 80 = swallow\n"), letter).kinds,
                          "listed,distributed"));
}

BOOST_AUTO_TEST_CASE(what_no_rule_knows_is_something_else) {
    BOOST_TEST(said_by(rules(""), "Goedemorgen.\n").kinds == "other");
    BOOST_TEST(said_by(rules(""), "").kinds == "other");
}

BOOST_AUTO_TEST_CASE(what_is_quoted_is_not_looked_at) {
    BOOST_TEST(
        said_by(rules(""),
                "Goedemorgen.\n\nOp 3 november 2026 schreef LVKK <post@lvkk.example>:\n> Is het doorgestuurd?\n")
            .kinds == "other");
}

BOOST_AUTO_TEST_CASE(kinds_are_the_same_in_any_order) {
    BOOST_TEST(same_kinds("listed,agenda", "agenda,listed"));
    BOOST_TEST(same_kinds("", ""));
    BOOST_TEST(!same_kinds("listed", "listed,agenda"));
}

// Guessing at what no rule understands.
#include "core/answer/acting/self_settling.hpp"
#include "core/answer/rules/guesses.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

using namespace raadspost::answer;

namespace {

struct Broken {
    const char* text;
    const char* problem;
};
std::ostream& operator<<(std::ostream& out, const Broken& broken) {
    return out << broken.problem << ": " << broken.text;
}
const Broken broken[] = {
    {"", "guesses_kinds_missing"},
    {"# nothing but this\n", "guesses_kinds_missing"},
    {"brief 1 2\n", "guesses_kinds_missing"},
    {"kinds listed nonsense\n", "guesses_kinds_missing"},
    {"kinds listed other\nbrief 1\n", "guesses_line_bad"},
    {"kinds listed other\nbrief 1 2 3\n", "guesses_line_bad"},
    {"kinds listed other\nbrief 1 x\n", "guesses_line_bad"},
    {"kinds listed other\nbrief 1 99999\n", "guesses_line_bad"},
};

Guesses small() {
    return *Guesses::parse(
        "kinds listed redirect other\n"
        "- -200 -200 -100\n"
        "lijst 500 0 0\n"
        "op_de 300 0 0\n"
        "plaat* 300 0 0\n"
        "@ 0 900 0\n"
        "weer 0 0 900\n");
}

std::optional<Guess> guess(const std::string& text) {
    static const Guesses guesses = small();
    const auto cut = sentences(text);
    return guesses.guess(cut);
}

}  // namespace

BOOST_DATA_TEST_CASE(broken_weights_are_refused, boost::unit_test::data::make(broken), each) {
    const auto read = Guesses::parse(each.text);
    BOOST_REQUIRE(!read);
    BOOST_TEST(read.problem().id == each.problem);
}

BOOST_AUTO_TEST_CASE(a_guess_names_the_sentence_that_weighs_most) {
    const auto listed = guess("Dag allemaal. Hij staat straks op de lijst.");
    BOOST_REQUIRE(listed);
    BOOST_TEST((listed->kind == Kind::listed));
    BOOST_TEST(listed->sentence == 1);
    const auto redirect = guess("Zie griffie@dorp.example. Dag.");
    BOOST_REQUIRE(redirect);
    BOOST_TEST((redirect->kind == Kind::redirect));
    BOOST_TEST(redirect->sentence == 0);
}

BOOST_AUTO_TEST_CASE(nothing_is_guessed_out_of_little) {
    BOOST_TEST(!guess(""));
    BOOST_TEST(!guess("Lorem ipsum."));
    BOOST_TEST(!guess("Het weer is mooi."));
    BOOST_TEST(!default_guesses().guess(sentences("")));
}

BOOST_AUTO_TEST_CASE(no_guess_settles_by_itself) {
    static_assert(most_sure_guess < sure_enough);
    std::string sure;
    for (int i = 0; i < 50; ++i) sure += "lijst op de plaats ";
    const auto found = guess(sure);
    BOOST_REQUIRE(found);
    BOOST_TEST(found->percent <= most_sure_guess);
    BOOST_TEST(found->percent > 0);
}

BOOST_AUTO_TEST_CASE(endless_text_is_guessed_at_in_part) {
    std::string text;
    for (int i = 0; i < 200'000; ++i) text += "woord ";
    BOOST_TEST(!guess(text));
}

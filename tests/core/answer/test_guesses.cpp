// Guessing at what no rule understands, and weighing what rules found against the words.
#include "core/answer/weighing.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
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
    {"kinds listed other\nbrief 1 2\n", "guesses_line_bad"},
    {"kinds listed other\nbrief 1 2 3 4 5\n", "guesses_line_bad"},
    {"kinds listed other\nbrief 1 2 3 x\n", "guesses_line_bad"},
    {"kinds listed other\nbrief 1 2 3 99999\n", "guesses_line_bad"},
    {"kinds listed other\nbrief 1 2 3 4\nbrief 5 6 7 8\n", "guesses_line_bad"},
    {"kinds listed other\n=sent+list 1 2 3 4\n=list+sent 5 6 7 8\n", "guesses_line_bad"},
};

Guesses small() {
    return *Guesses::parse(
        "kinds listed redirect other\n"
        "- -200 -200 -200 -200 -200 -200\n"
        "lijst 700 0 0 700 0 0\n"
        "op_de 300 0 0 300 0 0\n"
        "plaat* 300 0 0 300 0 0\n"
        "@ 0 900 0 0 900 0\n"
        "weer 0 0 900 0 0 900\n");
}

std::vector<Finding> weighed_with(const std::vector<Finding>& by_rules, const std::string& text) {
    static const Guesses guesses = small();
    const auto cut = sentences(text);
    return weighed(by_rules, guesses.likelihoods(cut, {}, {}), cut);
}

// 0 where it is not found.
int percent_of(Kind kind, const std::vector<Finding>& found) {
    const auto at = std::ranges::find(found, kind, &Finding::kind);
    return at == found.end() ? 0 : at->percent;
}

std::optional<Finding> guess(const std::string& text) {
    const std::vector<Finding> found = weighed_with({}, text);
    return found.empty() ? std::nullopt : std::optional{found.front()};
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
    BOOST_TEST(default_guesses().likelihoods({}, {}, {}).empty());
}

BOOST_AUTO_TEST_CASE(no_guess_settles_by_itself) {
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

BOOST_AUTO_TEST_CASE(what_the_words_bear_out_stays_as_sure) {
    const auto kept = weighed_with({{Kind::listed, 95, "line", "placed-on-list"}}, "Hij staat op de lijst.");
    BOOST_REQUIRE(kept.size() == 1);
    BOOST_TEST((kept.front().kind == Kind::listed));
    BOOST_TEST(kept.front().percent == 95);
    BOOST_TEST(kept.front().rule == "placed-on-list");
}

BOOST_AUTO_TEST_CASE(what_the_words_belie_is_left_to_a_person) {
    const std::string text = "Zie griffie@dorp.example, zie griffie@dorp.example.";
    const auto doubted = weighed_with({{Kind::listed, 95, "line", "placed-on-list"}}, text);
    BOOST_REQUIRE(!doubted.empty());
    for (const Finding& each : doubted) BOOST_TEST(each.percent < sure_enough);
}

BOOST_AUTO_TEST_CASE(what_is_left_of_several_findings_is_left_to_a_person) {
    const auto left =
        weighed_with({{Kind::listed, 95, "line", "placed-on-list"}, {Kind::redirect, 95, "line", "moved"}},
                     "Hij staat op de lijst, geplaatst.");
    BOOST_TEST(percent_of(Kind::listed, left) > 0);
    BOOST_TEST(percent_of(Kind::listed, left) < sure_enough);
    BOOST_TEST(percent_of(Kind::redirect, left) == 0);
}

// The whole text may have little of what one of its sentences says.
BOOST_AUTO_TEST_CASE(what_a_sentence_says_besides_is_left_to_a_person) {
    const auto guesses = Guesses::parse(
        "kinds listed question\n"
        "- -200 -900 -200 -200\n"
        "lijst 900 0 900 0\n"
        "wie 0 0 0 900\n");
    BOOST_REQUIRE(guesses);
    const auto listed = [&](const std::string& text) {
        const auto cut = sentences(text);
        return percent_of(Kind::listed, weighed({{Kind::listed, 95, "line", "placed-on-list"}},
                                                guesses->likelihoods(cut, {}, {}), cut));
    };
    BOOST_TEST(listed("Hij staat op de lijst.") == 95);
    BOOST_TEST(listed("Hij staat op de lijst. Wie komt er?") < sure_enough);
}

BOOST_AUTO_TEST_CASE(a_sure_refusal_brings_no_deed_by_its_words) {
    const auto refused = [](int percent) {
        return weighed_with({{Kind::declined, percent, "line", "not-listed"}}, "Niet op de lijst geplaatst.");
    };
    BOOST_TEST(percent_of(Kind::listed, refused(sure_enough - 1)) > 0);
    BOOST_TEST(percent_of(Kind::listed, refused(sure_enough)) == 0);
    BOOST_TEST(percent_of(Kind::declined, refused(sure_enough)) > 0);
}

BOOST_AUTO_TEST_CASE(beside_the_last_word_nothing_is_guessed) {
    const auto found = weighed_with({{Kind::other, last_word, "line", "our-own"}}, "Hij staat op de lijst.");
    BOOST_REQUIRE(found.size() == 1);
    BOOST_TEST((found.front().kind == Kind::other));
    BOOST_TEST(found.front().percent == last_word);
    const auto firm = weighed_with({{Kind::other, firm_word, "line", "our-own"}}, "Hij staat op de lijst.");
    BOOST_TEST(percent_of(Kind::other, firm) == most_sure_in_doubt);
}

// "Wij hebben uw brief ontvangen" stands in most answers that tell more.
BOOST_AUTO_TEST_CASE(a_receipt_in_a_sentence_is_no_doubt_about_a_deed) {
    const auto guesses = Guesses::parse(
        "kinds listed receipt\n"
        "- -200 -900 -200 -200\n"
        "lijst 900 0 900 0\n"
        "ontvangen 0 0 0 150\n");
    BOOST_REQUIRE(guesses);
    const auto cut = sentences("Wij hebben uw brief ontvangen. Hij staat op de lijst.");
    BOOST_TEST(percent_of(Kind::listed, weighed({{Kind::listed, 95, "line", "placed-on-list"}},
                                                guesses->likelihoods(cut, {}, {}), cut)) == 95);
}

// The words make each kind half likely, by its sentence alone.
BOOST_AUTO_TEST_CASE(a_receipt_alone_needs_less_than_a_deed_and_a_redirect_bears_one_beside_it) {
    const auto guesses = Guesses::parse(
        "kinds listed receipt redirect\n"
        "- -900 -900 -900 -200 -200 -200\n"
        "lijst 0 0 0 900 0 0\n"
        "ontvangen 0 0 0 0 900 0\n"
        "adres 0 0 1800 0 0 900\n");
    BOOST_REQUIRE(guesses);
    const auto percent = [&](Kind kind, const std::string& text) {
        const auto cut = sentences(text);
        return percent_of(kind,
                          weighed({{kind, 85, "line", "rule"}}, guesses->likelihoods(cut, {}, {}), cut));
    };
    BOOST_TEST(percent(Kind::listed, "Op de lijst.") == most_sure_in_doubt);
    BOOST_TEST(percent(Kind::receipt, "Wij hebben uw brief ontvangen.") == 85);
    BOOST_TEST(percent(Kind::redirect, "Ander adres.") == 85);
    BOOST_TEST(percent(Kind::redirect, "Ontvangen op een ander adres.") == 85);
    BOOST_TEST(percent(Kind::redirect, "Op de lijst. Ander adres.") == most_sure_in_doubt);
}

BOOST_AUTO_TEST_CASE(a_rule_of_a_hundred_is_the_last_word) {
    const std::string text = "Zie griffie@dorp.example, zie griffie@dorp.example.";
    const auto found_by = [&](int percent) {
        return percent_of(Kind::listed, weighed_with({{Kind::listed, percent, "line", "our-own"}}, text));
    };
    BOOST_TEST(found_by(last_word) == last_word);
    BOOST_TEST(found_by(firm_word) == most_sure_in_doubt);
    BOOST_TEST(found_by(firm_word - 1) < most_sure_in_doubt);
}

BOOST_AUTO_TEST_CASE(words_of_the_rules_count_once_and_in_pairs_of_one_clause) {
    const auto rules = Rules::parse(
        "version try\n"
        "word sent = gestuurd\nword councillors = raadsleden\nword list = lijst\n"
        "rule sent-on distributed 90 = sent councillors -list\n");
    const auto guesses = Guesses::parse(
        "kinds distributed\n"
        "- 0 0\n=sent 100 100\n=councillors 10 10\n=sent+councillors 1000 1000\n=list+sent -1000 "
        "-1000\n");
    BOOST_REQUIRE(rules);
    BOOST_REQUIRE(guesses);
    const auto likely = [&](const std::string& text) {
        const auto cut = sentences(text);
        const auto all = guesses->likelihoods(cut, searched(*rules, cut).words, rules->words());
        return all.empty() ? -1 : all.front().likely;
    };
    const auto logistic = [](double sum) { return 1 / (1 + std::exp(-sum)); };
    const auto share = [](double sum, double known) { return sum / std::sqrt(known + 1); };
    const auto of = [&](double sum, double known) { return logistic(share(sum, known)); };
    // Of two sentences each counts by itself, too.
    const auto of_two = [&](double sum, double known, double first, double second) {
        return (of(sum, known) + logistic(std::log(std::exp(first) + std::exp(second)))) / 2;
    };
    const auto close = boost::test_tools::tolerance(1e-9);
    BOOST_TEST(likely("Hij is gestuurd.") == of(1, 1), close);
    BOOST_TEST(likely("Hij is gestuurd. Ook gestuurd.") == of_two(1, 1, share(1, 1), share(1, 1)), close);
    BOOST_TEST(likely("Aan raadsleden gestuurd.") == of(11.1, 3), close);
    BOOST_TEST(likely("Gestuurd aan raadsleden.") == of(11.1, 3), close);
    BOOST_TEST(
        likely("Hij is gestuurd. De raadsleden weten het.") == of_two(1.1, 2, share(1, 1), share(0.1, 1)),
        close);
    BOOST_TEST(likely("De lijst.") == -1, close);
}

BOOST_AUTO_TEST_CASE(without_known_words_the_rules_stand) {
    const auto kept = weighed_with({{Kind::listed, 95, "line", "rule"}}, "Lorem ipsum.");
    BOOST_REQUIRE(kept.size() == 1);
    BOOST_TEST(kept.front().percent == 95);
}

// Cutting texts into sentences and clauses.
#include "core/answer/rules/sentences.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

using namespace raadspost::answer;

namespace {

struct Cut {
    const char* text;
    std::vector<std::string> expected;
};
std::ostream& operator<<(std::ostream& out, const Cut& cut) {
    return out << cut.text;
}

const Cut cuts[] = {
    {"Dank. Ik stuur het door.", {"Dank.", "Ik stuur het door."}},
    {"Op donderdag 12 februari a.s. komt het nr. 4 aan bod.",
     {"Op donderdag 12 februari a.s. komt het nr. 4 aan bod."}},
    {"Om 19.30 uur in zaal 2. Tot dan!", {"Om 19.30 uur in zaal 2.", "Tot dan!"}},
    {"Mevr. A.B. de Vries is weg. Groet", {"Mevr. A.B. de Vries is weg.", "Groet"}},
    {"Uw brief is op de lijst van ingekomen stukken van de raad\ngeplaatst.",
     {"Uw brief is op de lijst van ingekomen stukken van de raad geplaatst."}},
    {"Beste,\n\nDank.\nAnja", {"Beste,", "Dank.", "Anja"}},
    {"Het punt 'wat kan de raad doen?' staat op de agenda.",
     {"Het punt 'wat kan de raad doen?' staat op de agenda."}},
    {"kunt u de pdf sturen? de bijlage ontbreekt", {"kunt u de pdf sturen?", "de bijlage ontbreekt"}},
    {"Komt goed ;-) Hij staat op de lijst.", {"Komt goed ;-)", "Hij staat op de lijst."}},
    {"Leuk (en goed ;) maar laat.", {"Leuk (en goed ;) maar laat."}},
    {"", {}},
    {" \n\n . \n", {"."}},
};

const Cut clauses[] = {
    {"Wordt niet geplaatst, maar is wel doorgestuurd.",
     {"wordt niet geplaatst, ", "maar is wel doorgestuurd."}},
    {"Is ontvangen en wordt geplaatst.", {"is ontvangen en ", "wordt geplaatst."}},
    {"Doorgestuurd aan raads- en commissieleden.", {"doorgestuurd aan raads- en commissieleden."}},
    {"Omdat wij niets agenderen, is de brief doorgestuurd.",
     {"omdat wij niets agenderen, ", "is de brief doorgestuurd."}},
    {"Ontvangen; doorgestuurd.", {"ontvangen;", "doorgestuurd."}},
};

}  // namespace

BOOST_DATA_TEST_CASE(a_text_becomes_sentences, boost::unit_test::data::make(cuts), each) {
    const std::string text = each.text;
    std::vector<std::string> found;
    for (const Sentence& sentence : sentences(text)) found.push_back(sentence.line());
    BOOST_TEST(found == each.expected, boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(a_sentence_becomes_clauses, boost::unit_test::data::make(clauses), each) {
    const std::string text = each.text;
    const auto all = sentences(text);
    BOOST_REQUIRE(all.size() == 1);
    std::vector<std::string> found;
    for (std::size_t i = 0; i < all[0].clauses.size(); ++i) found.emplace_back(all[0].clause(i));
    BOOST_TEST(found == each.expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(who_answers_himself_asks_nothing) {
    const auto answered = [](const char* text) { return sentences(text).front().answered; };
    BOOST_TEST(answered("Haast? Bel dan de bode."));
    BOOST_TEST(answered("Komt de brief in de raad? Ja, op 3 maart."));
    BOOST_TEST(answered("Wilt u inspreken? Dat gaat via het formulier."));
    BOOST_TEST(!answered("Heeft u de bijlage nog? Mail die dan even."));
    BOOST_TEST(!answered("Is er een pdf? Dan zet ik hem op de lijst."));
    BOOST_TEST(!answered("Wij zijn er. Bel maar."));
    BOOST_TEST(answered("Is dat zo? Dan gaat uw brief naar de griffie."));
    BOOST_TEST(!sentences("?").front().asks);
}

BOOST_AUTO_TEST_CASE(the_letters_of_an_address_say_nothing) {
    const std::string text = "Mail naar ingekomen.stukken@raad.example, zie https://lis.example/raad";
    const auto all = sentences(text);
    BOOST_TEST(all[0].folded.text.find("stukken") == std::string::npos);
    BOOST_TEST(all[0].folded.text.find("lis") == std::string::npos);
    BOOST_TEST(all[0].folded.text.find('@') != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_was_written_is_quoted_as_written) {
    const std::string text =
        "Onder \xE2\x80\x98T-09\xE2\x80\x99 van S\xC3\xBA"
        "dwest";
    const FoldedText folded = folded_text(text);
    BOOST_TEST(folded.text == "onder t-09 van sudwest");
    BOOST_TEST(folded.original(text, std::string_view{folded.text}.substr(6, 4)) == "T-09");
    BOOST_TEST(folded.original(text, std::string_view{folded.text}.substr(15)) ==
               "S\xC3\xBA"
               "dwest");
}

BOOST_AUTO_TEST_CASE(a_long_line_is_cut_for_a_screen_between_characters) {
    std::string text;
    for (int i = 0; i < 200; ++i) text += "\xC3\xA9";
    const std::string line = sentences(text).front().line();
    BOOST_TEST(line.size() < 310);
    BOOST_TEST(line.ends_with("\xE2\x80\xA6"));
    BOOST_TEST(line.size() % 2 == 1);
}

BOOST_AUTO_TEST_CASE(endless_text_ends) {
    const std::string text(5'000'000, '.');
    BOOST_TEST(sentences(text).size() <= 400);
    const std::string words = [] {
        std::string made;
        for (int i = 0; i < 200'000; ++i) made += "woord ";
        return made;
    }();
    BOOST_TEST(sentences(words).size() <= 400);
}

#include "core/answer/patterns/pattern_set.hpp"

#include "core/answer/patterns/piece_search.hpp"
#include "core/answer/patterns/required_pieces.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <stdexcept>

using namespace raadspost::answer;

namespace {

re2::RE2::Options any_case() {
    re2::RE2::Options made;
    made.set_case_sensitive(false);
    made.set_log_errors(false);
    return made;
}

// Numbers of the patterns that match, looked for among the possible ones.
std::vector<std::size_t> found(const PatternSet& set, std::string_view text) {
    std::vector<std::size_t> out;
    const PatternBits possible = set.possible_in(text);
    for (std::size_t i = 0; i < set.size(); ++i)
        if (possible.test(i) && set.matches(i, text)) out.push_back(i);
    return out;
}

using Numbers = std::vector<std::size_t>;

}  // namespace

BOOST_AUTO_TEST_CASE(finds_what_each_pattern_alone_would) {
    const std::vector<std::string> patterns = {R"(\b(doorgestuurd|verspreid)\b.{0,40}\braad)",
                                               R"(raads(lid|leden))",
                                               R"(\d+)",
                                               R"(user\s+unknown)",
                                               R"(échec de remise|niet bezorgd)",
                                               R"(送信に失敗)",
                                               R"(не может)",
                                               R"(^(ik|wij) )"};
    const PatternSet set{any_case(), patterns};
    for (const std::string_view text :
         {"", "Wij hebben het verspreid onder de raad", "raadsleden", "raadslid", "RAADSLID", "de raad",
          "User  Unknown", "user", "ÉCHEC DE REMISE", "echec de remise", "送信に失敗しました", "НЕ МОЖЕТ",
          "не может", "ik weet het", "12", "niet bezorgd 5.1.1", "doorgestuurd", "she\xFFraadsleden"}) {
        Numbers alone;
        for (std::size_t i = 0; i < patterns.size(); ++i)
            if (re2::RE2::PartialMatch(re2::StringPiece{text.data(), text.size()},
                                       re2::RE2{patterns[i], any_case()}))
                alone.push_back(i);
        BOOST_TEST(found(set, text) == alone, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(leaves_out_what_cannot_match) {
    const PatternSet set{any_case(), {"raadsleden|fracties", "wethouder.{0,20}gestuurd", ".{3}"}};
    BOOST_TEST(set.possible_in("een bericht").to_string() == PatternBits{0b100}.to_string());
    BOOST_TEST(set.possible_in("aan de Fracties").to_string() == PatternBits{0b101}.to_string());
}

// One piece that ends another, and one that begins where another failed.
BOOST_AUTO_TEST_CASE(pieces_may_overlap) {
    const PatternSet set{any_case(), {"griffier", "griffie", "fier", "erik"}};
    BOOST_TEST(found(set, "griffierik") == (Numbers{0, 1, 2, 3}), boost::test_tools::per_element());
    BOOST_TEST(found(set, "grifferik") == (Numbers{3}), boost::test_tools::per_element());
    BOOST_TEST(found(set, "de griffie.") == (Numbers{1}), boost::test_tools::per_element());
}

// The sign for kelvin and the long s are letters of other cases of "k" and "s".
BOOST_AUTO_TEST_CASE(letters_beyond_ascii_that_match_ascii) {
    const PatternSet set{any_case(), {"griffiekosten", "statenleden"}};
    BOOST_TEST(found(set, "griffie\xE2\x84\xAAosten") == (Numbers{0}), boost::test_tools::per_element());
    BOOST_TEST(found(set, "\xC5\xBFtatenleden") == (Numbers{1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_first_in_its_order) {
    const PatternSet set{any_case(), {"niet gelezen", "gelezen", "lezen"}};
    BOOST_TEST(set.first_in("wordt gelezen").value() == 1u);
    BOOST_TEST(set.first_in("wordt niet gelezen").value() == 0u);
    BOOST_TEST(!set.first_in("wordt gebruikt").has_value());
}

BOOST_AUTO_TEST_CASE(a_bad_pattern_says_what_is_wrong) {
    PatternSet set{any_case()};
    BOOST_TEST(!set.add("(").empty());
    BOOST_TEST(set.size() == 0u);
    BOOST_CHECK_THROW((PatternSet{any_case(), {"("}}), std::logic_error);
    for (std::size_t i = 0; i < max_patterns; ++i) BOOST_TEST(set.add("een").empty());
    BOOST_TEST(!set.add("een te veel").empty());
}

BOOST_AUTO_TEST_CASE(too_many_pieces_are_refused) {
    PieceSearch search;
    for (std::size_t i = 0; i < max_piece_states / 1000 + 1; ++i)
        search.add(std::to_string(100'000 + i) + std::string(1000, 'x'), 0);
    BOOST_TEST(!search.compile());
}

BOOST_AUTO_TEST_CASE(of_pieces_that_must_stand_together_the_longer_one_is_looked_for) {
    const auto pieces = required_pieces("in.{0,40}behandeling", any_case());
    BOOST_REQUIRE(pieces.has_value());
    BOOST_TEST(*pieces == std::vector<std::string>{"behandeling"}, boost::test_tools::per_element());
    BOOST_TEST(!required_pieces(".{2}", any_case()).has_value());
    // Single letters only where there is nothing longer.
    BOOST_TEST(*required_pieces(".+@.+", any_case()) == std::vector<std::string>{"@"},
               boost::test_tools::per_element());
}

// Many texts at once tell of each what it alone does.
BOOST_AUTO_TEST_CASE(many_texts_at_once) {
    const PatternSet set{any_case(), {"griffier", "griffie|fier", ".", "[éë]n"}};
    static const char* const pieces[] = {"grif", "fie", "r", " ", "ën"};
    std::mt19937 random{20261123};
    for (int round = 0; round < 200; ++round) {
        std::vector<std::string> texts(random() % 15);
        for (std::string& each : texts)
            for (std::size_t i = random() % 20; i > 0; --i) each += pieces[random() % std::size(pieces)];
        const std::vector<PatternBits> all =
            set.possible_in(std::vector<std::string_view>{texts.begin(), texts.end()});
        BOOST_TEST_REQUIRE(all.size() == texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i)
            BOOST_TEST(all[i].to_string() == set.possible_in(texts[i]).to_string(), texts[i]);
    }
}

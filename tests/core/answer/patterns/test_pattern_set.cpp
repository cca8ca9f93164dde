#include "core/answer/patterns/pattern_set.hpp"

#include "core/answer/patterns/fixed_strings.hpp"
#include "core/answer/patterns/required_pieces.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <random>
#include <stdexcept>
#include <utility>

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
    PieceSearch search{PieceSearch::Words::unmarked};
    for (std::size_t i = 0; i < max_piece_states / 1000 + 1; ++i)
        search.add({std::to_string(100'000 + i) + std::string(1000, 'x')}, {});
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

namespace {

std::vector<std::string> strings_of(std::string_view pattern) {
    std::vector<std::string> out;
    for (const FixedString& each : fixed_strings(pattern).strings)
        out.push_back((each.begins_text ? "^" : "") + std::string{each.open_before ? "~" : ""} + each.text +
                      (each.open_behind ? "~" : ""));
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(fixed_strings_are_told_from_what_needs_an_automaton) {
    using Strings = std::vector<std::string>;
    const auto check = [](std::string_view pattern, const Strings& strings, std::optional<std::string> rest) {
        BOOST_TEST_CONTEXT(pattern) {
            BOOST_TEST(strings_of(pattern) == strings, boost::test_tools::per_element());
            BOOST_TEST(fixed_strings(pattern).rest.value_or("none") == rest.value_or("none"));
        }
    };
    check("lis", {"lis"}, {});
    check("door(ge)?stuurd|n\\.v\\.t\\.", {"doorgestuurd", "doorstuurd", "n.v.t."}, {});
    check("(?:op|aan) de (raads?)?lijsten?",
          {"op de raadslijsten", "op de raadslijste", "op de raadlijsten", "op de raadlijste",
           "op de lijsten", "op de lijste", "aan de raadslijsten", "aan de raadslijste", "aan de raadlijsten",
           "aan de raadlijste", "aan de lijsten", "aan de lijste"},
          {});
    check("\\w*lijst|raad\\w*|x\\w+", {"~lijst", "raad~"}, "x\\w+");
    check("raad|naar (\\S+ ){0,3}raad|in .{0,9}handen|griffie", {"raad", "griffie"},
          "naar (\\S+ ){0,3}raad|in .{0,9}handen");
    for (const char* none : {"a[^bc]|d", "a[b-d]", "[a|b]", "[]]", "a\\[b|^c", "[[:alpha:]]|d", "^\\w*a",
                             "a|(?i)b", "a|\\Qb|c\\E", "a$", "a+", "a??", "(a|b)*", "A", "a\\b", "a{2}",
                             "-\\w*", "a?", "(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d)"})
        check(none, {}, none);
    check("a|", {"a"}, "");
    check("raa[dt]|[.:]|^dit (is|was)|(de|het)",
          {"raad", "raat", ".", ":", "^dit is", "^dit was", "de", "het"}, {});
}

BOOST_AUTO_TEST_CASE(what_every_match_begins_with) {
    using Strings = std::vector<std::string>;
    const auto check = [](std::string_view pattern, const Strings& strings) {
        BOOST_TEST(fixed_beginnings(pattern).strings == strings, boost::test_tools::per_element());
    };
    check("(kan|kunnen) (\\S+ ){0,8}worden", {"kan ", "kunnen "});
    check("^(of|hoe) .{0,9}uw", {"of ", "hoe "});
    check("ab*", {"a"});
    check("raads?\\w+", {"raads", "raad"});
    for (const char* none : {"\\w+brief", "a*b", "(de )?.*", "[^ab]c", "(?i)ab.*", "a??b", "a{0,3}b"})
        check(none, {});
    check("[ab]c+d", {"ac", "bc"});
    check("x\\d{1,2} uur", {"x0", "x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9"});
}

BOOST_AUTO_TEST_CASE(what_must_follow_the_beginnings) {
    const auto check = [](std::string_view pattern, std::string_view rest, bool begin_text, bool end_words) {
        BOOST_TEST_CONTEXT(pattern) {
            const Beginnings begins = fixed_beginnings(pattern);
            BOOST_TEST(begins.rest == rest);
            BOOST_TEST(begins.begin_text == begin_text);
            BOOST_TEST(begins.end_words == end_words);
        }
    };
    check("kan (\\S+ ){0,8}worden", "(\\S+ ){0,8}worden", false, false);
    check("^(t|tel)\\b", "\\b", true, true);
    check("ab+?c", "c", false, false);
    check("ab+", "", false, false);
    check("ab*c", "b*c", false, false);
}

// A beginning without what must follow, or elsewhere than it must stand, is not worth an automaton.
BOOST_AUTO_TEST_CASE(whole_words_that_need_not_be_tried) {
    PatternSet set = PatternSet::of_whole_words(any_case());
    for (const char* each : {"zien (\\S+ ){0,5}van ?af", "^(t|tel)\\b|x[.:]", "\\d{1,2} (uur|u)"})
        BOOST_TEST(set.add(each).empty());
    BOOST_TEST(set.compile().empty());
    const auto possible = [&](std::string_view text) { return set.possible_in(text).to_ulong(); };
    BOOST_TEST(possible("wij zien u") == 0u);
    BOOST_TEST(possible("ervan af") == 0u);
    BOOST_TEST(possible("wij zien daar van af") == 0b001u);
    BOOST_TEST(possible("de tel") == 0u);
    BOOST_TEST(possible("telefoon") == 0u);
    BOOST_TEST(possible("tel 12") == 0b010u);
    BOOST_TEST(possible("een uur") == 0u);
    BOOST_TEST(possible("om 12 uur") == 0b100u);
}

BOOST_AUTO_TEST_CASE(whole_words_are_what_the_pattern_finds) {
    const std::vector<std::string> patterns = {"lis|raads?lijst",
                                               "b\\.? ?&? ?w\\.?",
                                               "\\w*brief|post\\w*",
                                               "-t|t-",
                                               "naar (\\S+ ){0,2}raad|aan de raad",
                                               "[a-z]+@x",
                                               "de  raad",
                                               "^of .{0,9}uw|(mag|kan) \\w+",
                                               "^(t|tel)\\b|^dit is",
                                               "\\d{1,2} ?(uur|u)|half [.:]",
                                               "zien? (\\S+ ){0,5}van ?af"};
    PatternSet set = PatternSet::of_whole_words(any_case());
    for (const std::string& each : patterns) BOOST_TEST(set.add(each).empty());
    BOOST_TEST(set.compile().empty());
    re2::RE2::Options options = any_case();
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    for (const std::string_view text : {"",
                                        "lis",
                                        "de lis.",
                                        "lisdodde",
                                        "tel 12",
                                        "t.",
                                        "de tel",
                                        "telefoon",
                                        "dit is",
                                        "of dit is",
                                        "12uur",
                                        "a12 u",
                                        "half :",
                                        "half :x",
                                        "wij zien daarvan af",
                                        "zie vanaf",
                                        "van af zien",
                                        "_lis",
                                        "lis\xEB",
                                        "raadslijst",
                                        "raadlijst,",
                                        "b&w",
                                        "b. & w.",
                                        "b.w.",
                                        "raadsbrief",
                                        "brieven",
                                        "poststuk",
                                        "de brief-post",
                                        "a -t b",
                                        "a-t b",
                                        "t-b",
                                        "t- b",
                                        "naar de raad",
                                        "naar raad",
                                        "aan de raad",
                                        "aan de raadsleden",
                                        "ik@x",
                                        "@x",
                                        "de  raad",
                                        "of dat uw",
                                        "hoofd uw",
                                        "loof uw",
                                        "ik kan niet",
                                        "vakan x",
                                        "de raad",
                                        "brief",
                                        "of dat uw",
                                        "hoofd uw",
                                        "loof uw",
                                        "ik kan niet",
                                        "vakan x"}) {
        const FoundPatterns found = set.found_in(text);
        for (std::size_t i = 0; i < patterns.size(); ++i) {
            const bool matches = re2::RE2::PartialMatch(re2::StringPiece{text.data(), text.size()},
                                                        re2::RE2{"\\b(?:" + patterns[i] + ")\\b", options});
            const bool told =
                found.certain.test(i) || (found.possible.test(i) && set.matches(i, text, found));
            BOOST_TEST(told == matches, text << " " << patterns[i]);
            if (i != 4 && i != 5 && i != 7 && i != 10)
                BOOST_TEST(found.possible.test(i) == matches, text << " " << patterns[i]);
        }
    }
}

namespace {

// Of a few words and marks, so that beginnings and what must follow them stand in every order.
std::string random_text(std::mt19937& random) {
    static const char* const words[] = {
        "de",   "raad", "raads", "fracties", "raadsfractie", "is",      "zijn", "verspreid", "kregen",
        "alle", "12",   "leden", "niet",     "gestuurd",     "geraads", ",",    ".",         "x-raad"};
    std::string text;
    for (std::size_t i = random() % 12; i > 0; --i)
        text += (random() % 8 == 0 ? "" : " ") + std::string{words[random() % std::size(words)]};
    return random() % 2 == 0 || text.empty() ? text : text.substr(1);
}

}  // namespace

// Where beginnings stand, and what follows them, only saves work: each pattern matches what it would alone.
BOOST_AUTO_TEST_CASE(starts_and_pairs_change_nothing_of_what_matches) {
    const std::vector<std::string> patterns = {
        "(is|zijn) (\\S+ ){0,3}(verspreid|gestuurd)",
        "^(\\S+ ){0,2}verspreid|niet (\\S+ )?gestuurd",
        "((raads)?fractie\\w*|alle (\\d+ |\\w+tien )?leden|^leden) (\\S+ ){0,4}(kregen|zijn)",
        "(?:(gemeente)?raads?|,? alle) (\\w+ ){1,2}(raad\\w*|leden)",
        "(de|het) (raad\\w+|fracties?)+ is|x-(raad|\\d+)",
        "^((de|alle) ?){0,2}(raad|leden)\\b|(\\d+ )?leden verspreid",
        "(a|\\w+d) (\\S+ ){0,9}niet|(de )?(^raad|leden\\.) is",
        "^?raad|^{0,1}leden (is|\\S+ zijn)",
        "raad\\b?s (\\S+ )?is|fractie\\b*s \\S+|1\\d\\b?,",
        "de{[}]x|alle{1}n? (\\S+ )leden|alle{1} (\\S+ )leden"};
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    PatternSet set = PatternSet::of_whole_words(options);
    std::vector<std::unique_ptr<re2::RE2>> alone;
    for (const std::string& each : patterns) {
        BOOST_TEST_REQUIRE(set.add(each).empty());
        alone.push_back(std::make_unique<re2::RE2>("\\b(?:" + each + ")\\b", options));
        BOOST_TEST_REQUIRE(alone.back()->ok());
    }
    BOOST_TEST_REQUIRE(set.compile().empty());
    std::mt19937 random{20261122};
    std::vector<std::size_t> matched(patterns.size());
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::string> texts;
        for (std::size_t i = random() % 9; i > 0; --i) texts.push_back(random_text(random));
        const std::vector<std::string_view> views{texts.begin(), texts.end()};
        const std::vector<FoundPatterns> all = set.found_in(views);
        BOOST_TEST_REQUIRE(all.size() == texts.size());
        for (std::size_t t = 0; t < texts.size(); ++t) {
            const FoundPatterns found = set.found_in(texts[t]);
            BOOST_TEST_REQUIRE((all[t].possible == found.possible && all[t].certain == found.certain),
                               texts[t]);
            for (std::size_t i = 0; i < patterns.size(); ++i) {
                const bool wanted = re2::RE2::PartialMatch(texts[t], *alone[i]);
                const bool told =
                    found.certain.test(i) || (found.possible.test(i) && set.matches(i, texts[t], found));
                BOOST_TEST_REQUIRE(told == wanted, "\"" << texts[t] << "\" " << patterns[i]);
                BOOST_TEST_REQUIRE((!found.possible.test(i) || set.matches(i, texts[t], all[t]) == told ||
                                    found.certain.test(i)),
                                   texts[t]);
                matched[i] += wanted;
            }
        }
    }
    for (std::size_t i = 0; i < patterns.size(); ++i) BOOST_TEST(matched[i] > 0u, patterns[i]);
}

// Signs that let "^" and "\\b" stand no times, and a "{" that repeats nothing.
BOOST_AUTO_TEST_CASE(signs_that_are_not_what_they_seem) {
    for (const auto& [pattern, text] :
         std::initializer_list<std::pair<const char*, const char*>>{{"^?raad", "de raad"},
                                                                    {"^??raad", "a raad"},
                                                                    {"^*(raad)", "de raad"},
                                                                    {"^{0,1}raad", "de raad"},
                                                                    {"^?raad (x|\\S+y)", "de raad x"},
                                                                    {"raad\\b?en \\S+", "raaden x"},
                                                                    {"raad\\b{0,1}en", "raaden"},
                                                                    {"a\\d\\b?b", "a1b"},
                                                                    {"a{[}]x", "a{}x"}}) {
        re2::RE2::Options options;
        options.set_encoding(re2::RE2::Options::EncodingLatin1);
        PatternSet set = PatternSet::of_whole_words(options);
        BOOST_TEST(set.add(pattern).empty());
        BOOST_TEST(set.compile().empty());
        const FoundPatterns found = set.found_in(text);
        BOOST_TEST((found.certain.test(0) || (found.possible.test(0) && set.matches(0, text, found))),
                   pattern);
    }
}

// More beginnings than are tried one by one.
BOOST_AUTO_TEST_CASE(many_starts_in_one_text) {
    re2::RE2::Options options;
    options.set_encoding(re2::RE2::Options::EncodingLatin1);
    PatternSet set = PatternSet::of_whole_words(options);
    BOOST_TEST(set.add("de (\\S+ ){0,2}raad").empty());
    BOOST_TEST(set.compile().empty());
    for (const std::size_t times : {1u, 8u, 9u, 255u, 256u, 3000u}) {
        std::string text = "de raad";
        for (std::size_t i = 0; i < times; ++i) text = "de x y z " + text;
        for (const bool there : {true, false}) {
            if (!there) text.resize(text.size() - 1);
            const FoundPatterns found = set.found_in(text);
            BOOST_TEST((found.possible.test(0) && set.matches(0, text, found)) == there, times);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_group_without_an_end_has_beginnings) {
    using Strings = std::vector<std::string>;
    const auto check = [](std::string_view pattern, const Strings& strings, std::string_view rest) {
        const Beginnings begins = fixed_beginnings(pattern);
        BOOST_TEST(begins.strings == strings, boost::test_tools::per_element());
        BOOST_TEST(begins.rest == rest, pattern);
        BOOST_TEST(!begins.end_words, pattern);
    };
    check("(raad|fractie\\w*|^alle) (leden)", {"raad", "fractie", "alle"}, " (leden)");
    check("de (raad|lid (\\S+ )+)x", {"de raad", "de lid "}, "x");
    check("(?:(a|b)?c|d\\d+){2} e",
          {"ac", "bc", "c", "d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8", "d9"}, " e");
    // It may be left out, or an alternative has none.
    check("a(b|c\\w+)?d", {"a"}, "(b|c\\w+)?d");
    check("a(b|\\w+)d", {"a"}, "(b|\\w+)d");
}

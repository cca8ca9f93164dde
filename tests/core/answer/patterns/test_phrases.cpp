#include "core/answer/patterns/phrases.hpp"

#include "core/answer/patterns/phrase_search.hpp"
#include "core/answer/rules.hpp"

#include <re2/re2.h>
#include <boost/test/unit_test.hpp>

#include <chrono>
#include <initializer_list>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace raadspost::answer;

namespace {

using Strings = std::vector<std::string>;

re2::RE2::Options octets() {
    re2::RE2::Options made;
    made.set_encoding(re2::RE2::Options::EncodingLatin1);
    made.set_log_errors(false);
    return made;
}

// "a|b <0-3> c": the parts of a phrase, with the gaps between them; runs as RE2 writes them.
std::string readable(const Phrase& phrase) {
    static const char* const runs[] = {"", "\\w*", "\\w+", "\\d", "\\d+", "\\S+", "^"};
    std::string out;
    for (std::size_t i = 0; i < phrase.size(); ++i) {
        const Gap& gap = phrase[i].before;
        if (i > 0)
            out += "<" + std::to_string(gap.least) + "-" + std::to_string(gap.most) +
                   (gap.letters_only ? "w>" : ">");
        std::string all;
        for (const std::string& each : phrase[i].strings) {
            all += all.empty() ? "" : "|";
            for (const char c : each)
                all += c > 0 && c <= run::begin ? runs[static_cast<std::size_t>(c)] : std::string(1, c);
        }
        out += all;
    }
    return out;
}

// Patterns, each by itself and as phrases and a rest.
class Both {
public:
    explicit Both(Strings patterns) : patterns_{std::move(patterns)} {
        for (std::size_t i = 0; i < patterns_.size(); ++i) {
            const Phrases read = phrases_of(patterns_[i]);
            for (const Phrase& each : read.phrases)
                BOOST_REQUIRE(phrases_.add(each, static_cast<std::uint8_t>(i)));
            alone_.push_back(whole(patterns_[i]));
            rests_.push_back(read.rest ? whole(*read.rest) : nullptr);
        }
        phrases_.compile();
    }

    // Counts in matched() what matches.
    void check(const Strings& texts) {
        const std::vector<PatternBits> found =
            phrases_.found_in(std::vector<std::string_view>{texts.begin(), texts.end()});
        BOOST_REQUIRE(found.size() == texts.size());
        for (std::size_t t = 0; t < texts.size(); ++t) {
            BOOST_REQUIRE_MESSAGE(found[t] == phrases_.found_in(texts[t]), texts[t]);
            for (std::size_t i = 0; i < patterns_.size(); ++i) {
                const bool wanted = re2::RE2::PartialMatch(texts[t], *alone_[i]);
                const bool told =
                    found[t].test(i) || (rests_[i] && re2::RE2::PartialMatch(texts[t], *rests_[i]));
                if (told != wanted)
                    BOOST_FAIL("\"" << texts[t] << "\" " << patterns_[i]
                                    << (wanted ? ": missed" : ": made up"));
                matched_[i] += wanted;
            }
        }
    }

    std::size_t matched(std::size_t which) { return matched_[which]; }

private:
    static std::unique_ptr<re2::RE2> whole(const std::string& pattern) {
        auto made = std::make_unique<re2::RE2>("\\b(?:" + pattern + ")\\b", octets());
        BOOST_REQUIRE_MESSAGE(made->ok(), pattern);
        return made;
    }

    Strings patterns_;
    PhraseSearch phrases_;
    std::vector<std::unique_ptr<re2::RE2>> alone_, rests_;
    std::map<std::size_t, std::size_t> matched_;
};

std::string random_text(std::mt19937& random, const Strings& words) {
    static const char* const between[] = {" ", " ", " ", " ", " ", " ", " ", " ", "  ", "\t", "", ", ", "-"};
    std::string text = random() % 8 == 0 ? " " : "";
    for (std::size_t i = random() % 14; i > 0; --i)
        text += words[random() % words.size()] + between[random() % std::size(between)];
    if (random() % 2 == 0 && !text.empty()) text.pop_back();
    return text;
}

// The words of the rules that come along, as their patterns are read, with the others' put in.
Strings patterns_of_rules() {
    std::map<std::string, std::string> known;
    Strings out;
    std::string entry;
    const auto take = [&] {
        const std::size_t sign = entry.find(" = ");
        if (!entry.starts_with("word ") || sign == std::string::npos) return;
        std::string pattern = entry.substr(sign + 3);
        re2::RE2::GlobalReplace(&pattern, R"( *\| *)", "|");  // those in brackets have no blanks
        for (std::size_t at = pattern.find('{'); at != std::string::npos; at = pattern.find('{', at + 1)) {
            const std::size_t end = pattern.find('}', at);
            if (const auto other = known.find(pattern.substr(at + 1, end - at - 1)); other != known.end())
                pattern.replace(at, end - at + 1, "(?:" + other->second + ")");
        }
        known[entry.substr(5, sign - 5)] = pattern;
        out.push_back(pattern);
    };
    std::string_view rest = default_rules();
    while (!rest.empty()) {
        const std::size_t end = std::min(rest.find('\n'), rest.size());
        const std::string line{rest.substr(0, end)};
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (line.starts_with("  ")) {
            entry += line.substr(2);
        } else {
            take();
            entry = line;
        }
    }
    take();
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(phrases_are_told_from_what_needs_an_automaton) {
    const auto check = [](std::string_view pattern, const Strings& phrases,
                          const std::optional<std::string>& rest) {
        BOOST_TEST_CONTEXT(pattern) {
            const Phrases read = phrases_of(pattern);
            Strings found;
            for (const Phrase& each : read.phrases) found.push_back(readable(each));
            BOOST_TEST(found == phrases, boost::test_tools::per_element());
            BOOST_TEST(read.rest.value_or("none") == rest.value_or("none"));
        }
    };
    check("lis", {"lis"}, {});
    check("door(ge)?stuurd|n\\.v\\.t\\.", {"doorstuurd|doorgestuurd", "n.v.t."}, {});
    check("\\w*lijst|raad\\w*|x\\w+", {"\\w*lijst", "raad\\w*", "x\\w+"}, {});
    check("naar (\\S+ )?raad", {"naar <0-1>raad"}, {});
    check("(is|was) (\\S+ ){0,3}door (\\w+ ){2}(heen|uit)", {"is |was <0-3>door <2-2w>heen|uit"}, {});
    check("a (b|c (\\S+ ){1,4}d) e", {"a b e", "a c <1-4>d e"}, {});
    check("a (\\S+ ){0,2}(de )?(\\S+ )?b", {"a <0-3>b", "a <0-2>de <0-1>b"}, {});
    check("^(\\S+ ){0,6}weg|(^alle|de) leden", {"^<0-6>weg", "^alle leden|de leden"}, {});
    check("a (\\S+ ){0,2}(^b|c)", {"a <0-2>c"}, {});
    check("\\d{1,2} (uur|u)|\\d+|x\\d?", {"\\d uur|\\d u|\\d\\d uur|\\d\\d u", "\\d+", "x|x\\d"}, {});
    check("raa[dt]|[a-c]x|[.:]", {"raad|raat", "ax|bx|cx", ".|:"}, {});
    check("a|", {"a"}, "");
    check("(de |het ){1,2}b", {"de b|het b|de de b|de het b|het de b|het het b"}, {});
    check("t\\b|via \\S+", {"t", "via \\S+"}, {});
    check("geen zin \\(?\\w+|x\\[?y", {"geen zin (\\w+|geen zin \\w+", "x[y|xy"}, {});
    check("raad|in .{0,9}handen|griffie", {"raad", "griffie"}, "in .{0,9}handen");
    for (const char* none : {"a[^bc]|d",
                             "[a|b]",
                             "[]]",
                             "[[:alpha:]]|d",
                             "a|(?i)b",
                             "a|\\Qb|c\\E",
                             "a$",
                             "a+",
                             "a??",
                             "(a|b)*",
                             "A",
                             "a{2}",
                             "a?",
                             "\\d+\\d",
                             "\\S+a",
                             "x(\\S+ )?y",
                             "a (\\S+ )?",
                             "(\\S+ )+a",
                             "a (\\S+ )*b",
                             "\\w*",
                             "\\w*-a",
                             "\\w*a\\w*b",
                             "a\x01",
                             "(de ){0,9}b",
                             "a (\\S+ ){0,2}{0,2}b",
                             "x\\bs",
                             "a (\\S+ ){1,}b",
                             "a (\\S+ ){0,101}b",
                             "a (\\S+ ){00,2}b",

                             "\\d+\\w*",
                             "\\w*a\\S+",
                             "a\\w*b\\w*c",
                             "(\\S+ )?^a",
                             "\\w*^a",
                             "^?a"})
        check(none, {}, none);
    // Many of them are not written out, one for each pair.
    Strings some;
    for (char c = 'a'; c <= 'i'; ++c) some.push_back(std::string(1, c));
    check("(a|b|c|d|e|f|g|h|i) (a|b|c|d|e|f|g|h|i)", {"a |b |c |d |e |f |g |h |i <0-0>a|b|c|d|e|f|g|h|i"},
          {});
}

BOOST_AUTO_TEST_CASE(they_are_found_where_the_pattern_matches) {
    const Strings patterns = {"lis|raads?lijst",
                              "b\\.? ?&? ?w\\.?",
                              "\\w*brief|post\\w*",
                              "-t|t-",
                              "naar (\\S+ ){0,2}raad|aan de raad",
                              "[a-z]+@x",
                              "de  raad",
                              "^of .{0,9}uw|(mag|kan) \\w+",
                              "^(t|tel)\\b|^dit is",
                              "\\d{1,2} ?(uur|u)|half [.:]",
                              "zien? (\\S+ ){0,5}van ?af",
                              "^?raad|^{0,1}leden (is|\\S+ zijn)",
                              "raad\\b?s (\\S+ )?is|1\\d\\b?,",
                              "\\S+ de|\\d+e"};
    Both both{patterns};
    both.check({"",
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
                "zie vanaf",
                "_lis",
                "van af zien",
                "lis\xEB",
                "b&w",
                "raadslijst",
                "raadlijst,",
                "b. & w.",
                "b.w.",
                "raadsbrief",
                "brieven",
                "poststuk",
                "a -t b",
                "a-t b",
                "de brief-post",
                "t-b",
                "t- b",
                "naar raad",
                "ik@x",
                "@x",
                "naar de raad",
                "aan de raad",
                "de  raad",
                "of dat uw",
                "hoofd uw",
                "loof uw",
                "aan de raadsleden",
                "ik kan niet",
                "vakan x",
                "de raad",
                "brief",
                "-- de",
                "wij zien daarvan af",
                "12e",
                "1e2e",
                "raads is",
                "raaden x",
                "naar  raad",
                "naar de  raad",
                "naar\traad",
                "naar \xC3\xAB\xC3\xAB raad"});
}

// Each kind of run is looked for only where a string has one.
BOOST_AUTO_TEST_CASE(runs_of_one_kind_alone) {
    for (const char* pattern : {"raad|raad\\w*x", "raad|raad\\w+x", "raad|raad\\dx", "raad|raad\\d+",
                                "raad|raad\\S+", "raad|^raadx"})
        Both{{pattern}}.check({"raad", "raadx", "raadyx", "raad7x", "raad77", "de raad", "de raadx"});
}

// Beginnings and what must follow them stand in every order.
BOOST_AUTO_TEST_CASE(gaps_are_counted_as_the_pattern_counts_them) {
    const Strings patterns = {
        "(is|zijn) (\\S+ ){0,3}(verspreid|gestuurd)",
        "^(\\S+ ){0,2}verspreid|niet (\\S+ )?gestuurd",
        "((raads)?fractie\\w*|alle (\\d+ |\\w+tien )?leden|^leden) (\\S+ ){0,4}(kregen|zijn)",
        "(?:(gemeente)?raads?|,? alle) (\\w+ ){1,2}(raad\\w*|leden)",
        "(de|het) (raad\\w+|fracties?)+ is|x-(raad|\\d+)",
        "^((de|alle) ?){0,2}(raad|leden)\\b|(\\d+ )?leden verspreid",
        "(a|\\w+d) (\\S+ ){0,9}niet|(de )?(^raad|leden\\.) is",
        "de{[}]x|alle{1}n? (\\S+ )leden|alle{1} (\\S+ )leden",
        "de (\\S+ ){2,3}(is|zijn)|raad (\\S+ ){3}niet",
        "(\\w*raad|is\\w*) (\\S+ ){0,2}(de|\\w*fractie|,? leden)",
        "raad (\\S+ ){0,2}is (\\S+ ){1,2}de (\\w+ )?leden",
        "\\S+ is|is \\S+ (\\S+ )?de|de \\S*"};
    const Strings words = {"de",        "raad",    "raads",  "fracties", "raadsfractie", "is",    "zijn",
                           "verspreid", "x",       "kregen", "alle",     "12",           "leden", "niet",
                           "gestuurd",  "geraads", ",",      "."};
    Both both{patterns};
    std::mt19937 random{20261122};
    for (int round = 0; round < 4000; ++round) {
        Strings texts(random() % 9);
        for (std::string& each : texts) each = random_text(random, words);
        both.check(texts);
    }
    for (std::size_t i = 0; i < patterns.size(); ++i) BOOST_TEST(both.matched(i) > 0u, patterns[i]);
}

BOOST_AUTO_TEST_CASE(the_words_of_the_rules_are_found_where_their_patterns_match) {
    const Strings patterns = patterns_of_rules();
    BOOST_TEST(patterns.size() > 150u);
    Strings words;
    std::size_t octets = 0, octets_left = 0;
    for (const std::string& each : patterns) {
        octets += each.size();
        octets_left += phrases_of(each).rest.value_or("").size();
        re2::StringPiece rest{each};
        for (std::string word; re2::RE2::FindAndConsume(&rest, "([a-z]{2,})", &word);) words.push_back(word);
    }
    BOOST_TEST(octets_left < octets / 10);  // what RE2 is asked takes ten times as long
    Both both{patterns};
    std::mt19937 random{20261123};
    for (int round = 0; round < 300; ++round)
        both.check({random_text(random, words), random_text(random, words)});
    std::size_t matched = 0;
    for (std::size_t i = 0; i < patterns.size(); ++i) matched += both.matched(i) > 0;
    BOOST_TEST(matched > patterns.size() / 3);
}

namespace {

// A pattern of all that is read, and of some that is not, in any order.
class RandomPattern {
public:
    explicit RandomPattern(std::mt19937& random) : random_{random} {}

    std::string any() { return alternatives(3); }

private:
    std::size_t below(std::size_t limit) { return random_() % limit; }
    const char* one_of(std::initializer_list<const char*> all) { return all.begin()[below(all.size())]; }
    const char* letters() { return one_of({"a", "b", "c", "ab", "1", "-", "d", "a1", "\\.", "ba"}); }

    std::string alternatives(int depth) {
        std::string out = sequence(depth);
        while (below(2) == 0) out += "|" + sequence(depth);
        return out;
    }
    std::string sequence(int depth) {
        std::string out;
        for (std::size_t i = 1 + below(4); i > 0; --i) out += item(depth) + (below(3) == 0 ? " " : "");
        return out;
    }
    std::string item(int depth) {
        if (depth > 0 && below(4) == 0)
            return std::string{one_of({"(", "(?:"})} + alternatives(depth - 1) + ")" +
                   one_of({"", "", "?", "{0,2}", "{2}"});
        switch (below(6)) {
            case 0:
                return std::string{one_of({"(\\S+ )", "(\\w+ )"})} +
                       one_of({"", "?", "{0,3}", "{1,2}", "{1,}", "{0}"});
            case 1:
                return one_of({"\\w*", "\\w+", "\\d", "\\d+", "\\S+", "\\S*", "\\d{0,2}"});
            case 2:
                return one_of({"^", "[ab]", " ", "\\b", "[a-d]?"});
            default:
                return std::string{letters()} + (below(4) == 0 ? "?" : "");
        }
    }

    std::mt19937& random_;
};

}  // namespace

BOOST_AUTO_TEST_CASE(whatever_is_read_matches_as_the_pattern_does) {
    const Strings words = {"a", "b", "c", "ab", "1", "-", "d", "a1", ".", "ba", "x", "aab", "11", "_"};
    std::mt19937 random{20261124};
    std::size_t read = 0;
    for (int round = 0; round < 3000; ++round) {
        const std::string pattern = RandomPattern{random}.any();
        if (pattern.size() > 120 || phrases_of(pattern).phrases.empty()) continue;
        if (re2::RE2::FullMatch("", re2::RE2{pattern, octets()})) continue;  // no word of the rules may
        ++read;
        Both both{{pattern}};
        Strings texts(30);
        for (std::string& each : texts) each = random_text(random, words);
        both.check(texts);
    }
    BOOST_TEST(read > 300u);
}

BOOST_AUTO_TEST_CASE(what_was_missed_once) {
    Both both{{"stuur (\\S+ ){0,2}(hem )?(\\S+ ){0,2}(even )?(\\S+ ){0,2}door",
               "(leden van de raad|van) (\\S+ ){0,1}zijn", "^(^dit is|ook) uw", "(\\S+ ){0,2}(^b|c)",
               "(\\S+ )?^a", "\\w*^d", "zaak \\d+\\w*\\d", "a (\\S+ ){0,3}b", "(d` | |(\\S+ ){00,8}le.en)"}};
    both.check({"stuur door", "stuur hem even door", "leden van de raad allen zijn", "dit is uw", "b", "a",
                "d", "zaak 2024", "a " + std::string(32768, ' ') + "x b", "raad){0,8}le-en) x"});
}

// Patterns that would become more than anybody needs are left to RE2 before they do.
BOOST_AUTO_TEST_CASE(what_would_become_too_much_is_left_alone) {
    std::string optional = "a ", product, wide = "x";
    for (int i = 0; i < 24; ++i) optional += "(\\S+ )?(b )?";
    for (int i = 0; i < 12; ++i) product += "(a|b)";
    for (int i = 0; i < 300; ++i) wide += "|aa[a-p][a-p][a-p]" + std::to_string(i);
    for (const std::string& pattern : {optional + "d", product + std::string(2000, 'x'),
                                       std::string{"((((x|b){1,2}|b){1,2}|b){1,2}|b){1,2}"},
                                       std::string{"((((((a|b){2}){2}){3}))){2}"}, wide}) {
        const auto begin = std::chrono::steady_clock::now();
        PhraseSearch search;
        for (const Phrase& each : phrases_of(pattern).phrases) search.add(each, 0);
        search.compile();
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        BOOST_TEST(took.count() < 2, pattern.substr(0, 40));
    }
}

// Nothing is looked through again and again, however long a word or a text is.
BOOST_AUTO_TEST_CASE(long_texts_take_their_length) {
    PhraseSearch search;
    const auto add = [&](const char* pattern, std::uint8_t number) {
        for (const Phrase& each : phrases_of(pattern).phrases) BOOST_TEST(search.add(each, number));
    };
    for (const char* each : {"\\w*ada\\w*", "a\\w*da", "\\S+ (\\S+ ){0,9}de", "de (\\S+ ){1,9}raad", "\\d+a",
                             "(\\w+ )?de", "a\\w*b\\w*c", "a\\w*\\w*\\w*x", "\\w*a\\S+", "\\w*a\\w* b\\w*",
                             "1|0x|\\w+pp", "\\w+c|\\w+d", "1( 1| \\d| \\d+| \\w+| \\S+| 1\\w*){2}( x)"})
        add(each, 0);
    add("de (\\S+ ){0,20}(\\w+ ){0,3}nooit", 1);
    search.compile();
    for (const char* piece :
         {"ad", "a", "1", "de ", "d e ", "-", "a-", "b", "0", "1 ", "ab ", "de  ", "aaaaaaa b"}) {
        std::string text = "a";
        while (text.size() < 300'000) text += piece;
        const auto begin = std::chrono::steady_clock::now();
        search.found_in(text);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        BOOST_TEST(took.count() < 2, piece);
    }
}

BOOST_AUTO_TEST_CASE(more_than_there_is_room_for_is_not_looked_for) {
    PhraseSearch search;
    std::size_t refused = 0;
    for (std::size_t i = 0; i < max_tree_nodes / 1000 + 1; ++i)
        refused += !search.add({{{}, {std::to_string(1'000'000 + i) + std::string(1000, 'x')}}}, 0);
    BOOST_TEST(refused > 0u);
    search.compile();
    BOOST_TEST(search.found_in("1000000" + std::string(1000, 'x')).test(0));
}

// The rules by which an answer is classified: data, not code, so that an administrator can read and change
// them. They are compiled once; what is compiled never changes, so that any number of threads may use it.
//
// Format, one entry per line; "#" begins a comment line, a line that begins with a blank goes on with the
// entry:
//   version <word>                           once, first: the name under which readings are kept
//   word <name> = <pattern>                  a lexicon: an RE2 pattern over folded text (folded_text.hpp),
//   read as
//                                            whole words; {other} puts in a word defined above; blanks round
//                                            a
//                                            "|" outside brackets are dropped
//   rule <name> <kind> <percent> = <terms>   a kind of kind.hpp and how sure it is, 1 to 99, which is weighed
//                                            against the other words of the answer (weighing.hpp); from 97 on
//                                            the kind stands whatever those say, and 100 is not doubted either
// A term is the name of a word that must occur in the clause; "a|b" either; "-a" must not occur; "~a" looks
// in the whole sentence, "^a" in the whole message. "?" is the word that occurs in a sentence that asks.
//   word send = door(ge)?stuurd | verspreid
//   word councillors = raadsl(id|eden) | fracties?
//   word not = niet | geen
//   rule passed-on distributed 95 = send councillors -not -?
// The word "ignored", where there is one, is cut out of a clause before the others are looked for ("niet
// alleen"). Downsides: a clause is all that a rule sees, the order of words is none of its business (a
// pattern's is), and two words that overlap cannot be told apart; what this costs is measured by ./run
// evaluate.
#pragma once

#include "core/answer/kind.hpp"
#include "core/answer/patterns/found_patterns.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace raadspost::answer {

inline constexpr std::size_t max_rule_words = max_patterns;
inline constexpr std::size_t max_rules = 1000;
inline constexpr std::size_t max_rule_file = 256 * 1024;
inline constexpr std::size_t max_rule_pattern = 16 * 1024;  // after {other} was put in

using Words = PatternBits;

struct RuleTerm {
    enum class Scope : std::uint8_t { clause, sentence, message };
    struct Alternative {
        std::uint16_t word;
        Scope scope;
    };
    std::vector<Alternative> any;
    bool absent = false;
};

struct Rule {
    std::string name;
    Kind kind = Kind::other;
    int percent = 0;
    std::vector<RuleTerm> terms;  // what costs least to deny first
    // The words of each term that must be there, by where they may stand.
    struct Demand {
        Words clause, sentence, message;
    };
    std::vector<Demand> demands;
    // One of these must stand in the clause; where a rule may do without, it is not bound to it.
    Words key;
    bool bound = false;
};

class Rules {
public:
    // Problems carry the line: rules_line_unknown, rules_version_missing, rules_pattern_bad,
    // rules_word_unknown, rules_word_twice, rules_kind_unknown, rules_percent_bad, rules_term_missing,
    // rules_too_many, rules_too_large.
    static Result<Rules> parse(std::string_view text);

    // The version of the file and eight digits of its content's hash: "nl-3.1f0c22ab".
    const std::string& version() const { return version_; }
    std::span<const Rule> rules() const { return rules_; }
    std::optional<std::uint16_t> word(std::string_view name) const;
    // The words' names, by their numbers; the first is "?".
    std::span<const std::string> words() const { return names_; }
    // The words that occur in a piece of folded text; of those that a rule uses.
    Words words_in(std::string_view folded) const;
    friend class WordSearch;

    Rules(Rules&&) noexcept;
    Rules& operator=(Rules&&) noexcept;
    ~Rules();

private:
    struct Matcher;
    Rules();

    std::string version_;
    std::vector<std::string> names_;
    std::vector<Rule> rules_;
    std::unique_ptr<Matcher> matcher_;
};

// The words of one piece of folded text, each looked for when it is asked for first: a rule that fails by its
// first word costs one pattern. Rules and text must outlive it; for one thread.
class WordSearch {
public:
    WordSearch(const Rules& rules, std::string_view folded);
    // One for each text; all at once cost less.
    static std::vector<WordSearch> of_all(const Rules& rules, std::span<const std::string_view> folded);
    bool has(std::uint16_t word);
    void set(std::uint16_t word);  // the text has it, whatever its pattern says
    // All that it has, and some more; each look changes it.
    const Words& possible() const { return words_.possible; }
    const Words& all();  // those that it has, each looked for

private:
    WordSearch(const Rules& rules, std::string_view folded, FoundPatterns words);

    const Rules& rules_;
    std::string_view folded_;
    std::optional<std::string> without_ignored_;
    FoundPatterns words_;  // what was looked for is certain, or no longer possible
};

// The rules for Dutch that come along (manifests/rules/nl.rules), as text.
std::string_view default_rules();

}  // namespace raadspost::answer

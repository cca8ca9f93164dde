#include "core/answer/rules.hpp"

#include "core/answer/rules/rule_matcher.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <map>

namespace raadspost::answer {
namespace {

constexpr std::string_view asks_name = "?";
constexpr std::string_view ignored_name = "ignored";

Problem problem(std::string id, std::size_t line, std::string_view found, std::string text) {
    constexpr std::size_t shown = 80;
    const std::string place = "line " + std::to_string(line);
    std::string piece{found.substr(0, shown)};
    return {std::move(id), place, piece, place + ": " + std::move(text) + " Found: " + piece};
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

// Takes the first word off `text`.
std::string_view next_word(std::string_view& text) {
    text = trimmed(text);
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    const std::string_view word = text.substr(0, end);
    text = trimmed(text.substr(end));
    return word;
}

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

// FNV-1a: names a content, protects nothing.
std::uint32_t content_hash(std::string_view text) {
    std::uint32_t hash = 2166136261u;
    for (const char c : text) {
        if (c == '\r') continue;
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    }
    return hash;
}

struct Entry {
    std::size_t line;
    std::string text;
};

std::vector<Entry> entries_of(std::string_view text) {
    std::vector<Entry> out;
    std::size_t line = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view raw = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++line;
        const std::string_view bare = trimmed(raw);
        if (bare.empty() || bare.front() == '#') continue;
        if ((raw.front() == ' ' || raw.front() == '\t') && !out.empty()) {
            // In a pattern the pieces belong together; between terms and words a blank does no harm.
            if (out.back().text.starts_with("rule")) out.back().text += ' ';
            out.back().text += bare;
        } else {
            out.push_back({line, std::string{bare}});
        }
    }
    return out;
}

// The pattern with blanks round its outermost "|" dropped and {names} put in; nothing but a Problem if a name
// is unknown.
Result<std::string> expanded(std::string_view pattern,
                             const std::map<std::string, std::string, std::less<>>& known, std::size_t line) {
    std::string out;
    int depth = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        if (c == '\\' && at + 1 < pattern.size()) {
            out += c;
            out += pattern[++at];
            continue;
        }
        if (c == '(') ++depth;
        if (c == ')') --depth;
        if (c == '|' && depth == 0) {
            while (!out.empty() && out.back() == ' ') out.pop_back();
            out += c;
            while (at + 1 < pattern.size() && pattern[at + 1] == ' ') ++at;
        } else if (c == '{' && at + 1 < pattern.size() && pattern[at + 1] >= 'a' && pattern[at + 1] <= 'z') {
            const std::size_t end = pattern.find('}', at);
            const std::string_view name =
                end == std::string_view::npos ? pattern.substr(at + 1) : pattern.substr(at + 1, end - at - 1);
            const auto found = known.find(name);
            if (end == std::string_view::npos || found == known.end())
                return problem("rules_word_unknown", line, name,
                               "in braces the name of a word defined above was expected.");
            out += "(?:" + found->second + ")";
            at = end;
        } else {
            out += c;
        }
        if (out.size() > max_rule_pattern)
            return problem("rules_too_large", line, pattern,
                           "a pattern may have " + std::to_string(max_rule_pattern) + " octets at most.");
    }
    return out;
}

}  // namespace

struct Rules::Matcher {
    RuleMatcher words;
    std::optional<std::uint16_t> ignored;
    std::unique_ptr<re2::RE2> ignored_pattern;
};

Rules::Rules() : matcher_{std::make_unique<Matcher>()} {}
Rules::Rules(Rules&&) noexcept = default;
Rules& Rules::operator=(Rules&&) noexcept = default;
Rules::~Rules() = default;

std::optional<std::uint16_t> Rules::word(std::string_view name) const {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found == names_.end()) return std::nullopt;
    return static_cast<std::uint16_t>(found - names_.begin());
}

Words Rules::words_in(std::string_view folded) const {
    return WordSearch{*this, folded}.all();
}

std::vector<WordSearch> WordSearch::of_all(const Rules& rules, std::span<const std::string_view> folded) {
    std::vector<FoundPatterns> found = rules.matcher_->words.found_in(folded);
    std::vector<WordSearch> all;
    all.reserve(folded.size());
    for (std::size_t i = 0; i < folded.size(); ++i) all.push_back({rules, folded[i], std::move(found[i])});
    return all;
}

WordSearch::WordSearch(const Rules& rules, std::string_view folded)
    : WordSearch{rules, folded, rules.matcher_->words.found_in(folded)} {}

WordSearch::WordSearch(const Rules& rules, std::string_view folded, FoundPatterns words)
    : rules_{rules}, folded_{folded}, words_{std::move(words)} {
    const Rules::Matcher& matcher = *rules.matcher_;
    if (!matcher.ignored || !has(*matcher.ignored)) return;
    without_ignored_ = folded;
    re2::RE2::GlobalReplace(&*without_ignored_, *matcher.ignored_pattern, " ");
    words_ = matcher.words.found_in(*without_ignored_);
}

bool WordSearch::has(std::uint16_t word) {
    if (!words_.possible.test(word) || words_.certain.test(word)) return words_.certain.test(word);
    const std::string_view text = without_ignored_ ? std::string_view{*without_ignored_} : folded_;
    const bool occurs = rules_.matcher_->words.occurs_in(text, word);
    (occurs ? words_.certain : words_.possible).flip(word);
    return occurs;
}

const Words& WordSearch::all() {
    const Words to_look_for = words_.possible & ~words_.certain;
    for (std::size_t word = to_look_for._Find_first(); word < to_look_for.size();
         word = to_look_for._Find_next(word))
        has(static_cast<std::uint16_t>(word));
    return words_.certain;
}

void WordSearch::set(std::uint16_t word) {
    words_.possible.set(word);
    words_.certain.set(word);
}

Result<Rules> Rules::parse(std::string_view text) {
    if (text.size() > max_rule_file)
        return problem("rules_too_large", 1, {},
                       "rules may have " + std::to_string(max_rule_file) + " octets at most.");
    Rules out;
    out.names_.emplace_back(asks_name);
    std::map<std::string, std::string, std::less<>> patterns;

    const auto add_word = [&](std::string_view rest, std::size_t line) -> Result<Done> {
        const std::string_view name = next_word(rest);
        if (!is_name(name) || !rest.starts_with('='))
            return problem("rules_line_unknown", line, name, "expected \"word <name> = <pattern>\".");
        if (out.word(name))
            return problem("rules_word_twice", line, name, "this word is defined above already.");
        if (out.names_.size() >= max_rule_words)
            return problem("rules_too_many", line, name,
                           "at most " + std::to_string(max_rule_words - 1) + " words are possible.");
        const Result<std::string> pattern = expanded(trimmed(rest.substr(1)), patterns, line);
        if (!pattern) return pattern.problem();
        if (const std::string why = out.matcher_->words.add(*pattern); !why.empty())
            return problem("rules_pattern_bad", line, *pattern, "the pattern cannot be used: " + why + ".");
        patterns.emplace(std::string{name}, *pattern);
        if (name == ignored_name) {
            out.matcher_->ignored = static_cast<std::uint16_t>(out.names_.size());
            out.matcher_->ignored_pattern =
                std::make_unique<re2::RE2>("\\b(?:" + *pattern + ")\\b", re2::RE2::Latin1);
        }
        out.names_.emplace_back(name);
        return Done{};
    };
    const auto add_rule = [&](std::string_view rest, std::size_t line) -> Result<Done> {
        Rule rule;
        rule.name = next_word(rest);
        const std::string_view kind_name = next_word(rest), percent = next_word(rest);
        if (!is_name(rule.name) || !rest.starts_with('='))
            return problem("rules_line_unknown", line, rule.name,
                           "expected \"rule <name> <kind> <percent> = <words>\".");
        const auto kind = kind_of(kind_name);
        if (!kind) return problem("rules_kind_unknown", line, kind_name, "expected a kind, as \"listed\".");
        rule.kind = *kind;
        const auto read = std::from_chars(percent.data(), percent.data() + percent.size(), rule.percent);
        if (read.ec != std::errc{} || read.ptr != percent.data() + percent.size() || rule.percent < 1 ||
            rule.percent > 100)
            return problem("rules_percent_bad", line, percent, "expected a number from 1 to 100.");
        rest = trimmed(rest.substr(1));
        bool demands = false;
        while (!rest.empty()) {
            std::string_view term = next_word(rest);
            RuleTerm read_term;
            if (term.starts_with('-')) read_term.absent = true, term.remove_prefix(1);
            while (true) {
                const std::size_t bar = std::min(term.find('|'), term.size());
                std::string_view name = term.substr(0, bar);
                auto scope = RuleTerm::Scope::clause;
                if (name.starts_with('~'))
                    scope = RuleTerm::Scope::sentence, name.remove_prefix(1);
                else if (name.starts_with('^'))
                    scope = RuleTerm::Scope::message, name.remove_prefix(1);
                const auto word = out.word(name);
                if (!word)
                    return problem("rules_word_unknown", line, name, "this word is not defined above.");
                read_term.any.push_back({*word, scope});
                if (bar == term.size()) break;
                term.remove_prefix(bar + 1);
            }
            demands = demands || !read_term.absent;
            rule.terms.push_back(std::move(read_term));
        }
        if (!demands)
            return problem("rules_term_missing", line, rule.name, "a rule must demand at least one word.");
        if (out.rules_.size() >= max_rules)
            return problem("rules_too_many", line, rule.name,
                           "at most " + std::to_string(max_rules) + " rules.");
        // Words that must stand in the clause fail most often, guards seldom, and other clauses cost more.
        const auto cost = [](const RuleTerm& term) {
            int widest = 0;
            for (const RuleTerm::Alternative& each : term.any)
                widest = std::max(widest, static_cast<int>(each.scope));
            return 2 * widest + (term.absent ? 1 : 0);
        };
        std::stable_sort(rule.terms.begin(), rule.terms.end(),
                         [&](const RuleTerm& a, const RuleTerm& b) { return cost(a) < cost(b); });
        for (const RuleTerm& term : rule.terms) {
            if (term.absent) continue;
            Rule::Demand& demand = rule.demands.emplace_back();
            for (const RuleTerm::Alternative& one : term.any)
                (one.scope == RuleTerm::Scope::clause     ? demand.clause
                 : one.scope == RuleTerm::Scope::sentence ? demand.sentence
                                                          : demand.message)
                    .set(one.word);
            if (!rule.bound && demand.sentence.none() && demand.message.none()) {
                rule.key = demand.clause;
                rule.bound = true;
            }
        }
        out.rules_.push_back(std::move(rule));
        return Done{};
    };

    for (const Entry& entry : entries_of(text)) {
        std::string_view rest = entry.text;
        const std::string_view what = next_word(rest);
        if (what == "version" && out.version_.empty() && is_name(rest)) {
            std::array<char, 9> hash{};
            std::snprintf(hash.data(), hash.size(), "%08x", static_cast<unsigned>(content_hash(text)));
            out.version_ = std::string{rest} + "." + hash.data();
            continue;
        }
        if (out.version_.empty())
            return problem("rules_version_missing", entry.line, entry.text,
                           "the first entry must be \"version <word>\".");
        Result<Done> added = what == "word"   ? add_word(rest, entry.line)
                             : what == "rule" ? add_rule(rest, entry.line)
                                              : problem("rules_line_unknown", entry.line, entry.text,
                                                        "expected \"word\" or \"rule\" at the line's begin.");
        if (!added) return added.problem();
    }
    if (out.version_.empty())
        return problem("rules_version_missing", 1, {}, "the first entry must be \"version <word>\".");
    Words used;
    if (out.matcher_->ignored) used.set(*out.matcher_->ignored);
    for (const Rule& rule : out.rules_)
        for (const RuleTerm& term : rule.terms)
            for (const RuleTerm::Alternative& one : term.any) used.set(one.word);
    if (const std::string why = out.matcher_->words.compile(used); !why.empty())
        return problem("rules_too_large", 1, {}, "the patterns together cannot be used: " + why + ".");
    return out;
}

}  // namespace raadspost::answer

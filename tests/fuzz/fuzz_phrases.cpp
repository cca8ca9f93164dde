// A pattern in the first line, a text behind it: what is told of the pattern by its phrases and its rest is
// what RE2 tells of the whole.
#include "core/answer/patterns/phrase_search.hpp"

#include <re2/re2.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace raadspost::answer;

namespace {

constexpr std::size_t longest_pattern = 200, longest_text = 400;

re2::RE2::Options octets() {
    re2::RE2::Options made;
    made.set_encoding(re2::RE2::Options::EncodingLatin1);
    made.set_log_errors(false);
    return made;
}

std::string whole_words(std::string_view pattern) {
    return "\\b(?:" + std::string{pattern} + ")\\b";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view all{reinterpret_cast<const char*>(data), size};
    const std::string_view pattern = all.substr(0, all.find('\n'));
    if (pattern.size() == size || pattern.size() > longest_pattern) return 0;
    std::string text{all.substr(pattern.size() + 1, longest_text)};
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    const re2::RE2 alone{whole_words(pattern), octets()}, bare{std::string{pattern}, octets()};
    if (!alone.ok() || !bare.ok() || re2::RE2::FullMatch("", bare)) return 0;
    const Phrases read = phrases_of(pattern);
    PhraseSearch search;
    for (const Phrase& each : read.phrases)
        if (!search.add(each, 0)) return 0;
    search.compile();
    const bool by_rest =
        read.rest && re2::RE2::PartialMatch(text, re2::RE2{whole_words(*read.rest), octets()});
    if ((search.found_in(text).test(0) || by_rest) != re2::RE2::PartialMatch(text, alone)) __builtin_trap();
    return 0;
}

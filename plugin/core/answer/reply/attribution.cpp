#include "core/answer/reply/attribution.hpp"

#include "core/ascii.hpp"
#include "core/letter_set.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <optional>

namespace raadspost::answer::reply {
namespace {

constexpr std::size_t attribution_lines = 6;
constexpr std::size_t attribution_octets = 600;
constexpr std::size_t attribution_tries = 500;  // lines with such a verb; no reply holds so many

// "wrote", in the languages whose mail programs were seen. Nederlands, Frysk, English, Deutsch, français,
// español, português, italiano, nordic, polski, česky, russian, ukrainian, suomi, türkçe, chinese, japanese.
const RE2& verb() {
    static const RE2 pattern{
        R"((?i)(\b(schreef|schreven|geschreven|skreau|skreaun|wrote|writes|schrieb|schrieben|geschrieben|ha scritto|skrev|skrifaði|kirjoitti|yazdı)\b|a écrit|a\s+écrit|nous a dit|escribió|escreveu|napisał|napsal|написал|пише|写道|寫道|のメール))"};
    return pattern;
}

// Whether ending() may match behind this line, told by its last letters; that is asked of every line.
bool may_end(std::string_view line) {
    constexpr LetterSet passed_over{" \t\n\v\f\r*_>-"};
    constexpr std::string_view ends[] = {"ote", "tes", "eef", "ieb", "ven",
                                         "ben", "veu", "tto", "rit", "rev"};
    std::string_view said = line;
    while (!said.empty() && passed_over.has(said.back())) said.remove_suffix(1);
    if (said.empty()) return !is_blank(line);
    if (said.back() == ':' || static_cast<unsigned char>(said.back()) >= 0x80) return true;
    constexpr std::size_t letters = 3;
    return said.size() >= letters &&
           std::ranges::find(ends, lowered(said.substr(said.size() - letters))) != std::end(ends);
}

// How such a line begins: a date with its preposition, a name, or an address.
const RE2& introduction() {
    static const RE2 pattern{
        R"((?i)^[\s*_-]*(op|on|at|in message|in article|am|le|il|el|em|den|på|dnia|dňa|w dniu|dne|du|a|в|з|在|于|zo|za|vr|do|wo|di|ma|mon|tue|wed|thu|fri|sat|sun|man|tirs|ons|tors|fre|lør|søn)\b)"};
    return pattern;
}

const RE2& year() {
    static const RE2 pattern{R"(\b(19|20)\d\d\b|(19|20)\d\d年|\b\d{1,2}[-/.]\d{1,2}[-/.]\d{2}\b)"};
    return pattern;
}

// The end: a colon, or the verb itself, perhaps with signs around it.
const RE2& ending() {
    static const RE2 pattern{
        R"((?i)(:|：|(wrote|writes|schreef|schrieb|geschreven|geschrieben|escribió|escreveu|scritto|écrit|skrev|写道)\s*[-*_]*)[\s*_>]*$)"};
    return pattern;
}

// 2016-03-03 17:21 GMT+01:00 Name <x@y>: - no verb at all.
const RE2& date_and_sender() {
    static const RE2 pattern{
        R"(^[\s*]*((19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}\s+\d{1,2}:\d\d\s+(GMT|UTC)\s*[+-]\d\d:?\d\d\s+\S.*|(19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}\b.{0,100}<[^@<>\s]+@[^@<>\s]+>\s*|.{0,40}\b(19|20)\d\d\b.{1,100}<\s*[^@<>\s]+@[^@<>\s]+\s*>\s*:)\s*$)"};
    return pattern;
}

const RE2& posted_by() {
    static const RE2 pattern{R"((?i)^\s*posted by \S.* on \d{1,2}[-/]\d{1,2}[-/]\d{2,4}\s*$)"};
    return pattern;
}

// Both are asked of every line, and most lines have none of the signs that they demand.
bool has_date_and_sender(std::string_view line) {
    const bool has_signs = line.find('<') != std::string_view::npos ||
                           line.find("GMT") != std::string_view::npos ||
                           line.find("UTC") != std::string_view::npos;
    return has_signs && matches(line, date_and_sender());
}

bool is_posted_by(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t\r\n\f");
    return first != std::string_view::npos && (line[first] == 'p' || line[first] == 'P') &&
           matches(line, posted_by());
}

std::size_t line_at(const Lines& lines, const char* position) {
    const auto after = std::ranges::upper_bound(lines, position, {}, &std::string_view::data);
    return static_cast<std::size_t>(after - lines.begin()) - 1;
}

// "> wrote:": the rest of an address that was broken over two lines, not a quotation.
bool is_broken_bracket(std::string_view line) {
    constexpr std::size_t at_most = 48;
    line = trimmed(line);
    if (line == ">:" || line == "> :") return true;
    return line.starts_with('>') && line.size() <= at_most && matches(line.substr(0, 12), verb());
}

std::string_view without_broken_bracket(std::string_view line) {
    return is_broken_bracket(line) ? trimmed(trimmed(line).substr(1)) : trimmed(line);
}

bool is_own(std::string_view line) {
    return !is_quoted(line) || is_broken_bracket(line);
}

bool next_is_quoted(const Lines& lines, std::size_t from) {
    while (from < lines.size() && is_blank(lines[from])) ++from;
    return from < lines.size() && is_quoted(lines[from]);
}

// Whether lines [first, last) as one are an attribution: it must say when or who, as a sentence about what
// somebody once wrote does not ("Op 9 februari schreef u ons:").
bool is_attribution(const Lines& lines, std::size_t first, std::size_t last) {
    std::string whole;
    for (std::size_t i = first; i < last; ++i) {
        const std::string_view line = without_broken_bracket(lines[i]);
        if (whole.size() + line.size() > attribution_octets) return false;
        (whole += whole.empty() || line.empty() ? "" : " ") += line;
    }
    if (!matches(whole, ending()) || !matches(whole, verb())) return false;
    const bool with_mailbox = names_mailbox(whole);
    const bool with_year = matches(whole, year());
    const bool with_time = names_time(whole);
    const bool begins = matches(whole, introduction());
    if (begins && (with_mailbox || (with_year && with_time))) return true;
    if (with_year && (with_mailbox || with_time)) return true;
    if (with_mailbox && last - first <= 2) return true;
    const bool is_followed = next_is_quoted(lines, last);
    if (with_year && is_followed) return true;
    return (begins && with_year && (is_followed || whole.find(" via ") != std::string::npos)) ||
           (is_followed && last - first <= 2 && (with_time || whole.size() < 80)) ||
           whole.find(" via ") != std::string::npos;
}

// The shortest run of lines around line `at`, where the verb stands, that is one.
std::optional<Span> around(const Lines& lines, std::size_t at, std::size_t from) {
    for (std::size_t length = 1; length <= attribution_lines; ++length)
        for (std::size_t after = 1; after <= std::min<std::size_t>(length, 3); ++after) {
            const std::size_t last = at + after;
            if (last > lines.size() || last < length) continue;
            const std::size_t first = last - length;
            if (first < from || is_blank(lines[first]) || is_blank(lines[last - 1]) ||
                is_quoted(lines[first]))
                continue;
            if (!std::all_of(lines.begin() + static_cast<std::ptrdiff_t>(first),
                             lines.begin() + static_cast<std::ptrdiff_t>(last), is_own))
                continue;
            if (is_attribution(lines, first, last)) return Span{first, last};
        }
    return std::nullopt;
}

// Runs of lines before `last_line` in which a verb may stand that belongs to an attribution: its end is then
// in the same line, or in one of the next two. A verb may itself end in the next line.
std::vector<Span> parts_with_ends(const Lines& lines, std::size_t last_line) {
    constexpr std::size_t verb_to_end = 2;
    std::vector<Span> parts;
    for (std::size_t i = 0; i < std::min(last_line + verb_to_end, lines.size()); ++i) {
        if (!may_end(lines[i])) continue;
        const std::size_t first = i < verb_to_end ? 0 : i - verb_to_end;
        const std::size_t last = std::min({i + 2, last_line, lines.size()});
        if (first >= last) continue;
        if (!parts.empty() && first <= parts.back().last)
            parts.back().last = last;
        else
            parts.push_back({first, last});
    }
    return parts;
}

// A run that begins in the middle ("Feb 2016 at 7:50, X wrote:", "x@y> wrote:") has its beginning in the
// lines above.
Span with_beginning(const Lines& lines, Span span, std::size_t from) {
    constexpr std::size_t lines_above = 3;
    const auto open_brackets = [&](std::size_t first) {
        std::ptrdiff_t open = 0;
        for (std::size_t i = first; i < span.last; ++i)
            open += std::ranges::count(lines[i], '<') - std::ranges::count(lines[i], '>');
        return open;
    };
    for (std::size_t back = 1; back <= lines_above && open_brackets(span.first) < 0 && span.first > from;
         ++back)
        if (is_own(lines[span.first - 1])) --span.first;
    const auto begins = [&](std::size_t line) { return matches(lines[line], introduction()); };
    if (begins(span.first)) return span;
    for (std::size_t back = 1; back <= lines_above && span.first >= from + back; ++back) {
        const std::size_t first = span.first - back;
        if (!is_own(lines[first]) || (is_blank(lines[first]) && back > 1)) return span;
        if (!is_blank(lines[first]) && begins(first) && is_attribution(lines, first, span.last))
            return {first, span.last};
    }
    return span;
}

}  // namespace

std::vector<Span> attributions(const Lines& lines, std::size_t end) {
    // No verb that stands lower belongs to one that begins before `end`.
    constexpr std::size_t lines_below = 2 * attribution_lines;
    const std::size_t last_line = std::min(end + lines_below, lines.size());
    std::vector<Span> spans;
    const auto keep = [&](Span span) {
        if (spans.empty() || span.first >= spans.back().last) spans.push_back(span);
    };
    std::size_t from = 0, tries = 0;
    for (const Span& part : parts_with_ends(lines, last_line)) {
        const char* const begin = lines[part.first].data();
        const std::string_view last = lines[part.last - 1];
        re2::StringPiece rest{begin, static_cast<std::size_t>(last.data() + last.size() - begin)}, found;
        while (tries < attribution_tries && RE2::FindAndConsume(&rest, verb(), &found)) {
            const std::size_t at = line_at(lines, found.data());
            // One verb a line is enough. (It may have ended in the next one.)
            const char* const line_end = lines[at].data() + lines[at].size();
            if (line_end > rest.data()) rest.remove_prefix(static_cast<std::size_t>(line_end - rest.data()));
            if (at < from || lines[at].size() > attribution_octets) continue;
            if (is_quoted(lines[at]) && (at == 0 || is_quoted(lines[at - 1]))) continue;
            ++tries;
            if (const auto span = around(lines, at, from)) {
                keep(with_beginning(lines, *span, from));
                from = span->last;
            }
        }
    }
    for (std::size_t i = 0; i < std::min(end, lines.size()); ++i) {
        if (is_quoted(lines[i]) || is_blank(lines[i]) || lines[i].size() > 200) continue;
        if (!decimal_digits.any_in(lines[i])) continue;
        if (has_date_and_sender(lines[i]) || is_posted_by(lines[i])) {
            spans.push_back({i, i + 1});
        } else if (i + 1 < lines.size() && trimmed(lines[i]).ends_with('<')) {
            const std::string two = std::string{trimmed(lines[i])} + std::string{trimmed(lines[i + 1])};
            if (has_date_and_sender(two)) spans.push_back({i, i + 2});
        }
    }
    std::ranges::sort(spans, {}, &Span::first);
    return spans;
}

}  // namespace raadspost::answer::reply

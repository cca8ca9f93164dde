#include "core/answer/reply/attribution.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

namespace raadspost::answer::reply {
namespace {

constexpr std::size_t attribution_lines = 6;
constexpr std::size_t attribution_octets = 600;
constexpr std::size_t attribution_tries = 500;  // lines with such a verb; no reply holds so many
constexpr std::size_t header_lines = 14;

// "wrote", in the languages whose mail programs were seen. Nederlands, Frysk, English, Deutsch, français,
// español, português, italiano, nordic, polski, česky, russian, ukrainian, suomi, türkçe, chinese, japanese.
const RE2& verb() {
    static const RE2 pattern{
        R"((?i)(\b(schreef|schreven|geschreven|skreau|skreaun|wrote|writes|schrieb|schrieben|geschrieben|ha scritto|skrev|skrifaði|kirjoitti|yazdı)\b|a écrit|a\s+écrit|nous a dit|escribió|escreveu|napisał|napsal|написал|пише|写道|寫道|のメール))"};
    return pattern;
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

const RE2& time_of_day() {
    static const RE2 pattern{R"(\b\d{1,2}[:.]\d\d\b|\d{1,2}：\d\d|下午|上午)"};
    return pattern;
}

const RE2& mailbox() {
    static const RE2 pattern{R"([\w.+-]+@[\w-]+\.[\w.-]+)"};
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
        R"(^[\s*]*((19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}\s+\d{1,2}:\d\d\s+(GMT|UTC)\s*[+-]\d\d:?\d\d\s+\S.*|.{0,40}\b(19|20)\d\d\b.{1,100}<\s*[^@<>\s]+@[^@<>\s]+\s*>\s*:)\s*$)"};
    return pattern;
}

const RE2& posted_by() {
    static const RE2 pattern{R"((?i)^\s*posted by \S.* on \d{1,2}[-/]\d{1,2}[-/]\d{2,4}\s*$)"};
    return pattern;
}

const RE2& marker() {
    static const RE2 pattern{
        R"((?i)^[\s*>|]*(-{2,}|_{2,}|={2,})[\s*]*\S.*(bericht|message|appointment|mail|nachricht|mensaje|mensagem|messaggio|meddelande|meddelelse|melding|wiadomość|сообщение|邮件|郵件|forwarded by|doorgestuurd door|doorgestuurd).{0,60}?[\s*]*(-{2,}|_{2,}|={2,})[\s*]*$)"};
    return pattern;
}

const RE2& forwarding() {
    static const RE2 pattern{
        R"((?i)^[\s*>]*(begin (van )?(het )?doorgestuurde? bericht|begin forwarded message|anfang der weitergeleiteten (e-?mail|nachricht)|début du message (transféré|réexpédié)|inicio del mensaje reenviado|inizio messaggio inoltrato|vidarebefordrat brev|videresendt besked|-+ below this line is a copy of the message\.?)\s*:?[\s*]*$)"};
    return pattern;
}

bool matches(std::string_view text, const RE2& pattern) {
    return RE2::PartialMatch(re2::StringPiece{text.data(), text.size()}, pattern);
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
    if ( !matches(whole, ending()) || !matches(whole, verb()))
        return false;
    const bool with_mailbox = matches(whole, mailbox());
    const bool with_year = matches(whole, year());
    const bool with_time = matches(whole, time_of_day());
    const bool begins = matches(whole, introduction());
    if (begins && (with_mailbox || (with_year && with_time))) return true;
    if (with_year && (with_mailbox || with_time)) return true;
    if (with_mailbox && last - first <= 2) return true;
    const bool is_followed = next_is_quoted(lines, last);
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

// --- the headers of a copied message
// ---------------------------------------------------------------------------------

enum class Part { none, from, sent, to, subject, other };

struct Word {
    std::string_view word;
    Part part;
};

constexpr std::array words = {
    Word{"aan", Part::to},
    Word{"afzender", Part::from},
    Word{"an", Part::to},
    Word{"antwort an", Part::other},
    Word{"asunto", Part::subject},
    Word{"assunto", Part::subject},
    Word{"beantwoorden - aan", Part::other},
    Word{"beantwoorden aan", Part::other},
    Word{"belang", Part::other},
    Word{"betreff", Part::subject},
    Word{"betreft", Part::subject},
    Word{"bijlage", Part::other},
    Word{"bijlagen", Part::other},
    Word{"cc", Part::other},
    Word{"bcc", Part::other},
    Word{"data", Part::sent},
    Word{"date", Part::sent},
    Word{"datum", Part::sent},
    Word{"de", Part::from},
    Word{"da", Part::from},
    Word{"do", Part::to},
    Word{"emne", Part::subject},
    Word{"envoyé", Part::sent},
    Word{"enviado", Part::sent},
    Word{"enviado el", Part::sent},
    Word{"enviada em", Part::sent},
    Word{"enviado em", Part::sent},
    Word{"expéditeur", Part::from},
    Word{"fecha", Part::sent},
    Word{"fra", Part::from},
    Word{"from", Part::from},
    Word{"från", Part::from},
    Word{"gesendet", Part::sent},
    Word{"importance", Part::other},
    Word{"inviato", Part::sent},
    Word{"kopie", Part::other},
    Word{"kopie (cc)", Part::other},
    Word{"objet", Part::subject},
    Word{"od", Part::from},
    Word{"oggetto", Part::subject},
    Word{"onderwerp", Part::subject},
    Word{"organisation", Part::other},
    Word{"organisatie", Part::other},
    Word{"para", Part::to},
    Word{"prioriteit", Part::other},
    Word{"reply-to", Part::other},
    Word{"reply to", Part::other},
    Word{"sendt", Part::sent},
    Word{"sent", Part::sent},
    Word{"skickat", Part::sent},
    Word{"subject", Part::subject},
    Word{"temat", Part::subject},
    Word{"til", Part::to},
    Word{"till", Part::to},
    Word{"to", Part::to},
    Word{"urgentie", Part::other},
    Word{"van", Part::from},
    Word{"verzonden", Part::sent},
    Word{"verstuurd", Part::sent},
    Word{"verzonden op", Part::sent},
    Word{"von", Part::from},
    Word{"wysłano", Part::sent},
    Word{"à", Part::to},
    Word{"ämne", Part::subject},
    Word{"от", Part::from},
    Word{"От", Part::from},
    Word{"Отправлено", Part::sent},
    Word{"Дата", Part::sent},
    Word{"Кому", Part::to},
    Word{"Тема", Part::subject},
    Word{"À", Part::to},
    Word{"Ämne", Part::subject},
    Word{"发件人", Part::from},
    Word{"发送时间", Part::sent},
    Word{"收件人", Part::to},
    Word{"主题", Part::subject},
};

// "*Van:* X", "Von : X", "From:	X". What stands behind the colon goes into `value`.
Part header_part(std::string_view line, std::string_view& value) {
    line = trimmed(line);
    while (!line.empty() &&
           (line.front() == '*' || line.front() == '>' || line.front() == ' ' || line.front() == '|'))
        line.remove_prefix(1);
    std::size_t colon = line.substr(0, 40).find(':');
    std::size_t width = 1;
    if (const std::size_t wide = line.substr(0, 40).find("：");
        wide != std::string_view::npos && (colon == std::string_view::npos || wide < colon)) {
        colon = wide;
        width = 3;
    }
    if (colon == std::string_view::npos || colon == 0) return Part::none;
    std::string_view name = line.substr(0, colon);
    while (!name.empty() && (name.back() == '*' || name.back() == ' ')) name.remove_suffix(1);
    if (name.ends_with("\xC2\xA0")) name.remove_suffix(2);
    value = trimmed(line.substr(colon + width));
    while (!value.empty() && (value.front() == '*' || value.front() == ' ')) value.remove_prefix(1);
    const std::string folded = lower(name);
    const auto* found = std::ranges::find(words, std::string_view{folded}, &Word::word);
    return found == words.end() ? Part::none : found->part;
}

bool is_header_block(const Lines& lines, std::size_t first, bool text_above) {
    std::array<bool, 6> seen{};
    std::size_t kinds = 0, blank = 0, without_part = 0;
    bool evidence = false;
    const auto has = [&seen](Part part) { return seen[static_cast<std::size_t>(part)]; };
    for (std::size_t i = first; i < std::min(lines.size(), first + header_lines); ++i) {
        if (is_blank(lines[i])) {
            if (++blank > 1 && kinds >= 2) break;
            if (blank > 2) break;
            continue;
        }
        std::string_view value;
        const Part part = header_part(lines[i], value);
        if (part == Part::none) {
            // A value may go on in the next lines; a sentence after a blank line is none.
            if (blank > 0 || ++without_part > 3) break;
            continue;
        }
        blank = 0;
        if (part == Part::from && has(Part::from)) break;  // another one begins
        if (!seen[static_cast<std::size_t>(part)] && part != Part::other) ++kinds;
        seen[static_cast<std::size_t>(part)] = true;
        evidence =
            evidence || matches(lines[i], mailbox()) || (part == Part::sent && matches(value, time_of_day()));
    }
    if (!has(Part::from) || !(has(Part::sent) || has(Part::to) || has(Part::subject))) return false;
    return kinds >= 3 ? evidence || text_above : kinds == 2 && evidence && has(Part::sent);
}

}  // namespace

std::vector<Span> attributions(std::string_view text, const Lines& lines) {
    std::vector<Span> spans;
    const auto keep = [&](Span span) {
        if (spans.empty() || span.first >= spans.back().last) spans.push_back(span);
    };
    re2::StringPiece rest{text.data(), text.size()};
    re2::StringPiece found;
    std::size_t tries = 0;
    for (std::size_t from = 0; tries < attribution_tries && RE2::FindAndConsume(&rest, verb(), &found);) {
        const std::size_t at = line_at(lines, found.data());
        // One verb a line is enough. (It may have ended in the next one.)
        const char* const end = lines[at].data() + lines[at].size();
        if (end > rest.data()) rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        if (at < from || lines[at].size() > attribution_octets) continue;
        if (is_quoted(lines[at]) && (at == 0 || is_quoted(lines[at - 1]))) continue;
        ++tries;
        if (const auto span = around(lines, at, from)) {
            keep(with_beginning(lines, *span, from));
            from = span->last;
        }
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_quoted(lines[i]) || is_blank(lines[i]) || lines[i].size() > 200) continue;
        const bool may_be = lines[i].find_first_of("0123456789") != std::string_view::npos;
        if (!may_be) continue;
        if (matches(lines[i], date_and_sender()) || matches(lines[i], posted_by())) {
            spans.push_back({i, i + 1});
        } else if (i + 1 < lines.size() && trimmed(lines[i]).ends_with('<')) {
            const std::string two = std::string{trimmed(lines[i])} + std::string{trimmed(lines[i + 1])};
            if (matches(two, date_and_sender())) spans.push_back({i, i + 2});
        }
    }
    std::ranges::sort(spans, {}, &Span::first);
    return spans;
}

std::size_t first_copy(const Lines& lines) {
    bool text_above = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_blank(lines[i]) || is_rule(lines[i])) continue;
        std::string_view value;
        const Part part = header_part(lines[i], value);
        const bool starts = part != Part::none && part != Part::other && !is_quoted(lines[i]);
        if (starts && is_header_block(lines, i, text_above)) return i;
        if (!is_quoted(lines[i]) && lines[i].size() < 200 &&
            (matches(lines[i], marker()) || matches(lines[i], forwarding())))
            return i;
        text_above = text_above || !is_quoted(lines[i]);
    }
    return lines.size();
}

}  // namespace raadspost::answer::reply

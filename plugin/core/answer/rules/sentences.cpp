#include "core/answer/rules/sentences.hpp"

#include "core/ascii.hpp"
#include "core/letter_set.hpp"

#include <algorithm>
#include <array>

namespace raadspost::answer {
namespace {

constexpr std::size_t max_sentences = 400;
constexpr std::size_t max_sentence_octets = 2000;  // longer ones are cut: no griffier writes them
constexpr std::size_t max_line_shown = 300;
constexpr std::size_t wrapped_line = 54;  // a line this long that runs on in lower case was wrapped

// Words after which a full stop ends no sentence. Folded, sorted.
constexpr std::array<std::string_view, 58> abbreviations = {
    "a.s",  "aanh", "apr", "art", "aug",   "b.g.g", "bijl",  "bijv", "blz",   "bv",   "c.q", "ca",
    "chr",  "d.d",  "dd",  "dec", "dhr",   "dr",    "drs",   "e.a",  "e.d",   "e.v",  "enz", "evt",
    "excl", "feb",  "fam", "fr",  "gem",   "h.o.d", "hr",    "i.c",  "i.v.m", "incl", "ing", "ir",
    "jan",  "jl",   "jr",  "lid", "m.b.t", "m.i.v", "m.u.v", "mevr", "mr",    "mrt",  "mw",  "n.a.v",
    "nl",   "no",   "nov", "nr",  "nrs",   "o.a",   "o.v.v", "okt",  "p.o",   "resp"};
constexpr std::array<std::string_view, 25> more_abbreviations = {
    "sept",   "t.a.v",  "t.b.v",     "t.g.v", "t.k.n",         "t.n.v",  "t/m",  "tel", "telnr",
    "volgnr", "zaaknr", "dossiernr", "regnr", "registratienr", "stuknr", "kenm", "ref", "reg",
    "v.d",    "vgl",    "vnl",       "vs",    "w.o",           "z.g",    "zgn"};

constexpr std::array<std::string_view, 81> verbs = {
    "bent",    "bied",    "bieden",    "bleef",   "blijft", "breng",     "brengen",  "brengt",  "delen",
    "deel",    "deelt",   "doen",      "doet",    "gaan",   "gaat",      "geef",     "gelieve", "geven",
    "had",     "heb",     "hebben",    "hebt",    "heeft",  "hoor",      "horen",    "is",      "kan",
    "kom",     "komen",   "komt",      "krijgen", "krijgt", "kun",       "kunnen",   "kunt",    "laat",
    "laten",   "leg",     "leggen",    "legt",    "mag",    "mogen",     "moet",     "nam",     "neem",
    "neemt",   "nemen",   "nodig",     "nodigen", "nodigt", "ontvangen", "ontvangt", "plaats",  "plaatsen",
    "plaatst", "staan",   "staat",     "stel",    "stelt",  "stellen",   "stuur",    "stuurde", "sturen",
    "stuurt",  "verzoek", "verzoeken", "vinden",  "vraag",  "vragen",    "was",      "werd",    "werden",
    "wil",     "willen",  "wilt",      "word",    "worden", "wordt",     "zal",      "zien",    "zijn"};
constexpr std::array<std::string_view, 13> more_verbs = {"zend", "zenden", "zendt",  "zet",  "zetten",
                                                         "ziet", "zou",    "zouden", "zult", "zullen",
                                                         "are",  "has",    "will"};

// A comma before one of these begins a clause of its own.
constexpr std::array<std::string_view, 22> starters = {
    "aangezien", "als",     "but",    "daarentegen", "doch",  "dus",   "echter",  "hoewel",
    "however",   "if",      "indien", "maar",        "mits",  "mocht", "mochten", "omdat",
    "tenzij",    "terwijl", "want",   "wel",         "which", "zodat"};

// A sentence that begins so answers the question before it, or tells who asks that what to do ("Spoed? Bel de
// bode"); unless it goes on about what was asked for ("Mail die dan even").
constexpr std::array<std::string_view, 18> answer_words = {
    "aanmelden", "adresseer", "bel", "boek", "gebruik", "ja",          "jawel", "jazeker", "klik",
    "mail",      "meld",      "nee", "neem", "neen",    "solliciteer", "stuur", "call",    "contact"};
constexpr std::array<std::string_view, 8> supposed = {"is dat",  "is dit",  "is het",   "kan dat",
                                                      "kan het", "mag dat", "gaat het", "klopt dat"};
constexpr std::array<std::string_view, 5> waiting = {" ik ", " wij ", " we ", " u ", " je "};
constexpr std::array<std::string_view, 9> asked_for = {"deze", "die", "dit", "hem", "het",
                                                       "me",   "mij", "m",   "ze"};
constexpr std::array<std::string_view, 11> answer_phrases = {
    "bij deze",      "dan kunt u ", "dan laten wij", "dan laten we", "dan neemt u", "dan vragen wij",
    "dan vragen we", "dat gaat ",   "dat hoort u ",  "dat kan via ", "dat kan tot "};

bool among(std::string_view word, auto const&... tables) {
    return ((std::find(tables.begin(), tables.end(), word) != tables.end()) || ...);
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The word before `at`, lower case, with inner dots.
std::string word_before(std::string_view text, std::size_t at) {
    std::size_t from = at;
    while (from > 0 && at - from < 12 && !is_space(text[from - 1]) && text[from - 1] != '(') --from;
    return lowered(text.substr(from, at - from));
}

// "a", "a.b"
bool are_initials(std::string_view word) {
    if (word.size() % 2 == 0) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (i % 2 == 0 ? !is_lower(word[i]) : word[i] != '.') return false;
    return true;
}

// Whether the full stop, question or exclamation mark at `at` ends a sentence.
bool ends_sentence(std::string_view text, std::size_t at) {
    std::size_t next = at + 1;
    while (next < text.size() && (text[next] == ')' || text[next] == '"' || text[next] == '\'')) ++next;
    const bool quoted = next > at + 1;
    if (next < text.size() && !is_space(text[next])) return false;  // 19.30, 12.2.2026, example.nl
    while (next < text.size() && is_space(text[next])) ++next;
    if (next == text.size()) return true;
    // A title in quotation marks may end so; who writes without capitals ends a sentence all the same.
    if (text[at] != '.') return !quoted || !is_lower(text[next]);
    const std::string word = word_before(text, at);
    if (are_initials(word)) return false;
    const bool abbreviated = among(word, abbreviations, more_abbreviations);
    if (abbreviated) {
        const bool closes =
            word == "a.s" || word == "jl" || word == "e.d" || word == "enz" || word == "o.v.v";
        return closes && is_upper(text[next]);
    }
    if (word.size() <= 2 && !word.empty() && std::all_of(word.begin(), word.end(), is_digit))
        return !is_lower(text[next]);  // "1. Is ..." is cut there too, which does no harm
    return true;
}

// A smiley ends a sentence where a capital follows: "Komt goed ;-) Hij staat op de lijst".
bool smiles(std::string_view text, std::size_t at) {
    if (text[at] != ')' || at == 0) return false;
    const std::size_t eyes = text[at - 1] == '-' && at >= 2 ? at - 2 : at - 1;
    if (text[eyes] != ';' && text[eyes] != ':') return false;
    return at + 2 < text.size() && text[at + 1] == ' ' && is_upper(text[at + 2]);
}

// Whether the line end at `at` only wraps the sentence.
bool only_wraps(std::string_view text, std::size_t line_begin, std::size_t at) {
    if (at + 1 >= text.size() || text[at + 1] == '\n' || text[at + 1] == '\r') return false;
    std::size_t next = at + 1;
    while (next < text.size() && (text[next] == ' ' || text[next] == '\t')) ++next;
    if (next == text.size()) return false;
    const char c = text[next];
    if (c == '-' || c == '*' || c == '>' || c == '\n') return false;
    std::size_t end = at;
    while (end > line_begin && is_space(text[end - 1])) --end;
    const char last = end > line_begin ? text[end - 1] : '\n';
    if (end - line_begin >= wrapped_line) return last != ':' || is_lower(c);
    return is_lower(c) && last != ',' && last != ':' && last != '.' && end - line_begin >= wrapped_line / 2;
}

bool is_address_character(char c) {
    return (c > ' ' && c < 0x7F && c != '<' && c != '>' && c != '(' && c != ')' && c != ',' && c != ';' &&
            c != ':') ||
           static_cast<unsigned char>(c) >= 0x80;
}

// The letters of addresses and links say nothing: "ingekomenstukken@x.nl" is no list. They become "x".
void mask_addresses(std::string& text) {
    const auto mask = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i)
            if (is_lower(text[i]) || is_digit(text[i]) || text[i] == '-' || text[i] == '_') text[i] = 'x';
    };
    for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at + 1)) {
        std::size_t from = at, to = at + 1;
        while (from > 0 && is_address_character(text[from - 1])) --from;
        while (to < text.size() && is_address_character(text[to])) ++to;
        mask(from, to);
        at = to - 1;
    }
    for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at + 1)) {
        const std::size_t to = std::min(text.find_first_of(" >)", at), text.size());
        mask(at, to);
        at = to;
    }
}

void cut_clauses(Sentence& sentence) {
    const std::string_view text = sentence.folded.text;
    std::size_t begin = 0;
    const auto cut = [&](std::size_t at, std::size_t next) {
        if (at > begin) sentence.clauses.emplace_back(begin, at);
        begin = next;
    };
    std::string_view before;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = text.find(' ', at);
        if (end == std::string_view::npos) end = text.size();
        std::string_view word = text.substr(at, end - at);
        const bool semicolon = word.ends_with(';');
        const bool after_comma = before.ends_with(',') || before == "-";
        std::string_view bare = word;
        while (!bare.empty() &&
               (bare.back() == ',' || bare.back() == ';' || bare.back() == '.' || bare.back() == ':'))
            bare.remove_suffix(1);
        if (at > begin) {
            const bool contrast = bare == "maar" || bare == "doch" || bare == "but";
            if (contrast || (after_comma && among(bare, starters)))
                cut(at, at);
            else if (after_comma && among(bare, verbs, more_verbs))
                cut(at, at);
            else if ((before == "en" || before == "and" || before == "evenals") &&
                     among(bare, verbs, more_verbs))
                cut(at, at);
        }
        before = word;
        at = end + 1;
        if (semicolon && at < text.size()) cut(end, at), before = {};
    }
    cut(text.size(), text.size());
    if (sentence.clauses.empty()) sentence.clauses.emplace_back(0, text.size());
}

// "Is dat zo? Dan gaat uw brief ..." explains; "Is er een pdf? Dan zet ik ..." waits for an answer.
bool explains(std::string_view asked, std::string_view folded) {
    constexpr std::string_view then = "dan ";
    const auto begins = [](std::string_view text, auto const& table) {
        return std::any_of(table.begin(), table.end(),
                           [&](std::string_view each) { return text.starts_with(each); });
    };
    if (!folded.starts_with(then) || !begins(asked, supposed)) return false;
    folded.remove_prefix(std::min(folded.find(' ', then.size()), folded.size()));
    return !begins(folded, waiting);
}

bool answers_what_was_asked(std::string_view asked, std::string_view folded) {
    if (explains(asked, folded)) return true;
    if (std::any_of(answer_phrases.begin(), answer_phrases.end(),
                    [&](std::string_view each) { return folded.starts_with(each); }))
        return true;
    const auto letters = [](std::string_view text) {
        return text.substr(0, std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), text.size()));
    };
    const std::string_view first = letters(folded);
    if (!among(first, answer_words)) return false;
    const std::string_view rest = folded.substr(first.size());
    return !rest.starts_with(' ') || !among(letters(rest.substr(1)), asked_for);
}

}  // namespace

std::string Sentence::line() const {
    std::string out;
    bool gap = false;
    for (const char c : source) {
        if (is_space(c)) {
            gap = true;
            continue;
        }
        if (gap && !out.empty()) out += ' ';
        gap = false;
        out += c;
    }
    if (out.size() <= max_line_shown) return out;
    std::size_t end = max_line_shown;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;
    out.resize(end);
    return out + "\xE2\x80\xA6";
}

std::vector<Sentence> sentences(std::string_view text) {
    std::vector<Sentence> out;
    std::size_t begin = 0, line_begin = 0;
    const auto finish = [&](std::size_t end) {
        std::string_view source = text.substr(begin, end - begin);
        begin = end;
        while (!source.empty() && is_space(source.front())) source.remove_prefix(1);
        while (!source.empty() && is_space(source.back())) source.remove_suffix(1);
        if (source.empty()) return;
        Sentence sentence;
        sentence.source = source;
        sentence.folded = folded_text(source);
        if (sentence.folded.text.empty()) return;
        sentence.asks = source.back() == '?' || source.ends_with("?)") || source.ends_with("?\"");
        // "?" alone asks nothing that could be answered.
        sentence.asks =
            sentence.asks && std::any_of(sentence.folded.text.begin(), sentence.folded.text.end(), is_lower);
        mask_addresses(sentence.folded.text);
        cut_clauses(sentence);
        out.push_back(std::move(sentence));
    };
    constexpr LetterSet may_end{"\n.?!)"};
    for (std::size_t at = 0; at < text.size() && out.size() < max_sentences; ++at) {
        // Nothing ends before the next of these, unless it is too long.
        const std::size_t sure = std::min(text.size(), std::max(at, begin + max_sentence_octets));
        while (at < sure && !may_end.has(text[at])) ++at;
        if (at == text.size()) break;
        const char c = text[at];
        if (c == '\n') {
            if (!only_wraps(text, line_begin, at)) finish(at);
            line_begin = at + 1;
        } else if ((c == '.' || c == '?' || c == '!') && ends_sentence(text, at)) {
            std::size_t end = at + 1;
            while (end < text.size() && (text[end] == ')' || text[end] == '"' || text[end] == '.' ||
                                         text[end] == '!' || text[end] == '?'))
                ++end;
            finish(end);
            at = end - 1;
        } else if (smiles(text, at)) {
            finish(at + 1);
        } else if (at - begin >= max_sentence_octets && is_space(c)) {
            finish(at);
        }
    }
    if (out.size() < max_sentences) finish(text.size());
    for (std::size_t i = 1; i < out.size(); ++i)
        out[i - 1].answered =
            out[i - 1].asks && answers_what_was_asked(out[i - 1].folded.text, out[i].folded.text);
    return out;
}

}  // namespace raadspost::answer

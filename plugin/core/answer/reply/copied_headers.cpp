#include "core/answer/reply/copied_headers.hpp"

#include "core/ascii.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>

namespace raadspost::answer::reply {
namespace {

constexpr std::size_t header_lines = 14;
constexpr std::size_t marker_octets = 200;

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

// Both are asked of every line, and most lines begin as neither can.
bool announces_copy(std::string_view line) {
    const std::size_t first = line.find_first_not_of(" \t\n\f\r*>|");
    return first != std::string_view::npos &&
           std::string_view{"-_=bBaAdDiIvV"}.find(line[first]) != std::string_view::npos &&
           (matches(line, marker()) || matches(line, forwarding()));
}

// ---------------------------------------------------------------------------------

enum class Part { none, from, sent, to, subject, other };

struct Word {
    std::string_view word;
    Part part;
};

constexpr std::array words = {
    Word{"a", Part::to},
    Word{"aihe", Part::subject},
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
    Word{"dato", Part::sent},
    Word{"destinataire", Part::to},
    Word{"enviada", Part::sent},
    Word{"komu", Part::to},
    Word{"lähetetty", Part::sent},
    Word{"lähettäjä", Part::from},
    Word{"předmět", Part::subject},
    Word{"vastaanottaja", Part::to},
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
    Word{"oan", Part::to},
    Word{"reply to", Part::other},
    Word{"sendt", Part::sent},
    Word{"sent", Part::sent},
    Word{"skickat", Part::sent},
    Word{"subject", Part::subject},
    Word{"temat", Part::subject},
    Word{"til", Part::to},
    Word{"till", Part::to},
    Word{"to", Part::to},
    Word{"underwerp", Part::subject},
    Word{"urgentie", Part::other},
    Word{"fan", Part::from},
    Word{"ferstjoerd", Part::sent},
    Word{"van", Part::from},
    Word{"verzonden", Part::sent},
    Word{"verstuurd", Part::sent},
    Word{"verzonden op", Part::sent},
    Word{"von", Part::from},
    Word{"wysłano", Part::sent},
    Word{"ûnderwerp", Part::subject},
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
    const std::string folded = lowered(name);
    const auto* found = std::ranges::find(words, std::string_view{folded}, &Word::word);
    return found == words.end() ? Part::none : found->part;
}

bool is_header_block(const Lines& lines, std::size_t first, bool text_above) {
    std::array<bool, 6> seen{};
    std::size_t kinds = 0, blank = 0, without_part = 0;
    bool evidence = false;
    Part first_part = Part::none;
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
        if (first_part == Part::none) first_part = part;
        if (part == Part::from && has(Part::from)) break;  // another one begins
        if (!seen[static_cast<std::size_t>(part)] && part != Part::other) ++kinds;
        seen[static_cast<std::size_t>(part)] = true;
        evidence = evidence || names_mailbox(lines[i]) || (part == Part::sent && names_time(value));
    }
    if (!has(Part::from) || !(has(Part::sent) || has(Part::to) || has(Part::subject))) return false;
    // Receipts repeat what was sent, in an order of their own and with a number that must not be lost.
    if (first_part != Part::from) return kinds == 4 && (evidence || text_above);
    return kinds >= 3 ? evidence || text_above : kinds == 2 && evidence && has(Part::sent);
}

}  // namespace

std::size_t first_copy(const Lines& lines) {
    bool text_above = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_blank(lines[i]) || is_rule(lines[i])) continue;
        std::string_view value;
        const Part part = header_part(lines[i], value);
        const bool starts = part != Part::none && part != Part::other && !is_quoted(lines[i]);
        if (starts && is_header_block(lines, i, text_above)) return i;
        if (!is_quoted(lines[i]) && lines[i].size() < marker_octets && announces_copy(lines[i])) return i;
        text_above = text_above || !is_quoted(lines[i]);
    }
    return lines.size();
}

}  // namespace raadspost::answer::reply

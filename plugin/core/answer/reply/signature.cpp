#include "core/answer/reply/signature.hpp"

#include "core/answer/patterns/pattern_set.hpp"
#include "core/ascii.hpp"
#include "core/letter_set.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace raadspost::answer::reply {
namespace {

constexpr std::size_t device_line_octets = 160;
constexpr std::size_t contact_lines = 24;
constexpr std::size_t contact_line_octets = 100;

const PatternSet& device() {
    static const PatternSet pattern{
        RE2::Options{},
        {R"((?i)^[\s(<*_]*()"
         // Nederlands, Frysk
         R"(((dit (bericht|e-?mail(bericht)?) (is|werd) )?(verzonden|verstuurd|gestuurd|geschreven|getypt)\s+(vanaf|vanuit|vanop|via|met|op|fan)\s+((mijn|een|de|myn)\s+)?(outlook|mail|e-?mail|iphone|ipad|ipod|android|samsung|galaxy|huawei|blackberry|yahoo|proton|telefoon|mobiel|mobiele|smartphone|tablet|windows|gmail|mobile|apparaat|sony|htc|nokia|xiaomi|oneplus|fairphone|hcl|notes|touchdown|kpn|ziggo))|)"
         R"((verzonden|verstuurd) vanaf (mijn|m'n) .{1,40}$|)"
         R"((outlook voor (ios|android|mac) (ophalen|downloaden)|(download|ontvang|haal) outlook voor (ios|android)))"
         // English
         R"(|(get |download )?\[?outlook for (ios|android|mac|mobile)|get \[?outlook)"
         R"(|sent\s+(from|via|with|by)\s+(\[|<|my|the|a|an|mobile|outlook|mail|mailbox|windows|yahoo|airmail|samsung|galaxy|iphone|ipad|blackberry|android|proton|gmail|spark|phone|nine|boxer|mobiel|mobil|surface|cell|superhuman|thunderbird|hey|fastmail|aol|verizon|t-mobile|at&t|inbox)\b.*)"
         R"(|sent by (galaxy|phone|mobile).*|from my (iphone|ipad|phone|mobile|android|blackberry|cell|samsung|galaxy|ipod|nokia|htc|pixel).{0,30}$|(\w+\s+){1,2}from mobile\W*$|via mobile\W*$)"
         // Deutsch, français, italiano, español, português, nordic, chinese, japanese, russian, polski
         R"(|von (meinem|unterwegs|meiner) .{0,60}gesendet|(diese (nachricht|e-?mail|mail) wurde )?von .{1,60} gesendet|gesendet (von|mit|über) (meinem|meiner|outlook|mail|der|yahoo|samsung|iphone).*)"
         R"(|envoyé (depuis|de|à partir de|avec) (mon|ma|mes|yahoo|outlook|l'app|un|mail|courrier|proton).*|télécharger outlook|obtenez outlook|obtenir outlook)"
         R"(|inviato da(l|lla|i)? .*|scarica outlook|enviado (do|desde|a partir do|de) (meu|minha|mi|mail|outlook|yahoo|correo).*|obtener outlook|obter o outlook)"
         R"(|sendt fra (min|mit|mail|outlook).*|skickat från .*|från min .*|hanki outlook|lähetetty .*|hämta outlook|hent outlook)"
         R"(|從我的.*傳送|发自我的.*|發自我的.*|iPhoneから送信|отправлено (с|из) .*|надіслано з .*|wysłane z .*|odesláno z .*|wysłano z .*)"
         R"())"}};
    return pattern;
}

// Only what is said of the message itself. "Rechten" and "vertrouwelijk" alone are also words of answers.
const PatternSet& disclaimer() {
    static const PatternSet pattern{
        RE2::Options{},
        {R"((?i)^[\s*_#>"'(-]*()"
         R"(disclaimer|proclaimer|e-?mail ?disclaimer|vertrouwelijkheids(verklaring|clausule)|privacyverklaring\s*$|confidentiality notice|haftungsausschluss)"
         R"(|(de|alle) (informatie|inhoud|gegevens)\b.{0,60}\b(in|van|bij|verzonden met|opgenomen in)\b.{0,20}\b(deze?|dit)\s+(e-?mail|bericht|mail|elektronische?))"
         R"(|(dit|deze)\s+(e-?mail(bericht)?|bericht|mail|elektronische? (bericht|mail))\b.{0,80}\b(bijlagen?|bestemd|vertrouwelijk|geadresseerde|uitsluitend|gecontroleerd|gescand|virus))"
         R"(|(aan|op) (de inhoud van )?(deze|dit|onze) (e-?mail|bericht|mail|e-?mailbericht|berichten).{0,60}\b(rechten|algemene voorwaarden|disclaimer))"
         R"(|(indien|als|wanneer|mocht)( u| je)? .{0,40}(niet de (geadresseerde|bedoelde ontvanger)|dit bericht (ten onrechte|abusievelijk|per abuis)|deze e-?mail (ten onrechte|abusievelijk|per abuis)))"
         R"(|(de )?(gemeente|griffie|afzender|provincie)\b.{0,60}\b(sluit|aanvaardt|staat|is).{0,60}\b(aansprakelijk|niet in voor))"
         R"(|(denk|denkt u|spaar|bespaar) (aan )?(het|ons|om het) (milieu|papier|bos)|print (dit|deze) .{0,40}(niet|alleen)|think before you print|please consider (the|our) environment|consider the environment)"
         R"(|this (e-?mail|message|communication|transmission|footnote|footer|email and any|information)\b.{0,120}\b(confidential|intended|privileged|confirms|legal|virus|swept|scanned|recipient|transmitted))"
         R"(|the information (contained |transmitted )?(in|herein|is)\b.{0,60}\b(e-?mail|message|communication|confidential|intended)|the original of this e-?mail was scanned|the contents of this e-?mail)"
         R"(|(important|please note|notice|caution)\s*[:!-].{0,80}\b(e-?mail|message|confidential|monitored|intended)|any (opinions|views|e-?mail|unauthorised|unauthorized)\b.{0,80}\b(e-?mail|expressed|author|disclosure|those of)|if you (have received|are not the intended|received) (this|the|it)\b)"
         R"(|privileged.{0,20}confidential|legal disclaimer|internet communications|e-?mails? (sent|to|and|may)\b.{0,60}\b(monitored|secure|guaranteed)|virus-?free\.|dit bericht is gecontroleerd|deze e-?mail is gescand)"
         R"(|diese (e-?mail|nachricht)\b.{0,60}\b(vertraulich|enthält|bestimmt|ausschließlich)|der inhalt dieser e-?mail|ce (message|courriel|mail)\b.{0,60}\b(confidentiel|destin|pièces|établi)|l'information contenue)"
         R"())"}};
    return pattern;
}

// Below a rule: words that only such texts hold together.
const RE2& legal_words() {
    static const RE2 pattern{
        R"((?i)\b(confidential|confidentieel|vertrouwelijk|disclaimer|addressees?|geadresseerden?|intended (solely|only|for)|uitsluitend bestemd|virus(es|sen)?|aansprakelijk(heid)?|legal purposes|vertraulich|confidentiel)\b)"};
    return pattern;
}

const RE2& contact() {
    static const RE2 pattern{
        R"((?i)(\bhttps?://|\bwww\.|^\W*[\w.+-]+@[\w-]+\.[\w.-]+\W*$|\b(e-?mail|mail|e)\s*[:.|]?\s+[\w.+-]+@|\b(t|tel|tel\.|telefoon|phone|mobiel|mobile|mob|m|f|fax|gsm|direct|doorkiesnummer|telefoonnummer|skype|kvk|iban|twitter|linkedin|instagram)\b\s*[.:|]\s*\S|(\+|\b00?)\(?\d[\d ()./-]{6,}\d|\(\d{3,5}\)\s*[\d -]{5,}|\b14\s?0\d{2,4}\b|\bpostbus\s+\d|\bpostadres\b|\bbezoekadres\b|\b[1-9]\d{3}\s?[A-Z]{2}\b))"};
    return pattern;
}

// It is asked of many lines, and most have none of the signs that it demands.
bool names_contact(std::string_view line) {
    constexpr LetterSet signs{"@.:|0123456789"};
    constexpr std::string_view address = "adres";
    const bool may = signs.any_in(line) ||
                     !std::ranges::search(line, address, {}, [](char c) { return lowered(c); }).empty();
    return may && matches(line, contact());
}

const RE2& farewell() {
    static const RE2 pattern{
        R"((?i)^\W*((met|mei)?\s*((de|een)\s+)?(vriendelijke|hartelijke|warme|beste|hoogachtende?|sportieve|collegiale|freonlike)?\s*(groet|groeten|groetnis|groetjes)\b|mvg\b|m\.v\.g|hoogachtend|met dank|bij voorbaat dank|vriendelijke groet|(kind|best|warm|many)?\s*(regards|thanks)\b|yours|sincerely|cheers|mit (freundlichen|lieben|besten) gr|(cordialement|bien à vous|saludos|gr\.?\s*$)))"};
    return pattern;
}

bool is_farewell(std::string_view line) {
    constexpr std::size_t at_most = 60;
    return line.size() <= at_most && matches(line, farewell());
}

// A line of a block with names and numbers is short and no sentence.
bool is_sentence(std::string_view line) {
    line = trimmed(line);
    if (line.size() > contact_line_octets) return true;
    if (line.empty() || names_contact(line)) return false;
    const auto spaces = std::ranges::count(line, ' ');
    // "Ph.D.", "B.V." end no sentence.
    const std::string_view last_word = line.substr(line.rfind(' ') + 1);
    if (spaces < 6 && std::ranges::count(last_word, '.') > 1) return false;
    return (line.ends_with('.') || line.ends_with('!') || line.ends_with('?') || line.ends_with(':'))
               ? spaces >= 2
               : spaces >= 9;
}

// Whether the lines below rule `at` are legal text: up to the next rule, below a row of stars all of them.
bool is_legal_below(const Lines& lines, std::size_t at) {
    const bool stars = trimmed(lines[at]).starts_with("*****");
    for (std::size_t i = at + 1; i < lines.size() && (stars || !is_rule(lines[i])); ++i)
        if (matches(lines[i], legal_words())) return true;
    return false;
}

}  // namespace

bool is_device_line(std::string_view line) {
    line = trimmed(line);
    return line.size() >= 8 && line.size() <= device_line_octets && device().first_in(line).has_value();
}

bool is_signature_marker(std::string_view line) {
    line = trimmed(line);
    return line == "--" || line == "\xE2\x80\x94" || line == "-- -" || line == "\xE2\x80\x93";
}

std::size_t first_disclaimer_line(const Lines& lines) {
    bool text_above = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_blank(lines[i])) continue;
        if (is_rule(lines[i])) {
            if (text_above && is_legal_below(lines, i)) return i;
            continue;
        }
        const bool begins_paragraph = i == 0 || is_blank(lines[i - 1]) || is_rule(lines[i - 1]);
        if (text_above && begins_paragraph) {
            // Its sentence may be broken over lines.
            std::string start;
            for (std::size_t k = i; k < std::min(lines.size(), i + 3) && !is_blank(lines[k]); ++k)
                (start += start.empty() ? "" : " ") += trimmed(lines[k]);
            if (disclaimer().first_in(std::string_view{start}.substr(0, 400))) return i;
        }
        text_above = true;
    }
    return lines.size();
}

std::size_t first_contact_line(const Lines& lines) {
    std::size_t last = lines.size();
    while (last > 0 && (is_blank(lines[last - 1]) || is_rule(lines[last - 1]))) --last;
    std::size_t first = last, contacts = 0;
    for (std::size_t i = last; i > 0 && last - i < contact_lines; --i) {
        const std::string_view line = lines[i - 1];
        if (is_blank(line)) continue;
        if (is_quoted(line) || is_sentence(line) || is_farewell(line)) break;
        contacts += names_contact(line) || is_device_line(line);
        first = i - 1;
    }
    if (contacts == 0) return lines.size();
    // Not all of the text: somebody may answer with a telephone number, or with a list.
    const auto written = std::ranges::find_if(lines, [](std::string_view line) { return !is_blank(line); });
    if (first <= static_cast<std::size_t>(written - lines.begin())) return lines.size();
    // Begins where a paragraph does, or after a farewell.
    while (first < last) {
        const bool after_gap =
            is_blank(lines[first - 1]) || is_rule(lines[first - 1]) || is_farewell(lines[first - 1]);
        if (after_gap && !is_blank(lines[first])) break;
        ++first;
    }
    for (std::size_t i = first; i < last; ++i)
        if (names_contact(lines[i]) || is_device_line(lines[i])) return first;
    return lines.size();
}

}  // namespace raadspost::answer::reply

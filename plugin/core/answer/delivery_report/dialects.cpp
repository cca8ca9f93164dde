#include "core/answer/delivery_report/dialects.hpp"

#include "core/answer/patterns/pattern_set.hpp"

#include <iterator>
#include <string>
#include <vector>

#include <re2/re2.h>

namespace raadspost::answer::report {
namespace {

struct Sentence {
    std::string_view dialect;
    const char* pattern;
};

// Each over text with its line ends: "\s+" where a line may break.
constexpr Sentence sentences[] = {
    {"exim", R"(created\s+automatically\s+by\s+(the\s+)?(mail\s+delivery\s+software|smtp\s+relay))"},
    {"exim", R"(A\s+message\s+that\s+you\s+(have\s+)?sent\s+(has\s+not\s+yet\s+been)"
             R"(|could\s+not\s+be)\s+delivered)"},
    {"postfix", R"(This\s+is\s+the\s+(mail\s+system|Postfix\s+program|\w+\s+program)\s+at\s+host)"},
    {"qmail", R"(This\s+is\s+the\s+\S+\s+program\s+at|I'm\s+afraid\s+I\s+wasn't\s+able\s+to\s+deliver)"},
    {"qmail", R"(ik\s+kon\s+uw\s+bericht\s+niet\s+afleveren)"},
    {"sendmail", R"(addresses\s+had\s+(permanent|transient|delivery|successful))"
                 R"(|Transcript\s+of\s+session\s+follows)"},
    {"sendmail", R"(The\s+original\s+message\s+was\s+received\s+at)"},
    {"google",
     R"(Delivery\s+to\s+the\s+following\s+recipients?\s+(failed|has\s+been\s+delayed|was\s+aborted))"},
    {"google", R"(Your\s+message\s+wasn't\s+delivered\s+to)"
               R"(|There\s+was\s+a\s+(temporary\s+)?problem\s+(while\s+)?delivering\s+your\s+message)"},
    {"google", R"(Je\s+bericht\s+is\s+niet\s+bezorgd|Uw\s+bericht\s+is\s+niet\s+bezorgd)"
               R"(|probleem\s+opgetreden\s+(bij|tijdens)\s+(de\s+bezorging|het\s+bezorgen))"},
    {"google",
     R"(Ihre\s+Nachricht\s+wurde\s+nicht\s+(an|zugestellt)|Problem\s+bei\s+der\s+Zustellung\s+(Ihrer)"
     R"(|deiner)\s+Nachricht)"},
    {"google", R"(Votre\s+message\s+n'a\s+pas\s+été\s+(remis|distribué))"},
    {"exchange",
     R"(did\s+not\s+reach\s+(some\s+or\s+all\s+of\s+)?(the|its)\s+(intended|following)\s+recipient)"
     R"(|did\s+not\s+reach\s+the\s+following)"},
    {"exchange", R"(Delivery\s+has\s+failed\s+to\s+these\s+recipients|Delivery\s+(is\s+delayed)"
                 R"(|has\s+been\s+delayed)\s+to\s+these\s+recipients|couldn't\s+be\s+delivered)"
                 R"(|No\s+se\s+ha\s+podido\s+entregar)"},
    {"exchange",
     R"((bezorgen|bezorging|aflevering|afleveren)\b[^.:]{0,80}\b(mislukt|vertraagd|niet\s+gelukt|niet\s+mogelijk))"
     R"(|is\s+mislukt\s+voor\s+(deze|de\s+volgende)\s+(geadresseerden|ontvangers)|heeft\s+(enkele)"
     R"(|een\s+aantal|sommige)?\s*(of\s+alle\s+)?(bedoelde\s+)?(geadresseerden)"
     R"(|ontvangers)\s+niet\s+bereikt|geadresseerde\S*\s+(kan|kon|kunnen)"
     R"(|konden)\s+niet\s+worden\s+bereikt)"},
    {"exchange", R"((kan|kon|kunnen|is|werd)\s+niet\s+(worden\s+|aan\s+\S+\s+)?(bezorgd|afgeleverd|besteld)"
                 R"(|verzonden|bereikt))"},
    {"exchange", R"(Fehler\s+bei\s+der\s+Nachrichtenzustellung)"
                 R"(|(einige\s+oder\s+alle\s+)?Empfänger\s+nicht\s+erreicht|konnte\w*\s+nicht\s+(an\s+\S+\s+)"
                 R"(|an\s+die\s+\w+\s+\w+\s+)?(zugestellt|erreicht|übermittelt))"
                 R"(|Zustellung\s+(ist\s+)?(fehlgeschlagen|verzögert)|nicht\s+zugestellt\s+werden)"},
    {"exchange", R"(Échec\s+de\s+(la\s+)?remise|n'a\s+pas\s+pu\s+être\s+(remis|délivré|distribué))"
                 R"(|n'est\s+pas\s+parvenu)"},
    {"domino", R"(-+\s*Failure\s+Reasons\s*-+|was\s+not\s+delivered\s+to:|(wurde|ist)\s+nicht\s+(zugestellt)"
               R"(|übermittelt)\s+an:|niet\s+afgeleverd\s+bij|niet\s+bezorgd\s+aan)"},
    {"yahoo", R"(Unable\s+to\s+deliver\s+message\s+to\s+the\s+following)"
              R"(|unable\s+to\s+deliver\s+your\s+message\s+to\s+the\s+following)"},
    {"opensmtpd", R"(This\s+is\s+the\s+MAILER-DAEMON,\s+please\s+DO\s+NOT\s+REPLY)"},
    {"dragonfly", R"(This\s+is\s+the\s+DragonFly\s+Mail\s+Agent)"},
    {"james", R"(Error\s+message\s+below:|I'm\s+sorry,?\s+but\s+your\s+message\s+could\s+not)"},
    {"courier", R"(This\s+is\s+a\s+delivery\s+status\s+notification\s+from)"},
    {"mailmarshal",
     R"(MailMarshal|Could\s+not\s+be\s+delivered\s+because\s+of|(has\s+been|was)\s+(blocked|rejected)"
     R"(|stopped|quarantined)\s+by)"},
    {"imail", R"((?m)^(Unknown\s+(user|host)|Invalid\s+final\s+delivery\s+userid)"
              R"(|Delivery\s+failed\s+\d+\s+attempts|undeliverable\s+to|User\s+mailbox\s+exceeds)\b)"},
    {"amazon",
     R"(notificationType\W+Bounce|An\s+error\s+occurred\s+while\s+trying\s+to\s+deliver\s+the\s+mail)"},
    {"mailfoundry", R"(Unable\s+to\s+deliver\s+message\s+to:)"},
    {"surfcontrol", R"(transcript\s+of\s+the\s+attempts\s+to\s+send)"},
    {"mcafee", R"(following\s+addresses\s+had\s+delivery\s+problems)"},
    {"facebook", R"(created\s+automatically\s+by\s+\w+)"},
    {"barracuda", R"(has\s+NOT\s+BEEN\s+DELIVERED|Spam\s+Firewall)"},
    {"groupwise", R"(message\s+that\s+you\s+sent\s+was\s+undeliverable)"},
    {"mdaemon", R"(did\s+NOT\s+receive\s+a\s+copy\s+of\s+your\s+message|Session\s+Transcript)"},
    {"dovecot", R"(was\s+automatically\s+rejected)"},
    {"interscan", R"(InterScan\s+Messaging)"},
    {"other", R"(machine\s+generated\s+message|has\s+encountered\s+delivery\s+problems|failed\s+recipients)"
              R"(|(has\s+been|was|is)\s+(postponed|delayed|rejected|refused|returned)|advisory-only)"
              R"(|error\s+description:|did\s+not\s+receive)"},
    {"other", R"(non-?delivery\s+(report|notification)|delivery\s+(failure|status)\s+(notification|report))"
              R"(|failed\s+addresses\s+follow|undeliverable\s+(address|mail|message))"
              R"(|(has\s+been\s+)?returned\s+to\s+(the\s+)?sender)"},
    {"other",
     R"((could\s+not|couldn't|can\s?not|can't|was\s+not|wasn't|has\s+not\s+been|have\s+not\s+been)"
     R"(|not\s+yet\s+been|were\s+not|undeliver\w*|not)\s+(be\s+)?(successfully\s+)?(deliver|dispatch)"
     R"(|forward)(ed|able))"},
    {"other", R"((unable|failed|impossible|trouble|trying|failure|problem|error)\s+(to\s+|in\s+)"
              R"(|while\s+)?(attempting\s+to\s+)?(deliver|send|relay)\w*)"},
    {"other", R"(delivery\s+(attempt\w*\s+)?(to\s+\S+\s+)?(has\s+|have\s+)?(failed|failure|error|problem))"
              R"(|(was|were)\s+(rejected|refused)\s+by|(following|intended)\s+(e-?mail\s+)?(address)"
              R"(|recipient)\S*\s+(failed|was|were|has|have|could|returned|had|cannot|did))"},
    {"other", R"((mailbox|account|inbox|quota)\s+(is|was)\s+(full|over)|over\s+quota|unknown\s+(user)"
              R"(|recipient|address)|user\s+unknown|no\s+such\s+user|reasons?\s+(for)"
              R"(|of)\s+(the\s+)?(non-?delivery|failure|return))"},
    {"other", R"(no\s+(se\s+)?(pudo|puede|ha\s+podido)\s+(ser\s+)?entregar|no\s+pudo\s+ser\s+entregado)"
              R"(|impossibile\s+(recapitare|consegnare)|non\s+(è\s+stato\s+)?(possibile\s+)?(recapit)"
              R"(|consegn)\w+|não\s+(pôde|pode|foi\s+possível)\s+(ser\s+)?entreg\w+|kunde\s+inte\s+levereras)"
              R"(|kunne\s+ikke\s+leveres|无法(发送|送达|投递)|送信できません)"
              R"(|配信できません|送信に失敗)"},
    {"other",
     R"((onbestelbaar|onbezorgbaar|niet\s+(worden\s+)?(afgeleverd|bezorgd|afleveren|bezorgen)|bezorging\s+mislukt)"
     R"(|aflevering\s+mislukt|adres\s+\S+@\S+\s+bestaat\s+niet|niet\s+(bij\s+\S+\s+)?aangekomen)"
     R"(|is\s+(door\s+\S+\s+\S+\s+)?(geweigerd|tegengehouden|geblokkeerd))|(unzustellbar|nicht\s+(zugestellt|zustellbar|ausgeliefert)))"
     R"(|non\s+(remis|distribué|délivré)|не может быть доставлено)"},
};

constexpr const char* system_addresses =
    R"(^(mailer[-_.]?daemon|mail[-_.]?daemon|post[-_]?master|mail[-_.]?delivery\S*|delivery)"
    R"(|maildelivery|mmdf|ndr|uucp|smtp([-_.]?(gateway|daemon|server|relay))?|mail([-_.]?(system)"
    R"(|server|er|admin\w*))?|bounces?([-_+.]\S*)?|undeliverable|returned?[-_.]?mail|antispam\S*)"
    R"(|system\s?admin\S*|mailsweeper|mailmarshal|interscan\S*|symantec_antivirus\S*)"
    R"(|microsoftexchange[0-9a-f]{8,}|exchange\S*|mdaemon|administrator|administration|nondelivery)"
    R"(|dsn|mx)[@\\])";
constexpr const char* system_names =
    R"(mail\s*(er)?[- ]?(delivery|deliver|system|daemon|admin\w*)|mailer[- ]?daemon|postmaster)"
    R"(|delivery\s+(sub)?system|system\s+administrator|systeembeheer(der)?|(ict|it)-?beheer|internet\s+mail\s+delivery)"
    R"(|microsoft\s+outlook|\bbounce|undeliver|mail\s+router|ndr\b|systemadministrator)"
    R"(|administrateur syst)";

constexpr const char* report_subjects =
    R"(^\s*(\[[^\]]*\]\s*|\*+\s*spam\s*\*+\s*|[\w.-]+\.\w+\s+|warning:\s*|message\s+|your\s+)"
    R"(|e-?mail\s+|mail\s+){0,2}(un-?deliver(ed|able|y)|returned\s+(e-?mail|to\s+sender|message))"
    R"(|return(ed)?\s+mail|(mail|message|e-?mail)?\s*(delivery|transaction|system)"
    R"(|routing)\s+(failed|failure|failures|error|problem|status|report|notification|subsystem)"
    R"(|delayed|delay|warning|has\s+failed|is\s+delayed|incomplete|unsuccessful|time-?out))"
    R"(|failed\s+(mail|delivery|message|to\s+deliver)|failure\s+(notice|notification|delivering))"
    R"(|non-?deliver(y|ed|able)|nondeliverable|could\s?n[o']t\s+(be\s+)?(deliver|send)\w*)"
    R"(|couldn't\s+deliver|not\s+(be\s+)?delivered|failed|(message|mail)\s+(could\s+not)"
    R"(|undeliverable|status|not\s+delivered|failed)|dsn:?|delivery\s+notification|undeliverable)"
    R"(|bounce(d)?\b|delay(ed)?:?\s+(mail|delivery|message)|message\s+delayed)"
    R"(|(was|has\s+been)\s+(blocked|rejected|refused))"
    R"(|there\s+was\s+an\s+error\s+sending|error\s+(sending|delivering)|problem\s+delivering)"
    R"(|unable\s+to\s+deliver|could\s+not\s+send|warning:\s+(could\s+not|message)|rejected\s+(mail)"
    R"(|message|posting)|error:?\s+(mail|undeliver)|onbestelbaar|niet\s+(bezorgd|bestelbaar)"
    R"(|afgeleverd|te\s+bezorgen)|bezorging\s+(mislukt|vertraagd|van|is)|vertraagd:|mislukte\s+(bezorging|aflevering)|fout\s+bij\s+(de\s+)?(aflever|bezorg)\w+)"
    R"(|onbezorgba\w+|uw\s+(e-?mail|bericht|mail)\s+(kan|kon|is|werd)\s+niet|(bericht|e-?mail)\s+(is\s+)?(geweigerd|geblokkeerd|te\s+groot)|(bericht|mail)\s+(niet)"
    R"(|kon\s+niet)|retour(post)?\s+afzender|melding\s+over\s+(de\s+)?bezorg\w+|unzustellbar)"
    R"(|nicht\s+(zugestellt|zustellbar)|zustellung\s+(fehlgeschlagen|verzögert)|fehler\s+bei\s+der)"
    R"(|rückläufer|non\s+remis|.*\bnon\s+remis\s*\(|non\s+distribu|échec\s+de)"
    R"(|no\s+se\s+puede\s+entregar|ваше сообщение не доставлено))";

constexpr const char* late_sentences =
    R"((this\s+is\s+(just\s+)?a\s+warning|advisory-only|has\s+been\s+postponed)"
    R"(|no\s+action\s+is\s+required|no\s+need\s+to\s+(re-?send|take)|warning\s+only)"
    R"(|do(es)?\s+not\s+need\s+to\s+re-?send|(has|have|is|been)\s+(been\s+)?delayed)"
    R"(|has\s+not\s+yet\s+been\s+delivered|not\s+been\s+delivered\s+yet|will\s+(be\s+retried)"
    R"(|keep\s+trying|continue\s+(to\s+try|trying|attempting)|retry|try\s+again))"
    R"(|(delivery\s+)?attempts\s+will\s+continue|still\s+(being\s+)?(trying|retried|queued)"
    R"(|in\s+the\s+queue|attempting)|delivery\s+incomplete)"
    R"(|temporary\s+problem\s+(while\s+)?delivering|transient\s+non-?fatal|is\s+vertraagd)"
    R"(|vertraagde\s+bezorging|bezorging\s+(vertraagd|onvolledig|is\s+nog\s+niet))"
    R"(|nog\s+niet\s+(bezorgd|afgeleverd)|(blijft|blijven)\s+(het\s+)?(nog\s+)?(\S+\s+){0,4}(te\s+)?proberen|probe(ert|ren)\s+(het\s+)?(wij\s+|we\s+)?nog|nog\s+geprobeerd|slechts\s+een\s+waarschuwing)"
    R"(|opnieuw\s+geprobeerd|verzögert|zustellung\s+unvollständig|noch\s+nicht\s+zugestellt)"
    R"(|weiterhin\s+versuch|wird\s+(erneut|weiter)\s+versuch|a\s+été\s+retardé)"
    R"(|n'a\s+pas\s+encore\s+été))";
constexpr const char* late_subjects =
    R"(\(delay\)|\bdelay(ed)?\b|warning:?\s+(could\s+not|message)|still\s+(being\s+)?(tr|ret))"
    R"(|vertraagd|verzögert|retardé)";
constexpr const char* final_sentences =
    R"((giving\s+up|given\s+up|gave\s+up|permanent(ly)?\s+(error|fail)|failed\s+permanently)"
    R"(|will\s+not\s+be\s+(retried|sent|delivered)|won't\s+be\s+retried|no\s+(further)"
    R"(|more)\s+attempts|has\s+been\s+(removed|deleted|returned|cancell?ed)|(will\s+be)"
    R"(|is)\s+(deleted|removed)\s+from\s+(the\s+)?queue|permanent\s+fatal\s+errors)"
    R"(|(is\s+)?definitief|endgültig|not\s+going\s+to\s+try\s+again|message\s+(has\s+)?expired))";

constexpr const char* rejected_sentences =
    R"((was|has\s+been|is)\s+(automatically\s+)?(rejected|refused)|quota|could\s+not\s+be\s+(saved)"
    R"(|delivered))";
constexpr const char* confirm_sentences =
    R"((guest|white|allow|approved|safe)[- ]?list|wait-?list|(click|klik|follow|volg|visit|press)"
    R"(|reply)[^.\n]{0,80}\s+to\s+(be\s+added|confirm|verify|release|prove|have\s+your\s+message))"
    R"(|(confirm|verify|prove)\s+(that\s+)?(you\s+are|you're|your)\s+(a\s+)?(human|person|real)"
    R"(|address|e-?mail|identity|not)|om\s+(aan\s+te\s+tonen|te\s+bevestigen)\s+dat\s+u)"
    R"(|challenge[-/ ]response|not\s+pre-?approved)";

constexpr const char* original_begins =
    R"((?im)^[ \t]*([-=_*|+#]{2,}[ \t]*((this|below|enclosed|here|following)"
    R"(|attached)\b[^\n]{0,40}\bcop|the[ \t]+headers?[ \t]+of|the[ \t]+original)"
    R"(|(your[ \t]+)?(original|returned?|unsent|undelivered|unset|rejected|old)[ \t]*(e-?mail|mail)"
    R"(|message|bericht|nachricht)|original[ \t]+(message|header)|start[ \t]+of[ \t]+returned)"
    R"(|message[ \t]+(text|header|body|headers|contents?)|header[ \t]+of|text[ \t]+of[ \t]+(your)"
    R"(|the)|oorspronkelijk|ursprüngliche|forwarded[ \t]+message|copy[ \t]+of|returned[ \t]+(mail)"
    R"(|message))|(your[ \t]+)?original[ \t]+message([ \t]+(follows|headers?|attached)"
    R"(|is[ \t]+attached))?:?[ \t]*(\.|\(|$)|original[ \t]+message[ \t]+(attached|follows|headers))"
    R"(|message[ \t]+headers?([ \t]+follows?)?[.:][ \t]*$|(here|below|included|attached|following)"
    R"(|enclosed)[ \t]+is[ \t]+(a[ \t]+copy|the[ \t]+(first|beginning|original))|the[ \t]+(first)"
    R"(|beginning)[^\n]{0,30}(of[ \t]+)?(your|the)[ \t]+(original[ \t]+)?message|old[ \t]+message:)"
    R"(|oorspronkelijke?[ \t]+bericht\S*:?[ \t]*$|ursprüngliche[ \t]+nachrichten?\S*:?[ \t]*$)"
    R"(|en-?têtes[ \t]+de[ \t]+message|(received|return-path|dkim-signature|x-received)"
    R"(|x-originating-ip|delivered-to)[ \t]*:|content-type:[ \t]*(message/rfc822)"
    R"(|text/rfc822-headers)))";

RE2::Options any_case() {
    RE2::Options result;
    result.set_case_sensitive(false);
    return result;
}

struct Words {
    explicit Words(const char* pattern) : set_(any_case(), {pattern}) {}
    bool in(std::string_view text) const { return set_.first_in(text).has_value(); }

private:
    PatternSet set_;
};

// All that is looked for in the text of a report, in one set: the dialects' sentences behind these.
enum Told : std::size_t { copy_begins, late, final_words, rejected, to_confirm, first_dialect };

const PatternSet& told() {
    static const PatternSet set = [] {
        std::vector<std::string> patterns = {original_begins, late_sentences, final_sentences,
                                             rejected_sentences, confirm_sentences};
        for (const Sentence& each : sentences) patterns.emplace_back(each.pattern);
        return PatternSet{any_case(), patterns};
    }();
    return set;
}

}  // namespace

bool from_a_mail_system(const Received& received) {
    static const Words address(system_addresses);
    static const Words name(system_names);
    if (received.from.empty()) return true;
    const Address& from = received.from.front();
    return from.address.empty() || address.in(from.address) || name.in(from.name) ||
           (from.address.find('@') == std::string::npos && name.in(from.address));
}

bool from_a_mailer_daemon(const Received& received) {
    static const Words words(R"(mailer[-_ .]?daemon)");
    return !received.from.empty() &&
           (words.in(received.from.front().address) || words.in(received.from.front().name));
}

bool from_no_reply(const Received& received) {
    static const Words address(
        R"(^(no|do[-_.]?not|niet|geen)[-_.]?(reply|respond|beantwoorden|antwoord)\S*@)");
    return !received.from.empty() && address.in(received.from.front().address);
}

bool subject_of_report(std::string_view subject) {
    static const Words words(report_subjects);
    return words.in(subject);
}

ReportText::ReportText(std::string_view text) : text_{text}, said_{text}, may_{told().possible_in(text)} {
    re2::StringPiece found;
    const re2::StringPiece piece(text.data(), text.size());
    if (may_.test(copy_begins) &&
        told().pattern(copy_begins).Match(piece, 0, piece.size(), RE2::UNANCHORED, &found, 1))
        said_ = text.substr(0, static_cast<std::size_t>(found.data() - text.data()));
}

bool ReportText::says(std::size_t which) const {
    return may_.test(which) && told().matches(which, said_);
}

std::string_view ReportText::dialect() const {
    for (std::size_t i = 0; i < std::size(sentences); ++i)
        if (says(first_dialect + i)) return sentences[i].dialect;
    return {};
}

bool ReportText::says_only_late(std::string_view subject) const {
    static const Words late_subject(late_subjects);
    return (says(late) || late_subject.in(subject)) && !says(final_words);
}

bool ReportText::says_rejected() const {
    return says(rejected);
}

bool ReportText::asks_to_confirm() const {
    return says(to_confirm);
}

}  // namespace raadspost::answer::report

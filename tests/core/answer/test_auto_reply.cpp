// Automatic answers as Dutch offices send them, and answers of people that look a little like them. All
// invented; every note is read as if it came on Tuesday 10 March 2026. Headers and other languages:
// test_auto_reply_signs.cpp.
#include "core/answer/auto_reply.hpp"

#include <boost/test/unit_test.hpp>

namespace raadspost::answer {
namespace {

using Kind = AutoReply::Kind;

struct Note {
    const char* subject;
    const char* text;
    Kind kind;
    const char* until = "";    // ISO
    const char* instead = "";  // the first one
};

constexpr const char* automatic = "Automatisch antwoord: Oproep aan de gemeenteraad";
constexpr const char* ours = "Re: Oproep aan de gemeenteraad";

const Note notes[] = {
    // Away, with a subject that says it is automatic.
    {automatic, "Ik ben afwezig t/m 20 maart. Uw bericht wordt niet doorgestuurd.", Kind::absence,
     "2026-03-20"},
    {automatic, "Beste,\n\nTot en met vrijdag 27 maart 2026 ben ik met vakantie.\n\nGroet, Anja",
     Kind::absence, "2026-03-27"},
    {automatic,
     "Dank voor uw bericht. Van 9 maart tot en met 23 maart ben ik niet op kantoor. Voor dringende zaken "
     "kunt u contact "
     "opnemen met mijn collega via p.jansen@dorp.example.",
     Kind::absence, "2026-03-23", "p.jansen@dorp.example"},
    {automatic, "Vanaf maandag 16 maart ben ik weer aanwezig.", Kind::absence, "2026-03-16"},
    {automatic, "Vandaag ben ik niet aanwezig. Morgen lees ik mijn mail weer.", Kind::absence, "2026-03-11"},
    {automatic, "Ik ben op dinsdag en vrijdag niet aanwezig.", Kind::absence},
    {automatic, "Ik werk niet op woensdag. Bij spoed: griffie@dorp.example", Kind::absence, "",
     "griffie@dorp.example"},
    {automatic, "Wegens ziekte ben ik tot nader order afwezig.\nU kunt mailen naar griffie@dorp.example.",
     Kind::absence, "", "griffie@dorp.example"},
    {automatic,
     "Ik ben met zwangerschapsverlof tot 1 juli 2026. Mijn vervanger is Karin Smit, k.smit@dorp.example.",
     Kind::absence, "2026-07-01", "k.smit@dorp.example"},
    {automatic, "Momenteel ben ik met verlof. Op 6 april ben ik terug.", Kind::absence, "2026-04-06"},
    {automatic, "Ik ben langdurig ziek en beantwoord geen e-mail.", Kind::absence},
    {automatic, "Ik geniet van een paar vrije dagen en ben er op 17 maart weer.", Kind::absence,
     "2026-03-17"},
    {automatic, "Het secretariaat is gesloten wegens carnaval tot 16/3.", Kind::absence, "2026-03-16"},
    {automatic, "De griffie is wegens het verkiezingsreces gesloten van 16-03-2026 t/m 20-03-2026.",
     Kind::absence, "2026-03-20"},
    {automatic, "Ik volg deze week een cursus en ben beperkt bereikbaar.", Kind::absence},
    {automatic,
     "Tijdens mijn afwezigheid worden mijn mails niet gelezen.\n\nDringend? Mail raad@dorp.example.",
     Kind::absence, "", "raad@dorp.example"},
    {automatic, "Ik ben op dienstreis tot en met donderdag.", Kind::absence, "2026-03-12"},
    {automatic, "I am out of the office until 23 March. / Ik ben afwezig tot 23 maart.", Kind::absence,
     "2026-03-23"},
    {automatic, "Goedendag,\n\nIk ben er niet tot 14 april.\n\nMet vriendelijke groet", Kind::absence,
     "2026-04-14"},
    // Away, with another subject.
    {"Afwezig: Oproep aan de gemeenteraad", "Tot 30 maart.", Kind::absence, "2026-03-30"},
    {"Afwezigheidsbericht", "U ontvangt dit bericht omdat ik er niet ben.", Kind::absence},
    {"Out of office", "Ik ben afwezig.", Kind::absence},
    {"Niet aanwezig Re: Oproep", "Ik lees uw mail op 12 maart.", Kind::absence},
    {"Vakantie", "Ik ben met vakantie tot 18 maart.", Kind::absence, "2026-03-18"},
    // Away, with nothing that marks it.
    {ours, "Ik ben afwezig tot en met 18 maart.\n\nGroet,\nPiet", Kind::absence, "2026-03-18"},
    {ours, "Hartelijk dank voor uw mail. Ik ben momenteel met verlof en lees mijn mail niet.", Kind::absence},
    {automatic, "Ik ben afwezig tot 1 april. Dhr. Jansen, p.jansen@dorp.example is mijn vervanger.",
     Kind::absence, "2026-04-01", "p.jansen@dorp.example"},
    // Gone.
    {automatic, "Ik ben niet meer werkzaam bij de gemeente. U kunt mailen naar info@dorp.example.",
     Kind::absence, "", "info@dorp.example"},
    {"Uit dienst", "Per 1 februari ben ik uit dienst. Mijn opvolger is te bereiken via b.mol@dorp.example.",
     Kind::absence, "", "b.mol@dorp.example"},
    {ours, "De heer De Wit is niet meer in dienst van de gemeente. Neem contact op met griffie@dorp.example.",
     Kind::absence, "", "griffie@dorp.example"},
    {automatic, "Sinds 1 januari ben ik met pensioen. Uw e-mail wordt niet doorgestuurd.", Kind::absence},
    {automatic, "Ik heb een andere functie aanvaard en ben niet langer griffier van Dorp.", Kind::absence},
    // Nobody reads it.
    {automatic, "Deze mailbox wordt niet gelezen. Gebruik griffie@dorp.example.", Kind::unread, "",
     "griffie@dorp.example"},
    {automatic, "Dit e-mailadres is niet meer in gebruik. Stuur uw bericht naar raadsgriffie@dorp.example.",
     Kind::unread, "", "raadsgriffie@dorp.example"},
    {ours, "Deze postbus wordt niet meer gemonitord.", Kind::unread},
    {ours, "Berichten aan dit adres worden niet gelezen.\n\nU kunt ons bereiken via:\n\ninfo@dorp.example",
     Kind::unread, "", "info@dorp.example"},
    {automatic, "Dit postvak is opgeheven.", Kind::unread},
    {"Automatische reactie", "Wij hebben uw bericht ontvangen. Let op: deze mailbox wordt niet gelezen.",
     Kind::unread},
    {ours,
     "Het e-mailadres gemeente@dorp.example is vervallen, voortaan kunt u mailen naar info@stad.example.",
     Kind::unread, "", "info@stad.example"},
    {automatic, "Deze inbox is onbemand.", Kind::unread},
    // It arrived, and no more.
    {automatic, "Wij hebben uw bericht ontvangen en nemen het zo spoedig mogelijk in behandeling.",
     Kind::receipt},
    {"Ontvangstbevestiging", "Uw bericht is geregistreerd onder zaaknummer Z/26/012345.", Kind::receipt},
    {"Ontvangstbevestiging 2026-1188",
     "Geachte heer, mevrouw,\n\nWij hebben uw e-mail in goede orde ontvangen.", Kind::receipt},
    {ours,
     "Dit is een automatisch gegenereerd bericht. Bedankt voor uw e-mail. U krijgt binnen 5 werkdagen "
     "antwoord.",
     Kind::receipt},
    {automatic, "Bedankt voor uw mail. Wij streven ernaar om binnen 10 werkdagen te reageren.",
     Kind::receipt},
    {"Uw melding is ontvangen",
     "Uw melding staat bij ons bekend onder nummer 44812. U kunt niet antwoorden op deze mail.",
     Kind::receipt},
    {"Automatische ontvangstbevestiging", "Dank u wel voor uw bericht aan de griffie van Dorp.",
     Kind::receipt},
    {"Bevestiging van ontvangst", "Uw brief is ontvangen en wordt doorgestuurd naar de juiste afdeling.",
     Kind::receipt},
    {automatic, "Uw vraag is bij ons binnengekomen. Indien nodig wordt deze doorgestuurd aan de raad.",
     Kind::receipt},
    // A machine, and it says none of these.
    {automatic, "Met vriendelijke groet, gemeente Dorp", Kind::machine},
    // It wants a proof.
    {"Automatisch antwoord", "Klik op onderstaande link om te bevestigen dat u geen robot bent.",
     Kind::challenge},
    // People, and machines that carry what people did.
    {ours, "Uw brief is doorgestuurd aan alle raadsleden.", Kind::none},
    {automatic, "Uw brief is geplaatst op de lijst van ingekomen stukken van 26 maart.", Kind::none},
    {automatic, "Ik heb uw bericht doorgestuurd naar de fractievoorzitters. Volgende week ben ik afwezig.",
     Kind::none},
    {"Ontvangstbevestiging", "Uw brief wordt ter kennisname aan de raad gezonden.", Kind::none},
    {"Ontvangstbevestiging", "Wij hebben uw brief ontvangen en in handen gesteld van het college.",
     Kind::none},
    {ours, "Wij hebben uw brief ontvangen.\n\nMet vriendelijke groet,\nAnna de Boer, griffie", Kind::none},
    {ours, "Dank voor uw bericht. Kunt u mij de bijlage nog eens sturen? Ik ben tot vrijdag op kantoor.",
     Kind::none},
    {ours, "De raad komt op 26 maart bijeen; wij plaatsen uw brief op de agenda.", Kind::none},
    {ours,
     "Graag ga ik met u in gesprek. De week van 16 maart ben ik met vakantie, daarna schikt het mij op "
     "dinsdag 24 "
     "maart om tien uur. Past u dat?",
     Kind::none},
    {ours, "Wij zien af van behandeling: dit is een zaak van het Rijk.", Kind::none},
    {ours, "Wilt u ons geen mail meer sturen?", Kind::none},
    {ours,
     "Voortaan kunt u dit soort berichten sturen aan griffie@dorp.example. Ik heb hem nu doorgestuurd aan de "
     "griffier.",
     Kind::none},
    {ours,
     "Beste Jan, wat een mooi initiatief. De fractie bespreekt het maandag. De burgemeester is deze week "
     "ziek, dus "
     "zijn antwoord laat even op zich wachten. We houden je op de hoogte.",
     Kind::none},
    // Somebody else is away, or sends such notes; or what is answered is one.
    {ours,
     "Onze wethouder is tot 1 juni met zwangerschapsverlof. Daarom heb ik de brief bij haar vervanger "
     "neergelegd.",
     Kind::none},
    {ours,
     "Dag, jullie mailbox stuurt bij elk bericht een automatisch antwoord terug. Kunnen jullie dat "
     "uitzetten?",
     Kind::none},
    {"RE: Automatisch antwoord: Oproep", "Ik ben weer terug van verlof. Kun je mij de brief nogmaals sturen?",
     Kind::none},
    {"RE: Out of office", "Fijn dat u terug bent. Wilt u onze brief nu doorsturen?", Kind::none},
    {"Automatyske reaksje", "Ik bin oant 12 april mei fakansje.", Kind::absence, "2026-04-12"},
    {ours, "", Kind::none},
};

}  // namespace

BOOST_AUTO_TEST_CASE(notes_of_dutch_offices_are_told_from_answers) {
    for (const Note& note : notes) {
        Received received;
        received.subject = note.subject;
        received.from = {{"Griffie", "a.bakker@dorp.example"}};
        received.recipients = {{"", "wij@vereniging.example"}};
        received.date = std::chrono::sys_days(std::chrono::year(2026) / 3 / 10) + std::chrono::hours(8);
        received.utc_offset_minutes = 60;
        received.text = note.text;
        const AutoReply found = auto_reply(received, received.text);
        BOOST_TEST_CONTEXT(note.subject << " | " << note.text) {
            BOOST_TEST(name(found.kind) == name(note.kind));
            std::string until;
            if (found.absent_until) {
                char day[16];
                std::snprintf(day, sizeof day, "%04d-%02u-%02u", int(found.absent_until->year()),
                              unsigned(found.absent_until->month()), unsigned(found.absent_until->day()));
                until = day;
            }
            BOOST_TEST(until == note.until);
            BOOST_TEST((found.instead.empty() ? "" : found.instead.front()) == note.instead);
            BOOST_TEST((found.kind == Kind::none) == found.line.empty());
        }
    }
}

}  // namespace raadspost::answer

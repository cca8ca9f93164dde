#include "core/answer/new_text.hpp"

#include "../processor_time.hpp"

#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <string>

namespace raadspost::answer {
namespace {

const std::string appeal =
    "Geachte griffier,\n\n"
    "Wilt u bijgaande brief op de lijst van ingekomen stukken plaatsen en doorsturen aan de raadsleden?\n"
    "Uw zaaknummer horen wij graag.\n\n"
    "Met vriendelijke groet,\nBureau Kernen\n\n"
    "Wilt u geen berichten meer? Antwoord dan met het woord 'afmelden'.\n";

std::string cited(const std::string& text) {
    std::string out = "> ";
    for (const char letter : text) {
        out += letter;
        if (letter == '\n') out += "> ";
    }
    return out + "\n";
}

struct Form {
    const char* name;
    std::string quotation;  // what a mail program puts below the answer
};
std::ostream& operator<<(std::ostream& out, const Form& form) {
    return out << form.name;
}

// As the programs write them, with invented names.
const Form forms[] = {
    {"Frisian",
     "Fan: Bureau Kernen <oproep@kernen.example>\nFerstjoerd: moandei 9 febrewaris 2026 09:01\n"
     "Oan: Griffy <griffie@doarp.example>\nUnderwerp: Oprop\n\n" +
         appeal},
    {"Outlook, Dutch",
     "________________________________\nVan: Bureau Kernen <oproep@kernen.example>\nVerzonden: maandag 9 "
     "februari 2026 09:01\n"
     "Aan: Griffie Laagveen <griffie@laagveen.example>\nOnderwerp: Oproep aan uw raad\n\n" +
         appeal},
    {"Outlook, Dutch, without a line",
     "Van: Bureau Kernen [mailto:oproep@kernen.example]\nVerzonden: maandag 9 februari 2026 09:01\nAan: "
     "Griffie\nCC: x\n"
     "Onderwerp: Oproep aan uw raad\nUrgentie: Hoog\n\n" +
         appeal},
    {"Outlook, Dutch, original message",
     "-----Oorspronkelijk bericht-----\nVan: Bureau Kernen\nVerzonden: maandag 9 februari 2026 09:01\nAan: "
     "Griffie\n"
     "Onderwerp: Oproep\n\n" +
         appeal},
    {"Outlook for phones",
     "Outlook voor iOS ophalen<https://aka.example/x>\n________________________________\nFrom: Bureau Kernen "
     "<oproep@kernen.example>\nSent: Monday, February 9, 2026 9:01:05 AM\nTo: Griffie "
     "<griffie@laagveen.example>\nSubject: Oproep\n\n" +
         appeal},
    {"Outlook, English",
     "From: Bureau Kernen <oproep@kernen.example>\nSent: 09 February 2026 09:01\nTo: Griffie\nSubject: "
     "Oproep\n\n" +
         appeal},
    {"Outlook, bold",
     "*Van:* Bureau Kernen <oproep@kernen.example>\n*Verzonden:* maandag 9 februari 2026 09:01\n*Aan:* "
     "Griffie\n"
     "*Onderwerp:* Oproep\n\n" +
         appeal},
    {"Outlook, long list of recipients",
     "Van: Bureau Kernen <oproep@kernen.example>\nVerzonden: maandag 9 februari 2026 09:01\nAan: Griffie "
     "Laagveen <griffie@laagveen.example>;\n"
     "    Griffie Hoogveen <griffie@hoogveen.example>;\n    Griffie Zandwijk "
     "<griffie@zandwijk.example>\nOnderwerp: Oproep\n\n" +
         appeal},
    {"Outlook, German",
     "Von: Bureau Kernen <oproep@kernen.example>\nGesendet: Montag, 9. Februar 2026 09:01\nAn: "
     "Griffie\nBetreff: Oproep\n\n" +
         appeal},
    {"Outlook, French",
     "De : Bureau Kernen <oproep@kernen.example>\nEnvoyé : lundi 9 février 2026 09:01\nÀ : Griffie\nObjet : "
     "Oproep\n\n" +
         appeal},
    {"German original message", "-----Ursprüngliche Nachricht-----\nVon: Bureau Kernen\n\n" + appeal},
    {"Lotus",
     "Van: \"Bureau Kernen\" <oproep@kernen.example>\nAan: griffie@laagveen.example\nDatum: 09-02-2026 "
     "09:01\nOnderwerp: Oproep\n\n\n" +
         appeal},
    {"webmail with its own order",
     "Onderwerp: Oproep\nDatum: 2026-02-09 09:01\nVan: Bureau Kernen <oproep@kernen.example>\nAan: "
     "griffie@laagveen.example\n\n" +
         appeal},
    {"Gmail, Dutch",
     "Op ma 9 feb 2026 om 09:01 schreef Bureau Kernen <oproep@kernen.example>:\n\n" + cited(appeal)},
    {"Gmail, Dutch, broken",
     "Op ma 9 feb 2026 om 09:01 schreef Landelijke Vereniging van Kernen <\noproep@kernen.example>:\n\n" +
         cited(appeal)},
    {"Gmail, Dutch, broken elsewhere",
     "Op ma 9 feb 2026 om 09:01 schreef Landelijke Vereniging van Kernen <oproep@kernen.example\n>:\n\n" +
         cited(appeal)},
    {"Gmail, English",
     "On Mon, Feb 9, 2026 at 9:01 AM Bureau Kernen <oproep@kernen.example> wrote:\n\n" + cited(appeal)},
    {"Gmail, English, broken",
     "On Mon, Feb 9, 2026 at 9:01 AM Bureau Kernen <oproep@kernen.example>\nwrote:\n\n" + cited(appeal)},
    {"Gmail, German",
     "Am Mo., 9. Feb. 2026 um 09:01 Uhr schrieb Bureau Kernen <\noproep@kernen.example>:\n\n" +
         cited(appeal)},
    {"Gmail, French",
     "Le lun. 9 févr. 2026 à 09:01, Bureau Kernen <oproep@kernen.example> a écrit :\n\n" + cited(appeal)},
    {"Apple, Dutch",
     "> Op 9 feb 2026, om 09:01 heeft Bureau Kernen <oproep@kernen.example> het volgende geschreven:\n> \n" +
         cited(appeal)},
    {"Apple, Dutch, above the citation",
     "Op 9 feb. 2026 om 09:01 heeft Bureau Kernen <oproep@kernen.example> het volgende\ngeschreven:\n\n" +
         cited(appeal)},
    {"Apple phone, without a citation",
     "Op 9 feb 2026 om 09:01 heeft Bureau Kernen <oproep@kernen.example> het volgende geschreven:\n\n" +
         appeal},
    {"Apple, English",
     "On 9 Feb 2026, at 09:01, Bureau Kernen <oproep@kernen.example> wrote:\n\n" + cited(appeal)},
    {"Thunderbird, Dutch", "Op 09-02-2026 om 09:01 schreef Bureau Kernen:\n" + cited(appeal)},
    {"Thunderbird, Frisian", "Op 09-02-2026 om 09:01 skreau Bureau Kernen:\n" + cited(appeal)},
    {"Yahoo, Dutch",
     "Op maandag 9 februari 2026 om 09:01:22 CET schreef Bureau Kernen <oproep@kernen.example>:\n\n\n" +
         appeal},
    {"webmail, name first", "Bureau Kernen schreef op 2026-02-09 09:01:\n" + cited(appeal)},
    {"webmail, address first", "oproep@kernen.example schreef op 09-02-2026 9:01:\n" + cited(appeal)},
    {"webmail, without a date", "Bureau Kernen <oproep@kernen.example> schreef:\n" + cited(appeal)},
    {"Spanish",
     "El lun, 9 feb 2026 a las 9:01, Bureau Kernen (<oproep@kernen.example>) escribió:\n\n" + cited(appeal)},
    {"Swedish",
     "Den mån 9 feb. 2026 kl 09:01 skrev Bureau Kernen <oproep@kernen.example>:\n\n" + cited(appeal)},
    {"Italian",
     "Il giorno lun 9 feb 2026 alle ore 09:01 Bureau Kernen <oproep@kernen.example> ha scritto:\n\n" +
         cited(appeal)},
    {"Polish",
     "Dnia 9 lut 2026 o godz. 09:01 Bureau Kernen <oproep@kernen.example> napisał(a):\n\n" + cited(appeal)},
    {"Russian, without a time",
     "понедельник, 9 февраля 2026 г. пользователь kernen написал:\n\n" + cited(appeal)},
    {"Norwegian",
     "man. 9. feb. 2026 kl. 09.01 skrev Bureau Kernen <oproep@kernen.example>:\n\n" + cited(appeal)},
    {"date and address, without a verb",
     "2026-02-09 9:01 GMT+01:00 Bureau Kernen <oproep@kernen.example>:\n\n" + cited(appeal)},
    {"date and address, without a colon",
     "2026/2/9 Bureau Kernen <oproep@kernen.example>\n\n" + cited(appeal)},
    {"date first, without a verb",
     "09.02.2026, 09:01, \"Bureau Kernen\" <oproep@kernen.example>:\n" + cited(appeal)},
    {"forum", "kernen via Forum wrote:\n" + cited(appeal)},
    {"Zoho",
     "---- On Mon, 09 Feb 2026 09:01:05 +0100 Bureau Kernen <oproep@kernen.example> wrote ----\n\n" + appeal},
    {"Outlook, Norwegian",
     "Fra: Bureau Kernen <oproep@kernen.example>\nSendt: mandag 9. februar 2026 09:01\nTil: Griffie\nEmne: "
     "Oproep\n\n" +
         appeal},
    {"Outlook, Italian",
     "Da: Bureau Kernen <oproep@kernen.example>\nInviato: lunedì 9 febbraio 2026 09:01\nA: Griffie\nOggetto: "
     "Oproep\n\n" +
         appeal},
    {"only signs", cited(appeal)},
    {"forwarded, Gmail",
     "---------- Forwarded message ---------\nVan: Bureau Kernen <oproep@kernen.example>\nDate: ma 9 feb "
     "2026 om 09:01\n"
     "Subject: Oproep\nTo: <griffie@laagveen.example>\n\n\n" +
         appeal},
    {"forwarded, Apple",
     "Begin doorgestuurd bericht:\n\nVan: Bureau Kernen <oproep@kernen.example>\nOnderwerp: Oproep\nDatum: 9 "
     "februari 2026 om 09:01:05 CET\n"
     "Aan: griffie@laagveen.example\n\n" +
         appeal},
    {"forwarded, Thunderbird",
     "-------- Doorgestuurd bericht --------\nOnderwerp: Oproep\nDatum: Mon, 9 Feb 2026 09:01:05 +0100\n"
     "Van: Bureau Kernen <oproep@kernen.example>\nAan: griffie@laagveen.example\n\n" +
         appeal},
    {"copy with its headers",
     "--- Below this line is a copy of the message.\n\nReturn-Path: <oproep@kernen.example>\nReceived: from "
     "x\n\tby y\n"
     "From: Bureau Kernen <oproep@kernen.example>\nTo: griffie@laagveen.example\nSubject: Oproep\n\n" +
         appeal},
};

const std::string answers[] = {
    "Dank, ontvangen.",
    "Geachte heer, mevrouw,\n\nWij nemen uw brief in behandeling. U hoort nog van ons.\n\nMet vriendelijke "
    "groet,\n\nAnna de Wit\nGriffie Laagveen",
    "Beste mensen,\n\nOp 3 maart 2026 vergadert de raad. In uw brief schreef u: 'ontmoeting is een recht'. "
    "Dat klopt.\n\nGroet, Anna",
    "Van: uw brief begrijpen wij niets.\n\nAan wie was hij gericht?",
    "Wij sturen hem door:\n- fractie Dorpsbelang\n- fractie Kernen\n\nMvg, A.",
};

}  // namespace

BOOST_DATA_TEST_CASE(what_is_quoted_is_never_what_was_written, boost::unit_test::data::make(forms)) {
    for (const std::string& answer : answers) {
        const NewText got = new_text(answer + "\n\n" + sample.quotation);
        BOOST_TEST(got.written == answer);
        BOOST_TEST(got.quoted.find("lijst van ingekomen stukken") != std::string::npos);
    }
    // With a device's line between them, and with nothing written at all.
    const NewText phone = new_text("Staat erop.\n\nVerstuurd vanaf mijn iPhone\n\n" + sample.quotation);
    BOOST_TEST(phone.written == "Staat erop.");
    BOOST_TEST(phone.signature.starts_with("Verstuurd vanaf mijn iPhone"));
    BOOST_TEST(new_text(sample.quotation).written.find("ingekomen stukken") == std::string::npos);
}

struct Case {
    const char* name;
    const char* text;
    const char* written;
    const char* signature;
};
std::ostream& operator<<(std::ostream& out, const Case& each) {
    return out << each.name;
}

const Case cases[] = {
    {"empty", "", "", ""},
    {"blank", " \n\t\n\xC2\xA0\n", "", ""},
    {"plain", "\nDank.\n\n", "Dank.", ""},
    {"marked signature", "Dank.\n\n-- \nAnna de Wit\nTel. 0512 000 000\n", "Dank.",
     "Anna de Wit\nTel. 0512 000 000"},
    {"marked signature above a quotation",
     "Dank.\n-- \nAnna\n\nOp ma 9 feb 2026 om 09:01 schreef X <x@y.example>:\n> a\n", "Dank.", "Anna\n"},
    {"contact lines",
     "Dank.\n\nMet vriendelijke groet,\n\nAnna de Wit\nGriffie Laagveen\nT 0512 000 000 | "
     "www.laagveen.example\n",
     "Dank.\n\nMet vriendelijke groet,",
     "Anna de Wit\nGriffie Laagveen\nT 0512 000 000 | www.laagveen.example"},
    {"contact lines right below the farewell",
     "Dank.\n\nMet vriendelijke groet,\nAnna de Wit\nanna@laagveen.example\nPostbus 1, 9000 AA Laagveen\n",
     "Dank.\n\nMet vriendelijke groet,", "Anna de Wit\nanna@laagveen.example\nPostbus 1, 9000 AA Laagveen"},
    {"an answer that is an address", "griffie@laagveen.example\n", "griffie@laagveen.example", ""},
    {"an answer that names a number", "Belt u ons op 0512 000 000, dan overleggen we even.\n",
     "Belt u ons op 0512 000 000, dan overleggen we even.", ""},
    {"an address in a sentence of its own",
     "Het adres is gewijzigd.\n\nStuur uw bericht voortaan naar griffie@hoogveen.example.\n",
     "Het adres is gewijzigd.\n\nStuur uw bericht voortaan naar griffie@hoogveen.example.", ""},
    {"names without numbers stay", "Dank.\n\nGroet,\nAnna de Wit\ngriffier\n",
     "Dank.\n\nGroet,\nAnna de Wit\ngriffier", ""},
    {"device", "Staat op de lijst.\n\nVerzonden vanaf mijn Galaxy\n", "Staat op de lijst.",
     "Verzonden vanaf mijn Galaxy"},
    {"no device", "Verzonden met de post op 3 maart, per brief dus.\n",
     "Verzonden met de post op 3 maart, per brief dus.", ""},
    {"inline answers",
     "Op ma 9 feb 2026 om 09:01 schreef X <x@y.example>:\n\n> Komt hij op de lijst?\n\nJa.\n\n> "
     "Wanneer?\n\nIn maart.\n\n> Groet\n",
     "> Komt hij op de lijst?\n\nJa.\n\n> Wanneer?\n\nIn maart.", ""},
    {"inline answers below a greeting",
     "Beste X,\n\nOp ma 9 feb 2026 om 09:01 schreef X <x@y.example>:\n> Komt hij op de lijst?\n\nJa, in "
     "maart.\n",
     "Beste X,\n\n> Komt hij op de lijst?\n\nJa, in maart.", ""},
    {"answer below", "> Komt hij op de lijst?\n\nJa, in maart.\n", "> Komt hij op de lijst?\n\nJa, in maart.",
     ""},
    {"footer below a quotation",
     "Ja.\n\nOp ma 9 feb 2026 om 09:01 schreef X <x@y.example>:\n> Komt hij?\n\nLijst beheerd door Y\n",
     "Ja.", ""},
    {"a letter to the council",
     "Aan: de raad\nVan: het college\nOnderwerp: dorpshuizen\n\nGeachte raad, dit is ons antwoord.\n",
     "Aan: de raad\nVan: het college\nOnderwerp: dorpshuizen\n\nGeachte raad, dit is ons antwoord.", ""},
    {"a receipt that repeats what was sent",
     "Wij hebben uw bericht ontvangen.\n\nDatum: 9 februari 2026\nOnderwerp: Oproep\nVan: "
     "oproep@kernen.example\nZaaknummer: Z26.00123\n",
     "Wij hebben uw bericht ontvangen.\n\nDatum: 9 februari 2026\nOnderwerp: Oproep\nVan: "
     "oproep@kernen.example\nZaaknummer: Z26.00123",
     ""},
    {"a sentence about writing", "Op 9 februari schreef u ons:\nwij nemen dat over.\n",
     "Op 9 februari schreef u ons:\nwij nemen dat over.", ""},
    {"a list with rules", "Onze punten:\n-----\n1. dorpshuis\n-----\n2. bus\n",
     "Onze punten:\n-----\n1. dorpshuis\n-----\n2. bus", ""},
};

BOOST_DATA_TEST_CASE(what_was_written_stays_as_it_was, boost::unit_test::data::make(cases)) {
    const NewText got = new_text(sample.text);
    BOOST_TEST(got.written == sample.written);
    std::string signature = sample.signature;
    while (signature.ends_with('\n')) signature.pop_back();
    BOOST_TEST(got.signature == signature);
}

const char* const disclaimers[] = {
    "Disclaimer: aan dit bericht kunnen geen rechten worden ontleend.",
    "De informatie in dit e-mailbericht is uitsluitend bestemd voor de geadresseerde.\nGebruik door anderen "
    "is niet toegestaan.",
    "Dit bericht is vertrouwelijk en bestemd voor de geadresseerde.",
    "Aan de inhoud van deze e-mail kunnen geen rechten worden ontleend.",
    "Indien u niet de bedoelde ontvanger bent, verzoeken wij u dit te melden.",
    "Denk aan het milieu voordat u dit bericht print.",
    "The information contained in this e-mail is confidential.",
    "This e-mail and any attachments are intended for the addressee only.",
    "***********************\nEr kan een virus in zitten; de gemeente aanvaardt geen "
    "aansprakelijkheid.\n***********************",
    "Diese E-Mail enthält vertrauliche Informationen.",
};

BOOST_DATA_TEST_CASE(a_disclaimer_is_not_written, boost::unit_test::data::make(disclaimers)) {
    const NewText got =
        new_text("De brief staat op de lijst.\n\nGroet,\nAnna\n\n" + std::string{sample} + "\n");
    BOOST_TEST(got.written == "De brief staat op de lijst.\n\nGroet,\nAnna");
    BOOST_TEST(got.disclaimer == sample);
}

// Words that disclaimers share with answers.
BOOST_AUTO_TEST_CASE(an_answer_may_speak_of_rights_and_confidence) {
    for (const char* answer : {"Dag,\n\nUw brief is vertrouwelijk ter inzage gelegd.",
                               "Dag,\n\nDit bericht is gedeeld met de raad.",
                               "Dag,\n\nDe informatie in uw brief is gedeeld met de fracties.",
                               "Dag,\n\nAls u niet de afzender bent, horen wij dat graag."})
        BOOST_TEST(new_text(answer).written == answer);
}

BOOST_AUTO_TEST_CASE(it_takes_no_longer_than_the_text_is_long) {
    const auto seconds_for = [](const std::string& line, std::size_t octets) {
        std::string text;
        while (text.size() < octets) text += line;
        return tests::processor_seconds_of([&] { new_text(text); });
    };
    for (const char* line :
         {"> ", ">", "wrote:\n", "On 9 Feb 2026 at 9:01 X <x@y.example> wrote\n", "Van: x@y.example\n",
          "Op schreef ", "-", "<\n", "--\n", "\n", "Van: a\nVerzonden: b\n\n", "****\n",
          "Tel. 0512 000 000\n", "Disclaimer\n\n", "> x\ny\n", "2026 <a@b.c"})
        BOOST_TEST(seconds_for(line, 256u << 10) < 2.0, "slow: " << line);
}

}  // namespace raadspost::answer

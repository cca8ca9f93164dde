// Signs of automatic mail: headers of RFC 3834 and of vendors, other languages than Dutch, and that a header
// alone hides no answer.
#include "core/answer/auto_reply.hpp"

#include <span>

#include <boost/test/unit_test.hpp>

namespace raadspost::answer {
namespace {

using Kind = AutoReply::Kind;

struct Mail {
    Headers headers;
    const char* subject;
    const char* text;
    Kind kind;
};

Received received(const Mail& mail) {
    Received result;
    result.headers = mail.headers;
    result.subject = mail.subject;
    result.text = mail.text;
    result.from = {{"", "clerk@town.example"}};
    result.date = std::chrono::sys_days(std::chrono::year(2026) / 3 / 10);
    return result;
}

void check(std::span<const Mail> mails) {
    for (const Mail& mail : mails) {
        const AutoReply found = auto_reply(received(mail), mail.text);
        BOOST_TEST_CONTEXT((mail.headers.empty() ? "" : mail.headers[0].name + ": " + mail.headers[0].value)
                           << " | " << mail.subject << " | " << mail.text)
        BOOST_TEST(name(found.kind) == name(mail.kind));
    }
}

}  // namespace

BOOST_AUTO_TEST_CASE(headers_tell_of_machines) {
    const Mail mails[] = {
        {{{"auto-submitted", "auto-replied"}}, "Re: call", "Bye.", Kind::machine},
        {{{"auto-submitted", "auto-generated"}}, "Re: call", "Bye.", Kind::machine},
        {{{"auto-submitted", "auto-replied (zimbra; vacation)"}}, "Re: call", "Bye.", Kind::absence},
        {{{"auto-submitted", "auto-replied; owner-email=\"clerk@town.example\""}},
         "Re: call",
         "Bye.",
         Kind::machine},
        {{{"auto-submitted", "Auto-Notified"}}, "Re: call", "Bye.", Kind::machine},
        {{{"auto-submitted", "no"}}, "Re: call", "Bye.", Kind::none},
        {{{"auto-submitted", "No (a person)"}}, "Re: call", "Bye.", Kind::none},
        {{{"x-autoreply", "yes"}}, "Re: call", "Bye.", Kind::absence},
        {{{"x-autorespond", ""}}, "Re: call", "Bye.", Kind::absence},
        {{{"x-apple-action", "VACATION"}}, "Re: call", "Bye.", Kind::absence},
        {{{"precedence", "auto_reply"}}, "Re: call", "Bye.", Kind::absence},
        {{{"x-post-messageclass", "9; Autoresponder"}}, "Re: call", "Bye.", Kind::absence},
        {{{"x-auto-response-suppress", "All"}}, "Re: call", "Bye.", Kind::machine},
        // These stand on mail of people as well.
        {{{"x-auto-response-suppress", "DR, OOF, AutoReply"}}, "Re: call", "Bye.", Kind::none},
        {{{"x-ms-exchange-inbox-rules-loop", "clerk@town.example"}}, "Re: call", "Bye.", Kind::none},
        {{{"precedence", "bulk"}}, "Re: call", "Bye.", Kind::none},
    };
    check(mails);
}

BOOST_AUTO_TEST_CASE(a_header_alone_hides_no_answer) {
    const Headers case_system = {{"auto-submitted", "auto-generated"}, {"x-auto-response-suppress", "All"}};
    const Mail mails[] = {
        {case_system, "Zaak Z/26/17", "Uw brief is geplaatst op de lijst van ingekomen stukken.", Kind::none},
        {case_system, "Zaak Z/26/17", "Wij hebben uw brief doorgestuurd aan de leden van de raad.",
         Kind::none},
        {case_system, "Zaak Z/26/17", "Uw brief is in handen gesteld van het college van B en W.",
         Kind::none},
        {case_system, "Re: call", "Your letter was forwarded to all councillors.", Kind::none},
        {case_system, "Zaak Z/26/17", "Wij hebben uw brief ontvangen. Uw zaaknummer is Z/26/17.",
         Kind::receipt},
        {case_system, "Zaak Z/26/17",
         "Uw brief kan worden doorgestuurd aan de raad. Wij hebben hem ontvangen.", Kind::receipt},
    };
    check(mails);
    BOOST_TEST(auto_reply(received(mails[4]), mails[4].text).by_headers);
}

BOOST_AUTO_TEST_CASE(other_languages_are_understood) {
    const Mail mails[] = {
        {{}, "Automatic reply: call", "I am out of the office until 23 March.", Kind::absence},
        {{}, "Out of Office", "I will be away from my desk.", Kind::absence},
        {{}, "Re: call", "I am on annual leave until Monday 23 March.", Kind::absence},
        {{},
         "Re: call",
         "This mailbox is not monitored. Please write to council@town.example.",
         Kind::unread},
        {{},
         "Automatic reply: call",
         "Thank you for contacting us. We will respond within ten days.",
         Kind::receipt},
        {{}, "Re: call", "This is an automated message. We have received your e-mail.", Kind::receipt},
        {{}, "Automatic reply: call", "She no longer works for the council.", Kind::absence},
        {{}, "Automatische Antwort: Aufruf", "Ich bin bis zum 23.03.2026 nicht im Büro.", Kind::absence},
        {{}, "Abwesenheitsnotiz", "Ich bin im Urlaub.", Kind::absence},
        {{}, "Automatische Antwort: Aufruf", "Dieses Postfach wird nicht gelesen.", Kind::unread},
        {{}, "Réponse automatique : appel", "Je suis absent du bureau jusqu'au 23 mars.", Kind::absence},
        {{}, "Re: call", "We discussed your letter. I was away last week, sorry for the delay.", Kind::none},
        {{}, "Re: call", "Thank you for your letter. The council will look at it on Monday.", Kind::none},
    };
    check(mails);
}

BOOST_AUTO_TEST_CASE(a_challenge_is_one_whatever_it_calls_itself) {
    Mail mail = {{},
                 "Re: call",
                 "Your message has been waitlisted. Please add yourself to my guest list.",
                 Kind::challenge};
    Received from_machine = received(mail);
    from_machine.from = {{"", "noreply@waiting.example"}};
    BOOST_TEST(name(auto_reply(from_machine, mail.text).kind) == "challenge");
    BOOST_TEST(name(auto_reply(received(mail), mail.text).kind) == "none");
}

BOOST_AUTO_TEST_CASE(the_day_follows_from_where_the_writer_was) {
    Mail mail = {{}, "Automatisch antwoord: oproep", "Ik ben morgen weer aanwezig.", Kind::absence};
    Received late = received(mail);
    late.date = std::chrono::sys_days(std::chrono::year(2026) / 3 / 10) + std::chrono::hours(23);
    late.utc_offset_minutes = 60;  // half past midnight on the 11th
    const AutoReply found = auto_reply(late, mail.text);
    BOOST_TEST_REQUIRE(found.absent_until.has_value());
    BOOST_TEST(unsigned(found.absent_until->day()) == 12u);
}

BOOST_AUTO_TEST_CASE(who_left_is_told_from_who_comes_back) {
    Mail gone = {
        {}, "Automatisch antwoord: oproep", "Ik ben niet meer werkzaam bij de gemeente.", Kind::absence};
    Mail away = {{}, "Automatisch antwoord: oproep", "Ik ben met vakantie.", Kind::absence};
    BOOST_TEST(auto_reply(received(gone), gone.text).left);
    BOOST_TEST(!auto_reply(received(away), away.text).left);
}

BOOST_AUTO_TEST_CASE(a_note_without_any_mark_is_known_by_its_words) {
    const auto kind = [](const char* text) {
        Mail mail = {{}, "RE: oproep", text, Kind::none};
        return auto_reply(received(mail), mail.text).kind;
    };
    for (const char* text :
         {"Tussen kerst en oud en nieuw zijn wij dicht.", "Tijdens het reces is de griffie onbemand.",
          "Deze week is er geen bezetting op onze griffie.", "Wij werken vandaag niet, tot morgen!",
          "Tot mei ben ik gedetacheerd bij een buurgemeente.", "Spoed? Bel dan de bode. Ik ben er niet."})
        BOOST_TEST((kind(text) == Kind::absence), text);
    for (const char* text :
         {"Door een storing kunnen wij uw mail niet inzien.", "Dit postvak blijft tot de zomer ongelezen.",
          "Door ziekte is er niemand die deze mailbox openmaakt.",
          "Dit adres is alleen bedoeld voor uitgaande meldingen."})
        BOOST_TEST((kind(text) == Kind::unread), text);
    for (const char* text : {"Dank voor uw brief. De griffier is maandag weer aanwezig en beslist dan.",
                             "De griffie is dicht, daarom heb ik hem naar alle raadsleden laten uitgaan.",
                             "De parkeergarage onder het gemeentehuis is dicht."})
        BOOST_TEST((kind(text) == Kind::none), text);
}

BOOST_AUTO_TEST_CASE(a_mailbox_that_nobody_reads_is_told_from_one_that_was_given_up) {
    const auto nobody_reads = [](const char* text) {
        Mail mail = {{}, "RE: oproep", text, Kind::none};
        return auto_reply(received(mail), mail.text).nobody_reads;
    };
    BOOST_TEST(nobody_reads("Berichten aan dit adres worden niet geopend."));
    BOOST_TEST(!nobody_reads("Dit adres is niet meer in gebruik."));
}

BOOST_AUTO_TEST_CASE(what_nothing_but_words_tells_is_known_as_such) {
    Mail bare = {{}, "RE: oproep", "Wij zijn dicht.", Kind::absence};
    Mail marked = {{}, "Automatisch antwoord: oproep", "Wij zijn dicht.", Kind::absence};
    BOOST_TEST(auto_reply(received(bare), bare.text).by_words);
    BOOST_TEST(!auto_reply(received(marked), marked.text).by_words);
}

BOOST_AUTO_TEST_CASE(own_addresses_are_no_deputies) {
    Mail mail = {
        {},
        "Automatisch antwoord: oproep",
        "Ik ben afwezig. Mail clerk@town.example, wij@vereniging.example of liever waarnemer@town.example.",
        Kind::absence};
    Received note = received(mail);
    note.recipients = {{"", "wij@vereniging.example"}};
    BOOST_TEST(auto_reply(note, mail.text).instead == std::vector<std::string>{"waarnemer@town.example"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_day_on_which_an_office_is_shut_each_week_is_no_absence) {
    const struct {
        const char* text;
        bool absent;
    } told[] = {
        {"Ontvangen, dank.\r\n\r\nOp vrijdag is de griffie niet bezet.\r\n", false},
        {"Wij hebben uw brief ontvangen. Op woensdag en vrijdag zijn wij gesloten.\r\n", false},
        {"Dank. De griffie is gesloten op maandag en dinsdag.\r\n", false},
        {"De griffie is vandaag niet bezet.\r\n", true},
        {"Wij zijn op vrijdag 3 april gesloten.\r\n", true},
    };
    for (const auto& each : told) {
        const Mail mail = {{}, "RE: oproep", each.text, Kind::absence};
        BOOST_TEST((auto_reply(received(mail), mail.text).kind == Kind::absence) == each.absent, each.text);
    }
}

}  // namespace raadspost::answer

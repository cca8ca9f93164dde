// Reading a message as a whole: kinds, facts and evidence out of bytes.
#include "core/answer/read.hpp"
#include "core/council/table.hpp"

#include <boost/test/unit_test.hpp>

#include <set>
#include <string>

using namespace raadspost;
using namespace raadspost::answer;

namespace {

const Rules& rules() {
    static const Rules made = std::move(*Rules::parse(default_rules()));
    return made;
}

const std::vector<SentMail>& sent() {
    static const std::vector<SentMail> made = [] {
        SentMail mail;
        mail.dispatch = 7;
        mail.message_id = "7@post.vereniging.example";
        mail.recipient = "griffie@heemstede.nl";
        mail.bare_subject = bare_subject("Oproep");
        mail.councils.push_back({"GM0397", "Heemstede"});
        return std::vector<SentMail>{mail};
    }();
    return made;
}

Reading reading_of(const std::string& text, const std::string& headers = {}) {
    static const CouncilIndex country{councils_2026()};
    const Reader reader{
        rules(), country, {{"oproep@vereniging.example"}, ""}, nullptr, "mx.vereniging.example"};
    const std::string bytes =
        "From: Griffie <griffie@heemstede.nl>\r\nTo: oproep@vereniging.example\r\nSubject: RE: Oproep\r\n"
        "Date: Tue, 10 Feb 2026 09:30:00 +0100\r\nIn-Reply-To: <7@post.vereniging.example>\r\n" +
        headers + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text;
    return read(bytes, reader, [](const Clues&) { return std::span<const SentMail>{sent()}; });
}

std::set<std::string> kinds(const Reading& reading) {
    std::set<std::string> out;
    for (const Finding& each : reading.kinds) out.emplace(name(each.kind));
    return out;
}

using Kinds = std::set<std::string>;
using std::chrono::year;

}  // namespace

BOOST_AUTO_TEST_CASE(an_answer_is_read_with_its_evidence) {
    const Reading reading = reading_of(
        "Geachte mevrouw,\r\n\r\nUw brief (ons kenmerk Z/26/4711) staat als nr. 28 op de lijst van ingekomen "
        "stukken voor de\r\n"
        "raadsvergadering van donderdag 26 februari a.s., ter kennisname.\r\n\r\nMet vriendelijke "
        "groet,\r\nAnja\r\n");
    BOOST_TEST(kinds(reading) == Kinds{"listed"}, boost::test_tools::per_element());
    BOOST_TEST(reading.kinds.front().line.find("nr. 28 op de lijst") != std::string::npos);
    BOOST_TEST(reading.facts.list_number == "28");
    BOOST_TEST((reading.facts.list_date == year{2026} / 2 / 26));
    BOOST_TEST((reading.facts.meeting_date == year{2026} / 2 / 26));
    BOOST_TEST(reading.facts.disposal == "ter kennisname");
    BOOST_TEST(reading.facts.case_number == "Z/26/4711");
    BOOST_TEST(reading.match.council == "GM0397");
    BOOST_TEST(reading.rule_version == rules().version());
}

BOOST_AUTO_TEST_CASE(what_was_done_weighs_more_than_words_of_absence) {
    const std::string done = "Ik heb uw brief aan alle raadsleden gegeven. De griffie is morgen dicht.\r\n";
    BOOST_TEST(kinds(reading_of(done)).contains("distributed"));
    BOOST_TEST(!kinds(reading_of(done)).contains("auto_reply"));
    BOOST_TEST(kinds(reading_of("De griffie is morgen dicht.\r\n")) == Kinds{"auto_reply"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_mailbox_that_nobody_reads_answers_by_itself) {
    BOOST_TEST(
        (kinds(reading_of("Berichten aan dit adres worden niet geopend. Mail naar raad@dorp.example.")) ==
         Kinds{"auto_reply", "redirect"}));
    BOOST_TEST(
        (kinds(reading_of("Dit adres is niet meer in gebruik. Mail voortaan naar raad@dorp.example.")) ==
         Kinds{"redirect"}));
}

BOOST_AUTO_TEST_CASE(the_quoted_appeal_is_never_the_answer) {
    const Reading reading = reading_of(
        "Dank, ontvangen.\r\n\r\nOp 9 feb. 2026 om 09:01 schreef De vereniging:\r\n"
        "> Wilt u deze brief verspreiden onder uw raadsleden?\r\n> Hij is op de lijst van ingekomen stukken "
        "geplaatst.\r\n");
    BOOST_TEST(kinds(reading) == Kinds{"receipt"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(your_reference_is_not_theirs) {
    BOOST_TEST(
        reading_of("Uw kenmerk: V-2026-014\r\nWij hebben uw brief ontvangen.\r\n").facts.case_number.empty());
    BOOST_TEST(
        reading_of("Uw kenmerk: V-2026-014\r\nOns kenmerk: 1183204\r\nWij hebben uw brief ontvangen.\r\n")
            .facts.case_number == "1183204");
}

BOOST_AUTO_TEST_CASE(only_another_address_redirects) {
    const Reading other =
        reading_of("Het adres griffie@heemstede.nl vervalt. Gebruik voortaan raad@heemstede.nl.\r\n");
    BOOST_TEST(kinds(other) == Kinds{"redirect"}, boost::test_tools::per_element());
    BOOST_TEST(other.facts.redirect_to == "raad@heemstede.nl");
}

BOOST_AUTO_TEST_CASE(an_absence_is_no_answer) {
    const Reading reading = reading_of(
        "Ik ben afwezig tot en met 20 februari. Daarna stuur ik uw brief door aan de raadsleden.\r\n",
        "Auto-Submitted: auto-replied\r\n");
    BOOST_TEST(kinds(reading) == Kinds{"auto_reply"}, boost::test_tools::per_element());
    BOOST_TEST(reading.facts.absent_until.has_value());
}

BOOST_AUTO_TEST_CASE(a_date_without_a_year_follows_from_that_of_the_message) {
    const Reading reading = reading_of("Uw brief is geagendeerd voor de commissie van dinsdag 3 maart.\r\n");
    BOOST_TEST(kinds(reading) == Kinds{"agenda"}, boost::test_tools::per_element());
    BOOST_TEST((reading.facts.meeting_date == year{2026} / 3 / 3));
}

BOOST_AUTO_TEST_CASE(the_date_of_our_letter_is_no_date_of_the_list) {
    const Reading reading =
        reading_of("Uw brief van 9 februari 2026 is op de lijst van ingekomen stukken geplaatst.\r\n");
    BOOST_TEST(!reading.facts.list_date);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_heard_beside_the_hours_of_the_office_and_the_name_of_the_list) {
    const char* const refusals[] = {
        "Onze raad heeft afgesproken landelijke brieven niet in behandeling te nemen. Op vrijdag is de "
        "griffie "
        "niet bezet.\r\n",
        "Uw brief komt niet op de lijst van ingekomen stukken.\r\n",
        "Wij zien af van doorzending van uw brief aan de leden van de raad.\r\n"};
    for (const char* const each : refusals)
        BOOST_TEST(kinds(reading_of(each)) == Kinds{"declined"}, boost::test_tools::per_element());
    BOOST_TEST(
        kinds(reading_of("Uw brief komt niet op de lijst van ingekomen stukken, maar is overgedragen aan "
                         "het college, dat u zal antwoorden.\r\n")) == Kinds{"to_college"},
        boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_no_rule_understands_is_guessed_at_if_it_answers_us) {
    const std::string text = "Iedereen in de raad weet van uw brief.\r\n";
    const Reading reading = reading_of(text);
    BOOST_TEST(kinds(reading) == Kinds{"distributed"}, boost::test_tools::per_element());
    BOOST_TEST(reading.kinds.front().rule == "guess");
    BOOST_TEST(reading.kinds.front().line == "Iedereen in de raad weet van uw brief.");
    static const CouncilIndex country{councils_2026()};
    const Reader reader{rules(), country, {}, nullptr, ""};
    const Reading stranger = read("From: a@elsewhere.example\r\n\r\n" + text, reader,
                                  [](const Clues&) { return std::span<const SentMail>{}; });
    BOOST_TEST(kinds(stranger) == Kinds{"other"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_receipt_in_bulk_is_one_and_a_newsletter_is_none) {
    static const CouncilIndex country{councils_2026()};
    const Reader reader{rules(), country, {}, nullptr, ""};
    const auto kinds_with = [&](const std::string& headers) {
        return kinds(read("From: zaken@heemstede.nl\r\nSubject: Wij hebben uw bericht ontvangen\r\n" +
                              headers + "\r\nUw melding is ontvangen.\r\nZaak: ZAAK-5314\r\n",
                          reader, [](const Clues&) { return std::span<const SentMail>{sent()}; }));
    };
    BOOST_TEST(kinds_with("Precedence: bulk\r\n") == Kinds{"receipt"}, boost::test_tools::per_element());
    BOOST_TEST(kinds_with("Precedence: bulk\r\nList-Id: <nieuws.heemstede.nl>\r\n") == Kinds{"other"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_short_name_is_part_of_the_case_number) {
    BOOST_TEST(reading_of("Uw bericht is in behandeling onder nummer ZAAK-5314814.\r\n").facts.case_number ==
               "ZAAK-5314814");
}

BOOST_AUTO_TEST_CASE(forged_mail_says_nothing) {
    const Reading reading =
        reading_of("Uw brief staat op de lijst van ingekomen stukken.\r\n",
                   "Authentication-Results: mx.vereniging.example; dmarc=fail header.from=heemstede.nl\r\n");
    BOOST_TEST(kinds(reading) == Kinds{"other"}, boost::test_tools::per_element());
    BOOST_TEST((reading.match.trust == Trust::forged));
}

BOOST_AUTO_TEST_CASE(nothing_at_all_is_read_too) {
    static const CouncilIndex country{councils_2026()};
    const Reader reader{rules(), country, {}, nullptr, ""};
    for (const char* bytes : {"", "\r\n", "From: x", "\xFF\xFE"}) {
        const Reading reading = read(bytes, reader, [](const Clues&) { return std::span<const SentMail>{}; });
        BOOST_TEST(kinds(reading) == Kinds{"other"}, boost::test_tools::per_element());
    }
}

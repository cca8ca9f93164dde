// What servers and gateways say of why they did not take a message, family by family: the words alone, as
// they stand in a diagnosis, and the forms of report that differ in where the address and the reason stand.
// Invented hosts and people; the phrases are those of the programs.
#include "core/answer/delivery_report/cause.hpp"
#include "report_sample.hpp"

#include <span>

#include <boost/test/unit_test.hpp>

namespace raadspost::answer {
namespace {

using R = FailureReason;

struct Said {
    const char* words;
    FailureReason reason;
};

void check(std::span<const Said> all, Failure failure) {
    for (const Said& each : all) {
        BOOST_TEST_CONTEXT(each.words) {
            const report::Cause cause = report::cause("", each.words);
            BOOST_TEST(name(cause.failure) == name(failure));
            BOOST_TEST(name(cause.reason) == name(each.reason));
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(delivery_report_reasons)

BOOST_AUTO_TEST_CASE(nobody_there) {
    constexpr Said all[] = {
        {"550 address not present in directory", R::user_unknown},
        {"550 No griffie in name directory", R::user_unknown},
        {"550 griffie is not a local address", R::user_unknown},
        {"550 recipient is not accepted", R::user_unknown},
        {"553 sorry, this recipient is in my badrecipientto list (#5.7.1)", R::user_unknown},
        {"553 sorry, this recipient is not in my validrcptto list (#5.7.1)", R::user_unknown},
        {"550 no thank you rejected: Account Unavailable", R::user_unknown},
        {"550 cuda_nsu griffie@stad.example", R::user_unknown},
        {"550 Recipient verify failed", R::user_unknown},
        {"550 account deleted", R::user_unknown},
        {"Account closed", R::user_unknown},
        {"550 He is no longer an employee", R::user_unknown},
        {"550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found", R::user_unknown},
        {"550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
         R::user_unknown},
    };
    check(all, Failure::hard);
}

BOOST_AUTO_TEST_CASE(nobody_there_in_other_languages) {
    constexpr Said all[] = {
        {"Dit e-mailadres wordt niet meer gebruikt", R::user_unknown},
        {"Dit e-mailadres wordt niet meer gelezen", R::user_unknown},
        {"Het adres is komen te vervallen", R::user_unknown},
        {"550 utilisateur inconnu !", R::user_unknown},
        {"550 nessun utente simile in questo indirizzo", R::user_unknown},
        {"550 Destinatario sconosciuto", R::user_unknown},
        {"550 usuario inexistente", R::user_unknown},
        {"550 Nie ma takiego konta", R::user_unknown},
        {"550 Adressat unbekannt oder Mailbox deaktiviert", R::user_unknown},
    };
    check(all, Failure::hard);
}

BOOST_AUTO_TEST_CASE(gone_elsewhere) {
    constexpr Said all[] = {
        {"550 address griffie@stad.example has been replaced by raad@stad.example", R::moved},
        {"Ons mailadres is gewijzigd in raad@stad.example", R::moved},
        {"Dit e-mailadres is vervallen, gebruik voortaan raad@stad.example", R::moved},
        {"Deze medewerker is niet meer in dienst", R::moved},
        {"Diese Person ist nicht mehr bei uns", R::moved},
    };
    check(all, Failure::hard);
}

BOOST_AUTO_TEST_CASE(no_such_domain) {
    constexpr Said all[] = {
        {"all host address lookups failed permanently", R::host_unknown},
        {"550 5.1.4 Recipient address reserved by RFC 2606", R::host_unknown},
        {"550 5.1.6 Recipient addresses in single label domains not accepted", R::host_unknown},
        {"De domeinnaam kon niet worden gevonden", R::host_unknown},
        {"550 dominio inesistente", R::host_unknown},
    };
    check(all, Failure::hard);
}

BOOST_AUTO_TEST_CASE(there_but_shut) {
    constexpr Said all[] = {
        {"550 griffie temporary locked", R::suspended},
        {"550 recipient suspend the service", R::suspended},
        {"550 The account has not been activated by the user", R::suspended},
        {"Recipient's mailbox has been archived", R::suspended},
        {"The recipient was unavailable to take delivery of the message", R::suspended},
        {"De mailbox is gedeactiveerd", R::suspended},
        {"Dit account is opgeschort", R::suspended},
        {"Dit e-mailadres kan geen berichten ontvangen", R::suspended},
    };
    check(all, Failure::soft);
}

BOOST_AUTO_TEST_CASE(no_room) {
    constexpr Said all[] = {
        {"550 would be over the allowed quota", R::mailbox_full},
        {"552 account storage limit", R::mailbox_full},
        {"550 casella piena", R::mailbox_full},
        {"De schijfruimte van de ontvanger is onvoldoende", R::mailbox_full},
        {"553 exceeded maximum inbound message size", R::too_large},
        {"taille limite du message atteinte", R::too_large},
        {"Uw bericht overschrijdt de limiet", R::too_large},
        {"unable to deliver: file too large", R::too_large},
    };
    check(all, Failure::soft);
}

// Words that name a recipient or a domain and yet condemn neither.
BOOST_AUTO_TEST_CASE(not_the_address) {
    constexpr Said all[] = {
        {"550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients", R::too_many},
        {"550 5.2.14 RESOLVER.ADR.BadForwardingAddress; misconfigured forwarding address",
         R::receiver_trouble},
        {"550 5.1.4 RESOLVER.ADR.Ambiguous; ambiguous address", R::receiver_trouble},
        {"Several matches found in Domino Directory", R::receiver_trouble},
        {"550 5.7.510 Access denied, stad.example does not accept email over IPv6", R::blocked},
        {"550 this domain does not accept mail from hosts like yours", R::blocked},
        {"lowest numbered MX record points to local host", R::loop},
        {"The e-mail system was unable to deliver the message, but did not report a specific reason. Check "
         "the address and try again.",
         R::receiver_trouble},
        {"There was a SMTP communication problem with the recipient's email server.", R::network},
    };
    check(all, Failure::soft);
}

BOOST_AUTO_TEST_CASE(ourselves) {
    constexpr Said all[] = {
        {"553 This route requires encryption (TLS)", R::blocked},
        {"550 extreme bad ip profile", R::blocked},
        {"550 please use the smtp server of your ISP", R::blocked},
        {"554 too many unwanted messages have been sent from the following IP address above", R::blocked},
        {"553 5.7.2 All messages from 192.0.2.25 will be permanently deferred", R::blocked},
        {"550 Submitter failed to authenticate", R::not_authentic},
        {"550 5.5.0 Sender domain is empty.", R::sender_refused},
        {"421 Max message per connection reached, closing transmission channel", R::too_many},
        {"550 exceeding outbound thread limit", R::too_many},
        {"Te veel berichten in korte tijd", R::too_many},
    };
    check(all, Failure::soft);
}

BOOST_AUTO_TEST_CASE(rules_and_troubles) {
    constexpr Said all[] = {
        {"550 closed mailing list", R::policy},
        {"550 post by non-member to a members-only list", R::policy},
        {"550 5.6.11 Invalid characters", R::policy},
        {"You do not have permission to send to this recipient.", R::policy},
        {"U bent niet gemachtigd om naar deze geadresseerde te verzenden.", R::policy},
        {"Uw bericht is geweigerd vanwege het beleid", R::policy},
        {"Uw bericht is in quarantaine geplaatst", R::policy},
        {"local delivery failed", R::receiver_trouble},
        {"interrupted system call", R::receiver_trouble},
        {"Er is een tijdelijke storing opgetreden", R::receiver_trouble},
        {"De server van de ontvanger reageert niet", R::network},
        {"Verbinding met de server geweigerd", R::network},
        {"Could not deliver the message in the time limit specified.", R::expired},
    };
    check(all, Failure::soft);
}

BOOST_AUTO_TEST_CASE(where_the_address_and_the_reason_stand) {
    const Sample samples[] = {
        {"GroupWise, with the reason behind the name",
         "Mailer-Daemon@stad.example",
         "Message status - undeliverable",
         "The message that you sent was undeliverable to the following:\n\tgriffie (user not found)\n\n"
         "Possibly truncated original message follows:\n",
         {"griffie@stad.example"},
         Failure::hard,
         R::user_unknown},
        {"AsyncOS, that only says it did not get there",
         "Mail Delivery System <MAILER-DAEMON@esa1.stad.example>",
         "Delivery Status Notification (Failure)",
         "The following message to <griffie@stad.example> was undeliverable.\nThe reason for the problem:\n"
         "5.4.7 - Delivery expired (message too old) 'timeout'\n",
         {"griffie@stad.example"},
         Failure::soft,
         R::expired},
        {"sender and recipient in one sentence",
         "postmaster@relay.example",
         "Mail delivery problem",
         "Your message sent on 21 Nov 2025 from ons@vereniging.example to griffie@stad.example with subject "
         "\"Een oproep\" could not be delivered.\n\nThe server replied: 550 5.1.1 user unknown\n",
         {"griffie@stad.example"},
         Failure::hard,
         R::user_unknown},
        {"a gateway that blocks",
         "postmaster@gateway.stad.example",
         "Your message was blocked",
         "Your message to: <griffie@stad.example>\n\nSubject: Een oproep\n\nwas blocked by the mail gateway. "
         "Reason: file extension forbidden\n",
         {"griffie@stad.example"},
         Failure::soft,
         R::blocked},
        {"Exchange in German",
         "Mail Delivery System <postmaster@stadt.example>",
         "Nicht zustellbar: Aufruf",
         "Ihre Nachricht hat einige oder alle Empfänger nicht erreicht.\n\nFolgende(r) Empfänger kann/können "
         "nicht erreicht werden:\n\n'rat@stadt.example' am 21.11.2025 10:00\n  Das E-Mail-Konto ist in der "
         "Organisation nicht vorhanden.\n",
         {"rat@stadt.example"},
         Failure::hard,
         R::user_unknown},
        {"Yahoo, that looks for the mailbox when it has the letter",
         "Mail Delivery Subsystem <MAILER-DAEMON@relay.example>",
         "Returned mail: see transcript for details",
         "   ----- The following addresses had permanent fatal errors -----\n<lid@yahoo.example>\n\n"
         "   ----- Transcript of session follows -----\n... while talking to mx.yahoo.example.:\n>>> DATA\n"
         "<<< 554 delivery error: dd This user doesn't have a yahoo.example account (lid@yahoo.example) "
         "[0]\n",
         {"lid@yahoo.example"},
         Failure::hard,
         R::user_unknown},
        {"a cause with three sides",
         "Mail Delivery System <Mailer-Daemon@relay.example>",
         "Mail delivery failed: returning message to sender",
         "The following address(es) failed:\n\n  griffie@stad.example\n    The account or domain may not "
         "exist, "
         "they may be blacklisted, or missing the proper dns entries.\n",
         {"griffie@stad.example"},
         Failure::hard,
         R::host_unknown},
    };
    check(samples);
}

BOOST_AUTO_TEST_CASE(a_name_without_its_domain_is_found_in_the_returned_message) {
    Received received;
    received.from = {{"", "Mailer-Daemon@gw.stad.example"}};
    received.subject = "Message status - undeliverable";
    received.text =
        "The message that you sent was undeliverable to the following:\n\tgriffie (user not found)\n";
    received.returned.emplace_back();
    received.returned.back().headers = {{"to", "Raadsgriffie <griffie@stad.example>"}};
    const auto report = delivery_report(received);
    BOOST_REQUIRE(report.has_value());
    BOOST_REQUIRE(report->recipients.size() == 1);
    BOOST_TEST(report->recipients.front().address == "griffie@stad.example");
}

BOOST_AUTO_TEST_CASE(the_address_before_the_alias_stands_on_the_same_line) {
    Received received;
    received.from = {{"", "MAILER-DAEMON@relay.example"}};
    received.subject = "Undelivered Mail Returned to Sender";
    received.text =
        "This is the mail system at host relay.example.\n\n<raad@stad.example> (expanded from "
        "<griffie@stad.example>): unknown user: \"raad\"\n";
    const auto report = delivery_report(received);
    BOOST_REQUIRE(report.has_value());
    BOOST_REQUIRE(report->recipients.size() == 1);
    BOOST_TEST(report->recipients.front().address == "raad@stad.example");
    BOOST_TEST(report->recipients.front().alternative == "griffie@stad.example");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace raadspost::answer

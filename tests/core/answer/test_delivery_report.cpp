// What decides in a delivery report: its groups before its words, its action before its codes, and that what
// is no report is none. The dialects of systems that write no groups: test_delivery_report_dialects.cpp.
#include "core/answer/delivery_report.hpp"

#include "core/answer/delivery_report/cause.hpp"
#include "core/answer/read_mail.hpp"

#include <boost/test/unit_test.hpp>

namespace raadspost::answer {
namespace {

Received report_with(std::vector<Headers> groups, std::string text = {}) {
    Received received;
    received.from = {{"Mail Delivery System", "MAILER-DAEMON@relay.example"}};
    received.subject = "Undelivered Mail Returned to Sender";
    received.report_type = "delivery-status";
    received.delivery_status = {{{"reporting-mta", "dns; relay.example"}}};
    for (Headers& each : groups) received.delivery_status.push_back(std::move(each));
    received.text = std::move(text);
    return received;
}

Headers group(const char* recipient, const char* action, const char* status, const char* diagnostic) {
    Headers headers = {
        {"final-recipient", std::string("rfc822; ") + recipient}, {"action", action}, {"status", status}};
    if (*diagnostic) headers.push_back({"diagnostic-code", diagnostic});
    return headers;
}

struct Said {
    const char* status;
    const char* text;
    Failure failure;
    FailureReason reason;
};

}  // namespace

BOOST_AUTO_TEST_CASE(the_action_of_a_group_decides_whether_it_failed) {
    const struct {
        const char* action;
        Failure failure;
    } rows[] = {{"failed", Failure::hard},     {"Failed (bad mailbox)", Failure::hard},
                {"delayed", Failure::pending}, {"Delayed", Failure::pending},
                {"delivered", Failure::none},  {"relayed", Failure::none},
                {"expanded", Failure::none}};
    for (const auto& row : rows) {
        const auto report = delivery_report(report_with(
            {group("griffie@stad.example", row.action, "5.1.1", "smtp; 550 5.1.1 unknown user")}));
        BOOST_TEST_REQUIRE(report.has_value());
        BOOST_TEST_REQUIRE(report->recipients.size() == 1u);
        BOOST_TEST(name(report->recipients[0].failure) == name(row.failure), row.action);
        BOOST_TEST(report->recipients[0].address == "griffie@stad.example");
    }
}

BOOST_AUTO_TEST_CASE(the_words_and_codes_of_the_server_decide_about_the_address) {
    const Said rows[] = {
        {"5.1.1",
         "550 5.1.1 <a@stad.example>: Recipient address rejected: User unknown in local recipient table",
         Failure::hard, FailureReason::user_unknown},
        {"5.1.1", "", Failure::hard, FailureReason::user_unknown},
        {"5.1.2", "", Failure::hard, FailureReason::host_unknown},
        {"5.1.3", "553 5.1.3 bad address syntax", Failure::hard, FailureReason::user_unknown},
        {"5.1.6", "", Failure::hard, FailureReason::moved},
        {"5.1.10", "", Failure::hard, FailureReason::user_unknown},
        {"5.4.4", "", Failure::hard, FailureReason::host_unknown},
        {"5.7.1", "550 5.7.1 No such mailbox", Failure::hard, FailureReason::user_unknown},
        {"5.0.0", "550 griffie@stad.example: user does not exist", Failure::hard,
         FailureReason::user_unknown},
        {"5.4.1", "550 5.4.1 [griffie@stad.example]: Recipient address rejected: Access denied [AM5.example]",
         Failure::hard, FailureReason::user_unknown},
        {"5.0.0", "De gebruiker is niet meer werkzaam bij de gemeente", Failure::hard, FailureReason::moved},
        {"5.0.0", "Het e-mailadres bestaat niet", Failure::hard, FailureReason::user_unknown},
        {"5.0.0", "550 Das Postfach existiert nicht", Failure::hard, FailureReason::user_unknown},
        // Full, whatever the code.
        {"5.1.1", "550 5.2.2 <a@stad.example>... Mailbox full", Failure::soft, FailureReason::mailbox_full},
        {"5.1.1", "550 User is over quota", Failure::soft, FailureReason::mailbox_full},
        {"4.2.2", "452 4.2.2 The email account that you tried to reach is over quota", Failure::soft,
         FailureReason::mailbox_full},
        {"5.2.2", "", Failure::soft, FailureReason::mailbox_full},
        {"5.0.0", "Het postvak van de ontvanger is vol", Failure::soft, FailureReason::mailbox_full},
        {"5.0.0", "550 Das Postfach des Empfängers ist voll", Failure::soft, FailureReason::mailbox_full},
        // 5xx alone is not a bad address.
        {"5.0.0", "550 no thanks", Failure::soft, FailureReason::unknown},
        {"5.7.1", "554 5.7.1 Message rejected as spam", Failure::soft, FailureReason::spam},
        {"5.1.1", "550 5.7.1 Client host blocked using dnsbl.example", Failure::soft, FailureReason::blocked},
        {"5.7.26", "550 5.7.26 Unauthenticated email is not accepted due to DMARC policy", Failure::soft,
         FailureReason::not_authentic},
        {"5.1.8", "553 5.1.8 <wij@ver.example>... Domain of sender address does not exist", Failure::soft,
         FailureReason::sender_refused},
        {"5.3.4", "552 5.3.4 Message size exceeds fixed limit", Failure::soft, FailureReason::too_large},
        {"5.7.1", "554 5.7.1 Relay access denied", Failure::soft, FailureReason::relay_refused},
        {"5.4.6", "554 5.4.6 Too many hops", Failure::soft, FailureReason::loop},
        {"4.4.7", "Delivery time expired", Failure::soft, FailureReason::expired},
        {"4.4.1", "connect to mx.stad.example[192.0.2.2]:25: Connection timed out", Failure::soft,
         FailureReason::network},
        {"5.2.1", "550 5.2.1 This account is disabled", Failure::soft, FailureReason::suspended},
        {"5.0.0", "The group may not exist, or you may not have permission to post to it", Failure::soft,
         FailureReason::policy},
        // What is temporary condemns no address.
        {"4.1.1", "450 4.1.1 <a@stad.example>: Recipient address rejected: unverified address: unknown user",
         Failure::soft, FailureReason::user_unknown},
        {"4.0.0", "DNS lookup of stad.example responded with code NXDOMAIN", Failure::soft,
         FailureReason::host_unknown},
        // Names are no words: neither a mailbox called "spam" nor a host called "full".
        {"5.1.1", "550 5.1.1 <spam-full@quota.example> unknown user", Failure::hard,
         FailureReason::user_unknown},
        // To the letter, after the address was taken.
        {"5.0.0", "host mx.stad.example said: 550 unknown user (in reply to end of DATA command)",
         Failure::soft, FailureReason::user_unknown},
        {"5.1.1", "host mx.stad.example said: 550 5.1.1 unknown user (in reply to end of DATA command)",
         Failure::hard, FailureReason::user_unknown},
        // A relay's general heading before what the server said.
        {"5.0.0 (permanent failure)",
         "5.1.0 - Unknown address error 550-'5.7.1 <a@b.example>... Access denied'", Failure::soft,
         FailureReason::policy},
    };
    for (const Said& row : rows) {
        const report::Cause cause = report::cause(row.status, row.text);
        BOOST_TEST_CONTEXT(row.status << " " << row.text) {
            BOOST_TEST(name(cause.failure) == name(row.failure));
            BOOST_TEST(name(cause.reason) == name(row.reason));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_session_tells_whether_the_address_was_refused_or_the_letter) {
    const char* letter =
        ">>> DATA\n<<< 550 Unknown user griffie@stad.example\n554 5.0.0 Service unavailable\n";
    const char* address =
        ">>> DATA\n<<< 550 Unknown user griffie@stad.example\n<<< 503 5.0.0 Need RCPT (recipient)\n";
    const char* words = "550 Unknown user griffie@stad.example";
    BOOST_TEST(name(report::cause("5.2.0", words, letter).failure) == "soft");
    BOOST_TEST(name(report::cause("5.2.0", words, address).failure) == "hard");
    BOOST_TEST(name(report::cause("5.1.1", words, letter).failure) == "hard");
    BOOST_TEST(name(report::cause("5.2.0", words).failure) == "hard");
}

BOOST_AUTO_TEST_CASE(the_servers_own_codes_are_kept) {
    const auto report =
        delivery_report(report_with({group("a@stad.example", "failed", "5.0.0",
                                           "smtp; 550-5.1.1 The account does not exist. Please\n"
                                           " 550 5.1.1 try again")}));
    BOOST_TEST_REQUIRE(report.has_value());
    BOOST_TEST(report->recipients.at(0).status == "5.1.1");
    BOOST_TEST(report->recipients.at(0).reply_code == 550);
    BOOST_TEST(report->recipients.at(0).diagnostic.find('\n') == std::string::npos);
    BOOST_TEST(!report->recipients.at(0).line.empty());
}

BOOST_AUTO_TEST_CASE(groups_that_run_together_are_told_apart) {
    Headers both = group("een@stad.example", "failed", "5.2.2", "smtp; 550 5.2.2 full");
    for (Header& each : group("twee@stad.example", "failed", "5.1.1", "smtp; 550 5.1.1 unknown user"))
        both.push_back(std::move(each));
    const auto report = delivery_report(report_with({both}));
    BOOST_TEST_REQUIRE(report.has_value());
    BOOST_TEST_REQUIRE(report->recipients.size() == 2u);
    BOOST_TEST(name(report->recipients[0].failure) == "soft");
    BOOST_TEST(name(report->recipients[1].failure) == "hard");
    BOOST_TEST(name(failure(*report)) == "hard");
}

BOOST_AUTO_TEST_CASE(recipients_are_read_whatever_their_form) {
    const struct {
        const char* value;
        const char* address;
    } rows[] = {{"rfc822;Griffie@STAD.example", "Griffie@stad.example"},
                {"<griffie@stad.example>", "griffie@stad.example"},
                {"griffie@stad.example", "griffie@stad.example"},
                {"rfc822; @relay.example:griffie@stad.example", "griffie@stad.example"},
                {"rfc822; rfc822;griffie@stad.example", "griffie@stad.example"},
                {"rfc822; griffie@postserver", "griffie@postserver"},
                {"rfc822; \"de griffie\"@stad.example", "\"de griffie\"@stad.example"}};
    for (const auto& row : rows) {
        const auto report =
            delivery_report(report_with({{{"final-recipient", row.value}, {"action", "failed"}}}));
        BOOST_TEST_REQUIRE(report.has_value());
        BOOST_TEST_REQUIRE(report->recipients.size() == 1u, row.value);
        BOOST_TEST(report->recipients[0].address == row.address);
    }
    const auto x400 = delivery_report(report_with({{{"original-recipient", "rfc822; griffie@stad.example"},
                                                    {"final-recipient", "x400; /S=griffie/PRMD=stad/C=NL/"},
                                                    {"action", "failed"},
                                                    {"status", "4.4.7"}}}));
    BOOST_TEST_REQUIRE(x400.has_value());
    BOOST_TEST(x400->recipients.at(0).address == "griffie@stad.example");
}

BOOST_AUTO_TEST_CASE(the_address_written_to_is_kept_beside_the_one_it_ended_at) {
    Headers forwarded = group("jan@thuis.example", "failed", "5.1.1", "");
    forwarded.insert(forwarded.begin(), {"original-recipient", "rfc822;griffie@stad.example"});
    const auto report = delivery_report(report_with({forwarded}));
    BOOST_TEST_REQUIRE(report.has_value());
    BOOST_TEST(report->recipients.at(0).address == "jan@thuis.example");
    BOOST_TEST(report->recipients.at(0).alternative == "griffie@stad.example");
}

BOOST_AUTO_TEST_CASE(a_group_without_a_reason_takes_it_from_the_text) {
    const auto report = delivery_report(report_with(
        {group("griffie@stad.example", "failed", "5.0.0", "")},
        "This is the mail system at host relay.example.\n\n<griffie@stad.example>: mailbox is full\n"));
    BOOST_TEST_REQUIRE(report.has_value());
    BOOST_TEST(name(report->recipients.at(0).reason) == "mailbox_full");
}

BOOST_AUTO_TEST_CASE(groups_are_found_in_text_where_a_gateway_lost_their_type) {
    Received received;
    received.from = {{"", "MAILER-DAEMON@relay.example"}};
    received.subject = "Delivery Status Notification (Delay)";
    received.text =
        "Reporting-MTA: dns; relay.example\n\nFinal-Recipient: rfc822; griffie@stad.example\nAction: "
        "delayed\n"
        "Status: 4.4.1\nDiagnostic-Code: smtp; connect to\n    stad.example: No route to host\n\n"
        "Content-Type: message/rfc822\n\nFinal-Recipient: rfc822; ander@elders.example\n";
    const auto report = delivery_report(received);
    BOOST_TEST_REQUIRE(report.has_value());
    BOOST_TEST_REQUIRE(report->recipients.size() == 1u);
    BOOST_TEST(report->recipients[0].address == "griffie@stad.example");
    BOOST_TEST(name(report->recipients[0].failure) == "pending");
    BOOST_TEST(report->recipients[0].diagnostic.find("No route") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_report_without_an_address_is_one_still) {
    Received received;
    received.from = {{"", "MAILER-DAEMON@relay.example"}};
    received.subject = "Mail delivery failed";
    received.text = "Your message could not be delivered.\n";
    const auto report = delivery_report(received);
    BOOST_TEST_REQUIRE(report.has_value());
    BOOST_TEST(report->recipients.empty());
    BOOST_TEST(name(failure(*report)) == "soft");
}

BOOST_AUTO_TEST_CASE(the_message_ids_of_the_original_are_found) {
    Received received = report_with({group("a@stad.example", "failed", "5.1.1", "")},
                                    "Gone.\n\n--- Below this line is a copy of the message.\n\n"
                                    "Message-ID: <tweede.2@ver.example>\nTo: a@stad.example\n");
    received.returned.push_back({{}, "eerste.1@ver.example", "", true});
    const auto report = delivery_report(received);
    BOOST_TEST_REQUIRE(report.has_value());
    BOOST_TEST(
        report->message_ids == (std::vector<std::string>{"eerste.1@ver.example", "tweede.2@ver.example"}),
        boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_no_report_is_none) {
    struct Mail {
        const char* what;
        const char* from;
        const char* subject;
        const char* text;
        const char* report_type;
    };
    const Mail mails[] = {
        {"a person about a failure", "griffier@stad.example", "Re: Een oproep",
         "Beste,\n\nUw bericht kon niet worden bezorgd aan wethouder@stad.example, wilt u het nogmaals "
         "sturen?\n",
         ""},
        {"a person who forwards a report", "griffier@stad.example", "FW: Undelivered Mail Returned to Sender",
         "Zie hieronder.\n\n> <raad@stad.example>: host mx said: 550 5.1.1 User unknown\n", ""},
        {"an absence", "griffier@stad.example", "Automatisch antwoord: Een oproep",
         "Ik ben afwezig tot 3 maart. Voor spoed: waarnemer@stad.example\n", ""},
        {"feedback of a reader", "feedback@post.example", "complaint about message from 192.0.2.1",
         "This is an email abuse report for an email message received from 192.0.2.1\n", "feedback-report"},
        {"a notice of reading", "griffier@stad.example", "Gelezen: Een oproep", "Uw bericht is gelezen.\n",
         "disposition-notification"},
        {"a challenge", "noreply@wachtkamer.example", "Re: Een oproep",
         "Your message has been waitlisted.\nPlease add yourself to my Guest List.\n", "delivery-status"},
        {"a case system", "noreply@stad.example", "Ontvangstbevestiging",
         "Wij hebben uw bericht ontvangen en geregistreerd onder Z/26/001. Vragen? info@stad.example\n", ""},
    };
    for (const Mail& mail : mails) {
        Received received;
        received.from = {{"", mail.from}};
        received.return_path = "";
        received.subject = mail.subject;
        received.text = mail.text;
        received.report_type = mail.report_type;
        if (received.report_type == "delivery-status")
            received.delivery_status = {group("lezer@stad.example", "failed", "4.7.0", "not pre-approved")};
        BOOST_TEST(!delivery_report(received).has_value(), mail.what);
    }
}

BOOST_AUTO_TEST_CASE(a_report_is_read_from_its_bytes) {
    const auto report = delivery_report(read_mail(
        "From: MAILER-DAEMON@relay.example (Mail Delivery System)\r\nSubject: Undelivered Mail Returned to "
        "Sender\r\n"
        "To: bounce+t0k3n@ver.example\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"grens\"\r\n\r\n"
        "--grens\r\nContent-Type: text/plain\r\n\r\nThis is the mail system at host relay.example.\r\n\r\n"
        "<griffie@stad.example>: host mx.stad.example said: 550 5.1.1 unknown (in reply to RCPT TO "
        "command)\r\n\r\n"
        "--grens\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n"
        "Final-Recipient: rfc822; griffie@stad.example\r\nAction: failed\r\nStatus: 5.1.1\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 unknown\r\n\r\n"
        "--grens\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <oproep.7@ver.example>\r\n"
        "To: griffie@stad.example\r\n\r\n--grens--\r\n"));
    BOOST_TEST_REQUIRE(report.has_value());
    BOOST_TEST(report->dialect == "rfc3464");
    BOOST_TEST(report->recipients.at(0).address == "griffie@stad.example");
    BOOST_TEST(name(report->recipients.at(0).failure) == "hard");
    BOOST_TEST(report->message_ids.at(0) == "oproep.7@ver.example");
}

BOOST_AUTO_TEST_CASE(a_report_that_a_person_sends_on_is_his_mail) {
    const auto report = delivery_report(read_mail(
        "From: Anna de Boer <a.deboer@stad.example>\r\nSubject: Fwd: Undelivered Mail Returned to Sender\r\n"
        "To: bounce+t0k3n@ver.example\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=\"buiten\"\r\n\r\n"
        "--buiten\r\nContent-Type: text/plain\r\n\r\nDit kwam terug, klopt het adres?\r\n\r\n"
        "--buiten\r\nContent-Type: message/rfc822\r\n\r\n"
        "From: MAILER-DAEMON@relay.example\r\nSubject: Undelivered Mail Returned to Sender\r\nMIME-Version: "
        "1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=\"grens\"\r\n\r\n"
        "--grens\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\n"
        "Final-Recipient: rfc822; wethouder@stad.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--grens--\r\n\r\n--buiten--\r\n"));
    BOOST_TEST(!report.has_value());
}

BOOST_AUTO_TEST_CASE(a_thousand_recipients_stay_within_bounds) {
    Received received;
    received.from = {{"", "MAILER-DAEMON@relay.example"}};
    received.subject = "failure notice";
    received.text = "Hi. This is the qmail-send program at relay.example.\n";
    for (int i = 0; i < 1000; ++i)
        received.text += "<r" + std::to_string(i) + "@stad.example>:\nunknown user\n\n";
    const auto report = delivery_report(received);
    BOOST_TEST_REQUIRE(report.has_value());
    BOOST_TEST(report->recipients.size() == 100u);
}

}  // namespace raadspost::answer

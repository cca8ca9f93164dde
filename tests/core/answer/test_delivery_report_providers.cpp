// Groupware, providers and filters, each with words of its own.
#include "report_sample.hpp"

namespace raadspost::answer {
namespace {

const Sample samples[] = {
    {"Domino",
     "Postmaster@stad.example",
     "DELIVERY FAILURE: User griffie (griffie@stad.example) not listed in Domino Directory",
     "Your message\n\n  Subject: Een oproep\n\nwas not delivered to:\n\n  "
     "griffie@stad.example\n\nbecause:\n\n"
     "  User griffie (griffie@stad.example) not listed in Domino Directory\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Notes",
     "POSTMASTER@gw.stad.example",
     "Undeliverable message",
     "------- Failure Reasons  --------\n\nUser griffie not listed in public Name & Address Book\n"
     "griffie@stad.example\n\n------- Returned Message --------\n\nTo: ander@elders.example\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Yahoo",
     "MAILER-DAEMON@yahoo.example",
     "Failure Notice",
     "Sorry, we were unable to deliver your message to the following address.\n\n<griffie@stad.example>:\n"
     "No mx record found for domain=stad.example\n\n--- Below this line is a copy of the message.\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::host_unknown},
    {"AOL",
     "Mail Delivery Subsystem <MAILER-DAEMON@aol.example>",
     "Mail Delivery Problem",
     "\nYour mail to the following recipients could not be delivered because they are not accepting mail "
     "from "
     "ons@vereniging.example:\n\tgriffiers\n",
     {"griffiers@aol.example"},
     Failure::soft,
     FailureReason::suspended},
    {"Zoho",
     "mailer-daemon@mail.zoho.example",
     "Undelivered Mail Returned to Sender",
     "This message was created automatically by mail delivery software.\n A message that you sent could not "
     "be "
     "delivered to one or more of its recipients. This is a permanent error. \n\n"
     "griffie@stad.example Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 <griffie@stad.example>... "
     "User Unknown\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Amazon's notice",
     "SES <no-reply@sns.amazonaws.example>",
     "AWS Notification Message",
     "{\"Type\":\"Notification\",\"Message\":\"{\\\"notificationType\\\":\\\"Bounce\\\",\\\"bounce\\\":{"
     "\\\"bounceType"
     "\\\":\\\"Permanent\\\",\\\"bouncedRecipients\\\":[{\\\"emailAddress\\\":\\\"griffie@stad.example\\\","
     "\\\"action"
     "\\\":\\\"failed\\\",\\\"status\\\":\\\"5.1.1\\\",\\\"diagnosticCode\\\":\\\"smtp; 550 5.1.1 user "
     "unknown"
     "\\\"}]}}\"}\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"MailMarshal",
     "postmaster@stad.example",
     "Undeliverable Mail",
     "Your message:\n   From:    ons@vereniging.example\n   Subject: Een oproep\n\nCould not be delivered "
     "because of\n\n"
     "550 5.1.1 User unknown\n\nThe following recipients were affected: \n    griffie@stad.example\n\n"
     "Additional Information\n======================\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Mimecast",
     "postmaster@uk-mta.mimecast.example",
     "[Postmaster] Email Delivery Failure",
     "This is a delivery failure notification message indicating that\nan email you addressed to email "
     "address :\n"
     "-- griffie@stad.example\n\ncould not be delivered. The problem appears to be :\n-- Recipient email "
     "server rejected "
     "the message\n\nAdditional information follows :\n-- 5.1.1 550 No such recipient\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Barracuda",
     "postmaster@filter.stad.example",
     "**Message you sent blocked by our bulk email filter**",
     "Your message to: griffie@stad.example\nwas blocked by our Spam Firewall. The email you sent with the "
     "following "
     "subject has NOT BEEN DELIVERED:\n\nSubject: Een oproep\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::spam},
    {"SurfControl",
     "postmaster@stad.example",
     "Message Delivery Failure",
     "Your message could not be sent.\nA transcript of the attempts to send the message follows.\n"
     "The number of attempts made: 1\nAddressed To: griffie@stad.example\n\nThu 1 Apr 2010 10:11:12 +0200\n"
     "Failed to send to identified host,\ngriffie@stad.example: [192.0.2.5], 550 griffie@stad.example... No "
     "such user\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Courier",
     "MAILER-DAEMON@relay.example",
     "NOTICE: mail delivery status.",
     "This is a delivery status notification from relay.example,\nrunning the Courier mail server, version "
     "0.65.2.\n\n"
     "                           UNDELIVERABLE MAIL\n\n"
     "Your message to the following recipients cannot be delivered:\n\n<griffie@stad.example>:\n"
     "    mx.stad.example [192.0.2.7]:\n>>> RCPT TO:<griffie@stad.example>\n<<< 550 5.1.1 User Unknown\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"OpenSMTPD",
     "Mailer Daemon <MAILER-DAEMON@relay.example>",
     "Delivery status notification: error",
     "    Hi!\n\n    This is the MAILER-DAEMON, please DO NOT REPLY to this e-mail.\n\n"
     "    An error has occurred while attempting to deliver a message for\n    the following list of "
     "recipients:\n\n"
     "griffie@stad.example: Domain does not exist\n\n    Below is a copy of the original message:\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::host_unknown},
    {"GroupWise",
     "Mailer-Daemon@gw.stad.example",
     "Message status - undeliverable",
     "The message that you sent was undeliverable to the following:\n\tgriffie@stad.example (user not "
     "found)\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"MDaemon",
     "MDaemon at stad.example <MDaemon@stad.example>",
     "Permanent Delivery Failure",
     "The following addresses did NOT receive a copy of your message:\n\n> griffie@stad.example\n\n"
     "--- Session Transcript ---\n <-- 550 <griffie@stad.example>, Recipient unknown\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"MailEnable",
     "postmaster@stad.example",
     "Message Delivery Failure",
     "Message could not be delivered to some recipients.\nThe following recipient(s) could not be "
     "reached:\n\n"
     "\tRecipient: [SMTP:griffie@stad.example]\n\tReason: Remote SMTP Server Returned: 550 unknown user\n\n"
     "Message headers follow:\n\nTo: ander@elders.example\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"InterScan",
     "postmaster@stad.example",
     "Mail could not be delivered",
     "****** Message from InterScan Messaging Security Suite ******\n\nSent <<< RCPT "
     "TO:<griffie@stad.example>\n"
     "Received >>> 550 5.1.1 user unknown\n\nUnable to deliver message to <griffie@stad.example>.\n\n"
     "************************     End of message     **********************\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"IMail",
     "Postmaster <postmaster@stad.example>",
     "Undeliverable Mail",
     "User mailbox exceeds allowed size: griffie@stad.example\n\nOriginal message follows.\n\nTo: "
     "x@y.example\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"LSMTP",
     "postmaster@stad.example",
     "Undelivered mail",
     "--> Error description:\nError-for:  griffie@stad.example\nError-Code: 5.1.1 no such user\nError-End: "
     "One error.\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"USA.net",
     "postmaster@stad.example",
     "Mail delivery failure",
     "Your message could not be delivered.\nIntended recipient:  griffie@stad.example\nReason: user is over "
     "quota\n"
     "--------RETURNED MAIL FOLLOWS--------\nTo: x@y.example\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"Dovecot's notice",
     "Mail Delivery Subsystem <postmaster@stad.example>",
     "Automatically rejected mail",
     "Your message to <griffie@stad.example> was automatically rejected:\nQuota exceeded\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"James",
     "post_master@stad.example",
     "Re:Een oproep",
     "Error: Invalid user address\n\nError message below:\n550 - Requested action not taken: no such user "
     "here\n\n"
     "Message details:\n  MAIL FROM: ons@vereniging.example\n  RCPT TO: griffie@stad.example\n  CC: "
     "niemand\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"a provider's portal",
     "no-reply@stad.example",
     "Mail",
     "Your mail sent on: Mon, 3 Mar 2025 10:11:12 +0100\n     Could not be delivered to: "
     "<griffie@stad.example>\n"
     "     As their mailbox is full.\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"kundenserver",
     "Mail Delivery System <mailer-daemon@kunden.example>",
     "Mail delivery failed: returning message to sender",
     "This message was created automatically by mail delivery software.\n\nA message that you sent could not "
     "be "
     "delivered to one or more of\nits recipients. This is a permanent error. The following "
     "address\nfailed:\n\n"
     "\"griffie@stad.example\":\nSMTP error from remote server after RCPT command:\nhost: mx.stad.example\n"
     "5.1.1 unknown recipient\n\n--- The header of the original message is following. ---\n\nTo: "
     "x@y.example\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Smail",
     "<MAILER-DAEMON@relay.example>",
     "mail failed, returning to sender",
     "|------------------------- Message log follows: -------------------------|\n"
     " no valid recipients were found for this message\n"
     "|------------------------- Failed addresses follow: ---------------------|\n"
     " griffie@weg.example ... unknown host\n"
     "|------------------------- Message text follows: ------------------------|\nTo: x@y.example\n",
     {"griffie@weg.example"},
     Failure::hard,
     FailureReason::host_unknown},
    {"a filter that still tries",
     "Virus_Filter@stad.example",
     "Delivery failure notification",
     "Your message with Subject: Een oproep\ncould not be delivered to the following recipients:\n\n"
     "griffie@stad.example\n\nPlease do not resend your original message.\n"
     "Delivery attempts will continue to be made for 5 day(s).\n",
     {"griffie@stad.example"},
     Failure::pending,
     FailureReason::unknown},
    {"HotPOP",
     "MAILER-DAEMON@stad.example (Mail Delivery System)",
     "Undelivered Mail Returned to Sender",
     "Undeliverable Address: griffie@stad.example\n\nReason: The email you sent has been returned because "
     "the recipient "
     "is over disk quota.\n\nSystem Contact: postmaster@stad.example\n\nOriginal message attached (Max 5k)\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"Prodigy",
     "MAILER-DAEMON@stad.example",
     "Returned mail: Een oproep",
     "User's mailbox is full: <griffie@stad.example>\nUnable to deliver mail.\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"Microsoft's SMTP service",
     "<admin@stad.example>",
     "Non-Delivery: Een oproep",
     "--- Non-Delivery Report ---\n\nThe email below could not be delivered to the following user:\n\n"
     "\"Griffie\" <griffie@stad.example>\n\nOld message:\n\nx@y.example wrote\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::unknown},
    {"Microsoft's SMTP service, aborted",
     "postmaster@stad.example",
     "Delivery Status Notification (Failure)",
     "This is an automatically generated Delivery Status Notification.\n\n"
     "Delivery to the following recipients was aborted after 2 second(s):\n\n  * griffie@stad.example\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::unknown},
    {"EarthLink",
     "Mail Delivery Subsystem <mailer-daemon@stad.example>",
     "Undeliverable mail",
     "Sorry, unable to deliver your message to griffie@stad.example for the following reason:\n\n"
     "551 not our customer\n\nA copy of the original message below this line:\n\nTo: x@y.example\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::moved},
    {"a message that could not",
     "postmaster@stad.example",
     "Mail delivery error",
     "A message could not be delivered to:\n   griffie@stad.example\nSubject: Een oproep\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::unknown},
    {"e500",
     "E500_SMTP_Mail_Service@stad.example",
     "Returned mail: delivery problems",
     "------ Failed Recipients ------\n  <griffie@stad.example>: Requested action not taken: mailbox "
     "unavailable. [SMTP "
     "Error Code 550]\n-------- Returned Mail --------\nTo: x@y.example\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"a bank",
     "postmaster@stad.example",
     "Undeliverable message",
     "Your message could not be delivered to griffie@stad.example\n\nUnknown recipient\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"dado",
     "postmaster@stad.example",
     "Delivery problems",
     "Your message has encountered delivery problems\nto local user Jan.\n\nIt was addressed to "
     "griffie@stad.example\n"
     "Your message reads (in part):\n\nTo: x@y.example\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::unknown},
    {"no such user here",
     "postmaster@stad.example",
     "Warning: griffie@stad.example - no such user here",
     "griffie@stad.example - no such user here.\n\nThere is no user by that name at this server.\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"UCI",
     "postmaster@stad.example",
     "Delivery Notification: Delivery has failed",
     " Message not delivered to the following addresses:\n\n   griffie@stad.example (disk quota exceeded)\n\n"
     " Error detail:\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"a rejection",
     "Mail Delivery System <mailer-daemon@stad.example>",
     "Mail failure - rejected by local scanning code",
     "A message that you sent was rejected by the local scanning code that\nchecks incoming messages on this "
     "system.\n\n"
     "The following error was given:\n\n  Spam message discarded.\n\n"
     "------ This is a copy of your message, including all the headers. ------\n\nTo: griffie@stad.example\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::spam},
    {"Yahoo, the other",
     "MAILER-DAEMON@yahoo.example",
     "Failure Notice",
     "This is the mail delivery agent at yahoo.example.\nI wasn't able to deliver the following message.\n\n"
     "To: griffie@stad.example\nSubject: Een oproep\n\n552 1 Requested mail action aborted, mailbox not "
     "found\n\n"
     "---Below this line is a copy of the message.\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"a directory",
     "Postmaster@stad.example",
     "Mail System Error - Returned Mail",
     "This Message was undeliverable due to the following reason:\n\nThe user(s) account is temporarily over "
     "quota.\n\n"
     "<griffie@stad.example>\n\nPlease reply to <postmaster@stad.example>\nif you feel this message to be in "
     "error.\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"qmail in Dutch and English",
     "MAILER-DAEMON@relay.example",
     "failure notice",
     "Uw bericht kon niet worden afgeleverd. Your message could not be "
     "delivered.\n\n<griffie@stad.example>:\n"
     "Sorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"McAfee",
     "postmaster@stad.example",
     "Mail delivery failed",
     "This message was created automatically by the mail gateway.\n\n--- The following addresses had "
     "delivery problems "
     "---\n\n<griffie@stad.example>   (User unknown griffie@stad.example)\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"MailFoundry",
     "Mail Delivery System <MAILER-DAEMON@gw.stad.example>",
     "Message delivery has failed",
     "This is a MIME encoded message.\n\nUnable to deliver message to: <griffie@stad.example>\nDelivery "
     "failed for the "
     "following reason:\nServer mx.stad.example[192.0.2.9] failed with: 550 <griffie@stad.example> No such "
     "user here\n\n"
     "This has been a permanent failure.  No further delivery attempts will be made.\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Facebook",
     "Facebook <mailer-daemon@mx.sociaal.example>",
     "Sorry, your message could not be delivered",
     "This message was created automatically by Sociaal.\n\nSorry, your message could not be delivered to "
     "the following "
     "address.\n\n<griffie@sociaal.example>\n550 5.1.1 RCP-P2 no such user\n",
     {"griffie@sociaal.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"a machine's warning",
     "postmaster@relay.example",
     "Warning: could not send message for past 4 hours",
     "    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      "
     "**\n"
     "    **********************************************\n\n"
     "   ----- The following addresses had transient non-fatal errors -----\n<griffie@stad.example>\n\n"
     "   ----- Transcript of session follows -----\n451 stad.example: Name server timeout\n"
     "Warning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n",
     {"griffie@stad.example"},
     Failure::pending,
     FailureReason::network},
    {"an advisory",
     "postmaster@relay.example",
     "Delivery delayed",
     "This is an advisory-only email.  Delivery of email to\n\n\"griffie@stad.example\"\n\nhas been "
     "postponed due to a "
     "temporary situation.\n",
     {"griffie@stad.example"},
     Failure::pending,
     FailureReason::unknown},
};

}  // namespace

BOOST_AUTO_TEST_CASE(each_provider_and_filter_is_understood) {
    check(samples);
}

}  // namespace raadspost::answer

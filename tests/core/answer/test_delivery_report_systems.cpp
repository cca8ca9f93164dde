// The mail systems that most servers run, in the languages in which they write.
#include "report_sample.hpp"

namespace raadspost::answer {
namespace {

const Sample samples[] = {
    {"Exchange in Dutch, found nobody",
     "Microsoft Outlook <MicrosoftExchange0@dorp.example>",
     "Niet te bezorgen: Oproep",
     "Uw bericht kan niet worden bezorgd aan griffie@dorp.example.\n\ngriffie is niet gevonden op "
     "dorp.example.\n\n"
     "Het adres is mogelijk verkeerd gespeld of bestaat mogelijk niet.\n\n"
     "Fout: 550 5.1.10 RESOLVER.ADR.RecipientNotFound; Ontvanger niet gevonden\n",
     {"griffie@dorp.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Exchange in Dutch, late",
     "Microsoft Outlook <postmaster@dorp.example>",
     "Vertraagd: Oproep",
     "Bezorging aan de volgende ontvangers is vertraagd:\n\ngriffie@dorp.example\n\n"
     "De server probeert nog 1 dag, 22 uur en 10 minuten dit bericht te bezorgen.\n",
     {"griffie@dorp.example"},
     Failure::pending,
     FailureReason::unknown},
    {"Domino in Dutch",
     "postmaster@notes.dorp.example",
     "MISLUKTE BEZORGING: Gebruiker griffie staat niet in de Domino Directory",
     "Uw bericht\n\n  Onderwerp: Oproep\n\nis niet bezorgd bij:\n\n  griffie@dorp.example\n\nomdat:\n\n"
     "  Gebruiker griffie (griffie@dorp.example) staat niet in de Domino Directory\n",
     {"griffie@dorp.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"A town hall's own words",
     "Systeembeheer <beheer@dorp.example>",
     "Fout bij aflevering van uw e-mail",
     "Beste afzender,\n\nHet e-mailadres griffie@dorp.example bestaat niet meer. Uw bericht is niet bij ons "
     "aangekomen.\n",
     {"griffie@dorp.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"A town hall's own words, full",
     "postmaster@dorp.example",
     "Uw bericht is niet afgeleverd",
     "De mailbox van griffie@dorp.example heeft de maximale omvang bereikt. Uw bericht is daarom niet "
     "afgeleverd.\n",
     {"griffie@dorp.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"Sendmail, late in a transcript",
     "Mail Delivery Subsystem <MAILER-DAEMON@mx.dorp.example>",
     "Warning: could not send message for past 4 hours",
     "The original message was received at Tue, 24 Mar 2026 09:30:20 +0100\n\n"
     "   ----- Transcript of session follows -----\n"
     "<griffie@dorp.example>... Deferred: Connection refused by mx.dorp.example.\n"
     "Warning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n",
     {"griffie@dorp.example"},
     Failure::pending,
     FailureReason::network},
    {"Exim",
     "Mail Delivery System <Mailer-Daemon@relay.example>",
     "Mail delivery failed: returning message to sender",
     "This message was created automatically by mail delivery software.\n\n"
     "A message that you sent could not be delivered to one or more of its\n"
     "recipients. This is a permanent error. The following address(es) failed:\n\n"
     "  griffie@oudedorp.example\n"
     "    host mx.oudedorp.example [192.0.2.7]\n"
     "    SMTP error from remote mail server after RCPT TO:<griffie@oudedorp.example>:\n"
     "    550 5.1.1 <griffie@oudedorp.example>: Recipient address rejected: User unknown\n\n"
     "------ This is a copy of the message, including all the headers. ------\n\n"
     "To: iemand-anders@elders.example\n",
     {"griffie@oudedorp.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Exim, two of them",
     "Mailer-Daemon@relay.example",
     "Mail delivery failed: returning message to sender",
     "This message was created automatically by mail delivery software.\n\n"
     "A message that you sent could not be delivered to one or more of its\n"
     "recipients. This is a permanent error. The following address(es) failed:\n\n"
     "  raad@a.example\n    mailbox is full:\n    retry timeout exceeded\n"
     "  griffie@b.example\n    all relevant MX records point to non-existent hosts\n",
     {"raad@a.example", "griffie@b.example"},
     Failure::hard,
     FailureReason::mailbox_full},
    {"Exim, late",
     "Mailer-Daemon@relay.example",
     "Warning: message 1abc-0001-XY delayed 24 hours",
     "This message was created automatically by mail delivery software.\n"
     "A message that you sent has not yet been delivered to one or more of its\n"
     "recipients after more than 24 hours on the queue on relay.example.\n\n"
     "The address to which the message has not yet been delivered is:\n\n"
     "  griffie@traag.example\n    host mx.traag.example [192.0.2.9]: 451 4.3.0 try later\n\n"
     "No action is required on your part. Delivery attempts will continue for\nsome time.\n",
     {"griffie@traag.example"},
     Failure::pending,
     FailureReason::receiver_trouble},
    {"Postfix",
     "MAILER-DAEMON@relay.example",
     "Undelivered Mail Returned to Sender",
     "This is the mail system at host relay.example.\n\n"
     "I'm sorry to have to inform you that your message could not\n"
     "be delivered to one or more recipients. It's attached below.\n\n"
     "For further assistance, please send mail to postmaster.\n\n"
     "                   The mail system\n\n"
     "<griffie@weg.example>: Host or domain name not found. Name service error for\n"
     "    name=weg.example type=A: Host not found\n",
     {"griffie@weg.example"},
     Failure::hard,
     FailureReason::host_unknown},
    {"Postfix, name server silent",
     "MAILER-DAEMON@relay.example",
     "Undelivered Mail Returned to Sender",
     "This is the mail system at host relay.example.\n\n"
     "<griffie@stil.example>: Host or domain name not found. Name service error for\n"
     "    name=stil.example type=MX: Host not found, try again\n",
     {"griffie@stil.example"},
     Failure::soft,
     FailureReason::network},
    {"Postfix, alias",
     "MAILER-DAEMON@relay.example",
     "Undelivered Mail Returned to Sender",
     "This is the mail system at host relay.example.\n\n"
     "<jan@binnen.example> (expanded from <griffie@buiten.example>): unknown user: \"jan\"\n",
     {"jan@binnen.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"qmail",
     "MAILER-DAEMON@relay.example",
     "failure notice",
     "Hi. This is the qmail-send program at relay.example.\n"
     "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
     "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
     "<griffie@vol.example>:\n192.0.2.4 does not like recipient.\n"
     "Remote host said: 552 5.2.2 Mailbox size limit exceeded\nGiving up on 192.0.2.4.\n\n"
     "--- Below this line is a copy of the message.\n\nReturn-Path: <ons@vereniging.example>\n",
     {"griffie@vol.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"sendmail 8 without its second part",
     "Mail Delivery Subsystem <MAILER-DAEMON@relay.example>",
     "Returned mail: see transcript for details",
     "The original message was received at Mon, 3 Mar 2025 10:11:12 +0100\nfrom localhost [127.0.0.1]\n\n"
     "   ----- The following addresses had permanent fatal errors -----\n<raad@stad.example>\n"
     "    (reason: 550 5.1.1 <raad@stad.example>... User unknown)\n\n"
     "   ----- Transcript of session follows -----\n... while talking to mx.stad.example.:\n"
     ">>> DATA\n<<< 550 5.1.1 <raad@stad.example>... User unknown\n",
     {"raad@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"sendmail 5",
     "Mail Delivery Subsystem <MAILER-DAEMON@relay.example>",
     "Returned mail: User unknown",
     "   ----- Transcript of session follows -----\nWhile talking to mx.a.example:\n"
     ">>> MAIL From:<ons@vereniging.example>\n<<< 501 <ons@vereniging.example>... not welcome\n"
     "554 <een@a.example>... Remote protocol error\n"
     "550 <twee@b.example>... User unknown\n\n   ----- Unsent message follows -----\nTo: drie@c.example\n",
     {"een@a.example", "twee@b.example"},
     Failure::hard,
     FailureReason::network},
    {"Google",
     "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
     "Delivery Status Notification (Failure)",
     "** Address not found **\n\nYour message wasn't delivered to griffie@stad.example because the address "
     "couldn't "
     "be found, or is unable to receive mail.\n\nThe response from the remote server was:\n\n"
     "550 5.1.1 The email account that you tried to reach does not exist.\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Google in Dutch",
     "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
     "Melding over bezorgingsstatus (mislukt)",
     "** Adres niet gevonden **\n\nJe bericht is niet bezorgd aan griffie@stad.example omdat het adres niet "
     "kan worden "
     "gevonden of geen e-mail kan ontvangen.\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Google in Dutch, late",
     "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
     "Melding over bezorgingsstatus (vertraagd)",
     "** Bezorging onvolledig **\n\nEr is een tijdelijk probleem opgetreden bij het bezorgen van je bericht "
     "aan "
     "griffie@stad.example. Gmail blijft het nog 46 uur proberen.\n",
     {"griffie@stad.example"},
     Failure::pending,
     FailureReason::unknown},
    {"Google in German",
     "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
     "Delivery Status Notification (Failure)",
     "** Adresse nicht gefunden **\n\nIhre Nachricht wurde nicht an rat@stadt.example zugestellt, weil die "
     "Adresse "
     "nicht gefunden wurde.\n",
     {"rat@stadt.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Google, old",
     "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
     "Delivery Status Notification (Failure)",
     "Delivery to the following recipient failed permanently:\n\n     griffie@stad.example\n\n"
     "Technical details of permanent failure: \nGoogle tried to deliver your message, but it was rejected by "
     "the "
     "server for the recipient domain stad.example by mx.stad.example. [192.0.2.1].\n\n"
     "The error that the other server returned was:\n550 Invalid recipient <griffie@stad.example>\n\n"
     "----- Original message -----\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Exchange 2003",
     "System Administrator <postmaster@stad.example>",
     "Undeliverable: Een oproep",
     "Your message did not reach some or all of the intended recipients.\n\n"
     "      Subject:\tEen oproep\n      Sent:\t3-3-2005 10:11\n      To:\tiemand@elders.example\n\n"
     "The following recipient(s) could not be reached:\n\n"
     "      griffie@stad.example on 3-3-2005 10:11\n"
     "            The e-mail account does not exist at the organization this message was sent to.\n"
     "            <mail.stad.example #5.1.1>\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Exchange 2003 in Dutch",
     "Systeembeheerder <postmaster@stad.example>",
     "Niet bezorgd: Een oproep",
     "Uw bericht heeft enkele of alle geadresseerden niet bereikt.\n\n      Onderwerp:\tEen oproep\n\n"
     "De volgende geadresseerde(n) kan of kunnen niet worden bereikt:\n\n"
     "      griffie@stad.example op 3-3-2005 10:11\n"
     "            Het postvak van de geadresseerde is vol.\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"Exchange 5.5",
     "System Administrator <postmaster@stad.example>",
     "Undeliverable: Een oproep",
     "Your message\n\n  To:      griffie\n  Subject: Een oproep\n\ndid not reach the following "
     "recipient(s):\n\n"
     "c=NL;a= ;p=Stad;o=Post;dda:SMTP=griffie@stad.example; on Mon, 3 Mar 2003\n"
     "    The recipient name is not recognized\n    MSEXCH:IMS:Stad:Post:MAIL 0 (000C05A6) Unknown "
     "Recipient\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Office 365",
     "Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@ver.onmicrosoft.example>",
     "Undeliverable: Een oproep",
     "Delivery has failed to these recipients or groups:\n\nGriffie Stad (griffie@stad.example)\n"
     "The email address you entered couldn't be found. Please check the recipient's email address and try to "
     "resend "
     "the message.\n\nDiagnostic information for administrators:\n\nGenerating server: AM0.example\n\n"
     "griffie@stad.example\nRemote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not "
     "found by "
     "SMTP address lookup'\n\nOriginal message headers:\n\nFrom: Wij <wij@ver.example>\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Office 365 in Dutch",
     "Microsoft Outlook <postmaster@ver.onmicrosoft.example>",
     "Onbestelbaar: Een oproep",
     "Het bezorgen is mislukt voor deze geadresseerden of groepen:\n\ngriffie@stad.example\n"
     "Het e-mailadres dat u hebt ingevoerd, is niet gevonden. Controleer het e-mailadres van de "
     "geadresseerde.\n\n"
     "Diagnostische gegevens voor beheerders:\n\ngriffie@stad.example\n"
     "Remote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Office 365 in Dutch, full",
     "postmaster@stad.example",
     "Onbestelbaar: Een oproep",
     "Uw bericht aan griffie@stad.example kan niet worden bezorgd.\n\n"
     "Het postvak van griffie is vol en kan nu geen berichten accepteren.\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::mailbox_full},
    {"Office 365 in German",
     "postmaster@stadt.example",
     "Unzustellbar: Ein Aufruf",
     "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\n"
     "rat@stadt.example (rat@stadt.example)\n"
     "Die von Ihnen eingegebene E-Mail-Adresse wurde nicht gefunden.\n\n"
     "Diagnoseinformationen für Administratoren:\n",
     {"rat@stadt.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Office 365, short",
     "Microsoft Outlook <MicrosoftExchange329e@ver.example>",
     "Undeliverable: Een oproep",
     "Your message to griffie@stad.example couldn't be delivered.\n\ngriffie wasn't found at stad.example.\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Office 365 in Dutch, short",
     "Microsoft Outlook <MicrosoftExchange329e@ver.example>",
     "Onbestelbaar: Een oproep",
     "Uw bericht aan griffie@stad.example kan niet worden bezorgd.\n\ngriffie is niet gevonden bij "
     "stad.example.\n",
     {"griffie@stad.example"},
     Failure::hard,
     FailureReason::user_unknown},
    {"Office 365, closed group",
     "postmaster@stad.example",
     "Undeliverable: Een oproep",
     "Your message to raad@stad.example couldn't be delivered.\n\nThe group raad only accepts messages from "
     "people in its "
     "organization or on its allowed senders list, and your email address isn't on the list.\n",
     {"raad@stad.example"},
     Failure::soft,
     FailureReason::policy},
    {"Office 365 in Dutch, closed group",
     "postmaster@stad.example",
     "Onbestelbaar: Een oproep",
     "Uw bericht aan raad@stad.example kan niet worden bezorgd.\n\nDe groep raad accepteert alleen berichten "
     "van personen "
     "in de eigen organisatie.\n",
     {"raad@stad.example"},
     Failure::soft,
     FailureReason::policy},
    {"Office 365 in Dutch, late",
     "Microsoft Outlook <postmaster@ver.example>",
     "Bezorging vertraagd: Een oproep",
     "De bezorging aan deze geadresseerden of groepen is vertraagd:\n\ngriffie@stad.example\n\n"
     "Dit bericht is nog niet bezorgd. Er wordt nog steeds geprobeerd het te bezorgen.\n",
     {"griffie@stad.example"},
     Failure::pending,
     FailureReason::unknown},
    {"Office 365 in German, late",
     "Microsoft Outlook <postmaster@ver.example>",
     "Zustellung verzögert: Ein Aufruf",
     "Die Zustellung an folgende Empfänger oder Gruppen ist verzögert:\n\nrat@stadt.example\n\n"
     "Diese Nachricht wurde noch nicht zugestellt.\n",
     {"rat@stadt.example"},
     Failure::pending,
     FailureReason::unknown},
    {"Exchange in Dutch, too large",
     "postmaster@stad.example",
     "Onbestelbaar: Een oproep",
     "Het bezorgen is mislukt voor deze geadresseerden of groepen:\n\ngriffie@stad.example\n"
     "Dit bericht is te groot. Verklein het bericht en verzend het opnieuw.\n",
     {"griffie@stad.example"},
     Failure::soft,
     FailureReason::too_large},
    {"Exchange in Dutch, domain",
     "postmaster@ver.example",
     "Onbestelbaar: Een oproep",
     "Het bezorgen is mislukt voor deze geadresseerden of groepen:\n\ngriffie@weg.example\n"
     "Het domein weg.example bestaat niet.\n",
     {"griffie@weg.example"},
     Failure::hard,
     FailureReason::host_unknown},
    {"Exchange in Dutch, tried long enough",
     "postmaster@ver.example",
     "Onbestelbaar: Een oproep",
     "Het bezorgen is mislukt voor deze geadresseerden of groepen:\n\ngriffie@traag.example\n"
     "Er is gedurende 48 uur geprobeerd dit bericht te bezorgen; de server van de ontvanger reageert niet.\n"
     "#550 4.4.7 QUEUE.Expired; message expired ##\n",
     {"griffie@traag.example"},
     Failure::soft,
     FailureReason::expired},
    {"Office 365 in French",
     "postmaster@ville.example",
     "Non remis : Un appel",
     "Échec de la remise pour ces destinataires ou groupes :\n\nmairie@ville.example\n"
     "L'adresse e-mail que vous avez entrée n'existe pas.\n",
     {"mairie@ville.example"},
     Failure::hard,
     FailureReason::user_unknown},
};

}  // namespace

BOOST_AUTO_TEST_CASE(each_mail_system_is_understood) {
    check(samples);
}

}  // namespace raadspost::answer

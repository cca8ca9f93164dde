"""Delivery reports as the mail systems of municipalities and of those in between write them, RFC 3464 and free-form."""

# Per reason: is it permanent, code, enhanced status, what a server says about the mailbox {to}.
FAILURES = (
    ('bounce_hard', '550', '5.1.1', "<{to}>: Recipient address rejected: User unknown in virtual mailbox table"),
    ('bounce_hard', '550', '5.1.1', "<{to}>... No such mailbox here"),
    ('bounce_hard', '550', '5.1.10', "RESOLVER.ADR.RecipientNotFound; Recipient {to} not found by SMTP address lookup"),
    ('bounce_hard', '554', '5.4.4', "Host or domain name not found. Name service error for name={domain} type=MX: Host not found"),
    ('bounce_soft', '552', '5.2.2', "<{to}>: mailbox is full; quota exceeded"),
    ('bounce_soft', '452', '4.2.2', "<{to}> Over quota"),
    ('bounce_soft', '451', '4.3.0', "Temporary lookup failure, please try again later"),
    ('bounce_soft', '421', '4.4.2', "connection with {host} timed out while receiving the initial server greeting"),
)


def report(group, boundary, human, per_recipient, headers, mta):
    "A multipart/report of RFC 3462 with the headers of the message that came back."
    return (f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\r\n\r\n'
            f'--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{human}\r\n'
            f'--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; {mta}\r\n{group}\r\n{per_recipient}\r\n'
            f'--{boundary}\r\nContent-Type: text/rfc822-headers\r\n\r\n{headers}\r\n--{boundary}--\r\n')


def postfix(facts):
    human = (f"This is the mail system at host {facts['mta']}.\r\n\r\nI'm sorry to have to inform you that your message could not\r\n"
             "be delivered to one or more recipients. It's attached below.\r\n\r\n                   The mail system\r\n\r\n"
             f"<{facts['to']}>: host {facts['host']} said: {facts['code']} {facts['status']}\r\n    {facts['said']} (in reply to RCPT TO command)\r\n")
    recipient = (f"Final-Recipient: rfc822; {facts['to']}\r\nOriginal-Recipient: rfc822;{facts['to']}\r\nAction: failed\r\nStatus: {facts['status']}\r\n"
                 f"Remote-MTA: dns; {facts['host']}\r\nDiagnostic-Code: smtp; {facts['code']} {facts['status']} {facts['said']}\r\n")
    return ("Undelivered Mail Returned to Sender", f"MAILER-DAEMON@{facts['mta']} (Mail Delivery System)",
            report(f"Arrival-Date: {facts['arrived']}\r\n", facts['boundary'], human, recipient, facts['headers'], facts['mta']))


def postfix_delayed(facts):
    human = (f"This is the mail system at host {facts['mta']}.\r\n\r\n####################################################################\r\n"
             "# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\r\n"
             "####################################################################\r\n\r\n"
             f"Your message could not be delivered for more than 4 hour(s).\r\nIt will be retried until it is 5 day(s) old.\r\n\r\n<{facts['to']}>: "
             f"connect to {facts['host']}: Connection timed out\r\n")
    recipient = (f"Final-Recipient: rfc822; {facts['to']}\r\nAction: delayed\r\nStatus: 4.4.1\r\n"
                 f"Diagnostic-Code: X-Postfix; connect to {facts['host']}: Connection timed out\r\nWill-Retry-Until: {facts['until']}\r\n")
    return ("Delayed Mail (still being retried)", f"MAILER-DAEMON@{facts['mta']} (Mail Delivery System)",
            report('', facts['boundary'], human, recipient, facts['headers'], facts['mta']))


def exchange_dutch(facts):
    human = ("Uw bericht kan niet worden bezorgd bij deze ontvangers of groepen:\r\n\r\n"
             f"{facts['to']}\r\n{facts['dutch']}\r\n\r\n\r\nDiagnostische informatie voor beheerders:\r\n\r\n"
             f"Bron-server: {facts['mta']}\r\n\r\n{facts['to']}\r\n{facts['host']}\r\nRemote Server returned '{facts['code']} {facts['status']} {facts['said']}'\r\n")
    recipient = (f"Final-recipient: RFC822;{facts['to']}\r\nAction: failed\r\nStatus: {facts['status']}\r\n"
                 f"Diagnostic-code: smtp;{facts['code']} {facts['status']} {facts['said']}\r\nRemote-MTA: dns;{facts['host']}\r\n")
    return ("Onbestelbaar: RE", f"Microsoft Outlook <postmaster@{facts['domain']}>",
            report('', facts['boundary'], human, recipient, facts['headers'], facts['mta']))


def google(facts):
    human = (f"** Address not found **\r\n\r\nYour message wasn't delivered to {facts['to']}.\r\n\r\nThe response from the remote server was:\r\n"
             f"{facts['code']} {facts['status']} {facts['said']}\r\n").replace("Address not found", "Address not found" if facts['hard'] else "Delivery incomplete")
    recipient = (f"Final-Recipient: rfc822; {facts['to']}\r\nAction: failed\r\nStatus: {facts['status']}\r\n"
                 f"Diagnostic-Code: smtp; {facts['code']}-{facts['status']} {facts['said']}\r\nLast-Attempt-Date: {facts['arrived']}\r\n")
    return ("Delivery Status Notification (Failure)", "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
            report('', facts['boundary'], human, recipient, facts['headers'], 'googlemail.com'))


def exim(facts):
    body = ("Content-Type: text/plain; charset=us-ascii\r\n\r\nThis message was created automatically by mail delivery software.\r\n\r\n"
            "A message that you sent could not be delivered to one or more of its\r\nrecipients. "
            + ("This is a permanent error." if facts['hard'] else "The following address(es) failed:")
            + f" The following address(es) failed:\r\n\r\n  {facts['to']}\r\n    host {facts['host']} [192.0.2.25]\r\n"
            f"    SMTP error from remote mail server after RCPT TO:<{facts['to']}>:\r\n    {facts['code']} {facts['status']} {facts['said']}\r\n\r\n"
            "------ This is a copy of your message, including all the headers. ------\r\n\r\n" + facts['headers'])
    return ("Mail delivery failed: returning message to sender", f"Mail Delivery System <Mailer-Daemon@{facts['mta']}>", body)


def qmail(facts):
    body = (f"Content-Type: text/plain; charset=us-ascii\r\n\r\nHi. This is the qmail-send program at {facts['mta']}.\r\n"
            "I'm afraid I wasn't able to deliver your message to the following addresses.\r\n"
            f"This is a permanent error; I've given up. Sorry it didn't work out.\r\n\r\n<{facts['to']}>:\r\n{facts['host']} does not like recipient.\r\n"
            f"Remote host said: {facts['code']} {facts['status']} {facts['said']}\r\nGiving up on {facts['host']}.\r\n\r\n"
            "--- Below this line is a copy of the message.\r\n\r\n" + facts['headers'])
    return ("failure notice", f"MAILER-DAEMON@{facts['mta']}", body)


SYSTEMS = (postfix, exchange_dutch, google, exim, qmail)
IN_DUTCH = {
    'bounce_hard': "Het e-mailadres dat u hebt opgegeven kan niet worden gevonden. Controleer het adres en verzend het bericht opnieuw.",
    'bounce_soft': "Het postvak van de ontvanger is vol en kan nu geen berichten accepteren.",
}

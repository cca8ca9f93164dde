"""Answers as bytes: the ways in which mail programs quote, sign, encode and attach, and what servers write on the way."""
import email.headerregistry
import email.message
import email.policy
import email.utils
import hashlib
import html

from .dutch import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS

AUTHSERV = 'mx.dorpensamen.example'
POLICY = email.policy.SMTP.clone(max_line_length=998)
PDF = b'%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'

DISCLAIMERS = (
    "De informatie in dit bericht is alleen bestemd voor de geadresseerde. Indien u dit bericht ten onrechte heeft ontvangen, verzoeken wij "
    "u het niet te verspreiden, het te verwijderen en de afzender te informeren.",
    "Aan dit e-mailbericht kunnen geen rechten worden ontleend. Ontvangt u dit bericht per vergissing, stuur het dan terug en vernietig het. "
    "De gemeente aanvaardt geen aansprakelijkheid.",
    "Denk aan het milieu voordat u deze e-mail afdrukt. This message may contain confidential information and is intended for the addressee "
    "only; do not forward it.",
)


def quotation(program, ours, sent_at):
    "(plain, html) of what the program puts under an answer."
    at = ours.at.astimezone(sent_at.tzinfo)
    month, weekday = MONTHS[at.month - 1], WEEKDAYS[at.weekday()]
    lines = ours.text.rstrip('\n')
    quoted = '\n'.join('> ' + line if line else '>' for line in lines.split('\n'))
    body = '<p>' + html.escape(lines).replace('\n\n', '</p>\n<p>').replace('\n', '<br>\n') + '</p>'
    who, box = ours.sender_name, ours.sender
    if program == 'outlook':
        head = (f"Van: {who} <{box}>\nVerzonden: {weekday} {at.day} {month} {at.year} {at:%H:%M}\nAan: {ours.recipient}\n"
                f"Onderwerp: {ours.subject}")
        return ('\n' + head + '\n\n' + lines,
                '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>Van:</b> '
                f'{html.escape(who)} &lt;{box}&gt;<br><b>Verzonden:</b> {weekday} {at.day} {month} {at.year} {at:%H:%M}<br><b>Aan:</b> '
                f'{ours.recipient}<br><b>Onderwerp:</b> {html.escape(ours.subject)}</p></div>{body}')
    if program == 'outlook_web':
        head = f"Van: {who} <{box}>\nVerzonden: {weekday} {at.day} {month} {at.year} {at:%H:%M}\nAan: {ours.recipient}\nOnderwerp: {ours.subject}"
        return ('\n________________________________\n' + head + '\n\n' + lines,
                '<hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><b>Van:</b> '
                f'{html.escape(who)} &lt;{box}&gt;<br><b>Verzonden:</b> {at:%d-%m-%Y %H:%M}<br><b>Onderwerp:</b> {html.escape(ours.subject)}</div>'
                f'<div>{body}</div>')
    if program == 'outlook_english':
        return (f"\n-----Original Message-----\nFrom: {who} <{box}>\nSent: {at:%A, %d %B %Y %H:%M}\nTo: {ours.recipient}\nSubject: {ours.subject}\n\n"
                + lines, f'<hr><p><b>From:</b> {html.escape(who)}<br><b>Sent:</b> {at:%d %B %Y %H:%M}<br><b>Subject:</b> {html.escape(ours.subject)}</p>{body}')
    if program == 'gmail':
        head = f"Op {SHORT_WEEKDAYS[at.weekday()]} {at.day} {SHORT_MONTHS[at.month - 1].rstrip('.')} {at.year} om {at:%H:%M} schreef {who} <{box}>:"
        return ('\n' + head + '\n\n' + quoted,
                f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">{html.escape(head)}<br></div><blockquote class="gmail_quote" '
                f'style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">{body}</blockquote></div>')
    if program == 'apple':
        head = f"Op {at.day} {SHORT_MONTHS[at.month - 1].rstrip('.')} {at.year} om {at:%H:%M} heeft {who} <{box}> het volgende geschreven:"
        return ('\n' + head + '\n\n' + quoted,
                f'<br><div><br><blockquote type="cite"><div>{html.escape(head)}</div><br><div>{body}</div></blockquote></div>')
    if program == 'thunderbird':
        head = f"Op {at:%d-%m-%Y} om {at:%H:%M} schreef {who}:"
        return ('\n' + head + '\n' + quoted, f'<div class="moz-cite-prefix">{html.escape(head)}<br></div><blockquote type="cite">{body}</blockquote>')
    return '', ''


PROGRAMS = ('outlook', 'outlook', 'outlook', 'outlook_web', 'outlook_english', 'gmail', 'apple', 'thunderbird', 'none')


def received_headers(domain, at, authentication, delivered_to, return_path, digest):
    "What the association's own server, and the one before it, put on top."
    stamp = email.utils.format_datetime(at)
    out = f'Return-Path: <{return_path}>\r\nDelivered-To: {delivered_to}\r\n'
    if authentication:
        out += f'Authentication-Results: {AUTHSERV};\r\n\t{authentication}\r\n'
    return out + (f'Received: from mail.{domain} (mail.{domain} [192.0.2.{int(digest[:2], 16) % 250 + 1}])\r\n\tby {AUTHSERV} (Postfix) with ESMTPS id '
                  f'{digest[:10].upper()}\r\n\tfor <{delivered_to}>; {stamp}\r\n')


def passed(domain):
    return f'dkim=pass (2048-bit key) header.d={domain} header.s=s1;\r\n\tspf=pass smtp.mailfrom={domain};\r\n\tdmarc=pass header.from={domain}'


def as_html(paragraphs, quoted_html, signature):
    blocks = ''.join(f'<p class="MsoNormal">{html.escape(each).replace(chr(10), "<br>")}</p>\n' for each in paragraphs)
    sign = '<p>' + '<br>'.join(html.escape(line) for line in signature) + '</p>' if signature else ''
    return ('<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><style>p.MsoNormal{margin:0cm;font-size:11pt}'
            f'</style></head><body lang="NL">{blocks}{sign}{quoted_html}</body></html>\n')


def compose(*, name, mailbox, to, subject, at, message_id, thread, plain, rich=None, only_html=False, charset='utf-8', encoding=None,
            attachment=None, extra=()):
    "The message without the headers of the receiving server."
    message = email.message.EmailMessage(policy=POLICY)
    message['Date'] = email.utils.format_datetime(at)
    message['From'] = email.utils.formataddr((name, mailbox)) if name.isascii() else email.headerregistry.Address(
        name, *mailbox.split('@'))
    message['To'] = to
    message['Subject'] = subject
    message['Message-ID'] = f'<{message_id}>'
    if thread:
        message['In-Reply-To'] = f'<{thread}>'
        message['References'] = f'<{thread}>'
    for field, value in extra:
        message[field] = value
    try:
        plain.encode(charset)
    except UnicodeEncodeError:
        charset, encoding = 'utf-8', 'quoted-printable'
    if only_html:
        message.set_content(rich, subtype='html', charset='utf-8', cte='quoted-printable')
    else:
        message.set_content(plain, charset=charset, cte=encoding or ('8bit' if charset == 'utf-8' else 'quoted-printable'))
        if rich:
            message.add_alternative(rich, subtype='html', charset='utf-8', cte='base64')
    if attachment:
        message.add_attachment(PDF, maintype='application', subtype='pdf', filename=attachment)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f'----=_Deel_{number}_{hashlib.sha256(message_id.encode()).hexdigest()[:16]}')
    return message.as_bytes()

"""A message of the association as a griffie's mail program has it."""
import dataclasses
import datetime
import email
import email.policy
import email.utils
import re

LINK = re.compile(r'https?://[^\s<>"]+')


@dataclasses.dataclass
class Ours:
    message_id: str      # without angle brackets
    at: datetime.datetime
    recipient: str
    subject: str
    sender: str          # mailbox
    sender_name: str
    reply_to: str        # where an answer goes
    bounce_to: str       # where a report goes
    text: str            # LF
    headers: str         # CRLF, as a report brings them back
    links: tuple = ()
    reference: str = ''


def delivered(raw, recipient, bounce_to, at):
    "Out of the bytes that the relay took."
    message = email.message_from_bytes(raw)

    def field(name):
        # The modern reader only for what is asked for: of a whole letter in PDF it would take many times as long.
        return email.policy.default.header_fetch_parse(name, message[name]) if message[name] else None
    sender, answers = field('From').addresses[0], field('Reply-To')
    answers = answers.addresses[0].addr_spec if answers else sender.addr_spec
    plain = next(part for part in message.walk() if part.get_content_type() == 'text/plain')
    text = plain.get_payload(decode=True).decode(plain.get_content_charset('utf-8')).replace('\r\n', '\n')
    subject = ' '.join(str(field('Subject')).split())
    reference = re.search(r'\[(R\d+-GM\d{4})\]', subject)
    head = raw.split(b'\r\n\r\n', 1)[0]
    return Ours(message['Message-ID'].strip().strip('<>'), at, recipient, subject, sender.addr_spec, sender.display_name, answers,
                bounce_to, text, head.decode('utf-8', 'replace') + '\r\n', tuple(LINK.findall(text)), reference.group(1) if reference else '')


TEXT = """Geachte griffier,

In {gemeente} zijn dorpen waar de laatste winkel dicht is en waar bewoners zelf een huiskamer openhouden. Voor de
begroting van volgend jaar vragen wij de raad om die plekken te noemen, met een bedrag erbij.

Wilt u deze brief doorsturen aan de raadsleden, of op de lijst van ingekomen stukken zetten? Wij horen ook graag of
de raad met ons wil praten. Is de brief bij het college terechtgekomen, of op de agenda van een commissie, dan weten
wij dat graag.

U kunt met een antwoord op dit bericht laten weten wat er met de brief is gedaan. Wilt u geen berichten meer
ontvangen, of moeten wij een ander adres gebruiken, dan horen wij dat ook.

Met vriendelijke groet,

Tjitske Haverkort
secretaris Kring van Dorpshuizen

Ons kenmerk: {reference}
"""


def written(number, code, name, recipient, at):
    "One that no relay has seen, for a labelled set."
    sender, person, reference = 'secretariaat@dorpenkring.example', "Kring van Dorpshuizen", f'R{number}-{code}'
    message_id = f'kring.{number}.{code.lower()}@dorpenkring.example'
    subject = f"Huiskamers in de dorpen van {name}: brief aan uw raad [{reference}]"
    headers = (f'Date: {email.utils.format_datetime(at)}\r\nFrom: {person} <{sender}>\r\nTo: {recipient}\r\n'
               f'Subject: =?utf-8?q?{_quoted(subject)}?=\r\nMessage-ID: <{message_id}>\r\nMIME-Version: 1.0\r\n')
    return Ours(message_id, at, recipient, subject, sender, person, sender, sender,
                TEXT.format(gemeente=name, reference=reference), headers, (), reference)


def _quoted(text):
    return ''.join(chr(byte) if chr(byte).isalnum() and byte < 128 else '_' if byte == 32 else f'={byte:02X}'
                   for byte in text.encode())

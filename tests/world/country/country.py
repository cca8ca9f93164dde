"""All griffies together: what comes back to a message, when, and what it truly says."""
import datetime
import email.utils
import hashlib
import random

from . import automatic, delivery_reports, other_ways, strangers, wire
from .dutch import formal_day, workday_from, written_day
from .griffie import LETTER, Griffie, Office
from .letter import Facts, body
from .sentences import LISTED
from .truth import NO_COUNCIL, Answer, Truth

OFFICES = 6
HOURS = (8, 17)  # in which people write
FORGED = 0.015   # of what is sent, a forger answers too
UNRELATED = 0.02  # and as often comes what has nothing to do with it
NAMELESS = 0.5   # of the mail of shared offices that is in no thread, says for whom it is


class Country:
    "`councils`: (code, name, mailbox of the griffie), those that are written to; the `silent` ones never answer."

    def __init__(self, seed, councils, habits=LETTER, silent=()):
        self.seed, self.habits, self.silent = seed, habits, silent
        self.griffies = {code: Griffie(seed, code, name, mailbox) for code, name, mailbox in councils}
        dice = random.Random(f'{seed}/offices')
        codes = sorted(self.griffies)
        for number in range(min(OFFICES, len(codes) // 20)):
            first = dice.randrange(len(codes) - 2)
            members = [self.griffies[code] for code in codes[first:first + dice.choice((2, 3))]]
            title = ('Noord', 'Zuid', 'de Vallei', 'het Rivierenland', 'de Kust', 'het Hoogveen')[number]
            if all(each.office is None for each in members):
                Office(title, f"griffie{title.split()[-1].lower()}.example", members)

    def answers(self, code, ours, occasion):
        "All that ever comes back to it, in the order of time. `occasion` tells one message to that council from the next."
        griffie = self.griffies[code]
        dice = random.Random(f'{self.seed}/{code}/{occasion}')
        out = []
        if code in self.silent:
            return out
        if griffie.gone or griffie.full:
            return [self.bounce(griffie, ours, dice, 'bounce_hard' if griffie.gone else 'bounce_soft')]
        if dice.random() < 0.012:
            return [self.delayed(griffie, ours, dice)]
        if griffie.case_system:
            out.append(self.receipt(griffie, ours, dice))
        if griffie.away and dice.random() < 0.6:
            out.append(self.absent(griffie, ours, dice))
        if not (griffie.clicks or griffie.phones):
            kind = dice.choices([*self.habits, None], [*self.habits.values(), max(0, 100 - sum(self.habits.values()))])[0]
            if kind:
                out += self.letter(griffie, ours, dice, kind)
        if dice.random() < FORGED:
            out.append(self.forged(griffie, ours, dice))
        return sorted(out, key=lambda answer: (answer.at, answer.message_id))

    def otherwise(self, code, ours, occasion):
        "What it does with that message instead of writing: clicks on its page, and calls."
        griffie = self.griffies[code]
        dice = random.Random(f'{self.seed}/{code}/{occasion}/otherwise')
        if code in self.silent or griffie.gone or griffie.full or dice.random() > other_ways.HOW_OFTEN:
            return []
        at = self.office_hour(ours.at, dice, dice.choice((0, 1, 1, 2, 3, 5, 8)))
        if griffie.clicks and other_ways.page_of(ours):
            return [other_ways.click(griffie, ours, dice, at)]
        return [other_ways.call(griffie, dice, at)] if griffie.phones else []

    def beside(self, code, ours, occasion):
        "What comes in the same days and has nothing to do with the message."
        dice = random.Random(f'{self.seed}/{code}/{occasion}/beside')
        if dice.random() > UNRELATED:
            return []
        return [self.unrelated(ours, dice, ours.at + datetime.timedelta(hours=dice.randint(1, 200)))]

    # --- what people write ------------------------------------------------------------------------------

    def letter(self, griffie, ours, dice, kind):
        at = self.office_hour(ours.at, dice, dice.choice((0, 0, 1, 1, 2, 3, 4, 6, 9, 13)))
        paragraphs, truth = body(griffie, dice, at, kind)
        out = [self.by_person(griffie, ours, dice, at, paragraphs, truth)]
        if griffie.late_number and kind in ('listed', 'distributed', 'receipt') and not truth.list_number:
            out.append(self.number_afterwards(griffie, ours, dice, at))
        return out

    def number_afterwards(self, griffie, ours, dice, at):
        "A second mail, not in the thread."
        at = self.office_hour(at, dice, dice.randint(4, 11))
        facts = Facts(griffie, dice, at)
        facts.truth.kinds = {'listed'}
        paragraphs = [facts.fill(dice.choice([text for _, text in LISTED if '{nr}' in text and '{lijst}' in text]))]
        return self.by_person(griffie, ours, dice, at, paragraphs, facts.truth, fresh="Lijst van ingekomen stukken")

    def by_person(self, griffie, ours, dice, at, paragraphs, truth, fresh=None):
        own = griffie.from_own_mailbox or griffie.office is not None
        domain = griffie.office.domain if griffie.office else griffie.domain
        mailbox = f'{griffie.person.mailbox}@{domain}' if own else griffie.mailbox
        name = griffie.person.name if own else f'Griffie {griffie.name}'
        threads = griffie.threads and not fresh
        if griffie.office and not threads:
            if dice.random() < NAMELESS and not any(griffie.name in each for each in paragraphs):
                fresh = fresh or "Uw brief"
                truth.council, truth.note = NO_COUNCIL, 'a shared office that does not say for whom it writes'
            else:
                paragraphs = [f'Namens de griffie van {griffie.name}:', *paragraphs]
        greeting = griffie.greeting(dice)
        signature = griffie.signature(dice, griffie.person)
        whole = [greeting, *paragraphs] if greeting else paragraphs
        quoted, quoted_html = wire.quotation(griffie.program, ours, at) if threads else ('', '')
        plain = '\n\n'.join(whole) + '\n\n' + '\n'.join(signature) + '\n'
        if griffie.disclaimer:
            signature = [*signature, '', griffie.disclaimer]
            plain += f'\n{griffie.disclaimer}\n'
        html = wire.as_html(whole, quoted_html, signature) if griffie.only_html or griffie.with_html else None
        subject = fresh or dice.choice(('RE: ', 'RE: ', 'Re: ', 'Antw: ', 'Betreft: ')) + ours.subject
        if not threads and not fresh and dice.random() < 0.4:
            subject = dice.choice(("Uw brief aan de gemeenteraad", "Brief dorpshuizen", f"Reactie griffie {griffie.name}", "uw mail"))
        message_id = self.message_id(domain, griffie, at, subject)
        raw = wire.compose(
            name=name, mailbox=mailbox, to=ours.reply_to, subject=subject, at=at, message_id=message_id,
            thread=ours.message_id if threads else None, plain=plain + quoted + ('\n' if quoted else ''), rich=html,
            only_html=griffie.only_html, charset=griffie.charset, encoding=griffie.encoding,
            attachment="brief aan de raad.pdf" if dice.random() < 0.05 else None)
        verdict = wire.passed(domain) if dice.random() < 0.93 else 'dkim=none;\r\n\tspf=none smtp.mailfrom=' + domain + ';\r\n\tdmarc=none'
        return self.arrive(raw, at, message_id, truth, domain, verdict, ours.reply_to, mailbox)

    # --- what machines answer ---------------------------------------------------------------------------

    def receipt(self, griffie, ours, dice):
        at = ours.at + datetime.timedelta(seconds=dice.randint(20, 900))
        facts = Facts(griffie, dice, at)
        text = facts.fill(dice.choice(automatic.RECEIPTS))
        subject = dice.choice(automatic.RECEIPT_SUBJECTS).replace('RE', ours.subject)
        if '{zaak}' in subject and not facts.truth.case_number:
            subject = "Ontvangstbevestiging"
        subject = facts.fill(subject) if '{' in subject else subject
        facts.truth.kinds, facts.truth.automatic = {'receipt'}, True
        if ours.reference and dice.random() < 0.5:
            text += f'\n\nUw kenmerk: {ours.reference}'
        extra = dice.choice(([('Auto-Submitted', 'auto-generated')], [('Auto-Submitted', 'auto-replied'), ('X-Auto-Response-Suppress', 'All')],
                             [('Precedence', 'bulk')], []))
        sender = (f'Gemeente {griffie.name}', dice.choice(('noreply@', 'info@', 'zaaksysteem@', 'gemeente@')) + griffie.domain)
        return self.by_machine(griffie, ours, dice, at, sender, subject, text, facts.truth, extra)

    def absent(self, griffie, ours, dice):
        at = ours.at + datetime.timedelta(seconds=dice.randint(2, 60))
        facts = Facts(griffie, dice, at)
        kinds, subject, text = dice.choice(automatic.ABSENT)
        for place, ways in automatic.BACK.items():
            if '{' + place + '}' in text:
                day = facts.back()
                said = (f'{day:%B} {day.day}, {day.year}' if place == 'terug_engels' else
                        written_day(day, dice, at.date()) if dice.random() < 0.7 else formal_day(day))
                text = text.replace('{' + place + '}', dice.choice(ways).format(said))
        text = facts.fill(text.replace('{netnummer}', str(dice.randint(100, 599))))
        facts.truth.kinds, facts.truth.automatic = set(kinds), True
        extra = dice.choice(([('Auto-Submitted', 'auto-replied')], [('X-Auto-Response-Suppress', 'All'), ('Auto-Submitted', 'auto-generated')],
                             [('Precedence', 'auto_reply'), ('X-Autoreply', 'yes')], []))
        sender = (griffie.person.name, f'{griffie.person.mailbox}@{griffie.domain}')
        return self.by_machine(griffie, ours, dice, at, sender, subject.replace('RE', ours.subject), text, facts.truth, extra)

    def by_machine(self, griffie, ours, dice, at, sender, subject, text, truth, extra):
        message_id = self.message_id(griffie.domain, griffie, at, subject)
        rich = wire.as_html(text.replace('\r\n', '\n').split('\n\n'), '', []) if dice.random() < 0.4 else None
        raw = wire.compose(name=sender[0], mailbox=sender[1], to=ours.reply_to, subject=subject, at=at, message_id=message_id,
                           thread=ours.message_id if dice.random() < 0.6 else None, plain=text.replace('\r\n', '\n') + '\n', rich=rich,
                           only_html=rich is not None and dice.random() < 0.5, extra=extra)
        return self.arrive(raw, at, message_id, truth, griffie.domain, wire.passed(griffie.domain), ours.reply_to,
                           '' if dice.random() < 0.6 else sender[1])

    def bounce(self, griffie, ours, dice, kind):
        at = ours.at + datetime.timedelta(seconds=dice.randint(3, 600))
        _, code, status, said = dice.choice([failure for failure in delivery_reports.FAILURES if failure[0] == kind])
        return self.report(griffie, ours, dice, at, dice.choice(delivery_reports.SYSTEMS), kind, code, status, said)

    def delayed(self, griffie, ours, dice):
        at = ours.at + datetime.timedelta(hours=4, seconds=dice.randint(3, 600))
        return self.report(griffie, ours, dice, at, delivery_reports.postfix_delayed, 'bounce_soft', '', '', '')

    def report(self, griffie, ours, dice, at, system, kind, code, status, said):
        host = f'mx1.{griffie.domain}'
        facts = {'to': ours.recipient, 'domain': griffie.domain, 'host': host, 'mta': f'uit.{griffie.domain}', 'code': code, 'status': status,
                 'said': said.format(to=ours.recipient, domain=griffie.domain, host=host), 'hard': kind == 'bounce_hard',
                 'dutch': delivery_reports.IN_DUTCH[kind], 'arrived': email.utils.format_datetime(ours.at),
                 'until': email.utils.format_datetime(ours.at + datetime.timedelta(days=5)), 'headers': ours.headers,
                 'boundary': f'{dice.randrange(16 ** 10):010X}.{dice.randrange(16 ** 6):06x}'}
        subject, sender, content = system(facts)
        message_id = self.message_id(facts['mta'], griffie, at, subject)
        subject = subject.replace('RE', 'Brief aan uw raad') if subject.endswith('RE') else subject
        raw = (f'Date: {email.utils.format_datetime(at)}\r\nFrom: {sender}\r\nTo: {ours.bounce_to}\r\nSubject: {subject}\r\n'
               f'Auto-Submitted: auto-replied\r\nMessage-ID: <{message_id}>\r\nMIME-Version: 1.0\r\n{content}').encode()
        truth = Truth({kind}, griffie.code, automatic=True)
        return self.arrive(raw, at, message_id, truth, griffie.domain, f'spf=none smtp.helo=uit.{griffie.domain}', ours.bounce_to, '')

    # --- what others do ---------------------------------------------------------------------------------

    def forged(self, griffie, ours, dice):
        at = self.office_hour(ours.at, dice, dice.randint(0, 10))
        senders, verdict, domain, text, truth, claims = strangers.forged(griffie, dice, at)
        threads = dice.random() < 0.7
        message_id = self.message_id('mailers.example', griffie, at, 'forged')
        plain = f'Geachte mevrouw,\n\n{text}\n\nMet vriendelijke groet,\n{griffie.person.name}\n{griffie.title}\n'
        raw = wire.compose(name=senders[0][0], mailbox=senders[0][1], to=ours.sender, subject=f'RE: {ours.subject}', at=at,
                           message_id=message_id, thread=ours.message_id if threads else None, plain=plain)
        if len(senders) > 1:
            raw = raw.replace(b'\r\nTo: ', b', ' + senders[1][1].encode() + b'\r\nTo: ', 1)
        if claims:
            raw = (f'Authentication-Results: {wire.AUTHSERV}; {wire.passed(domain)}\r\n').encode() + raw
        return self.arrive(raw, at, message_id, truth, domain, verdict, ours.sender, f'post.1@{domain}')

    def unrelated(self, ours, dice, at):
        subject, sender, text, truth = strangers.unrelated(dice)
        name, mailbox = email.utils.parseaddr(sender)
        domain = mailbox.split('@')[1]
        message_id = f'{dice.randrange(16 ** 12):012x}@{domain}'
        raw = wire.compose(name=name, mailbox=mailbox, to=ours.sender, subject=subject, at=at, message_id=message_id, thread=None,
                           plain=text + '\n', extra=[('List-Id', f'<nieuws.{domain}>')] if 'Nieuwsbrief' in subject else ())
        return self.arrive(raw, at, message_id, truth, domain, wire.passed(domain), ours.sender, mailbox)

    # --- on the way -------------------------------------------------------------------------------------

    def office_hour(self, after, dice, days):
        "On a working day, in the hours in which people write, and after our message."
        day = workday_from(after.date() + datetime.timedelta(days=days))
        moment = datetime.datetime.combine(day, datetime.time(dice.randrange(*HOURS), dice.randrange(60), dice.randrange(60)), after.tzinfo)
        return moment if moment > after else after + datetime.timedelta(minutes=dice.randint(12, 180))

    def message_id(self, domain, griffie, at, subject):
        digest = hashlib.sha256(f'{self.seed}/{griffie.code}/{at.isoformat()}/{subject}'.encode()).hexdigest()
        return f'{digest[:20].upper()}@{domain}'

    def arrive(self, raw, at, message_id, truth, domain, verdict, to, return_path):
        digest = hashlib.sha256(message_id.encode()).hexdigest()
        headers = wire.received_headers(domain, at, verdict, to, return_path, digest)
        return Answer(at, message_id, headers.encode() + raw, truth)

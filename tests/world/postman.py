"""Brings what the relay took to the simulated country, and what the country answers into the association's Maildir.

Each answer lies there from the moment at which it was written, by the clock of the messages themselves (their Date), and
only once, however often the postman begins again. What the world knows of each is kept beside it, in memory.
"""
import collections
import datetime
import email
import email.utils
import hashlib
import os

from country.ours import delivered


class Postman:
    "`taken` is the relay's record, `post` its folder of messages; `maildir` is made."

    def __init__(self, country, taken, post, maildir):
        self.country, self.taken, self.post = country, taken, post
        self.inbox, self.half_written = maildir / 'new', maildir / 'tmp'
        for folder in (self.inbox, self.half_written, maildir / 'cur'):
            folder.mkdir(parents=True, exist_ok=True)
        self.codes = {griffie.mailbox: code for code, griffie in country.griffies.items()}
        self.received = collections.Counter()  # by council
        self.seen = set()                      # files of the relay that were handed out
        self.answers = []                      # all that are or will be on their way
        self.others = []                       # clicks and calls
        self.lying = {path.name.partition(':')[0] for path in maildir.glob('*/*.world*')}

    def collect(self):
        "Hands out what came since the last time; gives (council, message) of each."
        envelopes = {}
        with open(self.taken) as lines:
            for line in lines:
                _, _, sender, recipient, message_id = line.split('\t')[:5]
                envelopes[message_id] = (sender, recipient)
        fresh, out = [], []
        for path in self.post.glob('new/*.eml'):
            if path.name in self.seen:
                continue
            self.seen.add(path.name)
            raw = path.read_bytes()
            head = email.message_from_bytes(raw.split(b'\r\n\r\n', 1)[0] + b'\r\n\r\n')
            message_id = head['Message-ID'].strip().strip('<>')
            fresh.append((email.utils.parsedate_to_datetime(head['Date']), message_id, raw))
        for at, message_id, raw in sorted(fresh):
            sender, recipient = envelopes[message_id]
            code = self.codes[recipient]
            self.received[code] += 1
            ours, occasion = delivered(raw, recipient, sender, at), self.received[code]
            answers = self.country.answers(code, ours, occasion)
            # Somebody may write there from now on. Of a forger's addresses the country knows nothing.
            self.codes |= {each.truth.redirect_to: code for each in answers if each.truth.redirect_to}
            self.answers += answers + self.country.beside(code, ours, occasion)
            self.others += self.country.otherwise(code, ours, occasion)
            out.append((code, ours))
        return out

    def deliver(self, until):
        "Those that were written by then and are not there yet; gives them."
        out = []
        for answer in self.answers:
            name = f'{int(answer.at.timestamp())}.{hashlib.sha256(answer.message_id.encode()).hexdigest()[:16]}.world'
            if answer.at > until or name in self.lying:
                continue
            self.lying.add(name)
            # As Maildir wants it: no reader ever sees half a message.
            (self.half_written / name).write_bytes(answer.raw)
            os.utime(self.half_written / name, (answer.at.timestamp(), answer.at.timestamp()))
            (self.half_written / name).rename(self.inbox / name)
            out.append(answer)
        return out

    def all_by(self):
        "The moment at which the last is delivered."
        return max((answer.at for answer in self.answers), default=datetime.datetime.now(datetime.timezone.utc))

"""The world around the CRM in the demo's year: the simulated country behind the relay, with its gateways, pages and telephone.

Reacts to what left, and writes down beside the database what it knows to be true (the file `truth`, a line of JSON for
each thing that came in), for judgement.py. Begun again, it does nothing twice.
"""
import dataclasses
import datetime
import hashlib
import json

from country.country import Country
from country.other_ways import page_of
from country.truth import Call
from pages import Pages
from postman import Postman

SEED = 4
# Hilversum and Wijdemeren, which vote in November: whoever looks at the table sees what they wait for.
SILENT = ('GM0402', 'GM1696')
# Of the messages that pass a gateway that looks at links: a new sender's, and those after it. A part of what there is in
# truth, as each takes a dozen requests.
LOOKS, LOOKS_AGAIN = 0.15, 0.02
GREEDY = 10  # every so manieth gateway ticks and submits
SECONDS_AFTER = 4  # delivery; gateways wait for nobody
POST_ROUND = datetime.timedelta(days=5)  # as often the country's mail is brought


def told(thing):
    "A dataclass as JSON; days and times as text, sets in order."
    def plain(value):
        if isinstance(value, (set, frozenset)):
            return sorted(value)
        return value.isoformat()
    return json.dumps(thing, default=plain, ensure_ascii=False)


class World:
    def __init__(self, folder, councils, port, clock):
        self.clock = clock
        self.truth = folder / 'truth'
        self.known = {each['key'] for each in read_truth(folder)}
        self.country = Country(SEED, councils, silent=SILENT)
        self.postman = Postman(self.country, folder / 'taken', folder / 'post', folder / 'inbox')
        self.numbers = {code: number for number, code in enumerate(sorted(self.country.griffies), 1)}
        self.pages = Pages(port)
        self.looked = 0

    def note(self, key, what, **facts):
        self.known.add(key)
        with open(self.truth, 'a', encoding='utf-8') as file:
            file.write(told({'key': key, 'what': what, **facts}) + '\n')

    # --- what happens at once -------------------------------------------------------------------------------

    def receive(self):
        "What left since the last time is in the griffies' mailboxes; their gateways look at it."
        for code, ours in self.postman.collect():
            if not self.country.griffies[code].scanner:
                continue
            number = self.postman.received[code]
            if share_of(f'{code}/{number}') < (LOOKS if number == 1 else LOOKS_AGAIN):
                self.look(code, ours)

    def look(self, code, ours):
        key = f'look {ours.message_id}'
        if key in self.known:
            return
        self.looked += 1
        # However slow this machine is, and however many gateways looked before this one.
        self.clock.set(ours.at + datetime.timedelta(seconds=SECONDS_AFTER))
        greedy = self.looked % GREEDY == 0
        if greedy:
            self.pages.tick_everything(page_of(ours), 10_000 + self.numbers[code])
        requests = self.pages.look_around(ours.links, 10_000 + self.numbers[code])
        self.note(key, 'look', council=code, requests=requests, greedy=greedy)

    # --- what takes people days -----------------------------------------------------------------------------

    def next_post(self):
        "When the earliest of what is still to come is brought; None when all has come."
        waiting = [each.at for each in self.postman.answers if each.message_id not in self.known]
        waiting += [each.at for each in self.postman.others if key_of(each) not in self.known]
        return min(waiting) + POST_ROUND if waiting else None

    def bring(self, now):
        "Mail, clicks and calls until then; gives the mail, and the calls, which somebody has to take."
        mail = self.postman.deliver(now)
        for answer in self.postman.answers:
            if answer.at <= now and answer.message_id not in self.known:
                self.note(answer.message_id, 'mail', **dataclasses.asdict(answer.truth))
        calls = []
        for each in self.postman.others:
            if each.at > now or key_of(each) in self.known:
                continue
            if isinstance(each, Call):
                calls.append(each)
            else:
                self.pages.answer(each, self.numbers[each.council])
                self.note(key_of(each), 'click', council=each.council, outcomes=each.outcomes, by_griffie=each.by_griffie)
        return mail, calls

    def was_taken(self, call):
        self.note(key_of(call), 'call', council=call.council, outcome=call.outcome)


def key_of(other):
    return f'{type(other).__name__} {other.council} {other.at.isoformat()}'


def share_of(text):
    "0 to 1, always the same for it."
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], 'big') / 2 ** 32


def read_truth(folder):
    "All that the world knows, in the order in which it came."
    path = folder / 'truth'
    if not path.exists():
        return []
    with open(path, encoding='utf-8') as file:
        return [json.loads(line) for line in file]

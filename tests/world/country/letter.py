"""The words of an answer: sentences that fit the griffie's manner, with their facts filled in and noted as the truth."""
import datetime
import string

from .automatic import case_number
from .dutch import written_day, workday_from
from .sentences import BESIDE, BY_KIND, OPENINGS, TOGETHER
from .truth import Truth

PARTIES = ("het CDA", "de VVD", "GroenLinks", "Dorpsbelangen", "de ChristenUnie", "Lokaal Sterk", "D66", "de PvdA")
TOPICS = ("de dorpshuizen", "ontmoetingsplekken", "de kleine kernen", "leefbaarheid")
LIST_NUMBERS = ("{0}", "{0}", "A.{1}", "{1}.{2}", "{3}-{0}", "IS-{0}", "B{0}", "{1}{4}", "{3}/{0}", "C-{1}", "{1}.{2}.{1}")
PAST = ("aangenomen", "stond als", "kennis hebben kunnen")
MAILBOXES = ("raadsgriffie@{0}", "gemeenteraad@{0}", "raad@{0}", "griffie.post@{0}", "info.griffie@{0}", "bestuurssecretariaat@{0}")


class Facts:
    "What one message states: drawn when a sentence asks for it."

    def __init__(self, griffie, dice, at):
        self.griffie, self.dice, self.at = griffie, dice, at
        self.today = at.date()
        self.truth = Truth(set(), griffie.code)

    def fill(self, text):
        values = {name: getattr(self, 'the_' + name)(text) for _, name, _, _ in string.Formatter().parse(text) if name}
        return text.format(**values)

    def day(self, least, most, weekday):
        day = self.today + datetime.timedelta(days=self.dice.randint(least, most))
        return day + datetime.timedelta(days=(weekday - day.weekday()) % 7)

    def the_nr(self, _):
        dice = self.dice
        number = dice.choice(LIST_NUMBERS).format(dice.randint(2, 60), dice.randint(1, 9), dice.randint(1, 30), self.today.year,
                                                  dice.choice('abc'))
        self.truth.list_number = self.truth.list_number or number
        return self.truth.list_number

    def the_lijst(self, text):
        if not self.truth.list_date:
            gone_by = any(each in text for each in PAST)
            self.truth.list_date = self.day(-9, -3, 3) - datetime.timedelta(days=7 if gone_by else -7)
            if not gone_by:
                self.truth.list_date += datetime.timedelta(days=7 * self.dice.randint(1, 4))
        return written_day(self.truth.list_date, self.dice, self.today)

    def the_dag(self, _):
        if not self.truth.meeting_date:
            self.truth.meeting_date = self.day(6, 45, self.dice.choice((0, 1, 2, 3)))
        return written_day(self.truth.meeting_date, self.dice, self.today)

    def the_zaak(self, _):
        if not self.truth.case_number:
            self.truth.case_number = case_number(self.dice, self.today)
        return self.truth.case_number

    def the_adres(self, _):
        if not self.truth.redirect_to:
            boxes = [box.format(self.griffie.domain) for box in MAILBOXES] + [f'{self.griffie.colleague.mailbox}@{self.griffie.domain}']
            self.truth.redirect_to = self.dice.choice([box for box in boxes if box != self.griffie.mailbox])
        return self.truth.redirect_to

    def back(self):
        if not self.truth.absent_until:
            self.truth.absent_until = workday_from(self.today + datetime.timedelta(days=self.dice.randint(3, 25)))
        return self.truth.absent_until

    def the_gemeente(self, _):
        return self.griffie.name

    def the_raad(self, _):
        return f'de raad van {self.griffie.name}'

    def the_persoon(self, _):
        return f'{self.griffie.colleague.title} {self.griffie.colleague.surname}'

    def the_tel(self, _):
        return self.griffie.telephone

    def the_partij(self, _):
        return self.dice.choice(PARTIES)

    def the_org(self, _):
        return self.dice.choice(TOPICS)


def body(griffie, dice, at, kind):
    "(paragraphs, truth) of an answer of that kind; 'together' for what means several things."
    facts = Facts(griffie, dice, at)
    if kind == 'together':
        kinds, _, sentence = dice.choice(TOGETHER)
    else:
        fitting = [text for manner, text in BY_KIND[kind] if manner == griffie.manner]
        # Nobody keeps to one manner all the time.
        every = [text for _, text in BY_KIND[kind]]
        kinds, sentence = {kind}, dice.choice(fitting if fitting and dice.random() < 0.75 else every)
    facts.truth.kinds = set(kinds)
    said = facts.fill(sentence)
    paragraphs = []
    if griffie.manner != 'k':
        opening = facts.fill(dice.choice(OPENINGS)) if kind not in ('receipt', 'other') else ''
        said = f'{opening} {said}'.strip()
        paragraphs = [said]
        if dice.random() < 0.45:
            beside = facts.fill(dice.choice(BESIDE))
            if dice.random() < 0.5:
                paragraphs.append(beside)
            else:
                paragraphs = [f'{said} {beside}']
    else:
        paragraphs = [said.lower() if dice.random() < 0.1 and not facts.truth.list_number and '@' not in said else said]
    return paragraphs, facts.truth

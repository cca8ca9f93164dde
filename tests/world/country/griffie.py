"""A griffie with its habits: who works there, how they write, what answers before they do, and what they do with a letter."""
import random

from .dutch import Person
from .wire import DISCLAIMERS, PROGRAMS

# What a griffie does with a letter, in percent; the rest keeps silent.
LETTER = {'distributed': 17, 'listed': 13, 'together': 12, 'to_college': 4, 'agenda': 3, 'meeting': 4, 'question': 4, 'declined': 3,
          'redirect': 2, 'opt_out': 1, 'receipt': 5, 'other': 1}
TITLES = ("griffier", "plaatsvervangend griffier", "raadsgriffier", "griffiemedewerker", "secretaresse griffie", "adviseur raad en griffie")
GREETINGS = {'k': ("Hoi,", "Beste mevrouw/meneer,", "", "", "Dag,"),
             'n': ("Beste mevrouw Haverkort,", "Goedemorgen,", "Beste heer/mevrouw,", "Geachte mevrouw,", "Hallo,"),
             'f': ("Geachte heer, mevrouw,", "Geacht bestuur,", "Geachte mevrouw Haverkort,")}
PARTINGS = {'k': ("Gr.", "Groet,", "mvg", ""), 'n': ("Met vriendelijke groet,", "Vriendelijke groeten,", "Hartelijke groet,"),
            'f': ("Hoogachtend,", "Met vriendelijke groet,\nnamens de griffier,", "Met de meeste hoogachting,")}


class Griffie:
    def __init__(self, seed, code, name, mailbox):
        dice = random.Random(f'{seed}/{code}/griffie')
        self.code, self.name, self.mailbox = code, name, mailbox
        self.domain = mailbox.split('@')[1]
        self.person, self.colleague = Person(dice), Person(dice)
        self.title = dice.choice(TITLES)
        self.manner = dice.choices('knf', [25, 50, 25])[0]
        self.program = dice.choice(PROGRAMS)
        self.threads = dice.random() < 0.88
        self.from_own_mailbox = dice.random() < 0.5
        self.only_html = dice.random() < 0.12
        self.with_html = dice.random() < 0.5
        self.charset, self.encoding = dice.choice((('utf-8', None), ('utf-8', 'quoted-printable'), ('utf-8', 'base64'),
                                                   ('windows-1252', 'quoted-printable'), ('iso-8859-1', '8bit')))
        self.signs = dice.choice(('name', 'block', 'block', 'card', 'card'))
        self.disclaimer = dice.choice(DISCLAIMERS) if dice.random() < 0.35 else ''
        self.telephone = f'0{dice.randint(100, 599)}-{dice.randint(100000, 999999)}'
        self.case_system = dice.random() < 0.25    # answers by itself that it received
        self.away = dice.random() < 0.07           # now and then, and says so
        self.gone = dice.random() < 0.03           # the mailbox is no more
        self.full = dice.random() < 0.02           # or takes nothing for now
        self.late_number = dice.random() < 0.12    # sends the number on the list in a second mail
        self.scanner = dice.random() < 0.30        # its gateway opens every link
        self.clicks = dice.random() < 0.06         # answers on the page instead of by mail
        self.phones = dice.random() < 0.03         # or by telephone
        self.dice_of_letters = dice.random()
        self.office = None                         # a shared one answers for it

    def greeting(self, dice):
        return dice.choice(GREETINGS[self.manner])

    def signature(self, dice, person):
        parting = dice.choice(PARTINGS[self.manner])
        if self.signs == 'name':
            return [*parting.split('\n'), person.first if self.manner == 'k' else person.name]
        block = [*parting.split('\n'), '', person.name if dice.random() < 0.6 else person.formal_name, self.title]
        if self.office:
            return block + [f'Gezamenlijke griffie {self.office.title}', f'T {self.telephone}']
        if self.signs == 'card':
            return block + ['', f'Griffie gemeente {self.name}', f'Postbus {dice.randint(1, 999)}', f'T {self.telephone}', f'www.{self.domain}']
        return block + [f'Gemeente {self.name}']


class Office:
    "One office that writes for several councils, from a domain of its own."

    def __init__(self, title, domain, griffies):
        self.title, self.domain = title, domain
        self.names = [griffie.name for griffie in griffies]
        for griffie in griffies:
            griffie.office = self

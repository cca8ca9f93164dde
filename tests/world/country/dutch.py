"""Days as people write them in Dutch, and the people themselves."""
import datetime

MONTHS = ('januari', 'februari', 'maart', 'april', 'mei', 'juni', 'juli', 'augustus', 'september', 'oktober', 'november',
          'december')
SHORT_MONTHS = ('jan.', 'feb.', 'mrt.', 'apr.', 'mei', 'juni', 'juli', 'aug.', 'sept.', 'okt.', 'nov.', 'dec.')
WEEKDAYS = ('maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag')
SHORT_WEEKDAYS = ('ma', 'di', 'wo', 'do', 'vr', 'za', 'zo')

WOMEN = ('Anouk', 'Berthe', 'Carolien', 'Desirée', 'Eefje', 'Femke', 'Gerda', 'Hanneke', 'Ilse', 'Jolanda', 'Karlijn', 'Lotte',
         'Marjolein', 'Nienke', 'Olga', 'Petra', 'Renske', 'Saskia', 'Tineke', 'Wietske', 'Yvonne', 'Zoë')
MEN = ('Arjen', 'Bas', 'Coen', 'Dirk', 'Erwin', 'Folkert', 'Gijs', 'Harm', 'Ivo', 'Joost', 'Klaas', 'Lennart', 'Maarten', 'Niels',
       'Otto', 'Pieter', 'Ruud', 'Sjoerd', 'Teun', 'Wouter', 'Youssef')
SURNAMES = ('Aalbers', 'van den Akker', 'Benali', 'Boerma', 'ter Braak', 'Cuperus', 'Dijkhuizen', 'van Essen', 'Feenstra', 'Gerrits',
            'de Graaf', 'Hoogland', 'Huisman', 'Idsinga', 'Jacobse', 'Kamphuis', 'van der Kooij', 'Lammers', 'Meulenbelt', 'Nauta',
            'Oosterhof', 'Pronk', 'Quist', 'Roelofs', 'Schaap', 'van Steenis', 'Tadema', 'Uiterwijk', 'Veenstra', 'Wensink',
            'Ypma', 'Zijlmans', 'Özdemir', 'Brück')


class Person:
    def __init__(self, dice):
        self.woman = dice.random() < 0.6
        self.first = dice.choice(WOMEN if self.woman else MEN)
        self.surname = dice.choice(SURNAMES)
        title = ('mw.', 'mevr.', 'mevrouw') if self.woman else ('dhr.', 'de heer')
        self.title = dice.choice(title)

    @property
    def name(self):
        return f'{self.first} {self.surname}'

    @property
    def formal_name(self):
        return f'{self.first[0]}. {self.surname}'

    @property
    def mailbox(self):
        letters = {'ö': 'o', 'ü': 'u', 'é': 'e', 'ë': 'e'}
        return ''.join(letters.get(letter, letter) for letter in f'{self.first[0]}.{self.surname}'.lower() if letter not in ' ')


def written_day(day, dice, today):
    "One of the ways to write it; without the year only where the reader can still tell it from the mail's date."
    ways = ['{0.day} {month} {0.year}', '{0.day} {month} {0.year}', '{0:%d-%m-%Y}', '{weekday} {0.day} {month} {0.year}',
            '{0.day}-{0.month}-{0.year}', '{0:%d/%m/%Y}', '{0.day} {short} {0.year}']
    if -20 < (day - today).days < 120:
        ways += ['{0.day} {month}', '{weekday} {0.day} {month}', '{0.day} {month}', '{brief} {0.day} {short}']
    return dice.choice(ways).format(day, month=MONTHS[day.month - 1], short=SHORT_MONTHS[day.month - 1],
                                    weekday=WEEKDAYS[day.weekday()], brief=SHORT_WEEKDAYS[day.weekday()])


def formal_day(day):
    return f'{day.day} {MONTHS[day.month - 1]} {day.year}'


def workday_from(day):
    while day.weekday() > 4:
        day += datetime.timedelta(days=1)
    return day

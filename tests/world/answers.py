"""What the councils of the demo answer: chance with a seed, so that every run tells the same year.

A council's answer to a step depends on the council and the step only. It is recorded as the CRM would record a reply:
an outcome of the case that the message was about, some days after the message.
"""
import datetime
import random

WEEKEND = 5
FIRST_ANSWER, LAST_ANSWER = 1, 14  # days after the message

# By step in their order: what comes back, in percent of those that got it; the others keep silent.
REPLIES = (
    {'receipt': 30, 'answered': 5, 'question': 3, 'passed_on': 30, 'listed': 12},
    {'receipt': 10, 'answered': 5, 'passed_on': 20, 'listed': 5},
    {'receipt': 15, 'answered': 5, 'passed_on': 15, 'listed': 5},
    {'receipt': 25, 'answered': 6, 'question': 4, 'passed_on': 25, 'listed': 10},
    {'receipt': 10, 'declined': 5, 'passed_on': 15, 'listed': 5},
)

# Hilversum and Wijdemeren, which vote in November: whoever looks at the table sees what they wait for.
SILENT = {'GM0402', 'GM1696'}

WORDS = {
    'receipt': "Wij hebben uw bericht ontvangen.",
    'answered': "Dank voor uw bericht. Wij komen er nog op terug.",
    'question': "Voor welke raadsleden is de brief bedoeld?",
    'passed_on': "Uw brief is doorgestuurd aan de raadsleden.",
    'listed': "Uw brief staat op de lijst van ingekomen stukken.",
    'declined': "Wij sturen geen brieven van organisaties door.",
}
DISPOSALS = ("voor kennisgeving aangenomen", "doorgestuurd naar de commissie", "in handen gesteld van het college")


def chance(council_code, step):
    return random.Random(f'{council_code}/{step}')


def reply(council_code, step):
    "The kind of outcome, or None for silence."
    if council_code in SILENT:
        return None
    kinds = REPLIES[step]
    return chance(council_code, step).choices([*kinds, None], [*kinds.values(), 100 - sum(kinds.values())])[0]


def outcome(council_code, step, sent_on):
    "The values of its record, without the case; None for silence."
    kind = reply(council_code, step)
    if kind is None:
        return None
    dice = chance(council_code, f'{step} details')
    day = sent_on + datetime.timedelta(days=dice.randint(FIRST_ANSWER, LAST_ANSWER))
    while day.weekday() >= WEEKEND:
        day -= datetime.timedelta(days=1)
    values = {'kind': kind, 'on': max(day, sent_on), 'source': 'reply', 'evidence': WORDS[kind]}
    if kind == 'listed':
        values.update(list_number=f'{dice.randint(1, 4)}.{dice.randint(1, 30)}', list_date=values['on'],
                      disposal=dice.choice(DISPOSALS))
    return values

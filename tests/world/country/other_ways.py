"""What a griffie does with our message that is no mail: an answer on its page, or a telephone call."""
from .letter import LIST_NUMBERS
from .truth import Call, Click

HOW_OFTEN = 0.85            # of those who do so at all
BY_A_COUNCILLOR = 0.12      # the link was forwarded
WITH_A_REMARK = 0.15
ON_THE_PAGE = (('passed_on',), ('passed_on',), ('listed',), ('passed_on', 'listed'), ('to_college',), ('agenda',), ('declined',))
REMARKS = ("Volgende keer graag naar de raadspostbus.", "De fracties vonden het een mooie brief.", "Ik werk niet op vrijdag.")

SAID = (
    ('passed_on', "Belde dat de brief vandaag naar alle fracties gaat."),
    ('passed_on', "Belde terug: raadsleden hebben de brief via hun eigen systeem gekregen."),
    ('listed', "Staat op de lijst van de volgende raad, het nummer volgt nog."),
    ('question', "Wil weten of wij ook in een commissie willen inspreken; terugbellen op {tel}."),
    ('declined', "Brieven van landelijke organisaties gaan daar niet door."),
    ('meeting', "Nodigt ons uit voor een gesprek met twee fracties."),
)


def page_of(ours):
    "The link to its answer page; None in a message without one."
    return next((link for link in ours.links if '/raadspost/antwoord/' in link), None)


def click(griffie, ours, dice, at):
    outcomes = dice.choice(ON_THE_PAGE)
    by_griffie = dice.random() >= BY_A_COUNCILLOR
    fields = {'wie': 'griffier' if by_griffie else 'raadslid', f'{griffie.code}.uitkomst': list(outcomes)}
    day = at.date().isoformat()
    if 'listed' in outcomes:
        number = dice.choice(LIST_NUMBERS).format(dice.randint(2, 60), dice.randint(1, 9), dice.randint(1, 30), at.year, 'a')
        fields |= {f'{griffie.code}.nummer': number, f'{griffie.code}.datum': day}
    if 'agenda' in outcomes:
        fields[f'{griffie.code}.vergadering'] = day
    if dice.random() < WITH_A_REMARK:
        fields['opmerking'] = dice.choice(REMARKS)
    return Click(at, griffie.code, page_of(ours), fields, outcomes, by_griffie)


def call(griffie, dice, at):
    outcome, said = dice.choice(SAID)
    return Call(at, griffie.code, f'{griffie.person.name}, {griffie.title}', outcome, said.format(tel=griffie.telephone))

"""Mail of those who are not what they seem, or have nothing to do with it: forgers, salesmen, newsletters."""
from .sentences import BY_KIND
from .truth import NO_COUNCIL, Truth
from .letter import Facts

# How a forger comes by the name of a griffie, and what the association's own server says of it.
DISGUISES = ('own_domain', 'own_domain_claims', 'lookalike', 'display_name', 'two_senders')
WISHES = ('opt_out', 'listed', 'distributed', 'redirect', 'declined')

UNRELATED = (
    ("Aanbieding: drukwerk voor uw vereniging", "Drukkerij De Pers <verkoop@drukkerijdepers.example>",
     "Beste relatie,\n\nDeze maand 20% korting op folders en banners. Bestel voor het einde van de maand in onze webwinkel.\n\nTeam De Pers"),
    ("Nieuwsbrief Platteland Vandaag", "Platteland Vandaag <nieuws@plattelandvandaag.example>",
     "In dit nummer: drie dorpen die hun eigen supermarkt begonnen, een interview met een wethouder, en de agenda van deze maand.\n\n"
     "Afmelden voor deze nieuwsbrief? Klik onderaan."),
    ("Factuur 20250817", "Administratie <facturen@kantoorplus.example>",
     "Geachte klant,\n\nBijgaand onze factuur voor de levering van kantoorartikelen. Wij verzoeken u deze binnen 14 dagen te voldoen."),
    ("Vraagje over jullie ledendag", "Gerda Pol <gerda.pol@webpost.example>",
     "Hallo,\n\nHoe laat begint de ledendag en is er parkeergelegenheid bij het dorpshuis?\n\nGroeten,\nGerda"),
    ("You have won", "Lottery Office <office@winners.example>", "Dear friend, your mailbox was selected. Contact our agent for payment."),
    ("Re: contributie", "Penningmeester DB Laagveen <penningmeester@laagveen.example>",
     "De contributie voor dit jaar is overgemaakt.\n\nmvg\nH. Laan"),
)


def lookalike(domain):
    "A domain that is read as another: rn for m, 1 for l, a hyphen more."
    for good, bad in (('m', 'rn'), ('l', '1'), ('w', 'vv'), ('d', 'cl')):
        label = domain.split('.')[0]
        if good in label:
            return label.replace(good, bad, 1) + domain[len(label):]
    return domain.replace('.', '-nl.', 1)


def forged(griffie, dice, at):
    "(From header values, authentication, domain, text, truth)."
    facts = Facts(griffie, dice, at)
    text = facts.fill(dice.choice([text for manner, text in BY_KIND[dice.choice(WISHES)] if manner != 'k']))
    disguise = dice.choice(DISGUISES)
    # What a forger says is no answer of anybody's, and no fact.
    truth = Truth({'other'}, NO_COUNCIL, forged=True, note=f'forged: {disguise}')
    name, elsewhere = f'Griffie {griffie.name}', 'mailers.example'
    if disguise == 'lookalike':
        domain = lookalike(griffie.domain)
        senders, verdict = [(name, f'griffie@{domain}')], f'spf=pass smtp.mailfrom={domain};\r\n\tdmarc=pass header.from={domain}'
    elif disguise == 'display_name':
        domain = elsewhere
        senders, verdict = [(griffie.mailbox, f'post.1@{domain}')], f'spf=pass smtp.mailfrom={domain};\r\n\tdmarc=pass header.from={domain}'
    else:
        domain = griffie.domain
        senders = [(name, griffie.mailbox)]
        if disguise == 'two_senders':
            senders.append(('', f'post.1@{elsewhere}'))
        verdict = f'dkim=none;\r\n\tspf=fail smtp.mailfrom={elsewhere};\r\n\tdmarc=fail (p=reject dis=none) header.from={domain}'
    return senders, verdict, domain, text, truth, disguise == 'own_domain_claims'


def unrelated(dice):
    subject, sender, text = dice.choice(UNRELATED)
    kinds = {'question'} if 'Vraagje' in subject else {'other'}
    return subject, sender, text, Truth(kinds, NO_COUNCIL, note='has nothing to do with it')

"""What machines of municipalities answer: absence notes of people, and receipts of case systems and shared mailboxes.

Places in the texts are those of sentences.py.
"""

# (kinds, subject, text); "RE" in a subject is our own subject.
ABSENT = (
    ({'auto_reply'}, "Automatisch antwoord: RE",
     "Ik ben met vakantie en {terug_zin}. Uw bericht wordt in die periode niet gelezen."),
    ({'auto_reply'}, "Automatisch antwoord: RE",
     "Bedankt voor je mail. Ik ben momenteel afwezig. {terug_los} Bij spoed kun je bellen met het algemene nummer 14 0{netnummer}."),
    ({'auto_reply'}, "Automatic reply: RE", "I am out of the office. {terug_engels}\r\n\r\nIk ben niet op kantoor en {terug_zin}."),
    ({'auto_reply'}, "Afwezigheidsbericht", "Wegens verlof ben ik niet bereikbaar. {terug_los}"),
    ({'auto_reply'}, "RE", "Let op: dit is een automatisch bericht. De griffie is tijdens het reces gesloten. {terug_los}"),
    ({'auto_reply'}, "Out of office: RE", "Op dit moment kan ik uw e-mail niet beantwoorden, omdat ik met zwangerschapsverlof ben."),
    ({'auto_reply'}, "Automatisch antwoord: RE",
     "Deze mailbox wordt niet meer gelezen. Kijk op de website van de gemeente voor onze contactgegevens."),
    ({'auto_reply'}, "Ik ben er even niet Re: RE", "Op woensdag en vrijdag werk ik niet. Uw mail lees ik op mijn eerstvolgende werkdag."),
    ({'auto_reply', 'redirect'}, "Automatisch antwoord: RE",
     "Ik ben afwezig en {terug_zin}. Voor zaken van de raad kunt u terecht bij {persoon} ({adres})."),
    ({'auto_reply', 'redirect'}, "Automatisch antwoord: RE",
     "Ik ben niet meer werkzaam bij de gemeente {gemeente}. U kunt uw mail sturen aan {adres}."),
    ({'auto_reply', 'redirect'}, "Afwezig: RE", "Mijn mailbox wordt niet bijgehouden. Neem contact op met mijn collega's van de griffie via {adres}."),
)

# What they say of the day on which somebody is back; {0} is that day.
BACK = {
    'terug_zin': ("ben op {0} weer aanwezig", "ben weer bereikbaar vanaf {0}", "keer op {0} terug"),
    'terug_los': ("Vanaf {0} ben ik er weer.", "Op {0} ben ik terug op kantoor.", "Vanaf {0} lees ik mijn mail weer."),
    'terug_engels': ("I will be back on {0}.", "I will return on {0}."),
}

RECEIPTS = (
    "Uw bericht is door ons ontvangen en geregistreerd onder zaaknummer {zaak}. U hoort van ons binnen zes weken.",
    "Bedankt voor uw e-mail aan de gemeente {gemeente}. Wij hebben uw bericht ingeboekt met registratienummer {zaak} en behandelen het zo "
    "snel mogelijk.",
    "Dit is een automatische ontvangstbevestiging. Uw bericht is in behandeling onder nummer {zaak}. Vermeld dit nummer als u contact opneemt.",
    "Geachte heer/mevrouw,\r\n\r\nHierbij bevestigen wij de ontvangst van uw e-mail. Kenmerk: {zaak}. De behandelend ambtenaar neemt contact "
    "met u op als dat nodig is.",
    "Wij hebben uw e-mail ontvangen. U krijgt binnen vijf werkdagen antwoord.",
    "Goedendag, uw mail is aangekomen bij de griffie van {gemeente}. Dit bericht is automatisch verzonden, antwoorden heeft geen zin.",
    "Uw melding is ontvangen.\r\nZaak: {zaak}\r\nOnderwerp: Brief aan de gemeenteraad\r\nStatus: in behandeling",
    "Fijn dat u ons mailt! We hebben uw bericht goed ontvangen en geven het door aan een collega die er meer van weet.",
)
RECEIPT_SUBJECTS = ("Ontvangstbevestiging", "Ontvangstbevestiging: RE", "Bevestiging van ontvangst [{zaak}]", "Automatisch antwoord: RE",
                    "Uw bericht aan de gemeente {gemeente}", "RE", "Wij hebben uw e-mail ontvangen")

# How the systems number their cases; # is a digit.
CASE_NUMBERS = ("Z/{y}/######", "Z{y}.#####", "Z-{yyyy}-#####", "{yyyy}-######", "ZK{y}######", "D{yyyy}/####", "########",
                "{yyyy}.#####", "INT-{y}-#####", "ZAAK-#######")


def case_number(dice, day):
    text = dice.choice(CASE_NUMBERS).replace('{yyyy}', str(day.year)).replace('{y}', f'{day.year % 100:02d}')
    return ''.join(str(dice.randint(1, 9)) if letter == '#' else letter for letter in text)

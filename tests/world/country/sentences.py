"""What griffies write, by what it means. A sentence is of a manner (k: curt, n: plain, f: formal) and may hold facts:

  {nr} number on the list   {lijst} day of the list   {dag} day of the meeting   {zaak} the council's own number
  {adres} the mailbox to use   {terug} first day back   {gemeente} {raad} {persoon} {tel} {partij} {org}

The truth of a message holds those facts whose places its sentences have.
"""

DISTRIBUTED = (
    ('k', "Doorgestuurd aan de raad."),
    ('k', "Is doorgezet naar alle fracties."),
    ('k', "Staat in iBabs voor de raadsleden."),
    ('k', "Heb ik net aan de raadsleden gemaild."),
    ('k', "Gaat vrijdag mee in de raadsmail."),
    ('n', "Ik heb uw brief vanmorgen aan alle raadsleden en steunfractieleden gestuurd."),
    ('n', "Uw bericht is door ons met de hele gemeenteraad gedeeld."),
    ('n', "Wij hebben uw mail met bijlage doorgezonden naar de fractievoorzitters."),
    ('n', "De brief is vandaag geplaatst in het raadsinformatiesysteem, waar alle raadsleden hem kunnen lezen."),
    ('n', "Uw oproep is opgenomen in de wekelijkse nieuwsbrief aan de raad."),
    ('n', "Onze raadsleden hebben uw brief inmiddels van mij ontvangen."),
    ('n', "Ik zorg ervoor dat de raadsleden uw brief morgen in hun mailbox hebben."),
    ('n', "Wij zullen uw schrijven deze week onder de fracties verspreiden."),
    ('n', "De fracties van de raad van {gemeente} kregen uw brief gisteren van ons toegezonden."),
    ('n', "Ik heb het stuk beschikbaar gesteld aan de leden van de raad via Notubiz."),
    ('n', "Je mail is naar alle raads- en commissieleden gegaan."),
    ('f', "Hierbij deel ik u mede dat uw brief ter informatie aan de leden van de gemeenteraad is toegezonden."),
    ('f', "Uw schrijven is door de griffie doorgeleid naar de raadsfracties."),
    ('f', "Wij berichten u dat de leden van de raad kennis hebben kunnen nemen van uw brief, die hun digitaal ter hand is gesteld."),
    ('f', "Namens de griffier meld ik u dat uw brief onder de aandacht van alle raadsleden is gebracht."),
)

LISTED = (
    ('k', "Staat op de LIS van {lijst}, nr. {nr}."),
    ('k', "Komt op de lijst van ingekomen stukken van {lijst}."),
    ('k', "Ingekomen stuk {nr}, raad van {lijst}."),
    ('k', "Op de lijst gezet."),
    ('k', "Brief staat bij de ingekomen post onder {nr}."),
    ('n', "Uw brief staat onder nummer {nr} op de lijst van ingekomen stukken voor de raad van {lijst}."),
    ('n', "Wij hebben uw brief op de lijst ingekomen stukken van {lijst} gezet."),
    ('n', "Uw mail wordt toegevoegd aan de ingekomen stukken voor de raadsvergadering van {lijst}."),
    ('n', "Het stuk is als {nr} vermeld bij de ingekomen brieven van de raadsvergadering op {lijst}."),
    ('n', "U vindt uw brief terug op de lijst met ingekomen post, volgnummer {nr}."),
    ('n', "Ik plaats uw brief op de eerstvolgende lijst van ingekomen stukken."),
    ('n', "In de raad van {lijst} is uw brief als ingekomen stuk {nr} voor kennisgeving aangenomen."),
    ('n', "Uw brief is opgenomen in het overzicht van ingekomen stukken dat de raad op {lijst} vaststelt."),
    ('n', "De raad krijgt uw brief via de lijst van ingekomen stukken (week van {lijst})."),
    ('f', "Uw brief is ingeboekt en zal worden geplaatst op de lijst van ingekomen stukken van de raadsvergadering d.d. {lijst}."),
    ('f', "Uw schrijven is onder nummer {nr} opgenomen op de lijst van ingekomen stukken behorende bij de vergadering van {lijst}."),
    ('f', "Conform de afspraken in onze raad wordt uw brief als ingekomen stuk voor kennisgeving aan de raad voorgelegd op {lijst}."),
    ('f', "De raad heeft uw brief, vermeld onder {nr} van de lijst van ingekomen stukken, op {lijst} voor kennisgeving aangenomen."),
)

TO_COLLEGE = (
    ('k', "Doorgezet naar het college ter afdoening."),
    ('k', "Ligt nu bij B&W."),
    ('n', "Uw brief is in handen gesteld van het college van burgemeester en wethouders."),
    ('n', "Omdat het onderwerp bij de wethouder ligt, heb ik uw brief aan het college gegeven om te beantwoorden."),
    ('n', "De afhandeling van uw brief is overgedragen aan het college."),
    ('n', "Het college van B&W zal u een inhoudelijk antwoord sturen; wij hebben uw brief daarheen doorgeleid."),
    ('n', "Voor beantwoording hebben wij uw bericht bij het college neergelegd."),
    ('f', "De raad heeft besloten uw brief ter afdoening in handen van het college te stellen."),
    ('f', "Uw schrijven is door ons ter behandeling doorgezonden aan burgemeester en wethouders."),
    ('f', "Nu de uitvoering een bevoegdheid van het college is, hebben wij uw brief ter verdere behandeling aan het college overgedragen."),
)

AGENDA = (
    ('k', "Staat op de agenda van {dag}."),
    ('k', "Komt aan bod in de commissie van {dag}."),
    ('n', "De agendacommissie heeft uw brief geagendeerd voor de commissievergadering van {dag}."),
    ('n', "Uw brief wordt op {dag} besproken in de commissie Samenleving."),
    ('n', "Op verzoek van de fractie van {partij} staat uw brief op de agenda van de raadsvergadering van {dag}."),
    ('n', "Het presidium heeft besloten het onderwerp te behandelen in de beeldvormende avond op {dag}."),
    ('n', "De commissie Ruimte en Wonen bespreekt uw brief tijdens de vergadering van {dag}."),
    ('f', "Uw brief is geagendeerd voor de vergadering van de raadscommissie Sociaal Domein, te houden op {dag}."),
    ('f', "De raad zal uw brief in zijn openbare vergadering van {dag} als bespreekstuk behandelen."),
)

MEETING = (
    ('k', "Kunt u {dag} om half acht in de raadzaal zijn voor een toelichting?"),
    ('k', "Bel me even, dan maken we een afspraak voor een gesprek. {tel}"),
    ('n', "Wij nodigen u graag uit om op {dag} een korte presentatie te geven aan de raad."),
    ('n', "De fractie van {partij} wil graag met u in gesprek; schikt {dag} om 20.00 uur?"),
    ('n', "U kunt op {dag} gebruikmaken van het spreekrecht; ik heb u vast op de sprekerslijst gezet."),
    ('n', "Enkele raadsleden zouden een van de dorpshuizen willen bezoeken. Kunnen we daarvoor een moment afspreken?"),
    ('n', "Een kennismaking met de nieuwe raad lijkt ons een goed idee, komt u {dag} naar het gemeentehuis?"),
    ('n', "Zou u uw verhaal willen vertellen op onze thema-avond van {dag}?"),
    ('n', "Wij gaan graag in op uw aanbod om eens langs te komen; mijn voorstel is {dag}, 19.30 uur."),
    ('f', "Namens de voorzitter van de raad nodig ik u uit voor een gesprek met de commissie op {dag}, aanvang 19.30 uur."),
    ('f', "De raadscommissie stelt het op prijs wanneer een van uw vertegenwoordigers op {dag} een toelichting komt geven."),
)

QUESTION = (
    ('k', "Kunt u de pdf nog eens sturen? De bijlage gaat niet open."),
    ('k', "Welke dorpen bedoelt u precies?"),
    ('k', "Is dit een brief aan de raad of aan het college?"),
    ('k', "Mag dit openbaar?"),
    ('n', "Voordat wij uw brief verwerken horen wij graag namens welke dorpsbelangen in onze gemeente u schrijft."),
    ('n', "In uw brief staat een overzicht van dorpshuizen, maar dat overzicht ontbreekt. Wilt u dat alsnog toesturen?"),
    ('n', "Kunt u mij laten weten of uw brief met naam en adres openbaar gemaakt mag worden?"),
    ('n', "Heeft u voor mij een telefoonnummer van de contactpersoon in onze gemeente?"),
    ('n', "Waar komt het aantal ontmoetingsplekken in uw brief vandaan?"),
    ('n', "Verwacht u een reactie van de raad, of is de brief alleen bedoeld als informatie?"),
    ('n', "Is er ook een versie in Word die wij in ons systeem kunnen zetten?"),
    ('n', "Wie is bij u het aanspreekpunt voor de gemeente {gemeente}?"),
    ('f', "Gaarne verneem ik van u op welke kernen binnen onze gemeente uw brief betrekking heeft."),
    ('f', "Wij verzoeken u de ondertekende versie van uw brief alsnog aan ons te doen toekomen."),
    ('f', "Graag ontvangen wij van u een nadere onderbouwing van de genoemde bedragen."),
)

DECLINED = (
    ('k', "Dit sturen wij niet door."),
    ('k', "Nee, algemene mailings gaan niet naar de raad."),
    ('n', "Wij verspreiden geen brieven die aan alle gemeenten tegelijk zijn gestuurd."),
    ('n', "Uw brief zal niet op de lijst van ingekomen stukken komen, omdat hij niet specifiek over onze gemeente gaat."),
    ('n', "De griffie van {gemeente} stuurt post van belangenverenigingen niet door aan raadsleden."),
    ('n', "Het is bij ons niet gebruikelijk om dit soort oproepen onder de raadsleden te verspreiden en dat doen wij dus ook nu niet."),
    ('n', "Helaas kunnen wij niet meewerken aan het verspreiden van uw oproep."),
    ('n', "Onze raad heeft afgesproken landelijke brieven niet in behandeling te nemen."),
    ('f', "Ik moet u mededelen dat uw brief niet aan de raad wordt voorgelegd."),
    ('f', "Gelet op het reglement van orde wordt uw schrijven niet in behandeling genomen."),
    ('f', "Wij zien af van doorzending van uw brief aan de leden van de raad."),
)

REDIRECT = (
    ('k', "Voortaan graag naar {adres}."),
    ('k', "Dit adres vervalt, gebruik {adres}"),
    ('n', "Post voor de raad kunt u sturen naar {adres}; deze mailbox gebruiken wij niet meer."),
    ('n', "Ons mailadres is gewijzigd in {adres}. Wilt u uw brief daar naartoe sturen?"),
    ('n', "U heeft het verkeerde adres te pakken: brieven aan de gemeenteraad horen bij {adres}."),
    ('n', "Stuurt u uw bericht s.v.p. rechtstreeks aan {persoon}, te bereiken via {adres}."),
    ('n', "Ik werk niet meer bij de griffie. Mijn opvolger is {persoon}, {adres}."),
    ('n', "Wilt u {adres} in uw adressenbestand opnemen in plaats van dit adres?"),
    ('f', "Correspondentie gericht aan de gemeenteraad dient u te zenden aan {adres}."),
    ('f', "Ik verzoek u uw schrijven te richten aan het secretariaat van de griffie: {adres}."),
)

OPT_OUT = (
    ('k', "Graag van de lijst halen."),
    ('k', "Wij willen deze mails niet meer ontvangen."),
    ('k', "Uitschrijven aub"),
    ('n', "Wilt u ons adres uit uw mailinglijst verwijderen?"),
    ('n', "Wij stellen uw berichten niet op prijs en verzoeken u ons niet meer te mailen."),
    ('n', "Haal griffie {gemeente} alstublieft uit uw bestand."),
    ('n', "Dit is de laatste keer dat ik het vraag: stuur ons geen oproepen meer."),
    ('f', "Ik verzoek u onze gegevens uit uw verzendlijst te verwijderen en geen verdere berichten te zenden."),
    ('f', "De griffie maakt bezwaar tegen het gebruik van haar adresgegevens voor uw mailings; u gelieve deze te staken."),
)

RECEIPT = (
    ('k', "Ontvangen, dank."),
    ('k', "In goede orde ontvangen."),
    ('k', "Mail is binnen!"),
    ('n', "Hartelijk dank voor uw brief, die wij goed hebben ontvangen."),
    ('n', "Wij bevestigen dat uw bericht bij de griffie is aangekomen."),
    ('n', "Uw brief heb ik gekregen. Ik kijk er volgende week naar."),
    ('n', "Bedankt, uw mail is geregistreerd onder {zaak}."),
    ('n', "Dank voor het toesturen. Mocht de agendacommissie besluiten de brief te agenderen, dan laten wij u dat weten."),
    ('n', "Uw brief is ontvangen. Of deze naar de raad gaat, bepaalt de griffier na haar vakantie."),
    ('n', "Uw bericht is goed aangekomen; we bekijken nog wat we ermee doen."),
    ('n', "Goed ontvangen. De brief is nog niet doorgestuurd, dat hoort u van mijn collega."),
    ('f', "Hierbij bevestig ik de ontvangst van uw brief, die is ingeschreven onder zaaknummer {zaak}."),
    ('f', "Wij hebben uw schrijven in goede orde ontvangen en geregistreerd onder kenmerk {zaak}."),
    ('f', "De ontvangst van uw schrijven wordt bevestigd. Over de verdere behandeling ontvangt u te zijner tijd bericht."),
)

OTHER = (
    ('n', "Op maandag 5 januari is er een nieuwjaarsborrel voor alle relaties in het gemeentehuis."),
    ('n', "Leuk dat jullie dit doen, ik woon zelf in een klein dorp."),
    ('n', "Onze gemeente gaat per 1 januari over op een nieuw telefoonnummer."),
    ('k', "Oeps, die was voor iemand anders bedoeld."),
    ('n', "Mijn vorige mail was voor een collega bestemd, u kunt hem negeren."),
    ('f', "De nieuwe verordening op de raadscommissies is bekendgemaakt in het gemeenteblad."),
)

# Said beside any of the above; mean nothing for the kind.
BESIDE = (
    "Veel succes met uw werk voor de dorpen.",
    "Voor vragen ben ik bereikbaar op {tel}.",
    "Ik hoop u hiermee voldoende te hebben geïnformeerd.",
    "Fijne dag verder.",
    "Mocht u nog iets willen weten, belt u dan gerust.",
    "Op vrijdag is de griffie niet bezet.",
    "Een besluit over de kadernota valt pas in het voorjaar.",
    "De raadsvergaderingen zijn te volgen via de website van de gemeente.",
    "Alle stukken zijn openbaar en staan op de website van de gemeenteraad.",
    "Meer informatie over de werkwijze van de raad staat op onze website.",
)

# Thanks that open a message about something else.
OPENINGS = (
    "Dank voor uw bericht.", "Bedankt voor uw mail.", "Naar aanleiding van uw e-mail het volgende.", "Dank voor uw brief over {org}.",
    "Met belangstelling las ik uw brief.", "In antwoord op uw brief bericht ik u als volgt.", "",  "", "",
)

BY_KIND = {'distributed': DISTRIBUTED, 'listed': LISTED, 'to_college': TO_COLLEGE, 'agenda': AGENDA, 'meeting': MEETING,
           'question': QUESTION, 'declined': DECLINED, 'redirect': REDIRECT, 'opt_out': OPT_OUT, 'receipt': RECEIPT,
           'other': OTHER}

# Whole thoughts that mean several things at once, or something else than their words say at first sight.
TOGETHER = (
    ({'listed', 'distributed'}, 'n', "Uw brief is aan de raadsleden doorgestuurd en komt ook op de lijst van ingekomen stukken van {lijst}."),
    ({'listed', 'distributed'}, 'f', "Uw brief is onder nr. {nr} op de lijst van ingekomen stukken geplaatst en aan alle raadsleden toegezonden."),
    ({'listed', 'to_college'}, 'f', "Uw brief is als stuk {nr} op de lijst van ingekomen stukken van {lijst} geplaatst met het voorstel deze "
                                    "ter afdoening in handen van het college te stellen."),
    ({'listed', 'to_college'}, 'n', "We hebben hem op de lijst gezet (nr. {nr}, raad van {lijst}) en het college handelt hem verder af."),
    ({'to_college'}, 'n', "Uw brief komt niet op de lijst van ingekomen stukken, maar is overgedragen aan het college, dat u zal antwoorden."),
    ({'distributed'}, 'n', "Wij hebben geen lijst van ingekomen stukken meer; brieven zoals de uwe mailen wij direct aan alle raadsleden, "
                           "en dat is vandaag gebeurd."),
    ({'listed', 'agenda'}, 'n', "Uw brief stond als {nr} op de lijst van ingekomen stukken. De commissie behandelt hem op {dag}."),
    ({'agenda', 'meeting'}, 'n', "De commissie bespreekt uw brief op {dag} en u bent van harte uitgenodigd om dan in te spreken."),
    ({'distributed', 'redirect'}, 'n', "Ik heb uw brief aan de raad doorgestuurd. Een volgende keer kunt u hem sturen naar {adres}."),
    ({'distributed', 'question'}, 'n', "De raadsleden hebben uw brief van mij gekregen. Eén van hen vraagt: op welke dorpshuizen in "
                                       "onze gemeente doelt u?"),
    ({'declined', 'opt_out'}, 'n', "Wij sturen deze brief niet door en willen ook geen volgende ontvangen; haal ons adres uit uw bestand."),
    ({'receipt'}, 'n', "Uw brief is binnen. Als het presidium dat wil, kan hij in maart worden geagendeerd."),
    ({'receipt'}, 'f', "Uw brief is ontvangen. De griffier beoordeelt of toezending aan de raad aangewezen is."),
)

"""Windows that no menu leads to: what staff see on the way from a file to a message that was sent.

Each scene is played in the browser as a person would, in the demo's country, and photographed where something is to
be read. `album.picture(name)` takes the photograph.
"""
import pathlib
import tempfile

# Kind on screen: file, and a table with something new, something wrong and something known.
FILES = {
    "Register van Overheidsorganisaties": ('organisaties.xml', '''<?xml version="1.0" encoding="UTF-8"?>
<p:overheidsorganisaties xmlns:p="https://organisaties.overheid.nl/static/schema/oo/export/2.6.13"><p:organisaties>
<p:organisatie p:systeemId="7" p:resourceIdentifierTOOI="https://identifier.overheid.nl/tooi/id/gemeente/gm0397">
<p:naam>Gemeente Heemstede</p:naam><p:types><p:type>Gemeente</p:type></p:types>
<p:geografie><p:aantalInwoners>28123</p:aantalInwoners></p:geografie><p:raad><p:totaalZetels>21</p:totaalZetels></p:raad>
</p:organisatie>
<p:organisatie p:systeemId="8"><p:naam>Gemeente Zonder Code</p:naam><p:types><p:type>Gemeente</p:type></p:types>
</p:organisatie></p:organisaties></p:overheidsorganisaties>'''),
    "Griffieadressen": ('griffies.csv', '''Gemeente;E-mail;Griffier;Telefoon
Súdwest-Fryslân;raadsgriffie@sudwest-fryslan.example;Mw. F. Voorbeeld;0515 000 001
's-Gravenhage;griffie@den-haag.example;Dhr. H. Voorbeeld;070 000 0002
Nissewaard;geen adres;;0181 000 003
Nergenshuizen;griffie@nergenshuizen.example;;
'''),
    "Ontmoetingsplekken": ('plekken.csv', '''Naam;Soort;Gemeente;Plaats;Straat;Huisnummer;Postcode;Vrijwilligers
Dorpshuis De Nieuwe Klok;dorpshuis;Súdwest-Fryslân;Woudsend;Midstraat;4;8551 PH;32
Buurthuis 't Bankje;buurthuis;Nergenshuizen;Nergenshuizen;Brink;1;1000 AA;5
'''),
    "Eerdere mailings": ('mailings.csv', '''E-mail;Datum;Onderwerp;Bezorging
griffie@heemstede.example;18-03-2025;Oproep voor dorpshuizen;bezorgd
griffie@aa-en-hunze.example;18-03-2025;Oproep voor dorpshuizen;geweigerd
griffie@zandvoort.example;geen datum;Oproep voor dorpshuizen;bezorgd
'''),
    "Afmeldingen": ('afmeldingen.csv', '''E-mail;Reden
griffie@bloemendaal.example;Wil geen post meer
niet-eens-een-adres;Wil geen post meer
'''),
}


def imports(album):
    client = album.client
    with tempfile.TemporaryDirectory() as folder:
        for number, (kind, (name, content)) in enumerate(FILES.items(), 1):
            path = pathlib.Path(folder) / name
            path.write_text(content)
            client.start_over().open_menu('Raadspost', 'Importeren', 'Nieuwe import')
            client.fill(kind=kind)
            client.attach_file(path)
            album.picture(f'import-{number}-1-file')
            client.press('Verder')
            if client.visible('.modal-dialog'):
                album.picture(f'import-{number}-2-columns')
                client.press('Voorbeeld')
            album.picture(f'import-{number}-3-preview')
            client.press('Verwerken')
            album.picture(f'import-{number}-4-done')


def writing(album, appeal):
    "By the editor: the draft with its preview, the test message, and handing it in."
    client = album.client
    client.start_over().open_menu('Raadspost', 'Oproepen').open_row(appeal)
    for number, title in enumerate(client.pages(), 1):
        client.page(title)
        album.picture(f'appeal-draft-{number}')
        if title == 'Voorbeeld':
            for inner in ("Brief (pdf)", "E-mail als platte tekst"):
                client.page(inner)
                album.picture(f'appeal-draft-{number}-{"letter" if "pdf" in inner else "plain"}')
    client.press('Testbericht naar mijzelf')
    album.picture('appeal-test-message')
    client.page(client.pages()[0])
    client.fill(message="Beste {{griffierr}}, wij schrijven u over {{dorp}}.")
    client.toolbar('save')
    album.picture('appeal-draft-problems')


def approving(album, appeal):
    client = album.client
    client.start_over().open_menu('Raadspost', 'Oproepen').open_row(appeal)
    album.picture('appeal-submitted')
    client.press('Bekijken en goedkeuren ...')
    album.picture('approval-1-mail')
    client.page("Brief (pdf)")
    album.picture('approval-2-letter')


def sent(album):
    "By the administrator: a message as it went out, a decision about it, and arming."
    client = album.client
    client.start_over().open_menu('Raadspost', 'Zendingen').tab_domain('Verzonden')
    album.picture('dispatch-list-sent')
    client.open_first_row()
    for number, title in enumerate(client.pages(), 1):
        client.page(title)
        album.picture(f'dispatch-sent-{number}')
    client.action("Besluiten")
    album.picture('dispatch-decision')
    client.start_over().open_menu('Raadspost', 'Verzending aan en uit').action("Verzenden vrijgeven")
    album.picture('sending-arm')


def following_up(album, appeal):
    "By an approver: the plan of an appeal that runs, another day of it, and what can be decided about it."
    client = album.client
    client.start_over().open_menu('Raadspost', 'Oproepen').tab_domain("Alle").open_row(appeal)
    client.page("Stappen")
    client.open_row("Na de installatie")
    album.picture('step')
    client.start_over().open_menu('Raadspost', 'Oproepen').tab_domain("Alle").open_row(appeal)
    client.page("Plan")
    album.picture('plan-of-appeal')
    client.press("Simuleren op een datum ...")
    album.picture('plan-simulate')
    client.press("Simuleren")
    for number, title in enumerate(client.pages(), 1):
        client.page(title)
        album.picture(f'plan-simulation-{number}')
    client.start_over().open_menu('Raadspost', 'Plan').tab_domain("Alle")
    album.picture('plan-all')
    client.action("Besluiten over het plan")
    album.picture('plan-decision')
    client.start_over().open_menu('Raadspost', 'Dossiers').open_first_row()
    client.action("Een uitkomst vastleggen")
    client.fill(kind="Op de lijst")
    album.picture('outcome-log')

"For tests that count the country's councils: so many on any day, also after the mergers that the country knows of already."


def let_no_council_end(pool):
    Council = pool.get('raadspost.council')
    Council.write(Council.search([('active_to', '!=', None)]), {'active_to': None, 'successor': None})

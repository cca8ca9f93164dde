"An association with an appeal, and a case for each of some invented councils."


def add_cases(pool, how_many):
    party, = pool.get('party.party').create([{'name': "Vereniging Kleine Dorpen"}])
    association, = pool.get('raadspost.association').create([{
        'name': "Vereniging Kleine Dorpen", 'party': party.id, 'sender_name': "Vereniging Kleine Dorpen",
        'sender_email': 'oproep@dorpen.example'}])
    appeal, = pool.get('raadspost.appeal').create([{
        'name': "Een plek voor iedereen", 'association': association.id, 'subject': "Een plek voor {{gemeente}}",
        'message': "Geachte griffie van {{gemeente}},", 'letter': "Geachte raad van {{gemeente}},"}])
    councils = pool.get('raadspost.council').create([
        {'code': f'GM{n:04}', 'name': f"Gemeente {n:02}"} for n in range(1, how_many + 1)])
    cases = pool.get('raadspost.case').create([
        {'appeal': appeal.id, 'council': council.id, 'period': '2026'} for council in councils])
    return [case.id for case in cases]

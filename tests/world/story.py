"""What became of each step of the demo's appeal, as a table: sent when and to how many, and why the others got nothing.

The CRM's plan and the relay's own record tell it; where they differ, the demo fails.
"""
import collections

NAMED = 3  # so few are told by name
WIDTH = 66


def message_steps(pool, appeal):
    "Step by Message-ID."
    return {each.message_id: each.step.id
            for each in pool.get('raadspost.dispatch').search([('appeal', '=', appeal), ('sent_at', '!=', None)])}


def told(line, reasons):
    "Why a council has got nothing (yet)."
    if line.state == 'none':
        return reasons[line.reason]
    if line.state != 'planned':
        return f"{line.state}: {reasons.get(line.reason, '')}".rstrip(': ')
    votes = [term.election.voting_day for term in line.council.terms if term.election and term.installed_on <= line.day]
    return f"planned for {line.day:%d-%m-%Y}, by its election of {max(votes):%d-%m-%Y}"


def rows_of(lines, reasons):
    "(what, number) of one step; the numbers are those of all councils."
    sent = [line for line in lines if line.state == 'sent']
    days = sorted({line.day for line in sent})
    yield "sent " + ' - '.join(f'{day:%d-%m-%Y}' for day in dict.fromkeys(days[:1] + days[-1:])), len(sent)
    others = collections.defaultdict(list)
    for line in lines:
        if line.state != 'sent':
            others[told(line, reasons)].append(line)
    for what, those in sorted(others.items(), key=lambda item: -len(item[1])):
        names = ', '.join(sorted(line.council.name for line in those)) if len(those) <= NAMED else ''
        yield (f"{names}: {what}" if names else what), len(those)


def table(pool, appeal):
    "(step, [(what, number)]) in order."
    Line = pool.get('raadspost.plan.line')
    reasons = dict(Line.reason.selection)
    for step in pool.get('raadspost.appeal')(appeal).steps:
        lines = Line.search([('step', '=', step.id), ('simulation', '=', None)])
        yield step.name, list(rows_of(lines, reasons))


def print_story(demo, relay):
    "Gives whether all that was due is settled, and nobody got a step twice."
    appeal = demo.appeal()
    with demo.database.transaction(language='en') as pool:
        councils = pool.get('raadspost.council').search([], count=True)
        states = collections.Counter(
            each.state for each in pool.get('raadspost.dispatch').search([('appeal', '=', appeal)]))
        of_message = message_steps(pool, appeal)
        steps = list(table(pool, appeal))
    taken = relay.taken()
    twice = sum(1 for times in collections.Counter(
        (mailbox, of_message.get(message)) for mailbox, message in taken).values() if times > 1)
    print()
    for name, rows in steps:
        print(f'  {name}')
        for what, number in rows:
            print(f'    {what:<{WIDTH}}{number:>8}')
    print()
    for what, number in [("councils, each with one line for each step", councils),
                         ("sent", states['sent'] + states['delivered']), ("refused", states['refused']),
                         ("under way", sum(states[one] for one in UNDER_WAY)), ("uncertain", states['uncertain']),
                         ("taken by the relay", len(taken)), ("mailboxes that got a step twice", twice)]:
        print(f'  {what:<{WIDTH + 2}}{number:>8}')
    adds_up = all(sum(number for _, number in rows) == councils for _, rows in steps)
    settled = not any(states[one] for one in (*UNDER_WAY, 'uncertain'))
    return adds_up and settled and twice == 0 and len(of_message) == len(taken) > 0


UNDER_WAY = ('released', 'claimed', 'deferred')

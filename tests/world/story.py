"""What became of the demo's appeal, as tables: each step, sent when and to how many, and why the others got nothing; the
councils by what they did with it; what the machine settled by itself, how often it was right, and what waits for a person.

The CRM's plan, the relay's own record and what the world knows tell it; where they differ, the demo fails.
"""
import collections

from judgement import Judgement, councils_by_outcome
from world import read_truth

NAMED = 3  # so few are told by name
WIDTH = 66


def message_steps(pool, appeal):
    "Step, and how often it was tried, by Message-ID."
    return {each.message_id: (each.step.id, each.occurrence)
            for each in pool.get('raadspost.dispatch').search([('appeal', '=', appeal), ('sent_at', '!=', None)])}


def told(line, reasons, states):
    "Why a council has got nothing (yet)."
    if line.state == 'none':
        return reasons[line.reason]
    if line.state != 'planned':
        return f"{states[line.state]}: {reasons.get(line.reason, '')}".rstrip(': ')
    votes = [term.election.voting_day for term in line.council.terms if term.election and term.installed_on <= line.day]
    return f"planned for {line.day:%d-%m-%Y}, by its election of {max(votes):%d-%m-%Y}"


def rows_of(lines, reasons, states):
    "(what, number) of one step; the numbers are those of all councils."
    sent = [line for line in lines if line.state == 'sent']
    days = sorted({line.day for line in sent})
    yield "sent " + ' - '.join(f'{day:%d-%m-%Y}' for day in dict.fromkeys(days[:1] + days[-1:])), len(sent)
    others = collections.defaultdict(list)
    for line in lines:
        if line.state != 'sent':
            others[told(line, reasons, states)].append(line)
    for what, those in sorted(others.items(), key=lambda item: -len(item[1])):
        names = ', '.join(sorted(line.council.name for line in those)) if len(those) <= NAMED else ''
        yield (f"{names}: {what}" if names else what), len(those)


def table(pool, appeal):
    "(step, [(what, number)]) in order."
    Line = pool.get('raadspost.plan.line')
    reasons, states = dict(Line.reason.selection), dict(Line.state.selection)
    for step in pool.get('raadspost.appeal')(appeal).steps:
        lines = Line.search([('step', '=', step.id), ('simulation', '=', None)])
        yield step.name, list(rows_of(lines, reasons, states))


def print_outcomes(pool, appeal, councils):
    "Gives whether each council stands once in either column."
    tables = councils_by_outcome(pool, appeal)
    labels = {**dict(pool.get('raadspost.outcome').kind.selection), **WITHOUT_OUTCOME}
    print(f"  {'What the councils did with it':<{WIDTH}}{'until 2026':>10}{'latest':>10}")
    for kind in sorted(set(tables['before']) | set(tables['after']), key=list(labels).index):
        print(f"    {labels[kind]:<{WIDTH - 2}}{tables['before'][kind]:>10}{tables['after'][kind]:>10}")
    print()
    return all(sum(table.values()) == councils for table in tables.values())


def print_judgement(judgement):
    numbers = judgement.numbers
    print("  What came back")
    for what, number, right in [
            ("settled by the machine alone", numbers['by the machine'], numbers['by the machine, right']),
            ("judged by a person", numbers['by a person'], None),
            ("wait in triage, with a proposal", numbers['waiting'], numbers['waiting, right'])]:
        exact = '' if right is None else f"{right} exactly right"
        print(f'    {what:<{WIDTH - 2}}{number:>10}  {exact}')
    for what, number in [("answers on the page", numbers['clicks']), ("telephone calls", numbers['calls']),
                         ("requests of gateways that look at links", numbers['requests']),
                         ("forms that a gateway filled in, marked as such", numbers['marked'])]:
        print(f'    {what:<{WIDTH - 2}}{number:>10}')
    for what, number in [("outcomes by the machine alone", numbers['outcomes by the machine']),
                         ("of these wrong, by what the world knows", len(judgement.wrong)),
                         ("messages lost", numbers['lost'] + numbers['unread']),
                         ("messages or outcomes counted twice", numbers['twice'] + numbers['counted twice'])]:
        print(f'    {what:<{WIDTH - 2}}{number:>10}')
    for sentence in judgement.wrong:
        print(f'    wrong: {sentence}')
    print()


def print_story(demo, relay):
    "Gives whether all that was due is settled, nobody got a step twice, and what came back is counted as it was meant."
    appeal = demo.appeal()
    with demo.database.transaction(language='en') as pool:
        councils = pool.get('raadspost.council').search([], count=True)
        states = collections.Counter(
            each.state for each in pool.get('raadspost.dispatch').search([('appeal', '=', appeal)]))
        of_message = message_steps(pool, appeal)
        print()
        adds_up = True
        for name, rows in table(pool, appeal):
            print(f'  {name}')
            for what, number in rows:
                print(f'    {what:<{WIDTH}}{number:>8}')
            adds_up = adds_up and sum(number for _, number in rows) == councils
        print()
        adds_up = print_outcomes(pool, appeal, councils) and adds_up
        judgement = Judgement(pool, read_truth(demo.folder))
        print_judgement(judgement)
    taken = relay.taken()
    twice = sum(1 for times in collections.Counter(
        (mailbox, of_message.get(message)) for mailbox, message in taken).values() if times > 1)
    for what, number in [("councils, each with one line for each step", councils),
                         ("sent", states['sent'] + states['delivered'] + states['bounced']), ("of these came back", states['bounced']),
                         ("refused", states['refused']),
                         ("under way", sum(states[one] for one in UNDER_WAY)), ("uncertain", states['uncertain']),
                         ("taken by the relay", len(taken)), ("mailboxes that got a step twice unasked", twice)]:
        print(f'  {what:<{WIDTH + 2}}{number:>8}')
    settled = not any(states[one] for one in (*UNDER_WAY, 'uncertain'))
    return adds_up and settled and twice == 0 and len(of_message) == len(taken) > 0 and judgement.is_all_right


UNDER_WAY = ('released', 'claimed', 'deferred')
WITHOUT_OUTCOME = {'silent': "No answer", 'bounced': "Mail came back", 'not_written': "Not written to"}

"""Holds what the CRM made of the country's answers against what the world knows: what was lost, counted twice, or believed
without reason; how often the machine was right, and what waits for a person.

The CRM's records are read as they are; what follows from a message is worked out here once more, from the truth alone.
"""
import collections

# What each kind of answer says about the appeal, as it is logged.
OUTCOMES = {'receipt': 'receipt', 'distributed': 'passed_on', 'listed': 'listed', 'to_college': 'to_college', 'agenda': 'agenda',
            'meeting': 'meeting', 'question': 'question', 'declined': 'declined', 'opt_out': 'no_more'}
BOUNCES = {'bounce_hard', 'bounce_soft'}


class Judgement:
    "`truths`: what the world knows (world.read_truth)."

    def __init__(self, pool, truths):
        self.mail = {each['key']: each for each in truths if each['what'] == 'mail'}
        self.clicks = [each for each in truths if each['what'] == 'click']
        self.calls = [each for each in truths if each['what'] == 'call']
        self.looks = [each for each in truths if each['what'] == 'look']
        self.wrong = []  # sentences
        self.messages = pool.get('raadspost.message').search([])
        self.numbers = collections.Counter()
        self._count_messages()
        self._judge_outcomes(pool)
        self._judge_effects(pool)
        self._judge_pages(pool)

    # --- messages -------------------------------------------------------------------------------------------

    def _count_messages(self):
        kept = collections.Counter(each.message_id for each in self.messages)
        self.numbers['lost'] = sum(1 for key in self.mail if not kept[key])
        self.numbers['twice'] = sum(times - 1 for times in kept.values() if times > 1)
        self.numbers['unread'] = sum(1 for each in self.messages if each.state == 'unread')
        for message in self.messages:
            truth = self.mail.get(message.message_id)
            if truth is None:
                continue
            right = self.is_right(message, truth)
            if message.decided_at:
                self.numbers['by a person'] += 1
            elif message.state == 'settled':
                self.numbers['by the machine'] += 1
                self.numbers['by the machine, right'] += right
            else:
                self.numbers['waiting'] += 1
                self.numbers['waiting, right'] += right

    def is_right(self, message, truth):
        "Whether the machine understood it: all that it says, for whom."
        council = message.machine_case.council.code if message.machine_case else '-'
        if truth['forged']:
            return message.trust == 'forged'
        if set(filter(None, (message.machine_kinds or '').split(','))) != set(truth['kinds']):
            return False
        # A report or a note of absence is about a mailbox, whichever council's.
        return council == truth['council'] or not outcomes_of(truth) and council == '-'

    def believed(self, message):
        "By the machine alone."
        return message is not None and message.decided_at is None

    # --- what follows from them -----------------------------------------------------------------------------

    def _judge_outcomes(self, pool):
        Outcome = pool.get('raadspost.outcome')
        seen = collections.Counter()
        for outcome in Outcome.search([('corrected_by', '=', None), ('kind', '!=', 'retracted'), ('message', '!=', None)]):
            seen[(outcome.message.id, outcome.case.id, outcome.kind)] += 1
            truth = self.mail.get(outcome.message.message_id)
            if truth and self.believed(outcome.message):
                self.numbers['outcomes by the machine'] += 1
                if truth['council'] != outcome.case.council.code or outcome.kind not in outcomes_of(truth):
                    self.wrong.append(f"{outcome.case.council.name}: {outcome.kind}, but it said {truth['kinds']}: "
                                      f"{outcome.evidence}")
        self.numbers['counted twice'] = sum(times - 1 for times in seen.values())
        told = collections.Counter((each.case.council.code, each.kind) for each in Outcome.search([('source', '=', 'staff')]))
        expected = collections.Counter((each['council'], each['outcome']) for each in self.calls)
        self.numbers['calls'] = len(self.calls)
        if told - expected or expected - told:
            self.wrong.append(f"calls were logged otherwise: {told - expected}, {expected - told}")

    def _judge_effects(self, pool):
        "Beside outcomes: addresses, suppressions, decisions about the plan."
        for effect in pool.get('raadspost.message.effect').search([('standing', '=', True), ('kind', '!=', 'outcome')]):
            truth = self.mail.get(effect.message.message_id)
            if truth and self.believed(effect.message) and not follows(effect.kind, truth):
                self.wrong.append(f"{effect.kind} {effect.became} follows from {truth['kinds']}: {effect.message.subject}")
            if truth and truth['forged']:
                self.wrong.append(f"forged mail is believed: {effect.message.subject}")

    # --- the pages ------------------------------------------------------------------------------------------

    def _judge_pages(self, pool):
        greedy = [each for each in self.looks if each['greedy']]
        self.numbers['clicks'] = len(self.clicks)
        self.numbers['requests'] = sum(each['requests'] for each in self.looks)
        answers = pool.get('raadspost.page_answer').search([])
        self.numbers['marked'] = sum(1 for each in answers if each.likely_scanner)
        if self.numbers['marked'] != len(greedy):
            self.wrong.append(f"{len(greedy)} gateways submitted a form, {self.numbers['marked']} are marked")
        given = collections.Counter((each.case.council.code, tuple(sorted((each.outcomes or '').split(','))))
                                    for each in answers if not each.likely_scanner)
        expected = collections.Counter((each['council'], tuple(sorted(each['outcomes']))) for each in self.clicks)
        if given - expected:
            self.wrong.append(f"answers on pages that nobody gave: {given - expected}")
        for each in answers:
            if not each.likely_scanner and each.who != 'griffier' and each.state == 'counted':
                self.wrong.append(f"somebody else than the griffie is believed: {each.case.council.name}")

    # --- for the table --------------------------------------------------------------------------------------

    @property
    def is_all_right(self):
        return not self.wrong and not any(self.numbers[each] for each in ('lost', 'twice', 'unread', 'counted twice'))


def outcomes_of(truth):
    return {OUTCOMES[kind] for kind in truth['kinds'] if kind in OUTCOMES}


def follows(effect, truth):
    kinds = set(truth['kinds'])
    if truth['forged']:
        return False
    return {'delivered': not kinds & BOUNCES, 'bounced': bool(kinds & BOUNCES), 'failing': 'bounce_hard' in kinds,
            'suppression': 'opt_out' in kinds, 'postpone': bool(truth['absent_until']), 'retry': 'bounce_soft' in kinds,
            'new_address': False}[effect]


def councils_by_outcome(pool, appeal):
    "{the first council, the latest one}: {furthest outcome or state: councils}; each council once in either."
    cases = collections.defaultdict(list)
    for case in pool.get('raadspost.case').search([('appeal', '=', appeal)], order=[('period', 'ASC')]):
        cases[case.council.code].append(case)
    tables = {'before': collections.Counter(), 'after': collections.Counter()}
    for code in {each.code for each in pool.get('raadspost.council').search([])}:
        own = cases[code]
        tables['before'][standing(own[0] if own else None)] += 1
        tables['after'][standing(own[-1] if len(own) > 1 else None)] += 1
    return tables


def standing(case):
    if case is None or not any(each.sent_at for each in case.dispatches):
        return 'not_written'
    if case.refusal:
        return case.refusal
    if case.highest:
        return case.highest
    return 'bounced' if all(each.state == 'bounced' for each in case.dispatches if each.sent_at) else 'silent'

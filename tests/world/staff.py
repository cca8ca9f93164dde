"""What the association's people do with what comes back, by the CRM's own screens: they judge messages one after another,
confirm new addresses, and write down what was said by telephone. They can read, so they know what is true.
"""
import datetime


class Screen:
    "A wizard in the hands of its user; gives (state, what it shows) of each form."

    def __init__(self, pool, name, model, records):
        from trytond.transaction import Transaction
        self.wizard = pool.get(name, type='wizard')
        self.context = {'active_model': model, 'active_ids': list(records), 'active_id': records[0] if records else None}
        self.transaction = Transaction()
        self.view = None
        with self.transaction.set_context(**self.context):
            self.session, self.start, _ = self.wizard.create()

    def press(self, button, **changed):
        data = {}
        if self.view:
            shown = {name: value for name, value in self.view['defaults'].items() if not name.endswith('.')}
            data = {self.view['state']: {**shown, **changed}}
        with self.transaction.set_context(**self.context):
            self.view = self.wizard.execute(self.session, data, button).get('view')
        return (self.view['state'], self.view['defaults']) if self.view else (None, {})


def day(text):
    return datetime.date.fromisoformat(text) if text else None


def judgement_of(pool, message, truth, shown):
    "The fields of the form as somebody fills them in who has read the message."
    kinds = truth['kinds']
    fields = {f'kind_{number}' if number > 1 else 'kind': kind for number, kind in enumerate([*kinds, '', '', ''][:4], 1)}
    if message.council is None or message.council.code != truth['council']:
        case, = pool.get('raadspost.case').search(
            [('council.code', '=', truth['council']), ('dispatches.sent_at', '!=', None)], order=[('id', 'DESC')], limit=1)
        fields['case'] = case.id
    return fields | {'list_number': truth['list_number'], 'case_number': truth['case_number'], 'redirect_to': truth['redirect_to'],
                     'list_date': day(truth['list_date']), 'meeting_date': day(truth['meeting_date']),
                     'absent_until': day(truth['absent_until']), 'disposal': shown.get('disposal', '')}


def accept_what_is_right(database, user, truths):
    "By the button of the message's form; gives how many."
    with database.transaction(user=user, commit=True, _check_access=True) as pool:
        Message = pool.get('raadspost.message')
        right = [each for each in Message.search([('state', '=', 'proposed'), ('trust', '!=', 'forged')])
                 if each.case and each.case.council.code == truths[each.message_id]['council']
                 and set(each.kinds.split(',')) == set(truths[each.message_id]['kinds'])]
        for each in right:
            Message.accept_proposal([each])
        return len(right)


def judge(database, user, truths, most=None):
    "New addresses first, then the most urgent; gives how many were judged. What says not for whom it is, is left."
    with database.transaction(user=user, commit=True, _check_access=True) as pool:
        Message = pool.get('raadspost.message')
        moved = Message.search([('state', '=', 'proposed'), ('kinds', 'like', '%redirect%'), ('trust', '!=', 'forged')])
        screen = Screen(pool, 'raadspost.triage', 'raadspost.message', [each.id for each in moved])
        state, shown = screen.press(screen.start)
        judged = 0
        while state in ('judge', 'suspect', 'page') and (most is None or judged < most):
            if state == 'page':
                # Somebody else's word is taken over, a griffie's remark is read.
                said = pool.get('raadspost.page_answer')(shown['page_answer'])
                state, shown = screen.press('put_aside_page' if said.who == 'griffier' else 'accept_page')
                judged += 1
                continue
            suffix = '_suspect' if state == 'suspect' else ''
            message = Message(shown['message'])
            truth = truths[message.message_id]
            if truth['council'] != '-':
                state, shown = screen.press('accept' + suffix, **judgement_of(pool, message, truth, shown))
                judged += 1
            elif truth['forged'] or 'nothing to do with it' in truth['note']:
                state, shown = screen.press('put_aside' + suffix)
                judged += 1
            else:
                state, shown = screen.press('later' + suffix)
        return judged


def take(database, user, call):
    "Writes down what somebody said by telephone, with the outcome that it has."
    with database.transaction(user=user, commit=True, _check_access=True) as pool:
        case = pool.get('raadspost.case').search([('council.code', '=', call.council), ('dispatches.sent_at', '!=', None)],
                                                 order=[('id', 'DESC')], limit=1)
        at = call.at.astimezone(datetime.timezone.utc).replace(tzinfo=None)
        if pool.get('raadspost.contact').search([('case', '=', case[0].id), ('at', '=', at)], limit=1):
            return
        screen = Screen(pool, 'raadspost.contact.log', 'raadspost.case', [case[0].id])
        screen.press(screen.start)
        screen.press('log', kind='phone', at=at, with_whom=call.who, outcome=call.outcome, note=call.said)

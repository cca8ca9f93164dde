"""For the tests of answers: councils that are written to and answer: an appeal whose first message has left, and mail that comes back into a
Maildir, read by the same loop as in raadspostd. Everything is committed, as the reader works in transactions of its own.
"""
import base64
import datetime
import hashlib
import hmac
import itertools
import os
import tempfile
import unittest

from database import HostTest

SECRET = bytes(range(32))
OWN_SERVER = 'mx.dorpen.example'
REPLY_DOMAIN = 'post.dorpen.example'
KINDS = {'bounce': 1, 'reply': 2}


def token(kind, row):
    "As core/link/token.hpp has it."
    key = hmac.new(SECRET, f'raadspost link key 1 {kind}'.encode(), 'sha256').digest()
    head = bytes([1 << 4 | KINDS[kind], 1]) + row.to_bytes((row.bit_length() + 7) // 8, 'big')
    mark = hmac.new(key, head, 'sha256').digest()[:16]
    return base64.b32encode(head + mark).decode().lower().rstrip('=')


class AnswerTest(HostTest):
    modules = ['raadspost']
    codes = itertools.count(1)
    mails = itertools.count(1)

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix='raadspost-answers-')
        cls.addClassCleanup(cls.folder.cleanup)
        keys = os.path.join(cls.folder.name, 'keys')
        with open(os.open(keys, os.O_WRONLY | os.O_CREAT, 0o600), 'w') as file:
            file.write(f'raadspost-keys 1\nkey 1 1760000000 {SECRET.hex()}\n')
        cls.maildir = os.path.join(cls.folder.name, 'Maildir')
        for name in ('new', 'cur', 'tmp'):
            os.makedirs(os.path.join(cls.maildir, name))
        cls.sections = {'raadspost': {'keys': keys}}
        super().setUpClass()
        with cls.database.transaction(commit=True) as pool:
            party, = pool.get('party.party').create([{'name': 'Vereniging Kleine Dorpen'}])
            association, = pool.get('raadspost.association').create([{
                'name': party.name, 'party': party.id, 'sender_name': party.name,
                'sender_email': 'oproep@dorpen.example', 'city': 'Oosterduin'}])
            cls.association = association.id
            configuration = pool.get('raadspost.configuration')(1)
            configuration.approval_required = False
            configuration.hold_minutes = configuration.silence_days = 0
            configuration.reply_domain = REPLY_DOMAIN
            configuration.save()
            pool.get('raadspost.mail.source').create([{
                'name': 'Postbus', 'kind': 'maildir', 'path': cls.maildir, 'authserv_id': OWN_SERVER}])

    # --- what was sent -----------------------------------------------------------------------------------

    def setUp(self):
        "An appeal of its own for each test; those of the tests before are closed."
        self.sent_at = datetime.datetime.utcnow().replace(microsecond=0) - datetime.timedelta(days=5)
        with self.database.transaction(commit=True) as pool:
            Appeal = pool.get('raadspost.appeal')
            Appeal.write(Appeal.search([]), {'state': 'closed'})
            Griffie, Suppression = pool.get('raadspost.griffie'), pool.get('raadspost.suppression')
            Suppression.delete(Suppression.search([]))
            for griffie in Griffie.search([('name', 'not like', '%@%')]):
                place = griffie.name.rpartition(' ')[2].lower()
                if griffie.councils:
                    Griffie.write([griffie], {'email': f'griffie@{place}.example', 'status': 'confirmed'})

    def appeal(self, *councils, mailbox=None, name='Plekken'):
        """Sent to these councils, each behind an office of its own or all behind `mailbox`: gives the dispatches, in
        the order of the councils (one for all at a shared office)."""
        with self.database.transaction(commit=True) as pool:
            Council, Griffie, Appeal, Step, Dispatch = map(pool.get, [
                'raadspost.council', 'raadspost.griffie', 'raadspost.appeal', 'raadspost.step', 'raadspost.dispatch'])
            ids = []
            for council in councils:
                known = Council.search([('name', '=', council)])
                if not known:
                    known = Council.create([{'code': f'GM{next(self.codes):04}', 'name': council,
                                             'website': f'https://www.{council.lower()}.example'}])
                    if not mailbox:
                        Griffie.create([{'name': f'Griffie {council}', 'email': f'griffie@{council.lower()}.example',
                                         'status': 'confirmed', 'councils': [('add', [known[0].id])]}])
                ids.append(known[0].id)
            if mailbox:
                Griffie.create([{'name': f'Griffie {mailbox}', 'email': mailbox, 'status': 'confirmed',
                                 'councils': [('add', ids)]}])
            appeal, = Appeal.create([{
                'name': name, 'association': self.association, 'subject': 'Een plek voor uw dorpen', 'letter': '',
                'message': 'Geachte griffie,\n\nWilt u dit doorsturen?\n', 'councils': [('add', ids)]}])
            Step.write(list(appeal.steps), {'with_letter': False})
            Step.create([{'appeal': appeal.id, 'sequence': 9, 'name': 'Herinnering', 'anchor': 'previous_step',
                          'offset': 10, 'offset_unit': 'working_days', 'condition': 'no_answer'}])
            Appeal.write([appeal], {'state': 'running', 'starts_at': self.sent_at})
            Appeal.plan(self.sent_at)
            dispatches = Dispatch.search([('appeal', '=', appeal.id), ('step.sequence', '<', 9)])
            for dispatch in dispatches:
                Dispatch.write([dispatch], {
                    'state': 'sent', 'sent_at': self.sent_at, 'subject': 'Een plek voor uw dorpen',
                    'message_id': f'{dispatch.id}.{appeal.id}@dorpen.example'})
            self.appeal_id, self.councils = appeal.id, dict(zip(councils, ids))
            by_council = {case.council.id: dispatch.id for dispatch in dispatches for case in dispatch.cases}
            return [by_council[council] for council in ids]

    # --- what comes back ---------------------------------------------------------------------------------

    def mail(self, dispatch, text, *, sender='griffie@oosterduin.example', to='reply', dmarc='pass', server=OWN_SERVER,
             subject='Re: Een plek voor uw dorpen', days=1, headers=(), thread=False, body_type='text/plain', forged=()):
        "The bytes of an answer; `to` is the kind of signed address, None for the association's own."
        date = self.sent_at + datetime.timedelta(days=days)
        recipient = f'{to}+{token(to, dispatch)}@{REPLY_DOMAIN}' if to else 'oproep@dorpen.example'
        domain = sender.rpartition('@')[2].rstrip('>')
        lines = [*(f'Authentication-Results: {each}' for each in forged if each.startswith('above ')),
                 *([f'Authentication-Results: {server}; dmarc={dmarc} header.from={domain}'] if dmarc else []),
                 *(f'Authentication-Results: {each}' for each in forged),
                 f'From: {sender}', f'To: {recipient}', f'Subject: {subject}',
                 f'Message-ID: <{next(self.mails)}@{domain}>', f'Date: {date:%a, %d %b %Y %H:%M:%S} +0000',
                 *([f'In-Reply-To: <{self.message_id(dispatch)}>'] if thread else []), *headers, 'MIME-Version: 1.0',
                 f'Content-Type: {body_type}; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', text, '']
        return '\r\n'.join('\n'.join(lines).split('\n')).encode()

    def message_id(self, dispatch):
        with self.database.transaction() as pool:
            return pool.get('raadspost.dispatch')(dispatch).message_id

    def bounce(self, dispatch, *, action='failed', status='5.1.1', recipient='griffie@oosterduin.example',
               diagnostic='550 5.1.1 User unknown', to='bounce', returned=True, days=1, reply=None):
        "Of the dispatch; or of that reply in its thread."
        report = (f'Reporting-MTA: dns; mx.oosterduin.example\n\nFinal-Recipient: rfc822; {recipient}\n'
                  f'Action: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {diagnostic}\n')
        ours = f'<{self.message_id(dispatch)}>'
        thread = f'<{reply}>\nIn-Reply-To: {ours}\nReferences: {ours}' if reply else ours
        original = (f'Message-ID: {thread}\nSubject: Een plek voor uw dorpen\n'
                    f'From: oproep@dorpen.example\nTo: {recipient}\n')
        parts = [('text/plain', f'Your message was not delivered.\n{diagnostic}\n'), ('message/delivery-status', report)]
        if returned:
            parts.append(('text/rfc822-headers', original))
        body = ''.join(f'--grens\nContent-Type: {kind}\n\n{text}\n' for kind, text in parts) + '--grens--\n'
        recipient = f'{to}+{token(to, dispatch)}@{REPLY_DOMAIN}' if to else 'oproep@dorpen.example'
        date = self.sent_at + datetime.timedelta(days=days)
        head = ['Return-Path: <>', 'From: Mail Delivery System <MAILER-DAEMON@mx.oosterduin.example>', f'To: {recipient}',
                'Subject: Undelivered Mail Returned to Sender', f'Message-ID: <{next(self.mails)}@mx.oosterduin.example>',
                f'Date: {date:%a, %d %b %Y %H:%M:%S} +0000', 'MIME-Version: 1.0',
                *([f'In-Reply-To: <{reply}>', f'References: {ours} <{reply}>'] if reply else []),
                'Content-Type: multipart/report; report-type=delivery-status; boundary=grens', '', body]
        return '\r\n'.join('\n'.join(head).split('\n')).encode()

    def take_in(self, *mails):
        "Delivers them and lets the reader work; gives the ids of the messages that are new, in order."
        for mail in mails:
            name = f'{next(self.mails)}.{hashlib.sha256(mail).hexdigest()[:8]}.host'
            with open(os.path.join(self.maildir, 'tmp', name), 'wb') as file:
                file.write(mail)
            os.rename(os.path.join(self.maildir, 'tmp', name), os.path.join(self.maildir, 'new', name))
        with self.database.transaction() as pool:
            last = max((each.id for each in pool.get('raadspost.message').search([])), default=0)
        with self.database.transaction() as pool:
            pool.get('raadspost.mail.source').read_slice()
        with self.database.transaction() as pool:
            return [each.id for each in pool.get('raadspost.message').search([('id', '>', last)], order=[('id', 'ASC')])]

    # --- what stands then --------------------------------------------------------------------------------

    def message(self, message):
        with self.database.transaction() as pool:
            row, = pool.get('raadspost.message').read([message], [
                'state', 'trust', 'kinds', 'case', 'council', 'dispatch', 'list_number', 'list_date', 'meeting_date',
                'redirect_to', 'absent_until', 'deciding_line', 'trouble', 'urgent', 'failure', 'failed_address',
                'machine_kinds', 'decided_by'])
            row['candidates'] = [each.case.council.name for each in pool.get('raadspost.message')(message).candidates]
            return row

    def standing(self, dispatch, council=None):
        "Everything about a council that an answer may change."
        with self.database.transaction() as pool:
            Dispatch, Outcome, Decision, Suppression, Line = map(pool.get, [
                'raadspost.dispatch', 'raadspost.outcome', 'raadspost.plan.decision', 'raadspost.suppression',
                'raadspost.plan.line'])
            sent = Dispatch(dispatch)
            of = [('council', '=', self.councils[council])] if council else []
            cases = [case.id for case in sent.cases if not council or case.council.id == self.councils[council]]
            councils = [case.council.id for case in sent.cases] if not council else [self.councils[council]]
            outcomes = Outcome.search([('case', 'in', cases), ('corrected_by', '=', None), ('kind', '!=', 'retracted')])
            reminders = Line.search([('appeal', '=', sent.appeal.id), ('council', 'in', councils),
                                     ('simulation', '=', None), ('step.sequence', '=', 9)])
            return {
                'dispatch': sent.state if sent.state != 'bounced' else f'bounced {sent.reason}',
                'outcomes': sorted((each.kind, each.list_number or '', str(each.list_date or each.meeting_date or ''))
                                   for each in outcomes),
                'griffie': (sent.griffie.email, sent.griffie.status),
                'suppressed': len(Suppression.search([('mailbox', '=', sent.mailbox)])),
                'decisions': sorted((each.kind, str(each.until or '')) for each in Decision.search(
                    [('appeal', '=', sent.appeal.id), ('undone', '=', False), *of])),
                'reminder': sorted(f'{line.state} {line.reason or line.moved_by or ""}'.strip() for line in reminders),
            }

    untouched = {'dispatch': 'sent', 'outcomes': [], 'griffie': ('griffie@oosterduin.example', 'confirmed'),
                 'suppressed': 0, 'decisions': [], 'reminder': ['planned']}

    def assert_stands(self, sent, /, **changed):
        stands = self.standing(sent)
        if 'reminder' not in changed:
            stands.pop('reminder')
        expected = {**self.untouched, **changed}
        self.assertEqual(stands, {key: value for key, value in expected.items() if key in stands})


if __name__ == '__main__':
    unittest.main()

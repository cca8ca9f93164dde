"""What staff see of answers, in a real trytond: the wizard that judges one message after another, who may use it, the
rules in versions with what a change would do, and contacts by other ways than mail."""
import contextlib
import datetime
import sqlite3
import unittest

from answering import AnswerTest
from database import Database

LISTED = 'Uw brief staat onder nummer 28 op de lijst van ingekomen stukken van 10 december 2026.'
PASSED_ON = 'Ik heb uw brief doorgestuurd aan de raadsleden.'
WEIRD = 'De bloemen staan er weer prachtig bij in de tuin van het gemeentehuis.'


class TriageScreensTest(AnswerTest):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.database.transaction(commit=True) as pool:
            Data, User = pool.get('ir.model.data'), pool.get('res.user')
            cls.users = {group: User.create([{
                'name': group, 'login': group, 'groups': [('add', [Data.get_id('raadspost', f'group_{group}')])]}])[0].id
                for group in ('reader', 'editor', 'approver', 'administrator')}

    def setUp(self):
        super().setUp()
        self.dispatch, = self.appeal('Oosterduin')
        with self.database.transaction(commit=True) as pool:
            Message = pool.get('raadspost.message')
            Message.write(Message.search([('state', 'in', ['new', 'proposed', 'set_aside'])]), {'state': 'settled'})

    @contextlib.contextmanager
    def as_client(self, group, commit=False):
        from trytond.transaction import Transaction
        with self.database.transaction(user=self.users[group], commit=commit) as pool:
            with Transaction().set_context(_check_access=True):
                yield pool

    def assert_refused(self, part, action, *arguments):
        from trytond.exceptions import UserError
        with self.assertRaises(UserError) as refused:
            action(*arguments)
        self.assertIn(part, refused.exception.message)

    # --- one after another -------------------------------------------------------------------------------

    def sit_down(self, pool, messages=()):
        from trytond.transaction import Transaction
        Triage = pool.get('raadspost.triage', type='wizard')
        context = {'active_model': 'raadspost.message', 'active_ids': list(messages)} if messages else {}
        with Transaction().set_context(**context):
            session, start, _ = Triage.create()
        view = None

        def go(state, **changed):
            nonlocal view
            data = {view['state']: {**view['defaults'], **changed}} if view else {}
            for values in data.values():
                for name in [name for name in values if name.endswith('.')]:
                    values.pop(name)
            with Transaction().set_context(**context):
                view = Triage.execute(session, data, state)['view']
            return view['state'], view['defaults']
        return start, go

    def proposals(self, *texts):
        return self.take_in(*(self.mail(self.dispatch, text, dmarc=None, days=n + 1) for n, text in enumerate(texts)))

    def test_accepted_and_the_next_one_opens(self):
        first, second, third = self.proposals(LISTED, PASSED_ON, WEIRD)
        with self.as_client('editor', commit=True) as pool:
            start, go = self.sit_down(pool)
            seen = {}
            state, shown = go(start)
            for _ in range(3):
                self.assertEqual(state, 'judge')
                seen[shown['message']] = shown
                if shown['message'] == first:
                    state, shown = go('accept')
                elif shown['message'] == second:
                    state, shown = go('accept', typed='gespr')
                else:
                    state, shown = go('later')
            self.assertEqual(state, 'nothing_left')
            self.assertIn("later: 1", shown['summary'])
        self.assertIn('▶ ' + LISTED + ' ◀', seen[first]['text'])
        self.assertIn('Vanwege: "', seen[first]['why'])
        self.assertIn("Oosterduin, Plekken", seen[first]['case_name'])
        self.assertEqual(self.message(first)['state'], 'settled')
        self.assertEqual(self.message(second)['kinds'], 'meeting')
        self.assertNotEqual(self.message(third)['state'], 'settled')
        with self.database.transaction() as pool:
            agreed = {each.message.id: each.agreed for each in pool.get('raadspost.example').search([])}
            self.assertEqual((agreed[first], agreed[second]), (True, False))

    def page_answer(self, **said):
        with self.database.transaction(commit=True) as pool:
            dispatch = pool.get('raadspost.dispatch')(self.dispatch)
            answer, = pool.get('raadspost.page_answer').create([{
                'case': dispatch.cases[0].id, 'dispatch': dispatch.id, 'at': datetime.datetime.utcnow(),
                'state': 'to_judge', 'fingerprint': 'x', **said}])
            pool.get('raadspost.appeal').plan_councils([dispatch.cases[0].council.id])
            return answer.id

    def test_answers_on_the_page_come_between_the_messages(self):
        "The most urgent first: a remark may be a question; Enter takes over what was said."
        message, = self.proposals(LISTED)
        remark = self.page_answer(who='griffier', remark='Kunt u bellen?')
        councillor = self.page_answer(who='councillor', outcomes='listed', list_number='7', stop='appeal')
        moved = self.page_answer(who='griffier', new_address='raad@oosterduin.example')
        self.assertEqual(self.standing(self.dispatch)['reminder'], ['held to_judge'])
        with self.as_client('editor', commit=True) as pool:
            self.assertIn("Te beoordelen: 4, waarvan 3 via de antwoordpagina.", pool.get('raadspost.to_do')(1).advice)
            start, go = self.sit_down(pool)
            order = []
            state, shown = go(start)
            self.assertIn('nog 4', shown['progress'])
            while state == 'page':
                order.append(shown['page_answer'])
                self.assertIn('Oosterduin, Plekken', shown['case_name'])
                state, shown = go('put_aside_page' if order[-1] == remark else 'accept_page')
            self.assertEqual((state, shown['message']), ('judge', message))
            go('later')
        self.assertEqual(order, [remark, councillor, moved])
        stands = self.standing(self.dispatch)
        self.assertEqual((stands['outcomes'], stands['suppressed']), ([('listed', '7', '')], 1))
        self.assertEqual(stands['griffie'], ('raad@oosterduin.example', 'confirmed'))
        self.assertEqual(stands['decisions'], [('retry', '')])
        with self.database.transaction() as pool:
            answers = pool.get('raadspost.page_answer').browse(order)
            self.assertEqual([(each.state, each.judged_by.login) for each in answers], [('judged', 'editor')] * 3)

    def test_by_keyboard_an_answer_on_the_page_is_only_read_or_left_for_later(self):
        answers = [self.page_answer(who='griffier', remark=f'Vraag {n}') for n in range(3)]
        with self.as_client('editor', commit=True) as pool:
            start, go = self.sit_down(pool)
            go(start)
            self.assert_refused('niet "doorg"', lambda: go('accept_page', typed='doorg'))
        with self.as_client('editor', commit=True) as pool:
            start, go = self.sit_down(pool)
            go(start)
            go('accept_page', typed='lat')
            go('accept_page', typed='Gelez')
            self.assertEqual(go('accept_page')[0], 'nothing_left')
            states = [each.state for each in pool.get('raadspost.page_answer').browse(answers)]
            self.assertEqual(sorted(states), ['judged', 'judged', 'to_judge'])
            start, go = self.sit_down(pool)
            go(start)
            self.assertEqual(go('accept_page')[0], 'nothing_left')

    def test_what_a_colleague_set_aside_meanwhile_is_not_accepted(self):
        message, = self.proposals(LISTED)
        with self.as_client('editor', commit=True) as pool:
            start, go = self.sit_down(pool)
            self.assertEqual(go(start)[1]['message'], message)
            pool.get('raadspost.message').set_aside([message])
            self.assert_refused("intussen terzijde", go, 'accept')
            go('later')
        self.assertEqual(self.message(message)['state'], 'set_aside')

    def test_an_address_that_a_stranger_names_is_not_taken_over(self):
        answer = self.page_answer(who='councillor', new_address='raad@elders.example')
        with self.as_client('editor', commit=True) as pool:
            start, go = self.sit_down(pool)
            self.assertEqual(go(start)[0], 'page')
            go('accept_page')
            self.assertEqual(pool.get('raadspost.page_answer')(answer).state, 'judged')
        self.assert_stands(self.dispatch, reminder=['planned'])

    def test_who_may_settle_and_who_may_change_rules(self):
        "Readers look, editors and who approves settle, administrators change rules."
        from trytond.exceptions import UserError
        for group, settles, edits in (('reader', False, False), ('editor', True, False), ('approver', True, False),
                                      ('administrator', True, True)):
            with self.subTest(group), self.as_client(group) as pool:
                groups = set(pool.get('res.user').get_groups())
                buttons = pool.get('ir.model.button').get_groups('raadspost.message', 'accept_proposal')
                self.assertEqual(bool(buttons & groups), settles)
                try:
                    pool.get('raadspost.triage', type='wizard').create()
                    self.assertTrue(settles)
                except UserError:
                    self.assertFalse(settles)
                try:
                    pool.get('raadspost.answer.rules').create([{'text': 'version x\n'}])
                    self.assertTrue(edits)
                except UserError:
                    self.assertFalse(edits)

    def test_what_is_typed_is_understood_or_refused(self):
        message, = self.proposals(LISTED)
        with self.as_client('editor') as pool:
            start, go = self.sit_down(pool)
            go(start)
            self.assert_refused("kan van alles zijn", lambda: go('accept', typed='teruggek'))
            self.assert_refused('begint met "xyz"', lambda: go('accept', typed='xyz'))
            go('accept', typed='Doorgest, lijst')
            self.assertEqual(pool.get('raadspost.message')(message).kinds, 'distributed,listed')

    def test_forged_mail_is_left_aside_by_enter(self):
        message, = self.take_in(self.mail(self.dispatch, LISTED, dmarc='fail'))
        with self.as_client('editor') as pool:
            start, go = self.sit_down(pool, [message])
            state, shown = go(start)
            self.assertEqual((state, shown['message']), ('suspect', message))
            self.assertIn("vervalst", shown['warning'])
            wizard = pool.get('raadspost.triage', type='wizard')
            default, = (button for button in wizard.suspect.buttons if button.default)
            self.assertEqual(default.state, 'put_aside_suspect')
            go('put_aside_suspect')
            self.assertEqual(pool.get('raadspost.message')(message).state, 'set_aside')

    def test_what_somebody_else_settled_is_passed_over(self):
        message, = self.proposals(LISTED)
        with self.as_client('editor') as pool:
            start, go = self.sit_down(pool)
            go(start)
            pool.get('raadspost.message').accept([message])
            go('accept', kind='declined')
            self.assertEqual(pool.get('raadspost.message')(message).kinds, 'listed')

    def test_the_buttons_of_the_form(self):
        message, = self.proposals(LISTED)
        with self.as_client('editor', commit=True) as pool:
            Message = pool.get('raadspost.message')
            self.assertEqual(Message.accept_proposal([Message(message)]), 'next')
        self.assertEqual(self.message(message)['state'], 'settled')
        with self.as_client('editor', commit=True) as pool:
            Message = pool.get('raadspost.message')
            Message.judge_again([Message(message)])
        self.assertEqual(self.message(message)['state'], 'proposed')
        self.assert_stands(self.dispatch)

    def test_what_the_case_shows(self):
        message, = self.proposals(LISTED)
        with self.as_client('reader') as pool:
            case, = pool.get('raadspost.dispatch')(self.dispatch).cases
            self.assertEqual([each.id for each in case.messages], [message])
            shown = case.messages[0]
            self.assertEqual((shown.kinds_in_words, shown.sender), ("Op de lijst van ingekomen stukken",
                                                                    'griffie@oosterduin.example'))

    def test_readers_only_look(self):
        from trytond.exceptions import UserError
        message, = self.proposals(LISTED)
        with self.as_client('reader') as pool:
            self.assertEqual(pool.get('raadspost.message')(message).state, 'proposed')
            for wizard in ('raadspost.triage', 'raadspost.contact.log'):
                with self.subTest(wizard=wizard), self.assertRaises(UserError):
                    pool.get(wizard, type='wizard').create()
            Message, Button = pool.get('raadspost.message'), pool.get('ir.model.button')
            for button in ('accept_proposal', 'put_aside', 'judge_again', 'open_triage', 'read_again'):
                groups = Button.get_groups('raadspost.message', button)
                self.assertTrue(groups and not groups & set(pool.get('res.user').get_groups()), button)
            with self.assertRaises(UserError):
                Message.write([Message(message)], {'state': 'settled'})
            with self.assertRaises(UserError):
                pool.get('raadspost.answer.rules').create([{'text': 'version x\n'}])
        with self.as_client('editor') as pool, self.assertRaises(UserError):
            pool.get('raadspost.answer.rules').create([{'text': 'version x\n'}])

    # --- rules -------------------------------------------------------------------------------------------

    def test_an_upgrade_brings_newer_rules_unless_own_ones_are_in_use(self):
        if self.database.kind != 'sqlite':
            self.skipTest("the copy is made of SQLite's file")
        for own in (False, True):
            with self.subTest(own=own):
                copy = Database(kind='sqlite')
                self.addCleanup(copy.remove)
                with contextlib.closing(sqlite3.connect(self.database.file)) as source, \
                        contextlib.closing(sqlite3.connect(copy.file)) as target:
                    source.backup(target)
                with contextlib.closing(sqlite3.connect(copy.file)) as connection, connection:
                    connection.execute("update raadspost_answer_rules set version = 'nl-0', shipped = ?", (not own,))
                copy.admin('-u', 'raadspost')
                with contextlib.closing(sqlite3.connect(copy.file)) as connection:
                    states = dict(connection.execute('select version, state from raadspost_answer_rules'))
                newer, = set(states) - {'nl-0'}
                self.assertEqual((states['nl-0'], states[newer]), ('in_use', 'former') if own else ('former', 'in_use'))

    def test_rules_are_checked_before_they_are_used(self):
        first, second = self.proposals(LISTED, WEIRD)
        with self.as_client('editor', commit=True) as pool:
            pool.get('raadspost.message').accept([first])
        with self.as_client('administrator') as pool:
            Rules = pool.get('raadspost.answer.rules')
            shipped, = Rules.search([('state', '=', 'in_use')])
            self.assertTrue(shipped.shipped)
            self.assert_refused("Alleen een concept", Rules.write, [shipped], {'text': 'version x\n'})
            opened = Rules.new_draft([shipped])
            draft, = Rules.search([('state', '=', 'draft')])
            self.assertEqual((opened['res_id'], opened['views'][0][1]), ([draft.id], 'form'))
            self.assert_refused("al een concept", Rules.new_draft, [shipped])
            draft, = Rules.search([('state', '=', 'draft')])
            self.assertEqual(draft.text, shipped.text)
            form = Rules(text=draft.text + "\nrule oops listed 95 = nobody-knows-this\n")
            form.on_change_text()
            line = draft.text.count('\n') + 2
            self.assertIn(f"line {line}", form.problem.replace("regel", "line"))
            self.assertIn('nobody-knows-this', form.problem)

            Rules.write([draft], {'text': draft.text + "\nword flowers = bloemen\nrule flowers agenda 99 = flowers\n"})
            self.assert_refused("Ga eerst na", Rules.use, [draft])
            Rules.check([draft])
            draft = Rules(draft.id)
            self.assertEqual({(each.message.id, each.kinds_now, each.kinds_then) for each in draft.differences
                              if each.message.id in (first, second)}, {(second, "Iets anders", "Op de agenda")})
            self.assertIn("anders worden ingedeeld", draft.difference_summary)
            self.assertRegex(draft.difference_summary, r"Van de \d+ berichten die medewerkers beoordeelden")
            Rules.use([draft])
            self.assertEqual((Rules(draft.id).state, Rules(shipped.id).state), ('in_use', 'former'))
            self.assertEqual(Rules(draft.id).used_by.id, self.users['administrator'])
            self.assert_refused("Alleen een concept", Rules.write, [draft], {'text': 'version x\n'})
            Rules.use([shipped])
            self.assertEqual((Rules(draft.id).state, Rules(shipped.id).state), ('former', 'in_use'))

    def test_rules_that_cannot_be_read_are_not_used(self):
        with self.as_client('administrator') as pool:
            Rules = pool.get('raadspost.answer.rules')
            draft, = Rules.create([{'text': 'version own\nword a = (\n'}])
            self.assert_refused("kunnen niet worden gebruikt", Rules.check, [draft])
            self.assert_refused("kunnen niet worden gebruikt", Rules.use, [draft])
            Rules.delete([draft])

    def test_mail_is_read_by_the_rules_in_use(self):
        with self.as_client('administrator', commit=True) as pool:
            Rules = pool.get('raadspost.answer.rules')
            shipped, = Rules.search([('state', '=', 'in_use')])
            own, = Rules.create([{'text': shipped.text + "\nword flowers = bloemen\nrule flowers agenda 99 = flowers\n"}])
            Rules.check([own])
            Rules.use([own])
        try:
            message, = self.proposals(WEIRD)
            self.assertEqual(self.message(message)['machine_kinds'], 'agenda')
        finally:
            with self.as_client('administrator', commit=True) as pool:
                Rules = pool.get('raadspost.answer.rules')
                Rules.use([Rules(shipped.id)])

    # --- answers of ours ---------------------------------------------------------------------------------

    def test_answering_on_the_way_and_then_judging(self):
        message, = self.proposals(LISTED)
        with self.as_client('editor', commit=True) as pool:
            start, go = self.sit_down(pool)
            go(start)
            # By the key: the beginning of the word and Enter, which is the button Accept.
            state, shown = go('accept', typed='beantw', list_number='29')
            self.assertEqual((state, shown['to_address']), ('answer', 'griffie@oosterduin.example'))
            self.assertIn('> ' + LISTED[:20], shown['quotation'])
            state, shown = go('send', text="Dank u wel.")
            self.assertEqual((state, shown['message'], shown['list_number'], shown['typed']), ('judge', message, '29', ''))
            state, shown = go('open_answer', kind='agenda')
            state, shown = go('back')
            self.assertEqual((state, shown['kind'], shown['list_number']), ('judge', 'agenda', '29'))
            self.assertEqual(go('accept')[0], 'nothing_left')
        with self.database.transaction() as pool:
            reply, = pool.get('raadspost.reply').search([('message', '=', message)])
            self.assertEqual((reply.state, reply.mailbox, reply.case), ('released', 'griffie@oosterduin.example', reply.message.case))
            self.assertTrue(reply.text.startswith("Dank u wel.\n\n"))
        self.assertEqual(self.message(message)['state'], 'settled')

    def test_what_may_not_be_answered_is_said_in_the_form(self):
        message, = self.take_in(self.mail(self.dispatch, LISTED, dmarc='fail'))
        with self.as_client('editor') as pool:
            start, go = self.sit_down(pool, [message])
            self.assertEqual(go(start)[0], 'suspect')
            self.assert_refused('wie het zegt te zijn', go, 'open_answer_suspect')
            self.assert_refused('wie het zegt te zijn', lambda: go('accept_suspect', typed='beantwoorden'))

    def reply_to(self, message, **values):
        "The reply, as if it had been sent."
        from trytond.transaction import Transaction
        with self.as_client('editor', commit=True) as pool, \
                Transaction().set_context(active_model='raadspost.message', active_id=message, active_ids=[message]):
            Write = pool.get('raadspost.reply.write', type='wizard')
            session, start, _ = Write.create()
            shown = Write.execute(session, {}, start)['view']['defaults']
            Write.execute(session, {start: {**shown, 'text': "Dank u wel.", **values}}, 'send')
        with self.database.transaction(commit=True) as pool:
            Reply = pool.get('raadspost.reply')
            reply, = Reply.search([('message', '=', message)], order=[('id', 'DESC')], limit=1)
            Reply.write([reply], {'state': 'sent', 'sent_at': self.sent_at})
            return reply.id, reply.message_id

    def reply(self, reply):
        with self.database.transaction() as pool:
            reply = pool.get('raadspost.reply')(reply)
            return reply.state, reply.reason

    def test_an_answer_of_ours_that_came_back(self):
        """A report about a reply names the appeal's message, too, in whose thread it stands: that one has arrived."""
        question, = self.proposals(LISTED)
        reply, message_id = self.reply_to(question)
        before = self.standing(self.dispatch)
        report, = self.take_in(self.bounce(self.dispatch, to=None, reply=message_id, days=2))
        self.assertEqual(self.reply(reply), ('bounced', 'bounced_hard'))
        self.assertEqual(self.standing(self.dispatch), before)
        told = self.message(report)
        # A person has to hear of it.
        self.assertEqual((told['state'], told['trust'], told['dispatch']), ('proposed', 'linked', None))
        self.assertEqual(told['case'], self.message(question)['case'])
        with self.as_client('editor', commit=True) as pool:
            effect, = pool.get('raadspost.message.effect').search([('message', '=', report)])
            self.assertEqual((effect.before, effect.after), ("Verzonden", "Teruggekomen: het adres werkt niet"))
            pool.get('raadspost.message').accept_proposal(pool.get('raadspost.message').browse([report]))
        self.assertEqual(self.message(report)['state'], 'settled')
        with self.as_client('editor', commit=True) as pool:
            pool.get('raadspost.message').judge_again(pool.get('raadspost.message').browse([report]))
        self.assertEqual(self.reply(reply), ('sent', None))

    def test_a_report_is_about_the_latest_of_the_thread(self):
        question, = self.proposals(LISTED)
        first, _ = self.reply_to(question)
        second, message_id = self.reply_to(question, text="Nog iets: wij komen graag langs.")
        for action, expected in (('delayed', ('sent', None)), ('failed', ('bounced', 'bounced_full'))):
            self.take_in(self.bounce(self.dispatch, to=None, reply=message_id, action=action, status='4.2.2', days=2,
                                     diagnostic='452 4.2.2 Mailbox full'))
            self.assertEqual((self.reply(first), self.reply(second)), (('sent', None), expected), action)
        # The same may be sent again.
        third, _ = self.reply_to(question, text="Nog iets: wij komen graag langs.")
        self.assertGreater(third, second)

    # --- contacts ----------------------------------------------------------------------------------------

    def press(self, pool, wizard, button, record, **values):
        """Opens `wizard` on `record`, fills in `values` beside what its form begins with, and presses."""
        from trytond.transaction import Transaction
        Wizard = pool.get(wizard, type='wizard')
        with Transaction().set_context(active_model=record.__name__, active_ids=[record.id], active_id=record.id):
            session, start, _ = Wizard.create()
            form = Wizard.execute(session, {}, start)['view']['defaults']
            Wizard.execute(session, {start: {**form, **values}}, button)

    def test_a_contact_tells_something_and_lies_behind_us(self):
        tomorrow = datetime.datetime.utcnow().replace(microsecond=0) + datetime.timedelta(days=1)
        with self.as_client('editor') as pool:
            case, = pool.get('raadspost.dispatch')(self.dispatch).cases
            for refused, values in (("met wie", {'kind': 'phone', 'at': tomorrow}),
                                    ("in de toekomst", {'kind': 'letter', 'at': tomorrow, 'note': "Brief"})):
                self.assert_refused(refused, lambda: self.press(pool, 'raadspost.contact.log', 'log', case, **values))
            self.assertFalse(pool.get('raadspost.case')(case.id).contacts)

    def test_a_meeting_is_logged_with_a_calendar_file(self):
        at = datetime.datetime(2026, 12, 3, 13, 30)
        with self.as_client('editor') as pool:
            case, = pool.get('raadspost.dispatch')(self.dispatch).cases
            self.press(pool, 'raadspost.contact.log', 'log', case, kind='meeting', at=at, minutes=45, place="Gemeentehuis",
                       with_whom="Griffier De Boer", outcome='meeting', note="Kennismaken; met koffie")
            contact, = pool.get('raadspost.case')(case.id).contacts
            self.assertEqual((contact.with_whom, contact.actor.id), ("Griffier De Boer", self.users['editor']))
            file = bytes(contact.invitation).decode()
            self.assertIn('DTSTART:20261203T133000Z\r\nDTEND:20261203T141500Z\r\n', file)
            self.assertIn('LOCATION:Gemeentehuis\r\nDESCRIPTION:Kennismaken\\; met koffie\r\n', file)
            self.assertRegex(contact.invitation_name, r'^gesprek-\d+\.ics$')
            self.assertEqual(pool.get('raadspost.case')(case.id).highest, 'meeting')
            self.assertIn('contact', [event.kind for event in pool.get('raadspost.case')(case.id).events])

    def test_a_meeting_is_moved_and_called_off(self):
        from trytond.transaction import Transaction
        at = datetime.datetime(2026, 12, 3, 13, 30)
        with self.as_client('editor') as pool:
            case, = pool.get('raadspost.dispatch')(self.dispatch).cases
            Contact = pool.get('raadspost.contact')
            with Transaction().set_user(0), Transaction().set_context(_check_access=False):
                contact, = Contact.create([{
                    'case': case.id, 'kind': 'meeting', 'at': at, 'with_whom': "Griffier Smit", 'note': "Kennismaken",
                    'minutes': 45, 'actor': self.users['editor']}])

            def change(**values):
                self.press(pool, 'raadspost.contact.change', 'change', contact, **values)
                return Contact(contact.id)

            def evidence():
                return pool.get('raadspost.event').search([('case', '=', case.id)], limit=1)[0]
            moved = change(at=at + datetime.timedelta(hours=20), place="Gemeentehuis")
            self.assertEqual((moved.at, moved.place, moved.with_whom, moved.minutes, moved.cancelled),
                             (at + datetime.timedelta(hours=20), "Gemeentehuis", "Griffier Smit", 45, False))
            self.assertIn('DTSTART:20261204T093000Z\r\n', bytes(moved.invitation).decode())
            self.assertIn('SEQUENCE:1\r\nEND:VEVENT', bytes(moved.invitation).decode())
            self.assertEqual((evidence().text, evidence().evidence),
                             ("Oosterduin: Gesprek gewijzigd", "03-12-2026, 14:30, 45 min\nGriffier Smit\nKennismaken"))
            off = change(cancelled=True)
            self.assertTrue(off.cancelled)
            self.assertIn('SEQUENCE:2\r\nSTATUS:CANCELLED\r\n', bytes(off.invitation).decode())
            self.assertEqual((evidence().text, evidence().evidence), (
                "Oosterduin: Gesprek afgezegd", "04-12-2026, 10:30, 45 min\nGriffier Smit\nGemeentehuis\nKennismaken"))
            # Nothing but when it is need be told of it, and what is off is called off once.
            change(with_whom=None, note=None, place=None)
            self.assertEqual((evidence().text, evidence().evidence.splitlines()[0]),
                             ("Oosterduin: Gesprek gewijzigd", "04-12-2026, 10:30, 45 min (afgezegd)"))
            self.assert_refused("in de toekomst", lambda: change(kind='phone'))


if __name__ == '__main__':
    unittest.main()

"""An appeal from its first words to its dispatches, in a real trytond: checking, preview, approval, planning."""
import contextlib
import datetime
import shutil
import socketserver
import tempfile
import threading
import unittest

from database import HostTest

MESSAGE = "Geachte {{griffier|griffie}},\n\nWilt u de brief aan de raad van **{{gemeente}}** doorsturen?\n"
LETTER = "Geachte raad van {{gemeente}},\n\nEen plek om elkaar te treffen hoort in elk dorp.\n"


class Relay(socketserver.StreamRequestHandler):
    "Takes every message and remembers it."
    messages = []

    def say(self, line):
        self.wfile.write(line.encode() + b'\r\n')

    def handle(self):
        self.say('220 relay.example ESMTP')
        envelope = []
        while line := self.rfile.readline():
            verb = line.split(b' ')[0].strip().upper()
            if verb == b'DATA':
                self.say('354 go on')
                data = b''
                while (part := self.rfile.readline()) != b'.\r\n':
                    data += part
                self.messages.append((envelope, data))
                self.say('250 2.0.0 Ok: queued as ABC123')
                continue
            if verb in {b'MAIL', b'RCPT'}:
                envelope.append(line.decode().strip())
            if verb == b'QUIT':
                return self.say('221 bye')
            self.say('250 relay.example' if verb in {b'EHLO', b'HELO'} else '250 2.1.0 Ok')


relay = socketserver.ThreadingTCPServer(('127.0.0.1', 0), Relay)
relay.daemon_threads = True


class AppealTest(HostTest):
    modules = ['raadspost']
    sections = {'email': {'uri': f'smtp://127.0.0.1:{relay.server_address[1]}'}}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        threading.Thread(target=relay.serve_forever, daemon=True).start()
        cls.addClassCleanup(relay.server_close)
        cls.addClassCleanup(relay.shutdown)
        with cls.database.transaction(commit=True) as pool:
            User = pool.get('res.user')
            role = {name: pool.get('ir.model.data').get_id('raadspost', f'group_{name}') for name in ('approver', 'reader')}
            cls.editor, cls.approver, cls.reader = (
                user.id for user in User.create([
                    {'name': name, 'login': login, 'email': f'{login}@crm.example', 'groups': [('add', [role[group]])]}
                    for name, login, group in (('Anneke Vermeer', 'anneke', 'approver'), ('Bram de Wit', 'bram', 'approver'),
                                               ('Cor Lezer', 'cor', 'reader'))]))
            cls.make_country(pool)

    @classmethod
    def make_country(cls, pool):
        Council, Griffie = pool.get('raadspost.council'), pool.get('raadspost.griffie')
        councils = Council.create([
            {'code': 'GM0001', 'name': 'Oosterduin'}, {'code': 'GM0002', 'name': 'Westerveen'},
            {'code': 'GM0003', 'name': 'Noorderham'}, {'code': 'GM0004', 'name': 'Zuiderwoude'},
            {'code': 'GM0005', 'name': 'Stilleveld'}, {'code': 'GM0006', 'name': 'Oudeland'}])
        cls.councils = [council.id for council in councils]
        east, west, north, south, quiet, old = councils
        Griffie.create([
            {'name': 'Griffie Oosterduin', 'email': 'griffie@oosterduin.test', 'status': 'confirmed',
             'griffier': 'mevrouw A. Duin', 'councils': [('add', [east.id])]},
            {'name': 'Griffie West en Noord', 'email': 'Griffie@WestNoord.test', 'status': 'confirmed',
             'councils': [('add', [west.id, north.id])]},
            {'name': 'Griffie Zuiderwoude', 'email': 'griffie@zuiderwoude.test', 'status': 'unconfirmed',
             'councils': [('add', [south.id])]},
            {'name': 'Griffie Stilleveld', 'email': 'griffie@stilleveld.test', 'status': 'opted_out',
             'councils': [('add', [quiet.id])]}])
        party, = pool.get('party.party').create([{'name': 'Vereniging Kleine Dorpen'}])
        association, = pool.get('raadspost.association').create([{
            'name': 'Vereniging Kleine Dorpen', 'party': party.id, 'sender_name': 'Vereniging Kleine Dorpen',
            'sender_email': 'oproep@dorpen.example', 'city': 'Oosterduin'}])
        cls.association = association.id

    def appeal(self, pool, **values):
        Appeal = pool.get('raadspost.appeal')
        appeal, = Appeal.create([{
            'name': 'Plekken', 'association': self.association, 'subject': 'Een plek voor {{gemeente}}',
            'message': MESSAGE, 'letter': LETTER, 'preview_council': self.councils[0], **values}])
        return Appeal(appeal.id)

    def as_client(self, user):
        from trytond.transaction import Transaction
        transaction = Transaction()
        stack = contextlib.ExitStack()
        stack.enter_context(transaction.set_user(user))
        stack.enter_context(transaction.set_context(_check_access=True))
        return stack

    def approved(self, pool, **values):
        Appeal = pool.get('raadspost.appeal')
        with self.as_client(self.editor):
            appeal = self.appeal(pool, **values)
            Appeal.submit([appeal])
        with self.as_client(self.approver):
            Appeal.approve([Appeal(appeal.id)])
        return Appeal(appeal.id)

    def assert_refused(self, part, action, *arguments):
        from trytond.exceptions import UserError
        with self.assertRaises(UserError) as refused:
            action(*arguments)
        self.assertIn(part, refused.exception.message)

    # --- writing and checking ----------------------------------------------------------------------------

    def test_a_new_appeal_has_its_first_step(self):
        with self.database.transaction() as pool:
            appeal = self.appeal(pool)
            self.assertEqual([(step.name, step.with_letter) for step in appeal.steps], [('Eerste bericht', True)])
            self.assertEqual(appeal.state, 'draft')

    def test_an_unknown_field_is_refused_with_its_place(self):
        with self.database.transaction() as pool:
            appeal = self.appeal(pool, message='Beste griffie,\n\nOver {{gemente}}.')
            self.assertIn('Bericht, regel 3, kolom', appeal.problems)
            self.assertIn('gemente', appeal.problems)
            self.assert_refused('gemente', pool.get('raadspost.appeal').submit, [appeal])

    def test_an_unbalanced_section_is_refused(self):
        with self.database.transaction() as pool:
            appeal = self.appeal(pool, letter='{{#provincie}}In {{provincie}}.')
            self.assert_refused('{{/provincie}}', pool.get('raadspost.appeal').submit, [appeal])

    def test_an_empty_value_names_the_councils_concerned(self):
        with self.database.transaction() as pool:
            appeal = self.appeal(pool, message='Geachte {{griffier}},')
            # Only Oosterduin's griffier is known; two councils share an office, one waits.
            self.assertIn('(betreft raden: 3)', appeal.problems)

    def test_what_concerns_the_text_alone_names_no_councils(self):
        from trytond.exceptions import UserError
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            appeal = self.appeal(pool, subject='')
            self.assertTrue(appeal.problems)
            Wizard = pool.get('raadspost.appeal.concerned', type='wizard')
            session, _, _ = Wizard.create()
            with Transaction().set_context(active_model='raadspost.appeal', active_id=appeal.id, active_ids=[appeal.id]):
                with self.assertRaises(UserError):
                    Wizard.execute(session, {}, 'open')

    def test_preview_shows_mail_and_letter(self):
        with self.database.transaction() as pool:
            appeal = self.appeal(pool)
            self.assertEqual(appeal.preview_subject.split(' [')[0], 'Een plek voor Oosterduin')
            self.assertIn(b'Oosterduin</strong>', bytes(appeal.preview_html))
            self.assertIn('mevrouw A. Duin', appeal.preview_text)
            self.assertTrue(bytes(appeal.preview_pdf).startswith(b'%PDF-'))

    def test_greeting_and_signature_are_those_of_griffie_and_association(self):
        """Both could be filled in, and no letter ever had them."""
        with self.database.transaction() as pool:
            appeal = self.appeal(pool, message='{{aanhef}},\n\nOver {{gemeente}}.\n\n{{ondertekening}}\n')
            self.assertIn('Geachte mevrouw Duin,', appeal.preview_text)
            self.assertIn(f'.\n\n{appeal.association.name}\n\n', appeal.preview_text)
            appeal.association.sender_name = 'Anna Kerkhof'
            appeal.association.save()
            appeal = pool.get('raadspost.appeal')(appeal.id)
            self.assertIn(f'Anna Kerkhof\n{appeal.association.name}\n', appeal.preview_text)
            griffie, = pool.get('raadspost.griffie').search([('councils', '=', self.councils[0])])
            griffie.greeting = 'Beste Anna,'
            griffie.save()
            appeal.association.signature = 'Met zorg,\nhet bestuur'
            appeal.association.save()
            appeal = pool.get('raadspost.appeal')(appeal.id)
            self.assertIn('Beste Anna,\n', appeal.preview_text)
            self.assertNotIn('Anna,,', appeal.preview_text)
            self.assertIn('Met zorg,\nhet bestuur', appeal.preview_text)
            self.assertIn('het bestuur', bytes(appeal.preview_html).decode())

    def test_a_field_in_signature_or_footer_is_refused(self):
        "They stand in a message as they are: it would reach every council."
        from trytond.exceptions import UserError
        for name in ['signature', 'footer']:
            with self.subTest(name), self.database.transaction() as pool:
                Association = pool.get('raadspost.association')
                with self.assertRaisesRegex(UserError, '{{voorziter}}'):
                    Association.write([Association(self.association)], {name: 'Met groet,\n{{voorziter}}'})

    def test_no_association_has_fewer_than_no_members(self):
        from trytond.exceptions import UserError
        with self.database.transaction() as pool:
            with self.assertRaisesRegex(UserError, '-5'):
                pool.get('raadspost.association').write(
                    [pool.get('raadspost.association')(self.association)], {'village_organisations': -5})

    def test_an_address_of_public_pages_is_that_of_a_server(self):
        from trytond.exceptions import UserError
        good = ['https://post.example', 'https://post.example:8443/raad', 'http://localhost:8000', 'http://127.0.0.1:8000', '', None]
        bad = ['post.example zonder https', 'post.example', 'http://post.example', 'https://', 'https:// post.example', 'http://localhost.post.example', 'https://redactie@post.example',
               'https://post.example/"><b>']
        with self.database.transaction() as pool:
            Configuration = pool.get('raadspost.configuration')
            configuration = Configuration(1)
            configuration.save()
            for address in good:
                Configuration.write([configuration], {'public_address': address})
        for address in bad:
            with self.subTest(address), self.database.transaction() as pool:
                Configuration = pool.get('raadspost.configuration')
                Configuration(1).save()
                with self.assertRaises(UserError):
                    Configuration.write([Configuration(1)], {'public_address': address})

    def test_sending_ends_behind_its_begin(self):
        from trytond.exceptions import UserError
        nine, five = datetime.time(9), datetime.time(17)
        for begin, end, fine in ((nine, five, True), (None, None, True), (nine, None, True), (None, five, True),
                                 (five, nine, False), (nine, nine, False)):
            with self.subTest(f'{begin} to {end}'), self.database.transaction() as pool:
                Configuration = pool.get('raadspost.configuration')
                Configuration(1).save()
                hours = {'window_from': begin, 'window_to': end}
                if fine:
                    Configuration.write([Configuration(1)], hours)
                else:
                    with self.assertRaisesRegex(UserError, "eindigt later"):
                        Configuration.write([Configuration(1)], hours)

    def test_preview_follows_the_form_before_it_is_saved(self):
        with self.database.transaction() as pool:
            Appeal = pool.get('raadspost.appeal')
            changes, = Appeal(subject='Dag {{gemeente}}', message='Bericht', letter='', association=self.association,
                              preview_council=self.councils[1]).on_change(['subject'])
            self.assertTrue(changes['preview_subject'].startswith('Dag Westerveen'))
            self.assertFalse(changes['preview_problem'])

    # --- approval --------------------------------------------------------------------------------------------

    def test_authors_own_click_does_not_count(self):
        with self.database.transaction() as pool:
            Appeal = pool.get('raadspost.appeal')
            with self.as_client(self.editor):
                appeal = self.appeal(pool)
                Appeal.submit([appeal])
                self.assert_refused('tweede persoon', Appeal.approve, [Appeal(appeal.id)])
            self.assertEqual(Appeal(appeal.id).state, 'submitted')

    def test_a_reader_may_press_nothing(self):
        from trytond.model.exceptions import AccessError
        from trytond.exceptions import UserError
        with self.database.transaction() as pool:
            Appeal = pool.get('raadspost.appeal')
            appeal = self.appeal(pool)
            with self.as_client(self.reader), self.assertRaises((AccessError, UserError)):
                Appeal.submit([appeal])

    def test_a_client_cannot_write_the_state(self):
        with self.database.transaction() as pool:
            Appeal = pool.get('raadspost.appeal')
            with self.as_client(self.editor):
                appeal = self.appeal(pool, state='running')
                self.assertEqual(appeal.state, 'draft')
                self.assert_refused('knoppen', Appeal.write, [appeal], {'state': 'running'})

    def test_every_change_lapses_the_approval(self):
        changes = {
            'message': lambda pool, appeal: pool.get('raadspost.appeal').write([appeal], {'message': 'Anders'}),
            'signatory': lambda pool, appeal: pool.get('raadspost.signatory').create(
                [{'appeal': appeal.id, 'name': 'Dirk Polder'}]),
            'attachment': lambda pool, appeal: pool.get('raadspost.attachment').create(
                [{'appeal': appeal.id, 'name': 'plan.pdf', 'media_type': 'application/pdf', 'content': b'%PDF-1.4'}]),
            'letterhead': lambda pool, appeal: pool.get('raadspost.association').write(
                [appeal.association], {'footer': 'Postbus 1, Oosterduin'}),
            'step': lambda pool, appeal: pool.get('raadspost.step').write(list(appeal.steps), {'with_letter': False}),
            'councils': lambda pool, appeal: pool.get('raadspost.appeal').write(
                [appeal], {'councils': [('add', [self.councils[0]])]}),
        }
        for name, change in changes.items():
            with self.subTest(name), self.database.transaction() as pool:
                appeal = self.approved(pool)
                self.assertEqual(appeal.state, 'approved')
                change(pool, appeal)
                appeal = pool.get('raadspost.appeal')(appeal.id)
                self.assertEqual((appeal.state, appeal.approved_hash), ('draft', None))
                self.assertIn('approval_lapsed', [event.kind for event in appeal.events])

    def test_a_logo_that_no_letter_can_show_is_refused_when_chosen(self):
        with self.database.transaction() as pool:
            Association = pool.get('raadspost.association')
            for logo, sentence in ((b'<svg/>', 'geen volledige PNG- of JPEG-afbeelding'), (bytes(3_000_000), 'te groot')):
                self.assert_refused(sentence, Association.write, [Association(self.association)], {'logo': logo})
            appeal = self.appeal(pool)
            self.assert_refused('geen volledige PNG', pool.get('raadspost.signatory').create,
                                [{'appeal': appeal.id, 'name': 'Dirk Polder', 'logo': b'GIF89a'}])

    def test_the_name_is_not_part_of_the_approval(self):
        with self.database.transaction() as pool:
            appeal = self.approved(pool)
            pool.get('raadspost.appeal').write([appeal], {'name': 'Andere naam', 'preview_council': self.councils[1]})
            self.assertEqual(pool.get('raadspost.appeal')(appeal.id).state, 'approved')

    # --- planning ----------------------------------------------------------------------------------------------

    def test_each_mailbox_gets_one_dispatch_and_each_council_one_reason(self):
        with self.database.transaction() as pool:
            Appeal, Dispatch = pool.get('raadspost.appeal'), pool.get('raadspost.dispatch')
            appeal = self.approved(pool)
            Appeal.start([appeal])
            appeal = Appeal(appeal.id)
            self.assertEqual(appeal.state, 'running')
            dispatches = {d.mailbox: (d.state, d.reason, len(d.cases)) for d in Dispatch.search([('appeal', '=', appeal.id)])}
            self.assertEqual(dispatches, {
                'griffie@oosterduin.test': ('planned', None, 1),
                'griffie@westnoord.test': ('planned', None, 2),
                'griffie@zuiderwoude.test': ('held', 'unconfirmed', 1)})
            reasons = {r.council.name: r.reason for r in
                       pool.get('raadspost.recipient').search([('appeal', '=', appeal.id)])}
            self.assertEqual(reasons, {'Oosterduin': '', 'Westerveen': '', 'Noorderham': '',
                                       'Zuiderwoude': 'unconfirmed', 'Stilleveld': 'opted_out', 'Oudeland': 'no_griffie'})
            self.assertEqual(appeal.council_count, appeal.gets_count + appeal.waits_count + appeal.without_count)
            self.assertEqual((appeal.council_count, appeal.gets_count, appeal.mailbox_count, appeal.waits_count),
                             (6, 3, 2, 1))

    def test_starting_again_adds_only_what_is_missing(self):
        with self.database.transaction() as pool:
            Appeal, Dispatch = pool.get('raadspost.appeal'), pool.get('raadspost.dispatch')
            appeal = self.approved(pool, councils=[('add', self.councils[:1])])
            Appeal.start([appeal])
            self.assertEqual(Dispatch.search([('appeal', '=', appeal.id)], count=True), 1)
            Appeal.stop([Appeal(appeal.id)])
            with self.as_client(self.editor):
                Appeal.withdraw([Appeal(appeal.id)])
                Appeal.write([Appeal(appeal.id)], {'councils': [('add', self.councils[1:2])]})
                Appeal.submit([Appeal(appeal.id)])
            with self.as_client(self.approver):
                Appeal.approve([Appeal(appeal.id)])
            Appeal.start([Appeal(appeal.id)])
            self.assertEqual(sorted(d.mailbox for d in Dispatch.search([('appeal', '=', appeal.id)])),
                             ['griffie@oosterduin.test', 'griffie@westnoord.test'])
            self.assertEqual(pool.get('raadspost.case').search([('appeal', '=', appeal.id)], count=True), 2)

    def test_a_suppressed_mailbox_gets_nothing(self):
        with self.database.transaction() as pool:
            pool.get('raadspost.suppression').create([
                {'email': 'GRIFFIE@oosterduin.test', 'scope': 'all', 'reason': 'staff'}])
            appeal = self.approved(pool)
            pool.get('raadspost.appeal').start([appeal])
            reason, = {r.reason for r in pool.get('raadspost.recipient').search(
                [('appeal', '=', appeal.id), ('council', '=', self.councils[0])])}
            self.assertEqual(reason, 'suppressed')
            self.assertFalse(pool.get('raadspost.dispatch').search(
                [('appeal', '=', appeal.id), ('mailbox', '=', 'griffie@oosterduin.test')]))

    def test_waiting_dispatches_follow_the_griffie(self):
        changes = {
            'confirmed': ('griffie@zuiderwoude.test', {'status': 'confirmed'}, ('griffie@zuiderwoude.test', 'planned', None)),
            'opted out': ('griffie@oosterduin.test', {'status': 'opted_out'},
                          ('griffie@oosterduin.test', 'cancelled', 'opted_out')),
            'came back': ('griffie@oosterduin.test', {'status': 'failing'},
                          ('griffie@oosterduin.test', 'cancelled', 'failing')),
            'moved': ('griffie@oosterduin.test', {'email': 'raad@oosterduin.test'},
                      ('raad@oosterduin.test', 'planned', None)),
            'moved to another office': ('griffie@oosterduin.test', {'email': 'griffie@westnoord.test'},
                                        ('griffie@oosterduin.test', 'cancelled', 'replanned')),
        }
        for name, (mailbox, change, expected) in changes.items():
            with self.subTest(name), self.database.transaction() as pool:
                Appeal, Griffie = pool.get('raadspost.appeal'), pool.get('raadspost.griffie')
                Dispatch = pool.get('raadspost.dispatch')
                appeal = self.approved(pool)
                Appeal.start([appeal])
                dispatch, = Dispatch.search([('appeal', '=', appeal.id), ('mailbox', '=', mailbox)])
                Griffie.write(Griffie.search([('mailbox', '=', mailbox)]), change)
                Appeal.plan()
                self.assertEqual(Dispatch.read([dispatch.id], ['mailbox', 'state', 'reason'])[0],
                                 {'id': dispatch.id, **dict(zip(('mailbox', 'state', 'reason'), expected))})

    def test_a_new_suppression_stops_what_waits(self):
        with self.database.transaction() as pool:
            Appeal = pool.get('raadspost.appeal')
            appeal = self.approved(pool)
            Appeal.start([appeal])
            pool.get('raadspost.suppression').create([
                {'email': 'griffie@westnoord.test', 'scope': 'appeal', 'appeal': appeal.id, 'reason': 'opted_out'}])
            Appeal.plan()
            self.assertEqual({d.mailbox: d.state for d in pool.get('raadspost.dispatch').search(
                [('appeal', '=', appeal.id)])}, {'griffie@oosterduin.test': 'planned', 'griffie@westnoord.test': 'cancelled',
                                                 'griffie@zuiderwoude.test': 'held'})

    def test_the_wizard_approves_what_was_looked_at(self):
        with self.database.transaction() as pool:
            Appeal = pool.get('raadspost.appeal')
            Wizard = pool.get('raadspost.appeal.approve', type='wizard')
            with self.as_client(self.editor):
                appeal = self.appeal(pool)
                Appeal.submit([appeal])
            from trytond.transaction import Transaction
            with self.as_client(self.approver), Transaction().set_context(active_model='raadspost.appeal',
                                                                          active_id=appeal.id, active_ids=[appeal.id]):
                session, start, _ = Wizard.create()
                shown = Wizard.execute(session, {}, start)['view']['defaults']
                kinds = [sample['kind'] for sample in shown['samples']]
                # Four councils are written to.
                self.assertEqual(kinds, ['shortest', 'longest', 'random', 'random'])
                self.assertTrue(all(bytes(sample['letter']).startswith(b'%PDF-') for sample in shown['samples']))
                data = {'start': {'hash': shown['hash'], 'name': shown['name'], 'samples': []}}
                with Transaction().set_user(0), Transaction().set_context(_check_access=False):
                    Appeal.write([Appeal(appeal.id)], {'message': MESSAGE + 'Dank.'})
                self.assert_refused('gewijzigd', Wizard.execute, session, data, 'approve')
                data['start']['hash'] = Wizard.execute(session, {}, start)['view']['defaults']['hash']
                Wizard.execute(session, data, 'approve')
            self.assertEqual(Appeal(appeal.id).state, 'approved')

    def test_stopping_and_going_on_leave_a_trace(self):
        with self.database.transaction() as pool:
            Appeal = pool.get('raadspost.appeal')
            appeal = self.approved(pool)
            Appeal.start([appeal])
            Appeal.stop([Appeal(appeal.id)])
            self.assertEqual(Appeal(appeal.id).state, 'stopped')
            Appeal.resume([Appeal(appeal.id)])
            events = {event.kind: event for event in Appeal(appeal.id).events}
            self.assertEqual(events['stopped'].undone_by, events['resumed'])

    def test_what_is_ready_waits_while_the_appeal_is_stopped(self):
        with self.database.transaction() as pool:
            Appeal, Dispatch = pool.get('raadspost.appeal'), pool.get('raadspost.dispatch')
            appeal = self.approved(pool)
            Appeal.start([appeal])
            first, second = Dispatch.search([('appeal', '=', appeal.id), ('state', '=', 'planned')], limit=2)
            soon = datetime.datetime.utcnow().replace(microsecond=0) + datetime.timedelta(hours=7)
            Dispatch.write([first, second], {'due': soon})
            self.assertEqual(Appeal(appeal.id).next_at, soon)
            Dispatch.write([first], {'state': 'released'})
            Dispatch.write([second], {'state': 'claimed'})
            numbers = lambda: (Appeal(appeal.id).under_way_count, Appeal(appeal.id).waiting_count)  # noqa: E731
            under_way, waiting = numbers()
            self.assertEqual(under_way, 2)
            Appeal.stop([Appeal(appeal.id)])
            self.assertEqual(numbers(), (1, waiting + 1))
            self.assertIsNone(Appeal(appeal.id).next_at)

    def test_it_is_told_who_stopped_all_sending(self):
        from trytond.transaction import Transaction
        with self.database.transaction(user=1) as pool:
            Sending, Configuration = pool.get('raadspost.sending'), pool.get('raadspost.configuration')
            for press in (Sending, Configuration):
                press.stop_all([press(1)])
                self.assertTrue(Configuration(1).stopped)
                self.assertRegex(Sending(1).trouble, r'gestopt door Administrator, \d\d-\d\d-\d{4}, \d\d:\d\d\.')
                press.resume_all([press(1)])
                self.assertNotIn('gestopt', Sending(1).trouble)
            self.assertEqual([event.text for event in pool.get('raadspost.event').search([('kind', '=', 'note')], limit=2)],
                             ["Verzenden hervat.", "Al het verzenden gestopt."])
            # Settings of long ago, which could not be saved today, keep nobody from it.
            Transaction().connection.cursor().execute(
                "update raadspost_configuration set window_from = '09:00:00', window_to = '00:00:00'")
            Sending.stop_all([Sending(1)])
            self.assertTrue(Configuration(1).stopped)
            Sending.resume_all([Sending(1)])
            Transaction().connection.cursor().execute("update raadspost_configuration set window_from = null, window_to = null")
            # By a sender itself; nobody lives who could tell why.
            Configuration.write([Configuration(1)], {
                'stopped': True, 'stopped_at': datetime.datetime(2026, 11, 20, 13, 5), 'stopped_for': 'stopped_by_uncertain'})
            self.assertRegex(Sending(1).trouble, '20-11-2026, 14:05: .*onzekere zendingen')
            # Pressed on a screen that does not know yet.
            Sending.stop_all([Sending(1)])
            self.assertRegex(Sending(1).trouble, '20-11-2026, 14:05: .*onzekere zendingen')

    def test_what_was_decided_during_a_stop_holds_when_it_goes_on(self):
        """The dispatches stayed as they were planned, and left before the planner came by."""
        with self.database.transaction() as pool:
            Appeal, Dispatch = pool.get('raadspost.appeal'), pool.get('raadspost.dispatch')
            appeal = self.approved(pool)
            Appeal.start([appeal])
            dispatch = Dispatch.search([('appeal', '=', appeal.id), ('state', '=', 'planned')])[0]
            Appeal.stop([Appeal(appeal.id)])
            pool.get('raadspost.plan.decision').create([{
                'appeal': appeal.id, 'council': dispatch.cases[0].council.id, 'kind': 'hold', 'reason': 'eerst bellen',
                'at': datetime.datetime.utcnow()}])
            Appeal.resume([Appeal(appeal.id)])
            self.assertEqual((Dispatch(dispatch.id).state, Dispatch(dispatch.id).reason), ('held', 'staff'))

    def test_closing_cancels_what_was_not_sent(self):
        with self.database.transaction() as pool:
            Appeal = pool.get('raadspost.appeal')
            appeal = self.approved(pool)
            Appeal.start([appeal])
            Appeal.close([Appeal(appeal.id)])
            self.assertEqual({(d.state, d.reason) for d in pool.get('raadspost.dispatch').search([('appeal', '=', appeal.id)])},
                             {('cancelled', 'closed')})
            lines = pool.get('raadspost.plan.line').search([('appeal', '=', appeal.id)])
            self.assertNotIn('planned', {line.state for line in lines})
            self.assertEqual({line.due for line in lines if line.reason == 'closed'}, {None})

    # --- what keeps it from being sent ----------------------------------------------------------------------

    def arm(self, pool):
        "Through the wizard, on a machine of this test's own."
        folder = tempfile.mkdtemp(prefix='raadspost-machine-')
        self.addCleanup(shutil.rmtree, folder)
        from trytond.config import config
        if not config.has_section('raadspost'):
            config.add_section('raadspost')
        config.set('raadspost', 'keys', f'{folder}/keys')
        self.addCleanup(config.remove_option, 'raadspost', 'keys')
        Wizard = pool.get('raadspost.sending.arm', type='wizard')
        session, start, _ = Wizard.create()
        Wizard.execute(session, {}, start)
        Wizard.execute(session, {'start': {'reason': 'proef'}}, 'arm')

    def test_a_running_appeal_says_why_nothing_leaves(self):
        """Staff look at their appeal: that the relay was down stood on another screen only."""
        with self.database.transaction() as pool:
            Appeal, Sender = pool.get('raadspost.appeal'), pool.get('raadspost.sender')
            appeal = self.approved(pool)
            told = lambda: Appeal(appeal.id).sending_trouble  # noqa: E731
            self.assertEqual(told(), '')
            Appeal.start([appeal])
            self.assertIn('sleutelbestand', told())
            self.arm(pool)
            self.assertIn('raadspostd', told())
            sender, = Sender.create([{'host': 'crm', 'journal': 'a', 'seen_at': datetime.datetime.now()}])
            self.assertEqual(told(), '')
            for trouble, part in (('relay_unreachable', 'mailserver'), ('journal_failed', 'schijf vol')):
                Sender.write([sender], {'trouble': trouble})
                self.assertIn(part, told())
                self.assertNotIn('crm:', told())
            Dispatch = pool.get('raadspost.dispatch')
            Dispatch.write(Dispatch.search([('appeal', '=', appeal.id)]), {'state': 'sent'})
            self.assertEqual(told(), '')

    def test_a_scheduled_action_that_sends_is_somebody(self):
        """The screen said that the action was not active, whether it was or not."""
        with self.database.transaction() as pool:
            appeal = self.approved(pool)
            Appeal = pool.get('raadspost.appeal')
            Appeal.start([appeal])
            self.arm(pool)
            Cron = pool.get('ir.cron')
            cron, = Cron.create([{'method': 'raadspost.dispatch|send_slice', 'interval_number': 1, 'interval_type': 'minutes'}])
            Cron.write([cron], {'next_call': datetime.datetime.now()})
            self.assertEqual(Appeal(appeal.id).sending_trouble, '')
            Cron.write([cron], {'next_call': datetime.datetime.now() - datetime.timedelta(hours=1)})
            self.assertIn('raadspostd', Appeal(appeal.id).sending_trouble)

    def test_a_decision_that_cannot_be_is_refused_in_dutch(self):
        """The refusal named the state as the machine calls it."""
        from trytond.transaction import Transaction
        with self.database.transaction() as pool:
            appeal = self.approved(pool)
            pool.get('raadspost.appeal').start([appeal])
            dispatch = pool.get('raadspost.dispatch').search([('appeal', '=', appeal.id), ('state', '=', 'planned')])[0]
            Wizard = pool.get('raadspost.dispatch.decide', type='wizard')
            with Transaction().set_context(active_model='raadspost.dispatch', active_id=dispatch.id,
                                           active_ids=[dispatch.id]):
                session, _, _ = Wizard.create()
                data = {'start': {'decision': 'was_sent', 'reason': 'proef'}}
                self.assert_refused('"Gepland"', Wizard.execute, session, data, 'decide')

    def test_what_was_sent_after_all_was_sent_when_it_was_claimed(self):
        """Without that moment it was never delivered, had no copy in Sent, and its links never ended."""
        from trytond.transaction import Transaction
        claimed_at = datetime.datetime(2026, 3, 2, 9, 30)
        with self.database.transaction() as pool:
            self.arm(pool)
            appeal = self.approved(pool)
            pool.get('raadspost.appeal').start([appeal])
            Dispatch = pool.get('raadspost.dispatch')
            dispatch = Dispatch.search([('appeal', '=', appeal.id), ('state', '=', 'planned')])[0]
            Dispatch.write([dispatch], {'state': 'uncertain', 'claimed_at': claimed_at})
            Wizard = pool.get('raadspost.dispatch.decide', type='wizard')
            with Transaction().set_context(active_model='raadspost.dispatch', active_id=dispatch.id,
                                           active_ids=[dispatch.id]):
                session, _, _ = Wizard.create()
                Wizard.execute(session, {'start': {'decision': 'was_sent', 'reason': 'proef'}}, 'decide')
            self.assertEqual((Dispatch(dispatch.id).state, Dispatch(dispatch.id).sent_at), ('sent', claimed_at))

    # --- test message ----------------------------------------------------------------------------------------------

    def test_the_test_message_goes_to_the_one_who_asks(self):
        from email import message_from_bytes, policy
        with self.database.transaction() as pool:
            Appeal = pool.get('raadspost.appeal')
            appeal = self.appeal(pool)
            Relay.messages.clear()
            with self.as_client(self.editor):
                Appeal.send_test([Appeal(appeal.id)])
            (envelope, data), = Relay.messages
            self.assertIn('anneke@crm.example', envelope[1])
            mail = message_from_bytes(data, policy=policy.default)
            self.assertIn('Een plek voor Oosterduin', mail['Subject'])
            self.assertEqual([part.get_content_type() for part in mail.walk() if not part.is_multipart()],
                             ['text/plain', 'text/html', 'application/pdf'])
            self.assertIn('test_sent', [event.kind for event in Appeal(appeal.id).events])
            # The button changed nothing that could be seen.
            self.assertEqual(Appeal(appeal.id).last_test, "Testbericht verzonden naar anneke@crm.example.")

    def test_a_mail_server_out_of_reach_is_told_in_plain_words(self):
        from trytond.config import config
        uri = config.get('email', 'uri')
        with self.database.transaction() as pool:
            Appeal = pool.get('raadspost.appeal')
            appeal = self.appeal(pool)
            config.set('email', 'uri', 'smtp://127.0.0.1:1')
            try:
                with self.as_client(self.editor):
                    Appeal.send_test([Appeal(appeal.id)])
            finally:
                config.set('email', 'uri', uri)
            self.assertIn("de mailserver is niet bereikbaar", Appeal(appeal.id).last_test)
            self.assertNotIn('127.0.0.1', Appeal(appeal.id).last_test)


if __name__ == '__main__':
    unittest.main()

"""The country in the CRM: an appeal leaves by SMTP, what the griffies answer comes in by a Maildir, and the world knows
what should be there.
"""
import dataclasses
import datetime
import os
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'host'))

from database import HostTest  # noqa: E402
from country.country import Country  # noqa: E402
from country.wire import AUTHSERV  # noqa: E402
from demo import COLLEAGUES, Relay, add_colleagues, extension, raadspostd, settle_in, write_at_any_hour  # noqa: E402
from judgement import Judgement  # noqa: E402
from lasting_councils import let_no_council_end  # noqa: E402
from postman import Postman  # noqa: E402

SEED = 4
COUNCILS = 342


class PostmanTest(HostTest):
    modules = ['raadspost']

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build = pathlib.Path(os.environ['RAADSPOST_BUILD'])
        cls.folder = pathlib.Path(cls.database.folder)
        cls.relay = Relay(cls.build / 'tests' / 'world' / 'world_smtp', cls.folder)
        cls.addClassCleanup(cls.relay.stop)
        cls.database.write_conf({'email': {'uri': f'smtp://127.0.0.1:{cls.relay.port}', 'from': 'post@dorpensamen.example'},
                                 'raadspost': {'keys': str(cls.folder / 'keys' / 'ring')}})
        cls.send()
        cls.postman = cls.new_postman()
        cls.collected = len(cls.postman.collect())
        cls.delivered = cls.postman.deliver(cls.postman.all_by())
        cls.read()

    @classmethod
    def send(cls):
        "The first step of an appeal, to everybody."
        with cls.database.transaction(commit=True) as pool:
            add_colleagues(pool)
            settle_in(pool)
            write_at_any_hour(pool)
            extension().load_country({'domain_suffix': 'example', 'with_meeting_places': True})
            let_no_council_end(pool)
            users = {login: pool.get('res.user').search([('login', '=', login)])[0].id for login in COLLEAGUES}
        raadspostd(cls.build, cls.database, '--arm', "test")
        with cls.database.transaction(user=users['redactie'], commit=True) as pool:
            Appeal = pool.get('raadspost.appeal')
            appeal = extension().load_samples()[0]
            Appeal.submit([Appeal(appeal)])
        for button in ('approve', 'start'):
            with cls.database.transaction(user=users['bestuur'], commit=True) as pool:
                Appeal = pool.get('raadspost.appeal')
                getattr(Appeal, button)([Appeal(appeal)])
        raadspostd(cls.build, cls.database, '--once')

    @classmethod
    def new_postman(cls):
        with cls.database.transaction() as pool:
            councils = [(case.council.code, case.council.name, dispatch.mailbox)
                        for dispatch in pool.get('raadspost.dispatch').search([('sent_at', '!=', None)])
                        for case in dispatch.cases]
        return Postman(Country(SEED, councils), cls.relay.record, cls.folder / 'post', cls.folder / 'inbox')

    @classmethod
    def read(cls):
        with cls.database.transaction(commit=True) as pool:
            pool.get('raadspost.mail.source').create([{
                'name': "Post", 'kind': 'maildir', 'path': str(cls.folder / 'inbox'),
                'authserv_id': AUTHSERV}])
        raadspostd(cls.build, cls.database, '--once')

    def test_the_whole_country_gets_the_message(self):
        self.assertEqual(self.collected, COUNCILS)

    def test_every_answer_is_kept_once_and_byte_for_byte(self):
        with self.database.transaction() as pool:
            kept = sorted(bytes(each.raw) for each in pool.get('raadspost.message').search([]))
        self.assertGreater(len(kept), COUNCILS // 2)
        self.assertEqual(kept, sorted(answer.raw for answer in self.delivered))

    def test_answers_go_to_signed_addresses_and_reports_to_those_for_reports(self):
        for answer in self.delivered:
            to = answer.raw.split(b'Delivered-To: ', 1)[1].split(b'\r\n', 1)[0]
            wanted = (b'bounce+' if answer.truth.kinds & {'bounce_hard', 'bounce_soft'} else
                      b'oproep@' if answer.truth.forged or 'nothing to do' in answer.truth.note else b'reply+')
            self.assertTrue(to.startswith(wanted), to)

    def test_a_postman_who_begins_again_brings_nothing_twice(self):
        again = self.new_postman()
        self.assertEqual(len(again.collect()), COUNCILS)
        self.assertEqual([each.message_id for each in again.answers], [each.message_id for each in self.postman.answers])
        self.assertEqual(again.deliver(again.all_by()), [])

    def test_what_is_proven_settles_and_nothing_else(self):
        with self.database.transaction() as pool:
            judgement = Judgement(pool, [{**told(each), 'key': each.message_id, 'what': 'mail'} for each in self.delivered])
        self.assertEqual(judgement.wrong, [])
        self.assertEqual({name: judgement.numbers[name] for name in ('lost', 'twice', 'unread', 'counted twice')},
                         {'lost': 0, 'twice': 0, 'unread': 0, 'counted twice': 0})
        self.assertGreater(judgement.numbers['by the machine'], COUNCILS // 2)
        self.assertGreater(judgement.numbers['waiting'], 10)

    def test_a_message_came_when_it_was_brought(self):
        brought = {answer.message_id: answer.at for answer in self.delivered}
        with self.database.transaction() as pool:
            for message in pool.get('raadspost.message').search([]):
                at = brought[message.message_id].astimezone(datetime.timezone.utc).replace(tzinfo=None)
                self.assertEqual(message.received_at, at)


def told(answer):
    truth = dataclasses.asdict(answer.truth)
    return {**truth, 'kinds': sorted(truth['kinds'])}


if __name__ == '__main__':
    unittest.main()

"""The postman between a relay and the country: what went out by SMTP is answered into a Maildir, at its time and once."""
import datetime
import os
import pathlib
import smtplib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'host'))

from country import ours  # noqa: E402
from country.country import Country  # noqa: E402
from demo import Relay  # noqa: E402
from postman import Postman  # noqa: E402
from simulated_clock import NETHERLANDS  # noqa: E402

SEED = 4
WRITTEN = datetime.datetime(2025, 10, 7, 9, 20, tzinfo=NETHERLANDS)
COUNCILS = [(f'GM{number:04d}', f"Kerndorp {number}", f'griffie@kerndorp{number}.example') for number in range(1, 81)]


class PostmanTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix='raadspost-postman-')
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.relay = Relay(os.environ['RAADSPOST_WORLD_SMTP'], cls.folder)
        cls.addClassCleanup(cls.relay.stop)
        with smtplib.SMTP('127.0.0.1', cls.relay.port, timeout=60) as smtp:
            for code, name, mailbox in COUNCILS:
                message = ours.written(1, code, name, mailbox, WRITTEN)
                smtp.sendmail(f'bounce+{code.lower()}@dorpenkring.example', mailbox,
                              (message.headers + '\r\n' + message.text.replace('\n', '\r\n')).encode())
        cls.postman = cls.begin()
        cls.collected = len(cls.postman.collect())

    @classmethod
    def begin(cls):
        return Postman(Country(SEED, COUNCILS), cls.relay.record, cls.folder / 'post', cls.folder / 'inbox')

    def test_everything_that_went_out_is_handed_out_once(self):
        self.assertEqual(self.collected, len(COUNCILS))
        self.assertEqual(self.postman.collect(), [])
        self.assertGreater(len(self.postman.answers), len(COUNCILS) // 2)

    def test_answers_come_at_their_time_byte_for_byte_and_not_twice(self):
        week = WRITTEN + datetime.timedelta(days=4)
        early = self.postman.deliver(week)
        self.assertEqual({each.message_id for each in early},
                         {each.message_id for each in self.postman.answers if each.at <= week})
        again = self.begin()
        again.collect()
        late = again.deliver(again.all_by())
        self.assertEqual({each.message_id for each in early} & {each.message_id for each in late}, set())
        lying = sorted(path.read_bytes() for path in (self.folder / 'inbox' / 'new').iterdir())
        self.assertEqual(lying, sorted(each.raw for each in self.postman.answers))

    def test_reports_go_where_reports_go(self):
        reports = [each for each in self.postman.answers if each.truth.kinds & {'bounce_hard', 'bounce_soft'}]
        self.assertTrue(reports)
        for each in reports:
            self.assertIn(f'\r\nDelivered-To: bounce+{each.truth.council.lower()}@'.encode(), each.raw)


if __name__ == '__main__':
    unittest.main()

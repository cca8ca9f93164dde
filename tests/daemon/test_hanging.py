"""A message whose reading never ends stops the reader once: its process ends, and the next one leaves it unread."""
import os
import unittest

from database import kind
from mail_stage import MailStage, message

POISON = 'gif voor de lezer'


class HangingTest(unittest.TestCase):
    def test_it_is_set_aside_and_the_others_are_read(self):
        stage = MailStage(kind())
        self.addCleanup(stage.remove)
        box = os.path.join(stage.folder, 'box')
        for name in ('', 'new', 'cur', 'tmp'):
            os.mkdir(os.path.join(box, name))
        stage.add_source(kind='maildir', path=box)
        delivered = [message(1), message(2) + POISON.encode() + b'\r\n', message(3)]
        for number, each in enumerate(delivered):
            with open(os.path.join(box, 'new', f'{number}.1.dorpen'), 'wb') as file:
                file.write(each)
        os.environ['RAADSPOST_HANG_ON'] = POISON
        self.addCleanup(os.environ.pop, 'RAADSPOST_HANG_ON')
        done = stage.reader('--once').done(900)
        self.assertEqual(done.status, os.EX_SOFTWARE, done.said)
        self.assertIn('keeps its reader busy without end', done.said)
        done = stage.read()
        self.assertEqual((done.taken_in['read'], done.taken_in['left']), (1, 0), done.said)
        self.assertEqual(stage.judge(delivered), [])
        aside, = stage.query("select trouble from raadspost_message where state = 'unread'")
        self.assertEqual(aside['trouble'], 'message_stopped_reader')
        self.assertEqual(stage.count("state <> 'unread'"), 2)


if __name__ == '__main__':
    unittest.main()

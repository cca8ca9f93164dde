"""What a person decides about messages that may have arrived, in a web process that is on another machine than the sender."""
import os
import subprocess
import sys
import unittest

from database import HOST_PYTHON
from stage_test import StageTest

COUNCILS = 8


class DecisionsTest(StageTest):
    councils = COUNCILS

    def decide(self, decision):
        "About all that are uncertain; the folder is that of a machine that never sent."
        done = subprocess.run(
            [HOST_PYTHON, '-W', 'ignore', __file__, self.stage.database.conf, self.stage.database.name, decision,
             os.path.join(self.stage.folder, 'elsewhere', 'ring')],
            env=self.stage.database.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stdout)

    def make_uncertain(self, how):
        self.stage.relay.start(f'griffie@gm0001.test=dot:{how}x1')
        self.stage.make_all_due()
        self.send()
        self.assertEqual(self.states(), {'sent': COUNCILS - 1, 'uncertain': 1})
        self.stage.relay.start()

    def send(self):
        done = self.stage.send()
        self.assertEqual(done.status, 0, done.said)

    def test_send_again_is_believed_by_the_sender_whose_ledger_calls_it_uncertain(self):
        "It came back as uncertain each time: what was forgotten was another machine's."
        self.make_uncertain('drop-unrecorded')
        self.send()
        self.assertEqual(self.states()['uncertain'], 1)
        self.decide('send_again')
        self.send()
        self.assertEqual(self.states(), {'sent': COUNCILS})
        self.assertEqual(self.stage.judge().at_the_end().complaints, [])

    def test_an_answer_that_came_before_the_decision_does_not_call_it_back(self):
        "Whoever decides has seen it."
        self.make_uncertain('drop-unrecorded')
        self.change("""update raadspost_dispatch set released_at = '2020-01-01 00:00:00' where state = 'uncertain'""")
        self.change("""insert into raadspost_outcome ("case", kind, "on", source, create_date)
            select l."case", 'passed_on', '2026-01-01', 'staff', '2026-01-01 00:00:00' from raadspost_dispatch d
            join "raadspost_dispatch-raadspost_case" l on l.dispatch = d.id where d.state = 'uncertain'""")
        self.decide('send_again')
        self.send()
        self.assertEqual(self.states(), {'sent': COUNCILS})

    def test_what_becomes_uncertain_after_the_decision_waits_again(self):
        self.make_uncertain('drop-unrecorded')
        self.decide('send_again')
        self.stage.relay.start('griffie@gm0001.test=dot:drop-unrecordedx1')
        self.send()
        self.assertEqual(self.states(), {'sent': COUNCILS - 1, 'uncertain': 1})
        # A restored copy of the database that lets it go: the ledger knows better.
        self.change("update raadspost_dispatch set state = 'released', journal = null where state = 'uncertain'")
        self.change("update raadspost_dispatch set again_at = '2020-01-01 00:00:00' where state = 'released'")
        self.stage.relay.start()
        self.send()
        self.assertEqual(self.states(), {'sent': COUNCILS - 1, 'uncertain': 1})

    def test_what_was_accepted_is_never_sent_again(self):
        self.make_uncertain('drop-unrecorded')
        self.change("update raadspost_dispatch set state = 'uncertain' where mailbox = 'griffie@gm0002.test'")
        self.decide('send_again')
        self.send()
        self.assertEqual(self.states(), {'sent': COUNCILS})
        self.assertEqual(self.stage.judge().twice, 0)


def decide(conf, name, decision, keys):
    from trytond.config import config
    config.update_etc(conf)
    config.set('raadspost', 'keys', keys)
    os.makedirs(os.path.dirname(keys), exist_ok=True)
    from trytond.pool import Pool
    from trytond.transaction import Transaction
    Pool.start()
    pool = Pool(name)
    pool.init()
    with Transaction().start(name, 1) as transaction:
        dispatches = [each.id for each in pool.get('raadspost.dispatch').search([('state', '=', 'uncertain')])]
        Wizard = pool.get('raadspost.dispatch.decide', type='wizard')
        with transaction.set_context(active_model='raadspost.dispatch', active_id=dispatches[0], active_ids=dispatches):
            session, _, _ = Wizard.create()
            Wizard.execute(session, {'start': {'decision': decision, 'reason': "proef"}}, 'decide')
        transaction.commit()


if __name__ == '__main__':
    if len(sys.argv) > 4:
        decide(*sys.argv[1:])
    else:
        unittest.main()

"""A stage for all tests of a class, as it was for each of them."""
import unittest

from database import kind
from stage import Stage


class StageTest(unittest.TestCase):
    councils = 40

    @classmethod
    def setUpClass(cls):
        cls.stage = Stage(kind(), councils=cls.councils)
        cls.addClassCleanup(cls.stage.remove)

    def setUp(self):
        self.stage.restore()
        self.stage.relay.start()

    def change(self, statement):
        with self.stage.sql() as run:
            run(statement)

    def states(self):
        return dict(self.stage.judge().states)

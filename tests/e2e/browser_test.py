"""A database of the host, its web server and a browser that is logged in: what a browser test starts from."""
import os

from client import Client
from database import PASSWORD, HostTest
from web_server import WebServer

PICTURES = os.path.join(os.environ['RAADSPOST_BUILD'], 'tests', 'e2e', 'failed')


class BrowserTest(HostTest):
    user = 'admin'

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with cls.database.transaction(commit=True) as pool:
            finish_configuration(pool)
        cls.prepare()
        cls.server = WebServer(cls.database).start()
        cls.addClassCleanup(cls.server.stop)
        cls.client = Client(cls.server.address, cls.database.name)
        cls.addClassCleanup(cls.client.close)
        cls.client.log_in(cls.user, PASSWORD)

    @classmethod
    def prepare(cls):
        "What has to be there before the server starts."

    def setUp(self):
        self.client.start_over()

    def log_in_as(self, login):
        # With nothing open, for the client asks before it closes tabs.
        self.client.start_over().log_out()
        self.client.log_in(login, PASSWORD)

    def run(self, result=None):
        "A picture of the screen says more than a message, when something fails."
        troubles = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > troubles:
            self.client.screenshot(PICTURES, self.id(), sizes=['1280x800'])
        return result

    def tearDown(self):
        self.assertEqual(self.client.complaints(), [])
        self.assertEqual(self.server.errors(), [])


def finish_configuration(pool):
    "Otherwise the host's wizard for new installations opens by itself after the log-in."
    Item = pool.get('ir.module.config_wizard.item')
    Item.write(Item.search([]), {'state': 'done'})

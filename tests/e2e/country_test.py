"""A browser test in the demo's country: its colleagues, its councils, and its first appeal as the editor began it."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / 'world'))

from browser_test import BrowserTest  # noqa: E402
from demo import add_colleagues, extension, settle_in, write_at_any_hour  # noqa: E402
from lasting_councils import let_no_council_end  # noqa: E402

COUNCILS = 342
NOBODY = 9  # a port at which no relay listens


class CountryTest(BrowserTest):
    modules = ['raadspost']

    @classmethod
    def relay_port(cls):
        return NOBODY

    @classmethod
    def prepare(cls):
        cls.database.sections = {
            'email': {'uri': f'smtp://127.0.0.1:{cls.relay_port()}', 'from': 'post@dorpensamen.example'},
            'raadspost': {'keys': str(pathlib.Path(cls.database.folder) / 'keys' / 'ring')}}
        cls.database.write_conf(cls.database.sections)
        with cls.database.transaction(commit=True) as pool:
            add_colleagues(pool)
            settle_in(pool)
            write_at_any_hour(pool)
            extension().load_country({'domain_suffix': 'example', 'with_meeting_places': True})
            let_no_council_end(pool)
            redactie, = pool.get('res.user').search([('login', '=', 'redactie')])
        with cls.database.transaction(user=redactie.id, commit=True) as pool:
            cls.appeal_id = extension().load_samples()[0]
            cls.appeal = pool.get('raadspost.appeal')(cls.appeal_id).name

"""What the world knows of a message that it sent, in the words of a labelled set (FORMAT.md of the corpora), and of what
griffies do without a message."""
import dataclasses
import datetime

NO_COUNCIL = '-'
# The kinds in the order in which they are named, the weightiest first.
KINDS = ('bounce_hard', 'bounce_soft', 'auto_reply', 'opt_out', 'declined', 'listed', 'agenda', 'to_college', 'distributed',
         'meeting', 'question', 'redirect', 'receipt', 'other')


@dataclasses.dataclass
class Truth:
    kinds: set
    council: str
    list_number: str = ''
    list_date: datetime.date | None = None
    meeting_date: datetime.date | None = None
    case_number: str = ''
    redirect_to: str = ''
    absent_until: datetime.date | None = None
    forged: bool = False
    automatic: bool = False
    note: str = ''

    def kinds_in_order(self):
        return [kind for kind in KINDS if kind in self.kinds]


@dataclasses.dataclass
class Answer:
    "A message on its way to the association."
    at: datetime.datetime
    message_id: str
    raw: bytes
    truth: Truth


@dataclasses.dataclass
class Click:
    "An answer on the page of a message."
    at: datetime.datetime
    council: str
    page: str           # the link in our message
    fields: dict        # of the form
    outcomes: tuple     # what then stands, by the names of outcomes
    by_griffie: bool    # else it waits for a person


@dataclasses.dataclass
class Call:
    "A telephone call to the association."
    at: datetime.datetime
    council: str
    who: str
    outcome: str
    said: str

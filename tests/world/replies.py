"""Makes a labelled set of answers out of the simulated country, for ./run evaluate: FOLDER/sent.tsv, labels.tsv and mail/.

    python3 tests/world/replies.py FOLDER [--seed N] [--messages N]

Unlike the demo's year, all kinds of answers are about as frequent, so that each is judged on enough messages.
"""
import argparse
import csv
import datetime
import pathlib
import random
import sys

from country import ours
from country.country import Country
from country.truth import KINDS, NO_COUNCIL  # noqa: F401
from simulated_clock import NETHERLANDS

COUNCILS = pathlib.Path(__file__).resolve().parents[2] / 'plugin' / 'core' / 'council' / 'councils_2026.csv'
MOST = {'distributed': 10, 'listed': 11, 'together': 13, 'to_college': 8, 'agenda': 8, 'meeting': 8, 'question': 9, 'declined': 8,
        'redirect': 7, 'opt_out': 6, 'receipt': 6, 'other': 4}
WRITTEN = datetime.datetime(2025, 11, 3, 9, 20, tzinfo=NETHERLANDS)
UNRELATED = 0.03
RECEIPTS_KEPT = 0.3  # of what case systems say
NOT_WRITTEN_TO = 12  # councils that hear of it from others


def councils(dice):
    with open(COUNCILS, encoding='utf-8') as file:
        rows = [(row['code'], row['name'], f"griffie@{row['domain']}") for row in csv.DictReader(file, delimiter=';') if row['domain']]
    dice.shuffle(rows)
    return rows


def make(seed, messages):
    "(messages of ours by council, answers); as many answers as asked for."
    dice = random.Random(f'{seed}/set')
    everybody = councils(dice)
    country = Country(seed, everybody, MOST)
    written_to, others = everybody[NOT_WRITTEN_TO:], everybody[:NOT_WRITTEN_TO]
    sent = {code: ours.written(1, code, name, mailbox, WRITTEN + datetime.timedelta(seconds=4 * number))
            for number, (code, name, mailbox) in enumerate(written_to)}
    answers = seldom(country, sent, dice, messages) + unseen(country, others)
    occasion = 0
    while len(answers) < messages:
        occasion += 1
        for code, message in sent.items():
            answers += [answer for answer in country.answers(code, message, occasion)
                        if not answer.truth.automatic or dice.random() < RECEIPTS_KEPT]
    once = {answer.message_id: answer for answer in answers[:messages]}
    return sent, sorted(once.values(), key=lambda answer: (answer.at, answer.message_id))


def seldom(country, sent, dice, messages):
    "What a year has too little of to be judged by: machines, forgers, and what has nothing to do with it."
    out = []
    for share, make_one in ((0.06, country.absent), (0.03, lambda *who: country.bounce(*who, 'bounce_hard')),
                            (0.03, lambda *who: country.bounce(*who, 'bounce_soft')), (0.01, country.delayed), (0.05, country.forged)):
        for code in dice.sample(sorted(sent), round(share * messages)):
            out.append(make_one(country.griffies[code], sent[code], random.Random(f'{country.seed}/{code}/{share}')))
    for code in dice.sample(sorted(sent), round(UNRELATED * messages)):
        out.append(country.unrelated(sent[code], dice, sent[code].at + datetime.timedelta(hours=dice.randint(1, 200))))
    return out


def unseen(country, others):
    "Councils that were not written to answer what they heard of elsewhere."
    out = []
    for code, name, mailbox in others:
        message = ours.written(1, code, name, mailbox, WRITTEN)
        message.message_id = f'elders.{code.lower()}@dorpenkring.example'
        for answer in country.answers(code, message, 'unseen')[:1]:
            answer.truth.council = NO_COUNCIL
            answer.truth.note = answer.truth.note or 'nothing was sent to this council'
            out.append(answer)
    return out


def iso(day):
    return day.isoformat() if day else ''


def write(folder, sent, answers, names):
    (folder / 'mail').mkdir(parents=True)
    with open(folder / 'sent.tsv', 'w', encoding='utf-8') as file:
        file.write('message_id\tsent_at\tcouncil\tcbs_code\trecipient\tsubject\n')
        for code, each in sent.items():
            file.write(f'{each.message_id}\t{each.at.isoformat()}\t{names[code]}\t{code}\t{each.recipient}\t{each.subject}\n')
    with open(folder / 'labels.tsv', 'w', encoding='utf-8') as file:
        file.write('file\tkinds\tcouncil\tlist_number\tlist_date\tmeeting_date\tcase_number\tredirect_to\tnote\n')
        for number, answer in enumerate(answers, 1):
            truth, name = answer.truth, f'{number:03d}.eml'
            (folder / 'mail' / name).write_bytes(answer.raw)
            file.write('\t'.join((name, ','.join(truth.kinds_in_order()), truth.council, truth.list_number, iso(truth.list_date),
                                  iso(truth.meeting_date), truth.case_number, truth.redirect_to, truth.note)) + '\n')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('folder', type=pathlib.Path)
    parser.add_argument('--seed', type=int, default=4)
    parser.add_argument('--messages', type=int, default=400)
    options = parser.parse_args()
    sent, answers = make(options.seed, options.messages)
    write(options.folder, sent, answers, {code: name for code, name, _ in councils(random.Random(0))})
    return 0


if __name__ == '__main__':
    sys.exit(main())

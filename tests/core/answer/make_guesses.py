"""Makes manifests/rules/nl.guesses, the weights by which an answer that no rule understands is guessed at (guesses.hpp), out of
the labelled sentences beside this script; never out of unseen_*.tsv, on which the outcome is measured.

    python3 tests/core/answer/make_guesses.py            writes the file
    python3 tests/core/answer/make_guesses.py --check    says whether the file is what the sentences give

Logistic regression, one kind against all others, by AdaGrad; plain Python, so that anybody can run it.
"""
import argparse
import collections
import math
import pathlib
import random
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = ('sentences.tsv', 'more_sentences.tsv', 'replies.tsv')
FILE = HERE.parents[2] / 'manifests' / 'rules' / 'nl.guesses'
KINDS = 'auto_reply declined agenda listed distributed to_college meeting question redirect opt_out receipt other'.split()
ROUNDS, RATE, SHRINKING = 20, 0.3, 1e-4
COMPOSITES = 600
TREATED = {'distributed', 'listed', 'to_college', 'agenda'}
SEEN = 2  # a feature of one sentence says nothing
SCALE = 100
LEAST = 15  # hundredths; weights below it for all kinds are left out
DRIFT = 2  # hundredths by which another machine's arithmetic may differ
HEAD = '''# How likely each kind is by the words of an answer, for what no rule understands. Made by tests/core/answer/make_guesses.py
# out of the sentences there: change those, not this. A line: a feature (a word, two in a row, the first five letters and "*"),
# then its weight for each kind in hundredths; "-" is what counts always.
'''
MARKS = str.maketrans('', '', '\'"`‘’“”„‚«»´')


def folded(text):
    letters = unicodedata.normalize('NFKD', text.translate(MARKS).lower())
    return ''.join(letter for letter in letters if not unicodedata.combining(letter))


def features(text):
    out = set()
    for sentence in re.split(r'(?<=[.!?])\s+|\\n', text):
        words = []
        for piece in folded(sentence).split():
            if '@' in piece or '://' in piece:
                words.append('@')
            else:
                words += ['0' if word[0].isdigit() else word for word in re.findall(r'[a-z]+|[0-9]+|\?', piece)]
        out.update(words)
        out.update(f'{one}_{next_one}' for one, next_one in zip(words, words[1:]))
        out.update(f'{word[:5]}*' for word in words if len(word) > 5)
    return out


def examples():
    for name in EXAMPLES:
        lines = [line for line in (HERE / name).read_text('utf-8').splitlines() if line and not line.startswith('#')]
        for line in lines[1:]:
            kinds, text = line.split('\t')[:2]
            yield set(kinds.split(',')), text


def composites(everything):
    """Two answers in one, as one who does two things writes: the kinds of both, and no receipt beside a deed."""
    chance = random.Random(5)
    of_people = [example for example in everything if not example[0] & {'auto_reply', 'other'}]
    for _ in range(COMPOSITES):
        (first, one), (second, other) = chance.sample(of_people, 2)
        kinds = first | second
        if len(kinds) > 1 and kinds != {'receipt', 'redirect'}:
            kinds = kinds - {'receipt'}
        if 'declined' not in kinds or not kinds & TREATED:
            yield kinds, one + '\\n' + other


def trained():
    everything = list(examples())
    everything += list(composites(everything))
    everything = [(kinds, features(text)) for kinds, text in everything]
    seen = collections.Counter(feature for _, found in everything for feature in found)
    rows = [(kinds, sorted(feature for feature in found if seen[feature] >= SEEN)) for kinds, found in everything]
    weights = {kind: collections.defaultdict(float) for kind in KINDS}
    squares = {kind: collections.defaultdict(lambda: 1e-6) for kind in KINDS}
    order = random.Random(1)
    for _ in range(ROUNDS):
        order.shuffle(rows)
        for kinds, found in rows:
            share = 1 / math.sqrt(len(found) + 1)
            for kind in KINDS:
                weight, square = weights[kind], squares[kind]
                score = weight['-'] + share * sum(weight[feature] for feature in found)
                error = 1 / (1 + math.exp(-max(-30, min(30, score)))) - (kind in kinds)
                if abs(error) < 0.01:
                    continue
                for feature in found + ['-']:
                    slope = error * (1 if feature == '-' else share) + SHRINKING * weight[feature]
                    square[feature] += slope * slope
                    weight[feature] -= RATE * slope / math.sqrt(square[feature])
    out = {}
    for feature in sorted({feature for weight in weights.values() for feature in weight}):
        row = [round(SCALE * weights[kind][feature]) for kind in KINDS]
        if max(map(abs, row)) >= LEAST:
            out[feature] = row
    return out


def written(rows):
    lines = [f'{feature} {" ".join(map(str, row))}\n' for feature, row in rows.items()]
    return HEAD + f'kinds {" ".join(KINDS)}\n' + ''.join(lines)


def there():
    rows = {}
    for line in FILE.read_text('utf-8').splitlines():
        if not line.startswith('#') and not line.startswith('kinds '):
            feature, *row = line.split(' ')
            rows[feature] = [int(number) for number in row]
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--check', action='store_true')
    options = parser.parse_args()
    rows = trained()
    if not options.check:
        FILE.write_text(written(rows), 'utf-8')
        return 0
    kept, nothing = there(), [0] * len(KINDS)
    off = [feature for feature in rows.keys() | kept.keys()
           if max(abs(a - b) for a, b in zip(rows.get(feature, kept.get(feature, nothing)),
                                             kept.get(feature, rows.get(feature, nothing)))) > DRIFT]
    missing = [feature for feature in rows.keys() ^ kept.keys()
               if max(map(abs, rows.get(feature) or kept[feature])) > LEAST + DRIFT]
    if off or missing:
        print(f'{FILE.name} is not what the sentences give: run {pathlib.Path(__file__).name}. E.g. {sorted(off + missing)[:5]}')
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())

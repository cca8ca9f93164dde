"""Makes manifests/rules/nl.guesses, the weights by which the words of an answer make its kinds likely (guesses.hpp), out of
the labelled answers beside this script and the words of nl.rules; never out of unseen_*.tsv, on which the outcome is measured.

    python3 tests/core/answer/make_guesses.py BUILD      writes the file; BUILD/tests/core/answer/rules_words must be there
    python3 tests/core/answer/make_guesses.py --check    says whether the file was made of what lies there now

Learning takes python3-sklearn, which nothing else here needs: logistic regression, one kind against all others.
"""
import argparse
import collections
import hashlib
import itertools
import math
import pathlib
import random
import re
import subprocess
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent
RULES = HERE.parents[2] / 'manifests' / 'rules' / 'nl.rules'
FILE = RULES.with_name('nl.guesses')
# Written while the rules were mended by them, and afterwards by people who did not know the rules: these weigh more,
# for by the others the rules' words look better than they are.
MENDED_BY = ('sentences.tsv', 'more_sentences.tsv', 'replies.tsv')
OF_STRANGERS = ('answers.tsv',)
STRANGERS_WEIGH = 3
KINDS = 'auto_reply declined agenda listed distributed to_college meeting question redirect opt_out receipt other'.split()
TREATED = {'distributed', 'listed', 'to_college', 'agenda'}
STRENGTH = 30.0  # of fitting, against keeping weights small
SEEN = 4  # a feature of fewer answers says little
SCALE = 100
LEAST = 60  # hundredths; weights below it for all kinds are left out
HEAD = '''# How likely each kind is by the words of an answer. Made by tests/core/answer/make_guesses.py out of the answers there and
# the words of nl.rules: change those and make it anew, not this. A line: a feature (guesses.hpp), then its weight for each
# kind in hundredths; "-" is what counts always.
'''
MARKS = str.maketrans('', '', '\'"`‘’“”„‚«»´')


def folded(text):
    letters = unicodedata.normalize('NFKD', text.translate(MARKS).lower())
    return ''.join(letter for letter in letters if not unicodedata.combining(letter))


def features(text, clauses):
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
    for names in clauses:
        out.update(f'={name}' for name in names)
        out.update(f'={one}+{other}' for one, other in itertools.combinations(sorted(names), 2))
    return out


def examples(files):
    for name in files:
        lines = [line for line in (HERE / name).read_text('utf-8').splitlines() if line and not line.startswith('#')]
        for line in lines[1:]:
            kinds, text = line.split('\t')[:2]
            yield set(kinds.split(',')), text


def composites(everything):
    """Two answers in one, as one who does two things writes: the kinds of both, and no receipt beside a deed."""
    chance = random.Random(5)
    of_people = [example for example in everything if not example[0] & {'auto_reply', 'other'}]
    for _ in everything:
        (first, one), (second, other) = chance.sample(of_people, 2)
        kinds = first | second
        if len(kinds) > 1 and kinds != {'receipt', 'redirect'}:
            kinds = kinds - {'receipt'}
        if 'declined' not in kinds or not kinds & TREATED:
            yield kinds, one + '\\n' + other


def words_of_rules(build, texts):
    program = pathlib.Path(build).resolve() / 'tests' / 'core' / 'answer' / 'rules_words'
    told = subprocess.run([program], input=''.join(text + '\n' for text in texts), text=True, check=True,
                          stdout=subprocess.PIPE).stdout.splitlines()
    assert len(told) == len(texts)
    return [[[name for name in clause.split(',') if name] for clause in line.split('|')] for line in told]


def learnt(build):
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    rows = []
    for files, weight in ((MENDED_BY, 1), (OF_STRANGERS, STRANGERS_WEIGH)):
        everything = list(examples(files))
        everything += list(composites(everything))
        rows += [(kinds, text, weight) for kinds, text in everything]
    found = [features(text, clauses) for (_, text, _), clauses in zip(rows, words_of_rules(build, [row[1] for row in rows]))]
    seen = collections.Counter(feature for each in found for feature in each)
    found = [sorted(feature for feature in each if seen[feature] >= SEEN) for each in found]
    table = DictVectorizer()
    matrix = table.fit_transform([dict.fromkeys(each, 1 / math.sqrt(len(each) + 1)) for each in found])
    weights = {}
    for kind in KINDS:
        model = LogisticRegression(C=STRENGTH, solver='liblinear', max_iter=500)
        model.fit(matrix, [kind in kinds for kinds, _, _ in rows], sample_weight=[weight for _, _, weight in rows])
        weights[kind] = model.coef_[0], model.intercept_[0]
    out = {'-': [round(SCALE * weights[kind][1]) for kind in KINDS]}
    for feature, column in sorted(table.vocabulary_.items()):
        row = [round(SCALE * weights[kind][0][column]) for kind in KINDS]
        if max(map(abs, row)) >= LEAST:
            out[feature] = row
    return out


def made_of():
    """A name for all that the weights depend on."""
    content = hashlib.sha256()
    for path in (HERE / name for name in ('make_guesses.py', *MENDED_BY, *OF_STRANGERS)):
        content.update(path.read_bytes())
    content.update(RULES.read_bytes())
    return f'# made of {content.hexdigest()[:16]}\n'


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('build', nargs='?')
    parser.add_argument('--check', action='store_true')
    options = parser.parse_args()
    if options.check:
        if made_of() in FILE.read_text('utf-8').splitlines(keepends=True):
            return 0
        print(f'{FILE.name} was made of other answers or rules than lie there: build, then run {pathlib.Path(__file__).name}')
        return 1
    if not options.build:
        parser.error('name the folder of the build')
    lines = [f'{feature} {" ".join(map(str, row))}\n' for feature, row in learnt(options.build).items()]
    FILE.write_text(HEAD + made_of() + f'kinds {" ".join(KINDS)}\n' + ''.join(lines), 'utf-8')
    return 0


if __name__ == '__main__':
    sys.exit(main())

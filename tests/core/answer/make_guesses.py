"""Makes manifests/rules/nl.guesses, the weights by which the words of an answer make its kinds likely (guesses.hpp), out of
the labelled answers beside this script and the words of nl.rules; never out of unseen_*.tsv, on which the outcome is measured.

    python3 tests/core/answer/make_guesses.py BUILD      writes the file; BUILD/tests/core/answer/rules_words must be there
    python3 tests/core/answer/make_guesses.py --check    says whether the file was made of what lies there now

Learning takes python3-sklearn, which nothing else here needs: for each kind against all others a logistic regression that
sees whole texts, and one that sees their sentences.
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
ROUNDS = 120
SEEN = 4  # a feature of fewer answers says little
SCALE = 100
LEAST = 200  # hundredths; weights below it for all kinds are left out
HEAD = '''# How likely each kind is by the words of an answer. Made by tests/core/answer/make_guesses.py out of the answers there and
# the words of nl.rules: change those and make it anew, not this. A line: a feature (guesses.hpp), then its weight for each
# kind in hundredths, in a whole text and after those in a sentence; "-" is what counts always.
'''


def words_of(text):
    out = []
    for piece in text.split(' '):
        if '@' in piece or '://' in piece:
            out.append('@')
        else:
            out += ['0' if word[0].isdigit() else word for word in re.findall(r'[a-z]+|[0-9]+|\?', piece)]
    return out


def features(sentence):
    "Of one sentence, as rules_words tells it."
    text, *clauses = sentence.split('\x1f')
    words = words_of(text)
    out = set(words)
    out.update(f'{one}_{next_one}' for one, next_one in zip(words, words[1:]))
    out.update(f'{word[:5]}*' for word in words if len(word) > 5)
    for clause in clauses:
        names = sorted(name for name in clause.split(',') if name)
        out.update(f'={name}' for name in names)
        out.update(f'={one}+{other}' for one, other in itertools.combinations(names, 2))
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


def sentences(build, texts):
    "The features of each sentence of each text."
    program = pathlib.Path(build).resolve() / 'tests' / 'core' / 'answer' / 'rules_words'
    told = subprocess.run([program], input=''.join(text + '\n' for text in texts), text=True, check=True,
                          stdout=subprocess.PIPE).stdout.split('\n')[:-1]
    assert len(told) == len(texts)
    return [[features(sentence) for sentence in line.split('\x1e')[:-1]] or [set()] for line in told]


class Table:
    "Features by number, and texts as rows of what they have of them, each by its share."

    def __init__(self, features):
        self.features = sorted(features)
        self.numbers = {feature: number for number, feature in enumerate(self.features)}

    def rows(self, sets):
        import numpy
        from scipy.sparse import csr_matrix
        columns, ends, values = [], [0], []
        for each in sets:
            known = sorted(self.numbers[feature] for feature in each if feature in self.numbers)
            columns += known
            values += [1 / math.sqrt(len(known) + 1)] * len(known)
            ends.append(len(columns))
        return csr_matrix((numpy.array(values), columns, ends), shape=(len(ends) - 1, len(self.features)))


def learnt_of_texts(rows, is_kind, weights):
    from sklearn.linear_model import LogisticRegression
    model = LogisticRegression(C=STRENGTH, solver='liblinear', max_iter=500)
    model.fit(rows, is_kind, sample_weight=weights)
    return model.intercept_[0], model.coef_[0]


def learnt_of_sentences(rows, begins, is_kind, weights):
    """What each sentence says by itself: the text has the kind that one of its sentences has, or several of them a
    little (the logarithm of the sum of exponentials)."""
    import numpy
    from scipy.optimize import minimize
    text_of = numpy.repeat(numpy.arange(len(begins)), numpy.diff([*begins, rows.shape[0]]))
    turned = rows.T.tocsr()
    sign = numpy.where(is_kind, 1.0, -1.0)

    def loss(unknown):
        base, coefficients = unknown[0], unknown[1:]
        each = rows @ coefficients
        most = numpy.maximum.reduceat(each, begins)
        shares = numpy.exp(each - most[text_of])
        sums = numpy.add.reduceat(shares, begins)
        margin = sign * (base + most + numpy.log(sums))
        slope = -weights * sign / (1 + numpy.exp(numpy.minimum(margin, 500)))
        by_sentence = turned @ (slope[text_of] * shares / sums[text_of])
        return ((weights * numpy.logaddexp(0, -margin)).sum() + coefficients @ coefficients / (2 * STRENGTH),
                numpy.concatenate([[slope.sum()], by_sentence + coefficients / STRENGTH]))
    first = numpy.zeros(rows.shape[1] + 1)
    first[0] = -2
    found = minimize(loss, first, jac=True, method='L-BFGS-B', options={'maxiter': ROUNDS}).x
    return found[0], found[1:]


def learnt(build):
    import numpy
    rows = []
    for files, weight in ((MENDED_BY, 1), (OF_STRANGERS, STRANGERS_WEIGH)):
        everything = list(examples(files))
        everything += list(composites(everything))
        rows += [(kinds, text, weight) for kinds, text in everything]
    found = sentences(build, [text for _, text, _ in rows])
    begins = numpy.cumsum([0] + [len(text) for text in found[:-1]])
    weights = numpy.array([weight for _, _, weight in rows], float)

    def fitted(features):
        "Weights by feature, first those in a text of all kinds, then those in a sentence."
        table = Table(features)
        texts = table.rows(set().union(*text) for text in found)
        of_sentences = table.rows(sentence for text in found for sentence in text)
        by_text, by_sentence = [], []
        for kind in KINDS:
            is_kind = numpy.array([kind in kinds for kinds, _, _ in rows])
            by_text.append(learnt_of_texts(texts, is_kind, weights))
            by_sentence.append(learnt_of_sentences(of_sentences, begins, is_kind, weights))
        bases, columns = zip(*by_text, *by_sentence)
        hundredths = numpy.rint(SCALE * numpy.array(columns).T).astype(int)
        return numpy.rint(SCALE * numpy.array(bases)).astype(int).tolist(), {
            feature: row.tolist() for feature, row in zip(table.features, hundredths)}
    seen = collections.Counter(feature for text in found for feature in set().union(*text))
    _, first = fitted(feature for feature, count in seen.items() if count >= SEEN)
    # Fitted anew with those that are kept, as what each counts depends on how many are known.
    bases, kept = fitted(feature for feature, row in first.items() if max(map(abs, row)) >= LEAST)
    return {'-': bases, **kept}


def made_of():
    """A name for the answers, the rules and the script that the weights were made of."""
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

"""What the field does to understand a text, given the same keywords or the same labelled messages as Skinline.

Each peer is a function that answers a text with a topic and a language. They are written here as their projects
describe them, but for RapidFuzz, scikit-learn and NLP.js, which are themselves.
"""

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from bot.content import Library
from bot.folding import fold
from bot.model import UNKNOWN
from bot.text import words

NLPJS = Path(__file__).parent / "nlpjs"
_ALIKE_ENOUGH = 80
"""Of 100: what RapidFuzz must find at least to be an answer."""
_FURTHEST = 0.4
"""How much of a text may be typed otherwise for the nearest labelled message to be its answer."""


class Taught(NamedTuple):
    """A labelled message: what it wants, and in which language."""

    text: str
    topic: str
    language: str


class Answer(NamedTuple):
    """What a peer makes of a text."""

    topic: str
    language: str


NOTHING = Answer(UNKNOWN, "")
Peer = Callable[[str], Answer]


def keywords(library: Library) -> dict[str, Answer]:
    """Return every listed word with the want that it speaks loudest for: what a keyword bot would be given."""
    loudest = {name: _loudest(name, library) for name in _meanings(library)}
    found: dict[str, Answer] = {}
    for language, tongue in library.lexicon.tongues.items():
        for key, meant in tongue.forms.items():
            if meant and "*" not in key:
                found.setdefault(key, Answer(loudest[meant[0]], language))
        for phrase in tongue.said:
            if len(phrase.parts) == 1:
                found |= dict.fromkeys(phrase.parts[0], Answer(phrase.want, language))
    return found


def _meanings(library: Library) -> set[str]:
    return {name for tongue in library.lexicon.tongues.values() for meant in tongue.forms.values() for name in meant}


def _loudest(meaning: str, library: Library) -> str:
    return max(library.weights.wants, key=lambda want: library.weights.speaks(meaning, want))


def first_word(listed: Mapping[str, Answer]) -> Peer:
    """RapidPro's trigger: the first word of a text is a keyword."""
    return lambda text: next((listed.get(word, NOTHING) for word in words(text)), NOTHING)


def any_word(listed: Mapping[str, Answer]) -> Peer:
    """RapidPro's rule "has any of the words": the first keyword anywhere in a text."""
    return lambda text: next((listed[word] for word in words(text) if word in listed), NOTHING)


def nearest_message(taught: Sequence[Taught]) -> Peer:
    """Whole messages by Levenshtein distance, as Turn's peach matches its phrases."""
    texts = [fold(each.text) for each in taught]

    def answer(text: str) -> Answer:
        found = process.extractOne(fold(text), texts, scorer=Levenshtein.normalized_distance, score_cutoff=_FURTHEST)
        return Answer(*taught[found[2]][1:]) if found else NOTHING

    return answer


def rapidfuzz(listed: Mapping[str, Answer]) -> Peer:
    """RapidFuzz's `extractOne` over all keywords, with its own default scorer."""
    texts = list(listed)

    def answer(text: str) -> Answer:
        found = process.extractOne(fold(text), texts, scorer=fuzz.WRatio, score_cutoff=_ALIKE_ENOUGH)
        return listed[found[0]] if found else NOTHING

    return answer


def linear_model(taught: Sequence[Taught]) -> Peer:
    """TF-IDF of runs of two to four letters and a linear model, one for the topic and one for the language."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    texts = [each.text for each in taught]

    def trained(labels: Sequence[str]) -> Callable[[str], str]:
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2)
        model = make_pipeline(letters, LogisticRegression(C=10, max_iter=300, tol=1e-3)).fit(texts, labels)
        return lambda text: str(model.predict([text])[0])

    topic, language = trained([each.topic for each in taught]), trained([each.language for each in taught])
    return lambda text: Answer(topic(text), language(text))


def install_nlpjs() -> set[str]:
    """Install NLP.js beside its script, and return the codes of the languages that it has."""
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=NLPJS, check=True)
    return {folder.name.removeprefix("lang-") for folder in (NLPJS / "node_modules" / "@nlpjs").glob("lang-*")}


def nlpjs(taught: Sequence[Taught], languages: Sequence[str], texts: Sequence[str]) -> list[tuple[Answer, float]]:
    """NLP.js, which guesses the language itself; with each answer the milliseconds that it took."""
    messages = [{"lang": iso(each.language), "text": each.text, "topic": each.topic} for each in taught]
    lines = [
        json.dumps({"languages": languages, "messages": messages}),
        *(json.dumps({"text": text}) for text in texts),
    ]
    done = subprocess.run(
        ["node", "answer.js"], cwd=NLPJS, input="\n".join(lines), capture_output=True, text=True, check=True
    )
    answers = map(json.loads, done.stdout.splitlines())
    return [(Answer(_ours(each["topic"]), each["lang"] or ""), each["ms"]) for each in answers]


def iso(language: str) -> str:
    """Return the code that NLP.js has for a language."""
    return {"fil": "tl"}.get(language, language.partition("_")[0])


def _ours(intent: str) -> str:
    return UNKNOWN if intent == "None" else intent

"""Texts that say much the same, put together: whoever reads them decides once.

Also what tells a reader most about a text at a glance: its script, and the topic of the labelled message most like it.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from rapidfuzz import fuzz, process

_SAME = 74
"""How like two texts must be to be one question (RapidFuzz, of 100), whatever the order of their words."""
_WITHIN = 95
"""The same for a text whose words all stand in the other."""
_TELLING = 6
"""Letters from which a text is enough to stand within another: "how" would draw half of all questions together."""
_NEAR = 70
"""How like a labelled message must be to show a topic."""
_SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARABIC": "Arab",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "CJK": "Hani",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "HANGUL": "Kore",
    "THAI": "Thai",
    "GREEK": "Grek",
    "HEBREW": "Hebr",
}


class Unread(NamedTuple):
    """A text that was not understood, redacted, under its number; `day` is an ISO date."""

    number: int
    day: str
    language: str
    text: str


class Group(NamedTuple):
    """Texts of one language that are alike, the latest first."""

    texts: tuple[Unread, ...]

    @property
    def head(self) -> Unread:
        return self.texts[0]

    @property
    def others(self) -> list[str]:
        """Every other wording, once."""
        return [text for text in dict.fromkeys(each.text for each in self.texts) if text != self.head.text]


def groups(texts: Iterable[Unread]) -> list[Group]:
    """Put texts with those that they are like; the largest group comes first.

    >>> found = groups(Unread(n, "", "en", t) for n, t in enumerate(["free parking?", "my dog", "parking free"]))
    >>> [[each.text for each in group.texts] for group in found]
    [['free parking?', 'parking free'], ['my dog']]
    """
    found: dict[str, dict[str, list[Unread]]] = {}
    for each in texts:
        heads = found.setdefault(each.language, {})
        heads.setdefault(_alike(_plain(each.text), list(heads)), []).append(each)
    together = [Group(tuple(listed)) for heads in found.values() for listed in heads.values()]
    return sorted(together, key=lambda group: (-len(group.texts), -group.head.number))


def _alike(text: str, heads: list[str]) -> str:
    """Return the one of `heads` that `text` is like, or that holds it or is held by it; else `text` itself."""
    found = process.extractOne(text, heads, scorer=fuzz.token_sort_ratio, score_cutoff=_SAME)
    if not found and len(text) >= _TELLING:
        telling = [head for head in heads if len(head) >= _TELLING]
        found = process.extractOne(text, telling, scorer=fuzz.token_set_ratio, score_cutoff=_WITHIN)
    return str(found[0]) if found else text


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())


def script(text: str) -> str:
    """Return the ISO 15924 code of the script that most letters are in, "" where none is known.

    >>> script("هل …"), script("parking 停"), script("🙂")
    ('Arab', 'Latn', '')
    """
    names = (unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    known = Counter(_SCRIPTS[name] for name in names if name in _SCRIPTS)
    return known.most_common(1)[0][0] if known else ""


def nearest(text: str, labelled: Mapping[str, str]) -> str:
    """Return what the labelled text most like `text` is labelled with, "" where none is like it."""
    found = process.extractOne(_plain(text), labelled.keys(), scorer=fuzz.token_set_ratio, score_cutoff=_NEAR)
    return labelled[found[0]] if found else ""

"""Every word of every keyword, indexed: where a text touches what we know, exactly or but for a typing error.

Words weigh by how few wants of their language use them (inverse document frequency), so that "scar", which is
everywhere, decides little and "keloid" much. Misspelled words are found through their shapes with one letter left
out: two words within one edit of each other always share such a shape, so no list is ever scanned.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.keywords import OUTSIDE, Keyword, Speech
from bot.languages import is_latin
from bot.model import CONTROLS, DANGERS
from bot.text import is_unspaced, stem

SHORTEST_TYPO = 5
"""Letters from which a typing error is allowed for: below, one letter makes another word (car, scar; pain, paint)."""
_WHOLE_ONLY = frozenset({*DANGERS, *CONTROLS, OUTSIDE})
_COMMON_WEIGHT = 0.25
_LEAST_SPOKEN = 0.1
_ROMANISED = 0.7
"""Latin letters speak less loudly for a language of another script: half of its listed ones are English words."""
_ENOUGH_SHARE = 0.6
_ENOUGH_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class Entry:
    """A keyword with what it weighs: one weight for each part.

    People leave out words, so most of a keyword may do: `least` is the number of parts that could be enough. Danger,
    controls and what lies outside are never guessed from a part.
    """

    keyword: Keyword
    weights: tuple[float, ...]
    least: int

    def share(self, standing: frozenset[str]) -> float:
        """Return how much (0 to 1) of the keyword stands among the words `standing`; 0 where it is too little."""
        missing = 0.0
        allowed = len(self.weights) - self.least
        for part, weight in zip(self.keyword.parts, self.weights, strict=True):
            if part.isdisjoint(standing):
                if not allowed:
                    return 0.0
                allowed -= 1
                missing += weight
        if not missing:
            return 1.0
        whole = sum(self.weights)
        share = 1.0 - missing / whole
        return share if share >= _ENOUGH_SHARE and whole - missing >= _ENOUGH_WEIGHT else 0.0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The index. `anchored` gives for a word, by language, the entries whose weightiest part it fills: a keyword is
    looked for only where its weightiest part stands, so that "the" and "what" call up next to nothing. `weights` says
    what a word weighs in a language, `spoken` how much it speaks for each.
    """

    weights: Mapping[str, Mapping[str, float]]
    anchored: Mapping[str, Mapping[str, Sequence[Entry]]]
    spoken: Mapping[str, Mapping[str, float]]
    shapes: Mapping[str, Sequence[str]]
    lighter: Mapping[str, Sequence[str]]


def index(speeches: Iterable[Speech]) -> Lexicon:
    """Build the index over all languages together."""
    speeches = tuple(speeches)
    anchored: defaultdict[str, dict[str, list[Entry]]] = defaultdict(dict)
    weights = {speech.language: _weights(speech) for speech in speeches}
    for speech in speeches:
        for keyword in speech.keywords:
            entry = _entry(keyword, weights[speech.language])
            for word in _anchor(entry, weights[speech.language]):
                anchored[word].setdefault(speech.language, []).append(entry)
    spoken = _spoken(speeches)
    anchored.default_factory = None
    return Lexicon(
        weights=weights,
        anchored=anchored,
        spoken=spoken,
        shapes=_grouped((shape, word) for word in spoken for shape in shapes(word)),
        lighter=_grouped((stem(word), word) for word in spoken if stem(word) != word),
    )


def _weights(speech: Speech) -> Mapping[str, float]:
    wants_of: defaultdict[str, set[str]] = defaultdict(set)
    for keyword in speech.keywords:
        for part in keyword.parts:
            for word in part:
                wants_of[word].add(keyword.want)
    every = 1 + len({keyword.want for keyword in speech.keywords})
    return {
        word: math.log(every / len(wants)) * (_COMMON_WEIGHT if word in speech.common else 1.0)
        for word, wants in wants_of.items()
    }


def _entry(keyword: Keyword, weights: Mapping[str, float]) -> Entry:
    parts = tuple(_part_weight(part, weights) for part in keyword.parts)
    if keyword.want in _WHOLE_ONLY:
        return Entry(keyword, parts, len(parts))
    enough = max(_ENOUGH_WEIGHT, _ENOUGH_SHARE * sum(parts))
    return Entry(keyword, parts, 1 if max(parts) >= enough else min(2, len(parts)))


def _anchor(entry: Entry, weights: Mapping[str, float]) -> frozenset[str]:
    """Return the part whose words call the entry up: the weightiest, or of those that must all stand the rarest."""
    parts = entry.keyword.parts
    if entry.least == len(parts):
        return max(parts, key=lambda part: min(weights[word] for word in part))
    return parts[entry.weights.index(max(entry.weights))]


def _part_weight(part: frozenset[str], weights: Mapping[str, float]) -> float:
    return sum(weights[word] for word in part) / len(part)


def _spoken(speeches: Sequence[Speech]) -> Mapping[str, Mapping[str, float]]:
    """Return for each word the languages it is used in and how much it speaks for each: the fewer, the more."""
    languages: defaultdict[str, set[str]] = defaultdict(set)
    for speech in speeches:
        for word in speech.common.union(*(part for keyword in speech.keywords for part in keyword.parts)):
            languages[word].add(speech.language)
    every = 1 + len(speeches)
    foreign = {speech.language for speech in speeches if not is_latin(speech.language)}

    def loudness(word: str, code: str, rivals: int) -> float:
        whole = math.log(every / rivals) + _LEAST_SPOKEN
        return _ROMANISED * whole if word.isascii() and code in foreign else whole

    # Numbers are said in every language, listed or not.
    return {
        word: {} if word.isdecimal() else {code: loudness(word, code, len(found)) for code in found}
        for word, found in languages.items()
    }


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    groups.default_factory = None
    return groups


def shapes(word: str) -> Iterator[str]:
    """Yield `word` and `word` with each letter left out, where it is long enough for a typing error."""
    if len(word) >= SHORTEST_TYPO - 1 and not is_unspaced(word):
        yield word
        for place in range(len(word)):
            yield word[:place] + word[place + 1 :]

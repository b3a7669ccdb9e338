"""Every word of a keyword file, indexed: what it means, and which phrases it calls up.

Misspelled words are found through halves: of two words one edit apart, one half is the same in both, so only the few
words that share a half with the typed one are ever compared.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import product

from bot.keywords import Phrase, Speech
from bot.letters import Letters
from bot.model import ACTS
from bot.text import is_unspaced, split, squeezed

SHORTEST_TYPO = 5
"""Letters from which a typing error is allowed for: below, one letter makes another word (car, scar; pain, paint)."""
_LONGEST_ACT = 3


@dataclass(frozen=True)
class Tongue:
    """One language's index, of plain values that can be kept and read again.

    `forms`: for a key the meanings that it says alone; every key of the language is there. `longer`: for two keys the
    forms, as meaning and keys, that begin with both. `phrases`: for a key the phrases, as want and parts, whose rarest
    place it fills, so that "I" and "want" call up next to nothing. `stems`: the beginnings of words; `inside_lengths`
    the lengths of what stands inside words; `runs`: for a letter of a script without spaces the length of the longest
    run that begins with it. `acts`: whole texts that are nothing but a stop or a start.
    """

    language: str
    forms: dict[str, list[str]]
    longer: dict[str, dict[str, list[tuple[str, tuple[str, ...]]]]]
    phrases: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]]
    stems: frozenset[str]
    inside_lengths: tuple[int, ...]
    runs: dict[str, int]
    acts: dict[tuple[str, ...], str]
    common: frozenset[str]
    polite: frozenset[str]
    names_follow: tuple[str, ...]

    @property
    def plain(self) -> tuple[object, ...]:
        """All of it, to be kept: `Tongue(*plain)` is the same again."""
        return tuple(getattr(self, field.name) for field in fields(self))

    @property
    def said(self) -> list[Phrase]:
        """Every phrase of the language, once."""
        return [
            Phrase(*phrase) for phrase in dict.fromkeys(each for listed in self.phrases.values() for each in listed)
        ]

    @cached_property
    def halves(self) -> Mapping[tuple[str, int, bool, str], Sequence[str]]:
        """Keys by their halves. Made when the first misspelled word of the language comes in: most are never asked."""
        found: defaultdict[tuple[str, int, bool, str], list[str]] = defaultdict(list)
        for key in self.forms:
            for half in _halves(key):
                found[half].append(key)
        found.default_factory = None
        return found

    @cached_property
    def squeezed(self) -> Mapping[str, str]:
        """Keys that hold a doubled letter, by what they are without."""
        found = ((squeezed(key), key) for key in self.forms)
        return {short: key for short, key in found if short != key and short not in self.forms}

    @cached_property
    def stem_lengths(self) -> Sequence[int]:
        """The lengths of the stems that a typing error is allowed in."""
        return sorted({length for kind, length, _, _ in self.halves if kind == "*"})


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The index over all languages. `acts` gives for a whole text that is nothing but a stop or a start which it is,
    by language: such words are honoured in every language, whoever writes them.
    """

    languages: tuple[str, ...]
    tongues: Mapping[str, Tongue]
    letters: Letters
    acts: Mapping[tuple[str, ...], Mapping[str, str]]


def index(tongues: Iterable[Tongue], letters: Letters) -> Lexicon:
    """Put the languages together."""
    by_language = {tongue.language: tongue for tongue in tongues}
    acts: defaultdict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    for language, tongue in by_language.items():
        for said, want in tongue.acts.items():
            acts[said][language] = want
    acts.default_factory = None
    return Lexicon(tuple(by_language), by_language, letters, acts)


def tongue(speech: Speech) -> Tongue:
    """Build the index of one language."""
    forms: dict[str, list[str]] = {key: [] for key in _all_keys(speech)}
    longer: dict[str, dict[str, list[tuple[str, tuple[str, ...]]]]] = {}
    for meaning, keys in speech.forms:
        if len(keys) == 1:
            forms[keys[0]].append(meaning)
        else:
            longer.setdefault(keys[0], {}).setdefault(keys[1], []).append((meaning, keys))
    runs: dict[str, int] = {}
    for key in filter(is_unspaced, forms):
        runs[key[0]] = max(runs.get(key[0], 0), len(key))
    return Tongue(
        language=speech.language,
        forms=forms,
        longer=longer,
        phrases=_by_rarest_key(speech),
        stems=frozenset(key[:-1] for key in forms if key.endswith("*") and not key.startswith("*")),
        inside_lengths=tuple(sorted({len(key.strip("*")) for key in forms if key.startswith("*")})),
        runs=runs,
        acts=dict(_acts(speech)),
        common=speech.common,
        polite=speech.polite,
        names_follow=speech.names_follow,
    )


def _acts(speech: Speech) -> Iterator[tuple[tuple[str, ...], str]]:
    for want, parts in speech.phrases:
        if want in ACTS and len(parts) <= _LONGEST_ACT:
            for said in product(*map(sorted, parts)):
                yield tuple(split(" ".join(said))), want


def _all_keys(speech: Speech) -> Iterator[str]:
    # Sets have no order, and one text must always be read the same: sums of numbers depend on their order.
    yield from sorted(speech.common)
    yield from sorted(speech.polite)
    for form in speech.forms:
        yield from form.keys
    for phrase in speech.phrases:
        for part in phrase.parts:
            yield from sorted(part)


def _by_rarest_key(speech: Speech) -> dict[str, list[tuple[str, tuple[frozenset[str], ...]]]]:
    uses = Counter(key for phrase in speech.phrases for part in phrase.parts for key in part)
    found: dict[str, list[tuple[str, tuple[frozenset[str], ...]]]] = {}
    for want, parts in speech.phrases:
        for key in sorted(min(parts, key=lambda part: max(uses[key] for key in part))):
            found.setdefault(key, []).append((want, parts))
    return found


def spelled(word: str) -> str:
    """Return the letters that are typed one by one: a syllable of Hangul is two or three strokes.

    >>> len(spelled("흉터")), spelled("scar")
    (5, 'scar')
    """
    return unicodedata.normalize("NFD", word) if "가" <= word[:1] <= "힣" else word


def _halves(key: str) -> Iterator[tuple[str, int, bool, str]]:
    bare = spelled(key.strip("*"))
    if len(bare) < SHORTEST_TYPO or key.startswith("*") or is_unspaced(bare) or bare.isdecimal():
        return
    kind, middle = ("*" if key.endswith("*") else ""), len(bare) // 2
    yield kind, len(bare), False, bare[:middle]
    yield kind, len(bare), True, bare[middle:]


def look_alikes(word: str, tongue: Tongue) -> Iterator[str]:
    """Yield the keys of a language that share a half with `word`, as it is `spelled`, and are about as long."""
    long = len(word)
    for length in range(max(SHORTEST_TYPO, long - 1), long + 2):
        middle = length // 2
        yield from tongue.halves.get(("", length, False, word[:middle]), ())
        yield from tongue.halves.get(("", length, True, word[middle - length :]), ())
    # Two letters swapped across the middle leave neither half as it was.
    middle = long // 2
    swapped = word[: middle - 1] + word[middle : middle + 1] + word[middle - 1 : middle] + word[middle + 1 :]
    if swapped in tongue.forms:
        yield swapped
    for length in tongue.stem_lengths:
        middle = length // 2
        if middle < long:
            yield from tongue.halves.get(("*", length, False, word[:middle]), ())
            for slip in (-1, 0, 1):
                yield from tongue.halves.get(("*", length, True, word[middle + slip : length + slip]), ())

"""Every word of a keyword file, indexed: what it means, and which phrases it calls up."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, fields
from itertools import product
from typing import Any

from bot.folding import squeezed
from bot.halves import by_half
from bot.keywords import Phrase, Speech
from bot.letters import Letters
from bot.model import ACTS, DANGERS
from bot.text import is_unspaced, split

_LONGEST_ACT = 3
_GROUPS = (("outside",), ("skin", "treatments"))
"""Headings of meanings.toml: what has nothing to do with us, and what only we are asked about."""

Said = tuple[str, tuple[tuple[str, ...], ...]]
"""A phrase as it is kept: the want, and for each place the keys that may stand there, in one order for all runs."""


@dataclass(frozen=True)
class Tongue:
    """One language's index, of plain values that can be kept and read again; equal ones are one object.

    `forms`: for a key the meanings that it says alone; every key of the language is there. `longer`: for the first
    key of a longer form, then for its second, its meaning and its further keys. `phrases`: for a key the phrases
    whose rarest place it fills, so that "I" and "want" call up next to nothing. `stems`: the beginnings of words;
    `inside_lengths` the lengths of what stands inside words; `runs`: for two letters of a script without spaces
    the length of the longest run that begins with them. `acts`: whole texts that are nothing but a stop or a start,
    their words with spaces between. `halves`: keys by their halves; `squeezed`: keys that hold a doubled letter, by
    what they are without.
    """

    language: str
    forms: dict[str, tuple[str, ...]]
    longer: dict[str, dict[str, tuple[tuple[str, ...], ...]]]
    phrases: dict[str, tuple[Said, ...]]
    stems: frozenset[str]
    inside_lengths: tuple[int, ...]
    runs: dict[str, int]
    acts: dict[str, str]
    halves: dict[str, tuple[str, ...]]
    squeezed: dict[str, str]
    common: frozenset[str]
    polite: frozenset[str]
    prefixes: tuple[str, ...]
    names_follow: tuple[str, ...]

    # What was found for a word is remembered by word and language: each is the only one of its kind.
    __hash__ = object.__hash__

    @property
    def plain(self) -> tuple[object, ...]:
        """All of it, to be kept: `Tongue(*plain)` is the same again."""
        return tuple(getattr(self, field.name) for field in fields(self))

    @property
    def size(self) -> int:
        """How many words, and beginnings and pairs of words, are listed."""
        return len(self.forms) + sum(map(len, self.longer.values()))

    @property
    def said(self) -> list[Phrase]:
        """Every phrase of the language, once."""
        kept = dict.fromkeys(each for listed in self.phrases.values() for each in listed)
        return [Phrase(want, tuple(map(frozenset, parts))) for want, parts in kept]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The index over all languages. `acting` are the texts that are nothing but a stop or a start in any of them;
    `alarming` gives for a word the languages in which it calls up a phrase of danger; `outside` are the meanings that
    have nothing to do with us, `ours` those that name what only we are asked about.
    """

    languages: tuple[str, ...]
    tongues: Mapping[str, Tongue]
    letters: Letters
    acting: frozenset[str]
    alarming: Mapping[str, Set[str]]
    outside: Set[str] = frozenset()
    ours: Set[str] = frozenset()

    def acts(self, said: str) -> dict[str, str]:
        """Return by language whether a whole text is nothing but a stop or a start there: such words are honoured in
        every language, whoever writes them. `said` is its words with spaces between.
        """
        if said not in self.acting:
            return {}
        found = ((language, tongue.acts.get(said)) for language, tongue in self.tongues.items())
        return {language: want for language, want in found if want}


def index(tongues: Iterable[Tongue], letters: Letters, groups: Mapping[str, Iterable[str]] | None = None) -> Lexicon:
    """Put the languages together; `groups` are the meanings by their heading in meanings.toml."""
    by_language = {tongue.language: tongue for tongue in tongues}
    acting = frozenset(said for tongue in by_language.values() for said in tongue.acts)
    alarming: defaultdict[str, set[str]] = defaultdict(set)
    for language, tongue in by_language.items():
        for key in {key for key, listed in tongue.phrases.items() for want, _ in listed if want in DANGERS}:
            alarming[key].add(language)
    alarming.default_factory = None
    outside, ours = (frozenset(name for group in which for name in (groups or {}).get(group, ())) for which in _GROUPS)
    return Lexicon(tuple(by_language), by_language, letters, acting, alarming, outside, ours)


def tongue(speech: Speech) -> Tongue:
    """Build the index of one language."""
    forms: dict[str, list[str]] = {key: [] for key in _all_keys(speech)}
    longer: defaultdict[str, defaultdict[str, list[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(list))
    for meaning, keys in speech.forms:
        if len(keys) == 1:
            forms[keys[0]].append(meaning)
        else:
            longer[keys[0]][keys[1]].append((meaning, *keys[2:]))
    runs: dict[str, int] = {}
    for key in filter(is_unspaced, forms):
        runs[key[:2]] = max(runs.get(key[:2], 0), len(key))
    built = Tongue(
        language=speech.language,
        forms={key: tuple(meant) for key, meant in forms.items()},
        longer={key: {then: tuple(listed) for then, listed in after.items()} for key, after in longer.items()},
        phrases=_by_rarest_key(speech),
        stems=frozenset(key[:-1] for key in forms if key.endswith("*") and not key.startswith("*")),
        inside_lengths=tuple(sorted({len(key.strip("*")) for key in forms if key.startswith("*")})),
        runs=runs,
        acts=dict(_acts(speech)),
        halves=by_half(forms),
        squeezed={short: key for key in forms if (short := squeezed(key)) != key and short not in forms},
        common=speech.common,
        polite=speech.polite,
        prefixes=speech.prefixes,
        names_follow=speech.names_follow,
    )
    seen: dict[object, Any] = {}
    return Tongue(*(_shared(value, seen) for value in built.plain))


def _shared(value: Any, seen: dict[object, Any]) -> Any:
    """Return an equal value in which equal texts and tuples are one object: a third of the memory."""
    if isinstance(value, dict):
        return {_shared(key, seen): _shared(held, seen) for key, held in value.items()}
    if isinstance(value, frozenset):
        return frozenset(_shared(held, seen) for held in value)
    if isinstance(value, tuple):
        value = tuple(_shared(held, seen) for held in value)
    return seen.setdefault(value, value)


def _acts(speech: Speech) -> Iterator[tuple[str, str]]:
    for want, parts in speech.phrases:
        if want in ACTS and len(parts) <= _LONGEST_ACT:
            for said in product(*map(sorted, parts)):
                yield " ".join(split(" ".join(said))), want


def _all_keys(speech: Speech) -> Iterator[str]:
    # Sets have no order, and one text must always be read the same: sums of numbers depend on their order.
    yield from sorted(speech.common)
    yield from sorted(speech.polite)
    for form in speech.forms:
        yield from form.keys
    for phrase in speech.phrases:
        for part in phrase.parts:
            yield from sorted(part)


def _by_rarest_key(speech: Speech) -> dict[str, tuple[Said, ...]]:
    uses = Counter(key for phrase in speech.phrases for part in phrase.parts for key in part)
    found: defaultdict[str, list[Said]] = defaultdict(list)
    for want, parts in speech.phrases:
        said = (want, tuple(tuple(sorted(part)) for part in parts))
        for key in sorted(min(parts, key=lambda part: max(uses[key] for key in part))):
            found[key].append(said)
    return {key: tuple(listed) for key, listed in found.items()}

"""Words of ours that lie within a typing error of a word that alarms or stops: each must be listed as known.

content/near.toml lists them by language. Typed as it stands in a keyword file, each keeps its own meaning; typed so
that it may be either, the danger or the stop is asked about. A new neighbour is a mistake until somebody has weighed
it: a person who types the one must never get the answer to the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.check.finding import Finding
from bot.content import Library
from bot.halves import look_alikes, spelled
from bot.lexicon import Tongue
from bot.model import DANGERS
from bot.problems import toml
from bot.spots import closeness
from bot.topics import CONTENT

FILE = CONTENT / "near.toml"
_WATCHED = (*DANGERS, "stop")
Near = Mapping[str, Mapping[str, Sequence[str]]]
"""By language and alarming word, the words near it."""


def load(path: Path = FILE) -> Near:
    """Read the list. Raise `Refused` where it cannot be read."""
    return toml(path)


def findings(library: Library, listed: Near) -> Iterator[Finding]:
    """Yield each neighbour that is not listed, and each that is listed and is none."""
    for language, tongue in library.lexicon.tongues.items():
        found = near(tongue, library)
        for word in sorted(found.keys() | listed.get(language, {}).keys()):
            there, known = set(found.get(word, ())), set(listed.get(language, {}).get(word, ()))
            for other in sorted(there - known):
                advice = f"lies a typing error away from {other!r}; list it under [{language}], or mend one of them"
                yield Finding(str(FILE), word, advice)
            for other in sorted(known - there):
                advice = f"has no {other!r} near it any more under [{language}]; remove that"
                yield Finding(str(FILE), word, advice, is_warning=True)


def near(tongue: Tongue, library: Library) -> dict[str, list[str]]:
    """Return for each word that alarms or stops by itself the words near it that mean something else."""
    found: dict[str, list[str]] = {}
    alarming = _alarming(tongue)
    for key, want in alarming.items():
        others = sorted(
            other
            for other in _neighbours(key, tongue) - alarming.keys()
            if _means_else(tongue.forms[other], want, library)
        )
        if others:
            found[key] = others
    return found


def _alarming(tongue: Tongue) -> dict[str, str]:
    alone = (phrase for phrase in tongue.said if phrase.want in _WATCHED and len(phrase.parts) == 1)
    return {key: phrase.want for phrase in alone for key in phrase.parts[0]}


def _neighbours(key: str, tongue: Tongue) -> set[str]:
    word = spelled(key.strip("*"))
    return {other for other in look_alikes(word, tongue.halves, tongue.forms) if closeness(word, other)}


def _means_else(meant: Sequence[str], want: str, library: Library) -> bool:
    """Tell whether nothing that a word means speaks for the same want: it is none of the alarm's own words."""
    return bool(meant) and all(library.weights.speaks(meaning, want) <= 0 for meaning in meant)

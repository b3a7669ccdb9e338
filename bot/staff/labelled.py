"""The labelled messages of content/examples, read when a page first asks for them."""

from collections.abc import Mapping
from functools import cache

from bot.learn import Example, examples
from bot.model import CONTROLS, UNKNOWN
from bot.topics import CONTENT
from bot.trial import Sample

_NO_TOPICS = (UNKNOWN, "remind", *CONTROLS)


@cache
def _all() -> tuple[Example, ...]:
    return tuple(examples(sorted((CONTENT / "examples").glob("*.jsonl"))))


@cache
def samples() -> tuple[Sample, ...]:
    """Return all of them, to try a keyword on."""
    return tuple(Sample(each.text, each.languages[0], each.country, each.topics) for each in _all())


@cache
def topics(language: str) -> Mapping[str, str]:
    """Return those of a language that ask for a topic, small letters only, with the first one of each."""
    ours = (each for each in _all() if language in each.languages and each.topics[0] not in _NO_TOPICS)
    return {each.text.casefold(): each.topics[0] for each in ours}

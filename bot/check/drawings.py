"""Whether every drawing can be sent and is told in words to those who cannot see it; and whether it says no words."""

import re
from collections.abc import Iterator, Mapping

from bot.check.finding import Finding
from bot.phrases import Phrasebook
from bot.pictures import png
from bot.text import graphemes

LARGEST = 60_000
"""Bytes of a PNG: every carrier's MMS takes it, and a slow phone shows it at once."""
LONGEST_ALT = 125
"""Graphemes; some screen readers cut off what is longer."""
_WORDS = re.compile(r"<(text|image|script|style|foreignObject)\b|href=")


def findings(drawings: Mapping[str, str], phrases: Phrasebook) -> Iterator[Finding]:
    """Yield every mistake in a drawing, by name, and in what is read aloud for it."""
    for name, drawing in drawings.items():
        where = f"content/pictures/{name}.svg"
        if found := _WORDS.search(drawing):
            yield Finding(where, found[0], "a drawing has no words, pictures or links in it; draw it with shapes")
        yield from _size(where, drawing)
        yield from _alt(name, where, phrases)


def _size(where: str, drawing: str) -> Iterator[Finding]:
    try:
        size = len(png(drawing))
    except ValueError as error:
        yield Finding(where, "", f"cannot be rendered ({error}); mend it")
        return
    if size > LARGEST:
        yield Finding(where, "", f"{size} bytes as PNG, {LARGEST} allowed; draw it with fewer shapes and colors")


def _alt(name: str, where: str, phrases: Phrasebook) -> Iterator[Finding]:
    text_name = f"picture_{name}"
    if text_name not in phrases.english:
        yield Finding(where, "", f"add [{text_name}] to content/phrases.toml: what is read aloud in its place")
        return
    for language in phrases.languages:
        text = phrases.say(text_name, language)
        if len(graphemes(text)) > LONGEST_ALT:
            advice = f"{len(graphemes(text))} letters in {language}, {LONGEST_ALT} allowed; shorten it"
            yield Finding(where, text_name, advice, text)

"""Whether the lists of what people type for a reminder can be read, and hold the words of the choices themselves."""

from collections.abc import Iterator

from bot.answer import spans
from bot.check.finding import Finding
from bot.languages import SOURCE
from bot.offers import REMIND_IN
from bot.phrases import Phrasebook

_LISTS = ("typed_spans", "typed_counts")


def findings(phrases: Phrasebook) -> Iterator[Finding]:
    """Yield what is wrong with the lists of each language."""
    for language in phrases.languages:
        where = "content/phrases.toml" if language == SOURCE else f"locales/{language}/LC_MESSAGES/bot.po"
        listed = [phrases.say(name, language) for name in _LISTS]
        for name, text in zip(_LISTS, listed, strict=True):
            for entry in spans.unreadable(text):
                yield Finding(where, name, "must be a number, a space and words; mend that entry", entry)
        for name, days in REMIND_IN.items():
            row = phrases.say(name, language)
            if spans.named(row, *listed) != days:
                yield Finding(where, "typed_spans", f"must understand {name} as {days} days; add its words", row)

"""What translators get: the English texts of content/, in the form that `pybabel extract` asks for.

Each text is a msgid under a msgctxt that says where it stands (`scars.answer`, `scars.more.1`, `reminder`), so that
the same English word in two places can be translated in two ways, and a changed text makes one translation fuzzy.
Topics go to the domain `content`, phrases.toml to the domain `bot`: the Makefile extracts the two apart.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

Found = tuple[int, str, tuple[str, str], list[str]]

TITLE_NOTE = "At most 24 letters: it is also a row of a WhatsApp list."


def texts(file: BinaryIO, keywords: object, comment_tags: object, options: object) -> Iterator[Found]:
    """Yield (line, "pgettext", (msgctxt, msgid), comments) for each English text of one TOML file of content/.

    Keyword files hold nothing to translate: each language has its own.
    """
    name = Path(file.name)
    source = tomllib.loads(file.read().decode())
    if name.parent.name == "topics":
        yield from _of_topic(name.stem, source)
    elif name.name == "phrases.toml":
        yield from _of_phrases(source)


def _of_topic(topic: str, source: dict[str, Any]) -> Iterator[Found]:
    yield 0, "pgettext", (f"{topic}.title", source["title"]), [TITLE_NOTE]
    yield 0, "pgettext", (f"{topic}.answer", source["answer"]), []
    for number, page in enumerate(source.get("more", []), start=1):
        yield 0, "pgettext", (f"{topic}.more.{number}", page), []


def _of_phrases(source: dict[str, Any]) -> Iterator[Found]:
    for name, phrase in source.items():
        yield 0, "pgettext", (name, phrase["text"]), [phrase["note"]] if phrase["note"] else []

"""The library: every text beside its English, to read, to compare and to print for signing."""

from datetime import UTC, date, datetime

from flask import Blueprint, abort, request

from bot import sides
from bot.check import rules
from bot.languages import SOURCE, direction, own_name
from bot.staff.layout import Desk
from bot.topics import in_menu_order

PART = 16
"""Topics on one page: with more, in a script of three bytes a letter, it would weigh more than an old phone likes."""


def add(site: Blueprint, desk: Desk) -> None:
    """Add the topics in one language, the bot's own sentences in one, and one topic in all."""
    kept = rules.load()
    topics, phrases, plain = desk.line.library.topics, desk.line.phrases, desk.line.terms.plain

    @site.get("/library")
    def library() -> str:
        language, asked = _language(desk), request.args.get("part", "")
        shelf = [topic.id for topic in in_menu_order(topics.values())]
        parts = [shelf[start : start + PART] for start in range(0, len(shelf), PART)]
        number = int(asked) if asked in map(str, range(1, len(parts) + 1)) else 1
        names = shelf if asked == "all" else parts[number - 1]
        found = sides.spreads(names, topics, [language], phrases, kept, plain, _today())
        values = {"parts": parts, "part": 0 if asked == "all" else number, "titles": _titles(desk)}
        return _show("library.html", language, desk, spreads=found, today=_today(), **values)

    @site.get("/library/sentences")
    def sentences() -> str:
        language = _language(desk)
        return _show("sentences.html", language, desk, rows=sides.sentences(topics, language, phrases, kept))

    @site.get("/library/<topic>")
    def library_topic(topic: str) -> str:
        if topic not in topics:
            abort(404)
        others = [code for code in phrases.languages if code != SOURCE]
        found = sides.spread(topics[topic], topics, others, phrases, kept, plain, _today())
        return _show("topic.html", SOURCE, desk, spread=found)


def _titles(desk: Desk) -> dict[str, str]:
    return {topic.id: topic.title for topic in desk.line.library.topics.values()}


def _show(template: str, language: str, desk: Desk, **values: object) -> str:
    return desk.render(
        template,
        language=language,
        language_direction=direction(language),
        languages=[(code, own_name(code)) for code in desk.line.phrases.languages],
        own_name=own_name,
        signers=desk.line.phrases.reviewed,
        **values,
    )


def _language(desk: Desk) -> str:
    """Return the language chosen, else that of the page, else the first that needs translating."""
    served = desk.line.phrases.languages
    wished = (request.args.get("language", ""), desk.language())
    found = next((code for code in wished if code in served and (code != SOURCE or code == wished[0])), "")
    return found or next((code for code in served if code != SOURCE), SOURCE)


def _today() -> date:
    # As for what is sent.
    return datetime.now(UTC).date()

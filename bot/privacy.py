"""The page that says what is kept, in every language, for anybody to read."""

from collections.abc import Iterable

from flask import render_template, request

from bot.languages import direction, nearest, own_name
from bot.phrases import Phrasebook

PARAGRAPHS = (
    "kept",
    "more",
    "replies",
    "texts",
    "counts",
    "pictures",
    "stop",
    "reminder",
    "carriers",
    "forget",
    "after",
)


def wanted(chosen: str, served: Iterable[str], default: str) -> str:
    """Return the language of a page: the one chosen, else the first served one that the browser asks for."""
    served = tuple(served)
    if chosen in served:
        return chosen
    asked = (nearest(tag, served) for tag in request.accept_languages.values())
    return next(filter(None, asked), default)


def render(phrases: Phrasebook, default: str) -> str:
    """Return the page in the language that `?language=` names."""
    page = wanted(request.args.get("language", ""), phrases.languages, default)
    return render_template(
        "privacy.html",
        title=phrases.say("privacy_title", page),
        paragraphs=[phrases.say(f"privacy_{name}", page) for name in PARAGRAPHS],
        page=page,
        direction=direction(page),
        language_label=phrases.say("page_language", page),
        pages=[(code, own_name(code)) for code in phrases.languages],
    )

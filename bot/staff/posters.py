"""The page on which the poster is put together, seen, and taken away as PDF or PNG."""

from collections.abc import Callable
from typing import NamedTuple

from flask import Blueprint, Response, abort, request
from werkzeug.datastructures import MultiDict

from bot import printing
from bot.languages import own_name
from bot.model import Channel
from bot.poster import CHANNELS, MOST_LANGUAGES, Paper, Poster, poster, render
from bot.problems import Refused
from bot.staff.layout import Desk
from bot.staff.words import N_

PAPERS = ((Paper.A4, N_("A4")), (Paper.LETTER, N_("US Letter")))
_KINDS = {"pdf": "application/pdf", "png": "image/png"}


Answer = Response | str | tuple[str, int]


class Wanted(NamedTuple):
    """What the form asks for; the languages are as many as it has lists, "" where none is chosen."""

    number: str
    languages: tuple[str, ...]
    channels: tuple[str, ...]
    paper: str


def add(site: Blueprint, desk: Desk) -> None:
    """Add the page, and what it offers to take away."""

    @site.get("/poster", endpoint="poster")
    def page() -> Answer:
        return _page(desk)

    @site.get("/poster.<kind>")
    def poster_file(kind: str) -> Answer:
        if kind not in _KINDS:
            abort(404)
        return _page(desk, lambda shown: _file(kind, shown, desk))


def _page(desk: Desk, made: Callable[[Poster], Response] | None = None) -> Answer:
    """Return what is `made` of the poster that is asked for, else the page; the page too where it cannot be made."""
    wanted, shown, wrong = _wanted(request.args, desk), None, ""
    try:
        if wanted.number:
            shown = poster(*_read(wanted), desk.line.phrases, *_how(wanted))
        if shown and made:
            return made(shown)
    except (ValueError, Refused) as error:
        wrong = str(error)
    return _form(wanted, shown, wrong, desk), 422 if wrong else 200


def _wanted(form: MultiDict[str, str], desk: Desk) -> Wanted:
    languages = [*form.getlist("language"), *[""] * MOST_LANGUAGES][:MOST_LANGUAGES]
    if not any(languages):
        languages[0] = desk.settings.default_language
    channels = form.getlist("channel") if form.get("number") else list(CHANNELS)
    return Wanted(form.get("number", "")[:40].strip(), tuple(languages), tuple(channels), form.get("paper", Paper.A4))


def _read(wanted: Wanted) -> tuple[str, list[str]]:
    return wanted.number, [code for code in wanted.languages if code]


def _how(wanted: Wanted) -> tuple[list[Channel], Paper]:
    paper = Paper(wanted.paper) if wanted.paper in set(Paper) else Paper.A4
    return [channel for channel in CHANNELS if channel in wanted.channels], paper


def _file(kind: str, shown: Poster, desk: Desk) -> Response:
    made = printing.apart(kind, render(shown, desk.line.phrases))
    response = Response(made, mimetype=_KINDS[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="poster.{kind}"'
    return response


def _form(wanted: Wanted, shown: Poster | None, wrong: str, desk: Desk) -> str:
    return desk.render(
        "poster.html",
        wanted=wanted,
        poster=shown,
        wrong=wrong,
        languages=[(code, own_name(code)) for code in desk.line.phrases.languages],
        channels=CHANNELS.items(),
        papers=PAPERS,
        query=request.query_string.decode("ascii", "ignore"),
        texts=desk.line.phrases.say,
    )

"""What a browser sees: the simulator, on which staff text the bot as a phone would, and the health of the program.

The simulator keeps nothing between requests: the talk so far travels in the page, the sender it plays is an address
made up for that page. It works without scripts.
"""

import hmac
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache

from babel import Locale
from flask import Blueprint, Response, abort, render_template, request

from bot.languages import direction, nearest, own_name
from bot.model import Channel, Message, Outcome
from bot.receive import Arrival, Line, receive
from bot.segments import encoding, segments
from bot.settings import Settings
from bot.store import Unavailable

LONGEST_TALK = 40
"""Exchanges that travel in the page: it stays below the largest request."""
LONGEST_TEXT = 1600


@dataclass(frozen=True, slots=True)
class Bubble:
    """One text on the simulated phone, and what it would be billed."""

    text: str
    direction: str = "auto"
    segments: int = 0
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """What was typed, what came back, and why."""

    asked: str
    replies: tuple[Bubble, ...]
    language: str = ""
    want: str = ""
    how: str = ""
    sure: int = 0
    runner_up: str = ""
    words: tuple[str, ...] = ()


def blueprint(settings: Settings, line: Line) -> Blueprint:
    """Return the pages. With an account set the simulator needs the staff's password, and is off without one."""
    site = Blueprint("pages", __name__)
    site.after_request(_secured)

    @site.get("/healthz")
    def alive() -> Response:
        return Response("alive\n", mimetype="text/plain")

    @site.get("/readyz")
    def ready() -> Response:
        is_ready = line.store.is_ready()
        return Response("ready\n" if is_ready else "no database\n", 200 if is_ready else 503, mimetype="text/plain")

    @site.route("/", methods=["GET", "POST"])
    def simulator() -> Response | str:
        if settings.is_live and not _is_staff(settings):
            return _ask_for_password(settings)
        return _simulator(settings, line)

    return site


def _is_staff(settings: Settings) -> bool:
    given = request.authorization.password if request.authorization else None
    return bool(settings.staff_password) and hmac.compare_digest(
        (given or "").encode(), settings.staff_password.encode()
    )


def _ask_for_password(settings: Settings) -> Response:
    if not settings.staff_password:
        abort(404)
    return Response(status=401, headers={"WWW-Authenticate": 'Basic realm="Skinline staff", charset="UTF-8"'})


def _simulator(settings: Settings, line: Line) -> str:
    form = request.form
    served = line.phrases.languages
    page = _page_language(form.get("page", ""), served, settings.default_language)
    country = form.get("country", settings.clinic_country or "US")
    channel = form.get("channel", Channel.SMS.value)
    begins_anew = "restart" in form or not form.get("who")
    who = secrets.token_hex(8) if begins_anew else form["who"][:32]
    talk = [] if begins_anew else _talk(form.get("talk", "[]"))
    if form.get("text") and not begins_anew:
        talk.append(_exchange(form["text"][:LONGEST_TEXT], who, channel, country, line))
    return render_template(
        "simulator.html",
        say=lambda name: line.phrases.say(f"page_{name}", page),
        page=page,
        direction=direction(page),
        pages=[(code, own_name(code)) for code in served],
        channels=[Channel.SMS.value, Channel.WHATSAPP.value],
        channel=channel,
        countries=_countries(page),
        country=country,
        who=who,
        talk=talk[-LONGEST_TALK:],
        carried=json.dumps([asdict(each) for each in talk[-LONGEST_TALK:]], ensure_ascii=False),
        language_name=own_name,
    )


def _page_language(chosen: str, served: tuple[str, ...], default: str) -> str:
    if chosen in served:
        return chosen
    wanted = (nearest(tag, served) for tag in request.accept_languages.values())
    return next(filter(None, wanted), default)


def _talk(carried: str) -> list[Exchange]:
    """Read the talk that the page carried; a page that was tampered with begins anew."""
    try:
        return [
            Exchange(**{**each, "replies": tuple(Bubble(**bubble) for bubble in each["replies"])})
            for each in json.loads(carried)
        ]
    except (ValueError, TypeError, KeyError):
        return []


def _exchange(text: str, who: str, channel: str, country: str, line: Line) -> Exchange:
    message = Message(text, Channel(channel) if channel in set(Channel) else Channel.SMS, datetime.now(UTC), country)
    arrival = Arrival(
        message=message,
        sid=f"try{secrets.token_hex(16)}",
        addresses=[f"{message.channel}:simulator-{who}"],
        door="simulator",
        for_staff=False,
    )
    try:
        answered = receive(arrival, line)
    except Unavailable:
        return Exchange(text, (Bubble("503: no database"),))
    replies = tuple(Bubble(t, _direction(answered.outcome), segments(t), encoding(t).value) for t in answered.texts)
    return _explained(text, replies, answered.outcome)


def _direction(outcome: Outcome | None) -> str:
    return direction(outcome.reply.language) if outcome and outcome.reply else "auto"


def _explained(text: str, replies: tuple[Bubble, ...], outcome: Outcome | None) -> Exchange:
    if outcome is None or outcome.reading is None:
        return Exchange(text, replies)
    best, others = outcome.reading.best, outcome.reading.others
    return Exchange(
        asked=text,
        replies=replies,
        language=outcome.sender.language or best.language,
        want=best.name,
        how=outcome.how.value,
        sure=round(best.sure * 100),
        runner_up=others[0].name if others else "",
        words=best.why,
    )


@lru_cache(maxsize=32)
def _countries(page: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(page).territories
    return tuple(sorted(((code, name) for code, name in names.items() if _is_country(code)), key=lambda pair: pair[1]))


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")


def _secured(response: Response) -> Response:
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return response

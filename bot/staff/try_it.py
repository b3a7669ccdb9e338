"""The page on which staff text the bot as a patient would, and see why it answers what it answers."""

from datetime import UTC, datetime
from functools import lru_cache

from babel import Locale
from flask import Blueprint, abort, request

from bot import everywhere, simulator
from bot.check.reviews import Standing, standing
from bot.languages import own_name
from bot.model import Channel, Message
from bot.phrases import Phrasebook
from bot.staff.layout import Desk
from bot.staff.names import Names
from bot.topics import Topic

CHANNEL_NAMES = {Channel.SMS: "SMS", Channel.WHATSAPP: "WhatsApp"}
_NO_COUNTRIES = ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")


def add(site: Blueprint, desk: Desk) -> None:
    """Add the phone, and on pages of their own one answer, and what one text gets, in all languages at once."""
    topics = desk.line.library.topics

    @site.route("/", methods=["GET", "POST"])
    def try_it() -> str:
        talk = simulator.talk(request.form, _home(desk), desk.line)
        billed = desk.prices.of(talk.channel, talk.country)
        return _show("try_it.html", desk, talk=talk, billed_at=billed, countries=_countries(desk.language()))

    @site.route("/try", methods=["GET", "POST"])
    def same_text() -> str:
        message = _message(desk)
        found = everywhere.same_text(message, desk.line) if message.text.strip() else None
        billed = desk.prices.of(message.channel, message.country)
        return _show(
            "same_text.html",
            desk,
            message=message,
            found=found,
            billed_at=billed,
            countries=_countries(desk.language()),
        )

    @site.get("/try/<topic>", endpoint="everywhere")
    def one_answer(topic: str) -> str:
        if topic not in topics:
            abort(404)
        channel = Channel.WHATSAPP if request.args.get("channel") == Channel.WHATSAPP else Channel.SMS
        said = everywhere.everywhere(topics[topic], channel, desk.line, datetime.now(UTC))
        billed = desk.prices.of(channel, _home(desk))
        return _show("everywhere.html", desk, topic=topics[topic], said=said, channel=channel, billed_at=billed)


def _home(desk: Desk) -> str:
    return desk.settings.clinic_country or "US"


def _message(desk: Desk) -> Message:
    """Return the text that is to be tried: typed on the page, or the one of the phone whose button was pressed."""
    form = request.values
    text = (form.get("same") or form.get("text", ""))[: simulator.LONGEST_TEXT]
    channel = Channel.WHATSAPP if form.get("channel") == Channel.WHATSAPP else Channel.SMS
    return Message(text, channel, datetime.now(UTC), form.get("country", _home(desk))[:2])


def _show(template: str, desk: Desk, **values: object) -> str:
    return desk.render(
        template,
        channels=CHANNEL_NAMES.items(),
        languages=[(code, own_name(code)) for code in desk.line.phrases.languages],
        own_name=own_name,
        names=Names(desk),
        signers=desk.line.phrases.reviewed,
        topics=desk.line.library.topics,
        standing_of=_standing,
        path_of=desk.line.pictures.paths.get,
        alt_of=lambda name, language: _alt(name, language, desk.line.phrases),
        **values,
    )


def _standing(topic: Topic) -> Standing:
    return standing(topic, datetime.now(UTC).date())


@lru_cache(maxsize=32)
def _countries(page: str) -> tuple[tuple[str, str], ...]:
    names = Locale.parse(page).territories
    return tuple(sorted(((code, name) for code, name in names.items() if _is_country(code)), key=lambda pair: pair[1]))


def _is_country(code: str) -> bool:
    return len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES


def _alt(picture: str, language: str, phrases: Phrasebook) -> str:
    """Return what is read aloud in place of a picture, "" where nobody has written it."""
    name = f"picture_{picture}"
    return phrases.say(name, language) if name in phrases.english else ""

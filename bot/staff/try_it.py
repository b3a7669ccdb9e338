"""The page on which staff text the bot as a patient would, and see why it answers what it answers."""

from datetime import UTC, datetime
from functools import lru_cache

from babel import Locale
from flask import Blueprint, abort, request

from bot import simulator
from bot.check.reviews import Standing, standing
from bot.languages import own_name
from bot.model import Channel
from bot.phrases import Phrasebook
from bot.staff.layout import Desk
from bot.topics import Topic

CHANNEL_NAMES = {Channel.SMS: "SMS", Channel.WHATSAPP: "WhatsApp"}
_NO_COUNTRIES = ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO")


def add(site: Blueprint, desk: Desk) -> None:
    """Add the phone, and one answer in all languages at once."""
    topics = desk.line.library.topics

    @site.route("/", methods=["GET", "POST"])
    def try_it() -> str:
        talk = simulator.talk(request.form, desk.settings.clinic_country or "US", desk.line)
        return _show("try_it.html", desk, talk=talk, countries=_countries(desk.language()))

    @site.get("/try/<topic>")
    def everywhere(topic: str) -> str:
        if topic not in topics:
            abort(404)
        channel = Channel.WHATSAPP if request.args.get("channel") == Channel.WHATSAPP else Channel.SMS
        said = simulator.everywhere(topics[topic], channel, desk.line, datetime.now(UTC))
        return _show("everywhere.html", desk, topic=topics[topic], said=said, channel=channel)


def _show(template: str, desk: Desk, **values: object) -> str:
    return desk.render(
        template,
        channels=CHANNEL_NAMES.items(),
        languages=[(code, own_name(code)) for code in desk.line.phrases.languages],
        own_name=own_name,
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

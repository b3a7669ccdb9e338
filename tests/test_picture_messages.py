"""A picture from the answer to the phone: named in TwiML, fetched from its address, shown on the simulator's page."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot import database, pictures
from bot.app import create_app
from bot.content import Library
from bot.fit import Terms
from bot.line import Line
from bot.phrases import Phrasebook
from bot.pictures import png
from bot.settings import FOR_TRYING_OUT, Settings
from bot.store import Store

URL = "https://line.clinic.example/clara"
GALLERY = pictures.load(FOR_TRYING_OUT)
WHATSAPP, SMS = "whatsapp:+15551234567", "+15551234567"

Phone = Callable[..., FlaskClient]


@pytest.fixture
def phone(tmp_path: Path, library: Library, book: Phrasebook) -> Phone:
    """Build a client of the program, with what the operator decided."""

    def opened(mms_pictures: bool = False, public_url: str = URL) -> FlaskClient:
        engine = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
        database.upgrade(engine)
        line = Line(library, book, Store(engine), FOR_TRYING_OUT, Terms(mms_pictures=mms_pictures), GALLERY)
        return create_app(Settings(public_url=public_url), line).test_client()

    return opened


def media(client: FlaskClient, text: str, sender: str, **changes: str) -> list[str]:
    form = {"MessageSid": f"SM{abs(hash(text)):032d}", "From": sender, "Body": text, "FromCountry": "US"} | changes
    replied = ET.fromstring(client.post("/sms", data=form).data)
    assert replied[0].findtext("Body") or replied[0].text
    assert all(message.find("Media") is None for message in replied[1:])
    return [found.text or "" for found in replied.iter("Media")]


def test_an_answer_on_whatsapp_brings_its_picture_and_a_repeat_brings_it_again(phone: Phone) -> None:
    client = phone()
    sent = media(client, "what is laser treatment", WHATSAPP)
    assert sent == [f"{URL}{GALLERY.paths['laser']}"]
    assert media(client, "what is laser treatment", WHATSAPP) == sent


@pytest.mark.parametrize(
    ("pays", "country", "count"),
    [(False, "US", 0), (True, "US", 1), (True, "CA", 1), (True, "MX", 0)],
)
def test_mms_brings_it_where_the_clinic_pays(pays: bool, country: str, count: int, phone: Phone) -> None:
    assert len(media(phone(mms_pictures=pays), "what is laser treatment", SMS, FromCountry=country)) == count


@pytest.mark.parametrize("text", ["menu", "i want to die", "how much does it cost", "xyzzy quux"])
def test_other_replies_bring_none(text: str, phone: Phone) -> None:
    assert media(phone(), text, WHATSAPP) == []


def test_without_a_public_address_none_is_sent(phone: Phone) -> None:
    assert media(phone(public_url=""), "what is laser treatment", WHATSAPP) == []


def test_a_picture_is_fetched_from_its_address_and_may_be_kept_for_ever(phone: Phone) -> None:
    fetched = phone().get(GALLERY.paths["laser"])
    assert fetched.data == png(GALLERY.drawings["laser"])
    assert fetched.headers["Content-Type"] == "image/png"
    assert fetched.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/pictures/", "/pictures/laser.png", f"/pictures/{'0' * 32}/laser.png"])
def test_from_any_other_address_nothing_is(path: str, phone: Phone) -> None:
    assert phone().get(path).status_code == 404


def tried(client: FlaskClient, fields: dict[str, str]) -> str:
    """Return the page on which staff text the bot, after its form was sent with the token of the session."""
    with client.session_transaction() as session:
        session["token"] = "a token"
    return client.post("/", data={"token": "a token", **fields}).get_data(as_text=True)


def test_the_simulator_shows_it_and_reads_it_aloud_in_the_language_of_the_talk(phone: Phone, book: Phrasebook) -> None:
    client = phone(public_url="")
    carried = {"who": "0123", "channel": "whatsapp", "country": "MX", "text": "laser para cicatrices"}
    page = tried(client, carried)
    shown = re.findall(r'<img src="(/pictures/[^"]+)" alt="([^"]+)"', page)
    assert [(path, unescape(alt)) for path, alt in shown] == [(GALLERY.paths["laser"], book.say("picture_laser", "es"))]
    assert client.get(shown[0][0]).status_code == 200
    by_sms = tried(client, {**carried, "channel": "sms"})
    assert "/pictures/" not in by_sms


def test_the_simulator_counts_segments_for_sms_alone(phone: Phone) -> None:
    client = phone()
    told = [
        "GSM-7" in tried(client, {"who": "0123", "channel": channel, "text": "laser"})
        for channel in ("sms", "whatsapp")
    ]
    assert told == [True, False]

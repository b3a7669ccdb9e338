"""The page that says what is kept: for anybody to read, in every language, and true to the settings."""

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bot import database, phrases
from bot.app import create_app
from bot.content import Library
from bot.languages import direction, own_name
from bot.line import Line
from bot.model import Clinic
from bot.phrases import LOCALES, Phrasebook
from bot.privacy import PARAGRAPHS
from bot.settings import FOR_TRYING_OUT, Settings
from bot.store import Store
from bot.tables import metadata

LANGUAGES = ["en", *sorted(path.name for path in LOCALES.iterdir() if path.is_dir())]


def _page(client: FlaskClient, query: str = "", asked: str = "") -> str:
    response = client.get(f"/privacy{query}", headers={"Accept-Language": asked})
    assert (response.status_code, response.mimetype) == (200, "text/html")
    return unescape(response.get_data(as_text=True))


def _language(page: str) -> str:
    (language,) = re.findall(r'<html lang="([\w-]+)"', page)
    return language.replace("-", "_")


def _client(folder: Path, library: Library, book: Phrasebook, **changes: object) -> FlaskClient:
    url = f"sqlite:///{folder}/skinline.sqlite3"
    line = Line(library, book, Store(database.engine(url)), FOR_TRYING_OUT)
    return create_app(Settings(database_url=url, **changes), line).test_client()  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_in_every_language(language: str, client: FlaskClient, book: Phrasebook) -> None:
    page = _page(client, f"?language={language}")
    assert f'<html lang="{language.replace("_", "-")}" dir="{direction(language)}">' in page
    for name in ("title", *PARAGRAPHS):
        assert book.has(f"privacy_{name}", language)
        assert book.say(f"privacy_{name}", language) in page


# Each column that holds something of a patient: the paragraph that says so, and its word for it.
SAID = {
    "senders": {
        "hash": ("kept", "code"), "language": ("kept", "language"),
        "topic": ("kept", "topic"), "page": ("kept", "topic"),
        "offered": ("more", "offered"), "stopped_at": ("more", "time of your last text and of a STOP"),
        "last_seen": ("more", "time of your last text"), "replies": ("more", "how many replies"),
        "replies_since": ("more", "how many replies"), "remind_at": ("reminder", "time"),
        "reminder": ("reminder", "id"), "linked": ("more", "two addresses"),
    },
    "messages": {
        "sid": ("counts", "ids"), "token": ("counts", "ids"), "received_at": ("counts", "time"),
        "texts": ("replies", "our reply"), "day": ("counts", "time"), "language": ("counts", "language"),
        "channel": ("counts", "channel"), "topic": ("counts", "topic"), "how": ("replies", "our reply"),
        "picture": ("replies", "our reply"),
    },
    "deliveries": {
        "sid": ("counts", "ids"), "rank": ("replies", "whether it reached you"),
        "error_code": ("replies", "whether it reached you"),
        "updated_at": ("counts", "time"), "day": ("counts", "time"), "channel": ("counts", "channel"),
        "country": ("counts", "country"), "state": ("replies", "whether it reached you"),
    },
    "unanswered": {
        "day": ("texts", "days"), "language": ("texts", "Texts"), "text": ("texts", "Texts"),
        "verdict": ("texts", "Staff"),
    },
}  # fmt: skip
NOBODYS = {"outcomes", "tallies", "totals", "templates", "attempts", "taught"}
"""Counts, what Twilio holds of ours, and what the staff do."""


def test_every_column_that_holds_something_of_a_patient_is_named(book: Phrasebook) -> None:
    columns = {table.name: {column.name for column in table.c} - {"id"} for table in metadata.sorted_tables}
    assert columns.keys() == SAID.keys() | NOBODYS
    for table, said in SAID.items():
        assert columns[table] == said.keys()
        for paragraph, word in said.values():
            assert paragraph in PARAGRAPHS
            assert word in book.say(f"privacy_{paragraph}", "en")
    assert "counts stay" in book.say("privacy_counts", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_offered_by_its_own_name(language: str, client: FlaskClient) -> None:
    page = _page(client)
    assert own_name(language) in page
    assert re.search(rf'<a href="\?language={language}" lang="{language.replace("_", "-")}"', page)


def test_a_language_of_right_to_left_is_set_so(client: FlaskClient) -> None:
    for language in (code for code in LANGUAGES if direction(code) == "rtl"):
        assert 'dir="rtl"' in _page(client, f"?language={language}")
    assert 'dir="ltr"' in _page(client, "?language=en")


@pytest.mark.parametrize(
    ("query", "asked", "language"),
    [
        pytest.param("", "", "en", id="nothing is asked for"),
        pytest.param("", "es-MX,es;q=0.9,en;q=0.8", "es", id="the browser's"),
        pytest.param("", "tlh,zh-CN;q=0.5", "zh_Hans", id="the first of the browser's that is served"),
        pytest.param("?language=fr", "es", "fr", id="chosen on the page"),
        pytest.param("?language=", "es", "es", id="chosen is nothing"),
        pytest.param("?language=tlh", "es", "es", id="chosen is not served"),
        pytest.param("?language=%3Cscript%3E", ";;;q=x", "en", id="nonsense"),
    ],
)
def test_the_language_is_the_one_chosen_or_else_the_browsers(
    query: str, asked: str, language: str, client: FlaskClient
) -> None:
    page = _page(client, query, asked)
    assert _language(page) == language
    assert "<script" not in page


def test_where_nothing_is_asked_for_it_is_the_operators_default(
    tmp_path: Path, library: Library, book: Phrasebook
) -> None:
    assert _language(_page(_client(tmp_path, library, book, default_language="fr"))) == "fr"


@pytest.mark.parametrize("password", ["", "a password of many letters"])
def test_patients_need_no_password(tmp_path: Path, library: Library, book: Phrasebook, password: str) -> None:
    client = _client(tmp_path, library, book, twilio_account_sid="AC" + "0" * 32, staff_password=password)
    assert client.get("/").status_code == 303
    assert book.say("privacy_title", "en") in _page(client)


def test_it_needs_no_database(tmp_path: Path, library: Library, book: Phrasebook) -> None:
    assert book.say("privacy_title", "en") in _page(_client(tmp_path / "no-such-folder", library, book))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [7, 365])
def test_it_says_how_many_days_things_are_kept(tmp_path: Path, library: Library, language: str, days: int) -> None:
    said = phrases.load(library.topics.values(), Clinic(keep_days=days), library.languages)
    page = _page(_client(tmp_path, library, said), f"?language={language}")
    assert str(days) in page
    assert "{" not in page


def test_it_is_secured_and_cannot_be_written_to(client: FlaskClient) -> None:
    headers = client.get("/privacy").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"] == "no-store"
    assert client.post("/privacy").status_code == 405

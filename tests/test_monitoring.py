"""What Prometheus reads: who may, and whether it is true."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine

from bot import database
from bot.app import create_app
from bot.content import Library
from bot.line import Line
from bot.model import Channel, Message
from bot.monitoring import rendered
from bot.phrases import Phrasebook
from bot.receive import Arrival, receive
from bot.settings import FOR_TRYING_OUT, Settings
from bot.store import Store, Unavailable

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TOKEN = "a token of many letters"
LIVE = {
    "twilio_account_sid": "AC" + "0" * 32,
    "twilio_auth_token": ("t" * 32,),
    "public_url": "https://line.clinic.example",
    "secret_key": "k" * 32,
}
Site = Callable[..., FlaskClient]


def read(text: bytes) -> dict[tuple[str, ...], float]:
    """Return values by name and labels."""
    return {
        (
            sample.name,
            *(sample.labels[name] for name in ("channel", "language", "how", "le") if name in sample.labels),
        ): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def counted(line: Line) -> dict[tuple[str, ...], float]:
    """Return what is counted in the database."""
    found = read(rendered(line))
    return {name: value for name, value in found.items() if not name[0].startswith("skinline_answer_seconds")}


@pytest.fixture
def site(tmp_path: Path, library: Library, book: Phrasebook) -> Site:
    """Makes a client of the program under settings."""
    url = f"sqlite:///{tmp_path}/skinline.sqlite3"
    opened = database.engine(url)
    database.upgrade(opened)

    def made(**settings: object) -> FlaskClient:
        wanted = Settings(database_url=url, **settings)  # type: ignore[arg-type]
        return create_app(wanted, Line(library, book, Store(opened), wanted.key)).test_client()

    return made


def test_messages_are_counted_from_the_database_before_and_after_a_purge(
    store: Store, library: Library, book: Phrasebook
) -> None:
    line = Line(library, book, store, FOR_TRYING_OUT)
    for number, text in enumerate(["laser", "laser", "menu"]):
        message = Message(text, Channel.SMS, NOW, "US")
        receive(Arrival(message, f"SM{number}", ["+15550000000"], "sms"), line)
    expected = {
        ("skinline_database_up",): 1.0,
        ("skinline_messages_total", "sms", "en", "control"): 1.0,
        ("skinline_messages_total", "sms", "en", "sure"): 2.0,
    }
    assert counted(line) == expected
    store.purge(NOW + timedelta(days=2), 90)
    assert counted(line) == expected


def test_without_a_database_they_say_so_and_what_was_refused_took_its_time(
    tmp_path: Path, library: Library, book: Phrasebook
) -> None:
    opened: Engine = database.engine(f"sqlite:///{tmp_path}/no-such-folder/x")
    line = Line(library, book, Store(opened), FOR_TRYING_OUT)
    assert counted(line) == {("skinline_database_up",): 0.0}
    with pytest.raises(Unavailable):
        receive(Arrival(Message("stop", Channel.SMS, NOW, "US"), "SM1", ["+15550000000"], "sms"), line)
    assert read(rendered(line))["skinline_answer_seconds_count",] == 1
    opened.dispose()


def test_how_long_answers_took_is_counted_over_all_processes(store: Store, library: Library, book: Phrasebook) -> None:
    line = Line(library, book, store, FOR_TRYING_OUT)
    line.timings.add(0.002)
    others = [get_context("fork").Process(target=line.timings.add, args=(seconds,)) for seconds in (0.04, 99.0)]
    for each in others:
        each.start()
        each.join()
    found = read(rendered(line))
    buckets = [
        found["skinline_answer_seconds_bucket", le] for le in ("0.001", "0.0025", "0.025", "0.05", "10.0", "+Inf")
    ]
    assert buckets == [0, 1, 1, 2, 2, 3]
    assert found["skinline_answer_seconds_count",] == 3
    assert found["skinline_answer_seconds_sum",] == pytest.approx(99.042)


def test_for_trying_out_they_are_open(site: Site) -> None:
    assert ("skinline_database_up",) in read(site().get("/metrics").data)


def test_with_an_account_and_no_token_there_are_none(site: Site) -> None:
    headers = {"Authorization": "Bearer "}
    assert site(**LIVE).get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer wrong", f"Basic {TOKEN}", f"bearer  {TOKEN}", "Bearer Ünïcode"]
)
def test_a_wrong_token_is_refused(site: Site, given: str) -> None:
    headers = {"Authorization": given.encode().decode("latin-1")}
    response = site(**LIVE, metrics_token=TOKEN).get("/metrics", headers=headers)
    assert (response.status_code, response.data) == (401, b"")


def test_the_token_opens_them(site: Site) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    assert site(**LIVE, metrics_token=TOKEN).get("/metrics", headers=headers).status_code == 200

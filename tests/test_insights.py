"""The insights page and the first run: what they show, to whom, and of what."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from bot import database, totals
from bot.app import create_app
from bot.content import Library
from bot.line import Line
from bot.model import CONTROLS
from bot.phrases import Phrasebook
from bot.prices import EXAMPLES
from bot.problems import Refused
from bot.settings import Settings
from bot.staff.names import WISHES
from bot.staff.ranges import chosen
from bot.staff.setup import State, steps
from bot.store import Store
from bot.tables import deliveries
from bot.transaction import Tally

TODAY = datetime.now(UTC).date()
JUNE = date(2026, 6, 15)


@pytest.fixture
def counted(client: FlaskClient, tmp_path: Path) -> FlaskClient:
    """A client of a program for which patients have written."""
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    counts = {
        Tally(yesterday, "en", "sms", "laser", "sure"): 60,
        Tally(yesterday, "es", "sms", "unknown", "unknown"): 30,
        Tally(yesterday, "es", "whatsapp", "stop", "control"): 7,
        Tally(yesterday, "ht", "sms", "crisis", "danger"): 3,
        Tally(yesterday, "en", "simulator", "peels", "sure"): 11,
    }
    sent = [("delivered", None)] * 50 + [("undelivered", 30003)] * 6 + [("undelivered", 30006)] * 2
    rows = [
        {"sid": f"SM{number}", "rank": 5, "updated_at": 1, "day": yesterday, "channel": "sms", "country": "US"}
        | {"state": state, "error_code": code}
        for number, (state, code) in enumerate(sent)
    ]
    with Store(database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")).transaction() as connection:
        totals.add(connection, counts)
        connection.execute(insert(deliveries), rows)
    return client


def table(client: FlaskClient, query: str = "?trials=no") -> dict[tuple[str, str], list[str]]:
    """Return the CSV: numbers by what and name."""
    response = client.get(f"/insights.csv{query}")
    assert response.mimetype == "text/csv"
    return {(row[0], row[1]): row[2:] for row in list(csv.reader(response.text.splitlines()))[1:]}


def test_the_numbers_are_those_that_were_counted(counted: FlaskClient) -> None:
    found = table(counted)
    assert found["all", ""] == ["100", "70", "0", "30", "0", ""]
    assert found["topic", "laser"] == ["60", "60", "0", "0", "0", ""]


def test_a_small_number_is_nowhere_on_the_page(counted: FlaskClient) -> None:
    found = table(counted)
    assert found["language", "ht"] == ["<5", "<5", "<5", "<5", "<5", ""]
    assert found["topic", "crisis"][0] == "<5"
    assert found["channel", "whatsapp"] == ["7", "7", "0", "0", "0", ""]
    assert ">3<" not in counted.get("/insights?trials=no").text


def test_what_was_tried_is_shown_apart_and_first_while_trying_out(counted: FlaskClient) -> None:
    assert table(counted, "?trials=yes")["all", ""][0] == "11"
    assert table(counted, "")["all", ""][0] == "11"


def test_topics_languages_and_codes_are_named(counted: FlaskClient) -> None:
    page = counted.get("/insights?trials=no").text
    for name in ("Laser treatment", "Spanish", "SMS", "No more messages", "30003"):
        assert name in page
    assert "español" in counted.get("/insights?trials=no&in=es").text


def test_what_did_not_arrive_is_told_with_what_twilio_calls_it(counted: FlaskClient) -> None:
    page = counted.get("/insights?trials=no").text
    assert "Unreachable destination handset" in page
    assert "SMS, United States" in page
    found = table(counted)
    assert found["not delivered", "30003 sms US"][0] == "~6"
    assert found["not delivered", "30006 sms US"][0] == "<5"


def test_about_what_it_cost_is_told_with_whose_prices_they_are(counted: FlaskClient) -> None:
    cost = float(table(counted)["sent", "sms US"][-1].removesuffix(" USD"))
    # 58 messages of one to four segments, and 93 texts that came in, at the prices of content/prices.toml.
    assert 58 * 0.0145 + 93 * 0.0083 < cost < 4 * 58 * 0.0145 + 93 * 0.0083
    page = counted.get("/insights?trials=no").text
    assert f"${cost:.2f}" in page
    assert "The prices are examples" in page


def test_what_was_sent_is_no_part_of_what_was_tried(counted: FlaskClient) -> None:
    assert "30003" not in counted.get("/insights?trials=yes").text
    assert not any(what in ("sent", "not delivered") for what, _ in table(counted, "?trials=yes"))


def test_prices_of_ones_own_are_used_and_wrong_ones_refused(tmp_path: Path, library: Library, book: Phrasebook) -> None:
    own, url = tmp_path / "own.toml", f"sqlite:///{tmp_path}/own.sqlite3"
    opened = database.engine(url)
    database.upgrade(opened)
    line = Line(library, book, Store(opened), "k" * 32)
    written = EXAMPLES.read_text(encoding="utf-8")
    own.write_text(written.replace("examples = true", "examples = false"), encoding="utf-8")
    client = create_app(Settings(database_url=url, prices=str(own)), line).test_client()
    assert "Prices of Nov 23, 2026." in client.get("/").text
    own.write_text("dated = 1", encoding="utf-8")
    with pytest.raises(Refused, match=r"own\.toml"):
        create_app(Settings(database_url=url, prices=str(own)), line)


def test_with_nothing_counted_the_page_says_so(client: FlaskClient) -> None:
    page = client.get("/insights").text
    assert page.count("Nothing in this time.") == 4
    assert client.get("/insights?trials=no").text.count("Twilio has told of no message in this time.") == 2


@pytest.mark.parametrize("query", ["?range=x", "?from=2026-13-45", "?from=9999-01-01", "?to=0001-01-01", "?trials=%00"])
def test_what_no_form_would_ask_for_shows_the_usual_time(client: FlaskClient, query: str) -> None:
    assert client.get(f"/insights{query}").status_code == 200
    assert client.get(f"/insights.csv{query}").status_code == 200


@pytest.mark.parametrize(
    ("form", "name", "first", "last"),
    [
        ({}, "30", date(2026, 5, 17), JUNE),
        ({"range": "7"}, "7", date(2026, 6, 9), JUNE),
        ({"range": "year"}, "year", date(2025, 7, 1), JUNE),
        ({"range": "all"}, "all", date(2024, 3, 1), JUNE),
        ({"from": "2026-06-01", "to": "2026-06-03"}, "", date(2026, 6, 1), date(2026, 6, 3)),
        ({"from": "2026-06-03", "to": "2026-06-01"}, "", date(2026, 6, 1), date(2026, 6, 3)),
        ({"from": "2026-06-01", "to": "2027-01-01"}, "", date(2026, 6, 1), JUNE),
    ],
)
def test_a_time_is_chosen(form: dict[str, str], name: str, first: date, last: date) -> None:
    found, span = chosen(form, JUNE, date(2024, 3, 1))
    assert (found, span.first, span.last) == (name, first, last)


def test_every_control_has_a_name() -> None:
    assert set(CONTROLS) <= set(WISHES)


NOTHING = State(unsigned=32, unread=24, was_heard=False, is_purged=True)
EVERYTHING = State(unsigned=0, unread=0, was_heard=True, is_purged=True)
COMPLETE = Settings(
    twilio_account_sid="AC" + "0" * 32,
    public_url="https://line.clinic.example",
    secret_key="k" * 32,
    staff_password="a password of many letters",
    clinic_name="Clara Clinic",
    clinic_phone="+1 555 765 4321",
    clinic_crisis_line="988",
)


def test_at_first_nothing_is_done() -> None:
    assert not any(step.is_done for step in steps(Settings(), NOTHING))


def test_at_last_everything_is() -> None:
    assert all(step.is_done for step in steps(COMPLETE, EVERYTHING))


def test_no_step_shows_a_secret() -> None:
    shown = repr(list(steps(COMPLETE, NOTHING)))
    assert COMPLETE.secret_key not in shown
    assert COMPLETE.staff_password not in shown


def test_the_page_names_the_next_step(client: FlaskClient) -> None:
    page = client.get("/setup").text
    assert "0 of 8 steps are done." in page
    assert 'id="next"' in page
    assert "Diga qué clínica es" in client.get("/setup?in=es").text

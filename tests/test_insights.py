"""The insights page and the first run: what they show, to whom, and of what."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert

from bot import database, totals
from bot.model import CONTROLS
from bot.settings import Settings
from bot.staff.insights import WISHES
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
    rows = [{"sid": f"SM{number}", "rank": 5, "error_code": 30003, "updated_at": 1} for number in range(6)]
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
    assert found["all", ""] == ["100", "70", "0", "30", "0"]
    assert found["topic", "laser"] == ["60", "60", "0", "0", "0"]


def test_a_small_number_is_nowhere_on_the_page(counted: FlaskClient) -> None:
    found = table(counted)
    assert found["language", "ht"] == ["<5", "<5", "<5", "<5", "<5"]
    assert found["topic", "crisis"][0] == "<5"
    assert found["channel", "whatsapp"] == ["7", "7", "0", "0", "0"]
    assert ">3<" not in counted.get("/insights?trials=no").text


def test_what_was_tried_is_shown_apart_and_first_while_trying_out(counted: FlaskClient) -> None:
    assert table(counted, "?trials=yes")["all", ""][0] == "11"
    assert table(counted, "")["all", ""][0] == "11"


def test_topics_languages_and_codes_are_named(counted: FlaskClient) -> None:
    page = counted.get("/insights?trials=no").text
    for name in ("Laser treatment", "Spanish", "SMS", "No more messages", "30003"):
        assert name in page
    assert "español" in counted.get("/insights?trials=no&in=es").text


def test_with_nothing_counted_the_page_says_so(client: FlaskClient) -> None:
    page = client.get("/insights").text
    assert page.count("Nothing in this time.") == 4
    assert "Everything arrived" in page


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

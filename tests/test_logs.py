"""A line of the log is one line of pairs, whatever stands in it."""

import logging
from datetime import UTC, datetime

import pytest

from bot.logs import Logfmt, on_one_line

WHEN = datetime(2026, 11, 23, 12, 0, 0, 123000, UTC).timestamp()


def written(name: str, message: str) -> str:
    record = logging.LogRecord(name, logging.INFO, "", 0, message, None, None)
    record.created, record.msecs = WHEN, 123.0
    return Logfmt().format(record)


def test_a_line_of_ours_is_pairs() -> None:
    assert written("skinline", "sid=SM1 how=sure") == (
        "time=2026-11-23T12:00:00.123Z level=info logger=skinline sid=SM1 how=sure"
    )


def test_what_another_library_says_is_one_pair() -> None:
    said = written("alembic", "Running upgrade")
    assert said == 'time=2026-11-23T12:00:00.123Z level=info logger=alembic message="Running upgrade"'


def test_what_is_no_request_is_told_without_what_stands_in_it_and_who_sent_it() -> None:
    said = written(
        "gunicorn.error", "Invalid request from ip=203.0.113.7: Invalid HTTP request line: 'GET /+15551234567'"
    )
    assert said.endswith(' logger=gunicorn.error message="Invalid request"')


@pytest.mark.parametrize(
    "hostile",
    [
        pytest.param("path=/a\nlevel=error forged", id="line-feed"),
        pytest.param("path=/a\r\u2028\u0085forged", id="other-ends-of-lines"),
        pytest.param("path=/\x1b[31mred", id="terminal"),
        pytest.param("path=/\u202egnorw", id="direction"),
        pytest.param("path=/\ud800", id="half-letter"),
    ],
)
def test_no_line_can_be_forged(hostile: str) -> None:
    line = on_one_line(hostile)
    assert len(line.splitlines()) == 1
    assert line.isascii()
    assert line.isprintable()


def test_an_error_is_told_by_its_kind_and_place_and_never_by_its_words() -> None:
    try:
        raise ValueError("the text of somebody, +15551234567")
    except ValueError as error:
        record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 0, "it failed", None, None)
        record.exc_info = (ValueError, error, error.__traceback__)
    line = Logfmt().format(record)
    assert " error=ValueError at test_logs.py:" in line
    assert "+1555" not in line

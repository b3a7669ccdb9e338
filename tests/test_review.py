"""A signature is whole or refused, and stands for exactly one text."""

from datetime import date, datetime

import pytest

from bot.review import Review, fingerprint, is_review, read

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"by": "Dr. N. N.", "on": DAY},
        {"by": "Dr. N. N.", "on": DAY, "expires": date(2027, 12, 1), "text": "a1b2c3d4"},
    ],
)
def test_a_signature_or_none_is_read(value: dict[str, object]) -> None:
    assert is_review(value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"by": "Dr. N. N."},
        {"by": "", "on": DAY},
        {"by": "Dr. N. N.", "on": datetime(2026, 12, 1, 9)},
        {"by": "Dr. N. N.", "on": DAY, "expires": "2027"},
        {"by": "Dr. N. N.", "on": DAY, "text": 5},
        {"by": "Dr. N. N.", "on": DAY, "comment": "fine"},
    ],
)
def test_half_a_signature_is_none(value: object) -> None:
    assert not is_review(value)


def test_nobody_has_signed_an_empty_table() -> None:
    assert read({}) is None
    assert read({"by": "Dr. N. N.", "on": DAY}) == Review("Dr. N. N.", DAY)


def test_a_signature_without_an_end_never_runs_out() -> None:
    assert not Review("Dr. N. N.", DAY).has_expired(date.max)


def test_another_text_or_another_division_has_another_fingerprint() -> None:
    codes = {fingerprint("ab", "c"), fingerprint("a", "bc"), fingerprint("abc"), fingerprint("ab", "C")}
    assert len(codes) == 4

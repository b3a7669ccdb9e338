"""What the staff may see of what was counted: never how few, nor what would tell how few."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.figures import LEAST, About, Counted, Span, figures, shown, span

MAY = Span(date(2026, 5, 1), date(2026, 5, 7))


def counted(day: str, language: str, topic: str, how: str, messages: int) -> list[Counted]:
    """Return the counts that some messages make, as they are read."""
    named = {"language": language, "topic": topic, "channel": "sms"}
    return [Counted("", day, "", how, messages), *(Counted(kind, "", n, how, messages) for kind, n in named.items())]


@given(st.lists(st.integers(0, 60), max_size=12))
def test_no_small_count_is_shown(counts: list[int]) -> None:
    for count, told in zip(counts, shown(counts), strict=True):
        if 0 < count < LEAST:
            assert told is None
        elif not isinstance(told, About):
            assert told == count


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6))
def test_no_hidden_count_can_be_worked_out_from_the_sum(counts: list[int]) -> None:
    told = shown(counts)
    if sum(each is None for each in told) == 1 and any(count >= LEAST for count in counts):
        # As if 2 were hidden, whether it is 1 or 4.
        assert sum(counts) - sum(each or 0 for each in told) == 2


def test_one_hidden_count_reads_the_same_whatever_it_is() -> None:
    assert {shown([50 - hidden, hidden]) for hidden in range(1, LEAST)} == {(48, None)}


def test_shares_are_of_all_texts() -> None:
    counts = counted("2026-05-02", "en", "laser", "sure", 60) + counted("2026-05-03", "es", "unknown", "unknown", 40)
    found = figures(MAY, counts)
    assert (found.whole.total, found.share("understood"), found.share("unknown")) == (100, 0.6, 0.4)
    assert [(row.name, row.total) for row in found.by["topic"]] == [("laser", 60), ("unknown", 40)]


@pytest.mark.parametrize(
    ("how", "part"),
    [
        ("danger", "understood"),
        ("sure", "understood"),
        ("chosen", "understood"),
        ("control", "understood"),
        ("attachment", "understood"),
        ("asked", "asked"),
        ("unknown", "unknown"),
        ("loop", "silent"),
        ("silent", "silent"),
    ],
)
def test_each_way_to_deal_with_a_text_counts_as_one_part(how: str, part: str) -> None:
    found = figures(MAY, counted("2026-05-02", "en", "laser", how, 9))
    assert found.share(part) == 1.0


def test_days_without_texts_are_shown_too() -> None:
    found = figures(MAY, counted("2026-05-03", "en", "laser", "sure", 9))
    assert [row.total for row in found.times] == [0, 0, 9, 0, 0, 0, 0]


def test_with_nothing_counted_there_are_no_shares() -> None:
    found = figures(MAY, [])
    assert (found.whole.total, found.share("understood"), found.by["topic"]) == (0, None, ())


def test_of_four_texts_nothing_is_shown() -> None:
    found = figures(MAY, counted("2026-05-03", "en", "laser", "sure", 4))
    assert found.whole.total is None
    assert found.share("understood") is None
    assert found.count("topic", "laser") is None
    assert {part for row in (found.whole, *found.times) for part in row.parts} <= {None, 0}


def test_what_was_never_counted_is_none_at_all() -> None:
    assert figures(MAY, []).count("topic", "stop") == 0


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)), st.integers(0, 1500))
def test_every_day_of_a_time_falls_into_one_of_its_periods(first: date, days: int) -> None:
    asked = span(first, first + timedelta(days=days))
    assert asked.first <= first
    starts = asked.starts()
    assert starts[0] == asked.first
    assert starts == sorted(set(starts))
    assert len(starts) <= max(31, days // 28 + 2)


def test_a_month_is_counted_with_the_month_that_it_is() -> None:
    year = span(date(2025, 6, 10), date(2026, 5, 9))
    found = figures(year, counted("2026-02", "en", "laser", "sure", 9))
    assert [row.name for row in found.times if row.total] == ["2026-02-01"]

"""What people choose from: the same rows as text and as a list, and rows of lists that are long gone."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot import offers, pickers
from bot.answer import answer
from bot.content import Library
from bot.model import Channel, Message, Offer, Outcome, Row, Sender
from bot.phrases import Phrasebook
from bot.pickers import Kind
from bot.text import graphemes

NOW = datetime(2026, 6, 1, 15, tzinfo=UTC)
KNOWN = Sender(language="en", last_seen=NOW)


@pytest.fixture(scope="module")
def able(book: Phrasebook) -> Phrasebook:
    return replace(book, clinic=replace(book.clinic, reminds=True))


def _tapped(tap: str, library: Library, book: Phrasebook, text: str = "an old row") -> Outcome:
    return answer(Message(text, Channel.WHATSAPP, NOW, "US", tap), KNOWN, library, book)


@pytest.mark.parametrize(
    ("tap", "want"),
    [
        ("laser", "laser"),
        ("topic:laser", "laser"),
        ("menu:9", "menu"),
        ("menu:999", "menu"),
        ("languages:9", "language"),
        ("language:es", "language"),
        ("remind:14", "remind"),
        ("remind", "remind"),
    ],
)
def test_a_tap_on_a_row_of_an_old_list_leads_where_it_led(
    tap: str, want: str, library: Library, able: Phrasebook
) -> None:
    assert _tapped(tap, library, able).want == want


@pytest.mark.parametrize("tap", ["crisis", "urgent"])
def test_a_tap_alone_raises_no_alarm(tap: str, library: Library, able: Phrasebook) -> None:
    assert _tapped(tap, library, able, "ok").want != tap


@pytest.mark.parametrize(
    "tap", ["stop", "forget", "go_on", "language:xx", "menu:x", "menu:-1", "remind:5", "topic:gone", "x" * 200]
)
def test_a_tap_gives_no_rights_and_what_is_unknown_falls_back_to_its_text(
    tap: str, library: Library, able: Phrasebook
) -> None:
    outcome = _tapped(tap, library, able, "Laser treatment")
    assert (outcome.want, outcome.forget, outcome.sender.stopped_at) == ("laser", False, None)


def test_a_list_has_the_rows_of_its_text(library: Library, able: Phrasebook) -> None:
    shown = answer(Message("menu", Channel.WHATSAPP, NOW), KNOWN, library, able)
    assert shown.reply
    assert shown.reply.offer
    picker = pickers.picker(shown.reply.offer, "en", Channel.WHATSAPP, able)
    assert picker
    assert (picker.template.kind, picker.template.size) == (Kind.LIST, 10)
    ids = [picker.values[str(number)] for number in range(3, 23, 2)]
    assert tuple(ids) == shown.sender.offered
    assert [line.partition(" ")[2] for line in shown.reply.texts[0].splitlines()[1:11]] == [
        picker.values[str(number)] for number in range(2, 22, 2)
    ]


@pytest.mark.parametrize(
    ("titles", "channel", "kind"),
    [
        (["Laser", "Peels"], Channel.WHATSAPP, Kind.BUTTONS),
        (["Laser", "Peels"], Channel.RCS, Kind.BUTTONS),
        (["L" * 21, "Peels"], Channel.WHATSAPP, Kind.LIST),
        (["L" * 21, "Peels"], Channel.RCS, None),
        (["🧑🏽‍⚕️" * 20, "Peels"], Channel.WHATSAPP, Kind.BUTTONS),
        (["L" * 25, "Peels"], Channel.WHATSAPP, None),
        (["Laser", "Laser"], Channel.WHATSAPP, None),
        ([f"Topic {number}" for number in range(10)], Channel.WHATSAPP, Kind.LIST),
        ([f"Topic {number}" for number in range(11)], Channel.WHATSAPP, None),
        ([f"Topic {number}" for number in range(4)], Channel.RCS, None),
        (["Laser", "Peels"], Channel.SMS, None),
        (["Laser", "Peels"], Channel.MESSENGER, None),
        ([], Channel.WHATSAPP, None),
    ],
)
def test_rows_become_buttons_or_a_list_within_the_limits_of_the_channel(
    titles: list[str], channel: Channel, kind: Kind | None, book: Phrasebook
) -> None:
    offer = Offer("Which?", tuple(Row(f"id{number}", title) for number, title in enumerate(titles)))
    picker = pickers.picker(offer, "en", channel, book)
    assert (picker and picker.template.kind) == kind


def test_a_heading_that_is_too_long_stays_a_text(book: Phrasebook) -> None:
    assert pickers.picker(Offer("x" * 1025, (Row("a", "A"),)), "en", Channel.WHATSAPP, book) is None


def test_every_row_of_every_language_fits_a_list(library: Library, able: Phrasebook) -> None:
    for code in able.languages:
        for offer in pickers.everything(code, library, able):
            assert all(len(graphemes(row.title)) <= 24 and len(row.id) <= 200 for row in offer.rows), offer
            assert offers.listed(offer).splitlines()[0] == offer.heading.splitlines()[0]

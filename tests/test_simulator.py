"""What is tapped on the simulated phone is what a person on WhatsApp taps; reminders can be tried out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot import database, simulator
from bot.content import Library
from bot.line import Line
from bot.model import Channel
from bot.phrases import Phrasebook
from bot.simulator import Exchange
from bot.store import Store

Text = Callable[..., Exchange]


@pytest.fixture
def line(tmp_path: Path, library: Library, book: Phrasebook) -> Line:
    engine = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    database.upgrade(engine)
    able = replace(book, clinic=replace(book.clinic, reminds=True))
    return Line(library, able, Store(engine), "k" * 32)


@pytest.fixture
def phone(line: Line) -> Text:
    """Text or tap on one simulated phone, and return the exchange."""
    form: dict[str, str] = {}

    def said(text: str = "", channel: Channel = Channel.WHATSAPP, tap: str = "") -> Exchange:
        form.update(channel=channel, text=text, tap=tap)
        talk = simulator.talk(form, "US", line)
        form.update(who=talk.who, talk=talk.carried, begun=talk.begun)
        return talk.exchanges[-1] if talk.exchanges else Exchange("", ())

    said()
    said("hello")
    return said


def test_a_menu_on_whatsapp_is_the_list_that_is_sent_there(phone: Text, line: Line) -> None:
    listed = phone("menu")
    assert len(listed.rows) == 10
    assert listed.rows[-1] == ("menu:9", "More topics")
    assert listed.label == line.phrases.say("choose", "en")
    assert "\n" not in listed.replies[0].text
    assert "1 What" not in listed.replies[0].text
    assert phone(tap="menu:9").rows[0][0] == line.library.menu[9]


def test_three_short_rows_are_buttons(phone: Text) -> None:
    when = phone("remind me")
    assert [row[0] for row in when.rows] == ["remind:3", "remind:14", "remind:30"]
    assert when.label == ""


def test_by_sms_nothing_can_be_tapped_and_numbers_are_typed(phone: Text) -> None:
    listed = phone("menu", Channel.SMS)
    assert listed.rows == ()
    assert "\n2 Kinds of acne scars" in listed.replies[0].text
    chosen = phone("2", Channel.SMS)
    assert (chosen.want, chosen.how) == ("types", "chosen")


def test_what_offers_nothing_has_no_rows_though_numbers_stand_in_it(phone: Text) -> None:
    phone("menu")
    assert phone("laser").rows == ()


def test_a_reminder_is_tried_out_and_held_by_nobody(phone: Text) -> None:
    phone("remind me")
    assert phone(tap="remind:14").replies[0].text.startswith("Your reminder comes on ")
    shown = phone("reminder")
    assert shown.replies[0].text.startswith("Your reminder comes on ")
    assert shown.rows[-1] == ("remind:0", "No reminder")
    assert phone(tap="remind:0").replies[0].text == "You will get no reminder."

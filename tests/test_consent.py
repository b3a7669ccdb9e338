"""A stop holds: whatever the words, the channel, the address and the key, until the same person says start."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import database
from bot.content import Library
from bot.identity import hashed
from bot.line import Line
from bot.model import Channel, Message, OptOut, Sender
from bot.phrases import Phrasebook
from bot.receive import Arrival, receive
from bot.store import Store

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NUMBER, WITHOUT_NUMBER = "whatsapp:+5215550001111", "whatsapp:MX.1A2B"
KEY, OLD_KEY, OLDER_KEY = "k" * 32, "o" * 32, "e" * 32
Say = Callable[..., tuple[str, ...]]

FCC = ["stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"]
"""47 CFR 64.1200(a)(10): each of these in a reply is a revocation per se."""
WRITTEN = ["{}", "{}.", "{}!", " {} ", "“{}”", "please {}", "{} please", "{}\n"]
TRAPS = [
    "how do I stop scarring",
    "how can i stop picking at my skin",
    "when does the redness end",
    "what is the end result of laser",
    "can I cancel my appointment",
    "cystic acne won't stop",
    "should i quit isotretinoin",
    "how do i end the breakouts",
    "will it stop hurting?",
    "stop my acne",
]
STOPS = {
    "ar": "توقف", "bn": "বন্ধ করুন", "de": "stopp", "en": "stop", "es": "alto", "fa": "توقف", "fil": "itigil",
    "fr": "arrêt", "hi": "बंद करो", "ht": "sispann", "id": "berhenti", "it": "ferma", "ja": "停止", "ko": "중지",
    "pl": "stop", "pt": "parar", "ru": "стоп", "sw": "acha", "th": "หยุด", "tr": "dur", "uk": "стоп", "ur": "بند کرو",
    "vi": "dừng", "zh_Hans": "停止", "zh_Hant": "停止",
}  # fmt: skip


@pytest.fixture
def line(library: Library, book: Phrasebook, tmp_path: Path) -> Iterator[Line]:
    """The line on SQLite."""
    opened = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    database.upgrade(opened)
    yield Line(library, book, Store(opened), KEY)
    opened.dispose()


@pytest.fixture
def say(line: Line) -> Say:
    """Text the line, a minute after the text before; return what comes back."""
    told = {"now": NOW, "count": 0}

    def said(text: str, *addresses: str, on: Line = line, **details: object) -> tuple[str, ...]:
        told["now"], told["count"] = told["now"] + timedelta(minutes=1), told["count"] + 1  # type: ignore[operator]
        message = Message(text, Channel.WHATSAPP, told["now"], "US", **details)  # type: ignore[arg-type]
        sid = str(details.pop("sid", "")) or f"SM{told['count']}"
        return receive(Arrival(message, sid, addresses or (NUMBER,), "whatsapp"), on).texts

    return said


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("word", [*FCC, *map(str.upper, FCC), *map(str.title, FCC)])
def test_each_word_of_the_rule_stops_however_it_is_written(say: Say, line: Line, word: str, written: str) -> None:
    assert say(written.format(word)) == (line.phrases.say("stopped", "en"),)
    assert say("laser") == ()


@pytest.mark.parametrize("trap", TRAPS)
def test_a_question_that_holds_such_a_word_is_no_stop(say: Say, line: Line, trap: str) -> None:
    (answer, *_) = say(trap)
    assert answer != line.phrases.say("stopped", "en")
    assert say("laser")


@pytest.mark.parametrize("language", STOPS)
def test_a_stop_holds_in_every_language_under_both_addresses(say: Say, library: Library, language: str) -> None:
    assert set(STOPS) == set(library.languages)
    assert len(say(STOPS[language], NUMBER, WITHOUT_NUMBER)) == 1
    assert say("laser", NUMBER) == say("laser", WITHOUT_NUMBER) == say("laser", NUMBER, WITHOUT_NUMBER) == ()


def test_one_confirmation_and_none_after(say: Say) -> None:
    assert len(say("stop")) == 1
    assert say("stop") == say("STOP!") == say("unsubscribe") == ()


@pytest.mark.parametrize("later", ["thanks", "ok thanks!", "hello", "laser", "menu", "1", "😀", "gracias"])
def test_nothing_but_a_start_undoes_it(say: Say, later: str) -> None:
    say("stop")
    assert say(later) == say("what are acne scars") == ()


@pytest.mark.parametrize("word", ["start", "START", "Start!", "unstop", "yes"])
def test_a_start_undoes_it(say: Say, word: str) -> None:
    say("stop")
    assert say(word)
    assert say("laser")


def test_danger_is_answered_after_a_stop_and_the_stop_holds(say: Say) -> None:
    say("stop")
    assert say("i want to kill myself")
    assert say("laser") == ()


def test_a_stop_that_twilio_has_answered_is_noted_without_a_word_and_its_start_undoes_it(say: Say) -> None:
    assert say("STOP", opt_out=OptOut.STOP) == ()
    assert say("laser") == ()
    assert say("START", opt_out=OptOut.START) == ()
    assert say("laser")


@pytest.fixture
def rotated(line: Line) -> Line:
    """The line after its key was changed twice."""
    return Line(line.library, line.phrases, line.store, KEY, old_keys=(OLD_KEY, OLDER_KEY))


@pytest.mark.parametrize("then", [OLD_KEY, OLDER_KEY])
def test_a_stop_under_an_earlier_key_holds_under_the_new_one(say: Say, line: Line, rotated: Line, then: str) -> None:
    say("stop", on=Line(line.library, line.phrases, line.store, then))
    assert say("laser", on=rotated) == ()
    assert say("laser", on=line) == ()


def test_a_start_under_the_new_key_ends_a_stop_under_the_earlier_one(say: Say, line: Line, rotated: Line) -> None:
    earlier = Line(line.library, line.phrases, line.store, OLD_KEY)
    say("stop", on=earlier)
    assert say("start", on=rotated)
    assert say("laser", on=rotated)
    assert say("laser", on=earlier)


def test_a_talk_goes_on_under_the_new_key(say: Say, line: Line, rotated: Line) -> None:
    say("laser", on=Line(line.library, line.phrases, line.store, OLD_KEY))
    with line.store.turn(rotated.hashes([NUMBER])) as turn:
        assert turn.sender().topic == "laser"


def test_whoever_asks_to_be_forgotten_is_forgotten_under_every_key(say: Say, line: Line, rotated: Line) -> None:
    say("laser", on=Line(line.library, line.phrases, line.store, OLD_KEY))
    say("privacy", on=rotated)
    say("1", on=rotated)
    for key in (KEY, OLD_KEY, OLDER_KEY):
        with line.store.turn([hashed(NUMBER, key)]) as turn:
            assert turn.sender().last_seen is None


def test_a_stop_under_one_address_holds_under_the_other_after_the_key_was_changed(say: Say, rotated: Line) -> None:
    """Between the two, a text under one address alone must not cut it off from the other."""
    say("laser", NUMBER, WITHOUT_NUMBER, on=rotated)
    say("laser", NUMBER, on=rotated)
    say("stop", WITHOUT_NUMBER, on=rotated)
    assert say("laser", NUMBER, on=rotated) == ()


def test_who_wrote_under_an_earlier_key_is_forgotten_under_both_addresses(say: Say, line: Line, rotated: Line) -> None:
    say("laser", NUMBER, WITHOUT_NUMBER, on=Line(line.library, line.phrases, line.store, OLD_KEY))
    say("menu", NUMBER, on=rotated)
    assert line.store.forget(rotated.hashes([WITHOUT_NUMBER])) == 4
    for key in (KEY, OLD_KEY, OLDER_KEY):
        with line.store.turn([hashed(NUMBER, key), hashed(WITHOUT_NUMBER, key)]) as turn:
            assert turn.sender() == Sender()


def arrived(sid: str, now: datetime) -> Arrival:
    return Arrival(Message("stop", Channel.WHATSAPP, now, "US"), sid, (NUMBER,), "whatsapp")


def test_a_repeated_stop_gets_its_confirmation_within_five_minutes_and_not_after(line: Line) -> None:
    """47 CFR 64.1200(a)(12): one confirmation, within five minutes."""
    first = receive(arrived("SM1", NOW), line).texts
    assert first
    assert receive(arrived("SM1", NOW + timedelta(minutes=4, seconds=59)), line).texts == first
    assert receive(arrived("SM1", NOW + timedelta(minutes=5, seconds=1)), line).texts == ()

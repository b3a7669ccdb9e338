"""Lists, buttons and reminders as Twilio's own description of its API allows them; and what is said where it fails."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from mocked import SERVICE, Twilio
from sqlalchemy import Engine

from bot import database, pickers
from bot.content import Library
from bot.identity import hashed
from bot.line import Line
from bot.model import Channel, Message
from bot.phrases import Phrasebook
from bot.receive import Answered, Arrival, receive, stop
from bot.send import Courier, registry
from bot.send.api import Api
from bot.send.held import cancel_all, held
from bot.send.registry import Held
from bot.store import Store

KEY = "k" * 32
PERSON, CLINIC = "whatsapp:+5215550001111", "whatsapp:+15557654321"
CONTENT, APPROVED = f"HX{'1' * 32}", f"HX{'2' * 32}"
SOON = 7
"""Seconds within which every message is answered, whatever Twilio's API does: it waits no longer for us (`rt=7000`)."""


@pytest.fixture
def able(book: Phrasebook) -> Phrasebook:
    return replace(book, clinic=replace(book.clinic, reminds=True))


@pytest.fixture
def line(tmp_path: Path, library: Library, able: Phrasebook, api: Api) -> Line:
    engine = database.engine(f"sqlite:///{tmp_path}/skinline.sqlite3")
    database.upgrade(engine)
    return _line(engine, library, able, api)


def _line(engine: Engine, library: Library, able: Phrasebook, api: Api) -> Line:
    store = Store(engine)
    found = [Held(template.name, CONTENT) for template in pickers.needed(library, able)]
    approved = {pickers.reminder(code, able).name for code in able.languages}
    registry.keep(
        store, [each._replace(sid=APPROVED, status="approved") if each.name in approved else each for each in found]
    )
    return Line(library, able, store, KEY, courier=Courier(api, store, able, SERVICE))


Say = Callable[..., Answered]


@pytest.fixture
def say(line: Line) -> Say:
    """Text the line as one person, on WhatsApp."""
    count = 0

    def said(
        text: str, channel: Channel = Channel.WHATSAPP, sid: str = "", tap: str = "", sender: str = PERSON
    ) -> Answered:
        nonlocal count
        count += 1
        address = sender if channel is Channel.WHATSAPP else sender.removeprefix("whatsapp:")
        reached = CLINIC if channel is Channel.WHATSAPP else CLINIC.removeprefix("whatsapp:")
        message = Message(text, channel, datetime.now(UTC), "US", tap)
        return receive(Arrival(message, sid or f"SM{count:032x}", [address], channel.value, reached=reached), line)

    said("hello")
    return said


def test_a_menu_on_whatsapp_is_sent_as_a_list_and_not_as_text(say: Say, twilio: Twilio) -> None:
    assert say("menu").texts == ()
    (sent,) = twilio.sent()
    assert sent.status == 201
    assert (sent.fields["To"], sent.fields["From"], sent.fields["ContentSid"]) == (PERSON, CLINIC, CONTENT)
    values = json.loads(sent.fields["ContentVariables"])
    assert values["1"].startswith("Clara Clinic")
    assert values["1"].endswith("STOP ends messages. Text a number or a question:")
    assert (values["20"], values["21"]) == ("More topics", "menu:9")
    assert say("2").outcome.want == values["5"]  # type: ignore[union-attr]


def test_a_person_without_a_number_gets_lists_too(say: Say, twilio: Twilio) -> None:
    say("hola", sender="whatsapp:MX.1A2B3C4D5E6F")
    assert say("menú", sender="whatsapp:MX.1A2B3C4D5E6F").texts == ()
    assert twilio.sent()[-1].fields["To"] == "whatsapp:MX.1A2B3C4D5E6F"


def test_a_menu_by_sms_is_text(say: Say, twilio: Twilio) -> None:
    say("hello", Channel.SMS)
    assert say("menu", Channel.SMS).texts[0].startswith("Text a number or a question:\n1 ")
    assert not twilio.sent()


def test_the_same_message_again_gets_no_second_list(say: Say, twilio: Twilio) -> None:
    say("menu", sid="SM1")
    assert say("menu", sid="SM1").texts == ()
    assert len(twilio.sent()) == 1


@pytest.mark.parametrize(
    ("status", "code"), [(429, 20429), (500, 0), (503, 0), (400, 63016), (400, 21656), (401, 20003)]
)
def test_where_twilio_refuses_the_text_goes_out(status: int, code: int, say: Say, twilio: Twilio) -> None:
    twilio.status, twilio.code = status, code
    assert say("menu").texts[0].startswith("Text a number or a question:\n1 ")


def test_where_twilio_hangs_the_text_goes_out_in_time_and_soon_it_is_not_asked(say: Say, twilio: Twilio) -> None:
    twilio.delay = 10
    seconds = []
    for _ in range(6):
        started = time.perf_counter()
        assert say("menu").texts[0].startswith("Text a number or a question:\n1 ")
        seconds.append(time.perf_counter() - started)
    assert max(seconds) < SOON
    assert min(seconds[3:]) < 0.5, "after three calls without an answer, none is made"


def test_a_template_that_is_not_there_leaves_the_text(say: Say, line: Line, twilio: Twilio) -> None:
    registry.keep(line.store, [])
    assert say("menu").texts[0].startswith("Text a number or a question:\n1 ")
    assert not twilio.sent()


def test_a_reminder_on_whatsapp_is_an_approved_template_that_twilio_holds(say: Say, twilio: Twilio, line: Line) -> None:
    answered = say("remind me in 2 weeks")
    assert answered.texts[0].startswith("Your reminder comes on ")
    (sent,) = twilio.sent()
    assert sent.status == 201
    assert sent.fields["MessagingServiceSid"] == SERVICE
    assert (sent.fields["ScheduleType"], sent.fields["ContentSid"]) == ("fixed", APPROVED)
    due = datetime.fromisoformat(sent.fields["SendAt"])
    assert timedelta(days=13) < due - datetime.now(UTC) < timedelta(days=15)
    assert held(line.store, [hashed(PERSON, KEY)])


def test_a_reminder_by_sms_is_a_text(say: Say, twilio: Twilio, able: Phrasebook) -> None:
    say("hello", Channel.SMS)
    assert say("remind me in 3 days", Channel.SMS).texts[0].startswith("Your reminder comes on ")
    (sent,) = twilio.sent()
    assert (sent.status, sent.fields["Body"], sent.fields["To"]) == (
        201,
        able.say("remind_due", "en"),
        "+5215550001111",
    )


def test_a_reminder_is_changed_by_holding_the_new_one_then_cancelling_the_old_one(say: Say, twilio: Twilio) -> None:
    say("remind me in 2 weeks")
    say("remind me in 3 days")
    first, second, cancelled = twilio.sent()
    assert "SendAt" in first.fields
    assert "SendAt" in second.fields
    assert cancelled.fields == {"Status": "canceled"}


@pytest.mark.parametrize("text", ["cancel my reminder", "STOP", "unsubscribe please"])
def test_a_reminder_is_cancelled_by_word_and_by_stop(text: str, say: Say, twilio: Twilio, line: Line) -> None:
    say("remind me in 2 weeks")
    assert say(text).texts
    assert twilio.sent()[-1].fields == {"Status": "canceled"}
    assert not held(line.store, [hashed(PERSON, KEY)])


def test_to_be_forgotten_cancels_the_reminder(say: Say, twilio: Twilio, line: Line) -> None:
    say("remind me in 2 weeks")
    say("what do you know about me")
    assert say("", tap="forget").texts == (line.phrases.say("forgotten", "en"),)
    assert twilio.sent()[-1].fields == {"Status": "canceled"}


WAYS = {
    "changed": ("remind me in 3 days", ""),
    "cancelled by word": ("cancel my reminder", ""),
    "cancelled by tap": ("", "remind:0"),
    "forgotten": ("", "forget"),
}


@pytest.mark.parametrize("status", [429, 500, 503, 401, 0], ids=lambda status: str(status or "timeout"))
@pytest.mark.parametrize("way", WAYS)
def test_what_fails_is_told_and_nothing_else_changes(
    way: str, status: int, say: Say, twilio: Twilio, line: Line
) -> None:
    say("remind me in 2 weeks")
    say("what do you know about me")
    before = held(line.store, [hashed(PERSON, KEY)])
    twilio.status, twilio.delay = status, 0 if status else 3
    text, tap = WAYS[way]
    assert say(text, tap=tap).texts == (line.phrases.say("failed", "en"),)
    twilio.status, twilio.delay = 0, 0
    assert held(line.store, [hashed(PERSON, KEY)]) == before
    assert say("reminder").outcome.sender.remind_at  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("set_by", "cancelled_by"),
    [
        ("recuérdame en cinco días", "ya no quiero el recordatorio"),
        ("3天后提醒我", "取消提醒"),
        ("ذكرني بعد أسبوعين", "الغاء التذكير"),
        ("fè m sonje nan yon mwa", "pa bezwen rapèl"),
        ("3 din baad yaad dilana", "yaad mat dilao"),
    ],
)
def test_other_languages_set_and_cancel_it_too(
    set_by: str, cancelled_by: str, say: Say, twilio: Twilio, line: Line
) -> None:
    say(set_by)
    assert held(line.store, [hashed(PERSON, KEY)])
    say(cancelled_by)
    assert twilio.sent()[-1].fields == {"Status": "canceled"}
    assert not held(line.store, [hashed(PERSON, KEY)])


def test_who_was_forgotten_is_held_by_nobody_and_may_begin_again(say: Say, twilio: Twilio, line: Line) -> None:
    say("remind me in 2 weeks")
    say("what do you know about me")
    say("", tap="forget")
    assert {(each.fields.get("Status"), each.status) for each in twilio.sent()[-1:]} == {("canceled", 200)}
    assert not held(line.store, [hashed(PERSON, KEY)])
    assert "Text a number" in say("reminder", Channel.SMS).texts[0]


def test_without_a_messaging_service_nothing_is_offered(say: Say, twilio: Twilio, line: Line, api: Api) -> None:
    unable = replace(line.phrases, clinic=replace(line.phrases.clinic, reminds=False))
    without = replace(line, phrases=unable, courier=Courier(api, line.store, unable))
    message = Message("thanks", Channel.WHATSAPP, datetime.now(UTC), "US")
    thanked = receive(Arrival(message, "SM1", [PERSON], "whatsapp", reached=CLINIC), without)
    assert thanked.outcome
    assert thanked.outcome.reply
    assert thanked.outcome.reply.offer is None
    assert not twilio.sent()


def test_a_reminder_that_twilio_takes_too_late_is_taken_back(say: Say, twilio: Twilio, line: Line) -> None:
    twilio.delay = 3
    assert say("remind me in 2 weeks").texts == (line.phrases.say("failed", "en"),)
    twilio.delay = 0
    patience = time.monotonic() + 60
    while len(twilio.sent()) < 2 and time.monotonic() < patience:
        time.sleep(0.1)
    held_late, taken_back = twilio.sent()
    assert "SendAt" in held_late.fields
    assert taken_back.fields == {"Status": "canceled"}


def test_a_stop_holds_though_twilio_does_not_answer_and_the_reminder_is_cancelled_later(
    say: Say, twilio: Twilio, line: Line, api: Api
) -> None:
    say("remind me in 2 weeks")
    twilio.status = 500
    assert say("STOP").texts == (line.phrases.say("stopped", "en"),)
    assert held(line.store)
    twilio.status = 0
    assert cancel_all(held(line.store), line.store, api)
    assert not held(line.store)


def test_a_reminder_that_was_sent_already_counts_as_cancelled(say: Say, twilio: Twilio, line: Line) -> None:
    say("remind me in 2 weeks")
    twilio.status, twilio.code = 409, 30409
    assert say("cancel my reminder").texts == (line.phrases.say("remind_off", "en"),)


def test_without_an_approved_template_no_reminder_is_offered_on_whatsapp(
    say: Say, line: Line, twilio: Twilio, able: Phrasebook, api: Api
) -> None:
    registry.keep(line.store, [])
    fresh = replace(line, courier=Courier(api, line.store, able, SERVICE))
    message = Message("remind me in 2 weeks", Channel.WHATSAPP, datetime.now(UTC), "US")
    answered = receive(Arrival(message, "SM1", [PERSON], "whatsapp", reached=CLINIC), fresh)
    assert answered.outcome
    assert answered.outcome.want != "remind"
    assert not twilio.sent()


def test_a_language_without_an_approved_template_is_told_that_it_failed(say: Say, line: Line, twilio: Twilio) -> None:
    english = pickers.reminder("en", line.phrases).name
    registry.keep(line.store, [each for each in registry.held(line.store).values() if each.name != english])
    assert say("remind me in 2 weeks").texts == (line.phrases.say("failed", "en"),)
    assert not twilio.sent()


def test_a_failed_delivery_to_who_blocked_us_cancels_their_reminder(say: Say, twilio: Twilio, line: Line) -> None:
    say("remind me in 2 weeks")
    stop(PERSON, line, datetime.now(UTC))
    assert twilio.sent()[-1].fields == {"Status": "canceled"}
    assert say("laser").texts == ()


def test_every_list_that_people_on_whatsapp_are_shown_has_a_form_there(line: Line) -> None:
    offers = [
        pickers.picker(offer, code, Channel.WHATSAPP, line.phrases)
        for code in line.phrases.languages
        for offer in pickers.everything(code, line.library, line.phrases)
    ]
    assert len(offers) > 40 * len(line.phrases.languages)
    assert all(offers)

"""Whole conversations, as transcripts: `>` from the sender, `<` from us, `@` what else there is to know.

A `<` line ending in `...` matches any line that begins so; `< ...` alone the rest of the reply. `@` lines:
`@ whatsapp`, `@ country MX`, `@ picture`, `@ voice`, `@ other`, `@ tap ID`, `@ later HOURS`, `@ twilio STOP`,
`@ machine`, `@ reminds` (from here on the clinic can send reminders).
A transcript starts at `#`, which says the behaviour, and someone new writes in each.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.answer import answer
from bot.answer.safety import BUDGET
from bot.answer.turn import PAUSE
from bot.content import Library
from bot.model import Attachment, Channel, Message, OptOut, Sender
from bot.phrases import Phrasebook
from bot.translations import NEVER_SENT

FOLDER = Path(__file__).parent / "conversations"
SILENCE = "(silence)"


@dataclass
class Step:
    """One message and the lines that must come back."""

    text: str
    notes: list[str]
    lines: list[str] = field(default_factory=list)


@dataclass
class Transcript:
    """One behaviour, shown."""

    title: str
    steps: list[Step]


def _read(path: Path) -> Iterator[Transcript]:
    transcript: Transcript | None = None
    notes: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "#":
            if transcript:
                yield transcript
            transcript = Transcript(f"{path.stem}: {rest}", [])
        elif mark == "@":
            notes.append(rest)
        elif mark == ">" and transcript:
            transcript.steps.append(Step(rest, notes))
            notes = []
        elif mark == "<" and transcript:
            transcript.steps[-1].lines.append(rest)
        else:
            assert not line.strip(), f"{path.name}: what is this? {line}"
    if transcript:
        yield transcript


TRANSCRIPTS = [transcript for path in sorted(FOLDER.glob("*.txt")) for transcript in _read(path)]


def _told(message: Message, note: str) -> Message:
    word, _, rest = note.partition(" ")
    told = {
        "country": lambda: message._replace(country=rest),
        "tap": lambda: message._replace(tap=rest),
        "twilio": lambda: message._replace(opt_out=OptOut(rest)),
        "machine": lambda: message._replace(from_person=False),
        "later": lambda: message._replace(sent_at=message.sent_at + timedelta(hours=float(rest))),
    }
    if word in set(Channel):
        return message._replace(channel=Channel(word))
    return message._replace(attachment=Attachment(word)) if word in set(Attachment) else told[word]()


def _matches(expected: list[str], got: list[str]) -> bool:
    for number, line in enumerate(expected):
        if line == "...":
            return True
        if number >= len(got):
            return False
        if not (got[number].startswith(line[:-3]) if line.endswith("...") else got[number] == line):
            return False
    return len(expected) == len(got)


@pytest.mark.parametrize("transcript", TRANSCRIPTS, ids=lambda transcript: transcript.title)
def test_a_conversation_goes_as_written(transcript: Transcript, library: Library, book: Phrasebook) -> None:
    sender, now, country = Sender(), datetime(2026, 6, 1, 9, tzinfo=UTC), "US"
    for step in transcript.steps:
        now += timedelta(seconds=20)
        if "reminds" in step.notes:
            book = replace(book, clinic=replace(book.clinic, reminds=True))
            step = replace(step, notes=[note for note in step.notes if note != "reminds"])
        message = Message(step.text, Channel.SMS, now, country)
        for note in step.notes:
            message = _told(message, note)
        now, country = message.sent_at, message.country
        outcome = answer(message, sender, library, book)
        sender = outcome.sender
        if outcome.reminding:
            # As Twilio would have it: it holds the reminder under an id, or no more.
            sender = sender._replace(reminder="SM1" if outcome.reminding.due else "")
        texts = outcome.reply.texts if outcome.reply else (SILENCE,)
        got = [line for text in texts for line in text.splitlines()]
        assert _matches(step.lines, got), f"> {step.text}\n" + "\n".join(f"< {line}" for line in got)


def test_every_language_has_its_conversations(library: Library) -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} >= set(library.languages)


def test_a_sender_of_many_texts_is_told_once_then_meets_silence_until_they_pause(
    library: Library, book: Phrasebook
) -> None:
    sender, now = Sender(), datetime(2026, 6, 1, 9, tzinfo=UTC)
    replies: list[str] = []
    for number in range(60):
        now += timedelta(seconds=5)
        outcome = answer(Message(f"laser {number}", Channel.SMS, now), sender, library, book)
        sender = outcome.sender
        replies.extend(outcome.reply.texts[:1] if outcome.reply else ())
    assert len(replies) == BUDGET
    assert replies[-1] == book.say("loop", "en")
    later = Message("laser", Channel.SMS, now + PAUSE)
    assert answer(later, sender, library, book).reply
    danger = Message("i want to die", Channel.SMS, now)
    assert answer(danger, sender, library, book).reply


def test_two_copies_of_the_line_do_not_talk_to_each_other(library: Library, book: Phrasebook) -> None:
    for language in book.languages:
        for name, text in book.texts[language].items():
            if name.startswith(NEVER_SENT):
                continue
            message = Message(text.replace("{clinic}", "Clara Clinic"), Channel.SMS, datetime(2026, 6, 1, tzinfo=UTC))
            outcome = answer(message, Sender(language=language), library, book)
            assert outcome.reply is None or len(text) < 60 or "{" in text, text

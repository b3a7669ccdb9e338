"""The words of a reply: what each is made of, and that it fits."""

from dataclasses import replace

import pytest

from bot import compose, offers
from bot.check.replies import BUDGET, replies
from bot.content import Library
from bot.languages import SOURCE
from bot.model import Clinic
from bot.phrases import LOCALES, Phrasebook
from bot.segments import encoding, foreign, segments

LANGUAGES = [SOURCE, *sorted(path.name for path in LOCALES.iterdir() if path.is_dir())]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_reply_fits_two_segments_or_four_in_ucs2(language: str, library: Library, book: Phrasebook) -> None:
    whole = dict(replies(language, library, book))
    assert len(whole) >= 2 * len(library.topics)
    dear = {name: segments(text) for name, text in whole.items() if segments(text) > BUDGET[encoding(text)]}
    assert dear == {}


def test_english_is_plain_gsm7(library: Library, book: Phrasebook) -> None:
    said = ((name, text) for name, text in replies(SOURCE, library, book) if name != "languages")
    assert {name: foreign(text) for name, text in said if foreign(text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_answer_ends_with_the_reminder_and_what_to_text_next(
    language: str, library: Library, book: Phrasebook
) -> None:
    for topic in library.topics.values():
        *_, reminder, hint = ["", *compose.topic(topic, language, book).splitlines()]
        if topic.is_danger:
            assert book.say("reminder", language) not in compose.topic(topic, language, book)
        else:
            assert reminder == book.say("reminder", language)
            assert hint == book.say("hint" if topic.more else "hint_last", language)


def test_an_answer_whose_translation_is_not_usable_is_given_in_english_and_said_to_be(
    library: Library, book: Phrasebook
) -> None:
    spanish = {name: text for name, text in book.texts["es"].items() if name != "scars.answer"}
    fuzzy = replace(book, texts={**book.texts, "es": spanish})
    first, second, *_ = compose.topic(library.topics["scars"], "es", fuzzy).splitlines()
    assert first == book.say("in_english", "es")
    assert second == library.topics["scars"].answer


@pytest.mark.parametrize(
    ("clinic", "lines"),
    [
        (Clinic(), []),
        (Clinic(phone="1"), ["Phone: 1"]),
        (Clinic(hours="9-17", booking_url="https://c.example"), ["Open: 9-17", "Book: https://c.example"]),
        (
            Clinic(phone="1", hours="2", address="3", booking_url="https://4"),
            ["Phone: 1", "Open: 2", "Address: 3", "Book: https://4"],
        ),
    ],
)
def test_the_clinics_details_are_told_as_far_as_they_are_known(
    clinic: Clinic, lines: list[str], library: Library, book: Phrasebook
) -> None:
    told = compose.topic(library.topics["appointment"], "en", replace(book, clinic=clinic)).splitlines()
    assert told[1:-2] == lines
    assert told[0].endswith("contact our clinic." if not clinic.name else f"contact {clinic.name}.")


def test_a_crisis_names_the_clinics_own_line_where_there_is_one(library: Library, book: Phrasebook) -> None:
    crisis = library.topics["crisis"]
    assert compose.topic(crisis, "en", book) == crisis.answer
    with_line = replace(book, clinic=Clinic(crisis_line="988"))
    assert compose.topic(crisis, "en", with_line) == f"{crisis.answer}\nHelp by phone: 988"
    assert "988" not in compose.topic(library.topics["urgent"], "en", with_line)


def test_the_pages_of_the_menu_hold_every_topic_once(library: Library, book: Phrasebook) -> None:
    offered: list[str] = []
    start: int | None = 0
    while start is not None:
        numbers = offers.menu(start, "en", library, book).ids
        offered.extend(number for number in numbers if not number.startswith("menu:"))
        start = int(numbers[-1].partition(":")[2]) if numbers[-1].startswith("menu:") else None
    assert offered == list(library.menu)
    assert set(library.topics) - set(offered) == {"crisis", "urgent", "photo"}


def test_a_help_text_without_a_phone_number_has_no_gap(library: Library, book: Phrasebook) -> None:
    last = offers.help_and_menu("en", library, replace(book, clinic=Clinic())).foot
    assert last == "Our clinic. Msg & data rates may apply. STOP ends messages."


def test_a_rich_answer_has_its_title_in_bold_and_its_first_page_where_that_fits(
    library: Library, book: Phrasebook
) -> None:
    longer = set()
    for language in book.languages:
        for topic in library.topics.values():
            text, page = compose.rich_topic(topic, language, book)
            assert len(text) <= compose.LONGEST_RICH
            assert text.startswith(f"*{book.say(f'{topic.id}.title', language)}*\n") != topic.is_danger
            assert text.count("*") == (0 if topic.is_danger else 2)
            if page:
                longer.add(topic.id)
                assert book.say(f"{topic.id}.more.1", language) in text
    assert len(longer) > len(library.topics) / 2

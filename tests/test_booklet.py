"""The booklet holds every text, needs no other file, and says plainly what nobody has signed."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from html.parser import HTMLParser

import pytest

from bot.booklet import render
from bot.check import rules
from bot.content import Library
from bot.phrases import Phrasebook
from bot.review import Review
from bot.topics import in_menu_order

TODAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def page(library: Library, book: Phrasebook) -> str:
    """The page as it ships, when nobody has signed."""
    topics = {name: replace(topic, reviewed=None) for name, topic in library.topics.items()}
    return render(topics, book, rules.load(), TODAY)


def _signed(library: Library, **reviews: Review) -> dict[str, object]:
    return {name: replace(topic, reviewed=reviews.get(name)) for name, topic in library.topics.items()}


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def test_it_holds_every_english_text_as_it_is_sent(page: str, book: Phrasebook) -> None:
    read = unescape(page)
    assert [name for name, text in book.english.items() if text not in read] == []


def test_the_topics_stand_in_the_order_of_the_menu(page: str, library: Library) -> None:
    order = re.findall(r'<article id="(\w+)">', page)
    assert order == [topic.id for topic in in_menu_order(library.topics.values())]
    assert order[: len(library.menu)] == list(library.menu)
    assert set(order) == set(library.topics)


def test_each_topic_has_its_sources_its_figures_and_a_line_to_sign(page: str, library: Library) -> None:
    for topic in library.topics.values():
        part = unescape(page.split(f'<article id="{topic.id}">')[1].split("</article>")[0])
        assert all(source in part for source in topic.sources)
        assert all(library.topics[other].title in part for other in topic.related)
        assert part.count("reading grade") == 1 + len(topic.more)
        assert "segment" in part
        assert topic.urgency in part
        assert "Signature" in part


def test_a_topics_drawing_is_shown_with_what_is_read_aloud_for_it(page: str, book: Phrasebook) -> None:
    part = page.split('<article id="laser">')[1].split("</article>")[0]
    assert "<svg" in part
    assert unescape(part).count(book.english["picture_laser"]) == 2
    names = re.findall(r'<clipPath id="([^"]+)"', page)
    assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(names)
    assert "<svg" not in page.split('<article id="cost">')[1].split("</article>")[0]


def test_it_says_on_top_what_awaits_a_signature_and_how_to_sign(page: str, library: Library) -> None:
    top = page.split("<nav")[0]
    count = len(library.topics)
    assert f"{count} of {count} topics await a clinician's signature" in unescape(top)
    assert "skinline sign TOPIC" in top
    assert TODAY.isoformat() in top


def test_a_signature_is_shown_and_counted_only_while_it_holds(library: Library, book: Phrasebook) -> None:
    whole = Review("Dr. N. N.", TODAY, None, library.topics["laser"].fingerprint)
    expired = Review("Dr. Old", date(2025, 1, 1), date(2026, 1, 1))
    changed = Review("Dr. Other", TODAY, None, "00000000")
    topics = _signed(library, laser=whole, scars=expired, peels=changed)
    shown = unescape(render(topics, book, rules.load(), TODAY))
    count = len(library.topics)
    assert f"{count - 1} of {count} topics await" in shown
    assert "signed by Dr. N. N. on 2026-12-01" in shown
    assert "expired on 2026-01-01: not sent" in shown
    assert "changed after Dr. Other signed it" in shown


def test_what_is_written_is_text_and_no_markup(library: Library, book: Phrasebook) -> None:
    topics = _signed(library, laser=Review("<b>N</b>", TODAY))
    assert "&lt;b&gt;N&lt;/b&gt;" in render(topics, book, rules.load(), TODAY)


def test_it_needs_no_other_file_and_no_script(page: str) -> None:
    assert not re.search(r"<(?:script|link|img|iframe)|@import|url\((?!#)|src=", page)
    assert '<html lang="en">' in page
    assert "prefers-color-scheme: dark" in page
    assert "break-inside: avoid" in page


def test_every_element_is_closed(page: str) -> None:
    tags = _Tags()
    tags.feed(page)
    assert (tags.open, tags.wrong) == ([], [])

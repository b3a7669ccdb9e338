"""What a conversation costs is what its texts cost, each as often as a conversation has it."""

from dataclasses import replace
from statistics import mean

import pytest

from bot import compose, costs, plain, prices
from bot.content import Library
from bot.model import DANGERS, Channel
from bot.phrases import Phrasebook
from bot.prices import Price
from bot.problems import Refused
from bot.segments import segments

RULES = plain.load()
PRICES = prices.load()


def test_a_kind_of_text_holds_what_is_said_of_every_topic_but_danger(library: Library, book: Phrasebook) -> None:
    said = costs.kinds("es", library, book)
    calm = [topic for topic in library.topics.values() if topic.id not in DANGERS]
    assert list(said["answer"]) == [compose.topic(topic, "es", book) for topic in calm]
    assert len(said["page"]) == sum(len(topic.more) for topic in calm)
    assert said["notice"] == (book.say("notice", "es"),)


def test_a_conversation_is_the_sum_of_its_texts(library: Library, book: Phrasebook) -> None:
    said = costs.kinds("zh_Hans", library, book)
    asked = replace(PRICES, conversation={"received": 3, "answer": 2, "notice": 1})
    found = costs.cost("zh_Hans", said, asked, {}, RULES)
    answer = mean(segments(text) for text in said["answer"])
    assert found.conversation == pytest.approx(2 * answer + segments(said["notice"][0]))
    assert (found.as_written, found.as_sent, found.plain) == (answer, answer, None)
    assert found.letters[0] in {"。", "，", "的"}


@pytest.mark.parametrize("language", RULES)
def test_plain_letters_are_never_dearer_and_bring_a_language_into_gsm7(
    language: str, library: Library, book: Phrasebook
) -> None:
    said = costs.kinds(language, library, book)
    kept, plain_sent = (costs.cost(language, said, PRICES, chosen, RULES) for chosen in ({}, RULES))
    assert kept.as_written >= kept.simply_set >= plain_sent.as_sent
    assert (kept.conversation, plain_sent.conversation) == (kept.conversation_marked, kept.conversation_plain)
    assert (kept.plain, plain_sent.plain) == (False, True)
    assert plain_sent.as_sent <= 2


@pytest.mark.parametrize(
    ("channel", "price", "amount"),
    [
        (Channel.SMS, Price(0.5), 4.5),
        (Channel.SMS, Price(0.5, 0.25), 5.5),
        (Channel.WHATSAPP, Price(0.5, 0.25), 3.5),
    ],
)
def test_sms_is_billed_by_segment_and_other_channels_by_message(channel: Channel, price: Price, amount: float) -> None:
    assert PRICES.conversation == {"received": 4, "notice": 1, "answer": 2, "page": 1, "thanks": 1}
    assert costs.money(9, PRICES, price, channel) == amount


def test_a_conversation_of_what_is_never_said_is_refused(library: Library, book: Phrasebook) -> None:
    strange = replace(PRICES, conversation={"weather": 1})
    with pytest.raises(Refused, match=r"conversation\.weather: is nothing that is said; there are received, answer"):
        costs.cost("en", costs.kinds("en", library, book), strange, {}, RULES)

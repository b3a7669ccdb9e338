"""Whether a clinician has read what is said, lately, and whether it is still what they read."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from bot.check.finding import Finding
from bot.content import Library
from bot.review import Review
from bot.topics import Topic

REVIEW_AGE = timedelta(days=365)
"""After so long a signed text should be read again: what is known of scars, and what is sold for them, changes."""
_DAY = timedelta(days=1)


def findings(library: Library, today: date) -> Iterator[Finding]:
    """Yield one warning for all unsigned topics, and what is wrong with each signature."""
    yield from _unsigned(library)
    for topic in library.topics.values():
        if topic.reviewed:
            yield from _changed(topic, topic.reviewed)
            yield from _wrong_dates(topic, topic.reviewed, today)
            yield from _run_out(topic, topic.reviewed, today)


class Standing(StrEnum):
    """What a signature is worth on a day."""

    UNSIGNED = "unsigned"
    CHANGED = "changed"
    EXPIRED = "expired"
    SIGNED = "signed"


def standing(topic: Topic, today: date) -> Standing:
    """Return what a topic's signature is worth today: a change after signing counts before the day it ends."""
    review = topic.reviewed
    if review is None:
        return Standing.UNSIGNED
    if review.text and review.text != topic.fingerprint:
        return Standing.CHANGED
    return Standing.EXPIRED if review.has_expired(today) else Standing.SIGNED


def state(topic: Topic, today: date) -> str:
    """Return in a few words what a clinician has to know of a topic's signature."""
    review = topic.reviewed
    if review is None:
        return "awaits a signature"
    if standing(topic, today) is Standing.CHANGED:
        return f"changed after {review.by} signed it on {review.on}"
    until = f", until {review.expires}" if review.expires else ""
    if review.has_expired(today):
        until = f", expired on {review.expires}" + ("" if topic.is_danger else ": not sent")
    return f"signed by {review.by} on {review.on}{until}"


def _unsigned(library: Library) -> Iterator[Finding]:
    unsigned = [topic.id for topic in library.topics.values() if topic.reviewed is None]
    if unsigned:
        count = f"{len(unsigned)} of {len(library.topics)} texts await a clinician's signature"
        advice = f"{count}; read them with `skinline content`, sign with `skinline sign`"
        yield Finding("content/topics", "reviewed", advice, is_warning=True)


def _changed(topic: Topic, review: Review) -> Iterator[Finding]:
    if not review.text:
        advice = f"was signed by hand, so a later change goes unnoticed; sign again with `skinline sign {topic.id}`"
        yield _finding(topic, advice, is_warning=True)
    elif review.text != topic.fingerprint:
        advice = f"changed after signing; have it read, then sign again with `skinline sign {topic.id}`"
        yield _finding(topic, advice)


def _wrong_dates(topic: Topic, review: Review, today: date) -> Iterator[Finding]:
    # A clinician east of here may be a day ahead of us.
    if review.on > today + _DAY:
        yield _finding(topic, f"is signed on a day to come, {review.on}; enter the day of signing")
    if review.expires and review.expires < review.on:
        yield _finding(topic, f"expires on {review.expires}, before it was signed; mend the dates")


def _run_out(topic: Topic, review: Review, today: date) -> Iterator[Finding]:
    again = f"have it read again, then `skinline sign {topic.id}`"
    if review.has_expired(today):
        what = "is sent all the same, as it answers a danger" if topic.is_danger else "is not sent any more"
        yield _finding(topic, f"expired on {review.expires} and {what}; {again}", is_warning=True)
    elif today - review.on > REVIEW_AGE:
        advice = f"was signed on {review.on}, more than {REVIEW_AGE.days} days ago; {again}"
        yield _finding(topic, advice, is_warning=True)


def _finding(topic: Topic, advice: str, is_warning: bool = False) -> Finding:
    return Finding(f"content/topics/{topic.id}.toml", "reviewed", advice, topic.answer, is_warning)

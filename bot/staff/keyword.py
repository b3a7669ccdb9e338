"""A new keyword: tried first, on every message that it might change; then taught, at once and everywhere."""

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, request, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from bot import teaching, unread
from bot.content import Library
from bot.languages import SOURCE
from bot.likeness import Unread
from bot.model import UNKNOWN
from bot.staff import labelled
from bot.staff.layout import Desk, row_number
from bot.staff.names import Names
from bot.staff.words import N_
from bot.taught import Taught, tidy, with_phrases
from bot.topics import in_menu_order
from bot.trial import Sample, Trial, trial
from bot.understand import understand

REFUSALS = {
    "empty": N_("There are no letters in it. Write the words that people type."),
    "long": N_("It is too long. Write only the words that show what is wanted."),
    "act": N_("This starts or stops messages. It cannot stand for a topic."),
    "danger": N_("This asks for help in danger. It cannot stand for another topic."),
    "there": N_("It stands for this topic already."),
}


def add(site: Blueprint, desk: Desk) -> None:
    """Add the page, and what its buttons do."""

    @site.get("/unanswered/keyword")
    def keyword() -> str:
        lesson, found = _lesson(desk), None
        with desk.line.store.transaction() as connection:
            text = unread.find(connection, row_number(request.args.get("text", "")))
            taught = [each for _, each in teaching.listed(connection)]
            samples = _samples(connection)
        if lesson and "phrase" in request.args:
            found = trial(lesson, desk.line.library, taught, samples)
        return _page(desk, text, lesson, found)

    @site.post("/unanswered/keyword")
    def teach() -> Response:
        lesson = _lesson(desk)
        if lesson is None:
            abort(400)
        with desk.line.store.transaction() as connection:
            taught = [each for _, each in teaching.listed(connection)]
            waiting = unread.read(connection, "", lesson.language)
        if trial(lesson, desk.line.library, taught, ()).refusal:
            abort(400)
        # Between the two transactions, not within: patients' messages wait for one that writes.
        answered = _answered(waiting, with_phrases(desk.line.library, [*taught, lesson]))
        with desk.line.store.transaction() as connection:
            teaching.teach(connection, lesson, datetime.now(UTC))
            unread.judge(connection, answered, "taught")
        return redirect(url_for("staff.unanswered", _anchor="taught"), 303)

    @site.post("/unanswered/unlearn")
    def unlearn() -> Response:
        with desk.line.store.transaction() as connection:
            teaching.unlearn(connection, row_number(request.form.get("number", "")))
        return redirect(url_for("staff.unanswered", _anchor="taught"), 303)


def _lesson(desk: Desk) -> Taught | None:
    """Return what the form would teach; None where it names no topic or language of ours."""
    given = request.values
    language, topic = given.get("language", ""), given.get("topic", "")
    known = language in desk.line.library.languages and topic in desk.line.library.topics
    return Taught(language, topic, tidy(given.get("phrase", "")[:200])) if known else None


def _samples(connection: Connection) -> list[Sample]:
    waiting = dict.fromkeys((each.text, each.language) for each in unread.read(connection, ""))
    return [*(Sample(text, language) for text, language in waiting), *labelled.samples()]


def understood(text: Unread, desk: Desk) -> str:
    """Return what a text that was not understood is understood as by now, "" where it still is not."""
    want = understand(text.text, desk.line.shelf.known(desk.line.library), "", text.language).best.name
    return "" if want == UNKNOWN else want


def _answered(waiting: list[Unread], library: Library) -> list[int]:
    """Return the numbers of the texts that are understood by now."""
    wants = ((each.number, understand(each.text, library, "", each.language).best.name) for each in waiting)
    return [number for number, want in wants if want != UNKNOWN]


def _page(desk: Desk, text: Unread | None, lesson: Taught | None, found: Trial | None) -> str:
    language = lesson.language if lesson else text.language if text else SOURCE
    names = Names(desk)
    topics = [(topic.id, names.want(topic.id)) for topic in in_menu_order(desk.line.library.topics.values())]
    languages = [(code, names.language(code)) for code in desk.line.library.languages]
    changes = found.changes if found else ()
    return desk.render(
        "keyword.html",
        text=text,
        understood=understood(text, desk) if text else "",
        lesson=lesson,
        phrase=lesson.phrase if lesson else text.text if text else "",
        found=found,
        refusal=REFUSALS.get(found.refusal, "") if found else "",
        waiting=[each for each in changes if not each.sample.right],
        labelled=sorted((each for each in changes if each.sample.right), key=lambda each: not each.is_worse),
        worse=sum(each.is_worse for each in changes),
        languages=sorted(languages, key=lambda pair: pair[1]),
        language=language,
        topics=topics,
        topic=lesson.topic if lesson else request.args.get("topic", ""),
        names=names,
    )

"""Unanswered: texts that were not understood, alike ones together, for the staff to decide what becomes of them."""

from datetime import date

from babel import Locale
from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from bot import likeness, teaching, unread
from bot.staff import keyword, labelled
from bot.staff.layout import Desk, row_number
from bot.staff.names import Names
from bot.staff.words import N_

GROUPS = 25
"""Groups on a page."""
_LONGEST_LIST = 500
VERDICT_NAMES = {
    "": N_("To decide"),
    "to_write": N_("Topic to write"),
    "out_of_scope": N_("Out of scope"),
    "taught": N_("Taught"),
}


def add(site: Blueprint, desk: Desk) -> None:
    """Add the list, and the page on which a new keyword is tried."""
    keyword.add(site, desk)

    @site.get("/unanswered")
    def unanswered() -> str:
        verdict = request.args.get("verdict", "")
        verdict = verdict if verdict in VERDICT_NAMES else ""
        language = request.args.get("language", "")
        with desk.line.store.transaction() as connection:
            texts = unread.read(connection, verdict, language)
            languages, counts = unread.languages(connection, verdict), unread.verdicts(connection)
            taught = teaching.listed(connection)
        groups, names = likeness.groups(texts), Names(desk)
        number = min(max(row_number(request.args.get("number", "1")), 1), max(-(-len(groups) // GROUPS), 1))
        return desk.render(
            "unanswered.html",
            groups=[_described(desk, group) for group in groups[(number - 1) * GROUPS : number * GROUPS]],
            more=len(groups) > number * GROUPS,
            number_of_page=number,
            verdict=verdict,
            verdicts=[(each, name, counts.get(each, 0)) for each, name in VERDICT_NAMES.items()],
            languages=[(code, names.language(code), count) for code, count in languages.items()],
            language=language,
            names=names,
            taught=taught,
        )

    @site.post("/unanswered")
    def judge() -> Response:
        verdict = request.form.get("verdict", "")
        if verdict not in ("", *unread.VERDICTS):
            abort(400)
        numbers = [row_number(each) for each in request.form.get("texts", "").split(",")[:_LONGEST_LIST]]
        with desk.line.store.transaction() as connection:
            unread.judge(connection, numbers, verdict)
        return redirect(url_for("staff.unanswered", language=request.form.get("language") or None), 303)


def _described(desk: Desk, group: likeness.Group) -> dict[str, object]:
    code = likeness.script(group.head.text)
    return {
        "head": group.head,
        "others": group.others,
        "count": len(group.texts),
        "numbers": ",".join(str(each.number) for each in group.texts[:_LONGEST_LIST]),
        "script": Locale.parse(desk.language()).scripts.get(code, code),
        "last": date.fromisoformat(group.head.day),
        "understood": keyword.understood(group.head, desk),
        "nearest": likeness.nearest(group.head.text, labelled.topics(group.head.language)),
    }

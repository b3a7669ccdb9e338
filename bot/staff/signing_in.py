"""The door of the staff's pages: asks for the password, and shuts again."""

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from bot import attempts
from bot.staff import session
from bot.staff.layout import TABS, Desk

_DOOR = ("staff.sign_in", "staff.sign_out")


def add(site: Blueprint, desk: Desk) -> None:
    """Let nobody past who is not signed in, and no form that is not ours."""

    @site.before_request
    def guard() -> Response | None:
        if request.endpoint not in _DOOR and not session.is_open(desk.settings):
            return redirect(url_for("staff.sign_in", to=_tab(request.endpoint or "")), 303)
        if request.method == "POST" and not session.is_ours(request.form.get("token", "")):
            abort(400)
        return None

    @site.route("/sign-in", methods=["GET", "POST"])
    def sign_in() -> Response | tuple[str, int]:
        if session.is_open(desk.settings):
            return _onwards()
        if request.method == "POST":
            return _try(desk, request.form.get("password", ""))
        return _door(desk, "", 200 if desk.settings.staff_password else 404)

    @site.post("/sign-out")
    def sign_out() -> Response:
        session.end()
        return redirect(url_for("staff.sign_in"), 303)


def _try(desk: Desk, password: str) -> Response | tuple[str, int]:
    browser = session.known_browser()
    if not attempts.may_try(desk.line.store, browser, datetime.now(UTC)):
        return _door(desk, "often", 429)
    if not session.is_right(password, desk.settings):
        return _door(desk, "wrong", 403)
    attempts.succeeded(desk.line.store, browser)
    session.begin(desk.settings)
    return _onwards()


def _door(desk: Desk, failure: str, status: int) -> tuple[str, int]:
    minutes = int(attempts.WITHIN.total_seconds() // 60)
    return desk.render("sign_in.html", failure=failure, minutes=minutes, tabs=[], is_door=True), status


def _onwards() -> Response:
    """Lead to the tab that was asked for: by its name, so that it leads to no other site."""
    to = _tab(f"staff.{request.args.get('to', '')}") or TABS[0].name
    return redirect(url_for(f"staff.{to}"), 303)


def _tab(endpoint: str) -> str:
    name = endpoint.removeprefix("staff.")
    return name if any(name == tab.name for tab in TABS) else ""

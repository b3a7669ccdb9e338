"""The pages for a clinic's staff: behind one password as soon as patients may write, open while trying out.

Each page is a module with a function that adds it to the site; `layout` holds what they share.
"""

from flask import Blueprint
from werkzeug.exceptions import HTTPException

from bot import prices
from bot.headers import secured
from bot.line import Line
from bot.settings import Settings
from bot.staff import insights, library, posters, setup, signing_in, try_it, unanswered, words
from bot.staff.layout import Desk
from bot.store import Unavailable


def blueprint(settings: Settings, line: Line) -> Blueprint:
    """Return the pages. With an account set they need the staff's password, and stay shut where there is none."""
    site = Blueprint("staff", __name__)
    desk = Desk(settings, line, words.load(), prices.load(prices.chosen(settings.prices)))
    site.after_request(secured)
    signing_in.add(site, desk)
    site.register_error_handler(HTTPException, lambda error: _sorry(desk, error.code or 500))
    site.register_error_handler(Unavailable, lambda _: _sorry(desk, 503))
    insights.add(site, desk)
    library.add(site, desk)
    posters.add(site, desk)
    try_it.add(site, desk)
    unanswered.add(site, desk)
    setup.add(site, desk)
    return site


def _sorry(desk: Desk, status: int) -> tuple[str, int]:
    return desk.render("sorry.html", status=status), status

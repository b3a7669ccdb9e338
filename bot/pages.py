"""What a browser sees: the simulator, behind a password once patients may write; privacy, and the program's health."""

import hmac

from flask import Blueprint, Response, abort, request

from bot import privacy
from bot.pictures import FOLDER
from bot.receive import Line
from bot.settings import Settings
from bot.simulator import render


def blueprint(settings: Settings, line: Line) -> Blueprint:
    """Return the pages. With an account set the simulator needs the staff's password, and is off without one."""
    site = Blueprint("pages", __name__)
    site.after_request(_secured)

    @site.get("/healthz")
    def alive() -> Response:
        return Response("alive\n", mimetype="text/plain")

    @site.get("/readyz")
    def ready() -> Response:
        is_ready = line.store.is_ready()
        return Response("ready\n" if is_ready else "no database\n", 200 if is_ready else 503, mimetype="text/plain")

    @site.get("/privacy")
    def privacy_page() -> str:
        return privacy.render(line.phrases, settings.default_language)

    @site.get(f"{FOLDER}/<code>/<name>.png")
    def picture(code: str, name: str) -> Response:
        png = line.pictures.at(request.path)
        if png is None:
            abort(404)
        return Response(png, mimetype="image/png", headers={"Cache-Control": "public, max-age=31536000, immutable"})

    @site.route("/", methods=["GET", "POST"])
    def simulator() -> Response | str:
        if settings.is_live and not _is_staff(settings):
            return _ask_for_password(settings)
        return render(request.form, settings, line)

    return site


def _is_staff(settings: Settings) -> bool:
    given = request.authorization.password if request.authorization else None
    return bool(settings.staff_password) and hmac.compare_digest(
        (given or "").encode(), settings.staff_password.encode()
    )


def _ask_for_password(settings: Settings) -> Response:
    if not settings.staff_password:
        abort(404)
    return Response(status=401, headers={"WWW-Authenticate": 'Basic realm="Skinline staff", charset="UTF-8"'})


def _secured(response: Response) -> Response:
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
    }
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return response

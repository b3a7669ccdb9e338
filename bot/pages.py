"""What anybody may see: what is kept of patients, and whether the program is well."""

from flask import Blueprint, Response, abort, request

from bot import privacy
from bot.headers import secured
from bot.line import Line
from bot.pictures import FOLDER
from bot.settings import Settings


def blueprint(settings: Settings, line: Line) -> Blueprint:
    """Return the pages that need no password."""
    site = Blueprint("pages", __name__)
    site.after_request(secured)

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

    return site

"""The program, put together: `create_app(settings)` is the list of its parts."""

import gc
import logging
import traceback
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from bot import database, pages, webhook
from bot.receive import Line, put_together
from bot.settings import Settings

LARGEST = 64 * 1024
"""Bytes of a request; Twilio's fullest message is under 20 KiB."""
log = logging.getLogger("skinline.app")


def create_app(settings: Settings, line: Line | None = None) -> Flask:
    """Build the web program, around `line` where it is there already. Raise `Refused` with every reason against."""
    if line is None:
        engine = database.engine(settings.database_url)
        database.check(engine)
        # Nothing of what is loaded is garbage: looking for some while loading takes a third of the start.
        gc.disable()
        try:
            line = put_together(settings, engine)
        finally:
            gc.enable()
        # gunicorn forks after this: a connection shared by two processes would mix up their talk.
        engine.dispose()
        # What is loaded stays: kept out of every collection, and shared by the workers that are forked next.
        gc.freeze()
        # A message leaves nothing in circles: look for some once in a while, not thirty times a message.
        gc.set_threshold(50_000)
    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST)
    app.register_blueprint(webhook.blueprint(settings, line))
    app.register_blueprint(pages.blueprint(settings, line))
    app.register_error_handler(HTTPException, _empty)
    app.register_error_handler(Exception, _failed)
    return app


def _empty(error: HTTPException) -> Response:
    """An error page would reach a phone as a text: Twilio sends what it is given."""
    log.info("status=%s path=%s", error.code, request.path)
    return Response(status=error.code)


def _failed(error: Exception) -> Response:
    """Catch everything, here only; Twilio then asks /sms/fallback. What an error says may quote a text: not logged."""
    places = (f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-4:])
    log.error("path=%s failed with %s at %s", request.path, type(error).__name__, " < ".join(places))
    return Response(status=500)

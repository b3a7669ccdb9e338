"""The program, put together: `create_app(settings)` is the list of its parts."""

import gc
import logging
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from flask import Flask, Response, request
from werkzeug import Request
from werkzeug.exceptions import HTTPException

from bot import database, monitoring, pages, staff, webhook
from bot.line import Line, put_together
from bot.logs import places
from bot.settings import Settings
from bot.staff import session

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

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
    # Two slashes would be led to one, at whatever host was asked for.
    app.url_map.merge_slashes = False
    app.register_blueprint(webhook.blueprint(settings, line))
    app.register_blueprint(pages.blueprint(settings, line))
    app.register_blueprint(monitoring.blueprint(settings, line))
    session.configure(app, settings, line.key)
    app.register_blueprint(staff.blueprint(settings, line))
    app.register_error_handler(Exception, lambda error: _failed(error, str(request.url_rule or "unknown")))
    app.wsgi_app = _past(app.wsgi_app, partial(webhook.message, settings=settings, line=line))  # type: ignore[assignment, method-assign]
    return app


def _past(flask: "WSGIApplication", message: Callable[[Request], Response]) -> "WSGIApplication":
    """Lead messages past Flask: what it does around a view takes longer than to remember a message. The rest stays."""

    def way(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["PATH_INFO"] != webhook.MESSAGES or environ["REQUEST_METHOD"] != "POST":
            return flask(environ, start_response)
        request = Request(environ)
        request.max_content_length = LARGEST
        try:
            response = message(request)
        except Exception as error:
            response = _failed(error, webhook.MESSAGES)
        # What Werkzeug does besides, for addresses and methods that a message has not, takes as long as the signature.
        start_response(response.status, response.headers.to_wsgi_list())
        return (response.get_data(),)

    return way


def _failed(error: Exception, path: str) -> Response:
    """Answer without a page, which would reach a phone as a text: Twilio sends what it is given.

    Whatever fails is caught here only; Twilio then asks /sms/fallback. What an error says may quote a text,
    and a path that is none of ours may be anything: not logged.
    """
    if isinstance(error, HTTPException):
        log.info("status=%s path=%s", error.code, path)
        return Response(status=error.code)
    log.error("path=%s failed with %s", path, places(error))
    return Response(status=500)

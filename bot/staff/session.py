"""Who may open the staff's pages: whoever has given the password, for a working day; anybody, while trying out.

A session travels in a signed cookie, which scripts cannot read. It ends after `LONGEST`, at sign-out, and when the
password changes. Each form carries a token of its session, which no other site can know.
"""

import hmac
import secrets
import time
from datetime import timedelta

from flask import Flask, session

from bot.settings import Settings

LONGEST = timedelta(hours=12)
_KNOWN = timedelta(days=90)
"""How long a browser counts apart from strangers after it gave the right password."""


def configure(app: Flask, settings: Settings, key: str) -> None:
    """Let `app` sign its cookies with a key of their own, made from `key`."""
    is_secure = settings.public_url.startswith("https:")
    app.secret_key = hmac.digest(key.encode(), b"staff sessions", "sha256")
    app.config.update(
        # A browser takes a cookie of this name only over TLS and from the host itself.
        SESSION_COOKIE_NAME="__Host-skinline" if is_secure else "skinline",
        SESSION_COOKIE_SECURE=is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=_KNOWN,
    )


def is_right(password: str, settings: Settings) -> bool:
    """Tell whether `password` opens the pages, in a time that tells nothing of it."""
    given, wanted = (_digest(each) for each in (password, settings.staff_password))
    return hmac.compare_digest(given, wanted) and bool(settings.staff_password)


def _digest(password: str) -> bytes:
    return hmac.digest(b"length tells nothing", password.encode("utf-8", "replace"), "sha256")


def begin(settings: Settings) -> None:
    """Begin a session: a new one, so that nothing that was there before the password counts."""
    kept = {"browser": known_browser() or secrets.token_hex(16), "language": session.get("language", "")}
    session.clear()
    session.permanent = True
    session.update(kept, since=int(time.time()), password=_sign_of(settings))


def end() -> None:
    """End the session; the browser stays known."""
    for name in ("since", "password", "token"):
        session.pop(name, None)


def is_open(settings: Settings) -> bool:
    """Tell whether the pages may be seen."""
    if not settings.is_live:
        return True
    is_fresh = 0 <= time.time() - session.get("since", 0) < LONGEST.total_seconds()
    return is_fresh and hmac.compare_digest(session.get("password", ""), _sign_of(settings))


def _sign_of(settings: Settings) -> str:
    """Return what a session holds of the password that began it: another one ends it."""
    return hmac.digest(settings.secret_key.encode(), _digest(settings.staff_password), "sha256").hex()[:16]


def known_browser() -> str:
    """Return the name of a browser from which the right password has come, or ""."""
    return str(session.get("browser", ""))


def token() -> str:
    """Return the token that each form of this session carries."""
    if "token" not in session:
        session["token"] = secrets.token_urlsafe(16)
    return str(session["token"])


def is_ours(given: str) -> bool:
    """Tell whether a form carries the token of its session."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), token().encode())

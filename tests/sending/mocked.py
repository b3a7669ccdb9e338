"""Twilio as the tests see it: what it was asked, how it behaves, and the SDK's own client that reaches it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from click.testing import Result
from twilio.http.http_client import TwilioHttpClient

from bot.cli.asking import Answer

Run = Callable[..., Result]
PUBLIC_URL = "https://line.clinic.example"
ACCOUNT, SERVICE = f"AC{'0' * 32}", f"MG{'a' * 32}"


@dataclass
class Asked:
    """One request that reached Twilio, and the status of the answer."""

    method: str
    path: str
    fields: dict[str, Any]
    status: int


@dataclass
class Twilio:
    """The proxy: what it was asked, and how it behaves. `answers` replaces Prism's answers, by method and path."""

    url: str
    asked: list[Asked] = field(default_factory=list)
    delay: float = 0.0
    status: int = 0
    code: int = 0
    answers: dict[tuple[str, str], Any] = field(default_factory=dict)

    def sent(self, method: str = "POST", part: str = "/Messages") -> list[Asked]:
        return [each for each in self.asked if each.method == method and part in each.path]


class ToTwilio(TwilioHttpClient):
    """The SDK's own client; whatever host of Twilio it asks, it reaches the proxy, and no other host at all."""

    def __init__(self, base: str, timeout: float = 60) -> None:
        super().__init__(timeout=timeout)
        self._base = base

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        parts = urlsplit(url)
        assert (parts.hostname or "").endswith(".twilio.com"), url
        query = f"?{parts.query}" if parts.query else ""
        return super().request(method, f"{self._base}{parts.path}{query}", *args, **kwargs)


@dataclass
class Web:
    """What addresses answer: those of a sound line, save what a test sets otherwise."""

    answers: dict[str, int] = field(default_factory=dict)
    late: timedelta = timedelta()
    takes_unsigned: bool = False

    def reach(self, url: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Answer:
        date = format_datetime(datetime.now(UTC) - self.late)
        is_refused = body is not None and "X-Twilio-Signature" not in (headers or {}) and not self.takes_unsigned
        status = 403 if is_refused else 204 if body is not None else 200
        return Answer(self.answers.get(urlsplit(url).path, status), date)

"""Twilio as the tests see it: what it was asked, how it behaves, and the SDK's own client that reaches it."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from twilio.http.http_client import TwilioHttpClient

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

    def __init__(self, base: str) -> None:
        super().__init__(timeout=5)
        self._base = base

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Any:
        parts = urlsplit(url)
        assert (parts.hostname or "").endswith(".twilio.com"), url
        query = f"?{parts.query}" if parts.query else ""
        return super().request(method, f"{self._base}{parts.path}{query}", *args, **kwargs)

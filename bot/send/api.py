"""Twilio's API, asked in two seconds or not at all: nobody waits longer for a list where a text will do.

A call runs in a thread of its own, since no setting of a socket bounds a whole call: a name to be looked up, an
answer that trickles in. After three calls in a row without an answer, none is made for half a minute.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from bot.settings import Settings

if TYPE_CHECKING:
    from twilio.http import HttpClient
    from twilio.rest import Client

PATIENCE = 2.0
"""Seconds that one message may wait for the API, whatever it asks of it."""
GIVES_UP = 10
"""Seconds after which a call that nobody waits for any more ends."""
_MOST_FAILURES = 3
_PAUSE = 30.0
_AT_ONCE = 4
_NO_ANSWER = (429, 500, 502, 503, 504)
log = logging.getLogger("skinline.send")
Result = TypeVar("Result")


class Unsent(Exception):  # noqa: N818 - it says what happened, as StopIteration does
    """Twilio did not do what was asked; `code` is its error code, 0 where it did not answer. May be tried later."""

    def __init__(self, reason: str, code: int = 0, status: int = 0) -> None:
        self.code, self.status = code, status
        super().__init__(reason)

    @property
    def is_refusal(self) -> bool:
        """Whether Twilio has read the request, and will say the same again."""
        return bool(self.status) and self.status not in _NO_ANSWER


@dataclass
class Breaker:
    """Lets no call through for a while after several in a row went without an answer."""

    failures: int = 0
    closed_until: float = 0.0

    def check(self, now: float) -> None:
        """Raise `Unsent` while no call is to be made."""
        if now < self.closed_until:
            raise Unsent("Twilio did not answer lately; not asked")

    def note(self, answered: bool, now: float) -> None:
        """Note how a call went."""
        self.failures = 0 if answered else self.failures + 1
        if self.failures >= _MOST_FAILURES:
            self.failures, self.closed_until = 0, now + _PAUSE


class Api:
    """Twilio's REST API, for one account; opened when it is first asked."""

    def __init__(self, account: str, token: str, http: "HttpClient | None" = None) -> None:
        self._account, self._token, self._http = account, token, http
        self._client: Client | None = None
        self._threads: ThreadPoolExecutor | None = None
        self._breaker = Breaker()

    def ask(self, act: Callable[["Client"], Result], patience: float = PATIENCE) -> Result:
        """Return what `act` returns. Raise `Unsent` where Twilio refuses, or has not answered within `patience`."""
        self._breaker.check(time.monotonic())
        future = self._pool().submit(self._act, act)
        try:
            result = future.result(patience)
        except Late:
            future.cancel()
            self._breaker.note(False, time.monotonic())
            raise Unsent("Twilio did not answer in time") from None
        except Unsent as unsent:
            self._breaker.note(unsent.is_refusal, time.monotonic())
            raise
        self._breaker.note(True, time.monotonic())
        return result

    def soon(self, act: Callable[["Client"], object]) -> Future[object]:
        """Have `act` done without waiting for it."""
        return self._pool().submit(self._act, act)

    def _pool(self) -> ThreadPoolExecutor:
        # Made when first needed: gunicorn forks after loading, and threads do not live through that.
        if self._threads is None:
            self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="twilio")
        return self._threads

    def _act(self, act: Callable[["Client"], Result]) -> Result:
        # The client costs 0.2 s and 21 MB at import; whoever sends nothing does without.
        from requests import RequestException
        from twilio.base.exceptions import TwilioException, TwilioRestException

        try:
            return act(self._opened())
        except TwilioRestException as error:
            raise Unsent(f"error {error.code or 0}, status {error.status}", error.code or 0, error.status) from None
        except (TwilioException, RequestException, OSError) as error:
            # Of a page of a list, the SDK puts the whole answer there; its words would quote an address.
            status = next((int(each.status_code) for each in error.args if hasattr(each, "status_code")), 0)
            raise Unsent(f"{type(error).__name__}, status {status}", 0, status) from None

    def _opened(self) -> "Client":
        if self._client is None:
            from twilio.http.http_client import TwilioHttpClient
            from twilio.rest import Client

            http = self._http or TwilioHttpClient(timeout=GIVES_UP)
            self._client = Client(self._account, self._token, http_client=http)
        return self._client


def of(settings: Settings) -> Api | None:
    """Return the API of the account that is set; None where none is."""
    return Api(settings.twilio_account_sid, settings.twilio_auth_token[0]) if settings.is_live else None

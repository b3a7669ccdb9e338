"""How a line of the log is written: `key=value` pairs (logfmt), one line whatever stands in it.

time=2026-11-23T12:00:00.123Z level=info logger=skinline sid=SM1 door=sms language=en want=laser how=sure texts=1 ms=1.9
"""

import logging
import time
import traceback
from functools import lru_cache
from pathlib import Path

_UNSAID = "Invalid request"
"""gunicorn goes on with what stands in it and who sent it."""


class Logfmt(logging.Formatter):
    """Ours are pairs already; what another library says becomes one pair, `message`."""

    def format(self, record: logging.LogRecord) -> str:
        when = f"{_second(int(record.created))}.{record.msecs:03.0f}Z"
        said = on_one_line(record.getMessage())
        if not record.name.startswith("skinline"):
            said = f'message="{_UNSAID if said.startswith(_UNSAID) else said}"'
        if record.exc_info and record.exc_info[1]:
            said = f"{said} error={places(record.exc_info[1])}"
        return f"time={when} level={record.levelname.lower()} logger={record.name} {said}"


@lru_cache(maxsize=2)
def _second(since: int) -> str:
    # A busy line writes hundreds of lines in a second.
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(since))


def on_one_line(text: str) -> str:
    r"""Write letters that could begin another line, or change how this one looks, as escapes.

    >>> print(on_one_line("path=/a\nlevel=error"))
    path=/a\nlevel=error
    """
    return text if text.isascii() and text.isprintable() else text.encode("unicode_escape").decode("ascii")


def places(error: BaseException) -> str:
    """Return what kind of error it is and where it came from. What it says may quote a text: that is left out."""
    last = traceback.extract_tb(error.__traceback__)[-4:]
    found = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in last)
    return f"{type(error).__name__} at {found}"


def begin() -> None:
    """Write everything from here on so, to standard error. Never Twilio's requests: its client logs numbers."""
    handler = logging.StreamHandler()
    handler.setFormatter(Logfmt())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for other in logging.getLogger("gunicorn.error").handlers:
        other.setFormatter(Logfmt())
    # Finding out what no line shows takes a third of the time of writing one.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None
    logging.getLogger("twilio").setLevel(logging.WARNING)

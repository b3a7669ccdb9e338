"""How a line of the log is written: `key=value` pairs (logfmt), one line whatever stands in it.

time=2026-11-23T12:00:00.123Z level=info logger=skinline sid=SM1 door=sms language=en want=laser how=sure texts=1 ms=1.9
"""

import logging
import time


class Logfmt(logging.Formatter):
    """Ours are pairs already; what another library says becomes one pair, `message`."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        when = f"{self.formatTime(record, '%Y-%m-%dT%H:%M:%S')}.{record.msecs:03.0f}Z"
        said = on_one_line(record.getMessage())
        if not record.name.startswith("skinline"):
            said = f'message="{said}"'
        return f"time={when} level={record.levelname.lower()} logger={record.name} {said}"


def on_one_line(text: str) -> str:
    r"""Write letters that could begin another line, or change how this one looks, as escapes.

    >>> print(on_one_line("path=/a\nlevel=error"))
    path=/a\nlevel=error
    """
    return text if text.isascii() and text.isprintable() else text.encode("unicode_escape").decode("ascii")


def begin() -> None:
    """Write everything from here on so, to standard error. Never Twilio's requests: its client logs numbers."""
    handler = logging.StreamHandler()
    handler.setFormatter(Logfmt())
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    # Finding out what no line shows takes a third of the time of writing one.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging._srcfile = None
    logging.getLogger("twilio").setLevel(logging.WARNING)

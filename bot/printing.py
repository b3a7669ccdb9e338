"""A sheet as PDF or PNG, made by WeasyPrint and drawn by PDFium: the extra `poster`, with Pango from the system.

WeasyPrint shapes every script that we speak as Chromium does, and needs no browser on the server.
"""

import io
import subprocess
import sys
from pathlib import Path

from bot.problems import Problem, Refused

STYLESHEET = Path(__file__).parent / "static" / "poster.css"
DOTS_PER_INCH = 200
"""Of a PNG: sharp in print, and its codes can be read from a screen."""
LONGEST = 12
"""Seconds that a page waits for it: less than gunicorn waits for the page."""
_ADVICE = (
    "needs `pip install 'skinline[poster]'` and Pango (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0 fonts-noto-core fonts-noto-cjk); or print its page from a browser"
)


def pdf(page: str) -> bytes:
    """Return `page`, HTML without its stylesheet, as a PDF. Raise `Refused` where what makes it is not installed."""
    try:
        # Half a second of loading, for what is made once a year.
        from weasyprint import CSS, HTML
    except (ImportError, OSError) as error:
        raise Refused([Problem("poster", "PDF", _ADVICE)]) from error
    return bytes(HTML(string=page).write_pdf(stylesheets=[CSS(filename=STYLESHEET)]))


def png(page: str) -> bytes:
    """Return the first sheet of `page` as a PNG. Raise `Refused` as `pdf` does."""
    made = pdf(page)
    try:
        from pypdfium2 import PdfDocument
    except ImportError as error:
        raise Refused([Problem("poster", "PNG", _ADVICE)]) from error
    with PdfDocument(made) as document:
        drawn = document[0].render(scale=DOTS_PER_INCH / 72).to_pil()
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG", dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    return buffer.getvalue()


MAKERS = {"pdf": pdf, "png": png}


def apart(kind: str, page: str) -> bytes:
    """Return `page` as one of `MAKERS` makes it, in a process of its own: a server would keep the memory it takes."""
    command = [sys.executable, "-m", "bot.printing", kind]
    try:
        made = subprocess.run(command, input=page.encode(), capture_output=True, timeout=LONGEST, check=True)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise Refused([Problem("poster", kind.upper(), "took too long; try again, or `skinline poster`")]) from error
    except subprocess.CalledProcessError as error:
        raise Refused([Problem("poster", kind.upper(), _ADVICE)]) from error
    return bytes(made.stdout)


if __name__ == "__main__":
    sys.stdout.buffer.write(MAKERS[sys.argv[1]](sys.stdin.buffer.read().decode()))

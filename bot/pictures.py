"""The drawings of content/pictures/: wordless SVG, sent as PNG from addresses that nobody can guess.

An address holds a code made of the line's key and of the drawing, so that nobody can list what a clinic sends, and a
drawing that has changed has another address: whoever fetched the old one may keep it for ever. A PNG is rendered when
it is first asked for, and kept.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from bot.topics import CONTENT

WIDTH = 640
"""Pixels each way: sharp on a phone that shows it at half of that, and small enough for every carrier's MMS."""
FOLDER = "/pictures"


@dataclass(frozen=True, slots=True)
class Gallery:
    """Every drawing's SVG by its name, and its address below the public one."""

    drawings: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)

    def at(self, path: str) -> bytes | None:
        """Return the PNG behind `path`, or None where there is none."""
        name = next(
            (name for name, there in self.paths.items() if hmac.compare_digest(there.encode(), path.encode())), ""
        )
        return png(self.drawings[name]) if name else None


def load(key: str, folder: Path = CONTENT) -> Gallery:
    """Read the drawings; `key` makes their addresses."""
    drawings = {file.stem: file.read_text(encoding="utf-8") for file in sorted((folder / "pictures").glob("*.svg"))}
    return Gallery(drawings, {name: _path(name, drawing, key) for name, drawing in drawings.items()})


def _path(name: str, drawing: str, key: str) -> str:
    code = hmac.new(key.encode(), f"{name}\n{WIDTH}\n{drawing}".encode(), hashlib.sha256).hexdigest()
    return f"{FOLDER}/{code[:32]}/{name}.png"


@lru_cache(maxsize=64)
def png(drawing: str) -> bytes:
    """Return `drawing` as PNG, `WIDTH` pixels wide. Raise `ValueError` where it is no SVG."""
    # Loaded by the first picture, not by the start: most messages are answered without one.
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, width=WIDTH, skip_system_fonts=True))

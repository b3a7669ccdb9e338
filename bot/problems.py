"""A mistake in what people write for us (content, catalogues, settings), said so that they can mend it.

All mistakes are found before any is reported: nobody likes to mend one, start again and meet the next.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where (a file or a setting), which key there, and what to do about it."""

    where: str
    key: str
    advice: str

    def __str__(self) -> str:
        return f"{self.where}: {self.key}: {self.advice}" if self.key else f"{self.where}: {self.advice}"


class Refused(Exception):  # noqa: N818 - it says what happened, as StopIteration does
    """The program cannot start, or a file cannot be used, because of these problems."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file of ours holds. Raise `Refused` where it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Refused([Problem(str(path), "", f"cannot be read ({error}); mend or restore it")]) from None

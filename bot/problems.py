"""A mistake in what people write for us (content, catalogues, settings), said so that they can mend it.

All mistakes are found before any is reported: nobody likes to mend one, start again and meet the next.
"""

from collections.abc import Iterable
from dataclasses import dataclass


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

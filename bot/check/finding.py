"""What a check found in a text: a problem, with the words at fault; a mistake, or a warning that stops nothing."""

from dataclasses import dataclass

from bot.problems import Problem

_SHORT = 60


@dataclass(frozen=True, slots=True)
class Finding(Problem):
    """One finding. `text` holds the words at fault; a warning is for people to weigh, a mistake is to be mended."""

    text: str = ""
    is_warning: bool = False

    def __str__(self) -> str:
        # Not super(): a dataclass with slots is another class than the one that super() would look for.
        said = Problem.__str__(self)
        return f'{said} ("{shortened(self.text)}")' if self.text else said


def shortened(text: str) -> str:
    """Return `text`, in one line, cut to what a line of a terminal can carry.

    >>> shortened("Scars.\\nSee a dermatologist."), len(shortened("scar " * 50))
    ('Scars. See a dermatologist.', 55)
    """
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1].rsplit(' ', 1)[0]}…"

"""The file `.env`: its lines as they stand, and what is wrong with them, without repeating a secret."""

from io import StringIO
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from bot.problems import Problem


def lines(file: Path) -> tuple[list[Binding], list[Problem]]:
    """Return the lines of `file`, where there is one, that can be read, and what is wrong with the others."""
    try:
        found_lines = list(parse_stream(StringIO(file.read_text(encoding="utf-8-sig"))))
    except (FileNotFoundError, IsADirectoryError):
        return [], []
    except UnicodeDecodeError:
        return [], [Problem(str(file), "", "is in another encoding; save it as UTF-8")]
    wrong = [line for line in found_lines if line.error or (line.key and line.value is None)]
    # What stands there may be a secret: only the number is told.
    advice = "sets nothing; write NAME=value, close what is quoted, begin a comment with #"
    found = [Problem(str(file), f"line {_number(line)}", advice) for line in wrong]
    return [line for line in found_lines if line not in wrong], found


def _number(line: Binding) -> int:
    """The parser counts the empty lines before a line as part of it."""
    string = line.original.string
    return line.original.line + string[: len(string) - len(string.lstrip())].count("\n")

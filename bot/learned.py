"""A file of what `skinline train` has learned: for a feature, how much it speaks for each thing it may speak for."""

import json
from collections.abc import Mapping
from pathlib import Path

from bot.problems import Problem

Learned = Mapping[str, Mapping[str, float]]


def read(path: Path, problems: list[Problem]) -> Learned:
    """Read what was learned, noting in `problems` what is wrong with the file. "always" is where each sum starts."""
    try:
        learned = dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        problems.append(Problem(str(path), "", f"cannot be read ({error}); write it anew with `skinline train`"))
        learned = {}
    return {"always": {}, **learned}

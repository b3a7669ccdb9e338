"""What an engineer does after the words have changed: learn anew how loudly each speaks."""

from importlib.util import find_spec
from pathlib import Path

import click

from bot import content, learn, lexicon, regression
from bot.cli.refusing import refusing
from bot.hear import hear
from bot.learned import pack
from bot.letters import Letters
from bot.problems import Problem, Refused
from bot.topics import CONTENT

_NEEDED = {"sklearn": "scikit-learn", "wordfreq": "wordfreq"}
"""What only who trains needs, by module."""


@click.command()
@click.option("--folder", default=CONTENT, type=click.Path(file_okay=False, exists=True, path_type=Path), hidden=True)
@refusing
def train(folder: Path) -> None:
    """Learn from content/examples how loudly letters and meanings speak; write both files of weights."""
    missing = [name for module, name in _NEEDED.items() if find_spec(module) is None]
    if missing:
        raise Refused(
            [Problem("train", name, "is not installed; run `make lint`, which installs it") for name in missing]
        )
    problems: list[Problem] = []
    groups = content.read_meanings(folder, problems)
    speeches = content.read_speeches(folder, (), problems)
    if problems:
        raise Refused(problems)
    found = list(learn.examples(sorted((folder / "examples").glob("*.jsonl"))))
    taken = [example for example in found if not example.is_aside]
    tongues = list(map(lexicon.tongue, speeches.values()))
    lists = {tongue.language: tongue.forms for tongue in tongues}
    heard = hear(taken, speeches, lists)
    index = lexicon.index(tongues, Letters(pack(heard), lists), groups)
    weighed = learn.weigh([*learn.lessons(taken, speeches, index), *learn.elsewhere(groups), *learn.ordinary(index)])
    regression.write(heard, folder / content.LETTERS)
    regression.write(weighed, folder / content.WEIGHTS)
    aside = len(found) - len(taken)
    click.echo(f"learned from {len(taken)} messages, {aside} kept aside; {len(heard)} runs of letters weigh something,")
    click.echo(f"{len(weighed)} meanings, pairs of them, phrases and lengths")

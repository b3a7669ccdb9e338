"""What every command does with a refusal: its lines and exit status 1, for nobody should have to read a stack trace."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from bot.problems import Refused
from bot.store import Unavailable


def refusing(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a refusal of `command` into its lines."""

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except Refused as refused:
            click.echo(str(refused), err=True)
            sys.exit(1)
        except Unavailable:
            click.echo("database: DATABASE_URL: it does not answer; start it, or try again when it is free", err=True)
            sys.exit(1)

    return wrapped

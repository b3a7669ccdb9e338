"""How often somebody may try a password: counted in the database, so that all processes and machines count together.

Browsers from which the right password has come count apart from strangers: whoever guesses locks out strangers alone.
Neither an address nor a password is kept.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from bot.rows import microseconds
from bot.store import Store
from bot.tables import attempts

MOST = 10
WITHIN = timedelta(minutes=15)


def may_try(store: Store, browser: str, now: datetime) -> bool:
    """Note a try of `browser` ("" is any stranger) and tell whether it may be: `MOST` may, in the time `WITHIN`.

    Noted first and counted then, each in a transaction of its own: one that is open does not see another's try, and of
    many at once more would get through. Raise `Unavailable` without a database.
    """
    since = microseconds(now - WITHIN)
    with store.transaction() as connection:
        connection.execute(delete(attempts).where(attempts.c.tried_at < since))
        connection.execute(insert(attempts).values(browser=browser, tried_at=microseconds(now)))
    with store.transaction() as connection:
        tries = select(func.count()).select_from(attempts).where(attempts.c.browser == browser)
        return int(connection.execute(tries).scalar_one()) <= MOST


def succeeded(store: Store, browser: str) -> None:
    """Forget the tries of `browser`: the right password came."""
    with store.transaction() as connection:
        connection.execute(delete(attempts).where(attempts.c.browser == browser))

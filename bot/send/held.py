"""Reminders that Twilio holds: cancelled, also those that outlived a stop because Twilio did not answer then."""

import logging
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from bot.rows import of_person
from bot.send.api import Api, Unsent
from bot.store import Store
from bot.tables import senders

if TYPE_CHECKING:
    from twilio.rest import Client

_GONE = (400, 404, 409)
"""How Twilio answers where a message to be cancelled has been sent, or cancelled, or deleted."""
log = logging.getLogger("skinline.send")


def cancel(client: "Client", sid: str) -> None:
    """Cancel a scheduled message; one that is no longer held is as good as cancelled."""
    from twilio.base.exceptions import TwilioRestException

    try:
        client.messages(sid).update(status="canceled")
    except TwilioRestException as error:
        if error.status not in _GONE:
            raise


def held(store: Store, hashes: Sequence[str] = ()) -> set[str]:
    """Return the ids of reminders held for these senders or (none given) still held after a stop."""
    with store.transaction() as connection:
        of_them = senders.c.hash.in_(of_person(hashes, connection))
        whose = of_them if hashes else senders.c.stopped_at.is_not(None)
        return set(connection.execute(select(senders.c.reminder).where(senders.c.reminder != "", whose)).scalars())


def cancel_all(sids: Iterable[str], store: Store, api: Api | None) -> bool:
    """Cancel these reminders and note it. Return whether none is left."""
    is_done = True
    for sid in sids:
        try:
            if api is None:
                raise Unsent("no account is set")
            api.ask(partial(cancel, sid=sid))
            _forget(sid, store)
        except Unsent as error:
            log.warning("reminder: %s", error)
            is_done = False
    return is_done


def _forget(sid: str, store: Store) -> None:
    gone = update(senders).where(senders.c.reminder == sid).values(remind_at=None, reminder="")
    with store.transaction() as connection:
        connection.execute(gone)

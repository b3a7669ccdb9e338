"""What leaves outside a webhook's response: lists and buttons, and reminders that Twilio holds until they are due.

A webhook's response cannot carry either (docs: messaging/twiml/message). Where the API does not do it in time, the
numbered text goes out in the response as ever, and a reminder that was not set is said not to be.
"""

import json
import logging
import time
from dataclasses import dataclass, replace
from datetime import UTC
from typing import TYPE_CHECKING

from bot import pickers
from bot.model import Channel, Outcome, Reminding, Sender
from bot.phrases import Phrasebook
from bot.pickers import Picker
from bot.send import api, held, registry
from bot.send.api import Api, Unsent
from bot.settings import Settings
from bot.store import Store, Unavailable

if TYPE_CHECKING:
    from twilio.rest import Client

_LOOK_AGAIN = 60.0
"""Seconds after which a process looks again whether there is an approved template."""
log = logging.getLogger("skinline.send")


@dataclass(frozen=True, slots=True)
class Route:
    """Between whom: the person's address, ours, and the channel. Held for one message, kept nowhere."""

    to: str
    reached: str
    channel: Channel


class Courier:
    """Sends through Twilio's API what a webhook's response cannot carry."""

    def __init__(self, twilio: Api, store: Store, phrases: Phrasebook, service: str = "") -> None:
        self._api, self._store, self._phrases, self._service = twilio, store, phrases, service
        self._is_approved, self._looked_at = False, -_LOOK_AGAIN

    def phrases_on(self, channel: Channel) -> Phrasebook:
        """Return the texts with the offer of reminders where one can be sent: on WhatsApp, once Meta has approved."""
        if channel is not Channel.WHATSAPP or not self._phrases.clinic.reminds or self._has_approval():
            return self._phrases
        return replace(self._phrases, clinic=replace(self._phrases.clinic, reminds=False))

    def _has_approval(self) -> bool:
        now = time.monotonic()
        if now >= self._looked_at + _LOOK_AGAIN:
            try:
                self._is_approved = registry.has_approval(self._store)
            except Unavailable:
                self._is_approved = False
            self._looked_at = now
        return self._is_approved

    def offer(self, outcome: Outcome, route: Route) -> bool:
        """Send what a reply offers as a list or buttons. Return whether that was done, so that no text is needed."""
        reply = outcome.reply
        found = reply and reply.offer and pickers.picker(reply.offer, reply.language, route.channel, self._phrases)
        if not found:
            return False
        try:
            template = registry.find(self._store, found.template.name)
            if template is None:
                return False
            self._api.ask(lambda client: _send_picker(client, found, template.sid, route))
        except (Unsent, Unavailable) as error:
            log.warning("kind=%s not sent, text instead: %s", found.template.kind, error)
            return False
        return True

    def arranged(self, outcome: Outcome, before: Sender, route: Route) -> Outcome:
        """Do what an outcome wants of the reminder; return the outcome that holds, which tells of a failure."""
        wish = outcome.reminding
        if wish is None:
            return outcome
        try:
            if wish.due is None:
                self.cancel(before.reminder)
                return outcome
            return outcome._replace(sender=outcome.sender._replace(reminder=self._schedule(wish, before, route)))
        except (Unsent, Unavailable) as error:
            log.warning("reminder: %s", error)
            return failed(outcome, before)

    def cancel(self, sid: str) -> None:
        """Cancel a reminder. Raise `Unsent` where Twilio may still send it."""
        self._api.ask(lambda client: held.cancel(client, sid))

    def cancel_stopped(self) -> None:
        """Cancel, as far as Twilio answers, the reminders of those who said stop."""
        held.cancel_all(held.held(self._store), self._store, self._api)

    def take_back(self, outcome: Outcome, before: Sender) -> None:
        """Cancel what was just arranged and could not be remembered; nobody waits for it."""
        if outcome.sender.reminder not in ("", before.reminder):
            self._api.soon(lambda client: held.cancel(client, outcome.sender.reminder))

    def _schedule(self, wish: Reminding, before: Sender, route: Route) -> str:
        content = self._content(before, wish, route)
        given_up: list[bool] = []

        def schedule(client: "Client") -> str:
            sid = _schedule(client, wish, content, route, self._service)
            try:
                if given_up:
                    raise Unsent("too late")
                if before.reminder:
                    held.cancel(client, before.reminder)
            except Exception:
                # Of two reminders, the one that the person knows of stays.
                held.cancel(client, sid)
                raise
            return sid

        try:
            return self._api.ask(schedule)
        except Unsent:
            given_up.append(True)
            raise

    def _content(self, before: Sender, wish: Reminding, route: Route) -> str:
        """Return the SID of the approved template that a reminder on WhatsApp needs, "" for other channels."""
        if route.channel is not Channel.WHATSAPP:
            return ""
        language = wish.otherwise.language if wish.otherwise else before.language
        template = registry.find(self._store, pickers.reminder(language, self._phrases).name)
        if template is None or template.status != registry.APPROVED:
            raise Unsent(f"no approved template in {language}; run `skinline templates submit`")
        return template.sid


def courier(settings: Settings, store: Store, phrases: Phrasebook) -> Courier | None:
    """Return what sends for the account that is set; None where none is."""
    found = api.of(settings)
    return Courier(found, store, phrases, settings.twilio_messaging_service_sid) if found else None


def failed(outcome: Outcome, before: Sender) -> Outcome:
    """Return what holds where the reminder could not be changed: the reply that says so and the reminder as it was.

    A stop holds all the same; its reminder is then cancelled by the daily purge.
    """
    kept = outcome.sender._replace(remind_at=before.remind_at, reminder=before.reminder)
    if outcome.reminding is None or outcome.reminding.otherwise is None:
        return outcome._replace(sender=kept)
    return outcome._replace(reply=outcome.reminding.otherwise, sender=kept, binding=False, forget=False)


def _send_picker(client: "Client", found: Picker, content: str, route: Route) -> None:
    values = json.dumps(dict(found.values), ensure_ascii=False)
    client.messages.create(to=route.to, from_=route.reached, content_sid=content, content_variables=values)


def _schedule(client: "Client", wish: Reminding, content: str, route: Route, service: str) -> str:
    # The SDK writes the clock's time and a Z, whatever the time zone.
    due = wish.due.astimezone(UTC) if wish.due else None
    said = {"content_sid": content} if content else {"body": wish.text}
    made = client.messages.create(
        to=route.to, messaging_service_sid=service, schedule_type="fixed", send_at=due, **said
    )
    return str(made.sid)

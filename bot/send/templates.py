"""The content templates at Twilio: brought to what the texts need, submitted to Meta, looked after.

Lists and buttons are sent only within 24 hours of a person's text: they need no approval, and Meta charges nothing for
them. A reminder comes later: Meta must approve its template, and charges it as a utility message, by country.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.pickers import PREFIX, Kind, Template
from bot.send.registry import UNSUBMITTED, Held

if TYPE_CHECKING:
    from twilio.rest import Client

# Meta's codes, where they are not ours (docs: WhatsApp message templates, supported languages).
_META = {"pt": "pt_BR", "zh_Hans": "zh_CN", "zh_Hant": "zh_TW"}
NOT_AT_META = frozenset({"ht"})
"""Languages in which Meta approves no template."""
_CATEGORY = "UTILITY"
_SAMPLE = "…"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sync does: make what is missing, remove what is stale, leave the rest."""

    making: Sequence[Template]
    removing: Sequence[Held]
    leaving: Sequence[Held]


def plan(needed: Iterable[Template], present: Iterable[Held]) -> Plan:
    """Return how to come from what is `present` at Twilio to what is needed. Of two of one name, one is stale."""
    wanted = {template.name: template for template in needed}
    leaving: dict[str, Held] = {}
    removing = []
    for held in present:
        if held.name in wanted and held.name not in leaving:
            leaving[held.name] = held
        else:
            removing.append(held)
    making = [template for name, template in wanted.items() if name not in leaving]
    return Plan(making, removing, list(leaving.values()))


def present(client: "Client", known: dict[str, Held]) -> list[Held]:
    """Return our templates at Twilio, with what is `known` of their approval."""
    found = (Held(str(each.friendly_name), str(each.sid)) for each in client.content.v1.contents.list())
    return [known.get(held.name, held)._replace(sid=held.sid) for held in found if held.name.startswith(PREFIX)]


def make(client: "Client", template: Template) -> Held:
    """Make a template at Twilio."""
    from twilio.rest.content.v1.content import ContentList

    made = client.content.v1.contents.create(ContentList.ContentCreateRequest(content(template)))
    return Held(template.name, str(made.sid))


def remove(client: "Client", held: Held) -> None:
    """Remove a template from Twilio."""
    client.content.v1.contents(held.sid).delete()


def submit(client: "Client", held: Held) -> Held:
    """Ask Meta to approve a template."""
    from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

    asked = ApprovalCreateList.ContentApprovalRequest({"name": held.name, "category": _CATEGORY})
    client.content.v1.contents(held.sid).approval_create.create(asked)
    return held._replace(status="pending")


def approval(client: "Client", held: Held) -> Held:
    """Return a template with how far its approval is now."""
    found = client.content.v1.contents(held.sid).approval_fetch().fetch().whatsapp or {}
    return held._replace(status=str(found.get("status") or UNSUBMITTED))


def content(template: Template) -> dict[str, Any]:
    """Return a template as the Content API takes it.

    >>> content(Template(Kind.BUTTONS, "pt", 1))["types"]["twilio/quick-reply"]["actions"]
    [{'type': 'QUICK_REPLY', 'title': '{{2}}', 'id': '{{3}}'}]
    """
    named = {"friendly_name": template.name, "language": _META.get(template.language, template.language)}
    if template.kind is Kind.REMINDER:
        return {**named, "types": {"twilio/text": {"body": template.text}}}
    places = [(f"{{{{{2 * row}}}}}", f"{{{{{2 * row + 1}}}}}") for row in range(1, template.size + 1)]
    variables = {str(number): _SAMPLE for number in range(1, 2 * template.size + 2)}
    types = {_TYPES[template.kind]: _SHAPES[template.kind](template, places), "twilio/text": {"body": "{{1}}"}}
    return {**named, "variables": variables, "types": types}


def _list(template: Template, places: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"body": "{{1}}", "button": template.text, "items": [{"item": item, "id": each} for item, each in places]}


def _buttons(_: Template, places: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return {"body": "{{1}}", "actions": [{"type": "QUICK_REPLY", "title": item, "id": each} for item, each in places]}


_TYPES = {Kind.LIST: "twilio/list-picker", Kind.BUTTONS: "twilio/quick-reply"}
_SHAPES = {Kind.LIST: _list, Kind.BUTTONS: _buttons}


def cost(template: Template) -> str:
    """Return who charges what for a message made of a template."""
    if template.kind is Kind.REMINDER:
        return "Meta charges a utility message, by country; Twilio its fee"
    return "free at Meta, within 24 hours of a text; Twilio its fee"

"""Content templates: made once, left alone, removed when stale; every request as Twilio's description has it."""

from dataclasses import replace

from mocked import Run, Twilio

from bot import pickers
from bot.content import Library
from bot.phrases import Phrasebook
from bot.pickers import Kind, Template
from bot.send import registry, templates
from bot.send.registry import Held
from bot.store import Store

CONTENTS = "/v1/Content"


def _there(twilio: Twilio, held: list[Held]) -> None:
    contents = [{"sid": each.sid, "friendly_name": each.name} for each in held]
    twilio.answers["GET", CONTENTS] = {"meta": {"key": "contents", "next_page_url": None}, "contents": contents}


def test_a_plan_makes_what_is_missing_and_removes_what_is_stale_or_twice_there() -> None:
    old, wanted = Template(Kind.LIST, "en", 7, "Pick"), Template(Kind.LIST, "en", 7, "Choose")
    missing = Template(Kind.BUTTONS, "en", 2)
    there = [Held(old.name, "HX1"), Held(wanted.name, "HX2"), Held(wanted.name, "HX3")]
    plan = templates.plan([wanted, missing], there)
    assert list(plan.making) == [missing]
    assert [held.sid for held in plan.removing] == ["HX1", "HX3"]
    assert [held.sid for held in plan.leaving] == ["HX2"]


def test_every_template_of_every_language_is_within_the_limits(library: Library, book: Phrasebook) -> None:
    able = replace(book, clinic=replace(book.clinic, reminds=True))
    needed = pickers.needed(library, able)
    assert len({template.name for template in needed}) == len(needed)
    for template in needed:
        assert len(template.text) <= (20 if template.kind is Kind.LIST else 1024)
        assert template.size <= (10 if template.kind is Kind.LIST else 3)
        assert template.name.isidentifier()
        assert template.name == template.name.lower()


def test_a_sync_makes_valid_templates_and_a_second_one_nothing(run: Run, store: Store, twilio: Twilio) -> None:
    _there(twilio, [])
    first = run("templates", "sync")
    assert first.exit_code == 0, first.output
    made = twilio.sent("POST", CONTENTS)
    assert {each.status for each in made} == {201}
    assert {each.fields["language"] for each in made} == {"en", "ht", "pt_BR", "zh_CN"}
    known = registry.held(store)
    assert set(known) == {each.fields["friendly_name"] for each in made}
    _there(twilio, list(known.values()))
    second = run("templates", "sync")
    assert second.output == f"0 made, 0 removed, {len(made)} left as they are\n"
    assert len(twilio.sent("POST", CONTENTS)) == len(made)


def test_a_dry_run_tells_and_does_nothing(run: Run, store: Store, twilio: Twilio) -> None:
    _there(twilio, [Held("skinline_en_list_7_00000000", f"HX{'0' * 32}"), Held("another", f"HX{'1' * 32}")])
    told = run("templates", "sync", "--dry-run")
    assert "remove  skinline_en_list_7_00000000" in told.output
    assert "another" not in told.output
    assert "within 24 hours of a text; Twilio its fee" in told.output
    assert not registry.held(store)
    assert {each.method for each in twilio.asked} == {"GET"}


def test_a_stale_template_is_removed(run: Run, twilio: Twilio) -> None:
    _there(twilio, [Held("skinline_en_list_7_00000000", f"HX{'0' * 32}")])
    run("templates", "sync")
    (removed,) = twilio.sent("DELETE", CONTENTS)
    assert (removed.path, removed.status) == (f"{CONTENTS}/HX{'0' * 32}", 204)


def test_reminders_are_submitted_once_and_looked_after(run: Run, store: Store, twilio: Twilio) -> None:
    _there(twilio, [])
    run("templates", "sync")
    submitted = run("templates", "submit")
    assert submitted.exit_code == 0, submitted.output
    assert submitted.output.count(" submitted\n") == 3
    assert "skinline_ht_reminder_0" in submitted.output
    assert "Meta approves none in this language" in submitted.output
    asked = twilio.sent("POST", "/ApprovalRequests/whatsapp")
    assert {each.status for each in asked} == {201}
    assert {each.fields["category"] for each in asked} == {"UTILITY"}
    run("templates", "submit")
    assert len(twilio.sent("POST", "/ApprovalRequests/whatsapp")) == 3
    for held in registry.held(store).values():
        twilio.answers["GET", f"{CONTENTS}/{held.sid}/ApprovalRequests"] = {"whatsapp": {"status": "approved"}}
    status = run("templates", "status")
    assert status.output.count(" approved\n") == 4
    assert {held.status for held in registry.held(store).values() if "reminder" in held.name} == {"approved"}


def test_a_refusal_is_a_line_not_a_trace(run: Run, twilio: Twilio) -> None:
    twilio.status, twilio.code = 401, 20003
    refused = run("templates", "sync")
    assert refused.exit_code == 1
    assert "status 401" in refused.output
    assert "Traceback" not in refused.output

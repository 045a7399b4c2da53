"""Slips and detours: stopping, skipping, correcting, and asking for a person at an odd moment."""

import pytest
from sqlalchemy import select

from actions.serving import Executor
from plan_store.opening import Store
from plan_store.tables import Call, Contact, Sharing
from plan_store.taking_in import keep
from tests.actions.calling_the_hands import (
    at_the_first_question,
    at_the_read_back,
    at_the_sharing,
    call,
    kept,
    keys,
    said,
    the_hope,
)


async def test_after_stop_at_the_name_hello_goes_on_and_is_no_name(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await said(hands, store, ash, "action_begin", "start", intent="begin")
    assert await said(hands, store, ash, "action_stop", "stop", intent="stop") == ["stopped"]
    heard = await said(hands, store, ash, "action_hear_name", "hello", intent="greet")
    assert heard == ["hello", "ask_name"]
    heard = await said(hands, store, ash, "action_hear_name", "Hello!", intent="greet")
    assert heard == ["hello_name", "ask_ready"]


@pytest.mark.parametrize("intent", ["skip", "dont_know", "not_now"])
async def test_skip_where_nothing_can_be_left_out_does_not_say_that_it_was(
    hands: Executor, store: Store, ash: Contact, intent: str
) -> None:
    await said(hands, store, ash, "action_begin", "start", intent="begin")
    heard = await said(hands, store, ash, "action_leave_empty", "1", intent=intent)
    assert heard == ["name_is_needed", "ask_name"]
    await said(hands, store, ash, "action_hear_name", "Ash")
    heard = await said(hands, store, ash, "action_leave_empty", "2", intent=intent)
    assert heard == ["not_ready", "ask_ready"]


async def test_what_was_read_back_can_be_left_for_another_day(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_read_back(hands, store, ash)
    heard = await said(hands, store, ash, "action_leave_empty", "later", intent="not_now")
    assert heard == ["left_for_later", "chapter_done"]
    with store.reading() as session:
        assert session.scalars(select(Sharing)).all() == []
    # The next time in this chapter it is read back again.
    await said(hands, store, ash, "action_choose_chapter", "work", chapter="work_learning")
    await said(hands, store, ash, "action_confirm", "talk", intent="choose", choice="talk")
    for number in range(4):
        await said(hands, store, ash, "action_leave_empty", f"skip b{number}", intent="skip")
    heard = await said(hands, store, ash, "action_leave_empty", "skip c", intent="skip")
    assert heard == ["left_skip", "read_back"]


async def test_skip_at_the_sharing_shares_nothing_and_ends_the_part(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_sharing(hands, store, ash)
    heard = await said(hands, store, ash, "action_leave_empty", "skip", intent="skip")
    assert heard == ["left_skip", "chapter_done"]
    with store.reading() as session:
        assert session.scalars(select(Sharing)).all() == []


async def test_a_slip_corrected_after_sharing_leaves_the_facilitators_turn(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_first_question(hands, store, ash)
    first = kept(store, ash, "dgos")
    await keys(hands, call("action_keep_words", first))
    for number in range(4):
        await said(hands, store, ash, "action_leave_empty", f"no {number}", intent="skip")
    await said(hands, store, ash, "action_agree", "yes", intent="affirm")
    shares = call("action_choose_who_sees", kept(store, ash, "tap"), "choose", choice="facilitator")
    assert (await keys(hands, shares))[0] == "consent_begins"
    for shows in ("facilitator", "any_day", "told"):
        tap = call("action_confirm", kept(store, ash, shows), "choose", choice=shows)
        heard = await keys(hands, tap)
    assert heard[0] == "shared_facilitator"
    with store.writing() as session:
        edit = keep(session, ash, "k:edit", "edit", "dogs", details={"edits": first})
        assert edit is not None
    before = the_hope(store)
    heard = await keys(hands, call("action_take_edit", edit.id, "edited"))
    assert heard == ["saw_your_edit", "read_back"]
    after = the_hope(store)
    # It counts as agreed again only when they have said so.
    assert (before.agreed_at is None, after.agreed_at is None) == (False, True)
    assert (before.whose_turn, after.whose_turn) == ("facilitator", "facilitator")
    assert after.version == before.version + 1


async def test_nobody_is_asked_who_sees_a_hope_without_words(
    hands: Executor, store: Store, ash: Contact
) -> None:
    await at_the_first_question(hands, store, ash)
    for number in range(4):
        await said(hands, store, ash, "action_leave_empty", f"no {number}", intent="skip")
    heard = await said(hands, store, ash, "action_leave_empty", "2", intent="skip")
    assert heard == ["left_skip", "left_all_empty"]
    heard = await said(hands, store, ash, "action_who_sees", "who?", intent="who_sees")
    assert heard == ["who_sees_this", "what_now"]


async def test_a_call_for_a_person_is_heard_as_the_very_first_thing(
    hands: Executor, store: Store, ash: Contact
) -> None:
    heard = await said(hands, store, ash, "action_ask_person", "a person", intent="ask_person")
    assert heard == ["asked_person", "hello", "ask_name"]
    with store.reading() as session:
        assert len(session.scalars(select(Call)).all()) == 1

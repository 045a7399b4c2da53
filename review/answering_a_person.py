"""The facilitator's forms on a person's page: an answer, an alert, a message the chat set aside.

Comes in: a form with its one-use click key. Goes out: the page again, which says what was done; or
the form still filled in, with the reason why nothing was.
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from litestar import post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from plan_store.alerting import (
    AlreadyClosed,
    ReasonMissing,
    acknowledge,
    close,
)
from plan_store.answering import Changed, NoDoor, NothingToSay, answer, answered_by
from plan_store.dealing_with import deal_with
from plan_store.opening import Store
from plan_store.reaching_people import access_alert_by_viewer, access_person_to_answer
from plan_store.reading_a_person import what_happened_since
from plan_store.sharing import NotShared
from review.guarding import WITH_PEOPLE, DeskRequest, only_who_may
from review.meeting_a_person import Trouble, show_person
from review.reading_forms import cause_of, number_in, plain

# A message of the chat holds no more; easy words need far fewer.
LONGEST_ANSWER = 2000
REFUSED = {NothingToSay: "nothing", NotShared: "not_shared", NoDoor: "no_door"}
SEES_ALERTS, CLOSES_ALERTS = only_who_may("see_alerts"), only_who_may("close_alerts")
T = TypeVar("T")


@post("/people/{person_id:str}/answers", opt=WITH_PEOPLE)
async def give_answer(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """Answer about a hope or in general. Pressed twice, it is one answer, and the page says so."""
    form = await request.form()
    hope_id = number_in(form.get("hope", ""))
    version = number_in(form.get("version", ""))
    words = plain(form.get("words", ""))
    cause = cause_of(request, person_id, form.get("click", ""))
    at = f"hope-{hope_id}" if hope_id is not None else "general"
    if len(words) > LONGEST_ANSWER:
        trouble = Trouble(at, "too_long", words, cause.click or "")
        return await show_person(request, person_id, trouble, 422)

    def give(session: Session) -> int | None:
        access_person_to_answer(session, request.user.viewer, person_id)
        given = answer(session, cause, words, hope_id, version)
        return given.id if given is not None else answered_by(session, cause.click or "")

    try:
        answer_id = await asyncio.to_thread(_write, request, give)
    except Changed:
        happened = await asyncio.to_thread(_since, request, hope_id or 0, version or 0)
        trouble = Trouble(at, "changed", words, cause.click or "", happened)
        return await show_person(request, person_id, trouble, 409)
    except (NothingToSay, NotShared, NoDoor) as why:
        kind = REFUSED[type(why)]
        trouble = Trouble(at, kind, words, cause.click or "")
        return await show_person(request, person_id, trouble, 422 if kind == "nothing" else 409)
    return Redirect(f"/people/{person_id}?sent={answer_id}", status_code=303)


@post("/people/{person_id:str}/alerts/{alert_id:int}/acknowledge", opt=SEES_ALERTS)
async def acknowledge_alert(
    request: DeskRequest, person_id: FromPath[str], alert_id: FromPath[int]
) -> Redirect:
    """Say: I have seen this and act on it."""
    form = await request.form()
    cause = cause_of(request, person_id, form.get("click", ""))

    def write(session: Session) -> None:
        access_alert_by_viewer(session, request.user.viewer, person_id, alert_id)
        acknowledge(session, cause, alert_id)

    await asyncio.to_thread(_write, request, write)
    return Redirect(f"/people/{person_id}?done=acknowledged", status_code=303)


@post("/people/{person_id:str}/alerts/{alert_id:int}/close", opt=CLOSES_ALERTS)
async def close_alert(
    request: DeskRequest, person_id: FromPath[str], alert_id: FromPath[int]
) -> Redirect | Template:
    """Close an alert, with the reason."""
    form = await request.form()
    reason = plain(form.get("reason", ""))
    cause = cause_of(request, person_id, form.get("click", ""))

    def write(session: Session) -> None:
        access_alert_by_viewer(session, request.user.viewer, person_id, alert_id)
        close(session, cause, alert_id, reason)

    try:
        await asyncio.to_thread(_write, request, write)
    except ReasonMissing:
        trouble = Trouble(f"alert-{alert_id}", "no_reason")
        return await show_person(request, person_id, trouble, 422)
    except AlreadyClosed:
        trouble = Trouble(f"alert-{alert_id}", "already_closed", reason)
        return await show_person(request, person_id, trouble, 409)
    return Redirect(f"/people/{person_id}?done=closed", status_code=303)


@post("/people/{person_id:str}/messages/{incoming_id:int}/dealt-with", opt=WITH_PEOPLE)
async def deal_with_message(
    request: DeskRequest, person_id: FromPath[str], incoming_id: FromPath[int]
) -> Redirect:
    """A message the chat could not answer is dealt with; a second click changes nothing."""
    form = await request.form()
    cause = cause_of(request, person_id, form.get("click", ""))

    def write(session: Session) -> None:
        access_person_to_answer(session, request.user.viewer, person_id)
        deal_with(session, cause, incoming_id)

    await asyncio.to_thread(_write, request, write)
    return Redirect(f"/people/{person_id}?done=dealt_with", status_code=303)


def _write(request: DeskRequest, work: Callable[[Session], T]) -> T:
    """The desk's one transaction: all of the work, or nothing. The work asks for access first."""
    store: Store = request.app.state.store
    try:
        with store.writing() as session:
            return work(session)
    except NoResultFound:
        raise NotFoundException from None


def _since(request: DeskRequest, hope_id: int, version: int) -> list[Any]:
    store: Store = request.app.state.store
    with store.reading() as session:
        return what_happened_since(session, hope_id, version)

"""The facilitator's forms on a person's page: an answer, an alert, a message the chat set aside.

Comes in: a form with its one-use click key. Goes out: the page again, which says what was done; or
the form still filled in, with the reason why nothing was.
"""

import asyncio

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from plan_store.alerting import (
    AlreadyClosed,
    ReasonMissing,
    acknowledge,
    close,
)
from plan_store.answering import answer, answered_by
from plan_store.dealing_with import deal_with
from plan_store.promising import promise
from plan_store.reaching_people import access_alert_by_viewer, access_person_to_answer
from plan_store.saying_it_anyway import keep_why
from review.guarding import WITH_PEOPLE, DeskRequest, only_who_may
from review.meeting_a_person import Trouble, show_person
from review.reading_forms import cause_of, plain
from review.taking_forms import check_words, day_from, read_form, take, write_in_one_go

SEES_ALERTS, CLOSES_ALERTS = only_who_may("see_alerts"), only_who_may("close_alerts")


@post("/people/{person_id:str}/answers", opt=WITH_PEOPLE)
async def give_answer(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """Answer about a hope or in general. Pressed twice, it is one answer, and the page says so."""
    form = await read_form(request, person_id)
    at = f"hope-{form.hope_id}" if form.hope_id is not None else "general"

    def give(session: Session) -> str:
        by_day = day_from(form.fields.get("by", ""))
        checked = check_words(request, session, form)
        given = answer(session, form.cause, form.words, form.hope_id, form.version)
        if given is not None:
            keep_why(session, form.cause, checked, "answer", given.id)
            if by_day is not None:
                version = form.version + 1 if form.version is not None else None
                promise(session, form.cause, form.words, by_day, form.hope_id, version)
        answer_id = given.id if given else answered_by(session, form.cause.click or "")
        return f"sent={answer_id}"

    return await take(request, form, at, give)


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

    await asyncio.to_thread(write_in_one_go, request, write)
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
        await asyncio.to_thread(write_in_one_go, request, write)
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

    await asyncio.to_thread(write_in_one_go, request, write)
    return Redirect(f"/people/{person_id}?done=dealt_with", status_code=303)

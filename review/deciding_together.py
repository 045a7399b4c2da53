"""The facilitator's side of deciding together: outcomes, a question asked back, and steps.

Comes in: a form under a hope. Goes out: a proposal or question in the chat, a step in the plan; or
the form again, with why not. What is agreed to is decided in the chat, never here.
"""

from litestar import post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from plan_store.hoping import happens
from plan_store.promising import promise
from plan_store.proposing_outcomes import propose, rest_or_go_on, say_it_is_done, take_back
from plan_store.putting_to_the_person import put
from plan_store.saying_it_anyway import keep_why
from plan_store.tables import DeskQuestion
from plan_store.taking_a_click import (
    check_as_seen,
    locked_hope,
    said_in,
    was_clicked,
)
from plan_store.taking_steps import Owner, deal_with_step, write_step
from plan_store.telling_in_the_chat import door_to
from review.guarding import WITH_PEOPLE, DeskRequest
from review.reading_forms import number
from review.taking_forms import check_words, day_from, read_form, take

# What the buttons of an outcome do, and what the page says of it.
OUTCOME_MOVES = {
    "take_back": (take_back, "taken_back"),
    "rest_or_go_on": (rest_or_go_on, "rests"),
    "done": (say_it_is_done, "asked_whether"),
}


@post("/people/{person_id:str}/outcomes", opt=WITH_PEOPLE)
async def propose_outcome(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """Propose an outcome, or other words for one. The young person is asked; nothing holds yet."""
    form = await read_form(request, person_id)
    outcome_id = number(form.fields.get("outcome", ""))
    at = f"outcome-{form.hope_id}" if outcome_id is None else f"reword-{outcome_id}"

    def write(session: Session) -> str:
        checked = check_words(request, session, form)
        wording = propose(
            session, form.cause, form.hope_id or 0, form.version, form.words, outcome_id
        )
        if wording is not None:
            keep_why(session, form.cause, checked, "outcome_wording", wording.id)
        return "done=proposed"

    return await take(request, form, at, write)


@post("/people/{person_id:str}/outcomes/{outcome_id:int}", opt=WITH_PEOPLE)
async def move_outcome(
    request: DeskRequest, person_id: FromPath[str], outcome_id: FromPath[int]
) -> Redirect | Template:
    """Take a proposal back, let an outcome rest or go on, or ask whether it happened."""
    form = await read_form(request, person_id)
    move, done = OUTCOME_MOVES.get(form.fields.get("what", ""), (None, ""))

    def write(session: Session) -> str:
        if move is not None:
            move(session, form.cause, form.hope_id or 0, form.version, outcome_id)
        return f"done={done}"

    return await take(request, form, f"move-{outcome_id}", write)


@post("/people/{person_id:str}/questions", opt=WITH_PEOPLE)
async def ask_back(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """Ask the young person something in the chat, about a hope or in general."""
    form = await read_form(request, person_id)
    at = f"ask-{form.hope_id}" if form.hope_id is not None else "ask-general"

    def write(session: Session) -> str:
        by_day = day_from(form.fields.get("by", ""))
        checked = check_words(request, session, form)
        words = said_in(form.words)
        hope = locked_hope(session, form.cause, form.hope_id) if form.hope_id is not None else None
        if was_clicked(session, DeskQuestion, form.cause.click or ""):
            return "done=asked"
        if hope is not None:
            check_as_seen(session, hope, form.version)
        door_to(session, person_id)
        question = put(session, form.cause, "ask", None, form.hope_id, words)
        if question is not None:
            keep_why(session, form.cause, checked, "desk_question", question.id)
        if hope is not None:
            happens(session, form.cause, hope, "facilitator_asks")
        if by_day is not None:
            version = hope.version if hope is not None else None
            promise(session, form.cause, words, by_day, form.hope_id, version)
        return "done=asked"

    return await take(request, form, at, write)


@post("/people/{person_id:str}/outcomes/{outcome_id:int}/steps", opt=WITH_PEOPLE)
async def add_step(
    request: DeskRequest, person_id: FromPath[str], outcome_id: FromPath[int]
) -> Redirect | Template:
    """Write a step down: who does what, by when."""
    form = await read_form(request, person_id)
    owner = Owner(form.fields.get("who", ""), form.fields.get("named", ""))

    def write(session: Session) -> str:
        checked = check_words(request, session, form)
        step = write_step(
            session,
            form.cause,
            form.hope_id or 0,
            form.version,
            outcome_id,
            form.words,
            owner,
            day_from(form.fields.get("by", "")),
        )
        if step is not None:
            keep_why(session, form.cause, checked, "step", step.id)
        return "done=step"

    return await take(request, form, f"step-{outcome_id}", write)


@post("/people/{person_id:str}/steps/{step_id:int}", opt=WITH_PEOPLE)
async def move_step(
    request: DeskRequest, person_id: FromPath[str], step_id: FromPath[int]
) -> Redirect | Template:
    """Tick a step of one's own, say that one helped, or take a step out."""
    form = await read_form(request, person_id)
    what = form.fields.get("what", "")

    def write(session: Session) -> str:
        deal_with_step(session, form.cause, form.hope_id or 0, form.version, step_id, what)
        return "done=step_done"

    return await take(request, form, f"step-move-{step_id}", write)

"""The seven questions on the desk: what the store knows, and what a facilitator answers.

Comes in: a colour and a reason. Goes out: the page; without a reason, what is missing.
"""

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from plan_store.checking_a_support_plan import Checked, answer_check, check_plan
from plan_store.looking import looked
from plan_store.reaching_people import access_person_by_viewer, access_person_to_answer, around
from plan_store.roles import can_answer_person
from plan_store.support_plan_check import COLOURS, read_check
from plan_store.taking_a_click import NothingToSay
from review.filling_in_forms import cause_of, typed_in, write
from review.guarding import WITH_PEOPLE, DeskRequest
from review.showing_pages import page

LONGEST = 500


@get("/people/{person_id:str}/check", opt=WITH_PEOPLE)
async def check_page(request: DeskRequest, person_id: FromPath[str]) -> Template:
    """All seven now."""
    return await _show(request, person_id)


@post("/people/{person_id:str}/check", opt=WITH_PEOPLE)
async def answer_a_question(request: DeskRequest, person_id: FromPath[str]) -> Redirect | Template:
    """Answer one that the store does not know."""
    typed = await typed_in(request)
    cause = cause_of(request, person_id, typed)
    question, colour = typed.get("question", ""), typed.get("colour", "")
    reason = typed.get("reason", "")[:LONGEST]
    asked = read_check().questions.get(question)

    def work(session: Session) -> None:
        access_person_to_answer(session, request.user.viewer, person_id)
        if asked is None or asked.known or colour not in COLOURS:
            raise NothingToSay
        answer_check(session, cause, question, colour, reason)

    try:
        await write(request, work)
    except NothingToSay:
        return await _show(request, person_id, typed, 422)
    return Redirect(f"/people/{person_id}/check?done=answered#{question}", status_code=303)


async def _show(
    request: DeskRequest, person_id: str, typed: dict[str, str] | None = None, status: int = 200
) -> Template:
    rules = request.app.state.catalogue_rules

    def look(session: Session) -> tuple[str | None, bool, Checked]:
        person = access_person_by_viewer(session, request.user.viewer, person_id)
        looked(session, request.user.id, person_id, "check")
        may = can_answer_person(request.user.viewer, around(session, person_id))
        return person.called, may, check_plan(session, person_id, rules)

    called, may_answer, checked = await write(request, look)
    return page(
        request,
        "plan_check.html",
        status,
        person_id=person_id,
        called=called,
        may_answer=may_answer,
        checked=checked,
        read=read_check(),
        typed=typed or {},
        done=request.query_params.get("done") == "answered",
    )

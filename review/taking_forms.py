"""Taking a form of a person's page: read, checked for easy reading, written in one go, or refused.

Comes in: a form with its one-use click, and the version its page showed. Goes out: the page again,
which says what was done; or the form still filled in, with the reason why nothing was.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from litestar.exceptions import NotFoundException
from litestar.response import Redirect, Template
from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from plan_store.causes import Cause
from plan_store.deciding import NotAllowed
from plan_store.opening import Store
from plan_store.reaching_people import access_person_to_answer
from plan_store.reading_a_person import what_happened_since
from plan_store.saying_it_anyway import Checked, TooHard, check_can_say
from plan_store.sharing import NotShared
from plan_store.tables import Aspiration, Facilitator, Person
from plan_store.taking_a_click import LONGEST_WORDS, Changed, NothingToSay
from plan_store.taking_steps import NoDay, NoOwner
from plan_store.telling_in_the_chat import NoDoor
from review.guarding import DeskRequest
from review.meeting_a_person import Trouble, show_person
from review.reading_forms import cause_of, day_in, number, plain

LONGEST_REASON = 500
# Why nothing was done, as the pages say it, and with which status.
REFUSED: dict[type[Exception], tuple[str, int]] = {
    NothingToSay: ("nothing", 422),
    NotShared: ("not_shared", 409),
    NoDoor: ("no_door", 409),
    NoOwner: ("no_owner", 422),
    NoDay: ("no_day", 422),
    NotAllowed: ("not_allowed", 409),
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Form:
    """What came: who clicked, the hope it is about and its version, the words, and the rest."""

    person_id: str
    cause: Cause
    hope_id: int | None
    version: int | None
    words: str
    anyway: str
    fields: dict[str, str] = field(default_factory=dict)


async def read_form(request: DeskRequest, person_id: str) -> Form:
    """The form as it came."""
    sent = await request.form()
    fields = {name: value for name, value in sent.items() if isinstance(value, str)}
    return Form(
        person_id=person_id,
        cause=cause_of(request, person_id, fields.get("click", "")),
        hope_id=number(fields.get("hope", "")),
        version=number(fields.get("version", "")),
        words=plain(fields.get("words", "")),
        anyway=plain(fields.get("anyway", ""))[:LONGEST_REASON],
        fields=fields,
    )


async def take(
    request: DeskRequest, form: Form, at: str, work: Callable[[Session], str]
) -> Redirect | Template:
    """Do this work in one transaction, for somebody who may write to the person.

    `at`: the form on the page. `work` answers with what the page is to say of it.
    """

    def do(session: Session) -> str:
        access_person_to_answer(session, request.user.viewer, form.person_id)
        return work(session)

    def trouble(kind: str, **more: Any) -> Trouble:
        return Trouble(at, kind, form.words, form.cause.click or "", fields=form.fields, **more)

    if len(form.words) > LONGEST_WORDS:
        return await show_person(request, form.person_id, trouble("too_long"), 422)
    try:
        done = await asyncio.to_thread(write_in_one_go, request, do)
    except Changed:
        happened = await asyncio.to_thread(_since, request, form)
        return await show_person(
            request, form.person_id, trouble("changed", happened=happened), 409
        )
    except TooHard as why:
        return await show_person(request, form.person_id, trouble("hard", hard=why.findings), 422)
    except tuple(REFUSED) as why:
        kind, status = REFUSED[type(why)]
        return await show_person(request, form.person_id, trouble(kind), status)
    return Redirect(f"/people/{form.person_id}?{done}", status_code=303)


def check_words(request: DeskRequest, session: Session, form: Form) -> Checked:
    """Raises `TooHard` where they are hard to read and nothing says why they are to go so."""
    return check_said(request, session, form.person_id, form.words, form.anyway)


def check_said(
    request: DeskRequest, session: Session, person_id: str, words: str, anyway: str
) -> Checked:
    """The same for words of any form: a place, a smallest next step."""
    names = [session.get_one(Facilitator, request.user.id).name]
    person = session.get_one(Person, person_id)
    if person.called:
        names.append(person.called)
    return check_can_say(words, request.app.state.lists, names, anyway[:LONGEST_REASON])


def write_in_one_go(request: DeskRequest, work: Callable[[Session], T]) -> T:
    """The desk's one transaction: all of the work, or nothing. The work asks for access first."""
    store: Store = request.app.state.store
    try:
        with store.writing() as session:
            return work(session)
    except NoResultFound:
        raise NotFoundException from None


def day_from(typed: str) -> date | None:
    """The day that was picked; None where none was. Raises `NoDay` for what is no day."""
    if not typed.strip():
        return None
    day = day_in(typed.strip())
    if day is None:
        raise NoDay
    return day


def _since(request: DeskRequest, form: Form) -> list[Any]:
    store: Store = request.app.state.store
    with store.reading() as session:
        hope_id = session.scalar(
            select(Aspiration.id).where(
                Aspiration.id == form.hope_id, Aspiration.person_id == form.person_id
            )
        )
        return what_happened_since(session, hope_id or 0, form.version or 0)

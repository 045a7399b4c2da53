"""Every route with every role and another person's ids: what is not theirs is not there."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute
from sqlalchemy import func, select

from plan_store.answering_a_proposal import answer_proposal
from plan_store.causes import Cause
from plan_store.noting_for_staff import write_note
from plan_store.opening import Store
from plan_store.promising import promise
from plan_store.proposing_outcomes import propose
from plan_store.reaching_people import give_person
from plan_store.roles import ROLES, can
from plan_store.tables import (
    Access,
    Answer,
    Aspiration,
    Budget,
    Caseload,
    Facilitator,
    History,
    Incoming,
    Meeting,
    PlanCheck,
    Statement,
)
from plan_store.taking_steps import Owner, write_step
from plan_store.the_time_here import today
from tests.review.brokering import has_a_meeting, has_an_option
from tests.review.conftest import Visitor, account, facilitator
from tests.review.people import (
    hopes,
    is_in_danger,
    is_not_understood,
    recording,
    sends,
    somebody,
)
from tests.review.test_every_route_is_guarded import PUBLIC, all_routes, by_token

VOICE = {"kind": "voice", "media_type": "audio/ogg", "file": "v.ogg", "state": "kept"}
# Whose young person's page, and what is on it, opens for whom. "own": the one they work with.
OPENS = {
    "facilitator": {"own"},
    "safeguarding_lead": {"alerted"},
    "manager": {"own", "alerted", "others"},
    "administrator": set[str](),
    "nothing": set[str](),
}


@dataclass
class Theirs:
    """A young person, and the ids of all that a page could be asked for."""

    person_id: str
    alert_id: int
    recording_id: int
    incoming_id: int
    statement_id: int
    outcome_id: int
    step_id: int
    promise_id: int
    hope_id: int
    hope_option_id: int
    meeting_id: int

    def fill(self, path: str) -> str:
        """The path with these ids in its gaps."""
        for gap, value in (
            ("{person_id:str}", self.person_id),
            ("{alert_id:int}", self.alert_id),
            ("{recording_id:int}", self.recording_id),
            ("{incoming_id:int}", self.incoming_id),
            ("{statement_id:int}", self.statement_id),
            ("{outcome_id:int}", self.outcome_id),
            ("{step_id:int}", self.step_id),
            ("{promise_id:int}", self.promise_id),
            ("{hope_id:int}", self.hope_id),
            ("{hope_option_id:int}", self.hope_option_id),
            ("{meeting_id:int}", self.meeting_id),
            ("{called:str}", "json"),
        ):
            path = path.replace(gap, str(value))
        return path


def somebody_with_everything(store: Store, called: str, *, alert: bool) -> Theirs:
    person_id = somebody(store, called)
    hope_id = hopes(store, person_id, f"the words of {called}")
    option_id = has_an_option(store, person_id, hope_id)
    meeting_id = has_a_meeting(store, person_id, f"the words of {called}")
    with store.reading() as session:
        said = select(Statement.id).where(Statement.person_id == person_id)
        statement_id = session.scalars(said).one()
    aside = is_not_understood(store, person_id, "?")
    voice = sends(store, person_id, "", "voice", "spoken", VOICE)
    alert_id = is_in_danger(store, person_id, f"the danger of {called}") if alert else 0
    made = made_of_the_hope(store, person_id, hope_id, f"the words of {called}")
    return Theirs(
        person_id,
        alert_id,
        recording(store, voice),
        aside,
        statement_id,
        *made,
        hope_id,
        option_id,
        meeting_id,
    )


def made_of_the_hope(
    store: Store, person_id: str, hope_id: int, words: str
) -> tuple[int, int, int]:
    """An agreed outcome, a step and a promise; their ids."""
    yes = Cause.message(person_id, sends(store, person_id, "yes"))
    with store.writing() as session:
        by_whom = session.scalars(select(Facilitator.id).order_by(Facilitator.id).limit(1)).one()

        def click() -> Cause:
            return Cause.by_click(person_id, by_whom, secrets.token_hex(16))

        def version() -> int:
            return session.get_one(Aspiration, hope_id).version

        wording = propose(session, click(), hope_id, version(), words)
        assert wording is not None
        answer_proposal(session, yes, wording.id, "agrees")
        outcome_id, day = wording.outcome_id, today()
        owner = Owner("facilitator")
        step = write_step(session, click(), hope_id, version(), outcome_id, words, owner, day)
        made = promise(session, click(), words, day, hope_id, version())
        write_note(session, click(), words)
        assert step is not None
        assert made is not None
        return outcome_id, step.id, made.id


def handlers(desk: Litestar) -> Iterator[tuple[str, HTTPRouteHandler]]:
    """Every handler that does something, with its path."""
    for route in desk.routes:
        assert isinstance(route, HTTPRoute)
        for handler in route.route_handlers:
            if set(handler.http_methods) != {"OPTIONS"} and not by_token(route):
                yield route.path, handler


def test_every_route_that_is_not_public_says_who_may_come(desk: Litestar) -> None:
    everything = frozenset().union(*ROLES.values())
    public = {path for _, path in PUBLIC}
    for path, handler in handlers(desk):
        if path not in public:
            assert "may" in handler.opt, path
            assert handler.opt["may"] is None or handler.opt["may"] in everything
            # Whatever is somebody's is for those who work with people, or narrower.
            assert "person_id" not in path or handler.opt["may"] is not None


@pytest.mark.parametrize("role", list(OPENS))
def test_every_route_with_this_role_and_everybodys_ids(
    role: str, desk: Litestar, visit: Callable[[], Visitor], store: Store
) -> None:
    who = facilitator(visit, store, "Ann", *([role] if role in ROLES else ["administrator"]))
    if role == "nothing":
        with store.writing() as session:
            session.execute(Incoming.metadata.tables["facilitator_role"].delete())
    ann, other = 1, account(store, "Other", "facilitator")
    people = {
        "own": somebody_with_everything(store, "Own", alert=False),
        "alerted": somebody_with_everything(store, "Alerted", alert=True),
        "others": somebody_with_everything(store, "Others", alert=False),
    }
    with store.writing() as session:
        for whose, works in (("own", ann), ("others", other), ("alerted", other)):
            cause = Cause.by_click(people[whose].person_id, works, "c" * 32)
            give_person(session, cause, works)
    token = who.opens("/my-account").form("/sign-out").fields["_csrf_token"]
    asked = refused = 0
    for method, path, _ in all_routes(desk):
        if "{person_id" not in path:
            continue
        for name, theirs in people.items():
            if name in OPENS[role]:
                continue
            before = _written(store)
            filled = theirs.fill(path)
            assert "{" not in filled, path
            asked += 1
            response = (
                who.client.post(filled, data={"_csrf_token": token, "facilitator": str(other)})
                if method == "POST"
                else who.client.get(filled)
            )
            assert response.status_code in {403, 404}, (method, filled, response.status_code)
            assert "the words of" not in response.text
            assert "the danger of" not in response.text
            assert _written(store) == before, filled
            refused += 1
    assert asked == refused
    of_a_person = [path for _, path, _ in all_routes(desk) if "{person_id" in path]
    assert len(of_a_person) >= 30
    assert asked == len(of_a_person) * (3 - len(OPENS[role]))
    for name, theirs in people.items():
        there = name in OPENS[role]
        assert (who.client.get(f"/people/{theirs.person_id}").status_code == 200) == there
        for path in ("/", "/people", "/news", "/alerts", "/promises"):
            shown = theirs.person_id in who.client.get(path).text
            if path in {"/people", "/", "/promises"}:
                assert shown == there, (path, name)
            assert not shown or there, (path, name)


@pytest.mark.parametrize("role", list(ROLES))
def test_what_is_nobodys_in_particular_follows_the_table(
    role: str, desk: Litestar, visit: Callable[[], Visitor], store: Store
) -> None:
    who = facilitator(visit, store, "Ann", role)
    token = who.opens("/my-account").form("/sign-out").fields["_csrf_token"]
    public = {path for _, path in PUBLIC}
    needs = {
        (str(method), path): handler.opt["may"]
        for path, handler in handlers(desk)
        for method in handler.http_methods
        if path not in public
    }
    mine = ROLES[role]
    for method, path, filled in all_routes(desk):
        if path in public or "{person_id" in path or path == "/sign-out":
            continue
        response = (
            who.client.post(filled, data={"_csrf_token": token}, follow_redirects=False)
            if method == "POST"
            else who.client.get(filled)
        )
        needed = needs[method, path]
        allowed = needed is None or needed in mine
        assert (response.status_code == 403) == (not allowed), (method, path)
        if not allowed:
            assert "This is not part of your role here" in response.text


def test_a_reader_is_shown_no_form_that_would_be_refused(
    visit: Callable[[], Visitor], store: Store
) -> None:
    lea = facilitator(visit, store, "Lea", "safeguarding_lead")
    sam = somebody_with_everything(store, "Sam", alert=True)
    page = lea.opens(f"/people/{sam.person_id}")
    ends = {form.action.rpartition("/")[2] for form in page.forms}
    assert ends == {"sign-out", "acknowledge", "close"}
    assert "Your role reads here." in page.text


def test_a_facilitator_acknowledges_and_does_not_close(
    visit: Callable[[], Visitor], store: Store
) -> None:
    ann = facilitator(visit, store, "Ann", "facilitator")
    sam = somebody_with_everything(store, "Sam", alert=True)
    with store.writing() as session:
        give_person(session, Cause.by_click(sam.person_id, 1, "c" * 32), 1)
    page = ann.opens(f"/people/{sam.person_id}")
    assert not any(form.action.endswith("/close") for form in page.forms)
    page = ann.sends(page, "/acknowledge")
    assert "Noted: a person has seen this alert" in page.text
    assert can(None, "close_alerts") is False


def _written(store: Store) -> list[int | None]:
    with store.reading() as session:
        return [
            session.scalar(select(func.count()).select_from(table))
            for table in (Access, Answer, Caseload, History, Budget, PlanCheck, Meeting)
        ]

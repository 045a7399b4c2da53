"""Everything a person can be asked, made from what is declared, each open and true in the store.

A new question of a chapter, of the chat or of the desk is in here without a word; one that stands
behind a colon, with what it is about, needs its line in `WITH_AN_ID`, and `missing` names it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.asking import AGAIN, CONSENT, EXPECTS, WHICH, expects
from actions.serving import DATA
from plan_store.becoming_sixteen import FAMILY_STILL
from plan_store.chapters import read_chapters
from plan_store.keeping_words import link
from plan_store.life_areas import CARD
from plan_store.meeting_up import BEFORE
from plan_store.moving_on import move
from plan_store.putting_to_the_person import COME, DECIDING, KINDS, OPTION
from plan_store.tables import (
    Aspiration,
    ComingOfAge,
    DeskQuestion,
    HopeOption,
    Incoming,
    LocalOption,
    Meeting,
    Place,
    Statement,
    WishCheck,
    now,
)
from plan_store.the_time_here import today
from tests.actions.what_a_pack_asks import of_a_pack
from tests.actions.what_the_desk_asks import asks_everything, opens_them_again

CHAPTERS = read_chapters(DATA / "chapters")
OF_THE_CHAPTERS = [question.question for chapter in CHAPTERS for question in chapter.questions]
ON_THE_WAY = {
    *("name", "ready", "settings", "words", "chapter"),
    *("sharing", "sorting", "read_back"),
}
# What was open before, wherever something is asked beside the way.
PARKED = "ask_work_help"
# What says that something went wrong, or that it was taken for something else.
NOT_UNDERSTOOD = {
    *("did_not_catch", "did_you_mean", "offer_person", "out_of_scope", "already_did_that"),
    *("that_changed", "private_not_asked", "option_gone", "meeting_gone", "meeting_over"),
    *("step_is_over", "pack_gone", "pack_no_hope"),
    *("kept_words", "kept_more", "action_failed"),
}
# These cannot be left out; they say why that is fine.
NEEDED = {"ask_name": "name_is_needed", "ask_ready": "not_ready"}
SORTED = ("read_back_pictures", "ask_which_picture")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and whether it is beside the way: then another one comes back after it."""

    question: str
    beside: bool

    @property
    def kind(self) -> str:
        """Its name, without what it is about."""
        return self.question.partition(":")[0]


def every_question(session: Session, hope_id: int) -> list[Asked]:
    """Each one there is, and what it is about put into the store."""
    with_an_id = [question for question, _ in asks_everything(session, hope_id)]
    with_an_id += [f"{OPTION}{_option(session, hope_id)}"]
    meeting = _meeting(session, hope_id)
    with_an_id += [f"{COME}{question}:{meeting}" for question in BEFORE]
    with_an_id += of_a_pack(session, hope_id, meeting)
    plain = [
        f"{question}:family" if question.startswith(CONSENT) else question
        for question in EXPECTS
        if EXPECTS[question] != DECIDING and question != WHICH
    ]
    plain += [f"{WHICH}:{_a_message(session).id}"]
    plain += [f"{AGAIN}{part}" for part in ("hope", "help", "entry")]
    for chapter in CHAPTERS:
        plain += [question.question for question in chapter.questions]
        plain += [f"{q.question}.again" for q in chapter.questions if q.asked_again]
        if chapter.sorting:
            plain += [f"{chapter.chapter}.{card.card}" for card in chapter.sorting.cards[:1]]
    return [Asked(question, _is_beside(question)) for question in (*plain, *with_an_id)]


def missing(session: Session, asked: list[Asked]) -> set[str]:
    """Kinds of questions that are declared and not among these."""
    there = {each.kind for each in asked}
    ids = {int(each.question.partition(":")[2]) for each in asked if each.kind == "desk"}
    kinds = session.scalars(select(DeskQuestion.kind).where(DeskQuestion.id.in_(ids)))
    return (set(EXPECTS) - there) | (set(KINDS) - set(kinds))


def stand_at(session: Session, hope_id: int, asked: Asked) -> None:
    """The one person of this store is asked this now, and nobody has answered anything."""
    opens_them_again(session, hope_id)
    place = put_at(session, asked.question, hope_id)
    if asked.question in SORTED:
        place.aspiration_id = _sorted(session)
    session.get_one(Aspiration, place.aspiration_id).agreed_at = None
    if asked.beside:
        place.comes_back_to = {
            "expecting": "words",
            "question": PARKED,
            "answered": False,
            "chapter": "work_learning",
            "aspiration_id": hope_id,
            "about": _about(session, asked.question),
            "second": "home",
        }
    if expects(asked.question) == "check":
        _asks_again(session, hope_id, asked.question)
    if asked.question == FAMILY_STILL:
        row = session.get(ComingOfAge, place.person_id)
        if row is None:
            row = ComingOfAge(person_id=place.person_id)
            session.add(row)
        row.month, row.came_at, row.family_waits = None, now(), True


def put_at(session: Session, question: str, hope_id: int) -> Place:
    """The one person of this store stands at this question, in its chapter."""
    place = session.scalars(select(Place)).one()
    found = CHAPTERS.with_question(question.removesuffix(".again"))
    chapter = found[0].chapter if found else question.partition(".")[0]
    place.chapter = chapter if chapter in set(CHAPTERS.keys()) else "work_learning"
    place.aspiration_id = hope_id
    place.with_somebody, place.comes_back_to = None, None
    move(place, expects(question), question)
    return place


def rules() -> dict[tuple[str | None, str], str]:
    """Which hand the listener asks, by what is expected (None: anything) and the intent."""
    found = {}
    for file in sorted((DATA / "rules").glob("*.yml")):
        for rule in yaml.safe_load(file.read_text("utf-8"))["rules"]:
            conditions = [each["slot_was_set"] for each in rule.get("condition", [])]
            expecting = [slot["expecting"] for slots in conditions for slot in slots] or [None]
            for when in expecting:
                for intent in _intents(rule["steps"]):
                    found[when, intent] = rule["steps"][-1]["action"]
    return found


def _intents(steps: list[dict[str, Any]]) -> Iterator[str]:
    for step in steps:
        for each in step.get("or", [step]):
            if "intent" in each:
                yield each["intent"]


def _is_beside(question: str) -> bool:
    # Consent and "talk or sort" are asked on the way, inside a chapter.
    small = question.startswith(CONSENT) or question == "talk_or_sort"
    return expects(question) not in ON_THE_WAY and not small


def _a_message(session: Session) -> Incoming:
    said = select(Statement.incoming_id).where(Statement.target == "ask_work_hope")
    return session.get_one(Incoming, session.scalars(said.order_by(Statement.id).limit(1)).one())


def _about(session: Session, question: str) -> int:
    """What a detour is about: a message where a voice was heard, else a statement."""
    message = _a_message(session)
    if question == "ask_heard":
        message.details = {"voice": message.id}
        return message.id
    if question.startswith("ask_delete_answer"):
        return message.id
    said = select(Statement.id).where(Statement.incoming_id == message.id)
    return session.scalars(said.order_by(Statement.id).limit(1)).one()


def _sorted(session: Session) -> int:
    """A part of the plan whose pictures are sorted."""
    found = session.scalars(select(Aspiration).where(Aspiration.kind == "sorted")).first()
    if found is not None:
        return found.id
    message = _a_message(session)
    item = Aspiration(
        person_id=message.person_id,
        life_area="work_learning",
        kind="sorted",
        status="proposed",
        whose_turn="person",
    )
    session.add(item)
    session.flush()
    laid = Statement(
        person_id=message.person_id,
        incoming_id=message.id,
        action="sorts",
        target="work_learning.shop",
        kind="like",
        words="",
        how="tapped",
    )
    session.add(laid)
    session.flush()
    link(session, item, laid, f"{CARD}shop")
    return item.id


def _option(session: Session, hope_id: int) -> int:
    here = LocalOption(
        code="walks",
        title="Dog walks",
        says="You walk dogs.",
        kind="community",
        life_areas="work_learning",
        cost_from=0,
        cost_to=0,
        unit="free",
        place="The park",
        access="",
        tried_by="",
        contact="",
        source="",
        checked_on=today(),
        mark="-",
    )
    session.add(here)
    session.flush()
    option = HopeOption(
        person_id=session.get_one(Aspiration, hope_id).person_id,
        aspiration_id=hope_id,
        local_option_id=here.id,
        title=here.title,
        says=here.says,
        kind=here.kind,
        unit=here.unit,
        cost=0,
        state="sent",
        sent_at=now(),
    )
    session.add(option)
    session.flush()
    return option.id


def _meeting(session: Session, hope_id: int) -> int:
    facilitator = session.scalars(select(DeskQuestion.facilitator_id).limit(1)).one()
    meeting = Meeting(
        click="m",
        person_id=session.get_one(Aspiration, hope_id).person_id,
        facilitator_id=facilitator,
        begins_at=now() + timedelta(days=3),
        place="The library",
    )
    session.add(meeting)
    session.flush()
    return meeting.id


def _asks_again(session: Session, hope_id: int, question: str) -> None:
    person_id = session.get_one(Aspiration, hope_id).person_id
    form = "ask_hope_still" if question == "ask_hope_still" else question.removesuffix(".again")
    session.query(WishCheck).delete()
    session.add(
        WishCheck(
            person_id=person_id,
            aspiration_id=hope_id,
            form="hope" if form == "ask_hope_still" else form,
            due_at=now(),
            asked_at=now(),
        )
    )

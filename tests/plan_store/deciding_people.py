"""Sam, a shared hope of Sam's, and two facilitators, for tests of deciding together."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select, update

from plan_store.answering_a_proposal import answer_proposal
from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.opening import Store
from plan_store.promising import promise
from plan_store.proposing_outcomes import propose
from plan_store.tables import (
    Aspiration,
    DeskQuestion,
    Incoming,
    Outcome,
    OutcomeWording,
    Outgoing,
    Step,
    now,
)
from plan_store.taking_steps import Owner, say_of_step, write_step
from plan_store.the_time_here import today
from tests.review.people import hopes, sends, somebody

WORDS = "I help at the dogs' home on Tuesdays."
NEWER = "I help at the dogs' home on Fridays."


def click() -> str:
    return secrets.token_hex(16)


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


@dataclass
class Deciding:
    """Whom it is about, and what they do."""

    store: Store
    person_id: str
    hope_id: int
    ann: int
    bob: int

    def by_ann(self, key: str | None = None) -> Cause:
        return Cause.by_click(self.person_id, self.ann, key or click())

    def by_bob(self) -> Cause:
        return Cause.by_click(self.person_id, self.bob, click())

    def by_sam(self, words: str = "yes") -> Cause:
        return Cause.message(self.person_id, sends(self.store, self.person_id, words))

    def another(self) -> "Deciding":
        """Somebody else who hopes, with the same facilitators."""
        person_id = somebody(self.store, "Dee")
        hope_id = hopes(self.store, person_id, "I want to swim")
        return replace(self, person_id=person_id, hope_id=hope_id)

    @property
    def version(self) -> int:
        with self.store.reading() as session:
            return session.get_one(Aspiration, self.hope_id).version

    def proposes(self, words: str, outcome_id: int | None = None) -> int:
        """Ann proposes; the id of the wording."""
        with self.store.writing() as session:
            wording = propose(session, self.by_ann(), self.hope_id, self.version, words, outcome_id)
            assert wording is not None
            return wording.id

    def outcome(self) -> Outcome:
        with self.store.reading() as session:
            return session.scalars(select(Outcome)).one()

    def hope(self) -> Aspiration:
        with self.store.reading() as session:
            return session.get_one(Aspiration, self.hope_id)

    def wordings(self) -> list[tuple[str, str]]:
        with self.store.reading() as session:
            rows = session.scalars(select(OutcomeWording).order_by(OutcomeWording.id))
            return [(row.words, row.state) for row in rows]

    def questions(self) -> list[tuple[str, str]]:
        with self.store.reading() as session:
            rows = session.scalars(select(DeskQuestion).order_by(DeskQuestion.id))
            return [(row.kind, row.state) for row in rows]


def somebody_who_hopes(store: Store) -> Deciding:
    """Sam wants to work with dogs, and shares it."""
    person_id = somebody(store, "Sam")
    hope_id = hopes(store, person_id, "I want to work with dogs")
    with store.writing() as session:
        ids = [
            make_account(
                session, new_desk_key(session, ("manager",)), name, f"{name}@example.org", "-"
            ).id
            for name in ("Ann", "Bob")
        ]
    return Deciding(store, person_id, hope_id, *ids)


def agreed(sam: Deciding, words: str = WORDS) -> int:
    """An agreed outcome; its id."""
    wording = sam.proposes(words)
    answers(sam, wording, "agrees")
    return sam.outcome().id


def answers(sam: Deciding, wording_id: int, answer: str) -> bool:
    cause = sam.by_sam()
    with sam.store.writing() as session:
        return answer_proposal(session, cause, wording_id, answer)


def writes_step(sam: Deciding, outcome_id: int, who: str = "person", days: int = 3) -> int:
    with sam.store.writing() as session:
        named = "Aunt Jo" if who == "named" else None
        step = write_step(
            session,
            sam.by_ann(),
            sam.hope_id,
            sam.version,
            outcome_id,
            "Ring the dogs' home",
            Owner(who, named),
            in_days(days),
        )
        assert step is not None
        return step.id


def says(sam: Deciding, step_id: int, what: str) -> Step:
    cause = sam.by_sam()
    with sam.store.writing() as session:
        return say_of_step(session, cause, step_id, what)


def settled(sam: Deciding) -> None:
    """Every message of theirs has its answer."""
    with sam.store.writing() as session:
        session.execute(update(Incoming).values(state="settled", settled_at=now()))


def promises(sam: Deciding, days: int = 1) -> int:
    with sam.store.writing() as session:
        made = promise(
            session, sam.by_ann(), "Is there room for you?", in_days(days), sam.hope_id, sam.version
        )
        assert made is not None
        return made.id


def keys(sam: Deciding) -> list[str]:
    with sam.store.reading() as session:
        return list(session.scalars(select(Outgoing.key).order_by(Outgoing.id)))

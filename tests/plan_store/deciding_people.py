"""Sam, a shared hope of Sam's, and two facilitators, for tests of deciding together."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.opening import Store
from plan_store.promising import HERE
from plan_store.proposing_outcomes import propose
from plan_store.tables import Aspiration, DeskQuestion, Outcome, OutcomeWording, now
from tests.review.people import hopes, sends, somebody


def click() -> str:
    return secrets.token_hex(16)


def in_days(days: int) -> date:
    return now().astimezone(HERE).date() + timedelta(days=days)


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

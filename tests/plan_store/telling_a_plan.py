"""Somebody who tells a plan, put into the store by its own functions, as the hands do it."""

import itertools
from typing import Any, Literal

from sqlalchemy import select

from plan_store.causes import Cause
from plan_store.hoping import agree, begin_item
from plan_store.inviting import welcome
from plan_store.keeping_words import keep_statement, link, newest_part
from plan_store.life_areas import is_profile
from plan_store.opening import Store
from plan_store.sharing import share
from plan_store.tables import (
    Answer,
    Aspiration,
    Contact,
    Facilitator,
    Incoming,
    Person,
    ShortVersion,
    Statement,
    now,
)
from plan_store.taking_in import keep

_number = itertools.count(1)


class Teller:
    """A young person, and what they say."""

    def __init__(
        self, store: Store, called: str | None = "Sam", person_id: str | None = None
    ) -> None:
        self.store = store
        if person_id is not None:
            self.person_id = person_id
            return
        with store.writing() as session:
            contact = welcome(session, "terminal", f"teller-{next(_number)}")
            session.get_one(Person, contact.person_id).called = called
            self.person_id = contact.person_id

    def sends(self, words: str, **how: Any) -> int:
        """A message of theirs; its id in the inbox."""
        with self.store.writing() as session:
            contact = session.scalars(
                select(Contact).where(Contact.person_id == self.person_id)
            ).one()
            message = keep(
                session,
                contact,
                f"teller-{next(_number)}",
                how.get("sent", "text"),
                words,
                how.get("how", "typed"),
                how.get("details"),
                how.get("attachment"),
            )
            assert message is not None
            message.state = "settled"
            return message.id

    def begins(self, life_area: str, kind: Literal["hope", "entry", "sorted"] | None = None) -> int:
        """A hope, an entry or a topic to sort, without words."""
        message_id = self.sends("begin")
        with self.store.writing() as session:
            cause = Cause.message(self.person_id, message_id)
            usual: Literal["hope", "entry"] = "entry" if is_profile(life_area) else "hope"
            return begin_item(session, cause, life_area, kind or usual).id

    def says(self, item_id: int | None, part: str, words: str, **how: Any) -> int:
        """They say this part of it; the id of the statement."""
        message_id = self.sends(words, **how)
        with self.store.writing() as session:
            aspiration = session.get_one(Aspiration, item_id) if item_id else None
            older = newest_part(session, item_id, part) if item_id else None
            statement = keep_statement(
                session,
                Cause.message(self.person_id, message_id),
                session.get_one(Incoming, message_id),
                "action_keep_words",
                how.get("question", f"ask_{part}"),
                words,
                how.get("kind", "said"),
                older if how.get("replaces", True) else None,
            )
            statement.helped = how.get("helped", False)
            if aspiration is not None:
                link(session, aspiration, statement, part)
            return statement.id

    def tells(self, life_area: str, share_with: str | None = None, **parts: str) -> int:
        """A whole item; agreed and shared where `share_with` says how far."""
        item_id = self.begins(life_area)
        for part, words in parts.items():
            self.says(item_id, part, words)
        if share_with is not None:
            self.agrees(item_id, share_with)
        return item_id

    def agrees(self, item_id: int, choice: str = "me") -> None:
        """They say that it is right, and choose who may see it."""
        cause = Cause.message(self.person_id, self.sends("yes"))
        with self.store.writing() as session:
            aspiration = session.get_one(Aspiration, item_id)
            agree(session, cause, aspiration)
            share(session, cause, aspiration, choice)

    def sorts(self, item_id: int, **cards: str) -> None:
        """Pictures go one of three ways: like, not_sure, dislike."""
        for card, way in cards.items():
            self.says(item_id, f"card_{card}", way, sent="tap", how="tapped", kind=way)

    def has_a_short_version(self, statement_id: int, words: str, picked: bool = False) -> None:
        """A short version stands beside their words."""
        with self.store.writing() as session:
            session.add(
                ShortVersion(
                    statement_id=statement_id,
                    person_id=self.person_id,
                    words=words,
                    picked_at=now() if picked else None,
                )
            )

    def is_answered(self, words: str, item_id: int | None = None, by: str = "Ann Marsh") -> None:
        """A facilitator writes back."""
        with self.store.writing() as session:
            email = f"{next(_number)}@example.org"
            ann = Facilitator(name=by, email=email, password_hash="x")
            session.add(ann)
            session.flush()
            session.add(
                Answer(
                    click=f"{next(_number):032}",
                    person_id=self.person_id,
                    facilitator_id=ann.id,
                    aspiration_id=item_id,
                    words=words,
                )
            )

    def statement(self, statement_id: int) -> Statement:
        """One thing they said."""
        with self.store.reading() as session:
            return session.get_one(Statement, statement_id)

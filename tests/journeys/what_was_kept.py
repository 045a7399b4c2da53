"""What the store and the phone must hold of somebody who walked the whole chapter.

Nothing lost, no sentence lost, nothing twice; a reply may have come to the phone twice in a row.
"""

from itertools import groupby
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.inviting import find_contact
from plan_store.keeping_words import FOUND_IN_WORDS
from plan_store.opening import Store
from plan_store.tables import (
    Answer,
    Aspiration,
    AspirationStatement,
    History,
    Incoming,
    Outgoing,
    Sharing,
    Statement,
    Turn,
)
from tests.journeys.young_person import CHAPTER, YoungPerson

# Said while something is down: in the outbox, or straight to the phone when even that is away.
KIND_WORD, CANNOT_KEEP = "kept_will_answer", "cannot_keep_now"
ONE_ANSWER = ("answers", "facilitator_answers")
HISTORY = (
    *("statement_said", "no_pictures", "no_reading", "like_this", "like_this", "on_my_own"),
    *("begins", "statement_said", "statement_said", *["statement_skip"] * 3),
    *("agrees", *["shows_consent"] * 3, "shares", "agrees_and_shares"),
)
PARTS = ("hope", "help")
T = TypeVar("T", Answer, Aspiration, History, Incoming, Outgoing, Statement)


class Kept:
    """Everything of one person, read in one look."""

    def __init__(self, store: Store, person: YoungPerson) -> None:
        with store.reading() as session:
            contact = find_contact(session, "telegram", str(person.phone.user_id))
            assert contact is not None
            self.person_id = contact.person_id
            self.messages = self._all(session, Incoming)
            self.replies = self._all(session, Outgoing)
            self.statements = self._all(session, Statement)
            self.hopes = self._all(session, Aspiration)
            self.answers = self._all(session, Answer)
            self.history = self._all(session, History)
            hopes = [hope.id for hope in self.hopes]
            self.links = session.scalars(
                select(AspirationStatement)
                .where(AspirationStatement.aspiration_id.in_(hopes))
                .order_by(AspirationStatement.statement_id)
            ).all()
            self.sharings = session.scalars(
                select(Sharing).where(Sharing.aspiration_id.in_(hopes))
            ).all()
            messages = [message.id for message in self.messages]
            self.turns = session.scalars(
                select(Turn).where(Turn.incoming_id.in_(messages)).order_by(Turn.incoming_id)
            ).all()

    def _all(self, session: Session, table: type[T]) -> list[T]:
        mine = select(table).where(table.person_id == self.person_id).order_by(table.id)
        return list(session.scalars(mine))

    @property
    def is_quiet(self) -> bool:
        """Whether every message was answered, and every reply noted as sent."""
        return {message.state for message in self.messages} == {"settled"} and {
            reply.state for reply in self.replies
        } == {"sent"}

    @property
    def keys(self) -> list[str]:
        """What was said, by key, the kind words while something was down left out."""
        return [reply.key for reply in self.replies if reply.key != KIND_WORD]


def check_kept_once(store: Store, person: YoungPerson, answers: int = 0) -> Kept:
    """The whole chapter stands in the store exactly once, and all of it came to the phone."""
    kept = Kept(store, person)
    assert [message.words for message in kept.messages[1:]] == [
        said.what for said in person.chapter
    ]
    assert kept.is_quiet, [(m.id, m.state, m.reason) for m in kept.messages]
    assert [turn.incoming_id for turn in kept.turns] == [message.id for message in kept.messages]
    assert kept.keys == [*CHAPTER, *["facilitator_says"] * answers]
    about_trouble = [reply.cause_id for reply in kept.replies if reply.key == KIND_WORD]
    assert len(about_trouble) == len(set(about_trouble)), "a kind word once a message"

    came = {message.words: message.id for message in kept.messages}
    pieces = [said for said in kept.statements if said.target in FOUND_IN_WORDS]
    assert all(piece.words in person.hope for piece in pieces)
    said = [s for s in kept.statements if s.kind == "said" and s not in pieces]
    assert [(s.target, s.words, s.how, s.said_by, s.incoming_id) for s in said] == [
        ("name", person.name, "typed", "person", came[person.name]),
        ("ask_work_hope", person.hope, "typed", "person", came[person.hope]),
        ("ask_work_help", person.helps, "typed", "person", came[person.helps]),
    ]
    (hope,) = kept.hopes
    assert (hope.life_area, hope.agreed_at is not None) == ("work_learning", True)
    assert hope.whose_turn == ("person" if answers else "facilitator")
    _, said_hope, said_helps = said
    assert [(link.part, link.statement_id) for link in kept.links if link.part in PARTS] == [
        ("hope", said_hope.id),
        ("help", said_helps.id),
    ]
    (sharing,) = kept.sharings
    assert (sharing.audience, sharing.until) == ("facilitator", None)
    assert sharing.incoming_id == kept.messages[-1].id
    of_pieces = {("statement", str(piece.id)) for piece in pieces}
    happened = [line.what for line in kept.history if (line.item, line.item_id) not in of_pieces]
    assert happened == [*HISTORY, *ONE_ANSWER * answers]
    assert len(kept.answers) == answers
    _check_all_came(person, kept)
    return kept


def _check_all_came(person: YoungPerson, kept: Kept) -> None:
    """On the phone stands what was said, in its order; a repeat stands right behind the first."""
    straight = person.library.text(CANNOT_KEEP)
    # Below words with a picture stands what the picture shows.
    heard = [message.text.split("\n\n🖼️")[0] for message in person.phone.heard]
    shown = [text for text in heard if text != straight]
    said = [reply.text or "" for reply in kept.replies]
    assert [text for text, _ in groupby(shown)] == [text for text, _ in groupby(said)]

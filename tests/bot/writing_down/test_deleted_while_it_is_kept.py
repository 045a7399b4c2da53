"""A voice is deleted in the very moment in which its words are kept: nothing of it is left."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.confirming import Confirm
from actions.hearing import Hearing
from actions.understanding import Understood
from bot.receiving import HEARD, Came
from bot.safety.looking import Danger
from plan_store.catalogue_rules import DATA
from plan_store.chapters import read_chapters
from plan_store.deleting import delete_item, delete_statement
from plan_store.keeping_words import link
from plan_store.moving_on import move, park, who_said_it
from plan_store.opening import Store
from plan_store.plain_words import read_lists
from plan_store.tables import Aspiration, Contact, Incoming, Place, Statement
from tests.bot.open_door import ListenerDouble, a_door
from tests.plan_store.a_full_hope import message, says_to, words_left
from tests.plan_store.deciding_people import somebody_who_hopes
from tests.plan_store.test_order_of_locks import on_postgres, side_by_side

WORDS = "zebras and nothing else"


@pytest.mark.needs("postgresql")
@pytest.mark.parametrize("what", ["statement", "hope"])
@pytest.mark.parametrize("kept_first", [True, False])
def test_nothing_of_it_is_left_whoever_was_first(store: Store, what: str, kept_first: bool) -> None:
    on_postgres(store)
    sam = somebody_who_hopes(store)
    reception = a_door(store, ListenerDouble()).reception
    voice = {"kind": "voice", "media_type": "audio/ogg", "state": "kept", "file": "v"}
    spoken = message(sam, "", "voice", how="spoken", attachment=voice)
    said = says_to(sam, "ask_help", spoken)
    cause = sam.by_sam()
    with store.writing() as session:
        part = session.get_one(Statement, said)
        link(session, session.get_one(Aspiration, sam.hope_id), part, "help")
        address = session.scalars(select(Contact).where(Contact.person_id == sam.person_id)).one()
    came = reception.look(
        Came(
            address.door,
            address.address,
            f"heard:{spoken}",
            HEARD,
            WORDS,
            "spoken",
            details={"voice": spoken, "serial": 0},
        )
    )

    def keeps(session: Session) -> str:
        outcome = reception.receive(session, came).outcome
        session.flush()
        return outcome

    def deletes(session: Session) -> str:
        if what == "statement":
            delete_statement(session, cause, session.get_one(Statement, said))
        else:
            delete_item(session, cause, session.get_one(Aspiration, sam.hope_id))
        return "deleted"

    first, second = (keeps, deletes) if kept_first else (deletes, keeps)
    done: list[str] = []
    came_to = side_by_side(
        store, (lambda session: done.append(first(session)), lambda _session: done[0]), second
    )
    assert came_to == (["kept", "deleted"] if kept_first else ["deleted", "double"])
    with store.reading() as session:
        heard = session.scalars(select(Incoming).where(Incoming.kind == HEARD)).all()
        assert len(heard) == kept_first
    assert list(words_left(store, WORDS)) == []


@pytest.mark.needs("postgresql")
def test_danger_heard_in_the_very_moment_of_deleting_is_said_to_stay(store: Store) -> None:
    on_postgres(store)
    sam = somebody_who_hopes(store)
    reception = a_door(store, ListenerDouble()).reception
    voice = {"kind": "voice", "media_type": "audio/ogg", "state": "kept", "file": "v"}
    spoken = message(sam, "", "voice", how="spoken", attachment=voice)
    said, yes = says_to(sam, "ask_help", spoken), message(sam, "yes")
    with store.writing() as session:
        address = session.scalars(select(Contact).where(Contact.person_id == sam.person_id)).one()
        place = session.get_one(Place, sam.person_id)
        park(place, said)
        move(place, "confirm", "ask_delete")
    details = {"voice": spoken, "serial": 0}
    came = Came(address.door, address.address, "heard", HEARD, WORDS, "spoken", details=details)
    danger = replace(reception.look(came), noticed=Danger("abuse", WORDS))
    chapters = read_chapters(DATA / "chapters")

    def keeps(session: Session) -> str:
        outcome = reception.receive(session, danger).outcome
        session.flush()
        return outcome

    def deletes(session: Session) -> str:
        confirmed = Hearing(
            session, *who_said_it(session, yes), chapters, understood=Understood("affirm")
        )
        Confirm(store, chapters, read_lists(DATA)).act(confirmed)
        return str(confirmed.replies[0]["key"])

    done: list[str] = []
    came_to = side_by_side(
        store, (lambda session: done.append(keeps(session)), lambda _session: done[0]), deletes
    )
    assert came_to == ["alert", "deleted_but"]

"""Chat and desk at the same moment, on two connections: both come through, whoever was first.

On PostgreSQL each waits on a real lock, and the database ends one of two that wait for each other.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Event
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from plan_store.answering_a_proposal import answer_proposal
from plan_store.becoming_sixteen import asked_about_family, becomes_16
from plan_store.causes import Cause
from plan_store.deleting import delete_item
from plan_store.forgetting import forget
from plan_store.opening import Store
from plan_store.order_of_locks import LINE_OF, OutOfOrder, check_order, lock_hopes
from plan_store.promising import end_promise
from plan_store.proposing_outcomes import propose
from plan_store.putting_to_the_person import ask_where_it_fits, locked_question
from plan_store.tables import (
    Aspiration,
    ComingOfAge,
    DeskQuestion,
    OutcomeWording,
    Person,
    Place,
    Promise,
    Table,
)
from plan_store.taking_a_click import Changed, locked_hope
from tests.plan_store.deciding_people import Deciding, promises, settled, somebody_who_hopes

LONGEST = 20.0
NEWER = "I help with the big dogs on Mondays."
real_locks = pytest.mark.needs("postgresql")
Work = Callable[[Session], Any]


@pytest.fixture
def sam(store: Store) -> Deciding:
    return somebody_who_hopes(store)


def test_the_order_names_tables_and_refuses_what_comes_out_of_it() -> None:
    assert set(LINE_OF) <= set(Table.metadata.tables)
    check_order(["place", "aspiration"], "desk_question")
    check_order(["aspiration", "desk_question"], "outcome")
    check_order(["desk_question", "aspiration"], "aspiration")
    with pytest.raises(OutOfOrder, match="aspiration is locked after desk_question"):
        check_order(["place", "desk_question"], "aspiration")


def on_postgres(store: Store) -> None:
    if store.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has one writer at a time")


def side_by_side(store: Store, first: tuple[Work, Work], second: Work) -> list[Any]:
    """The first locks; the second begins, and waits for it; then the first does the rest.

    What each came to: what it answered, or its exception.
    """
    holds, goes_on = Event(), Event()

    def begin() -> Any:
        with store.writing() as session:
            first[0](session)
            holds.set()
            assert goes_on.wait(LONGEST)
            return first[1](session)

    def follow() -> Any:
        assert holds.wait(LONGEST)
        with store.writing() as session:
            return second(session)

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(begin), pool.submit(follow)]
        try:
            _until_one_waits(store)
        finally:
            goes_on.set()
        return [each.exception(LONGEST) or each.result() for each in done]


def _until_one_waits(store: Store) -> None:
    waits = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    end = monotonic() + LONGEST
    while monotonic() < end:
        with store.engine.connect() as connection:
            if connection.scalar(waits):
                return
    raise AssertionError("nobody waits for anybody")


def is_asked(sam: Deciding) -> tuple[int, int]:
    """Ann's proposal is asked in the chat; the question and the wording."""
    wording = sam.proposes("I help at the dogs' home.")
    settled(sam)
    with sam.store.writing() as session:
        place = session.get_one(Place, sam.person_id)
        place.serial, place.expecting, place.question = 1, "nothing", None
    with sam.store.writing() as session:
        assert ask_where_it_fits(session) == 1
    with sam.store.reading() as session:
        return session.scalars(select(DeskQuestion.id)).one(), wording


def chat(sam: Deciding, question: int, wording: int) -> tuple[Work, Work]:
    """The chat hears "yes": it locks, and decides."""
    cause = sam.by_sam()

    def locks(session: Session) -> None:
        place = session.get_one(Place, sam.person_id, with_for_update=True)
        assert locked_question(session, place, question) is not None

    def decides(session: Session) -> bool:
        return answer_proposal(session, cause, wording, "agrees")

    return locks, decides


def desk(sam: Deciding, version: int) -> tuple[Work, Work]:
    """The desk proposes other words: it locks, and takes back what is asked."""
    cause, outcome = sam.by_bob(), sam.outcome().id

    def locks(session: Session) -> None:
        locked_hope(session, cause, sam.hope_id)

    def proposes(session: Session) -> object:
        return propose(session, cause, sam.hope_id, version, NEWER, outcome)

    return locks, proposes


def both(work: tuple[Work, Work]) -> Work:
    def all_of_it(session: Session) -> Any:
        work[0](session)
        return work[1](session)

    return all_of_it


@real_locks
def test_the_chat_was_first_and_the_desk_sees_that_it_changed(sam: Deciding) -> None:
    on_postgres(sam.store)
    question, wording = is_asked(sam)
    came = side_by_side(sam.store, chat(sam, question, wording), both(desk(sam, sam.version)))
    assert came[0] is True
    assert isinstance(came[1], Changed)


@real_locks
def test_the_desk_was_first_and_the_old_words_are_agreed_to_by_nobody(sam: Deciding) -> None:
    on_postgres(sam.store)
    question, wording = is_asked(sam)
    came = side_by_side(sam.store, desk(sam, sam.version), both(chat(sam, question, wording)))
    assert isinstance(came[0], OutcomeWording)
    assert came[1] is False


@real_locks
def test_in_the_other_order_the_database_ends_one(sam: Deciding) -> None:
    """What the order is for: this test would be the chat as it was."""
    on_postgres(sam.store)
    question, wording = is_asked(sam)
    _, decides = chat(sam, question, wording)
    desk_locks, _ = desk(sam, sam.version)

    def locks_the_question(session: Session) -> None:
        session.connection().execute(
            text("SELECT id FROM desk_question WHERE id = :id FOR UPDATE"), {"id": question}
        )

    def takes_it_back(session: Session) -> None:
        desk_locks(session)
        session.connection().execute(
            text("UPDATE desk_question SET state = 'withdrawn' WHERE id = :id"), {"id": question}
        )

    came = side_by_side(sam.store, (locks_the_question, decides), takes_it_back)
    ended = [each for each in came if isinstance(each, OperationalError)]
    assert len(ended) == 1
    assert "deadlock detected" in str(ended[0].orig)


@real_locks
@pytest.mark.parametrize("chat_first", [True, False])
def test_becoming_16_and_being_asked_about_it(sam: Deciding, chat_first: bool) -> None:
    on_postgres(sam.store)
    with sam.store.writing() as session:
        session.add(ComingOfAge(person_id=sam.person_id, month=date(2026, 1, 1)))
    after = datetime(2026, 11, 1, tzinfo=UTC)

    def at_the_place(session: Session) -> None:
        session.get_one(Place, sam.person_id, with_for_update=True)

    def asks(session: Session) -> str:
        asked_about_family(session, sam.person_id)
        return "asked"

    def clock(session: Session) -> bool:
        return becomes_16(session, Cause(sam.person_id, "computer"), after)

    if chat_first:
        came = side_by_side(sam.store, (at_the_place, asks), clock)
        assert came == ["asked", True]
    else:
        came = side_by_side(sam.store, (at_the_place, clock), both((at_the_place, asks)))
        assert came == [True, "asked"]


@real_locks
def test_two_facilitators_end_one_promise_and_the_second_sees_the_first(sam: Deciding) -> None:
    on_postgres(sam.store)
    made, ann, bob = promises(sam), sam.by_ann(), sam.by_bob()
    came = side_by_side(
        sam.store,
        (
            lambda session: locked_hope(session, ann, sam.hope_id),
            lambda session: end_promise(session, ann, made, 1, "keeps", "Yes.").status,
        ),
        lambda session: end_promise(session, bob, made, 1, "could_not", "No room."),
    )
    assert came[0] == "kept"
    assert isinstance(came[1], Changed)
    with sam.store.reading() as session:
        assert session.scalars(select(Promise.ending)).one() == "Yes."


@real_locks
@pytest.mark.parametrize("deleted_first", [True, False])
def test_deleting_a_hope_while_the_desk_decides_on_it(sam: Deciding, deleted_first: bool) -> None:
    on_postgres(sam.store)
    is_asked(sam)
    cause = sam.by_sam()

    def locks(session: Session) -> None:
        session.get_one(Place, sam.person_id, with_for_update=True)
        lock_hopes(session, [sam.hope_id])

    def deletes(session: Session) -> str:
        hope = session.get_one(Aspiration, sam.hope_id, populate_existing=True)
        delete_item(session, cause, hope)
        return hope.status

    work = desk(sam, sam.version)
    if deleted_first:
        came = side_by_side(sam.store, (locks, deletes), both(work))
        assert came[0] == "cancelled"
        assert isinstance(came[1], Exception)
    else:
        came = side_by_side(sam.store, work, both((locks, deletes)))
        assert came[1] == "cancelled"
    with sam.store.reading() as session:
        assert set(session.scalars(select(OutcomeWording.words))) == {""}


@real_locks
@pytest.mark.parametrize("forgotten_first", [True, False])
def test_forgetting_somebody_while_the_desk_decides(sam: Deciding, forgotten_first: bool) -> None:
    on_postgres(sam.store)
    is_asked(sam)
    manager = sam.by_ann()

    def forgets(session: Session) -> str:
        forget(session, sam.person_id, manager, "asked")
        return "forgotten"

    work = desk(sam, sam.version)
    if forgotten_first:
        came = side_by_side(sam.store, (forgets, forgets), both(work))
        assert came[0] == "forgotten"
        assert isinstance(came[1], Exception)
        assert not isinstance(came[1], OperationalError)
    else:
        came = side_by_side(sam.store, work, forgets)
        assert isinstance(came[0], OutcomeWording)
        assert came[1] == "forgotten"
    with sam.store.reading() as session:
        assert session.get(Person, sam.person_id) is None

"""The outbox: in order, throttled ones waited for, a blocked person left alone."""

from datetime import timedelta

from sqlalchemy import select, update

from plan_store import sending_out
from plan_store.inviting import welcome
from plan_store.opening import Store
from plan_store.tables import Contact, Outgoing, now


def somebody(store: Store, address: str = "1") -> Contact:
    with store.writing() as session:
        return welcome(session, "telegram", address)


def put(store: Store, contact: Contact, *keys: str) -> None:
    with store.writing() as session:
        for key in keys:
            session.add(
                Outgoing(
                    person_id=contact.person_id,
                    contact_id=contact.id,
                    key=key,
                    filling={},
                    text=key,
                    buttons=[],
                )
            )
            session.flush()


def claimed(store: Store) -> list[sending_out.Due]:
    with store.writing() as session:
        return sending_out.claim(session, "telegram", 10)


def keys(due: list[sending_out.Due]) -> list[str]:
    return [reply.key for reply in due]


def states(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Outgoing.state).order_by(Outgoing.id)))


def test_replies_leave_in_order_one_at_a_time(store: Store) -> None:
    ash, bo = somebody(store, "1"), somebody(store, "2")
    put(store, ash, "one", "two")
    put(store, bo, "three")
    first = claimed(store)
    assert keys(first) == ["one", "three"]
    assert claimed(store) == []
    with store.writing() as session:
        sending_out.sent(session, first[0].id, "99")
    assert keys(claimed(store)) == ["two"]


def test_a_throttled_reply_waits_and_the_ones_behind_it_wait_too(store: Store) -> None:
    ash = somebody(store)
    put(store, ash, "one", "two")
    (reply,) = claimed(store)
    with store.writing() as session:
        sending_out.later(session, reply.id, now() + timedelta(seconds=30), "throttled")
    assert claimed(store) == []
    with store.writing() as session:
        session.execute(update(Outgoing).values(due_at=now()))
    assert keys(claimed(store)) == ["one"]


def test_a_sender_that_dies_leaves_its_reply_to_the_next(store: Store) -> None:
    ash = somebody(store)
    put(store, ash, "one")
    assert keys(claimed(store)) == ["one"]
    assert claimed(store) == []
    with store.writing() as session:
        session.execute(update(Outgoing).values(due_at=now() - timedelta(seconds=1)))
    assert keys(claimed(store)) == ["one"]


def test_a_refused_reply_does_not_hold_the_next(store: Store) -> None:
    ash = somebody(store)
    put(store, ash, "one", "two")
    (reply,) = claimed(store)
    with store.writing() as session:
        sending_out.failed(session, reply.id, "bad_request")
    assert keys(claimed(store)) == ["two"]


def test_somebody_who_blocked_the_bot_is_marked_and_heard_again_when_they_come_back(
    store: Store,
) -> None:
    ash = somebody(store)
    put(store, ash, "one", "two")
    claimed(store)
    with store.writing() as session:
        sending_out.blocked(session, ash.id)
    assert states(store) == ["blocked", "blocked"]
    assert claimed(store) == []
    with store.writing() as session:
        sending_out.unblocked(session, ash.id)
    assert keys(claimed(store)) == ["one"]


def test_an_answer_goes_to_the_door_used_last(store: Store) -> None:
    ash = somebody(store)
    with store.writing() as session:
        page = Contact(
            person_id=ash.person_id,
            door="web",
            address="x",
            heard_at=now() + timedelta(seconds=5),
        )
        session.add(page)
    with store.reading() as session:
        found = sending_out.contact_to_answer(session, ash.person_id)
        assert found is not None
        assert found.door == "web"
    with store.writing() as session:
        sending_out.blocked(session, page.id)
    with store.reading() as session:
        found = sending_out.contact_to_answer(session, ash.person_id)
        assert found is not None
        assert found.door == "telegram"


def test_an_answer_of_the_desk_waits_for_its_words_and_keeps_its_place(store: Store) -> None:
    ash = somebody(store)
    put(store, ash, "facilitator_says", "later")
    with store.writing() as session:
        session.execute(
            update(Outgoing).where(Outgoing.key == "facilitator_says").values(text=None)
        )
    assert claimed(store) == []
    with store.writing() as session:
        session.scalars(select(Outgoing).where(Outgoing.text.is_(None))).one().text = "Good idea"
    assert keys(claimed(store)) == ["facilitator_says"]

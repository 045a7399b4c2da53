"""The inbox: kept once, leased to one worker, oldest first, and never lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from plan_store.inviting import welcome
from plan_store.opening import Store
from plan_store.tables import Contact, Incoming, Place, now
from plan_store.taking_in import (
    hold_on,
    keep,
    lease,
    release_leases,
    set_aside,
    settle,
    try_all_now,
    try_later,
)


def somebody(store: Store, address: str = "1") -> Contact:
    with store.writing() as session:
        return welcome(session, "telegram", address)


def says(store: Store, contact: Contact, words: str, key: str | None = None) -> int | None:
    with store.writing() as session:
        message = keep(session, contact, key or f"k:{words}", "text", words)
        return message.id if message else None


def leased(store: Store, worker: str = "a", most: int = 10) -> list[str]:
    with store.writing() as session:
        return [message.words for message in lease(session, worker, most)]


def test_the_same_message_twice_is_kept_once(store: Store) -> None:
    ash = somebody(store)
    assert says(store, ash, "hello", key="telegram:7") is not None
    assert says(store, ash, "hello", key="telegram:7") is None
    with store.reading() as session:
        assert session.scalar(select(func.count(Incoming.id))) == 1


def test_two_processes_that_keep_the_same_message_keep_one(store: Store) -> None:
    ash = somebody(store)
    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(lambda _: says(store, ash, "hello", "telegram:7"), range(8)))
    assert sum(message is not None for message in kept) == 1


@pytest.mark.parametrize(
    "words",
    [
        "x" * 4096,
        "🦊🐶",
        "أريد أن أعمل",
        "a\u200bb\u202e\ufeff",
        "<script>alert(1)</script>",
        "'; DROP TABLE person; --",
        "{{ 7 * 7 }} ${7*7} {name}",
        "line\nline\ttab\r\x07",
    ],
)
def test_words_are_kept_as_they_came(store: Store, words: str) -> None:
    ash = somebody(store)
    says(store, ash, words, key="k:1")
    assert leased(store) == [words]


def test_a_person_is_heard_oldest_first_and_one_at_a_time(store: Store) -> None:
    ash, bo = somebody(store, "1"), somebody(store, "2")
    first = says(store, ash, "one")
    says(store, ash, "two")
    says(store, bo, "three")
    assert leased(store) == ["one", "three"]
    assert leased(store, worker="b") == []
    assert first is not None
    with store.writing() as session:
        assert settle(session, first, "a")
    assert leased(store, worker="b") == ["two"]


def test_two_workers_never_hear_the_same_person(store: Store) -> None:
    for number in range(20):
        says(store, somebody(store, str(number)), f"from {number}")
    with ThreadPoolExecutor(6) as threads:
        heard = list(threads.map(lambda n: leased(store, f"worker {n}", 5), range(6)))
    everything = [words for some in heard for words in some]
    assert len(everything) == len(set(everything))


def test_a_lease_ends_when_its_worker_dies(store: Store) -> None:
    ash = somebody(store)
    says(store, ash, "one")
    assert leased(store, worker="dead") == ["one"]
    assert leased(store, worker="alive") == []
    with store.writing() as session:
        session.execute(update(Place).values(leased_until=now() - timedelta(seconds=1)))
    assert leased(store, worker="alive") == ["one"]


def test_a_lease_is_held_on_to_while_its_worker_hears(store: Store) -> None:
    ash, bo = somebody(store, "ash"), somebody(store, "bo")
    for person, words in ((ash, "one"), (bo, "two")):
        says(store, person, words)
    assert leased(store, worker="slow") == ["one", "two"]
    with store.writing() as session:
        session.execute(update(Place).values(leased_until=now() - timedelta(seconds=1)))
        hold_on(session, "slow", [ash.person_id])
        hold_on(session, "another", [bo.person_id])
    assert leased(store, worker="quick") == ["two"]


def test_a_worker_that_lost_its_lease_must_not_answer(store: Store) -> None:
    ash = somebody(store)
    message = says(store, ash, "one")
    leased(store, worker="slow")
    with store.writing() as session:
        session.execute(update(Place).values(leased_until=now() - timedelta(seconds=1)))
    leased(store, worker="quick")
    assert message is not None
    with store.writing() as session:
        assert not settle(session, message, "slow")
    with store.writing() as session:
        assert settle(session, message, "quick")
    with store.writing() as session:
        assert not settle(session, message, "quick")


def test_a_message_that_waits_for_later_holds_the_ones_behind_it(store: Store) -> None:
    ash = somebody(store)
    first = says(store, ash, "one")
    says(store, ash, "two")
    leased(store)
    assert first is not None
    with store.writing() as session:
        try_later(session, first, "a", seconds=60)
    assert leased(store) == []
    with store.writing() as session:
        try_all_now(session)
    assert leased(store) == ["one"]


def test_a_message_set_aside_lets_the_next_one_through(store: Store) -> None:
    ash = somebody(store)
    first = says(store, ash, "one")
    says(store, ash, "two")
    leased(store)
    assert first is not None
    with store.writing() as session:
        set_aside(session, first, "a", "action_failed")
    assert leased(store) == ["two"]
    with store.reading() as session:
        kept = session.get_one(Incoming, first)
        assert (kept.state, kept.reason, kept.words) == ("set_aside", "action_failed", "one")


def test_a_worker_that_stops_gives_back_what_it_holds(store: Store) -> None:
    ash = somebody(store)
    says(store, ash, "one")
    leased(store, worker="stops")
    with store.writing() as session:
        release_leases(session, "stops")
    assert leased(store, worker="next") == ["one"]

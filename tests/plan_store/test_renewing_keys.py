"""Keys are renewed while the house runs; what is killed half way is gone on with."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from plan_store import changing_keys
from plan_store.inviting import find_contact
from plan_store.opening import Store, open_store
from plan_store.sealing import renewing_keys
from plan_store.sealing.keyring import Forgotten, key_of
from plan_store.sealing.master_keys import (
    MasterKeys,
    fresh_master_key,
    keep_master_keys,
    name_of,
    read_master_keys,
)
from plan_store.sealing.renewing_keys import begun, owners, renew, under_each_master
from plan_store.sealing.sealing_what_is_kept import seal_under_newest
from plan_store.settings import StoreSettings
from plan_store.tables import Attachment, Incoming, Person, SealingKey, Statement, now
from tests.plan_store.test_sealing import ADDRESS, FILE_WORDS, NAME, WORDS, everything_in, tells

LATER = timedelta(minutes=11)


def is_whole(store: Store, person_id: str) -> None:
    """Everything of the person is read."""
    with store.reading() as session:
        assert session.get_one(Person, person_id).called == NAME
        assert session.scalars(select(Statement.words)).one() == WORDS
        assert session.scalars(select(Incoming)).one().details == {"value": WORDS}
        assert find_contact(session, "telegram", ADDRESS) is not None
        name = session.scalars(select(Attachment.file)).one()
    assert store.files.read(name or "") == FILE_WORDS


@pytest.fixture
def said(
    store_settings: StoreSettings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> pytest.CaptureFixture[str]:
    monkeypatch.setattr(changing_keys, "StoreSettings", lambda: store_settings)
    return capsys


def test_keys_rotate_brings_every_key_under_a_new_master_key(
    store: Store, store_settings: StoreSettings, said: pytest.CaptureFixture[str]
) -> None:
    person_id = tells(store)
    before = everything_in(store)
    old = read_master_keys(store_settings).newest
    assert changing_keys.main(["rotate"]) == 0
    new = read_master_keys(store_settings).newest
    assert new != old
    assert set(under_each_master(store)) == {new}
    assert new in said.readouterr().out
    # The words are as they were: only the keys have another lock.
    assert everything_in(store).count("s1.") == before.count("s1.")
    other = open_store(store_settings)
    is_whole(other, person_id)
    other.close()
    assert changing_keys.main(["rotate"]) == 0
    other = open_store(store_settings)
    is_whole(other, person_id)
    other.close()


def test_a_rotation_that_was_killed_is_gone_on_with(
    store: Store,
    store_settings: StoreSettings,
    said: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    person_id = tells(store)
    monkeypatch.setattr(renewing_keys, "AT_ONCE", 1)
    unwrap = MasterKeys.unwrap
    calls = []

    def dies_at_the_third(self: MasterKeys, *given: object) -> bytes:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return unwrap(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(MasterKeys, "unwrap", dies_at_the_third)
    with pytest.raises(KeyboardInterrupt):
        changing_keys.main(["rotate"])
    half = under_each_master(store)
    assert len(half) == 2
    newest = read_master_keys(store_settings).newest
    other = open_store(store_settings)
    is_whole(other, person_id)
    other.close()
    assert changing_keys.main(["rotate"]) == 0
    assert set(under_each_master(store)) == {newest}, "no third key was begun"


def test_master_keys_of_the_environment_are_rotated_too(
    store: Store, store_settings: StoreSettings, said: pytest.CaptureFixture[str]
) -> None:
    person_id = tells(store)
    old, new = "5e" * 32, fresh_master_key()
    store_settings.myway_master_keys = type(store_settings.myway_master_keys)(f"{new},{old}")
    keep_master_keys(store_settings, [fresh_master_key()])  # of no use to anybody
    assert changing_keys.main(["rotate"]) == 0
    assert set(under_each_master(store)) == {name_of(bytes.fromhex(new))}
    assert "MYWAY_MASTER_KEYS" in said.readouterr().out
    store_settings.myway_master_keys = type(store_settings.myway_master_keys)(new)
    other = open_store(store_settings)
    is_whole(other, person_id)
    other.close()


def test_a_person_gets_a_new_key_and_the_older_one_is_destroyed_later(store: Store) -> None:
    person_id = tells(store)
    with store.reading() as session:
        old = session.scalars(select(SealingKey.id).where(SealingKey.owner == person_id)).one()
    assert old in everything_in(store)
    done = renew(store, person_id)
    assert (done.rows > 5, done.files, done.destroyed) == (True, 1, 0)
    assert begun(store) == [person_id]
    is_whole(store, person_id)
    done = renewing_keys.go_on(store, person_id, now() + LATER)
    assert (done.rows, done.files, done.destroyed) == (0, 0, 1)
    assert old not in everything_in(store)
    is_whole(store, person_id)


def test_what_an_older_process_sealed_meanwhile_is_found(
    store: Store, store_settings: StoreSettings
) -> None:
    person_id = tells(store)
    slow = open_store(store_settings)
    slow.keys.seal(person_id, b"-")  # it knows the old key, and goes on with it for a minute
    renew(store, person_id)
    with slow.writing() as session:
        session.scalars(select(Statement)).one().words = "a later thought"
    assert renewing_keys.go_on(store, person_id, now() + LATER).rows == 1
    with store.reading() as session:
        assert session.scalars(select(Statement.words)).one() == "a later thought"
        assert (
            len(session.scalars(select(SealingKey).where(SealingKey.owner == person_id)).all()) == 1
        )
    slow.close()


def test_a_new_key_that_was_killed_half_way_is_gone_on_with(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    person_id = tells(store)
    real, calls = seal_under_newest, []

    def dies(*given: object, **more: object) -> int:
        calls.append(1)
        if len(calls) == 6:
            raise KeyboardInterrupt
        return real(*given, **more)  # type: ignore[arg-type]

    with monkeypatch.context() as dying:
        dying.setattr(renewing_keys, "seal_under_newest", dies)
        with pytest.raises(KeyboardInterrupt):
            renew(store, person_id)
    is_whole(store, person_id)
    renew(store, person_id)
    with store.reading() as session:
        keys = session.scalars(select(SealingKey).where(SealingKey.owner == person_id)).all()
    assert len(keys) == 2, "the one that was begun is gone on with"
    newest = max(keys, key=lambda key: key.made_at).id
    assert key_of(store.keys.seal(person_id, b"x")) == newest
    renewing_keys.go_on(store, person_id, now() + LATER)
    is_whole(store, person_id)


def test_everybody_can_get_a_new_key(
    store: Store, store_settings: StoreSettings, said: pytest.CaptureFixture[str]
) -> None:
    person_id = tells(store)
    assert len(owners(store)) == 3, "the person, the alert and the desk"
    assert changing_keys.main(["new", "--all"]) == 0
    for owner in begun(store):
        renewing_keys.go_on(store, owner, now() + LATER)
    assert begun(store) == []
    is_whole(store, person_id)
    assert changing_keys.main(["new", "nobody"]) == 1
    assert changing_keys.main(["what"]) == 2


def test_a_destroyed_key_opens_nothing_in_any_process(
    store: Store, store_settings: StoreSettings
) -> None:
    person_id = tells(store)
    token = store.keys.seal(person_id, WORDS.encode())
    with store.writing() as session:
        session.delete(
            session.scalars(select(SealingKey).where(SealingKey.owner == person_id)).one()
        )
    other = open_store(store_settings)
    with pytest.raises(Forgotten):
        other.keys.open(token)
    other.close()

"""Door links: for a person who is there, for minutes, once; the newest only."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from plan_store.inviting import (
    DOOR_LINK_LASTS,
    main,
    new_door_link,
    new_invite,
    use_invite,
    welcome,
    what_opens,
)
from plan_store.opening import Store
from plan_store.people_of_a_device import come_in, leave, open_chat, open_on, people_on
from plan_store.settings import StoreSettings
from plan_store.tables import Contact, History, Invite, Outgoing, Person, now


def somebody(store: Store) -> str:
    with store.writing() as session:
        return welcome(session, "telegram", "77").person_id


def link(store: Store, person_id: str) -> str:
    with store.writing() as session:
        return new_door_link(session, person_id, made_by="person")


def test_a_door_link_adds_a_door_and_no_person(store: Store) -> None:
    sam = somebody(store)
    code = link(store, sam)
    with store.writing() as session:
        contact = use_invite(session, code, "web", "tablet")
        assert contact is not None
        assert contact.person_id == sam
    with store.reading() as session:
        assert session.scalar(select(func.count(Person.id))) == 1
        told = session.scalars(select(Outgoing)).one()
        # At the door that was used before: nobody comes into a chat unseen.
        assert (told.key, told.contact_id) == ("other_door_opened", contact.id - 1)
        assert session.scalars(select(History.what)).all() == ["comes_by_another_door"]


def test_used_by_many_at_once_it_opens_one_door(store: Store) -> None:
    sam = somebody(store)
    code = link(store, sam)

    def use(number: int) -> bool:
        with store.writing() as session:
            return use_invite(session, code, "web", f"tablet {number}") is not None

    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(use, range(6))).count(True) == 1
    with store.reading() as session:
        assert session.scalar(select(func.count(Contact.id))) == 2


def test_it_ends_soon_and_a_newer_one_ends_it(store: Store) -> None:
    sam = somebody(store)
    with store.writing() as session:
        dee = welcome(session, "telegram", "78").person_id
    older, others, newer = link(store, sam), link(store, dee), link(store, sam)
    with store.reading() as session:
        assert what_opens(session, older) is None
        assert what_opens(session, others) == "door"
        assert what_opens(session, newer) == "door"
        ends = session.scalars(select(Invite.ends_at).order_by(Invite.id.desc())).first()
        assert ends is not None
        assert DOOR_LINK_LASTS - timedelta(minutes=1) < ends - now() <= DOOR_LINK_LASTS


def test_it_ends_no_invite_and_is_not_counted_as_one(
    store: Store,
    store_settings: StoreSettings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sam = somebody(store)
    with store.writing() as session:
        code = new_invite(session, "test")
    link(store, sam)
    with store.reading() as session:
        assert what_opens(session, code) == "invite"
    monkeypatch.setenv("DATABASE_URL", store_settings.store_url)
    assert main(["count"]) == 0
    assert capsys.readouterr().out.strip() == "1"


def test_two_who_open_at_the_same_moment_leave_one_chat_open(store: Store) -> None:
    with store.writing() as session:
        codes = [new_invite(session, "test") for _ in range(4)]
    for code in codes:
        with store.writing() as session:
            assert come_in(session, "k" * 64, code) is not None
    with store.reading() as session:
        ids = [here.id for here in people_on(session, "k" * 64)]

    def opens(here_id: int) -> None:
        with store.writing() as session:
            open_chat(session, here_id)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(opens, ids))
    with store.writing() as session:
        opened = open_on(session, "k" * 64)
        assert opened is not None
        leave(session, opened.id)
        assert open_on(session, "k" * 64) is None

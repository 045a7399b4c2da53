"""Invites: one use, seven days, kept as a hash."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from plan_store.inviting import INVITE_DAYS, is_open, main, new_invite, use_invite
from plan_store.opening import Store
from plan_store.settings import StoreSettings
from plan_store.tables import Invite, Person, now


def invite(store: Store) -> str:
    with store.writing() as session:
        return new_invite(session, made_by="test")


def use(store: Store, code: str, address: str) -> bool:
    with store.writing() as session:
        return use_invite(session, code, "telegram", address) is not None


def test_a_code_lets_one_person_in(store: Store) -> None:
    code = invite(store)
    assert use(store, code, "1")
    assert not use(store, code, "2")


def test_a_code_used_by_many_at_once_lets_one_in(store: Store) -> None:
    code = invite(store)
    with ThreadPoolExecutor(6) as threads:
        results = list(threads.map(lambda n: use(store, code, str(n)), range(6)))
    assert results.count(True) == 1
    with store.reading() as session:
        assert session.scalar(select(func.count(Person.id))) == 1


def test_a_code_typed_by_hand_may_have_spaces_dashes_and_capitals(store: Store) -> None:
    code = invite(store)
    assert use(store, f"{code[:4].upper()}-{code[4:8]} {code[8:]}", "1")


def test_a_code_ends_after_seven_days(store: Store) -> None:
    code = invite(store)
    with store.writing() as session:
        ends = session.scalar(select(Invite.ends_at))
        assert ends is not None
        assert timedelta(days=INVITE_DAYS - 1) < ends - now() <= timedelta(days=INVITE_DAYS)
        session.execute(update(Invite).values(ends_at=now() - timedelta(seconds=1)))
    with store.reading() as session:
        assert not is_open(session, code)
    assert not use(store, code, "1")


def test_the_code_itself_is_nowhere_in_the_store(store: Store) -> None:
    code = invite(store)
    with store.reading() as session:
        assert code not in str(session.scalar(select(Invite.code_hash)))


def test_the_terminal_prints_a_code_that_works(
    store: Store,
    store_settings: StoreSettings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", store_settings.store_url)
    assert main(["new", "--plain"]) == 0
    assert use(store, capsys.readouterr().out.strip(), "1")


def test_a_word_that_is_no_command_makes_no_invite(
    store: Store, store_settings: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", store_settings.store_url)
    assert main(["list"]) == 2
    with store.reading() as session:
        assert session.scalars(select(Invite)).all() == []
    assert main([]) == 0
    assert main(["new", "--plain"]) == 0
    with store.reading() as session:
        assert len(session.scalars(select(Invite)).all()) == 2

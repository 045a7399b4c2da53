"""Under 16 somebody agrees first; the invite carries who, and opens the page only."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from plan_store.becoming_sixteen import (
    TooYoung,
    check_can_come_by,
    is_under_16,
    month_of,
    month_they_become_16,
    months_before,
)
from plan_store.causes import Cause
from plan_store.forgetting import forget
from plan_store.inviting import is_open, new_door_link, new_invite, use_invite
from plan_store.inviting_under_16 import Agreed, NobodyAgreed, invite_under_16
from plan_store.opening import Store
from plan_store.reading_rights import read_rights
from plan_store.retaining import apply, read_retention
from plan_store.roles import Viewer
from plan_store.showing import everything_about
from plan_store.tables import Agreement, Invite, Person, SealingKey, now
from tests.plan_store.test_roles import account
from tests.plan_store.test_sealing import everything_in

JOAN = Agreed("Joan Marmalade", "his mother", "in_person", now().date())


def ann(store: Store) -> Viewer:
    return account(store, "ann", "facilitator")


def soon() -> date:
    """Next month: whoever becomes 16 then is 15 now, whatever the day."""
    return months_before(now())[1]


def invited(store: Store, month: date | None = None, agreed: Agreed = JOAN) -> str:
    who = ann(store).id
    with store.writing() as session:
        return invite_under_16(session, who, month or soon(), agreed)


def comes(store: Store, code: str, door: str = "web", address: str = "kit") -> str | None:
    with store.writing() as session:
        contact = use_invite(session, code, door, address)
        return contact.person_id if contact else None


def test_the_months_begin_with_this_one_and_reach_back_to_thirteen() -> None:
    months = months_before(datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert (months[0], months[1], months[2]) == (
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    )
    assert months[-1] == date(2029, 11, 1)


@pytest.mark.parametrize(
    ("moment", "under"),
    [
        (datetime(2027, 2, 28, 12, tzinfo=UTC), True),
        (datetime(2027, 3, 1, 0, tzinfo=UTC), True),
        (datetime(2027, 3, 31, 22, 59, tzinfo=UTC), True),
        # London's clocks are on summer time by then: its April begins at 23:00.
        (datetime(2027, 3, 31, 23, 0, tzinfo=UTC), False),
        (datetime(2027, 4, 1, 12, tzinfo=UTC), False),
    ],
)
def test_they_count_as_16_when_their_month_is_over_in_london(moment: datetime, under: bool) -> None:
    assert is_under_16(date(2027, 3, 1), moment) is under
    assert is_under_16(None, moment) is False
    if under:
        with pytest.raises(TooYoung):
            check_can_come_by("telegram", date(2027, 3, 1), moment)
    else:
        check_can_come_by("telegram", date(2027, 3, 1), moment)
    check_can_come_by("web", date(2027, 3, 1), moment)


@pytest.mark.parametrize(
    ("agreed", "month", "missing"),
    [
        (Agreed("", "mother", "in_person", now().date()), soon(), {"name": "missing"}),
        (Agreed("Joan", " ", "in_person", now().date()), soon(), {"relation": "missing"}),
        (Agreed("Joan", "mother", "by_magic", now().date()), soon(), {"how": "missing"}),
        (Agreed("Joan", "mother", "in_person", None), soon(), {"on": "missing"}),
        (
            Agreed("Joan", "mother", "in_person", now().date() + timedelta(days=2)),
            soon(),
            {"on": "to_come"},
        ),
        (Agreed("J" * 121, "mother", "in_person", now().date()), soon(), {"name": "too_long"}),
        (JOAN, None, {"month": "missing"}),
        (JOAN, date(2001, 1, 1), {"month": "missing"}),
        (JOAN, soon().replace(day=2), {"month": "missing"}),
    ],
)
def test_without_who_agreed_there_is_no_invite(
    store: Store, agreed: Agreed, month: date | None, missing: dict[str, str]
) -> None:
    who = ann(store).id
    with pytest.raises(NobodyAgreed) as refused, store.writing() as session:
        invite_under_16(session, who, month, agreed)
    assert refused.value.missing == missing
    with store.reading() as session:
        assert session.scalars(select(Invite)).all() == []
        assert session.scalars(select(Agreement)).all() == []


def test_who_agreed_goes_with_the_invite_to_the_person(store: Store) -> None:
    code = invited(store)
    kit = comes(store, code)
    assert kit is not None
    with store.reading() as session:
        rights = read_rights(session, kit)
        assert rights.becomes_16 == soon()
        assert rights.agreed is not None
        assert (
            rights.agreed.name,
            rights.agreed.relation,
            rights.agreed.how,
            rights.agreed.by,
        ) == (
            "Joan Marmalade",
            "his mother",
            "in_person",
            "ann",
        )
        assert rights.agreed.on == now().date()
        shown = everything_about(session, kit)
    assert shown is not None
    assert [row["name"] for row in shown["agreement"]] == ["Joan Marmalade"]
    assert shown["coming_of_age"][0]["month"] == soon().isoformat()


def test_telegram_does_not_open_and_the_code_still_opens_the_page(store: Store) -> None:
    code = invited(store)
    with pytest.raises(TooYoung):
        comes(store, code, "telegram", "77")
    with store.reading() as session:
        assert is_open(session, code)
        assert session.scalars(select(Person)).all() == []
    kit = comes(store, code)
    assert kit is not None
    with store.writing() as session:
        link = new_door_link(session, kit, made_by="person")
    with pytest.raises(TooYoung):
        comes(store, link, "telegram", "77")
    assert comes(store, link, "web", "another tablet") == kit


def test_whoever_is_16_or_over_comes_by_telegram_and_has_no_month(store: Store) -> None:
    with store.writing() as session:
        code = new_invite(session, made_by="test")
    sam = comes(store, code, "telegram", "77")
    assert sam is not None
    with store.reading() as session:
        assert month_they_become_16(session, sam) is None
        assert read_rights(session, sam).agreed is None


def test_the_name_stands_nowhere_in_the_clear_and_goes_with_the_person(store: Store) -> None:
    kit = comes(store, invited(store))
    assert kit is not None
    assert "Marmalade" not in everything_in(store)
    assert "his mother" not in everything_in(store)
    with store.reading() as session:
        assert len(_keys_of_agreements(store)) == 1
        token = store.keys.seal(session.scalars(select(Agreement.sealed_by_key)).one(), b"Joan")
    assert store.keys.open(token) == b"Joan"
    with store.writing() as session:
        forget(session, kit, Cause(kit, "person"))
    assert _keys_of_agreements(store) == []
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM agreement")) == 0
        assert connection.scalar(text("SELECT count(*) FROM coming_of_age")) == 0


def test_who_agreed_for_somebody_who_never_came_goes_with_the_invite(store: Store) -> None:
    invited(store)
    with store.writing() as session:
        session.execute(update(Invite).values(ends_at=now() - timedelta(days=29)))
    apply(store, read_retention())
    assert len(_keys_of_agreements(store)) == 1
    apply(store, read_retention(), now() + timedelta(days=2))
    assert _keys_of_agreements(store) == []
    with store.reading() as session:
        assert session.scalars(select(Agreement)).all() == []
        assert session.scalars(select(Invite)).all() == []


def test_an_invite_that_is_over_lets_who_agreed_stay_with_the_person(store: Store) -> None:
    kit = comes(store, invited(store))
    apply(store, read_retention(), now() + timedelta(days=40))
    with store.reading() as session:
        assert session.scalars(select(Invite)).all() == []
        agreed = read_rights(session, kit or "").agreed
        assert agreed is not None
        assert agreed.name == "Joan Marmalade"


def test_this_months_children_are_under_16_until_it_is_over(store: Store) -> None:
    kit = comes(store, invited(store, month_of(now())))
    with store.reading() as session:
        assert is_under_16(month_they_become_16(session, kit or ""), now())


def _keys_of_agreements(store: Store) -> list[str]:
    with store.reading() as session:
        return list(
            session.scalars(
                select(SealingKey.owner).where(SealingKey.owner.startswith("agreement:"))
            )
        )

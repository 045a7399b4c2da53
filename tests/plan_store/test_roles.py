"""Who may see whom: the pure rule, and the same rule as the condition of a query, never differ."""

import itertools
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.inviting import new_invite, use_invite
from plan_store.opening import Store
from plan_store.reaching_people import (
    access_alert_by_viewer,
    access_person_by_viewer,
    access_person_to_answer,
    around,
    facilitators_of,
    give_person,
    seen_by,
    take_person_back,
)
from plan_store.roles import (
    NOT_YOUR_PERSON,
    NOT_YOUR_ROLE,
    ROLES,
    Around,
    MayNot,
    Viewer,
    can,
    can_answer_person,
    check_can,
    check_can_answer_person,
    check_can_see_person,
    roles_from,
)
from plan_store.tables import Caseload, Person
from tests.review.people import is_in_danger, somebody

MINE, ALERTED = Around(frozenset({1}), False), Around(frozenset(), True)
NOBODYS, OTHERS = Around(frozenset(), False), Around(frozenset({2}), False)


def viewer(*roles: str, id: int = 1) -> Viewer:  # noqa: A002
    return Viewer(id, frozenset(roles))


def every_set_of_roles() -> Iterator[tuple[str, ...]]:
    for many in range(len(ROLES) + 1):
        yield from itertools.combinations(ROLES, many)


def account(store: Store, name: str, *roles: str) -> Viewer:
    with store.writing() as session:
        made = make_account(session, new_desk_key(session, roles), name, f"{name}@x.org", "-")
        return Viewer(made.id, frozenset(roles))


@pytest.mark.parametrize(
    ("role", "sees", "answers"),
    [
        ("facilitator", {MINE}, {MINE}),
        ("safeguarding_lead", {ALERTED}, set()),
        ("manager", {MINE, ALERTED, NOBODYS, OTHERS}, {MINE, ALERTED, NOBODYS, OTHERS}),
        ("administrator", set(), set()),
    ],
)
def test_whom_each_role_sees_and_answers(
    role: str, sees: set[Around], answers: set[Around]
) -> None:
    for person in (MINE, ALERTED, NOBODYS, OTHERS):
        assert can_answer_person(viewer(role), person) == (person in answers)
        if person in sees:
            check_can_see_person(viewer(role), person)
        else:
            with pytest.raises(MayNot):
                check_can_see_person(viewer(role), person)


def test_the_reason_of_a_refusal_is_told() -> None:
    with pytest.raises(MayNot, match="not_signed_in"):
        check_can(None, "invite")
    with pytest.raises(MayNot, match=NOT_YOUR_ROLE):
        check_can(viewer("administrator"), "invite")
    with pytest.raises(MayNot, match=NOT_YOUR_PERSON):
        check_can_see_person(viewer("facilitator"), OTHERS)
    with pytest.raises(MayNot, match=NOT_YOUR_ROLE):
        check_can_answer_person(viewer("safeguarding_lead"), ALERTED)


def test_every_permission_is_somebodys() -> None:
    everything = frozenset().union(*ROLES.values())
    assert viewer(*ROLES).may == everything
    assert not any(can(viewer(), what) for what in everything)


def test_roles_are_read_from_a_list() -> None:
    assert roles_from("manager, facilitator,manager") == ("manager", "facilitator")
    for wrong in ("", "king", "manager,king"):
        with pytest.raises(ValueError, match="A role is one of"):
            roles_from(wrong)


def test_the_query_and_the_rule_agree_for_every_set_of_roles(store: Store) -> None:
    ann, bob = account(store, "ann", "facilitator"), account(store, "bob", "facilitator")
    mine, alerted, nobodys, others, both = (somebody(store, name) for name in "MANOB")
    for person_id in (alerted, both):
        is_in_danger(store, person_id, "help me")
    with store.writing() as session:
        for person_id, who in ((mine, ann), (both, ann), (others, bob)):
            give_person(session, Cause.by_click(person_id, who.id, "c" * 32), who.id)
    for roles in every_set_of_roles():
        asks = Viewer(ann.id, frozenset(roles))
        with store.reading() as session:
            listed = set(session.scalars(select(Person.id).where(seen_by(asks))))
            opened = set()
            for person_id in (mine, alerted, nobodys, others, both):
                try:
                    access_person_by_viewer(session, asks, person_id)
                except MayNot:
                    continue
                opened.add(person_id)
        assert listed == opened, roles


def test_a_person_is_given_and_taken_back_and_both_stay_in_the_record(store: Store) -> None:
    ann = account(store, "ann", "facilitator")
    sam = somebody(store)
    cause = Cause.by_click(sam, ann.id, "c" * 32)
    with store.writing() as session:
        assert give_person(session, cause, ann.id)
        assert not give_person(session, cause, ann.id)
        assert facilitators_of(session, sam) == [(ann.id, "ann")]
        access_person_to_answer(session, ann, sam)
    with store.writing() as session:
        assert take_person_back(session, cause, ann.id)
        assert not take_person_back(session, cause, ann.id)
        with pytest.raises(MayNot, match=NOT_YOUR_PERSON):
            access_person_to_answer(session, ann, sam)
        assert give_person(session, cause, ann.id)
    with store.reading() as session:
        rows = list(session.scalars(select(Caseload).order_by(Caseload.id)))
        assert [row.until is None for row in rows] == [False, True]


def test_whom_somebody_invited_comes_to_them(store: Store) -> None:
    ann, max_ = account(store, "ann", "facilitator"), account(store, "max", "manager")
    with store.writing() as session:
        for maker, door in ((ann, "a"), (max_, "b")):
            code = new_invite(session, made_by=f"facilitator:{maker.id}")
            assert use_invite(session, code, "terminal", door) is not None
        code = new_invite(session, made_by="terminal")
        assert use_invite(session, code, "terminal", "c") is not None
    with store.reading() as session:
        mine = list(session.scalars(select(Person.id).where(seen_by(ann))))
        assert len(mine) == 1
        assert around(session, mine[0]) == Around(frozenset({ann.id}), False)
        assert len(list(session.scalars(select(Person.id).where(seen_by(max_))))) == 3


def test_an_alert_is_reached_only_with_its_own_person(store: Store) -> None:
    lead = account(store, "lea", "safeguarding_lead")
    sam, zoe = somebody(store, "Sam"), somebody(store, "Zoe")
    sams, zoes = (is_in_danger(store, person_id, "help me") for person_id in (sam, zoe))
    with store.reading() as session:
        assert access_alert_by_viewer(session, lead, sam, sams).id == sams
        for person_id, alert_id in ((sam, zoes), (zoe, sams), ("nobody", sams), (sam, 999)):
            with pytest.raises(MayNot):
                access_alert_by_viewer(session, lead, person_id, alert_id)

"""The day on which they are 16: told once, what was agreed for them ends, family is asked again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from plan_store.becoming_sixteen import (
    FAMILY_STILL,
    NotYet,
    answers_about_family,
    become_16,
    becomes_16,
    family_is_due,
    is_under_16,
    month_of,
    month_they_become_16,
    months_before,
)
from plan_store.causes import Cause
from plan_store.inviting import use_invite
from plan_store.opening import Store
from plan_store.reading_rights import read_rights
from plan_store.sharing import open_sharings
from plan_store.tables import ComingOfAge, History, Incoming, Invite, Outgoing, Place, now
from tests.plan_store.telling_a_plan import Teller
from tests.plan_store.test_inviting_under_16 import invited

LAST_DAY = datetime(2027, 3, 31, 22, 59, tzinfo=UTC)
FIRST_DAY = datetime(2027, 3, 31, 23, 0, tzinfo=UTC)
MARCH = date(2027, 3, 1)


def young(store: Store, month: date = MARCH) -> Teller:
    """Somebody under 16, who came by an invite and talks on the page."""
    code = invited(store)
    with store.writing() as session:
        contact = use_invite(session, code, "web", "kit")
        assert contact is not None
        session.get_one(ComingOfAge, contact.person_id).month = month
        session.get_one(Place, contact.person_id).serial = 4
    return Teller(store, None, contact.person_id)


def told(store: Store) -> list[str]:
    with store.reading() as session:
        return list(session.scalars(select(Outgoing.key).order_by(Outgoing.id)))


def sees(store: Store, item_id: int) -> set[str]:
    with store.reading() as session:
        return {row.audience for row in open_sharings(session, item_id)}


def place(store: Store, kit: Teller) -> Place:
    with store.reading() as session:
        return session.get_one(Place, kit.person_id)


def is_asked(store: Store, kit: Teller, question: str | None = "ask_work_hope") -> None:
    with store.writing() as session:
        there = session.get_one(Place, kit.person_id)
        there.question, there.expecting = question, "words" if question else "nothing"


def test_on_the_last_day_nothing_happens_and_on_the_next_all_of_it_once(store: Store) -> None:
    kit = young(store)
    assert become_16(store, LAST_DAY) == 0
    assert told(store) == []
    assert become_16(store, FIRST_DAY) == 1
    assert told(store) == ["sixteen_now"]
    for later in (FIRST_DAY, FIRST_DAY + timedelta(seconds=30), FIRST_DAY + timedelta(days=400)):
        assert become_16(store, later) == 0
    assert told(store) == ["sixteen_now"]
    with store.reading() as session:
        rights = read_rights(session, kit.person_id)
        assert (rights.becomes_16, rights.came_at, rights.family) == (None, FIRST_DAY, "none")
        assert rights.agreed is not None
        assert rights.agreed.ended_at == FIRST_DAY
        assert not is_under_16(month_they_become_16(session, kit.person_id), LAST_DAY)
        noted = session.scalars(select(History.what).where(History.who == "computer")).all()
        assert noted == ["becomes_16"]


def test_somebody_who_never_said_a_word_is_told_nothing(store: Store) -> None:
    kit = young(store)
    with store.writing() as session:
        session.get_one(Place, kit.person_id).serial = 0
    assert become_16(store, FIRST_DAY) == 1
    assert told(store) == []


def test_family_is_asked_about_and_sees_it_until_they_answer(store: Store) -> None:
    kit = young(store)
    shared = kit.tells("home", "family", hope="a flat")
    become_16(store, FIRST_DAY)
    assert told(store) == ["sixteen_now_family"]
    assert sees(store, shared) == {"facilitator", "family"}
    there = place(store, kit)
    assert (there.expecting, there.question) == ("confirm", FAMILY_STILL)
    with store.reading() as session:
        (message,) = session.scalars(select(Outgoing)).all()
        assert message.serial == there.serial, "its buttons are answers to it"
        assert read_rights(session, kit.person_id).family == "waits"


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("still", [{"facilitator", "family"}, {"facilitator", "family", "circle"}]),
        ("not", [{"facilitator"}, {"facilitator", "circle"}]),
    ],
)
def test_their_answer_holds_for_family_and_nobody_else(
    store: Store, answer: str, left: list[set[str]]
) -> None:
    kit = young(store)
    two = [kit.tells("home", "family", hope="a flat"), kit.tells("health", "all", hope="swim")]
    private = kit.tells("friends_community", "me", hope="a secret")
    become_16(store, FIRST_DAY)
    cause = Cause.message(kit.person_id, kit.sends("that"))
    with store.writing() as session:
        answers_about_family(session, cause, answer)
    assert [sees(store, item) for item in two] == left
    assert sees(store, private) == set()
    with store.reading() as session:
        rights = read_rights(session, kit.person_id)
        assert rights.family == answer
        assert not family_is_due(session, kit.person_id, FIRST_DAY + timedelta(days=9))
        said = select(History.incoming_id).where(History.what == f"family_{answer}")
        assert session.scalars(said).one() == cause.incoming_id


def test_an_open_question_is_not_taken_away_and_family_is_asked_about_after_it(
    store: Store,
) -> None:
    kit = young(store)
    kit.tells("home", "family", hope="a flat")
    is_asked(store, kit)
    become_16(store, FIRST_DAY)
    become_16(store, FIRST_DAY + timedelta(minutes=1))
    assert told(store) == ["sixteen_now"]
    assert place(store, kit).question == "ask_work_hope"
    is_asked(store, kit, None)
    become_16(store, FIRST_DAY + timedelta(minutes=2))
    become_16(store, FIRST_DAY + timedelta(minutes=3))
    assert told(store) == ["sixteen_now", FAMILY_STILL]


def test_with_somebody_there_it_waits(store: Store) -> None:
    kit = young(store)
    kit.tells("home", "family", hope="a flat")
    with store.writing() as session:
        session.get_one(Place, kit.person_id).with_somebody = True
    become_16(store, FIRST_DAY)
    become_16(store, FIRST_DAY + timedelta(minutes=1))
    assert told(store) == ["sixteen_now"]


def test_what_they_have_just_said_is_heard_first(store: Store) -> None:
    kit = young(store)
    kit.tells("home", "family", hope="a flat")
    with store.writing() as session:
        session.get_one(Incoming, kit.sends("and a dog")).state = "waiting"
    become_16(store, FIRST_DAY)
    assert told(store) == ["sixteen_now"]


def test_left_unanswered_it_is_due_again_another_day_and_not_before(store: Store) -> None:
    kit = young(store)
    kit.tells("home", "family", hope="a flat")
    become_16(store, FIRST_DAY)
    with store.reading() as session:
        for hours, due in ((1, False), (19, False), (21, True)):
            at = FIRST_DAY + timedelta(hours=hours)
            assert family_is_due(session, kit.person_id, at) is due


def test_who_stopped_sharing_meanwhile_is_not_asked(store: Store) -> None:
    kit = young(store)
    item = kit.tells("home", "family", hope="a flat")
    become_16(store, FIRST_DAY)
    kit.agrees(item, "me")
    with store.reading() as session:
        assert not family_is_due(session, kit.person_id, FIRST_DAY + timedelta(days=2))


def test_a_facilitator_who_knows_the_day_need_not_wait_for_the_end_of_the_month(
    store: Store,
) -> None:
    kit = young(store)
    cause = Cause.by_click(kit.person_id, 1, "c" * 32)
    with pytest.raises(NotYet), store.writing() as session:
        becomes_16(session, cause, datetime(2027, 2, 27, 12, tzinfo=UTC))
    with pytest.raises(NotYet), store.writing() as session:
        becomes_16(session, Cause(kit.person_id, "computer"), LAST_DAY)
    day = datetime(2027, 3, 9, 12, tzinfo=UTC)
    with store.writing() as session:
        assert becomes_16(session, cause, day)
        assert not becomes_16(session, cause, day)
    assert become_16(store, FIRST_DAY) == 0
    assert told(store) == ["sixteen_now"]


def test_after_it_telegram_opens(store: Store) -> None:
    before = month_of(now())
    code = invited(store, months_before(now())[1])
    with store.writing() as session:
        # The month came while the invite waited.
        last = before - timedelta(days=1)
        session.scalars(select(Invite)).one().sixteen_in = last.replace(day=1)
        contact = use_invite(session, code, "telegram", "77")
        assert contact is not None
    assert become_16(store) == 1, "and they are known to be 16 at the next look"

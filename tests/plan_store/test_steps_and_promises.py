"""Steps, promises and notes: who may do what with them, and what the chat says of it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from bot.saying_what_was_decided import decided
from plan_store.deciding import NotAllowed
from plan_store.noting_for_staff import write_note
from plan_store.opening import Store
from plan_store.promising import end_promise, late_promises, tell_what_is_late
from plan_store.proposing_outcomes import rest_or_go_on
from plan_store.reading_what_is_agreed import agreed_of
from plan_store.reading_what_was_made import notes_of
from plan_store.sharing import NotShared, share
from plan_store.tables import (
    Aspiration,
    Outgoing,
    Promise,
    StaffNote,
    Step,
    now,
)
from plan_store.taking_a_click import Changed, NothingToSay
from plan_store.taking_steps import (
    NoDay,
    NoOwner,
    Owner,
    deal_with_step,
    due_step,
    open_steps,
    write_step,
)
from plan_store.what_waits import pressing
from tests.plan_store.deciding_people import (
    WORDS,
    Deciding,
    agreed,
    click,
    in_days,
    keys,
    promises,
    says,
    somebody_who_hopes,
    writes_step,
)
from tests.review.people import hopes


@pytest.fixture
def sam(store: Store) -> Deciding:
    return somebody_who_hopes(store)


def test_a_step_of_theirs_is_theirs_to_tick(sam: Deciding) -> None:
    step_id = writes_step(sam, agreed(sam))
    assert sam.outcome().status == "active"
    assert sam.questions()[-1] == ("step", "waiting")
    with pytest.raises(ValueError, match="ticks_for_staff"), sam.store.writing() as session:
        deal_with_step(session, sam.by_ann(), sam.hope_id, sam.version, step_id, "ticks_for_staff")
    assert says(sam, step_id, "needs_help").whose_turn == "facilitator"
    with sam.store.reading() as session:
        assert [why.kind for _, why in pressing(session, now()) if why.kind == "step"] == ["step"]
    with sam.store.writing() as session:
        deal_with_step(session, sam.by_ann(), sam.hope_id, sam.version, step_id, "helps")
    ticked = says(sam, step_id, "ticks")
    assert (ticked.status, ticked.whose_turn) == ("completed", "nobody")
    assert ticked.ticked_at is not None
    with pytest.raises(NotAllowed):
        says(sam, step_id, "ticks")
    assert says(sam, step_id, "unticks").ticked_at is None


def test_a_step_of_staff_or_of_somebody_named_is_ticked_at_the_desk(sam: Deciding) -> None:
    outcome_id = agreed(sam)
    for who in ("facilitator", "named"):
        step_id = writes_step(sam, outcome_id, who)
        with sam.store.writing() as session:
            deal_with_step(
                session, sam.by_ann(), sam.hope_id, sam.version, step_id, "ticks_for_staff"
            )
            assert session.get_one(Step, step_id).status == "completed"
    with sam.store.reading() as session:
        ((made,),) = agreed_of(session, sam.person_id).values()
        assert open_steps(session, sam.person_id) == []
    assert [step.by for step in made.steps] == ["Ann", "Aunt Jo"]


def test_steps_need_somebody_a_day_and_a_yes_to_the_outcome(sam: Deciding) -> None:
    sam.proposes(WORDS)
    outcome_id = sam.outcome().id
    tries: list[tuple[type[Exception], str, Owner, int, str]] = [
        (NotAllowed, "Ring", Owner("person"), 1, "not agreed"),
        (NoOwner, "Ring", Owner("named", " "), 1, "nobody"),
        (NoOwner, "Ring", Owner("they"), 1, "unknown"),
        (NoDay, "Ring", Owner("person"), -2, "past"),
        (NothingToSay, "  ", Owner("person"), 1, "empty"),
    ]
    for refused, words, owner, days, _ in tries:
        with pytest.raises(refused), sam.store.writing() as session:
            write_step(
                session,
                sam.by_ann(),
                sam.hope_id,
                sam.version,
                outcome_id,
                words,
                owner,
                in_days(days),
            )
    with sam.store.reading() as session:
        assert session.scalar(select(func.count(Step.id))) == 0


def test_a_step_whose_day_has_come_is_asked_about_once_a_day(sam: Deciding) -> None:
    step_id = writes_step(sam, agreed(sam), days=2)
    with sam.store.writing() as session:
        assert due_step(session, sam.person_id) is None
        then = now() + timedelta(days=3)
        due = due_step(session, sam.person_id, then)
        assert due is not None
        assert due.id == step_id
        due.asked_at = then
        session.flush()
        assert due_step(session, sam.person_id, then + timedelta(hours=3)) is None
        assert due_step(session, sam.person_id, then + timedelta(days=1)) is not None


def test_a_step_of_a_hope_that_is_private_now_is_not_asked_about(sam: Deciding) -> None:
    writes_step(sam, agreed(sam), days=0)
    cause = sam.by_sam("stop sharing")
    with sam.store.writing() as session:
        assert due_step(session, sam.person_id) is not None
        share(session, cause, session.get_one(Aspiration, sam.hope_id), "me")
    with sam.store.writing() as session:
        assert due_step(session, sam.person_id) is None


@pytest.mark.parametrize(
    ("how", "status", "key"),
    [("keeps", "kept", "promise_kept"), ("could_not", "could-not", "promise_could_not")],
)
def test_a_promise_ends_with_words(sam: Deciding, how: str, status: str, key: str) -> None:
    made = promises(sam)
    with pytest.raises(NothingToSay), sam.store.writing() as session:
        end_promise(session, sam.by_ann(), made, 1, how, " ")
    with sam.store.writing() as session:
        end_promise(session, sam.by_bob(), made, 1, how, "They have no room this year.")
    assert keys(sam) == ["promise_made", key]
    with sam.store.reading() as session:
        row = session.scalars(select(Promise)).one()
    assert (row.status, row.ending, row.whose_turn) == (
        status,
        "They have no room this year.",
        "nobody",
    )
    with pytest.raises(Changed), sam.store.writing() as session:
        end_promise(session, sam.by_ann(), made, 1, "keeps", "again")
    with pytest.raises(NotAllowed), sam.store.writing() as session:
        end_promise(session, sam.by_ann(), made, 2, "keeps", "again")


def test_a_late_promise_is_told_once_in_the_daytime_and_waits_on_the_desk(sam: Deciding) -> None:
    promises(sam)
    noon = now().replace(hour=12, minute=0) + timedelta(days=3)
    night = noon.replace(hour=2)
    with sam.store.writing() as session:
        assert tell_what_is_late(session, noon - timedelta(days=3)) == 0
        assert tell_what_is_late(session, night) == 0
        assert tell_what_is_late(session, noon) == 1
        assert tell_what_is_late(session, noon + timedelta(days=1)) == 0
        waits = [why for _, why in pressing(session, noon) if why.kind == "promise"]
    assert keys(sam) == ["promise_made", "promise_late"]
    assert [why.late for why in waits] == [True]


def test_a_promise_about_a_hope_that_is_private_now_rests(sam: Deciding) -> None:
    promises(sam)
    cause = sam.by_sam("stop sharing")
    later = now() + timedelta(days=3)
    with sam.store.writing() as session:
        share(session, cause, session.get_one(Aspiration, sam.hope_id), "me")
        session.flush()
        assert late_promises(session, later) == []


def test_a_note_is_apart_and_kept_once(sam: Deciding) -> None:
    key = click()
    for _ in range(2):
        with sam.store.writing() as session:
            write_note(session, sam.by_ann(key), "Likes to be asked in the morning.")
    with sam.store.reading() as session:
        (note,) = notes_of(session, sam.person_id)
        assert session.scalar(select(func.count(StaffNote.id))) == 1
        assert session.scalar(select(func.count(Outgoing.id))) == 0
    assert (note.by, note.words) == ("Ann", "Likes to be asked in the morning.")


def test_the_end_of_a_promise_is_signed_by_who_wrote_it(sam: Deciding) -> None:
    made = promises(sam)
    with sam.store.writing() as session:
        end_promise(session, sam.by_bob(), made, 1, "keeps", "Yes, there is.")
        filling = decided(session, "words", "promise", made)
    assert (filling["facilitator"], filling["writer"]) == ("Ann", "Bob")


def test_a_promise_about_what_is_private_now_is_ended_by_nobody(sam: Deciding) -> None:
    made = promises(sam)
    cause = sam.by_sam("stop sharing")
    with sam.store.writing() as session:
        share(session, cause, session.get_one(Aspiration, sam.hope_id), "me")
    with pytest.raises(NotShared), sam.store.writing() as session:
        end_promise(session, sam.by_ann(), made, 1, "keeps", "Yes.")


def test_a_step_is_dealt_with_under_its_own_hope(sam: Deciding) -> None:
    step_id = writes_step(sam, agreed(sam))
    other = hopes(sam.store, sam.person_id, "I want to swim")
    with sam.store.reading() as session:
        version = session.get_one(Aspiration, other).version
    with pytest.raises(NoResultFound), sam.store.writing() as session:
        deal_with_step(session, sam.by_ann(), other, version, step_id, "drops")


def test_the_second_click_of_a_double_one_finds_it_done(sam: Deciding) -> None:
    outcome_id = agreed(sam)
    step_id, made, version = writes_step(sam, outcome_id), promises(sam), sam.version
    first, second, third = click(), click(), click()
    for _ in range(2):
        with sam.store.writing() as session:
            deal_with_step(session, sam.by_ann(first), sam.hope_id, version, step_id, "drops")
    version = sam.version
    for _ in range(2):
        with sam.store.writing() as session:
            rest_or_go_on(session, sam.by_ann(second), sam.hope_id, version, outcome_id)
            end_promise(session, sam.by_ann(third), made, 1, "keeps", "Yes.")
    assert sam.outcome().status == "on-hold"
    assert keys(sam).count("promise_kept") == 1

"""The table of moves: whole, drawn, and kept to by a walk that tries what is forbidden."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plan_store.deciding import (
    COMPUTER,
    FACILITATOR,
    MOVES,
    NO_SUCH_MOVE,
    NOBODY,
    NOT_NOW,
    NOT_THEIRS,
    NOT_YET,
    PERSON,
    THINGS,
    NotAllowed,
    can_move,
    check_can_move,
    statuses,
)
from plan_store.drawing_the_moves import FILE, drawn

WHO = (PERSON, FACILITATOR, COMPUTER)
# HL7 FHIR R4: the codes of a goal's life cycle, and of an activity in a plan of care.
GOAL = {
    *("proposed", "planned", "accepted", "active", "on-hold", "completed", "cancelled"),
    *("entered-in-error", "rejected"),
}
ACTIVITY = {
    *("not-started", "scheduled", "in-progress", "on-hold", "completed", "cancelled", "stopped"),
}


def test_the_diagram_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == drawn()


@pytest.mark.parametrize("thing", THINGS)
def test_every_status_can_be_reached_and_begins_once(thing: str) -> None:
    reached, more = {NOT_YET}, True
    while more:
        found = {
            move.after or status
            for status in reached
            for move in MOVES
            if move.thing == thing and status in move.before
        }
        more = not found <= reached
        reached |= found
    assert reached == {NOT_YET, *statuses(thing)}
    assert all(move.after for move in MOVES if NOT_YET in move.before)


def test_one_line_at_most_speaks_of_each_move_from_each_status() -> None:
    seen = [(move.thing, move.what, move.by, status) for move in MOVES for status in move.before]
    assert len(seen) == len(set(seen))


def test_statuses_are_those_of_the_field() -> None:
    assert set(statuses("aspiration")) | set(statuses("outcome")) <= GOAL
    assert set(statuses("step")) <= ACTIVITY


def test_only_the_person_agrees_and_judges() -> None:
    theirs = {"agrees", "refuses", "says_otherwise", "happened", "happened_partly"}
    assert {move.by for move in MOVES if move.what in theirs} == {PERSON}
    done = [move for move in MOVES if move.thing == "outcome" and move.after == "completed"]
    assert {move.by for move in done} == {PERSON}
    # What is over is nobody's turn.
    over = {"completed", "cancelled", "kept", "could-not"}
    assert {move.turn for move in MOVES if move.after in over} == {NOBODY}


def test_the_reason_is_told() -> None:
    for asked, reason in (
        (("outcome", "flies", PERSON, "proposed"), NO_SUCH_MOVE),
        (("outcome", "agrees", FACILITATOR, "proposed"), NOT_THEIRS),
        (("outcome", "agrees", PERSON, "completed"), NOT_NOW),
    ):
        with pytest.raises(NotAllowed) as refused:
            check_can_move(*asked)
        assert refused.value.reason == reason
        assert not can_move(*asked)


@settings(max_examples=200, deadline=None)
@given(
    thing=st.sampled_from(THINGS),
    tries=st.lists(
        st.tuples(st.sampled_from([move.what for move in MOVES]), st.sampled_from(WHO)),
        max_size=40,
    ),
)
def test_a_walk_never_leaves_the_table(thing: str, tries: list[tuple[str, str]]) -> None:
    status, turn = NOT_YET, NOBODY
    for what, by in tries:
        lines = [
            move
            for move in MOVES
            if (move.thing, move.what, move.by) == (thing, what, by) and status in move.before
        ]
        assert can_move(thing, what, by, status) == bool(lines)
        if not lines:
            with pytest.raises(NotAllowed):
                check_can_move(thing, what, by, status)
            continue
        (line,) = lines
        assert check_can_move(thing, what, by, status) == line
        status, turn = line.after or status, line.turn or turn
        assert status in statuses(thing)
    # An end has no way out but undoing a tick, and turning to a hope that happened once more.
    for what, by in product([move.what for move in MOVES], WHO):
        if status in {"cancelled", "kept", "could-not"} and can_move(thing, what, by, status):
            assert (thing, what) == ("aspiration", "edits")

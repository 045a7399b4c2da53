"""Deciding together: what may follow what, who may do it, and whose turn it is then.

Comes in: a thing's status, a move, and who makes it. Goes out: the next status and whose turn it
is; or `NotAllowed` with the reason. No store stands behind it; docs/deciding.md is drawn from it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

PERSON, FACILITATOR, COMPUTER = "person", "facilitator", "computer"
NOBODY = "nobody"
# Before anything was there; only drawn, never kept.
NOT_YET = ""


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table: who may do what, from which of these to what, and whose turn it is.

    `after` None: the status stays as it is. `turn` None: so does the turn.
    """

    thing: str
    what: str
    by: str
    before: tuple[str, ...]
    after: str | None
    turn: str | None


BEGIN = (NOT_YET,)
# A hope is said, agreed to as it was read back, worked on, and happens.
_SAID = ("proposed", "accepted")
_HOPE = (*_SAID, "active", "completed")
# An outcome is proposed, agreed to, worked on, and happens.
_AGREED = ("accepted", "active")
_OUTCOME = ("proposed", *_AGREED)
_TO_DO = ("not-started", "in-progress")

MOVES: tuple[Move, ...] = (
    # A hope, in the chat's words: the person's own, from the first word on. What happens to what
    # was made of it happens to it too: its version grows, so that nobody decides on an old page.
    Move("aspiration", "begins", PERSON, BEGIN, "proposed", PERSON),
    Move("aspiration", "changes", PERSON, _SAID, "proposed", PERSON),
    Move("aspiration", "changes", PERSON, ("active", "completed"), None, PERSON),
    Move("aspiration", "edits", PERSON, _SAID, "proposed", None),
    Move("aspiration", "edits", PERSON, ("active", "completed", "cancelled"), None, None),
    Move("aspiration", "agrees", PERSON, _SAID, "accepted", None),
    Move("aspiration", "agrees", PERSON, ("active", "completed"), None, None),
    Move("aspiration", "agrees_and_keeps_private", PERSON, _HOPE, None, NOBODY),
    Move("aspiration", "agrees_and_shares", PERSON, _HOPE, None, FACILITATOR),
    Move("aspiration", "facilitator_answers", FACILITATOR, _HOPE, None, PERSON),
    Move("aspiration", "facilitator_asks", FACILITATOR, _HOPE, None, PERSON),
    Move("aspiration", "answers_back", PERSON, _HOPE, None, FACILITATOR),
    Move("aspiration", "outcome_proposed", FACILITATOR, _HOPE, None, PERSON),
    Move("aspiration", "outcome_taken_back", FACILITATOR, _HOPE, None, FACILITATOR),
    Move("aspiration", "outcome_agreed", PERSON, _HOPE, "active", FACILITATOR),
    Move("aspiration", "outcome_not_agreed", PERSON, _HOPE, None, FACILITATOR),
    Move("aspiration", "outcome_put_off", PERSON, _HOPE, None, PERSON),
    Move("aspiration", "outcome_left_open", PERSON, _HOPE, None, FACILITATOR),
    Move("aspiration", "outcome_paused", FACILITATOR, _HOPE, None, NOBODY),
    Move("aspiration", "outcome_goes_on", FACILITATOR, _HOPE, None, FACILITATOR),
    Move("aspiration", "outcome_said_done", FACILITATOR, _HOPE, None, PERSON),
    Move("aspiration", "outcome_happened", PERSON, _HOPE, "completed", NOBODY),
    Move("aspiration", "one_outcome_happened", PERSON, _HOPE, None, NOBODY),
    Move("aspiration", "outcome_not_yet_there", PERSON, _HOPE, None, FACILITATOR),
    Move("aspiration", "step_written", FACILITATOR, _HOPE, None, NOBODY),
    Move("aspiration", "step_dealt_with", FACILITATOR, _HOPE, None, NOBODY),
    Move("aspiration", "step_answered", PERSON, _HOPE, None, None),
    Move("aspiration", "step_needs_help", PERSON, _HOPE, None, FACILITATOR),
    Move("aspiration", "step_talked_about", PERSON, _HOPE, None, FACILITATOR),
    Move("aspiration", "step_not_wanted", PERSON, _HOPE, None, FACILITATOR),
    Move("aspiration", "promise_made", FACILITATOR, _HOPE, None, None),
    Move("aspiration", "promise_ended", FACILITATOR, _HOPE, None, None),
    Move("aspiration", "options_sent", FACILITATOR, _HOPE, None, PERSON),
    Move("aspiration", "options_answered", PERSON, _HOPE, None, FACILITATOR),
    Move("aspiration", "deletes", PERSON, _HOPE, "cancelled", NOBODY),
    # An outcome: staff propose words, the person agrees to them, and judges whether it happened.
    Move("outcome", "proposes", FACILITATOR, BEGIN, "proposed", PERSON),
    Move("outcome", "proposes_again", FACILITATOR, ("proposed", "rejected"), "proposed", PERSON),
    Move("outcome", "proposes_again", FACILITATOR, _AGREED, None, PERSON),
    Move("outcome", "takes_back", FACILITATOR, ("proposed",), "cancelled", NOBODY),
    Move("outcome", "agrees", PERSON, ("proposed",), "accepted", FACILITATOR),
    Move("outcome", "agrees", PERSON, _AGREED, None, FACILITATOR),
    Move("outcome", "says_otherwise", PERSON, _OUTCOME, None, FACILITATOR),
    Move("outcome", "refuses", PERSON, ("proposed",), "rejected", FACILITATOR),
    Move("outcome", "refuses", PERSON, _AGREED, None, FACILITATOR),
    Move("outcome", "puts_off", PERSON, _OUTCOME, None, PERSON),
    Move("outcome", "leaves_open", PERSON, _OUTCOME, None, FACILITATOR),
    Move("outcome", "begins_work", FACILITATOR, _AGREED, "active", NOBODY),
    Move("outcome", "pauses", FACILITATOR, _AGREED, "on-hold", NOBODY),
    Move("outcome", "goes_on", FACILITATOR, ("on-hold",), "active", FACILITATOR),
    Move("outcome", "says_done", FACILITATOR, _AGREED, None, PERSON),
    Move("outcome", "happened", PERSON, _AGREED, "completed", NOBODY),
    Move("outcome", "happened_partly", PERSON, _AGREED, "active", FACILITATOR),
    Move("outcome", "did_not_happen", PERSON, _AGREED, "active", FACILITATOR),
    Move("outcome", "hope_deleted", PERSON, (*_OUTCOME, "on-hold"), "cancelled", NOBODY),
    # A step: written down at the desk, ticked by whoever does it.
    Move("step", "writes_for_person", FACILITATOR, BEGIN, "not-started", PERSON),
    Move("step", "writes_for_staff", FACILITATOR, BEGIN, "not-started", FACILITATOR),
    Move("step", "takes_it_on", PERSON, _TO_DO, None, PERSON),
    Move("step", "not_yet", PERSON, _TO_DO, "in-progress", PERSON),
    Move("step", "needs_help", PERSON, _TO_DO, "in-progress", FACILITATOR),
    Move("step", "says_words", PERSON, _TO_DO, None, FACILITATOR),
    Move("step", "refuses", PERSON, _TO_DO, "stopped", FACILITATOR),
    Move("step", "ticks", PERSON, _TO_DO, "completed", NOBODY),
    Move("step", "unticks", PERSON, ("completed",), "in-progress", PERSON),
    Move("step", "ticks_for_staff", FACILITATOR, _TO_DO, "completed", NOBODY),
    Move("step", "helps", FACILITATOR, _TO_DO, None, PERSON),
    Move("step", "drops", FACILITATOR, (*_TO_DO, "stopped"), "cancelled", NOBODY),
    Move("step", "hope_deleted", PERSON, (*_TO_DO, "stopped"), "cancelled", NOBODY),
    # A promise: an answer by a day, and an honest end.
    Move("promise", "promises", FACILITATOR, BEGIN, "open", FACILITATOR),
    Move("promise", "tells_late", COMPUTER, ("open",), None, FACILITATOR),
    Move("promise", "keeps", FACILITATOR, ("open",), "kept", NOBODY),
    Move("promise", "could_not", FACILITATOR, ("open",), "could-not", NOBODY),
    Move("promise", "hope_deleted", PERSON, ("open",), "cancelled", NOBODY),
)
THINGS = tuple(dict.fromkeys(move.thing for move in MOVES))
# What the person's judgement means in FHIR's words for a goal.
ACHIEVED = {
    "happened": "achieved",
    "happened_partly": "improving",
    "did_not_happen": "not-achieved",
    "agrees": "in-progress",
}


class NotAllowed(Exception):
    """This may not follow; `reason` says why, as a key of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


NO_SUCH_MOVE, NOT_THEIRS, NOT_NOW = "no_such_move", "not_theirs", "not_now"


def check_can_move(thing: str, what: str, by: str, status: str) -> Move:
    """The line of the table that allows it. Raises `NotAllowed` with the reason."""
    named = [move for move in MOVES if (move.thing, move.what) == (thing, what)]
    if not named:
        raise NotAllowed(NO_SUCH_MOVE)
    theirs = [move for move in named if move.by == by]
    if not theirs:
        raise NotAllowed(NOT_THEIRS)
    for move in theirs:
        if status in move.before:
            return move
    raise NotAllowed(NOT_NOW)


def can_move(thing: str, what: str, by: str, status: str) -> bool:
    """The same question, for pages."""
    try:
        check_can_move(thing, what, by, status)
    except NotAllowed:
        return False
    return True


def statuses(thing: str) -> Iterator[str]:
    """Every status this thing can have, each once, in the order of the table."""
    found = dict.fromkeys(
        status
        for move in MOVES
        if move.thing == thing
        for status in (*move.before, move.after)
        if status
    )
    yield from found

"""What a facilitator may see of a person, as plain data without any store behind it.

Comes in: rows, by `plan_store.reading_a_person`. Goes out: frozen values for the desk's pages.
"""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Recording:
    """A photo or voice that came with a message; `state`: due, kept, failed."""

    id: int
    kind: str
    state: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing they said, word for word, and how; `kind` names a question left empty."""

    id: int
    kind: str
    words: str
    how: str
    said_by: str
    helped: bool
    at: datetime
    recording: Recording | None


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that was given, and how far it came: due, sending, sent, failed or blocked.

    `words` is None where the hope it was about is private now.
    """

    id: int
    hope_id: int | None
    words: str | None
    by: str
    at: datetime
    state: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class WordingSeen:
    """One wording of an outcome: proposed, agreed, refused, withdrawn, or before (agreed once).

    `instead`: what they said in its place. `anyway`: why it was sent though it is hard to read.
    """

    id: int
    number: int
    words: str
    state: str
    by: str
    proposed_at: datetime
    answered_at: datetime | None
    put_off: bool
    # How they left the newest question about it open, where they did: skip, dont_know, …
    left: str | None
    instead: Said | None
    anyway: str | None


@dataclass(frozen=True, slots=True)
class StepOfPlan:
    """A step. `by`: who does it, by name where it is not the person. `said`: what they said of it;
    `left`: how they left it open, where they did.
    """

    id: int
    words: str
    who: str
    by: str | None
    by_day: date
    status: str
    whose_turn: str
    ticked_at: datetime | None
    late: bool
    said: tuple[Said, ...] = ()
    left: str | None = None


@dataclass(frozen=True, slots=True)
class OutcomeSeen:
    """What was made of a hope, with its wordings, the newest first, and its steps, by day."""

    id: int
    status: str
    achievement: str | None
    whose_turn: str
    wordings: tuple[WordingSeen, ...]
    steps: tuple[StepOfPlan, ...]
    # To whether it happened, in their own words.
    said: tuple[Said, ...] = ()

    def _first(self, state: str) -> WordingSeen | None:
        return next((each for each in self.wordings if each.state == state), None)

    @property
    def agreed(self) -> WordingSeen | None:
        """The words that hold now."""
        return self._first("agreed")

    @property
    def proposed(self) -> WordingSeen | None:
        """The words that wait for a yes."""
        return self._first("proposed")

    @property
    def older(self) -> tuple[WordingSeen, ...]:
        """What holds no more, or never did."""
        return tuple(each for each in self.wordings if each.state not in {"agreed", "proposed"})


@dataclass(frozen=True, slots=True)
class AskedSeen:
    """A question that was asked back, and how far it came; `said`: the answer, in their words."""

    id: int
    hope_id: int | None
    words: str
    by: str
    at: datetime
    state: str
    asked_at: datetime | None
    answer: str | None
    answered_at: datetime | None
    said: Said | None


@dataclass(frozen=True, slots=True)
class PromiseSeen:
    """An answer that was promised by a day, and how it ended."""

    id: int
    version: int
    person_id: str
    called: str | None
    hope_id: int | None
    words: str
    by: str
    by_day: date
    status: str
    late: bool
    made_at: datetime
    told_late_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None
    ending: str | None


@dataclass(frozen=True, slots=True)
class NoteSeen:
    """What a facilitator noted for the others; the person may ask to read it.

    `deleted_at`: when the person deleted something that staff could read when it was written.
    """

    id: int
    words: str
    by: str
    at: datetime
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hope:
    """A hope, a profile entry, or sorted pictures (`kind`). Not `shared`, it has no words.

    `parts`: each part with all that was said for it, newest first. `checks`: what came of asking it
    again on another day: same, different, unsure.
    """

    id: int
    kind: str
    version: int
    life_area: str
    status: str
    whose_turn: str
    begun_at: datetime
    agreed_at: datetime | None
    shared: bool
    seen_by: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Said, ...]], ...]
    checks: tuple[str, ...]
    answers: tuple[Given, ...]
    outcomes: tuple[OutcomeSeen, ...] = ()
    asked: tuple[AskedSeen, ...] = ()
    promises: tuple[PromiseSeen, ...] = ()


@dataclass(frozen=True, slots=True)
class StepSeen:
    """One thing that happened to an alert: what, by or to whom, when, and the kind of problem."""

    what: str
    who: str
    by: str | None
    at: datetime
    detail: str | None


@dataclass(frozen=True, slots=True)
class TellingSeen:
    """Somebody of the chain: due at a time, sent, not needed, or why it does not arrive."""

    who: str
    state: str
    due_at: datetime
    attempts: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class AlertSeen:
    """An alert with its exact words, who is told of it, each step, and who dealt with it.

    `forgotten`: its person asked to be forgotten; it is kept by law. `came_as`: how their words
    came: voice, photo, or as `Incoming.how` has it; None where that is gone with them.
    """

    id: int
    person_id: str | None
    called: str | None
    kind: str
    how: str
    tier: str
    drill: bool
    forgotten: bool
    words: str
    raised_at: datetime
    state: str
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    closed_by: str | None
    closed_at: datetime | None
    closing_reason: str | None
    recording: Recording | None
    came_as: str | None
    steps: tuple[StepSeen, ...]
    tellings: tuple[TellingSeen, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A message for a facilitator: one the chat set aside, or one that asks for a person."""

    id: int
    kind: str
    words: str
    at: datetime
    reason: str | None
    recording: Recording | None


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """All that a facilitator may see of a person.

    `likes`: how they like to talk: no_pictures, listens, slow, fewer, with_somebody.
    `facilitators`: who works with them, by id and name. `may_answer`: who looks may write to them.
    """

    id: str
    called: str | None
    likes: tuple[str, ...]
    came_at: datetime
    heard_at: datetime | None
    blocked: bool
    hopes: tuple[Hope, ...]
    left_empty: tuple[Said, ...]
    answers: tuple[Given, ...]
    alerts: tuple[AlertSeen, ...]
    calls: tuple[Message, ...]
    set_aside: tuple[Message, ...]
    facilitators: tuple[tuple[int, str], ...]
    may_answer: bool
    asked: tuple[AskedSeen, ...]
    promises: tuple[PromiseSeen, ...]
    notes: tuple[NoteSeen, ...]

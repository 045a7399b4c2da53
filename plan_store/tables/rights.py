"""Who agreed for somebody under 16, their becoming 16, who can decide what, and who was forgotten.

No date of birth: only the month in which somebody becomes 16, and that only until it has come.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, Words, new_id, now


def _own_name() -> str:
    return f"agreement:{new_id()}"


class Agreement(Table):
    """A parent or carer agreed that somebody under 16 may use the chat.

    `name` and `relation` are theirs; `how`: in_person, by_phone, by_video, in_writing. It comes
    before its person does, so it stands under a key of its own: on the invite first, then with the
    person. `ended_at`: what rested on it ended, as they became 16.
    """

    __tablename__ = "agreement"
    sealed_by = "sealed_by_key"
    has_own_key = True

    id: Mapped[RowId]
    sealed_by_key: Mapped[str] = mapped_column(String(48), default=_own_name)
    invite_id: Mapped[int | None] = mapped_column(ForeignKey("invite.id"), unique=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"), unique=True)
    name: Mapped[Words]
    relation: Mapped[Words]
    how: Mapped[str] = mapped_column(String(16))
    agreed_on: Mapped[date]
    noted_by: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    noted_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]


class ComingOfAge(Table):
    """Somebody who was under 16 when they came. Whoever was older has no row.

    `month`: its first day; they become 16 in it. It goes when it is over, and `came_at` is set.
    `family_asked_at`: when sharing with family was last asked again; it was the person's own
    choice, so it stays until they answer. `family`: still, not; None where nothing was shared with
    family, or where the answer is still to come.
    """

    __tablename__ = "coming_of_age"

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    month: Mapped[date | None] = mapped_column(index=True)
    came_at: Mapped[datetime | None]
    family_waits: Mapped[bool] = mapped_column(default=False)
    family_asked_at: Mapped[datetime | None]
    family_answered_at: Mapped[datetime | None]
    family: Mapped[str | None] = mapped_column(String(8))


class CapacityNote(Table):
    """Whether somebody could make one decision on one day. Rows are added, never changed.

    It says nothing about any other decision or day. `help`: what was done first, so that they can
    decide. `finding`: can, cannot. `shown_by`: what showed it. `review_on`: when it is looked at
    again.
    """

    __tablename__ = "capacity_note"

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("facilitator.id"))
    click: Mapped[str] = mapped_column(String(32), unique=True)
    decision: Mapped[Words]
    help: Mapped[Words]
    finding: Mapped[Words]
    shown_by: Mapped[Words]
    decided_on: Mapped[date]
    review_on: Mapped[date | None]
    noted_at: Mapped[datetime] = mapped_column(default=now)


class Forgetting(Table):
    """That somebody was forgotten: when, by whom and why. It does not say who it was.

    `who`: person, facilitator, computer. `why`: asked, parent_asked, mistake, over. `alerts_kept`:
    how many the law wanted kept.
    """

    __tablename__ = "forgetting"

    id: Mapped[RowId]
    at: Mapped[datetime] = mapped_column(default=now)
    who: Mapped[str] = mapped_column(String(16))
    facilitator_id: Mapped[int | None] = mapped_column(ForeignKey("facilitator.id"))
    click: Mapped[str | None] = mapped_column(String(32), unique=True)
    why: Mapped[str] = mapped_column(String(16))
    alerts_kept: Mapped[int]

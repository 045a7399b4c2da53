"""What we know about somebody, as plain data for the page and the file that shows it to them.

Comes in: a person's id. Goes out: frozen values: their own words, and who looked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.plan.putting_in_words import day
from plan_store.keeping_words import LEFT_EMPTY
from plan_store.making_a_pack import packed
from plan_store.meeting_up import LASTS
from plan_store.noting_capacity import CAN
from plan_store.reading_rights import RightsSeen, read_rights
from plan_store.showing import everything_about
from plan_store.tables import (
    Access,
    Alert,
    Attachment,
    Contact,
    Facilitator,
    History,
    Incoming,
    Meeting,
    Person,
    SaidAnyway,
    StaffNote,
    Statement,
    now,
)

# What somebody did, by the beginning of its name in the log; all else was a look.
# The first that fits counts.
DONE_WITH: Mapping[str, str] = {
    "export:pack:": "things_printed_pack",
    "export:": "things_took_out",
    "api:": "things_machine_read",
}
LOOKED = "things_looked_on"


@dataclass(frozen=True, slots=True)
class Decided:
    """A note about one decision: what it is, what helped, what was found and what showed it."""

    decision: str
    help: str
    can: bool
    shown_by: str
    date: str
    again: str
    facilitator: str


@dataclass(frozen=True, slots=True)
class Things:
    """All of it. `said`: words and day, the newest first. `looked`: facilitator, day, and the
    key of what they did.

    `notes`: what staff noted, by whom and when. `anyway`: hard words that were sent to them all
    the same: by whom, when, and why.

    `packs`: what may be shown at a meeting: the words, the day, and the key of what it is.

    `danger`: the days of alerts; what stands in them a person tells them, and no page.
    `becomes_16`: the month, of somebody under 16. `agreed`: who agreed for them, day, and who wrote
    it down.
    """

    called: str
    came: str
    doors: tuple[str, ...]
    said: tuple[tuple[str, str], ...]
    messages: int
    recordings: int
    keeps_recordings: bool
    looked: tuple[tuple[str, str, str], ...]
    danger: tuple[str, ...]
    packs: tuple[tuple[str, str, str], ...]
    notes: tuple[tuple[str, str, str], ...]
    anyway: tuple[tuple[str, str, str], ...]
    becomes_16: str
    agreed: tuple[str, str, str] | None
    decided: tuple[Decided, ...]


def read_things(session: Session, person_id: str) -> Things | None:
    """What the page shows; None for nobody."""
    person = session.get(Person, person_id)
    if person is None:
        return None

    def count(table: Any, *more: Any) -> int:
        found = select(func.count()).select_from(table).where(table.person_id == person_id, *more)
        return session.scalar(found) or 0

    statements = session.scalars(
        select(Statement)
        .where(Statement.person_id == person_id, Statement.kind.not_in((*LEFT_EMPTY, "deleted")))
        .order_by(Statement.id.desc())
    )
    looks = session.execute(
        select(Facilitator.name, Access.at, Access.what)
        .join(Facilitator, Facilitator.id == Access.facilitator_id)
        .where(Access.person_id == person_id)
        .order_by(Access.id.desc())
    )
    # Whoever runs the house took it out at a terminal.
    taken_out = session.scalars(
        select(History.at).where(History.person_id == person_id, History.what.like("exports_%"))
    )
    alerts = session.scalars(
        select(Alert.raised_at).where(Alert.person_id == person_id).order_by(Alert.id.desc())
    )
    doors = session.scalars(select(Contact.door).where(Contact.person_id == person_id))
    rights = read_rights(session, person_id)
    return Things(
        called=person.called or "",
        came=day(person.created_at),
        doors=tuple(dict.fromkeys(doors)),
        said=tuple((said.words, day(said.said_at)) for said in statements if said.words.strip()),
        messages=count(Incoming, Incoming.words != ""),
        recordings=count(Attachment, Attachment.state == "kept"),
        keeps_recordings=person.keeps_recordings,
        # One line a day and person, however often they turned a page.
        looked=_looked(((name, at, what) for name, at, what in looks), taken_out),
        danger=tuple(day(at) for at in alerts),
        packs=_packs(session, person_id),
        notes=_by_staff(session, StaffNote, StaffNote.words, person_id),
        anyway=_by_staff(session, SaidAnyway, SaidAnyway.reason, person_id),
        becomes_16=f"{rights.becomes_16:%B %Y}" if rights.becomes_16 else "",
        agreed=_agreed(rights),
        decided=tuple(
            Decided(
                note.decision,
                note.help,
                note.finding == CAN,
                note.shown_by,
                _date(note.on),
                _date(note.review_on) if note.review_on else "",
                note.by,
            )
            for note in rights.notes
        ),
    )


def _packs(session: Session, person_id: str) -> tuple[tuple[str, str, str], ...]:
    """What they let be shown, at each meeting that is still to come."""
    meetings = session.scalars(
        select(Meeting)
        .where(Meeting.person_id == person_id, Meeting.begins_at > now() - LASTS)
        .order_by(Meeting.begins_at)
    )
    return tuple(
        (words, day(meeting.begins_at), key)
        for meeting in meetings
        for each in packed(session, meeting)
        for words, key in (
            (each.statement.words, "things_pack_words"),
            *((kept.statement.words, f"things_pack_{kept.attachment.kind}") for kept in each.shown),
        )
    )


def _looked(
    looks: Iterable[tuple[str, datetime, str]], taken_out: Iterable[datetime]
) -> tuple[tuple[str, str, str], ...]:
    """Who, when, and the key of what they did: looked, took a copy out, or read it by a machine."""
    done = [
        (
            name,
            at,
            next((key for begins, key in DONE_WITH.items() if what.startswith(begins)), LOOKED),
        )
        for name, at, what in looks
    ]
    done += [("", at, "things_house_took_out") for at in taken_out]
    done.sort(key=lambda one: one[1], reverse=True)
    return tuple(dict.fromkeys((name, day(at), key) for name, at, key in done))


def _by_staff(
    session: Session, table: Any, words: Any, person_id: str
) -> tuple[tuple[str, str, str], ...]:
    """Who, when and what somebody at the desk wrote about them, the newest first."""
    rows = session.execute(
        select(Facilitator.name, table.at, words)
        .join(Facilitator, Facilitator.id == table.facilitator_id)
        .where(table.person_id == person_id)
        .order_by(table.id.desc())
    )
    return tuple((name, day(at), said) for name, at, said in rows)


def _agreed(rights: RightsSeen) -> tuple[str, str, str] | None:
    agreed = rights.agreed
    return (agreed.name, _date(agreed.on), agreed.by) if agreed is not None else None


def _date(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def for_a_computer(
    session: Session, person_id: str
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The same for a machine, and the files that go with it: their name in the store and outside.

    What the desk wrote into an alert is the desk's; the person's own words in it are theirs.
    """
    everything = everything_about(session, person_id) or {}
    for alert in everything.get("alert", ()):
        alert.pop("closing_reason", None)
    endings = {"audio/ogg": ".ogg", "image/jpeg": ".jpg", "image/png": ".png"}
    files = [
        (row["file"], f"files/{row['kind']}-{row['id']}{endings.get(row['media_type'], '')}")
        for row in everything.get("attachment", ())
        if row["file"] and row["state"] == "kept"
    ]
    return everything, files

"""Letting a person in: a one-use code, kept as a hash. An invite is good for seven days and makes
a new person; a door link is good for minutes and opens one more door for a person who is there.

`python -m plan_store.inviting new` makes an invite and prints it.
"""

import hashlib
import secrets
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from plan_store.at_a_terminal import opened_for_a_command
from plan_store.becoming_sixteen import check_can_come_by, month_they_become_16
from plan_store.moving_between_doors import arrives
from plan_store.settings import StoreSettings
from plan_store.tables import (
    Agreement,
    Caseload,
    ComingOfAge,
    Contact,
    Facilitator,
    FacilitatorRole,
    Invite,
    Person,
    Place,
    now,
)

INVITE_DAYS = 7
# A door link opens a whole chat: asked for and used at once, or, from the desk, on the same day.
DOOR_LINK_LASTS = timedelta(minutes=30)
DESK_DOOR_LINK_LASTS = timedelta(hours=24)
# Read aloud and typed by hand: no letter or number that looks or sounds like another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 12
# Who made it, as kept; and the role of those who work with people of their own.
FACILITATOR = "facilitator"

_AT = select(Contact).where(
    Contact.door == bindparam("door"), Contact.address_hash == bindparam("address")
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A code that was used just now; `person_id` is None where it makes a new person.

    `sixteen_in`: the month in which that new person becomes 16, if they are not.
    """

    invite_id: int
    person_id: str | None
    sixteen_in: date | None = None


def new_invite(session: Session, made_by: str, sixteen_in: date | None = None) -> str:
    """Make an invite and return its code, which is not kept and cannot be shown again.

    For somebody under 16 `plan_store.inviting_under_16` makes it, with who agreed.
    """
    return _new_code(session, made_by, timedelta(days=INVITE_DAYS), sixteen_in=sixteen_in)


def new_door_link(
    session: Session, person_id: str, made_by: str, lasts: timedelta = DOOR_LINK_LASTS
) -> str:
    """Make the code of one more door for this person; an older one does not work any more."""
    moment = now()
    session.execute(
        update(Invite)
        .where(Invite.person_id == person_id, Invite.used_at.is_(None), Invite.ends_at > moment)
        .values(ends_at=moment)
    )
    return _new_code(session, made_by, lasts, person_id)


def is_open(session: Session, code: str) -> bool:
    """Whether the code would let somebody in now."""
    return what_opens(session, code) is not None


def what_opens(session: Session, code: str) -> Literal["invite", "door"] | None:
    """What the code is good for now. Looking does not use it up."""
    found = session.execute(
        select(Invite.id, Invite.person_id).where(
            Invite.code_hash == hash_of(code), Invite.used_at.is_(None), Invite.ends_at > now()
        )
    ).one_or_none()
    if found is None:
        return None
    return "invite" if found.person_id is None else "door"


def was_made(session: Session, code: str) -> bool:
    """Whether there ever was such a code, whatever became of it."""
    return session.scalar(select(Invite.id).where(Invite.code_hash == hash_of(code))) is not None


def claim_code(session: Session, code: str) -> Claimed | None:
    """Use the code up; None for an unknown, used or old one."""
    # One statement decides: of two doors that come with the same code, one gets the row.
    used = session.execute(
        update(Invite)
        .where(Invite.code_hash == hash_of(code), Invite.used_at.is_(None), Invite.ends_at > now())
        .values(used_at=now())
        .returning(Invite.id, Invite.person_id, Invite.sixteen_in)
    ).one_or_none()
    return Claimed(used.id, used.person_id, used.sixteen_in) if used is not None else None


def let_in(session: Session, claimed: Claimed, door: str, address: str) -> Contact:
    """Open this door: for the person the code was made for, or for a new one.

    Raises `TooYoung` where the door is for people of 16 or over; with the transaction undone, the
    code still works at another door.
    """
    if claimed.person_id is not None:
        check_can_come_by(door, month_they_become_16(session, claimed.person_id), now())
        return arrives(session, claimed.person_id, door, address)
    check_can_come_by(door, claimed.sixteen_in, now())
    contact = welcome(session, door, address)
    if claimed.sixteen_in is not None:
        session.add(ComingOfAge(person_id=contact.person_id, month=claimed.sixteen_in))
        for agreement in session.scalars(
            select(Agreement).where(Agreement.invite_id == claimed.invite_id)
        ):
            agreement.invite_id, agreement.person_id = None, contact.person_id
    session.execute(
        update(Invite).where(Invite.id == claimed.invite_id).values(person_id=contact.person_id)
    )
    _comes_to_the_inviter(session, claimed.invite_id, contact.person_id)
    return contact


def _comes_to_the_inviter(session: Session, invite_id: int, person_id: str) -> None:
    """Whoever invited somebody works with them, if they work with people at all."""
    maker, _, number = session.get_one(Invite, invite_id).made_by.partition(":")
    if maker != FACILITATOR:
        return
    inviter = session.scalar(
        select(Facilitator.id)
        .join(FacilitatorRole, FacilitatorRole.facilitator_id == Facilitator.id)
        .where(
            Facilitator.id == int(number),
            Facilitator.ended_at.is_(None),
            FacilitatorRole.role == FACILITATOR,
        )
    )
    if inviter is not None:
        session.add(Caseload(person_id=person_id, facilitator_id=inviter, given_by=inviter))
        session.flush()


def use_invite(session: Session, code: str, door: str, address: str) -> Contact | None:
    """Let the holder of the code in by this door; None for an unknown, used or old code.

    Raises `TooYoung`, as `let_in`.
    """
    claimed = claim_code(session, code)
    return let_in(session, claimed, door, address) if claimed is not None else None


def welcome(session: Session, door: str, address: str) -> Contact:
    """Make a new person who comes by this door, at the very start of the conversation."""
    person = Person()
    session.add(person)
    session.flush()
    contact = Contact(person_id=person.id, door=door, address=address)
    session.add_all([contact, Place(person_id=person.id)])
    session.flush()
    return contact


def find_contact(session: Session, door: str, address: str) -> Contact | None:
    """The contact at this door and address, if the person is known here."""
    return session.scalar(_AT, {"door": door, "address": address})


def hash_of(code: str) -> str:
    """The kept form of a code or key. Capitals, spaces and dashes do not matter."""
    plain = "".join(code.split()).replace("-", "").lower()
    return hashlib.sha256(plain.encode(errors="replace")).hexdigest()


def _new_code(
    session: Session,
    made_by: str,
    lasts: timedelta,
    person_id: str | None = None,
    sixteen_in: date | None = None,
) -> str:
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    session.add(
        Invite(
            code_hash=hash_of(code),
            made_by=made_by,
            ends_at=now() + lasts,
            person_id=person_id,
            sixteen_in=sixteen_in,
        )
    )
    return code


def main(arguments: list[str]) -> int:
    """`new [--plain]` prints a fresh code; `count` says how many are open."""
    verb = next((word for word in arguments if not word.startswith("--")), "new")
    if verb not in {"new", "count"}:
        print("Say one of: new, count.", file=sys.stderr)
        return 2
    with opened_for_a_command(StoreSettings()) as store:
        if verb == "count":
            with store.reading() as session:
                open_ones = select(func.count(Invite.id)).where(
                    Invite.used_at.is_(None), Invite.ends_at > now(), Invite.person_id.is_(None)
                )
                print(session.scalar(open_ones))
            return 0
        with store.writing() as session:
            code = new_invite(session, made_by="terminal")
        if "--plain" in arguments:
            print(code)
        else:
            print(
                f"Invite code, good for one person of 16 or over and {INVITE_DAYS} days: {code}"
                "\n(For somebody under 16 a parent or carer agrees first: the desk notes who.)"
            )
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Letting a person in: a one-use code, kept as a hash, good for seven days.

`python -m plan_store.inviting new` makes one and prints it.
"""

import hashlib
import secrets
import sys
from datetime import timedelta

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from plan_store.at_a_terminal import opened_for_a_command
from plan_store.settings import StoreSettings
from plan_store.tables import Contact, Invite, Person, Place, now

INVITE_DAYS = 7
# Read aloud and typed by hand: no letter or number that looks or sounds like another.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CODE_LENGTH = 12

_AT = select(Contact).where(
    Contact.door == bindparam("door"), Contact.address == bindparam("address")
)


def new_invite(session: Session, made_by: str) -> str:
    """Make an invite and return its code, which is not kept and cannot be shown again."""
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    session.add(
        Invite(
            code_hash=hash_of(code), made_by=made_by, ends_at=now() + timedelta(days=INVITE_DAYS)
        )
    )
    return code


def is_open(session: Session, code: str) -> bool:
    """Whether the code would let somebody in now."""
    return (
        session.scalar(
            select(Invite.id).where(
                Invite.code_hash == hash_of(code), Invite.used_at.is_(None), Invite.ends_at > now()
            )
        )
        is not None
    )


def was_made(session: Session, code: str) -> bool:
    """Whether there ever was such a code, whatever became of it."""
    return session.scalar(select(Invite.id).where(Invite.code_hash == hash_of(code))) is not None


def use_invite(session: Session, code: str, door: str, address: str) -> Contact | None:
    """Let the holder of the code in by this door; None for an unknown, used or old code."""
    # One statement decides: of two doors that come with the same code, one gets the row.
    used = session.execute(
        update(Invite)
        .where(Invite.code_hash == hash_of(code), Invite.used_at.is_(None), Invite.ends_at > now())
        .values(used_at=now())
        .returning(Invite.id)
    ).scalar_one_or_none()
    if used is None:
        return None
    contact = welcome(session, door, address)
    session.execute(update(Invite).where(Invite.id == used).values(person_id=contact.person_id))
    return contact


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
                    Invite.used_at.is_(None), Invite.ends_at > now()
                )
                print(session.scalar(open_ones))
            return 0
        with store.writing() as session:
            code = new_invite(session, made_by="terminal")
        if "--plain" in arguments:
            print(code)
        else:
            print(f"Invite code, good for one person and {INVITE_DAYS} days: {code}")
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Facilitators' accounts: made with a one-use key and its roles, found at sign-in, ended.

Comes in: hashes of passwords, never a password. Keys are kept as hashes too, good for seven days.
"""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from plan_store.inserting_once import insert_once
from plan_store.inviting import hash_of
from plan_store.roles import ROLES, Viewer
from plan_store.tables import DeskKey, Facilitator, FacilitatorRole, now

KEY_DAYS = 7


class KeyEnded(Exception):
    """The key is unknown, was used, or is too old."""


class EmailTaken(Exception):
    """There is an account with this e-mail."""


class NobodyLeft(Exception):
    """Without this one, nobody could keep the accounts any more."""


def new_desk_key(session: Session, roles: Sequence[str] = ("facilitator",)) -> str:
    """Make a key to an account with these roles. It is not kept and cannot be shown again."""
    key = secrets.token_hex(20)
    session.add(
        DeskKey(
            key_hash=hash_of(key),
            roles=",".join(roles),
            ends_at=now() + timedelta(days=KEY_DAYS),
        )
    )
    return key


def end_open_keys(session: Session) -> None:
    """No key that was made before this lets anybody in."""
    session.execute(
        update(DeskKey)
        .where(DeskKey.used_at.is_(None), DeskKey.ends_at > now())
        .values(ends_at=now())
    )


def key_is_open(session: Session, key: str) -> bool:
    """Whether the key would make an account now. Looking does not use it up."""
    found = select(DeskKey.id).where(
        DeskKey.key_hash == hash_of(key), DeskKey.used_at.is_(None), DeskKey.ends_at > now()
    )
    return session.scalar(found) is not None


def make_account(
    session: Session, key: str, name: str, email: str, password_hash: str
) -> Facilitator:
    """Use up the key and make the account. Raises `KeyEnded` or `EmailTaken`; then roll back."""
    used = session.execute(
        update(DeskKey)
        .where(DeskKey.key_hash == hash_of(key), DeskKey.used_at.is_(None), DeskKey.ends_at > now())
        .values(used_at=now())
        .returning(DeskKey.roles)
    ).scalar_one_or_none()
    if used is None:
        raise KeyEnded
    return _keep_account(session, name, email, password_hash, used.split(","))


def make_council_account(
    session: Session, name: str, email: str, roles: Sequence[str]
) -> Facilitator:
    """An account without a password: its owner signs in at the council. Raises `EmailTaken`."""
    return _keep_account(session, name, email, "", roles)


def _keep_account(
    session: Session, name: str, email: str, password_hash: str, roles: Sequence[str]
) -> Facilitator:
    made = insert_once(
        session,
        Facilitator,
        name=name.strip(),
        email=plain_email(email),
        password_hash=password_hash,
    )
    if made is None:
        raise EmailTaken
    session.add_all(FacilitatorRole(facilitator_id=made.id, role=role) for role in roles)
    session.flush()
    return made


def give_roles(session: Session, facilitator_id: int, roles: Sequence[str]) -> None:
    """Exactly these roles from now on."""
    session.execute(delete(FacilitatorRole).where(FacilitatorRole.facilitator_id == facilitator_id))
    session.add_all(FacilitatorRole(facilitator_id=facilitator_id, role=role) for role in roles)
    session.flush()


def viewer_of(session: Session, facilitator_id: int) -> Viewer:
    """This account with its roles: who asks, at the desk and by a token alike."""
    roles = session.scalars(
        select(FacilitatorRole.role).where(FacilitatorRole.facilitator_id == facilitator_id)
    )
    return Viewer(facilitator_id, frozenset(roles))


def roles_of_all(session: Session) -> dict[int, tuple[str, ...]]:
    """Everybody's roles, by account, in the table's order."""
    found: dict[int, list[str]] = defaultdict(list)
    for facilitator_id, role in session.execute(
        select(FacilitatorRole.facilitator_id, FacilitatorRole.role)
    ):
        found[facilitator_id].append(role)
    return {each: tuple(role for role in ROLES if role in mine) for each, mine in found.items()}


def can_be_given_people(session: Session) -> list[tuple[int, str]]:
    """The open accounts that work with people of their own, by name."""
    found = session.execute(
        select(Facilitator.id, Facilitator.name)
        .join(FacilitatorRole, FacilitatorRole.facilitator_id == Facilitator.id)
        .where(FacilitatorRole.role == "facilitator", Facilitator.ended_at.is_(None))
    )
    # Names are sealed in the database: it cannot put them in order.
    return sorted(((each, name) for each, name in found), key=lambda one: (one[1], one[0]))


def keep_shortcuts(session: Session, facilitator_id: int, on: bool) -> None:
    """Whether keys of one letter do something for them."""
    session.execute(
        update(Facilitator).where(Facilitator.id == facilitator_id).values(shortcuts=on)
    )


def find_by_council_id(session: Session, council_id: str) -> Facilitator | None:
    """The account that this identity of the council signed in to before, if it has not ended."""
    return session.scalar(
        select(Facilitator).where(
            Facilitator.council_id == council_id, Facilitator.ended_at.is_(None)
        )
    )


def keep_council_id(session: Session, facilitator_id: int, council_id: str) -> bool:
    """From now on this identity, and no other one, leads to the account. False: it has one."""
    kept = session.scalar(
        update(Facilitator)
        .where(Facilitator.id == facilitator_id, Facilitator.council_id.is_(None))
        .values(council_id=council_id)
        .returning(Facilitator.id)
    )
    return kept is not None


def has_account(session: Session) -> bool:
    """Whether anybody can sign in."""
    found = select(Facilitator.id).where(Facilitator.ended_at.is_(None)).limit(1)
    return session.scalar(found) is not None


def find_by_email(session: Session, email: str) -> Facilitator | None:
    """The account with this e-mail, if it has not ended."""
    return session.scalar(
        select(Facilitator).where(
            Facilitator.email_hash == plain_email(email), Facilitator.ended_at.is_(None)
        )
    )


def find_by_id(session: Session, facilitator_id: int) -> Facilitator | None:
    """The account, if it has not ended."""
    return session.scalar(
        select(Facilitator).where(Facilitator.id == facilitator_id, Facilitator.ended_at.is_(None))
    )


def all_accounts(session: Session) -> list[Facilitator]:
    """Every account there ever was, the oldest first."""
    return list(session.scalars(select(Facilitator).order_by(Facilitator.id)))


def keep_new_hash(session: Session, facilitator_id: int, password_hash: str) -> None:
    """The same password, hashed by today's rules."""
    session.execute(
        update(Facilitator)
        .where(Facilitator.id == facilitator_id)
        .values(password_hash=password_hash)
    )


def end_account(session: Session, email: str) -> bool:
    """End the account: it stays in the record, and nobody signs in with it. False: not there."""
    ended = session.scalar(
        update(Facilitator)
        .where(Facilitator.email_hash == plain_email(email), Facilitator.ended_at.is_(None))
        .values(ended_at=now())
        .returning(Facilitator.id)
    )
    return ended is not None


def check_somebody_keeps_accounts(session: Session) -> None:
    """Raises `NobodyLeft` when no open account could change another one; then roll back."""
    keeps_accounts = exists().where(
        FacilitatorRole.facilitator_id == Facilitator.id, FacilitatorRole.role == "administrator"
    )
    left = select(Facilitator.id).where(Facilitator.ended_at.is_(None), keeps_accounts).limit(1)
    if session.scalar(left) is None:
        raise NobodyLeft


def plain_email(email: str) -> str:
    """The kept form of an e-mail. Capitals and spaces around it do not matter."""
    return email.strip().lower()

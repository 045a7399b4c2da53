"""Facilitators' accounts: made with a one-use key, found at sign-in, ended.

Comes in: hashes of passwords, never a password. Keys are kept as hashes too, good for seven days.
"""

import secrets
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from plan_store.inserting_once import insert_once
from plan_store.inviting import hash_of
from plan_store.tables import DeskKey, Facilitator, now

KEY_DAYS = 7


class KeyEnded(Exception):
    """The key is unknown, was used, or is too old."""


class EmailTaken(Exception):
    """There is an account with this e-mail."""


def new_desk_key(session: Session) -> str:
    """Make a key and return it. It is not kept and cannot be shown again."""
    key = secrets.token_hex(20)
    session.add(DeskKey(key_hash=hash_of(key), ends_at=now() + timedelta(days=KEY_DAYS)))
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
        .returning(DeskKey.id)
    ).scalar_one_or_none()
    if used is None:
        raise KeyEnded
    made = insert_once(
        session,
        Facilitator,
        name=name.strip(),
        email=plain_email(email),
        password_hash=password_hash,
    )
    if made is None:
        raise EmailTaken
    return made


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


def plain_email(email: str) -> str:
    """The kept form of an e-mail. Capitals and spaces around it do not matter."""
    return email.strip().lower()

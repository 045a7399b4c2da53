"""Signing in with two factors: tries that are counted, the app's secret, one-use recovery codes.

Comes in: hashes, encrypted secrets and time steps, never a password. Goes out: whether a try may be
made, and what it is compared with. A try counts as failed until it is known to be right.
"""

import secrets
from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from plan_store.inviting import LETTERS, hash_of
from plan_store.tables import Facilitator, RecoveryCode, now

# So many wrong ones in a row, of passwords and codes together, and the account rests.
TRIES = 5
RESTS_FOR = timedelta(minutes=15)
RECOVERY_CODES = 10
RECOVERY_LENGTH = 12


def begin_try(session: Session, facilitator_id: int) -> bool:
    """Count one more try; False while the account rests."""
    row = session.scalars(
        select(Facilitator).where(Facilitator.id == facilitator_id).with_for_update()
    ).one()
    if row.rests_until is not None:
        if row.rests_until > now():
            return False
        row.rests_until, row.tries = None, 0
    row.tries += 1
    if row.tries >= TRIES:
        row.rests_until = now() + RESTS_FOR
    return True


def take_try_back(session: Session, facilitator_id: int) -> None:
    """The try was right: it does not count. Those before it count until the sign-in is complete."""
    session.execute(
        update(Facilitator)
        .where(Facilitator.id == facilitator_id)
        .values(tries=Facilitator.tries - 1, rests_until=None)
    )


def wake(session: Session, facilitator_id: int) -> None:
    """No try counts any more: signed in, or an administrator says so."""
    session.execute(
        update(Facilitator)
        .where(Facilitator.id == facilitator_id)
        .values(tries=0, rests_until=None)
    )


def keep_factor(session: Session, facilitator_id: int, sealed: str, step: int) -> bool:
    """The app is set up, and `step` was the time step of its first code. False: it was already."""
    kept = session.scalar(
        update(Facilitator)
        .where(Facilitator.id == facilitator_id, Facilitator.factor_secret.is_(None))
        .values(factor_secret=sealed, factor_step=step)
        .returning(Facilitator.id)
    )
    return kept is not None


def use_step(session: Session, facilitator_id: int, step: int) -> bool:
    """Use up the code of this time step; False when it, or a later one, was used before."""
    used = session.scalar(
        update(Facilitator)
        .where(Facilitator.id == facilitator_id, Facilitator.factor_step < step)
        .values(factor_step=step)
        .returning(Facilitator.id)
    )
    return used is not None


def forget_factor(session: Session, facilitator_id: int) -> None:
    """The app is lost: it is set up anew at the next sign-in, and old recovery codes are gone."""
    session.execute(
        update(Facilitator)
        .where(Facilitator.id == facilitator_id)
        .values(factor_secret=None, factor_step=0)
    )
    session.execute(delete(RecoveryCode).where(RecoveryCode.facilitator_id == facilitator_id))


def new_recovery_codes(session: Session, facilitator_id: int) -> list[str]:
    """Fresh codes in place of all older ones. They are not kept and cannot be shown again."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.facilitator_id == facilitator_id))
    codes = [
        "".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LENGTH))
        for _ in range(RECOVERY_CODES)
    ]
    session.add_all(
        RecoveryCode(facilitator_id=facilitator_id, code_hash=hash_of(code)) for code in codes
    )
    return codes


def use_recovery_code(session: Session, facilitator_id: int, code: str) -> bool:
    """Use the code up; False for an unknown or used one."""
    used = session.scalar(
        update(RecoveryCode)
        .where(
            RecoveryCode.facilitator_id == facilitator_id,
            RecoveryCode.code_hash == hash_of(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now())
        .returning(RecoveryCode.id)
    )
    return used is not None


def recovery_codes_left(session: Session, facilitator_id: int) -> int:
    """How many can still be used."""
    left = session.scalar(
        select(func.count(RecoveryCode.id)).where(
            RecoveryCode.facilitator_id == facilitator_id, RecoveryCode.used_at.is_(None)
        )
    )
    return left or 0

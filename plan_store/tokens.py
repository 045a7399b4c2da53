"""Tokens for a council's own system: for an account, with scopes and an end; shown once.

Comes in: an account's id and scopes; later the token itself. Goes out: whose eyes it looks with.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from plan_store.causes import note_at_the_terminal
from plan_store.facilitators import viewer_of
from plan_store.inviting import hash_of
from plan_store.roles import Viewer
from plan_store.tables import ApiToken, Facilitator, now

# What each scope lets a system do; nothing lets it write.
SCOPES: Mapping[str, str] = {
    "people:read": "the list of people whom the account sees",
    "plans:read": "what these people share of their plans",
}
MOST_DAYS = 366
USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """The account that a token looks as, and what the token may do."""

    token_id: int
    token: str
    viewer: Viewer
    name: str
    email: str
    scopes: frozenset[str]


def make_token(
    session: Session, facilitator_id: int, name: str, scopes: Sequence[str], days: int
) -> str:
    """A new token. Raises ValueError at an unknown scope, or at days that are none."""
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise ValueError(f"A scope is one of {', '.join(SCOPES)}; not {', '.join(unknown) or '…'}.")
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"A token is good for 1 to {MOST_DAYS} days, not {days}.")
    token = f"myway_{secrets.token_hex(20)}"
    made = ApiToken(
        token_hash=hash_of(token),
        facilitator_id=facilitator_id,
        name=name[:80],
        scopes=",".join(dict.fromkeys(scopes)),
        ends_at=now() + timedelta(days=days),
    )
    session.add(made)
    session.flush()
    note_at_the_terminal(session, "makes", "api_token", made.id, facilitator_id)
    return token


def holder_of(session: Session, token: str) -> TokenHolder | None:
    """Whose eyes this token looks with; None where it, or the account, has ended."""
    found = session.execute(
        select(ApiToken, Facilitator)
        .join(Facilitator, Facilitator.id == ApiToken.facilitator_id)
        .where(
            ApiToken.token_hash == hash_of(token),
            ApiToken.ended_at.is_(None),
            ApiToken.ends_at > now(),
            Facilitator.ended_at.is_(None),
        )
    ).one_or_none()
    if found is None:
        return None
    row, account = found
    return TokenHolder(
        row.id,
        row.name,
        viewer_of(session, account.id),
        account.name,
        account.email,
        frozenset(row.scopes.split(",")),
    )


def all_tokens(session: Session) -> list[tuple[ApiToken, str]]:
    """Every token and the e-mail that answers for it, the newest first."""
    rows = session.execute(
        select(ApiToken, Facilitator.email)
        .join(Facilitator, Facilitator.id == ApiToken.facilitator_id)
        .order_by(ApiToken.id.desc())
    )
    return [(token, email) for token, email in rows]


def end_token(session: Session, token_id: int) -> bool:
    """End it now; False where there is none that is open."""
    facilitator_id = session.scalar(
        update(ApiToken)
        .where(ApiToken.id == token_id, ApiToken.ended_at.is_(None))
        .values(ended_at=now())
        .returning(ApiToken.facilitator_id)
    )
    if facilitator_id is None:
        return False
    note_at_the_terminal(session, "ends", "api_token", token_id, facilitator_id)
    return True


def note_use(session: Session, token_id: int) -> None:
    """It was used; not every use writes."""
    session.execute(
        update(ApiToken)
        .where(
            ApiToken.id == token_id,
            (ApiToken.used_at.is_(None)) | (ApiToken.used_at < now() - USED_EVERY),
        )
        .values(used_at=now())
    )

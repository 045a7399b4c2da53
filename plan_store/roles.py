"""Who may do what at the desk: one table of roles, and the questions every page and click asks.

Comes in: who asks (a `Viewer`) and the facts around a person. Goes out: nothing, or `MayNot` with
the reason. No store stands behind it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# What each role may do. Somebody with several roles may do all that any of them may.
ROLES: Mapping[str, frozenset[str]] = {
    "facilitator": frozenset(
        {
            "work_with_people",
            "see_own_people",
            "answer_own_people",
            "see_alerts",
            "invite",
            "keep_options",
            "see_fund",
        }
    ),
    "safeguarding_lead": frozenset(
        {"work_with_people", "see_people_with_alerts", "see_alerts", "close_alerts", "run_drills"}
    ),
    "manager": frozenset(
        {
            "work_with_people",
            "see_everybody",
            "answer_everybody",
            "see_alerts",
            "close_alerts",
            "run_drills",
            "give_people",
            "forget_people",
            "invite",
            "keep_options",
            "see_fund",
            "keep_fund",
            "agree_budgets",
        }
    ),
    "administrator": frozenset({"keep_accounts"}),
}
# The first account of a house: until it shares them out, there is nobody else to do the rest.
EVERY_ROLE = tuple(ROLES)
# In which of these words the reason of a refusal is told.
NOT_SIGNED_IN, NOT_YOUR_ROLE, NOT_YOUR_PERSON = "not_signed_in", "not_your_role", "not_your_person"


class MayNot(Exception):
    """This is not for them; `reason` says why, as a key of a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: an account, and its roles."""

    id: int
    roles: frozenset[str]

    @property
    def may(self) -> frozenset[str]:
        """All that their roles let them do."""
        return frozenset().union(*(ROLES[role] for role in self.roles))


@dataclass(frozen=True, slots=True)
class Around:
    """What decides who sees a person: who works with them, and whether there is an alert."""

    facilitators: frozenset[int]
    has_alert: bool


def check_can(viewer: Viewer | None, what: str) -> None:
    """Raises `MayNot` unless one of their roles lets them do it."""
    if viewer is None:
        raise MayNot(NOT_SIGNED_IN)
    if what not in viewer.may:
        raise MayNot(NOT_YOUR_ROLE)


def can(viewer: Viewer | None, what: str) -> bool:
    """The same question, for pages."""
    return viewer is not None and what in viewer.may


def check_can_see_person(viewer: Viewer | None, around: Around) -> None:
    """Raises `MayNot` unless they work with this person, or their role looks further."""
    check_can(viewer, "work_with_people")
    if viewer is None or not (
        can(viewer, "see_everybody")
        or (can(viewer, "see_own_people") and viewer.id in around.facilitators)
        or (can(viewer, "see_people_with_alerts") and around.has_alert)
    ):
        raise MayNot(NOT_YOUR_PERSON)


def check_can_answer_person(viewer: Viewer | None, around: Around) -> None:
    """Raises `MayNot` unless they work with this person, or stand in for everybody."""
    check_can_see_person(viewer, around)
    if viewer is None or not (
        can(viewer, "answer_everybody")
        or (can(viewer, "answer_own_people") and viewer.id in around.facilitators)
    ):
        raise MayNot(NOT_YOUR_ROLE)


def can_answer_person(viewer: Viewer | None, around: Around) -> bool:
    """The same question, for pages."""
    try:
        check_can_answer_person(viewer, around)
    except MayNot:
        return False
    return True


def roles_from(listed: str) -> tuple[str, ...]:
    """The roles in this list with commas, each once. Raises ValueError at an unknown one."""
    roles = tuple(dict.fromkeys(part.strip() for part in listed.split(",") if part.strip()))
    unknown = [role for role in roles if role not in ROLES]
    if unknown or not roles:
        raise ValueError(f"A role is one of {', '.join(ROLES)}; not {', '.join(unknown) or '…'}.")
    return roles

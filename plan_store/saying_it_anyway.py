"""The easy-read check on what people at the desk write into the chat: held, or said all the same.

Comes in: words, and why they are to go as they are, where they are. Goes out: `TooHard` with what
to try; or, with a reason, a row that says who sent hard words, and why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from plan_store.causes import Cause, note
from plan_store.inserting_once import insert_once
from plan_store.plain_words import Finding, Lists, breaches, check_message
from plan_store.tables import SaidAnyway
from plan_store.taking_a_click import clicked


class TooHard(Exception):
    """The words break numbers of easy read; `findings` say which, and what to try."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(len(findings))
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class Checked:
    """Words that may go: easy, or with the reason why they go though they are not."""

    words: str
    broke: tuple[str, ...] = ()
    reason: str = ""


def check_can_say(words: str, lists: Lists, names: Sequence[str], reason: str) -> Checked:
    """Raises `TooHard` where the words are hard to read and no reason is given."""
    broken = breaches(check_message(words, lists, names=names))
    if broken and not reason.strip():
        raise TooHard(broken)
    return Checked(words, tuple(dict.fromkeys(each.rule for each in broken)), reason.strip())


def keep_why(session: Session, cause: Cause, checked: Checked, item: str, item_id: int) -> None:
    """Where hard words went all the same, keep who sent them, and why."""
    if not checked.broke:
        return
    click, facilitator_id = clicked(cause)
    kept = insert_once(
        session,
        SaidAnyway,
        person_id=cause.person_id,
        facilitator_id=facilitator_id,
        click=click,
        item=item,
        item_id=item_id,
        rules=list(checked.broke),
        reason=checked.reason,
    )
    if kept is not None:
        note(session, cause, "says_anyway", item, item_id)

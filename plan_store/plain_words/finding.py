"""What the check found: the rule, the piece it was found in, and what to try.

Comes in: a rule's entry of `data/easy_read/rules.yml` and the piece. Goes out: one finding.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not easy to read. `advice`: said, and lets the words go.

    `piece`: the words it is about, as they stand. `instead`: what to say in their place, where the
    data knows it.
    """

    rule: str
    piece: str
    says: str
    try_this: str
    instead: str | None = None
    advice: bool = False

    @property
    def suggestion(self) -> str:
        """The one thing to try, in one line."""
        return f"“{self.instead}”" if self.instead else self.try_this


def breaches(findings: Iterable[Finding]) -> list[Finding]:
    """Those that are no mere advice."""
    return [finding for finding in findings if not finding.advice]

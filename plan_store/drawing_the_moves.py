"""docs/deciding.md, drawn from the table of moves: `python -m plan_store.drawing_the_moves`.

Comes in: the table. Goes out: a diagram for each thing, and whose turn it is after each move.
"""

import sys
from pathlib import Path

from plan_store.deciding import MOVES, NOT_YET, THINGS, Move

FILE = Path(__file__).parent.parent / "docs" / "deciding.md"
HEAD = """\
# Deciding together: what may follow what

Drawn from the table in `plan_store/deciding.py` by `python -m plan_store.drawing_the_moves`; a test
fails when it is not current. Statuses are those of HL7 FHIR where it has them.
"""


def drawn() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(_of(thing) for thing in THINGS)])


def _of(thing: str) -> str:
    mine = [move for move in MOVES if move.thing == thing]
    lines = [f"## {thing.capitalize()}", "", "```mermaid", "stateDiagram-v2"]
    lines += [f"    {way}: {', '.join(whats)}" for way, whats in _ways(mine).items()]
    lines += [
        "```",
        "",
        "| move | by | from | to | then it is the turn of |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {_said(move.what)} | {move.by} | {', '.join(filter(None, move.before)) or 'the start'} "
        f"| {move.after or 'as it was'} | {move.turn or 'as it was'} |"
        for move in mine
    ]
    return "\n".join([*lines, ""])


def _ways(moves: list[Move]) -> dict[str, list[str]]:
    """The arrows that lead somewhere else, each with all moves that go that way."""
    found: dict[str, list[str]] = {}
    for move in moves:
        for before in move.before:
            if move.after not in {None, before}:
                way = f"{_state(before)} --> {_state(move.after or before)}"
                found.setdefault(way, []).append(f"{_said(move.what)} ({move.by})")
    return found


def _state(status: str) -> str:
    # Mermaid takes a hyphen for an arrow.
    return "[*]" if status == NOT_YET else status.replace("-", "_")


def _said(what: str) -> str:
    return what.replace("_", " ")


def main() -> int:
    """Write the page."""
    FILE.write_text(drawn(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""How well the first look does on lines that others wrote: `python -m bot.safety.measuring FOLDER`.

Comes in: a folder with safeguarding.jsonl (text, label, kind, tier, style) and files of ordinary
lines. Goes out: recall and precision, by kind, tier and style; every miss and false alarm in full.
"""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.safety.looking import Danger, FirstLook, read_first_look

# Files of the folder in which nobody is in danger.
ORDINARY = ("general_intents", "aspirations", "oos")


def figures(look: FirstLook, folder: Path) -> dict[str, Any]:
    """All figures as one object; shares from 0 to 1, times in milliseconds."""
    times: list[float] = []

    def noticed(text: str) -> Danger | None:
        began = time.thread_time()
        danger = look.look(text)
        times.append((time.thread_time() - began) * 1000)
        return danger

    rows = list(_rows(folder / "safeguarding.jsonl"))
    for name in ORDINARY:
        rows += [
            {"text": row["text"], "label": 0, "kind": name, "tier": "none", "style": name}
            for row in _rows(folder / f"{name}.jsonl")
        ]
    found = [(row, noticed(row["text"])) for row in rows]
    danger = [(row, each) for row, each in found if row["label"]]
    ordinary = [(row, each) for row, each in found if not row["label"]]
    alarms = [(row, each) for row, each in ordinary if each is not None]
    caught = [row for row, each in danger if each is not None]
    times.sort()
    return {
        "lines_of_danger": len(danger),
        "recall": _share(len(caught), len(danger)),
        "recall_by": {by: _by(by, danger) for by in ("style", "tier", "kind")},
        "recall_by_style_and_tier": _by_two(danger),
        "ordinary_lines": len(ordinary),
        "alarms_in_100": round(100 * len(alarms) / max(1, len(ordinary)), 2),
        "alarms_by": _by("kind", ordinary),
        "precision": _share(len(caught), len(caught) + len(alarms)),
        "how": _how(found),
        "missed": [{"kind": row["kind"], "text": row["text"]} for row, each in danger if not each],
        "false_alarms": [
            {"alert": each.kind, "how": each.how, "matched": each.phrase, "text": row["text"]}
            for row, each in alarms
        ],
        "milliseconds": {
            "mean": round(sum(times) / max(1, len(times)), 2),
            "p95": round(times[int(len(times) * 0.95)], 2) if times else 0.0,
        },
    }


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    if file.is_file():
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def _by(name: str, found: list[tuple[dict[str, Any], Danger | None]]) -> dict[str, str]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for row, each in found:
        groups[str(row.get(name, "?"))].append(each is not None)
    return {group: f"{sum(hits)} of {len(hits)}" for group, hits in sorted(groups.items())}


def _by_two(found: list[tuple[dict[str, Any], Danger | None]]) -> dict[str, str]:
    return _by(
        "both",
        [({"both": f"{row.get('style')} {row.get('tier')}"}, each) for row, each in found],
    )


def _how(found: list[tuple[dict[str, Any], Danger | None]]) -> dict[str, int]:
    ways: dict[str, int] = defaultdict(int)
    for _row, each in found:
        if each is not None:
            ways[each.how] += 1
    return dict(sorted(ways.items()))


def main(words: Sequence[str]) -> int:
    """Print the figures of a folder as JSON; the exit code is for the shell."""
    if len(words) != 1 or not (Path(words[0]) / "safeguarding.jsonl").is_file():
        print("Say where safeguarding.jsonl is: python -m bot.safety.measuring FOLDER")
        return 2
    print(json.dumps(figures(read_first_look(), Path(words[0])), indent=2, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

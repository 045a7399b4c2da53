"""`./myway safety [FILE]`: looks at lines and says what the first look makes of each.

Comes in: JSON lines with "text", from FILE or standard input. Goes out: the same lines with "alert"
(the kind, or null), "how" (phrase, model, ask, or null) and "matched". Nothing is kept or sent.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bot.safety.looking import FirstLook, read_first_look


def looked_at(look: FirstLook, lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Each line's object, with what was noticed; raises `ValueError` with the line's number."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text = row["text"]
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"Line {number} is no JSON object with a text.") from None
        danger = look.look(str(text))
        yield row | {
            "alert": danger.kind if danger else None,
            "how": danger.how if danger else None,
            "matched": danger.phrase if danger else None,
        }


def main(words: Sequence[str]) -> int:
    """Look; the exit code is for the shell."""
    if len(words) > 1 or words[:1] in (["-h"], ["--help"]):
        print("Say: ./myway safety [FILE]", file=sys.stderr)
        return 2
    try:
        lines = Path(words[0]).read_text(encoding="utf-8").splitlines() if words else sys.stdin
    except OSError as problem:
        print(f"{words[0]} cannot be read: {type(problem).__name__}.", file=sys.stderr)
        return 1
    try:
        for row in looked_at(read_first_look(), lines):
            print(json.dumps(row, ensure_ascii=False), flush=True)
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

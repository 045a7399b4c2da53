"""`./myway easy-read`: checks everything the chat can say, or the words that follow `--say`.

Comes in: data, or a message. Goes out: file, line, rule and a suggestion for each breach, for a
person or as JSON; the exit code is 1 where there is a breach.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from plan_store.plain_words.checking import check_message
from plan_store.plain_words.going_through_the_library import Found, check_library
from plan_store.plain_words.reading_the_lists import read_lists
from plan_store.reading_data import DataWrong

DATA = Path(__file__).resolve().parents[2] / "data"


def main(words: Sequence[str] | None = None) -> int:
    """The verb. 0: easy to read. 1: a breach. 2: a file that cannot be read."""
    asked = _asked(words)
    try:
        if asked.say is not None:
            found = [
                Found("--say", 1, "", finding)
                for finding in check_message(asked.say, read_lists(asked.data))
            ]
            count = 1
        else:
            count, found = check_library(asked.data)
    except DataWrong as wrong:
        print(wrong, file=sys.stderr)
        return 2
    breaches = [each for each in found if not each.finding.advice]
    shown = found if asked.advice else breaches
    if asked.json:
        print(json.dumps(_as_json(count, shown, len(breaches)), ensure_ascii=False, indent=2))
    else:
        for each in shown:
            print(_as_lines(each))
        print(f"{count} pieces read, {len(breaches)} breaches.")
    return 1 if breaches else 0


def _asked(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./myway easy-read", description="Is everything the chat can say easy to read?"
    )
    parser.add_argument("--json", action="store_true", help="for programs")
    parser.add_argument("--advice", action="store_true", help="also what could be easier still")
    parser.add_argument("--say", metavar="WORDS", help="check these words instead of the data")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of data")
    return parser.parse_args(words)


def _as_lines(each: Found) -> str:
    finding = each.finding
    kind = "advice" if finding.advice else "breach"
    return (
        f"{each.file}:{each.line}: {kind}: {finding.rule}: {finding.says}\n"
        f"    {each.key}: {_one_line(finding.piece)}\n"
        f"    try: {finding.suggestion}"
    )


def _as_json(count: int, shown: Iterable[Found], breaches: int) -> dict[str, object]:
    findings = [
        {"file": each.file, "line": each.line, "key": each.key, **asdict(each.finding)}
        for each in shown
    ]
    return {"pieces": count, "breaches": breaches, "findings": findings}


def _one_line(text: str) -> str:
    return " ".join(text.split())


if __name__ == "__main__":
    sys.exit(main())

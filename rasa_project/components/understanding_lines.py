"""`./myway understand`: lines of JSON in, the same lines out with what the listener understands.

In: a model, and lines {"text": …} (with "expecting" where a question was open). Out: the same lines
with intent, confidence, life_areas, kind, slots and sure. Each line goes the way of a typed
message: the door's own hearing, the same model, the same weighing. A line that cannot be read is
named on standard error, and the exit code is 1 at the end.
"""

import asyncio
import json
import os
import sys
from collections.abc import Iterable
from typing import Any, TextIO

# Then the chat asks: "Do you mean …?", "Is that your answer?"
NOT_SURE = frozenset({"nlu_fallback", "may_be_answer"})
USAGE = 2


class LineError(ValueError):
    """This line is not one to understand; says why."""


def read_line(line: str, expectations: Iterable[str]) -> dict[str, Any]:
    """The line as it was given. Raises LineError."""
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        raise LineError("is not JSON") from None
    if not isinstance(given, dict):
        raise LineError('is not an object like {"text": "hello"}')
    if not isinstance(given.get("text"), str):
        raise LineError('has no "text" that is a string')
    if given.get("expecting", "nothing") not in expectations:
        raise LineError(f'has an "expecting" that is none of: {", ".join(expectations)}')
    return given


def understood(heard: dict[str, Any]) -> dict[str, Any]:
    """What the running chat takes from what was heard. What is not sure is left empty.

    `sure` is of the intent: with false, the chat asks which it is where it must know.
    """
    meaning = heard.get("meaning") or {}
    return {
        "intent": heard["intent"]["name"],
        "confidence": round(float(heard["intent"]["confidence"]), 4),
        "life_areas": meaning.get("life_areas", []),
        "kind": meaning.get("kind"),
        "slots": meaning.get("slots", {}),
        "sure": heard["intent"]["name"] not in NOT_SURE,
    }


async def understand(lines: TextIO, model: str, answers: TextIO, complaints: TextIO) -> int:
    """Every line in its order. The exit code: 1 when there was a line that could not be read."""
    from rasa.core.agent import Agent  # noqa: PLC0415 - after standard output was put aside

    from components.hearing import EXPECTATIONS  # noqa: PLC0415
    from components.quiet_log import keep_words_out_of_the_log  # noqa: PLC0415
    from components.sure_enough import as_the_chat_takes_it  # noqa: PLC0415
    from components.what_came_in import hear_typed  # noqa: PLC0415

    keep_words_out_of_the_log()
    agent = Agent.load(model)
    if not agent.is_ready():
        complaints.write(f"{model} is not a model that can be read: run ./myway train.\n")
        return 1
    code = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            given = read_line(line, EXPECTATIONS)
        except LineError as wrong:
            complaints.write(f"line {number} {wrong}\n")
            code = 1
            continue
        typed = await hear_typed(given["text"], agent.processor)
        heard = as_the_chat_takes_it(typed, given.get("expecting", "nothing"))
        answers.write(json.dumps({**given, **understood(heard)}, ensure_ascii=False) + "\n")
    answers.flush()
    return code


def main(words: list[str]) -> int:
    """`MODEL [FILE]`; standard input without FILE."""
    if len(words) not in {1, 2}:
        sys.stderr.write("understand takes one file of JSON lines, or none and standard input\n")
        return USAGE
    # Whatever any library prints goes where complaints go: standard output holds JSON lines only.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="surrogatepass")
    os.dup2(2, 1)
    if len(words) == 1:
        return asyncio.run(understand(sys.stdin, words[0], answers, sys.stderr))
    try:
        with open(words[1], encoding="utf-8", errors="replace") as lines:  # noqa: PTH123
            return asyncio.run(understand(lines, words[0], answers, sys.stderr))
    except OSError as wrong:
        sys.stderr.write(f"{words[1]} cannot be read: {wrong.strerror}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

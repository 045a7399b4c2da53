"""Each turn of a conversation, as it was really sent, against the numbers of easy read.

In: a turn, and what the person said so far. Out: what is hard to read in it.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from plan_store.plain_words import Lists, breaches, check_message, check_turn, read_lists
from plan_store.reading_data import read_yaml

# Who is at the desk in these conversations; a name is no hard word.
FACILITATOR = "Ann"
DATA = Path(__file__).parents[2] / "data"


@cache
def lists() -> Lists:
    """Read once for all conversations."""
    return read_lists(DATA)


@cache
def helplines() -> tuple[str, ...]:
    """The names of who can be called."""
    lines = read_yaml(DATA / "helplines.yml")[0]["helplines"].values()
    return tuple(line["name"] for line in lines)


def hard_to_read(turn: dict[str, Any], said: Sequence[str]) -> list[str]:
    """The breaches in one turn. What the person was called by is a name, and is theirs."""
    texts = [reply["text"] for reply in turn["replies"]]
    # A facilitator's own words are looked at on the desk, before they are sent.
    ours = [reply["text"] for reply in turn["replies"] if reply["key"] != "facilitator_says"]
    names = [
        FACILITATOR,
        *helplines(),
        *(word for words in said for word in words.split() if word[:1].isupper()),
    ]
    found = breaches(check_turn(texts, lists(), own_words=said))
    for text in ours:
        found += breaches(check_message(text, lists(), own_words=said, names=names, ours=True))
    return [f"{finding.rule}: {finding.piece}" for finding in found]

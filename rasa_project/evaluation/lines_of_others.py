"""Lines that other people wrote, with their labels, and how their labels are ours.

In: the folder of the development set (never in the repository, never taught). Out: lines, and for
each of their labels the intents of ours that count as right.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Their label: our intents that count as right, our own name for it first. The README beside the
# lines names the near misses: again and simpler, goodbye and stop, maybe and dont_know.
RIGHT_FOR: dict[str, tuple[str, ...]] = {
    label: tuple(ours.split())
    for label, ours in {
        "greet": "greet",
        "goodbye": "goodbye stop",
        "stop": "stop goodbye",
        "affirm": "affirm",
        "deny": "deny",
        "maybe": "maybe dont_know",
        "dont_know": "dont_know maybe",
        # Ours of the same name; where nothing was to choose from, it is not knowing.
        "dont_mind": "dont_mind dont_know",
        "repeat": "again simpler",
        "simplify_or_explain": "simpler again",
        # "Let's change the subject", "I'd rather not say": left out in three ways.
        "skip": "skip talk_about not_now private",
        "help": "help",
        "thanks": "thanks praise",
        "bot_challenge": "bot_challenge",
        "human_handoff": "ask_person",
        "correction": "correct change",
        # Jokes, facts and weather are out of scope; who the chat is, is about_you.
        "chitchat": "out_of_scope about_you nlu_fallback",
        "complaint": "rude bored hard correct",
        "insult": "rude",
    }.items()
}
# They name money, travel or fun where ours name the area around it too.
AROUND = {
    "money": {"home", "work_learning"},
    "travel": {"home", "friends_community"},
    "fun": {"friends_community", "health"},
}
CAUGHT = frozenset({"out_of_scope", "nlu_fallback"})
CHITCHAT = "chitchat"


@dataclass(frozen=True)
class Aspiration:
    """What somebody wants, the part of life it is about, and all that count as right."""

    text: str
    domain: str
    right: frozenset[str]


@dataclass(frozen=True)
class LinesOfOthers:
    """Texts with labels; `aspirations` with the life areas that count as right."""

    intents: list[tuple[str, str]]
    out_of_scope: list[str]
    aspirations: list[Aspiration]

    def in_scope(self) -> list[str]:
        """Every line this chat is for."""
        said = [text for text, label in self.intents if label != CHITCHAT]
        return said + [each.text for each in self.aspirations]


def read_lines_of_others(folder: Path) -> LinesOfOthers:
    """Raises FileNotFoundError where the folder is not."""
    return LinesOfOthers(
        intents=[
            (each["text"], each["intent"]) for each in _lines(folder / "general_intents.jsonl")
        ],
        out_of_scope=[each["text"] for each in _lines(folder / "oos.jsonl")],
        aspirations=[
            Aspiration(
                each["text"],
                each["domain"],
                frozenset({each["domain"], *_also(each.get("also"))}),
            )
            for each in _lines(folder / "aspirations.jsonl")
        ],
    )


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def _also(also: Any) -> list[str]:
    if isinstance(also, list):
        return also
    return [also] if also else []


def as_their_label(label: str, intent: str) -> str:
    """Our intent in their words, given what was asked for: right is right, else our own name."""
    if intent in RIGHT_FOR[label]:
        return label
    # The label whose first intent it is, before one of which it is a near miss.
    for theirs, ours in sorted(RIGHT_FOR.items(), key=lambda each: each[1][0] != intent):
        if intent in ours:
            return theirs
    return intent

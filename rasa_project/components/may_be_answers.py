"""What is a control anywhere else and may be the answer where own words are awaited: "quiet".

In: data/talk/may_be_answers.yml, once; then texts. Out: whether a text is one of these, misspelt or
not. `sure_enough` then has the chat ask.
"""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import yaml

from components.as_heard import as_heard

# The name under which a message carries it, and the intent at an open question.
MAY_BE_ANSWER = "may_be_answer"
MARKS = re.compile(r"[^\w\s']+")


class MayBeAnswers:
    """The ways of saying it that may be either."""

    def __init__(self, lines: Iterable[str]) -> None:
        """`lines` as the file has them, whatever control they stand under."""
        self._lines = frozenset(map(_bare, lines))

    @classmethod
    def read(cls, file: Path) -> "MayBeAnswers":
        """Every line of the file. Raises FileNotFoundError."""
        # BaseLoader: "no", "on" and "2" are words here, not YAML's own.
        by_control = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)[f"{MAY_BE_ANSWER}s"]  # noqa: S506
        return cls(line for lines in by_control.values() for line in lines.splitlines())

    def keep(self, file: Path) -> None:
        """Write them."""
        file.write_text(json.dumps(sorted(self._lines)), "utf-8")

    @classmethod
    def kept(cls, file: Path) -> "MayBeAnswers":
        """Read what `keep` wrote."""
        return cls(json.loads(file.read_text("utf-8")))

    def has(self, text: str, put_right: Callable[[str], str]) -> bool:
        """Whether a text is one of them, as it was typed or with its misspelt words guessed."""
        heard = _bare(text)
        return heard in self._lines or put_right(heard) in self._lines


def _bare(text: str) -> str:
    """As it is heard, without marks."""
    return " ".join(MARKS.sub(" ", as_heard(text)).split())

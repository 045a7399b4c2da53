"""The words, by key, from `data/words`: read once, checked, and filled when a reply is put.

Comes in: a key, and what fills it by id. Goes out: the text, its version, and its buttons.
"""

import string
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from bot.safety import plainly
from plan_store.tables import Answer, Facilitator, Incoming, Person, Statement

# In a chat message a quote stays short; the whole of it is in the store.
LONGEST_QUOTE = 600
LONGEST_ANSWER = 3000
LABEL_LENGTH = 20
CALLBACK_BYTES = 64


class WordsWrong(Exception):
    """A file of words cannot be used; the text says which, where and why."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button: what it shows, what the listener hears, and whether it works on old messages.

    `also`: what may be typed in its place, besides the label."""

    label: str
    value: str
    stays: bool
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """One thing the chat can say, in its wordings."""

    key: str
    version: int
    wordings: dict[str, str]
    buttons: tuple[str, ...]
    picture: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they go out."""

    key: str
    version: int
    text: str
    buttons: list[dict[str, Any]]
    picture: dict[str, str] | None


class Library:
    """All words and buttons."""

    def __init__(
        self,
        words: dict[str, Words],
        buttons: dict[str, Button],
        always: dict[str, str] | None = None,
    ) -> None:
        self.words = words
        self.buttons = buttons
        # What fills the same place everywhere: the helplines.
        self.always = always or {}

    def say(self, session: Session, person: Person | None, reply: dict[str, Any]) -> Said:
        """Fill one reply: `{"key": …, "filling": {name: {"statement": id}}, "wording": …}`."""
        words = self.words[reply["key"]]
        filling = dict(self.always)
        if person is not None:
            filling["name"] = person.called or ""
        # Plain words of the library's own, such as the name of a day.
        filling |= reply.get("also") or {}
        for name, named in (reply.get("filling") or {}).items():
            filling |= self._named(session, name, named)
        wording = words.wordings.get(reply.get("wording", "text"), words.wordings["text"])
        return Said(
            words.key,
            words.version,
            wording.format_map(filling),
            [self._shown(key) for key in words.buttons],
            words.picture,
        )

    def text(self, key: str) -> str:
        """Words that need nothing filled in: the page's own."""
        return self.words[key].wordings["text"].format_map(self.always)

    def also_called(self, value: str) -> set[str]:
        """Other names, typed, of the button that means this."""
        return {
            plainly(name)
            for button in self.buttons.values()
            if button.value == value
            for name in button.also
        }

    def _shown(self, key: str) -> dict[str, Any]:
        button = self.buttons[key]
        return {"label": button.label, "value": button.value, "stays": button.stays}

    def _named(self, session: Session, name: str, named: dict[str, int]) -> dict[str, str]:
        ((kind, row_id),) = named.items()
        if kind == "statement":
            statement = session.get_one(Statement, row_id)
            if statement.words.strip():
                return {name: _short(statement.words.strip(), LONGEST_QUOTE)}
            message = session.get_one(Incoming, statement.incoming_id)
            return {name: self.text(f"recorded_{message.kind}")}
        if kind == "answer":
            answer = session.get_one(Answer, row_id)
            facilitator = session.get_one(Facilitator, answer.facilitator_id)
            return {
                "words": _short(answer.words, LONGEST_ANSWER),
                "facilitator": facilitator.name,
            }
        raise WordsWrong(f"Nothing fills words from {kind!r}.")


def read_library(data: Path) -> Library:
    """Read every file of `data/words` and the helplines; one error names file, key and rule."""
    buttons: dict[str, Button] = {}
    words: dict[str, Words] = {}
    for file in sorted((data / "words").glob("*.yml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for key, value in (content.get("buttons") or {}).items():
            buttons[key] = _button(file, key, value)
        for key, value in (content.get("words") or {}).items():
            if key in words:
                raise WordsWrong(f"{file}: {key} stands in two files.")
            words[key] = _words(file, key, value)
    for entry in words.values():
        unknown = [button for button in entry.buttons if button not in buttons]
        if unknown:
            raise WordsWrong(f"{entry.key}: there is no button called {', '.join(unknown)}.")
    return Library(words, buttons, helplines(data))


def placeholders(text: str) -> set[str]:
    """The names in braces that a text needs filled."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _button(file: Path, key: str, value: Any) -> Button:
    try:
        button = Button(
            value["label"],
            value["value"],
            bool(value.get("stays", False)),
            tuple(value.get("also", ())),
        )
    except (KeyError, TypeError, AttributeError) as missing:
        raise WordsWrong(f"{file}: button {key}: {missing} is missing.") from missing
    if len(button.label) > LABEL_LENGTH:
        raise WordsWrong(f"{file}: button {key}: a label has at most {LABEL_LENGTH} characters.")
    return button


def _words(file: Path, key: str, value: Any) -> Words:
    try:
        entry = Words(
            key,
            int(value["version"]),
            {name: value[name] for name in ("text", "simpler") if name in value},
            (*(value.get("buttons") or ()), *(value.get("controls") or ())),
            value.get("picture"),
        )
        for wording in ("text", *entry.wordings):
            placeholders(entry.wordings[wording])
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        raise WordsWrong(f"{file}: {key}: {wrong} is missing or wrong.") from wrong
    if entry.picture is not None and not entry.picture.get("description"):
        raise WordsWrong(f"{file}: {key}: a picture needs a description.")
    return entry


def helplines(data: Path) -> dict[str, str]:
    """What each helpline is called in a sentence: its name and number."""
    lines = yaml.safe_load((data / "helplines.yml").read_text(encoding="utf-8"))["helplines"]
    return {
        key: f"{line['name']} {line.get('call') or line.get('text')}"
        if key != "emergency"
        else str(line["call"])
        for key, line in lines.items()
    }


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"

"""The words, by key: filled for one person when a reply is put.

Comes in: a key, what fills it by id, and how the person likes to talk. Goes out: the text, its
version, its picture and its buttons.
"""

import random
import re
import string
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from bot.picturing import picture_of
from bot.safety import plainly
from bot.saying_what_was_brokered import brokered
from bot.saying_what_was_decided import decided
from plan_store.chapters import Chapters
from plan_store.inviting import new_door_link
from plan_store.linking_to_a_plan import make_plan_link
from plan_store.tables import (
    Access,
    Answer,
    Facilitator,
    Incoming,
    Person,
    Place,
    ShortVersion,
    Statement,
)
from plan_store.the_time_here import here

# In a chat message a quote stays short; the whole of it is in the store.
LONGEST_QUOTE = 600
LONGEST_ANSWER = 3000
# Stands for words that are not there any more.
NOTHING_LEFT = "…"
LABEL_LENGTH = 20
QUOTED = re.compile(r"“([^”]+)”")
CALLBACK_BYTES = 64
# So many answers at once, or fewer for who likes it so; one button shows the others.
MOST = 3
FEWER = 2
# How a sentence speaks to somebody: "Goodbye, {name}." is "Goodbye." to who gave no name.
BY_NAME = re.compile(r",? \{name\}(?=[.!?,])")
MORE_ANSWERS = "more_answers"
# With a helper there, this always-ordinary button stands in the place of "Help".
WITH_SOMEBODY = {"help": "later"}


class WordsWrong(Exception):
    """A reply cannot be put into words; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button: what it shows, what the listener hears, and whether it works on old messages.

    `also`: what may be typed in its place, besides the label."""

    label: str
    value: str
    stays: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """One thing the chat can say, in its wordings: text, and for a question simpler and other.

    `answers` come before `controls`; `shuffled`: in another order each time, so that nobody is led
    to the last one. `small`: an acknowledgement, left out for who likes it slow. `picture`: the key
    of a symbol. `spoken`: what is read aloud where it is not the text itself.
    """

    key: str
    version: int
    wordings: dict[str, str]
    answers: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()
    shuffled: bool = False
    small: bool = False
    picture: str | None = None
    spoken: str | None = None
    example: str | None = None

    @property
    def buttons(self) -> tuple[str, ...]:
        """Everything that can be tapped here."""
        return (*self.answers, *self.controls)


@dataclass(frozen=True, slots=True)
class Said:
    """Words as they go out."""

    key: str
    version: int
    text: str
    buttons: list[dict[str, Any]]
    picture: dict[str, str] | None


@dataclass(frozen=True, slots=True)
class Library:
    """All words and buttons. `always`: what fills the same place everywhere, as the helplines."""

    words: dict[str, Words]
    buttons: dict[str, Button]
    chapters: Chapters = field(default_factory=lambda: Chapters({}))
    always: dict[str, str] = field(default_factory=dict)
    # What each symbol shows, in one sentence.
    descriptions: dict[str, str] = field(default_factory=dict)
    # Where people find the chat: links to a plan begin with it.
    chat_url: str = ""
    # Whether these words can be read aloud now; who opens the door knows.
    can_be_read: Callable[[], bool] = lambda: False

    def say(
        self,
        session: Session,
        person: Person | None,
        reply: dict[str, Any],
        place: Place | None = None,
    ) -> Said:
        """Put one reply into words, for this person, at this place of their conversation.

        `reply`: {"key", "filling": {name: {kind: id}}, "wording", "buttons": keys in the place of
        the words' own answers, "from": the first answer shown, "picture": {"symbol": key} or
        {"blocks": [used, free, over]} in the place of the words' own}.
        """
        words = self.words[reply["key"]]
        filling = dict(self.always)
        if person is not None:
            filling["name"] = person.called or ""
        # Plain words of the library's own, such as the name of a day.
        filling |= reply.get("also") or {}
        for name, named in (reply.get("filling") or {}).items():
            filling |= self._named(session, name, named)
        wording = reply.get("wording") or "text"
        if wording == "text" and person is not None and person.slow:
            wording = "simpler"
        return Said(
            words.key,
            words.version,
            _without_a_name(words.wordings.get(wording, words.wordings["text"]), filling),
            [self._shown(key) for key in self._tapped(words, reply, person, place)],
            picture_of(self, words.picture, person, reply.get("picture")),
        )

    def text(self, key: str, **filling: str) -> str:
        """Words of the library's own, filled with others of its own."""
        return self.words[key].wordings["text"].format_map(self.always | filling)

    def also_called(self, value: str) -> set[str]:
        """Other names, typed, of the button that means this, or this of one message."""
        values = {value, value.partition("{")[0]}
        return {
            plainly(name)
            for button in self.buttons.values()
            if button.value in values
            for name in button.also
        }

    def shown(self, keys: Iterable[str]) -> list[dict[str, Any]]:
        """Buttons by their keys, as they are shown."""
        return [self._shown(key) for key in keys]

    def examples_of(self, key: str) -> set[str]:
        """What a question gives as examples of an answer: "You can say: “a cook”."."""
        words = self.words.get(key)
        if words is None or words.example is None:
            return set()
        return {plainly(quoted) for quoted in QUOTED.findall(words.example)}

    def _tapped(
        self, words: Words, reply: dict[str, Any], person: Person | None, place: Place | None
    ) -> list[str]:
        answers = list(reply.get("buttons") or words.answers)
        if words.shuffled and person is not None and place is not None:
            # The same order while the question stays, another one the next time.
            random.Random(f"{person.id}{place.serial}{words.key}").shuffle(answers)  # noqa: S311
        start = int(reply.get("from") or 0)
        at_once = FEWER if person is not None and person.fewer else MOST
        controls: list[str] = list(words.controls)
        if place is not None and place.with_somebody:
            controls = [WITH_SOMEBODY.get(control, control) for control in controls]
        if len(answers) > at_once:
            following = start + at_once
            # After the last ones the first come again.
            more = f"{MORE_ANSWERS}:{following if following < len(answers) else 0}"
            # Five things to tap at most: "More" takes the place of a control.
            return [*answers[start:following], more, *controls[-1:]]
        return [*answers, *controls]

    def _shown(self, key: str) -> dict[str, Any]:
        """A button by its key; `key:choice` gives it a choice of this one reply."""
        name, _, choice = key.partition(":")
        button = self.buttons[name]
        value = f'{button.value}{{"choice": "{choice}"}}' if choice else button.value
        return {"label": button.label, "value": value, "stays": button.stays}

    def _named(self, session: Session, name: str, named: dict[str, Any]) -> dict[str, str]:  # noqa: C901, PLR0911, PLR0912  (one for each kind)
        ((kind, value),) = named.items()
        match kind:
            case "statement":
                return {name: self._quoted(session, value)}
            case "message":
                return {name: _short(session.get_one(Incoming, value).words, LONGEST_QUOTE)}
            case "short":
                return {name: _short(session.get_one(ShortVersion, value).words, LONGEST_QUOTE)}
            case "question":
                question = self.chapters.with_question(value)
                return {name: (question[1].named or "") if question else ""}
            case "plan_link":
                return {name: f"{self.chat_url}/plan/{make_plan_link(session, value)}"}
            case "my_things_link":
                return {name: f"{self.chat_url}/my-things/{make_plan_link(session, value)}"}
            case "looked_on":
                at = here(session.get_one(Access, value).at)
                return {name: f"{at.day} {at:%B %Y}"}
            case "door_link":
                code = new_door_link(session, value, made_by="person")
                return {name: f"{self.chat_url}/i/{code}", "code": code}
            case "facilitator":
                return {name: session.get_one(Facilitator, value).name}
            case "lines":
                return {name: self._lines(session, value)}
            case "answer":
                answer = session.get_one(Answer, value)
                facilitator = session.get_one(Facilitator, answer.facilitator_id)
                return {
                    "words": _short(answer.words, LONGEST_ANSWER),
                    "facilitator": facilitator.name,
                }
            case "wording" | "step" | "promise" | "desk_question":
                return decided(session, name, kind, value)
            case "hope_option" | "option_place" | "next_step" | "meeting":
                return brokered(session, name, kind, value)
            case "say":
                return {name: self.text(value)}
            case "chapter":
                return {name: self.chapters[value].title}
            case "number":
                return {name: str(value)}
            case "cards":
                # Which pictures, each by its chapter and key: their labels, as the data has them.
                found = [self.chapters.card(card) for card in value]
                return {name: ", ".join(card.label for card in found if card) or "–"}
            case "button":
                return {name: _without_emoji(self.buttons[value].label)}
        raise WordsWrong(f"Nothing fills words from {kind!r}.")

    def _lines(self, session: Session, lines: list[tuple[str, dict[str, Any]]]) -> str:
        filled = []
        for key, filling in lines:
            filled.append(self.say(session, None, {"key": key, "filling": filling}).text)
        return "\n\n".join(filled)

    def _quoted(self, session: Session, statement_id: int) -> str:
        statement = session.get_one(Statement, statement_id)
        if statement.words.strip():
            return _short(statement.words.strip(), LONGEST_QUOTE)
        message = session.get_one(Incoming, statement.incoming_id)
        key = f"recorded_{message.kind}"
        # Words that were deleted meanwhile are not there to be quoted.
        return self.text(key) if key in self.words else NOTHING_LEFT


def placeholders(text: str) -> set[str]:
    """The names in braces that a text needs filled."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _without_a_name(wording: str, filling: dict[str, str]) -> str:
    """The wording, filled; who gave no name is not spoken to by one."""
    if filling.get("name") == "":
        wording = BY_NAME.sub("", wording)
    return wording.format_map(filling)


def _without_emoji(label: str) -> str:
    return label.split(" ", 1)[-1]


def _short(words: str, longest: int) -> str:
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"

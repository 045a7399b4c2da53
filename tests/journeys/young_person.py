"""A young person with a phone, who walks the whole chapter.

Words are named by their keys, as everywhere: they may change, what is said may not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import Formatter

from bot.opening_the_door import DATA
from bot.reading_words import read_library
from bot.words import Library
from plan_store.inviting import new_invite
from plan_store.opening import Store
from tests.telegram_double import Phone, Shown

# What the chat says in a chapter, when nothing goes wrong.
CHAPTER = (
    *("hello", "ask_name"),
    *("hello_name", "ask_ready"),
    *("explain_settings", "ask_pictures", "ask_listening", "ask_pace", "ask_with_somebody"),
    *("work_learning.opens", "ask_work_hope"),
    *("kept_words", "ask_work_help"),
    *("kept_words", "work_with_whom"),
    *("left_skip", "work_when", "left_skip", "work_important", "left_skip", "read_back"),
    *("explain_sharing", "ask_sharing"),
    *("consent_begins", "consent_who", "consent_change", "consent_danger"),
    *("shared_facilitator", "chapter_done"),
)


@dataclass(frozen=True)
class Said:
    """One thing the person does, and the question that must come back."""

    what: str
    tapped: bool
    then: str


class YoungPerson:
    """`patience` is how long they wait for each answer, in seconds."""

    def __init__(
        self, phone: Phone, name: str, hope: str, helps: str, patience: float = 20
    ) -> None:
        self.phone, self.name, self.hope, self.helps = phone, name, hope, helps
        self.patience = patience
        self.library = read_library(DATA)
        self.chapter: Sequence[Said] = (
            Said(name, False, "ask_ready"),
            Said(self.label("ok"), True, "ask_pictures"),
            Said(self.label("just_words"), True, "ask_listening"),
            Said(self.label("read_myself"), True, "ask_pace"),
            Said(self.label("like_this"), True, "ask_with_somebody"),
            Said(self.label("on_my_own"), True, "ask_work_hope"),
            Said(hope, False, "ask_work_help"),
            Said(helps, False, "work_with_whom"),
            Said("skip", False, "work_when"),
            Said("skip", False, "work_important"),
            Said("skip", False, "read_back"),
            Said(self.label("yes"), True, "ask_sharing"),
            Said(self.label("see_facilitator"), True, "consent_who"),
            Said(self.label("consent_facilitator"), True, "consent_change"),
            Said(self.label("consent_any_day"), True, "consent_danger"),
            Said(self.label("consent_told"), True, "chapter_done"),
        )
        self.still: Iterator[Said] = iter(self.chapter)

    def comes_in(self, store: Store) -> None:
        """Open the link of a fresh invite."""
        with store.writing() as session:
            code = new_invite(session, made_by="test")
        self.phone.starts(code)
        self.hears("ask_name")

    def says(self, said: Said) -> None:
        """Type or tap it. A button still works when something was said after it."""
        if not said.tapped:
            self.phone.types(said.what)
            return
        with_it = [shown for shown in self.phone.heard if said.what in shown.labels]
        self.phone.taps_old(with_it[-1].message_id, said.what)

    def says_next(self) -> Said:
        """The next thing of the chapter; nobody waits for the answer yet."""
        said = next(self.still)
        self.says(said)
        return said

    def walks(self, until: str = "chapter_done") -> None:
        """On through the chapter, waiting for each question, until this one is asked."""
        for said in self.still:
            self.says(said)
            self.hears(said.then)
            if said.then == until:
                return

    def hears(self, key: str) -> Shown:
        """Wait for these words on the phone."""
        return self.phone.sees(literal(self.library, key), self.patience)

    def label(self, button: str) -> str:
        """What stands on this button."""
        return self.library.buttons[button].label


def literal(library: Library, key: str) -> str:
    """The longest piece of these words that nothing is filled into."""
    text = library.words[key].wordings["text"]
    return max((piece for piece, *_ in Formatter().parse(text)), key=len)

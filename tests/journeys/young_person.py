"""A young person with a phone, who walks the whole chapter; and what must be in the store then.

Words are named by their keys, as everywhere: they may change, what is said may not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from sqlalchemy import select

from bot.opening_the_door import DATA
from bot.words import Library, read_library
from plan_store.inviting import find_contact, new_invite
from plan_store.opening import Store
from plan_store.tables import Incoming, Outgoing, Statement
from tests.telegram_double import Phone, Shown

KIND_WORD = "kept_will_answer"
# What the chat says in a chapter, when nothing goes wrong.
CHAPTER = (
    *("hello", "ask_name"),
    *("hello_name", "ask_ready"),
    *("chapter_work", "ask_work_hope"),
    *("kept_words", "ask_work_help"),
    *("kept_words", "read_back"),
    *("explain_sharing", "ask_sharing"),
    *("shared_facilitator", "part_done"),
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

    def comes_in(self, store: Store) -> None:
        """Open the link of a fresh invite."""
        with store.writing() as session:
            code = new_invite(session, made_by="test")
        self.phone.starts(code)
        self.hears("ask_name")

    def the_chapter(self) -> Iterator[Said]:
        """All they say and tap after they came in."""
        yield Said(self.name, False, "ask_ready")
        yield Said(self.label("ok"), True, "ask_work_hope")
        yield Said(self.hope, False, "ask_work_help")
        yield Said(self.helps, False, "read_back")
        yield Said(self.label("yes"), True, "ask_sharing")
        yield Said(self.label("see_facilitator"), True, "part_done")

    def says(self, said: Said) -> None:
        """Type or tap it."""
        if said.tapped:
            self.phone.taps(said.what)
        else:
            self.phone.types(said.what)

    def walks(self) -> None:
        """The whole chapter, waiting for each question."""
        for said in self.the_chapter():
            self.says(said)
            self.hears(said.then)

    def hears(self, key: str) -> Shown:
        """Wait for these words on the phone."""
        return self.phone.sees(literal(self.library, key), self.patience)

    def label(self, button: str) -> str:
        """What stands on this button."""
        return self.library.buttons[button].label

    def keys(self, store: Store) -> list[str]:
        """What the chat has said to them, by key, in order."""
        with store.reading() as session:
            person = self.person_id(store)
            rows = select(Outgoing.key).where(Outgoing.person_id == person).order_by(Outgoing.id)
            return list(session.scalars(rows))

    def texts(self, store: Store) -> list[str]:
        """The same, in full."""
        with store.reading() as session:
            person = self.person_id(store)
            rows = select(Outgoing.text).where(Outgoing.person_id == person).order_by(Outgoing.id)
            return [text or "" for text in session.scalars(rows)]

    def has_got_everything(self, store: Store) -> bool:
        """Whether every reply to them has left, and every message of theirs was answered."""
        with store.reading() as session:
            person = self.person_id(store)
            left = select(Outgoing.state).where(Outgoing.person_id == person)
            heard = select(Incoming.state).where(Incoming.person_id == person)
            return {*session.scalars(left)} == {"sent"} and {*session.scalars(heard)} == {"settled"}

    def messages(self, store: Store) -> list[Incoming]:
        """Every message of theirs that was kept, in order."""
        with store.reading() as session:
            rows = select(Incoming).where(Incoming.person_id == self.person_id(store))
            return list(session.scalars(rows.order_by(Incoming.id)))

    def statements(self, store: Store) -> list[Statement]:
        """Every statement of theirs, in order."""
        with store.reading() as session:
            rows = select(Statement).where(Statement.person_id == self.person_id(store))
            return list(session.scalars(rows.order_by(Statement.id)))

    def person_id(self, store: Store) -> str:
        """Who they are in the store."""
        with store.reading() as session:
            contact = find_contact(session, "telegram", str(self.phone.user_id))
            assert contact is not None
            return contact.person_id


def literal(library: Library, key: str) -> str:
    """The longest piece of these words that nothing is filled into."""
    text = library.words[key].wordings["text"]
    return max((piece for piece, *_ in Formatter().parse(text)), key=len)

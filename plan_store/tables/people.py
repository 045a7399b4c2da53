"""The young person, the doors they can be reached by, and the invite they came with."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.sealing.sealed_columns import Fingerprint
from plan_store.tables.columns import RowId, Table, Words, new_id, now


class Person(Table):
    """A young person. `called` is the name they chose in the chat, never a Telegram name.

    How they like to talk; None where it was not asked yet. `pictures`: above the words.
    `listens`: each message is read aloud too. `slow`: the shorter wording first, one message at a
    time. `fewer`: two answers at once, and "More".
    `keeps_recordings`: they want to keep their voice messages for longer than the words need them.
    `leaves_at`: they asked to be forgotten, and are from then on.
    """

    __tablename__ = "person"
    sealed_by = "id"
    has_own_key = True

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    called: Mapped[Words | None]
    pictures: Mapped[bool | None]
    listens: Mapped[bool | None]
    slow: Mapped[bool | None]
    fewer: Mapped[bool | None]
    keeps_recordings: Mapped[bool] = mapped_column(default=False, server_default=false())
    leaves_at: Mapped[datetime | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)


class Contact(Table):
    """One door a person uses: a Telegram chat, a browser, a terminal.

    `address` is the chat's number for Telegram, a random name for the page (`DevicePerson` leads to
    it), and the chosen name for a terminal. By `address_hash` it is found. `heard_at` is the last
    message that came by this door.
    """

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("door", "address_hash"),)

    id: Mapped[RowId]
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    door: Mapped[str] = mapped_column(String(16))
    address: Mapped[Words]
    address_hash: Mapped[str] = mapped_column(Fingerprint("address"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    heard_at: Mapped[datetime] = mapped_column(default=now)
    blocked_at: Mapped[datetime | None]


class Invite(Table):
    """A one-use code that lets one person in. Only its hash is kept.

    `person_id`: whom it let in; where it stands before that, the code is a door link and opens one
    more door for them. `sixteen_in`: for somebody under 16, the first day of the month in which
    they become 16; None: for somebody of 16 or over.
    """

    __tablename__ = "invite"

    id: Mapped[RowId]
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_by: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    sixteen_in: Mapped[date | None]

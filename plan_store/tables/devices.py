"""The devices on which the page is used, and the people of each, behind their own pictures."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from plan_store.tables.columns import RowId, Table, Words, now


class Device(Table):
    """One browser: a phone, a tablet of a school. Of its cookie only the hash is kept."""

    __tablename__ = "device"

    id: Mapped[RowId]
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(default=now)


class DevicePerson(Table):
    """Somebody who uses this device, and the door (`contact`) they use here.

    `picture`: what stands beside their name for all to see, a key of data/pictures.yml.
    `secret_hash`: Argon2id of their three secret pictures; None: none were chosen. `free`: they
    said that they need none, though others use the device too. `tries` that failed in a row, and
    until when the next one waits. `opened_at`: their chat is open now; at most one a device.
    `unsent`: what stood in the box when they left, given back to them.
    """

    __tablename__ = "device_person"
    __table_args__ = (UniqueConstraint("device_id", "person_id"),)

    id: Mapped[RowId]
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), unique=True)
    picture: Mapped[str | None] = mapped_column(String(32))
    secret_hash: Mapped[str | None] = mapped_column(String(256))
    free: Mapped[bool] = mapped_column(default=False)
    tries: Mapped[int] = mapped_column(default=0)
    wait_until: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    unsent: Mapped[Words | None]
    came_at: Mapped[datetime] = mapped_column(default=now)

"""The people who use one device: who is open on it, who comes, who leaves.

Comes in: the hash of the device's cookie. Goes out: plain data of its people. At most one chat is
open on a device; whoever opens theirs closes every other.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from plan_store.inserting_once import insert_once
from plan_store.inviting import claim_code, let_in
from plan_store.tables import Contact, Device, DevicePerson, Person, new_id, now
from plan_store.taking_in import storable

DOOR = "web"


@dataclass(frozen=True, slots=True)
class Open:
    """Whose chat is open. The fields stand in the order of `_OPEN`.

    `left_words`: there are words that they left in the box.
    """

    id: int
    person_id: str
    contact_id: int
    address: str
    left_words: bool


@dataclass(frozen=True, slots=True)
class Here:
    """Somebody of a device, as its coming-in page shows them.

    `way_in`: pictures (they are asked for), free (a tap is enough), closed (others use the device
    too, and they never chose: only a door link opens it). `has_chosen`: pictures, or to go without.
    `shared`: others use the device too.
    """

    id: int
    person_id: str
    called: str | None
    picture: str | None
    way_in: str
    has_chosen: bool
    shared: bool
    is_open: bool
    tries: int
    wait_until: datetime | None
    unsent: str | None


# Each request asks this.
_OPEN = (
    select(
        DevicePerson.id,
        DevicePerson.person_id,
        DevicePerson.contact_id,
        Contact.address,
        DevicePerson.unsent.is_not(None),
    )
    .join(Device, Device.id == DevicePerson.device_id)
    .join(Contact, Contact.id == DevicePerson.contact_id)
    .where(Device.key_hash == bindparam("key_hash"), DevicePerson.opened_at.is_not(None))
)


def open_on(session: Session, key_hash: str) -> Open | None:
    """Whose chat is open on this device now."""
    row = session.execute(_OPEN, {"key_hash": key_hash}).one_or_none()
    return Open(*row) if row is not None else None


def people_on(session: Session, key_hash: str) -> list[Here]:
    """Everybody of this device, the first who came first."""
    rows = session.execute(
        select(DevicePerson, Person.called)
        .join(Device, Device.id == DevicePerson.device_id)
        .join(Person, Person.id == DevicePerson.person_id)
        .where(Device.key_hash == key_hash)
        .order_by(DevicePerson.id)
    ).all()
    shared = len(rows) > 1
    return [
        Here(
            row.id,
            row.person_id,
            called,
            row.picture,
            way_in(row.secret_hash is not None, row.free, shared),
            row.secret_hash is not None or row.free,
            shared,
            row.opened_at is not None,
            row.tries,
            row.wait_until,
            row.unsent,
        )
        for row, called in rows
    ]


def one_of(session: Session, key_hash: str, here_id: int) -> Here | None:
    """This one of the device's people; nobody of another device."""
    return next((here for here in people_on(session, key_hash) if here.id == here_id), None)


def way_in(has_pictures: bool, free: bool, shared: bool) -> str:
    """How a chat is opened: on one's own device nothing is asked for."""
    if has_pictures:
        return "pictures"
    return "free" if free or not shared else "closed"


def come_in(session: Session, key_hash: str, code: str) -> Contact | None:
    """Let the holder of the code in on this device and open their chat; None for a dead code.

    A door link of somebody who is on the device already takes their secret pictures away: it is
    how a person who forgot them is helped.
    """
    claimed = claim_code(session, code)
    if claimed is None:
        return None
    device = _device(session, key_hash)
    row = None
    if claimed.person_id is not None:
        row = session.scalar(
            select(DevicePerson).where(
                DevicePerson.device_id == device.id, DevicePerson.person_id == claimed.person_id
            )
        )
    if row is None:
        contact = let_in(session, claimed, DOOR, new_id())
        row = DevicePerson(device_id=device.id, person_id=contact.person_id, contact_id=contact.id)
        session.add(row)
        session.flush()
        open_chat(session, row.id)
        return contact
    open_chat(session, row.id)
    row.secret_hash = None
    return session.get_one(Contact, row.contact_id)


def open_chat(session: Session, here_id: int) -> None:
    """Open this chat, and close whichever was open on the device."""
    row = session.get_one(DevicePerson, here_id)
    # The device's row is held: two that open at the same moment do so one after the other.
    session.execute(select(Device.id).where(Device.id == row.device_id).with_for_update())
    session.execute(
        update(DevicePerson)
        .where(DevicePerson.device_id == row.device_id, DevicePerson.id != here_id)
        .values(opened_at=None)
    )
    session.execute(
        update(DevicePerson)
        .where(DevicePerson.id == here_id)
        .values(opened_at=now(), tries=0, wait_until=None)
    )


def leave(session: Session, here_id: int) -> None:
    """Close the chat on this device. The next person sees nothing of it."""
    session.execute(update(DevicePerson).where(DevicePerson.id == here_id).values(opened_at=None))


def keep_unsent(session: Session, here_id: int, words: str) -> None:
    """Keep what stands in the box for when they come back; nothing there, nothing kept."""
    row = session.get(DevicePerson, here_id)
    if row is not None:
        row.unsent = storable(words) if words.strip() else None


def take_off(session: Session, here_id: int) -> None:
    """The person is not on this device any more; what they said stays theirs."""
    row = session.get_one(DevicePerson, here_id)
    contact = session.get_one(Contact, row.contact_id)
    # Nothing more is sent where they cannot read it.
    contact.blocked_at = now()
    session.delete(row)


def _device(session: Session, key_hash: str) -> Device:
    made = insert_once(session, Device, key_hash=key_hash)
    return made or session.scalars(select(Device).where(Device.key_hash == key_hash)).one()

"""Lead, then deputy, then manager: told in time, tried again, stopped by an acknowledgement.

The clock is handed in; nothing waits. Mail goes over real SMTP to a server of the test's own.
"""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.opening_the_door import Door, build_door
from bot.telling_of_alerts import CannotTell, TellingOfAlerts
from plan_store.alerting import acknowledge, close, raise_drill
from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.opening import Store
from plan_store.tables import Alert, AlertStep, AlertTelling
from plan_store.telling_of_alerts import claim_tellings
from tests.bot.open_door import (
    UNWATCHED,
    WATCHED,
    ListenerDouble,
    says,
    settings_for,
    somebody,
    somebody_watches,
)
from tests.bot.smtp_double import MailServer, a_mail_server

DANGER = "my dad hits me"
ADDRESSES = {
    "safeguarding_lead": "lead@example.org",
    "safeguarding_deputy": "deputy@example.org",
    "safeguarding_manager": "telegram:77",
}


class Clock:
    """The test's own time."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


class StaffPhone:
    """The manager's phone, in Telegram's place."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.away = False

    async def send(self, address: str, subject: str, text: str) -> None:
        if self.away:
            raise CannotTell("NetworkError")
        self.heard.append((address, text))


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with a_mail_server() as server:
        yield server


@pytest.fixture
def phone() -> StaffPhone:
    return StaffPhone()


@pytest.fixture
def clock() -> Clock:
    return Clock(WATCHED)


def a_door_with_a_chain(
    store: Store, mail: MailServer, phone: StaffPhone, clock: Clock, **more: str
) -> Door:
    settings = settings_for(
        store,
        **(ADDRESSES | more),
        smtp_host="127.0.0.1",
        smtp_port=mail.port,
        smtp_security="none",
        smtp_from="myway@example.org",
        desk_public_url="https://desk.example.org",
    )
    door = build_door(settings, store, [], messengers={"telegram": phone})
    door.client._transport = ListenerDouble()
    door.reception.danger.clock = clock
    assert door.telling is not None
    door.telling.clock = clock
    return door


@pytest.fixture
def door(store: Store, mail: MailServer, phone: StaffPhone, clock: Clock) -> Door:
    somebody(store)
    return a_door_with_a_chain(store, mail, phone, clock)


async def due(door: Door) -> int:
    assert isinstance(door.telling, TellingOfAlerts)
    return await door.telling.tell_who_is_due()


def states(store: Store) -> dict[str, str]:
    with store.reading() as session:
        return {row.who: row.state for row in session.scalars(select(AlertTelling))}


def steps(store: Store) -> list[tuple[str, str]]:
    with store.reading() as session:
        rows = session.scalars(select(AlertStep).order_by(AlertStep.id))
        return [(row.what, row.who) for row in rows]


def somebody_at_the_desk(store: Store) -> int:
    with store.writing() as session:
        return make_account(session, new_desk_key(session), "Ann", "ann@example.org", "x").id


def the_alert(store: Store) -> Alert:
    with store.reading() as session:
        return session.scalars(select(Alert)).one()


async def test_the_lead_is_told_at_once_and_without_a_word_of_the_person(
    store: Store, door: Door, mail: MailServer
) -> None:
    await door.receive(says(DANGER))
    assert await due(door) == 1
    (letter,) = mail.taken
    assert letter["To"] == "lead@example.org"
    assert "alert" in letter["Subject"]
    body = letter.get_content()
    assert "https://desk.example.org/alerts" in body
    for word in ("dad", "hits", "abuse", "ash"):
        assert word not in (letter.as_string()).lower().replace("dashboard", "")
    assert "DRILL" not in letter.as_string()
    assert states(store) == {"lead": "sent", "deputy": "due", "manager": "due"}
    assert await due(door) == 0


async def test_nobody_acknowledges_so_the_deputy_is_told_and_then_the_manager(
    store: Store, door: Door, mail: MailServer, phone: StaffPhone, clock: Clock
) -> None:
    await door.receive(says(DANGER))
    await due(door)
    clock.passes(minutes=14, seconds=59)
    assert await due(door) == 0
    clock.passes(seconds=1)
    assert await due(door) == 1
    assert mail.taken[-1]["To"] == "deputy@example.org"
    clock.passes(minutes=15)
    assert await due(door) == 1
    assert [address for address, _text in phone.heard] == ["77"]
    assert steps(store) == [
        ("raised", "person"),
        ("told", "lead"),
        ("told", "deputy"),
        ("told", "manager"),
    ]


async def test_an_acknowledgement_stops_the_chain(
    store: Store, door: Door, mail: MailServer, clock: Clock
) -> None:
    await door.receive(says(DANGER))
    await due(door)
    ann, alert = somebody_at_the_desk(store), the_alert(store)
    with store.writing() as session:
        cause = Cause.by_click(alert.person_id or "", ann, "a" * 32)
        acknowledge(session, cause, alert.id)
        acknowledge(session, cause, alert.id)
    clock.passes(hours=30)
    assert await due(door) == 0
    assert len(mail.taken) == 1
    assert states(store) == {"lead": "sent", "deputy": "not_needed", "manager": "not_needed"}
    assert steps(store)[-1] == ("acknowledged", "facilitator")
    with store.writing() as session:
        close(session, cause, alert.id, "Rang the family, all safe")
    assert steps(store)[-1] == ("closed", "facilitator")


async def test_what_cannot_be_sent_is_tried_again_and_shown(
    store: Store, door: Door, mail: MailServer, clock: Clock
) -> None:
    mail.says = ["451 Not now", "554 Never"]
    await door.receive(says(DANGER))
    assert await due(door) == 1
    with store.reading() as session:
        lead = session.scalars(select(AlertTelling).where(AlertTelling.who == "lead")).one()
        assert (lead.state, lead.problem) == ("due", "SMTPDataError")
    assert await due(door) == 0
    clock.passes(seconds=5)
    assert await due(door) == 1
    clock.passes(seconds=10)
    assert await due(door) == 1
    assert len(mail.taken) == 1
    assert states(store)["lead"] == "sent"
    assert steps(store)[1:] == [
        ("telling_failed", "lead"),
        ("telling_failed", "lead"),
        ("told", "lead"),
    ]


async def test_the_lead_has_heard_within_a_minute_although_two_tries_fail(
    store: Store, door: Door, mail: MailServer, clock: Clock
) -> None:
    mail.says = ["451 Not now", "451 Not now"]
    began = clock.at
    await door.receive(says(DANGER))
    while not mail.taken:
        await due(door)
        clock.passes(seconds=1)
    assert clock.at - began <= timedelta(seconds=60)


async def test_where_there_is_no_address_the_next_is_told_at_once(
    store: Store, mail: MailServer, phone: StaffPhone, clock: Clock
) -> None:
    somebody(store)
    door = a_door_with_a_chain(store, mail, phone, clock, safeguarding_lead="")
    await door.receive(says(DANGER))
    assert await due(door) == 1
    assert await due(door) == 1
    assert [letter["To"] for letter in mail.taken] == ["deputy@example.org"]
    assert states(store)["lead"] == "no_address"


async def test_out_of_hours_the_lead_is_told_and_the_others_wait_for_the_morning(
    store: Store, door: Door, mail: MailServer, clock: Clock
) -> None:
    clock.at = UNWATCHED
    await door.receive(says(DANGER))
    assert await due(door) == 1
    clock.passes(hours=10)
    assert await due(door) == 0
    clock.at = UNWATCHED.replace(day=23, hour=9, minute=15)
    assert await due(door) == 1
    assert mail.taken[-1]["To"] == "deputy@example.org"


async def test_a_sender_that_dies_leaves_its_telling_to_the_next(
    store: Store, door: Door, mail: MailServer, phone: StaffPhone, clock: Clock
) -> None:
    await door.receive(says(DANGER))
    with store.writing() as session:
        assert len(claim_tellings(session, clock.at)) == 1
    # Here the process ended. Another one starts, on the same store.
    again = a_door_with_a_chain(store, mail, phone, clock)
    assert await due(again) == 0
    clock.passes(seconds=31)
    assert await due(again) == 1
    assert len(mail.taken) == 1


async def test_two_processes_tell_once(
    store: Store, door: Door, mail: MailServer, phone: StaffPhone, clock: Clock
) -> None:
    other = a_door_with_a_chain(store, mail, phone, clock)
    await door.receive(says(DANGER))
    await asyncio.gather(due(door), due(other))
    assert len(mail.taken) == 1


async def test_a_drill_goes_the_whole_way_and_says_that_it_is_one(
    store: Store, door: Door, mail: MailServer, phone: StaffPhone, clock: Clock
) -> None:
    ann = somebody_at_the_desk(store)
    with store.writing() as session:
        raise_drill(session, ann, door.reception.danger.hours.tell("alert", clock.at))
    await due(door)
    clock.passes(minutes=31)
    await due(door)
    assert [letter["Subject"].startswith("DRILL") for letter in mail.taken] == [True, True]
    assert all("DRILL" in letter.get_content() for letter in mail.taken)
    assert "DRILL" in phone.heard[0][1]
    with store.reading() as session:
        drill = session.scalars(select(Alert)).one()
        assert (drill.person_id, drill.words, drill.drill) == (None, "", True)


async def test_a_process_that_only_talks_tells_nobody(store: Store) -> None:
    door = build_door(settings_for(store, **ADDRESSES), store, [])
    assert door.telling is None
    somebody_watches(door)
    somebody(store)
    await door.receive(says(DANGER))
    assert states(store) == {"lead": "due", "deputy": "due", "manager": "due"}

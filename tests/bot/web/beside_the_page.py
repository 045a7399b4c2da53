"""What a test looks up in the store, waits for, or has a facilitator do, beside the page itself."""

import asyncio
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.opening_the_door import Door
from plan_store.answering import answer
from plan_store.causes import Cause
from plan_store.tables import Answer, Facilitator, Incoming
from plan_store.tables import Person as PersonRow
from tests.bot.web.at_the_page import Page, Person


async def texts(door: Door) -> list[str]:
    """What was kept as words, in order."""
    return list(
        await door.in_store.read(
            lambda session: session.scalars(
                select(Incoming.words).where(Incoming.kind == "text").order_by(Incoming.id)
            ).all()
        )
    )


async def until(person: Person, shows: Callable[[Page], bool]) -> Page:
    """The page, once it shows this; it may take a moment."""
    async with asyncio.timeout(20):
        while True:
            page = await person.opens()
            if shows(page):
                return page
            await asyncio.sleep(0.05)


async def facilitator_writes(door: Door, words: str) -> None:
    """Somebody at the desk answers the only person there is."""

    def write(session: Session) -> None:
        row = session.scalars(select(PersonRow)).one()
        ann = Facilitator(name="Ann", email="ann@example.org", password_hash="x")
        session.add(ann)
        session.flush()
        assert isinstance(
            answer(session, Cause.by_click(row.id, ann.id, "c" * 32), words),
            Answer,
        )

    await door.in_store.write(write)
    door.delivery.wake()

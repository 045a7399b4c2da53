"""Ann at the desk, who finds something for whoever talks here, and plans a meeting with them."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.replying import fill_what_the_desk_put
from plan_store.brokering_a_hope import (
    choose_option,
    say_around,
    send_options,
)
from plan_store.budgeting import agree_budget, budgets_of, set_budget
from plan_store.catalogue_rules import DATA, read_catalogue_rules
from plan_store.causes import Cause
from plan_store.facilitators import make_account, new_desk_key
from plan_store.keeping_options import import_options
from plan_store.meeting_up import Planned, meetings_of, plan_meeting
from plan_store.plain_words import read_lists
from plan_store.reading_options import read_file
from plan_store.tables import (
    Aspiration,
    Brokering,
    Facilitator,
    LocalOption,
    OptionAnswer,
    now,
)
from tests.conversations.chat import Chat
from tests.conversations.test_consent_is_shown import person_id
from tests.review.brokering import EXAMPLE, TODAY
from tests.review.conftest import CHEAP

T = TypeVar("T")
RULES = read_catalogue_rules()
CLICKS = iter(f"{number:032x}" for number in range(10_000, 20_000))


class AtTheDesk:
    """Ann, who works with whoever talks here."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat

    async def does(self, work: Callable[[Session, Cause], T]) -> T:
        def run(session: Session) -> T:
            ann = session.scalars(select(Facilitator)).first()
            if ann is None:
                key = new_desk_key(session, ("manager",))
                ann = make_account(session, key, "Ann", "ann@example.org", CHEAP)
            if session.scalars(select(LocalOption.id)).first() is None:
                options = read_file(EXAMPLE.read_bytes(), RULES, read_lists(DATA), TODAY)
                import_options(session, options)
            return work(
                session, Cause.by_click(person_id(self.chat, session), ann.id, next(CLICKS))
            )

        done = await self.chat.door.in_store.write(run)
        # What the desk put is in the chat before anything else is said there.
        await self.chat.door.in_store.write(
            lambda session: fill_what_the_desk_put(session, self.chat.door.library)
        )
        await self.chat.talk.sit_down()
        return done

    async def sends(self, *codes: str, over: bool = False, step: str = "") -> None:
        """Choose these for the hope, and send them."""

        def seen(session: Session, hope: int) -> int:
            row = session.get(Brokering, hope)
            return row.version if row else 0

        def hope_of(session: Session, cause: Cause) -> int:
            mine = select(Aspiration.id).where(
                Aspiration.person_id == cause.person_id, Aspiration.kind == "hope"
            )
            return session.scalars(mine).one()

        for code in codes:

            def choose(session: Session, cause: Cause, code: str = code) -> None:
                hope = hope_of(session, cause)
                wanted = select(LocalOption.id).where(LocalOption.code == f"example-{code}")
                option = session.scalars(wanted).one()
                choose_option(session, cause, hope, seen(session, hope), option, None)

            await self.does(choose)

        def around(session: Session, cause: Cause) -> None:
            hope = hope_of(session, cause)
            say_around(session, cause, hope, seen(session, hope), "none near", step)

        await self.does(around)

        def send(session: Session, cause: Cause) -> None:
            hope = hope_of(session, cause)
            send_options(session, cause, hope, seen(session, hope), RULES, over)

        await self.does(send)

    async def has_money(self, weekly: int, *, agreed: bool = False) -> None:
        def give(session: Session, cause: Cause) -> None:
            set_budget(session, cause, 0, weekly=weekly, yearly=0, once=0, direct_payment=0)

        await self.does(give)
        if agreed:

            def agree(session: Session, cause: Cause) -> None:
                agree_budget(session, cause, budgets_of(session, cause.person_id)[0].id)

            await self.does(agree)

    async def thoughts(self) -> list[tuple[str, str, str]]:
        def read(session: Session, cause: Cause) -> list[tuple[str, str, str]]:
            mine = select(OptionAnswer).where(OptionAnswer.person_id == cause.person_id)
            rows = session.scalars(mine.order_by(OptionAnswer.id))
            return [(row.choice, row.how, row.words) for row in rows]

        return await self.does(read)

    async def plans_a_meeting(self, in_days: float = 7) -> None:
        def plan(session: Session, cause: Cause) -> None:
            at = now() + timedelta(days=in_days)
            plan_meeting(session, cause, Planned(at, "Millbrook Library", 0, 0, 0))

        await self.does(plan)

    async def answers_about_it(self) -> dict[str, str]:
        def read(session: Session, cause: Cause) -> dict[str, str]:
            (meeting,) = meetings_of(session, cause.person_id)
            return {name: answer.choice for name, answer in meeting.answers.items()}

        return await self.does(read)


async def shared_a_hope(chat: Chat) -> AtTheDesk:
    await chat.tells()
    await chat.taps("Yes", "explain_sharing", "ask_sharing")
    await chat.shares()
    # Names of places and of whoever works with them, which no list of easy words has.
    options = read_file(EXAMPLE.read_bytes(), RULES, read_lists(DATA), TODAY)
    chat.said += [*(f"{each.title} {each.place}" for each in options), "Ann"]
    return AtTheDesk(chat)

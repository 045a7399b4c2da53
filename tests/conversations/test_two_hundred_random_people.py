"""Two hundred people who do anything at all, with somebody at the desk who does too.

The chat never comes to a dead end, and nothing gets lost either way. Each has a seed of their own,
so that a failure can be seen again; what is looked at stands in `anybody.py`.
"""

import asyncio
from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from plan_store.catalogue_rules import DATA
from plan_store.facilitators import make_account, new_desk_key
from plan_store.keeping_options import import_options
from plan_store.plain_words import read_lists
from plan_store.putting_to_the_person import KINDS
from plan_store.reading_options import read_file
from plan_store.tables import DeskQuestion
from tests.conversations.anybody import Anybody
from tests.conversations.anything_at_the_desk import RULES, THINGS
from tests.conversations.chat import Chat
from tests.conversations.what_became_of_it import Ends
from tests.review.brokering import EXAMPLE, TODAY

PEOPLE, AT_ONCE = 200, 20
# Of each thing the desk can do, so many were done at least. The seeds make it many more; turns of
# the same moment take their own time.
AT_LEAST = 1


@pytest.mark.timeout(900)
async def test_whatever_they_do_there_is_a_way_on(one_chat: Chat) -> None:
    def opens(session: Session) -> int:
        import_options(session, read_file(EXAMPLE.read_bytes(), RULES, read_lists(DATA), TODAY))
        key = new_desk_key(session, ("manager",))
        return make_account(session, key, "Ann", "ann@example.org", "-").id

    door, ends = one_chat.door, Ends()
    ann = await door.in_store.write(opens)
    room = asyncio.Semaphore(AT_ONCE)

    async def one(number: int) -> Anybody:
        async with room:
            somebody = Anybody(door, number, ann, ends)
            try:
                await somebody.talks()
            except BaseException as problem:
                problem.add_note(f"Somebody {number}")
                raise
            return somebody

    people = await asyncio.gather(*(one(number) for number in range(PEOPLE)))
    wrong = {person.number: person.wrong for person in people if person.wrong}
    assert wrong == {}, (len(wrong), list(wrong.items())[:8])

    def answered(session: Session) -> Counter[str]:
        rows = select(DeskQuestion.kind).where(DeskQuestion.state == "answered")
        return Counter(session.scalars(rows))

    kinds = await door.in_store.read(answered)
    done = sum((person.desk.done for person in people), Counter())
    rarely = {name: done[name] for name in map(_name, THINGS) if done[name] < AT_LEAST}
    rarely |= {kind: kinds[kind] for kind in KINDS if kinds[kind] < AT_LEAST}
    assert rarely == {}, (done, kinds)


def _name(what: Callable[..., bool]) -> str:
    return what.__name__

"""A browser that was known before devices were kept goes on as a device with one person."""

from sqlalchemy import text

from plan_store.inviting import welcome
from plan_store.migrating import down, up
from plan_store.opening import Store
from plan_store.people_of_a_device import open_on, people_on


def test_a_known_browser_goes_on_with_its_chat_open(store: Store) -> None:
    with store.writing() as session:
        known = welcome(session, "web", "f" * 64).person_id
        welcome(session, "telegram", "77")
    down(store, "0002")
    with store.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM contact")) == 2
    up(store)
    with store.reading() as session:
        opened = open_on(session, "f" * 64)
        assert opened is not None
        assert (opened.person_id, opened.address) == (known, "f" * 64)
        (here,) = people_on(session, "f" * 64)
        assert (here.way_in, here.shared, here.is_open) == ("free", False, True)
        assert people_on(session, "7" * 64) == []

"""Telegram's own least age: somebody under 16 is led to the page, and nothing of them is kept."""

from plan_store.becoming_sixteen import months_before
from plan_store.inviting import new_invite, what_opens
from plan_store.opening import Store
from plan_store.tables import Contact, Incoming, Unheard, now
from tests.bot.open_door import ListenerDouble
from tests.bot.telegram.at_the_phone import rows, telegram_on
from tests.telegram_double import TelegramDouble


async def test_somebody_under_16_is_led_to_the_page_and_nothing_is_kept(
    store: Store, double: TelegramDouble
) -> None:
    with store.writing() as session:
        code = new_invite(session, "test", months_before(now())[1])
    kit = double.phone(3, "Kit")
    page = "http://chat.example.org"
    async with telegram_on(store, double, ListenerDouble(), chat_public_url=f"{page}/") as door:
        kit.starts(code)
        (answer,) = await kit.will_hear()
        kit.types("hello")
        (again,) = await kit.will_hear()
        assert door.settings.chat_url == page
    assert "Telegram is for people who are 16 or older." in (answer.text or "")
    assert f"{page}/i/{code}" in (answer.text or "")
    assert "You need an invite" in (again.text or "")
    assert rows(store, Incoming) == rows(store, Contact) == rows(store, Unheard) == []
    with store.reading() as session:
        assert what_opens(session, code) == "invite", "it still opens the page"

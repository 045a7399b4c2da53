"""A walk through every page and state of the chat, for those who look at each: axe, a camera.

Comes in: a window, and what looks. Goes out: one look a state, each with its name, in order.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.opening_the_door import Door
from plan_store.inviting import new_door_link, new_invite
from plan_store.tables import Contact, DevicePerson, Incoming, Outgoing, Person, now
from plan_store.taking_in import keep
from tests.bot.web.beside_the_page import facilitator_writes
from tests.bot.web.in_a_browser import Tablet
from tests.bot.web.test_sending_files import PNG

Look = Callable[[str], Awaitable[None]]
# How each page is looked at: light, dark, in the person's own colours, and at 400 % of a desk.
PHONE = {"width": 390, "height": 844}
ENLARGED = {"width": 320, "height": 256}
LOOKS: dict[str, tuple[dict[str, int], dict[str, Any]]] = {
    "phone": (PHONE, {"color_scheme": "light", "forced_colors": "none"}),
    "dark": (PHONE, {"color_scheme": "dark", "forced_colors": "none"}),
    "high-contrast": (PHONE, {"color_scheme": "dark", "forced_colors": "active"}),
    "enlarged": (ENLARGED, {"color_scheme": "light", "forced_colors": "none"}),
}


async def dressed(tablet: Tablet, how: str) -> None:
    """Have the page look this way from now on."""
    size, media = LOOKS[how]
    await tablet.page.set_viewport_size({"width": size["width"], "height": size["height"]})
    await tablet.page.emulate_media(**media)


async def through_every_state(tablet: Tablet, look: Look) -> None:
    """From a stranger's first look to two people who share a device, and whatever goes wrong."""
    await _as_a_stranger(tablet, look)
    await _in_the_chat(tablet, look)
    await _choosing_pictures(tablet, look)
    await _elsewhere(tablet, look)
    await _a_second_person(tablet, look)
    await _opening_it_again(tablet, look)


async def _as_a_stranger(tablet: Tablet, look: Look) -> None:
    await _opens(tablet, "/")
    await look("stranger")
    await _opens(tablet, "/i/nobody")
    await look("wrong-code")
    await _opens(tablet, f"/i/{await _invite(tablet.door)}")
    await look("invited")


async def _in_the_chat(tablet: Tablet, look: Look) -> None:
    page = tablet.page
    await tablet.taps("Start")
    await tablet.shows("What do you want to be called?")
    await look("first-question")
    await tablet.says("Sam")
    await tablet.shows("Is that OK?")
    await tablet.taps("Help")
    await look("answers-and-help")
    await facilitator_writes(tablet.door, "Hello Sam. Shall we meet on Monday?")
    await tablet.shows("“Hello Sam.")
    await page.get_by_text("📎 Picture or voice").click()
    await page.get_by_label("Choose a picture").set_input_files(
        {"name": "dog.png", "mimeType": "image/png", "buffer": PNG}
    )
    await page.get_by_role("button", name="Send the picture").click()
    await tablet.shows("I got your picture.")
    await look("facilitator-and-picture")
    await tablet.says("   ")
    await page.locator("#status").filter(has_text="There are no words in the box").wait_for()
    await look("nothing-typed")
    await tablet.door.in_store.write(_long_ago_and_waiting)
    await _opens(tablet, "/")
    await look("older-days-and-waiting")
    await _opens(tablet, "/?before=9999.9999")
    await look("earlier-messages")
    await _opens(tablet, "/nowhere")
    await look("not-found")


async def _choosing_pictures(tablet: Tablet, look: Look) -> None:
    await _opens(tablet, "/device")
    await look("this-device")
    await _opens(tablet, "/device/picture")
    await look("my-picture")
    await tablet.page.get_by_role("button", name="Sun").click()
    await _opens(tablet, "/")
    await tablet.page.get_by_role("button", name="Leave").click()
    await look("leaving-without-pictures")
    await tablet.page.get_by_role("link", name="Choose pictures").click()
    await look("choose-first")
    await tablet.page.get_by_role("button", name="Cat").click()
    await look("choose-second")
    for picture in ("Moon", "Cat"):
        await tablet.page.get_by_role("button", name=picture).click()
    await look("look-at-the-three")
    await tablet.page.get_by_role("button", name="Keep these").click()
    await look("pictures-kept")
    await tablet.page.get_by_role("button", name="Take it off").click()
    await look("take-it-off")


async def _elsewhere(tablet: Tablet, look: Look) -> None:
    tablet.door.telegram_name = "my_way_bot"
    await _opens(tablet, "/device/elsewhere")
    await look("another-device")
    await tablet.page.get_by_role("button", name="Make the code").click()
    await tablet.page.locator(".code").wait_for()
    await look("another-device-code")


async def _a_second_person(tablet: Tablet, look: Look) -> None:
    page = tablet.page
    await _opens(tablet, f"/i/{await _invite(tablet.door)}")
    await look("somebody-has-a-chat")
    await tablet.taps("Start a new chat")
    await look("a-second-person-is-offered-pictures")
    await page.get_by_role("link", name="Not now").click()
    await look("a-second-person-without-pictures")
    other = await page.context.new_page()
    await other.goto(f"{tablet.address}/device")
    await other.get_by_role("button", name="Leave").click()
    await other.get_by_role("button", name="Leave without").click()
    await page.get_by_role("heading", name="Who are you?").wait_for()
    await other.close()
    await look("who-are-you")


async def _opening_it_again(tablet: Tablet, look: Look) -> None:
    page = tablet.page

    async def taps(*pictures: str) -> None:
        for picture in pictures:
            await page.get_by_role("button", name=picture).click()

    await taps("Sam")
    await look("secret-pictures")
    await taps("Cat")
    await look("secret-pictures-second")
    await taps("Cat", "Cat")
    await look("wrong-pictures")
    for _ in range(2):
        await taps("Cat", "Cat", "Cat")
    await look("wait")
    link = await tablet.door.in_store.write(_link_for_sam)
    await tablet.door.in_store.write(_without_pictures)
    await _opens(tablet, "/")
    await taps("Sam")
    await look("closed-here")
    await _opens(tablet, f"/i/{link}")
    await look("welcome-back")
    await tablet.taps("Start")
    await _opens(tablet, "/")
    await look("offer-above-the-chat")


async def _opens(tablet: Tablet, path: str) -> None:
    await tablet.page.goto(f"{tablet.address}{path}")


async def _invite(door: Door) -> str:
    return await door.in_store.write(lambda session: new_invite(session, "test"))


def _long_ago_and_waiting(session: Session) -> None:
    """Words of last year, and a message that nobody has answered yet."""
    contact = session.scalars(select(Contact)).one()
    old = now().replace(year=now().year - 1)
    first = session.scalars(select(Incoming).order_by(Incoming.id)).first()
    assert first is not None
    session.execute(update(Incoming).where(Incoming.id == first.id).values(received_at=old))
    session.execute(update(Outgoing).where(Outgoing.cause_id == first.id).values(created_at=old))
    waits = keep(session, contact, "waits", "text", "I am thinking about a quiet room")
    assert waits is not None
    # For this picture it counts as heard: nobody answers, and nobody tries.
    waits.state = "settled"


def _link_for_sam(session: Session) -> str:
    (sam,) = (each.id for each in session.scalars(select(Person)) if each.called == "Sam")
    return new_door_link(session, sam, "facilitator:1")


def _without_pictures(session: Session) -> None:
    session.execute(
        update(DevicePerson).values(secret_hash=None, free=False, tries=0, wait_until=None)
    )

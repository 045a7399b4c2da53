"""My plan as a page: own words, who sees them, by cookie or a link that ends, for nobody else."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.keeping_files import keep_file
from bot.opening_the_door import Door
from bot.plan.paper import NoPaper, Paper
from bot.replying import put_replies
from plan_store.linking_to_a_plan import make_plan_link
from plan_store.sending_out import contact_to_answer
from plan_store.tables import Attachment, Outgoing, PlanLink, now
from plan_store.tables import Person as PersonRow
from plan_store.taking_in import keep
from tests.bot.web.at_the_page import Page, Person
from tests.bot.web.test_sending_files import PNG
from tests.plan_store.telling_a_plan import Teller

pytestmark = pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True)


async def a_link(door: Door, person_id: str) -> str:
    return await door.in_store.write(lambda session: make_plan_link(session, person_id))


async def who_came(door: Door) -> str:
    """The only person there is."""
    return await door.in_store.read(lambda session: session.scalars(select(PersonRow.id)).one())


async def test_whom_we_know_sees_their_plan_and_others_are_asked_for_an_invite(
    person: Person, somebody_else: Person, door: Door
) -> None:
    page = await person.comes_in()
    assert "There is nothing in your plan yet." in (await person.opens("/plan")).text
    Teller(door.in_store.store, person_id=await who_came(door)).tells(
        "home", share_with="family", hope="a flat  by the\nsea & <b>sand</b>", help="my sister"
    )
    page = await person.opens("/plan")
    assert "“a flat  by the\nsea & <b>sand</b>”" in page.text
    assert "👪 My family" in page.text
    assert "✅ I said that this is right." in page.text
    stranger = await somebody_else.opens("/plan")
    assert (stranger.status, "sand" in stranger.text) == (200, False)
    assert "/i" in stranger.actions


async def test_a_link_opens_the_plan_without_a_cookie_and_only_that_plan(
    somebody_else: Person, door: Door
) -> None:
    sam, ash = Teller(door.in_store.store), Teller(door.in_store.store, "Ash")
    sam.tells("home", hope="a flat")
    ash.tells("home", hope="a boat")
    page = await somebody_else.opens(f"/plan/{await a_link(door, sam.person_id)}")
    assert page.status == 200
    assert "“a flat”" in page.text
    assert "a boat" not in page.text
    assert "You can open this page until" in page.text
    headers = page.answer.headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex, nofollow"


async def test_an_old_link_says_kindly_how_to_get_a_new_one(
    person: Person, somebody_else: Person, door: Door
) -> None:
    await person.comes_in()
    key = await a_link(door, await who_came(door))
    await door.in_store.write(
        lambda session: session.execute(
            update(PlanLink).values(ends_at=now() - timedelta(seconds=1))
        )
    )
    for path in (f"/plan/{key}", f"/plan/{key}/file", f"/plan/{key}/recordings/1"):
        page = await somebody_else.opens(path)
        assert page.status == 410
        assert "Say in your chat: show my plan." in page.text
        assert "Open my plan" not in page.text
    # On their own device the plan is one tap away.
    assert "Open my plan" in (await person.opens(f"/plan/{key}")).text
    assert (await somebody_else.opens(f"/plan/{'0' * 32}")).status == 404
    assert (await somebody_else.opens(f"/plan/{'0' * 5000}")).status == 404


async def test_a_recording_is_only_for_whom_the_link_is(
    person: Person, somebody_else: Person, door: Door
) -> None:
    sam, ash = Teller(door.in_store.store), Teller(door.in_store.store, "Ash")
    photo = keep_file(door.settings.files_folder, "photo", "image/png", PNG)
    sam.says(sam.begins("home"), "hope", "this one", sent="photo", how="photo", attachment=photo)
    recording = await door.in_store.read(
        lambda session: session.scalars(select(Attachment.id)).one()
    )
    mine, other = await a_link(door, sam.person_id), await a_link(door, ash.person_id)
    page = Page(await somebody_else.client.get(f"/plan/{mine}"))
    assert f'src="/plan/{mine}/recordings/{recording}" alt="this one"' in page.answer.text
    shown = await somebody_else.client.get(f"/plan/{mine}/recordings/{recording}")
    # As it was kept: what a camera writes into a picture is not in it.
    assert shown.content == (door.settings.files_folder / photo["file"]).read_bytes()
    assert (await somebody_else.opens(f"/plan/{other}/recordings/{recording}")).status == 404
    assert (await somebody_else.opens(f"/recordings/{recording}")).status == 401


async def test_what_is_on_its_way_and_what_was_left_is_said(person: Person, door: Door) -> None:
    await person.comes_in()
    sam = Teller(door.in_store.store, person_id=await who_came(door))
    due = {"kind": "voice", "media_type": "audio/ogg", "state": "due"}
    hope = sam.begins("home")
    sam.says(hope, "hope", "", sent="voice", how="spoken", attachment=due, helped=True)
    sam.says(hope, "when", "no", kind="not_now")
    sam.is_answered("Shall we talk?", hope)
    sam.says(None, "entry", "by the way", question="anything")
    page = await person.opens("/plan")
    for words in (
        "It is still on its way to us.",
        "Somebody was with me.",
        "I do not want to say this now.",
        "🔁 We have not read this back yet.",
        "🔒 Only me",
        "Ann Marsh wrote to me on",
        "“Shall we talk?”",
        "“by the way”",
    ):
        assert words in page.text
    assert "“no”" not in page.text


async def test_in_the_chat_a_button_opens_the_plan_and_its_file(
    person: Person, somebody_else: Person, door: Door
) -> None:
    await person.comes_in()
    person_id = await who_came(door)
    Teller(door.in_store.store, person_id=person_id).tells("home", hope="a flat")

    def put(session: Session) -> None:
        contact = contact_to_answer(session, person_id)
        assert contact is not None
        cause = keep(session, contact, "asks", "text", "send me my plan")
        assert cause is not None
        filling = {"link": {"plan_link": person_id}}
        replies = [
            {"key": "my_plan", "filling": filling},
            {"key": "here_is_your_plan", "filling": filling, "sends": "plan"},
        ]
        put_replies(session, door.library, contact.id, cause.id, replies)

    await door.in_store.write(put)
    page = await person.opens()
    assert page.text.count("📋 Open my plan") == 2
    assert page.text.count("⬇️ My plan as a file") == 1
    # The button works for ever, and no long address is read aloud.
    assert "/plan/" not in page.text
    sent = await door.in_store.read(
        lambda session: session.scalars(select(Outgoing).where(Outgoing.key == "my_plan")).one()
    )
    link = re.search(r"http\S+(/plan/[0-9a-f]{32})", sent.text or "")
    assert link is not None
    assert "“a flat”" in (await somebody_else.opens(link[1])).text
    assert (await person.client.get("/plan/file")).content.startswith(b"%PDF-")
    assert (await somebody_else.client.get("/plan/file")).status_code == 401


async def test_where_no_file_can_be_made_the_page_says_sorry(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await person.comes_in()

    async def none(_paper: Paper, _person_id: str) -> bytes:
        raise NoPaper

    monkeypatch.setattr(Paper, "of", none)
    page = await person.opens("/plan/file")
    assert (page.status, "I cannot make the file now." in page.text) == (503, True)
    assert (await person.opens("/plan")).status == 200

"""All that is known about somebody, as a page and as a file: theirs, and nobody else's."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from bot.keeping_files import keep_file
from bot.opening_the_door import Door
from plan_store.alerting import Noticed, raise_alert
from plan_store.causes import Cause, note
from plan_store.facilitators import make_account, new_desk_key
from plan_store.linking_to_a_plan import make_plan_link
from plan_store.looking import looked
from plan_store.tables import (
    Agreement,
    CapacityNote,
    ComingOfAge,
    Facilitator,
    Incoming,
    PlanLink,
    now,
)
from plan_store.tables import Person as PersonRow
from tests.bot.web.at_the_page import Person
from tests.bot.web.test_sending_files import PNG
from tests.bot.web.test_showing_my_plan import who_came
from tests.plan_store.telling_a_plan import Teller

pytestmark = pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True)


def told(door: Door, called: str = "Sam") -> Teller:
    """Somebody with words, a picture, a look and an alert."""
    sam = Teller(door.in_store.store, called)
    photo = keep_file(door.in_store.store.files, sam.person_id, "photo", "image/png", PNG)
    sam.says(sam.begins("home"), "hope", "a boat", sent="photo", how="photo", attachment=photo)
    with door.in_store.store.writing() as session:
        email = f"{called}@b.org"
        ann = make_account(session, new_desk_key(session), "Ann Marsh", email, "x")
        looked(session, ann.id, sam.person_id, "page")
        message = session.query(Incoming).filter_by(person_id=sam.person_id).first()
        assert message is not None
        raise_alert(session, message, Noticed("abuse", "boat"))
    return sam


def noted(door: Door) -> Teller:
    """Somebody under 16 for whom somebody agreed, and notes on two decisions."""
    sam = told(door)
    with door.in_store.store.writing() as session:
        ann = session.query(Facilitator).one()
        session.add(ComingOfAge(person_id=sam.person_id, month=date(2029, 3, 1)))
        session.add(
            Agreement(
                person_id=sam.person_id,
                name="Joan Marmalade",
                relation="mother",
                how="by_phone",
                agreed_on=date(2026, 11, 2),
                noted_by=ann.id,
            )
        )
        for number, finding in enumerate(("can", "cannot")):
            session.add(
                CapacityNote(
                    person_id=sam.person_id,
                    facilitator_id=ann.id,
                    click=f"{number}" * 32,
                    decision=f"decision {number}",
                    help="pictures of both places",
                    finding=finding,
                    shown_by="Sam said why",
                    decided_on=date(2026, 11, 3),
                    review_on=date(2027, 2, 3),
                )
            )
    return sam


async def a_link(door: Door, person_id: str) -> str:
    key = await door.in_store.write(lambda session: make_plan_link(session, person_id))
    return f"/my-things/{key}"


async def test_the_page_has_their_words_and_who_looked(somebody_else: Person, door: Door) -> None:
    sam = told(door)
    page = await somebody_else.opens(await a_link(door, sam.person_id))
    assert page.status == 200
    for words in ("Sam", "a boat", "Ann Marsh looked on", "We keep 1 of them.", "12 years"):
        assert words in page.text, words
    assert "abuse" not in page.text, "somebody may look over their shoulder"


async def test_that_a_copy_was_made_is_theirs_to_read(somebody_else: Person, door: Door) -> None:
    sam = told(door)

    def taken_out(session: Session) -> None:
        ann = session.scalars(select(Facilitator.id)).first() or 0
        looked(session, ann, sam.person_id, "export:ehc")
        looked(session, ann, sam.person_id, "api:fhir")
        note(session, Cause(sam.person_id, "operator"), "exports_pdf", "person", sam.person_id)

    await door.in_store.write(taken_out)
    page = await somebody_else.opens(await a_link(door, sam.person_id))
    for words in (
        "Ann Marsh made a copy of your plan on",
        "Ann Marsh let another computer read your plan on",
        "We made a copy of your plan on",
    ):
        assert words in page.text, words


async def test_the_file_has_one_to_read_one_for_a_computer_and_the_pictures(
    somebody_else: Person, door: Door
) -> None:
    sam, ash = told(door), told(door, "Ash")
    answer = await somebody_else.client.get(f"{await a_link(door, sam.person_id)}/file")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        names = opened.namelist()
        assert names[:2] == ["my-things.html", "my-things.json"]
        assert [name.startswith("files/photo-") for name in names[2:]] == [True]
        assert opened.read(names[2])[:4] == b"\x89PNG", "it is opened for them"
        assert "a boat" in opened.read("my-things.html").decode()
        everything = json.loads(opened.read("my-things.json"))
    assert everything["person"]["called"] == "Sam"
    assert [said["words"] for said in everything["statement"]] == ["a boat"]
    assert len(everything["access"]) == len(everything["alert"]) == 1
    assert "closing_reason" not in everything["alert"][0]
    whole = json.dumps(everything)
    assert ash.person_id not in whole
    assert "_hash" not in whole


async def test_an_old_link_and_a_stranger_get_nothing(somebody_else: Person, door: Door) -> None:
    sam = told(door)
    link = await a_link(door, sam.person_id)
    await door.in_store.write(
        lambda session: session.execute(update(PlanLink).values(ends_at=now() - timedelta(1)))
    )
    for path in (link, f"{link}/file"):
        page = await somebody_else.opens(path)
        assert (page.status, "a boat" in page.text) == (410, False)
    for path in ("/my-things", "/my-things/file"):
        page = await somebody_else.opens(path)
        assert page.status == 401


async def test_they_can_keep_their_voice_for_longer(person: Person, door: Door) -> None:
    await person.comes_in()
    page = await person.opens("/my-things")
    for longer in (True, False):
        fields = page.hidden("/my-things/voice")
        page = await person.posts(
            "/my-things/voice", {**fields, "longer": "yes" if longer else "no"}
        )
        assert page.status == 200, page.text
        page = await person.opens("/my-things")
        mine = await who_came(door)
        row = await door.in_store.read(lambda session: session.get_one(PersonRow, mine))  # noqa: B023
        assert row.keeps_recordings is longer


async def test_nothing_said_yet_is_a_page_too(person: Person) -> None:
    await person.comes_in()
    page = await person.opens("/my-things")
    assert "You have not told us anything yet." in page.text
    assert "Nobody at the desk has opened your page." in page.text


async def test_what_was_noted_about_them_is_theirs_to_read(
    somebody_else: Person, door: Door
) -> None:
    sam = noted(door)
    page = await somebody_else.opens(await a_link(door, sam.person_id))
    for words in (
        "You will be 16 in March 2029.",
        "Joan Marmalade said yes for you on 2 November 2026. Ann Marsh wrote that down.",
        "You can decide about your life. Each of these is about one thing, on one day.",
        "You can decide this.",
        "You could not decide this on that day, with all the help.",
        "pictures of both places",
        "You can talk about it again on 3 February 2027.",
        "If something here is not right, tell a person.",
    ):
        assert words in " ".join(page.text.split()), words
    answer = await somebody_else.client.get(f"{await a_link(door, sam.person_id)}/file")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as opened:
        assert "Joan Marmalade" in opened.read("my-things.html").decode()
        everything = json.loads(opened.read("my-things.json"))
    assert [note["finding"] for note in everything["capacity_note"]] == ["can", "cannot"]
    assert everything["agreement"][0]["name"] == "Joan Marmalade"
    assert "sealed_by_key" not in everything["agreement"][0]

"""The pack of a meeting at the desk: what was said yes to, for that meeting, and nothing else."""

from datetime import timedelta
from pathlib import Path

import outloud
import page as pdf_ua
import pymupdf
import pytest
from sqlalchemy import select

from bot.web.what_we_know import read_things
from plan_store.catalogue_rules import DATA
from plan_store.causes import Cause
from plan_store.forgetting import forget
from plan_store.meeting_up import keep_meeting_answer
from plan_store.opening import Store
from plan_store.plain_words import breaches, check_message, read_lists
from plan_store.reading_data import read_data
from plan_store.retaining import apply, read_retention
from plan_store.tables import Access, Facilitator, History, Incoming, Meeting, PackAnswer, now
from plan_store.taking_a_pack_back import BACK, NO, take_back_pack
from review.going_out.layouts import FILE, Exports
from tests.review.brokering import has_a_meeting
from tests.review.conftest import Visitor
from tests.review.packing import (
    DOGS,
    JO,
    a_hope_with_everything,
    answers_for_the_pack,
    packs_everything,
    things_of,
)
from tests.review.people import agrees, hopes, says, sends, somebody

PLACE = "Millbrook library"


@pytest.fixture
def sam(store: Store, ann: Visitor) -> str:
    """Sam, with a hope that has everything."""
    assert ann
    person_id = somebody(store, "Sam")
    a_hope_with_everything(store, person_id)
    return person_id


@pytest.fixture
def meeting(store: Store, sam: str) -> int:
    return has_a_meeting(store, sam, PLACE)


def address(sam: str, meeting: int) -> str:
    return f"/people/{sam}/meetings/{meeting}/pack"


def comes_by_taxi(store: Store, sam: str, meeting: int) -> None:
    message_id = sends(store, sam, "🚗 Take me there", "tap", "tapped")
    with store.writing() as session:
        keep_meeting_answer(
            session,
            Cause.message(sam, message_id),
            session.get_one(Incoming, message_id),
            session.get_one(Meeting, meeting),
            "transport",
            "taken",
            helped=False,
        )


def test_without_a_yes_nothing_is_in_it(ann: Visitor, store: Store, sam: str, meeting: int) -> None:
    comes_by_taxi(store, sam, meeting)
    page = ann.opens(address(sam, meeting))
    assert "There is nothing in it." in page.text
    assert DOGS not in page.text
    assert "Take me there" not in page.text
    assert ann.client.get(f"{address(sam, meeting)}/paper").status_code == 404
    assert "Sam has no pack for this meeting." in ann.opens(f"/people/{sam}/meetings").text


def test_each_thing_is_there_by_its_own_yes(
    ann: Visitor, store: Store, sam: str, meeting: int
) -> None:
    hopes(store, sam, "a boat of my own")
    hopes(store, sam, "nobody may know this", "me")
    hope, voice, photo, boat = things_of(store, sam)
    comes_by_taxi(store, sam, meeting)
    answers_for_the_pack(store, meeting, hope, helped=True)
    answers_for_the_pack(store, meeting, boat, NO)
    page = ann.opens(address(sam, meeting))
    assert f"“{DOGS}”" in page.text
    assert "The way there" not in page.text
    assert "How I get there Take me there" in page.text
    assert "Somebody was there when Sam said that it may be shown" in page.text
    for kept_back in (JO, "a boat", "nobody may know", "<audio", "<img"):
        assert kept_back not in page.html, kept_back
    answers_for_the_pack(store, meeting, voice)
    page = ann.opens(address(sam, meeting))
    assert f"/recordings/{voice[2]}" in page.html
    assert f"/recordings/{photo[2]}" not in page.html
    assert ann.client.get(f"/people/{sam}/recordings/{voice[2]}").status_code == 200
    answers_for_the_pack(store, meeting, photo)
    assert "My picture. I sent it with: “my sister Jo" in ann.opens(address(sam, meeting)).html
    assert "The pack of Sam" in ann.opens(f"/people/{sam}/meetings").text


def test_what_was_taken_back_changed_or_made_private_is_not_in_it(
    ann: Visitor, store: Store, sam: str, meeting: int
) -> None:
    hope, voice, photo = things_of(store, sam)
    packs_everything(store, sam, meeting)
    answers_for_the_pack(store, meeting, voice, BACK)
    page = ann.opens(address(sam, meeting))
    assert "<audio" not in page.html
    assert f"/recordings/{photo[2]}" in page.html
    # With the hope goes all that came with it, and a new yes to the hope is one to nothing else.
    answers_for_the_pack(store, meeting, hope, NO)
    answers_for_the_pack(store, meeting, hope)
    page = ann.opens(address(sam, meeting))
    assert DOGS in page.text
    assert f"/recordings/{photo[2]}" not in page.html
    agrees(store, hope[0], "me")
    assert "There is nothing in it." in ann.opens(address(sam, meeting)).text
    # Shared again, it is not shown again: nobody was asked about it since.
    agrees(store, hope[0])
    assert "There is nothing in it." in ann.opens(address(sam, meeting)).text
    packs_everything(store, sam, meeting)
    assert DOGS in ann.opens(address(sam, meeting)).text
    says(store, hope[0], "hope", "cats, and no dogs")
    agrees(store, hope[0])
    page = ann.opens(address(sam, meeting))
    assert "There is nothing in it." in page.text
    assert "cats" not in page.text


def test_it_is_for_this_meeting_and_no_other(
    ann: Visitor, store: Store, sam: str, meeting: int
) -> None:
    packs_everything(store, sam, meeting)
    later = has_a_meeting(store, sam, PLACE, in_days=30)
    assert "There is nothing in it." in ann.opens(address(sam, later)).text
    with store.writing() as session:
        session.get_one(Meeting, meeting).begins_at = now() - timedelta(hours=3)
    page = ann.opens(address(sam, meeting))
    assert "nothing is shown here any more" in page.text
    assert DOGS not in page.text
    assert ann.client.get(f"{address(sam, meeting)}/paper").status_code == 404


def test_somebody_elses_meeting_is_not_there(
    ann: Visitor, store: Store, sam: str, meeting: int
) -> None:
    packs_everything(store, sam, meeting)
    dee = somebody(store, "Dee")
    for end in ("", "/paper"):
        assert ann.client.get(address(dee, meeting) + end).status_code == 404


def test_opening_it_and_what_was_said_are_written_down(
    ann: Visitor, store: Store, sam: str, meeting: int
) -> None:
    packs_everything(store, sam, meeting)
    ann.opens(address(sam, meeting))
    message_id = sends(store, sam, "back", "tap", "tapped")
    with store.writing() as session:
        things = read_things(session, sam)
        assert things is not None
        assert [(words, key) for words, _, key in things.packs] == [
            (DOGS, "things_pack_words"),
            (DOGS, "things_pack_voice"),
            (JO, "things_pack_photo"),
        ]
        cause, message = Cause.message(sam, message_id), session.get_one(Incoming, message_id)
        taken = take_back_pack(
            session, cause, message, session.get_one(Meeting, meeting), helped=False
        )
        assert taken == 3
        things = read_things(session, sam)
        assert things is not None
        assert things.packs == ()
        assert session.scalars(select(Access.what)).all()[-1] == f"pack:{meeting}"
        what = session.scalars(select(History.what).where(History.item == "meeting")).all()
    assert what == ["plans", "pack_yes", "pack_yes", "pack_yes", "pack_back"]


def test_who_looked_says_that_the_pack_was_printed_and_not_the_plan(store: Store, sam: str) -> None:
    with store.writing() as session:
        ann = session.scalars(select(Facilitator.id)).first()
        for what in ("export:pack:1", "export:ehc"):
            session.add(Access(facilitator_id=ann, person_id=sam, what=what))
        session.flush()
        things = read_things(session, sam)
        assert things is not None
        assert {key for _, _, key in things.looked} == {"things_printed_pack", "things_took_out"}


def test_it_goes_a_year_after_the_meeting_and_with_its_person(
    ann: Visitor, store: Store, sam: str, meeting: int
) -> None:
    assert ann
    packs_everything(store, sam, meeting)
    table = read_retention()

    def over(in_days: int) -> int:
        found = apply(store, table, now() + timedelta(days=in_days), dry_run=True)
        return next(each.count for each in found if each.what == "pack")

    assert (over(365), over(380)) == (0, 3)
    with store.writing() as session:
        forget(session, sam, Cause(sam, "person"))
        assert session.scalars(select(PackAnswer)).all() == []


@pytest.mark.needs("pango")
def test_the_paper_has_the_same_and_can_be_read_by_everybody(
    ann: Visitor, store: Store, sam: str, meeting: int, tmp_path: Path
) -> None:
    hope, voice, photo = things_of(store, sam)
    answers_for_the_pack(store, meeting, hope)
    file = tmp_path / "pack.pdf"

    def drawn() -> tuple[str, int, int]:
        response = ann.client.get(f"{address(sam, meeting)}/paper")
        assert response.headers["content-disposition"].startswith("attachment")
        file.write_bytes(response.content)
        assert [failure.message for failure in pdf_ua.validate_pdf(file).failures] == []
        assert [found.message for found in outloud.check(str(file)).findings] == []
        with pymupdf.open(file) as opened:  # type: ignore[no-untyped-call]
            text = " ".join(" ".join(str(each.get_text()).split()) for each in opened)
            return text, sum(len(each.get_image_info()) for each in opened), opened.page_count

    text, pictures, pages = drawn()
    assert f"“{DOGS}”" in text
    assert ("voice" in text, pictures, pages) == (False, 0, 1)
    comes_by_taxi(store, sam, meeting)
    answers_for_the_pack(store, meeting, voice)
    answers_for_the_pack(store, meeting, photo)
    text, pictures, pages = drawn()
    assert "I said this with my voice too." in text
    assert "How I get there: Take me there" in text
    assert (pictures, pages) == (1, 1)
    for _ in range(3):
        a_hope_with_everything(store, sam)
    packs_everything(store, sam, meeting)
    text, pictures, pages = drawn()
    assert (text.count(f"“{DOGS}”"), pictures, pages) == (3, 3, 1)
    with store.reading() as session:
        assert session.scalars(select(Access.what)).all()[-1] == f"export:pack:{meeting}"


def test_the_words_of_a_pack_are_easy_to_read() -> None:
    lists = read_lists(DATA)
    filling = {"name": "Sam", "date": "Friday 27 November", "clock": "14:30", "place": PLACE}
    for key, words in read_data(FILE, Exports).pack.items():
        said = words.format(**filling, by="Ann", words="dogs")
        found = breaches(check_message(said, lists, names=["Sam", "Ann", *PLACE.split()]))
        assert found == [], (key, found)

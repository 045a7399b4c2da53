"""A person's page: their own words first, what is private stays private, and who looked is kept."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from plan_store.opening import Store
from plan_store.tables import Access, Attachment, History, Person
from plan_store.taking_in import set_aside
from review.settings import ReviewSettings
from review.showing_pages import when
from tests.review.conftest import Visitor
from tests.review.people import (
    agrees,
    asks_for_a_person,
    begins_a_hope,
    hopes,
    is_in_danger,
    is_not_understood,
    recording,
    says,
    sends,
    somebody,
)

VOICE = {"kind": "voice", "media_type": "audio/ogg", "file": "a1.ogg", "state": "kept"}


@pytest.fixture
def sam(store: Store) -> str:
    return somebody(store)


def test_their_newest_words_come_first_with_how_and_when(
    store: Store, ann: Visitor, sam: str
) -> None:
    hope = begins_a_hope(store, sam)
    says(store, hope, "hope", "I want to work with dogs")
    says(store, hope, "help", "somebody who comes with me", how="dictated")
    says(store, hope, "hope", "I want to work with dogs and cats", how="tapped")
    agrees(store, hope)

    text = ann.opens(f"/people/{sam}").text

    newest, older = text.index("dogs and cats"), text.index("I want to work with dogs Typed")
    assert newest < text.index("What I said and wanted before (1)") < older
    assert newest < text.index("What would help me somebody who comes with me Dictated")
    assert "Chosen with a button" in text
    assert "Who may see this Sam and facilitators" in text
    assert "Your turn" in text
    assert "Yes, said Sam" in text


def test_private_stays_private(store: Store, ann: Visitor, sam: str) -> None:
    kept = begins_a_hope(store, sam)
    says(store, kept, "hope", "my secret wish", kind="said")
    voice = says(store, kept, "help", "", kind="said", how="spoken", attachment=VOICE)
    agrees(store, kept, "me")
    undecided = begins_a_hope(store, sam)
    says(store, undecided, "hope", "not decided yet")

    page = ann.opens(f"/people/{sam}")

    assert page.text.count("A hope that Sam keeps private for now") == 2
    assert "secret" not in ann.response.text
    assert "not decided" not in ann.response.text
    assert not [form for form in page.forms if "hope" in form.fields]
    ann.opens(f"/people/{sam}/recordings/{recording(store, voice)}")
    assert ann.response.status_code == 404


def test_what_is_made_private_again_disappears(store: Store, ann: Visitor, sam: str) -> None:
    hope = hopes(store, sam, "I want to swim")
    page = ann.opens(f"/people/{sam}")
    ann.sends(page, "/answers", {"hope": str(hope)}, words="Which pool do you like?")
    agrees(store, hope, "me")

    text = ann.opens(f"/people/{sam}").text

    assert "swim" not in text
    assert "Which pool" not in text
    assert "Ann answered while it was shared" in text


def test_shared_with_family_says_so(store: Store, ann: Visitor, sam: str) -> None:
    hopes(store, sam, "I want to swim", "family")
    assert "Sam and facilitators, and family" in ann.opens(f"/people/{sam}").text


def test_sorted_pictures_have_the_labels_they_were_shown_with(
    store: Store, ann: Visitor, sam: str
) -> None:
    """Not the keys of the data, which two chapters may share."""
    laid = begins_a_hope(store, sam, "good_now", kind="sorted")
    says(store, laid, "card_films", "👍 I like it", kind="like")
    says(store, laid, "card_sport", "👎 I don't like it", kind="dislike")
    agrees(store, laid)
    text = ann.opens(f"/people/{sam}").text
    assert "Films and TV: likes it" in text
    assert "Football and sport: does not like it" in text


def test_what_the_computer_took_from_it_is_marked_as_that(
    store: Store, ann: Visitor, sam: str
) -> None:
    """They agreed to the sentence; the pieces were read out of it and never read back."""
    hope = begins_a_hope(store, sam)
    says(store, hope, "hope", "I want to work with dogs in Derby")
    says(store, hope, "where", "in Derby")
    agrees(store, hope)
    text = ann.opens(f"/people/{sam}").text
    found = "What the computer took from it: where in Derby Nobody has asked Sam whether this is"
    assert found in text


def test_a_question_left_empty_is_shown_as_such(store: Store, ann: Visitor, sam: str) -> None:
    hope = begins_a_hope(store, sam)
    says(store, hope, "hope", "I want to swim")
    says(store, hope, "help", "private please", kind="private")
    agrees(store, hope)

    text = ann.opens(f"/people/{sam}").text

    assert "Keeps the answer to this question private." in text
    assert "private please" not in text


def test_words_changed_after_the_yes_are_not_called_agreed(
    store: Store, ann: Visitor, sam: str
) -> None:
    hope = hopes(store, sam, "I want to swim")
    says(store, hope, "hope", "I want to dance")
    text = ann.opens(f"/people/{sam}").text
    assert "Sam has not said so yet" in text
    assert "Sam's turn" in text


def test_hostile_words_are_only_words(store: Store, ann: Visitor) -> None:
    hostile = "<script>alert(1)</script> {{ 7 * 7 }} {% raw %} \"'><img src=x onerror=y> ${7*7}"
    mallory = somebody(store, hostile)
    hope = hopes(store, mallory, hostile)
    is_in_danger(store, mallory, hostile, kind="<b>kind</b>")
    is_not_understood(store, mallory, hostile)
    asks_for_a_person(store, mallory, hostile)
    page = ann.opens(f"/people/{mallory}")
    ann.sends(page, "/answers", {"hope": str(hope)}, words=hostile)
    for path in ("/", "/people", f"/people/{mallory}"):
        ann.opens(path)
        assert "<script>" not in ann.response.text
        assert "<img" not in ann.response.text
        assert "<b>" not in ann.response.text
        assert "49" not in ann.opens(path).title
        assert "&lt;script&gt;" in ann.response.text
    assert "{{ 7 * 7 }} {% raw %}" in ann.opens(f"/people/{mallory}").text


def test_a_voice_of_a_shared_hope_can_be_opened(
    store: Store, ann: Visitor, sam: str, settings: ReviewSettings
) -> None:
    settings.files_folder.mkdir()
    (settings.files_folder / "a1.ogg").write_bytes(b"OggS sound")
    hope = begins_a_hope(store, sam)
    message = says(store, hope, "hope", "", how="spoken", kind="said", attachment=VOICE)
    agrees(store, hope)
    address = f"/people/{sam}/recordings/{recording(store, message)}"

    assert address in ann.opens(f"/people/{sam}").links
    ann.response = ann.client.get(address)

    assert ann.response.content == b"OggS sound"
    assert ann.response.headers["content-type"] == "audio/ogg"
    assert ann.response.headers["content-disposition"].startswith("inline; filename=")
    assert "sandbox" in ann.response.headers["content-security-policy"]
    assert ann.response.headers["cache-control"] == "no-store"
    assert looks(store, sam)[-1] == address.replace(f"/people/{sam}/recordings/", "recording:")


@pytest.mark.parametrize(
    ("media_type", "given"),
    [("image/svg+xml", "octet-stream"), ("text/html", "octet-stream"), ("image/png", "image/png")],
)
def test_what_could_hold_a_script_is_only_saved(
    store: Store, ann: Visitor, sam: str, settings: ReviewSettings, media_type: str, given: str
) -> None:
    settings.files_folder.mkdir()
    (settings.files_folder / "p").write_bytes(b"<svg onload=x>")
    photo = {"kind": "photo", "media_type": media_type, "file": "p", "state": "kept"}
    message = sends(store, sam, "", "photo", "photo", attachment=photo)
    with store.writing() as session:
        set_aside(session, message, None, "too_large")

    response = ann.client.get(f"/people/{sam}/recordings/{recording(store, message)}")

    assert response.headers["content-type"].endswith(given)
    kind = "attachment" if given == "octet-stream" else "inline"
    assert response.headers["content-disposition"].startswith(kind)


def test_a_recording_is_found_only_at_its_own_person_and_folder(
    store: Store, ann: Visitor, sam: str, settings: ReviewSettings
) -> None:
    settings.files_folder.mkdir()
    (settings.var_folder / "a1.ogg").write_bytes(b"outside")
    hope = begins_a_hope(store, sam)
    message = says(
        store,
        hope,
        "hope",
        "",
        how="spoken",
        kind="said",
        attachment=VOICE | {"file": "../a1.ogg"},
    )
    agrees(store, hope)
    number = recording(store, message)
    other = somebody(store, "Other")
    assert ann.client.get(f"/people/{sam}/recordings/{number}").status_code == 404
    assert ann.client.get(f"/people/{other}/recordings/{number}").status_code == 404
    assert ann.client.get(f"/people/{sam}/recordings/{number + 1}").status_code == 404


def test_a_recording_on_its_way_says_so(store: Store, ann: Visitor, sam: str) -> None:
    hope = begins_a_hope(store, sam)
    due = VOICE | {"file": None, "state": "due", "provider_id": "x"}
    message = says(store, hope, "hope", "", how="spoken", kind="said", attachment=due)
    agrees(store, hope)
    assert "The voice is still on its way to us." in ann.opens(f"/people/{sam}").text
    with store.writing() as session:
        session.get_one(Attachment, recording(store, message)).state = "failed"
    assert "could not be fetched" in ann.opens(f"/people/{sam}").text


def looks(store: Store, person_id: str) -> list[str]:
    with store.reading() as session:
        return list(
            session.scalars(
                select(Access.what).where(Access.person_id == person_id).order_by(Access.id)
            )
        )


def test_each_look_is_written_down(
    store: Store, ann: Visitor, bob: Visitor, visit: Callable[[], Visitor], sam: str
) -> None:
    visit().opens(f"/people/{sam}")
    assert looks(store, sam) == []
    ann.opens(f"/people/{sam}")
    bob.opens(f"/people/{sam}")
    assert looks(store, sam) == ["page", "page"]
    with store.reading() as session:
        assert len(set(session.scalars(select(Access.facilitator_id)))) == 2


def test_nobody_is_not_found(ann: Visitor, store: Store) -> None:
    ann.opens("/people/nobody")
    assert ann.response.status_code == 404
    with store.reading() as session:
        assert session.scalar(select(Access.id)) is None


def test_a_message_set_aside_is_shown_and_dealt_with_once(
    store: Store, ann: Visitor, sam: str
) -> None:
    is_not_understood(store, sam, "qwertz please")
    page = ann.opens(f"/people/{sam}")
    assert "qwertz please" in page.text
    assert "action failed" in page.text

    done = ann.sends(page, "/dealt-with")
    assert "The message is dealt with" in done.text
    assert "qwertz" not in done.text
    ann.sends(page, "/dealt-with")

    with store.reading() as session:
        noted = session.scalars(select(History.who).where(History.what == "deals_with")).all()
    assert noted == ["facilitator"]


def test_somebody_with_nothing_yet(store: Store, ann: Visitor) -> None:
    nobody_yet = somebody(store, None)
    page = ann.opens(f"/people/{nobody_yet}")
    assert page.title.startswith("No name yet")
    assert "This person has not talked about a hope yet." in page.text


def test_times_are_londons() -> None:
    assert when(datetime(2026, 11, 22, 18, 40, tzinfo=UTC)).startswith("Sunday 22 November")
    assert when(datetime(2020, 7, 1, 23, 30, tzinfo=UTC)) == "Thursday 2 July 2020, 00:30"


def test_a_name_is_never_changed_by_looking(store: Store, ann: Visitor, sam: str) -> None:
    ann.opens(f"/people/{sam}")
    with store.reading() as session:
        assert session.get_one(Person, sam).called == "Sam"

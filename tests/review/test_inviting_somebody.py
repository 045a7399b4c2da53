"""An invite is shown once, works once, and is kept as a hash."""

import re
from datetime import timedelta

from sqlalchemy import select

from plan_store.becoming_sixteen import months_before
from plan_store.inviting import use_invite
from plan_store.opening import Store
from plan_store.tables import Facilitator, Invite, now
from tests.review.conftest import Visitor


def test_an_invite_lets_one_person_in(store: Store, ann: Visitor) -> None:
    page = ann.sends(ann.opens("/invite"), "/invite", age="from_16")

    (link,) = [link for link in page.links if "/i/" in link]
    code = link.removeprefix("http://127.0.0.1:8080/i/")
    spoken = re.search(r"type or say in the chat (\w{4} \w{4} \w{4}) ", page.text)
    assert spoken is not None
    assert spoken[1].replace(" ", "") == code
    assert "for 7 days" in page.text
    with store.writing() as session:
        assert session.scalar(select(Invite.made_by)) == (
            f"facilitator:{session.scalar(select(Facilitator.id))}"
        )
        assert code not in str(session.scalar(select(Invite.code_hash)))
        assert use_invite(session, spoken[1].upper(), "web", "somebody") is not None
        assert use_invite(session, code, "web", "somebody-else") is None


def test_it_is_not_shown_again(ann: Visitor) -> None:
    made = ann.sends(ann.opens("/invite"), "/invite", age="from_16")
    (link,) = [link for link in made.links if "/i/" in link]
    assert link not in ann.opens("/invite").links


def agreed(**other: str) -> dict[str, str]:
    """Who agreed, as a facilitator types it."""
    month = months_before(now())[2].isoformat()
    typed = {
        "month": month,
        "name": "Joan Marmalade",
        "relation": "his mother",
        "how": "by_phone",
        "on": now().date().isoformat(),
    }
    return typed | other


def test_for_somebody_under_16_it_is_asked_who_agreed(store: Store, ann: Visitor) -> None:
    page = ann.sends(ann.opens("/invite"), "/invite", age="under_16")
    assert "Who agreed?" in page.text
    assert "a parent or carer has to agree" in page.text
    assert not [link for link in page.links if "/i/" in link]
    page = ann.sends(page, "/invite", **agreed())
    (link,) = [link for link in page.links if "/i/" in link]
    assert "Code, to type on the web page" in page.text
    assert "Telegram is for people of 16 or over" in page.text
    assert "t.me" not in page.html
    code = link.rpartition("/")[2]
    with store.writing() as session:
        contact = use_invite(session, code, "web", "kit")
        assert contact is not None
        kit = contact.person_id
    page = ann.opens(f"/people/{kit}")
    assert "Under 16" in page.text
    assert "Joan Marmalade, his mother" in page.text
    assert "By phone" in page.text
    assert "Noted by Ann" in page.text
    page = ann.sends(page, "/door-link")
    assert "on Telegram after /start" not in page.text


def test_without_who_agreed_there_is_no_invite_and_what_was_typed_is_kept(
    store: Store, ann: Visitor
) -> None:
    form = ann.sends(ann.opens("/invite"), "/invite", age="under_16")
    for missing, says in (
        ("name", "Write who agreed. Without that, somebody under 16 cannot be invited yet."),
        ("relation", "Write who they are to the young person."),
        ("how", "Say how they agreed."),
        ("on", "Write the day on which they agreed."),
        ("month", "Choose the month in which they become 16."),
    ):
        page = ann.sends(form, "/invite", **agreed(**{missing: ""}))
        assert ann.response.status_code == 422
        assert page.title.startswith("Error: Who agreed?")
        assert says in page.text
        fields = page.form("/invite").fields
        assert fields["name"] == ("" if missing == "name" else "Joan Marmalade")
        assert fields.get("how") == (None if missing == "how" else "by_phone")
    page = ann.sends(form, "/invite", **agreed(on=(now() + timedelta(days=3)).date().isoformat()))
    assert "This day is still to come." in page.text
    with store.reading() as session:
        assert session.scalars(select(Invite)).all() == []


def test_whether_they_are_16_has_to_be_said(store: Store, ann: Visitor) -> None:
    page = ann.sends(ann.opens("/invite"), "/invite")
    assert ann.response.status_code == 422
    assert "Say whether they are 16." in page.text
    with store.reading() as session:
        assert session.scalars(select(Invite)).all() == []

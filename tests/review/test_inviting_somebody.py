"""An invite is shown once, works once, and is kept as a hash."""

import re

from sqlalchemy import select

from plan_store.inviting import use_invite
from plan_store.opening import Store
from plan_store.tables import Facilitator, Invite
from tests.review.conftest import Visitor


def test_an_invite_lets_one_person_in(store: Store, ann: Visitor) -> None:
    page = ann.sends(ann.opens("/invite"), "/invite")

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
    made = ann.sends(ann.opens("/invite"), "/invite")
    (link,) = [link for link in made.links if "/i/" in link]
    assert link not in ann.opens("/invite").links

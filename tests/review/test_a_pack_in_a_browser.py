"""A pack in a real browser: shown, played, printed; axe finds nothing, at any width or scheme."""

import pytest

from plan_store.facilitators import make_account, new_desk_key
from plan_store.opening import Store
from plan_store.roles import EVERY_ROLE
from tests.at_a_desk import gives_password, sets_up_the_app
from tests.review.brokering import has_a_meeting
from tests.review.conftest import CHEAP, PASSWORD
from tests.review.in_a_browser import Walk, keep_picture
from tests.review.packing import a_hope_with_everything, packs_everything
from tests.review.people import hopes, somebody

pytestmark = [
    pytest.mark.needs("chromium"),
    pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True),
]
# The browser loads the voice, and says how long it is.
LOADS = """audio => new Promise((loaded, broken) => {
  audio.onloadedmetadata = () => loaded(audio.duration);
  audio.onerror = () => broken(audio.error.message);
  audio.load();
})"""


def test_a_pack_is_opened_from_the_meeting_played_and_printed(
    walk: Walk, address: str, store: Store
) -> None:
    with store.writing() as session:
        make_account(session, new_desk_key(session, EVERY_ROLE), "Ann", "ann@example.org", CHEAP)
    sam = somebody(store, "Sam")
    a_hope_with_everything(store, sam)
    hopes(store, sam, "I want a flat with a friend")
    meeting = has_a_meeting(store, sam, "Millbrook library")
    empty = has_a_meeting(store, sam, "The cafe", in_days=30)
    packs_everything(store, sam, meeting)
    page = walk.page
    page.goto(f"{address}/sign-in")
    gives_password(page, "ann@example.org", PASSWORD)
    sets_up_the_app(page)
    page.goto(f"{address}/people/{sam}/meetings")
    page.get_by_role("link", name="The pack of Sam for").click()
    page.get_by_role("heading", name="My pack").wait_for()
    assert page.get_by_label("Play my voice").evaluate(LOADS) == pytest.approx(0.1, abs=0.02)
    picture = page.get_by_role("img", name="My picture. I sent it with")
    assert picture.evaluate("image => image.complete && image.naturalWidth") == 640
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="The pack on paper (PDF)").click()
    assert downloaded.value.suggested_filename == f"pack-{meeting}.pdf"
    walk.look("pack")
    page.emulate_media(media="print", color_scheme="light")
    assert page.get_by_text("I want a flat with a friend").is_visible()
    assert not page.get_by_role("link", name="The pack on paper (PDF)").is_visible()
    keep_picture(page, "pack-print")
    page.emulate_media(media="screen")
    page.goto(f"{address}/people/{sam}/meetings/{empty}/pack")
    walk.look()

"""The pictures by their address: anybody may see them, and nothing in them can run."""

import pytest

from tests.bot.web.at_the_page import Person


async def test_a_picture_comes_as_it_is_drawn(person: Person) -> None:
    svg = await person.client.get("/symbols/house.svg")
    assert svg.status_code == 200
    assert svg.headers["content-type"] == "image/svg+xml"
    assert b"<svg" in svg.content
    png = await person.client.get("/symbols/house.png")
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")


async def test_nothing_in_a_picture_can_run(person: Person) -> None:
    answer = await person.client.get("/symbols/house.svg")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["nothing.svg", "house.gif", "house", "house.", "..%2F..%2FREADME.md", "house.svg.png"]
)
async def test_what_is_no_picture_is_not_there(person: Person, name: str) -> None:
    assert (await person.client.get(f"/symbols/{name}")).status_code == 404

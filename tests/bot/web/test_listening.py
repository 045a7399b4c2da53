"""Listening at the page: every message as sound, for its own person only."""

import re
from io import BytesIO

import numpy as np
import pytest
import soundfile
from sqlalchemy import update

from bot.opening_the_door import Door
from plan_store.tables import Person as PersonRow
from tests.bot.web.at_the_page import Person

pytestmark = pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True)
LINK = re.compile(r'href="(/listen/((?:in|out)-\d+))"')


async def listens(door: Door) -> None:
    await door.in_store.write(
        lambda session: session.execute(update(PersonRow).values(listens=True))
    )


def measured(content: bytes) -> tuple[str, float, float]:
    """Format, seconds and loudness."""
    about = soundfile.info(BytesIO(content))
    samples, _ = soundfile.read(BytesIO(content), dtype="float32")
    return about.format, about.duration, float(np.sqrt(np.mean(samples**2)))


async def test_every_message_with_words_can_be_listened_to(person: Person) -> None:
    await person.comes_in()
    page = await person.says("Sam")
    links = LINK.findall(page.answer.text)
    assert len(links) == len(page.messages) >= 4
    for path, name in links:
        shown = await person.client.get(path)
        assert shown.status_code == 200
        assert f'src="/sound/{name}.ogg"' in shown.text
        assert f'src="/sound/{name}.mp3"' in shown.text
    _, name = links[-1]
    ogg = await person.client.get(f"/sound/{name}.ogg")
    mp3 = await person.client.get(f"/sound/{name}.mp3")
    assert (ogg.headers["content-type"], mp3.headers["content-type"]) == ("audio/ogg", "audio/mpeg")
    container, seconds, loud = measured(ogg.content)
    assert container == "OGG"
    assert seconds > 2
    assert loud > 0.05
    other, as_long, as_loud = measured(mp3.content)
    assert other == "MP3"
    assert as_long == pytest.approx(seconds, abs=0.2)
    assert as_loud == pytest.approx(loud, rel=0.2)
    assert ogg.headers["cache-control"] == "no-store"


async def test_nobody_else_can_listen_to_it(person: Person, somebody_else: Person) -> None:
    await person.comes_in()
    page = await person.says("Sam")
    names = [name for _, name in LINK.findall(page.answer.text)]
    paths = [f"/sound/{name}.ogg" for name in names] + [f"/listen/{name}" for name in names]
    for path in paths:
        assert (await somebody_else.client.get(path)).status_code == 401
    await somebody_else.comes_in()
    for path in paths:
        assert (await somebody_else.client.get(path)).status_code == 404
    for odd in ("/sound/out-1", "/sound/out-x.ogg", "/sound/in-999999.mp3", "/listen/up-1"):
        assert (await person.client.get(odd)).status_code == 404


async def test_a_player_may_ask_for_a_part(person: Person) -> None:
    page = await person.comes_in()
    path = f"/sound/{LINK.findall(page.answer.text)[0][1]}.ogg"
    whole = (await person.client.get(path)).content
    part = await person.client.get(path, headers={"range": "bytes=0-1"})
    assert (part.status_code, part.content) == (206, whole[:2])
    assert part.headers["content-range"] == f"bytes 0-1/{len(whole)}"
    rest = await person.client.get(path, headers={"range": "bytes=100-"})
    assert (rest.status_code, rest.content) == (206, whole[100:])
    assert (await person.client.get(path, headers={"range": "bytes=9999999-"})).status_code == 416
    assert (await person.client.get(path, headers={"range": "lines=1"})).status_code == 200


async def test_who_listens_gets_a_player_for_the_newest_turn_that_does_not_begin_by_itself(
    person: Person, door: Door
) -> None:
    await person.comes_in()
    await listens(door)
    page = await person.says("Sam")
    players = re.findall(r"<audio [^>]*preload[^>]*>", page.answer.text)
    assert len(players) == 1
    assert "controls" in players[0]
    assert "autoplay" not in players[0]
    (name,) = re.findall(r'src="/sound/(out-\d+)\.ogg"', page.answer.text)
    _, turn, _ = measured((await person.client.get(f"/sound/{name}.ogg")).content)
    page = await person.says("yes please")
    assert re.findall(r'src="/sound/(out-\d+)\.ogg"', page.answer.text) != [name]
    assert turn > 4


async def test_without_a_voice_the_page_says_so_kindly(person: Person, door: Door) -> None:
    page = await person.comes_in()
    path, name = LINK.findall(page.answer.text)[0]
    door.reading.works = False
    shown = await person.client.get(path)
    assert shown.status_code == 503
    assert "I cannot read to you now." in shown.text
    assert (await person.client.get(f"/sound/{name}.ogg")).status_code == 503
    assert (await person.says("Sam")).status == 200

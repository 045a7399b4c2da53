"""Pictures and voices from the page: kept, and shown to their own person only."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from bot.opening_the_door import Door
from plan_store.tables import Attachment, Incoming
from tests.bot.web.at_the_page import Page, Person

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
    b"\x1f\x15\xc4\x89\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00"
    b"\x00IEND\xaeB`\x82"
)


async def test_a_picture_is_kept_with_its_words_and_shown_with_them(
    person: Person, door: Door
) -> None:
    await person.comes_in()
    page = await person.sends("dog.png", PNG, "image/png", "My dog Rex")
    assert ("mine", "My dog Rex") in page.messages
    assert ("theirs", "I got your picture.") in page.messages
    assert 'alt="My dog Rex"' in page.answer.text
    message, attachment = await newest(door)
    assert (message.kind, message.how, message.words) == ("photo", "photo", "My dog Rex")
    assert attachment is not None
    assert attachment.state == "kept"
    answer = await person.client.get(f"/recordings/{attachment.id}")
    assert attachment.size == len(answer.content)
    assert Image.open(BytesIO(answer.content)).size == (1, 1)
    assert answer.headers["content-type"] == attachment.media_type == "image/png"


async def test_a_picture_without_words_has_a_description(person: Person) -> None:
    await person.comes_in()
    page = await person.sends("dog.png", PNG, "image/png")
    assert 'alt="A picture you sent"' in page.answer.text


async def test_a_voice_is_kept_and_can_be_listened_to(person: Person, door: Door) -> None:
    await person.comes_in()
    page = await person.sends("voice", b"OggS voice", "audio/webm;codecs=opus")
    message, attachment = await newest(door)
    assert (message.kind, message.how) == ("voice", "spoken")
    assert attachment is not None
    assert attachment.media_type == "audio/webm"
    assert (
        f'<audio controls preload="metadata" src="/recordings/{attachment.id}"' in page.answer.text
    )
    assert any("I got your voice message." in words for _, words in page.messages)


async def test_nobody_else_can_open_it(person: Person, somebody_else: Person, door: Door) -> None:
    await person.comes_in()
    await person.sends("dog.png", PNG, "image/png")
    _, attachment = await newest(door)
    assert attachment is not None
    path = f"/recordings/{attachment.id}"
    assert (await somebody_else.client.get(path)).status_code == 401
    await somebody_else.comes_in()
    assert (await somebody_else.client.get(path)).status_code == 404
    assert (await person.client.get(path)).status_code == 200


@pytest.mark.parametrize(
    ("media_type", "kind", "named"),
    [
        ("application/pdf", "document", "That is a file."),
        ("image/svg+xml", "document", "That is a file."),
        ("text/html", "document", "That is a file."),
        ("audio/<script>", "document", "That is a file."),
        ("video/mp4", "video", "That is a film."),
    ],
)
async def test_other_files_are_named_and_not_kept(
    person: Person, door: Door, media_type: str, kind: str, named: str
) -> None:
    await person.comes_in()
    page = await person.sends("thing", b"<svg onload=alert(1)>", media_type)
    assert any(named in words for _, words in page.messages)
    message, attachment = await newest(door)
    assert (message.kind, attachment) == (kind, None)
    folder = door.settings.files_folder
    assert not folder.exists() or list(folder.iterdir()) == []


async def test_sent_twice_it_is_one_message_and_one_file(person: Person, door: Door) -> None:
    page = await person.comes_in()
    fields = page.hidden("/send")
    for _ in range(2):
        await person.client.post(
            "/send", data=fields, files={"file": ("dog.png", PNG, "image/png")}
        )
    assert len(list(door.settings.files_folder.iterdir())) == 1
    _, attachment = await newest(door)
    assert attachment is not None
    kept = (await person.client.get(f"/recordings/{attachment.id}")).content
    assert Image.open(BytesIO(kept)).size == (1, 1)


async def test_nothing_chosen_is_said_kindly_and_the_words_come_back(person: Person) -> None:
    page = await person.comes_in()
    answer = await person.client.post(
        "/send",
        data={**page.hidden("/send"), "words": "my dog"},
        files={"file": ("", b"", "application/octet-stream")},
    )
    page = Page(answer)
    assert page.status == 400
    assert "You have not chosen one yet." in page.text
    assert page.box == "my dog"
    assert (await person.sends("empty.png", b"", "image/png")).status == 400


async def test_twenty_megabytes_are_kept_and_more_is_refused_kindly(
    person: Person, door: Door
) -> None:
    await person.comes_in()
    most = 20 * 1024 * 1024
    page = await person.sends("big.ogg", b"\x00" * (most + 1), "audio/ogg", "my dog")
    assert page.status == 413
    assert "That is too big for me." in page.text
    assert page.box == "my dog"
    page = await person.sends("huge.ogg", b"\x00" * (4 * most), "audio/ogg")
    assert page.status == 413
    assert "That is too big for me." in page.text
    assert (await person.sends("most.ogg", b"\x00" * most, "audio/ogg")).status == 200
    _, attachment = await newest(door)
    assert attachment is not None
    assert attachment.size == most


@pytest.mark.parametrize("media_type", ["image/jpeg", "image/heic"])
async def test_what_is_no_picture_is_refused_kindly_and_the_words_come_back(
    person: Person, door: Door, media_type: str
) -> None:
    await person.comes_in()
    page = await person.sends("dog.jpg", b"no picture", media_type, "my dog")
    assert page.status == 415
    assert "I cannot open that picture." in page.text
    assert page.box == "my dog"
    message, _ = await newest(door)
    assert message.kind == "tap"
    folder = door.settings.files_folder
    assert not folder.exists() or list(folder.iterdir()) == []


async def test_a_file_where_words_belong_breaks_nothing(person: Person) -> None:
    page = await person.comes_in()
    for path in ("/say", "/tap", "/send"):
        answer = await person.client.post(
            path, data=page.hidden(path), files={"words": ("x", b"x", "image/png")}
        )
        assert answer.status_code in {200, 400}


async def newest(door: Door) -> tuple[Incoming, Attachment | None]:
    """What came last, with its file."""
    row = await door.in_store.read(
        lambda session: session.execute(
            select(Incoming, Attachment)
            .outerjoin(Attachment, Attachment.incoming_id == Incoming.id)
            .order_by(Incoming.id.desc())
            .limit(1)
        ).one()
    )
    return row[0], row[1]

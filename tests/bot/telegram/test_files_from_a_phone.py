"""Voices and photos that a phone sent: fetched patiently, and told honestly where they are lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.telegram import fetching_files
from plan_store.opening import Store
from plan_store.tables import Attachment, Incoming
from tests.bot.open_door import ListenerDouble, kept, unreachable, until
from tests.bot.telegram.at_the_phone import lets_in, rows, telegram_on
from tests.telegram_double import Phone, TelegramDouble
from tests.telegram_double.files_kept import MAX_DOWNLOAD
from tests.telegram_double.sample_files import picture, voice

pytestmark = pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True)


@pytest.fixture
def listener() -> ListenerDouble:
    listener = ListenerDouble()
    listener.answers = lambda note: kept(
        {"/sent_voice": "kept_voice", "/sent_photo": "kept_photo"}.get(
            str(note.get("tap")), "hello"
        )
    )
    return listener


@pytest.fixture
async def ash(
    store: Store, double: TelegramDouble, listener: ListenerDouble, tmp_path: Path
) -> AsyncIterator[Phone]:
    """Somebody who is in, with the chat running."""
    phone = double.phone(1)
    async with telegram_on(store, double, listener, var_folder=tmp_path):
        await lets_in(store, phone)
        yield phone
    assert double.complaints == []


def texts(phone: Phone) -> list[str]:
    return [shown.text for shown in phone.heard][1:]


def states(store: Store) -> list[str]:
    return [row.state for row in rows(store, Attachment)]


async def test_what_is_over_telegrams_limit_is_said_after_its_answer_and_not_asked_for(
    store: Store, double: TelegramDouble, ash: Phone
) -> None:
    ash.sends_voice(voice(), size=MAX_DOWNLOAD + 1)
    await until(lambda: len(texts(ash)) == 2)
    ash.sends_photo(picture(), size=MAX_DOWNLOAD + 1)
    await until(lambda: len(texts(ash)) == 4)
    assert [words.split(".")[0] for words in texts(ash)] == [
        "I got your voice message",
        "I could not keep your voice message",
        "I got your picture",
        "I could not keep your picture",
    ]
    assert states(store) == ["failed", "failed"]
    assert double.calls("getFile") == []


async def test_what_telegram_has_no_more_is_tried_again_and_then_said(
    store: Store, double: TelegramDouble, ash: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching_files, "TRIES_WHERE_REFUSED", 2)
    double.breaks(400, times=2, methods=("getFile",))
    ash.sends_voice(voice())
    await until(lambda: len(texts(ash)) == 2, within=30)
    assert "I could not get your voice message." in texts(ash)[1]
    assert states(store) == ["failed"]
    assert len(double.calls("getFile")) == 2


async def test_a_file_that_is_away_for_a_moment_comes_and_nobody_is_frightened(
    store: Store, double: TelegramDouble, ash: Phone
) -> None:
    double.breaks(400, times=1, methods=("getFile",))
    double.breaks(502, times=1, methods=("getFile",))
    ash.sends_voice(voice())
    await until(lambda: states(store) == ["kept"], within=30)
    assert [words.split(".")[0] for words in texts(ash)] == ["I got your voice message"]


async def test_a_picture_that_is_none_is_said(store: Store, ash: Phone) -> None:
    ash.sends_message(
        {
            "document": {
                **ash.exchange.files.keep(b"no picture", "documents", "bin").as_json(),
                "file_name": "dog.heic",
                "mime_type": "image/heic",
            }
        }
    )
    await until(lambda: len(texts(ash)) == 2)
    assert "I could not open your picture." in texts(ash)[1]
    assert states(store) == ["failed"]


async def test_the_bad_news_waits_for_the_answer(
    store: Store, double: TelegramDouble, ash: Phone, listener: ListenerDouble
) -> None:
    well = listener.answers
    listener.answers = lambda _note: unreachable()
    ash.sends_voice(voice(), size=MAX_DOWNLOAD + 1)
    await until(lambda: len(texts(ash)) == 1)
    assert rows(store, Incoming)[-1].state == "waiting"
    assert states(store) == ["due"]
    listener.answers = well
    await until(lambda: len(texts(ash)) == 3, within=30)
    assert "I could not keep your voice message." in texts(ash)[2]

"""Messages from a phone: kept before Telegram is told, once, in order, and never dropped."""

import logging
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm import Session

from bot.receiving import Came, Received
from plan_store.opening import Store
from plan_store.tables import Alert, Attachment, Contact, Incoming, Invite, Unheard
from tests.bot.open_door import ListenerDouble, kept, settings_for, until
from tests.bot.telegram.at_the_phone import kept_words, lets_in, rows, telegram_on
from tests.telegram_double import TelegramDouble, updates_of_every_kind
from tests.telegram_double.sample_files import picture, voice

OGG_OPUS, PNG = voice(), picture()
SECRET_WORDS = "I want to breed axolotls"


@pytest.fixture
def listener() -> ListenerDouble:
    return ListenerDouble()


async def test_an_invite_lets_a_phone_in(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1, "Ash")
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        ash.types("hello")
        await ash.will_hear()
    assert listener.texts == ["/begin", "hello"]
    assert [contact.address for contact in rows(store, Contact)] == ["1"]
    assert rows(store, Invite)[0].used_at is not None
    assert double.complaints == []


async def test_a_stranger_gets_a_friendly_word_and_nothing_is_kept(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    stranger = double.phone(2, "Bo")
    async with telegram_on(store, double, listener):
        stranger.types("let me in")
        (answer,) = await stranger.will_hear()
        stranger.starts("anoldcode")
        (second,) = await stranger.will_hear()
    assert "invite" in (answer.text or "")
    assert "does not work any more" in (second.text or "")
    assert rows(store, Incoming) == rows(store, Contact) == rows(store, Unheard) == []


async def test_a_tap_is_answered_and_kept_as_its_label(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    listener.answers = lambda _note: kept("ask_ready")
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        ash.taps("👍 OK")
        await ash.will_hear()
        await until(lambda: ash.spinner == [])
        first = ash.heard[0].message_id
        ash.taps_old(first, "👍 OK", too_old=True)
        await ash.will_hear()
    taps = [row for row in rows(store, Incoming) if row.how == "tapped"]
    assert [tap.words for tap in taps[1:]] == ["👍 OK", "👍 OK"]
    assert listener.texts[1] == "/affirm"
    assert double.complaints == []


async def test_the_same_update_twice_is_one_message(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        ash.types("hello")
        await ash.will_hear()
        double.gives(_again(store, "hello"))
        ash.types("bye")
        await ash.will_hear()
    assert kept_words(store)[1:] == ["hello", "bye"]


def _again(store: Store, words: str) -> dict[str, Any]:
    """The update of a message that was kept, as Telegram would bring it a second time."""
    row = next(row for row in rows(store, Incoming) if row.words == words)
    return {
        "update_id": int(row.key.rpartition(":")[2]),
        "message": {
            "message_id": int(row.provider_id),
            "date": 1_790_000_000,
            "chat": {"id": 1, "type": "private", "first_name": "Ash"},
            "from": {"id": 1, "is_bot": False, "first_name": "Ash"},
            "text": words,
        },
    }


async def test_while_the_store_is_away_telegram_keeps_the_message(
    store: Store,
    double: TelegramDouble,
    listener: ListenerDouble,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener) as door:
        await lets_in(store, ash)

        def away(*_: Any) -> None:
            raise OperationalError("away", None, Exception("gone"))

        with monkeypatch.context() as patched:
            patched.setattr(store, "writing", away)
            ash.types("one")
            await ash.will_see(door.library.text("cannot_keep_now"))
            ash.types("two")
            assert len(double.waiting) >= 1
        await ash.will_hear(2)
    assert kept_words(store)[1:] == ["one", "two"]


async def test_voice_and_photo_are_fetched_and_other_things_are_named(
    store: Store, double: TelegramDouble, listener: ListenerDouble, tmp_path: Path
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener, var_folder=tmp_path) as door:
        await lets_in(store, ash)
        ash.sends_voice(OGG_OPUS)
        ash.sends_photo(PNG, caption="my dog")
        ash.sends_sticker()
        ash.sends_location()
        ash.sends_contact()
        ash.sends_poll()
        await until(lambda: len(rows(store, Incoming)) == 7)
        await until(lambda: [row.state for row in rows(store, Attachment)] == ["kept", "kept"])
        await until(lambda: len(listener.texts) == 7)
        files = door.in_store.store.files
        contents = [files.read(row.file or "") for row in rows(store, Attachment)]
    assert contents[0] == OGG_OPUS
    assert Image.open(BytesIO(contents[1])).size == (8, 6)
    assert [row.media_type for row in rows(store, Attachment)] == ["audio/ogg", "image/jpeg"]
    assert [row.kind for row in rows(store, Incoming)][1:] == [
        "voice",
        "photo",
        "sticker",
        "location",
        "contact",
        "poll",
    ]
    assert listener.texts[1:] == ["/sent_voice", "/sent_photo", *["/sent_other"] * 4]
    assert rows(store, Incoming)[2].words == "my dog"


async def test_an_edited_message_is_kept_beside_the_first(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        number = ash.types("cats")
        await ash.will_hear()
        ash.edits(number, "dogs")
        await ash.will_hear()
    first, edit = rows(store, Incoming)[1:]
    assert (edit.kind, edit.words, edit.details["edits"]) == ("edit", "dogs", first.id)
    assert first.words == "cats"


async def test_a_group_is_no_place_to_talk(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        group = ash.joins_group("Friends")
        group.types("hello bot")
        await double.will_all_be_taken()
        await until(lambda: len(rows(store, Unheard)) >= 2)
    assert {row.reason for row in rows(store, Unheard)} == {"not_private"}
    assert len(rows(store, Incoming)) == 1


async def test_every_kind_of_update_is_kept_or_left_with_a_reason(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(4201)
    updates = list(updates_of_every_kind())
    assert len(updates) > 150
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        for kind in updates:
            double.gives(kind.update)
        await double.will_all_be_taken(60)
        ash.types("the end")
        await until(lambda: "the end" in kept_words(store), within=60)
    came = {row.key.rpartition(":")[2] for row in rows(store, Incoming)}
    left = {row.key.rpartition(":")[2] for row in rows(store, Unheard)}
    memberships = {
        str(kind.update["update_id"]) for kind in updates if kind.name.startswith("my_chat_member")
    }
    wanted = {str(kind.update["update_id"]) for kind in updates}
    assert wanted - came - left - memberships == set()
    assert all(row.reason for row in rows(store, Unheard))


async def test_malformed_json_stops_nothing(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        double.gives_raw(b'{"ok": true, "result": [{"upd')
        double.gives({"message": {"text": "no number"}})
        ash.types("still here")
        await ash.will_hear()
    assert kept_words(store)[-1] == "still here"


async def test_an_update_that_breaks_something_does_not_stop_the_next(
    store: Store,
    double: TelegramDouble,
    listener: ListenerDouble,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener) as door:
        await lets_in(store, ash)
        receive = door.reception.receive

        def breaks(session: Session, came: Came) -> Received:
            if came.words == "poison":
                raise DataError("", {}, ValueError("poison"))
            return receive(session, came)

        monkeypatch.setattr(door.reception, "receive", breaks)
        ash.types("poison")
        ash.types("still here")
        await until(lambda: kept_words(store)[-1] == "still here")
        await until(lambda: any("cannot keep" in (shown.text or "") for shown in ash.heard))
    assert [left.reason for left in rows(store, Unheard)] == ["broke"]


async def test_while_the_store_is_away_danger_is_told_whom_to_call(
    store: Store, double: TelegramDouble, listener: ListenerDouble
) -> None:
    ash = double.phone(1)
    async with telegram_on(store, double, listener) as door:
        await lets_in(store, ash)
        write, away = door.in_store.write, True

        async def perhaps(work: Any) -> Any:
            if away:
                raise OperationalError("", {}, OSError())
            return await write(work)

        door.in_store.write = perhaps  # type: ignore[method-assign]
        ash.types("I want to die")
        await until(lambda: any("999" in (shown.text or "") for shown in ash.heard))
        away = False
        await until(lambda: len(rows(store, Alert)) == 1)


async def test_no_word_and_no_token_is_logged(
    store: Store,
    double: TelegramDouble,
    listener: ListenerDouble,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    ash = double.phone(1, "Ashley Verysecret")
    async with telegram_on(store, double, listener):
        await lets_in(store, ash)
        ash.types(SECRET_WORDS)
        await ash.will_hear()
        double.gives_raw(f'{{"ok": true, "result": [{{"{SECRET_WORDS}'.encode())
        ash.types("bye")
        await ash.will_hear()
    ours = "\n".join(
        record.getMessage() for record in caplog.records if record.name.partition(".")[0] != "tests"
    )
    assert SECRET_WORDS not in ours
    assert "Verysecret" not in ours
    assert double.token not in ours


def test_the_settings_of_a_test_ask_no_environment(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "")
    assert settings_for(store, telegram_bot_token="1:x").telegram_on

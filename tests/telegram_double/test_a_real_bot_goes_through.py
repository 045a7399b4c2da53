"""A real python-telegram-bot Bot talks to the double as it would talk to Telegram."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from .sample_files import picture, voice

if TYPE_CHECKING:
    from . import Phone, TelegramDouble

YES_NO = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Yes", callback_data="y"),
            InlineKeyboardButton("No", callback_data="n"),
        ]
    ]
)


async def test_it_knows_who_it_is(bot: telegram.Bot) -> None:
    me = await bot.get_me()
    assert me.is_bot
    assert me.username == "MyWayTestBot"


async def test_a_wrong_token_is_refused(double: TelegramDouble) -> None:
    stranger = telegram.Bot("1:wrong", base_url=double.base_url)
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_a_long_poll_hears_what_is_typed(
    bot: telegram.Bot, ash: Phone, double: TelegramDouble
) -> None:
    poll = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.to_thread(double.waits_for_poll)
    ash.starts("code-7")
    [update] = await poll
    assert update.message is not None
    assert update.message.text == "/start code-7"
    assert update.message.from_user is not None
    assert update.message.from_user.first_name == "Ash"
    assert await bot.get_updates(offset=update.update_id + 1) == ()


async def test_two_polls_at_once_conflict(
    bot: telegram.Bot, ash: Phone, double: TelegramDouble
) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=10))
    await asyncio.to_thread(double.waits_for_poll)
    assert await bot.get_updates(timeout=0) == ()
    with pytest.raises(Conflict, match="other getUpdates"):
        await first


async def test_buttons_are_shown_tapped_and_answered(
    bot: telegram.Bot, ash: Phone, double: TelegramDouble
) -> None:
    ash.starts()
    await bot.send_message(1, "Is this <b>right</b>?", reply_markup=YES_NO, parse_mode="HTML")
    [question] = await ash.will_hear()
    assert question.text == "Is this right?"
    assert question.labels == ["Yes", "No"]
    ash.taps("Yes")
    assert len(ash.spinner) == 1
    query = (await bot.get_updates(offset=-1))[0].callback_query
    assert query is not None
    assert query.data == "y"
    await query.answer("Thank you")
    await query.edit_message_reply_markup(None)
    assert ash.spinner == []
    assert ash.toasts == ["Thank you"]
    assert ash.latest.labels == []
    assert double.complaints == []


async def test_a_picture_a_voice_and_a_letter_arrive(bot: telegram.Bot, ash: Phone) -> None:
    ash.starts()
    await bot.send_chat_action(1, "typing")
    assert ash.typing
    await bot.send_photo(1, picture(), caption="A quiet room", reply_markup=YES_NO)
    await bot.send_voice(1, voice(), caption="Listen", duration=timedelta(seconds=2))
    await bot.send_document(1, b"%PDF-1.7", filename="my plan.pdf", protect_content=True)
    photo, sound, letter = await ash.will_hear(3)
    assert not ash.typing
    assert (photo.picture, photo.caption) == (picture(), "A quiet room")
    assert (sound.voice, sound.text) == (voice(), "Listen")
    assert letter.document == b"%PDF-1.7"
    assert letter.protected
    again = await bot.send_photo(1, photo.raw["photo"][0]["file_id"])
    assert again.photo[0].width == 8


async def test_a_voice_that_was_sent_can_be_downloaded(bot: telegram.Bot, ash: Phone) -> None:
    ash.sends_voice(voice(), seconds=4)
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.voice is not None
    file = await update.message.voice.get_file()
    assert bytes(await file.download_as_bytearray()) == voice()


async def test_too_fast_is_told_to_wait(
    bot: telegram.Bot, ash: Phone, double: TelegramDouble
) -> None:
    ash.starts()
    double.tells_to_wait(7)
    with pytest.raises(RetryAfter) as told:
        await bot.send_message(1, "hello")
    assert told.value.retry_after == timedelta(seconds=7)
    assert ash.heard == []
    await bot.send_message(1, "hello")
    assert ash.latest.text == "hello"


async def test_a_person_who_blocked_is_left_alone(bot: telegram.Bot, ash: Phone) -> None:
    with pytest.raises(Forbidden, match="can't initiate"):
        await bot.send_message(1, "hello")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(99, "hello")
    ash.starts()
    ash.blocks()
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(1, "hello")
    ash.starts()
    await bot.send_message(1, "hello again")
    assert ash.latest.text == "hello again"


async def test_the_line_drops_after_the_message_was_accepted(
    bot: telegram.Bot, ash: Phone, double: TelegramDouble
) -> None:
    ash.starts()
    double.drops_after_accepting()
    with pytest.raises(NetworkError):
        await bot.send_message(1, "once or twice")
    assert ash.latest.text == "once or twice"
    double.drops_before_accepting()
    with pytest.raises(NetworkError):
        await bot.send_message(1, "never")
    assert ash.latest.text == "once or twice"


async def test_the_line_is_slow_or_broken(
    bot: telegram.Bot, ash: Phone, double: TelegramDouble
) -> None:
    ash.starts()
    double.answers_slowly(5)
    with pytest.raises(telegram.error.TimedOut):
        await bot.send_message(1, "slow", read_timeout=0.1)
    await ash.will_see("slow")
    double.breaks(502, times=2)
    for _ in range(2):
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.send_message(1, "broken")
    await bot.send_message(1, "well again")
    assert [message.text for message in ash.heard] == ["slow", "well again"]


async def test_the_bot_introduces_itself(bot: telegram.Bot, double: TelegramDouble) -> None:
    await bot.set_my_commands([("help", "Get help"), ("stop", "Stop")])
    await bot.set_my_description("Say what you want.")
    await bot.set_my_short_description("Your way.", language_code="en")
    await bot.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
    assert [c["command"] for c in double.profile["commands", ""]] == ["help", "stop"]
    assert double.profile["description", ""] == "Say what you want."
    assert double.profile["short_description", "en"] == "Your way."
    assert double.profile["menu_button", ""] == {"type": "commands"}
    with pytest.raises(BadRequest):
        await bot.set_my_commands([("Help!", "Get help")])


async def test_a_malformed_answer_is_a_malformed_answer(
    bot: telegram.Bot, double: TelegramDouble
) -> None:
    double.gives_raw(b'{"ok": true, "result": [{"upd')
    with pytest.raises(telegram.error.TelegramError, match="Invalid server response"):
        await bot.get_updates()

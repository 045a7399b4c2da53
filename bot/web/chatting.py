"""The chat: the conversation as a page, and the forms by which a person says or taps something.

Comes in: a form. Goes out: the kept message's answer, on the same page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from litestar import get, post
from litestar.response import Response, Template

from bot.receiving import Received
from bot.tapping import reference
from bot.web.coming_in import front
from bot.web.knowing_who import (
    PUBLIC,
    ChatRequest,
    Known,
    NotThisChat,
    door_of,
    key_of,
    remember,
    who,
)
from bot.web.naming_days import first_of_each_day
from bot.web.showing_pages import go_to, is_quick, page
from bot.web.taking_in import take, text_in, wait_for_answer, words_in
from plan_store.people_of_a_device import keep_unsent, one_of
from plan_store.reading_the_conversation import Cursor, Message, Talk, read_conversation

LONGEST_WORDS = 10_000
HOW = ("typed", "dictated")
# Always there, apart from the answers.
CONTROLS = ("help", "ask_person")
ANSWERS_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Tappable:
    """One button of the page: the form field it sends, and its label."""

    name: str
    value: str
    label: str


@get("/", opt=PUBLIC)
async def open_page(request: ChatRequest) -> Response[Any]:
    """The chat of whom we know; for anybody else what this is, and how to come in."""
    known = await who(request)
    if known is None:
        return await front(request)
    before = _cursor(request.query_params.get("before"))
    leads = before is None and "at" not in request.query_params
    answer = await chat_page(request, known, before=before, leads_to_newest=leads)
    remember(request, answer, known.token)
    return answer


@get("/news")
async def news(request: ChatRequest) -> Response[Any]:
    """What is new since the mark; 204 when nothing is."""
    if request.query_params.get("chat") != str(request.user.contact_id):
        raise NotThisChat
    talk = await _talk(request, request.user)
    if talk.mark == request.query_params.get("after"):
        return Response(None, status_code=HTTPStatus.NO_CONTENT)
    return await _news(request, talk)


@post("/say")
async def say(request: ChatRequest) -> Response[Any]:
    """Words, typed or spoken to the device."""
    form = await request.form()
    words, how = words_in(form), text_in(form, "how")
    if not words.strip():
        return await not_kept(request, "page_nothing_typed", HTTPStatus.BAD_REQUEST)
    if len(words) > LONGEST_WORDS:
        return await not_kept(
            request, "page_words_too_long", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, words
        )
    received = await take(
        door_of(request),
        request.user,
        form,
        words.encode(errors="replace"),
        kind="text",
        words=words,
        how=how if how in HOW else "typed",
    )
    if request.user.left_words:
        here_id = request.user.here_id
        await door_of(request).in_store.write(lambda session: keep_unsent(session, here_id, ""))
    return await after_keeping(request, received)


@post("/tap")
async def tap(request: ChatRequest) -> Response[Any]:
    """An answer of the present question, or one of the controls that are always there."""
    form = await request.form()
    door, control = door_of(request), text_in(form, "control")
    if control in CONTROLS:
        button = door.library.buttons[control]
        words, details = button.label, {"value": button.value}
    else:
        words, details = "", {"behind": text_in(form, "behind")}
    received = await take(
        door,
        request.user,
        form,
        repr(details).encode(),
        kind="tap",
        words=words,
        how="tapped",
        details=details,
    )
    return await after_keeping(request, received)


async def after_keeping(request: ChatRequest, received: Received) -> Response[Any]:
    """Where a form leads: to the newest words, or to the news alone for the page's script."""
    await wait_for_answer(door_of(request), received.message_id)
    if is_quick(request):
        return await _news(request)
    return go_to("/?at=newest#newest")


async def not_kept(request: ChatRequest, says: str, status: int, words: str = "") -> Response[Any]:
    """The chat with a kind sentence above the box, and in the box what was typed."""
    if is_quick(request):
        return page("problem_line.html", status, says=says, fresh=None)
    return await chat_page(request, request.user, status=status, says=says, typed=words)


async def chat_page(
    request: ChatRequest,
    known: Known,
    before: Cursor | None = None,
    status: int = 200,
    says: str | None = None,
    typed: str = "",
    leads_to_newest: bool = False,
) -> Template:
    """The whole page; opened anew it leads to the newest words, without a script too."""
    talk, key = await _talk(request, known, before), key_of(known.token)
    here = await door_of(request).in_store.read(lambda session: one_of(session, key, known.here_id))
    return page(
        "chat.html",
        status,
        says=says,
        leads_to_newest=leads_to_newest,
        typed=typed or ((here.unsent if here else None) or ""),
        # Others use this device too, and could open this chat.
        unprotected=here is not None and here.shared and not here.has_chosen,
        is_earlier=before is not None,
        **_shown(request, known, talk),
    )


async def _news(request: ChatRequest, talk: Talk | None = None) -> Template:
    talk = talk or await _talk(request, request.user)
    return page("news.html", **_shown(request, request.user, talk))


async def _talk(request: ChatRequest, known: Known, before: Cursor | None = None) -> Talk:
    door = door_of(request)
    always = [door.library.buttons[control].value for control in CONTROLS]
    return await door.in_store.read(
        lambda session: read_conversation(session, known.person_id, before, always)
    )


def _shown(request: ChatRequest, known: Known, talk: Talk) -> dict[str, Any]:
    """What the templates need: the messages, at most 3 answers, and the controls."""
    answers = [
        Tappable("behind", reference(choice.reply_id, choice.index), choice.label)
        for choice in talk.choices
    ]
    help_, person = (
        Tappable("control", control, door_of(request).library.buttons[control].label)
        for control in CONTROLS
    )
    # A reply with more than three choices (Help itself) brings its own control in Help's place.
    controls = [*(answers[ANSWERS_AT_ONCE:] or [help_]), person]
    present = _last_exchange(talk)
    return {
        "chat": known.contact_id,
        "talk": talk,
        "past": talk.messages[: len(talk.messages) - len(present)],
        "present": present,
        "days": first_of_each_day(talk.messages),
        # The newest words are theirs: My Way, or a person, is still at it.
        "waiting": bool(talk.messages) and talk.messages[-1].side == "in",
        "answers": answers[:ANSWERS_AT_ONCE],
        "controls": controls,
        "newest": _newest(talk),
        "fresh": {message.key for message in _latest_turn(talk)},
    }


def _newest(talk: Talk) -> str | None:
    """Where reading goes on: the first reply after the person's last words."""
    latest = _latest_turn(talk) or talk.messages[-1:]
    return latest[0].key if latest else None


def _last_exchange(talk: Talk) -> Sequence[Message]:
    """The person's last words, all they said in one go, and every reply after them."""
    begins = len(talk.messages) - len(_latest_turn(talk))
    while begins and talk.messages[begins - 1].side == "in":
        begins -= 1
    return talk.messages[begins:]


def _latest_turn(talk: Talk) -> Sequence[Message]:
    """Every reply after the person's last words."""
    spoken = [at for at, message in enumerate(talk.messages) if message.side == "in"]
    return talk.messages[spoken[-1] + 1 if spoken else 0 :]


def _cursor(text: str | None) -> Cursor | None:
    """From the address of an "earlier messages" link; anything else is the newest page."""
    incoming, _, outgoing = (text or "").partition(".")
    if not (incoming.isdecimal() and outgoing.isdecimal()):
        return None
    return Cursor(int(incoming[:18]), int(outgoing[:18]))

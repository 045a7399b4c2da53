"""From a form to a kept message, and the short wait for its answer.

Comes in: what the form holds. Goes out: one message a form and content, however often it is sent.
"""

import hashlib
import logging
import re
import secrets
from typing import Any

from litestar.datastructures import FormMultiDict

from bot.in_store import STORE_AWAY
from bot.opening_the_door import Door
from bot.receiving import Came, Received
from bot.web.knowing_who import DOOR, Known
from plan_store.reading_the_conversation import message_kept_as

log = logging.getLogger(__name__)

# After this the page is shown without the answer, which comes when it comes.
WAIT_SECONDS = 6.0
NONCE = re.compile(r"[0-9a-f]{32}")


async def take(
    door: Door, known: Known, form: FormMultiDict, content: bytes, **came: Any
) -> Received:
    """Keep one message. "double": this form brought this very content before.

    The key holds the content: a form that is sent again with other words is another message.
    """
    nonce = nonce_in(form) or secrets.token_hex(16)
    digest = hashlib.sha256(content).hexdigest()[:32]
    key = f"web:{known.contact_id}:{nonce}:{digest}"
    received = await door.receive(Came(DOOR, known.address, key, **came))
    if received.outcome != "double":
        return received
    first = await door.in_store.read(lambda session: message_kept_as(session, known.person_id, key))
    return Received("double", first, received.contact_id)


async def wait_for_answer(door: Door, message_id: int | None) -> None:
    """Wait until the first reply to this message was put, but not for long."""
    if message_id is None:
        return
    try:
        await door.conversation.answered(message_id, WAIT_SECONDS)
    except STORE_AWAY:
        # The message is kept. That the store went away since must not be told as its loss.
        log.warning("The store cannot be reached; message %s waits.", message_id)


def text_in(form: FormMultiDict, name: str) -> str:
    """The text of a field; nothing where a file was sent in its place."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def nonce_in(form: FormMultiDict) -> str | None:
    """The form's one-use nonce, if it is one of ours."""
    nonce = text_in(form, "nonce")
    return nonce if NONCE.fullmatch(nonce) else None


def words_in(form: FormMultiDict) -> str:
    """The words as they were typed: a form on its way turns each new line into two signs."""
    return text_in(form, "words").replace("\r\n", "\n")

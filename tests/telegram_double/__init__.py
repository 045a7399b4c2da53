"""A double of Telegram: a real HTTP server on loopback that keeps Telegram's rules.

    with TelegramDouble() as double:
        bot = telegram.Bot(double.token, double.base_url, double.base_file_url)
        ash = double.phone(user_id=1, name="Ash")
        ash.starts("invite-code")            # the bot gets the update: by polling or by webhook
        [hello] = ash.hears()                # waits for the bot's next message
        assert hello.labels == ["Yes", "No"]
        ash.taps("Yes")
        assert not ash.spinner               # the tap was answered
        assert not double.complaints         # nothing against the published Bot API

In a test that shares its event loop with the bot, wait with `await ash.will_hear()`.

What it enforces: text 1 to 4,096 and captions up to 1,024 (after marks are read, in UTF-16
units), callback data 1 to 64 bytes, start parameters up to 64, taps answered in time, voice
OGG/Opus up to 1 MB, downloads up to 20 MB, no writing first, blocking, and with `pace=Pace()`
about one message a second a chat and thirty a second a bot. Every parameter is checked against
the published Bot API description (`published_description.py`): what does not fit is a 400 and a
line in `double.complaints`.

What goes wrong on request: `tells_to_wait` (429), `breaks` (5xx), `drops_after_accepting`,
`drops_before_accepting`, `answers_slowly`, `gives` (any update), `gives_raw` (any bytes), and
`updates_of_every_kind` builds an update of every kind that Telegram has.

The files: `phone.py`, `things_sent.py` and `phone_screen.py` are the person; `double.py` is the
test's handle; `exchange.py` holds the state and decides; `sending_messages.py` and
`keeping_the_line.py` are the methods; `waiting_updates.py` and `webhook_courier.py` bring the
updates; `http_door.py` and `reading_requests.py` are HTTP; the rest are Telegram's rules.

Known to differ from Telegram: only HTML marks are read; a file by web address is refused; a
voice that is not OGG/Opus is refused where Telegram would show it as a document; a webhook on
loopback may be http.
"""

from .chats import Button, Shown
from .double import TOKEN, TelegramDouble
from .every_update import KindOfUpdate, updates_of_every_kind
from .pace import UNHURRIED, Pace
from .phone import Phone
from .phone_screen import NothingCame
from .published_description import Description

__all__ = [
    "TOKEN",
    "UNHURRIED",
    "Button",
    "Description",
    "KindOfUpdate",
    "NothingCame",
    "Pace",
    "Phone",
    "Shown",
    "TelegramDouble",
    "updates_of_every_kind",
]

"""A person at the page, without a browser: reads it, types, taps, and sends.

What a browser does without JavaScript: it sends the fields of the form that is there.
"""

from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any, cast

import httpx
from litestar import Litestar

from bot.opening_the_door import Door
from plan_store.inviting import new_invite


@dataclass
class Field:
    """A field or button of a form."""

    name: str
    value: str
    label: str = ""


class Page(HTMLParser):
    """One page, as its text, its messages and its forms."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__()
        self.answer = answer
        self.status = answer.status_code
        self.forms: list[dict[str, list[Field]]] = []
        self.actions: list[str] = []
        self.messages: list[tuple[str, str]] = []
        self.text = ""
        self.ids: set[str] = set()
        self._button: Field | None = None
        self._area: Field | None = None
        self._by = ""
        self._words: list[str] | None = None
        self.feed(answer.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids.add(values["id"])
        if tag == "form":
            self.forms.append({})
            self.actions.append(values["action"])
        if tag in {"input", "button", "textarea"} and "name" in values and self.forms:
            field = Field(values["name"], values.get("value", ""))
            self.forms[-1].setdefault(field.name, []).append(field)
            self._button = field if tag == "button" else None
            self._area = field if tag == "textarea" else None
        if "message" in values.get("class", "").split():
            self._by = values["class"].split()[1]
        if tag == "p" and values.get("class") == "words":
            self._words = []

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._button is not None:
            self._button.label += data
        if self._area is not None:
            self._area.value += data
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "button":
            self._button = None
        if tag == "textarea" and self._area is not None:
            # A browser drops the new line that stands right after the tag.
            self._area.value = self._area.value.removeprefix("\n")
            self._area = None
        if tag == "p" and self._words is not None:
            self.messages.append((self._by, "".join(self._words)))
            self._words = None

    def form(self, action: str) -> dict[str, list[Field]]:
        """The first form that goes there."""
        return self.forms[self.actions.index(action)]

    def hidden(self, action: str, *, of: str = "") -> dict[str, str]:
        """The fields a browser sends with any button of this form."""
        for here, form in zip(self.actions, self.forms, strict=True):
            if here == action and (not of or of in form):
                names = ("_csrf_token", "nonce", "chat", "how", "token", "code", "step")
                return {name: form[name][0].value for name in names if name in form}
        raise AssertionError(f"There is no form for {action}.")

    def labels(self, name: str) -> list[str]:
        """The labels of the buttons with this field name."""
        return [field.label for form in self.forms for field in form.get(name, [])]

    @property
    def box(self) -> str:
        """What stands in the text box."""
        return self.form("/say")["words"][0].value

    @property
    def last(self) -> str:
        """The newest words of My Way."""
        return self.messages[-1][1]


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, app: Litestar, door: Door, base: str = "http://page.local") -> None:
        self.app = app
        self.door = door
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app=cast(Any, app)),
            base_url=base,
            follow_redirects=True,
        )

    async def invite(self) -> str:
        """A fresh code, from somebody who may make one."""
        return await self.door.in_store.write(lambda session: new_invite(session, "test"))

    async def comes_in(self) -> Page:
        """Open an invite link, and press Start."""
        page = await self.opens(f"/i/{await self.invite()}")
        return await self.posts("/i", page.hidden("/i"))

    async def opens(self, path: str = "/") -> Page:
        """Open a page."""
        return Page(await self.client.get(path))

    async def posts(self, path: str, fields: dict[str, str]) -> Page:
        """Send a form."""
        return Page(await self.client.post(path, data=fields))

    async def says(self, words: str) -> Page:
        """Type words and press Send."""
        page = await self.opens()
        return await self.posts("/say", {**page.hidden("/say"), "words": words})

    async def taps(self, label: str) -> Page:
        """Tap the button with this label."""
        page = await self.opens()
        for action, form in zip(page.actions, page.forms, strict=True):
            for fields in form.values():
                for field in fields:
                    if action == "/tap" and label in field.label:
                        fixed = page.hidden("/tap", of=field.name)
                        return await self.posts("/tap", {**fixed, field.name: field.value})
        raise AssertionError(f"There is no button {label!r}, only {page.text}")

    async def sends(self, name: str, content: bytes, media_type: str, words: str = "") -> Page:
        """Choose a file and send it."""
        page = await self.opens()
        return Page(
            await self.client.post(
                "/send",
                data={**page.hidden("/send"), "words": words},
                files={"file": (name, content, media_type)},
            )
        )

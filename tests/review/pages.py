"""Reading a page as a test: its text, its title, its links and its forms with what is in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}
TICKED = {"checkbox", "radio"}


@dataclass
class Form:
    """One form: where it goes, and its fields as a browser would send them."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    id: str = ""


class Page(HTMLParser):
    """A page that was read; a tag left open or closed twice fails the test."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.title = ""
        self.ids: list[str] = []
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._area: str | None = None
        self._select = ""
        self.feed(html)
        self.close()
        assert self._open == [], f"left open: {self._open}"
        self.text = " ".join("".join(self._pieces).split())

    def form(self, action_end: str, having: Mapping[str, str | None] | None = None) -> Form:
        """The only form that goes there and has these fields filled so; None: has no such field."""
        found = [
            form
            for form in self.forms
            if form.action.endswith(action_end)
            and all(form.fields.get(name) == value for name, value in (having or {}).items())
        ]
        assert len(found) == 1, f"{len(found)} forms go to {action_end}"
        return found[0]

    def text_of(self, id_: str) -> str:
        """The text of the paragraph with this id."""
        (inside,) = re.findall(rf'<p [^>]*id="{id_}"[^>]*>(.*?)</p>', self.html, re.DOTALL)
        return _plain(inside)

    def items_of(self, class_: str) -> list[str]:
        """The text of each item of the only list of this class."""
        (inside,) = re.findall(rf'<ul class="{class_}"[^>]*>(.*?)</ul>', self.html, re.DOTALL)
        return [_plain(item) for item in re.findall(r"<li>(.*?)</li>", inside, re.DOTALL)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if "id" in given:
            assert given["id"] not in self.ids, f"twice on the page: {given['id']}"
            self.ids.append(given["id"])
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), id=given.get("id", "")))
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif tag in {"input", "select", "option"}:
            self._keep_field(tag, given)
        elif tag == "textarea":
            self._area = given["name"]
            self.forms[-1].fields[self._area] = ""

    def _keep_field(self, tag: str, given: dict[str, str]) -> None:
        if tag == "select":
            self._select = given["name"]
        elif tag == "option":
            # The first one, or the one that is chosen.
            if "selected" in given or self._select not in self.forms[-1].fields:
                self.forms[-1].fields[self._select] = given["value"]
        elif "name" in given and (given.get("type") not in TICKED or "checked" in given):
            # A field may stand outside its form, and name it.
            named = [form for form in self.forms if form.id and form.id == given.get("form")]
            (*named, self.forms[-1])[0].fields[given["name"]] = given.get("value", "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in VOID, f"closes itself: {tag}"
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"closed but never opened: {tag}"
        assert self._open.pop() == tag, f"closed out of order: {tag}"
        if tag == "textarea":
            self._area = None
        self._pieces.append(" " if tag not in {"strong", "span", "a", "time"} else "")

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"]:
            self.title += data
        elif self._area is not None:
            # A browser drops the line end right behind the tag.
            self.forms[-1].fields[self._area] += data.removeprefix("\n")
        else:
            self._pieces.append(data)


def _plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())

"""Reading a page as a test: its text, its title, its links and its forms with what is in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img"}


@dataclass
class Form:
    """One form: where it goes, and its fields as a browser would send them."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Page(HTMLParser):
    """A page that was read; a tag left open or closed twice fails the test."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.title = ""
        self.ids: list[str] = []
        self._pieces: list[str] = []
        self._open: list[str] = []
        self._area: str | None = None
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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._open.append(tag)
        if "id" in given:
            assert given["id"] not in self.ids, f"twice on the page: {given['id']}"
            self.ids.append(given["id"])
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif tag == "a":
            self.links.append(given.get("href", ""))
        elif tag == "input" and "name" in given:
            self.forms[-1].fields[given["name"]] = given.get("value", "")
        elif tag == "textarea":
            self._area = given["name"]
            self.forms[-1].fields[self._area] = ""

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

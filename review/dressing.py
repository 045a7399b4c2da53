"""What a browser gets from packages: the NHS design system's style sheet in our dress, and htmx.

Comes in: the installed packages, of which nothing is imported. Goes out: files under names with
their hash, so that a browser fetches each once. Left out: the NHS's letters, kept for the NHS.
"""

import hashlib
import re
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

HERE = Path(__file__).parent
SHEET = "wagtailnhsukfrontend/static/wagtailnhsukfrontend/css/nhsuk-frontend-10.4.2.min.css"
HTMX = "django_htmx/static/django_htmx/htmx-2.min.js"

# Whatever the NHS's colours are used for, ours are: names of static/desk.css, light and dark.
TEXT = {
    "#fff": "on-main",
    "#212b32": "ink",
    "#4c6272": "soft",
    "#d5281b": "alarm",
    "#005eb8": "main",
    "#004b93": "main-strong",
    "#003d78": "main-strong",
    "#002f5c": "main-strong",
    "#7c2855": "main-strong",
    "#330072": "main",
    "#007f3b": "main",
}
GROUND = {
    "#fff": "paper",
    "#f0f4f5": "ground",
    "#d8dde0": "line",
    "#212b32": "ink",
    "#005eb8": "main",
    "#004b93": "main-strong",
    "#003d78": "main-strong",
    "#002f5c": "main-strong",
    "#007f3b": "main",
    "#00662f": "main-strong",
    "#00401e": "main-strong",
    "#d5281b": "alarm",
    "#aa2016": "alarm",
    "#6b140e": "alarm",
    "#d9e7f4": "tint",
    "#c7dcef": "tint",
    "#fff9c4": "turn-tint",
    "#ffeb3b": "focus",
}
EDGE = {**GROUND, "#fff": "on-main", "#4c6272": "edge", "#aeb7bd": "edge", "#768692": "edge"}
BLOCK = re.compile(r"([^{}]*)\{([^{}]*)\}")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
LETTERS = re.compile(r"Frutiger W01,\s*Arial,\s*sans-serif")


@dataclass(frozen=True)
class Part:
    """One file for the browser."""

    path: str
    content: bytes
    media_type: str


def parts() -> dict[str, Part]:
    """All of them, by name."""
    sheet = _of_a_package("wagtail-nhsuk-frontend", SHEET).decode()
    return {
        "design.css": _part("design.css", in_our_dress(sheet).encode(), "text/css"),
        "desk.css": _part("desk.css", (HERE / "static" / "desk.css").read_bytes(), "text/css"),
        "htmx.js": _part("htmx.js", _of_a_package("django-htmx", HTMX), "text/javascript"),
        "live.js": _part("live.js", (HERE / "static" / "live.js").read_bytes(), "text/javascript"),
        "desk.js": _part("desk.js", (HERE / "static" / "desk.js").read_bytes(), "text/javascript"),
    }


def in_our_dress(sheet: str) -> str:
    """The sheet with our colours and letters. It fetches nothing from anywhere."""
    sheet = re.sub(r"@font-face\{[^}]*\}", "", sheet)
    sheet = LETTERS.sub("var(--letters)", sheet)
    return BLOCK.sub(lambda block: block[1] + "{" + _coloured(block[1], block[2]) + "}", sheet)


def _coloured(selector: str, rules: str) -> str:
    if "data:" in rules:  # a picture in the sheet holds semicolons and colours of its own
        return rules
    # What has the keyboard's focus is dark on yellow, by day and by night.
    in_focus = "#ffeb3b" in rules or ":focus" in selector
    return ";".join(_coloured_rule(rule, in_focus=in_focus) for rule in rules.split(";"))


def _coloured_rule(rule: str, *, in_focus: bool) -> str:
    name, colon, value = rule.partition(":")
    if name.startswith("--"):
        return rule
    table = TEXT if name in {"color", "fill"} else GROUND if name.startswith("background") else EDGE

    def ours(found: re.Match[str]) -> str:
        colour = found[0].lower()
        if in_focus and colour == "#212b32":
            return "var(--on-focus)"
        return f"var(--{table[colour]})" if colour in table else found[0]

    return name + colon + COLOUR.sub(ours, value)


def _of_a_package(package: str, path: str) -> bytes:
    return Path(str(distribution(package).locate_file(path))).read_bytes()


def _part(name: str, content: bytes, media_type: str) -> Part:
    return Part(f"/parts/{hashlib.sha256(content).hexdigest()[:16]}/{name}", content, media_type)

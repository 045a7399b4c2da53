"""From plain data to a page: the templates, how times read, and the headers each response carries.

All sentences live in the templates. Pages run our own files only, and work without any script.
"""

import secrets
from datetime import date, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar.datastructures import MutableScopeHeaders
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Template
from litestar.template import TemplateConfig
from litestar.types import Message, Scope

from plan_store.roles import can
from plan_store.the_time_here import day_of, here, today
from review.dressing import Part
from review.guarding import DeskRequest, SignedIn

HERE = Path(__file__).parent
DAY = "%A %-d %B"

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; img-src 'self'; "
    "media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


def template_config(for_browsers: dict[str, Part]) -> TemplateConfig[JinjaTemplateEngine]:
    """The desk's templates. Whatever is put in is escaped; a name that is missing is an error."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(when=when, iso=iso, days_ago=days_ago, day=day, month=month, date=on)
    environment.globals["part"] = {name: each.path for name, each in for_browsers.items()}
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment))


def page(request: DeskRequest, template: str, status: int = 200, **context: Any) -> Template:
    """A page; `me` is who is signed in, or None; `may` asks what their roles let them do."""
    me: SignedIn | None = request.scope.get("user")

    def may(what: str) -> bool:
        return can(me.viewer if me else None, what)

    return Template(
        template,
        context={"me": me, "may": may, "click": new_click, **context},
        status_code=status,
    )


def new_click() -> str:
    """A one-use key for a form: pressed twice, it counts once."""
    return secrets.token_hex(16)


def when(moment: datetime) -> str:
    """The time in London, as in "Sunday 22 November, 18:40"; another year is named."""
    there = here(moment)
    day = DAY if there.year == today().year else f"{DAY} %Y"
    return there.strftime(f"{day}, %H:%M")


def day(date_: date) -> str:
    """The day, as in "Friday 27 November"; another year is named."""
    there = here()
    return date_.strftime(DAY if date_.year == there.year else f"{DAY} %Y")


def on(moment: date) -> str:
    """A day with its year, as in "23 November 2026"."""
    return f"{moment.day} {moment:%B %Y}"


def month(first: date) -> str:
    """A month, as in "November 2026"."""
    return f"{first:%B %Y}"


def iso(moment: datetime) -> str:
    """The time for machines, with its zone."""
    return here(moment).isoformat(timespec="seconds")


def days_ago(moment: datetime) -> int:
    """How many midnights of London have passed since."""
    return (today() - day_of(moment)).days


async def protect(message: Message, scope: Scope) -> None:
    """Put the protecting headers on every response, errors and files too."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in HEADERS.items():
        if name not in headers:
            headers[name] = value
    if scope["path"].startswith("/static/"):
        headers["cache-control"] = "no-cache"
    if scope["litestar_app"].state.over_https:
        headers["strict-transport-security"] = "max-age=31536000"

"""From plain data to a page: the templates, and the headers that each response carries.

All words stand in `data/words`; the templates name them by key. No script and no style is inline.
"""

import re
import secrets
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar.datastructures import MutableScopeHeaders
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER
from litestar.template import TemplateConfig
from litestar.types import Message, Scope

from bot.web.knowing_who import ChatRequest
from bot.words import Library

HERE = Path(__file__).parent

# The script marks its requests; they are answered with the news only, not with a whole page.
QUICK = "x-chat"

# A link that was sent for another device; here a button opens the plan, and never ends.
PLAN_LINK = re.compile(r"\s*https?://\S+/plan/[0-9a-f]{32}\b")
THINGS_LINK = re.compile(r"\s*https?://\S+/my-things/[0-9a-f]{32}\b")

HEADERS = {
    # blob: is how a person listens to their own recording before it is sent.
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; "
    "img-src 'self'; media-src 'self' blob:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # An invite code can stand in the address of a page.
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(self)",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": "no-store",
}


def template_config(library: Library, credits_: list[str]) -> TemplateConfig[JinjaTemplateEngine]:
    """The templates. Whatever is put in is escaped; a name that is missing is an error.

    `credits_`: whose pictures they are, said where pictures stand.
    """
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["say"] = library.text
    environment.globals["picture_credits"] = credits_
    environment.filters["without_plan_link"] = without_plan_link
    environment.filters["without_things_link"] = without_things_link
    environment.globals["can_say"] = library.words.__contains__
    return TemplateConfig(instance=JinjaTemplateEngine.from_environment(environment))


def without_plan_link(words: str) -> str:
    """The words without a link to the plan."""
    return PLAN_LINK.sub("", words)


def without_things_link(words: str) -> str:
    """The words without a link to all their things."""
    return THINGS_LINK.sub("", words)


def go_to(path: str) -> Redirect:
    """After a form: the page it leads to, so that loading again sends nothing again."""
    return Redirect(path, status_code=HTTP_303_SEE_OTHER)


def page(template: str, status: int = 200, **context: Any) -> Template:
    """A page; `nonce` makes each of its forms count once, `chat` says whose chat they are of."""
    return Template(
        template,
        context={"nonce": secrets.token_hex(16), "chat": "", **context},
        status_code=status,
    )


def is_quick(request: ChatRequest) -> bool:
    """Whether the page's script asks."""
    return request.headers.get(QUICK) is not None


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

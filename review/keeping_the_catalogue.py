"""The catalogue of local options: searched, added to, changed, ended.

Comes in: what is looked for, or a form with the version it is about. Goes out: the list, or the
form again with what is wrong at each field and all that was typed.
"""

from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template
from sqlalchemy.orm import Session

from plan_store.counting_money import pounds
from plan_store.keeping_options import (
    CodeTaken,
    Found,
    Looked,
    OptionChanged,
    add_option,
    change_option,
    end_option,
    find_page,
    is_free,
    is_old,
    places_of_options,
    versions_of,
)
from plan_store.reading_options import COLUMNS, OptionRead, OptionsWrong, Wrong, read_option
from plan_store.tables import LocalOption
from plan_store.the_time_here import today
from review.filling_in_forms import number, typed_in, write
from review.guarding import DeskRequest, only_who_may
from review.showing_pages import page

HERE = "/options"
KEEPS = only_who_may("keep_options")
LONGEST_SEARCH = 120
DONE = ("added", "changed", "ended")


@get(HERE, opt=KEEPS)
async def catalogue_page(request: DeskRequest) -> Template:
    """What there is, and what fits what is looked for."""
    return await show_catalogue(request)


async def show_catalogue(request: DeskRequest, status: int = 200, **more: Any) -> Template:
    """The catalogue, with what an import did or why it did nothing."""
    looked = looked_for(request)
    found = await search(request, looked)
    done = request.query_params.get("done", "")
    nothing: dict[str, Any] = {
        "imported": None,
        "mistakes": [],
        "done": done if done in DONE else "",
    }
    return page(request, "options.html", status, **found, **(nothing | more))


async def search(request: DeskRequest, looked: Looked) -> dict[str, Any]:
    """What a page with a search in the catalogue shows."""
    rules, on = request.app.state.catalogue_rules, today()

    asked_page = number(request.query_params.get("page", "")) or 1

    def look(session: Session) -> tuple[Found, list[str]]:
        return find_page(session, rules, looked, on, asked_page), places_of_options(session)

    found, places = await write(request, look)
    asked = {name: value for name, value in asdict(looked).items() if value}
    return {
        "options": found.options,
        "found": found,
        # What another page of the same is asked with.
        "asked": urlencode(asked | {"page": ""}),
        "places": places,
        "looked": looked,
        "rules": rules,
        "is_free": lambda option: is_free(rules, option),
        "is_old": lambda option: is_old(rules, option.checked_on, on),
        "pounds": pounds,
    }


def looked_for(request: DeskRequest) -> Looked:
    """What is looked for, from the address."""
    asked = request.query_params

    def words(name: str) -> str:
        return asked.get(name, "").strip()[:LONGEST_SEARCH]

    return Looked(
        words=words("words"),
        area=words("area"),
        kind=words("kind"),
        place=words("place"),
        access=words("access"),
        free="free" in asked,
        old="old" in asked,
        ended="ended" in asked,
    )


@get(f"{HERE}/new", opt=KEEPS)
async def new_option_page(request: DeskRequest) -> Template:
    """The empty form."""
    return _form(request, None, {"checked": today().isoformat()}, [])


@post(f"{HERE}/new", opt=KEEPS)
async def add_an_option(request: DeskRequest) -> Template | Redirect:
    """One more; or the form again, with what is wrong."""
    typed = await typed_in(request)
    try:
        option = _read(request, typed)
        await write(request, lambda session: add_option(session, option, request.user.id))
    except OptionsWrong as wrong:
        return _form(request, None, typed, wrong.mistakes)
    except CodeTaken:
        return _form(request, None, typed, [Wrong(0, "code", "taken", typed["code"])])
    return Redirect(f"{HERE}?done=added", status_code=303)


@get(f"{HERE}/{{option_id:int}}", opt=KEEPS)
async def option_page(request: DeskRequest, option_id: FromPath[int]) -> Template:
    """One option, and what it was before."""
    return await _show(request, option_id)


@post(f"{HERE}/{{option_id:int}}", opt=KEEPS)
async def change_an_option(request: DeskRequest, option_id: FromPath[int]) -> Template | Redirect:
    """Change it. Whoever is second sees what the first one did, and keeps what they typed."""
    typed = await typed_in(request)
    seen = number(typed.get("version", "")) or 0
    code = (await write(request, lambda session: _there(session, option_id))).code
    try:
        option = _read(request, {**typed, "code": code})
        await write(
            request,
            lambda session: change_option(session, option_id, seen, option, request.user.id),
        )
    except OptionsWrong as wrong:
        return await _show(request, option_id, typed, wrong.mistakes, 422)
    except OptionChanged:
        return await _show(request, option_id, typed, [Wrong(0, "", "changed")], 409)
    return Redirect(f"{HERE}?done=changed", status_code=303)


@post(f"{HERE}/{{option_id:int}}/end", opt=KEEPS)
async def end_an_option(request: DeskRequest, option_id: FromPath[int]) -> Template | Redirect:
    """It is offered no more."""
    typed = await typed_in(request)
    seen = number(typed.get("version", "")) or 0
    try:
        ended = await write(
            request, lambda session: end_option(session, option_id, seen, request.user.id)
        )
    except OptionChanged:
        return await _show(request, option_id, {}, [Wrong(0, "", "changed")], 409)
    if ended is None:
        raise NotFoundException
    return Redirect(f"{HERE}?done=ended", status_code=303)


def _read(request: DeskRequest, typed: dict[str, str]) -> OptionRead:
    state = request.app.state
    areas = ";".join(name for name in typed if typed[name] == "area")
    with_areas = {**typed, "life_areas": areas}
    return read_option(with_areas, state.catalogue_rules, state.lists, today())


async def _show(
    request: DeskRequest,
    option_id: int,
    typed: dict[str, str] | None = None,
    mistakes: list[Wrong] | None = None,
    status: int = 200,
) -> Template:
    def look(session: Session) -> tuple[LocalOption, list[Any]]:
        return _there(session, option_id), versions_of(session, option_id)

    option, versions = await write(request, look)
    values = typed if typed is not None and mistakes else _as_typed(option)
    return _form(request, option, values, mistakes or [], status, versions)


def _there(session: Session, option_id: int) -> LocalOption:
    option = session.get(LocalOption, option_id)
    if option is None:
        raise NotFoundException
    return option


def _as_typed(option: LocalOption) -> dict[str, str]:
    values = {name: str(getattr(option, name, "")) for name in COLUMNS}
    for name in ("cost_from", "cost_to"):
        amount = getattr(option, name)
        values[name] = pounds(amount).removeprefix("£") if amount else ""
    values["checked"] = option.checked_on.isoformat()
    return values | dict.fromkeys(filter(None, option.life_areas.split(";")), "area")


def _form(
    request: DeskRequest,
    option: LocalOption | None,
    typed: dict[str, str],
    mistakes: list[Wrong],
    status: int = 422,
    versions: list[Any] | None = None,
) -> Template:
    rules = request.app.state.catalogue_rules
    return page(
        request,
        "option.html",
        status if mistakes else 200,
        option=option,
        typed=typed,
        mistakes=[{**asdict(each), "said": each.said(rules)} for each in mistakes],
        versions=versions or [],
        rules=rules,
        pounds=pounds,
    )

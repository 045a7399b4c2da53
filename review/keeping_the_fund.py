"""The project's fund for coming to meetings: what there is in all, spent, planned and left.

Comes in: a manager's amount. Goes out: one more row; what it was before stays in the record.
"""

from litestar import get, post
from litestar.response import Redirect, Template

from plan_store.counting_money import NotMoney, pence, pounds
from plan_store.counting_the_fund import read_fund, set_fund
from review.filling_in_forms import click_of, typed_in, write
from review.guarding import DeskRequest, only_who_may
from review.showing_pages import page

HERE = "/fund"


@get(HERE, opt=only_who_may("see_fund"))
async def fund_page(request: DeskRequest) -> Template:
    """The fund now."""
    return await _show(request)


@post(HERE, opt=only_who_may("keep_fund"))
async def set_the_fund(request: DeskRequest) -> Redirect | Template:
    """What it has in all."""
    typed = await typed_in(request)
    try:
        total = pence(typed.get("total", ""))
    except NotMoney:
        return await _show(request, typed, 422)
    click = click_of(typed)
    await write(request, lambda session: set_fund(session, click, request.user.id, total))
    return Redirect(f"{HERE}?done=set", status_code=303)


async def _show(
    request: DeskRequest, typed: dict[str, str] | None = None, status: int = 200
) -> Template:
    fund = await write(request, read_fund)
    done = request.query_params.get("done") == "set"
    return page(request, "fund.html", status, fund=fund, pounds=pounds, typed=typed, done=done)

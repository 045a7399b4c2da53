"""What became of hopes: charts, each with its table, of the people one may see.

Comes in: a look. Goes out: the page, or one of its pictures.
"""

import asyncio

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Response, Template

from plan_store.counting_outcomes import Outcomes, count_outcomes
from plan_store.opening import Store
from review.drawing_charts import bars
from review.going_out.layouts import exports
from review.guarding import WITH_PEOPLE, DeskRequest
from review.showing_pages import page


@get("/outcomes", opt=WITH_PEOPLE)
async def outcomes_page(request: DeskRequest) -> Template:
    """Both charts and both tables."""
    found = await _count(request)
    return page(request, "what_became_of_hopes.html", found=found, areas=exports().areas)


@get("/outcomes/{chart:str}", opt=WITH_PEOPLE)
async def outcomes_chart(request: DeskRequest, chart: FromPath[str]) -> Response[bytes]:
    """One picture."""
    if chart not in {"areas.svg", "months.svg"}:
        raise NotFoundException
    found = await _count(request)
    drawn = await asyncio.to_thread(_areas if chart == "areas.svg" else _months, found)
    return Response(drawn, media_type="image/svg+xml")


async def _count(request: DeskRequest) -> Outcomes:
    def count() -> Outcomes:
        store: Store = request.app.state.store
        with store.reading() as session:
            return count_outcomes(session, request.user.viewer)

    return await asyncio.to_thread(count)


def _areas(found: Outcomes) -> bytes:
    says = exports().charts
    return bars(
        [says[area.area] for area in found.areas],
        [
            (says["hopes"], [area.hopes for area in found.areas]),
            (says["agreed"], [area.agreed for area in found.areas]),
            (says["happened"], [area.happened for area in found.areas]),
        ],
        says["count"],
    )


def _months(found: Outcomes) -> bytes:
    says = exports().charts
    return bars(
        [f"{month.month:%b %y}" for month in found.months],
        [
            (says["agreed"], [month.agreed for month in found.months]),
            (says["happened"], [month.happened for month in found.months]),
        ],
        says["count"],
    )

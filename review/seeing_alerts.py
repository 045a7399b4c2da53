"""The page of alerts: what nobody has closed, who was told of it and when; and the drill.

Comes in: a look or a click. Goes out: the page. Its order: seen by nobody yet, then seen and open.
"""

import asyncio
from pathlib import Path
from typing import Any

import yaml
from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template

from plan_store.alerting import ReasonMissing, acknowledge, close, raise_drill
from plan_store.causes import Cause
from plan_store.opening import Store
from plan_store.reading_alerts import latest_drills, open_alerts
from plan_store.staffed_hours import StaffedHours, staffed_hours_from
from plan_store.tables import Alert, now
from review.guarding import DeskRequest, only_who_may
from review.showing_pages import new_click, page

SEES_ALERTS = only_who_may("see_alerts")
DATA = Path(__file__).parent.parent / "data"


@get("/alerts", opt=SEES_ALERTS)
async def alerts_page(request: DeskRequest) -> Template:
    """Every alert that nobody has closed, drills too."""
    return await _show(request)


async def _show(request: DeskRequest, without_reason: int | None = None) -> Template:
    hours = await asyncio.to_thread(read_staffed_hours)
    store: Store = request.app.state.store
    viewer = request.user.viewer

    def look() -> tuple[Any, Any]:
        with store.reading() as session:
            return open_alerts(session, viewer), latest_drills(session, viewer)

    alerts, drills = await asyncio.to_thread(look)
    return page(
        request,
        "alerts.html",
        422 if without_reason else 200,
        without_reason=without_reason,
        alerts=alerts,
        drills=drills,
        staffed=hours.staffed(now()),
        opens=hours.next_staffed(now()),
    )


@post("/alerts/drill", opt=only_who_may("run_drills"))
async def start_drill(request: DeskRequest) -> Redirect:
    """Start a practice: the whole chain is told, and every message says that it is a drill."""
    store: Store = request.app.state.store
    hours = await asyncio.to_thread(read_staffed_hours)

    def start() -> int:
        with store.writing() as session:
            return raise_drill(session, request.user.id, hours.tell("alert", now())).id

    drill_id = await asyncio.to_thread(start)
    return Redirect(f"/alerts#alert-{drill_id}", status_code=303)


@post("/alerts/{alert_id:int}/drill/{what:str}", opt=SEES_ALERTS)
async def answer_drill(
    request: DeskRequest, alert_id: FromPath[int], what: FromPath[str]
) -> Redirect:
    """Acknowledge or end a drill. A real alert is dealt with on its person's page only."""
    store: Store = request.app.state.store

    def answer() -> None:
        with store.writing() as session:
            alert = session.get(Alert, alert_id)
            if alert is None or not alert.drill or what not in {"acknowledge", "end"}:
                raise NotFoundException
            cause = Cause.by_click("", request.user.id, new_click())
            if what == "acknowledge":
                acknowledge(session, cause, alert_id)
            elif alert.state != "closed":
                close(session, cause, alert_id, "drill")

    await asyncio.to_thread(answer)
    return Redirect("/alerts", status_code=303)


@post("/alerts/{alert_id:int}/forgotten/{what:str}", opt=only_who_may("close_alerts"))
async def answer_for_the_forgotten(
    request: DeskRequest, alert_id: FromPath[int], what: FromPath[str]
) -> Redirect | Template:
    """Acknowledge or close the alert of somebody who was forgotten: they have no page any more."""
    store: Store = request.app.state.store
    reason = str((await request.form()).get("reason", ""))

    def answer() -> None:
        with store.writing() as session:
            alert = session.get(Alert, alert_id)
            if alert is None or alert.forgotten_at is None or what not in {"acknowledge", "close"}:
                raise NotFoundException
            cause = Cause.by_click("", request.user.id, new_click())
            if what == "acknowledge":
                acknowledge(session, cause, alert_id)
            elif alert.state != "closed":
                close(session, cause, alert_id, reason)

    try:
        await asyncio.to_thread(answer)
    except ReasonMissing:
        return await _show(request, alert_id)
    return Redirect("/alerts", status_code=303)


def read_staffed_hours() -> StaffedHours:
    """When somebody is there, as the library has it."""
    file = DATA / "safety" / "staffed_hours.yml"
    return staffed_hours_from(yaml.safe_load(file.read_text(encoding="utf-8")))

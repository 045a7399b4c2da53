"""Behind a web server: who calls is believed from that server only, so limits count each person."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
import uvicorn
from litestar import Litestar
from pydantic import ValidationError

from bot.opening_the_door import Door
from plan_store.settings import StoreSettings


@asynccontextmanager
async def served(app: Litestar, proxies: str) -> AsyncIterator[httpx.AsyncClient]:
    """The page on loopback, believing these addresses."""
    config = uvicorn.Config(
        app, port=0, log_config=None, access_log=False, ws="none", forwarded_allow_ips=proxies
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(20):
        while not server.started:
            await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            yield client
    finally:
        server.should_exit = True
        await task


@pytest.mark.parametrize(("proxies", "last"), [("127.0.0.1", 404), ("192.0.2.1", 429)])
async def test_guessing_is_counted_by_person_where_the_web_server_is_known(
    app: Litestar, door: Door, proxies: str, last: int
) -> None:
    async with served(app, proxies) as client:
        for number in range(91):
            answer = await client.get(
                "/i/nobody", headers={"x-forwarded-for": f"203.0.113.{number}"}
            )
    assert answer.status_code == last


@pytest.mark.parametrize("value", ["*", "proxy", "10.0.0.1;10.0.0.2", ""])
def test_what_is_no_address_stops_the_start(value: str) -> None:
    with pytest.raises(ValidationError, match="proxy_addresses"):
        StoreSettings(_env_file=None, proxy_addresses=value)  # type: ignore[call-arg]

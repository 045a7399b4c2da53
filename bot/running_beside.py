"""What runs beside the door while it is open: work in this process, or a module in its own.

Comes in: the work. Goes out: a block that ends it, and that ends with it should it fail.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Do this for as long as the block lasts; should it fail, the block ends with it."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)
        try:
            yield
        finally:
            task.cancel()


@asynccontextmanager
async def beside(module: str) -> AsyncIterator[None]:
    """Run a module in a process of its own meanwhile; it ends with the block at the latest."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module)
    try:
        yield
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()

"""Pictures of every page and state of the chat, to be looked at: phone, dark, high contrast, 400 %.

`.venv/bin/python -m tests.pictures pages FOLDER`. A small listener stands in Rasa's place.
"""

import asyncio
import shutil
import tempfile
from pathlib import Path

from bot.opening_the_door import build_door
from bot.web.building import build_web
from plan_store.migrating import up
from plan_store.opening import open_store
from plan_store.settings import StoreSettings
from tests.bot.open_door import settings_for
from tests.bot.web.every_state import LOOKS, dressed, through_every_state
from tests.bot.web.in_a_browser import a_browser, a_tablet, one_chromium, serving
from tests.bot.web.small_listener import SmallListener


def look_at_every_page(folder: Path) -> int:
    """Make them all into this folder; the exit code is for the shell."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as own,
        one_chromium(Path(own) / "chromium") as at,
    ):
        asyncio.run(_walk(folder, Path(own), at))
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 0


async def _walk(folder: Path, own: Path, chromium_at: str) -> None:
    store = open_store(StoreSettings(_env_file=None, var_folder=own, database_url=""))  # type: ignore[call-arg]
    up(store)
    listener = SmallListener(store)
    door = build_door(settings_for(store, var_folder=own), store, [])
    door.client._transport, door.client._mounts = listener.transport, {}
    number = 0
    async with (
        door.working(),
        serving(build_web(door)) as address,
        a_browser(chromium_at) as browser,
        a_tablet(browser, address, door) as tablet,
    ):

        async def look(state: str) -> None:
            nonlocal number
            number += 1
            for how in LOOKS:
                await dressed(tablet, how)
                name = f"{number:02d}-{state}-{how}.png"
                await tablet.page.screenshot(path=folder / name, full_page=True)
            await dressed(tablet, "phone")

        await through_every_state(tablet, look)
    store.close()

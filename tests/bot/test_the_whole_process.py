"""`python -m bot`: it answers, makes its sounds beside itself, and leaves nothing behind."""

import os
import subprocess
import sys
import time

import httpx
import psutil
import pytest

from plan_store.settings import StoreSettings
from tests.running_the_pair import free_port

pytestmark = pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True)


def test_it_makes_sounds_beside_itself_and_takes_that_along_when_it_ends(
    store_settings: StoreSettings,
) -> None:
    port = free_port()
    env = {
        **os.environ,
        "VAR_FOLDER": str(store_settings.var_folder),
        "DATABASE_URL": "",
        "TELEGRAM_BOT_TOKEN": "",
        "CHAT_PORT": str(port),
    }
    with subprocess.Popen([sys.executable, "-m", "bot"], env=env) as bot:
        try:
            within = time.monotonic() + 120
            while not _answers(port) or not any((store_settings.var_folder / "spoken").glob("*")):
                assert time.monotonic() < within
                time.sleep(0.1)
            beside = psutil.Process(bot.pid).children(recursive=True)
            assert any("bot.speaking.beforehand" in " ".join(each.cmdline()) for each in beside)
        finally:
            bot.terminate()
        assert bot.wait(30) == 0
    assert [each for each in beside if each.is_running()] == []


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False).is_success
    except httpx.HTTPError:
        return False

"""A command at a terminal meets a store that is not ready: one sentence, and nothing is made."""

from pathlib import Path

import pytest

from plan_store import inviting, showing
from plan_store.migrating import down, head
from plan_store.opening import Store
from plan_store.settings import StoreSettings
from review import accounts
from tests.running_the_pair import free_port

COMMANDS = {
    "invite": lambda: inviting.main(["new", "--plain"]),
    "show": lambda: showing.main(["sam"]),
    "facilitator": lambda: accounts.main(["list"]),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_store_without_tables_is_said(
    command: str, store: Store, store_settings: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    down(store)
    monkeypatch.setenv("DATABASE_URL", store_settings.store_url)
    with pytest.raises(SystemExit) as stopped:
        COMMANDS[command]()
    assert stopped.value.code == (
        f"The plan store is at nothing and should be at {head()}: "
        "run ./myway migrate up, or ./myway up, which does it too."
    )


def test_a_database_that_is_away_is_said_without_its_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VAR_FOLDER", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"postgresql://me:sesame@127.0.0.1:{free_port()}/plans")
    with pytest.raises(SystemExit) as stopped:
        inviting.main(["new"])
    assert "cannot be reached: start it, or mend DATABASE_URL." in str(stopped.value.code)
    assert "sesame" not in str(stopped.value.code)

"""`./myway up`: looks, migrates, trains when the talk changed, then runs everything until told.

Comes in: the settings. Goes out: the chat, the desk, Rasa and the action server, kept running, and
one screen that says where they are. Ctrl-C stops all of it.
"""

import asyncio
import subprocess
import sys
from pathlib import Path

from house.checking import check_everything
from house.first_screen import ask_a_room, the_screen, wait_until_well
from house.keeping_running import Keeper
from house.saying import CannotGoOnError, complain, progress, say, wait_for
from house.serving import processes
from house.training import TrainingFailedError, ready_the_first_look, train_if_changed

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Runs the house; the exit code is for the shell."""
    try:
        return _up()
    except (CannotGoOnError, TrainingFailedError) as problem:
        complain(str(problem))
        return 1
    except KeyboardInterrupt:  # before the processes run; after that Ctrl-C is a plain stop
        complain("Stopped.")
        return 130


def _up() -> int:
    settings, telegram = check_everything(ROOT)
    logs = settings.var_folder.resolve() / "logs"
    had_keys = settings.master_keys_file.exists()
    migrate(logs)
    if not had_keys and settings.master_keys_file.exists():
        say(
            f"A master key was made: {settings.master_keys_file} (yours alone to read). It opens "
            "all that people say here. Keep a copy of it away from the database; for a service, "
            "set MYWAY_MASTER_KEYS."
        )
    ready_the_first_look(ROOT, Path(sys.executable), progress)
    rasa_python = ROOT / "rasa_project" / ".venv" / "bin" / "python"
    model = train_if_changed(ROOT, rasa_python, progress)
    invite = ask_a_room(ROOT, "plan_store.inviting", "new", "--plain")
    first_path = ask_a_room(ROOT, "review.accounts", "first", "--plain")
    screen = the_screen(settings, telegram, invite, first_path, logs)
    table = processes(settings, ROOT, model)

    async def run() -> None:
        keeper = Keeper(table, logs, say)

        async def tell_when_ready() -> None:
            seconds = await wait_until_well(table, progress)
            say(f"Everything answers after {seconds:.0f} s.\n{screen}")

        telling = asyncio.create_task(tell_when_ready())
        await keeper.run()
        telling.cancel()

    asyncio.run(run())
    return 0


def migrate(logs: Path) -> None:
    """Bring the plan store's tables to the newest shape."""
    command = [sys.executable, "-m", "plan_store.migrating", "up"]
    try:
        wait_for("Bringing the database up to date", command, log=logs / "migrate.log", cwd=ROOT)
    except subprocess.CalledProcessError as failed:
        last = str(failed.output).strip().splitlines()[-1:]
        raise CannotGoOnError(
            f"The database could not be brought up to date ({''.join(last)}): all it said is in "
            f"{logs / 'migrate.log'}."
        ) from None


if __name__ == "__main__":
    sys.exit(main())

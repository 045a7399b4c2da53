"""`./myway demo`: a store of its own with invented young people, and the desk open on it.

Comes in: `--only-fill` to fill it and end; `--anew` to begin from nothing. Goes out: where the desk
is and how to come in, and the desk until Ctrl-C. The real store is not touched.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from argon2 import PasswordHasher

from plan_store.facilitators import has_account, make_account, new_desk_key
from plan_store.keeping_a_secret import kept_secret
from plan_store.migrating import up
from plan_store.opening import Store, open_store
from plan_store.second_factor import keep_factor, new_recovery_codes
from review.demonstrating.reading_stories import Stories, read_stories
from review.demonstrating.telling_stories import tell_all
from review.factor_codes import STEP_SECONDS, FactorCodes
from review.settings import ReviewSettings

FOLDER = "demo"
# No real account has it: the demonstration's desk is for whoever sits at this machine.
PASSWORD = "invented people only"  # noqa: S105
CODES_SHOWN = 5


def main(words: Sequence[str]) -> int:
    """Fill it where it is empty, say how to come in, and become the desk."""
    asked = argparse.ArgumentParser("./myway demo", description="A desk with invented people.")
    asked.add_argument("--only-fill", action="store_true", help="fill the store, and end")
    asked.add_argument("--anew", action="store_true", help="begin from nothing")
    given = asked.parse_args(words)
    real = ReviewSettings()
    folder = real.var_folder / FOLDER
    if given.anew and folder.exists():
        shutil.rmtree(folder)
    settings = ReviewSettings(var_folder=folder, database_url="")
    store = open_store(settings)
    up(store)
    stories = read_stories()
    codes = fill(store, stories, FactorCodes(kept_secret(settings.secret_file)))
    store.close()
    _say(settings, stories, codes, folder)
    if not given.only_fill:
        _become_the_desk(folder)
    return 0


def _become_the_desk(folder: Path) -> NoReturn:
    env = {**os.environ, "VAR_FOLDER": str(folder), "DATABASE_URL": "", "REDIS_URL": ""}
    os.execve(sys.executable, (sys.executable, "-m", "review"), env)  # noqa: S606


def fill(store: Store, stories: Stories, factors: FactorCodes) -> list[str]:
    """The accounts and the people, where there are none; recovery codes of the first account."""
    with store.reading() as session:
        if has_account(session):
            return []
    ids: dict[str, int] = {}
    codes: list[str] = []
    hashed = PasswordHasher().hash(PASSWORD)
    for key, each in stories.facilitators.items():
        with store.writing() as session:
            desk_key = new_desk_key(session, each.roles)
            account = make_account(session, desk_key, each.name, each.email, hashed)
            ids[key] = account.id
            sealed = factors.seal(factors.new_secret())
            keep_factor(session, account.id, sealed, int(time.time() // STEP_SECONDS))
            fresh = new_recovery_codes(session, account.id)
            codes = codes or fresh
    tell_all(store, stories, ids)
    return codes


def _say(settings: ReviewSettings, stories: Stories, codes: list[str], folder: Path) -> None:
    first = next(iter(stories.facilitators.values()))
    print(f"A desk with {len(stories.people)} invented young people, in {folder}.\n")
    print(f"Desk:      {settings.desk_address}/")
    print(f"E-mail:    {first.email}")
    print(f"Password:  {PASSWORD}")
    if codes:
        print(f"Codes:     {', '.join(codes[:CODES_SHOWN])} (each once, where a code is asked for)")
    else:
        print("Codes:     those shown the first time; new ones: ./myway demo --anew")
    print("Stop:      Ctrl-C", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`./myway keys`: what seals everybody's words is shown, made, and changed.

`show` · `make` prints a new master key · `rotate` brings every key under the newest master key ·
`new PERSON` or `new --all` seals their words under a new key. Killed half way, say it again.
"""

import sys

from plan_store.at_a_terminal import opened_for_a_command
from plan_store.opening import Store
from plan_store.sealing.master_keys import NoMasterKey, file_of, fresh_master_key, read_master_keys
from plan_store.sealing.renewing_keys import (
    go_on,
    new_master_in_file,
    owners,
    renew,
    under_each_master,
    under_newest_master,
)
from plan_store.settings import StoreSettings
from plan_store.showing import find_person

VERBS = ("show", "make", "rotate", "new")


def main(arguments: list[str]) -> int:
    """Run one of them; the exit code is for the shell."""
    verb = arguments[0] if arguments else "show"
    if verb not in VERBS:
        print(f"Say one of: {', '.join(VERBS)}.", file=sys.stderr)
        return 2
    if verb == "make":
        print(fresh_master_key())
        return 0
    with opened_for_a_command(StoreSettings()) as store:
        try:
            if verb == "show":
                return _show(store)
            if verb == "rotate":
                return _rotate(store)
            return _new(store, arguments[1:])
        except NoMasterKey as problem:
            print(problem, file=sys.stderr)
            return 1


def _show(store: Store) -> int:
    newest = read_master_keys(store.settings).newest
    for master, count in sorted(under_each_master(store).items()):
        print(f"{count} keys under master key {master}{' (the newest)' * (master == newest)}.")
    return 0


def _rotate(store: Store) -> int:
    by_setting = bool(store.settings.myway_master_keys.get_secret_value())
    newest = read_master_keys(store.settings).newest
    # A rotation that was killed is gone on with before another is begun.
    unfinished = set(under_each_master(store)) - {newest}
    if not by_setting and not unfinished:
        new_master_in_file(store)
    done = under_newest_master(store)
    newest = read_master_keys(store.settings).newest
    print(f"{done} keys were brought under master key {newest}.")
    if by_setting:
        print("Older keys can leave MYWAY_MASTER_KEYS when every process was started again.")
    else:
        print(f"It is in {file_of(store.settings)}. The one before it stays there until next time.")
    return 0


def _new(store: Store, whom: list[str]) -> int:
    if len(whom) != 1:
        print("Say whose: a person, or --all.", file=sys.stderr)
        return 2
    if whom == ["--all"]:
        chosen = owners(store)
    else:
        with store.reading() as session:
            person_id = find_person(session, whom[0])
        if person_id is None:
            print("There is nobody with this id or name in the plan store.", file=sys.stderr)
            return 1
        chosen = [person_id]
    rows = files = 0
    for owner in chosen:
        # What was sealed in the last moment by a process with the older key is found by going on.
        for renewed in (renew(store, owner), go_on(store, owner)):
            rows, files = rows + renewed.rows, files + renewed.files
    print(
        f"{len(chosen)} new keys: {rows} words and {files} files sealed again. The older keys are "
        "destroyed by the running house when nothing needs them, ten minutes from now."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

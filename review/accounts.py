"""Facilitators' accounts, from the terminal.

`python -m review.accounts first [--plain]`: a one-use path for the first account, when there is
none. `add --name NAME --email EMAIL`: one more. `list`. `end EMAIL`.
"""

import argparse
import sys
from urllib.parse import urlencode

from plan_store.at_a_terminal import opened_for_a_command
from plan_store.facilitators import (
    KEY_DAYS,
    all_accounts,
    end_account,
    end_open_keys,
    find_by_email,
    has_account,
    new_desk_key,
    plain_email,
)
from plan_store.opening import Store
from review.settings import ReviewSettings


def main(arguments: list[str]) -> int:
    """Run one command; the exit code is for the shell."""
    asked = _parser().parse_args(arguments)
    settings = ReviewSettings()
    with opened_for_a_command(settings) as store:
        if asked.verb == "first":
            return _first(store, settings, plain=asked.plain)
        if asked.verb == "add":
            return _add(store, settings, asked.name, asked.email, plain=asked.plain)
        if asked.verb == "end":
            return _end(store, asked.email)
        return _list(store)


def _first(store: Store, settings: ReviewSettings, *, plain: bool) -> int:
    with store.writing() as session:
        key = None
        if not has_account(session):
            # Only the newest path counts: older ones may stand in a log.
            end_open_keys(session)
            key = new_desk_key(session)
    if plain:
        print(f"/first/{key}" if key else "")
    elif key:
        _print_path(settings, f"/first/{key}")
    else:
        print("There is an account already; make another one with: add --name … --email …")
    return 0


def _add(store: Store, settings: ReviewSettings, name: str, email: str, *, plain: bool) -> int:
    with store.writing() as session:
        if find_by_email(session, email) is not None:
            print(f"There is an account with {plain_email(email)} already.", file=sys.stderr)
            return 1
        key = new_desk_key(session)
    path = f"/first/{key}?{urlencode({'name': name.strip(), 'email': plain_email(email)})}"
    if plain:
        print(path)
    else:
        _print_path(settings, path)
    return 0


def _end(store: Store, email: str) -> int:
    with store.writing() as session:
        ended = end_account(session, email)
    if not ended:
        print(f"There is no open account with {plain_email(email)}.", file=sys.stderr)
        return 1
    print("Ended. Whoever is signed in with it is out with their next click.")
    return 0


def _list(store: Store) -> int:
    with store.reading() as session:
        for account in all_accounts(session):
            state = f"ended {account.ended_at:%Y-%m-%d}" if account.ended_at else "open"
            print(f"{account.email}\t{account.name}\t{state}")
    return 0


def _print_path(settings: ReviewSettings, path: str) -> None:
    print(f"Open this once, within {KEY_DAYS} days, to make the account:")
    print(f"{settings.desk_address}{path}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./myway facilitator", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    first = verbs.add_parser("first", help="a path for the first account, when there is none")
    add = verbs.add_parser("add", help="a path for one more account")
    add.add_argument("--name", required=True)
    add.add_argument("--email", required=True)
    for verb in (first, add):
        verb.add_argument("--plain", action="store_true", help="the path and nothing else")
    verbs.add_parser("list", help="every account there ever was")
    end = verbs.add_parser("end", help="nobody signs in with this account any more")
    end.add_argument("email")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Facilitators' accounts, from the terminal.

`python -m review.accounts first [--plain]`: a one-use path for the first account, when there is
none. `add --name NAME --email EMAIL --role ROLE`: one more. `roles EMAIL --role ROLE …`. `help-in
EMAIL`: a new second factor. `list`. `end EMAIL`.
"""

import argparse
import sys
from urllib.parse import urlencode

from plan_store.at_a_terminal import opened_for_a_command
from plan_store.desk_sessions import end_sessions
from plan_store.facilitators import (
    KEY_DAYS,
    all_accounts,
    end_account,
    end_open_keys,
    find_by_email,
    give_roles,
    has_account,
    make_council_account,
    new_desk_key,
    plain_email,
    roles_of_all,
)
from plan_store.opening import Store
from plan_store.roles import EVERY_ROLE, ROLES
from plan_store.second_factor import forget_factor, wake
from review.settings import ReviewSettings


def main(arguments: list[str]) -> int:
    """Run one command; the exit code is for the shell."""
    asked = _parser().parse_args(arguments)
    settings = ReviewSettings()
    with opened_for_a_command(settings) as store:
        if asked.verb == "first":
            return _first(store, settings, plain=asked.plain)
        if asked.verb == "add":
            return _add(store, settings, asked)
        if asked.verb == "roles":
            return _roles(store, asked.email, asked.role)
        if asked.verb == "help-in":
            return _help_in(store, asked.email)
        if asked.verb == "end":
            return _end(store, asked.email)
        return _list(store)


def _first(store: Store, settings: ReviewSettings, *, plain: bool) -> int:
    with store.writing() as session:
        key = None
        if not has_account(session):
            # Only the newest path counts: older ones may stand in a log.
            end_open_keys(session)
            key = new_desk_key(session, EVERY_ROLE)
    if plain:
        print(f"/first/{key}" if key else "")
    elif key:
        _print_path(settings, f"/first/{key}")
    else:
        print("There is an account already; make another one with: add --name … --email …")
    return 0


def _add(store: Store, settings: ReviewSettings, asked: argparse.Namespace) -> int:
    name, email = asked.name.strip(), plain_email(asked.email)
    roles = asked.role or ["facilitator"]
    with store.writing() as session:
        if find_by_email(session, email) is not None:
            print(f"There is an account with {email} already.", file=sys.stderr)
            return 1
        if asked.council:
            make_council_account(session, name, email, roles)
            print(f"Made. {email} signs in at the council.")
            return 0
        key = new_desk_key(session, roles)
    path = f"/first/{key}?{urlencode({'name': name, 'email': email})}"
    if asked.plain:
        print(path)
    else:
        _print_path(settings, path)
    return 0


def _roles(store: Store, email: str, roles: list[str]) -> int:
    with store.writing() as session:
        account = find_by_email(session, email)
        if account is None:
            return _nobody(email)
        give_roles(session, account.id, roles)
    print(f"{plain_email(email)} is now: {', '.join(roles)}.")
    return 0


def _help_in(store: Store, email: str) -> int:
    with store.writing() as session:
        account = find_by_email(session, email)
        if account is None:
            return _nobody(email)
        forget_factor(session, account.id)
        wake(session, account.id)
        end_sessions(session, account.id)
    print("At the next sign-in they set up the app on their phone anew. The account rests no more.")
    return 0


def _nobody(email: str) -> int:
    print(f"There is no open account with {plain_email(email)}.", file=sys.stderr)
    return 1


def _end(store: Store, email: str) -> int:
    with store.writing() as session:
        ended = end_account(session, email)
    if not ended:
        return _nobody(email)
    print("Ended. Whoever is signed in with it is out with their next click.")
    return 0


def _list(store: Store) -> int:
    with store.reading() as session:
        roles = roles_of_all(session)
        for account in all_accounts(session):
            state = f"ended {account.ended_at:%Y-%m-%d}" if account.ended_at else "open"
            listed = ",".join(roles.get(account.id, ()))
            print(f"{account.email}\t{account.name}\t{listed}\t{state}")
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
    council = "no password: they sign in at the council (OIDC_ISSUER)"
    add.add_argument("--council", action="store_true", help=council)
    change = verbs.add_parser("roles", help="exactly these roles from now on")
    for verb in (add, change):
        role = "may be given several times" + (" (default: facilitator)" if verb is add else "")
        verb.add_argument(
            "--role", action="append", choices=list(ROLES), help=role, required=verb is change
        )
    help_in = verbs.add_parser("help-in", help="a lost phone, a resting account: begin anew")
    for verb in (first, add):
        verb.add_argument("--plain", action="store_true", help="the path and nothing else")
    verbs.add_parser("list", help="every account there ever was")
    end = verbs.add_parser("end", help="nobody signs in with this account any more")
    for verb in (change, help_in, end):
        verb.add_argument("email")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

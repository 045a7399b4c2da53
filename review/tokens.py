"""`./myway token`: tokens by which a council's own system reads plans that are shared.

`add --for EMAIL --name SYSTEM --scope SCOPE [--days 90]`: makes one and shows it once. `list`.
`end NUMBER`.
"""

import argparse
import sys
from collections.abc import Sequence

from plan_store.at_a_terminal import opened_for_a_command
from plan_store.facilitators import find_by_email, plain_email
from plan_store.opening import Store
from plan_store.settings import StoreSettings
from plan_store.tokens import MOST_DAYS, SCOPES, all_tokens, end_token, make_token

DAYS = 90


def main(words: Sequence[str]) -> int:
    """Run one command; the exit code is for the shell."""
    asked = _parser().parse_args(words)
    with opened_for_a_command(StoreSettings()) as store:
        if asked.verb == "add":
            return _add(store, asked)
        if asked.verb == "end":
            return _end(store, asked.number)
        return _list(store)


def _add(store: Store, asked: argparse.Namespace) -> int:
    with store.writing() as session:
        account = find_by_email(session, plain_email(asked.email))
        if account is None or account.ended_at is not None:
            print(
                f"There is no account with {asked.email}: ./myway facilitator add", file=sys.stderr
            )
            return 1
        try:
            token = make_token(session, account.id, asked.name, asked.scope, asked.days)
        except ValueError as why:
            print(why, file=sys.stderr)
            return 1
    print(token)
    print("Keep it now: it is not shown again. It sees what that account sees.", file=sys.stderr)
    return 0


def _end(store: Store, number: int) -> int:
    with store.writing() as session:
        ended = end_token(session, number)
    if not ended:
        print(f"There is no open token {number}: ./myway token list", file=sys.stderr)
    return 0 if ended else 1


def _list(store: Store) -> int:
    with store.reading() as session:
        for token, email in all_tokens(session):
            state = "ended" if token.ended_at else f"until {token.ends_at:%Y-%m-%d}"
            used = f"used {token.used_at:%Y-%m-%d}" if token.used_at else "never used"
            print(f"{token.id}\t{token.name}\t{email}\t{token.scopes}\t{state}\t{used}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("./myway token", description="Tokens for the API.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="make one, and show it once")
    add.add_argument("--for", dest="email", required=True, help="the account that answers for it")
    add.add_argument("--name", required=True, help="which system has it")
    add.add_argument("--scope", action="append", choices=sorted(SCOPES), required=True)
    add.add_argument("--days", type=int, default=DAYS, help=f"1 to {MOST_DAYS}; {DAYS}")
    verbs.add_parser("list", help="every token")
    verbs.add_parser("end", help="end one now").add_argument("number", type=int)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

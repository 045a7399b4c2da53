"""`./myway options`: the catalogue of local options, from a file.

`import FILE`: all of it or, where a line is wrong, nothing, with each mistake and its line. `list`:
what is there (`--json`).
"""

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from plan_store.at_a_terminal import opened_for_a_command
from plan_store.catalogue_rules import DATA, read_catalogue_rules
from plan_store.counting_money import pounds
from plan_store.keeping_options import Looked, find_options, import_options, is_free, is_old
from plan_store.plain_words import read_lists
from plan_store.reading_options import OptionsWrong, read_file
from plan_store.settings import StoreSettings
from plan_store.the_time_here import today

LARGEST_FILE = 2_000_000


def main(arguments: list[str]) -> int:
    """Run one command; the exit code is for the shell."""
    parser = argparse.ArgumentParser(prog="./myway options", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    taken_in = verbs.add_parser("import", help="a CSV file; data/options/README.md has its columns")
    taken_in.add_argument("file")
    listed = verbs.add_parser("list", help="what the catalogue has")
    for verb in (taken_in, listed):
        verb.add_argument("--json", action="store_true", help="for a program")
    asked = parser.parse_args(arguments)
    return _import(asked.file, asked.json) if asked.verb == "import" else _list(asked.json)


def _import(name: str, as_json: bool) -> int:
    # A file is meant as seen from where the command was given.
    file = Path(os.environ.get("SAID_FROM", ".")) / name
    try:
        if file.stat().st_size > LARGEST_FILE:
            print(f"{name} is too large: {LARGEST_FILE} bytes at most.", file=sys.stderr)
            return 1
        content = file.read_bytes()
    except OSError as problem:
        print(f"{name} cannot be read: {problem.strerror}.", file=sys.stderr)
        return 1
    rules = read_catalogue_rules()
    try:
        options = read_file(content, rules, read_lists(DATA), today())
    except OptionsWrong as wrong:
        for mistake in wrong.mistakes:
            at = f"{name}:{mistake.line}" if mistake.line else name
            print(f"{at}: {mistake.said(rules)}", file=sys.stderr)
        print("Nothing was imported.", file=sys.stderr)
        return 1
    with opened_for_a_command(StoreSettings()) as store, store.writing() as session:
        done = import_options(session, options)
    if as_json:
        print(json.dumps(asdict(done)))
    else:
        print(f"{done.added} new, {done.changed} changed, {done.same} as before.")
    return 0


def _list(as_json: bool) -> int:
    rules, on = read_catalogue_rules(), today()
    with opened_for_a_command(StoreSettings()) as store, store.reading() as session:
        for option in find_options(session, rules, Looked(), on):
            free, old = is_free(rules, option), is_old(rules, option.checked_on, on)
            if as_json:
                names = ("code", "title", "kind", "place", "cost_from", "cost_to", "unit")
                shown = {each: getattr(option, each) for each in names}
                print(json.dumps({**shown, "free_or_community": free, "old": old}))
                continue
            costs = f"{pounds(option.cost_from)} to {pounds(option.cost_to)}"
            cost = "free" if not option.cost_to else f"{costs} {rules.units[option.unit].label}"
            marks = "".join([", community" if free else "", ", checked long ago" if old else ""])
            print(f"{option.code}\t{option.title}\t{option.place}\t{cost}{marks}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

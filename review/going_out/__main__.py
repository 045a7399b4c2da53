"""`./myway export PERSON --as FORMAT [--to FILE]`: a plan as a file, for who runs the house.

PERSON is an id, DOOR:ADDRESS, or a name at the terminal. What goes out is what the person shares
with their facilitator; that it went out is written down where they can read it.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from plan_store.at_a_terminal import opened_for_a_command
from plan_store.causes import Cause, note
from plan_store.roles import Viewer
from plan_store.settings import StoreSettings
from plan_store.showing import find_person
from review.going_out.as_paper import NoPaper
from review.going_out.formats import FORMATS, make
from review.going_out.what_goes_out import read_going_out

# Who runs the house sees what a manager sees.
OPERATOR = Viewer(0, frozenset({"manager"}))


def main(words: Sequence[str]) -> int:
    """Write one file."""
    asked = argparse.ArgumentParser("./myway export", description="One person's plan as a file.")
    asked.add_argument("person", help="an id, DOOR:ADDRESS, or a name at the terminal")
    asked.add_argument("--as", dest="called", choices=sorted(FORMATS), required=True)
    asked.add_argument("--to", type=Path, help="the file; without it, its own name, here")
    given = asked.parse_args(words)
    with opened_for_a_command(StoreSettings()) as store:
        with store.writing() as session:
            person_id = find_person(session, given.person)
            if person_id is None:
                print("There is nobody with this id or name in the plan store.", file=sys.stderr)
                return 1
            going = read_going_out(session, OPERATOR, person_id)
            note(
                session,
                Cause(person_id, "operator"),
                f"exports_{given.called}",
                "person",
                person_id,
            )
        try:
            file = make(going, given.called)
        except NoPaper as why:
            print(f"No PDF can be drawn here: {why}", file=sys.stderr)
            return 1
    target = given.to or Path(file.name)
    try:
        target.write_bytes(file.content)
    except OSError as why:
        print(f"{target} cannot be written: {why.strerror}.", file=sys.stderr)
        return 1
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

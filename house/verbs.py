"""The verbs of ./myway, in one table: what each is for, what it needs, what it runs.

Comes in: the words after ./myway. Goes out: the verb's own program, in place of this one.
Standard library only: used before anything is installed.
"""

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from house.saying import CannotGoOnError, complain, say

OURS, RASAS = "ours", "rasa's"
BOTH = frozenset({OURS, RASAS})


@dataclass(frozen=True)
class Verb:
    """One verb: `needs` names the environments that must stand before `runs` is run in ours."""

    help: str
    runs: tuple[tuple[str, ...], ...]
    needs: frozenset[str] = frozenset({OURS})


VERBS: Mapping[str, Verb] = {
    "up": Verb("set up what is missing, then run everything", (("-m", "house.running"),), BOTH),
    "test": Verb("set up what is missing, then run every test", (("-m", "house.testing"),), BOTH),
    "help": Verb("this list", ()),
    "setup": Verb("set up what is missing, and no more", (), BOTH),
    "chat": Verb(
        "the same conversation in this terminal (--json, --as NAME)",
        (("-m", "house.chatting"),),
        BOTH,
    ),
    "show": Verb(
        "what the store holds of one person (PERSON --json)", (("-m", "plan_store.showing"),)
    ),
    "invite": Verb(
        "invites to the chat: new, or count of the open ones", (("-m", "plan_store.inviting"),)
    ),
    "demo": Verb(
        "a desk with invented young people, in a store of its own",
        (("-m", "review.demonstrating"),),
    ),
    "export": Verb(
        "one person's plan as a file (PERSON --as FORMAT)", (("-m", "review.going_out"),)
    ),
    "facilitator": Verb("facilitators' accounts on the desk", (("-m", "review.accounts"),)),
    "token": Verb("tokens for a council's own system", (("-m", "review.tokens"),)),
    "bench": Verb(
        "how fast: ours beside the stock stack (--json)", (("-m", "tests.benchmarks"),), BOTH
    ),
    "easy-read": Verb(
        "is every sentence of the chat easy to read? (--json, --advice, --say WORDS)",
        (("-m", "plan_store.plain_words"),),
    ),
    "train": Verb(
        "train Rasa on data/ when it changed", (("-m", "house.training_on_request"),), BOTH
    ),
    "safety": Verb(
        "what the first look makes of lines ([FILE], JSON lines)", (("-m", "bot.safety"),)
    ),
    "understand": Verb(
        "what the listener understands in lines of JSON ([FILE])",
        (("-m", "house.understanding"),),
        BOTH,
    ),
    "evaluate": Verb(
        "how well the listener understands (--quick, --json)",
        (("-m", "house.evaluating"),),
        BOTH,
    ),
    "options": Verb(
        "the catalogue of local options: import FILE, list (--json)",
        (("-m", "plan_store.importing_options"),),
    ),
    "keys": Verb(
        "what seals everybody's words: show, make, rotate, new PERSON or --all",
        (("-m", "plan_store.changing_keys"),),
    ),
    "retention": Verb(
        "take away what was kept for long enough (--dry-run, --json)",
        (("-m", "plan_store.retaining"),),
    ),
    "migrate": Verb(
        "bring the database up or down (up, down, …)", (("-m", "plan_store.migrating"),)
    ),
    "lint": Verb(
        "style and types: ruff and mypy",
        (("-m", "ruff", "check"), ("-m", "ruff", "format", "--check"), ("-m", "mypy")),
    ),
    "lock": Verb("renew the locks of every dependency", (("-m", "house.locking"),), frozenset()),
    "serve": Verb(
        "run one process only (rasa, actions, bot or review)", (("-m", "house.serving"),), BOTH
    ),
}


def listing() -> str:
    """The list of verbs, as `./myway help` prints it."""
    width = max(map(len, VERBS))
    lines = [f"  ./myway {name:<{width}}  {verb.help}" for name, verb in VERBS.items()]
    return "\n".join(["My Way. The verbs:", "", *lines, "", "Settings: see .env.example."])


def go(root: str, words: Sequence[str]) -> int:
    """Runs the verb; returns only when it is a list, an error, or has several commands."""
    name, *rest = words or ["help"]
    name = {"-h": "help", "--help": "help"}.get(name, name)
    if name not in VERBS:
        complain(f"There is no verb '{name}'.\n\n{listing()}")
        return 2
    if name == "help":
        say(listing())
        return 0
    try:
        return _run(Path(root), VERBS[name], rest)
    except CannotGoOnError as problem:
        complain(str(problem))
        return 1
    except KeyboardInterrupt:
        complain("Stopped.")
        return 130


def _run(root: Path, verb: Verb, rest: Sequence[str]) -> int:
    from house.setting_up import set_up  # noqa: PLC0415 - `help` stays quick

    python = set_up(root, verb.needs)
    # A file named on the command line is meant as seen from there.
    os.environ["SAID_FROM"] = str(Path.cwd())
    os.chdir(root)
    if not verb.runs:
        return 0
    env = {**os.environ, "PYTHONPATH": str(root)} if not verb.needs else dict(os.environ)
    if len(verb.runs) > 1:  # each says what it finds, also when one before it found something
        codes = [subprocess.call([python, *arguments], env=env) for arguments in verb.runs]
        return max(codes)
    # The verb takes this program's place: no parent stays between it and the terminal's signals.
    return _become([str(python), *verb.runs[0], *rest], env)


def _become(command: list[str], env: dict[str, str]) -> NoReturn:
    os.execve(command[0], command, env)

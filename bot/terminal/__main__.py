"""`python -m bot.terminal [--json] [--as NAME]`: talk, a line at a time, until the input ends.

Typed at a terminal, a button is tapped by its number in brackets, and ":voice FILE" or ":photo
FILE" sends a file. Voices are written down where a recogniser is set up.
"""

import argparse
import asyncio
import json
import sys
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

from bot.opening_the_door import DATA, build_door
from bot.running_beside import running
from bot.settings import BotSettings
from bot.terminal.talking import DOOR, FileMissing, Talk
from bot.writing_down.asking_the_recogniser import find_recogniser
from bot.writing_down.british_words import read_british_words
from bot.writing_down.writing_down import WritingDown
from plan_store.opening import open_store


async def talk(as_json: bool, name: str) -> int:
    """Hold the conversation."""
    settings = BotSettings()
    store = open_store(settings)
    door = build_door(settings, store, [])
    try:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(door.working())
            recogniser, writing = find_recogniser(settings), None
            if recogniser is not None:
                writing = WritingDown(door, recogniser, read_british_words(DATA), only=DOOR)
                await stack.enter_async_context(running(writing.run()))
            return await _lines(Talk(door, name, writing), as_json)
    finally:
        store.close()


async def _lines(person: Talk, as_json: bool) -> int:
    await person.sit_down()
    buttons: list[dict[str, Any]] = []
    while True:
        if not as_json:
            print("> ", end="", flush=True)
        line = await asyncio.to_thread(sys.stdin.readline)
        if not line:
            return 0
        said = line.rstrip("\n")
        if not as_json and said.isdecimal() and 0 < int(said) <= len(buttons):
            said = json.dumps({"tap": buttons[int(said) - 1]["value"]})
        try:
            turn = await person.turn(said)
        except FileMissing as missing:
            print(f"There is no file {missing}.", file=sys.stderr)
            continue
        if not as_json:
            buttons = _show(turn)
        # One object a turn: what was heard in a voice is a part of it.
        later = await person.heard()
        if later is not None:
            turn = {**turn, **{each: turn[each] + later[each] for each in ("replies", "kept")}}
        if as_json:
            print(json.dumps(turn, ensure_ascii=False), flush=True)
        elif later is not None:
            buttons = _show(later) or buttons


def _show(turn: dict[str, Any]) -> list[dict[str, Any]]:
    buttons: list[dict[str, Any]] = []
    for reply in turn["replies"]:
        print(f"\n{reply['text']}")
        buttons = reply["buttons"] or buttons
    for number, button in enumerate(buttons, start=1):
        print(f"  [{number}] {button['label']}")
    return buttons


def main() -> int:
    """Read the arguments and talk."""
    arguments = argparse.ArgumentParser(
        prog="./myway chat",
        description="Talk with My Way here.",
        epilog='":voice FILE" sends a recording, ":photo FILE" a picture.',
    )
    arguments.add_argument("--json", action="store_true", help="one JSON object a turn")
    arguments.add_argument("--as", dest="name", help="go on as the person with this name")
    given = arguments.parse_args()
    try:
        return asyncio.run(talk(given.json, given.name or f"guest-{uuid4().hex[:8]}"))
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())

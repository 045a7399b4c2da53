"""`python -m bot.terminal [--json] [--as NAME]`: talk, a line at a time, until the input ends.

Typed at a terminal, a button is tapped by its number in brackets.
"""

import argparse
import asyncio
import json
import sys
from typing import Any
from uuid import uuid4

from bot.opening_the_door import Door, build_door
from bot.settings import BotSettings
from bot.terminal.talking import FileMissing, Talk
from plan_store.opening import open_store


async def talk(as_json: bool, name: str) -> int:
    """Hold the conversation."""
    settings = BotSettings()
    store = open_store(settings)
    door = build_door(settings, store, [])
    try:
        async with door.working():
            return await _lines(door, as_json, name)
    finally:
        store.close()


async def _lines(door: Door, as_json: bool, name: str) -> int:
    person = Talk(door, name)
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
        if as_json:
            print(json.dumps(turn, ensure_ascii=False), flush=True)
        else:
            buttons = _show(turn)


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
    arguments = argparse.ArgumentParser(prog="./myway chat", description="Talk with My Way here.")
    arguments.add_argument("--json", action="store_true", help="one JSON object a turn")
    arguments.add_argument("--as", dest="name", help="go on as the person with this name")
    given = arguments.parse_args()
    try:
        return asyncio.run(talk(given.json, given.name or f"guest-{uuid4().hex[:8]}"))
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())

"""`./myway chat --json` and `./myway show`, as a program uses them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from plan_store.settings import StoreSettings
from tests.running_the_pair import ROOT, Running
from tests.telegram_double.sample_files import picture


def run(module: str, settings: StoreSettings, rasa_port: int, *words: str, said: str = "") -> str:
    """The verb's own program, with what it prints on standard output."""
    env = {
        **os.environ,
        "DATABASE_URL": settings.store_url,
        "VAR_FOLDER": str(settings.var_folder),
        "RASA_URL": f"http://127.0.0.1:{rasa_port}",
    }
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=ROOT,
        env=env,
        input=said,
        stdout=subprocess.PIPE,
        text=True,
        timeout=100,
        check=True,
    )
    return done.stdout


def chat(settings: StoreSettings, rasa_port: int, name: str, *lines: str) -> list[dict[str, Any]]:
    said = "".join(f"{line}\n" for line in lines)
    printed = run("bot.terminal", settings, rasa_port, "--json", "--as", name, said=said)
    return [json.loads(line) for line in printed.splitlines()]


def test_one_line_in_one_object_out(
    shared_store: StoreSettings, hands: Running, rasa: Running, rasa_port: int, tmp_path: Path
) -> None:
    photo = tmp_path / "dog.png"
    photo.write_bytes(picture())
    turns = chat(
        shared_store,
        rasa_port,
        "kit",
        "hello",
        "Kit",
        json.dumps({"tap": "/affirm"}),
        json.dumps({"photo": str(photo)}),
        json.dumps({"photo": __file__}),
        "{not json at all",
    )
    assert [turn["said"] for turn in turns][:2] == ["hello", "Kit"]
    for turn in turns:
        assert set(turn) == {"said", "replies", "kept"}
        for reply in turn["replies"]:
            assert set(reply) == {"key", "text", "buttons", "picture", "voice"}
            assert all(set(button) == {"label", "value"} for button in reply["buttons"])
    assert turns[2]["said"] == {"tap": "/affirm"}
    assert [reply["key"] for reply in turns[3]["replies"]] == ["kept_photo", "ask_pictures"]
    assert turns[4]["replies"][0]["key"] == "named_document"
    assert turns[5]["said"] == "{not json at all"


def test_the_same_name_goes_on_and_show_tells_what_is_held(
    shared_store: StoreSettings, hands: Running, rasa: Running, rasa_port: int
) -> None:
    chat(shared_store, rasa_port, "lee", "hello", "Lee")
    (turn,) = chat(shared_store, rasa_port, "lee", "hello")
    assert turn["replies"][-1]["key"] == "ask_ready"
    shown = json.loads(run("plan_store.showing", shared_store, rasa_port, "lee", "--json"))
    assert shown["person"]["called"] == "Lee"
    assert [row["words"] for row in shown["incoming"]] == ["hello", "Lee", "hello"]
    assert {row["item"] for row in shown["history"]} == {"statement"}

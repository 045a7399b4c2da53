"""The figures say what they should, and the table shows them.

In: a few lines whose figures can be worked out by hand. Out: those figures.
"""

import json
import os
import subprocess
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from house.evaluating import PIPELINES, misspellings
from house.evaluation_tables import print_report, rows
from tests.running_the_pair import RASA_PYTHON, ROOT

PROGRAM = """
import json, sys
sys.path.insert(0, ".")
import numpy as np
from evaluation import figures
from evaluation.lines_of_others import RIGHT_FOR, as_their_label
from evaluation.lines_taught import right_for
from evaluation.pipelines import CHOSEN, pipeline
meant, understood = ["a", "a", "b", "b"], ["a", "b", "b", "c"]
chances = np.array([[0.9, 0.05, 0.03, 0.02], [0.4, 0.3, 0.2, 0.1]])
print(json.dumps({
    "accuracy": figures.accuracy(meant, understood),
    "f1": figures.f1_of_each(meant, understood),
    "sure_and_right": figures.calibration_error([1.0, 1.0], [True, True]),
    "sure_and_wrong": figures.calibration_error([0.95, 0.95], [False, False]),
    "costs": dict(figures.cost_curve(chances, np.eye(4, dtype=bool)[[0, 1]])),
    "costs_lacking": dict(figures.cost_curve(chances, np.eye(4, dtype=bool)[[0, 3]])),
    "around": sorted(right_for(frozenset({"money"}))),
    "chosen": CHOSEN,
    "pipelines": [type(pipeline(name)).__name__ for name in sys.argv[1:]],
    "near_miss": as_their_label("repeat", "simpler"),
    "wrong": as_their_label("repeat", "stop"),
    "ours_only": as_their_label("repeat", "tell"),
}))
"""


@pytest.mark.needs("rasa")
def test_figures_are_those_worked_out_by_hand() -> None:
    done = subprocess.run(
        [str(RASA_PYTHON), "-c", PROGRAM, *PIPELINES],
        cwd=ROOT / "rasa_project",
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = json.loads(done.stdout)
    assert found["accuracy"] == 0.5
    assert found["f1"] == pytest.approx({"a": 2 / 3, "b": 0.5})
    assert found["sure_and_right"] == pytest.approx(0)
    assert found["sure_and_wrong"] == pytest.approx(0.95)
    # Never asked: the second is a wrong guess. Asked below 0.5: a question, and it is among three.
    assert found["costs"]["0.0"] == pytest.approx(1.5)
    assert found["costs"]["0.5"] == pytest.approx(0.5)
    # Asked, and none of the three buttons was meant: a question and a wrong guess.
    assert found["costs_lacking"]["0.5"] == pytest.approx(2.0)
    assert (found["near_miss"], found["wrong"]) == ("repeat", "stop")
    assert found["ours_only"] == "tell"
    assert found["around"] == ["home", "money", "work_learning"]
    assert found["pipelines"] == ["Diet"] + ["TellingIntentsApart"] * 3
    assert found["chosen"] == PIPELINES[-1]


def test_the_table_has_a_cell_for_each_pipeline_and_none_made_up() -> None:
    noise = {"emoji": {"accuracy": 1.0}}
    full = {"own": {"accuracy": 0.5}, "others": {"macro_f1": 0.25, "noise": noise}}
    table = dict(rows([{**full, "parse_milliseconds": {"p95": 2.51}}, {"own": {"accuracy": 1.0}}]))
    assert table["intents, own held out: accuracy"] == ["0.500", "1.000"]
    assert table["intents, lines of others: macro F1"] == ["0.250", ""]
    assert table["accuracy, emoji"] == ["1.000", ""]
    assert table["a parse, 95 in 100 under, ms"] == ["2.5", ""]


def test_false_alarms_are_shown_and_what_was_not_measured_is_said() -> None:
    safety = {
        "recall": 0.5,
        "lines_of_danger": 2,
        "precision": 0.5,
        "ordinary_lines": 10,
        "alarms_in_100": 10.0,
        "recall_by": {"style": {}, "tier": {"alert": "1 of 2"}},
        "missed": [{"kind": "abuse", "text": "he [hurts] me"}],
        "false_alarms": [{"alert": "suicide", "text": "this joke kills me"}],
    }
    chosen = {"pipeline": "one", "own": {"accuracy": 0.5, "cost_curve": [[0.4, 0.25]]}}
    shown = Console(file=StringIO(), width=100)
    print_report({"pipelines": [chosen], "safety": safety, "absent": ["the others"]}, shown)
    printed = shown.file.getvalue()  # type: ignore[attr-defined]
    for expected in ("this joke kills me", "he [hurts] me", "1 of 2", "0.40", "the others."):
        assert expected in printed


LITTLE_TALK = """
version: "3.1"
nlu:
  - intent: help
    examples: |
"""


@pytest.mark.needs("rasa")
def test_a_pipeline_is_measured_without_lines_of_others_and_with_them(tmp_path: Path) -> None:
    """A very small talk of our own and very few lines of others: every figure is there."""
    talk = tmp_path / "talk"
    (talk / "nlu").mkdir(parents=True)
    for intent in ("help", "stop", "tell", "out_of_scope"):
        lines = "".join(f"      - {intent} {number} now\n" for number in range(20))
        text = LITTLE_TALK.lstrip().replace("intent: help", f"intent: {intent}") + lines
        (talk / "nlu" / f"{intent}.yml").write_text(text, "utf-8")
    # What answers mean is read as it is: its figures must not depend on the talk of this test.
    (talk / "meaning").symlink_to(ROOT / "data/talk/meaning")
    others = tmp_path / "dev"
    others.mkdir()
    for name, line in {
        "general_intents": {"text": "help me please", "intent": "help"},
        "aspirations": {"text": "I want a job", "domain": "work_learning"},
        "oos": {"text": "what is the weather"},
    }.items():
        (others / f"{name}.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    (tmp_path / "list.txt").write_text("plese->please\nplaese->please\nnto->not\n", "utf-8")
    alone = _measured(talk, "-", "-")
    assert "others" not in alone
    assert 0 <= alone["own"]["accuracy"] <= 1
    assert 0 < alone["parse_milliseconds"]["median"] <= alone["parse_milliseconds"]["p95"]
    assert set(alone["areas"]) == {"own"}
    assert alone["areas"]["own"]["accuracy"] > 0.5
    full = _measured(talk, str(others), str(tmp_path / "list.txt"))
    assert full["others"]["lines"] == 1
    assert "misspelt by people" in full["others"]["noise"]
    assert full["areas"]["others"]["accuracy"] == 1


def _measured(talk: Path, others: str, misspelt: str) -> dict[str, Any]:
    done = subprocess.run(
        [
            *(str(RASA_PYTHON), "-m", "evaluation.one_pipeline", "pieces of words"),
            *(str(talk), others, misspelt),
        ],
        cwd=ROOT / "rasa_project",
        env={**os.environ, "PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_words_that_people_misspelt_are_there_to_measure_with() -> None:
    file = misspellings()
    assert file is not None
    assert "recieve->receive" in file.read_text("utf-8").splitlines()

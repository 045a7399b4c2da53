"""The figures say what they should, and the table shows them.

In: a few lines whose figures can be worked out by hand. Out: those figures.
"""

import json
import subprocess

import pytest

from house.evaluating import rows
from tests.running_the_pair import RASA_PYTHON, ROOT

PROGRAM = """
import json, sys
sys.path.insert(0, ".")
import numpy as np
from evaluation import figures
from evaluation.lines_of_others import RIGHT_FOR, as_their_label
meant, understood = ["a", "a", "b", "b"], ["a", "b", "b", "c"]
chances = np.array([[0.9, 0.05, 0.03, 0.02], [0.4, 0.3, 0.2, 0.1]])
print(json.dumps({
    "accuracy": figures.accuracy(meant, understood),
    "f1": figures.f1_of_each(meant, understood),
    "sure_and_right": figures.calibration_error([1.0, 1.0], [True, True]),
    "sure_and_wrong": figures.calibration_error([0.95, 0.95], [False, False]),
    "costs": dict(figures.cost_curve(chances, np.array([0, 1]))),
    "costs_lacking": dict(figures.cost_curve(chances, np.array([0, 3]))),
    "near_miss": as_their_label("repeat", "simpler"),
    "wrong": as_their_label("repeat", "stop"),
    "ours_only": as_their_label("repeat", "tell"),
}))
"""


@pytest.mark.needs("rasa")
def test_figures_are_those_worked_out_by_hand() -> None:
    done = subprocess.run(
        [str(RASA_PYTHON), "-c", PROGRAM],
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


def test_the_table_has_a_cell_for_each_pipeline_and_none_made_up() -> None:
    full = {"own": {"accuracy": 0.5}, "others": {"macro_f1": 0.25, "noise": {"emoji": 1.0}}}
    table = dict(rows([{**full, "parse_milliseconds": 2.51}, {"own": {"accuracy": 1.0}}]))
    assert table["own lines held out: accuracy"] == ["0.500", "1.000"]
    assert table["lines of others: macro F1"] == ["0.250", ""]
    assert table["accuracy with noise: emoji"] == ["1.000", ""]
    assert table["a parse, median, ms"] == ["2.5", ""]

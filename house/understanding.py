"""`./myway understand [FILE]`: what the listener understands in lines of JSON.

Comes in: {"text": …} a line, from a file or standard input. Goes out: the same lines with intent,
confidence, life_areas, kind, slots and sure, as the running chat would take them.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from house.saying import complain, progress
from house.telling_nobody import TELLING_NOBODY
from house.training import TrainingFailedError, train_if_changed

ROOT = Path(__file__).resolve().parent.parent
RASA_FOLDER = ROOT / "rasa_project"
LISTENER = "components.understanding_lines"


def main(words: Sequence[str]) -> int:
    """Train if the talk has changed, then hand over to the listener's own Python."""
    python = RASA_FOLDER / ".venv" / "bin" / "python"
    try:
        model = train_if_changed(ROOT, python, progress)
    except TrainingFailedError as problem:
        complain(str(problem))
        return 1
    # The listener stands in its own folder: a file is found from where the verb was said.
    said_from = Path(os.environ.get("SAID_FROM", "."))
    files = [str((said_from / word).resolve()) for word in words]
    env = {**os.environ, **TELLING_NOBODY, "PYTHONWARNINGS": "ignore"}
    env |= {"TF_CPP_MIN_LOG_LEVEL": "3", "LOG_LEVEL": "ERROR"}
    os.chdir(RASA_FOLDER)
    command = [str(python), "-m", LISTENER, str(model), *files]
    return subprocess.call(command, env=env)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`./myway train`: the models for the talk as it is now, trained if there are none yet.

Comes in: data/ and rasa_project/. Goes out: the model's file, named on the last line.
"""

import sys
from pathlib import Path

from house.saying import complain, say
from house.training import TrainingFailedError, ready_the_first_look, train_if_changed

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Trains if needed; the exit code is for the shell."""
    try:
        ready_the_first_look(ROOT, Path(sys.executable), say)
        model = train_if_changed(ROOT, ROOT / "rasa_project" / ".venv" / "bin" / "python", say)
    except TrainingFailedError as problem:
        complain(str(problem))
        return 1
    say(str(model.relative_to(ROOT)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

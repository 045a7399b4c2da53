"""Who imports whom in a project: `python -P reading_imports.py ROOT` prints every pair as JSON.

A program of its own, because grimp finds packages where Python does: the rooms of another ROOT
could not be read in a process that has these rooms open.
"""

import json
import sys
from pathlib import Path

import grimp

ROOMS = ("plan_store", "bot", "actions", "review", "house", "tests")


def pairs(root: Path) -> list[tuple[str, str]]:
    """(who, whom) for every import of the rooms and of Rasa's parts, those in functions too."""
    sys.path[:0] = [str(root), str(root / "rasa_project")]
    here = [room for room in ROOMS if (root / room).is_dir()]
    graph = grimp.build_graph(*here, "components", include_external_packages=True, cache_dir=None)
    return sorted(
        (who, whom)
        for who in graph.modules
        for whom in graph.find_modules_directly_imported_by(who)
    )


if __name__ == "__main__":
    print(json.dumps(pairs(Path(sys.argv[1]))))

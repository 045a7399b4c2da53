"""`python -m bot.safety.making_ready`: learns the second layer if its lines have changed.

Run by `./myway train` and before the house starts, so that no message has to wait for it.
"""

import logging

from bot.safety.learning import ROOT, model_for


def main() -> None:
    """Learn, if need be, and say where the numbers are."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    print(model_for().relative_to(ROOT))


if __name__ == "__main__":
    main()

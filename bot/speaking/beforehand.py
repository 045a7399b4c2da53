"""`python -m bot.speaking.beforehand`: every fixed word as sound, before anybody asks for it.

The chat runs it beside itself when it starts, at the lowest rank: what is asked for meanwhile is
made on demand, and nobody waits for it.
"""

import logging
import os
import sys
import time

from bot.opening_the_door import DATA
from bot.reading_words import read_library
from bot.settings import BotSettings
from bot.speaking.reading_aloud import CannotRead, ReadingAloud

log = logging.getLogger(__name__)

LOWEST_RANK = 19


def main() -> int:
    """Make what is missing, and say how many that were."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    os.nice(LOWEST_RANK)
    began = time.monotonic()
    try:
        made, forgotten = ReadingAloud(BotSettings(), read_library(DATA)).make_beforehand()
    except CannotRead:
        log.info("Nothing is made beforehand: there is no voice.")
        return 0
    seconds = time.monotonic() - began
    log.info("Made %d sounds beforehand in %.0f s, forgot %d.", made, seconds, forgotten)
    return 0


if __name__ == "__main__":
    sys.exit(main())

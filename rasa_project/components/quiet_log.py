"""Keeps what people say out of Rasa's log, at whatever level somebody starts it.

In: nothing. Out: loggers that say no more than "info". At "debug" Rasa writes every text it
parses, every slot and whole trackers; one `--debug` on a bad day would put a young person's words
in a file.
"""

import logging
import os
import warnings

import structlog

# asyncio tells of slow or failed tasks at debug with the coroutine's arguments; aiohttp and sanic
# tell of requests.
SPEAKERS = ("rasa", "asyncio", "aiohttp", "sanic.root", "sanic.error", "sanic.access")


def keep_words_out_of_the_log() -> None:
    """Hold every speaker at "info" or quieter, and send nothing to Rasa's makers."""
    # Whoever starts Rasa sets this too (Rasa reads it before it loads us); here nothing has been
    # sent yet.
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    for name in ("", *SPEAKERS):
        speaker = logging.getLogger(name)
        speaker.setLevel(max(speaker.getEffectiveLevel(), logging.INFO))
    # Rasa's loggers of the structlog kind are bound on first use, at the level asked for when it
    # started: those bound later take this one, and those bound before ask the loggers above.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))
    # Rasa's warnings carry the text they warn of.
    warnings.filterwarnings("ignore", module=r"rasa\.")

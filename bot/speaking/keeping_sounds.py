"""Keeping what was said as sound: fixed words in a folder, everybody's own words nowhere.

Comes in: sentences and a pace. Goes out: their sound, from the folder where it stands there, else
from the voice. Files are named by a hash of voice, pace and sentences: one that fits is right.
"""

import hashlib
import os
from collections.abc import Set
from contextlib import suppress
from pathlib import Path

from soundfile import LibsndfileError

from bot.speaking.sounds import Sound, as_ogg, read_sound
from bot.speaking.voices import Voice
from bot.speaking.what_is_said import pieces


class KeptSounds:
    """One voice and its folder. One at a time: a voice is not for two threads."""

    def __init__(self, voice: Voice, folder: Path, fixed: Set[str]) -> None:
        self.voice = voice
        self._folder = folder
        self._fixed = fixed

    def sounds(self, text: str, speed: float) -> list[Sound]:
        """The text, piece by piece."""
        return [self._sound(piece, speed, text in self._fixed) for piece in pieces(text)]

    def path(self, sentences: str, speed: float) -> Path:
        """Where these sentences stand as sound, once they were made."""
        named = f"{self.voice.name}|{speed:.2f}|{sentences}"
        return self._folder / f"{hashlib.sha256(named.encode()).hexdigest()[:32]}.ogg"

    def make_beforehand(self, speed: float) -> tuple[int, set[Path]]:
        """Make what is not there yet; how many that were, and every file that belongs there."""
        made, belong = 0, set()
        for sentences in sorted({piece for text in self._fixed for piece in pieces(text)}):
            path = self.path(sentences, speed)
            belong.add(path)
            if not path.exists():
                self._make(sentences, speed, path)
                made += 1
        return made, belong

    def forget_all_but(self, belong: Set[Path]) -> int:
        """Take away what no voice or wording of today asks for; how many that were."""
        old = [path for path in self._folder.glob("*.ogg") if path not in belong]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def _sound(self, sentences: str, speed: float, is_fixed: bool) -> Sound:
        path = self.path(sentences, speed)
        # One that was cut short or is not to be read is made anew.
        with suppress(OSError, LibsndfileError):
            return read_sound(path.read_bytes())
        return self._make(sentences, speed, path if is_fixed else None)

    def _make(self, sentences: str, speed: float, path: Path | None) -> Sound:
        sound = self.voice.say(sentences, speed)
        if path is not None:
            # A full disk must not silence anybody: it is made again the next time.
            with suppress(OSError):
                _write(path, as_ogg(sound))
        return sound


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(path)

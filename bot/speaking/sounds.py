"""Sound as numbers and as files: OGG/Opus for Telegram, MP3 for browsers without Opus.

Comes in: samples between -1 and 1, one channel. Goes out: bytes of a file, and the way back.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import soundfile

Samples: TypeAlias = npt.NDArray[np.float32]

# Opus takes 8, 12, 16, 24 and 48 kHz, and no other.
RATE = 24_000
# As loud as broadcast speech, about; a quiet voice is not heard on a phone in the street.
LOUDNESS = 0.1
HIGHEST = 0.95
# About 27 kbit a second, and nothing that speech would miss.
COMPRESSION = 0.9


@dataclass(frozen=True, slots=True)
class Sound:
    """One channel of samples, at `RATE`."""

    samples: Samples

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / RATE


def sound_of(samples: npt.NDArray[np.floating], rate: int) -> Sound:
    """Samples of any rate, brought to ours and to one loudness."""
    plain = np.asarray(samples, dtype=np.float32)
    if rate != RATE and len(plain):
        moments = np.arange(int(len(plain) * RATE / rate)) * (rate / RATE)
        plain = np.interp(moments, np.arange(len(plain)), plain).astype(np.float32)
    loudness = float(np.sqrt(np.mean(plain**2))) if len(plain) else 0.0
    if loudness > 0:
        plain = plain * min(LOUDNESS / loudness, HIGHEST / float(np.abs(plain).max()))
    return Sound(plain)


def joined(sounds: list[Sound], pause: float) -> Sound:
    """One after the other, with a pause between."""
    gap = np.zeros(int(pause * RATE), np.float32)
    parts = [part for sound in sounds for part in (gap, sound.samples)][1:]
    return Sound(np.concatenate(parts) if parts else gap[:0])


def cut(sound: Sound, seconds: float) -> Sound:
    """No longer than that."""
    return Sound(sound.samples[: int(seconds * RATE)])


def as_ogg(sound: Sound) -> bytes:
    """An OGG/Opus file: a Telegram voice note."""
    return _file(sound, "OGG", "OPUS")


def as_mp3(sound: Sound) -> bytes:
    """An MP3 file, which every browser plays."""
    return _file(sound, "MP3", "MPEG_LAYER_III")


def read_sound(content: bytes) -> Sound:
    """A file of ours as sound again. Raises `soundfile.LibsndfileError` when it is none."""
    samples, rate = soundfile.read(BytesIO(content), dtype="float32")
    if rate != RATE or samples.ndim != 1:
        raise soundfile.LibsndfileError(1)
    return Sound(samples)


def _file(sound: Sound, container: str, coding: str) -> bytes:
    into = BytesIO()
    soundfile.write(
        into, sound.samples, RATE, format=container, subtype=coding, compression_level=COMPRESSION
    )
    return into.getvalue()

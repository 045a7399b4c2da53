"""Reading aloud on demand: texts in, clips of at most 20 seconds out.

The voice works in a thread of its own. What it says stays in memory for a while, so that listening
twice costs nothing, and is written nowhere unless the words are fixed.
"""

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bot.settings import BotSettings
from bot.speaking.fixed_words import fixed_words
from bot.speaking.keeping_sounds import KeptSounds
from bot.speaking.sounds import Sound, as_mp3, as_ogg, cut, joined
from bot.speaking.voices import Voice, can_speak, find_voice
from bot.words import Library

log = logging.getLogger(__name__)

# A spoken prompt of the chat is no longer; what is longer comes in more than one, but not in many.
MOST_SECONDS = 20.0
MOST_CLIPS = 3
PAUSE_SECONDS = 0.35
# For whoever wants it slow, on top of SPEECH_SPEED.
SLOWER = 0.85
MOST_BYTES_KEPT = 8 * 1024 * 1024
THE_REST = "spoken_rest"
FORMATS: dict[str, Callable[[Sound], bytes]] = {"ogg": as_ogg, "mp3": as_mp3}


class CannotRead(Exception):
    """There is no voice, or it broke."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One file to listen to."""

    content: bytes
    seconds: float


class ReadingAloud:
    """The chat's voice. `works` is false where none is set, installed, or to be opened."""

    def __init__(
        self,
        settings: BotSettings,
        library: Library,
        open_voice: Callable[[BotSettings], Voice | None] = find_voice,
    ) -> None:
        self._settings = settings
        self._library = library
        self._open_voice = open_voice
        self._kept: KeptSounds | None = None
        self._thread = ThreadPoolExecutor(1, "voice")
        self._said: OrderedDict[str, list[Clip]] = OrderedDict()
        self.works = can_speak(settings)

    async def clips(
        self, texts: Sequence[str], slow: bool, *, whole: bool = False, kind: str = "ogg"
    ) -> list[Clip]:
        """These texts, one after the other; `whole`: as one clip, however long.

        Raises `CannotRead`. An empty list means that there is nothing to say.
        """
        key = hashlib.sha256(repr((tuple(texts), slow, whole, kind)).encode()).hexdigest()
        if key in self._said:
            self._said.move_to_end(key)
            return self._said[key]
        loop = asyncio.get_running_loop()
        try:
            made = await loop.run_in_executor(self._thread, self._make, texts, slow, whole, kind)
        except CannotRead:
            raise
        except Exception as problem:  # noqa: BLE001  (whatever broke, the words are there to read)
            # Its text may hold words.
            log.error("The voice broke: %s", type(problem).__name__)  # noqa: TRY400
            raise CannotRead from None
        self._said[key] = made
        while sum(len(clip.content) for clips in self._said.values() for clip in clips) > (
            MOST_BYTES_KEPT
        ):
            self._said.popitem(last=False)
        return made

    def make_beforehand(self) -> tuple[int, int]:
        """Make every fixed word, slow and not; how many were made, and how many forgotten."""
        kept, made = self._voice(), 0
        belong: set[Path] = set()
        for slow in (False, True):
            number, paths = kept.make_beforehand(self._speed(slow))
            made, belong = made + number, belong | paths
        return made, kept.forget_all_but(belong)

    def close(self) -> None:
        """Wait for what is being said."""
        self._thread.shutdown(cancel_futures=True)

    def _make(self, texts: Sequence[str], slow: bool, whole: bool, kind: str) -> list[Clip]:
        kept, speed = self._voice(), self._speed(slow)
        groups = _grouped([sound for text in texts for sound in kept.sounds(text, speed)])
        if len(groups) > MOST_CLIPS:
            rest = kept.sounds(self._library.text(THE_REST), speed)
            groups = [*groups[: MOST_CLIPS - 1], _ending(groups[MOST_CLIPS - 1], rest)]
        if whole:
            groups = [[sound for group in groups for sound in group]] if groups else []
        sounds = [joined(group, PAUSE_SECONDS) for group in groups]
        return [Clip(FORMATS[kind](sound), sound.seconds) for sound in sounds]

    def _voice(self) -> KeptSounds:
        if self._kept is None and self.works:
            voice = self._open_voice(self._settings)
            self.works = voice is not None
            if voice is not None:
                fixed = fixed_words(self._library)
                self._kept = KeptSounds(voice, spoken_folder(self._settings), fixed)
        if self._kept is None:
            raise CannotRead
        return self._kept

    def _speed(self, slow: bool) -> float:
        return self._settings.speech_speed * (SLOWER if slow else 1.0)


def spoken_folder(settings: BotSettings) -> Path:
    """Where fixed words stand as sound."""
    return settings.var_folder / "spoken"


def _seconds(group: Sequence[Sound]) -> float:
    return sum(sound.seconds for sound in group) + PAUSE_SECONDS * max(0, len(group) - 1)


def _grouped(sounds: Sequence[Sound]) -> list[list[Sound]]:
    """As many as fit into each clip, in order."""
    groups: list[list[Sound]] = []
    for sound in (cut(each, MOST_SECONDS) for each in sounds):
        if groups and _seconds([*groups[-1], sound]) <= MOST_SECONDS:
            groups[-1].append(sound)
        else:
            groups.append([sound])
    return groups


def _ending(group: list[Sound], rest: list[Sound]) -> list[Sound]:
    """The last clip, with room made for saying that there is more."""
    while len(group) > 1 and _seconds([*group, *rest]) > MOST_SECONDS:
        group = group[:-1]
    room = MOST_SECONDS - _seconds(rest) - 2 * PAUSE_SECONDS
    return [*([cut(group[0], room)] if len(group) == 1 else group), *rest]

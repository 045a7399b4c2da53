"""Reading aloud with the real voice: measured, since nobody listens here."""

import asyncio
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from bot.opening_the_door import DATA
from bot.reading_words import read_library
from bot.settings import BotSettings
from bot.speaking.fixed_words import fixed_words
from bot.speaking.reading_aloud import MOST_CLIPS, MOST_SECONDS, CannotRead, Clip, ReadingAloud
from bot.speaking.sounds import Sound
from tests.telegram_double.files_kept import MAX_VOICE

PRIVATE = "I want to breed axolotls in Derby with my friend Zephyr."


def settings_in(folder: Path, **more: Any) -> BotSettings:
    return BotSettings(_env_file=None, var_folder=folder, **more)  # type: ignore[call-arg]


@pytest.fixture
async def reading(tmp_path: Path) -> AsyncIterator[ReadingAloud]:
    aloud = ReadingAloud(settings_in(tmp_path), read_library(DATA))
    yield aloud
    aloud.close()


def ogg_files(folder: Path) -> list[Path]:
    return list(folder.rglob("*.ogg"))


def heard(clip: Clip) -> np.ndarray:
    """The samples of a clip, having looked at what kind of file it is."""
    about = soundfile.info(BytesIO(clip.content))
    assert (about.format, about.subtype, about.samplerate) == ("OGG", "OPUS", 24_000)
    assert about.duration == pytest.approx(clip.seconds, abs=0.05)
    samples, _ = soundfile.read(BytesIO(clip.content), dtype="float32")
    return np.asarray(samples)


async def test_a_question_is_spoken_at_an_easy_pace(reading: ReadingAloud) -> None:
    question = "What would you like to do one day? It can be big or small."
    (clip,) = await reading.clips([question], slow=False)
    samples = heard(clip)
    assert float(np.sqrt(np.mean(samples**2))) > 0.05
    # Somebody speaks most of the time: it is not one bang and silence.
    loud = np.abs(samples[: len(samples) // 480 * 480].reshape(-1, 480)).max(axis=1) > 0.02
    assert loud.mean() > 0.5
    assert 110 <= len(question.split()) / clip.seconds * 60 <= 190
    (slow,) = await reading.clips([question], slow=True)
    assert slow.seconds > clip.seconds * 1.08


async def test_what_is_long_comes_in_clips_that_telegram_and_people_can_take(
    reading: ReadingAloud,
) -> None:
    clips = await reading.clips(["I like my dog and my sister likes him too. " * 60], slow=True)
    assert len(clips) == MOST_CLIPS
    for clip in clips:
        heard(clip)
        assert clip.seconds <= MOST_SECONDS
        assert len(clip.content) <= MAX_VOICE
    short = await reading.clips(["I like my dog and my sister likes him too. " * 8], slow=False)
    assert len(short) == 2
    (whole,) = await reading.clips(
        ["I like my dog and my sister likes him too. " * 8], slow=False, whole=True
    )
    assert whole.seconds >= sum(clip.seconds for clip in short)


async def test_nothing_to_say_is_no_clip(reading: ReadingAloud) -> None:
    assert await reading.clips(["👍", "…"], slow=False) == []


@pytest.mark.parametrize("odd", ["a" * 3000, "!?" * 500, "1" * 200, "日本語", "\x00\ud800", "ﬀ ½"])
async def test_odd_words_break_nothing(reading: ReadingAloud, odd: str) -> None:
    clips = await reading.clips([odd], slow=False)
    assert all(clip.seconds <= MOST_SECONDS for clip in clips)


async def test_own_words_are_never_written_down_as_sound(
    reading: ReadingAloud, tmp_path: Path
) -> None:
    await reading.clips([PRIVATE], slow=False)
    assert ogg_files(tmp_path) == []
    await reading.clips([read_library(DATA).text("ask_work_hope")], slow=False)
    assert len(ogg_files(tmp_path)) == 1


def test_fixed_words_are_made_beforehand_and_then_only_read(tmp_path: Path) -> None:
    library = read_library(DATA)
    voice = _Counting()
    first = ReadingAloud(settings_in(tmp_path), library, lambda _settings: voice)
    old = tmp_path / "spoken" / "of-an-older-wording.ogg"
    old.parent.mkdir()
    old.write_bytes(b"")
    made, forgotten = first.make_beforehand()
    assert made == len(voice.said) > 100
    assert forgotten == 1
    assert len(list((tmp_path / "spoken").iterdir())) == made
    assert first.make_beforehand() == (0, 0)
    first.close()
    voice.said.clear()
    second = ReadingAloud(settings_in(tmp_path), library, lambda _settings: voice)
    for words in sorted(fixed_words(library)):
        asyncio.run(second.clips([words], slow=False))
        asyncio.run(second.clips([words], slow=True))
    assert voice.said == []
    asyncio.run(second.clips([PRIVATE], slow=False))
    assert len(voice.said) == 1
    asyncio.run(second.clips([PRIVATE], slow=False))
    assert len(voice.said) == 1, "listening twice costs nothing"
    second.close()


async def test_a_file_that_was_cut_short_is_made_anew(tmp_path: Path) -> None:
    library = read_library(DATA)
    reading = ReadingAloud(settings_in(tmp_path), library)
    words = library.text("hello")
    (before,) = await reading.clips([words], slow=False)
    (file,) = (tmp_path / "spoken").iterdir()
    file.write_bytes(file.read_bytes()[:100])
    reading._said.clear()
    (after,) = await reading.clips([words], slow=False)
    assert after.seconds == pytest.approx(before.seconds, abs=0.05)
    assert file.stat().st_size > 1000
    reading.close()


@pytest.mark.parametrize("voice", ["off", "/no/such/voice.onnx"])
async def test_without_a_voice_everything_says_so(tmp_path: Path, voice: str) -> None:
    reading = ReadingAloud(settings_in(tmp_path, speech_voice=voice), read_library(DATA))
    assert not reading.works
    with pytest.raises(CannotRead):
        await reading.clips(["Hello."], slow=False)


async def test_a_voice_file_that_is_none_is_found_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "voice.onnx"
    broken.write_bytes(b"no model")
    reading = ReadingAloud(settings_in(tmp_path, speech_voice=str(broken)), read_library(DATA))
    assert reading.works, "nobody has looked into it yet"
    with pytest.raises(CannotRead):
        await reading.clips(["Hello."], slow=False)
    assert not reading.works
    assert "no voice" in caplog.text


async def test_a_voice_that_breaks_is_one_problem_without_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    voice = _Counting(breaks=True)
    reading = ReadingAloud(settings_in(tmp_path), read_library(DATA), lambda _settings: voice)
    with pytest.raises(CannotRead):
        await reading.clips([PRIVATE], slow=False)
    assert "axolotls" not in caplog.text
    voice.breaks = False
    assert await reading.clips([PRIVATE], slow=False)
    assert reading.works


class _Counting:
    """A voice that hums, notes what it was given, and breaks on request."""

    def __init__(self, *, breaks: bool = False) -> None:
        self.name = "humming"
        self.said: list[str] = []
        self.breaks = breaks

    def say(self, sentences: str, speed: float) -> Sound:
        if self.breaks:
            raise RuntimeError(sentences)
        self.said.append(sentences)
        # Short, since every fixed word is made, read and sent in one test.
        return Sound(np.full(1_200, 0.1, np.float32))

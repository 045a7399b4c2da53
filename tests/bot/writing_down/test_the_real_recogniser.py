"""The real recogniser, on speech of the real voice: words, doubt, silence, and its limits."""

import time
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import soundfile

from bot.opening_the_door import DATA
from bot.settings import BotSettings
from bot.speaking.sounds import RATE, Sound, as_ogg
from bot.speaking.voices import HibariVoice
from bot.writing_down.asking_the_recogniser import NotWritten, Recogniser, find_recogniser
from bot.writing_down.british_words import read_british_words
from bot.writing_down.recogniser import LONGEST_SECONDS, is_sure
from tests.bot.open_door import until

TOLD = "I want to work with dogs. My sister can come with me on the first day."


def settings(**more: str) -> BotSettings:
    return BotSettings(_env_file=None, **more)  # type: ignore[call-arg, arg-type]


@pytest.fixture
def recogniser() -> Recogniser:
    found = find_recogniser(settings())
    assert found is not None, "the lock has it"
    return found


@pytest.fixture(scope="module")
def speech() -> Sound:
    return HibariVoice().say(TOLD, 1.0)


def plain(words: str) -> list[str]:
    return "".join(sign for sign in words.lower() if sign.isalnum() or sign == " ").split()


async def test_clear_speech_is_written_down(recogniser: Recogniser, speech: Sound) -> None:
    written = await recogniser.write_down(as_ogg(speech))
    assert plain(written.words) == plain(TOLD)
    assert written.sure


async def test_what_a_browser_records_is_understood_too(
    recogniser: Recogniser, speech: Sound
) -> None:
    into = BytesIO()
    soundfile.write(into, np.repeat(speech.samples, 2), 48_000, format="WAV", subtype="PCM_16")
    written = await recogniser.write_down(into.getvalue())
    assert plain(written.words) == plain(TOLD)


async def test_mum_stays_mum(recogniser: Recogniser) -> None:
    spoken = HibariVoice().say("My mum hits me.", 0.9)
    written = await recogniser.write_down(as_ogg(spoken))
    assert plain(read_british_words(DATA).spelt(written.words)) == ["my", "mum", "hits", "me"]


async def test_speech_under_noise_is_in_doubt_or_right(
    recogniser: Recogniser, speech: Sound
) -> None:
    noise = np.random.default_rng(7).normal(0, 0.25, len(speech.samples)).astype(np.float32)
    loud = Sound(np.clip(speech.samples + noise, -1, 1))
    try:
        written = await recogniser.write_down(as_ogg(loud))
    except NotWritten as why:
        assert why.reason == "no_words"  # noqa: PT017
    else:
        assert not written.sure or plain(written.words) == plain(TOLD)


@pytest.mark.parametrize("height", [0.0, 0.05])
async def test_silence_and_noise_are_no_words(recogniser: Recogniser, height: float) -> None:
    noise = np.random.default_rng(7).normal(0, height, 4 * RATE).astype(np.float32)
    with pytest.raises(NotWritten, match="no_words"):
        await recogniser.write_down(as_ogg(Sound(noise)))


async def test_what_is_no_sound_is_unreadable(recogniser: Recogniser) -> None:
    for sound in (b"OggS but nothing more", b""):
        with pytest.raises(NotWritten, match="unreadable"):
            await recogniser.write_down(sound)


async def test_what_is_very_long_is_left(recogniser: Recogniser) -> None:
    silence = Sound(np.zeros(int((LONGEST_SECONDS + 1) * RATE), np.float32))
    with pytest.raises(NotWritten, match="too_long"):
        await recogniser.write_down(as_ogg(silence))


async def test_one_that_hangs_is_ended(
    recogniser: Recogniser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "ran"
    (tmp_path / "hangs.py").write_text(
        f"import os, pathlib, time\npathlib.Path({str(ran)!r}).write_text(str(os.getpid()))\n"
        "time.sleep(600)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr("bot.writing_down.asking_the_recogniser.MODULE", "hangs")
    recogniser._within = 2.0
    began = time.monotonic()
    with pytest.raises(NotWritten, match="too_slow"):
        await recogniser.write_down(b"any")
    assert time.monotonic() - began < 10
    await until(lambda: not Path(f"/proc/{ran.read_text()}").exists())


async def test_one_that_breaks_is_a_named_problem(
    recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.writing_down.asking_the_recogniser.MODULE", "no_such_module")
    with pytest.raises(NotWritten, match="broke"):
        await recogniser.write_down(b"any")


def test_where_none_is_set_up_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_recogniser(settings(speech_model="off")) is None
    assert find_recogniser(settings(speech_model=str(tmp_path))) is None
    (tmp_path / "model.bin").write_bytes(b"")
    assert find_recogniser(settings(speech_model=str(tmp_path))) is not None
    monkeypatch.setattr("bot.writing_down.asking_the_recogniser.find_spec", lambda _name: None)
    assert find_recogniser(settings()) is None


@pytest.mark.parametrize(
    ("chances", "sure"),
    [([1.0, 0.95], True), ([0.9, 0.9, 0.4, 0.9, 0.95], True), ([0.7, 0.7], False),
     ([1.0, 1.0, 0.4, 0.4], False), ([], False)],
)  # fmt: skip
def test_doubt_is_a_matter_of_each_word(chances: list[float], sure: bool) -> None:
    assert is_sure(chances) is sure

"""Sound and files: what goes in comes back, as long and as loud, in a form that phones take."""

from io import BytesIO

import numpy as np
import pytest
import soundfile

from bot.speaking.sounds import RATE, Sound, as_mp3, as_ogg, cut, joined, read_sound, sound_of


def tone(seconds: float, rate: int = RATE, height: float = 0.1) -> np.ndarray:
    """A hum of 220 Hz."""
    return height * np.sin(2 * np.pi * 220 * np.arange(int(seconds * rate)) / rate)


def loudness(samples: np.ndarray) -> float:
    return float(np.sqrt(np.mean(samples**2)))


def pitch(sound: Sound) -> float:
    """The strongest frequency."""
    strength = np.abs(np.fft.rfft(sound.samples))
    return float(np.argmax(strength) / sound.seconds)


def test_a_voice_note_is_ogg_opus_and_sounds_the_same() -> None:
    content = as_ogg(sound_of(tone(2.0), RATE))
    assert content.startswith(b"OggS")
    assert b"OpusHead" in content[:512]
    about = soundfile.info(BytesIO(content))
    assert (about.format, about.subtype, about.channels) == ("OGG", "OPUS", 1)
    back = read_sound(content)
    assert back.seconds == pytest.approx(2.0, abs=0.05)
    assert loudness(back.samples) == pytest.approx(0.1, rel=0.15)
    assert pitch(back) == pytest.approx(220, abs=2)


def test_the_mp3_sounds_the_same() -> None:
    samples, rate = soundfile.read(BytesIO(as_mp3(sound_of(tone(2.0), RATE))), dtype="float32")
    assert rate == RATE
    assert len(samples) / rate == pytest.approx(2.0, abs=0.15)
    assert loudness(samples) == pytest.approx(0.1, rel=0.15)


def test_a_voice_of_another_rate_keeps_its_pitch_and_length() -> None:
    sound = sound_of(tone(1.0, 22_050), 22_050)
    assert sound.seconds == pytest.approx(1.0, abs=0.001)
    assert pitch(sound) == pytest.approx(220, abs=1.5)


def test_quiet_and_loud_voices_become_one_and_nothing_is_clipped() -> None:
    quiet, loud = sound_of(tone(1, height=0.01), RATE), sound_of(tone(1, height=0.9), RATE)
    assert loudness(quiet.samples) == pytest.approx(loudness(loud.samples), rel=0.01)
    spiky = np.zeros(RATE)
    spiky[100] = 0.5
    assert np.abs(sound_of(spiky, RATE).samples).max() <= 0.95


def test_joined_and_cut() -> None:
    one = sound_of(tone(1), RATE)
    assert joined([one, one], 0.5).seconds == pytest.approx(2.5, abs=0.001)
    assert joined([], 0.5).seconds == 0
    assert cut(one, 0.25).seconds == 0.25


def test_what_is_no_sound_of_ours_is_told_apart() -> None:
    with pytest.raises(soundfile.LibsndfileError):
        read_sound(b"not sound at all")

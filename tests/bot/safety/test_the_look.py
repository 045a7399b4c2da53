"""The first look: what must be noticed, however it is written, and what only sounds alike."""

import json
import random

import pytest
import yaml

from bot.safety import FirstLook, plainly, read_first_look
from bot.safety.__main__ import looked_at
from bot.safety.finding_phrases import Phrase, Phrases, PhraseWrong, read_phrase
from bot.safety.learning import DATA
from bot.safety.reading_broken_words import one_slip


@pytest.fixture(scope="module")
def look() -> FirstLook:
    return read_first_look()


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("I want to die", "suicide"),
        ("i don't want to be alive", "suicide"),
        ("i donʼt want to be alive", "suicide"),
        ("i dont want to be alive any more", "suicide"),
        ("sometimes he HITS me when hes angry", "abuse"),
        ("i’m not safe", "abuse"),
        ("k\u200bill myself", "suicide"),
        ("I cut myself last night", "self_harm"),
        ("they dont feed me", "neglect"),
        ("my dad hits me", "abuse"),
        ("my uncle touches me down there", "sexual_harm"),
        ("they are forcing me to marry my cousin", "violence_or_forced_marriage_at_home"),
        ("I'm running away from home tonight", "running_away"),
        ("I get bullied at college", "bullying_and_hate"),
        ("he is blackmailing me", "exploitation_and_grooming"),
        ("I make myself sick after I eat", "eating"),
        ("I smoke spice every day", "drugs"),
        ("I'm scared of my carer", "frightening_helper"),
        ("I want to stab someone", "harm_to_others"),
    ],
)
def test_a_phrase_acts(look: FirstLook, words: str, kind: str) -> None:
    found = look.look(words)
    assert found is not None
    assert (found.kind, found.how) == (kind, "phrase")


@pytest.mark.parametrize(
    "words",
    [
        "i wanna kil miself",
        "I want to diiiie",
        "i want 2 die",
        "k i l l  m y s e l f",
        "k1ll my_self, kill_myself",
        "k*ll myself",
        "my step dad hirts me",
        "he tuched my privit parts",
        "im gonna kms",
        "they bully me at skool becos im disabled",
        "my carer skares me",
        "mi dad beets me up",
        "i fink about sueside",
        "they dont feed me",
        "WANT TO DIE!!!",
        "i want to dіe",
    ],
)
def test_broken_words_are_read(look: FirstLook, words: str) -> None:
    assert look.look(words) is not None


@pytest.mark.parametrize(
    "words", ["iwanttodie", "i am suicidel", "my brother strangeld me", "he is blackmaling me"]
)
def test_a_slip_that_is_only_guessed_asks(look: FirstLook, words: str) -> None:
    found = look.look(words)
    assert found is not None
    assert found.how in {"ask", "model"}


@pytest.mark.parametrize(
    "words",
    [
        "this game kills me",
        "I'm dying to go to college",
        "my phone died",
        "I hate broccoli",
        "",
        "   ",
        "🙂",
        "I want to be a police officer and help people who have been hurt",
        "in the film the girl gets kidnapped",
        "mum will kill me if I'm late",
        "I cut my finger chopping onions",
        "my little sister kicked me when she was dancing",
        "nobody bullies me now",
        "I feel safe at home",
        "I want to dye my hair",
        "I want to die my hair pink",
        "I've got a bruise from falling out of my wheelchair",
        "my cat scratched me",
        "we beat them three nil and I scored",
        "I want to work with dogs",
        "can I have a coke",
    ],
)
def test_what_only_sounds_alike_is_left(look: FirstLook, words: str) -> None:
    assert look.look(words) is None


def test_a_look_alike_hides_nothing_beside_it(look: FirstLook) -> None:
    found = look.look("My phone died. My dad hits me. This game kills me.")
    assert found is not None
    assert found.kind == "abuse"


def test_no_phrase_begins_in_one_sentence_and_ends_in_another(look: FirstLook) -> None:
    assert look.listed.find(look.reader.read("I saw my dad. Hits me up later he said")) is None


def test_every_phrase_finds_itself(look: FirstLook) -> None:
    dice = random.Random(5)
    for phrase in look.listed.phrases.all:
        said = " ".join(_said(phrase, dice))
        found = look.listed.phrases.find(look.reader.read(f"well, {said.upper()}!"))
        assert any(each.kind == phrase.kind for each in found), (phrase.written, said)


def _said(phrase: Phrase, dice: random.Random) -> list[str]:
    return [
        word
        for piece in phrase.pieces
        if piece.needed and piece.ways
        for word in dice.choice(piece.ways)
    ]


def test_no_ordinary_line_of_ours_is_taken_for_a_phrase(look: FirstLook) -> None:
    lines = yaml.safe_load((DATA / "safety" / "talk.yml").read_text())["talk"]["ordinary"]
    hits = {line for line in lines if look.listed.find(look.reader.read(line))}
    # A few stand there so that the model learns them; the phrase still acts.
    assert len(hits) <= 0.01 * len(lines), hits


@pytest.mark.parametrize(
    "written",
    ["(hit|hits me", "hit|hits me", "hit) me", "<nobody> hits me", "[only] [these]", "(a|) b"],
)
def test_a_phrase_that_cannot_be_read_is_named(look: FirstLook, written: str) -> None:
    with pytest.raises(PhraseWrong, match=r"(?s).*"):
        read_phrase("abuse", written, {}, look.reader.spellings)


def test_a_phrase_is_read_as_the_file_explains(look: FirstLook) -> None:
    lists = {"family": ["mum", "step dad"]}
    phrase = read_phrase(
        "abuse", "<family> [really] (hits|beats [up]) me ... night", lists, look.reader.spellings
    )
    phrases = Phrases([phrase])
    assert list(
        phrases.find(["my", "step", "dad", "beats", "up", "me", "every", "single", "night"])
    )
    assert list(phrases.find(["mum", "really", "hits", "me", "at", "night"]))
    assert not list(phrases.find(["mum", "hits", "the", "dog", "at", "night"]))
    assert not list(
        phrases.find(["mum", "hits", "me", "one", "two", "three", "four", "five", "night"])
    )


@pytest.mark.parametrize(
    ("written", "meant", "one"),
    [
        ("suicde", "suicide", True),
        ("suiicide", "suicide", True),
        ("siucide", "suicide", True),
        ("suixide", "suicide", True),
        ("suicide", "suicide", False),
        ("sucde", "suicide", False),
        ("decide", "suicide", False),
    ],
)
def test_one_slip_is_one_letter(written: str, meant: str, one: bool) -> None:
    assert one_slip(written, meant) is one


def test_without_the_second_layer_the_phrases_still_act(look: FirstLook) -> None:
    class Breaks:
        def weigh(self, _tokens: list[str]) -> None:
            raise MemoryError

    for scales in (None, Breaks()):
        alone = FirstLook(look.listed, look.reader, scales)  # type: ignore[arg-type]
        assert alone.look("I want to die") is not None
        assert alone.look("I want to work with dogs") is None


def test_without_sentence_vectors_the_model_still_notices(look: FirstLook) -> None:
    assert look.scales is not None
    vectors, look.scales.vectors = look.scales.vectors, None
    try:
        found = look.look("nobody would even notice if I was not around, everyone hates me")
        assert found is not None
        assert look.look("I want to work with dogs and cats") is None
    finally:
        look.scales.vectors = vectors


def test_a_very_long_message_is_looked_at_whole_and_soon(look: FirstLook) -> None:
    letter = "I went to the shop and bought some bread. " * 200 + "My dad hits me every night."
    found = look.look(letter)
    assert found is not None
    assert found.kind == "abuse"


def test_lines_of_json_get_what_was_noticed(look: FirstLook) -> None:
    lines = ['{"text": "my dad hits me", "id": 7}', "", '{"text": "hello"}']
    rows = list(looked_at(look, lines))
    assert rows[0] == {
        "text": "my dad hits me",
        "id": 7,
        "alert": "abuse",
        "how": "phrase",
        "matched": "dad hits me",
    }
    assert [rows[1][key] for key in ("alert", "how", "matched")] == [None, None, None]
    with pytest.raises(ValueError, match="Line 1"):
        list(looked_at(look, [json.dumps(["no object"])]))


def test_plainly_keeps_letters_of_any_language() -> None:
    assert plainly("  Ça VA?  أريد ") == "ça va أريد"

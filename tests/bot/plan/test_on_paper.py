"""The plan on paper: read by everybody, four pages at most, under a thousand words, nothing broken.

Two checkers look at every file: one knows PDF/UA's rules, the other reads it as a screen reader.
"""

import io
import logging
from collections.abc import Iterator
from pathlib import Path

import outloud
import page
import pikepdf
import pymupdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.opening_the_door import DATA
from bot.plan.paper import NoPaper, Paper, for_print
from bot.plan.putting_in_words import PlanWords
from bot.reading_words import read_library
from plan_store.opening import Store
from plan_store.reading_a_plan import read_plan
from plan_store.reading_the_conversation import own_recording
from plan_store.symbols import read_symbols
from plan_store.tables import Person, now
from tests.bot.plan.plans import a_huge_plan, a_photo, a_plan_of, a_typical_plan, taken_back, tell
from tests.plan_store.telling_a_plan import Teller

pytestmark = pytest.mark.needs("pango")
on_sqlite = pytest.mark.parametrize("store_settings", ["sqlite"], indirect=True)

# The foot of the page stands outside the tagged text, where no screen reader goes.
KNOWN = {"PAG-001"}
# Of heaped accents some shapes have no text of their own: the first has the text of all.
NO_TEXT = "all map to U+200B"


class Written:
    """A file that was made, and how it reads."""

    def __init__(self, drawn: bytes, folder: Path) -> None:
        self.drawn = drawn
        self.file = folder / "plan.pdf"
        self.file.write_bytes(drawn)
        with pymupdf.open(self.file) as opened:  # type: ignore[no-untyped-call]
            self.pages = opened.page_count
            self.text = " ".join(str(each.get_text()) for each in opened)
            self.fonts = {font[3].partition("+")[2] for each in opened for font in each.get_fonts()}
            self.sizes = {
                span["size"]
                for each in opened
                for block in each.get_text("dict")["blocks"]
                for line in block.get("lines", ())
                for span in line["spans"]
                if span["text"].strip()
            }
            self.headings = [(level, title) for level, title, _ in opened.get_toc()]
        self.words = self.text.split()

    def is_for_everybody(self) -> None:
        """Both checkers find nothing."""
        report = page.validate_pdf(self.file)
        assert [failure.message for failure in report.failures] == []
        assert report.rules.total > 100
        found = [
            (f.rule, f.message)
            for f in outloud.check(str(self.file)).findings
            if f.rule not in KNOWN and NO_TEXT not in f.message
        ]
        assert found == []

    def fits(self) -> None:
        """Four pages, and under a thousand words."""
        assert 1 <= self.pages <= 4
        assert len(self.words) < 1000

    def alternatives(self) -> list[str]:
        """What each picture says, in reading order."""
        with pikepdf.open(self.file) as opened:
            return list(_alternatives(opened.Root.StructTreeRoot))


def _alternatives(node: pikepdf.Object) -> Iterator[str]:
    if isinstance(node, pikepdf.Dictionary):
        if "/Alt" in node:
            yield str(node.Alt)
        if "/K" in node:
            yield from _alternatives(node.K)
    elif isinstance(node, pikepdf.Array):
        for each in node:
            yield from _alternatives(each)


@pytest.fixture(scope="module")
def paper() -> Paper:
    """What draws; it is given plans, so it needs no store."""
    symbols = read_symbols(DATA)
    words = PlanWords(read_library(DATA, symbols.descriptions), symbols)
    return Paper(None, words, symbols, Path())  # type: ignore[arg-type]


def draws(paper: Paper, sam: Teller, files: Path) -> Written:
    with sam.store.reading() as session:
        plan = read_plan(session, sam.person_id)
        assert plan is not None
        photos = {
            part.said.recording.id: files / str(found[0])
            for item in plan.items
            for part in item.said
            if part.said.recording
            and (found := own_recording(session, sam.person_id, part.said.recording.id))
        }
    return Written(paper.draw(plan, photos, now()), files)


@on_sqlite
def test_a_typical_plan(store: Store, paper: Paper, tmp_path: Path) -> None:
    sam = Teller(store)
    a_typical_plan(sam, tmp_path)
    written = draws(paper, sam, tmp_path)
    written.is_for_everybody()
    written.fits()
    with pikepdf.open(written.file) as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert str(opened.docinfo["/Title"]) == "My plan: Sam"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert written.headings[:3] == [
        (1, "My plan: Sam"),
        (2, "What is good now"),
        (2, "What is important to me"),
    ]
    assert "Biscuit and me in the park" in written.alternatives()
    assert "A very happy face." in written.alternatives()
    # In the order it is read: the profile, the dream, the areas of life; within each its words.
    places = [
        written.text.index(words)
        for words in ("I am funny", "Seeing my nan", "the sea in Spain", "work with dogs", "swim")
    ]
    assert places == sorted(places)
    for words in (
        "My voice is on my page.",
        "Somebody was with me.",
        "Very important",
        "Pictures: OpenMoji",
        f"Page 1 of {written.pages}",
        f"{now().year}",
    ):
        assert words in " ".join(written.words)
    assert "There is more in my plan." not in written.text
    # Paper is in the person's own hand: only what somebody else may see is said on it.
    assert "Only me" not in " ".join(written.words)
    assert "Who can see this: Me · My facilitator." in " ".join(written.words)
    assert written.fonts >= {"Atkinson-Hyperlegible", "Atkinson-Hyperlegible-Bold"}
    assert not any("Italic" in font or "Oblique" in font for font in written.fonts)
    assert min(written.sizes) > 13.99  # as the file rounds 14


@on_sqlite
@pytest.mark.parametrize("called", ["Sam", None], ids=["a-name", "no-name"])
def test_an_empty_plan_says_so(
    store: Store, paper: Paper, tmp_path: Path, called: str | None
) -> None:
    sam = Teller(store, called)
    taken_back(sam, tell(sam, "home", None, hope="a castle"))
    written = draws(paper, sam, tmp_path)
    written.is_for_everybody()
    assert written.pages == 1
    assert "There is nothing in my plan yet." in " ".join(written.words)
    assert "castle" not in written.text


@on_sqlite
def test_of_a_huge_plan_the_most_important_and_newest_stand(
    store: Store, paper: Paper, tmp_path: Path
) -> None:
    sam = Teller(store)
    a_huge_plan(sam, tmp_path)
    written = draws(paper, sam, tmp_path)
    written.is_for_everybody()
    written.fits()
    text = " ".join(written.words)
    assert "Most of all I want to sleep well" in text
    assert "House 14" in text
    assert "House 0," not in text
    assert "There is more in my plan. It is on my page." in text
    assert "…" in text
    # Of each heading something stands.
    for heading in ("What is good now", "What is important to me", "My home", "My health"):
        assert (2, heading) in written.headings


@on_sqlite
def test_whom_pictures_are_not_for_gets_none(store: Store, paper: Paper, tmp_path: Path) -> None:
    sam = Teller(store)
    tell(sam, "home", None, hope="a flat")
    assert len(draws(paper, sam, tmp_path).alternatives()) == 1
    with store.writing() as session:
        session.get_one(Person, sam.person_id).pictures = False
    written = draws(paper, sam, tmp_path)
    assert written.alternatives() == []
    assert "CC BY-SA" not in written.text


def test_a_photo_is_turned_made_smaller_and_carries_no_place(tmp_path: Path) -> None:
    file = tmp_path / "photo"
    with Image.open(io.BytesIO(a_photo((3000, 2000)))) as opened:
        about = Image.Exif()
        about[0x0112] = 6  # the camera was held upright
        about.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)  # where it was
        opened.save(file, "JPEG", exif=about)
    printed = for_print(file)
    assert printed is not None
    with Image.open(io.BytesIO(printed)) as opened:
        assert opened.size == (667, 1000)
        assert dict(opened.getexif()) == {}


@on_sqlite
@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(50)])
def test_a_photo_that_is_none_leaves_the_words(
    store: Store, paper: Paper, tmp_path: Path, content: bytes
) -> None:
    sam = Teller(store)
    (tmp_path / "broken").write_bytes(content)
    photo = {"kind": "photo", "media_type": "image/png", "file": "broken", "state": "kept"}
    sam.says(sam.begins("home"), "hope", "my house", sent="photo", how="photo", attachment=photo)
    written = draws(paper, sam, tmp_path)
    written.is_for_everybody()
    assert "my house" in written.text


@on_sqlite
def test_without_pango_there_is_no_paper_and_the_operator_is_told_why(
    store: Store,
    paper: Paper,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def missing(_name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr("bot.plan.paper.importlib.import_module", missing)
    with caplog.at_level(logging.ERROR), pytest.raises(NoPaper):
        draws(paper, Teller(store), tmp_path)
    assert "apt-get install libpango-1.0-0" in caplog.text


WILD = st.one_of(
    st.text(min_size=1, max_size=200),
    st.text(st.characters(categories=["So", "Mn", "Cf", "Sk"]), min_size=1, max_size=60),
    st.sampled_from(
        [
            "👩🏽‍🚀👨‍👩‍👧‍👦🏳️‍🌈" * 30,
            "שלום עולם " * 20,
            "Llanfairpwll" * 200,
            "a" * 10_000,
            "<script>alert(1)</script> {{ plan }} {% raw %} &amp; </p></body>",
            "\u202eevil\u202c \u0000\u0007\ufffe\U0010ffff \ud83d".encode(
                "utf-8", "replace"
            ).decode(),
            "H̷̢̛e̸̡̛l̵̢̛p̶̧̛" * 40,
            "\u035e\u0318 accents in an odd order",
            "word " * 3_000,
            "\n\n\n\t  \u2028",
            "我想和狗一起工作。" * 20,
        ]
    ),
)


@settings(
    max_examples=25,
    deadline=None,
    # A file takes half a second: making a found fault smaller would take many minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(called=WILD, hope=WILD, entry=WILD)
def test_wild_words_break_nothing(
    paper: Paper, tmp_path: Path, called: str, hope: str, entry: str
) -> None:
    written = Written(paper.draw(a_plan_of(called, hope, entry), {}, now()), tmp_path)
    written.is_for_everybody()
    written.fits()

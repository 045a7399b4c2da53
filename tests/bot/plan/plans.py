"""Plans of different sizes, told as people tell them."""

import io
from pathlib import Path

from PIL import Image, ImageDraw

from bot.keeping_files import keep_file
from bot.opening_the_door import DATA
from plan_store.chapters import read_chapters
from plan_store.tables import Aspiration, now
from plan_store.whole_plan import Item, Part, Plan, Said
from tests.plan_store.telling_a_plan import Teller

VERY = {"value": '/tell{"choice": "very"}'}


def a_photo(size: tuple[int, int] = (640, 480)) -> bytes:
    """A drawing of a park, as a JPEG."""
    park = Image.new("RGB", size, "#9fd3f0")
    draw = ImageDraw.Draw(park)
    draw.rectangle((0, size[1] * 2 // 3, *size), fill="#5d9c4f")
    draw.ellipse((size[0] // 2, size[1] // 2, size[0] * 3 // 4, size[1] * 7 // 8), fill="#8a5a2b")
    kept = io.BytesIO()
    park.save(kept, "JPEG")
    return kept.getvalue()


CHAPTERS = read_chapters(DATA / "chapters")


def asked(life_area: str, part: str, number: int = 0) -> str:
    """The key of a chapter's question: of this part, or the entry with this number."""
    chapter = CHAPTERS.about(life_area)
    assert chapter is not None
    if part == "entry":
        return chapter.questions[number].question
    question = chapter.of_part(part)
    return question.question if question else part


def tell(sam: Teller, life_area: str, share: str | None, number: int = 0, **parts: str) -> int:
    """One item, each part an answer to the chapter's question."""
    item = sam.begins(life_area)
    for part, words in parts.items():
        sam.says(item, part, words, question=asked(life_area, part, number))
    if share:
        sam.agrees(item, share)
    return item


def a_typical_plan(sam: Teller) -> None:
    """A profile, four hopes and a dream, with a photo, a voice and an answer."""
    tell(sam, "good_now", "family", 2, entry="I am funny. People like how kind I am 😀")
    photo = keep_file(sam.store.files, sam.person_id, "photo", "image/jpeg", a_photo())
    entry = sam.begins("good_now")
    sam.says(
        entry,
        "entry",
        "Biscuit and me in the park",
        question=asked("good_now", "entry"),
        sent="photo",
        how="photo",
        attachment=photo,
    )
    sam.agrees(entry, "family")
    tell(sam, "important_to_me", "facilitator", entry="Seeing my nan on Sundays")
    tell(sam, "support", "facilitator", entry="Tell me before things change. Do not rush me.")
    work = tell(
        sam,
        "work_learning",
        None,
        hope="I want to work with dogs, or with horses. My uncle says there is a farm.",
        help="My sister can come with me on the first day",
    )
    sam.says(work, "important", "😀 Very", sent="tap", how="tapped", details=VERY)
    said = sam.says(work, "hope", "I want to work with dogs because they are calm, like my Biscuit")
    sam.has_a_short_version(said, "I want to work with dogs", picked=True)
    sam.agrees(work, "facilitator")
    sam.is_answered("There is a dogs’ home near you. Shall we go and see it?", work)
    home = tell(sam, "home", None, hope="My own flat near mum", when="One day")
    voice = keep_file(sam.store.files, sam.person_id, "voice", "audio/ogg", b"OggS" + bytes(100))
    sam.says(home, "help", "", sent="voice", how="spoken", attachment=voice)
    topic = CHAPTERS.about("home")
    if topic is not None and topic.sorting is not None:
        cards = [card.card for card in topic.sorting.cards]
        laid = sam.begins("home", "sorted")
        sam.sorts(laid, **{cards[0]: "like", cards[1]: "like", cards[2]: "dislike"})
    tell(sam, "friends_community", None, hope="أريد أصدقاء جدد")
    health = tell(sam, "health", None)
    sam.says(health, "hope", "swim every week", question=asked("health", "hope"), helped=True)
    sam.says(health, "help", "no thanks", kind="skip")
    tell(sam, "dream", "family", hope="See the sea in Spain", first_step="Look at it with Nan")


def a_huge_plan(sam: Teller, files: Path) -> None:
    """Far more than four pages: long answers, many entries, and one that matters most."""
    long = "and then we went to the beach with all my cousins and it was really good " * 40
    for number in range(15):
        sam.tells("good_now", entry=f"{number} {long}")
        sam.tells("important_to_me", entry=f"Thing {number} that is important to me")
        sam.tells("home", hope=f"House {number}, {long}", help=long, when=long)
    first = sam.tells("health", hope="Most of all I want to sleep well")
    sam.says(first, "important", "😀 Very", sent="tap", how="tapped", details=VERY)
    for number in range(15):
        sam.tells("health", hope=f"Swim {number}")


def taken_back(sam: Teller, item_id: int) -> None:
    """They deleted it."""
    with sam.store.writing() as session:
        session.get_one(Aspiration, item_id).status = "cancelled"


def a_plan_of(called: str, hope: str, entry: str) -> Plan:
    """A plan with these words, as the store would give it."""
    items = (item_of(1, "home", "hope", hope), item_of(2, "good_now", "entry", entry))
    return Plan("x", called, None, items, (), (), (), ())


def item_of(number: int, life_area: str, part: str, words: str) -> Item:
    """One item with one part."""
    said = Said(number, asked(life_area, part), "said", words, "typed", "person", False, now())
    parts = (Part(part, said),)
    kind = "entry" if part == "entry" else "hope"
    return Item(number, kind, life_area, "proposed", 1, now(), None, (), parts, (), ())

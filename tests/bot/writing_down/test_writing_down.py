"""Voices written down: through the reception like any message, once, or a kind word instead."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.keeping_files import keep_file
from bot.opening_the_door import DATA, Door
from bot.receiving import Came
from bot.running_beside import running
from bot.terminal.talking import Talk
from bot.writing_down.asking_the_recogniser import NotWritten, Recogniser, Written
from bot.writing_down.british_words import BritishWords, read_british_words
from bot.writing_down.writing_down import WritingDown
from plan_store.inviting import find_contact
from plan_store.opening import Store
from plan_store.tables import Alert, Attachment, Contact, Incoming, Unheard, now
from tests.bot.open_door import ListenerDouble, an_open_door, kept, replies, somebody, until

Says = Callable[[bytes], Written]


class HearsWhatItIsTold(Recogniser):
    """A recogniser of the test's own, where what is heard does not matter."""

    def __init__(self, says: Says) -> None:
        super().__init__(Path())
        self.says = says
        self.sounds: list[bytes] = []

    async def write_down(self, sound: bytes) -> Written:
        self.sounds.append(sound)
        return self.says(sound)


@asynccontextmanager
async def writing(door: Door, says: Says) -> AsyncIterator[HearsWhatItIsTold]:
    recogniser = HearsWhatItIsTold(says)
    task = asyncio.create_task(WritingDown(door, recogniser, read_british_words(DATA)).run())
    try:
        yield recogniser
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
def listener() -> ListenerDouble:
    listener = ListenerDouble()
    listener.answers = lambda note: kept("kept_voice" if "voice" in str(note) else "kept_words")
    return listener


async def speaks(door: Door, key: str = "1") -> int:
    store = door.in_store.store
    with store.reading() as session:
        ash = find_contact(session, "web", "ash")
    assert ash is not None
    attachment = keep_file(store.files, ash.person_id, "voice", "audio/ogg", b"OggS a voice")
    came = Came("web", "ash", f"web:{key}", "voice", how="spoken", attachment=attachment)
    received = await door.receive(came)
    assert received.message_id is not None
    return received.message_id


def incoming(store: Store, kind: str) -> list[Incoming]:
    with store.reading() as session:
        return list(
            session.scalars(select(Incoming).where(Incoming.kind == kind).order_by(Incoming.id))
        )


def left(store: Store) -> list[str]:
    with store.reading() as session:
        return [row.reason for row in session.scalars(select(Unheard))]


def no_words(_sound: bytes) -> Written:
    raise NotWritten("no_words")


async def test_what_was_spoken_is_heard_as_a_message_of_its_own(
    store: Store, listener: ListenerDouble
) -> None:
    somebody(store)
    async with (
        an_open_door(store, listener) as door,
        writing(
            door, lambda _file: Written("I want to work with my mom.", sure=True)
        ) as recogniser,
    ):
        voice = await speaks(door)
        await until(lambda: listener.texts == ["/sent_voice", "I want to work with my mum."])
        await until(lambda: replies(store) == ["kept_voice", "heard_words", "kept_words"])
    (heard,) = incoming(store, "heard")
    assert (heard.key, heard.how, heard.details) == (
        f"heard:{voice}",
        "spoken",
        {"voice": voice, "serial": 0},
    )
    assert heard.words == "I want to work with my mum."
    (spoken,) = incoming(store, "voice")
    assert spoken.details == {"heard_soon": True, "serial": 0}
    assert recogniser.sounds == [b"OggS a voice"]
    with store.reading() as session:
        name = session.scalars(select(Attachment.file)).one()
    assert store.files.read(name or "") == b"OggS a voice", "the recording stays"


async def test_what_is_heard_in_doubt_says_so(store: Store, listener: ListenerDouble) -> None:
    somebody(store)
    async with (
        an_open_door(store, listener) as door,
        writing(door, lambda _file: Written("docks", sure=False)),
    ):
        voice = await speaks(door)
        await until(lambda: len(incoming(store, "heard")) == 1)
    assert incoming(store, "heard")[0].details == {"voice": voice, "serial": 0, "unsure": True}


async def test_danger_that_was_spoken_acts_at_once(store: Store, listener: ListenerDouble) -> None:
    somebody(store)
    async with (
        an_open_door(store, listener) as door,
        writing(door, lambda _file: Written("I want to die.", sure=False)),
    ):
        await speaks(door)
        await until(lambda: "danger_who_to_call_for_life" in replies(store))
    assert listener.texts == ["/sent_voice"], "nobody else needs to hear it first"
    with store.reading() as session:
        (alert,) = session.scalars(select(Alert)).all()
    assert (alert.words, alert.incoming_id) == ("I want to die.", incoming(store, "heard")[0].id)


async def test_no_words_is_said_once_and_the_voice_is_not_tried_again(
    store: Store, listener: ListenerDouble
) -> None:
    somebody(store)
    async with an_open_door(store, listener) as door, writing(door, no_words) as recogniser:
        await speaks(door)
        await until(lambda: replies(store) == ["kept_voice", "voice_not_written"])
        await speaks(door, "2")
        await until(lambda: replies(store).count("voice_not_written") == 2)
    assert len(recogniser.sounds) == 2
    assert left(store) == ["no_words", "no_words"]
    async with an_open_door(store, listener) as door, writing(door, no_words) as recogniser:
        await asyncio.sleep(1.2)
        assert recogniser.sounds == []


async def test_a_voice_is_written_down_only_after_its_own_answer(
    store: Store, listener: ListenerDouble
) -> None:
    somebody(store)
    listening = listener.answers
    listener.answers = lambda _note: OSError()
    async with (
        an_open_door(store, listener) as door,
        writing(door, lambda _file: Written("dogs", sure=True)) as recogniser,
    ):
        await speaks(door)
        await until(lambda: replies(store) == ["kept_will_answer"])
        assert recogniser.sounds == []
        listener.answers = listening
        await until(lambda: len(incoming(store, "heard")) == 1)


async def test_an_old_voice_is_left_as_it_is(store: Store, listener: ListenerDouble) -> None:
    somebody(store)
    async with an_open_door(store, listener) as door:
        await speaks(door)
        await until(lambda: replies(store) == ["kept_voice"])
        with store.writing() as session:
            session.execute(update(Incoming).values(received_at=now().replace(year=2020)))
        async with writing(door, no_words) as recogniser:
            await speaks(door, "2")
            await until(lambda: len(recogniser.sounds) == 1)
    assert incoming(store, "voice")[0].details == {}, "no words were promised"


async def test_words_written_down_do_not_open_a_blocked_chat(
    store: Store, listener: ListenerDouble
) -> None:
    somebody(store)
    async with an_open_door(store, listener) as door:
        await speaks(door)
        await until(lambda: replies(store) == ["kept_voice"])
        with store.writing() as session:
            session.execute(update(Contact).values(blocked_at=now()))
        async with writing(door, lambda _file: Written("dogs", sure=True)):
            await until(lambda: len(incoming(store, "heard")) == 1)
    with store.reading() as session:
        assert session.scalars(select(Contact.blocked_at)).one() is not None


@pytest.mark.parametrize(
    ("heard", "spelt"),
    [
        ("My mom and Mom's dog", "My mum and Mum's dog"),
        ("Moment, momentum, calm", "Moment, momentum, calm"),
        ("My favorite color", "My favourite colour"),
    ],
)
def test_the_spelling_is_british_and_no_word_becomes_another(heard: str, spelt: str) -> None:
    assert read_british_words(DATA).spelt(heard) == spelt
    assert BritishWords({"a": "b"}).spelt("A cat") == "B cat"


@pytest.mark.parametrize("heard", ["a job with dogs", None])
async def test_a_terminal_waits_for_the_words_of_its_own_voice(
    store: Store, listener: ListenerDouble, tmp_path: Path, heard: str | None
) -> None:
    def says(_: bytes) -> Written:
        if heard is None:
            raise NotWritten("no_words")
        return Written(heard, sure=True)

    voice = tmp_path / "voice.ogg"
    voice.write_bytes(b"OggS a voice")
    async with an_open_door(store, listener) as door:
        recogniser = HearsWhatItIsTold(says)
        writing_down = WritingDown(door, recogniser, read_british_words(DATA), only="terminal")
        talk = Talk(door, "ash", writing_down)
        await talk.sit_down()
        # A voice of the page is not this process's to write down.
        somebody(store)
        await speaks(door)
        async with running(writing_down.run()):
            turn = await talk.turn(f":voice {voice}")
            assert [reply["key"] for reply in turn["replies"]] == ["kept_voice"]
            later = await talk.heard()
            assert later is not None
            expected = "kept_words" if heard else "voice_not_written"
            assert expected in [reply["key"] for reply in later["replies"]]
            assert await talk.heard() is None
    assert len(recogniser.sounds) == 1

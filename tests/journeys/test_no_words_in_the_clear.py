"""After a whole journey nobody's words stand in the clear: not in the database, not in a log, not
in what a crash leaves behind, not in Rasa's memory.
"""

import os
import signal
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from sqlalchemy.engine import make_url

from plan_store.becoming_sixteen import months_before
from plan_store.inviting import find_contact, use_invite
from plan_store.opening import Store
from plan_store.tables import Agreement, Alert, CapacityNote, Person, Statement, now
from tests.journeys.at_the_desk import signed_in
from tests.journeys.conftest import Somebody
from tests.journeys.whole_house import NAMES, House, until
from tests.review.pages import Page as ReadPage

NAME = "Zebulonia"
HOPE = "I want to paint marmaladebridges in Vancouverton"
HELPS = "my auntie Quintessabel holds the ladder"
PLANTED = (
    *(NAME, "marmaladebridges", "Vancouverton", "Quintessabel", "drowningsorrow"),
    *("Ottolinebell", "grandauntie", "houseboatlane", "pictureboards", "nodsthrice"),
)
AGREED = {"name": "Ottolinebell", "relation": "grandauntie", "how": "in_person"}
DECIDED = {
    "decision": "To move to houseboatlane",
    "help": "pictureboards and two visits",
    "finding": "cannot",
    "shown_by": "nodsthrice at both",
}
DANGER = "my uncle hits me. drowningsorrow"


def pieces() -> list[bytes]:
    """What must stand nowhere: the words, in the ways a program may write them."""
    found = []
    for word in PLANTED:
        for form in (word, word.lower(), word.upper()):
            found += [form.encode(), form.encode("utf-16-le"), form.encode().hex().encode()]
    return found


def database(store: Store, var_folder: Path) -> Iterator[tuple[str, bytes]]:
    """The database as a thief would have it: its files, or a dump of all of it."""
    url = make_url(store.settings.store_url)
    if url.get_backend_name() == "sqlite":
        for file in var_folder.glob("myway.sqlite*"):
            yield file.name, file.read_bytes()
        return
    dump = subprocess.run(
        ["pg_dump", url.set(drivername="postgresql").render_as_string(hide_password=False)],
        capture_output=True,
        check=True,
    )
    yield "pg_dump", dump.stdout


def left_behind(house: House) -> Iterator[tuple[str, bytes]]:
    """All that stands on disk: the database, photos and voices, logs, the keeper's report."""
    yield from database(house.store, house.settings.var_folder)
    for path in house.settings.var_folder.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(house.settings.var_folder)), path.read_bytes()


def logs(house: House) -> Iterator[tuple[str, bytes]]:
    """What the house wrote beside its store."""
    for path in (house.settings.var_folder / "logs").rglob("*"):
        if path.is_file():
            yield path.name, path.read_bytes()


def found_in(house: House) -> set[tuple[str, bytes]]:
    return {
        (name, piece)
        for name, content in left_behind(house)
        for piece in pieces()
        if piece in content
    }


def has_alert(store: Store) -> bool:
    """What is answered depends on whether somebody watches the desk now; the alert does not."""
    with store.reading() as session:
        return any(alert.words == DANGER for alert in session.query(Alert))


def at_the_desk(house: House, sam_id: str) -> None:
    """Who agreed for somebody under 16, and a note about one decision, typed into their forms."""
    today = now().date()
    with signed_in(house, "Bea") as bea:
        form = bea.opens("/invite").form("/invite")
        form.fields["age"] = "under_16"
        form = ReadPage(bea.sends(form).text).form("/invite")
        form.fields |= AGREED | {
            "month": months_before(now())[2].isoformat(),
            "on": today.isoformat(),
        }
        made = ReadPage(bea.sends(form).text)
        (link,) = [link for link in made.links if "/i/" in link]
        with house.store.writing() as session:
            assert use_invite(session, link.rpartition("/")[2], "web", "ottoline") is not None
        form = bea.opens(f"/people/{sam_id}").form("/decisions")
        form.fields |= DECIDED | {
            "on": today.isoformat(),
            "review_on": (today + timedelta(days=90)).isoformat(),
        }
        assert "The note is kept" in bea.sends(form).text
        # Half filled in, it is refused, and stands nowhere either.
        form.fields |= {"click": "c" * 32, "help": "", "shown_by": DECIDED["shown_by"]}
        assert bea.sends(form).status_code == 422
    with house.store.reading() as session:
        assert [row.name for row in session.query(Agreement)] == ["Ottolinebell"]
        assert [row.decision for row in session.query(CapacityNote)] == [DECIDED["decision"]]


def is_forgotten(house: House, sam_id: str) -> None:
    """A manager forgets them at the desk, and closes the alert that had to stay."""
    with signed_in(house, "Cy") as cy:
        form = cy.opens(f"/people/{sam_id}/forget").form("/forget")
        form.fields |= {"why": "asked", "sure": "yes"}
        assert "They are forgotten" in cy.sends(form).text
        form = cy.opens("/alerts").form("/forgotten/close")
        form.fields["reason"] = "drowningsorrow was talked about"
        assert "No alert is open." in ReadPage(cy.sends(form).text).text


def process(house: House, name: str) -> psutil.Process:
    """The process that listens on this room's port."""
    port = house.ports[name]
    return next(
        psutil.Process(each.pid)
        for each in psutil.net_connections("tcp")
        if each.status == psutil.CONN_LISTEN and each.laddr and each.laddr[1] == port and each.pid
    )


@pytest.mark.timeout(280)
def test_no_words_of_a_journey_stand_anywhere_in_the_clear(
    house: House, somebody: Somebody
) -> None:
    sam = somebody(NAME, HOPE, HELPS)
    sam.comes_in(house.store)
    sam.walks()
    sam.phone.types(DANGER)
    until(lambda: has_alert(house.store), 20, "an alert", house)
    with house.store.reading() as session:
        words = session.query(Statement.words).all()
        contact = find_contact(session, "telegram", str(sam.phone.user_id))
    assert any(said == HOPE for (said,) in words), "it is all there, for whom it is for"
    assert contact is not None
    at_the_desk(house, contact.person_id)
    assert found_in(house) == set()

    # Each room dies with words in hand: what it says last is no word of theirs.
    for name in NAMES:
        sam.phone.types(f"{HOPE} and {name}")
        os.kill(process(house, name).pid, signal.SIGABRT)
        house.is_well(name)
    assert found_in(house) == set()

    # Forgotten, they are in no table, and no log ever knew who they are.
    is_forgotten(house, contact.person_id)
    with house.store.reading() as session:
        assert session.get(Person, contact.person_id) is None
        assert [alert.words for alert in session.query(Alert)] == [DANGER]
    assert found_in(house) == set()
    named = contact.person_id.encode()
    assert [name for name, log in logs(house) if named in log] == []


def test_rasa_keeps_nothing_on_disk(house: House) -> None:
    rasa = process(house, "rasa")
    written = {
        file.path
        for file in rasa.open_files()
        if file.mode not in {"r", "rb"} and not file.path.startswith(("/dev", "/proc"))
    }
    logs = str(house.settings.var_folder.resolve())
    assert {path for path in written if not path.startswith(logs)} == set()

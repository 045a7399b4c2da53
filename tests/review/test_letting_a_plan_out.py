"""A plan goes out: what is private or not agreed to stays, whose words they are is said, and each
format is read back by a library that nobody here wrote."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import docx
import outloud
import page as pdf_ua
import pymupdf
import pytest
from fhir.resources.R4B.bundle import Bundle
from sqlalchemy import select

from plan_store.answering_a_proposal import answer_proposal
from plan_store.budgeting import agree_budget, set_budget
from plan_store.causes import Cause
from plan_store.opening import Store
from plan_store.proposing_outcomes import propose
from plan_store.settings import StoreSettings
from plan_store.tables import Access, Aspiration, Budget, Facilitator, History, Person, now
from plan_store.taking_steps import Owner, write_step
from review.going_out import __main__ as terminal
from review.going_out.formats import FORMATS
from tests.review.brokering import has_a_budget
from tests.review.conftest import Visitor, facilitator
from tests.review.people import agrees, begins_a_hope, hopes, says, sends, somebody

DOGS, SECRET, WORDING = (
    "I want to work with dogs",
    "I want to move far away",
    "Sam walks dogs on Fridays.",
)
NOT_AGREED, STEP = "Sam works full time.", "Ring the dogs’ home"
FORMULA = "=HYPERLINK(1)"
# Said anew, and not read back yet.
CHANGED = "My own front door"


class Plan:
    """Sam's plan: one shared hope with an agreed outcome and a step, and much that stays."""

    def __init__(self, store: Store) -> None:
        self.store = store
        with store.reading() as session:
            self.ann = session.scalars(select(Facilitator.id)).one()
        self.sam = somebody(store, "Sam")
        self.hope = begins_a_hope(store, self.sam)
        says(store, self.hope, "hope", DOGS)
        says(store, self.hope, "help", FORMULA)
        agrees(store, self.hope)
        hopes(store, self.sam, SECRET, "me")
        self.wording(WORDING, agreed=True)
        self.wording(NOT_AGREED, agreed=False)
        has_a_budget(store, self.sam, self.ann, 12_000)
        with store.writing() as session:
            newest = session.scalars(select(Budget.id)).one()
            agree_budget(session, Cause.by_click(self.sam, self.ann, "a" * 32), newest)
            # A draft that nobody agreed to yet.
            newest = session.scalars(select(Budget.id).order_by(Budget.id.desc())).first() or 0
            cause = Cause.by_click(self.sam, self.ann, "d" * 32)
            set_budget(session, cause, newest, weekly=99_900, yearly=0, once=0, direct_payment=0)
        changed = begins_a_hope(store, self.sam, "home")
        says(store, changed, "hope", "A key")
        agrees(store, changed)
        says(store, changed, "hope", CHANGED)
        pictures = begins_a_hope(store, self.sam, "health", "sorted")
        says(store, pictures, "card_swimming", "Swimming", kind="like")
        agrees(store, pictures)

    def wording(self, words: str, *, agreed: bool) -> None:
        with self.store.writing() as session:
            cause = Cause.by_click(self.sam, self.ann, f"{len(words):032x}")
            version = session.get_one(Aspiration, self.hope).version
            proposed = propose(session, cause, self.hope, version, words)
            assert proposed is not None
            wording_id, outcome_id = proposed.id, proposed.outcome_id
        if not agreed:
            return
        message_id = sends(self.store, self.sam, "yes", "tap", "tapped")
        with self.store.writing() as session:
            answer_proposal(session, Cause.message(self.sam, message_id), wording_id, "agrees")
        with self.store.writing() as session:
            cause = Cause.by_click(self.sam, self.ann, "f" * 32)
            version = session.get_one(Aspiration, self.hope).version
            owner, day = Owner("person"), now().date() + timedelta(days=5)
            write_step(session, cause, self.hope, version, outcome_id, STEP, owner, day)


@pytest.fixture
def plan(store: Store, ann: Visitor) -> Plan:
    return Plan(store)


def gets(ann: Visitor, plan: Plan, called: str) -> bytes:
    ann.response = ann.client.get(f"/people/{plan.sam}/going-out/{called}")
    assert ann.response.status_code == 200, called
    disposition = ann.response.headers["content-disposition"]
    assert disposition.startswith("attachment"), disposition
    assert "Sam" not in disposition, "a file's name says nothing of whom it is about"
    return ann.response.content


def text_of(called: str, content: bytes) -> str:
    if called.endswith("pdf"):
        with pymupdf.open(stream=content) as opened:  # type: ignore[no-untyped-call]
            return " ".join(" ".join(str(each.get_text()).split()) for each in opened)
    if FORMATS[called].ending == "docx":
        return "\n".join(each.text for each in docx.Document(io.BytesIO(content)).paragraphs)
    return content.decode()


@pytest.mark.needs("pango")
@pytest.mark.parametrize("called", sorted(FORMATS))
def test_in_each_format_stands_what_is_shared_and_agreed(
    ann: Visitor, plan: Plan, called: str
) -> None:
    text = text_of(called, gets(ann, plan, called))
    assert DOGS in text
    assert SECRET not in text
    assert NOT_AGREED not in text
    assert CHANGED not in text
    assert "999" not in text
    if not called.startswith("prsb"):
        assert WORDING in text


def test_the_page_leads_to_each_format_and_says_what_stays(ann: Visitor, plan: Plan) -> None:
    page = ann.opens(f"/people/{plan.sam}/going-out")
    linked = {link.rpartition("/")[2] for link in page.links if "/going-out/" in link}
    assert linked == set(FORMATS)
    assert "2 parts of the plan. Left out, until Sam agrees to the words: 2." in page.text


def test_each_file_is_written_down_for_the_person_to_read(ann: Visitor, plan: Plan) -> None:
    gets(ann, plan, "csv")
    with plan.store.reading() as session:
        looks = list(session.scalars(select(Access.what).where(Access.person_id == plan.sam)))
    assert looks[-1] == "export:csv"


def test_who_asked_to_be_forgotten_is_not_there_any_more(ann: Visitor, plan: Plan) -> None:
    with plan.store.writing() as session:
        session.get_one(Person, plan.sam).leaves_at = now()
    ann.response = ann.client.get(f"/people/{plan.sam}/going-out/json")
    assert ann.response.status_code == 404


def test_what_no_document_can_hold_is_left_out(ann: Visitor, plan: Plan) -> None:
    says(plan.store, plan.hope, "when", "soon\x0bor later")
    agrees(plan.store, plan.hope)
    assert "soon or later" in text_of("docx", gets(ann, plan, "docx"))


def test_nobody_takes_out_a_plan_of_somebody_elses(visit, store: Store, plan: Plan) -> None:  # type: ignore[no-untyped-def]
    eve = facilitator(visit, store, "Eve", "facilitator")
    for called in ("", *FORMATS):
        eve.response = eve.client.get(f"/people/{plan.sam}/going-out/{called}".rstrip("/"))
        assert eve.response.status_code == 404, called


def test_an_unknown_format_is_not_there(ann: Visitor, plan: Plan) -> None:
    ann.response = ann.client.get(f"/people/{plan.sam}/going-out/exe")
    assert ann.response.status_code == 404


def test_first_person_stays_first_person_and_whose_words_is_said(ann: Visitor, plan: Plan) -> None:
    said = text_of("ehc", gets(ann, plan, "ehc"))
    section_a, _, rest = said.partition("Section E")
    section_e, _, section_j = rest.partition("Section J")
    assert f"“{DOGS}”" in section_a
    assert "Sam’s own words, typed" in section_a
    assert f"“{WORDING}”" not in section_e
    assert WORDING in section_e
    assert "Sam agreed to these words on" in section_e
    assert f"{STEP} (Sam, by" in section_e
    assert "£120 a week" in section_j
    assert "Agreed on" in section_j
    assert "Likes, of the pictures shown: Swimming" in section_a


def test_the_bundle_is_fhir(ann: Visitor, plan: Plan) -> None:
    content = gets(ann, plan, "fhir")
    bundle = Bundle.model_validate_json(content)
    kinds = [entry.resource.get_resource_type() for entry in bundle.entry or [] if entry.resource]
    assert kinds == ["Patient", "CareTeam", "Goal", "Goal", "CarePlan", "Consent"]
    resources = json.loads(content)["entry"]
    ids = {entry["fullUrl"] for entry in resources}
    # Whatever one resource points to is in the bundle.
    pointed = set(_references(resources))
    assert pointed <= ids
    assert pointed
    again = json.loads(gets(ann, plan, "fhir"))["entry"]
    assert [entry["fullUrl"] for entry in again] == [entry["fullUrl"] for entry in resources]
    (step,) = next(e["resource"] for e in resources if e["resource"]["resourceType"] == "CarePlan")[
        "activity"
    ]
    assert step["detail"]["description"] == STEP


def _references(found: object) -> list[str]:
    if isinstance(found, dict):
        here = [found["reference"]] if isinstance(found.get("reference"), str) else []
        return here + [each for part in found.values() for each in _references(part)]
    if isinstance(found, list):
        return [each for part in found for each in _references(part)]
    return []


def test_no_cell_is_a_formula(ann: Visitor, plan: Plan) -> None:
    rows = list(csv.DictReader(io.StringIO(gets(ann, plan, "csv").decode("utf-8-sig"))))
    assert f"'{FORMULA}" in [row["words"] for row in rows]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    assert [row["what"] for row in rows] == ["hope", "hope", "outcome", "step", "sorted"]


@pytest.mark.needs("pango")
@pytest.mark.parametrize("called", ["pdf", "ehc-pdf", "prsb-pdf"])
def test_the_paper_can_be_read_by_everybody(
    ann: Visitor, plan: Plan, called: str, tmp_path: Path
) -> None:
    file = tmp_path / "plan.pdf"
    file.write_bytes(gets(ann, plan, called))
    assert [failure.message for failure in pdf_ua.validate_pdf(file).failures] == []
    assert [found.message for found in outloud.check(str(file)).findings] == []
    with pymupdf.open(file) as opened:  # type: ignore[no-untyped-call]
        assert opened.get_toc()[0][1].startswith("Sam: ")


def test_at_a_terminal(
    plan: Plan,
    store_settings: StoreSettings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATABASE_URL", store_settings.database_url)
    monkeypatch.setenv("VAR_FOLDER", str(store_settings.var_folder))
    target = tmp_path / "plan.json"
    assert terminal.main([plan.sam, "--as", "json", "--to", str(target)]) == 0
    assert DOGS in target.read_text()
    with plan.store.reading() as session:
        assert "exports_json" in session.scalars(select(History.what)).all()
    assert terminal.main(["nobody", "--as", "json"]) == 1
    assert "nobody with this id" in capsys.readouterr().err
    assert terminal.main([plan.sam, "--as", "json", "--to", str(tmp_path / "no" / "x")]) == 1
    assert "cannot be written" in capsys.readouterr().err

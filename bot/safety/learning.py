"""Learning the second layer from our own lines, when they have changed and not otherwise.

Comes in: `data/safety` and, as ordinary talk, `data/talk/nlu`. Goes out: one file of numbers in
var/models, named after all it was made from. `python -m bot.safety.making_ready` says where it is.
"""

import fcntl
import hashlib
import logging
import random
import re
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.safety.counting_grams import BUCKETS, grams
from bot.safety.finding_phrases import Listed, Phrase, read_listed
from bot.safety.reading_broken_words import BREAK, Reader, read_spellings, read_yaml
from bot.safety.sentence_vectors import SIZE, SentenceVectors, load_vectors
from bot.safety.weighing import Weights, save_weights

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
DATA, MODELS = ROOT / "data", ROOT / "var" / "models"
MODELS_KEPT = 3
# What the numbers depend on besides the lines.
LEARNT_BY = (
    "counting_grams",
    "finding_phrases",
    "learning",
    "reading_broken_words",
    "sentence_vectors",
)
ORDINARY = "ordinary"
# Of the listener's own examples so many are taken as ordinary talk: enough, and quickly learnt.
MOST_ORDINARY_TALK = 1200
# Each phrase is said in so many ways, each counting as much as this against a written line.
WAYS_OF_A_PHRASE, WORTH_OF_A_WAY = 2, 0.7
# How freely the weights may move: chosen on folds of our own lines.
FREEDOM, FREEDOM_OF_KINDS = 5.0, 5.0
_MARKED = re.compile(r"\[([^\]]*)\](?:\{[^}]*\}|\([^)]*\))")

Matrix = npt.NDArray[np.float32]


def model_for(data: Path = DATA, models: Path = MODELS) -> Path:
    """The file for what lies under `data` now; learnt first if there is none yet."""
    file = models / f"first_look-{fingerprint(data)}.npz"
    if file.is_file():
        return file
    models.mkdir(parents=True, exist_ok=True)
    with (models / ".first_look").open("w") as lock:
        # Two who ask at once wait for one.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.is_file():
            log.info("The first look learns: its lines have changed.")
            unfinished = file.with_suffix(".unfinished")
            save_weights(learn(data), unfinished)
            unfinished.replace(file)
            kept = sorted(models.glob("first_look-*.npz"), key=lambda old: old.stat().st_mtime)
            for old in kept[:-MODELS_KEPT]:
                old.unlink(missing_ok=True)
    return file


def fingerprint(data: Path) -> str:
    """16 hex digits that change when anything does that the numbers are made from."""
    digest = hashlib.sha256()
    sources = [*(data / "safety").glob("*.yml"), *(data / "talk" / "nlu").glob("*.yml")]
    for file in [*sorted(sources), *(HERE / f"{name}.py" for name in LEARNT_BY)]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def learn(data: Path) -> Weights:
    """Learn from the lines; the same lines always give the same numbers."""
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 - only learning needs them
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    spellings = read_spellings(data)
    listed = read_listed(data, spellings)
    reader = Reader(spellings, listed.phrases.words())
    vectors = load_vectors()
    lines = [*written_lines(data, listed, reader), *said_phrases(listed)]
    rows = [grams(tokens) for _kind, tokens, _worth in lines]
    counted = csr_matrix(
        (
            [value for row in rows for value in row.values()],
            [bucket for row in rows for bucket in row],
            np.cumsum([0, *(len(row) for row in rows)]),
        ),
        shape=(len(rows), BUCKETS),
        dtype=np.float32,
    )
    meant = _vectors_of(lines, vectors)
    both = hstack([counted, csr_matrix(meant)]).tocsr()
    worth = np.array([worth for _kind, _tokens, worth in lines])
    kinds = np.array([kind for kind, _tokens, _worth in lines])
    danger = kinds != ORDINARY

    def fitted(features: object, answers: object, freedom: float, worth: object) -> object:
        model = LogisticRegression(C=freedom, max_iter=3000, class_weight="balanced")
        return model.fit(features, answers, sample_weight=worth)

    whole: LogisticRegression = fitted(both, danger, FREEDOM, worth)
    alone: LogisticRegression = fitted(counted, danger, FREEDOM, worth)
    which: LogisticRegression = fitted(both[danger], kinds[danger], FREEDOM_OF_KINDS, worth[danger])
    return Weights(
        tuple(map(str, which.classes_)),
        whole.coef_[0].astype(np.float32),
        float(whole.intercept_[0]),
        alone.coef_[0].astype(np.float32),
        float(alone.intercept_[0]),
        which.coef_.astype(np.float32),
        which.intercept_.astype(np.float32),
    )


def _vectors_of(
    lines: list[tuple[str, list[str], float]], vectors: SentenceVectors | None
) -> Matrix:
    if vectors is None:
        return np.zeros((len(lines), SIZE), dtype=np.float32)
    return np.array([vectors.of(" ".join(tokens)) for _kind, tokens, _worth in lines])


def written_lines(
    data: Path, listed: Listed, reader: Reader
) -> Iterator[tuple[str, list[str], float]]:
    """The lines of `talk.yml`, and the listener's own examples as ordinary talk."""
    for kind, lines in read_yaml(data / "safety" / "talk.yml")["talk"].items():
        for line in lines:
            yield kind, _plain(listed, reader, line), 1.0
    talk = sorted(set(ordinary_talk(data)), key=lambda line: (crc32(line.encode()), line))
    for line in talk[:MOST_ORDINARY_TALK]:
        tokens = reader.read(line)
        if listed.find(tokens) is None:
            yield ORDINARY, _plain(listed, reader, line), 1.0


def ordinary_talk(data: Path) -> Iterator[str]:
    """The examples the listener learns from, without their marks."""
    for file in sorted((data / "talk" / "nlu").glob("*.yml")):
        for entry in read_yaml(file).get("nlu") or ():
            for line in str(entry.get("examples", "")).splitlines():
                if plain := _MARKED.sub(r"\1", line.lstrip("- ").strip()):
                    yield plain


def said_phrases(listed: Listed) -> Iterator[tuple[str, list[str], float]]:
    """Each phrase, said in a few of its ways: what acts by itself is also learnt from.

    Its ways are always the same, whatever other phrases there are: a new one changes little else.
    """
    for phrase in listed.phrases.all:
        dice = random.Random(phrase.written)  # noqa: S311 - the same each time, on purpose
        for _ in range(WAYS_OF_A_PHRASE):
            yield phrase.kind, _said(phrase, dice), WORTH_OF_A_WAY


def _said(phrase: Phrase, dice: random.Random) -> list[str]:
    said: list[str] = []
    for piece in phrase.pieces:
        if piece.ways and (piece.needed or dice.random() < 0.5):  # noqa: PLR2004
            said.extend(dice.choice(piece.ways))
    return said


def _plain(listed: Listed, reader: Reader, line: str) -> list[str]:
    return [token for token in listed.without_look_alikes(reader.read(line)) if token != BREAK]

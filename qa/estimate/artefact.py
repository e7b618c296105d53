"""The trained weights on disk: one safetensors file and a JSON file that vouches for it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa.errors import ModelError

__all__ = ["FORMAT", "Artefact", "fingerprint", "read", "write"]

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Artefact:
    """Named arrays, their description, and the hash they were checked against."""

    tensors: Mapping[str, NDArray[Any]]
    meta: Mapping[str, Any]
    sha256: str


def write(path: Path, tensors: Mapping[str, NDArray[Any]], meta: Mapping[str, Any]) -> str:
    """Write ``path`` (``….safetensors``) and the JSON beside it; return the hash of the tensors."""
    from safetensors.numpy import save

    data = save({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()})
    digest = hashlib.sha256(data).hexdigest()
    path.write_bytes(data)
    described = {"format": FORMAT, "sha256": digest, **meta}
    path.with_suffix(".json").write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return digest


def read(path: Path) -> Artefact:
    """Read and verify what :func:`write` wrote.

    Raises ModelError when a file is missing, of another format, or not the one that was described.
    """
    from safetensors.numpy import load

    try:
        meta = json.loads(path.with_suffix(".json").read_text("utf-8"))
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise ModelError(
            f"cannot read the estimator's weights at {path}: {error}; reinstall relecture"
        ) from None
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        raise ModelError(f"{path} is of another format than {FORMAT}; reinstall relecture")
    digest = hashlib.sha256(data).hexdigest()
    if digest != meta.get("sha256"):
        raise ModelError(f"the estimator's weights at {path} are damaged (hash differs); reinstall relecture")
    return Artefact(load(data), meta, digest)


def fingerprint(paths: Iterable[Path]) -> str:
    """First 8 hex digits over the contents of ``paths`` in sorted order: which model made a score.

    Raises OSError when one cannot be read.
    """
    digest = hashlib.sha256()
    for path in sorted(paths):
        with path.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:8]

"""The sample corpora: installed inside the package from the ``corpora`` folder of the checkout."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

__all__ = ["Sample", "samples"]


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample document pair."""

    name: str
    title: str
    source_lang: str
    target_lang: str
    source: Path
    target: Path
    glossary: Path | None


def samples() -> Iterator[Sample]:
    """The samples in the order of ``corpora/manifest.toml``."""
    folder = Path(str(files("qa.corpora")))
    manifest = tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))
    for entry in manifest["corpus"]:
        home = folder / entry["name"]
        yield Sample(
            name=entry["name"],
            title=entry["title"],
            source_lang=entry["source_lang"],
            target_lang=entry["target_lang"],
            source=home / entry["source"],
            target=home / entry["target"],
            glossary=home / entry["glossary"] if "glossary" in entry else None,
        )

"""What is installed: every package, every data file, the sample corpora."""

from __future__ import annotations

import tomllib
from pathlib import Path

import qa
from qa.cli.samples import samples

ROOT = Path(__file__).parent.parent
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_package_is_listed() -> None:
    found = {".".join(p.parent.relative_to(ROOT).parts) for p in (ROOT / "qa").rglob("*.py")}
    assert set(SETUPTOOLS["packages"]) == found | {"qa.corpora"}


def test_every_data_file_has_an_installed_suffix() -> None:
    patterns = SETUPTOOLS["package-data"]["qa"]
    left_out = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "qa").rglob("*")
        if path.is_file()
        and path.suffix not in {".py", ".pyc"}
        and not any(path.match(pattern) for pattern in patterns)
    ]
    assert left_out == []


def test_samples_are_complete() -> None:
    everything = list(samples())
    assert len(everything) >= 4
    assert len({sample.title for sample in everything}) == len(everything)
    for sample in everything:
        for path in (sample.source, sample.target, sample.glossary):
            assert path is None or path.is_file()


def test_version_is_stated_once() -> None:
    assert qa.__version__ in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

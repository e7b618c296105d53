"""Which dictionary is taken, and what the check of spelling does without one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa.checks.base import Context
from qa.checks.runner import run
from qa.model import Flag, Segment
from qa.terms import hunspell
from qa.terms.glossary import Glossary, Term


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    hunspell.load.cache_clear()
    yield
    hunspell.load.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RELECTURE_HUNSPELL", str(tmp_path))
    return tmp_path


def write(folder: Path, name: str, *words: str, encoding: str = "UTF-8") -> None:
    (folder / f"{name}.aff").write_text(f"SET {encoding}\n", encoding="ascii")
    (folder / f"{name}.dic").write_text("\n".join([str(len(words)), *words, ""]), encoding=encoding)


def flags(
    target: str, language: str = "en", *, source: str = "", glossary: Glossary | None = None
) -> list[Flag]:
    context = Context("ru", language, [Segment(1, source, target)], glossary=glossary)
    return list(run(context, only=["spelling"])[1])


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("en-AU", "en_US"),
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("ca", "ca-valencia"),
        ("sr", "sr_RS"),
        ("sr-Latn", "sr_Latn_RS"),
        ("nb", "no"),
        ("de", None),
        ("pl", None),
    ],
)
def test_the_dictionary_of_a_language(folder: Path, tag: str, expected: str | None) -> None:
    names = "en_GB en_US en_ZA fr fr-classique ca-valencia sr_RS sr_Latn_RS no de_med hyph_pl"
    for name in names.split():
        write(folder, name)
    (folder / "pl_PL.aff").touch()  # without its .dic
    found = hunspell.find(tag)
    assert (found and found.stem) == expected


def test_the_first_folder_wins_between_equals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = [tmp_path / name for name in ("missing", "b", "a")]
    for one in folders[1:]:
        one.mkdir()
        write(one, "en_US")
    monkeypatch.setenv("RELECTURE_HUNSPELL", os.pathsep.join(map(str, folders)))
    assert hunspell.find("en") == tmp_path / "b" / "en_US.aff"


def test_the_systems_folders_come_after_dicpath(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "en_US")
    monkeypatch.delenv("RELECTURE_HUNSPELL")
    monkeypatch.setenv("DICPATH", str(tmp_path))
    assert hunspell.find("en") == tmp_path / "en_US.aff"


def test_american_english_comes_with_chunspell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RELECTURE_HUNSPELL")
    monkeypatch.delenv("DICPATH", raising=False)
    monkeypatch.setattr(hunspell, "_FOLDERS", ())
    monkeypatch.setattr(hunspell, "_SUITES", (str(tmp_path),))
    assert [flag.text for flag in flags("The goverment met.")] == ["goverment"]


def test_nothing_without_a_dictionary(folder: Path) -> None:
    assert flags("The goverment met.") == []


def test_nothing_without_chunspell(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "en_US", "government")
    monkeypatch.setitem(sys.modules, "hunspell", None)
    assert flags("The goverment met.") == []


def test_a_dictionary_in_another_encoding(folder: Path) -> None:
    write(folder, "fr_FR", "différent", "général", encoding="ISO8859-1")
    (flag,) = flags("un généarl, un coœur", "fr")
    assert (flag.text, flag.fix[0].text) == ("généarl", "général")


def test_terms_of_the_glossary_are_right(folder: Path) -> None:
    write(folder, "en_US", "government")
    glossary = Glossary((Term("x", ("Goverment Ltd",)),))
    assert flags("The goverment met.", glossary=glossary) == []


def test_what_is_surer_has_more_confidence(folder: Path) -> None:
    write(folder, "en_US", "these", "demining", "people", "starter")
    sure, doubtful = flags("thsee are, as a startler")
    assert sure.confidence > doubtful.confidence


def test_endless_words_cost_nothing(folder: Path) -> None:
    write(folder, "en_US", "government")
    assert flags("ab" * 200_000 + " " + "-".join(["goverment"] * 20_000)) == []


def test_nothing_in_scripts_without_capitals(folder: Path) -> None:
    write(folder, "ar", "الحكومة")
    assert flags("الحكومه", "ar") == []

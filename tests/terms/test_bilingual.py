"""Dictionaries of StarDict and dictd: written here as those programs write them, and broken on purpose."""

import gzip
import struct
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.checks.base import Context
from qa.checks.sense import WrongSense
from qa.errors import FormatError, InputError, LimitError, QAError
from qa.model import Flag, Segment, Severity
from qa.terms import bilingual
from qa.terms.bilingual import Dictionary

ENTRIES = {
    "удар": "удар <i>m</i>\n1. coup\n2. frappe, attaque",
    "газета": "газета\njournal; feuille",
    "снова": "encore une fois",
}
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def base64_number(value: int) -> str:
    digits = _ALPHABET[value % 64]
    while value := value // 64:
        digits = _ALPHABET[value % 64] + digits
    return digits


def write(folder: Path, entries: Mapping[str, str], kind: str, name: str = "free-rus-fra") -> Path:
    """The dictionary's files; the path to give. ``kind``: dictd, dictd packed, stardict, stardict 64."""
    data, lines, index = b"", [], b""
    for word, text in entries.items():
        entry = text.encode()
        lines.append(f"{word}\t{base64_number(len(data))}\t{base64_number(len(entry))}\n")
        index += word.encode() + b"\0" + struct.pack(">QI" if "64" in kind else ">II", len(data), len(entry))
        data += entry
    path = folder / name
    if "packed" in kind:
        path.with_suffix(".dict.dz").write_bytes(gzip.compress(data))
    else:
        path.with_suffix(".dict").write_bytes(data)
    if "dictd" in kind:
        path.with_suffix(".index").write_text("00databaseshort\tA\tA\n" + "".join(lines), "utf-8")
        return path.with_suffix(".index")
    bits = "idxoffsetbits=64\n" if "64" in kind else ""
    about = f"StarDict's dict ifo file\nversion=3.0.0\nbookname=Test\n{bits}sametypesequence=m\n"
    path.with_suffix(".ifo").write_text(about, "utf-8")
    path.with_suffix(".idx").write_bytes(index)
    return path.with_suffix(".ifo")


@pytest.mark.parametrize("kind", ["dictd", "dictd packed", "stardict", "stardict 64", "stardict packed"])
def test_entries_are_found_in_every_format(tmp_path: Path, kind: str) -> None:
    found = Dictionary.load(write(tmp_path, ENTRIES, kind))
    assert found.languages == ("ru", "fr")
    assert found.entry("Удар") == ENTRIES["удар"].replace("<i>", " ").replace("</i>", " ")
    assert found.entry("grève") is None
    assert found.entry("00databaseshort") is None


@pytest.mark.parametrize(
    ("word", "rendering", "expected"),
    [
        ("удар", "frappes", True),  # in another form
        ("удар", "grève", False),
        ("снова", "une fois", True),  # side by side
        ("снова", "fois une", False),
        ("мир", "paix", None),
    ],
)
def test_renderings_are_looked_for_by_their_forms(
    tmp_path: Path, word: str, rendering: str, expected: bool | None
) -> None:
    assert Dictionary.load(write(tmp_path, ENTRIES, "dictd")).renders(word, rendering, "fr") is expected


@pytest.mark.parametrize(
    ("name", "covered"),
    [("freedict-rus-fra", True), ("freedict-fra-rus", False), ("my words", True), ("ru-en", False)],
)
def test_a_name_may_say_the_languages(tmp_path: Path, name: str, covered: bool) -> None:
    assert Dictionary.load(write(tmp_path, ENTRIES, "dictd", name)).covers("ru-RU", "fr-CA") is covered


def test_broken_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, ENTRIES, "dictd")
    with pytest.raises(FormatError, match=r"\.ifo"):
        Dictionary.load(tmp_path / "words.csv")
    with pytest.raises(InputError, match="not found"):
        Dictionary.load(tmp_path / "none.index")
    (tmp_path / "bad.index").write_text("word without places\n")
    with pytest.raises(FormatError, match="line 1"):
        Dictionary.load(tmp_path / "bad.index")
    (tmp_path / "bad.ifo").write_text("something else")
    with pytest.raises(FormatError, match="StarDict"):
        Dictionary.load(tmp_path / "bad.ifo")
    (tmp_path / "empty.index").write_text("")
    with pytest.raises(FormatError, match="no entries"):
        Dictionary.load(tmp_path / "empty.index")
    packed = write(tmp_path, ENTRIES, "dictd packed", "cut")
    (tmp_path / "cut.dict.dz").write_bytes((tmp_path / "cut.dict.dz").read_bytes()[:-12])
    with pytest.raises(InputError, match="cannot be read"):
        Dictionary.load(packed)
    monkeypatch.setattr(bilingual, "_LIMIT", 20)
    with pytest.raises(LimitError):
        Dictionary.load(path)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=60), st.sampled_from([".index", ".ifo"]))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, index: bytes, data: bytes, suffix: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"any{suffix}"
    path.write_bytes(index if suffix == ".index" else b"StarDict's dict ifo file\n")
    path.with_suffix(".idx").write_bytes(index)
    path.with_suffix(".dict").write_bytes(data)
    try:
        found = Dictionary.load(path)
    except QAError:
        return
    for word in list(found._places)[:3]:
        assert isinstance(found.entry(word), str)
        assert found.renders(word, "mot", "fr") in (True, False)


def flag(tmp_path: Path, entry: str | None) -> Flag:
    """What is said of «grèves» for «удары» with a dictionary that has ``entry``."""
    words = {"стол": "table"} if entry is None else {"удар": entry}
    dictionary = Dictionary.load(write(tmp_path, words, "dictd"))
    segment = Segment(1, "Удары по Киеву продолжаются.", "Les grèves sur Kiev continuent.")
    ((_, found),) = WrongSense().check_document(Context("ru", "fr", [segment], dictionaries=[dictionary]))
    return found


def test_a_dictionary_makes_a_wrong_sense_surer_or_doubtful(tmp_path: Path) -> None:
    silent, agrees, objects = (flag(tmp_path, entry) for entry in (None, "coup; frappe", "coup; grève"))
    assert objects.confidence < silent.confidence < agrees.confidence
    assert objects.severity is Severity.MINOR
    assert "free-rus-fra agrees" in agrees.message
    assert "dictionary" not in silent.message
    assert flag(tmp_path, "quelque chose").confidence == silent.confidence

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.store.text import clean, fold


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_clean_text_can_be_stored_and_keeps_its_length(text: str) -> None:
    kept = clean(text)
    assert len(kept) == len(text)
    kept.encode()
    assert "\x00" not in kept
    assert all(a == b or b == "\ufffd" for a, b in zip(text, kept, strict=True))


@given(st.text())
@example("ᾳ\u0345")
@example("İ")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Été", "ETE"), ("ГОРОД", "город"), ("Straße", "STRASSE"), ("ﬁn", "FIN"), ("Ёлка", "елка"), ("ά", "Α")],
)
def test_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("кот", "код"), ("की", "का"), ("か", "が")])
def test_not_alike(one: str, other: str) -> None:
    assert fold(one) != fold(other)


WORDS = st.text(alphabet="aбé \"'*^-_%()ß法院😀\n", min_size=1, max_size=8)


@given(st.lists(WORDS, min_size=1, max_size=5), WORDS)
def test_the_trigram_index_finds_what_a_scan_finds(texts: list[str], needle: str) -> None:
    """The index as the migration makes it: with the quoting used, it is an exact search for substrings."""
    needle = fold(needle)
    if len(needle) < 3:
        return
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(folded, tokenize='trigram', columnsize=0)")
    connection.executemany("INSERT INTO t (rowid, folded) VALUES (?, ?)", enumerate(map(fold, texts), 1))
    phrase = '"' + needle.replace('"', '""') + '"'
    found = connection.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid", (phrase,))
    assert [row[0] for row in found] == [n for n, text in enumerate(texts, 1) if needle in fold(text)]
    connection.close()

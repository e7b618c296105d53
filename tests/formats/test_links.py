"""Alignment links: what is written can be read back, by us and by others."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import FormatError, UnknownNameError
from qa.formats import LINK_FORMATS, read_links, read_pairs, write_links
from qa.model import Document, Link, Sentence


def document(lang: str, *texts: str) -> Document:
    at, sentences = 0, []
    for index, text in enumerate(texts):
        sentences.append(Sentence(index, text, at, at + len(text)))
        at += len(text) + 1
    return Document("\n".join(texts), lang, tuple(sentences))


RU = document("ru", "Он пришёл.", "Она ушла & <плакала>.", "Всё.")
FR = document("fr", "Il est venu, elle est partie.", "Ajout.")
LINKS = (Link((0, 1), (0,), 0.83), Link((), (1,), 0.5), Link((2,), (), 1.0))


def written(format: str, links=LINKS, source=RU, target=FR) -> str:
    stream = io.StringIO()
    write_links(stream, format, links, source, target)
    return stream.getvalue()


def test_jsonl_is_the_contract() -> None:
    assert written("jsonl").splitlines() == [
        '{"source_index": [0, 1], "target_index": [0], "score": 0.83}',
        '{"source_index": [], "target_index": [1], "score": 0.5}',
        '{"source_index": [2], "target_index": [], "score": 1.0}',
    ]


def test_tsv_holds_the_texts_on_one_line_each(tmp_path: Path) -> None:
    text = written("tsv")
    assert text.splitlines()[1] == "Он пришёл. Она ушла & <плакала>.\tIl est venu, elle est partie.\t0.8300"
    path = tmp_path / "a.tsv"
    path.write_text(text, encoding="utf-8")
    assert [(p.source, p.target) for p in read_pairs(path).pairs][1:] == [("", "Ajout."), ("Всё.", "")]


def test_ladder_counts_what_lies_before() -> None:
    assert written("ladder") == "0\t0\t0.8300\n2\t1\t0.5000\n2\t2\t1.0000\n3\t2\t0\n"


def test_tmx_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(written("tmx"), encoding="utf-8")
    table = read_pairs(path)
    assert (table.source_lang, table.target_lang) == ("ru", "fr")
    assert [(p.source, p.target, p.id) for p in table.pairs] == [
        ("Он пришёл.\nОна ушла & <плакала>.", "Il est venu, elle est partie.", "1"),
        ("", "Ajout.", "2"),
        ("Всё.", "", "3"),
    ]


def test_hostile_texts_are_written_safely(tmp_path: Path) -> None:
    odd = document("en", "a\tb\0c\ud800]]>&amp;\u2028d")
    for format in LINK_FORMATS.names():
        written(format, (Link((0,), (0,), 1.0),), odd, odd).encode("utf-8")
    path = tmp_path / "a.tmx"
    path.write_text(written("tmx", (Link((0,), (0,), 1.0),), odd, document("de", "x")), encoding="utf-8")
    assert read_pairs(path).pairs[0].source == "a\tb\ufffdc\ufffd]]>&amp;\u2028d"
    assert written("tsv", (Link((0,), (), 1.0),), odd, odd).count("\n") == 2


def test_unknown_format_lists_the_known() -> None:
    with pytest.raises(UnknownNameError, match="known: jsonl, ladder, tmx, tsv"):
        written("xml")


def test_gold_lines(tmp_path: Path) -> None:
    path = tmp_path / "doc.gold"
    path.write_bytes(b"[0, 1]:[2]\r\n[]:[3]\n\n# note\n[2]:[]\n[3]:[4]:0.25\n")
    assert read_links(path) == (
        Link((0, 1), (2,), 1.0),
        Link((), (3,), 1.0),
        Link((2,), (), 1.0),
        Link((3,), (4,), 0.25),
    )


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[0]:[1]\n0-1\n", "line 2: no alignment link"),
        ("[0]:[1]:e+\n", "line 1: no alignment link"),
        ("\n", "no alignment links in it"),
        ('{"source_index": [0]}\n', "line 1: 'target_index' must be a list"),
        ('{"source_index": [0], "target_index": [-1]}\n', "'target_index' must be a list"),
        ('{"source_index": [true], "target_index": []}\n', "'source_index' must be a list"),
        ('{"source_index": [0], "target_index": [1], "score": "x"}\n', "'score' is no number"),
        ('{"source_index": [0], "target_index": [1]}\nx\n', "line 2: no JSON"),
    ],
)
def test_links_that_are_none(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "a"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FormatError, match=says):
        read_links(path)


INDICES = st.lists(st.integers(0, 30), max_size=4, unique=True).map(lambda found: tuple(sorted(found)))


@settings(deadline=None, max_examples=50)
@given(
    links=st.lists(
        st.builds(Link, INDICES, INDICES, st.integers(0, 1000).map(lambda n: n / 1000)), min_size=1
    )
)
def test_jsonl_and_gold_round_trip(links: list[Link], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("links") / "a"
    path.write_text(written("jsonl", links), encoding="utf-8")
    assert read_links(path) == tuple(links)
    path.write_text(
        "".join(f"{list(link.source)}:{list(link.target)}:{link.score}\n" for link in links), encoding="utf-8"
    )
    assert read_links(path) == tuple(links)
    assert all(json.loads(line) for line in written("jsonl", links).splitlines())

"""Alignment links: what is written can be read back, by us and by others."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import FormatError, QAError, UnknownNameError, UsageError
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
        ("0\t0\t0.5\n1\tx\n", "line 2: no rung of a ladder"),
        ("0\t0\t0.5\n2\t2\t1\n1\t3\t1\n", "line 3: the ladder goes back"),
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


def test_hunaligns_own_ladder(tmp_path: Path) -> None:
    path = tmp_path / "a.ladder"
    path.write_text("0\t0\t1.35\n2\t1\t-0.3\n2\t2\tnan\n2\t2\t0\n4\t3\t0\n", encoding="utf-8")
    assert read_links(path) == (
        Link((0, 1), (0,), 1.0),
        Link((), (1,), 0.0),
        Link((2, 3), (2,), 0.0),
    )


def test_a_line_of_qa_check_is_a_link(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"source_index": [0], "target_index": [1, 0], "score": {"quality": 61.3}}\n')
    assert read_links(path) == (Link((0,), (0, 1), 1.0),)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[0]:[0]\n[3]:[1]\n", "line 2: source sentence 3 (counted from 0), but the source has 3"),
        ("[0]:[0]\n[1]:[2]\n", "line 2: target sentence 2 (counted from 0), but the target has 2"),
        (
            "[0]:[0]\n\n[0, 1]:[1]\n",
            "line 3: source sentence 0 (counted from 0) is linked twice, first in line 1",
        ),
        ("[1, 1]:[1]\n", "line 1: source sentence 1 (counted from 0) is linked twice"),
        ("0\t0\t1\n999999999\t5\t1\n", "line 2: sentence 999,999,999"),
        ("0\t0\t1\n1\t5\t1\n", "line 1: target sentence 2 (counted from 0)"),
        (
            "source\ttarget\nОн пришёл.\tAjout.\nХа!\t\n",
            "line 3: the source has no sentences 'Ха!' behind sentence 1",
        ),
        ("source\ttarget\nОн\t\n", "line 2: the source has no sentences 'Он'"),
        ("source\ttarget\tscore\nОн пришёл.\t\n", "line 2: cells found: 2, columns in the header: 3"),
        ("source\ttarget\tscore\nОн пришёл.\t\tx\n", "line 2: 'x' is no score"),
        ("<tmx/>", "no translation units"),
        ("<tmx", "no well-formed XML"),
    ],
)
def test_links_that_do_not_fit_the_documents(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "a"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(QAError) as error:
        read_links(path, RU, FR)
    assert says in str(error.value)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("format", ["tsv", "tmx"])
def test_texts_need_the_documents(tmp_path: Path, format: str) -> None:
    path = tmp_path / "a"
    path.write_text(written(format), encoding="utf-8")
    with pytest.raises(UsageError, match="give both documents"):
        read_links(path)


def test_a_table_may_name_a_part_only_and_spell_blanks_its_own_way(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("src\tmt\nОна  ушла & <плакала>. Всё.\tAjout.\n", encoding="utf-8")
    assert read_links(path, RU, FR) == (Link((1, 2), (1,), 1.0),)


TEXTS = st.lists(
    st.text(
        st.sampled_from('ab.#"{[<&\t\n\r\u2028\x0b\x1c\0\ud800\ufffd\u00a0你'), min_size=1, max_size=6
    ).filter(lambda text: bool(re.sub("[\\s\0\ud800\ufffd\x0b\x1c]", "", text))),
    min_size=1,
    max_size=12,
)


@st.composite
def aligned(draw: st.DrawFn) -> tuple[Document, Document, list[Link]]:
    """Two documents and an alignment of all their sentences."""
    source, target = document("ru", *draw(TEXTS)), document("fr", *draw(TEXTS))
    n, m = len(source.sentences), len(target.sentences)
    links: list[Link] = []
    i = j = 0
    while i < n or j < m:
        a, b = draw(st.tuples(st.integers(0, min(3, n - i)), st.integers(0, min(3, m - j))).filter(any))
        score = draw(st.integers(0, 10_000)) / 10_000
        links.append(Link(tuple(range(i, i + a)), tuple(range(j, j + b)), score))
        i, j = i + a, j + b
    return source, target, links


@pytest.mark.parametrize("format", ["jsonl", "ladder", "tsv", "tmx"])
@settings(deadline=None, max_examples=60)
@given(case=aligned())
def test_what_is_written_is_read_back(
    format: str, case: tuple[Document, Document, list[Link]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    source, target, links = case
    path = tmp_path_factory.mktemp("links") / "a"
    path.write_bytes(written(format, links, source, target).encode())
    assert read_links(path, source, target) == tuple(links)

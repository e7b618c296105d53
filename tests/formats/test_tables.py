"""TSV, CSV, XLSX and JSONL: columns, quoting, ragged rows, hostile files."""

from __future__ import annotations

import csv
import io
import json
import os
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import FormatError, InputError, LimitError, QAError, UnknownNameError, UsageError
from qa.formats import FORMATS, Pair, read_pairs


def pairs(path: Path, **options: str) -> list[tuple[str, str]]:
    return [(pair.source, pair.target) for pair in read_pairs(path, **options).pairs]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tsv", "src\tmt\na\tb\nc\td\n"),
        ("a.tsv", "id\tSource Text\tTranslation\n1\ta\tb\n2\tc\td\n"),
        ("a.tsv", "\ufeffsrc\tmt\r\na\tb\r\n\r\nc\td\r\n"),
        ("a.tsv", "mt\tsrc\nb\ta\nd\tc"),
        ("a.tsv", "ru\tfr\na\tb\nc\td\n"),
        ("a.csv", "source,target\na,b\nc,d\n"),
        ("a.csv", "source;hyp\na;b\nc;d\n"),
        ("a.csv", "sep=;\nsource;target\na;b\nc;d\n"),
        ("a.csv", "sep=|\r\nsource|target\r\na|b\r\nc|d\r\n"),
        ("a.csv", '"source","mt"\n"a","b"\n"c","d"\n'),
        ("a.csv", "source\tmt\na\tb\nc\td\n"),
        ("a.tsv", "source,mt\na,b\nc,d\n"),
        ("a.jsonl", '{"src": "a", "mt": "b"}\n\n{"mt": "d", "src": "c"}\n'),
        (
            "a.jsonl",
            '\ufeff{"source": "a", "target": "b", "score": {"quality": 3}}\r\n{"source": "c", "target": "d"}',
        ),
    ],
)
def test_pairs_are_found(tmp_path: Path, name: str, content: str) -> None:
    assert pairs(write(tmp_path / name, content)) == [("a", "b"), ("c", "d")]


def test_language_columns_give_the_languages(tmp_path: Path) -> None:
    table = read_pairs(write(tmp_path / "a.tsv", "uk\ten\tnote\nТак\tYes\tx\n"))
    assert (table.source_lang, table.target_lang, table.name) == ("uk", "en", "a.tsv")


def test_known_languages_choose_among_many(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", "en\tde\tfr\na\tb\tc\n")
    assert pairs(path, source_lang="fr", target_lang="de") == [("c", "b")]
    with pytest.raises(FormatError, match="columns found: 'en', 'de', 'fr'"):
        read_pairs(path)


def test_columns_by_option(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "A,B,C\n1,2,3\n")
    assert pairs(path, source_column="C", target_column="a") == [("3", "1")]
    assert pairs(path, source_column="1", target_column="3") == [("A", "C"), ("1", "3")]
    with pytest.raises(FormatError, match=r"no column 'X'; columns found: 'A', 'B', 'C'"):
        read_pairs(path, source_column="X", target_column="B")
    with pytest.raises(FormatError, match="no column 9"):
        read_pairs(path, source_column="1", target_column="9")
    with pytest.raises(FormatError, match="both column 'A'"):
        read_pairs(path, source_column="A", target_column="A")
    with pytest.raises(UsageError, match="both column 2"):
        read_pairs(path, source_column="2", target_column="2")


def test_ids_states_and_empty_sides(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", "id\tsource\ttarget\tstate\n7\ta\t\tnew\n8\t\tb\tdone\n9\t\t\t\n")
    assert read_pairs(path).pairs == (Pair("a", "", "7", "new"), Pair("", "b", "8", "done"))


@pytest.mark.parametrize(
    ("content", "want"),
    [
        # quotation marks that are text
        ('src\tmt\n"Oui", dit-il\t"Yes," he said\n', [('"Oui", dit-il', '"Yes," he said')]),
        ('src\tmt\n"Oui"\t"Yes"\n', [('"Oui"', '"Yes"')]),
        ('src\tmt\n"a\tb"\n', [('"a', 'b"')]),
        ('src\tmt\n5" pipe\t"\n', [('5" pipe', '"')]),
        # quotation marks that quote
        ('src\tmt\n"say ""a"""\tb\n', [('say "a"', "b")]),
        ('src\tmt\n"one\ntwo"\tb\n', [("one\ntwo", "b")]),
        ('"src"\t"mt"\n"a"\t"b"\n', [("a", "b")]),
    ],
)
def test_tsv_quoting_is_told_from_the_file(tmp_path: Path, content: str, want: list[tuple[str, str]]) -> None:
    assert pairs(write(tmp_path / "a.tsv", content)) == want


def test_csv_keeps_quoted_line_ends_and_delimiters(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'src,mt\r\n"a, b\r\nc","say ""d"""\r\ne,f\r\n')
    assert pairs(path) == [("a, b\r\nc", 'say "d"'), ("e", "f")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.tsv", "", "is empty"),
        ("a.tsv", " \n\n", "only blank"),
        ("a.tsv", "src\tmt\n", "a header and no rows"),
        ("a.tsv", "src\tmt\n\t\n", "a header and no rows"),
        ("a.tsv", "src\tmt\n \t\u00a0\na", r"line 3: cells found: 1, columns in the header: 2"),
        ("a.tsv", "source\tx\na\tb\n", "no target column; columns found: 'source', 'x'"),
        ("a.tsv", "x\ty\na\tb\n", "no source column; columns found: 'x', 'y'"),
        ("a.tsv", "src\tmt\tmt\na\tb\tc\n", "2 columns are named 'mt'"),
        ("a.tsv", "src\tmt\na\tb\na\n", "line 3: cells found: 1, columns in the header: 2; add"),
        ("a.tsv", "src\tmt\na\tb\tc\n", "line 2: cells found: 3, columns in the header: 2; remove"),
        ("a.csv", 'src,mt\na,b\n"c,d\n', "line 3: broken quoting"),
        ("a.csv", "src,mt\na,b\nc\n", "line 3: cells found: 1"),
        ("a.jsonl", "\n\n", "only blank lines"),
        ("a.jsonl", '{"src": "a", "mt": "b"}\n{oops}\n', "line 2: no JSON"),
        ("a.jsonl", "[1]\n", "line 1: a JSON array"),
        ("a.jsonl", '{"src": "a"}\n', "line 1: no target column; columns found: 'src'"),
        ("a.jsonl", '{"src": 3, "mt": "b"}\n', "line 1: 'src' is a JSON number"),
        ("a.jsonl", "[" * 100_000 + "\n", "line 1: no JSON"),
        ("a.jsonl", '{"src": ' + "9" * 5000 + ', "mt": "b"}\n', "line 1: no JSON"),
        ("a.xlsx", "src\tmt\n", "no XLSX, or cut short"),
        ("a.doc", "src\tmt\n", "no bilingual format has the extension '.doc'; known: .tsv"),
        ("a", "src\tmt\n", "no bilingual format has the extension"),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path: Path, name: str, content: str, says: str) -> None:
    path = write(tmp_path / name, content)
    with pytest.raises(FormatError, match=says) as caught:
        read_pairs(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_unknown_format_and_language(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_pairs(tmp_path / "none.tsv")
    with pytest.raises(UnknownNameError, match="known: csv, jsonl, po, tmx, tsv, xliff, xlsx"):
        read_pairs(tmp_path / "a.tsv", format="docx")
    with pytest.raises(UsageError, match="no language tag"):
        read_pairs(tmp_path / "a.tsv", source_lang="klingonese")


def test_lone_surrogates_are_replaced_and_told(tmp_path: Path) -> None:
    table = read_pairs(
        write(tmp_path / "a.jsonl", '{"src": "a\\ud800b", "mt": "\\u0000", "id": "\\udfff"}\n')
    )
    assert table.pairs == (Pair("a\ufffdb", "\0", "\ufffd"),)
    assert table.notices == ("a.jsonl: lone surrogates replaced by U+FFFD in 1 lines, first line 1",)


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.tsv", "src\tmt\naaaa\tb\nc\td\n")
    with monkeypatch.context() as patch:
        patch.setattr("qa.formats.base.MAX_PAIRS", 1)
        with pytest.raises(LimitError, match="more than 1 pairs"):
            read_pairs(path)
    with monkeypatch.context() as patch:
        patch.setattr("qa.formats.base.MAX_TEXT_CHARS", 3)
        with pytest.raises(LimitError, match="line 2: a text of 4 characters"):
            read_pairs(path)
    with pytest.raises(LimitError, match="more than 256 columns"):
        read_pairs(write(tmp_path / "b.tsv", "src\tmt" + "\tx" * 300 + "\na\tb\n"))


def test_a_cell_of_a_mebibyte_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'src,mt\n"' + "x" * 2**20 + '",b\n')
    assert len(pairs(path)[0][0]) == 2**20


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_xlsx_values_as_text(tmp_path: Path) -> None:
    import datetime

    rows = [
        ["Source", "Target", "ID"],
        ["a", 3, 1],
        ["= 5 apples", 2.5, 2],
        [None, "b"],
        [],
        ["c", None, 4.0],
    ]
    rows.append([datetime.date(2025, 3, 19), True])
    assert read_pairs(workbook(tmp_path / "a.xlsx", [["notes"], ["x"]], rows)).pairs == (
        Pair("a", "3", "1"),
        Pair("= 5 apples", "2.5", "2"),
        Pair("", "b"),
        Pair("c", "", "4"),
        Pair("2025-03-19 00:00:00", "True"),
    )


def test_xlsx_stored_value_of_a_formula_wins(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["src", "mt"], ["=1+1", "b"]])
    stored = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(stored, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            new.writestr(
                member.filename,
                data.replace(b"<v></v>", b"<v>2</v>")
                .replace(b"<v/>", b"<v>2</v>")
                .replace(b"<v />", b"<v>2</v>"),
            )
    assert pairs(path) == [("=1+1", "b")]
    assert pairs(stored) == [("2", "b")]


def test_xlsx_rows_that_are_wrong(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match=r"sheet 'Sheet', row 1: no source column; columns found: 'x', 'y'"):
        read_pairs(workbook(tmp_path / "a.xlsx", [["x", "y"], ["a", "b"]]))
    with pytest.raises(FormatError, match="row 2: cells found: 3"):
        read_pairs(workbook(tmp_path / "b.xlsx", [["src", "mt"], ["a", "b", "c"]]))
    with pytest.raises(FormatError, match="only blank rows"):
        read_pairs(workbook(tmp_path / "c.xlsx", []))


def test_truncated_and_damaged_workbooks(tmp_path: Path) -> None:
    data = workbook(
        tmp_path / "a.xlsx", [["src", "mt"], *[[f"a{i}", f"b{i}"] for i in range(50)]]
    ).read_bytes()
    for cut in (10, 200, len(data) // 2, len(data) - 30):
        with pytest.raises(FormatError, match="XLSX"):
            read_pairs(write(tmp_path / "cut.xlsx", data[:cut]))
    broken = bytearray(data)
    for at in range(60, len(data), 97):
        broken[at] ^= 0xFF
    with pytest.raises(QAError):
        read_pairs(write(tmp_path / "broken.xlsx", bytes(broken)))
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hello.txt", "no workbook")
    with pytest.raises(FormatError, match="no sound XLSX"):
        read_pairs(write(tmp_path / "other.xlsx", other.getvalue()))
    with pytest.raises(FormatError, match="old XLS"):
        read_pairs(write(tmp_path / "old.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600))


def bomb(path: Path, member: str, content: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, content)
    return path


def test_zip_bombs_and_entities_in_workbooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LimitError, match="like a ZIP bomb"):
        read_pairs(bomb(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", b" " * 5 * 2**20))
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">]><x>&a;</x>'
    for code in ("utf-8", "utf-16-le"):
        with pytest.raises(FormatError, match="declares XML entities"):
            read_pairs(bomb(tmp_path / "b.xlsx", "xl/workbook.xml", laughs.encode(code)))
    monkeypatch.setattr("qa.formats.xlsx.MAX_ARCHIVE_BYTES", 1000)
    with pytest.raises(LimitError, match="unpacks to"):
        read_pairs(bomb(tmp_path / "c.xlsx", "a.bin", os.urandom(2000)))
    monkeypatch.setattr("qa.formats.xlsx.MAX_ARCHIVE_MEMBERS", 0)
    with pytest.raises(LimitError, match="files inside"):
        read_pairs(tmp_path / "c.xlsx")


def test_a_workbook_that_understates_its_size_is_cut_off(tmp_path: Path) -> None:
    path = bomb(tmp_path / "a.xlsx", "xl/workbook.xml", b"<a>" + b" " * 2**20)
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.index(mark) + offset
        data[at : at + 4] = struct.pack("<I", 100)
    with pytest.raises(FormatError, match="XLSX"):
        read_pairs(write(path, bytes(data)))


def test_reading_writes_nothing(tmp_path: Path) -> None:
    names = []
    names.append(write(tmp_path / "a.tsv", "src\tmt\na\tb\n"))
    names.append(workbook(tmp_path / "a.xlsx", [["src", "mt"], ["a", "b"]]))
    names.append(write(tmp_path / "a.jsonl", '{"src": "a", "mt": "b"}\n'))
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    for path in names:
        assert pairs(path) == [("a", "b")]
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.iterdir()} == before


def test_every_extension_belongs_to_one_format() -> None:
    extensions = [extension for known in FORMATS for extension in known.extensions]
    assert len(extensions) == len(set(extensions))
    assert [known.name for known in FORMATS] == FORMATS.names()
    assert all(known.description for known in FORMATS)


NO_CONTROLS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff")
CELLS = st.text(NO_CONTROLS, min_size=1, max_size=20).filter(
    lambda text: text.strip() and not text.startswith('"')
)
ROWS = st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_plain_tsv_round_trip(rows: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("tsv") / "a.tsv"
    write(path, "src\tmt\n" + "".join(f"{source}\t{target}\n" for source, target in rows))
    assert pairs(path) == rows


WITH_LINE_ENDS = st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\r\n")
QUOTED_ROWS = st.lists(st.tuples(st.text(WITH_LINE_ENDS), st.text(WITH_LINE_ENDS)), min_size=1, max_size=8)


@settings(max_examples=100, deadline=None)
@given(
    rows=QUOTED_ROWS,
    delimiter=st.sampled_from([",", ";", "|", "\t"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_csv_and_spreadsheet_tsv_round_trip(
    rows: list[tuple[str, str]], delimiter: str, quoting: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = [row for row in rows if any(cell.strip() for cell in row)] or [('"a\n', "b\t")]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=quoting).writerows([("src", "mt"), *rows])  # type: ignore[arg-type]
    assert pairs(write(tmp_path_factory.mktemp("csv") / "a.csv", stream.getvalue())) == rows


@settings(max_examples=40, deadline=None)
@given(rows=st.lists(st.tuples(st.text(min_size=1), st.text()), min_size=1, max_size=6))
def test_jsonl_round_trip(rows: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = [(source, target) for source, target in rows if source.strip() or target.strip()] or [("a", "b")]
    path = tmp_path_factory.mktemp("jsonl") / "a.jsonl"
    write(path, "".join(json.dumps({"source": s, "target": t}) + "\n" for s, t in rows))
    assert pairs(path) == rows


@settings(max_examples=25, deadline=None)
@given(rows=ROWS)
def test_xlsx_round_trip(rows: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    allowed = [row for row in rows if all(cell.isprintable() for cell in row)] or [("=a", "b")]
    path = workbook(tmp_path_factory.mktemp("xlsx") / "a.xlsx", [["src", "mt"], *map(list, allowed)])
    assert pairs(path) == allowed

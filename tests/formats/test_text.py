"""Plain text: encodings are recognised or refused, limits hold, nothing is guessed."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import EncodingError, FormatError, InputError, LimitError, QAError
from qa.formats import read_document
from qa.formats.limits import MAX_LINE_BYTES

RU = "Сегодня в городе открыли новую школу для младших классов. Родители довольны: дорога стала короче.\n"
UK = "Сьогодні в місті відкрили нову школу для молодших класів. Батьки задоволені, бо дорога коротша.\n"
FR = "Une nouvelle école a été inaugurée hier près de la forêt ; les élèves étaient très heureux.\n"
DE = "Gestern wurde eine neue Schule eröffnet; die Schüler freuten sich über die großen Räume.\n"
PL = "Wczoraj otwarto nową szkołę, a uczniowie cieszyli się z dużych i jasnych pomieszczeń łącznie.\n"
EL = "Χθες άνοιξε ένα νέο σχολείο και οι μαθητές ήταν πολύ χαρούμενοι με τις μεγάλες αίθουσες.\n"
ZH = "昨天城里开办了一所新学校，学生们对宽敞明亮的教室非常满意。家长们也很高兴。\n"
JA = "昨日、町に新しい学校が開校しました。生徒たちは広くて明るい教室をとても喜んでいます。\n"
KO = "어제 도시에 새로운 학교가 문을 열었습니다. 학생들은 넓고 밝은 교실에 매우 만족했습니다.\n"
AR = "افتتحت أمس مدرسة جديدة في المدينة وكان التلاميذ سعداء جدا بالقاعات الواسعة والمضيئة.\n"


@pytest.mark.parametrize(
    ("text", "lang", "encoding"),
    [
        (RU, "ru", "cp1251"),
        (RU, "ru", "koi8-r"),
        (RU, "ru", "cp866"),
        (UK, "uk", "cp1251"),
        (FR, "fr", "cp1252"),
        (FR, "fr", "latin-1"),
        (DE, "de", "cp1252"),
        (PL, "pl", "cp1250"),
        (PL, "pl", "iso8859-2"),
        (EL, "el", "cp1253"),
        (ZH, "zh", "gb18030"),
        (ZH, "zh", "utf-16-le"),
        (JA, "ja", "shift_jis"),
        (JA, "ja", "euc-jp"),
        (KO, "ko", "euc-kr"),
        (AR, "ar", "cp1256"),
        (RU, "ru", "utf-16-le"),
        (RU, "ru", "utf-16-be"),
        (FR, "fr", "utf-16-le"),
        (FR, "fr", "utf-32-be"),
        (RU, "ru", "utf-32-le"),
    ],
)
def test_encoding_without_a_mark(tmp_path: Path, text: str, lang: str, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((text * 6).encode(encoding))
    assert read_document(path, lang) == text * 6


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_decides_and_goes(tmp_path: Path, mark: bytes, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(mark + "Да.\r\nНет.".encode(encoding))
    assert read_document(path, "ru") == "Да.\r\nНет."


def test_named_encoding_wins(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Да".encode("cp1251"))
    assert read_document(path, "ru", encoding="cp1251") == "Да"


@pytest.mark.parametrize("encoding", ["no-such-thing", "hex", "ascii"])
def test_named_encoding_that_is_wrong(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Да".encode("cp1251"))
    with pytest.raises(EncodingError, match="encoding"):
        read_document(path, "ru", encoding=encoding)


def test_legacy_bytes_in_the_wrong_language_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"ok\n" + RU.encode("cp1251"))
    with pytest.raises(EncodingError, match=r"a\.txt, line 2 .*name the encoding"):
        read_document(path, "ja")


def test_damaged_utf8_with_mark_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(codecs.BOM_UTF8 + b"one\ntwo \xff\n")
    with pytest.raises(EncodingError, match=r"line 2 \(byte 8\)"):
        read_document(path, "en")


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", FormatError, "is empty"),
        (b" \n\t\n", FormatError, "only white space"),
        (b"\xef\xbb\xbf", FormatError, "only white space"),
        (b"PK\x03\x04rest", FormatError, "ZIP archive"),
        (b"%PDF-1.7", FormatError, "PDF"),
        (b"\x89PNG\r\n\x1a\n", FormatError, "PNG"),
        (bytes(range(256)) * 40, FormatError, "binary"),
        (b"one\ntwo\0three\n", FormatError, "line 2: holds NUL"),
    ],
)
def test_what_is_no_text(tmp_path: Path, data: bytes, error: type[QAError], says: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(error, match=says) as caught:
        read_document(path, "en")
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_directory(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_document(tmp_path / "none.txt", "en")
    with pytest.raises(InputError, match="is a directory"):
        read_document(tmp_path, "en")
    with pytest.raises(InputError, match="cannot be read"):
        read_document(Path("a\0b"), "en")


def test_a_huge_line_stops_the_reading_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as stream:
        stream.write(b"first\n")
        stream.seek(50 * 1024**2)  # a sparse file: NUL bytes without cost
        stream.write(b"x")
    read = 0
    real = Path.open

    class Counting:
        def __init__(self, inner):
            self.inner = inner

        def __enter__(self):
            return self

        def __exit__(self, *exc):
            self.inner.close()

        def read(self, size):
            nonlocal read
            read += size
            return self.inner.read(size)

    monkeypatch.setattr(Path, "open", lambda self, mode="r": Counting(real(self, mode)))
    with pytest.raises(LimitError, match="line 2: longer than 4 MiB"):
        read_document(path, "en")
    assert read < 3 * MAX_LINE_BYTES


def test_one_long_line_under_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("word " * 210_000, encoding="utf-8")
    assert len(read_document(path, "en")) == 1_050_000


def test_file_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.formats.text.MAX_FILE_BYTES", 10)
    path = tmp_path / "a.txt"
    path.write_text("line\n" * 5, encoding="utf-8")
    with pytest.raises(LimitError, match="split it"):
        read_document(path, "en")


def outcome(path: Path) -> str:
    """The message of the refusal, or nothing when the file was read as text that can be written."""
    try:
        read_document(path, "en").encode("utf-8")
    except QAError as error:
        return str(error)
    return ""


@settings(max_examples=150, deadline=None)
@given(data=st.binary(min_size=1, max_size=300))
def test_any_bytes_give_text_or_one_clear_line(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("any") / "a.txt"
    path.write_bytes(data)
    assert "\n" not in outcome(path)
    assert path.read_bytes() == data


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_utf8_comes_back_as_it_was(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("utf8") / "a.txt"
    path.write_bytes(text.encode("utf-8"))
    assert read_document(path, "en") == text.removeprefix("\ufeff")


def test_legacy_encoding_without_a_known_language(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((FR * 6).encode("cp1252"))
    assert read_document(path) == FR * 6

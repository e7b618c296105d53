"""Bytes to text: files read under limits, encodings recognised or refused.

Order of trust: a byte-order mark, UTF-8, UTF-16/32 without a mark (told by the pattern of zero bytes
or of control characters), then the encodings from before Unicode that ``qa.formats.legacy`` vouches for.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

from qa.errors import EncodingError, FormatError, InputError, LimitError
from qa.formats.limits import MAX_FILE_BYTES, MAX_LINE_BYTES

__all__ = ["decode", "megabytes", "read_bytes", "read_text"]

_BOMS = (
    # UTF-32 first: its little-endian mark begins with the one of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive (XLSX, DOCX, …)"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (XLS, DOC)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_SAMPLE = 64 * 1024
_CHUNK = 1024**2


def megabytes(count: int) -> str:
    """``count`` bytes for people: "4 MiB"."""
    return f"{count / 1024**2:.0f} MiB"


def read_bytes(path: Path, *, line_limit: bool = False) -> bytes:
    """The content of ``path``, never more than the limits allow.

    With ``line_limit`` a line longer than ``MAX_LINE_BYTES`` stops the reading at once. Raises
    InputError (missing, directory, unreadable), LimitError, FormatError (empty).
    """
    chunks: list[bytes] = []
    total = unbroken = 0
    line = 1
    try:
        if path.is_dir():
            raise InputError(f"{path}: is a directory; give a file")
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                total += len(chunk)
                if total > MAX_FILE_BYTES:
                    raise LimitError(
                        f"{path}: larger than {megabytes(MAX_FILE_BYTES)}; split it into several files"
                    )
                chunks.append(chunk)
                # Chunks are shorter than the limit: only what runs on from chunk to chunk can exceed it.
                mark = b"\n" if b"\n" in chunk else b"\r"
                first = chunk.find(mark)
                if line_limit and unbroken + (len(chunk) if first < 0 else first) > MAX_LINE_BYTES:
                    raise LimitError(
                        f"{path}, line {line}: longer than {megabytes(MAX_LINE_BYTES)}; "
                        "break it into paragraphs or sentences"
                    )
                unbroken = unbroken + len(chunk) if first < 0 else len(chunk) - chunk.rfind(mark) - 1
                line += chunk.count(mark)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; check the path") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{path}: cannot be read ({reason}); check the path and its permissions") from None
    if not total:
        raise FormatError(f"{path}: is empty; give a file with text")
    return b"".join(chunks)


def read_text(path: Path, *, encoding: str | None = None, langs: Sequence[str] = ()) -> str:
    """The text of a line-based file without its byte-order mark; line ends as they stand.

    Raises what ``read_bytes`` and ``decode`` raise.
    """
    return decode(read_bytes(path, line_limit=True), path, encoding=encoding, langs=langs)


def decode(data: bytes, path: Path, *, encoding: str | None = None, langs: Sequence[str] = ()) -> str:
    """``data`` as text; ``path`` is for messages, ``langs`` the languages expected if known.

    Raises EncodingError where no encoding can be trusted and FormatError for what is no text.
    """
    if encoding is not None:
        return _as_told(data, path, encoding)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], path, name, "its byte-order mark says so")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise FormatError(f"{path}: is {what}, not text; export it as UTF-8 text first")
    controls = len(_CONTROL.findall(data[:_SAMPLE]))
    if controls:
        wide = _wide(data)
        if wide is not None:
            return _strict(data, path, wide, "its bytes look like it")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if controls > len(data[:_SAMPLE]) // 100 or b"\0" in data:
            raise FormatError(f"{path}: a binary file, not text; export it as UTF-8 text first") from None
        return _legacy(data, path, langs, error.start)
    zero = text.find("\0")
    if zero >= 0:
        line = text.count("\n", 0, zero) + 1
        raise FormatError(
            f"{path}, line {line}: holds NUL bytes, so it is binary or damaged; export it as UTF-8 text"
        )
    return text


def _as_told(data: bytes, path: Path, encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
        text = data.decode(name)
    except LookupError:
        raise EncodingError(
            f"{path}: unknown encoding {encoding!r}; use a name such as utf-8 or cp1251"
        ) from None
    except UnicodeError as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        raise EncodingError(f"{path}, line {line}: is not {encoding}; try another encoding or none") from None
    if not isinstance(text, str):
        raise EncodingError(f"{path}: {encoding!r} is no text encoding; use a name such as utf-8 or cp1251")
    return text.removeprefix("\ufeff")


def _strict(data: bytes, path: Path, encoding: str, why: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise EncodingError(
            f"{path}, line {line} (byte {error.start}): is not {encoding.upper()} although {why}; "
            "it is damaged or cut short: save it again as UTF-8"
        ) from None


def _wide(data: bytes) -> str | None:
    """The UTF-16 or UTF-32 without a mark that ``data`` is in, or None."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    sample = sample[: len(sample) - len(sample) % 4] if len(sample) >= 4 else sample
    for encoding, width in (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2)):
        if len(data) % width:
            continue
        text = sample.decode(encoding, errors="replace")
        bad = sum(
            not (character.isprintable() or character in "\t\n\r\u200e\u200f\ufeff") or character == "\ufffd"
            for character in text
        )
        # A wrong width or byte order turns spaces and line ends into rare letters, so ask for them.
        plain = sum(character in " \n\r\t\u3000。，、" for character in text)
        if bad <= len(text) // 100 and plain >= max(1, len(text) // 100) and _few_scripts(text):
            return encoding
    return None


def _few_scripts(text: str) -> bool:
    """Real text draws its letters from few 256-character blocks, or else from the CJK ones."""
    letters = [ord(character) >> 8 for character in text if character.isalpha()]
    blocks = {block for block in letters if not 0x2E <= block <= 0xD7}
    return len(blocks) <= 8


def _legacy(data: bytes, path: Path, langs: Sequence[str], at: int) -> str:
    from qa.formats import legacy

    text = legacy.guess(data, langs)
    if text is not None:
        return text
    names = legacy.proposals(data)[:3]
    perhaps = f" (perhaps {' or '.join(names)})" if names else ""
    line = data.count(b"\n", 0, at) + 1
    raise EncodingError(
        f"{path}, line {line} (byte {at}): not UTF-8, and its encoding cannot be told{perhaps}; "
        "save it as UTF-8 or name the encoding"
    )

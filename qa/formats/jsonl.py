"""JSONL: one JSON object a line, its keys named like the columns of a table."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa.errors import FormatError
from qa.formats.base import Format, Pair, PairTable, ReadOptions, collect
from qa.formats.columns import Columns, choose
from qa.formats.text import read_text

__all__ = ["JSONL", "objects", "read_jsonl"]

_LINE_END = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LANG_KEYS = (("source_lang", "src_lang"), ("target_lang", "tgt_lang"))


def objects(text: str, path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(place, object) of each line that is not blank; raises FormatError where a line is no object."""
    for number, line in enumerate(_LINE_END.split(text), 1):
        if not line.strip():
            continue
        place = f"line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = (
                error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply or no number"
            )
            raise FormatError(f"{path}, {place}: no JSON ({reason}); one object a line is expected") from None
        if not isinstance(value, dict):
            raise FormatError(f"{path}, {place}: a JSON {_kind(value)}; one object a line is expected")
        yield place, value


def read_jsonl(path: Path, options: ReadOptions) -> PairTable:
    """The pairs of a JSONL file; lone surrogates (``\\ud800``) become U+FFFD, with a notice."""
    text = read_text(path, encoding=options.encoding, langs=options.langs)
    rows = list(objects(text, path))
    if not rows:
        raise FormatError(f"{path}: only blank lines; one JSON object a line is expected")
    repaired: list[str] = []
    pairs = collect(path, _pairs(rows, options, path, repaired))
    notices: tuple[str, ...] = ()
    if repaired:
        notices = (
            f"{path.name}: lone surrogates replaced by U+FFFD in {len(repaired)} lines, first {repaired[0]}",
        )
    langs = [
        next((rows[0][1][k] for k in keys if isinstance(rows[0][1].get(k), str)), None) for keys in _LANG_KEYS
    ]
    return PairTable(
        pairs,
        options.source_lang or _tag(langs[0]),
        options.target_lang or _tag(langs[1]),
        path.name,
        notices,
    )


def _pairs(
    rows: list[tuple[str, dict[str, Any]]], options: ReadOptions, path: Path, repaired: list[str]
) -> Iterator[tuple[str, Pair]]:
    chosen: dict[tuple[str, ...], Columns] = {}
    for place, row in rows:
        header = tuple(row)
        if header not in chosen:
            chosen[header] = choose(header, options, path, place)
        columns = chosen[header]
        values = list(row.values())
        source, target = (
            _text(values[position], header[position], place, path)
            for position in (columns.source, columns.target)
        )
        if _SURROGATE.search(source) or _SURROGATE.search(target):
            repaired.append(place)
        yield (
            place,
            Pair(
                _SURROGATE.sub("\ufffd", source),
                _SURROGATE.sub("\ufffd", target),
                _label(values[columns.id]) if columns.id is not None else "",
                _label(values[columns.state]) if columns.state is not None else "",
            ),
        )


def _text(value: object, name: str, place: str, path: Path) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise FormatError(f"{path}, {place}: {name!r} is a JSON {_kind(value)}; a string is expected")
    return value


def _label(value: object) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    return _SURROGATE.sub("\ufffd", str(value))


def _tag(name: str | None) -> str | None:
    from qa import lang as languages
    from qa.errors import UsageError

    try:
        return languages.normalise(name) if name else None
    except UsageError:
        return None


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names = {dict: "object", list: "array", str: "string", bool: "boolean", int: "number", float: "number"}
    return names.get(type(value), "value")


JSONL = Format("jsonl", (".jsonl", ".ndjson"), "one JSON object a line", read_jsonl)

"""PO: gettext catalogues through translate-toolkit."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa import lang as languages
from qa.errors import FormatError, UsageError
from qa.formats.base import Format, Pair, PairTable, ReadOptions, collect
from qa.formats.text import decode, read_bytes

__all__ = ["PO", "Form", "forms", "parse", "read_po"]

_CHARSET = re.compile(r"charset=[\w.:-]+")


@dataclass(frozen=True, slots=True)
class Form:
    """A pair with its message (a ``pounit``), and which of the message's plural forms it is, from 0."""

    message: Any
    number: int
    pair: Pair


def read_po(path: Path, options: ReadOptions) -> PairTable:
    """The messages of a PO file, obsolete ones left out.

    The id is the message context where there is one. The state is ``fuzzy``, ``untranslated`` or
    ``translated``. A plural message gives a pair for each form, the first with the singular.
    """
    store = parse(read_bytes(path, line_limit=True), path, options)
    header = store.parseheader()
    pairs = collect(path, ((f"message {form.pair.source[:30]!r}", form.pair) for form in forms(store)))
    return PairTable(
        pairs, options.source_lang, options.target_lang or _tag(header.get("Language", "")), path.name
    )


def parse(data: bytes, path: Path, options: ReadOptions) -> Any:
    """The catalogue (a ``pofile``) in ``data``, in UTF-8 whatever it was in; messages call it ``path``."""
    from translate.storage import pypo

    text = decode(data, path, encoding=options.encoding or _declared(data), langs=options.langs)
    if "msgid" not in text:
        raise FormatError(f"{path}, line 1: no msgid in it, so it is no PO file; check the file")
    try:
        return pypo.pofile.parsestring(_CHARSET.sub("charset=UTF-8", text, count=1).encode())  # type: ignore[no-untyped-call]
    except Exception as error:  # the parser raises several unrelated kinds
        reason = (str(error) or type(error).__name__).split("\n")[0][:120]
        raise FormatError(f"{path}: no well-formed PO ({reason}); check it with msgfmt --check") from None


def _declared(data: bytes) -> str | None:
    """The legacy encoding that the header names, where it names one that Python knows."""
    match = re.search(rb"charset=([\w.:-]+)", data[:4096])
    try:
        name = codecs.lookup(match[1].decode("ascii")).name if match else "utf-8"
    except LookupError:
        return None
    return None if name in ("utf-8", "ascii") else name


def _tag(name: str) -> str | None:
    try:
        return languages.normalise(name.split(".")[0].split("@")[0]) if name else None
    except UsageError:
        return None


def forms(store: Any) -> Iterator[Form]:
    """The forms of the messages of a catalogue in order, empty ones included."""
    for unit in store.units:
        if unit.isheader() or unit.isobsolete() or unit.isblank():
            continue
        sources = [str(form) for form in unit.source.strings] if unit.hasplural() else [str(unit.source)]
        targets = (
            [str(form) for form in unit.target.strings] if unit.hasplural() else [str(unit.target or "")]
        )
        state = "fuzzy" if unit.isfuzzy() else "translated" if any(targets) else "untranslated"
        for number, target in enumerate(targets or [""]):
            source = sources[min(number, len(sources) - 1)]
            yield Form(unit, number, Pair(source, target, unit.getcontext(), state))


PO = Format("po", (".po", ".pot"), "gettext catalogue", read_po, written_back=True)

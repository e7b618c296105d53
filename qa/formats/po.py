"""PO: gettext catalogues through translate-toolkit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qa import lang as languages
from qa.errors import FormatError, UsageError
from qa.formats.base import Format, Pair, PairTable, ReadOptions, collect
from qa.formats.text import read_text

__all__ = ["PO", "read_po"]


def read_po(path: Path, options: ReadOptions) -> PairTable:
    """The messages of a PO file, obsolete ones left out.

    The id is the message context where there is one. The state is ``fuzzy``, ``untranslated`` or
    ``translated``. A plural message gives a pair for each form, the first with the singular.
    """
    from translate.storage import pypo

    text = read_text(path, encoding=options.encoding or _declared(path), lang=options.target_lang)
    if "msgid" not in text:
        raise FormatError(f"{path}, line 1: no msgid in it, so it is no PO file; check the file")
    try:
        store = pypo.pofile.parsestring(text.encode("utf-8", "replace"), encoding="utf-8")
    except Exception as error:  # the parser raises several unrelated kinds
        reason = (str(error) or type(error).__name__).split("\n")[0][:120]
        raise FormatError(f"{path}: no well-formed PO ({reason}); check it with msgfmt --check") from None
    header = store.parseheader()
    pairs = collect(path, _pairs(store))
    return PairTable(
        pairs, options.source_lang, options.target_lang or _tag(header.get("Language", "")), path.name
    )


def _declared(path: Path) -> str | None:
    """The charset of the header, where it names one that Python knows."""
    import codecs
    import re

    from qa.formats.text import read_bytes

    match = re.search(rb"charset=([\w.:-]+)", read_bytes(path, line_limit=True)[:4096])
    if match is None:
        return None
    try:
        name = codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None
    return None if name in ("utf-8", "ascii") else name


def _tag(name: str) -> str | None:
    try:
        return languages.normalise(name.split(".")[0].split("@")[0]) if name else None
    except UsageError:
        return None


def _pairs(store: Any) -> Iterator[tuple[str, Pair]]:
    for unit in store.units:
        if unit.isheader() or unit.isobsolete() or unit.isblank():
            continue
        sources = [str(form) for form in unit.source.strings] if unit.hasplural() else [str(unit.source)]
        targets = (
            [str(form) for form in unit.target.strings] if unit.hasplural() else [str(unit.target or "")]
        )
        state = "fuzzy" if unit.isfuzzy() else "translated" if any(targets) else "untranslated"
        for number, target in enumerate(targets or [""]):
            yield (
                f"message {sources[0][:30]!r}",
                Pair(sources[min(number, len(sources) - 1)], target, unit.getcontext(), state),
            )


PO = Format("po", (".po", ".pot"), "gettext catalogue", read_po)

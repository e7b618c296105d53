"""What several commands do with files: read two sides or pairs, settle the languages, write out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from qa import lang
from qa.cli.options import AccuracyLevel
from qa.cli.progress import notice
from qa.errors import UsageError
from qa.model import CheckedDocument
from qa.report.writing import replacing

if TYPE_CHECKING:
    from qa.pipeline import Pipeline, StageProgress

__all__ = ["build_pipeline", "check_input", "language", "output", "read_pair_file", "spending"]


def language(given: str | None, found: str | None, text: str, option: str) -> str:
    """The language of one side: as given, else as the file says, else as identified (with a notice)."""
    if given or found:
        return lang.normalise(given or found or "")
    # A few thousand characters decide as well as a book does.
    detected = lang.detect(text[:4000])
    if detected is None:
        raise UsageError(f"the text is too short to tell its language; give it with {option}")
    notice(f"{option} {detected} ({lang.name(detected)}), as identified from the text")
    return lang.normalise(detected)


@contextmanager
def output(path: Path | None) -> Iterator[TextIO]:
    """stdout, or a file that appears under its name only when everything has been written."""
    if path is None:
        yield sys.stdout
        return
    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream,
    ):
        yield stream


def build_pipeline(
    accuracy: AccuracyLevel = AccuracyLevel.default,
    glossary: Path | None = None,
    *,
    only: list[str] | None = None,
    skip: list[str] | None = None,
    muted: Iterable[str] = (),
    senses: Path | None = None,
    dictionaries: Iterable[Path] = (),
    model: str | None = None,
    estimator: str | None = None,
    suspicion: str = "precise",
    send_texts: bool = False,
    price: str | None = None,
    threads: int | None = None,
) -> Pipeline:
    """A pipeline with these settings; a bad glossary, check id or estimator is reported before any work."""
    from qa.pipeline import Pipeline
    from qa.resources import Settings

    settings = Settings(
        accuracy=accuracy.value,
        glossary=glossary,
        only=tuple(only or ()),
        skip=tuple(skip or ()),
        muted=tuple(sorted(muted)),
        senses=senses,
        dictionaries=tuple(dictionaries),
        model=model,
        estimator=estimator,
        suspicion=suspicion,
        send_texts=send_texts,
        price=price,
        threads=threads,
    )
    pipeline = Pipeline(settings)
    pipeline.validate()
    return pipeline


@contextmanager
def spending(pipeline: Pipeline, enabled: bool = True) -> Iterator[None]:
    """Say on stderr what a remote estimator has cost, also when the block did not come to its end."""
    try:
        yield
    finally:
        spent = pipeline.spent()
        if enabled and spent is not None:
            notice(spent)


def check_input(
    pipeline: Pipeline,
    source: Path,
    target: Path | None,
    from_: str | None,
    to: str | None,
    *,
    target_only: bool,
    presegmented: bool,
    links: Path | None = None,
    source_column: str | None,
    target_column: str | None,
    encoding: str | None,
    progress: StageProgress,
) -> CheckedDocument:
    """Check two texts, a translation alone, or (one file, not ``target_only``) a bilingual file."""
    from qa.formats import open_document

    if target_only and target is not None:
        raise UsageError("--target-only takes one file, the translation")
    if links is not None and target is None:
        raise UsageError("--links goes with two texts; a translation alone or a bilingual file has no links")
    if target is None and not target_only:
        pairs, source_lang, target_lang = read_pair_file(
            source, from_, to, source_column, target_column, encoding
        )
        return pipeline.check_pairs(pairs, source_lang, target_lang, name=source.name, progress=progress)
    source_text = None if target is None else open_document(source, from_, encoding=encoding)
    target_text = open_document(target or source, to, encoding=encoding)
    return pipeline.check_texts(
        source_text,
        target_text,
        None if source_text is None else language(from_, None, source_text.text, "--from"),
        language(to, None, target_text.text, "--to"),
        name=(target or source).name,
        source_name=source.name,
        presegmented=presegmented,
        links=links,
        progress=progress,
    )


def read_pair_file(
    path: Path,
    from_: str | None,
    to: str | None,
    source_column: str | None,
    target_column: str | None,
    encoding: str | None,
) -> tuple[list[tuple[str, str]], str, str]:
    """The pairs of a bilingual file and its two languages (as given, as in the file, or identified)."""
    from qa.formats import read_pairs

    table = read_pairs(
        path,
        source_column=source_column,
        target_column=target_column,
        encoding=encoding,
        source_lang=from_,
        target_lang=to,
    )
    for line in table.notices:
        notice(line)
    pairs = [(pair.source, pair.target) for pair in table.pairs]
    source_lang = language(from_, table.source_lang, "\n".join(s for s, _ in pairs[:50]), "--from")
    target_lang = language(to, table.target_lang, "\n".join(t for _, t in pairs[:50]), "--to")
    return pairs, source_lang, target_lang

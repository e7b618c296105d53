"""Commands that work on files alone: check, align, score, metrics, checks."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa.cli.evaluating import compare, write_alignment
from qa.cli.files import build_pipeline, check_input, language, output, read_pair_file, spending
from qa.cli.options import (
    AccuracyLevel,
    AccuracyOption,
    DatabaseOption,
    DictionaryOption,
    EncodingOption,
    EstimatorOption,
    FromOption,
    GlossaryOption,
    LinksOption,
    ModelOption,
    OutputOption,
    PresegmentedOption,
    PriceOption,
    QuietOption,
    SendTextsOption,
    SensesOption,
    SourceColumnOption,
    SuspicionOption,
    TargetColumnOption,
    TargetOnlyOption,
    ThreadsOption,
    ToOption,
)
from qa.cli.progress import notice, stages
from qa.errors import UsageError
from qa.model import CheckedDocument, CheckedSegment, Severity

if TYPE_CHECKING:
    from qa.model import Estimate
    from qa.terms.glossary import Glossary

__all__ = ["align", "check", "checks_app", "metrics", "score"]


class CheckFormat(StrEnum):
    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"
    sarif = "sarif"


class LinkFormat(StrEnum):
    jsonl = "jsonl"
    tsv = "tsv"
    tmx = "tmx"
    ladder = "ladder"
    score = "score"


class ScoreFormat(StrEnum):
    jsonl = "jsonl"
    tsv = "tsv"


def check(
    source: Annotated[Path, typer.Argument(help="Source text, or a bilingual file on its own.")],
    target: Annotated[Path | None, typer.Argument(help="Target text.")] = None,
    from_: FromOption = None,
    to: ToOption = None,
    format: Annotated[CheckFormat, typer.Option(help="How to print the result.")] = CheckFormat.table,
    out: OutputOption = None,
    target_only: TargetOnlyOption = False,
    presegmented: PresegmentedOption = False,
    links: LinksOption = None,
    glossary: GlossaryOption = None,
    senses: SensesOption = None,
    dictionary: DictionaryOption = None,
    only: Annotated[list[str] | None, typer.Option(metavar="ID", help="Run this check alone.")] = None,
    skip: Annotated[list[str] | None, typer.Option(metavar="ID", help="Leave this check out.")] = None,
    project: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="With this project's terms, without the checks it has muted."),
    ] = None,
    database: DatabaseOption = None,
    fail_under: Annotated[
        float | None, typer.Option(min=0, max=100, metavar="N", help="Exit 1 if mean quality is below N.")
    ] = None,
    fail_on: Annotated[
        Severity | None, typer.Option(help="Exit 1 if there is a flag of this severity or worse.")
    ] = None,
    all_segments: Annotated[
        bool, typer.Option("--all", help="In the table, show segments without flags too.")
    ] = False,
    accuracy: AccuracyOption = AccuracyLevel.default,
    source_column: SourceColumnOption = None,
    target_column: TargetColumnOption = None,
    encoding: EncodingOption = None,
    model: ModelOption = None,
    estimator: EstimatorOption = None,
    suspicion: SuspicionOption = "precise",
    send_texts: SendTextsOption = False,
    price: PriceOption = None,
    threads: ThreadsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Align, score and flag a translation.

    SOURCE and TARGET are two texts, or subtitles (SRT, WebVTT); a bilingual file (TSV, CSV, XLSX, JSONL,
    XLIFF, TMX, PO) stands on its own. Exit status: 0 clean, 1 a gate failed, 2 bad input or usage.
    """
    muted, terms = _rules(project, database)
    pipeline = build_pipeline(
        accuracy,
        glossary,
        only=only,
        skip=skip,
        muted=muted,
        senses=senses,
        dictionaries=dictionary or (),
        model=model,
        estimator=estimator,
        suspicion=suspicion,
        send_texts=send_texts,
        price=price,
        threads=threads,
    ).with_glossary(terms)
    with spending(pipeline, not quiet), stages(not quiet) as progress:
        checked = check_input(
            pipeline,
            source,
            target,
            from_,
            to,
            target_only=target_only,
            presegmented=presegmented,
            links=links,
            source_column=source_column,
            target_column=target_column,
            encoding=encoding,
            progress=progress,
        )
    if not quiet:
        for line in checked.notices:
            notice(line)
    _write_checked(checked, format, out, all_segments)
    _gate(checked, fail_under, fail_on)


def _rules(project: str | None, database: str | None) -> tuple[frozenset[str], Glossary]:
    """The checks that a project has muted, and its terms."""
    from qa.terms.glossary import Glossary

    if project is None:
        return frozenset(), Glossary()
    from qa.cli.projects import find_project, open_service

    service = open_service(database)
    found = find_project(service, project)
    return found.policy.muted_checks, service.glossary(found.id)


def _write_checked(
    checked: CheckedDocument, format: CheckFormat, out: Path | None, all_segments: bool
) -> None:
    with output(out) as stream:
        if format is CheckFormat.table:
            from rich.console import Console

            from qa.report.console import render

            render(checked, Console(file=stream), all_segments=all_segments)
        else:
            from qa.report.checked import write

            write(checked, format.value, stream)


def _gate(checked: CheckedDocument, fail_under: float | None, fail_on: Severity | None) -> None:
    """Exit 1 with a line that says which gate failed and by how much."""
    failed: list[str] = []
    if fail_under is not None:
        qualities = [s.estimate.quality.value for s in checked.segments if s.estimate]
        if not qualities:
            failed.append("no segment could be scored, so --fail-under cannot be met")
        elif (mean := sum(qualities) / len(qualities)) < fail_under:
            failed.append(f"mean quality {mean:.1f} is below {fail_under:g}")
        # A text that keeps an estimator from answering must not thereby pass.
        unscored = [s for s in checked.segments if _scorable(s) and s.estimate is None]
        if qualities and unscored:
            failed.append(f"{len(unscored)} segment(s) could not be scored")
    if fail_on is not None:
        worst = [f for s in checked.segments for f in s.flags if f.severity.rank >= fail_on.rank]
        if worst:
            failed.append(f"{len(worst)} flag(s) of severity {fail_on.value} or worse")
    for line in failed:
        notice(f"gate failed: {line}")
    if failed:
        raise typer.Exit(1)


def _scorable(checked: CheckedSegment) -> bool:
    return bool(checked.segment.source.strip() and checked.segment.target.strip())


def align(
    source: Annotated[Path, typer.Argument(help="Source text or subtitles.")],
    target: Annotated[Path, typer.Argument(help="Target text or subtitles.")],
    from_: FromOption = None,
    to: ToOption = None,
    presegmented: PresegmentedOption = False,
    gold: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Compare with this alignment; the figures go to stderr."),
    ] = None,
    links: LinksOption = None,
    format: Annotated[
        LinkFormat,
        typer.Option(help="How to write the links; score writes the figures of --gold as JSON instead."),
    ] = LinkFormat.jsonl,
    out: OutputOption = None,
    accuracy: AccuracyOption = AccuracyLevel.default,
    encoding: EncodingOption = None,
    model: ModelOption = None,
    threads: ThreadsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Align two texts by sentence, or evaluate an alignment.

    The links go to stdout or to -o. With --gold, precision, recall and F1, strict and lax, follow on
    stderr by the convention of vecalign's scorer; --format score writes them as JSON to stdout or -o in
    place of the links. --gold together with --links evaluates an existing alignment, whoever made it.
    """
    from qa.formats import open_document, read_links
    from qa.pipeline import split_text

    if format is LinkFormat.score and gold is None:
        raise UsageError("--format score needs the alignment to compare with; give it with --gold")
    pipeline = build_pipeline(accuracy, model=model, threads=threads)
    documents = []
    for path, given, option in ((source, from_, "--from"), (target, to, "--to")):
        text = open_document(path, given, encoding=encoding)
        documents.append(split_text(text, language(given, None, text.text, option), path.name, presegmented))
    truth = None if gold is None else read_links(gold, *documents)
    with stages(not quiet) as progress:
        source_doc, target_doc, alignment = pipeline.align_texts(
            documents[0],
            documents[1],
            documents[0].lang,
            documents[1].lang,
            presegmented=presegmented,
            links=links,
            progress=progress,
        )
    figures = None if truth is None else compare(truth, alignment.links)
    if not quiet:
        for line in alignment.notices:
            notice(line)
    with output(out) as stream:
        if figures is not None and format is LinkFormat.score:
            print(json.dumps(figures.as_dict()), file=stream)
        else:
            write_alignment(stream, format.value, alignment.links, source_doc, target_doc)
    if figures is not None and format is not LinkFormat.score:
        figures.show()


def score(
    pairs_file: Annotated[Path, typer.Argument(metavar="PAIRS", help="TSV with the header src, mt.")],
    from_: FromOption = None,
    to: ToOption = None,
    words: Annotated[
        bool,
        typer.Option("--words", help="Add the suspicion of each target word, and source words left out."),
    ] = False,
    format: Annotated[ScoreFormat, typer.Option(help="How to print the scores.")] = ScoreFormat.jsonl,
    out: OutputOption = None,
    source_column: SourceColumnOption = None,
    target_column: TargetColumnOption = None,
    encoding: EncodingOption = None,
    model: ModelOption = None,
    estimator: EstimatorOption = None,
    send_texts: SendTextsOption = False,
    price: PriceOption = None,
    threads: ThreadsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Estimate the quality of sentence pairs without a reference, in input order."""
    from qa.estimate.failures import failure_notices

    pairs, source_lang, target_lang = read_pair_file(
        pairs_file, from_, to, source_column, target_column, encoding
    )
    pipeline = build_pipeline(
        model=model, estimator=estimator, send_texts=send_texts, price=price, threads=threads
    )
    with spending(pipeline, not quiet), stages(not quiet) as progress:
        estimates = pipeline.score_pairs(pairs, source_lang, target_lang, progress=progress)
    if not quiet:
        for line in failure_notices(enumerate(estimates, start=1)):
            notice(line)
    with output(out) as stream:
        if format is ScoreFormat.tsv:
            print("quality\tlow\thigh" + ("\twords" if words else ""), file=stream)
        for estimate in estimates:
            record = _score_record(estimate, words)
            if format is ScoreFormat.jsonl:
                print(json.dumps(record, ensure_ascii=False), file=stream)
            else:
                cells = [str(record[name]) for name in ("quality", "low", "high")]
                if words:
                    cells.append(json.dumps(record["words"]))
                print("\t".join(cells), file=stream)


def _score_record(estimate: Estimate, words: bool) -> dict[str, object]:
    quality = estimate.quality
    record: dict[str, object] = {
        "quality": None if estimate.failure else round(quality.value, 2),
        "low": None if quality.low is None else round(quality.low, 2),
        "high": None if quality.high is None else round(quality.high, 2),
        "signature": quality.signature,
    }
    if estimate.failure:
        record["failure"] = estimate.failure
    if words:
        sides = {"words": estimate.words, "missing": estimate.missing, "added": estimate.added}
        for name, side in sides.items():
            record[name] = [{"start": w.start, "end": w.end, "bad": round(w.bad, 4)} for w in side]
    return record


def metrics(
    hypothesis: Annotated[Path, typer.Argument(metavar="HYP", help="Translation, one segment a line.")],
    reference: Annotated[Path, typer.Argument(metavar="REF", help="Reference, one segment a line.")],
    source: Annotated[Path | None, typer.Option(metavar="FILE", help="Source, one segment a line.")] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Another translation, for paired significance.")
    ] = None,
    to: ToOption = None,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
    encoding: EncodingOption = None,
) -> None:
    """BLEU, chrF and TER with signatures, confidence intervals and paired significance."""
    from qa import metrics as reference_based
    from qa.formats import read_document

    def lines(path: Path | None) -> list[str] | None:
        if path is None:
            return None
        # Not splitlines(): it also breaks at form feeds and U+2028, which count as text here.
        return read_document(path, to, encoding=encoding).replace("\r\n", "\n").removesuffix("\n").split("\n")

    report = reference_based.corpus(
        lines(hypothesis) or [],
        lines(reference) or [],
        sources=lines(source),
        baseline=lines(baseline),
        target_lang=to,
        names=[str(path) for path in (hypothesis, reference, source or "source", baseline or "baseline")],
    )
    if json_:
        print(json.dumps(report.as_dict(), ensure_ascii=False, indent=2))
    else:
        from rich.console import Console

        from qa.report.console import render_metrics

        render_metrics(report, Console(file=sys.stdout))


checks_app = typer.Typer(help="List the checks, or print one check's page.", invoke_without_command=True)


@checks_app.callback()
def list_checks(context: typer.Context) -> None:
    """List the checks, or print one check's page."""
    if context.invoked_subcommand is not None:
        return
    from qa.checks import CHECKS

    for check_class in CHECKS:
        first_line = (check_class.__doc__ or "").strip().splitlines()[0]
        print(f"{check_class.id:<26}{check_class.category:<44}{check_class.severity.value:<9}{first_line}")


@checks_app.command("explain")
def explain(check_id: Annotated[str, typer.Argument(metavar="ID", help="The check's id.")]) -> None:
    """Print one check's page: what it flags, why, an example, the fix."""
    from qa.checks import CHECKS
    from qa.checks.pages import page

    print(page(CHECKS.get(check_id)))

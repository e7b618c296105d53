"""Commands that work on the store: import, export, report, projects."""

from __future__ import annotations

import getpass
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa import lang
from qa.cli.files import build_pipeline, check_input
from qa.cli.options import (
    AccuracyLevel,
    AccuracyOption,
    DatabaseOption,
    DictionaryOption,
    EncodingOption,
    FromOption,
    GlossaryOption,
    PersonOption,
    PresegmentedOption,
    QuietOption,
    SensesOption,
    SourceColumnOption,
    TargetColumnOption,
    TargetOnlyOption,
    ToOption,
)
from qa.cli.progress import notice, stages
from qa.errors import NotFoundError
from qa.formats.registry import for_path
from qa.review.views import Actor, CountedProject, Role

if TYPE_CHECKING:
    from qa.review.service import ReviewService

__all__ = ["export", "import_", "projects", "report"]


def person(name: str | None) -> str:
    """The name to act under: as given, else the login name, else "lead"."""
    if name:
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "lead"


def open_service(database: str | None) -> ReviewService:
    """The review service on the given or default database."""
    from qa.review.service import ReviewService

    return ReviewService.open(database)


def find_project(service: ReviewService, name: str) -> CountedProject:
    """The project of that name or number; raises NotFoundError with the names there are."""
    everything = service.projects()
    for project in everything:
        if project.name == name or str(project.id) == name:
            return project
    known = ", ".join(repr(project.name) for project in everything) or "none yet; make one with qa import"
    raise NotFoundError(f"no project {name!r}; there are: {known}")


def import_(
    source: Annotated[Path, typer.Argument(help="Source text, or a bilingual file on its own.")],
    target: Annotated[Path | None, typer.Argument(help="Target text.")] = None,
    project: Annotated[
        str | None, typer.Option(metavar="NAME", help="Project to add to; made if new (default: file name).")
    ] = None,
    from_: FromOption = None,
    to: ToOption = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Name of the document.")] = None,
    mt_system: Annotated[str, typer.Option(metavar="NAME", help="Which system translated it.")] = "",
    target_only: TargetOnlyOption = False,
    presegmented: PresegmentedOption = False,
    glossary: GlossaryOption = None,
    senses: SensesOption = None,
    dictionary: DictionaryOption = None,
    accuracy: AccuracyOption = AccuracyLevel.default,
    source_column: SourceColumnOption = None,
    target_column: TargetColumnOption = None,
    encoding: EncodingOption = None,
    database: DatabaseOption = None,
    as_: PersonOption = None,
    quiet: QuietOption = False,
) -> None:
    """Align, score and flag a translation and put it into a project for review."""
    service = open_service(database)
    project_name = project or (target or source).stem
    found = next((p for p in service.projects() if p.name == project_name), None)
    pipeline = build_pipeline(accuracy, glossary, senses=senses, dictionaries=dictionary or ())
    if found is not None:
        pipeline = pipeline.with_glossary(service.glossary(found.id))
    with stages(not quiet) as progress:
        checked = check_input(
            pipeline,
            source,
            target,
            from_,
            to,
            target_only=target_only,
            presegmented=presegmented,
            source_column=source_column,
            target_column=target_column,
            encoding=encoding,
            progress=progress,
        )
    if not quiet:
        for line in checked.notices:
            notice(line)
    actor = Actor(person(as_), Role.LEAD)
    if found is None:
        source_lang = checked.source.lang if checked.source else lang.UNDETERMINED
        found = service.create_project(actor, project_name, source_lang, checked.target.lang)
    translation = target or source
    # Subtitles are written back with their times, XLIFF and PO with everything that is not translation. What
    # was read with --encoding could not be read again without it.
    timed = any(sentence.time for sentence in checked.target.sentences[:1])
    bilingual = target is None and not target_only and encoding is None
    kept = translation.read_bytes() if timed or (bilingual and for_path(source).written_back) else None
    document = service.import_document(
        actor,
        found.id,
        checked,
        name=name or translation.name,
        mt_system=mt_system,
        original=kept,
        original_name=translation.name if kept else "",
    )
    print(
        f"{document.name}: {document.segments} segments, {sum(document.open_flags.values())} open flags, "
        f"in project {found.name!r}"
    )


def export(
    project: Annotated[str, typer.Argument(help="Name or number of the project.")],
    format: Annotated[
        str, typer.Option(help="xlsx, csv, jsonl, html, txt, tmx, xliff, po, srt, vtt.")
    ] = "xlsx",
    out: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Default: PROJECT.FORMAT here.")
    ] = None,
    document: Annotated[str | None, typer.Option(metavar="NAME", help="One document alone.")] = None,
    database: DatabaseOption = None,
    as_: PersonOption = None,
) -> None:
    """Write a project's segments, flags and figures, or its corrected text, to a file.

    txt, po, srt and vtt hold one document. XLIFF and PO that were imported are filled in.
    """
    from qa.report.exports import export as write

    service = open_service(database)
    found = find_project(service, project)
    document_id = None
    if document is not None:
        documents = service.documents(found.id)
        matches = [d.id for d in documents if document in (d.name, str(d.id))]
        if not matches:
            known = ", ".join(repr(d.name) for d in documents) or "none"
            raise NotFoundError(f"no document {document!r} in {found.name!r}; there are: {known}")
        document_id = matches[0]
    safe = "".join(c if c.isalnum() or c in "-_." else "-" for c in found.name)
    path = out or Path(f"{safe}.{format}")
    write(service, found.id, format, path, document_id=document_id)
    service.record_export(Actor(person(as_), Role.LEAD), found.id, format)
    notice(f"wrote {path}")


def report(
    project: Annotated[str, typer.Argument(help="Name or number of the project.")],
    json_: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Print a project's quality figures: MQM score, flags, progress, HTER."""
    from rich.console import Console

    from qa.report.console import render_summary
    from qa.report.summary import summarise

    service = open_service(database)
    found = find_project(service, project)
    summary = summarise(found, service.all_segments(found.id))
    if json_:
        print(json.dumps(summary.as_dict(), ensure_ascii=False, indent=2))
    else:
        render_summary(summary, Console())


def projects(database: DatabaseOption = None) -> None:
    """List the projects."""
    everything = open_service(database).projects()
    if not everything:
        print("No projects yet. Make one: qa import SOURCE TARGET --from ru --to fr --project NAME")
    for project in everything:
        print(
            f"{project.id:>4}  {project.name}  {project.source_lang} → {project.target_lang}  "
            f"{project.documents} documents, {project.approved}/{project.segments} segments approved, "
            f"{project.open_flags} open flags"
        )

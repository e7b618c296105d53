"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "AccuracyLevel",
    "AccuracyOption",
    "DatabaseOption",
    "EncodingOption",
    "EstimatorOption",
    "FromOption",
    "GlossaryOption",
    "LinksOption",
    "ModelOption",
    "OutputOption",
    "PersonOption",
    "PresegmentedOption",
    "PriceOption",
    "QuietOption",
    "SendTextsOption",
    "SensesOption",
    "SourceColumnOption",
    "SuspicionOption",
    "TargetColumnOption",
    "TargetOnlyOption",
    "ThreadsOption",
    "ToOption",
]


class AccuracyLevel(StrEnum):
    fast = "fast"
    default = "default"
    best = "best"


FromOption = Annotated[
    str | None,
    typer.Option("--from", metavar="LANG", help="Source language (identified if left out)."),
]
ToOption = Annotated[
    str | None, typer.Option("--to", metavar="LANG", help="Target language (identified if left out).")
]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of stdout.")
]
EncodingOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Encoding of plain text and tables (detected if left out).")
]
SourceColumnOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of the source in a table (found by name).")
]
TargetColumnOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Column of the target in a table (found by name).")
]
AccuracyOption = Annotated[AccuracyLevel, typer.Option(help="Alignment: speed against accuracy.")]
ModelOption = Annotated[
    str | None, typer.Option(metavar="PATH|NAME", help="Another encoder: a local directory or a hub name.")
]
SuspicionOption = Annotated[
    str,
    typer.Option(
        metavar="precise|balanced|off|P",
        help="From which probability on a word that the quality model doubts is flagged.",
    ),
]
EstimatorOption = Annotated[
    str | None,
    typer.Option(
        metavar="PATH|NAME",
        help="Another quality-estimation model: a COMET or transformers folder, a hub name, openai:MODEL.",
    ),
]
SendTextsOption = Annotated[
    bool, typer.Option("--send-texts", help="Agree that the estimator sends the texts to its server.")
]
PriceOption = Annotated[
    str | None,
    typer.Option(
        "--price",
        metavar="IN,OUT",
        envvar="RELECTURE_PRICE",
        help="Dollars per million tokens, so that the cost of such an estimator is shown.",
    ),
]
ThreadsOption = Annotated[int | None, typer.Option(min=1, help="Processor threads (default: all cores).")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar, no notices.")]
GlossaryOption = Annotated[
    Path | None, typer.Option("--glossary", metavar="FILE", help="Glossary: CSV (source,target,…) or TBX.")
]
SensesOption = Annotated[
    Path | None, typer.Option("--senses", metavar="FILE", help="Your own sense inventory, added to ours.")
]
DictionaryOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--dictionary",
        metavar="FILE",
        help="A bilingual dictionary: StarDict (.ifo) or dictd (.index). May be given several times.",
    ),
]
LinksOption = Annotated[
    Path | None,
    typer.Option(
        "--links",
        metavar="FILE",
        help="Use this alignment instead of aligning: JSONL, [0, 1]:[2] lines, a hunalign ladder, or TSV or "
        "TMX as written by qa align.",
    ),
]
PresegmentedOption = Annotated[bool, typer.Option("--presegmented", help="One sentence a line.")]
TargetOnlyOption = Annotated[
    bool, typer.Option("--target-only", help="The one file is a translation whose source is missing.")
]
DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="RELECTURE_DATABASE",
        help="Database URL or SQLite file (default: in your data folder).",
    ),
]
PersonOption = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="Act under this name (default: your login name).")
]

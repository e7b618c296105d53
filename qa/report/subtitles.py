"""Corrected subtitles: the imported SRT or WebVTT file with every changed cue replaced, times untouched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from qa.errors import UsageError
from qa.formats.subtitles import cues, rewritten
from qa.formats.text import decode
from qa.report.exports import Export, Format
from qa.review.views import SegmentView

__all__ = ["SRT", "VTT", "changed_cues"]


def changed_cues(shown: Sequence[str], segments: Iterable[SegmentView]) -> dict[int, str]:
    """New texts by cue, counted from 0 among the cues with text, whose texts are ``shown``.

    The text of a segment of several cues goes to them line by line where it still has a line a cue, else
    word by word in the proportions of the old texts. What was translated anew has no time of its own: it
    joins the cue before it, or the first one.
    """
    out: dict[int, str] = {}
    last = -1
    ahead: list[str] = []
    for segment in segments:
        indices = [index for index in segment.target_index if index < len(shown)]
        if indices:
            if segment.text != segment.mt:
                old = [shown[index] for index in indices]
                out.update(zip(indices, _shared(segment.text, old), strict=True))
            last = indices[-1]
        elif segment.text != segment.mt and last < 0:
            ahead.append(segment.text)
        elif segment.text != segment.mt:
            out[last] = f"{out.get(last, shown[last])} {segment.text}".strip()
    if ahead and shown:
        out[0] = " ".join([*ahead, out.get(0, shown[0])]).strip()
    return out


def _shared(text: str, old: Sequence[str]) -> list[str]:
    lines = text.split("\n")
    if len(lines) == len(old):
        return [line.strip() for line in lines]
    words, total = text.split(), sum(map(len, old)) or 1
    out, at, reached = [], 0, 0
    for part in old:
        reached += len(part)
        stop = round(len(words) * reached / total)
        out.append(" ".join(words[at:stop]))
        at = stop
    return out


def _write(export: Export, path: Path, suffix: str) -> None:
    (document,) = export.documents
    original, name = export.service.document_original(document.id)
    if original is None or Path(name).suffix.lower() != suffix:
        raise UsageError(
            f"{document.name!r} was not imported from subtitles in {suffix}, so there are no times to write; "
            "export it as txt"
        )
    source = Path(name)
    text = decode(original, source, langs=(export.project.target_lang,))
    shown = [cue.text for cue in cues(text, source) if cue.text]
    segments = export.service.all_segments(export.project.id, document_id=document.id)
    with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        stream.write(rewritten(text, changed_cues(shown, segments), source))


SRT = Format(
    "Corrected subtitles (SRT)",
    ".srt",
    "application/x-subrip",
    lambda export, path: _write(export, path, ".srt"),
    single=True,
)
VTT = Format(
    "Corrected subtitles (WebVTT)", ".vtt", "text/vtt", lambda export, path: _write(export, path, ".vtt"),
    single=True,
)  # fmt: skip

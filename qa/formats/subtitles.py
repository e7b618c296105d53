"""Subtitles, SubRip (SRT) and WebVTT: each cue with text is one sentence of the document, with its time.

The document's text is what people read: one cue a line, line breaks inside a cue as blanks, without
formatting (``<i>``, ``{\\an8}``, ``<v Anna>``) and, in WebVTT, with entities resolved. Cues may overlap and
stand in any order; they keep the order of the file. Cues without text are left out. Found in the wild
and accepted: missing blank lines or numbers, blank lines inside a cue, comma or point, any line ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unicodedata import east_asian_width

from qa.errors import FormatError, LimitError
from qa.formats.base import DocumentFormat
from qa.formats.limits import MAX_PAIRS
from qa.lang import UNDETERMINED
from qa.model import Document, Sentence

__all__ = ["SRT", "VTT", "Cue", "cues", "read_subtitles", "rewritten"]

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|(?<=[^\r\n])\Z)")
_MOMENT = r"(?:(\d{1,3}):)?([0-5]?\d):([0-5]?\d)(?:[,.](\d{1,3}))?"
_TIMING = re.compile(rf"\s*{_MOMENT}\s*-->\s*{_MOMENT}(?:\s.*)?")
_NUMBER = re.compile(r"\s*\d{1,9}\s*")
_TAG = re.compile(
    r"</?(?:i|b|u|s|c|v|font|lang|ruby|rt)(?:[\s.][^<>]*)?>|<(?:\d+:)?\d+:\d+\.\d+>|\{\\[^{}]*\}",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|nbsp|lrm|rlm);")
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " ", "&lrm;": "\u200e", "&rlm;": "\u200f"}
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_WIDTH = 42
"""Columns of a subtitle line before it is broken in two, as broadcasters' guidelines have it."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: its text in one line ("" where it shows nothing), its time in seconds, the half-open range
    of the file's lines that hold its text."""

    text: str
    start: float
    end: float
    lines: tuple[int, int]


def cues(text: str, path: Path) -> list[Cue]:
    """All cues of a file in its order; ``path`` is for messages.

    Raises FormatError, naming the line, for a time that is none or ends before it begins, for text before
    the first cue and for a file without cues; LimitError for too many.
    """
    lines = [line.rstrip("\r\n") for line in _split(text)]
    is_vtt = _is_vtt(text)
    found: list[Cue] = []
    for timing, stop in _bodies(lines, is_vtt, path):
        start, end = _times(lines[timing], timing, path)
        if len(found) >= MAX_PAIRS:
            raise LimitError(f"{path}, line {timing + 1}: more than {MAX_PAIRS:,} cues; split the file")
        body = (_shown(line, is_vtt) for line in lines[timing + 1 : stop])
        found.append(Cue(_joined(body), start, end, (timing + 1, stop)))
    if not any(cue.text for cue in found):
        raise FormatError(f"{path}: no cues with text in it; give an SRT or WebVTT file with subtitles")
    return found


def read_subtitles(text: str, path: Path) -> Document:
    """The cues that have text as the sentences of a document, their times in seconds; its language is not
    determined. Raises what ``cues`` raises."""
    shown = [cue for cue in cues(text, path) if cue.text]
    sentences, at = [], 0
    for index, cue in enumerate(shown):
        end = at + len(cue.text)
        sentences.append(Sentence(index, cue.text, at, end, time=(cue.start, cue.end)))
        at = end + 1
    return Document("\n".join(cue.text for cue in shown), UNDETERMINED, tuple(sentences), path.name)


def rewritten(text: str, changed: Mapping[int, str], path: Path) -> str:
    """The file ``text`` with new texts for some cues, counted from 0 among those that show something.

    Everything else, times and formatting of the other cues too, stays character for character. A text
    longer than a subtitle line is broken in two.
    """
    lines = list(_split(text))
    is_vtt = _is_vtt(text)
    shown = [cue for cue in cues(text, path) if cue.text]
    for index in sorted(changed, reverse=True):
        first, stop = shown[index].lines
        ending = re.sub(r"^[^\r\n]*", "", lines[first]) or "\n"
        new = changed[index].replace("-->", "→")  # the arrow would be read as a time
        if is_vtt:
            new = "".join(_ESCAPES.get(character, character) for character in new)
        lines[first:stop] = [part + ending for part in _broken(new)]
    return "".join(lines)


def _is_vtt(text: str) -> bool:
    return text.startswith("WEBVTT")


def _split(text: str) -> Iterator[str]:
    """Lines with their ends."""
    return (match[0] for match in _LINES.finditer(text) if match[0])


def _bodies(lines: Sequence[str], is_vtt: bool, path: Path) -> Iterator[tuple[int, int]]:
    """(line of the times, line behind the text) of each cue."""
    timings = [number for number, line in enumerate(lines) if "-->" in line]
    if not timings:
        return
    for number in range(0 if is_vtt else timings[0]):
        if lines[number].strip() and not _NUMBER.fullmatch(lines[number]):
            raise FormatError(
                f"{path}, line {number + 1}: text before the first cue; a number and a time such as "
                "00:01:02,000 --> 00:01:04,500 are expected"
            )
    for timing, following in zip(timings, [*timings[1:], len(lines)], strict=True):
        stop = following
        if is_vtt:
            # What follows a blank line is the next cue's name, or a note.
            stop = next((n for n in range(timing + 1, stop) if not lines[n].strip()), stop)
        if stop == following < len(lines) and stop - 1 > timing and _NUMBER.fullmatch(lines[stop - 1]):
            stop -= 1
        while stop - 1 > timing and not lines[stop - 1].strip():
            stop -= 1
        yield timing, stop


def _times(line: str, number: int, path: Path) -> tuple[float, float]:
    match = _TIMING.fullmatch(line)
    if match is None:
        raise FormatError(
            f"{path}, line {number + 1}: no time of a cue; 00:01:02,000 --> 00:01:04,500 is expected"
        )
    start, end = _seconds(*match.group(1, 2, 3, 4)), _seconds(*match.group(5, 6, 7, 8))
    if end < start:
        raise FormatError(f"{path}, line {number + 1}: the cue ends before it begins; correct its time")
    return start, end


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + int((fraction or "0").ljust(3, "0")) / 1000


def _shown(line: str, is_vtt: bool) -> str:
    line = _TAG.sub("", line).replace("\\N", " ").replace("\\h", " ")
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], line) if is_vtt else line


def _joined(lines: Iterator[str]) -> str:
    """The lines as one, blanks between words as one each; wide characters are joined without."""
    out = ""
    for line in lines:
        part = " ".join(line.split())
        joint = " " if out and part and not (_is_wide(out[-1]) and _is_wide(part[0])) else ""
        out += joint + part
    return out


def _is_wide(character: str) -> bool:
    hangul = "\uac00" <= character <= "\ud7ff"
    return east_asian_width(character) in "WF" and not hangul


def _broken(text: str) -> list[str]:
    """``text`` in one or two lines of about equal length."""
    text = " ".join(text.split())
    gaps = [n for n, character in enumerate(text) if character == " "]
    if len(text) <= _WIDTH or not gaps:
        return [text]
    middle = min(gaps, key=lambda n: abs(2 * n - len(text)))
    return [text[:middle], text[middle + 1 :]]


SRT = DocumentFormat("srt", (".srt",), "SubRip subtitles", read_subtitles)
VTT = DocumentFormat("vtt", (".vtt",), "WebVTT subtitles", read_subtitles)

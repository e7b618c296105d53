"""SARIF 2.1.0: flags as code-scanning results, for editors and review platforms that read it.

Regions are given in lines and columns and in character offsets of the target (or source) file, counted
in Unicode code points. A fix becomes a SARIF fix: replacements in the target file.
"""

from __future__ import annotations

import hashlib
import inspect
import re
from bisect import bisect_right
from typing import TextIO
from urllib.parse import quote

import qa
from qa.model import CheckedDocument, Document, Flag, Segment, Severity, Span
from qa.report.safe import json_line, rounded

__all__ = ["to_sarif", "write_sarif"]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {
    Severity.CRITICAL: "error",
    Severity.MAJOR: "error",
    Severity.MINOR: "warning",
    Severity.NEUTRAL: "note",
}
_NEWLINE = re.compile("\r\n|\n")


def write_sarif(checked: CheckedDocument, stream: TextIO) -> None:
    """Write ``checked`` as one SARIF log."""
    stream.write(json_line(to_sarif(checked)) + "\n")


def to_sarif(checked: CheckedDocument) -> dict[str, object]:
    """The SARIF log of ``checked`` as plain data."""
    target = _Artifact(checked.target, checked.target.name or "target.txt")
    source = None
    if checked.source is not None:
        # Both sides may carry the name of one run; two artefacts must not share a location.
        named = checked.source.name and checked.source.name != checked.target.name
        source = _Artifact(checked.source, checked.source.name if named else "source.txt")
    artifacts = [target] if source is None else [target, source]
    flags = [(item.segment, flag) for item in checked.segments for flag in item.flags]
    rules = {flag.check: number for number, flag in enumerate({f.check: f for _, f in flags}.values())}
    first = {flag.check: flag for _, flag in reversed(flags)}
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Relecture",
                        "version": qa.__version__,
                        "semanticVersion": qa.__version__,
                        "rules": [_rule(first[check]) for check in rules],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "artifacts": [
                    {
                        "location": artifact.location,
                        "mimeType": "text/plain",
                    }
                    for artifact in artifacts
                ],
                "invocations": [
                    {
                        "executionSuccessful": True,
                        "toolExecutionNotifications": [
                            {"level": "note", "message": {"text": notice}} for notice in checked.notices
                        ],
                    }
                ],
                "results": [
                    _result(segment, flag, rules[flag.check], source, target) for segment, flag in flags
                ],
            }
        ],
    }


class _Artifact:
    """A document with its URI and the offsets of its lines."""

    def __init__(self, document: Document, name: str) -> None:
        self.document = document
        # A relative reference must not read as a scheme ("c:...") and must survive a lone surrogate.
        self.location = {"uri": quote(name.replace("\\", "/"), safe="/", errors="replace")}
        self.lines = [0, *(match.end() for match in _NEWLINE.finditer(document.text))]

    def region(self, start: int, end: int) -> dict[str, object]:
        first, last = (bisect_right(self.lines, offset) for offset in (start, end))
        return {
            "startLine": first,
            "startColumn": start - self.lines[first - 1] + 1,
            "endLine": last,
            "endColumn": end - self.lines[last - 1] + 1,
            "charOffset": start,
            "charLength": end - start,
        }


def _result(
    segment: Segment, flag: Flag, rule: int, source: _Artifact | None, target: _Artifact
) -> dict[str, object]:
    artifact = source if flag.side == "source" and source is not None else target
    span = segment.source_span if flag.side == "source" else segment.target_span
    physical: dict[str, object] = {"artifactLocation": artifact.location}
    if span is not None:
        physical["region"] = {
            **artifact.region(*_within(span, flag.start, flag.end)),
            "snippet": {"text": flag.text},
        }
    result: dict[str, object] = {
        "ruleId": flag.check,
        "ruleIndex": rule,
        "level": LEVELS[flag.severity],
        "rank": rounded(100 * flag.confidence, 1),
        "message": {"text": flag.message or flag.check},
        "locations": [
            {
                "physicalLocation": physical,
                "logicalLocations": [{"name": f"segment {segment.id}"}],
            }
        ],
        "partialFingerprints": {"relecture/v1": _fingerprint(segment, flag)},
        "properties": {
            "category": flag.category,
            "severity": flag.severity.value,
            "side": flag.side,
            "segment": segment.id,
            "source": segment.source,
            "target": segment.target,
        },
    }
    if flag.fix and segment.target_span is not None:
        base = segment.target_span
        result["fixes"] = [
            {
                "description": {"text": flag.message or flag.check},
                "artifactChanges": [
                    {
                        "artifactLocation": target.location,
                        "replacements": [
                            {
                                "deletedRegion": target.region(*_within(base, edit.start, edit.end)),
                                "insertedContent": {"text": edit.text},
                            }
                            for edit in flag.fix
                        ],
                    }
                ],
            }
        ]
    return result


def _within(span: Span, start: int, end: int) -> tuple[int, int]:
    return min(span.start + start, span.end), min(span.start + end, span.end)


def _fingerprint(segment: Segment, flag: Flag) -> str:
    """Stable while the segment's texts are: survives insertions elsewhere in the document."""
    parts = (flag.check, flag.side, str(flag.start), flag.text, segment.source, segment.target)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _rule(flag: Flag) -> dict[str, object]:
    page = _check_page(flag.check)
    headline = page.split("\n", 1)[0] or f"Found by {flag.check}."
    return {
        "id": flag.check,
        "shortDescription": {"text": headline},
        "fullDescription": {"text": headline},
        "help": {"text": page or headline, "markdown": page or headline},
        "defaultConfiguration": {"level": LEVELS[flag.severity]},
        "properties": {"tags": ["translation", flag.category]},
    }


def _check_page(check: str) -> str:
    """The user page of a check: its docstring; empty for what people or models flag."""
    from qa.checks import CHECKS

    return inspect.getdoc(CHECKS.get(check)) or "" if check in CHECKS else ""

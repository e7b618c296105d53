"""The user pages of checks, made of their docstrings and of what was measured of them.

``python -m qa.checks.pages docs/checks.md`` writes the page of all checks; the figures come from
``measured.json``, which ``python benchmarks/checks.py --write qa/checks/measured.json`` writes.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from qa.checks import CHECKS
from qa.checks.base import Check

__all__ = ["document", "page"]

_INTRODUCTION = """# Checks

Every flag comes from one of these checks. `qa checks` lists them, `qa checks explain ID` prints one of
these pages, `qa check --only ID` and `--skip ID` choose.

**False alarms** are the flags per 1,000 segments of human translation ({segments:,} segments of FLORES
devtest, newstest 2012–2013 and WMT22 in {pairs} directions). Human translations hold true errors too,
and most flags of the stricter checks are such: the figure is an upper bound. **Recall** is the share of
damaged translations of the DEMETR development part that the check finds, for the kind of damage it
finds best; a dash means that the set has no damage of its kind.
"""


@cache
def _measured() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(
        resources.files("qa.checks").joinpath("measured.json").read_text(encoding="utf-8")
    )
    return found


def page(check: type[Check]) -> str:
    """The Markdown page of one check: its docstring, its metadata, its measured figures."""
    text = inspect.getdoc(check) or check.id
    summary, _, rest = text.partition("\n")
    languages = "every language" if check.languages is None else ", ".join(sorted(check.languages))
    scope = "looks at the whole document" if check.scope == "document" else "looks at one segment at a time"
    need = "needs the source" if check.needs_source else "works on a translation alone"
    facts = [
        f"Category `{check.category}`, severity {check.severity.value}; {scope}, {need}. Target: {languages}."
    ]
    figures = _figures(check.id)
    if figures:
        facts.append(figures)
    body = rest.strip()
    return f"# {check.id}\n\n{summary}\n\n" + "\n".join(facts) + f"\n\n{body}\n"


def _figures(check_id: str) -> str:
    found = _measured()["checks"].get(check_id)
    if found is None:
        return ""
    text = f"Measured: {found['per_thousand']:.2f} flags per 1,000 human-translated segments"
    if found["recall"]:
        kind, share = next(iter(found["recall"].items()))
        text += f"; finds {share:.0%} of DEMETR's “{kind}”"
    return text + "."


def document() -> str:
    """The Markdown page of all checks."""
    measured = _measured()
    parts = [_INTRODUCTION.format(segments=measured["segments"], pairs=measured["directions"])]
    rows = [
        "| check | category | severity | false alarms /1,000 | recall (DEMETR) |",
        "|---|---|---|---|---|",
    ]
    for check in CHECKS:
        found = measured["checks"].get(check.id, {"per_thousand": None, "recall": {}})
        recall = ", ".join(f"{share:.2f} {kind}" for kind, share in list(found["recall"].items())[:1]) or "–"
        alarms = "–" if found["per_thousand"] is None else f"{found['per_thousand']:.2f}"
        rows.append(
            f"| [{check.id}](#{check.id}) | {check.category} | {check.severity.value} | {alarms} | {recall} |"
        )
    total = f"**{measured['all']:.1f}**, major or worse **{measured['major']:.1f}**"
    rows.append(f"| **all together** | | | {total} | |")
    parts.append("\n".join(rows) + "\n")
    # Headings move one level down: the page of a check is a section here.
    parts += [page(check).replace("\n## ", "\n### ").replace("# ", "## ", 1) for check in CHECKS]
    return "\n".join(parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(document(), encoding="utf-8")

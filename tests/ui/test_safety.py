"""Rules about the sources of the interface."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from qa.ui import linkboard, workbench

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path
    for path in [ROOT / "app.py", *(ROOT / "qa" / "ui").rglob("*")]
    if path.suffix in {".py", ".js", ".css", ".html"}
)
BANNED = (
    "unsafe_allow_html",
    "unsafe_allow_javascript",
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "eval(",
    "new Function",
    "shortcut=",
    "http://",
    "https://",
)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_that_lets_text_act_or_leave(path: Path):
    source = path.read_text(encoding="utf-8")
    assert [word for word in BANNED if word in source] == []


@pytest.mark.parametrize("path", [p for p in SOURCES if p.suffix == ".py"], ids=lambda path: path.name)
def test_markdown_is_not_used_for_text(path: Path):
    # Labels and markdown would interpret what documents say; HTML goes through qa.ui.text.
    assert (
        re.findall(r"\bst\.(?:markdown|write|info|error|warning|success|toast|caption)\(", path.read_text())
        == []
    )


COMPONENTS = pytest.mark.parametrize("component", [workbench, linkboard], ids=lambda part: part.KEY)


@COMPONENTS
def test_every_module_is_in_the_bundle_and_no_import_is_left(component):
    folder = Path(component.__file__).parent
    assert set(component.MODULES) == {path.name for path in folder.glob("*.js")}
    bundle = component.script()
    assert not re.search(r"^import ", bundle, re.MULTILINE)
    assert re.findall(r"^export .*", bundle, re.MULTILINE) == [
        "export default function ({ data, parentElement, setTriggerValue }) {"
    ]


@COMPONENTS
def test_modules_share_no_top_level_name(component):
    names = re.findall(r"^(?:const|let|class|function) (\w+)", component.script(), re.MULTILINE)
    assert sorted(names) == sorted(set(names))

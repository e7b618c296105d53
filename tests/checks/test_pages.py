"""The pages of checks: complete, and the document in step with the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.checks import CHECKS
from qa.checks.pages import document, page

DOCUMENT = Path(__file__).parents[2] / "docs" / "checks.md"


@pytest.mark.parametrize("name", CHECKS.names())
def test_a_page_has_its_facts(name: str) -> None:
    text = page(CHECKS.get(name))
    assert text.startswith(f"# {name}\n\n")
    assert CHECKS.get(name).category in text
    assert text.count("\n## ") == 4


def test_the_document_lists_every_check() -> None:
    text = document()
    assert all(f"| [{name}](#{name}) |" in text and f"\n## {name}\n" in text for name in CHECKS.names())


def test_the_document_is_in_step() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document(), "run python -m qa.checks.pages docs/checks.md"

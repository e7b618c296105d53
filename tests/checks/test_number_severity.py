"""A lost small number is a lesser matter than a lost dose, and than a changed one."""

from __future__ import annotations

import pytest

from qa.checks.base import Context
from qa.checks.runner import run
from qa.model import Segment, Severity


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("The 8 rooms are let.", "Les chambres sont louées.", Severity.MINOR),
        ("The 14 rooms are let.", "Les chambres sont louées.", Severity.MAJOR),
        ("Take 8 mg at night.", "À prendre le soir.", Severity.MAJOR),
        ("It fell by 8% again.", "La baisse continue.", Severity.MAJOR),
        ("It cost 8 million.", "Le prix était élevé.", Severity.MAJOR),
        ("The 8 rooms are let.", "Les 9 chambres sont louées.", Severity.MAJOR),
        ("The rooms are let.", "Les 8 chambres sont louées.", Severity.MINOR),
    ],
)
def test_severity(source: str, target: str, severity: Severity) -> None:
    (flag,) = run(Context("en", "fr", [Segment(1, source, target)]), only=["numbers"])[1]
    assert flag.severity is severity

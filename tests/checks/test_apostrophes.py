"""Every fix is written with the apostrophe of the text, whichever check proposes it."""

from __future__ import annotations

import pytest

from qa.checks.apostrophes import usual_mark, with_mark
from qa.checks.base import Context
from qa.checks.runner import run
from qa.model import Edit, Flag, Segment, Severity, apply_edits


@pytest.mark.parametrize(("neighbour", "mark"), [("l'eau d'ici", "'"), ("l’eau d’ici", "’"), ("rien", "’")])
def test_the_fix_of_a_check_takes_the_apostrophe_of_the_document(neighbour: str, mark: str) -> None:
    segments = [
        Segment(1, "He does not accept the treaty.", "Il accepte le traité."),
        Segment(2, "water", neighbour),
    ]
    [flag] = run(Context("en", "fr", segments), only=["polarity"])[1]
    assert apply_edits(segments[0].target, flag.fix) == f"Il n{mark}accepte pas le traité."


@pytest.mark.parametrize(
    ("text", "edit", "written"),
    [
        ("la usine", Edit(0, 3, "l’"), "l'"),
        ("le mot", Edit(3, 6, "‘mot’"), "‘mot’"),
        ("l'usine", Edit(1, 2, "’"), "’"),
    ],
)
def test_quotation_marks_and_a_fix_of_the_mark_itself_stay(text: str, edit: Edit, written: str) -> None:
    flag = Flag("x", "fluency", Severity.MINOR, "target", 0, 2, "", "", 0.9, (edit,))
    assert with_mark(flag, Segment(1, "a", text), "'").fix[0].text == written


def test_false_apostrophes_and_those_of_the_source_are_no_habit() -> None:
    assert usual_mark([Segment(1, "O’Neil met", "O’Neil a rencontré l´homme d'hier")]) == "'"
    assert usual_mark([Segment(1, "a", "l´homme")]) == ""

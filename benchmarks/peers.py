"""Agreement with the verdicts that another checker's own tests state.

    pip download --no-deps Weblate==5.14.3 && unzip Weblate-*.whl 'weblate/checks/tests/*' -d PEER
    python benchmarks/peers.py PEER/weblate/checks/tests

Weblate ships the tests of its checks. They are read, not run: each ``(source, target, flags)`` and whether
it is good or a failure, for the checks that both sides have. Nothing of them is kept here.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.checks import CHECKS
from qa.checks.base import Context
from qa.checks.runner import run
from qa.model import Segment

SAME = {
    "BeginNewlineCheckTest": "edge-space",
    "EndNewlineCheckTest": "edge-space",
    "BeginSpaceCheckTest": "edge-space",
    "EndSpaceCheckTest": "edge-space",
    "DoubleSpaceCheckTest": "doubled-space",
    "EndStopCheckTest": "end-punctuation",
    "EndColonCheckTest": "end-punctuation",
    "EndQuestionCheckTest": "end-punctuation",
    "EndExclamationCheckTest": "end-punctuation",
    "ZeroWidthSpaceCheckTest": "invisible-characters",
    "PunctuationSpacingCheckTest": "french-spacing space-before-punctuation missing-space",
    "SameCheckTest": "source-copied untranslated",
    "DuplicateCheckTest": "doubled-word",
    "PythonFormatCheckTest": "placeholders",
    "PythonBraceFormatCheckTest": "placeholders brackets",
    "CFormatCheckTest": "placeholders",
    "PHPFormatCheckTest": "placeholders",
    "XMLTagsCheckTest": "tags",
    "XMLValidityCheckTest": "tags",
    "URLCheckTest": "addresses",
    "MarkdownLinkCheckTest": "markdown addresses",
    "MarkdownRefLinkCheckTest": "markdown",
    "MarkdownSyntaxCheckTest": "markdown",
}
"""Weblate's test class → our checks for the same error."""
# What only its project settings decide, or what its own fixtures say of its mock project.
FLAGS = ("ignore-", "strict-", "placeholders:", "max-length", "check-")
VERDICTS = {"assertTrue": True, "assertFalse": False}
LANGUAGE = "cs"  # of Weblate's mock translation, where a test names none


@dataclass(frozen=True, slots=True)
class Case:
    test: str
    source: str
    target: str
    language: str
    failure: bool


def text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def triple(node: ast.expr) -> tuple[str, str, str] | None:
    """``(source, target, flags)`` of constants."""
    if not isinstance(node, ast.Tuple) or len(node.elts) != 3:
        return None
    source, target, flags = map(text, node.elts)
    return None if source is None or target is None else (source, target, flags or "")


def asserted(node: ast.expr) -> tuple[str, str, str] | None:
    """``check_format(source, target, …)`` or ``_run_check(target, source=…)`` inside an assertion."""
    if not isinstance(node, ast.Call):
        return None
    texts = [text(argument) for argument in node.args[:2]]
    name = getattr(node.func, "attr", "")
    strict = len(node.args) > 2 and getattr(node.args[2], "value", True) is False
    if name == "check_format" and strict and None not in texts:  # not: arguments may be left out
        return str(texts[0]), str(texts[1]), ""
    if name == "_run_check" and texts[:1] != [None]:
        named = {word.arg: text(word.value) for word in node.keywords}
        return None if "lang" in named else (named.get("source") or "", str(texts[0]), "")
    return None


def read(path: Path) -> Iterator[Case]:
    """The cases of one file of tests."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(node, ast.ClassDef) or node.name not in SAME:
            continue
        for part in ast.walk(node):
            found = None
            language, failure = LANGUAGE, False
            if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Attribute):
                name = part.targets[0].attr
                if name.startswith(("test_good", "test_failure")):
                    found, failure = triple(part.value), name.startswith("test_failure")
            elif isinstance(part, ast.Call) and getattr(part.func, "attr", "") == "do_test":
                if len(part.args) > 1 and isinstance(part.args[0], ast.Constant):
                    found, failure = triple(part.args[1]), bool(part.args[0].value)
                if len(part.args) > 2:
                    language = text(part.args[2]) or LANGUAGE
            elif isinstance(part, ast.Call) and getattr(part.func, "attr", "") in VERDICTS and part.args:
                found, failure = asserted(part.args[0]), VERDICTS[part.func.attr]  # type: ignore[attr-defined]
            if found and not any(flag in found[2] for flag in FLAGS):
                yield Case(node.name, found[0], found[1], language.replace("_", "-"), failure)


def verdict(case: Case) -> bool:
    """Whether our checks flag the case."""
    segment = Segment(1, case.source, case.target, (0,) if case.source else (), (0,))
    found = run(Context("en", case.language, [segment]), only=SAME[case.test].split())
    return bool(found[1])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tests", type=Path, help="the folder weblate/checks/tests")
    parser.add_argument("--show", action="store_true", help="print every case of disagreement")
    options = parser.parse_args()
    cases = [case for path in sorted(options.tests.glob("test_*.py")) for case in read(path)]
    if not cases:
        sys.exit(f"no tests of checks in {options.tests}")
    assert all(name in CHECKS for names in SAME.values() for name in names.split())
    total = agreed = 0
    print("| Weblate's test | ours | cases | agreement |\n|---|---|---|---|")
    for test in dict.fromkeys(case.test for case in cases):
        mine = [case for case in cases if case.test == test]
        wrong = [case for case in mine if verdict(case) != case.failure]
        total, agreed = total + len(mine), agreed + len(mine) - len(wrong)
        print(f"| {test} | {SAME[test]} | {len(mine)} | {1 - len(wrong) / len(mine):.3f} |")
        if options.show:
            for case in wrong:
                print("    ", "should flag" if case.failure else "should not", case, file=sys.stderr)
    print(f"\nagreement {agreed / total:.3f} of {total}")


if __name__ == "__main__":
    main()

"""Agreement with the verdicts that other checkers' own tests state.

    pip download --no-deps Weblate==5.14.3 && unzip weblate-*.whl 'weblate/checks/tests/*' -d PEER
    pip download --no-deps --no-binary :all: translate-toolkit==3.3.0
    tar xzf translate-toolkit-3.3.0.tar.gz -C PEER
    python benchmarks/peers.py --weblate PEER/weblate/checks/tests \\
        --toolkit PEER/translate-toolkit-3.3.0/translate/filters/test_checks.py [--show]

The tests are read, not run: source, target, language and whether it is good or a failure, for the checks that
both sides have. (Of translate-toolkit 3.3.0 is the last release that ships its tests.) Nothing of them is
kept here. Where we differ on purpose the table says why; such a case counts as disagreement all the same.
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

PLACEHOLDERS = "placeholders brackets"
END = "end-punctuation"
QUOTES = "quote-direction quote-balance quote-style quote-habit quotes-lost"
SPACING = "french-spacing space-before-punctuation missing-space"
WEBLATE = {
    **dict.fromkeys(("BeginNewline", "EndNewline", "BeginSpace", "EndSpace"), "edge-space"),
    "DoubleSpace": "doubled-space",
    **dict.fromkeys(
        ("EndStop", "EndColon", "EndQuestion", "EndExclamation", "EndInterrobang", "EndEllipsis"), END
    ),
    "EscapedNewlineCounting": "escapes",
    "NewLineCount": "line-breaks",
    "ZeroWidthSpace": "invisible-characters",
    "PunctuationSpacing": SPACING,
    "Same": "source-copied untranslated",
    "Duplicate": "doubled-word",
    **dict.fromkeys(
        ("PythonFormat", "PHPFormat", "CFormat", "PythonBraceFormat", "PerlBraceFormat", "CSharpFormat",
         "JavaFormat", "JavaMessageFormat", "QtFormat", "QtPlural", "RubyFormat", "I18NextInterpolation",
         "ESTemplateLiterals", "PercentPlaceholders", "VueFormatting", "AutomatticComponents"), PLACEHOLDERS
    ),
    **dict.fromkeys(("XMLTags", "XMLValidity"), "tags"),
    "URL": "addresses",
    "MarkdownLink": "markdown addresses",
    **dict.fromkeys(("MarkdownRefLink", "MarkdownSyntax"), "markdown"),
}  # fmt: skip
"""Weblate's check → ours for the same error."""
TOOLKIT = {
    "brackets": PLACEHOLDERS,
    "doublequoting": QUOTES + " doubled-word",
    "singlequoting": QUOTES,
    "doublespacing": "doubled-space",
    "escapes": "escapes line-breaks edge-space",
    **dict.fromkeys(("newlines", "tabs"), "line-breaks edge-space"),
    "doublewords": "doubled-word",
    "endpunc": END + " space-before-punctuation",
    **dict.fromkeys(("startwhitespace", "endwhitespace"), "edge-space"),
    **dict.fromkeys(("filepaths", "urls", "emails"), "addresses"),
    "numbers": "numbers number-format units",
    **dict.fromkeys(("printf", "pythonbraceformat"), PLACEHOLDERS),
    "variables": PLACEHOLDERS + " entities numbers units",
    "puncspacing": SPACING,
    "unchanged": "source-copied untranslated",
    "untranslated": "empty truncated",
    "blank": "empty",
    "xmltags": "tags",
}
"""pofilter's filter → ours for the same error."""
BRACES = "double braces are a variable in most template languages, here escaped braces"
DIFFER = {
    "EndStop": "a question that ends in a stop (Burmese) is another check's matter there",
    "EndInterrobang": "?! may become ? or !",
    "PunctuationSpacing": "a plain space in French is a remark: the mark may wrap alone",
    "PHPFormat": "%s for %1$s does the same",
    "PythonBraceFormat": BRACES,
    "CSharpFormat": BRACES,
    "JavaMessageFormat": BRACES + "; its apostrophes are not known elsewhere",
    "XMLTags": "an address in a tag that leads elsewhere is an error (pofilter agrees)",
    "MarkdownSyntax": "_this_ and *this* are the same",
    "Same": "a word no list knows may be a name; a lone placeholder or path may stay, a list may not",
    "doublequoting": "translators add marks, and straight ones are left to the text's habit",
    "singlequoting": "double marks for single ones are the locale's choice",
    "doublespacing": "two spaces after a stop are an English habit",
    "numbers": "separators follow the locale",
    "pythonbraceformat": "arguments the source does not have",
    "puncspacing": "as PunctuationSpacing",
    "variables": "a word in brackets is no variable; %$1@ is none",
}
"""Where the disagreements left are meant → why."""
# What only a project's settings decide, or what a fixture says of a mock project.
FLAGS = ("ignore-", "strict-", "placeholders:", "max-length", "check-")
WANTED = {"targetlanguage", "accelmarkers", "varmatches"}
"""Settings of pofilter's tests that are no matter of taste."""


@dataclass(frozen=True, slots=True)
class Case:
    test: str
    ours: str
    source: str
    target: str
    language: str
    failure: bool


def text(node: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return names.get(node.id)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def triple(node: ast.expr, names: dict[str, str]) -> tuple[str, str] | None:
    """``(source, target, flags)``; None where the flags are settings that decide the verdict."""
    if not isinstance(node, ast.Tuple) or len(node.elts) != 3:
        return None
    source, target, flags = (text(part, names) for part in node.elts)
    if source is None or target is None or any(flag in (flags or "") for flag in FLAGS):
        return None
    return source, target


def formatted(node: ast.expr, names: dict[str, str]) -> tuple[str, str] | None:
    """``check_format(source, target, False, …)`` or ``_run_check(target, source=…)`` inside an assertion."""
    if not isinstance(node, ast.Call):
        return None
    texts = [text(argument, names) for argument in node.args[:2]]
    name = getattr(node.func, "attr", "")
    strict = len(node.args) > 2 and getattr(node.args[2], "value", True) is False
    if name == "check_format" and strict and None not in texts:  # not: arguments may be left out
        return str(texts[0]), str(texts[1])
    if name == "_run_check" and texts[:1] != [None]:
        named = {word.arg: text(word.value, names) for word in node.keywords}
        return None if "lang" in named else (named.get("source") or "", str(texts[0]))
    return None


VERDICTS = {"assertTrue": True, "assertFalse": False, "assertEqual": True}


def weblate(path: Path) -> Iterator[Case]:
    """The cases of one file of Weblate's tests."""
    for node in ast.parse(path.read_text("utf-8")).body:
        test = node.name.removesuffix("CheckTest") if isinstance(node, ast.ClassDef) else ""
        if test not in WEBLATE:
            continue
        names: dict[str, str] = {"default_lang": "cs"}
        for part in ast.walk(node):
            found, failure, language = None, False, names["default_lang"]
            if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
                if (value := text(part.value, {})) is not None:
                    names[part.targets[0].id] = value
            elif isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Attribute):
                name = part.targets[0].attr
                # test_good_flag shows that a check is off where its flag is not set.
                if name.startswith(("test_good", "test_failure")) and name != "test_good_flag":
                    found, failure = triple(part.value, names), name.startswith("test_failure")
            elif isinstance(part, ast.Call) and getattr(part.func, "attr", "") == "do_test":
                if len(part.args) > 1 and isinstance(part.args[0], ast.Constant):
                    found, failure = triple(part.args[1], names), bool(part.args[0].value)
                if len(part.args) > 2:
                    language = text(part.args[2], names) or language
            elif isinstance(part, ast.Call) and getattr(part.func, "attr", "") in VERDICTS and part.args:
                found, failure = formatted(part.args[0], names), VERDICTS[part.func.attr]  # type: ignore[attr-defined]
            if found:
                yield Case(test, WEBLATE[test], *found, language.replace("_", "-"), failure)


def checker(node: ast.expr) -> tuple[str, str] | None:
    """(class, language) of ``checks.StandardChecker(checks.CheckerConfig(targetlanguage="fr"))``."""
    if not isinstance(node, ast.Call) or not getattr(node.func, "attr", "").endswith("Checker"):
        return None
    settings = [
        word
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and part is not node
        for word in part.keywords
    ]
    if any(word.arg not in WANTED for word in settings):
        return None
    language = next((text(word.value, {}) for word in settings if word.arg == "targetlanguage"), None)
    return node.func.attr, language or "af"  # type: ignore[attr-defined]


def toolkit(path: Path) -> Iterator[Case]:
    """The cases of pofilter's tests; its project styles count for variables alone."""
    lines = path.read_text("utf-8").splitlines()
    for function in ast.parse(path.read_text("utf-8")).body:
        if not isinstance(function, ast.FunctionDef) or any(
            "xfail" in ast.dump(d) for d in function.decorator_list
        ):
            continue
        checkers: dict[str, tuple[str, str] | None] = {}
        parts = [part for part in ast.walk(function) if isinstance(part, ast.Assign | ast.Call | ast.For)]
        for part in sorted(parts, key=lambda part: (part.lineno, part.col_offset)):
            if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
                checkers[part.targets[0].id] = checker(part.value)
            elif isinstance(part, ast.For) and isinstance(part.target, ast.Name):
                checkers[part.target.id] = ("each", "af")
            elif isinstance(part, ast.Call) and getattr(part.func, "id", "") in (
                "passes",
                "fails",
                "fails_serious",
            ):
                method, *sides = part.args
                sides = [text(side, {}) for side in sides[:2]]
                if not isinstance(method, ast.Attribute) or None in sides or method.attr not in TOOLKIT:
                    continue
                found = checkers.get(getattr(method.value, "id", ""))
                if any(word in lines[part.lineno - 2] for word in ("TODO", "FIXME")):
                    continue  # the peer itself calls this verdict wrong
                if found and (found[0] == "StandardChecker" or method.attr == "variables"):
                    failure = part.func.id != "passes"
                    yield Case(method.attr, TOOLKIT[method.attr], *sides, found[1], failure)


def verdict(case: Case) -> bool:
    """Whether our checks flag the case."""
    segment = Segment(1, case.source, case.target, (0,) if case.source else (), (0,))
    found = run(Context("en", case.language, [segment]), only=case.ours.split())
    return bool(found[1])


def settled(cases: list[Case]) -> list[Case]:
    """Each case once, without those that a peer's settings turn from good to failure.

    What one check of a peer lets pass and another finds is a failure, where one check of ours does both.
    """
    verdicts: dict[tuple[str, ...], set[bool]] = {}
    for case in cases:
        verdicts.setdefault((case.test, case.source, case.target, case.language), set()).add(case.failure)
    failed = {(case.ours, case.source, case.target, case.language) for case in cases if case.failure}
    return [
        case
        for case in dict.fromkeys(cases)
        if len(verdicts[case.test, case.source, case.target, case.language]) == 1
        and (case.failure or (case.ours, case.source, case.target, case.language) not in failed)
    ]


def table(peer: str, cases: list[Case], show: bool) -> tuple[int, int]:
    """Prints the agreement of each check; returns (agreed, cases)."""
    print(f"| {peer} | ours | cases | agreement | where we differ |\n|---|---|---|---|---|")
    agreed = 0
    for test in dict.fromkeys(case.test for case in cases):
        mine = [case for case in cases if case.test == test]
        wrong = [case for case in mine if verdict(case) != case.failure]
        agreed += len(mine) - len(wrong)
        why = DIFFER.get(test, "") if wrong else ""
        print(f"| {test} | {mine[0].ours} | {len(mine)} | {1 - len(wrong) / len(mine):.3f} | {why} |")
        for case in wrong if show else ():
            print("    ", "should flag" if case.failure else "should not", case, file=sys.stderr)
    print(f"\nagreement with {peer} {agreed / len(cases):.3f} of {len(cases)}\n")
    return agreed, len(cases)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weblate", type=Path, help="the folder weblate/checks/tests")
    parser.add_argument("--toolkit", type=Path, help="translate-toolkit's translate/filters/test_checks.py")
    parser.add_argument("--show", action="store_true", help="print every case of disagreement")
    options = parser.parse_args()
    assert all(name in CHECKS for names in (*WEBLATE.values(), *TOOLKIT.values()) for name in names.split())
    counts = []
    if options.weblate:
        cases = [case for path in sorted(options.weblate.glob("test_*.py")) for case in weblate(path)]
        counts.append(table("Weblate", settled(cases), options.show))
    if options.toolkit:
        counts.append(table("pofilter", settled(list(toolkit(options.toolkit))), options.show))
    if not counts or not all(total for _, total in counts):
        sys.exit("no tests of checks there: give --weblate, --toolkit or both")
    agreed, total = (sum(column) for column in zip(*counts, strict=True))
    print(f"agreement {agreed / total:.3f} of {total}")


if __name__ == "__main__":
    main()

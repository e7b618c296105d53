from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.store.patterns import MAX_PATTERN, Pattern

SLOW = "(a+)+$", "a" * 20_000 + "!"


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("удар[аы]", "Новые УДАРЫ по городу", True),
        ("Удар", "новые удары", False),
        ("Удар", "Удары", True),
        (r"\bудар\b", "удары", False),
        (r"\bудары\b", "Новые удары.", True),
        ("gr[eè]ves?", "Les Grèves", True),
        ("greves", "Les grèves", False),
        ("ÉTÉ", "l'été", False),
        ("été", "L'ÉTÉ", True),
        ("strasse", "Hauptstraße", True),
        ("Strasse", "Straße", False),
        (r"\d+ 000", "plus de 12 000 personnes", True),
        (r"法院|法庭", "最高法院", True),
        (r"\p{Han}{5}", "最高法院", False),
        (r"\p{Han}{4}", "最高法院", True),
        (r"\p{Lu}{3}", "otan", False),
        (r"\p{Lu}{3}", "OTAN", True),
        (r"[[:upper:]]{2}", "otan", False),
        (r"\S\D\W", "ab ", True),
        (r"\S+TAN", "otan", False),
        (r"\P{L}otan", " OTAN", True),
        (r"(?P<Name>otan)", "OTAN", True),
        (r"\x4Ftan", "OTAN", True),
        (r"(?V1)otan", "OTAN", True),
        ("^two$", "one\ntwo", False),
        ("(?m)^two$", "one\ntwo", True),
        ("one.two", "one\ntwo", False),
        (r"one\stwo", "one\ntwo", True),
        (" $", "ends with a space ", True),
        (r"[ ](?=[;:!?])", "Quoi ?", True),
        ("(?<!«\\s)oui", "« oui »", False),
        ("", "", True),
    ],
)
def test_matches(pattern: str, text: str, found: bool) -> None:
    assert Pattern(pattern).holds(text) is found


def test_one_of_several_texts_is_enough() -> None:
    assert Pattern("^b$").holds("a", "b")
    assert not Pattern("ab").holds("a", "b")


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("удары(", "cannot be read: missing ) at position 7, after удары("),
        ("a)b", "unbalanced parenthesis at position 2, after a"),
        ("*a", "nothing to repeat at position 1"),
        ("a**", "multiple repeat at position 3, after a*"),
        ("[z-a]", "bad character range"),
        (r"x\q", r"bad escape \q at position 4, after x\q"),
        (r"\p{Klingon}", r"unknown property at position 12, after \p{Klingon}"),
        ("0123456789012345678901234(", "position 27, after …6789012345678901234("),
        ("a(?R)?b", "a pattern inside itself is not supported at position 5, after a(?R"),
        ("(a(?1)?)", "a pattern inside itself"),
        ("(?&x)", "a pattern inside itself"),
        ("(?au)a", "cannot be read: ASCII, LOCALE and UNICODE flags are mutually incompatible"),
        ("x{99999999}", "repeats too much"),
        ("(?:(?:(?:x{9}){99}){99}){99}", "repeats too much"),
        ("(?x)(?:(?:ab) #\n{999}) #\n{999}", "repeats too much"),
        ("(?:" * 240 + "a" + ")" * 240, "nested too deeply"),
        ("a" * (MAX_PATTERN + 1), "longer than 1,000 characters"),
    ],
)
def test_what_is_wrong_and_where(pattern: str, said: str) -> None:
    with pytest.raises(UsageError) as raised:
        Pattern(pattern)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}",
        "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
        r"(?:\d{1,3}\.){3}\d{1,3}",
        r"(?:\w+\s+){20,}",
        ".{500,}",
        "a{0,99999999}",
    ],
)
def test_usual_repeats_are_accepted(pattern: str) -> None:
    Pattern(pattern)


@pytest.mark.parametrize("pattern", [SLOW[0], "(a|a)*$", r"(\w+)*\s\1\1", "(?b)(?:abcdefgh){e}"])
def test_a_pattern_that_would_never_end_is_given_up(pattern: str) -> None:
    with pytest.raises(UsageError, match=r"takes too long; make it simpler"):
        Pattern(pattern, seconds=0.1).holds(SLOW[1])


def test_the_time_is_that_of_all_texts_together() -> None:
    pattern, text = Pattern(r"(\w+)*\s\1\1", seconds=0.1), "ab" * 5
    with pytest.raises(UsageError, match="takes too long"):
        all(not pattern.holds(text) for _ in range(1_000_000))


SIGNS = r"ab01é法()[]{}*+?|^$.\-,:<>=!&~#"
OPENINGS = [
    "(?",
    "(?:",
    "(?<",
    "(?P<n>",
    "{2,",
    "{3}",
    r"\p{",
    r"\x",
    r"\N{",
    "[[:",
    ":]]",
    "(?|",
    "{e<",
    "(?(1)",
]
FLAGS = ["(?i)", "(?V1)", "(?x)", "(?L)", "(?a)", "(?u)", "(?r)", "(?b)", r"\g<", r"\L<", "\n"]
PIECES = st.lists(st.sampled_from([*SIGNS, *OPENINGS, *FLAGS]), max_size=14).map("".join)


@given(PIECES, st.text("abé法01 \n", max_size=12))
@example("(?au)a", "a")
def test_whatever_is_typed_is_searched_for_or_refused(pattern: str, text: str) -> None:
    with suppress(UsageError):
        Pattern(pattern, seconds=0.2).holds(text)

"""Text on its way to the browser: nothing lost, nothing that acts."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.model import Severity, WordScore
from qa.ui.text import (
    Mark,
    about,
    clean,
    diff_html,
    direction,
    escape,
    marked_html,
    notice_html,
    plain,
    runs,
    visible_spaces,
)

ANY = st.text(alphabet=st.characters(codec=None), max_size=60)
SPANS = st.lists(
    st.tuples(st.integers(0, 70), st.integers(0, 70), st.sampled_from(list(Severity))), max_size=6
)


@given(ANY, SPANS)
def test_runs_join_to_the_text_and_carry_every_mark(text, spans):
    marks = [Mark(min(a, b), max(a, b), n, s) for n, (a, b, s) in enumerate(spans, 1)]
    cut = runs(text, marks)
    at = 0
    for run in cut:
        if run.kind in ("text", "space"):
            assert clean(text)[at : at + len(run.text)] == run.text
            at += len(run.text)
        elif run.kind == "control":
            at += 1
    assert at == len(text)
    shown = {number for run in cut for number in run.numbers}
    assert shown == {mark.number for mark in marks if mark.start <= len(text)}


@given(ANY, SPANS)
def test_marked_html_is_escaped_and_reads_as_the_text(text, spans):
    marks = [Mark(min(a, b), max(a, b), n, s) for n, (a, b, s) in enumerate(spans, 1)]
    body = marked_html(text, "fr", marks)
    assert set(re.findall(r"</?([a-z]+)", body)) <= {"p", "mark", "sup", "span"}
    bare = html.unescape(re.sub(r"<sup>[^<]*</sup>|<[^>]*>", "", body))
    letters = [c for c in clean(text) if c.isalnum()]
    assert [c for c in bare if c.isalnum() and c in letters][: len(letters)] or not letters
    body.encode("utf-8")


@given(ANY, ANY)
def test_diff_html_holds_both_texts(old, new):
    body = diff_html(old, new, "de")
    after = html.unescape(re.sub(r"<del>.*?</del>|<[^>]*>", "", body, flags=re.DOTALL))
    before = html.unescape(re.sub(r"<ins>.*?</ins>|<[^>]*>", "", body, flags=re.DOTALL))
    assert (before, after) == (plain(old), plain(new))


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<iframe srcdoc='<script>1</script>'></iframe>",
    ":red[x] ![i](http://example.org/x.png)",
    "</p><style>*{display:none}</style>",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_text(text):
    for body in (escape(text), notice_html(text), marked_html(text, "fr"), diff_html("", text, "fr")):
        assert "<script" not in body
        assert "<img" not in body
        assert "<iframe" not in body
        assert "<style" not in body


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a⟨RLO⟩b"),
        ("a\x00b", "a⟨␀⟩b"),
        ("a\ud800b", "a\ufffdb"),
        ("a\u200bb", "a⟨ZWSP⟩b"),
        ("a\u00a0b", "a\u00a0b"),
        ("שלום\u200f", "שלום\u200f"),
    ],
)
def test_invisible_characters_that_act_are_named(text, shown):
    assert plain(text) == shown


def test_overlapping_marks_share_a_run_and_the_worst_severity_shows():
    cut = runs("abcdef", [Mark(0, 4, 1, Severity.MINOR), Mark(2, 6, 2, Severity.CRITICAL)])
    assert [(r.text, r.numbers, r.severity) for r in cut] == [
        ("ab", (1,), Severity.MINOR),
        ("cd", (1, 2), Severity.CRITICAL),
        ("ef", (2,), Severity.CRITICAL),
    ]


def test_an_empty_mark_is_a_point():
    cut = runs("ab", [Mark(1, 1, 1, Severity.MINOR)])
    assert [(r.text, r.kind) for r in cut] == [("a", "text"), ("", "point"), ("b", "text")]


@pytest.mark.parametrize(
    ("text", "marks", "numbers"),
    [
        ("14\u202f000 habitants", [Mark(0, 6, 1, Severity.MAJOR)], ["1"]),
        ("abcdef", [Mark(0, 4, 1, Severity.MINOR), Mark(2, 6, 2, Severity.MAJOR)], ["1", "2"]),
        ("abcd", [Mark(0, 2, 1, Severity.MINOR), Mark(2, 4, 1, Severity.MINOR)], ["1"]),
        ("abcd", [Mark(0, 2, 1, Severity.MINOR), Mark(0, 2, 2, Severity.MINOR)], ["1,2"]),
        ("ab", [Mark(2, 2, 1, Severity.MINOR)], ["1"]),
    ],
)
def test_the_number_of_a_flag_stands_once_where_its_mark_ends(text, marks, numbers):
    assert re.findall(r"<sup>(.*?)</sup>", marked_html(text, "fr", marks)) == numbers


def test_heat_has_steps():
    cut = runs("aa bb cc", (), [WordScore(0, 2, 0.1), WordScore(3, 5, 0.4), WordScore(6, 8, 0.9)])
    assert {r.text: r.heat for r in cut} == {"aa ": 0, "bb": 2, " ": 0, "cc": 3}


@pytest.mark.parametrize(
    ("tag", "expected"), [("fr", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("ja", "ltr"), ("und", "auto")]
)
def test_direction(tag, expected):
    assert direction(tag) == expected


@pytest.mark.parametrize(
    ("text", "shown"), [("mot", "mot"), (" ", "␣"), ("\u00a0»", "⍽»"), ("", ""), ("a b", "a b"), ("\n", "↵")]
)
def test_spaces_at_the_edge_of_a_fix_are_visible(text, shown):
    assert visible_spaces(text) == shown


def test_a_long_text_is_cut_in_one_pass():
    text = "mot " * 25_000
    cut = runs(text, [Mark(i, i + 3, 1, Severity.MINOR) for i in range(0, 4000, 40)])
    assert sum(len(run.text) for run in cut) == len(text)


def test_a_button_is_told_apart_by_what_nobody_sees():
    assert about("Restore", "a*b_[c](d).txt") == r"Restore *a\*b\_\[c\]\(d\)\.txt*"
    assert about("Restore", " :red[x]\n\u202e ") == "Restore *\\:red\\[x\\] \u27e8RLO\u27e9*"
    assert about("Restore", " ") == "Restore"

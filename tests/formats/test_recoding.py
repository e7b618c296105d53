"""Text written back into elements with inline codes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qa.formats.inline import flatten
from qa.formats.recoding import write_text

CODED = (
    '<source>A <g id="1">big <x id="2"/></g> one<ph id="3">%s</ph>, <bpt id="4" rid="9">&lt;b&gt;</bpt>bold'
    '<ept id="5" rid="9">&lt;/b&gt;</ept> <bx id="7" rid="1"/>end<ex id="8" rid="1"/></source>'
)


def written(text: str, old: str = "<target/>", source: str = CODED) -> str:
    target = etree.fromstring(old)
    write_text(target, text, [etree.fromstring(source)])
    assert flatten(target) == text
    return etree.tostring(target, encoding="unicode")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no code, a < b", "no code, a &lt; b"),
        ("%s: <1><2/> x</1>", '<ph id="3">%s</ph>: <g id="1"><x id="2"/> x</g>'),
        ("<b>y</b>", '<bpt id="4" rid="9">&lt;b&gt;</bpt>y<ept id="5" rid="9">&lt;/b&gt;</ept>'),
        ("<7>y</7>", '<bx id="7" rid="1"/>y<ex id="8" rid="1"/>'),
        # a second %s has no code to be
        ("%s %s", '<ph id="3">%s</ph> %s'),
        # what does not pair up, or would be read back as another text, is text
        ("<1>x", "&lt;1&gt;x"),
        ("x</1>", "x&lt;/1&gt;"),
        ("<1><7>x</1></7>", '<g id="1"><bx id="7" rid="1"/>x</g><ex id="8" rid="1"/>'),
        ("y</7>", "y&lt;/7&gt;"),
    ],
)  # fmt: skip
def test_codes_become_elements_again(text: str, expected: str) -> None:
    assert re.fullmatch("<target>(.*)</target>", written(text)) is not None
    assert written(text) == f"<target>{expected}</target>"


def test_what_shows_the_text_already_is_left_alone() -> None:
    old = '<target a="b">x <mrk mtype="term">y</mrk></target>'
    assert written("x y", old) == old
    assert written("x z", old) == '<target a="b">x z</target>'


def test_the_codes_of_the_old_text_come_before_those_of_the_source() -> None:
    old = '<target><ph id="3" x="own">%s</ph></target>'
    assert written("%s!", old) == '<target><ph id="3" x="own">%s</ph>!</target>'


def test_a_code_that_shows_a_word_is_not_found_inside_another() -> None:
    source = '<source><x id="1" equiv-text="an"/></source>'
    assert written("an Anna, banana", source=source) == (
        '<target><x id="1" equiv-text="an"/> Anna, banana</target>'
    )


@given(st.lists(st.sampled_from(["<1>", "</1>", "<2/>", "%s", "<b>", "</b>", "<7>", "</7>", "a", " ", "&"])))
def test_what_is_written_is_read_back(parts: list[str]) -> None:
    written("".join(parts))

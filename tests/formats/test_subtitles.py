"""Subtitles from strangers: what is read, what is refused and where, what is written back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import FormatError, QAError
from qa.formats import open_document, read_document
from qa.formats.subtitles import cues, rewritten
from qa.segment import presegmented

SRT = """1
00:00:01,000 --> 00:00:03,000
<i>Hello there,</i>
my friend.

2
00:01:04,000 --> 01:00:06,500
{\\an8}- How are you?
- Fine, thanks.
"""


def opened(tmp_path: Path, content: str | bytes, name: str = "a.srt"):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_document(path)


def texts(tmp_path: Path, content: str | bytes, name: str = "a.srt") -> list[str]:
    return [sentence.text for sentence in opened(tmp_path, content, name).sentences]


def test_cues_are_sentences_with_times(tmp_path: Path) -> None:
    document = opened(tmp_path, SRT)
    assert document.text == "Hello there, my friend.\n- How are you? - Fine, thanks."
    assert [sentence.time for sentence in document.sentences] == [(1.0, 3.0), (64.0, 3606.5)]
    assert all(document.text[s.start : s.end] == s.text for s in document.sentences)
    assert read_document(tmp_path / "a.srt") == document.text


def test_the_text_is_presegmented(tmp_path: Path) -> None:
    document = opened(tmp_path, SRT)
    again = presegmented(document.text, "en").sentences
    assert [(s.start, s.end, s.text) for s in again] == [(s.start, s.end, s.text) for s in document.sentences]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:02,000\r\nA\r\n\r\n", ["A"]),
        ("1\r00:00:01,000 --> 00:00:02,000\rA\r", ["A"]),
        # no blank line before the next number
        ("1\n00:00:01,000 --> 00:00:02,000\nA\n2\n00:00:03,000 --> 00:00:04,000\nB", ["A", "B"]),
        # no numbers
        ("00:00:01,000 --> 00:00:02,000\nA\n\n00:00:03,000 --> 00:00:04,000\nB\n", ["A", "B"]),
        # a blank line inside a cue; a cue that is a number
        (
            "1\n00:00:01,000 --> 00:00:02,000\nA\n\nB\n\n2\n00:00:03,000 --> 00:00:04,000\n1984\n",
            ["A B", "1984"],
        ),
        # a cue without text
        ("1\n00:00:01,000 --> 00:00:02,000\n\n2\n00:00:03,000 --> 00:00:04,000\nB\n", ["B"]),
        ("1\n00:00:01,000 --> 00:00:02,000\n<i></i>\n\n2\n00:00:03,000 --> 00:00:04,000\nB\n", ["B"]),
        # points, short fractions, positions
        ("1\n00:00:01.5 --> 00:00:02.000 X1:10 X2:20\nA\n", ["A"]),
        # overlapping and out of order
        ("1\n00:00:05,000 --> 00:00:09,000\nA\n\n2\n00:00:01,000 --> 00:00:07,000\nB\n", ["A", "B"]),
        # what only looks like a tag
        ("1\n00:00:01,000 --> 00:00:02,000\nI <3 you & <b>me</B> &amp;\n", ["I <3 you & me &amp;"]),
        # lines of wide characters are joined without a blank
        ("1\n00:00:01,000 --> 00:00:02,000\n你好\n世界\n", ["你好世界"]),
    ],
)
def test_what_players_play_is_read(tmp_path: Path, content: str | bytes, expected: list[str]) -> None:
    assert texts(tmp_path, content) == expected


def test_webvtt(tmp_path: Path) -> None:
    content = """WEBVTT - a title
Kind: captions

STYLE
::cue { color: red }

REGION
id:fred

NOTE a remark
of two lines

intro
00:01.000 --> 00:03.000 align:start position:10%
<v.loud Anna>Tom &amp; <c.yellow>Jerry</c> <00:00:02.000>&lt;3

NOTE between

2
01:00:04.000 --> 01:00:05.200
Again.
"""
    assert texts(tmp_path, content, "a.vtt") == ["Tom & Jerry <3", "Again."]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("1\n00:00:01,000 -> 00:00:02,000\nA\n", "no cues"),
        ("1\n00:00:01,000 --> soon\nA\n", "line 2: no time of a cue"),
        ("1\n00:61:01,000 --> 00:62:00,000\nA\n", "line 2: no time of a cue"),
        ("1\n-00:00:01,000 --> 00:00:02,000\nA\n", "line 2: no time of a cue"),
        ("1\n00:00:03,000 --> 00:00:02,000\nA\n", "line 2: the cue ends before it begins"),
        ("Dear all,\n\n1\n00:00:01,000 --> 00:00:02,000\nA\n", "line 1: text before the first cue"),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", "no cues with text"),
        ("WEBVTT\n\nNOTE nothing\n", "no cues with text"),
        ("Just some text.\n", "no cues with text"),
    ],
)
def test_what_is_no_subtitle_file(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(FormatError, match=re.escape(says)) as error:
        opened(tmp_path, content)
    assert "a.srt" in str(error.value)
    assert "\n" not in str(error.value)


def test_hostile_tags_take_linear_time(tmp_path: Path) -> None:
    content = "1\n00:00:01,000 --> 00:00:02,000\n" + "<i " * 300_000 + "{\\" * 300_000 + "\n"
    assert len(texts(tmp_path, content)) == 1


LINE = st.text(st.sampled_from("a1 <>{}\\&;:-é你\u2028\t\x1c"), max_size=12)
ANY = st.lists(
    st.one_of(LINE, st.sampled_from(["", "7", "00:00:01,000 --> 00:00:02,000", "WEBVTT", "NOTE x", "-->"]))
)


@settings(deadline=None, max_examples=200)
@given(lines=ANY, end=st.sampled_from(["\n", "\r\n", "\r"]))
def test_anything_is_read_or_refused_and_unchanged_where_nothing_changes(lines: list[str], end: str) -> None:
    text = end.join(lines)
    try:
        found = cues(text, Path("a.srt"))
    except QAError:
        return
    assert rewritten(text, {}, Path("a.srt")) == text
    shown = [cue.text for cue in found if cue.text]
    # Any cue can be given another text, and no other cue notices.
    for number in range(len(shown)):
        after = cues(rewritten(text, {number: "neu & <neu>"}, Path("a.srt")), Path("a.srt"))
        expected = [*shown]
        expected[number] = "neu & <neu>"
        assert [cue.text for cue in after if cue.text] == expected
        assert [(cue.start, cue.end) for cue in after] == [(cue.start, cue.end) for cue in found]


def test_changed_cues_keep_times_and_neighbours_their_formatting() -> None:
    long = "This line is much longer than forty-two columns, so it is broken."
    assert rewritten(SRT, {1: long}, Path("a.srt")) == SRT.replace(
        "{\\an8}- How are you?\n- Fine, thanks.",
        "This line is much longer than\nforty-two columns, so it is broken.",
    )

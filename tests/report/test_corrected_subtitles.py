"""Corrected subtitles: new words under old times."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.formats import open_document
from qa.model import CheckedDocument, CheckedSegment, Segment, SegmentState
from qa.report.exports import export
from qa.report.subtitles import changed_cues
from qa.review.service import ReviewService
from qa.review.views import Actor, Role, SegmentView

LEAD, EDITOR = Actor("Lea", Role.LEAD), Actor("Edi", Role.EDITOR)
SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Un.</i>\r\n\r\n"
    "2\r\n00:00:03,000 --> 00:00:04,000\r\nDeux,\r\ntrois.\r\n\r\n"
    "3\r\n00:00:05,000 --> 00:00:06,000\r\nQuatre.\r\n"
)


def view(mt: str, text: str, *indices: int) -> SegmentView:
    return SegmentView(
        id=0, document_id=0, position=0, source="", mt=mt, text=text, state=SegmentState.MACHINE, version=1,
        author="", approver="", quality=None, low=None, high=None, signature="", words=(), flags=(),
        source_index=(), target_index=indices, link_score=1.0, target_span=None,
    )  # fmt: skip


CUES = ["Un deux trois.", "Quatre.", "Cinq six."]


@pytest.mark.parametrize(
    ("segments", "expected"),
    [
        ([view("Un deux trois.", "Un deux trois.", 0), view("Quatre.", "Cinq.", 1)], {1: "Cinq."}),
        ([view("Quatre.", "", 1)], {1: ""}),
        # a segment of two cues: line by line, else in proportion
        ([view("Un deux trois.\nQuatre.", "1 2 3.\n4.", 0, 1)], {0: "1 2 3.", 1: "4."}),
        ([view("Un deux trois.\nQuatre.", "Un, deux, trois, quatre.", 0, 1)],
         {0: "Un, deux, trois,", 1: "quatre."}),
        # what has no cue of its own joins its neighbour, and is never lost
        ([view("", "Zéro."), view("Un deux trois.", "Un.", 0), view("", "Or.")], {0: "Zéro. Un. Or."}),
        ([view("", ""), view("Quatre.", "Quatre.", 1)], {}),
    ],
)  # fmt: skip
def test_texts_find_their_cues(segments: list[SegmentView], expected: dict[int, str]) -> None:
    assert changed_cues(CUES, segments) == expected


@given(st.lists(st.text("ab \n", max_size=12), min_size=3, max_size=3), st.booleans())
def test_no_word_is_lost_and_none_is_doubled(texts: list[str], joined: bool) -> None:
    segments = (
        [view("Un deux trois.\nQuatre.", texts[0], 0, 1), view("", texts[1]), view("Cinq six.", texts[2], 2)]
        if joined
        else [view(old, new, n) for n, (old, new) in enumerate(zip(CUES, texts, strict=True))]
    )
    changed = changed_cues(CUES, segments)
    words = " ".join(changed.get(n, old) for n, old in enumerate(CUES)).split()
    assert words == " ".join(texts).split()


@pytest.fixture
def service(tmp_path: Path) -> ReviewService:
    return ReviewService.open(f"sqlite:///{tmp_path / 'a.db'}")


def test_an_import_is_written_back_with_its_times(service: ReviewService, tmp_path: Path) -> None:
    path = tmp_path / "film.fr.srt"
    path.write_bytes(SRT.encode())
    target = replace(open_document(path), lang="fr")
    segments = tuple(
        CheckedSegment(Segment(n + 1, "x", s.text, (n,), (n,)), None) for n, s in enumerate(target.sentences)
    )
    project = service.create_project(LEAD, "Film", "en", "fr")
    document = service.import_document(
        LEAD, project.id, CheckedDocument(replace(target, lang="en"), target, segments), name="film",
        original=path.read_bytes(), original_name=path.name,
    )  # fmt: skip
    out = tmp_path / "out.srt"
    export(service, project.id, "srt", out)
    assert out.read_bytes() == SRT.encode()
    second = list(service.all_segments(project.id, document_id=document.id))[1]
    service.save_draft(EDITOR, second.id, "Deux et trois.", second.version)
    export(service, project.id, "srt", out)
    assert out.read_bytes() == SRT.replace("Deux,\r\ntrois.", "Deux et trois.").encode()
    with pytest.raises(UsageError, match="'film' was not imported from subtitles"):
        export(service, project.id, "vtt", tmp_path / "out.vtt")

"""qa align and qa check with gold alignments, existing links and subtitles."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]

SOURCE = "Kapitel 1\nAm 3. Mai 1924 kam Anna Berg nach Wien.\nSie blieb 12 Tage.\nEnde 1999.\n"
TARGET = "Chapitre 1\nLe 3 mai 1924, Anna Berg vint à Vienne. Elle y resta 12 jours.\nFin 1999.\n"
GOLD = "[0]:[0]\n[1, 2]:[1]\n[3]:[2]\n"
ARGUMENTS = ("--from", "de", "--to", "fr", "--presegmented", "--accuracy", "fast")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    out = {}
    for name, content in (("source", SOURCE), ("target", TARGET), ("gold", GOLD)):
        out[name] = tmp_path / f"{name}.txt"
        out[name].write_text(content, encoding="utf-8")
    return out


def test_gold_adds_figures_to_stderr_and_leaves_stdout_to_the_links(run: Run, files: dict[str, Path]) -> None:
    plain = run("align", files["source"], files["target"], *ARGUMENTS)
    status, out, err = run("align", files["source"], files["target"], *ARGUMENTS, "--gold", files["gold"])
    assert (status, out) == plain[:2]
    assert [line.split() for line in err.splitlines()] == [
        ["precision", "recall", "F1"],
        ["strict", "1.000", "1.000", "1.000"],
        ["lax", "1.000", "1.000", "1.000"],
        ["3", "links,", "3", "in", "the", "gold", "alignment"],
    ]


def test_an_existing_alignment_is_evaluated_without_aligning(
    run: Run, files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.align.align", lambda *a, **k: pytest.fail("aligned"))
    links = tmp_path / "links"
    links.write_text("[0]:[0]\n[1]:[1]\n[2]:[]\n[3]:[2]\n")
    arguments = (*ARGUMENTS, "--links", links, "--gold", files["gold"], "--format", "score")
    status, out, err = run("align", files["source"], files["target"], *arguments)
    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "strict": {"precision": 0.5, "recall": 0.666667, "f1": 0.571429},
        "lax": {"precision": 0.75, "recall": 1.0, "f1": 0.857143},
        "links": 4,
        "gold_links": 3,
    }


@pytest.mark.parametrize("format", ["jsonl", "tsv", "tmx", "ladder"])
def test_what_qa_align_writes_it_reads(run: Run, files: dict[str, Path], tmp_path: Path, format: str) -> None:
    path = tmp_path / f"a.{format}"
    two = (files["source"], files["target"], *ARGUMENTS)
    assert run("align", *two, "--format", format, "-o", path)[0] == 0
    before = path.read_text("utf-8")
    assert run("align", *two, "--links", path, "--format", format)[:2] == (0, before)


def test_links_that_name_a_part_are_made_whole(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    links = tmp_path / "links"
    links.write_text("[1, 2]:[1]\n")
    status, out, _ = run("align", files["source"], files["target"], *ARGUMENTS, "--links", links)
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [(row["source_index"], row["target_index"]) for row in rows] == [
        ([0], []), ([], [0]), ([1, 2], [1]), ([3], []), ([], [2]),
    ]  # fmt: skip


def test_check_uses_an_existing_alignment(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    links = tmp_path / "links"
    links.write_text("0\t0\t1\n2\t1\t1\n4\t3\t0\n")
    arguments = (*ARGUMENTS, "--links", links, "--format", "jsonl")
    status, out, _ = run("check", files["source"], files["target"], *arguments)
    rows = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [(row["source_index"], row["target_index"]) for row in rows] == [([0, 1], [0]), ([2, 3], [1, 2])]


@pytest.mark.parametrize(
    ("command", "option", "content", "says"),
    [
        ("align", "--gold", "[0]:[7]\n", "line 1: target sentence 7"),
        (
            "align",
            "--gold",
            "[0]:[0]\n[0]:[1]\n",
            "line 2: source sentence 0 (counted from 0) is linked twice",
        ),
        ("align", "--gold", "what\n", "line 1: no alignment link"),
        ("align", "--links", "[0]:[1]\n[1]:[0]\n", "crossing links (1–2 and 2–1)"),
        ("check", "--links", "[0]:[9]\n", "line 1: target sentence 9"),
        ("check", "--links", "[0, 2]:[0]\n", "source sentences 1, 3, which are not neighbours"),
    ],
)
def test_alignments_that_do_not_fit_are_one_line(
    run: Run, files: dict[str, Path], tmp_path: Path, command: str, option: str, content: str, says: str
) -> None:
    path, out_path = tmp_path / "given", tmp_path / "out"
    path.write_text(content)
    arguments = (*ARGUMENTS, option, path, "-o", out_path)
    status, out, err = run(command, files["source"], files["target"], *arguments)
    assert (status, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert not out_path.exists()


def test_options_that_need_others(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    status, _, err = run("align", files["source"], files["target"], *ARGUMENTS, "--format", "score")
    assert (status, err.count("\n")) == (2, 1)
    assert "--gold" in err
    status, _, err = run("check", files["source"], "--links", files["gold"])
    assert (status, err.count("\n")) == (2, 1)


SRT = "".join(
    f"{n}\n00:00:{3 * n:02},{n}00 --> 00:00:{3 * n + 2:02},000\n{text}\n\n"
    for n, text in enumerate(
        ["Hello,\nAnna!", "<i>The train is late.</i>", "So we wait.", "Two hours.", "Fine."], 1
    )
)
VTT = "WEBVTT\n\n" + "".join(
    f"00:{3 * n:02}.{n}00 --> 00:{3 * n + 2:02}.000\n{text}\n\n"
    for n, text in enumerate(
        ["Bonjour Anna !", "Le train est en retard.", "Alors on attend.", "Deux heures."], 1
    )
)


def test_subtitles_are_aligned_by_time_and_checked(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "a.srt", tmp_path / "b.vtt"
    source.write_text(SRT, encoding="utf-8")
    target.write_text(VTT, encoding="utf-8")
    two = (source, target, "--from", "en", "--to", "fr")
    status, out, err = run("align", *two, "--format", "tsv")
    assert (status, err) == (0, "")
    assert [line.split("\t")[:2] for line in out.splitlines()[1:]] == [
        ["Hello, Anna!", "Bonjour Anna !"],
        ["The train is late.", "Le train est en retard."],
        ["So we wait.", "Alors on attend."],
        ["Two hours.", "Deux heures."],
        ["Fine.", ""],
    ]
    status, out, _ = run("check", *two, "--format", "jsonl")
    assert json.loads(out.splitlines()[0])["source"] == "Hello, Anna!"


def test_a_damaged_subtitle_file_names_its_line(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "a.srt"
    source.write_text("1\n00:00:01,000 --> later\nHello\n", encoding="utf-8")
    status, out, err = run("check", source, source, "--from", "en", "--to", "fr")
    assert (status, out) == (2, "")
    assert "a.srt, line 2: no time of a cue" in err
    assert err.count("\n") == 1


def test_subtitles_are_imported_and_written_back_as_they_were(run: Run, tmp_path: Path) -> None:
    source, target, out = tmp_path / "a.vtt", tmp_path / "b.srt", tmp_path / "out.srt"
    source.write_text(VTT, encoding="utf-8")
    target.write_text(SRT, encoding="utf-8")
    database = ("--database", f"sqlite:///{tmp_path / 'a.db'}")
    two = (source, target, "--from", "fr", "--to", "en", "--project", "Film")
    assert run("import", *two, *database, "-q")[0] == 0
    status, _, err = run("export", "Film", "--format", "srt", "-o", out, *database)
    assert status == 0, err
    assert out.read_text("utf-8") == SRT

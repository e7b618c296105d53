"""The command-line contract: names, options, exit codes, one-line errors, streams."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.cli.samples import samples
from qa.errors import QAError

Run = Callable[..., tuple[int, str, str]]

SOURCE = """Путин поддержал отказ от ударов по энергетической инфраструктуре на 30 дней.

Договорились начать с прекращения ударов по энергетическим объектам.

Переговоры начнутся немедленно.
"""
TARGET = """Poutine a soutenu le renoncement aux grèves sur l’infrastructure énergétique pendant 30 jours.

Il a été convenu de commencer par l’arrêt des frappes sur les installations énergétiques.

Les négociations commenceront immédiatement.
"""


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    source, target = tmp_path / "a.ru.txt", tmp_path / "a.fr.txt"
    source.write_text(SOURCE, encoding="utf-8")
    target.write_text(TARGET, encoding="utf-8")
    return source, target


def test_every_command_of_the_contract_has_help(run: Run) -> None:
    status, out, _ = run("--help")
    assert status == 0
    names = [
        "check",
        "align",
        "score",
        "metrics",
        "import",
        "export",
        "withdraw",
        "restore",
        "report",
        "projects",
        "users",
        "serve",
        "demo",
        "checks",
    ]
    assert [name for name in names if not re.search(rf"^\s+{name}\s", out, re.M)] == []
    for name in names:
        status, out, _ = run(name, "--help")
        assert status == 0
        assert "Usage: qa" in out


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, qa.cli; heavy = {'torch', 'transformers', 'pandas', 'streamlit', 'sqlalchemy', 'numpy', "
        "'lxml', 'sacrebleu', 'openpyxl', 'rich.progress'}; print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_check_jsonl_has_the_keys_of_the_contract(run: Run, pair: tuple[Path, Path]) -> None:
    status, out, err = run("check", *pair, "--from", "ru", "--to", "fr", "--format", "jsonl")
    assert (status, err) == (0, "")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["id"] for line in lines] == [1, 2, 3]
    for line in lines:
        assert list(line) == [
            "id",
            "source",
            "target",
            "source_index",
            "target_index",
            "score",
            "words",
            "flags",
        ]
        assert 0 <= line["score"]["low"] <= line["score"]["quality"] <= line["score"]["high"] <= 100
        assert line["score"]["signature"]
        for word in line["words"]:
            assert 0 <= word["bad"] <= 1
            assert line["target"][word["start"] : word["end"]].strip()
        for flag in line["flags"]:
            assert line[flag["side"]][flag["start"] : flag["end"]] == flag["text"]
    (flag,) = [f for f in lines[0]["flags"] if f["text"] == "grèves"]
    assert flag["check"] == "wrong-sense"
    assert flag["category"] == "accuracy/mistranslation"
    assert [fix["text"] for fix in flag["fix"]] == ["frappes"]


def test_gates_exit_1_and_say_why(run: Run, pair: tuple[Path, Path]) -> None:
    status, _, err = run("check", *pair, "--from", "ru", "--to", "fr", "--fail-on", "major")
    assert status == 1
    assert "gate failed" in err
    status, _, err = run("check", *pair, "--from", "ru", "--to", "fr", "--fail-under", "99.9")
    assert status == 1
    assert "below 99.9" in err
    assert run("check", *pair, "--from", "ru", "--to", "fr", "--fail-under", "1")[0] == 0


def test_target_only_scores_nothing_and_still_checks(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "only.fr.txt"
    target.write_text("Il a dit « oui« , puis puis il est parti.\n", encoding="utf-8")
    status, out, _ = run("check", "--target-only", target, "--to", "fr", "--format", "jsonl")
    (line,) = map(json.loads, out.splitlines())
    assert status == 0
    assert line["score"] is None
    assert line["source_index"] == []
    assert {flag["text"].strip() for flag in line["flags"]} >= {"«"}


def test_checks_that_a_project_has_muted_are_left_out(run: Run, tmp_path: Path) -> None:
    from qa.review.service import ReviewService
    from qa.review.views import Actor, Role

    service = ReviewService.open(tmp_path / "x.db")
    lead = Actor("Lea", Role.LEAD)
    service.create_project(lead, "Talks", "ru", "fr")
    service.mute_check(lead, 1, "doubled-word")
    service.close()
    target = tmp_path / "a.fr.txt"
    target.write_text("Il a vu le le port .", encoding="utf-8")
    found = []
    for more in ((), ("--project", "Talks", "--database", tmp_path / "x.db")):
        status, out, _ = run("check", "--target-only", target, "--to", "fr", "--format", "jsonl", *more)
        assert status == 0
        found.append({flag["check"] for flag in json.loads(out)["flags"]})
    assert found[0] - found[1] == {"doubled-word"}
    assert found[1]
    status, _, err = run("check", "--target-only", target, "--to", "fr", "--project", "x", *more[2:])
    assert (status, "no project 'x'" in err) == (2, True)


def test_bilingual_file_and_identified_languages(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text(
        "src\tmt\nThe talks begin on Monday in Geneva.\tDie Gespräche beginnen am Montag in Genf.\n",
        encoding="utf-8",
    )
    status, out, err = run("check", table, "--format", "jsonl")
    assert status == 0
    assert "--from en" in err
    assert "--to de" in err
    assert len(out.splitlines()) == 1


def test_score_keeps_input_order_and_adds_words_when_asked(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text(
        "src\tmt\nThe cat sleeps.\tDie Katze schläft.\nThe cat sleeps.\tDas Haus kostet 12 Euro.\n"
        "We met the minister in Lisbon on Thursday.\tWir trafen den Minister am Donnerstag.\n",
        encoding="utf-8",
    )
    status, out, _ = run("score", table, "--from", "en", "--to", "de")
    good, bad, _ = map(json.loads, out.splitlines())
    assert status == 0
    assert good["quality"] > bad["quality"]
    assert "words" not in good
    _, out, _ = run("score", table, "--from", "en", "--to", "de", "--words")
    good, _, short = map(json.loads, out.splitlines())
    assert [w["start"] for w in good["words"]] == [0, 4, 10, 17]
    assert [w["start"] for w in short["missing"]] == [23]
    _, out, _ = run("score", table, "--from", "en", "--to", "de", "--format", "tsv")
    assert out.splitlines()[0] == "quality\tlow\thigh"
    assert len(out.splitlines()) == 4


@pytest.mark.parametrize("format", ["jsonl", "tsv", "tmx", "ladder"])
def test_align_writes_every_format_to_a_file(
    run: Run, pair: tuple[Path, Path], tmp_path: Path, format: str
) -> None:
    out_file = tmp_path / f"links.{format}"
    status, out, _ = run(
        "align", *pair, "--from", "ru", "--to", "fr", "--format", format, "-o", out_file, "--accuracy", "fast"
    )
    assert (status, out) == (0, "")
    assert out_file.stat().st_size > 0
    if format == "jsonl":
        links = [json.loads(line) for line in out_file.read_text(encoding="utf-8").splitlines()]
        assert [(link["source_index"], link["target_index"]) for link in links] == [
            ([0], [0]),
            ([1], [1]),
            ([2], [2]),
        ]


def test_metrics_prints_signatures(run: Run, tmp_path: Path) -> None:
    hyp, ref = tmp_path / "hyp", tmp_path / "ref"
    hyp.write_text("the cat sat on the mat\na dog barked\n", encoding="utf-8")
    ref.write_text("the cat sat on a mat\nthe dog barked\n", encoding="utf-8")
    status, out, _ = run("metrics", hyp, ref, "--json")
    assert status == 0
    assert out.count("signature") == 3
    ref.write_text("one line\n", encoding="utf-8")
    status, out, err = run("metrics", hyp, ref)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_store_commands_from_import_to_export(run: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    store = ("--database", tmp_path / "review.db")
    assert "No projects yet" in run("projects", *store)[1]
    status, out, _ = run("import", *pair, "--from", "ru", "--to", "fr", "--project", "Talks", *store)
    assert status == 0
    assert "3 segments" in out
    assert "Talks" in run("projects", *store)[1]
    assert run("report", "Talks", *store)[0] == 0
    json.loads(run("report", "Talks", "--json", *store)[1])
    for format in ("csv", "xlsx", "jsonl", "html", "txt", "tmx", "xliff", "po"):
        path = tmp_path / f"out.{format}"
        assert run("export", "Talks", "--format", format, "-o", path, *store)[0] == 0
        assert path.stat().st_size > 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8") == TARGET
    status, _, err = run("export", "Tolks", "-o", tmp_path / "x.csv", "--format", "csv", *store)
    assert status == 2
    assert "'Talks'" in err
    assert run("users", "add", "Ana", "--role", "editor", *store)[0] == 0
    assert "Ana  editor" in run("users", *store)[1]


def test_a_document_is_withdrawn_and_restored(run: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    store = ("--database", tmp_path / "review.db")
    run("import", *pair, "--from", "ru", "--to", "fr", "--project", "Talks", "-q", *store)
    status, out, _ = run("withdraw", "Talks", "a.fr.txt", "--as", "Lea", *store)
    assert status == 0
    assert out.startswith("a.fr.txt is withdrawn: 3 segments, 0 of them revised")
    assert out.strip().endswith("qa restore 1 1")
    assert "0 documents" in run("projects", *store)[1]
    for command, said in (("withdraw", "in 'Talks'; there are: none"), ("restore", "'b' is withdrawn from")):
        status, _, err = run(command, "Talks", "b", *store)
        assert (status, len(err.splitlines())) == (2, 1)
        assert said in err
    run("import", *pair, "--from", "ru", "--to", "fr", "--project", "Talks", "-q", *store)
    assert run("withdraw", "Talks", "a.fr.txt", *store)[0] == 0
    status, _, err = run("restore", "Talks", "a.fr.txt", *store)
    assert status == 2
    assert "2 documents are called 'a.fr.txt'; give a number: 2, 1" in err
    assert "is back in 'Talks': 3 segments" in run("restore", "1", "1", *store)[1]
    assert "1 documents" in run("projects", *store)[1]


def test_a_bilingual_file_is_imported_pair_by_pair(run: Run, tmp_path: Path) -> None:
    table, store = tmp_path / "pairs.tsv", ("--database", tmp_path / "review.db")
    table.write_text(
        "src\tmt\nThe talks begin today. All came.\tDie Gespräche beginnen heute. Alle kamen.\nYes.\tJa.\n",
        encoding="utf-8",
    )
    status, out, _ = run("import", table, "--from", "en", "--to", "de", "--project", "Talks", "-q", *store)
    assert (status, out.split(",")[0]) == (0, "pairs.tsv: 2 segments")


XLIFF = """<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="a" source-language="en" target-language="de" datatype="html"><body>
<trans-unit id="u7"><source>Hello <x id="1"/>!</source><target>Hallo <x id="1"/>!</target></trans-unit>
</body></file></xliff>"""
PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: de\\n"

msgctxt "door"
msgid "Open"
msgstr "Öffnen"
"""


@pytest.mark.parametrize(
    ("format", "content", "kept"),
    [
        ("xliff", XLIFF, '<trans-unit id="u7"><source>Hello <x id="1"/>!'),
        ("po", PO, 'msgctxt "door"\nmsgid "Open"'),
    ],
)
def test_what_came_from_a_translation_tool_goes_back_to_it(
    run: Run, tmp_path: Path, format: str, content: str, kept: str
) -> None:
    given, out, store = tmp_path / f"a.{format}", tmp_path / "out", ("--database", tmp_path / "review.db")
    given.write_text(content, encoding="utf-8")
    assert run("import", given, "--from", "en", "--to", "de", "--project", "App", "-q", *store)[0] == 0
    assert run("export", "App", "--format", format, "-o", out, *store)[0] == 0
    assert kept in out.read_text(encoding="utf-8")


def test_checks_are_listed_and_explained(run: Run) -> None:
    listed = run("checks")[1].splitlines()
    assert len(listed) >= 12
    page = run("checks", "explain", "wrong-sense")[1]
    assert [h for h in ("What it flags", "Why it matters", "Example", "Fix") if h not in page] == []
    status, _, err = run("checks", "explain", "wrong-snese")
    assert status == 2
    assert "known:" in err


RU_FR = ("--from", "ru", "--to", "fr")

BAD_CALLS: dict[str, tuple[Callable[[Path], list[object]], str]] = {
    "missing file": (lambda t: ["check", t / "no.txt", t / "no2.txt", *RU_FR], "no.txt"),
    "a folder": (lambda t: ["check", t, t, *RU_FR], "folder|directory"),
    "empty file": (lambda t: ["check", _file(t, b""), _file(t, b""), *RU_FR], "empty"),
    "binary file": (lambda t: ["check", _file(t, bytes(range(256)) * 40), _file(t, b"ok"), *RU_FR], "binary"),
    "missing column": (lambda t: ["check", _file(t, b"a\tb\nx\ty\n", ".tsv")], "column"),
    "no language": (lambda t: ["check", *_two(t), "--from", "xx1", "--to", "fr"], "xx1"),
    "unknown check": (lambda t: ["check", *_two(t), *RU_FR, "--only", "nubmers"], "nubmers.*known"),
    "missing glossary": (lambda t: ["check", *_two(t), *RU_FR, "--glossary", t / "none.csv"], "none.csv"),
    "output folder missing": (
        lambda t: ["check", *_two(t), *RU_FR, "--format", "csv", "-o", t / "no" / "x.csv"],
        "cannot write",
    ),
}

_COUNTER = iter(range(1000))


def _file(folder: Path, content: bytes, suffix: str = ".txt") -> Path:
    path = folder / f"f{next(_COUNTER)}{suffix}"
    path.write_bytes(content)
    return path


def _two(folder: Path) -> tuple[Path, Path]:
    return _file(folder, "Привет, мир.".encode()), _file(folder, b"Bonjour le monde.")


@pytest.mark.parametrize("name", BAD_CALLS)
def test_bad_input_is_one_line_exit_2_and_no_output(run: Run, tmp_path: Path, name: str) -> None:
    arguments, expected = BAD_CALLS[name]
    status, out, err = run(*arguments(tmp_path))
    lines = [line for line in err.splitlines() if "as identified" not in line]
    assert (status, out, len(lines)) == (2, "", 1), err
    assert re.search(expected, lines[0]), lines[0]
    assert "Traceback" not in err


def test_usage_errors_exit_2(run: Run, tmp_path: Path) -> None:
    assert run("check")[0] == 2
    assert run("check", "a", "b", "--format", "yaml")[0] == 2
    assert run("check", "--target-only", _file(tmp_path, b"a"), _file(tmp_path, b"b"), "--to", "fr")[0] == 2


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from qa.cli.files import output

    target = tmp_path / "result.csv"
    target.write_text("old", encoding="utf-8")

    def interrupted() -> None:
        with output(target) as stream:
            stream.write("half of the new")
            raise QAError("the disk is full")

    with pytest.raises(QAError):
        interrupted()
    assert target.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_demo_imports_every_sample_once(run: Run, tmp_path: Path) -> None:
    arguments = ("demo", "--no-serve", "--database", tmp_path / "demo.db")
    first, second = run(*arguments), run(*arguments)
    assert (first[0], second[0]) == (0, 0)
    assert "Ceasefire talks" in first[1]
    assert len(run("projects", "--database", tmp_path / "demo.db")[1].splitlines()) == len(list(samples()))
    without_times = [[line.split()[:-1] for line in out.splitlines()] for _, out, _ in (first, second)]
    assert without_times[0] == without_times[1]


def test_a_dictionary_is_heard_or_refused(run: Run, pair: tuple[Path, Path], tmp_path: Path) -> None:
    entry = "удар\n1. coup\n2. frappe"
    index = tmp_path / "free-rus-fra.index"
    index.write_text("удар\tA\ta\n", "utf-8")  # 26 bytes from the first on
    options = (
        "check",
        *map(str, pair),
        "--from",
        "ru",
        "--to",
        "fr",
        "--only",
        "wrong-sense",
        "--format",
        "jsonl",
    )
    status, _, err = run(*options, "--dictionary", str(index))
    assert status == 2
    assert "free-rus-fra.dict: not found" in err
    index.with_suffix(".dict").write_text(entry, "utf-8")
    status, out, _ = run(*options, "--dictionary", str(index))
    assert status == 0
    assert "the dictionary free-rus-fra agrees" in out

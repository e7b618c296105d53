"""Exports that go back to translation tools: XLIFF 1.2 and PO, read by our readers and by others."""

# ruff: noqa: E501 — markup samples are kept in one piece

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree

from qa.formats import Pair, PairTable, read_pairs
from qa.formats.links import without_controls
from qa.model import CheckedDocument, CheckedSegment, Document, Segment
from qa.report.exports import export
from qa.report.xliff_units import STATES
from qa.review.service import ReviewService
from qa.review.views import Actor, DocumentView, ProjectView, Role, SegmentView
from qa.store.text import clean

LEAD, TRANSLATOR, EDITOR = (
    Actor("Lea", Role.LEAD),
    Actor("Theo", Role.TRANSLATOR),
    Actor("Eda", Role.EDITOR),
)
SPACES = {
    None: "urn:oasis:names:tc:xliff:document:1.2",
    "x": "urn:oasis:names:tc:xliff:document:1.2",
    "its": "http://www.w3.org/2005/11/its",
}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[ReviewService]:
    opened = ReviewService.open(tmp_path / "review.db")
    yield opened
    opened.close()


def imported(service: ReviewService, project: ProjectView, path: Path) -> DocumentView:
    """A bilingual file put in, unchecked, with its file."""
    return stored(service, project, read_pairs(path), path.name, path.read_bytes())


def stored(
    service: ReviewService, project: ProjectView, table: PairTable, name: str, original: bytes | None = None
) -> DocumentView:
    pairs = [(pair.source, pair.target) for pair in table.pairs]
    sides = ["\n".join(side) for side in zip(*pairs, strict=True)]
    document = CheckedDocument(
        Document(sides[0], project.source_lang),
        Document(sides[1], project.target_lang),
        tuple(CheckedSegment(Segment(n, *pair), None) for n, pair in enumerate(pairs, 1)),
    )
    return service.import_document(
        LEAD, project.id, document, name=name, original=original, original_name=name if original else ""
    )


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def exported(
    service: ReviewService, project: ProjectView, format: str, folder: Path, document: int | None = None
) -> Path:
    path = folder / f"out.{format}"
    export(service, project.id, format, path, document_id=document)
    return path


def revise(service: ReviewService, segment: SegmentView, text: str, *, approve: bool = False) -> None:
    revised = service.submit(TRANSLATOR, segment.id, text, segment.version)
    if approve:
        service.approve(EDITOR, segment.id, revised.version)


def checked_by_msgfmt(path: Path) -> None:
    if msgfmt := shutil.which("msgfmt"):
        done = subprocess.run([msgfmt, "-o", "-", str(path)], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr


# A project that came as texts


@pytest.fixture
def talks(service: ReviewService, checked: CheckedDocument) -> ProjectView:
    """A segment in each state, and a flag in each."""
    made = service.create_project(LEAD, "Talks", "ru", "fr")
    service.import_document(LEAD, made.id, checked, name='a "b" <c>', mt_system="MT 1")
    first, _, third, fourth = service.all_segments(made.id)
    mended = service.apply_fix(TRANSLATOR, first.id, first.flags[0].id, first.version)
    handed_in = service.submit(TRANSLATOR, first.id, mended.text, mended.version)
    service.approve(EDITOR, first.id, handed_in.version)
    service.dismiss_flag(TRANSLATOR, third.flags[0].id, "the verb is elided")
    service.save_draft(TRANSLATOR, third.id, third.text + " ", third.version)
    service.submit(TRANSLATOR, fourth.id, "Les trains roulent.", fourth.version)
    service.comment(EDITOR, fourth.id, "Which <trains>?\nAll?")
    return service.project(made.id)


def test_xliff_has_states_notes_and_issues(
    service: ReviewService, talks: ProjectView, tmp_path: Path
) -> None:
    root = etree.parse(str(exported(service, talks, "xliff", tmp_path))).getroot()
    (file,) = root.findall("file", SPACES)
    # Tools that read by name take elements without a prefix.
    assert {element.prefix for element in root.iter()} == {None, "its"}
    assert (root.get("version"), file.get("original"), file.get("source-language"), file.get("target-language")) == (
        "1.2", 'a "b" <c>', "ru", "fr",
    )  # fmt: skip
    units = root.findall(".//trans-unit", SPACES)
    assert [unit.get("id") for unit in units] == ["1", "2", "3", "4"]
    assert [unit.get("approved") for unit in units] == ["yes", None, None, None]
    targets = [unit.find("target", SPACES) for unit in units]
    assert [(target.get("state"), target.get("state-qualifier")) for target in targets] == [
        ("signed-off", None),
        ("needs-review-translation", "mt-suggestion"),
        ("needs-translation", None),
        ("translated", None),
    ]
    assert targets[0].text == "Les frappes ont cessé."
    (note,) = root.findall(".//note", SPACES)
    assert (note.get("from"), note.text) == ("Eda", "Which <trains>?\nAll?")

    def issues(element: etree._Element) -> list[tuple[str | None, ...]]:
        name = element.get(f"{{{SPACES['its']}}}locQualityIssuesRef")[1:]
        (found,) = [
            each
            for each in root.iter("{*}locQualityIssues")
            if each.get("{http://www.w3.org/XML/1998/namespace}id") == name
        ]
        return [
            tuple(
                map(issue.get, ("locQualityIssueType", "locQualityIssueSeverity", "locQualityIssueEnabled"))
            )
            for issue in found
        ]

    assert issues(targets[0]) == [("mistranslation", "67", None)]
    assert issues(targets[2]) == [("grammar", "67", "no"), ("typographical", "33", None)]
    assert issues(units[3].find("source", SPACES)) == [("omission", "100", None)]
    assert len(root.findall(".//its:locQualityIssues", SPACES)) == 3
    comments = [issue.get("locQualityIssueComment") for issue in root.iter("{*}locQualityIssue")]
    assert comments[0] == (
        "accuracy/mistranslation: «удары» are strikes of war; «grèves» are strikes of workers. “grèves” [wrong-sense] "
        "accepted by Theo"
    )
    assert comments[1].endswith("[missing-auxiliary] dismissed by Theo: the verb is elided")
    assert comments[2].endswith("“«” [quotes]")


def test_a_segment_sent_back_needs_translation_again(
    service: ReviewService, talks: ProjectView, tmp_path: Path
) -> None:
    fourth = list(service.all_segments(talks.id))[3]
    service.send_back(EDITOR, fourth.id, fourth.version, "register")
    root = etree.parse(str(exported(service, talks, "xliff", tmp_path))).getroot()
    assert [target.get("state") for target in root.iter("{*}target")][3] == "needs-translation"
    assert [note.text for note in root.iter("{*}note")] == ["Which <trains>?\nAll?", "register"]


def test_xliff_is_read_back_with_its_states(
    service: ReviewService, talks: ProjectView, tmp_path: Path
) -> None:
    table = read_pairs(exported(service, talks, "xliff", tmp_path))
    assert (table.source_lang, table.target_lang) == ("ru", "fr")
    assert table.pairs == tuple(
        Pair(each.source, each.text, str(each.position), STATES[each.state])
        for each in service.all_segments(talks.id)
    )


def test_xliff_is_read_by_translate_toolkit(
    service: ReviewService, talks: ProjectView, tmp_path: Path
) -> None:
    from translate.storage import xliff

    store = xliff.xlifffile.parsefile(str(exported(service, talks, "xliff", tmp_path)))
    segments = list(service.all_segments(talks.id))
    assert [(str(unit.source), str(unit.target)) for unit in store.units] == [
        (s.source, s.text) for s in segments
    ]
    assert [unit.isapproved() for unit in store.units] == [True, False, False, False]
    assert store.units[3].getnotes("Eda") == "Which <trains>?\nAll?"


def test_every_document_is_a_file(
    service: ReviewService, talks: ProjectView, checked: CheckedDocument, tmp_path: Path
) -> None:
    service.import_document(LEAD, talks.id, checked, name="second")
    path = exported(service, talks, "xliff", tmp_path)
    assert [file.get("original") for file in etree.parse(str(path)).iter("{*}file")] == [
        'a "b" <c>',
        "second",
    ]
    assert len(read_pairs(path).pairs) == 8


def test_po_is_a_catalogue_of_what_is_not_approved_and_fuzzy(
    service: ReviewService, talks: ProjectView, tmp_path: Path
) -> None:
    path = exported(service, talks, "po", tmp_path)
    table = read_pairs(path)
    assert table.target_lang == "fr"
    assert [(pair.source, pair.target) for pair in table.pairs] == [
        (s.source, s.text) for s in service.all_segments(talks.id)
    ]
    assert [pair.state for pair in table.pairs] == ["translated", "fuzzy", "fuzzy", "fuzzy"]
    text = path.read_text(encoding="utf-8")
    assert "# Eda: Which <trains>?\n# All?\n" in text
    assert "X-Generator: Relecture" in text
    checked_by_msgfmt(path)


def test_messages_that_are_there_twice_have_a_context(service: ReviewService, tmp_path: Path) -> None:
    made = service.create_project(LEAD, "Twice", "en", "pt-BR")
    pairs = (Pair("Yes", "Sim"), Pair("Yes", "É"), Pair("", "a mais"), Pair("_: no\n_: context", "sem"))
    stored(service, made, PairTable(pairs, "en", "pt-BR", "t"), "t")
    path = exported(service, made, "po", tmp_path)
    table = read_pairs(path)
    assert table.target_lang == "pt-BR"
    assert [replace(pair, state="") for pair in table.pairs] == [
        pairs[0], replace(pairs[1], id="2"), replace(pairs[2], id="3"), pairs[3],
    ]  # fmt: skip
    checked_by_msgfmt(path)


# Documents that came as XLIFF or PO

CODED = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:cat="urn:some:cat" cat:job="7">
 <cat:info>kept</cat:info>
 <file original="a.html" source-language="en" target-language="de" datatype="html"><header><skl><internal-file>S</internal-file></skl></header><body>
  <group id="g"><trans-unit id="u1" resname="greeting" cat:lock="no"><source>Hello <g id="1">big <x id="2"/></g> world<ph id="3">%s</ph></source>
   <target state="final">Hallo <g id="1">große <x id="2"/></g> Welt<ph id="3">%s</ph></target><note>mind the gap</note>
   <alt-trans><source>x</source><target>y</target></alt-trans></trans-unit></group>
  <trans-unit id="u2" approved="yes"><source>Left <g id="1">here</g></source></trans-unit>
  <trans-unit id="u3"><source> </source></trans-unit>
  <trans-unit id="u4"><source>One. <x id="5"/>Two. Three.</source>
   <seg-source><mrk mtype="seg" mid="a">One.</mrk> <mrk mtype="seg" mid="b"><x id="5"/>Two.</mrk> <mrk mtype="seg" mid="c">Three.</mrk></seg-source>
   <target><mrk mtype="seg" mid="b"><x id="5"/>Zwei.</mrk> <mrk mtype="seg" mid="a">Eins.</mrk></target></trans-unit>
  <trans-unit id="u5"><source>Four. Five.</source>
   <seg-source><mrk mtype="seg" mid="1">Four.</mrk> <mrk mtype="seg" mid="2">Five.</mrk></seg-source></trans-unit>
 </body></file></xliff>"""


@pytest.fixture
def coded(service: ReviewService, tmp_path: Path) -> ProjectView:
    made = service.create_project(LEAD, "Coded", "en", "de")
    imported(service, made, write(tmp_path / "a.xlf", CODED))
    return made


def test_an_imported_xliff_goes_out_filled_in(
    service: ReviewService, coded: ProjectView, tmp_path: Path
) -> None:
    one, left, _, two, three, four, five = service.all_segments(coded.id)
    revise(service, one, "<1><2/> große</1> Welt, %s & hallo", approve=True)
    revise(service, left, "Hier <1>links")
    revise(service, two, "<5/>Und zwei.")
    revise(service, three, "Drei.")
    revise(service, four, "Vier.", approve=True)
    revise(service, five, "Fünf.", approve=True)
    path = exported(service, coded, "xliff", tmp_path)
    root = etree.parse(str(path)).getroot()
    assert root.get("{urn:some:cat}job") == "7"
    assert root[0].text == "kept"
    units = {unit.get("id"): unit for unit in root.iter("{*}trans-unit")}

    def shown(name: str) -> str:
        target = etree.tostring(units[name].find("target", SPACES), encoding="unicode", with_tail=False)
        return target.partition(">")[2].removesuffix("</target>")

    assert shown("u1") == '<g id="1"><x id="2"/> große</g> Welt, <ph id="3">%s</ph> &amp; hallo'
    assert shown("u2") == "Hier &lt;1&gt;links"
    assert shown("u4") == (
        '<mrk mtype="seg" mid="b"><x id="5"/>Und zwei.</mrk> <mrk mtype="seg" mid="a">Eins.</mrk>'
        '<mrk mtype="seg" mid="c">Drei.</mrk>'
    )
    assert shown("u5") == '<mrk mtype="seg" mid="1">Vier.</mrk> <mrk mtype="seg" mid="2">Fünf.</mrk>'
    assert [unit.get("approved") for unit in units.values()] == ["yes", None, None, None, "yes"]
    assert [target.get("state") for target in root.findall(".//trans-unit/target", SPACES)] == [
        "signed-off", "translated", "needs-review-translation", "signed-off",
    ]  # fmt: skip
    assert [child.tag.partition("}")[2] for child in units["u1"]] == ["source", "target", "note", "alt-trans"]
    assert [(pair.source, pair.target) for pair in read_pairs(path).pairs] == [
        (segment.source, segment.text) for segment in service.all_segments(coded.id)
    ]


def test_what_nobody_has_touched_stays_as_it_was(
    service: ReviewService, coded: ProjectView, tmp_path: Path
) -> None:
    def sources(path: Path) -> list[bytes]:
        tree = etree.parse(str(path))
        etree.strip_attributes(tree, "state", "state-qualifier", "approved")
        return [
            etree.tostring(unit, method="c14n", exclusive=True, with_tail=False)
            for unit in tree.iter("{*}source", "{*}seg-source", "{*}alt-trans", "{*}skl")
        ]

    path = exported(service, coded, "xliff", tmp_path)
    assert sources(path) == sources(tmp_path / "a.xlf")
    assert [pair.target for pair in read_pairs(path).pairs] == [
        pair.target for pair in read_pairs(tmp_path / "a.xlf").pairs
    ]


def test_an_export_that_is_imported_does_not_pile_up_issues(
    service: ReviewService, talks: ProjectView, tmp_path: Path
) -> None:
    path = exported(service, talks, "xliff", tmp_path)
    other = service.create_project(LEAD, "Again", "ru", "fr")
    imported(service, other, path)
    assert b"<its:locQualityIssues" in path.read_bytes()
    again = exported(service, other, "xliff", tmp_path).read_bytes()
    assert b"locQualityIssues " not in again
    assert b"locQualityIssuesRef" not in again


def test_several_documents_keep_their_files(
    service: ReviewService, coded: ProjectView, checked: CheckedDocument, tmp_path: Path
) -> None:
    service.import_document(LEAD, coded.id, checked, name="text")
    imported(service, coded, write(tmp_path / "b.xliff", CODED.replace("1.2", "1.1")))
    root = etree.parse(str(exported(service, coded, "xliff", tmp_path))).getroot()
    assert [file.get("original") for file in root] == ["a.html", "text", "b.xliff"]
    ids = [[unit.get("id") for unit in file.iter("{*}trans-unit")] for file in root]
    assert ids == [["u1", "u2", "u3", "u4", "u5"], list("1234"), list("1234567")]


XLIFF_2 = """<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="ru" trgLang="fr">
 <file id="f"><unit id="u1"><originalData><data id="d1">&lt;br/&gt;</data><data id="d2">&lt;b&gt;</data><data id="d3">&lt;/b&gt;</data></originalData>
  <segment id="s1" state="reviewed" subState="a:b"><source>Да<ph id="1" dataRef="d1"/></source><target>Oui<ph id="1" dataRef="d1"/></target></segment>
  <ignorable><source> </source></ignorable>
  <segment id="s2"><source>Нет <pc id="2" dataRefStart="d2" dataRefEnd="d3">нет</pc></source></segment></unit>
  <unit id="u2"><notes><note>old</note></notes><segment><source><pc id="3">А</pc></source><target/></segment></unit>
 </file></xliff>"""


def test_an_imported_xliff_2_goes_out_filled_in(
    service: ReviewService, checked: CheckedDocument, tmp_path: Path
) -> None:
    made = service.create_project(LEAD, "Two", "ru", "fr")
    path = write(tmp_path / "a.xlf", XLIFF_2)
    flagged = checked.segments[0].flags
    texts = [(pair.source, pair.target) for pair in read_pairs(path).pairs]
    segments = tuple(
        CheckedSegment(Segment(n, *pair), None, flagged if n == 1 else ()) for n, pair in enumerate(texts, 1)
    )
    document = CheckedDocument(Document("", "ru"), Document("", "fr"), segments)
    first = service.import_document(
        LEAD, made.id, document, name="a", original=path.read_bytes(), original_name="a.xlf"
    )
    one, two, three = service.all_segments(made.id)
    revise(service, one, "<br/>Oui !", approve=True)
    revise(service, two, "Non <b>non</b>")
    revise(service, three, "</3>")
    for segment in (one, three):
        service.comment(EDITOR, segment.id, "<good>")
    out = exported(service, made, "xliff", tmp_path)
    root = etree.parse(str(out)).getroot()
    assert root.get("version") == "2.1"
    space = 'xmlns="urn:oasis:names:tc:xliff:document:2.0"'
    shown = [
        etree.tostring(target, method="c14n", exclusive=True, with_tail=False)
        .decode()
        .replace(f" {space}", "")
        for target in root.iter("{*}target")
    ]
    assert shown == [
        '<target><ph dataRef="d1" id="1"></ph>Oui !</target>',
        '<target>Non <pc dataRefEnd="d3" dataRefStart="d2" id="2">non</pc></target>',
        "<target>&lt;/3&gt;</target>",
    ]
    segments_out = list(root.iter("{*}segment"))
    assert [(each.get("state"), each.get("subState")) for each in segments_out] == [
        ("final", None), ("translated", None), ("translated", None),
    ]  # fmt: skip
    assert [[child.tag.partition("}")[2] for child in unit] for unit in root.iter("{*}unit")] == [
        ["locQualityIssues", "notes", "originalData", "segment", "ignorable", "segment"], ["notes", "segment"],
    ]  # fmt: skip
    assert [note.text for note in root.iter("{*}note")] == ["Eda: <good>", "old", "Eda: <good>"]
    assert [pair.target for pair in read_pairs(out).pairs] == [
        each.text for each in service.all_segments(made.id)
    ]
    # Beside another document it is a file of XLIFF 1.2.
    service.import_document(LEAD, made.id, checked, name="text")
    root = etree.parse(str(exported(service, made, "xliff", tmp_path))).getroot()
    assert (root.get("version"), len(list(root.iter("{*}trans-unit")))) == ("1.2", 3 + 4)
    assert (
        etree.parse(str(exported(service, made, "xliff", tmp_path, first.id))).getroot().get("version")
        == "2.1"
    )


CATALOGUE = """# About this file
#, fuzzy
msgid ""
msgstr ""
"Project-Id-Version: app 1.0\\n"
"Content-Type: text/plain; charset=KOI8-R\\n"
"Language: ru\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

# somebody's remark
#. a button
#: main.c:12
msgctxt "menu"
msgid "Open"
msgstr "Открыть"

#, fuzzy
#| msgid "Close"
msgid "Close \\"it\\"\\n"
msgstr "Закрыть\\n"

#, c-format
msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d файл"
msgstr[1] "%d файла"
msgstr[2] ""

#~ msgid "Old"
#~ msgstr "Старое"
"""


def test_an_imported_catalogue_goes_out_with_the_translations(service: ReviewService, tmp_path: Path) -> None:
    made = service.create_project(LEAD, "App", "en", "ru")
    path = tmp_path / "a.po"
    path.write_bytes(CATALOGUE.encode("koi8-r"))
    imported(service, made, path)
    opened, close, one, few, many = service.all_segments(made.id)
    revise(service, opened, "Открыть меню", approve=True)
    service.comment(EDITOR, opened.id, "As in the menu")
    revise(service, close, "Закрыть «это»\n", approve=True)
    for form, text in ((one, one.text), (few, few.text), (many, "%d файлов")):
        revise(service, form, text, approve=form is not few)
    path = exported(service, made, "po", tmp_path)
    checked_by_msgfmt(path)
    assert path.read_text(encoding="utf-8") == (
        CATALOGUE.replace("KOI8-R", "UTF-8")
        .replace('"Открыть"', '"Открыть меню"')
        .replace("remark\n", "remark\n# Eda: As in the menu\n")
        .replace('#, fuzzy\n#| msgid "Close"\n', "")
        .replace("Закрыть\\n", "Закрыть «это»\\n")
        .replace("#, c-format", "#, c-format, fuzzy")
        .replace('msgstr[2] ""', 'msgstr[2] "%d файлов"')
    )
    table = read_pairs(path)
    assert [(pair.source, pair.target) for pair in table.pairs] == [
        (segment.source, segment.text) for segment in service.all_segments(made.id)
    ]


def test_messages_that_differ_in_context_alone_keep_their_own_translations(
    service: ReviewService, tmp_path: Path
) -> None:
    made = service.create_project(LEAD, "App", "en", "fr")
    message = 'msgctxt "{}"\r\nmsgid "Open"\r\nmsgstr "Ouvrir"\r\n'
    text = "\r\n".join(['msgid ""\r\nmsgstr "Language: fr\\n"\r\n', *map(message.format, "abc")])
    path = tmp_path / "a.po"
    path.write_bytes(text.encode())
    imported(service, made, path)
    first, second, _ = service.all_segments(made.id)
    revise(service, first, "Ouverture")
    revise(service, second, "Ouvert", approve=True)
    service.comment(EDITOR, second.id, "It is.\nNow.")
    out = exported(service, made, "po", tmp_path)
    checked_by_msgfmt(out)
    assert read_pairs(out).pairs == (
        Pair("Open", "Ouverture", "a", "fuzzy"),
        Pair("Open", "Ouvert", "b", "translated"),
        Pair("Open", "Ouvrir", "c", "fuzzy"),
    )
    assert "# Eda: It is.\r\n# Now.\r\n" in out.read_bytes().decode()


# Hostile text

PARTS = st.one_of(
    st.text(st.characters(), max_size=20),
    st.sampled_from([
        "&amp;", "]]>", "<g id='1'>", "</target>", "<!ENTITY x 'y'>", "\x00", "\ud800", "\ufffe", "\x0b", "\x1c", "\x85",
        "\u2028", "\u202e", "\r\n", "\r", "\t", "\\n", '"', "msgid", "#~ ", "_: ", " ", "long " * 3000, "x" * 9000,
    ]),
)  # fmt: skip
TEXTS = st.lists(PARTS, min_size=1, max_size=4).map("".join).filter(lambda text: text.strip() != "")


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5), TEXTS)
@example([("_: a", "_: b"), ("", "\ufeff"), ("=1", "")], "\n\n# \x00")
def test_hostile_text_is_read_back(tmp_path: Path, pairs: Sequence[tuple[str, str]], said: str) -> None:
    with TemporaryDirectory() as folder, closing(ReviewService.open(Path(folder) / "review.db")) as service:
        made = service.create_project(LEAD, "Hostile", "en", "fr")
        stored(service, made, PairTable(tuple(Pair(*pair) for pair in pairs), "en", "fr", "d"), "d")
        first = next(service.all_segments(made.id))
        service.comment(LEAD, first.id, f"so: {said[:5000]}")
        texts = [(clean(source), clean(target)) for source, target in pairs]
        plain = [(without_controls(source), without_controls(target)) for source, target in texts]
        for format, kept in (("xliff", plain), ("po", texts)):
            path = exported(service, made, format, tmp_path)
            assert [(pair.source, pair.target) for pair in read_pairs(path).pairs] == kept
            # The same once more, filled into the file.
            again = service.create_project(LEAD, format, "en", "fr")
            imported(service, again, path)
            revise(service, next(service.all_segments(again.id)), said)
            filled = read_pairs(exported(service, again, format, tmp_path)).pairs
            new = without_controls(clean(said)) if format == "xliff" else clean(said)
            assert [(pair.source, pair.target) for pair in filled] == [(kept[0][0], new), *kept[1:]]

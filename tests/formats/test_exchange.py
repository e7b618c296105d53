"""XLIFF, TMX and PO: segments, inline codes, states, languages, hostile XML."""

# ruff: noqa: E501 — markup samples are kept in one piece

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import FormatError, QAError, UsageError
from qa.formats import Pair, read_pairs

XLIFF_1 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file original="a" source-language="en-us" target-language="de" datatype="plaintext"><body>
  <!-- a comment -->
  <group><trans-unit id="1" approved="yes"><source>Open</source><target>Öffnen</target></trans-unit></group>
  <trans-unit id="2"><source>Hello <g id="1">big <x id="2"/></g> world<ph id="3">%s</ph></source>
   <target state="needs-review-translation">Hallo <g id="1">große <x id="2"/></g> Welt<ph id="3">%s</ph></target>
   <alt-trans><target>nicht dies</target></alt-trans></trans-unit>
  <trans-unit id="3"><source>Left</source></trans-unit>
  <trans-unit id="4"><source>One. Two.</source>
   <seg-source><mrk mtype="seg" mid="a">One.</mrk> <mrk mtype="seg" mid="b">Two.</mrk></seg-source>
   <target state="translated"><mrk mtype="seg" mid="b">Zwei.</mrk> <mrk mtype="seg" mid="a">Eins.</mrk></target>
  </trans-unit>
  <trans-unit id="5"><source>A <bpt id="1">&lt;b&gt;</bpt>B<ept id="1">&lt;/b&gt;</ept> <mrk mtype="term">C</mrk></source>
   <target>A <bx id="7" rid="1"/>B<ex id="8" rid="1"/></target></trans-unit>
 </body></file></xliff>"""

XLIFF_2 = """<xliff version="2.1" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="uk" trgLang="en">
 <file id="f"><unit id="u1"><originalData><data id="d1">&lt;br/&gt;</data></originalData>
  <segment id="s1" state="reviewed"><source>Так<ph id="1" dataRef="d1"/></source><target>Yes<ph id="1" dataRef="d1"/></target></segment>
  <ignorable><source> </source></ignorable>
  <segment><source>Ні <pc id="2">ні</pc><cp hex="0007"/></source></segment></unit>
  <unit id="u2"><segment><source><sc id="3"/>A<ec startRef="3"/> <mrk id="m">B</mrk></source><target/></segment></unit>
 </file></xliff>"""

TMX = """<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="en" datatype="plaintext"/><body>
 <tu tuid="t1"><tuv xml:lang="fr-FR"><seg>Bonjour <ph x="1"/></seg></tuv><tuv xml:lang="EN"><seg>Hello <ph x="1"/></seg></tuv></tu>
 <tu><tuv xml:lang="en"><seg>Only</seg></tuv></tu>
</body></tmx>"""

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ru\\n"

msgctxt "menu"
msgid "Open"
msgstr "Открыть"

#, fuzzy
msgid "Close \\"it\\"\\n"
msgstr "Закрыть\\n"

msgid "Later"
msgstr ""

msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d файл"
msgstr[1] "%d файла"
msgstr[2] "%d файлов"

#~ msgid "Old"
#~ msgstr "Старое"
"""


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def test_xliff_1(tmp_path: Path) -> None:
    table = read_pairs(write(tmp_path / "a.xlf", XLIFF_1))
    assert (table.source_lang, table.target_lang) == ("en-US", "de")
    assert table.pairs == (
        Pair("Open", "Öffnen", "1", "final"),
        Pair(
            "Hello <1>big <2/></1> world%s", "Hallo <1>große <2/></1> Welt%s", "2", "needs-review-translation"
        ),
        Pair("Left", "", "3"),
        Pair("One.", "Eins.", "4:a", "translated"),
        Pair("Two.", "Zwei.", "4:b", "translated"),
        Pair("A <b>B</b> C", "A <7>B</7>", "5"),
    )


def test_xliff_2(tmp_path: Path) -> None:
    table = read_pairs(write(tmp_path / "a.xliff", XLIFF_2))
    assert (table.source_lang, table.target_lang) == ("uk", "en")
    assert table.pairs == (
        Pair("Так<br/>", "Yes<br/>", "u1:s1", "reviewed"),
        Pair("Ні <2>ні</2>\a", "", "u1"),
        Pair("<3>A</3> B", "", "u2"),
    )


def test_xliff_in_utf_16(tmp_path: Path) -> None:
    text = XLIFF_1.replace("UTF-8", "UTF-16")
    assert len(read_pairs(write(tmp_path / "a.xlf", text.encode("utf-16"))).pairs) == 6


def test_tmx(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tmx", TMX)
    table = read_pairs(path)
    assert (table.source_lang, table.target_lang) == ("en", "fr-FR")
    assert table.pairs == (Pair("Hello <1/>", "Bonjour <1/>", "t1"), Pair("Only", ""))
    turned = read_pairs(path, source_lang="fr", target_lang="en")
    assert turned.pairs[0] == Pair("Bonjour <1/>", "Hello <1/>", "t1")
    with pytest.raises(UsageError, match="no source language 'ru' in it; it has en, fr-FR"):
        read_pairs(path, source_lang="ru")


def test_tmx_with_three_languages_asks(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.tmx",
        TMX.replace("</tu>\n</body>", '<tuv xml:lang="de"><seg>Nur</seg></tuv></tu></body>'),
    )
    with pytest.raises(UsageError, match="cannot tell the target language among de, en, fr-FR"):
        read_pairs(path)
    assert read_pairs(path, target_lang="de").pairs[1] == Pair("Only", "Nur")


def test_po(tmp_path: Path) -> None:
    want = (
        Pair("Open", "Открыть", "menu", "translated"),
        Pair('Close "it"\n', "Закрыть\n", "", "fuzzy"),
        Pair("Later", "", "", "untranslated"),
        Pair("%d file", "%d файл", "", "translated"),
        Pair("%d files", "%d файла", "", "translated"),
        Pair("%d files", "%d файлов", "", "translated"),
    )
    table = read_pairs(write(tmp_path / "a.po", PO))
    assert (table.pairs, table.target_lang) == (want, "ru")
    legacy = PO.replace("UTF-8", "KOI8-R").encode("koi8-r")
    assert read_pairs(write(tmp_path / "b.po", legacy)).pairs == want


LAUGHS = """<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<xliff version="1.2"><file><body><trans-unit><source>&b;</source></trans-unit></body></file></xliff>"""
EXTERNAL = """<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/hostname">]><tmx><body><tu><tuv><seg>&x;</seg></tuv></tu></body></tmx>"""


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlf", LAUGHS, "declares XML entities"),
        ("a.xlf", LAUGHS.encode("utf-16"), "declares XML entities"),
        ("a.tmx", EXTERNAL, "declares XML entities"),
        ("a.xlf", XLIFF_1[:400], "line 6: no well-formed XML"),
        ("a.xlf", "", "is empty"),
        ("a.xlf", "just text", "line 1: no well-formed XML"),
        ("a.xlf", b"\x00\x01\x02", "no well-formed XML"),
        ("a.xlf", "<html/>", "is no XLIFF"),
        ("a.xlf", '<xliff version="9"/>', "is no XLIFF"),
        ("a.xlf", '<xliff version="1.2"><file><body/></file></xliff>', "no pairs in it"),
        ("a.xlf", '<xliff version="2.0"/>', "no pairs in it"),
        ("a.xlf", "<a>" * 5000 + "</a>" * 5000, "no well-formed XML"),
        ("a.xlf", '<xliff version="1.2">&undefined;</xliff>', "no well-formed XML|no pairs"),
        ("a.tmx", "<tmx><body/></tmx>", "no translation units"),
        ("a.tmx", "<xliff/>", "is no TMX"),
        ("a.po", "nothing here\n", "no msgid"),
        ("a.po", 'msgid "a\nmsgstr "b"\n', "PO|pairs"),
    ],
)
def test_bad_input_is_one_clear_line(tmp_path: Path, name: str, content: str | bytes, says: str) -> None:
    path = write(tmp_path / name, content)
    with pytest.raises(FormatError, match=says) as caught:
        read_pairs(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.xlf", "a.tmx", "a.po"])
def test_any_cut_is_refused_or_read(tmp_path: Path, name: str) -> None:
    whole = {"a.xlf": XLIFF_2, "a.tmx": TMX, "a.po": PO}[name].encode("utf-8")
    path = tmp_path / name
    refused = 0
    for cut in range(1, len(whole), 23):
        write(path, whole[:cut])
        try:
            read_pairs(path)
        except QAError:
            refused += 1
    assert refused > (0 if name == "a.po" else 10)


def test_inline_code_points_that_are_no_characters(tmp_path: Path) -> None:
    text = XLIFF_2.replace('hex="0007"', 'hex="D800"').replace('<ph id="1" dataRef="d1"/>', '<cp hex="zz"/>')
    table = read_pairs(write(tmp_path / "a.xlf", text))
    assert [pair.source for pair in table.pairs][:2] == ["Так\ufffd", "Ні <2>ні</2>\ufffd"]

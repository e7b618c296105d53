"""The sense inventory: its data, its format, its search; inflection of what it proposes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.errors import FormatError, InputError
from qa.model import apply_edits
from qa.terms.inflection import inflect, plural, substitute
from qa.terms.senses import Rendering, load
from qa.terms.senses.friends import friends
from qa.terms.senses.inventory import parse
from qa.terms.senses.keys import keys, noun_keys, tokens

FILE = """
[strike.attack]
gloss = 'a military attack'
en = 'strike, air strike'
fr = 'frappe/f, ~attaque/f'
ru = 'удар'
cues = 'missile, army'
cues-ru = 'ракета'

[strike.labour]
gloss = 'a stoppage of work'
en = 'strike'
fr = 'grève/f'
ru = 'забастовка'
"""


def test_every_sense_of_the_built_in_inventory_can_be_told_and_proposed() -> None:
    inventory = load()
    assert len(inventory) >= 420
    assert {"en", "fr", "de", "es", "it", "pt", "ru", "uk", "nl", "pl", "zh"} <= inventory.languages
    usable = frozenset[str]().union(*(inventory.pivots_of(tag) for tag in inventory.languages))
    assert usable == inventory.pivots.keys()  # a pivot that no language's word is ambiguous in finds nothing
    for pivot, senses in inventory.pivots.items():
        assert len(senses) >= 2, pivot
        for name, sense in senses.items():
            assert sense.gloss, (pivot, name)
            if any(one.alike for one in senses.values()):
                continue  # a pair of two languages
            assert len(sense.renderings) >= 5, (pivot, name)


def test_every_rendering_of_the_built_in_lists_can_be_read() -> None:
    senses = [sense for pivot in load().pivots.values() for sense in pivot.values()]
    # FormatError, with its place, for one that cannot: a run reads those of its languages alone.
    assert all(one.text for sense in senses for listed in sense.renderings.values() for one in listed)


def test_a_rendering_is_read_when_it_is_asked_for() -> None:
    [sense] = parse("[strike.attack]\ngloss = 'x'\nfr = 'frappe/f'\nen = 'strike/q'", "own.toml")
    assert sense.renderings["fr"] == (Rendering("frappe", "f"),)
    assert "en" in sense.renderings
    assert sense.renderings.get("de") is None
    with pytest.raises(FormatError, match=r"own\.toml: \[strike\.attack\]: 'strike/q'"):
        sense.renderings["en"]


def test_the_format() -> None:
    attack, labour = parse(FILE)
    assert attack.renderings["fr"][1].weak
    assert attack.renderings["fr"][0].gender == "f"
    assert attack.cues == {"en": ("missile", "army"), "ru": ("ракета",)}
    assert not attack.general
    assert load().pivots["case"]["instance"].general
    assert labour.gloss == "a stoppage of work"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[strike.attack]\nfr = 'frappe'", "gloss"),
        ("[strike.attack]\ngloss = 'x'\nfrench = 'frappe'", "french"),
        ("[strike.attack]\ngloss = 'x'\nfr = 3", "quotes"),
        ("[strike.attack]\ngloss = 'x'\nfr = 'frappe/q'", "gender"),
        ("[strike.attack]\ngloss = 'x'\nfr = '~'", "no word"),
        ("strike = 1", "table"),
        ("[strike", "own.toml"),
    ],
)
def test_a_malformed_file_is_refused_with_the_place(text: str, complaint: str, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=complaint):
        load(path)


def test_an_unreadable_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.toml"):
        load(tmp_path / "missing.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        load(tmp_path / "binary.toml")


def test_a_user_s_file_adds_and_redefines(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[strike.attack]\ngloss = 'a raid'\nfr = 'razzia/f'\n", encoding="utf-8")
    own = load(path)
    assert own.pivots["strike"]["attack"].gloss == "a raid"
    assert own.pivots["strike"]["labour"].gloss == load().pivots["strike"]["labour"].gloss
    assert load().pivots["strike"]["attack"].gloss == "a military attack"


@pytest.mark.parametrize(
    ("lang", "text", "words", "senses"),
    [
        ("ru", "от ударов по портам", "ударов", {"attack", "hit"}),
        ("fr", "les grèves", "grèves", {"labour"}),
        ("en", "after air strikes", "air strikes", {"attack"}),
        ("en", "a strike", "strike", {"attack", "labour", "hit"}),
        ("de", "die Streiks", "Streiks", {"labour"}),
        ("zh", "铁路罢工", "罢工", {"labour"}),
    ],
)
def test_words_are_found_in_any_form(lang: str, text: str, words: str, senses: set[str]) -> None:
    [match] = [m for m in load().find(text, lang) if m.pivot == "strike"]
    assert text[match.start : match.end] == words
    assert match.senses == senses


def test_verbs_are_no_nouns() -> None:
    assert "pouvoir" in keys("peut", "fr")
    assert "pouvoir" not in noun_keys("peut", "fr")
    assert noun_keys("macht", "de") == frozenset()


@settings(deadline=None)  # the first text loads the lemma dictionaries
@given(st.text(max_size=200))
def test_any_text_can_be_searched(text: str) -> None:
    for lang in ("en", "zh", "ar"):
        for match in load().find(text, lang):
            assert 0 <= match.start < match.end <= len(text)
    for token in tokens(text):
        assert text[token.start : token.end] == token.text


@pytest.mark.parametrize(
    ("lang", "word", "gender", "expected"),
    [
        ("fr", "journal", "m", "journaux"), ("fr", "obus", "m", "obus"), ("fr", "bateau", "m", "bateaux"),
        ("es", "acción", "f", "acciones"), ("es", "juez", "m", "jueces"), ("it", "banca", "f", "banche"),
        ("it", "sciopero", "m", "scioperi"), ("pt", "ação", "f", "ações"), ("pt", "jornal", "m", "jornais"),
        ("en", "party", "", "parties"), ("de", "Angriff", "m", "Angriffe"), ("de", "Haus", "n", "Häuser"),
        ("de", "Rechnung", "f", "Rechnungen"), ("nl", "staking", "f", "stakingen"),
    ],
)  # fmt: skip
def test_plurals(lang: str, word: str, gender: str, expected: str) -> None:
    assert plural(word, lang, gender) == expected


@pytest.mark.parametrize(
    ("lang", "lemma", "like", "like_lemma", "expected"),
    [
        ("fr", "frappe", "Grèves", "grève", "Frappes"), ("ru", "удар", "забастовок", "забастовка", "ударов"),
        ("uk", "завод", "рослина", "рослина", "завод"), ("uk", "удар", "страйків", "страйк", "ударів"),
        ("en", "airstrike", "STRIKES", "strike", "AIRSTRIKES"),
        ("fr", "projet de loi", "factures", "facture", "projets de loi"),
        ("pl", "walizka", "Gazetki", "gazetka", "Walizki"), ("pl", "sprawa", "wyrok", "wyrok", "sprawa"),
        ("pl", "sprawa", "wyroków", "wyrok", ""), ("cs", "tajná věc", "zákonů", "zákon", ""),
        ("ru", "идти", "домов", "дом", ""),
    ],
)  # fmt: skip
def test_the_form_of_the_word_replaced(
    lang: str, lemma: str, like: str, like_lemma: str, expected: str
) -> None:
    assert inflect(lemma, like, like_lemma, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text", "old", "lemmas", "genders", "expected"),
    [
        ("fr", "la grève générale", "grève", ("grève", "coup"), "fm", "le coup général"),
        ("fr", "à la grève", "grève", ("grève", "attaque"), "ff", "à l’attaque"),
        ("fr", "cet ordre", "ordre", ("ordre", "commande"), "mf", "cette commande"),
        ("fr", "d'attaques", "attaques", ("attaque", "grève"), "ff", "de grèves"),
        ("de", "den schweren Streik", "Streik", ("Streik", "Attacke"), "mf", "die schwere Attacke"),
        ("de", "des Streiks", "Streiks", ("Streik", "Angriff"), "mm", "des Angriffs"),
        ("es", "las huelgas aéreas", "huelgas", ("huelga", "ataque"), "fm", "los ataques aéreos"),
        ("it", "della pianta nuova", "pianta", ("pianta", "stabilimento"), "fm", "dello stabilimento nuovo"),
        ("pt", "da greve", "greve", ("greve", "ataque"), "fm", "do ataque"),
        ("ru", "новая забастовка", "забастовка", ("забастовка", "удар"), "  ", "новый удар"),
        ("en", "an order", "order", ("order", "party"), "  ", "a party"),
    ],
)  # fmt: skip
def test_the_neighbours_agree(
    lang: str, text: str, old: str, lemmas: tuple[str, str], genders: str, expected: str
) -> None:
    start = text.index(old)
    edits = substitute(
        text, start, start + len(old), *lemmas, lang,
        old_gender=genders[0].strip(), new_gender=genders[1].strip(),
    )  # fmt: skip
    assert apply_edits(text, edits) == expected


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_a_letter_without_a_name_is_no_trouble(lang: str) -> None:
    assert "\U00017000" in keys("\U00017000", lang)
    assert "мир" in keys("мир", lang)


def test_the_list_of_false_friends_holds_pairs_of_two_languages() -> None:
    found = friends()
    assert len(found) >= 4000
    for sense in found:
        assert sense.name in sense.renderings
        assert len(sense.renderings) == 2
    assert len({(sense.pivot, sense.name) for sense in found}) == len(found)


def test_false_friends_of_one_direction_and_their_company() -> None:
    chef, boss = friends("[fr en]\nchef/m > chef | boss | cuisinier/m | office, team | menu, dish")
    assert (chef.alike, boss.alike) == (True, False)
    assert chef.cues == {"en": ("office", "team")}
    assert chef.against == {"en": ("menu", "dish")}
    [both, _] = friends("[en fr]\ncoin = coin/m | pièce/f | corner")
    assert both.alike
    assert not both.cues
    assert not both.against


@pytest.mark.parametrize(
    "text", ["coin = coin | a | b", "[en]\na = b | c | d", "[en fr]\ncoin = coin/m | pièce/f",
     "[en fr]\n~coin = coin/m | pièce/f | corner", "[en fr]\ncoin = coin | a | b | c | d | e"]
)  # fmt: skip
def test_a_broken_line_of_false_friends_is_refused_by_its_number(text: str) -> None:
    with pytest.raises(FormatError, match="line"):
        friends(text)


@pytest.mark.parametrize(
    ("lang", "text", "pivot", "lemma"),
    [
        ("ru", "Он наклеил почтовую марку.", "stamp", "почтовая марка"),
        ("pl", "Postawili ściankę działową.", "partition", "ścianka działowa"),
        ("de", "Sie gilt als unheilbar.", "terminal", "unheilbar"),
    ],
)
def test_inflected_phrases_and_small_german_words(lang: str, text: str, pivot: str, lemma: str) -> None:
    assert (pivot, lemma) in {(one.pivot, one.lemma) for one in load().find(text, lang)}

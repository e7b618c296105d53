"""Which of several renderings is taken for the usual one."""

from collections.abc import Sequence

import pytest

from qa.checks.base import Context
from qa.checks.runner import run
from qa.model import Flag, Segment, Severity, apply_edits


def flags(name: str, pairs: Sequence[tuple[str, str]], languages: str = "en-fr") -> dict[int, list[Flag]]:
    segments = [Segment(number, *pair) for number, pair in enumerate(pairs, start=1)]
    source_lang, _, target_lang = languages.partition("-")
    found = run(Context(source_lang, target_lang, segments), only=[name])
    return {number: list(some) for number, some in found.items() if some}


def test_the_commonest_translation_is_the_usual_one_wherever_it_stands() -> None:
    pairs = [("Save it", "Sauvez"), ("Save it", "Gardez"), ("Other", "Autre"), ("Save it", "Gardez")]
    found = flags("inconsistent-target", pairs)
    assert list(found) == [1]
    (flag,) = found[1]
    assert apply_edits("Sauvez", flag.fix) == "Gardez"
    assert flag.params["count"] == "2"
    assert flag.params["first"] == "2"


def test_of_two_translations_the_later_is_flagged_and_less_surely() -> None:
    twice = flags("inconsistent-target", [("Save it", "Gardez"), ("Save it", "Sauvez")])
    thrice = flags("inconsistent-target", [*[("Save it", "Gardez")] * 2, ("Save it", "Sauvez")])
    assert list(twice) == [2]
    assert twice[2][0].confidence < thrice[3][0].confidence


def test_a_word_alone_may_need_other_words_elsewhere() -> None:
    (flag,) = flags("inconsistent-target", [("Save", "Gardez"), ("Save", "Sauvez")])[2]
    assert flag.severity is Severity.NEUTRAL


def test_a_source_in_other_letters_gets_no_ready_translation() -> None:
    (flag,) = flags("inconsistent-target", [("Save <b>it</b>", "Gardez <b>le</b>"), ("Save it", "Sauvez")])[2]
    assert not flag.fix


@pytest.mark.parametrize("name", ["inconsistent-target", "inconsistent-source", "quoted-phrase"])
def test_a_text_in_its_own_language_is_left_alone(name: str) -> None:
    pairs = [("Say “the old plan” now please", "Say “a new plan”"), ("Say “the old plan”", "Say “it all”")]
    assert not flags(name, pairs, "en-en")


def test_of_two_translations_that_stand_as_often_none_is_put_for_the_other() -> None:
    once = [("Say it again", "Redites-le"), ("Say it again", "Encore une fois")]
    (flag,) = flags("inconsistent-target", once)[2]
    assert not flag.fix
    assert not flags("inconsistent-target", [*once, once[1], once[0]])[2][0].fix
    assert flags("inconsistent-target", [once[0], *once])[3][0].fix


def test_long_sources_that_are_nearly_the_same_may_share_a_translation() -> None:
    start = "The committee decided on Tuesday that the old bridge over the river will be"
    shared = "Le comité a décidé mardi que le vieux pont sera fermé."
    assert not flags("inconsistent-source", [(f"{start} closed.", shared), (f"{start} shut.", shared)])
    assert flags("inconsistent-source", [(f"{start} closed.", shared), ("Nobody knows.", shared)])


def test_quotations_far_apart_are_those_of_two_texts() -> None:
    first, second = ("the “peace plan”", "« le plan de paix »"), ("the “peace plan”", "« un projet »")
    between = [("Nothing here", "Rien ici")] * 100
    assert list(flags("quoted-phrase", [first, *between[1:], second])) == [101]
    assert not flags("quoted-phrase", [first, *between, second])


def test_a_phrase_of_many_wordings_is_nobody_s_title() -> None:
    words = [chr(letter) * 5 for letter in range(ord("a"), ord("v"))]
    pairs = [("the “peace plan”", f"« {one} {two} »") for one, two in zip(words, words[::-1], strict=True)]
    assert not flags("quoted-phrase", pairs)
    assert flags("quoted-phrase", pairs[:5])


def test_a_message_has_room_for_the_beginning_of_a_sentence() -> None:
    long = "Une phrase " * 30
    pairs = [("Say it again", long), ("Say it again", long), ("Say it again", "Rien")]
    (flag,) = flags("inconsistent-target", pairs)[3]
    assert len(flag.message) < 200
    assert "…" in flag.message
    assert apply_edits("Rien", flag.fix) == long

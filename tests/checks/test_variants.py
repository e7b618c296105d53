"""Two varieties of a language in one translation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.checks.base import Context
from qa.checks.variants import VariantDriftCheck
from qa.model import Flag, Segment, apply_edits
from qa.terms.variants import readings


def flags(target: str, *texts: str) -> list[tuple[int, Flag]]:
    segments = [Segment(number, "x", text) for number, text in enumerate(texts, start=1)]
    return list(VariantDriftCheck().check_document(Context("fr", target, segments)))


def fixed(target: str, *texts: str) -> str:
    """The last text after the fixes of its flags; no other may be flagged."""
    found = flags(target, *texts)
    assert {number for number, _ in found} <= {len(texts)}
    return apply_edits(texts[-1], [edit for _, flag in found for edit in flag.fix])


BRITISH = ("The colour of the sky is grey.", "He travelled to the centre.", "The tyre needs more rubber.") * 3
AMERICAN = (
    "The color of the sky is gray.",
    "He traveled to the center.",
    "The theater needs more paint.",
) * 3


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("Our neighbours behaved honourably.", "Our neighbors behaved honorably."),
        ("It is my favourite harbour.", "It is my favorite harbor."),
        ("The fibre is three millimetres thick.", "The fiber is three millimeters thick."),
        ("The counsellor labelled the jewellery.", "The counselor labeled the jewelry."),
        ("Defence has no pretence.", "Defense has no pretense."),
        ("Aluminium ploughs are light.", "Aluminum plows are light."),
        ("They analysed a marvellous manoeuvre.", "They analyzed a marvelous maneuver."),
        ("Sceptical paediatricians smouldered.", "Skeptical pediatricians smoldered."),
        ("A grey-haired man", "A gray-haired man"),
    ],
)
def test_both_ways(british: str, american: str) -> None:
    assert fixed("en", *BRITISH, american) == british
    assert fixed("en", *AMERICAN, british) == american
    assert flags("en", *BRITISH, british) == flags("en", *AMERICAN, american) == []
    assert flags("en", american) == flags("en", british) == []


@pytest.mark.parametrize(
    "text",
    [
        "A program to practice with a license",
        "The flight was cancelled; see the catalogue and the dialogue.",
        "He advised them to exercise, compromise and revise the size of the prize.",
        "They read the analyses of the meter.",
        "A humorist with vigorous, honorary and laborious colleagues",
        "The Labour Party met at Pearl Harbor with the World Health Organization.",
        "Labour won; so did Labor.",
        "DEFENSE AND COLOR",
    ],
)
def test_words_that_are_everybodys_and_names(text: str) -> None:
    assert flags("en", *BRITISH, text) == []
    assert flags("en", *AMERICAN, text) == []


def test_what_only_one_side_writes() -> None:
    assert fixed("en", *AMERICAN, "The programme had two storeys.") == "The program had two stories."
    assert fixed("en", *BRITISH, "The theater was canceled.") == "The theatre was cancelled."


def test_oxford_spelling_is_no_drift() -> None:
    oxford = "They organized, realized, recognized, criticized and modernized it."
    assert flags("en", *BRITISH, oxford) == []
    assert fixed("en", *BRITISH, oxford, "They summarised it.") == "They summarized it."


def test_a_mixed_document_has_no_rule() -> None:
    assert flags("en", *BRITISH, *AMERICAN) == []


def test_the_rule_needs_three_places_and_four_of_five() -> None:
    assert flags("en", "Grey colours.", "A gray sky") == []
    assert flags("en", "Grey colours and harbours.", "A gray sky") == []
    assert len(flags("en", "Grey colours, harbours and tyres.", "A gray sky")) == 1


@pytest.mark.parametrize(
    ("target", "text", "wanted"),
    [
        ("en-GB", "The color was recognized.", "The colour was recognized."),
        ("en-AU", "The color was recognised.", "The colour was recognised."),
        ("en-US", "The colour was recognised on 5 March 2024.", "The color was recognized on March 5, 2024."),
        ("en-CA", "The color was recognised on 5 March 2024.", "The color was recognised on 5 March 2024."),
        ("de-CH", "Die Straße ist groß.", "Die Strasse ist gross."),
        ("de-DE", "Die Strasse ist gross.", "Die Straße ist groß."),
    ],
)
def test_a_region_is_the_rule(target: str, text: str, wanted: str) -> None:
    assert fixed(target, text) == wanted


DAY_FIRST = (
    "It began on 5 March 2024.",
    "On 7 April 2024 it rained.",
    "He left on 9 May 2024.",
    "Born 1 June 1990.",
)
MONTH_FIRST = (
    "It began on March 5, 2024.",
    "On April 7, 2024, it rained.",
    "He left on May 9, 2024.",
    "On June 1 he came.",
)


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("She came on 3 July 2023.", "She came on July 3, 2023."),
        ("She came on 12 October.", "She came on October 12."),
        ("From 2 August to today", "From August 2 to today"),
    ],
)
def test_dates(day: str, month: str) -> None:
    assert fixed("en", *DAY_FIRST, month) == day
    assert fixed("en", *MONTH_FIRST, day) == month
    [(number, flag)] = flags("en", *DAY_FIRST, month)
    assert (number, flag.key, flag.category) == (5, "date", "locale-conventions/date-format")
    assert "5 March 2024" in flag.message


@pytest.mark.parametrize(
    "text",
    [
        "The attacks of September 11, and those of July 4.",
        "In March 15 people came, and in May 2024 forty more.",
        "From March 5–7, 2024, and March 5 and 6, 2024",
        "The 17 November Street museum",
        "Between 5 and 7 March 2024, or 5-7 March",
        "Version 2.5 March and 1,000 May",
    ],
)
def test_what_is_no_single_date(text: str) -> None:
    assert flags("en", *DAY_FIRST, text) == flags("en", *MONTH_FIRST, text) == []


GERMAN = ("Die Straße ist groß.", "Außerdem heißt sie anders.", "Er ließ es bleiben.") * 2


def test_german() -> None:
    assert fixed("de", *GERMAN, "Schliesslich war sie weiss.") == "Schließlich war sie weiß."
    assert flags("de", *GERMAN, "Das Wasser in der Gasse muss fließen; die Masse ist nass.") == []
    swiss = ("Die Strasse ist gross.", "Ausserdem heisst sie anders.")
    assert fixed("de", *swiss, "Der Fluss ist weiß.") == "Der Fluss ist weiss."


def test_code_and_addresses_say_nothing() -> None:
    text = (
        '<b color="gray">see</b> `center` {color} https://example.org/color and color@example.org, a.color=1'
    )
    assert flags("en", *BRITISH, text) == []


@pytest.mark.timeout(120)
def test_a_long_document_is_read() -> None:
    assert len(flags("en", *(BRITISH * 5 + ("A gray sky.",)) * 1_000)) == 1_000


@pytest.mark.parametrize(
    "text",
    [
        "color " * 30_000,
        "<color> `grey` " * 10_000,
        "<" * 50_000,
        "s" * 50_000 + "-",
        "March 5 " * 20_000,
        "5 " * 50_000,
    ],
)
@pytest.mark.timeout(120)
def test_a_long_segment_does_no_harm(text: str) -> None:
    for target in ("en", "en-GB", "de"):
        flags(target, text)


WORDS = st.sampled_from(
    [
        *["colour", "Color", "grey", "gray", "organise", "organize", "5", "March", "2024", "2024,", "11"],
        *["May", "th", "<b", "`x`", "{y}", ".", "groß", "gross", "Straße", "\x00", "\ud800"],
    ]
)


@given(
    st.sampled_from(["en", "en-GB", "en-US", "de", "de-CH"]),
    st.lists(st.lists(WORDS).map(" ".join), max_size=12),
)
def test_spans_are_in_range_and_fixes_change_the_variety(target: str, texts: list[str]) -> None:
    for number, flag in flags(target, *texts):
        text = texts[number - 1]
        assert text[flag.start : flag.end] == flag.text != ""
        [edit] = flag.fix
        assert (edit.start, edit.end) == (flag.start, flag.end)
        assert edit.text != flag.text


def test_every_reading_is_the_other_of_its_other() -> None:
    text = "colour center organise recognize 5 March 2024 and July 3, 2023"
    for one in readings(text, "en"):
        [back] = readings(one.other, "en")
        assert back.variety != one.variety
        assert back.other == text[one.start : one.end]

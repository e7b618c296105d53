"""Traditional characters are looked up as simplified ones, each in its place."""

from hypothesis import given
from hypothesis import strategies as st

from qa.terms.negation import negations
from qa.terms.simplified import simplified


def test_characters_are_simplified() -> None:
    assert simplified("銀行提高了利率 after 2024", "zh") == "银行提高了利率 after 2024"
    assert simplified("银行", "zh") == "银行"


@given(st.text())
def test_every_place_stays_where_it_was(text: str) -> None:
    found = simplified(text, "zh")
    assert len(found) == len(text)
    assert simplified(found, "zh") == found


def test_negations_are_known_in_both_ways_of_writing() -> None:
    assert negations("價格沒有上漲", "zh").sure == negations("价格没有上涨", "zh").sure != ()

"""Currencies of running text."""

from __future__ import annotations

import pytest

from qa.terms.currencies import mentions


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "$40 an hour", [("$40", "USD")]),
        ("en", "US$40", [("US$40", "USD")]),
        ("en", "40 Hong Kong dollars", [("40 Hong Kong dollars", "HKD")]),
        ("en", "75 Lebanese pounds", [("75 Lebanese pounds", "LBP")]),
        ("en", "It crowns the hill; he won 3 times.", []),
        ("en", "paid in euros", [("euros", "EUR")]),
        ("fr", "40 mille euros", [("40 mille euros", "EUR")]),
        ("fr", "300 dollars canadiens", [("300 dollars", "CAD")]),
        ("pl", "5 tys. złotych", [("5 tys. złotych", "PLN")]),
        ("ru", "30 долларов США", [("30 долларов", "USD")]),
        ("cs", "200 švédských korun", [("200 švédských korun", "SEK")]),
        ("zh", "五百加拿大元", [("五百加拿大元", "CAD")]),
        ("zh", "3万元", [("3万元", "CNY")]),
        ("ja", "三千円の半円形", [("三千円", "JPY")]),
        ("ar", "٣٠٠ دولار كندي", [("٣٠٠ دولار", "CAD")]),
        ("de", "EUR 300", [("EUR 300", "EUR")]),
        ("de", "SAUR 300", []),
    ],
)
def test_mentions(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = mentions(text, language)
    assert [text[one.start : one.end] for one in found] == [written for written, _ in expected]
    assert all(code in one.codes for one, (_, code) in zip(found, expected, strict=True))


def test_a_country_beside_the_name_leaves_one_currency() -> None:
    (canadian,) = mentions("600 Canadian dollars", "en")
    (any_dollar,) = mentions("600 dollars", "en")
    assert canadian.codes == {"CAD"} < any_dollar.codes


def test_an_amount_has_its_number_with_and_without_the_scale() -> None:
    (amount,) = mentions("$5 million", "en")
    assert amount.values == {"5", "5000000"}

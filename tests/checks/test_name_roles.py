"""The parties of a contract are told from people by standing together time and again."""

from __future__ import annotations

import pytest

from qa.checks.base import Context
from qa.checks.name_roles import Roles
from qa.checks.runner import run
from qa.model import Segment

CONTRACT = [
    ("Umowę zawarto pomiędzy Sprzedającym a Kupującym.", "The agreement binds the Seller and the Buyer."),
    ("Kupujący zapłaci Sprzedającemu cenę.", "The Buyer shall pay the price to the Seller."),
    ("Sprzedający wyda pojazd Kupującemu.", "The Seller shall hand over the vehicle to the Buyer."),
    ("Kowalski podpisał umowę.", "Kowalski has signed."),
]


def segments(pairs: list[tuple[str, str]]) -> list[Segment]:
    return [Segment(number, *pair) for number, pair in enumerate(pairs, start=1)]


@pytest.mark.parametrize(
    ("word", "is_role"),
    [("Seller", True), ("Kupującego", True), ("Kowalski", False), ("Umowę", False), ("The", False)],
)
def test_roles_are_told(word: str, is_role: bool) -> None:
    assert (word in Roles(segments(CONTRACT), "pl", "en")) is is_role


def test_two_segments_prove_nothing() -> None:
    assert "Seller" not in Roles(segments(CONTRACT[:2]), "pl", "en")


def test_a_name_that_never_follows_an_article_is_none() -> None:
    pairs = [(f"{word} przyszedł do domu.", f"{word} came home.") for word in ("Nowak",) * 4]
    assert "Nowak" not in Roles(segments(pairs), "pl", "en")


def test_no_flag_on_the_parties_and_one_on_a_person() -> None:
    pairs = [*CONTRACT[:3], ("Sprzedający zatrudnia Nowaka.", "The Seller employs Henderson.")]
    found = run(Context("pl", "en", segments(pairs)), only=["names"])
    assert [flag.text for flags in found.values() for flag in flags] == ["Henderson"]

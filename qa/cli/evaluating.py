"""What ``qa align`` prints: links in a format, or how well they agree with a gold alignment."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from qa.align.evaluation import F1
    from qa.model import Document, Link

__all__ = ["Figures", "compare", "write_alignment"]


@dataclass(frozen=True, slots=True)
class Figures:
    """The agreement of ``links`` links with ``gold`` gold links."""

    f1: F1
    links: int
    gold: int

    def as_dict(self) -> dict[str, object]:
        """For ``--format score``: strict and lax precision, recall and F1, 0 to 1, and the counts."""
        return {**self.f1.as_dict(), "links": self.links, "gold_links": self.gold}

    def show(self) -> None:
        """A small table on stderr, for people."""
        print(f"{'':8}{'precision':>10}{'recall':>10}{'F1':>10}", file=sys.stderr)
        for name, values in (("strict", self.f1.strict), ("lax", self.f1.lax)):
            print(f"{name:<8}" + "".join(f"{value:>10.3f}" for value in values), file=sys.stderr)
        print(f"{self.links} links, {self.gold} in the gold alignment", file=sys.stderr)


def compare(gold: Sequence[Link], links: Sequence[Link]) -> Figures:
    """``links`` against the gold alignment of the same documents."""
    from qa.align.evaluation import score

    true, found = ([(link.source, link.target) for link in some] for some in (gold, links))
    return Figures(score(true, found), len(found), len(true))


def write_alignment(
    stream: TextIO, format: str, links: Sequence[Link], source: Document, target: Document
) -> None:
    """``links`` in a link format, made whole and put in order first."""
    from qa.align.completion import complete
    from qa.formats import write_links

    whole = complete(links, len(source.sentences), len(target.sentences))
    write_links(stream, format, whole, source, target)

"""Glossaries: what a term must, may and must not be rendered as."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Glossary", "Term"]


@dataclass(frozen=True, slots=True)
class Term:
    """One concept: its source term and its renderings."""

    source: str
    preferred: tuple[str, ...]
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms of one language pair."""

    terms: tuple[Term, ...] = ()

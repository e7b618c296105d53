"""Words of opposite meaning in several languages: which pole of a pair a text names.

``load()`` reads ``data/*.toml``; README.md beside this file documents the format.
"""

from qa.terms.opposites.pairs import Match, Opposites, Pole, load, parse

__all__ = ["Match", "Opposites", "Pole", "load", "parse"]

"""Sense knowledge: which renderings of an ambiguous word belong to which of its meanings.

``load()`` reads the built-in inventory and any files of the user's; README.md beside this file
documents the format.
"""

from qa.terms.senses.inventory import Inventory, Match, Rendering, Sense, load

__all__ = ["Inventory", "Match", "Rendering", "Sense", "load"]

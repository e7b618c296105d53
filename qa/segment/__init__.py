"""Sentence splitting behind one function."""

from qa.segment.split import presegmented, split

__all__ = ["presegmented", "split"]

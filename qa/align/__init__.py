"""Sentence alignment: embed, anchor, n:m dynamic programming."""

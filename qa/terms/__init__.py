"""Glossaries, inflection-aware matching, lexicons and sense knowledge."""

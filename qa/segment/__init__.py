"""Sentence splitting behind one function."""

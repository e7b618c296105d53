"""Relecture: multilingual translation-quality review."""

__version__ = "0.1.0"
__all__ = ["__version__"]

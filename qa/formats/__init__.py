"""Read and write documents and alignments: one module a format, one registry."""

from qa.formats.base import Format, Pair, PairTable, ReadOptions
from qa.formats.links import LINK_FORMATS, read_links, write_links
from qa.formats.read import read_document, read_pairs
from qa.formats.registry import FORMATS

__all__ = [
    "FORMATS",
    "LINK_FORMATS",
    "Format",
    "Pair",
    "PairTable",
    "ReadOptions",
    "read_document",
    "read_links",
    "read_pairs",
    "write_links",
]

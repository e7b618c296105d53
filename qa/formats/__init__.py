"""Read and write documents and alignments: one module a format, one registry."""

from qa.formats.base import DocumentFormat, Format, Pair, PairTable, ReadOptions
from qa.formats.link_reading import read_links
from qa.formats.links import LINK_FORMATS, write_links
from qa.formats.read import open_document, read_document, read_pairs
from qa.formats.registry import DOCUMENT_FORMATS, FORMATS

__all__ = [
    "DOCUMENT_FORMATS",
    "FORMATS",
    "LINK_FORMATS",
    "DocumentFormat",
    "Format",
    "Pair",
    "PairTable",
    "ReadOptions",
    "open_document",
    "read_document",
    "read_links",
    "read_pairs",
    "write_links",
]

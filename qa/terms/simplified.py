"""Traditional Chinese characters as simplified ones: one list of words serves both ways of writing."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib import resources

__all__ = ["simplified"]


def simplified(text: str, language: str) -> str:
    """Chinese ``text`` with each traditional character simplified, any other text as it is; every place stays
    where it was. ``language`` is a base tag.

    Character by character, which is enough to look words up and nothing to print: «後» and «后» are two
    words in traditional writing.
    """
    return text if language != "zh" or text.isascii() else text.translate(_table())


@cache
def _table() -> Mapping[int, str]:
    """wordfreq's table (3,275 characters, one for one), made for the same purpose; empty if it has none."""
    import msgpack

    file = resources.files("wordfreq").joinpath("data", "_chinese_mapping.msgpack.gz")
    if not file.is_file():
        return {}
    found: dict[int, str] = msgpack.unpackb(gzip.decompress(file.read_bytes()), strict_map_key=False)
    return {one: found.get(ord(other), other) for one, other in found.items()}  # 鎭, 鎮, 镇

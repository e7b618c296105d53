"""Hunspell dictionaries: found on the system, loaded once a language, asked through chunspell.

``RELECTURE_HUNSPELL`` (folders, separated as in PATH) takes the place of the folders in which systems
and office suites keep them. Where chunspell or a dictionary is missing there is no answer, at no cost.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from qa import lang

__all__ = ["Dictionary", "find", "load"]

_FOLDERS = (
    "~/.local/share/hunspell",
    "~/Library/Spelling",
    "/Library/Spelling",
    "/usr/local/share/hunspell",
    "/usr/share/hunspell",
    "/usr/share/myspell",
    "/usr/share/myspell/dicts",
    "/opt/homebrew/share/hunspell",
)
_SUITES = (
    "/usr/lib/libreoffice/share/extensions",
    "/Applications/LibreOffice.app/Contents/Resources/extensions",
    "C:/Program Files/LibreOffice/share/extensions",
)
"""LibreOffice keeps one folder a language in these."""
_NAME = re.compile(
    r"(?P<base>[a-z]{2,3})(?:[_-](?P<script>[A-Z][a-z]{3}))?(?:[_-](?P<region>[A-Z]{2}|\d{3}))?"
    r"(?:[_-](?P<variant>[A-Za-z0-9]{4,30}))?"
)
"""What the file of a whole language is called; de_med and its like hold the words of a trade alone."""
_ALSO = {"nb": "no", "no": "nb", "he": "iw", "fil": "tl"}


class Dictionary:
    """One hunspell dictionary."""

    def __init__(self, path: Path) -> None:
        """``path`` is that of the .aff; the .dic lies beside it. Raises ImportError without chunspell and
        OSError where a file cannot be read."""
        from hunspell import Hunspell

        self.path = path
        self._hunspell: Any = Hunspell(
            path.stem, hunspell_data_dir=str(path.parent), system_encoding=sys.getfilesystemencoding()
        )
        self._lock = Lock()  # hunspell keeps state while it looks a word up

    def accepts(self, word: str) -> bool:
        """Whether the dictionary has ``word``; True for what its encoding cannot even write."""
        try:
            with self._lock:
                return bool(self._hunspell.spell(word))
        except UnicodeEncodeError:
            return True


@cache
def load(tag: str) -> Dictionary | None:
    """The dictionary of the language ``tag``; None where there is none, or no chunspell."""
    path = find(tag)
    try:
        return Dictionary(path) if path is not None else None
    except (ImportError, OSError):
        return None


def find(tag: str) -> Path | None:
    """The .aff of the best dictionary for ``tag``: its region's, the usual region's, that of no region, any.

    Folders count in their order only between dictionaries that are equally good.
    """
    ranked = [
        (rank, at, path) for at, path in enumerate(_files()) if (rank := _rank(path.stem, tag)) is not None
    ]
    return min(ranked)[-1] if ranked else None


def _files() -> Iterator[Path]:
    for folder in _folders():
        try:
            found = sorted(path for path in folder.iterdir() if path.suffix == ".aff")
        except OSError:
            continue
        yield from (path for path in found if path.with_suffix(".dic").is_file())


def _folders() -> Iterator[Path]:
    own = os.environ.get("RELECTURE_HUNSPELL")
    listed = own if own is not None else os.environ.get("DICPATH", "")
    yield from (Path(folder).expanduser() for folder in listed.split(os.pathsep) if folder)
    if own is not None:
        return
    for name in _FOLDERS:
        try:
            yield Path(name).expanduser()
        except RuntimeError:  # nobody's home is known
            continue
    for suite in _SUITES:
        yield from sorted(Path(suite).glob("dict-*"))
    module = find_spec("hunspell")  # chunspell brings American English
    for place in (module.submodule_search_locations or ()) if module is not None else ():
        yield Path(place) / "dictionaries"


def _rank(stem: str, tag: str) -> tuple[int, str] | None:
    """How well the dictionary called ``stem`` suits ``tag``, less is better; None: not at all."""
    import langcodes

    match = _NAME.fullmatch(stem)
    wanted = lang.base(tag)
    if match is None or match["base"] not in (wanted, _ALSO.get(wanted)):
        return None
    if (match["script"] or lang.script(wanted)) != lang.script(tag):
        return None
    asked = langcodes.get(lang.normalise(tag))
    usual = langcodes.get(wanted).maximize().territory
    regions = [asked.territory or usual, usual, None]
    place = regions.index(match["region"]) if match["region"] in regions else len(regions)
    return 2 * place + bool(match["variant"]), stem

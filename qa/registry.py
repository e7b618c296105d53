"""One typed registry: explicit built-ins first, then plug-ins found through entry points.

Built-ins are given as objects or as lazy ``"module:attribute"`` strings, so that listing names
never imports a heavy module. Registering a name twice raises; asking for an unknown name lists the
known ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.metadata import entry_points
from typing import Generic, TypeVar, cast

from qa.errors import DuplicateNameError, UnknownNameError

__all__ = ["Registry"]

T = TypeVar("T")


class Registry(Generic[T]):
    """Name → object of one kind, in registration order.

    ``kind`` is the word used in messages ("check", "format"); ``group`` names the entry-point group
    that plug-ins use, for example ``relecture.checks``.
    """

    def __init__(self, kind: str, builtins: Mapping[str, T | str], *, group: str | None = None) -> None:
        self.kind = kind
        self._group = group
        self._items: dict[str, T | str] = dict(builtins)
        self._plugins_loaded = group is None

    def register(self, name: str, item: T | str) -> None:
        """Add ``item``; raises DuplicateNameError when ``name`` is taken."""
        if name in self._items:
            raise DuplicateNameError(f"{self.kind} {name!r} is registered twice; rename the plug-in's")
        self._items[name] = item

    def get(self, name: str) -> T:
        """The object called ``name``; raises UnknownNameError with the valid names."""
        self._load_plugins()
        try:
            item = self._items[name]
        except KeyError:
            raise UnknownNameError(self.kind, name, self._items) from None
        if isinstance(item, str):
            module, _, attribute = item.partition(":")
            item = cast("T", getattr(import_module(module), attribute))
            self._items[name] = item
        return item

    def names(self) -> list[str]:
        """All names, built-ins first."""
        self._load_plugins()
        return list(self._items)

    def __iter__(self) -> Iterator[T]:
        return (self.get(name) for name in self.names())

    def __contains__(self, name: object) -> bool:
        self._load_plugins()
        return name in self._items

    def _load_plugins(self) -> None:
        if self._plugins_loaded:
            return
        self._plugins_loaded = True
        for point in entry_points(group=self._group or ""):
            self.register(point.name, point.value)

"""What stands beside the pages in one server: direct answers, scripts of components, hints, files kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.middleware import Middleware
    from starlette.routing import BaseRoute

__all__ = ["everything", "middleware", "routes"]


def routes() -> list[BaseRoute]:
    """Addresses that are answered without a run of a page."""
    from qa.ui import bundle, direct

    return [*direct.routes(), *bundle.routes()]


def middleware() -> list[Middleware]:
    """What is done to the answers of Streamlit's own addresses."""
    from starlette.middleware import Middleware

    from qa.ui.early import Early
    from qa.ui.kept import Kept

    return [Middleware(Kept), Middleware(Early)]


def everything() -> dict[str, Any]:
    """The arguments of ``st.App``."""
    return {"routes": routes(), "middleware": middleware()}

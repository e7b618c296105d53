"""Addresses of our own, beside those of Streamlit."""

from __future__ import annotations

__all__ = ["below"]


def below(path: str) -> str:
    """``/relecture/…`` as a browser asks for it, also where the interface is not at the root of its host."""
    from streamlit import config

    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}{path}" if base else path

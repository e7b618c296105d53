"""The configuration of the sign-in provider: read, checked, and handed to Streamlit as a private file."""

from __future__ import annotations

import json
import os
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from qa.errors import FormatError, InputError, UsageError
from qa.review.access import is_loopback

__all__ = ["Provider", "prepare"]

Provider = Mapping[str, str]
"""The settings of ``_SETTINGS`` by name."""

_SETTINGS = {
    "redirect_uri": "https://review.example.org/oauth2callback",
    "client_id": "relecture",
    "client_secret": "…",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}
"""What a provider needs, with an example of each."""
_COOKIE = "cookie_secret"
_COOKIE_BYTES = 32
_CALLBACK = "/oauth2callback"


def prepare(config: Path | None, port: int) -> tuple[Path, str]:
    """The file for Streamlit's ``secrets.files``, and the address that people open.

    The settings are those of the table ``[auth]`` of ``config`` (default: ``.streamlit/secrets.toml`` here or
    at home), each replaced by ``RELECTURE_OIDC_CLIENT_ID`` and the like where that is set. The file
    lies in the folder for application data, mode 0600, and keeps the cookie secret that is made for a
    configuration without one, so that people stay signed in when the server starts again.
    Raises UsageError, InputError or FormatError in one line.
    """
    settings = _settings(config)
    settings["redirect_uri"] = settings["redirect_uri"].replace("{port}", str(port))
    for name in ("redirect_uri", "server_metadata_url"):
        _require_https(name, settings[name])
    if not settings["redirect_uri"].endswith(_CALLBACK):
        raise UsageError(f"redirect_uri is {settings['redirect_uri']!r}; it must end with {_CALLBACK}")
    path = _private_folder() / f"sign-in-{port}.toml"
    if not settings.get(_COOKIE):
        settings[_COOKIE] = _kept_secret(path) or secrets.token_urlsafe(_COOKIE_BYTES)
    elif len(settings[_COOKIE].encode()) < _COOKIE_BYTES:
        raise UsageError(
            f"{_COOKIE} is shorter than {_COOKIE_BYTES} bytes, and whoever guesses it can be anybody; leave "
            "it out to have one made"
        )
    _write(path, settings)
    return path, settings["redirect_uri"].removesuffix(_CALLBACK)


def _settings(config: Path | None) -> dict[str, str]:
    found: dict[str, str] = {}
    path = config or next(filter(Path.is_file, _usual_places()), None)
    if path is not None:
        found = _read(path)
    for name in (*_SETTINGS, _COOKIE):
        if value := os.environ.get(f"RELECTURE_OIDC_{name.upper()}"):
            found[name] = value
    if missing := [name for name in _SETTINGS if not found.get(name)]:
        where = f"the table [auth] of {path}" if path else "a file for --oidc-config, in a table [auth]"
        example = f'{missing[0]} = "{_SETTINGS[missing[0]]}"'
        raise UsageError(f"--auth oidc needs {', '.join(missing)}; put into {where}: {example}")
    return found


def _usual_places() -> list[Path]:
    return [folder / ".streamlit" / "secrets.toml" for folder in (Path.cwd(), Path.home())]


def _read(path: Path) -> dict[str, str]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8")).get("auth", {})
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"{path} is no TOML file: {error}") from None
    if not isinstance(table, dict):
        raise FormatError(f"{path}: auth must be a table, [auth]")
    known = (*_SETTINGS, _COOKIE)
    # Two providers may vouch for one address, and the laxer of them would let anybody in.
    for name, value in table.items():
        if name not in known or not isinstance(value, str):
            raise FormatError(
                f"{path}: [auth] has {name}, which is not used here; it takes {', '.join(known)}, each a text"
            )
    return dict(table)


def _require_https(name: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host, parts = "", urlsplit("")
    if not host or (parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host))):
        raise UsageError(f"{name} is {url!r}; give an https:// address (http:// only for this machine)")


def _private_folder() -> Path:
    from qa.store.engine import default_path

    folder = default_path().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {folder}: {error.strerror}") from None
    return folder


def _kept_secret(path: Path) -> str | None:
    """The cookie secret of an earlier start, if nobody else could read or put it there."""
    try:
        if path.stat().st_mode & 0o077:
            return None
        return str(tomllib.loads(path.read_text(encoding="utf-8"))["auth"][_COOKIE])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(path: Path, settings: Provider) -> None:
    # A string of JSON is a string of TOML, once nothing outside ASCII is written as a pair of surrogates.
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in sorted(settings.items())]
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        # Created private: made so afterwards, it could be read in between.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write("\n".join(["[auth]", *lines, ""]))
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise InputError(f"cannot write {path}: {error.strerror}") from None

"""A server and a browser for tests: what every test in a real browser needs."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHOTS = os.environ.get("RELECTURE_SHOTS")  # a folder for a picture of what failed
PATIENCE = 45_000  # ms; the machine may be busy with other things

browser_tests = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; install the package chromium"),
]


class Server:
    """The interface on a free port of the loopback interface, as a process that can be killed."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command(),
            cwd=ROOT,
            env=os.environ | {"RELECTURE_DATABASE": str(self.database)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until(self.answers, "the server to answer")

    def command(self) -> list[str]:
        return [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={self.port}"]

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class SigningServer(Server):
    """The interface as ``qa serve --auth oidc`` starts it, with a provider's configuration."""

    def __init__(self, database: Path, provider: str) -> None:
        self.config = database.with_suffix(".toml")
        self.provider = provider
        super().__init__(database)

    def command(self) -> list[str]:
        self.config.write_text(
            f'[auth]\nredirect_uri = "{self.url.replace("127.0.0.1", "localhost")}/oauth2callback"\n'
            'client_id = "relecture"\nclient_secret = "between us"\n'
            f'server_metadata_url = "{self.provider}/.well-known/openid-configuration"\n'
        )
        arguments = ["serve", "--auth", "oidc", "--oidc-config", str(self.config), "--port", str(self.port)]
        return [sys.executable, "-c", "from qa.cli import main; main()", *arguments, "--no-browser"]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE / 1000) -> None:
    """Wait until something holds; nothing here sleeps for a fixed time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.05)


@contextmanager
def tab(browser, **options) -> Iterator[object]:
    """A page in a profile of its own; an error of its scripts fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True, **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: errors.append(f"a dialog opened: {dialog.message}"))
    try:
        yield page
    except BaseException:
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/failed.png")
        raise
    finally:
        context.close()
    assert errors == []

"""Tests meet no cache, no dictionary and no server of the person who runs them; ``run`` calls ``qa``."""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Callable

import pytest

# Before anything is imported: subprocesses of tests inherit it too.
_FOLDER = tempfile.mkdtemp(prefix="relecture-tests-")
os.environ["RELECTURE_CACHE"] = _FOLDER
os.environ["RELECTURE_HUNSPELL"] = ""  # what is flagged must not depend on what a system has
os.environ.pop("RELECTURE_LANGUAGETOOL", None)
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Call ``qa`` in this process; returns (exit status, stdout, stderr)."""

    def call(*arguments: object) -> tuple[int, str, str]:
        from qa import cli

        monkeypatch.setattr(sys, "argv", ["qa", *map(str, arguments)])
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        captured = capsys.readouterr()
        return int(stopped.value.code or 0), captured.out, captured.err

    return call

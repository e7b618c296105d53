"""Tests meet no cache of the person who runs them, and leave none behind."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# Before anything is imported: subprocesses of tests inherit it too.
_FOLDER = tempfile.mkdtemp(prefix="relecture-tests-")
os.environ["RELECTURE_CACHE"] = _FOLDER
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)

"""The vector cache: what goes in comes out, and nothing that happens to its file is an error."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from qa.encoder.cache import VectorCache, cache_folder, open_cache, write_atomically


def _vectors(count: int, width: int = 8) -> np.ndarray:
    return np.random.default_rng(count).normal(size=(count, width)).astype(np.float32)


def test_round_trip_and_misses(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite")
    texts = ["a", "б", "nul\0", "\ud800", ""]
    cache.put("m", texts, _vectors(5))
    got, missing = cache.get("m", ["a", "new", *texts[1:]], 8)
    assert missing.tolist() == [1]
    assert np.array_equal(got[[0, 2, 3, 4, 5]], _vectors(5))


def test_another_model_or_width_finds_nothing(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite")
    cache.put("m", ["a"], _vectors(1))
    assert cache.get("other", ["a"], 8)[1].tolist() == [0]
    assert cache.get("m", ["a"], 9)[1].tolist() == [0]


@pytest.mark.parametrize(
    "damage", [b"this is no database at all" * 100, b"", b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_damaged_file_is_dropped(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "v.sqlite"
    path.write_bytes(damage)
    cache = VectorCache(path)
    cache.put("m", ["a"], _vectors(1))
    cache.put("m", ["a"], _vectors(1))
    assert cache.get("m", ["a"], 8)[1].size == 0


def test_damage_while_open_is_survived(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    cache = VectorCache(path)
    cache.put("m", [str(i) for i in range(500)], _vectors(500))
    cache.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 20000)
    cache.get("m", [str(i) for i in range(500)], 8)
    cache.put("m", ["x"], _vectors(1))
    assert cache.get("m", ["x"], 8)[1].size == 0


def test_a_vector_that_is_not_finite_counts_as_missing(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite")
    cache.put("m", ["a"], np.full((1, 8), np.nan, np.float32))
    assert cache.get("m", ["a"], 8)[1].tolist() == [0]


def test_a_folder_that_cannot_be_made_means_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = VectorCache(tmp_path / "file" / "v.sqlite")
    cache.put("m", ["a"], _vectors(1))
    assert cache.get("m", ["a"], 8)[1].tolist() == [0]


def test_size_is_bounded_and_the_newest_stay(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite", limit=400_000)
    for batch in range(40):
        cache.put("m", [f"{batch} {i}" for i in range(50)], _vectors(50, 256))
    assert (tmp_path / "v.sqlite").stat().st_size < 800_000
    assert cache.get("m", [f"39 {i}" for i in range(50)], 256)[1].size == 0
    assert cache.get("m", ["0 0"], 256)[1].size == 1


def test_many_keys_at_once(tmp_path: Path) -> None:
    cache = VectorCache(tmp_path / "v.sqlite")
    texts = [str(i) for i in range(1700)]
    cache.put("m", texts, _vectors(1700))
    assert cache.get("m", texts, 8)[1].size == 0


def test_two_processes_write_at_the_same_time(tmp_path: Path) -> None:
    code = (
        "import sys, numpy as np; from pathlib import Path; from qa.encoder.cache import VectorCache\n"
        "c = VectorCache(Path(sys.argv[1]))\n"
        "for i in range(60): c.put('m', [f'{sys.argv[2]} {i}'], np.ones((1, 8), np.float32))\n"
    )
    path = tmp_path / "v.sqlite"
    workers = [subprocess.Popen([sys.executable, "-c", code, str(path), str(n)]) for n in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    wanted = [f"{n} {i}" for n in range(2) for i in range(60)]
    assert VectorCache(path).get("m", wanted, 8)[1].size == 0


def test_a_locked_file_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "v.sqlite"
    cache = VectorCache(path)
    cache.put("m", ["a"], _vectors(1))
    holder = sqlite3.connect(path)
    holder.execute("BEGIN EXCLUSIVE")
    cache.put("m", ["b"], _vectors(1))
    holder.rollback()
    holder.close()
    assert cache.get("m", ["a"], 8)[1].size == 0


def test_the_environment_moves_or_disables_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELECTURE_CACHE", str(tmp_path / "there"))
    assert cache_folder() == tmp_path / "there"
    found = open_cache(True)
    assert found is not None
    assert found.path.parent == tmp_path / "there"
    monkeypatch.setenv("RELECTURE_CACHE", "off")
    assert cache_folder() is None
    assert open_cache(True) is None
    assert open_cache(False) is None
    assert open_cache(None) is None
    assert open_cache(tmp_path) is not None


def test_atomic_writing_leaves_no_part_behind(tmp_path: Path) -> None:
    assert write_atomically(tmp_path / "new" / "x", b"data")
    assert [p.name for p in (tmp_path / "new").iterdir()] == ["x"]
    (tmp_path / "file").write_text("in the way")
    assert not write_atomically(tmp_path / "file" / "x", b"data")

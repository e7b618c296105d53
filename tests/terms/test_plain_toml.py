"""The quick reader of the word lists reads what tomllib reads."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.terms import plain_toml

FOLDERS = ("qa.terms.senses", "qa.terms.opposites")


@pytest.mark.parametrize("package", FOLDERS)
def test_the_built_in_lists_are_read_as_tomllib_reads_them(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for path in resources.files(package).joinpath("data").iterdir()
        if path.name.endswith(".toml")
    ]
    expected = [tomllib.loads(text) for text in texts]
    monkeypatch.delattr(tomllib, "loads")  # every list is plain enough to do without
    assert texts
    assert [plain_toml.loads(text) for text in texts] == expected


_LINES = st.sampled_from(
    ["[a]", "[b]", "[a.b]", '["б".b]', "[a.b.c]", "x = 'y'", 'x = "y"', "z = true", "z = false",
     "x = 'y' # z", "x = ''", 'x = "\\u0041"', "x = '''y'''", 'x = """', "x = 3", "# x", "", " ",
     "x = 'a\tb'", "x = 'a\x01b'", "x.y = 'z'", "[[a]]", "[a", "x", "y = [1,", "]",
     "'q' = 'r'", "\r", 'x = "a\r"']
)  # fmt: skip


@given(st.lists(_LINES, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_any_text_is_read_as_tomllib_reads_it(lines: list[str], end: str) -> None:
    text = end.join(lines)
    try:
        expected = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(tomllib.TOMLDecodeError):
            plain_toml.loads(text)
    else:
        assert plain_toml.loads(text) == expected

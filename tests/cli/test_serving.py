"""Starting the interface: where it listens, and the provider's configuration. No server is run."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from qa.cli import provider
from qa.errors import FormatError, InputError, QAError, UsageError
from qa.review.access import is_loopback

Run = Callable[..., tuple[int, str, str]]

CONFIG = """[auth]
redirect_uri = "https://review.example.org/oauth2callback"
client_id = "relecture"
client_secret = "between “us”"
server_metadata_url = "https://login.example.org/.well-known/openid-configuration"
"""


class Started(Exception):
    """In place of the server."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.command, self.environment = command, environment
        super().__init__()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, where nothing is configured."""
    home = tmp_path / "home"
    home.mkdir()
    for name in [name for name in os.environ if name.startswith("RELECTURE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.chdir(home)
    return home


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "provider.toml"
    path.write_text(CONFIG, encoding="utf-8")
    return path


@pytest.fixture
def started(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Started]:
    def execve(_path: str, command: list[str], environment: dict[str, str]) -> None:
        raise Started(command, environment)

    monkeypatch.setattr(os, "execve", execve)

    def start(*arguments: object) -> Started:
        with pytest.raises(Started) as caught:
            run("serve", "--database", tmp_path / "x.db", *arguments)
        return caught.value

    return start


def test_a_local_server_listens_on_loopback(started: Callable[..., Started]) -> None:
    server = started()
    assert "--server.address=127.0.0.1" in server.command
    assert server.environment["RELECTURE_AUTH"] == "local"
    assert "--server.address=::1" in started("--host", "::1").command


EVERYWHERE = "0.0.0.0"  # noqa: S104


@pytest.mark.parametrize(
    "host", [EVERYWHERE, "::", "192.0.2.7", "review.example.org", "localhost.example.org"]
)
def test_a_local_server_refuses_to_listen_beyond_loopback(run: Run, tmp_path: Path, host: str) -> None:
    status, out, err = run("serve", "--host", host, "--database", tmp_path / "x.db")
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert "only listens on loopback" in err
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("localhost", True),
        ("[::1]", True),
        (None, False),
        ("", False),
    ],
)
def test_loopback(host: str | None, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_a_server_with_a_provider_may_listen_anywhere(started: Callable[..., Started], config: Path) -> None:
    server = started("--auth", "oidc", "--oidc-config", config, "--host", "192.0.2.7")
    assert "--server.address=192.0.2.7" in server.command
    assert "--server.enableXsrfProtection=true" in server.command
    assert server.environment["RELECTURE_AUTH"] == "oidc"
    (secrets,) = [part for part in server.command if part.startswith("--secrets.files=")]
    assert tomllib.loads(Path(secrets.partition("=")[2]).read_text())["auth"]["client_id"] == "relecture"
    assert "between" not in " ".join(server.command)


def test_a_provider_for_a_local_server_is_a_mistake(run: Run, tmp_path: Path, config: Path) -> None:
    status, _, err = run("serve", "--oidc-config", config, "--database", tmp_path / "x.db")
    assert (status, len(err.splitlines())) == (2, 1)
    assert "add --auth oidc" in err


def test_the_cookie_secret_is_made_once_and_kept_private(config: Path) -> None:
    path, address = provider.prepare(config, 8501)
    assert address == "https://review.example.org"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first = tomllib.loads(path.read_text(encoding="utf-8"))["auth"]
    assert first == {**tomllib.loads(CONFIG)["auth"], "cookie_secret": first["cookie_secret"]}
    assert len(first["cookie_secret"]) >= 32
    assert provider.prepare(config, 8501)[0] == path
    assert tomllib.loads(path.read_text(encoding="utf-8"))["auth"] == first
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_secret_that_others_could_read_is_not_kept(config: Path) -> None:
    path, _ = provider.prepare(config, 8501)
    first = path.read_text(encoding="utf-8")
    path.chmod(0o644)
    provider.prepare(config, 8501)
    assert path.read_text(encoding="utf-8") != first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_usual_file_and_the_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / ".streamlit").mkdir()
    (home / ".streamlit" / "secrets.toml").write_text(
        CONFIG.replace("https://review.example.org/", "http://localhost:{port}/"), encoding="utf-8"
    )
    awkward = 'with " and \\'
    monkeypatch.setenv("RELECTURE_OIDC_CLIENT_SECRET", awkward)
    path, address = provider.prepare(None, 8600)
    assert address == "http://localhost:8600"
    assert tomllib.loads(path.read_text(encoding="utf-8"))["auth"]["client_secret"] == awkward


def test_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in tomllib.loads(CONFIG)["auth"].items():
        monkeypatch.setenv(f"RELECTURE_OIDC_{name.upper()}", value)
    assert provider.prepare(None, 8501)[1] == "https://review.example.org"


@pytest.mark.parametrize(
    ("change", "kind", "line"),
    [
        (("client_id", "other"), FormatError, r"other, which is not used here"),
        (('"relecture"', "7"), FormatError, r"client_id, which is not used here; it takes .* each a text"),
        (("[auth]", "[auth.google]"), FormatError, r"google, which is not used"),
        (("[auth]", "[other]"), UsageError, r"needs redirect_uri, client_id, .* \[auth\] of"),
        (("[auth]", "auth = 3"), FormatError, "provider.toml"),
        (("[auth]", "[auth"), FormatError, "no TOML"),
        (("https://review", "http://review"), UsageError, r"redirect_uri is .* give an https"),
        (("https://login", "ftp://login"), UsageError, r"server_metadata_url is .* give an https"),
        (("https://login.example.org", "https://[x"), UsageError, r"server_metadata_url is"),
        (("/oauth2callback", "/"), UsageError, "must end with /oauth2callback"),
        (("[auth]", '[auth]\ncookie_secret = "guess me"'), UsageError, "shorter than 32 bytes"),
    ],
)
def test_a_bad_configuration_is_one_line_and_writes_nothing(
    config: Path, home: Path, change: tuple[str, str], kind: type[QAError], line: str
) -> None:
    config.write_text(CONFIG.replace(*change), encoding="utf-8")
    with pytest.raises(kind, match=line) as caught:
        provider.prepare(config, 8501)
    assert len(str(caught.value).splitlines()) == 1
    assert not list((home / "data").rglob("*.toml"))


def test_a_missing_configuration(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot read .*none\.toml"):
        provider.prepare(tmp_path / "none.toml", 8501)
    with pytest.raises(UsageError, match=r"put into a file for --oidc-config"):
        provider.prepare(None, 8501)


def test_people_from_the_command_line(run: Run, tmp_path: Path) -> None:
    store = ("--database", tmp_path / "x.db")
    assert "Nobody yet" in run("users", *store)[1]
    assert run("users", "invite", "lea@example.org", "--role", "lead", *store)[0] == 0
    assert run("users", "add", "Ana", "--role", "editor", "--email", "ana@example.org", *store)[0] == 0
    listed = run("users", *store)[1].splitlines()
    assert listed[0] == "Ana  editor  ana@example.org"
    assert listed[1].startswith("lea@example.org  lead  invited by ")
    assert run("users", "withdraw", "LEA@example.org", *store)[1] == "LEA@example.org: no longer invited\n"
    assert run("users", "withdraw", "Ana", *store)[1] == "Ana: no roles\n"
    assert run("users", *store)[1] == "Ana  no roles  ana@example.org\n"
    status, _, err = run("users", "withdraw", "Max", *store)
    assert (status, len(err.splitlines())) == (2, 1)
    assert "'Max'" in err

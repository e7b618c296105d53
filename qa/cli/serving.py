"""Commands that open the review interface: serve, demo."""

from __future__ import annotations

import os
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from qa.cli import provider
from qa.cli.options import DatabaseOption
from qa.cli.progress import stages
from qa.cli.projects import open_service
from qa.cli.samples import samples
from qa.errors import UsageError
from qa.review.access import AUTH, Auth, require_loopback
from qa.review.views import Actor, Role

__all__ = ["demo", "serve"]

PortOption = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]

_LOOPBACK = "127.0.0.1"


def serve(
    port: PortOption = 8501,
    database: DatabaseOption = None,
    auth: Annotated[
        Auth, typer.Option(help="local: one machine, names are chosen; oidc: sign-in by a provider.")
    ] = Auth.LOCAL,
    oidc_config: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="For oidc: TOML with a table [auth] (default: .streamlit/secrets.toml).",
        ),
    ] = None,
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Interface to listen on; beyond loopback with oidc only.")
    ] = _LOOPBACK,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Open the review interface."""
    require_loopback(auth, host)
    if auth is Auth.LOCAL:
        if oidc_config is not None:
            raise UsageError("--oidc-config says who signs in, and --auth local asks nobody; add --auth oidc")
        # Opening the database here turns a bad path into one line instead of a page of errors.
        open_service(database)
        _become_streamlit(port, database, browser, host=host)
    _require_authlib()
    secrets, address = provider.prepare(oidc_config, port)
    open_service(database)
    _become_streamlit(port, database, browser, auth=auth, host=host, secrets=secrets, address=address)


def _require_authlib() -> None:
    from importlib.util import find_spec

    if find_spec("authlib") is None or find_spec("httpx") is None:
        raise UsageError('--auth oidc needs two more packages; install them: pip install "relecture[oidc]"')


def demo(
    port: PortOption = 8501,
    database: DatabaseOption = None,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
    serve_after: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Open the review interface afterwards.")
    ] = True,
) -> None:
    """Import the sample corpora, print a summary, open the review interface."""
    from qa.formats import read_document
    from qa.pipeline import Pipeline
    from qa.resources import Settings

    service = open_service(database)
    actor = Actor("Demo", Role.LEAD)
    existing = {project.name: project for project in service.projects()}
    print(f"{'project':<34}{'languages':<12}{'segments':>9}{'flags':>7}{'quality':>9}{'seconds':>9}")
    # The newest project is the one the interface opens with: the first sample comes last.
    for sample in reversed(list(samples())):
        started = time.perf_counter()
        project = existing.get(sample.title) or service.create_project(
            actor, sample.title, sample.source_lang, sample.target_lang
        )
        # A demo that was cut short may have left a project without its document.
        if not service.documents(project.id):
            pipeline = Pipeline(Settings(glossary=sample.glossary))
            with stages() as progress:
                checked = pipeline.check_texts(
                    read_document(sample.source),
                    read_document(sample.target),
                    sample.source_lang,
                    sample.target_lang,
                    name=sample.name,
                    progress=progress,
                )
            service.import_document(actor, project.id, checked, name=sample.name, mt_system="sample")
        (document, *_) = service.documents(project.id)
        quality = "–" if document.mean_quality is None else f"{document.mean_quality:.1f}"
        print(
            f"{project.name:<34}{project.source_lang + ' → ' + project.target_lang:<12}"
            f"{document.segments:>9}{sum(document.open_flags.values()):>7}{quality:>9}"
            f"{time.perf_counter() - started:>9.1f}",
            flush=True,
        )
    if serve_after:
        _become_streamlit(port, database, browser)


def _become_streamlit(
    port: int,
    database: str | None,
    browser: bool,
    *,
    auth: Auth = Auth.LOCAL,
    host: str = _LOOPBACK,
    secrets: Path | None = None,
    address: str | None = None,
) -> NoReturn:
    """Replace this process by the interface, so that whoever ends this process ends the server.

    ``secrets`` is the provider's configuration, ``address`` what people open where it is not ``host``.
    """
    environment = dict(os.environ) | {AUTH: auth}
    if database is not None:
        environment["RELECTURE_DATABASE"] = database
    command = [sys.executable, "-m", "streamlit", "run", str(files("qa.ui") / "server.py")]
    # The same settings as .streamlit/config.toml, which an installed package does not see.
    command += [
        f"--server.port={port}",
        f"--server.address={host}",
        f"--server.headless={'false' if browser and sys.stdout.isatty() else 'true'}",
        "--browser.gatherUsageStats=false",
        "--runner.magicEnabled=false",
        "--client.toolbarMode=minimal",
        "--client.showErrorDetails=none",
        "--server.maxUploadSize=50",
        "--server.fileWatcherType=none",
        f"--theme.base={files('qa.ui') / 'theme.toml'}",
    ]
    if secrets is not None:
        # Streamlit reads who is signed in only where it guards against forged requests.
        command += [f"--secrets.files={secrets}", "--server.enableXsrfProtection=true"]
    print(f"The review interface: {address or f'http://{host}:{port}'}  (Ctrl+C ends it)", flush=True)
    os.execve(sys.executable, command, environment)  # noqa: S606 - our own interpreter and arguments

"""The ``qa`` command: thin Typer commands over the library.

Exit codes: 0 clean, 1 a quality gate failed, 2 bad input or usage, 130 interrupted. Machine-readable
output goes to stdout alone; progress and notices go to stderr.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from qa import __version__
from qa.cli import checking, people, projects, serving, withdrawing
from qa.errors import QAError

__all__ = ["app", "main"]

app = typer.Typer(
    name="qa",
    help="Relecture: align, score, flag, correct, approve and report on machine translations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        print(f"relecture {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


app.command("check")(checking.check)
app.command("align")(checking.align)
app.command("score")(checking.score)
app.command("metrics")(checking.metrics)
app.add_typer(checking.checks_app, name="checks")
app.command("import")(projects.import_)
app.command("export")(projects.export)
app.command("withdraw")(withdrawing.withdraw)
app.command("restore")(withdrawing.restore)
app.command("report")(projects.report)
app.command("projects")(projects.projects)
app.add_typer(people.users_app, name="users")
app.command("serve")(serving.serve)
app.command("demo")(serving.demo)


def main() -> None:
    """Entry point: one line on stderr for anything a user can act on, never a traceback."""
    # Texts in any script must print whatever the locale; what cannot be encoded is shown escaped.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(prog_name="qa")
    except QAError as error:
        print(f"qa: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("qa: interrupted", file=sys.stderr)
        sys.exit(130)
    except BrokenPipeError:
        # The reader (head, less) has gone; keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)

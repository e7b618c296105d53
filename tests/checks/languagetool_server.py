"""A server on loopback that plays LanguageTool: four rules, or whatever a test makes it answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

Form = Mapping[str, str]
Answer = Callable[[Form], tuple[int, bytes]]

_RULES = (
    (r"\bLes (enfant)\b", "misspelt plural", "grammar", "GRAMMAR", ["enfants"]),
    (r"\b[Mm]aisson\b", "no such word", "misspelling", "TYPOS", ["maison", "moisson"]),
    (r"\bau jour d’aujourd’hui\b", "says it twice", "style", "REDUNDANCY", ["aujourd’hui", "ce jour"]),
    (r"سلام سلام", "said twice", "duplication", "MISC", ["سلام"]),
    (r"因爲", "an old form", "uncategorized", "TYPOS", ["因为"]),
)


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def match(text: str, start: int, end: int, **more: Any) -> dict[str, Any]:
    """A finding over the code points [start, end) as the server words it."""
    rule = {"id": "X", "issueType": more.pop("kind", "grammar"), "category": {"id": more.pop("group", "X")}}
    values = [{"value": value} for value in more.pop("values", [])]
    length = utf16(text[start:end])
    found = {"message": "wrong", "offset": utf16(text[:start]), "length": length, "replacements": values}
    return {**found, "rule": rule, **more}


def by_rules(form: Form) -> tuple[int, bytes]:
    text = form["text"]
    found = [
        match(text, *hit.span(hit.re.groups), message=message, kind=kind, group=group, values=values)
        for pattern, message, kind, group, values in _RULES
        for hit in re.finditer(pattern, text)
    ]
    return 200, json.dumps({"matches": found}).encode()


@contextmanager
def serving(answer: Answer = by_rules) -> Iterator[tuple[str, list[Form]]]:
    """(address, the forms received so far) of a server that answers with (status, body)."""
    received: list[Form] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode("ascii")
            form = {key: values[0] for key, values in parse_qs(body, strict_parsing=True).items()}
            received.append({**form, "path": self.path})
            status, data = answer(form)
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", data.decode())
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            try:
                self.wfile.write(data)
            except OSError:
                self.close_connection = True  # the other side had enough

        def log_message(self, *_: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", received
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

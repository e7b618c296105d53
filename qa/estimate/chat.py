"""A client for OpenAI-style chat endpoints: patient, bounded, and never talkative about the key."""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
import urllib.error
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from qa import web
from qa.errors import ModelError, UsageError

__all__ = ["Endpoint", "NoAnswer", "Price", "Usage"]

DEFAULT_URL = "https://api.openai.com/v1"
MAX_REPLY = 2**20
MAX_WAIT = 30.0
_FATAL = frozenset({401, 403, 404})
_BUSY = frozenset({408, 409, 425, 429})


class NoAnswer(Exception):
    """One request came to nothing; the message is one line for the person who waits for it."""


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens, in and out."""

    prompt: float
    completion: float

    @classmethod
    def read(cls, text: str) -> Price:
        """From ``IN,OUT`` (``0.15,0.60``). Raises UsageError when that is no pair of amounts."""
        try:
            prompt, completion = (float(part) for part in text.split(","))
        except ValueError:
            prompt = completion = -1.0
        if not all(isfinite(amount) and amount >= 0 for amount in (prompt, completion)):
            raise UsageError(f"not a price: {text!r}; give dollars per million tokens as IN,OUT (0.15,0.60)")
        return cls(prompt, completion)


@dataclass(slots=True)
class Usage:
    """Tokens that an endpoint has counted so far; safe to add to from several threads."""

    requests: int = 0
    prompt: int = 0
    completion: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, counted: Any) -> None:
        """Count one answered request; ``counted`` is the ``usage`` of its reply, whatever that holds."""
        numbers = [
            value if type(value := counted.get(key)) is int and value >= 0 else 0
            for key in ("prompt_tokens", "completion_tokens")
        ] if isinstance(counted, dict) else [0, 0]  # fmt: skip
        with self._lock:
            self.requests += 1
            self.prompt += numbers[0]
            self.completion += numbers[1]

    def told(self, price: Price | None = None) -> str:
        """One line: requests, tokens, and the cost where the price is known."""
        line = f"{self.requests} requests, {self.prompt:,} tokens in, {self.completion:,} out"
        if price is None:
            return f"{line}; --price IN,OUT shows the cost"
        cost = (self.prompt * price.prompt + self.completion * price.completion) / 1e6
        return f"{line}, ${cost:.4f}"


class Endpoint:
    """One base URL with its key. ``host`` is for messages."""

    def __init__(
        self, url: str, key: str = "", *, timeout: float = 60.0, attempts: int = 5, pause: float = 1.0
    ) -> None:
        """``timeout`` in seconds bounds one whole request, ``attempts`` the tries, ``pause`` the first
        wait between two (doubled each time). Raises UsageError for a URL or key that cannot be used."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            raise UsageError("OPENAI_BASE_URL must be an http or https address without a password in it")
        if not key.isascii() or not key.isprintable() or " " in key:
            raise UsageError("OPENAI_API_KEY holds characters that no key has; set it again")
        self.url, self.host, self._key = url.rstrip("/"), parts.netloc, key
        self.timeout, self.attempts, self.pause = timeout, attempts, pause
        self.usage = Usage()

    @classmethod
    def from_environment(cls) -> Endpoint:
        """``OPENAI_BASE_URL`` and ``OPENAI_API_KEY``; an own server may need no key, OpenAI's does."""
        url = os.environ.get("OPENAI_BASE_URL", "").strip() or DEFAULT_URL
        key = os.environ.get("OPENAI_API_KEY", "").strip()
        if url == DEFAULT_URL and not key:
            raise UsageError("OPENAI_API_KEY is not set; set it, or OPENAI_BASE_URL to a server of your own")
        return cls(url, key)

    def complete(self, body: Mapping[str, Any]) -> str:
        """The text of the first choice.

        Too many requests, server errors and timeouts are tried again. Raises NoAnswer when this request
        came to nothing, ModelError when no other could fare better (key, address, unknown model).
        """
        for attempt in range(1, self.attempts + 1):
            try:
                return self._content(self._send(body))
            except urllib.error.HTTPError as error:
                with error:
                    said = self._said(error)
                if error.code in _FATAL or 300 <= error.code < 400:
                    raise ModelError(f"{self.host} refuses the request: {said}") from None
                if error.code not in _BUSY and error.code < 500:
                    raise NoAnswer(f"{self.host} cannot answer: {said}") from None
                reason, wait = said, _asked_wait(error.headers.get("Retry-After"))
            except TimeoutError:
                reason, wait = f"no answer within {self.timeout:g} s", 0.0
            except (OSError, urllib.error.URLError) as error:
                inner = getattr(error, "reason", error)
                if isinstance(inner, TimeoutError):
                    reason, wait = f"no answer within {self.timeout:g} s", 0.0
                elif attempt == self.attempts:
                    raise ModelError(f"cannot reach {self.host}: {inner}") from None
                else:
                    reason, wait = str(inner), 0.0
            except http.client.HTTPException as error:
                reason, wait = f"a reply that is no HTTP ({type(error).__name__})", 0.0
            if attempt < self.attempts:
                time.sleep(min(MAX_WAIT, max(wait, self.pause * 2 ** (attempt - 1))))
        raise NoAnswer(f"{self.host} gave no answer in {self.attempts} attempts: {reason}")

    def _send(self, body: Mapping[str, Any]) -> bytes:
        """One request; the whole reply, at most MAX_REPLY bytes and within the timeout."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        data = json.dumps(body).encode()
        try:
            return web.post(
                f"{self.url}/chat/completions", data, headers, timeout=self.timeout, most=MAX_REPLY
            )
        except web.TooLong:
            raise NoAnswer(f"{self.host} sent more than {MAX_REPLY} bytes") from None

    def _content(self, reply: bytes) -> str:
        try:
            found = json.loads(reply)
            self.usage.add(found.get("usage"))
            message = found["choices"][0]["message"]
            content = message["content"]
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise NoAnswer(f"{self.host} sent no chat completion") from None
        if not isinstance(content, str):
            raise NoAnswer(f"{self.host} sent a completion without a text (a refusal?)")
        return content

    def _said(self, error: urllib.error.HTTPError) -> str:
        """The status and what the server says about it, short, printable, without the key."""
        try:
            detail = json.loads(error.read(2**14))["error"]["message"]
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            detail = ""
        shown = "".join(c if c.isprintable() else " " for c in str(detail))
        if self._key:
            shown = shown.replace(self._key, "…")
        return f"HTTP {error.code} {' '.join(shown.split())[:200]}".strip()


def _asked_wait(header: str | None) -> float:
    """Seconds of a Retry-After header; 0 for none, a date or nonsense."""
    try:
        wait = float(header or 0)
    except ValueError:
        return 0.0
    return wait if isfinite(wait) and wait > 0 else 0.0

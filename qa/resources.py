"""What a run is told, and what it loads for that: models, glossary, sense inventory."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qa.errors import UsageError

if TYPE_CHECKING:
    from qa.align import Accuracy
    from qa.encoder import Encoder
    from qa.estimate import Estimator
    from qa.terms.bilingual import Dictionary
    from qa.terms.glossary import Glossary
    from qa.terms.senses import Inventory

__all__ = ["Resources", "Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run may be told; the defaults are what a first-time user wants."""

    accuracy: Accuracy = "default"
    glossary: Path | None = None
    only: tuple[str, ...] = ()
    """Run these checks alone (ids); empty means all."""
    skip: tuple[str, ...] = ()
    muted: tuple[str, ...] = ()
    """Checks that a project has muted: left out like those of ``skip``, and an estimator's flags of these
    names too. A name that nothing here has is no mistake."""
    senses: Path | None = None
    """A user's own sense inventory, added to the built-in one."""
    dictionaries: tuple[Path, ...] = ()
    """Bilingual dictionaries of StarDict or dictd."""
    model: str | None = None
    """Another encoder: a local directory or a hub name."""
    estimator: str | None = None
    """Another quality-estimation model."""
    suspicion: str = "precise"
    """From which probability on the estimator's word scores become flags: the name of one of its thresholds,
    a number above 0 and at most 1, or ``off``."""
    send_texts: bool = False
    """Agree to an estimator that sends the texts to another machine."""
    price: str | None = None
    """What such an estimator costs: dollars per million tokens, ``IN,OUT``."""
    threads: int | None = None


class Resources:
    """Everything the settings name, each loaded on first use. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._estimator: Estimator | None = None
        self._glossary: Glossary | None = None
        self._senses: Inventory | None = None
        self._dictionaries: tuple[Dictionary, ...] | None = None

    @property
    def encoder(self) -> Encoder:
        """The encoder; the first access loads its weights."""
        with self._lock:
            if self._encoder is None:
                from qa import encoder

                self._encoder = encoder.load(self.settings.model, threads=self.settings.threads)
            return self._encoder

    @property
    def loaded_encoder(self) -> Encoder | None:
        """The encoder, if something needed it already."""
        return self._encoder

    @property
    def estimator(self) -> Estimator:
        """The quality-estimation model; the first access loads its weights."""
        from qa.estimate.base import load, uses_encoder

        # Models that bring their own encoder are spared the wait for ours.
        encoder = self.encoder if uses_encoder(self.settings.estimator) else None
        with self._lock:
            if self._estimator is None:
                self._estimator = load(
                    self.settings.estimator, encoder=encoder, send_texts=self.settings.send_texts
                )
            return self._estimator

    def spent(self) -> str | None:
        """What a remote estimator has cost so far, in one line; None where nothing was sent anywhere."""
        from qa.estimate import Remote
        from qa.estimate.chat import Price

        estimator: object = self._estimator
        if not isinstance(estimator, Remote):
            return None
        return estimator.spent(Price.read(self.settings.price) if self.settings.price else None)

    @property
    def senses(self) -> Inventory | None:
        """The sense inventory of the settings over the built-in one, read on first access."""
        if self._senses is None and self.settings.senses is not None:
            from qa.terms.senses import load

            self._senses = load(self.settings.senses)
        return self._senses

    @property
    def dictionaries(self) -> tuple[Dictionary, ...]:
        """The dictionaries of the settings, read on first access."""
        if self._dictionaries is None:
            from qa.terms.bilingual import Dictionary

            self._dictionaries = tuple(map(Dictionary.load, self.settings.dictionaries))
        return self._dictionaries

    @property
    def glossary(self) -> Glossary | None:
        """The glossary of the settings, read on first access."""
        if self._glossary is None and self.settings.glossary is not None:
            from qa.terms.glossary import Glossary

            self._glossary = Glossary.load(self.settings.glossary)
        return self._glossary

    def validate(self) -> None:
        """Read everything the settings name, so that a slip is reported before any work is done.

        Raises UnknownNameError for a check id or estimator, InputError for a glossary, a sense file or a
        dictionary, ModelError or UsageError for an estimator that cannot be used as asked.
        """
        from qa.checks import CHECKS
        from qa.estimate.chat import Price

        for check_id in (*self.settings.only, *self.settings.skip):
            CHECKS.get(check_id)
        _ = self.glossary, self.senses, self.dictionaries
        if self.settings.price is not None:
            Price.read(self.settings.price)
        if self.settings.estimator is not None:
            _ = self.estimator
        self.suspicion()

    def suspicion(self) -> float | None:
        """The threshold that the settings mean; None where there is none or the estimator is uncalibrated.

        Raises UsageError when they mean nothing.
        """
        wish = self.settings.suspicion
        if wish in ("off", "precise", "balanced"):
            if wish == "off" or self._estimator is None:
                return None
            known: Mapping[str, float] = getattr(self._estimator, "thresholds", {})
            return known.get(wish)
        try:
            value = float(wish)
        except ValueError:
            value = 0.0
        if not 0 < value <= 1:
            raise UsageError(
                f"--suspicion is precise, balanced, off or a probability above 0 and at most 1, not {wish!r}"
            )
        return value

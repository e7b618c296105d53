"""What an estimator is, which ones there are, and how one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from qa.estimate.comet_checkpoint import is_checkpoint
from qa.model import Estimate
from qa.registry import Registry

if TYPE_CHECKING:
    from qa.encoder import Encoder, Progress

__all__ = ["DEFAULT", "ESTIMATORS", "Estimator", "Factory", "load"]

DEFAULT = "features"


class Estimator(Protocol):
    """Scores pairs of source and translation without a reference."""

    @property
    def signature(self) -> str:
        """Name, version, encoder and weights: enough to reproduce a score.

        The signature inside an estimate adds whether the language pair was seen in training.
        """
        ...

    def estimate(
        self,
        pairs: Sequence[tuple[str, str]],
        source_lang: str,
        target_lang: str,
        *,
        progress: Progress | None = None,
    ) -> list[Estimate]:
        """One estimate for each ``(source, target)``, in input order.

        ``quality`` is 0 to 100, higher is better, with an 80% interval where the model knows one;
        ``words`` are code-point ranges of the target as given. Texts of any content are accepted: an
        empty side gives a low quality and no words.

        Raises UsageError when a language is no language.
        """
        ...


Factory = Callable[[str, "Encoder | None"], Estimator]
"""Builds an estimator from its argument (a folder, a hub name; often empty) and, optionally, an
encoder that is already loaded."""

ESTIMATORS: Registry[Factory] = Registry(
    "estimator",
    {
        "features": "qa.estimate.bundled:load_bundled",
        "transformers": "qa.estimate.regression:load_regression",
        "comet": "qa.estimate.comet:load_comet",
    },
    group="relecture.estimators",
)


def load(model: str | None = None, *, encoder: Encoder | None = None) -> Estimator:
    """The estimator that ``model`` names.

    None is the bundled one. ``NAME`` or ``NAME:ARGUMENT`` picks one of ``ESTIMATORS``; an existing
    folder or a hub name (``owner/model``) is read as a COMET checkpoint where it holds an ``hparams.yaml``,
    else as a transformers sequence-regression model.

    Raises UnknownNameError for an unknown name, ModelError for weights that cannot be used.
    """
    if model is None:
        return ESTIMATORS.get(DEFAULT)("", encoder)
    name, _, argument = model.partition(":")
    if name in ESTIMATORS:
        return ESTIMATORS.get(name)(argument, encoder)
    if is_checkpoint(Path(model)):
        return ESTIMATORS.get("comet")(model, encoder)
    if "/" in model or Path(model).is_dir():
        return ESTIMATORS.get("transformers")(model, encoder)
    return ESTIMATORS.get(model)("", encoder)

"""What an estimator is, which ones there are, and how one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from qa.errors import UsageError
from qa.estimate.comet_checkpoint import is_checkpoint
from qa.model import Estimate
from qa.registry import Registry

if TYPE_CHECKING:
    from qa.encoder import Encoder, Progress
    from qa.estimate.chat import Price

__all__ = ["DEFAULT", "ESTIMATORS", "UNSEEN", "Estimator", "Factory", "Remote", "load", "uses_encoder"]

DEFAULT = "joint"
UNSEEN = "|pair:unseen"
"""How a score's signature ends where no judged translation between its languages taught the model."""


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


@runtime_checkable
class Remote(Protocol):
    """What an estimator has besides when it sends texts to another machine."""

    @property
    def sends_to(self) -> str:
        """The host that receives the texts."""
        ...

    def spent(self, price: Price | None = None) -> str:
        """One line: requests and tokens so far, and their cost where the price is known."""
        ...


Factory = Callable[[str, "Encoder | None"], Estimator]
"""Builds an estimator from its argument (a folder, a hub name; often empty) and, optionally, an
encoder that is already loaded. Building one must send nothing."""

ESTIMATORS: Registry[Factory] = Registry(
    "estimator",
    {
        "joint": "qa.estimate.bundled:load_bundled",
        "transformers": "qa.estimate.regression:load_regression",
        "comet": "qa.estimate.comet:load_comet",
        "openai": "qa.estimate.judge:load_judge",
    },
    group="relecture.estimators",
)


def load(model: str | None = None, *, encoder: Encoder | None = None, send_texts: bool = False) -> Estimator:
    """The estimator that ``model`` names.

    None is the bundled one. ``NAME`` or ``NAME:ARGUMENT`` picks one of ``ESTIMATORS``; an existing
    folder or a hub name (``owner/model``) is read as a COMET checkpoint where it holds an ``hparams.yaml``,
    else as a transformers sequence-regression model. ``send_texts`` agrees to an estimator that sends the
    texts to another machine.

    Raises UnknownNameError for an unknown name, ModelError for weights that cannot be used, UsageError
    when texts would leave the machine and nobody has agreed to it.
    """
    name, argument = _choice(model)
    estimator = ESTIMATORS.get(name)(argument, encoder)
    if isinstance(estimator, Remote) and not send_texts:
        raise UsageError(
            f"the estimator {model} would send the texts to {estimator.sends_to}, away from this machine; "
            "agree to that with --send-texts"
        )
    return estimator


def uses_encoder(model: str | None) -> bool:
    """Whether the estimator that ``model`` names works on the encoder; the others bring their own."""
    return _choice(model)[0] == DEFAULT


def _choice(model: str | None) -> tuple[str, str]:
    """The name in ESTIMATORS, or what may turn out to be none, and the argument."""
    if model is None:
        return DEFAULT, ""
    name, _, argument = model.partition(":")
    if name in ESTIMATORS:
        return name, argument
    if is_checkpoint(Path(model)):
        return "comet", model
    if "/" in model or Path(model).is_dir():
        return "transformers", model
    return model, ""

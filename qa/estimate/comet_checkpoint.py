"""A COMET checkpoint as unbabel-comet stores it: ``hparams.yaml`` and ``checkpoints/model.ckpt``.

Nothing in it is trusted: the settings go through YAML's safe loader, the weights through torch's
restricted unpickler, and no code that comes with a model is run.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import ModelError
from qa.estimate.artefact import fingerprint

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Checkpoint", "is_checkpoint", "read_checkpoint"]

HPARAMS = "hparams.yaml"
WEIGHTS = "checkpoints/model.ckpt"
MAX_HPARAMS = 2**20
KINDS = ("referenceless_regression_metric", "unified_metric", "xcomet_metric")

# What COMET calls an encoder → its transformers architecture, and how many </s> part two texts.
ENCODERS: Mapping[str, tuple[str, int]] = {
    "BERT": ("bert", 1),
    "XLM-RoBERTa": ("xlm-roberta", 2),
    "MiniLM": ("bert", 2),
    "XLM-RoBERTa-XL": ("xlm-roberta-xl", 2),
    "RemBERT": ("rembert", 1),
}


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a checkpoint folder holds, read and checked.

    ``state`` is what is left of the tensors once the encoder has taken its own. ``separators`` is the
    number of ``</s>`` between two texts.
    """

    name: str
    kind: str
    hparams: Mapping[str, Any]
    state: Mapping[str, Tensor]
    tokenizer: Any
    encoder: Any
    separators: int


def is_checkpoint(folder: Path) -> bool:
    """Whether ``folder`` looks like a COMET checkpoint."""
    return (folder / HPARAMS).is_file()


def read_checkpoint(folder: Path) -> Checkpoint:
    """Read ``folder``. Raises ModelError when it is incomplete, damaged or not reference-free."""
    if not folder.is_dir():
        raise ModelError(
            f"there is no folder {folder}; download the COMET model first and name the folder that holds "
            f"{HPARAMS} and {WEIGHTS}"
        )
    given = _settings(folder / HPARAMS)
    kind = given.get("class_identifier")
    if kind not in KINDS:
        reason = (
            "needs a reference translation"
            if kind in ("regression_metric", "ranking_metric")
            else "is unknown"
        )
        raise ModelError(
            f"{folder}: a COMET model of the kind {kind!r} {reason}; choose a reference-free one such as "
            "CometKiwi or xCOMET"
        )
    saved = _weights(folder / WEIGHTS)
    # Like COMET itself, the settings stored beside the weights win; where the encoder's files are is the
    # one thing that a person may have to correct in hparams.yaml.
    hparams = {**given, **saved.get("hyper_parameters", {})}
    hparams["pretrained_model"] = given.get("pretrained_model", hparams.get("pretrained_model"))
    if kind == "unified_metric" and "src" not in hparams.get("input_segments", ("mt", "src", "ref")):
        raise ModelError(f"{folder}: this COMET model was trained without sources; it needs a reference")
    state = saved["state_dict"]
    prefix = "encoder.model."
    own = {name.removeprefix(prefix): value for name, value in state.items() if name.startswith(prefix)}
    rest = {name: value for name, value in state.items() if not name.startswith(prefix)}
    tokenizer, encoder, separators = _encoder(folder, hparams, own)
    mark = fingerprint((folder / HPARAMS, folder / WEIGHTS))
    return Checkpoint(f"{folder.resolve().name}@{mark}", kind, hparams, rest, tokenizer, encoder, separators)


def _settings(path: Path) -> dict[str, Any]:
    import yaml

    try:
        if path.stat().st_size > MAX_HPARAMS:
            raise ModelError(f"{path} is larger than {MAX_HPARAMS} bytes; it is no COMET settings file")
        found = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise ModelError(f"cannot read the COMET settings {path}: {reason}") from None
    if not isinstance(found, dict):
        raise ModelError(f"{path} holds no COMET settings")
    return found


def _weights(path: Path) -> dict[str, Any]:
    import torch

    try:
        try:
            found = torch.load(path, map_location="cpu", weights_only=True, mmap=True)
        except RuntimeError:  # the older file layout cannot be mapped
            found = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError:
        raise ModelError(
            f"{path} holds more than weights, or is damaged; it is not loaded, because that could run "
            "its code"
        ) from None
    except (OSError, RuntimeError, EOFError, ValueError, KeyError) as error:
        reason = str(error).strip().split("\n", 1)[0]
        raise ModelError(f"cannot read the COMET weights {path}: {reason}") from None
    state = found.get("state_dict") if isinstance(found, dict) else None
    if not isinstance(state, dict) or not all(isinstance(value, torch.Tensor) for value in state.values()):
        raise ModelError(f"{path} holds no COMET weights (no state_dict)")
    if not isinstance(found.get("hyper_parameters", {}), dict):
        raise ModelError(f"{path}: the settings beside the weights are damaged")
    return dict(found)


def _encoder(folder: Path, hparams: Mapping[str, Any], weights: dict[str, Tensor]) -> tuple[Any, Any, int]:
    """The tokenizer and the encoder with the checkpoint's weights; the pretrained ones are not needed."""
    from transformers import AutoConfig, AutoModel, AutoTokenizer

    kind, pretrained = hparams.get("encoder_model"), hparams.get("pretrained_model")
    if not isinstance(kind, str) or kind not in ENCODERS:
        raise ModelError(f"{folder}: unknown encoder {kind!r}; known: {', '.join(ENCODERS)}")
    if not isinstance(pretrained, str) or not pretrained:
        raise ModelError(f"{folder / HPARAMS} does not say where the encoder's files are: pretrained_model")
    architecture, separators = ENCODERS[kind]
    beside = folder / pretrained
    where = str(beside) if beside.is_dir() else pretrained
    # COMET's MiniLM has no tokenizer of its own; a folder that holds one is believed all the same.
    own = Path(where).is_dir() and any(Path(where).glob("*token*"))
    speller = "xlm-roberta-base" if kind == "MiniLM" and not own else where
    try:
        tokenizer = AutoTokenizer.from_pretrained(speller, trust_remote_code=False)
        config = AutoConfig.from_pretrained(where, trust_remote_code=False)
        if config.model_type != architecture:
            raise ModelError(f"{where} is of the kind {config.model_type}; {kind} needs {architecture}")
        model = AutoModel.from_config(config)  # type: ignore[no-untyped-call]
        missing, _ = model.load_state_dict(weights, strict=False, assign=True)
    except ModelError:
        raise
    except Exception as error:  # of damaged files, tokenizers and safetensors raise what has no class
        reason = str(error).strip().split("\n", 1)[0]
        raise ModelError(
            f"cannot build the encoder of {folder} from {where}: {reason}; name a folder with its "
            f"config.json and tokenizer as pretrained_model in {HPARAMS}"
        ) from None
    # The pooler is built or not as the version of transformers likes; COMET never looks at it.
    lacking = [name for name in missing if not name.startswith("pooler.") and "position_ids" not in name]
    if lacking:
        raise ModelError(f"{folder}: the encoder's weights lack {lacking[0]} and {len(lacking) - 1} more")
    if not tokenizer.is_fast:
        raise ModelError(f"{where} has no fast tokenizer; without it no error can be located")
    return tokenizer, model.float().eval(), separators

"""Scores of COMET checkpoints read by ``qa.estimate`` beside those of unbabel-comet itself.

    python benchmarks/comet_parity.py [--environment FOLDER]

Makes an environment of its own for unbabel-comet (its pins do not fit beside ours), lets COMET build and
save tiny models with random weights of every reference-free kind, scores the same pairs in both, and fails
when a score differs by more than 1e-4 or an error span differs at all. Nothing is downloaded but packages.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PACKAGES = (
    "torch==2.13.0",
    "unbabel-comet==2.2.7",
    "setuptools<81",
)  # COMET's torchmetrics wants pkg_resources
TOLERANCE = 1e-4
LETTERS = "abcdefghijklmnopqrstuvwxyzéèàñжшдля"

HEAD = {"hidden_sizes": [24, 12], "activations": "Tanh", "dropout": 0.1, "nr_frozen_epochs": 0}
MODELS: dict[str, tuple[str, dict[str, Any]]] = {
    "kiwi": ("UnifiedMetric", {"input_segments": ["mt", "src"], "layer_norm": True}),
    "kiwi-words": (
        "UnifiedMetric",
        {
            "input_segments": ["mt", "src"],
            "word_level_training": True,
            "word_layer": 2,
            "layer_norm": False,
            "layer_transformation": "softmax",
            "final_activation": "Sigmoid",
        },
    ),
    "kiwi-layer": ("UnifiedMetric", {"sent_layer": 3, "word_level_training": True, "word_layer": 3}),
    "kiwi-bert": ("UnifiedMetric", {"encoder_model": "BERT", "layer_norm": False}),
    "kiwi-rembert": ("UnifiedMetric", {"encoder_model": "RemBERT", "layer_norm": True}),
    "xcomet": ("XCOMETMetric", {"encoder_model": "XLM-RoBERTa", "word_layer": 3, "hidden_sizes": [24, 12]}),
    "xcomet-xl": ("XCOMETMetric", {"encoder_model": "XLM-RoBERTa-XL", "word_layer": 3}),
    "qe-avg": ("ReferencelessRegression", {"pool": "avg", "layer_transformation": "sparsemax"}),
    "qe-max": ("ReferencelessRegression", {"pool": "max", "layer_transformation": "softmax"}),
    "qe-cls": ("ReferencelessRegression", {"pool": "cls", "layer": 2}),
}
"""Name → COMET's class and what differs from its defaults."""


def sentences(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)  # noqa: S311
    vocabulary = ["".join(draw.choices(LETTERS, k=draw.randint(1, 9))) for _ in range(400)]
    # The last ones are longer than the window of the tiny models, so that cutting is compared too.
    return [" ".join(draw.choices(vocabulary, k=3 + i * i // 8)).capitalize() + "." for i in range(count)]


def make_encoders(folder: Path) -> None:
    """Tiny configurations and one tokenizer for each, in ``folder/ENCODER``."""
    import sentencepiece
    from transformers import (
        BertConfig,
        BertTokenizerFast,
        RemBertConfig,
        XLMRobertaConfig,
        XLMRobertaTokenizerFast,
        XLMRobertaXLConfig,
    )

    shape: dict[str, Any] = {
        "hidden_size": 32, "num_hidden_layers": 3, "num_attention_heads": 4, "intermediate_size": 48,
        "max_position_embeddings": 98,
    }  # fmt: skip
    raw = folder / "raw"
    raw.mkdir(parents=True)
    # Trained on the very sentences: an unknown piece has another id in real RemBERT than in this one.
    lines = [line for seed in (1, 2, 3) for line in sentences(20, seed)] * 9
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_prefix=str(raw / "sentencepiece.bpe"), vocab_size=300,
        character_coverage=1.0, hard_vocab_limit=False, minloglevel=2,
    )  # fmt: skip
    spm = XLMRobertaTokenizerFast.from_pretrained(str(raw))
    letters = [*LETTERS, *LETTERS.upper(), "."]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    (raw / "vocab.txt").write_text("\n".join(dict.fromkeys(pieces)))
    wordpiece = BertTokenizerFast(str(raw / "vocab.txt"), do_lower_case=False)
    ids = {"pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2}
    rembert = {"input_embedding_size": 16, "output_embedding_size": 16}
    for name, tokenizer, config in (
        ("XLM-RoBERTa", spm, XLMRobertaConfig(vocab_size=len(spm), type_vocab_size=1, **ids, **shape)),
        ("XLM-RoBERTa-XL", spm, XLMRobertaXLConfig(vocab_size=len(spm), type_vocab_size=1, **ids, **shape)),
        ("RemBERT", spm, RemBertConfig(vocab_size=len(spm), **ids, **shape, **rembert)),
        ("BERT", wordpiece, BertConfig(vocab_size=len(wordpiece), **shape)),
    ):
        tokenizer.save_pretrained(folder / name)
        config.save_pretrained(folder / name)
        # COMET's transformers cannot read every key that ours writes.
        described = folder / name / "tokenizer_config.json"
        known = {k: v for k, v in json.loads(described.read_text()).items() if k.endswith("_token")}
        described.write_text(json.dumps(known))


def peer(folder: Path) -> None:
    """Inside COMET's environment: build, save and score every model; the scores go to ``peer.json``."""
    import comet.models as published
    import torch
    import yaml

    pairs = json.loads((folder / "pairs.json").read_text("utf-8"))
    samples = [{"src": source, "mt": target} for source, target in pairs]
    found: dict[str, Any] = {}
    for number, (name, (kind, changed)) in enumerate(MODELS.items()):
        settings = {"encoder_model": "XLM-RoBERTa", **HEAD, **changed, "load_pretrained_weights": False}
        settings["pretrained_model"] = str(folder / "encoders" / settings["encoder_model"])
        torch.manual_seed(number)
        model = getattr(published, kind)(**settings).eval()
        with torch.no_grad():
            for key, value in model.named_parameters():
                # Wide enough that layers, heads and labels tell texts apart.
                around = 1.0 if "orm" in key and key.endswith("weight") else 0.0
                value.copy_(around + 0.25 * torch.randn_like(value))
        place = folder / name
        (place / "checkpoints").mkdir(parents=True)
        hparams = dict(model.hparams.items())
        (place / "hparams.yaml").write_text(yaml.safe_dump(hparams))
        saved = {"state_dict": model.state_dict(), "hyper_parameters": hparams}
        torch.save(saved | {"pytorch-lightning_version": "2.0.0"}, place / "checkpoints" / "model.ckpt")
        read = published.load_from_checkpoint(place / "checkpoints" / "model.ckpt", local_files_only=True)
        read.eval()
        with torch.inference_mode():
            inputs = read.prepare_sample(samples, stage="predict")
            if kind == "ReferencelessRegression":
                inputs = (inputs,)
                out = {"scores": read(**inputs[0]).score}
            else:
                out = read.predict_step(inputs)
        spans = out["metadata"].get("error_spans") if "metadata" in out else None
        found[name] = {
            "scores": out["scores"].tolist(),
            "spans": spans and [[(s["start"], s["end"], s["severity"]) for s in row] for row in spans],
        }
    (folder / "peer.json").write_text(json.dumps(found))


def compare(folder: Path) -> bool:
    from qa.estimate.comet import load_comet

    pairs = json.loads((folder / "pairs.json").read_text("utf-8"))
    found = json.loads((folder / "peer.json").read_text("utf-8"))
    print("| model | kind | pairs | COMET's scores | largest difference | spans | spans that differ |")
    print("|---|---|---:|---|---:|---:|---:|")
    good = True
    for name, (kind, _) in MODELS.items():
        expected = found[name]["scores"]
        outcomes = load_comet(str(folder / name)).outcomes(pairs)
        apart = max(abs(o.score - value) for o, value in zip(outcomes, expected, strict=True))
        theirs = [[tuple(span) for span in row] for row in found[name]["spans"] or [[]] * len(pairs)]
        ours = [[(m.start, m.end, m.severity) for m in o.marks] for o in outcomes]
        other = sum(set(a) != set(b) for a, b in zip(theirs, ours, strict=True))
        print(
            f"| {name} | {kind} | {len(pairs)} | {min(expected):.3f} to {max(expected):.3f} | {apart:.1e} "
            f"| {sum(map(len, theirs))} | {other} |"
        )
        good = good and apart <= TOLERANCE and not other and len(set(expected)) > 1
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--environment", type=Path, help="where unbabel-comet is or will be installed")
    parser.add_argument("--peer", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peer:
        peer(options.peer)
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        python = (options.environment or work / "environment") / "bin" / "python"
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", python.parent.parent], check=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        make_encoders(work / "encoders")
        texts = sentences(20, 2), sentences(20, 3)
        (work / "pairs.json").write_text(json.dumps(list(zip(*texts, strict=True))), "utf-8")
        subprocess.run([python, __file__, "--peer", work], check=True)
        good = compare(work)
    print("all within 1e-4" if good else "DIFFERENT")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())

"""Fine-tune the joint network; several workers, each with a seed of its own, averaged as they go.

    RELECTURE_DATA=../shared/data python benchmarks/qe/tune.py --work WORKDIR --minutes 100 --workers 2

Runs on CPUs (one thread a worker, bf16 where the CPU computes in it) and on CUDA without change. Every
``SYNC`` steps the workers' weights are averaged (local SGD): two one-thread workers see twice the pairs of
one. A run that was cut off goes on from its last checkpoint when it is started again with the same
arguments. The learning rate follows the minutes that were spent, so a run always ends with its decay done.
Writes ``WORKDIR/joint.pt`` (weights), ``joint.json`` (what made them) and ``log.jsonl``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from examples import MAJOR, MINOR, TAGGED, Example, Item, held_back, load
from scipy.stats import spearmanr
from torch import Tensor, distributed, nn
from torch.nn import functional
from wordnet import wordnet

import corpora
from qa.encoder.bert import Layer, from_weights
from qa.encoder.tokenizer import Tokenizer
from qa.encoder.weights import WeightFile
from qa.estimate.joint import FROZEN, Network, Output, pack
from qa.estimate.marks import Marker

SYNC = 8
SAVE_MINUTES = 15.0
EVALUATED = 12
WARM = 0.04


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides what is learned, but for the data and the minutes."""

    rate: float = 3e-4
    head_rate: float = 8e-4
    layer_decay: float = 0.92
    weight_decay: float = 0.01
    pieces: int = 2048
    twins: int = 24_000
    twins_each_epoch: int = 20_000
    critical: float = 2.5
    seed: int = 1


def explicit_attention(query: Tensor, key: Tensor, value: Tensor, attn_mask: Tensor | None = None) -> Tensor:
    """What torch's fused attention computes; its backward pass in bf16 is twice as slow on a CPU."""
    scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2)
    if attn_mask is not None:
        scores = scores.masked_fill(~attn_mask, -1e4)
    return scores.softmax(-1).to(value.dtype) @ value


def quick(device: str) -> torch.autocast:
    """The arithmetic that is quick there: bf16 on CUDA and on CPUs with tiles for it (AMX), else fp32, with
    torch's own attention; CPUs that compute in bf16 without tiles take half as long again."""
    bf16 = device != "cpu" or torch.cpu._is_amx_tile_supported()
    if device == "cpu" and bf16:
        Layer.attend = staticmethod(explicit_attention)
    return torch.autocast(device, dtype=torch.bfloat16, enabled=bf16)


class Losses(nn.Module):
    """What is asked of the network; holds the few parameters that belong to labels, not to translations."""

    def __init__(self, critical_groups: int, critical_weight: float) -> None:
        super().__init__()
        self.critical_weight = critical_weight
        # A language pair has its own share of critical errors, a style of tagging its share of bad words.
        self.critical = nn.Parameter(torch.full((critical_groups,), -1.5))
        self.sharp = nn.Parameter(torch.tensor(1.0))
        self.tagged = nn.Parameter(torch.tensor(0.7))
        self.on_source = nn.Parameter(torch.tensor(0.0))

    def forward(self, sentence: Tensor, pieces: Tensor, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        quality, hter = sentence.unbind(1)
        out = {}
        if (known := batch["y"].isfinite()).any():
            out["quality"] = functional.mse_loss(quality[known], batch["y"][known], reduction="sum")
        if (known := batch["hter"].isfinite()).any():
            out["hter"] = 2.0 * functional.mse_loss(hter[known], batch["hter"][known], reduction="sum")
        if (known := batch["critical"].isfinite()).any():
            logit = self.critical[batch["group"][known]] - self.sharp.exp() * quality[known]
            wrong = functional.binary_cross_entropy_with_logits(
                logit, batch["critical"][known], reduction="sum"
            )
            out["critical"] = self.critical_weight * wrong
        if len(batch["good"]):
            lead = quality[batch["good"]] - quality[batch["good"] + 1]
            out["twins"] = functional.softplus(4 * (batch["margin"] - lead)).sum() / 2
        labels, rows = batch["labels"], len(quality)
        if (known := labels >= 0).any():
            logit = pieces[..., 0] + self.tagged * batch["style"][:, None] + self.on_source * batch["right"]
            wrong = functional.binary_cross_entropy_with_logits(
                logit[known], (labels[known] > 0).float(), reduction="mean"
            )
            out["words"] = 1.5 * wrong * rows
        if (known := (labels == MINOR) | (labels == MAJOR)).any():
            major = functional.binary_cross_entropy_with_logits(
                pieces[..., 1][known], (labels[known] == MAJOR).float(), reduction="mean"
            )
            out["severity"] = 0.15 * major * rows
        return {name: loss / rows for name, loss in out.items()}


def batched(
    items: list[Item], critical: dict[str, int], weights: WeightFile, marker: Marker
) -> dict[str, Tensor]:
    """Tensors of a list of items; twins lie next to each other, the good one first."""
    rows: list[Example] = [example for item in items for example in item.examples]
    special = weights.bos, weights.eos, weights.pad
    packed = pack([(e.source.tolist(), e.target.tolist()) for e in rows], special, marker)
    labels = torch.full(packed.ids.shape, -1)
    right = torch.zeros(packed.ids.shape)
    for at, e in enumerate(rows):
        n, m = len(e.target), len(e.source)
        labels[at, 1 : 1 + n] = torch.from_numpy(e.labels[:n].astype(np.int64))
        labels[at, n + 2 : n + 2 + m] = torch.from_numpy(e.labels[n:].astype(np.int64))
        right[at, n + 2 :] = 1.0
    good, margin, at = [], [], 0
    for item in items:
        if len(item.examples) == 2:
            good.append(at)
            margin.append(item.margin)
        at += len(item.examples)
    number = lambda name: torch.tensor([getattr(e, name) for e in rows], dtype=torch.float32)  # noqa: E731
    return {
        "words": torch.from_numpy(weights.embed(packed.ids.numpy())),
        "sizes": packed.sizes, "cuts": packed.cuts, "marks": packed.marks, "labels": labels, "right": right,
        "y": number("y"), "hter": number("hter"), "critical": number("critical"),
        "style": torch.tensor([float(e.style == TAGGED) for e in rows]),
        "group": torch.tensor([critical.get(e.group, 0) for e in rows]),
        "good": torch.tensor(good, dtype=torch.int64), "margin": torch.tensor(margin),
    }  # fmt: skip


def batches(items: list[Item], pieces: int, rng: random.Random) -> list[list[Item]]:
    """One epoch in batches of at most ``pieces``, of items of similar length, in random order."""
    order = list(items)
    rng.shuffle(order)
    out = []
    for at in range(0, len(order), 1500):
        # A pool, not the whole, is sorted by length: batches stay different from epoch to epoch.
        batch: list[Item] = []
        longest = n = 0
        for item in sorted(order[at : at + 1500], key=lambda i: max(e.size for e in i.examples)):
            longest_now = max(longest, *(e.size for e in item.examples))
            if batch and longest_now * (n + len(item.examples)) > pieces:
                out.append(batch)
                batch, longest_now, n = [], max(e.size for e in item.examples), 0
            batch.append(item)
            longest, n = longest_now, n + len(item.examples)
        out.append(batch)
    rng.shuffle(out)
    return out


class Rates(NamedTuple):
    """Peak learning rates: of the topmost layer (``layer_decay`` of it in each one below), of the network's
    heads, of what is learned beside the network; ``weight_decay`` of matrices."""

    layers: float
    heads: float
    beside: float
    layer_decay: float
    weight_decay: float


def groups_of(network: Network, beside: nn.Module, rates: Rates) -> list[dict[str, Any]]:
    """Parameter groups: lower layers learn slower, heads faster; norms and biases are not decayed."""
    depth = len(network.body.encoder.layer)
    out: dict[tuple[float, float], list[nn.Parameter]] = defaultdict(list)

    def add(parameter: nn.Parameter, rate: float) -> None:
        out[rate, rates.weight_decay if parameter.ndim > 1 else 0.0].append(parameter)

    for name, parameter in network.named_parameters():
        if name.startswith("body.encoder.layer."):
            layer = int(name.split(".")[3])
            if layer >= FROZEN:
                add(parameter, rates.layers * rates.layer_decay ** (depth - 1 - layer))
        elif not name.startswith("body."):
            add(parameter, rates.heads)
    for parameter in beside.parameters():
        add(parameter, rates.beside)
    return [
        {"params": p, "peak": rate, "lr": rate, "weight_decay": decay} for (rate, decay), p in out.items()
    ]


def set_rates(optimiser: torch.optim.Optimizer, progress: float) -> None:
    """Learning rates when ``progress`` (0 to 1) of the time is spent: up for ``WARM`` of it, then down."""
    share = progress / WARM if progress < WARM else (1 - progress) / (1 - WARM)
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * max(share, 1e-3)


def run(network: Network, batch: dict[str, Tensor]) -> Output:
    """The network on what :func:`batched` returns."""
    return network(batch["words"], batch["sizes"], batch["cuts"], batch["marks"])  # type: ignore[no-any-return]


def evaluate(
    network: Network, examples: list[Example], weights: WeightFile, marker: Marker, device: str
) -> dict[str, float]:
    """Spearman of quality in each group of the calibration rows; AUC for critical errors; word AUC."""
    network.eval()
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    words: list[tuple[float, bool]] = []
    with torch.inference_mode(), quick(device):
        ordered = sorted(examples, key=lambda e: e.size)
        for at in range(0, len(ordered), 24):
            rows = ordered[at : at + 24]
            batch = batched([Item((e,)) for e in rows], {}, weights, marker)
            output = run(network, {k: v.to(device) for k, v in batch.items()})
            for i, e in enumerate(rows):
                truth = e.y if np.isfinite(e.y) else -e.critical
                found[e.group].append((float(output.sentence[i, 0]), truth))
                n = len(e.target)
                if e.style != TAGGED and e.labels[0] >= 0:
                    words += zip(
                        output.pieces[i, 1 : n + 1, 0].tolist(), (e.labels[:n] > 0).tolist(), strict=True
                    )
    network.train()
    out = {}
    for group, pairs in sorted(found.items()):
        predicted, truth = np.array(pairs).T
        out[group] = round(float(spearmanr(predicted, truth).statistic), 3)
    scores, bad = np.array([w for w, _ in words]), np.array([b for _, b in words])
    if bad.any():
        ranks = scores.argsort().argsort()
        out["word AUC"] = round(float((ranks[bad].mean() - (bad.sum() - 1) / 2) / (~bad).sum()), 3)
    return out


def average(network: nn.Module, losses: nn.Module, minutes: float) -> float:
    """Every worker's weights become their mean; returns the first worker's minutes."""
    parameters = [p for p in [*network.parameters(), *losses.parameters()] if p.requires_grad]
    flat = torch.cat([p.detach().reshape(-1).cpu() for p in parameters] + [torch.tensor([minutes])])
    distributed.all_reduce(flat)
    flat /= distributed.get_world_size()
    at = 0
    with torch.no_grad():
        for p in parameters:
            p.copy_(flat[at : at + p.numel()].view_as(p))
            at += p.numel()
    return float(flat[-1])


def work(rank: int, options: argparse.Namespace, recipe: Recipe) -> None:
    """One worker's share of the training."""
    torch.set_num_threads(options.threads)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    if options.workers > 1:
        distributed.init_process_group(
            "gloo", init_method=f"file://{options.work.resolve()}/meet", rank=rank, world_size=options.workers
        )
    weights = WeightFile()
    tokenizer = Tokenizer(weights)
    marker = Marker(tokenizer.piece)
    examples, twins = load(options.work, tokenizer, recipe.twins, recipe.seed)
    teaching = [e for e in examples if not held_back(e.key)]
    watched: dict[str, list[Example]] = defaultdict(list)
    for e in examples:
        if held_back(e.key) and len(watched[e.group]) < EVALUATED:
            watched[e.group].append(e)
    critical = {
        name: i
        for i, name in enumerate(sorted({e.group for e in examples if e.group.startswith("critical")}))
    }

    arithmetic = quick(device)
    body = from_weights(weights, torch.float32)
    body.encoder.layer[FROZEN:].requires_grad_(True)
    torch.manual_seed(recipe.seed)  # heads start alike everywhere, or their average means nothing
    rows = np.random.default_rng(0).integers(5, 100_000, 4000)
    network = Network(body, torch.from_numpy(weights.embed(rows).mean(0)))
    if options.start is not None:
        network.load_state_dict(torch.load(options.start))
    network = network.to(device).train()
    losses = Losses(max(1, len(critical)), recipe.critical).to(device)
    rates = Rates(recipe.rate, recipe.head_rate, recipe.head_rate, recipe.layer_decay, recipe.weight_decay)
    optimiser = torch.optim.AdamW(groups_of(network, losses, rates), betas=(0.9, 0.98), eps=1e-6)
    torch.manual_seed(recipe.seed + rank)

    spent, epoch, at, steps, pairs = 0.0, 0, 0, 0, 0
    kept = options.work / f"worker-{rank}.pt"
    if kept.exists():
        state = torch.load(kept, weights_only=False)
        network.load_state_dict(state["network"])
        losses.load_state_dict(state["losses"])
        optimiser.load_state_dict(state["optimiser"])
        torch.set_rng_state(state["rng"])
        spent, epoch, at, steps, pairs = state["place"]
    begun, saved = time.monotonic() - 60 * spent, spent
    order: list[list[Item]] = []
    sums: dict[str, list[float]] = defaultdict(list)
    while spent < options.minutes:
        if not order:
            rng = random.Random(f"{recipe.seed} {rank} {epoch}")  # noqa: S311 - sampling, not secrets
            # A worker sees every pair in an epoch, in an order of its own; the twins take turns.
            chosen = rng.sample(twins, min(len(twins), recipe.twins_each_epoch))
            order = batches([*(Item((e,)) for e in teaching), *chosen], recipe.pieces, rng)
        batch = {k: v.to(device) for k, v in batched(order[at], critical, weights, marker).items()}
        set_rates(optimiser, spent / options.minutes)
        with arithmetic:
            output = run(network, batch)
        parts = losses(output.sentence.float(), output.pieces.float(), batch)
        torch.stack(list(parts.values())).sum().backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        for name, part in parts.items():
            sums[name].append(part.item())
        steps, pairs, at = steps + 1, pairs + len(batch["y"]), at + 1
        if at == len(order):
            order, epoch, at = [], epoch + 1, 0
        if steps % SYNC == 0:
            spent = (time.monotonic() - begun) / 60
            if options.workers > 1:
                spent = average(network, losses, spent)
            if spent - saved >= SAVE_MINUTES or spent >= options.minutes:
                saved = spent
                state = {
                    "network": network.state_dict(), "losses": losses.state_dict(),
                    "optimiser": optimiser.state_dict(), "rng": torch.get_rng_state(),
                    "place": (spent, epoch, at, steps, pairs),
                }  # fmt: skip
                torch.save(state, kept.with_suffix(".part"))
                kept.with_suffix(".part").replace(kept)
                if rank == 0:
                    report = {
                        "minutes": round(spent, 1), "epoch": epoch, "at": at, "of": len(order),
                        "steps": steps, "pairs": pairs * options.workers,
                        "loss": {name: round(float(np.mean(v)), 3) for name, v in sums.items()},
                        "mix": network.mix.softmax(0).tolist(),
                        "watched": evaluate(
                            network, [e for g in watched.values() for e in g], weights, marker, device
                        ),
                    }  # fmt: skip
                    sums.clear()
                    with (options.work / "log.jsonl").open("a") as log:
                        log.write(json.dumps(report) + "\n")
                    print(json.dumps(report), file=sys.stderr, flush=True)
    if rank == 0:
        torch.save(network.state_dict(), options.work / "joint.pt")
        made = {
            "recipe": asdict(recipe), "workers": options.workers, "minutes": options.minutes, "epochs": epoch,
            "steps": steps, "examples_seen": pairs * options.workers, "judged": len(teaching),
            "twins": len(twins),
            "start": options.start and hashlib.sha256(options.start.read_bytes()).hexdigest()[:12],
            "data": corpora.hashes(), "seeds": [recipe.seed + r for r in range(options.workers)],
        }  # fmt: skip
        (options.work / "joint.json").write_text(json.dumps(made, indent=1))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints")
    parser.add_argument("--minutes", type=float, default=100.0, help="time to spend, over all starts")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1, help="threads of a worker")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="weights (joint.pt) of an earlier run to begin from")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(seed=options.seed)
    if wordnet() is None:
        print("no WordNet: some kinds of twins are left out (apt-get install wordnet-base)", file=sys.stderr)
    weights = WeightFile()
    load(options.work, Tokenizer(weights), recipe.twins, recipe.seed)  # once, before the workers ask for it
    (options.work / "meet").unlink(missing_ok=True)
    if options.workers == 1:
        work(0, options, recipe)
    else:
        torch.multiprocessing.spawn(work, (options, recipe), nprocs=options.workers)


if __name__ == "__main__":
    main()

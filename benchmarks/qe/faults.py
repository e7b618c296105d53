"""Teach the shipped network to see what a translation leaves out or puts in; its judgement is to stay.

    RELECTURE_DATA=../shared/data OMP_NUM_THREADS=1 python benchmarks/qe/faults.py --work WORKDIR --minutes 78

Good translations lose words or get wrong ones; the network's layers and those of ``qa.estimate.omissions``
learn where. In the same batches stand judged pairs, of which the network is to go on saying what it says
now: so the errors can be had in any number, and the people's judgements, of which there are few, are not
read twice.
Which words of the source had been translated by what was taken is read off the network's own states of the
whole translation: so the source's side has labels too.
Two workers, averaged as they go (``tune.py``). Writes ``WORKDIR/faults.pt``;
``ship.py --faults WORKDIR`` ships it, ``omissions.py`` measures it.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from examples import Item, kept
from fault_examples import CUT, FALSE, GOOD, Data, prepared, shown, told
from faulty import Fault, shortened
from torch import Tensor, distributed, nn
from torch.nn import functional
from tune import SYNC, Rates, average, batches, groups_of, quick, run, set_rates

from qa import encoder
from qa.encoder.e5 import E5Encoder
from qa.encoder.tokenizer import Tokenizer
from qa.encoder.weights import WeightFile
from qa.estimate.artefact import read
from qa.estimate.bundled import ARTEFACT
from qa.estimate.joint import FROZEN, Network
from qa.estimate.marks import Marker
from qa.estimate.omissions import NAMES, OmissionLayers
from qa.estimate.reader import Reader
from qa.estimate.tuned import grown

RATES = Rates(layers=1.5e-4, heads=1e-4, beside=1e-3, layer_decay=0.92, weight_decay=0.01)
PIECES = 2048
PRIOR = 0.03
"""Share of machine translations with an omission that people marked: 155 of 5,420 biomedical ones."""
RARER = torch.tensor([0.0, 0.0, 0.0, log(PRIOR / (1 - PRIOR))])
"""What turns the log-odds of a fault among evenly many pairs with and without into those at ``PRIOR``."""
KEPT = 8_000
"""Judged pairs of each worker whose scores are to stay."""
SHORTENED, WRONG, STAYING = 600, 300, 800
"""Twins with words left out, with false words, and single pairs of each round."""
SURE = 0.05
"""Difference of cosines that makes one piece e times as likely a counterpart as another."""
LEAD = 0.3
"""By how many standard deviations of human judgement a whole translation should at least lead."""


def layer(x: Tensor, weights: Tensor) -> Tensor:
    """The last row of ``weights`` is the bias."""
    return x @ weights[:-1] + weights[-1]


class Found(NamedTuple):
    """Log-odds: ``gaps`` (n, length - 1) behind each piece of the translation where ``between``, ``unmet``
    (n, length) of each piece of the source that it has no counterpart, ``false`` of each piece where
    ``inside``, ``omitted`` and ``falsified`` (n,) of any gap and of any false word."""

    gaps: Tensor
    between: Tensor
    unmet: Tensor
    false: Tensor
    inside: Tensor
    omitted: Tensor
    falsified: Tensor


class Layers(nn.Module):
    """``qa.estimate.omissions.OmissionLayers`` while it learns, in padded batches."""

    def __init__(self, begun: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.mean: Tensor
        self.scale: Tensor
        for name in NAMES:
            if name in ("mean", "scale"):
                self.register_buffer(name, begun[name])
            else:
                self.register_parameter(name, nn.Parameter(begun[name]))
        # Nothing that ships asks for false words: these are taught for what the network learns by them.
        size, width = begun["right"].shape
        self.odd = nn.Parameter(torch.cat([torch.randn(size, width) * size**-0.5, torch.zeros(1, width)]))
        self.false = nn.Parameter(torch.cat([torch.randn(width) * width**-0.5, torch.tensor([-3.0])]))
        self.falsified = nn.Parameter(torch.tensor([0.5, 0.2, 0.3, 0.0]))
        self.dropout = nn.Dropout(0.15)

    def forward(self, seen: Tensor, target: Tensor, source: Tensor, quality: Tensor) -> Found:
        seen = (seen - self.mean) / self.scale
        left, right = layer(seen[:, :-1], self.left), seen[:, 1:] @ self.right
        gaps = layer(self.dropout(functional.relu(left + right)), self.between)
        unmet = layer(self.dropout(functional.relu(layer(seen, self.lost))), self.unmet)
        false = layer(self.dropout(functional.relu(layer(seen, self.odd))), self.false)
        between = target[:, :-1] & target[:, 1:]
        inside = torch.zeros_like(target)
        inside[:, 1:-1] = between[:, :-1] & between[:, 1:]
        worst = [
            each.masked_fill(~real, -1e4).logsumexp(1)
            for each, real in ((gaps, between), (unmet, source), (false, inside))
        ]
        omitted = layer(torch.stack([worst[0], worst[1], -quality], 1), self.omitted)
        falsified = layer(torch.stack([worst[2], worst[1], -quality], 1), self.falsified)
        return Found(gaps, between, unmet, false, inside, omitted, falsified)

    def tensors(self) -> dict[str, np.ndarray]:
        """As ``OmissionLayers`` reads them; the odds among evenly many pairs become those at ``PRIOR``."""
        found = {name: getattr(self, name) for name in NAMES}
        found["omitted"] = found["omitted"] + RARER
        return {
            f"omissions/{name}": value.detach().numpy().astype(np.float16 if value.ndim == 2 else np.float32)
            for name, value in found.items()
        }


class Watched(Network):
    """The network, and what its heads last saw: mixed states, word embeddings, which pieces are whose."""

    last: tuple[Tensor, Tensor, Tensor, Tensor]

    def _heads(
        self, x: Tensor, words: Tensor, marks: Tensor, target: Tensor, source: Tensor, inside: Tensor
    ) -> Any:
        self.last = x, words - self.common, target, source
        return super()._heads(x, words, marks, target, source, inside)


def likes(x: Tensor, target: Tensor, source: Tensor) -> Tensor:
    """(n, length): cosine of each piece with the likest of the other side."""
    x = functional.normalize(x, dim=-1)
    cosine = x @ x.transpose(1, 2)
    on_target = cosine.masked_fill(~source[:, None], -1).amax(-1)
    return torch.where(target, on_target, cosine.masked_fill(~target[:, None], -1).amax(-1))


def counterparts(states: Tensor, batch: dict[str, Tensor], good: Tensor) -> Tensor:
    """(cut pairs, length): how surely each piece of a source meant what was then taken from its translation.

    ``states`` (n, length, hidden) less their means; ``good`` are the whole translations, each followed by
    the one cut. A piece of the source goes with pieces of the whole translation as their states are alike.
    """
    out = states.new_zeros(len(good), states.shape[1])
    alike = functional.normalize(states.detach(), dim=-1)
    for at, whole in enumerate(good.tolist()):
        cut, size = int(batch["cuts"][whole]), int(batch["sizes"][whole])
        first, taken = int(batch["gap"][whole + 1]), cut - int(batch["cuts"][whole + 1])
        shares = (alike[whole, cut : size - 1] @ alike[whole, 1 : cut - 1].T / SURE).softmax(1)
        out[at, cut - taken : size - 1 - taken] = shares[:, first : first + taken].sum(1)
    return out


class Learner(nn.Module):
    """The network with the layers for faults, and what is asked of them."""

    def __init__(self, network: Watched, layers: Layers) -> None:
        super().__init__()
        self.network, self.layers = network, layers

    def forward(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        output = run(self.network, batch)
        sentence, pieces = output.sentence.float(), output.pieces.float()
        x, words, target, source = self.network.last
        inside = (target | source)[..., None]
        middle = (x * inside).sum(1, keepdim=True) / inside.sum(1, keepdim=True)
        alike = [likes(side, target, source) for side in (x - middle, words)]
        seen = torch.cat([x, torch.stack(alike, -1)], -1)
        found = self.layers(seen, target, source, sentence[:, 0])
        kind = batch["kind"]
        judged = functional.binary_cross_entropy_with_logits
        out = {}
        if (old := batch["said"].isfinite().all(1)).any():
            said = batch["said"][old]
            real = (target | source)[old]
            doubts = batch["doubts"][old]
            out["said"] = functional.mse_loss(sentence[old, 0], said[:, 0], reduction="sum")
            out["edits"] = 2 * functional.mse_loss(sentence[old, 1], said[:, 1], reduction="sum")
            out["doubts"] = (
                1.5 * int(old.sum()) * judged(pieces[old][..., 0][real], doubts[..., 0][real].sigmoid())
            )
            out["levels"] = (
                0.1 * int(old.sum()) * functional.mse_loss(pieces[old][..., 1][real], doubts[..., 1][real])
            )
        placed = (kind == GOOD) | (kind == CUT)
        if placed.any():
            at = torch.zeros_like(found.gaps)
            cut = (kind == CUT).nonzero()[:, 0]
            at[cut, batch["gap"][cut]] = 1
            here = found.between & placed[:, None]
            out["gaps"] = 0.5 * judged(found.gaps[here], at[here], reduction="sum")
            lost = torch.zeros_like(found.unmet, dtype=torch.float32)
            whole = batch["good"][kind[batch["good"] + 1] == CUT]
            lost[whole + 1] = counterparts(x - middle, batch, whole)
            here = source & placed[:, None]
            out["unmet"] = 0.3 * judged(found.unmet[here], lost[here], reduction="sum")
            out["omitted"] = judged(found.omitted[placed], (kind[placed] == CUT).float(), reduction="sum")
        known = (kind == GOOD) | (kind == FALSE)
        if known.any():
            wrong = (batch["labels"] > 0).float()
            here = found.inside & known[:, None]
            out["false"] = 0.3 * judged(found.false[here], wrong[here], reduction="sum")
            out["falsified"] = judged(found.falsified[known], (kind[known] == FALSE).float(), reduction="sum")
        good = batch["good"]
        if len(good):
            lead = sentence[good, 0] - sentence[good + 1, 0]
            out["twins"] = functional.softplus(4 * (LEAD - lead)).sum() / 4
            of_cut = good[kind[good + 1] == CUT]
            out["lead"] = functional.softplus(found.omitted[of_cut] - found.omitted[of_cut + 1]).sum()
            others = good[kind[good + 1] != CUT]
            out["lead"] = (
                out["lead"] + functional.softplus(found.falsified[others] - found.falsified[others + 1]).sum()
            )
        return {name: loss / len(kind) for name, loss in out.items()}


def as_shipped(tensors: Mapping[str, np.ndarray]) -> dict[str, Tensor]:
    """The layers that ship, to go on from: among evenly many faults again."""
    found = {name: torch.from_numpy(tensors[f"omissions/{name}"].astype(np.float32)) for name in NAMES}
    return found | {"omitted": found["omitted"] - RARER}


def faults(tokenizer: Tokenizer, options: argparse.Namespace) -> Data:
    """What is taught, from the folder if it was made before."""
    twins, seed = options.twins, options.seed
    return kept(options.work, "faults", lambda: Data.made(tokenizer, twins, seed), twins, seed)


def work(rank: int, options: argparse.Namespace) -> None:
    """One worker's share of the training."""
    torch.set_num_threads(1)
    if options.workers > 1:
        meet = f"file://{options.work.resolve()}/meet"
        distributed.init_process_group("gloo", init_method=meet, rank=rank, world_size=options.workers)
    base = encoder.load(threads=1, cache=False)
    assert isinstance(base, E5Encoder)
    weights, tokenizer = base.weights, base.tokenizer
    marker = Marker(tokenizer.piece)
    artefact = read(ARTEFACT)
    rng = random.Random(f"{options.seed} {rank}")  # noqa: S311
    data = faults(tokenizer, options)
    pool = rng.sample(data.judged, min(KEPT, len(data.judged)))
    known = grown(artefact.tensors, weights, base.dtype)
    if options.keep:
        other = grown(read(options.keep).tensors, weights, base.dtype).state_dict()
        known.load_state_dict(
            {name: value.lerp(other[name], 0.5) for name, value in known.state_dict().items()}
        )
    teacher = Reader(known, OmissionLayers(artefact.tensors))
    begun = time.monotonic()
    staying = told(pool, teacher, weights, marker)
    print(f"told in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    del teacher
    demetr_lost = [item for fault in data.demetr_lost if (item := shown(fault, tokenizer))]
    false = [item for fault in data.false if (item := shown(fault, tokenizer))]

    arithmetic = quick("cpu")
    plain = grown(artefact.tensors, weights, torch.float32)
    network = Watched(plain.body, plain.common)
    network.load_state_dict(plain.state_dict())
    torch.manual_seed(options.seed)
    learner = Learner(network, Layers(as_shipped(artefact.tensors))).train()
    for name, parameter in learner.named_parameters():
        parameter.requires_grad_(
            "body" not in name or ("encoder.layer" in name and int(name.split(".")[4]) >= FROZEN)
        )
    optimiser = torch.optim.AdamW(groups_of(network, learner.layers, RATES), betas=(0.9, 0.98), eps=1e-6)
    torch.manual_seed(options.seed + rank)

    begun, spent, saved, steps, seen = time.monotonic(), 0.0, 0.0, 0, 0
    order: list[list[Item]] = []
    sums: dict[str, list[float]] = defaultdict(list)
    while spent < options.minutes:
        if not order:
            items = [Item((row,)) for row in rng.sample(staying, STAYING)]
            items += rng.sample(false, WRONG) + rng.sample(demetr_lost, SHORTENED // 8)
            for source, target in rng.sample(data.good, SHORTENED):
                if lost := shortened(target, rng):
                    item = shown(Fault(source, target, *lost), tokenizer)
                    items += [item] if item else []
            order = batches(items, PIECES, rng)
        batch = prepared(order.pop(), weights, marker)
        set_rates(optimiser, spent / options.minutes)
        with arithmetic:
            parts = learner(batch)
        torch.stack(list(parts.values())).sum().backward()
        nn.utils.clip_grad_norm_(learner.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        for name, part in parts.items():
            sums[name].append(part.item())
        steps, seen = steps + 1, seen + len(batch["kind"])
        if steps % SYNC == 0:
            spent = (time.monotonic() - begun) / 60
            if options.workers > 1:
                spent = average(learner.network, learner.layers, spent)
            if spent - saved >= 10 or spent >= options.minutes:
                saved = spent
                if rank == 0:
                    losses = {name: round(float(np.mean(v)), 4) for name, v in sums.items()}
                    report = {"minutes": round(spent, 1), "steps": steps, "pairs": seen, "loss": losses}
                    print(json.dumps(report), file=sys.stderr, flush=True)
                    torch.save(learner.state_dict(), options.work / "faults.pt")
                    (options.work / "faults.json").write_text(
                        json.dumps(
                            {
                                "minutes": spent,
                                "workers": options.workers,
                                "seed": options.seed,
                                "pairs_seen": seen * options.workers,
                                "begun_from": artefact.sha256[:8],
                                "kept": options.keep and read(options.keep).sha256[:8],
                            }
                        )
                    )
                sums.clear()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--work", type=Path, required=True, help="folder for what is made")
    parser.add_argument("--minutes", type=float, default=75.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--twins", type=int, default=30_000, help="twins with wrong words to make")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--keep", type=Path, help="an earlier artefact: what is to stay is what the mean of both says"
    )
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    faults(Tokenizer(WeightFile()), options)  # once, before the workers ask for it
    (options.work / "meet").unlink(missing_ok=True)
    if options.workers == 1:
        work(0, options)
    else:
        torch.multiprocessing.spawn(work, (options,), nprocs=options.workers)


if __name__ == "__main__":
    main()

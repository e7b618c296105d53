"""Teach the shipped network to see what a translation leaves out or puts in; its judgement is to stay.

    RELECTURE_DATA=../shared/data OMP_NUM_THREADS=1 python benchmarks/qe/faults.py --work WORKDIR --minutes 78

Good translations lose words or get wrong ones; the network's layers and those of ``qa.estimate.omissions``
learn where. In the same batches stand judged pairs, of which the network is to go on saying what it says
now: so the errors can be had in any number, and the people's judgements, of which there are few, are not
read twice.
Two workers, averaged as they go (``tune.py``). Writes ``WORKDIR/faults.pt``;
``ship.py --faults WORKDIR`` ships it, ``omissions.py`` measures it.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import log
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from examples import MARKED, Example, Item, example, held_back, judged
from faulty import Fault, between_twins, good_pairs, made_false, shortened
from torch import Tensor, distributed, nn
from torch.nn import functional
from tune import SYNC, average, batched, batches, explicit_attention, run

from corpora import Row
from qa import encoder
from qa.encoder.bert import Layer
from qa.encoder.e5 import E5Encoder
from qa.encoder.flat import groups
from qa.encoder.tokenizer import Tokenizer
from qa.encoder.weights import WeightFile
from qa.estimate.artefact import read
from qa.estimate.batching import clean
from qa.estimate.bundled import ARTEFACT
from qa.estimate.joint import FROZEN, Network
from qa.estimate.marks import Marker
from qa.estimate.omissions import NAMES, OmissionLayers
from qa.estimate.reader import Reader, lay_out
from qa.estimate.tuned import grown

RATE, OLD_HEADS, NEW_HEADS, LAYER_DECAY = 1.5e-4, 1e-4, 1e-3, 0.92
PIECES = 2048
PRIOR = 0.03
"""Share of machine translations with an omission that people marked: 155 of 5,420 biomedical ones."""
RARER = torch.tensor([0.0, 0.0, 0.0, log(PRIOR / (1 - PRIOR))])
"""What turns the log-odds of a fault among evenly many pairs with and without into those at ``PRIOR``."""
WARM = 0.04
KEPT = 20_000
"""Judged pairs of each worker whose scores are to stay."""
SHORTENED, WRONG, STAYING = 600, 300, 800
"""Twins with words left out, with false words, and single pairs of each round."""
LEAD = 0.3
"""By how many standard deviations of human judgement a whole translation should at least lead."""
GOOD, CUT, FALSE, JUDGED = range(4)
"""What is known of a pair: nothing missing nor false; a gap at a place; words that are false; what the
network that ships says of it."""


@dataclass(slots=True)
class Data:
    """What the workers teach with; made once."""

    judged: list[Example]
    good: list[Side]
    demetr_lost: list[Fault]
    false: list[Fault]

    @classmethod
    def made(cls, tokenizer: Tokenizer, twins: int, seed: int) -> Data:
        rng = random.Random(seed)  # noqa: S311 - sampling, not secrets
        good = good_pairs(rng)
        lost, of_demetr = between_twins()
        intact = list({(fault.source, fault.good): None for fault in lost})
        false, others = made_false(twins, seed)
        rows = [e for e in judged(tokenizer) if not held_back(e.key)]
        rows += [e for row in others if (e := example(row, tokenizer, "twin"))]
        print(
            f"{len(rows)} judged and twins, {len(good)} good, {len(intact)} of DEMETR, {len(lost)} losses,"
            f" {len(false)} and {len(of_demetr)} false", file=sys.stderr, flush=True,
        )  # fmt: skip
        return cls(rows, good + intact * 6, lost, false + of_demetr * 3)


Side = tuple[str, str]


def layer(x: Tensor, weights: Tensor) -> Tensor:
    """The last row of ``weights`` is the bias."""
    return x @ weights[:-1] + weights[-1]


class Found(NamedTuple):
    """Log-odds: ``gaps`` (n, length - 1) behind each piece of the translation where ``between``, ``false`` of
    each piece where ``inside``, ``omitted`` and ``falsified`` (n,) of any gap and of any false word."""

    gaps: Tensor
    between: Tensor
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
        inside = between & torch.cat([target[:, 2:], torch.zeros_like(target[:, :1])], 1)
        inside = torch.cat([torch.zeros_like(target[:, :1]), inside[:, :-1], target[:, :1] & False], 1)
        worst = [
            each.masked_fill(~real, -1e4).logsumexp(1)
            for each, real in ((gaps, between), (unmet, source), (false, inside))
        ]
        omitted = layer(torch.stack([worst[0], worst[1], -quality], 1), self.omitted)
        falsified = layer(torch.stack([worst[2], worst[1], -quality], 1), self.falsified)
        return Found(gaps, between, false, inside, omitted, falsified)

    def tensors(self) -> dict[str, np.ndarray]:
        """As ``OmissionLayers`` reads them; the odds among evenly many pairs become those at ``PRIOR``."""
        found = {name: getattr(self, name) for name in NAMES}
        found["omitted"] = found["omitted"] + RARER
        return {
            f"omissions/{name}": value.detach().numpy().astype(np.float16 if value.ndim == 2 else np.float32)
            for name, value in found.items()
        }


@dataclass(slots=True)
class Shown(Example):
    """An example with its ``kind``, the number of the piece before its ``gap``, and what the network that
    ships says of it: ``said`` (quality, edit rate), ``doubts`` (pieces, 2)."""

    kind: int = JUDGED
    gap: int = 0
    said: tuple[float, float] = (np.nan, np.nan)
    doubts: np.ndarray | None = None

    @classmethod
    def of(cls, plain: Example, **known: Any) -> Shown:
        return cls(**{f.name: getattr(plain, f.name) for f in fields(Example)}, **known)


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


def prepared(items: list[Item], weights: WeightFile, marker: Marker) -> dict[str, Tensor]:
    """As :func:`tune.batched`, with what a :class:`Shown` holds besides."""
    batch = batched(items, {}, weights, marker)
    rows: list[Shown] = [e for item in items for e in item.examples]  # type: ignore[misc]
    doubts = torch.zeros((*batch["labels"].shape, 2))
    for at, row in enumerate(rows):
        if row.doubts is not None:
            doubts[at, : len(row.doubts)] = torch.from_numpy(row.doubts.astype(np.float32))
    batch |= {
        "kind": torch.tensor([row.kind for row in rows]),
        "gap": torch.tensor([row.gap for row in rows]),
        "said": torch.tensor([row.said for row in rows]),
        "doubts": doubts,
    }
    return batch


def told(rows: list[Example], reader: Reader, weights: WeightFile, marker: Marker) -> list[Shown]:
    """``rows`` with what the network that ships says of them."""
    out = []
    for number, group in enumerate(groups([row.size for row in rows])):
        if number % 100 == 0:
            print(f"group {number}", file=sys.stderr, flush=True)
        ids = [(rows[i].source.tolist(), rows[i].target.tolist()) for i in group]
        with torch.inference_mode():
            laid = lay_out(ids, (weights.bos, weights.eos, weights.pad), marker)
            output = reader(torch.from_numpy(weights.embed(laid.ids)), laid).output
        doubts = output.pieces.half().numpy()
        for i, said, start, length in zip(
            group, output.sentence.tolist(), laid.rows.starts, laid.rows.lengths, strict=True
        ):
            row, n = rows[i], len(rows[i].target)
            # What people found free of errors has nothing to miss either.
            sound = row.style == MARKED and (row.labels[:n] == 0).all() and row.group != "twin"
            kind = GOOD if sound else JUDGED
            out.append(
                Shown.of(row, kind=kind, said=tuple(said), doubts=doubts[start : start + length].copy())
            )
    return out


def shown(fault: Fault, tokenizer: Tokenizer) -> Item | None:
    """The good translation and the other as the network reads them; None where they are too long."""
    rows = [Row("fault", "xx-en", fault.source, text, spans=[]) for text in (fault.good, fault.bad)]
    rows[1].spans = list(fault.false)
    good, bad = (example(row, tokenizer, "twin") for row in rows)
    if good is None or bad is None:
        return None
    if fault.gap is None:
        return Item((Shown.of(good, kind=GOOD), Shown.of(bad, kind=FALSE)))
    gap = place_of(tokenizer.pieces(clean((fault.source, fault.bad))[1]).ends, fault.gap)
    return Item((Shown.of(good, kind=GOOD), Shown.of(bad, kind=CUT, gap=gap)))


def place_of(ends: np.ndarray, gap: int) -> int:
    """Between which pieces a text was cut at ``gap``: the number of the one before, the border mark is 0."""
    return 0 if gap == 0 else min(int(np.searchsorted(ends, gap)) + 1, len(ends))


def as_shipped(tensors: Mapping[str, np.ndarray]) -> dict[str, Tensor]:
    """The layers that ship, to go on from: among evenly many faults again."""
    found = {name: torch.from_numpy(tensors[f"omissions/{name}"].astype(np.float32)) for name in NAMES}
    return found | {"omitted": found["omitted"] - RARER}


def parameters(learner: Learner) -> list[dict[str, Any]]:
    """Parameter groups; lower layers learn slower."""
    out: dict[tuple[float, float], list[nn.Parameter]] = defaultdict(list)
    for name, parameter in learner.named_parameters():
        if name.startswith("network.body.encoder.layer."):
            depth = int(name.split(".")[4])
            if depth < FROZEN:
                continue
            rate = RATE * LAYER_DECAY ** (11 - depth)
        elif name.startswith("network.body."):
            continue
        else:
            rate = NEW_HEADS if name.startswith("layers.") else OLD_HEADS
        out[rate, 0.01 if parameter.ndim > 1 else 0.0].append(parameter)
    return [
        {"params": p, "peak": rate, "lr": rate, "weight_decay": decay} for (rate, decay), p in out.items()
    ]


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
    data: Data = pickle.loads((options.work / "faults.pickle").read_bytes())  # noqa: S301 - our own file
    pool = rng.sample(data.judged, min(KEPT, len(data.judged)))
    teacher = Reader(grown(artefact.tensors, weights, base.dtype), OmissionLayers(artefact.tensors))
    begun = time.monotonic()
    staying = told(pool, teacher, weights, marker)
    print(f"told in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    del teacher
    demetr_lost = [item for fault in data.demetr_lost if (item := shown(fault, tokenizer))]
    false = [item for fault in data.false if (item := shown(fault, tokenizer))]

    Layer.attend = staticmethod(explicit_attention)
    plain = grown(artefact.tensors, weights, torch.float32)
    network = Watched(plain.body, plain.common)
    network.load_state_dict(plain.state_dict())
    network.body.encoder.layer[FROZEN:].requires_grad_(True)
    torch.manual_seed(options.seed)
    learner = Learner(network, Layers(as_shipped(artefact.tensors))).train()
    for name, parameter in learner.named_parameters():
        parameter.requires_grad_(
            "body" not in name or ("encoder.layer" in name and int(name.split(".")[4]) >= FROZEN)
        )
    optimiser = torch.optim.AdamW(parameters(learner), betas=(0.9, 0.98), eps=1e-6)
    torch.manual_seed(options.seed + rank)

    begun, spent, saved, steps, seen = time.monotonic(), 0.0, 0.0, 0, 0
    order: list[list[Item]] = []
    sums: dict[str, list[float]] = defaultdict(list)
    while spent < options.minutes:
        if not order:
            items = [Item((row,)) for row in rng.sample(staying, STAYING)]
            items += rng.sample(false, WRONG) + rng.sample(demetr_lost, SHORTENED // 10)
            for source, target in rng.sample(data.good, SHORTENED):
                if lost := shortened(target, rng):
                    item = shown(Fault(source, target, *lost), tokenizer)
                    items += [item] if item else []
            order = batches(items, PIECES, rng)
        batch = prepared(order.pop(), weights, marker)
        progress = spent / options.minutes
        share = progress / WARM if progress < WARM else (1 - progress) / (1 - WARM)
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * max(share, 1e-3)
        with torch.autocast("cpu", dtype=torch.bfloat16):
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
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    if not (options.work / "faults.pickle").exists():
        made = Data.made(Tokenizer(WeightFile()), options.twins, options.seed)
        (options.work / "faults.pickle").write_bytes(pickle.dumps(made))
    (options.work / "meet").unlink(missing_ok=True)
    if options.workers == 1:
        work(0, options)
    else:
        torch.multiprocessing.spawn(work, (options,), nprocs=options.workers)


if __name__ == "__main__":
    main()

"""What the network learns faults from, as piece ids: pairs with a fault, and what is known of every pair."""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch
from examples import MARKED, Example, Item, example, held_back, judged
from faulty import Fault, between_twins, good_pairs, made_false
from torch import Tensor
from tune import batched

from corpora import Row
from qa.encoder.flat import groups
from qa.encoder.tokenizer import Tokenizer
from qa.encoder.weights import WeightFile
from qa.estimate.batching import clean
from qa.estimate.marks import Marker
from qa.estimate.reader import Reader, lay_out

Side = tuple[str, str]
"""Source and translation."""
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
        return cls(rows, good + intact * 10, lost, false + of_demetr * 3)


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

"""Teach the estimator to see what a translation leaves out; writes the layers of ``qa.estimate.gaps``.

    RELECTURE_DATA=../shared/data OMP_NUM_THREADS=1 python benchmarks/qe/omissions.py [--measure]

Words are taken from translations by people, from post-edits and from the intact side of DEMETR's taught
half; the network itself stays. The threshold is the probability that 7 of 1,000 translations by people
reach, on sentences kept apart. With ``--measure`` nothing is taught: what ships is measured on DEMETR's other
half, on those sentences, and on the omissions that people marked in biomedical translations.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from dataclasses import dataclass
from math import log

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils.rnn import pad_sequence

from corpora import demetr, folder, half, news_sentences, parallel, records, squeeze, untokenised
from qa import encoder
from qa.encoder.flat import groups
from qa.encoder.use import load_use
from qa.estimate.artefact import read, write
from qa.estimate.bundled import ARTEFACT, JointEstimator
from qa.estimate.joint import MAX_PIECES
from qa.estimate.reader import lay_out
from qa.estimate.words import split_words

WIDTH = 128
EPOCHS = 8
BATCH = 32
PRIOR = 0.03
"""Share of machine translations with an omission that people marked: 155 of 5,420 biomedical ones."""
ALARMS = 0.007
Side = tuple[str, str]
"""Source and translation."""


@dataclass
class States:
    """One pair as the network sees it: ``target`` and ``source`` (pieces, hidden + 2) with border marks,
    ``ends`` of the translation's pieces in its text, ``quality``."""

    target: np.ndarray
    source: np.ndarray
    ends: np.ndarray
    quality: float


class Keeper:
    """Stands where ``Gaps`` will, and keeps what it would see."""

    def __call__(
        self, states: Tensor, likes: Tensor, quality: Tensor, parts: list[tuple[int, int, int]]
    ) -> list[tuple[np.ndarray, np.ndarray, float]]:
        seen = torch.cat([states, likes], 1).half().numpy()
        return [
            (seen[start : start + cut], seen[start + cut : start + length], good)
            for (start, cut, length), good in zip(parts, quality.tolist(), strict=True)
        ]


def states_of(estimator: JointEstimator, pairs: list[Side]) -> list[States]:
    """``pairs`` through the network, in order."""
    pieces, weights = estimator.encoder.tokenizer.pieces, estimator.encoder.weights
    cut = [(pieces(source), pieces(target)) for source, target in pairs]
    lengths = [min(MAX_PIECES, len(s.ids) + len(t.ids) + 3) for s, t in cut]
    out: list[States | None] = [None] * len(pairs)
    for number, group in enumerate(groups(lengths)):
        if number % 100 == 0:
            print(f"group {number}", file=sys.stderr)
        ids = [(cut[i][0].ids.tolist(), cut[i][1].ids.tolist()) for i in group]
        with torch.inference_mode():
            laid = lay_out(ids, (weights.bos, weights.eos, weights.pad), estimator._marker)
            seen = estimator.reader(torch.from_numpy(weights.embed(laid.ids)), laid).gaps
        for i, (target, source, good) in zip(group, seen, strict=True):
            out[i] = States(target, source, np.asarray(cut[i][1].ends)[: len(target) - 2], good)
    return out  # type: ignore[return-value]


def texts(rng: random.Random) -> tuple[list[Side], list[Side]]:
    """Pairs that teach, and pairs by people kept apart."""
    taught, apart = [], []

    def take(pairs: list[Side], number: int, kept: int) -> None:
        fitting = [pair for pair in pairs if len(pair[0]) < 300 and 40 < len(pair[1]) < 260]
        rng.shuffle(fitting)
        taught.extend(fitting[:number])
        apart.extend(fitting[number : number + kept])

    flores = parallel()
    for pair in ("fr-en", "de-en", "ru-en", "uk-en", "en-fr", "en-de", "en-ru", "ru-fr"):
        one, other = pair.split("-")
        take(list(zip(flores[one], flores[other], strict=True)), 250, 100)
    for pair, rows in sorted(news_sentences().items()):
        into_english = pair.endswith("-en")
        take([(row.src, row.mt) for row in rows], 900 if into_english else 250, 100)
    for pair in ("et-en", "ro-en", "ru-en", "ne-en", "si-en", "en-de"):
        rows = records(folder() / "qe" / f"qe_mlqepe-train_{pair}.tsv")
        take([(row["src"], untokenised(row["pe"])) for row in rows], 450, 0)
    good = {(row["src"], row["good"]): None for row in demetr() if half(squeeze(row["src"])) == 0}
    taught += list(good) * 3  # each loses other words
    rng.shuffle(taught)
    return taught, apart


def shortened(text: str, rng: random.Random) -> tuple[str, int] | None:
    """``text`` less one to five neighbouring words with a longer one among them, and where they stood."""
    words = split_words(text)
    solid = sum(text[start].isalnum() for start, _ in words)
    for _ in range(20 if solid >= 6 else 0):
        count = rng.choices((1, 2, 3, 4, 5), (0.5, 0.18, 0.14, 0.1, 0.08))[0]
        at = rng.randrange(len(words))
        taken = [text[start:end] for start, end in words[at : at + count]]
        if len(taken) < count or solid - count < 4 or max(map(len, taken)) < 4:
            continue
        if all(word[0].isalnum() for word in taken):
            before, after = text[: words[at][0]].rstrip(), text[words[at + count - 1][1] :]
            left = f"{before}{' ' if before and after[:1].isspace() else ''}{after.lstrip()}"
            return (left if before else left[:1].upper() + left[1:]), len(before)
    return None


class Layers(nn.Module):
    """``qa.estimate.gaps.Gaps`` while it learns, in padded batches."""

    def __init__(self, mean: Tensor, scale: Tensor) -> None:
        super().__init__()
        self.mean, self.scale = mean, scale
        self.left, self.right = nn.Linear(len(mean), WIDTH), nn.Linear(len(mean), WIDTH, bias=False)
        self.between, self.lost = nn.Linear(WIDTH, 1), nn.Linear(len(mean), WIDTH)
        self.unmet, self.top, self.dropout = nn.Linear(WIDTH, 1), nn.Linear(3, 1), nn.Dropout(0.3)
        with torch.no_grad():
            self.top.weight.copy_(torch.tensor([[0.5, 0.5, 0.3]]))

    def forward(self, pairs: list[States]) -> tuple[Tensor, Tensor, Tensor]:
        """Log-odds of a gap behind each piece of the translation (pairs, pieces - 1), which of them are
        real, and of any omission (pairs,)."""
        target, real = self._padded([pair.target for pair in pairs])
        source, there = self._padded([pair.source for pair in pairs])
        seen = functional.relu(self.left(target[:, :-1]) + self.right(target[:, 1:]))
        gaps = self.between(self.dropout(seen))[..., 0].masked_fill(~real[:, 1:], -1e4)
        unmet = self.unmet(self.dropout(functional.relu(self.lost(source))))[..., 0].masked_fill(~there, -1e4)
        quality = torch.tensor([pair.quality for pair in pairs])
        worst = torch.stack([gaps.logsumexp(1), unmet.logsumexp(1), -quality], 1)
        return gaps, real[:, 1:], self.top(worst)[:, 0]

    def _padded(self, sides: list[np.ndarray]) -> tuple[Tensor, Tensor]:
        known = pad_sequence([torch.ones(len(side), dtype=torch.bool) for side in sides], batch_first=True)
        seen = pad_sequence([torch.from_numpy(side).float() for side in sides], batch_first=True)
        return (seen - self.mean) / self.scale, known

    def tensors(self) -> dict[str, np.ndarray]:
        """As ``Gaps`` reads them; the odds for an even share of omissions become those of ``PRIOR``."""
        found = {"mean": self.mean, "scale": self.scale, "right": self.right.weight.T}
        for name in ("left", "between", "lost", "unmet", "top"):
            layer = getattr(self, name)
            found[name] = torch.cat([layer.weight.T, layer.bias[None]])
        for name in ("between", "unmet", "top"):
            found[name] = found[name][:, 0]
        found["top"] = found["top"] + torch.tensor([0, 0, 0, log(PRIOR / (1 - PRIOR))])
        half_sized = ("left", "right", "lost")
        return {
            f"gaps/{name}": value.detach().numpy().astype(np.float16 if name in half_sized else np.float32)
            for name, value in found.items()
        }


def place_of(pair: States, gap: int) -> int:
    """Between which pieces a text was cut at ``gap``: the number of the one before, the border mark is 0."""
    return 0 if gap == 0 else min(int(np.searchsorted(pair.ends, gap)) + 1, len(pair.ends))


def taught(whole: list[States], cut: list[States], places: list[int]) -> Layers:
    """The layers after ``EPOCHS`` rounds over the pairs, whole and cut."""
    sample = torch.from_numpy(np.concatenate([pair.target for pair in whole[:800]]).astype(np.float32))
    layers = Layers(sample.mean(0), sample.std(0) + 1e-3)
    order = sorted(range(len(whole)), key=lambda i: len(whole[i].target) + len(whole[i].source))
    batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    optimiser = torch.optim.AdamW(layers.parameters(), 2e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=EPOCHS * len(batches))
    judged = functional.binary_cross_entropy_with_logits
    rng = random.Random(0)  # noqa: S311
    for epoch in range(EPOCHS):
        rng.shuffle(batches)
        total = 0.0
        for batch in batches:
            none, inside, fine = layers([whole[i] for i in batch])
            gaps, real, poor = layers([cut[i] for i in batch])
            at = torch.zeros_like(gaps)
            at[torch.arange(len(batch)), [places[i] for i in batch]] = 1
            of_gaps = judged(none[inside], at.new_zeros(int(inside.sum())), reduction="sum")
            of_gaps = of_gaps + judged(gaps[real], at[real], reduction="sum")
            of_pairs = judged(fine, torch.zeros(len(batch))) + judged(poor, torch.ones(len(batch)))
            loss = of_pairs + functional.softplus(fine - poor).mean() + 0.5 * of_gaps / len(batch)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(f"round {epoch + 1}: loss {total / len(batches):.3f}", file=sys.stderr)
    return layers.eval()


def teach() -> None:
    rng = random.Random(5)  # noqa: S311
    estimator = fresh()
    estimator.reader.gaps = Keeper()  # type: ignore[assignment]
    pairs, apart = texts(rng)
    losses = [(source, target, lost) for source, target in pairs if (lost := shortened(target, rng))]
    cut = states_of(estimator, [(source, left) for source, _, (left, _) in losses])
    whole = states_of(estimator, [(source, target) for source, target, _ in losses])
    places = [place_of(pair, at) for pair, (*_, (_, at)) in zip(cut, losses, strict=True)]
    torch.manual_seed(0)
    tensors = taught(whole, cut, places).tensors()
    artefact = read(ARTEFACT)
    kept = {name: value for name, value in artefact.tensors.items() if not name.startswith("gaps/")}
    made = {name: value for name, value in artefact.meta.items() if name not in ("format", "sha256")}
    write(ARTEFACT, kept | tensors, made | {"omission_threshold": 0.0})
    odds = sorted(odds_of(fresh(), apart))
    threshold = round(1 / (1 + np.exp(-odds[int((1 - ALARMS) * len(odds))])), 4)
    digest = write(ARTEFACT, kept | tensors, made | {"omission_threshold": float(threshold)})
    print(f"{len(losses)} pairs taught; threshold {threshold}; art:{digest[:8]}")


def fresh() -> JointEstimator:
    """The estimator that ships, remembering nothing."""
    base = encoder.load(threads=1, cache=False)
    return JointEstimator(read(ARTEFACT), base, load_use(threads=1, cache=False))  # type: ignore[arg-type]


def odds_of(estimator: JointEstimator, pairs: list[Side]) -> list[float]:
    raws = estimator.raw(pairs, "en", "en")  # languages matter for other numbers only
    return [-99.0 if raw is None or raw.omission is None else raw.omission for raw in raws]


def measure() -> None:
    estimator = fresh()
    least = {name: log(level / (1 - level)) for name, level in estimator.thresholds.items()}
    least["lowest"] = log(estimator.omission_threshold / (1 - estimator.omission_threshold))
    names = ("precise", "balanced")
    print(f"| pairs | n | {' | '.join(names)} |\n|---|---|---|---|")

    def told(what: str, pairs: list[Side], digits: int = 3) -> None:
        odds = np.array(odds_of(estimator, pairs))
        shares = [(odds >= max(least[name], least["lowest"])).mean() for name in names]
        print(f"| {what} | {len(pairs)} | {' | '.join(f'{share:.{digits}f}' for share in shares)} |")

    _, apart = texts(random.Random(5))  # noqa: S311
    told("by people, kept apart", apart, 4)
    kinds: dict[str, list[Side]] = defaultdict(list)
    for row in demetr():
        if half(squeeze(row["src"])) == 1:
            if row["category"].endswith("_removed") and row["category"].split("_")[2] not in (
                "char",
                "final",
            ):
                kinds[row["category"]].append((row["src"], row["bad"]))
            kinds["intact"].append((row["src"], row["good"]))
    for kind, pairs in sorted(kinds.items()):
        unique = list(dict.fromkeys(pairs))
        told(f"DEMETR {kind}", unique)
    marked: dict[bool, list[Side]] = defaultdict(list)
    for path in sorted((folder() / "spans").glob("spans_biomqm-dev_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            omitted = any("omission" in (span.get("category") or "").lower() for span in row["spans"])
            marked[omitted].append((row["src"], row["mt"]))
    for omitted, pairs in sorted(marked.items()):
        told(f"biomedical, {'with an omission that people marked' if omitted else 'without'}", pairs, 4)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--measure", action="store_true", help="measure what ships")
    torch.set_num_threads(1)
    measure() if parser.parse_args().measure else teach()


if __name__ == "__main__":
    main()

"""Calibrate a trained network and write the artefact that the package ships.

    RELECTURE_DATA=../shared/data python benchmarks/qe/ship.py --work WORKDIR [--earlier FIRST/joint.pt]
    RELECTURE_DATA=../shared/data python benchmarks/qe/ship.py --faults WORKDIR
    RELECTURE_DATA=../shared/data python benchmarks/qe/ship.py --again [--vectors WORKDIR/vectors.npz]

With ``--earlier``, what is shipped lies between the weights that a run began from and those it ended with:
``--share`` of the way. The end of a long run fits its training pairs better than others.

With ``--faults`` it is what ``faults.py`` made of the network that ships. With ``--again`` the weights that
ship stay, and what is fitted on top of them is fitted anew. With ``--vectors`` the judge of vectors is the
one that ``vectors.py`` wrote, else the one that ships.

Shrinks the weights to 4-bit differences first, so that everything is fitted on what will be used. The rows
are those that training held back (one source in sixteen).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from dataclasses import replace
from hashlib import sha256
from math import log
from pathlib import Path

import numpy as np
import torch
from calibrate import readout, sentence_curves, word_curves
from examples import good_translations, held_back, judged_rows
from faults import Layers, Watched, as_shipped
from faulty import held_news, kept_apart, shortened, without_phrase
from sklearn.linear_model import LogisticRegression
from twins import MARGINS, twins

from corpora import Row, rank_by_rate
from qa import encoder
from qa.encoder.e5 import E5Encoder
from qa.encoder.use import UseEncoder, load_use
from qa.encoder.weights import WeightFile
from qa.estimate.artefact import Artefact, read, write
from qa.estimate.bundled import ARTEFACT, JointEstimator, Raw, between
from qa.estimate.joint import WIDTH
from qa.estimate.slips import KINDS
from qa.estimate.stretch import chance
from qa.estimate.tuned import blank_network, grown, shrunk
from qa.estimate.vectors import LAYERS

TWINS, SEED = 1500, 1001
ALARMS, PRECISE_ALARMS = 0.02, 0.005
"""Shares of translations by people in which an omission may be told of: at all, and at `precise`."""
CURVES = (
    *(f"{name}/{axis}" for name in ("quality", "hter", "word", "major") for axis in "xy"),
    *(f"interval/{known}/{part}" for known in ("seen", "unseen") for part in ("at", "low", "high")),
    "blend",
    "readout",
    "omission",
)
"""What is fitted on top of the weights."""
FITTED = (
    *("format", "sha256", "encoder", "pairs", "calibration"),
    *("word_thresholds", "word_levels", "interval_scale", "omission_threshold"),
)


def slipped(estimator: JointEstimator) -> tuple[list[tuple[Raw, Raw, float]], dict[str, list[Raw]]]:
    """Twins that training did not see, as the estimator reads them: the good one, the bad one, the margin;
    and the good ones, which people wrote, by languages."""
    found, people = [], defaultdict(list)
    groups: dict[str, list[tuple[Row, Row, str]]] = defaultdict(list)
    for good, bad, kind in twins(good_translations(SEED), TWINS, SEED):
        groups[good.pair].append((good, bad, kind))
    for group in groups.values():
        langs = group[0][0].langs
        pairs = [(row.src, row.mt) for good, bad, _ in group for row in (good, bad)]
        raws = estimator.raw(pairs, *langs)
        for (_, _, kind), good, bad in zip(group, raws[::2], raws[1::2], strict=True):
            if good is not None and bad is not None:
                found.append((good, bad, MARGINS[kind]))
                people[between(*langs)].append(good)
    return found, people


def with_hidden(estimator: JointEstimator, rows: list[Row]) -> list[tuple[Row, Raw, np.ndarray]]:
    """Rows of one language pair that have something to read, what the network says of each, and its last
    hidden layer (width,)."""
    seen: dict[tuple[float, ...], np.ndarray] = {}

    def keep(_: torch.nn.Module, given: tuple[torch.Tensor, ...], out: torch.Tensor) -> None:
        seen.update(zip(map(tuple, out.tolist()), given[0].numpy(), strict=True))

    hook = estimator.reader.outer.register_forward_hook(keep)
    raws = estimator.raw([(row.src, row.mt) for row in rows], *rows[0].langs) if rows else []
    hook.remove()
    # The batches come in another order; what the layer came to tells whose it was.
    return [(row, raw, seen[raw.quality, raw.hter]) for row, raw in zip(rows, raws, strict=True) if raw]


def trained(
    work: Path, earlier: Path | None, share: float, weights: WeightFile
) -> tuple[dict[str, np.ndarray], dict[str, object]]:
    """The weights to ship, shrunk, and what made them."""
    network = blank_network(weights)
    end = torch.load(work / "joint.pt")
    made = json.loads((work / "joint.json").read_text()) | {"mixed": {}}
    if earlier is not None:
        for name, begun in torch.load(earlier).items():
            end[name] = torch.lerp(begun, end[name], share)
        made["mixed"] = {"earlier": sha256(earlier.read_bytes()).hexdigest()[:12], "share": share}
    network.load_state_dict(end)
    return shrunk(network, weights), made


def with_faults(
    work: Path, share: float, weights: WeightFile
) -> tuple[dict[str, np.ndarray], dict[str, object]]:
    """The same of what lies ``share`` of the way from the network that ships to what ``faults.py`` wrote."""
    artefact = read(ARTEFACT)
    plain = grown(artefact.tensors, weights, torch.float32)
    network, layers = Watched(plain.body, plain.common), Layers(as_shipped(artefact.tensors))
    network.load_state_dict(plain.state_dict())
    taught = torch.load(work / "faults.pt")
    for prefix, module in (("network.", network), ("layers.", layers)):
        old = module.state_dict()
        between = {name: torch.lerp(value, taught[prefix + name], share) for name, value in old.items()}
        module.load_state_dict(between)
    made = shipped()[1] | {"faults": json.loads((work / "faults.json").read_text()) | {"share": share}}
    return shrunk(network, weights) | layers.tensors(), made


def judge_of_vectors(path: Path | None) -> tuple[dict[str, np.ndarray], dict[str, object]]:
    """Its layers and what made them: those that ``vectors.py`` wrote, without ``path`` those that ship."""
    if path is None:
        artefact = read(ARTEFACT)
        layers = {name: value for name, value in artefact.tensors.items() if name.startswith("vectors/")}
        return layers, {"vectors": artefact.meta["vectors"]}
    with np.load(path) as written:
        layers = {f"vectors/{number}": written[f"arr_{number}"] for number in range(LAYERS)}
    return layers, {"vectors": sha256(path.read_bytes()).hexdigest()[:12]}


def bare_estimator(
    tensors: dict[str, np.ndarray], pairs: list[str], base: E5Encoder, use: UseEncoder
) -> JointEstimator:
    """What is shipped before anything is fitted on top of it: only its raw numbers mean something. ``pairs``
    of languages are those that taught it."""
    flat = {name: np.array([0, 1], np.float32) for name in CURVES}
    flat["blend"] = np.zeros(4 + len(KINDS), np.float32)
    flat["readout"] = np.zeros(WIDTH, np.float32)
    flat["omission"] = np.zeros(3, np.float32)
    meta = {"encoder": base.signature, "pairs": pairs, "word_thresholds": {}, "omission_threshold": 1.0}
    return JointEstimator(Artefact(tensors | flat, meta, "0" * 64), base, use)


def omission_weights(estimator: JointEstimator, precise: float) -> tuple[np.ndarray, float]:
    """(4,): the weights of what the network sees of an omission, of the length and of its square where it is
    short, and the bias; and the probability from which an omission is told of.

    The weights are fitted on translations by people, whole and with words, phrases or clauses taken out. How
    often something is left out in life nobody knows: the bias makes ``PRECISE_ALARMS`` of the translations by
    people that were kept apart reach the threshold of words that is called `precise`.
    """
    rng = random.Random(SEED)  # noqa: S311
    known, omitted = [], []
    for group in held_news().values():
        sides = []
        for row in group:
            word, phrase = shortened(row.mt, rng), without_phrase(row.mt, rng)
            if word and phrase:
                sides += [(row.src, row.mt), (row.src, word[0]), (row.src, phrase)]
        for at, raw in enumerate(estimator.raw(sides, *group[0].langs)):
            if raw is not None and raw.omitted is not None:
                known.append((raw.omitted, raw.length, min(raw.length, 0.0) ** 2))
                omitted.append(at % 3 > 0)
    weights = LogisticRegression(C=10, max_iter=1000).fit(known, omitted).coef_[0]
    groups = defaultdict(list)
    for row in kept_apart():
        groups[row.langs].append((row.src, row.mt))
    people = [
        raw.omission((*weights, 0.0))
        for langs, sides in groups.items()
        for raw in estimator.raw(sides, *langs)
        if raw is not None
    ]
    most, some = np.quantile(people, [1 - PRECISE_ALARMS, 1 - ALARMS])
    bias = log(precise / (1 - precise)) - most
    return np.array([*weights, bias], np.float32), round(chance(some + bias), 4)


def weigh_omissions(base: E5Encoder, use: UseEncoder, out: Path) -> None:
    """Writes what ships with omissions weighed anew."""
    artefact = read(ARTEFACT)
    estimator = JointEstimator(artefact, base, use)
    weights, least = omission_weights(estimator, estimator.thresholds["precise"])
    kept = {name: value for name, value in artefact.meta.items() if name not in ("format", "sha256")}
    meta = kept | {"omission_threshold": least}
    digest = write(out, {**artefact.tensors, "omission": weights}, meta)
    print(
        f"weights {weights.tolist()}, told of from {least}; wrote {out.name}, {digest[:8]}", file=sys.stderr
    )


def shipped() -> tuple[dict[str, np.ndarray], dict[str, object]]:
    """The same of the artefact that ships."""
    artefact = read(ARTEFACT)
    made = {name: value for name, value in artefact.meta.items() if name not in FITTED}
    return {name: value for name, value in artefact.tensors.items() if name not in CURVES}, made


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--work", type=Path, help="the folder that tune.py wrote to")
    what.add_argument("--faults", type=Path, help="the folder that faults.py wrote to")
    what.add_argument("--again", action="store_true", help="calibrate what ships anew")
    what.add_argument(
        "--omissions", action="store_true", help="fit anew how omissions are weighed; all else stays"
    )
    parser.add_argument("--vectors", type=Path, help="what vectors.py wrote")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ARTEFACT)
    parser.add_argument("--earlier", type=Path, help="the weights that the run began from")
    parser.add_argument(
        "--share", type=float, default=0.3, help="how far from what was begun with to the end"
    )
    options = parser.parse_args()
    base = encoder.load(threads=options.threads, cache=False)
    assert isinstance(base, E5Encoder)
    if options.omissions:
        weigh_omissions(base, load_use(threads=options.threads, cache=False), options.out)
        return
    if options.again:
        tensors, made = shipped()
    elif options.faults:
        tensors, made = with_faults(options.faults, options.share, base.weights)
    else:
        tensors, made = trained(options.work, options.earlier, options.share, base.weights)

    layers, vectors = judge_of_vectors(options.vectors)
    tensors, made = tensors | layers, made | vectors

    groups = judged_rows()
    # "br" of the biomedical sets is Brazilian Portuguese.
    pairs = sorted({name.rsplit(" ", 1)[1].replace("br-", "pt-") for name in groups})
    bare = bare_estimator(tensors, pairs, base, load_use(threads=options.threads, cache=False))
    found = []
    for group in groups.values():
        rank_by_rate(group)
        found += with_hidden(bare, [row for row in group if held_back(row.key)])
    rows, raws = [row for row, *_ in found], [raw for _, raw, _ in found]
    added_weights, added = readout(np.array([hidden for *_, hidden in found]), raws, rows)
    raws = [replace(raw, quality=raw.quality + more) for raw, more in zip(raws, added.tolist(), strict=True)]
    bare.reader.outer.weight[0] += torch.from_numpy(added_weights)
    twins_read, people = slipped(bare)
    sentence, seen = sentence_curves(rows, raws, twins_read)
    words, marked = word_curves(rows, raws, people)
    thresholds = marked.pop("word_thresholds")
    omission, least = omission_weights(bare, thresholds["precise"])
    sentence |= {"readout": added_weights, "omission": omission}
    meta = {
        "encoder": base.signature,
        "pairs": pairs,
        **made,
        "word_thresholds": thresholds,
        "word_levels": marked.pop("word_levels"),
        "interval_scale": seen["interval_scale"],
        "omission_threshold": least,
        "calibration": seen | marked,
    }
    digest = write(options.out, tensors | sentence | words, meta)
    print(json.dumps(seen | marked, indent=1), file=sys.stderr)
    print(
        f"wrote {options.out.name}, {options.out.stat().st_size / 1e6:.2f} MB, {digest[:8]}", file=sys.stderr
    )


if __name__ == "__main__":
    main()

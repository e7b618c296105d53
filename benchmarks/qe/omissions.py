"""Which omissions and additions the estimator that ships finds, and how often it cries wolf.

    RELECTURE_DATA=../shared/data OMP_NUM_THREADS=1 python benchmarks/qe/omissions.py

On DEMETR's half of sources that nothing was taught with, on translations by people that were kept apart,
whole and cut, and on the biomedical translations in which people marked omissions. A share is that of the
pairs in which the check `left-out` flags something at the two thresholds of `--suspicion`; at "2%" the
threshold is what two of 100 intact translations of DEMETR reach, at "2% people" what two of 100 by people
do. The last rows are those of `added-words`: there it is the source that was cut.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict

import numpy as np
import torch
from faulty import LEFT_OUT, kept_apart, shortened, without_phrase

from corpora import Row, demetr, folder, half, squeeze
from qa import encoder
from qa.encoder.use import load_use
from qa.estimate.artefact import read
from qa.estimate.bundled import ARTEFACT, JointEstimator
from qa.estimate.stretch import chance

LEVELS = ("precise", "balanced")
LANGUAGES = {
    "russian": "ru", "chinese_simple": "zh", "polish": "pl", "french": "fr", "hindi": "hi", "japanese": "ja",
    "german": "de", "czech": "cs", "italian": "it", "spanish": "es",
}  # fmt: skip
Sets = dict[str, list[Row]]


def cut(name: str, rows: list[Row]) -> Sets:
    """Rows that lost one to five words, and rows that lost a phrase or a clause."""
    rng = random.Random(7)  # noqa: S311 - sampling, not secrets
    out: Sets = {f"{name} less some words": [], f"{name} less a phrase or clause": []}
    for row in rows:
        word, phrase = shortened(row.mt, rng), without_phrase(row.mt, rng)
        for left, found in zip((word and word[0], phrase), out.values(), strict=True):
            if left:
                found.append(Row(row.set, row.pair, row.src, left))
    return out


def sets() -> Sets:
    """Name → pairs."""
    people = kept_apart()
    out = {"by people": people} | cut("by people", people)
    of_demetr: dict[str, dict[tuple[str, str], Row]] = defaultdict(dict)
    for row in demetr():
        if half(squeeze(row["src"])) == 1:
            pair = f"{LANGUAGES[row['src_lang']]}-en"
            for name, text in (("intact", row["good"]), (row["category"].split("_", 2)[2], row["bad"])):
                if name == "intact" or row["category"] in LEFT_OUT:
                    of_demetr[name][row["src"], text] = Row("demetr", pair, row["src"], text)
    out |= {f"DEMETR {name}": list(rows.values()) for name, rows in of_demetr.items()}
    out |= cut("DEMETR", out["DEMETR intact"])
    marked: dict[str, dict[tuple[str, str], Row]] = {"with an omission that people marked": {}, "without": {}}
    for path in sorted((folder() / "spans").glob("spans_biomqm-dev_*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            omitted = any("omission" in (span.get("category") or "").lower() for span in row["spans"])
            kind = "with an omission that people marked" if omitted else "without"
            pair = path.stem.rsplit("_", 1)[1]
            marked[kind][row["src"], row["mt"]] = Row("biomqm", pair, row["src"], row["mt"])
    return out | {f"biomedical, {kind}": list(rows.values()) for kind, rows in marked.items()}


def by_languages(rows: list[Row]) -> list[list[Row]]:
    groups = defaultdict(list)
    for row in rows:
        groups[row.langs].append(row)
    return list(groups.values())


def left_out(estimator: JointEstimator, weights: list[float], rows: list[Row]) -> np.ndarray:
    """(rows,): probabilities of an omission; 0 where a pair was cut."""
    found = []
    for group in by_languages(rows):
        raws = estimator.raw([(row.src, row.mt) for row in group], *group[0].langs)
        found += [chance(raw.omission(weights)) if raw else 0.0 for raw in raws]
    return np.array(found)


def added(estimator: JointEstimator, rows: list[Row]) -> np.ndarray:
    """(rows,): probabilities of an addition, 0 where nothing is told of one."""
    found = []
    for group in by_languages(rows):
        told = estimator.estimate([(row.src, row.mt) for row in group], *group[0].langs)
        found += [max((word.bad for word in one.added), default=0.0) for one in told]
    return np.array(found)


def turned(rows: list[Row]) -> list[Row]:
    """The translations as sources: where they were cut, the new translations say more than these."""
    return [Row(row.set, "-".join(row.pair.split("-")[::-1]), row.mt, row.src) for row in rows]


def main() -> None:
    torch.set_num_threads(1)
    base = encoder.load(threads=1, cache=False)
    artefact = read(ARTEFACT)
    estimator = JointEstimator(artefact, base, load_use(threads=1, cache=False))  # type: ignore[arg-type]
    weights = artefact.tensors["omission"].tolist()
    rows = sets()
    found = {name: left_out(estimator, weights, group) for name, group in rows.items()}
    least = {name: max(estimator.thresholds[name], estimator.omission_threshold) for name in LEVELS}
    least["2%"] = float(np.quantile(found["DEMETR intact"], 0.98))
    least["2% people"] = float(np.quantile(found["by people"], 0.98))
    for name, group in rows.items():
        if name.startswith("by people"):
            found[f"{name}, turned"] = added(estimator, turned(group))
    print(f"| pairs | n | {' | '.join(least)} |\n{'|---' * (len(least) + 2)}|")
    for name, told in found.items():
        shares = [f"{(told >= level).mean():.4f}" for level in least.values()]
        if name.endswith("turned"):
            shares[2:] = ["", ""]
        print(f"| {name} | {len(told)} | {' | '.join(shares)} |")


if __name__ == "__main__":
    main()

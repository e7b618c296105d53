"""How well gaps in English are seen, and the weights by which they are.

    python benchmarks/gaps.py [--half develop|report]
    python benchmarks/gaps.py --fit qa/terms/seams.tsv

The weights are fitted on good English sentences (the English side of human translations whose hash
says *develop*, sources and post-edits of MLQE-PE, WMT21 references): places where a name was taken out
against all others. Reads ``RELECTURE_DATA`` as ``checks.py`` does.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import checks as bench
import numpy as np
from names import half

from qa.checks.name_suspects import capital_bias
from qa.terms.gaps import gaps
from qa.terms.names import names
from qa.terms.seams import evidence, pieces, seams

SENTENCES, DAMAGED = 25_500, 16_000
"""Sentences that are fitted on, and of these how many lose a name; what is left tests the fit."""
SEEN = 0.35
"""Share of the places of a good sentence that are fitted on."""
NAMES = 3
RAREST, LIGHTEST = 3, 0.6
"""How often evidence must be met to be fitted, and the weight it must have to be kept."""
LIMITS = (2.5, 2.1, 1.55, 1.1)
REMOVED = ("ne_removed", "noun_removed", "subj_removed", "verb_removed", "adj_adv_removed", "pp_removed")


def english() -> list[str]:
    """Good English sentences, in a random order that is always the same."""
    found = list(dict.fromkeys(_english()))
    random.Random(4).shuffle(found)  # noqa: S311
    return found


def _english() -> Iterator[str]:
    for _, source_lang, target_lang, both in bench.human():
        for source, target in both if "en" in (source_lang, target_lang) else ():
            text = source if source_lang == "en" else target
            if text.strip() and half(text) == "develop":
                yield text
    csv.field_size_limit(sys.maxsize)
    for path in sorted((bench.DATA / "qe").glob("qe_*.tsv")):
        source_lang, target_lang = path.stem.rsplit("_", 1)[1].split("-")
        if "biomqm" in path.stem or "dev_" in path.stem or "en" not in (source_lang, target_lang):
            continue
        for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
            text = row["src"] if source_lang == "en" else row.get("ref") or row.get("pe") or row["mt"]
            if text and " ," not in text and " ." not in text:
                yield text


def damaged(text: str, rng: random.Random) -> Iterator[tuple[str, ...]]:
    """The evidence of the places where a name was taken out of ``text``."""
    for name in names(text, "en", "de", capital_bias)[:NAMES]:
        start, end = name.start, name.end
        if rng.random() < 0.5 and text[:start].lower().endswith("the "):
            start -= 4
        spaced = start == 0 or text[start - 1] == " "
        rest = text[:start] + (text[end:].lstrip() if spaced else text[end:])
        if not text[:start].strip():
            rest = rest[:1].upper() + rest[1:]
        found = pieces(rest)
        at = next((at for at, piece in enumerate(found) if piece.start >= start), len(found))
        if at < len(found):
            yield evidence(found, at)


def fit(path: Path) -> None:
    """Write the weights that matter."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rng = random.Random(4)  # noqa: S311
    wrong, right = [], []
    for at, text in enumerate(english()[:SENTENCES]):
        found = pieces(text)
        right += [evidence(found, place) for place in range(len(found)) if rng.random() < SEEN]
        if at < DAMAGED:
            wrong += damaged(text, rng)
    counts = Counter(key for keys in (*wrong, *right) for key in set(keys))
    vectoriser = DictVectorizer(dtype=np.float32)
    x = vectoriser.fit_transform(
        [{key: 1 for key in keys if counts[key] >= RAREST} for keys in (*wrong, *right)]
    )
    model = LogisticRegression(C=0.5, max_iter=500)
    model.fit(x, np.array([1] * len(wrong) + [0] * len(right)))
    weights = dict(zip(vectoriser.get_feature_names_out(), model.coef_[0].tolist(), strict=True))
    kept = {key: value for key, value in sorted(weights.items()) if abs(value) > LIGHTEST}
    lines = [f"{key}\t{value:.1f}" for key, value in {"": float(model.intercept_[0]), **kept}.items()]
    path.write_text(
        "## evidence of a gap, its weight (log odds)\n" + "\n".join(lines) + "\n", encoding="utf-8"
    )
    print(f"{len(wrong)} damaged and {len(right)} other places, {len(kept)} weights")


def best(text: str) -> float:
    return max((seam.odds for seam in seams(text)), default=-9.0)


def report(wanted: str) -> None:
    """Share of damaged translations with a new gap, and of intact and good sentences with one, by limit."""
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for records in bench.demetr().values():
        seen = set()
        for record in records:
            if half(record["src"]) != wanted:
                continue
            good = record["good"]
            if good not in seen:
                seen.add(good)
                found["intact"].append((best(good), bool(gaps(good, "en"))))
            if record["category"].endswith(REMOVED):
                value = best(record["bad"])
                fresh = bool(gaps(record["bad"], "en")) and not gaps(good, "en")
                found[record["category"]].append((value if value > best(good) else -9.0, fresh))
    found["unread good sentences"] = [(best(t), bool(gaps(t, "en"))) for t in english()[SENTENCES:]]
    for kind, values in sorted(found.items()):
        shares = "  ".join(f"{np.mean([odds >= limit for odds, _ in values]):.4f}" for limit in LIMITS)
        seen = float(np.mean([fresh for _, fresh in values]))
        print(f"{kind:34s} n={len(values):5d}  from {LIMITS}: {shares}  `gaps` {seen:.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fit", type=Path, help="write weights")
    parser.add_argument("--half", choices=["develop", "report"], default="report")
    args = parser.parse_args()
    if not bench.DATA.is_dir():
        sys.exit(f"no data at {bench.DATA}: set RELECTURE_DATA")
    if args.fit:
        fit(args.fit)
    else:
        report(args.half)


if __name__ == "__main__":
    main()

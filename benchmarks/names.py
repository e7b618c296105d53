"""How well wrong names are told from human freedom, and the weights of that judgement.

    python benchmarks/names.py [--half develop|report] [--demetr] [--encoder] [--spelling]
    python benchmarks/names.py --fit qa/checks/name_weights.json
    python benchmarks/names.py --means qa/checks/name_means.npz

Positives are DEMETR's replaced and removed names and twins made here of human translations (a name
replaced by one of another sentence or by a surname that begins alike, removed alone or from a list,
misspelt); negatives are the human translations themselves. Sources are halved by a hash: weights and
thresholds come from one half, figures from the other. Reads ``RELECTURE_DATA`` as ``checks.py`` does.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import checks as bench

from qa.checks import name_evidence as evidence
from qa.checks.base import Context
from qa.checks.evidence import Company
from qa.checks.name_lists import lists
from qa.checks.name_match import LAYERS, Matches
from qa.checks.name_spelling import NameSpelling
from qa.checks.name_suspects import capital_bias, suspects, unheard
from qa.checks.names import NamesCheck
from qa.encoder import Encoder, load
from qa.lang import base, script
from qa.model import Segment, Side
from qa.terms.gaps import gaps
from qa.terms.given_names import given_names
from qa.terms.names import Word, country, names, placed, words
from qa.terms.transliteration import likeness

COMPANY = Company()
DEMETR = {"critical_id9_ne_replaced": "replaced", "critical_id25_ne_removed": "removed"}
WEIGHTS = {"intact": 2.0, "drawn: replaced": 0.4, "drawn: removed": 0.4}
"""Of a kind in the fit, where it is not 1."""
USUAL = {"target": -1.2, "source": -0.6}
"""Added to the intercepts: errors are much commoner among the pairs of the fit than in translations."""
THIN = 3
"""One human pair in so many is fitted on: the thresholds, not the weights, fix what is reported."""
FREEDOM = 0.03
"""How far the weights may go (scikit-learn's C): of .03 to 1 the best by cross-validation."""
ONE_IN = 9
"""Human pairs of which one is made into twins."""
ALIKE = 0.85
"""Likeness from which two surnames are no two names, and a surname is in the source."""


@dataclass(frozen=True)
class Pair:
    kind: str
    """``human``, ``intact`` or a kind of damage."""
    origin: str
    source_lang: str
    target_lang: str
    source: str
    target: str
    good: str
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.kind, self.source_lang, self.target_lang, self.source)


def half(source: str) -> str:
    return ("develop", "report")[hashlib.sha256(source.encode()).digest()[0] % 2]


def taught(source: str) -> bool:
    """Whether weights may be fitted on this source: the developing half, and half of the other. What is
    left is the ``unread`` quarter."""
    digest = hashlib.sha256(source.encode()).digest()
    return digest[0] % 2 == 0 or digest[1] % 2 == 0


def pairs(wanted: str) -> Iterator[Pair]:
    """Human pairs, twins made of them, and DEMETR's."""
    yield from human_pairs(wanted)
    yield from demetr_pairs(wanted)


def human_pairs(wanted: str) -> Iterator[Pair]:
    rng = random.Random(3)  # noqa: S311 (a reproducible sample)
    pool: dict[str, list[str]] = defaultdict(list)
    families: dict[str, list[str]] = defaultdict(list)
    chosen: list[Pair] = []
    every: list[Pair] = []
    for origin, source_lang, target_lang, both in bench.human():
        both = [pair for pair in both if all(map(str.strip, pair))]
        for at, (source, target) in enumerate(both):
            if half(source) != wanted or (len(both) > 1500 and at // 50 % 3):
                continue
            near = [pair for pair in both[max(0, at - 8) : at + 9] if pair != (source, target)]
            pair = Pair("human", origin, source_lang, target_lang, source, target, target,
                        tuple(p[0] for p in near), tuple(p[1] for p in near))  # fmt: skip
            yield pair
            every.append(pair)
            families[target_lang] += [word.text for word in surnames(target, target_lang, source_lang)]
            if at % 7 == 0:
                pool[target_lang] += [
                    target[name.start : name.end]
                    for name in names(target, target_lang, source_lang, capital_bias)
                    if not name.words[0].first
                ]
            if rng.random() < 1 / ONE_IN:
                chosen.append(pair)
    for pair in chosen:
        yield from twins(pair, pool[pair.target_lang], rng)
    for pair in every:  # few have a name that serves
        yield from namesakes(pair, families[pair.target_lang], rng)
        yield from shortened(pair, rng)


def demetr_pairs(wanted: str) -> Iterator[Pair]:
    for lang, records in bench.demetr().items():
        seen = set()
        for record in records:
            source = record["src"]
            if half(source) != wanted:
                continue
            if source not in seen:
                seen.add(source)
                yield Pair("intact", "demetr", lang, "en", source, record["good"], record["good"])
            if record["category"] in DEMETR:
                kind = DEMETR[record["category"]]
                yield Pair(kind, "demetr", lang, "en", source, record["bad"], record["good"])


def strangers(found: Sequence[Pair], rng: random.Random) -> Iterator[Pair]:
    """DEMETR's way with names, on more names than it took: of each intact pair every name once replaced by
    one of another translation, and once removed."""
    intact = [pair for pair in found if pair.kind == "intact"]
    spans = {pair.key: names(pair.good, "en", base(pair.source_lang), capital_bias) for pair in intact}
    pool = [pair.good[name.start : name.end] for pair in intact for name in spans[pair.key]]
    for pair in intact:
        doubted = {s.name for s in suspects(pair.good, "en", pair.source, base(pair.source_lang))}
        for name in spans[pair.key]:
            stranger = rng.choice(pool)
            if name in doubted or set(stranger.split()) & set(pair.good.split()):
                continue
            before, after = pair.good[: name.start], pair.good[name.end :]
            yield replace(pair, kind="drawn: replaced", target=before + stranger + after)
            yield replace(pair, kind="drawn: removed", target=before + after.lstrip())


def twins(pair: Pair, pool: Sequence[str], rng: random.Random) -> Iterator[Pair]:
    """Twins of a pair whose translation holds a name with a plain counterpart."""
    text, lang, other = pair.target, pair.target_lang, pair.source_lang
    unsure = {s.name for s in suspects(text, lang, pair.source, other)}
    found = [name for name in names(text, lang, other, capital_bias) if name not in unsure]
    if not found or not pool:
        return
    name, stranger = rng.choice(found), rng.choice(pool)
    if set(stranger.split()) & set(text.split()):
        return
    before, old, after = text[: name.start], text[name.start : name.end], text[name.end :]
    letters = list(old)
    at = rng.randrange(1, len(old))
    letters[at] = rng.choice("aeiourstnlk" if ord(old[0]) < 0x400 else "аеиорстнлк")
    for kind, damaged in (
        ("made: replaced", before + stranger + after),
        ("made: removed", before + after.lstrip()),
        ("made: misspelt", before + "".join(letters) + after),
    ):
        if damaged != text:
            yield replace(pair, kind=kind, target=damaged, good=text)


def surnames(text: str, lang: str, other: str) -> list[Word]:
    """The words after given names, but for titles and places."""
    return [
        last
        for name in names(text, lang, other, capital_bias)
        for given, last in pairwise(name.words)
        if given_names(given.text, lang) and last in name.sure and len(last.text) > 3
        and text[last.start - 1] == " "
        and not (country(last.text, lang) or placed(last.text, lang) or given_names(last.text, lang))
    ]  # fmt: skip


def namesakes(pair: Pair, pool: Sequence[str], rng: random.Random) -> Iterator[Pair]:
    """A surname that the source has too replaced by another that begins with its two letters."""
    text, lang, other = pair.target, pair.target_lang, pair.source_lang
    kind = "made: begins alike, " + ("one script" if script(lang) == script(other) else "two scripts")
    for name in names(text, lang, other, capital_bias):
        last = name.words[-1]
        if (
            len(name.words) < 2
            or last not in name.sure
            or country(last.text, lang)
            or placed(last.text, lang)
        ):
            continue
        if max(likeness(last.text, word.text) for word in words(pair.source)) < ALIKE:
            continue
        alike = sorted(
            {
                word
                for word in pool
                if word[:2] == last.text[:2] and word not in text and likeness(word, last.text) < ALIKE
            }
        )
        if alike:
            damaged = text[: last.start] + rng.choice(alike) + text[last.end :]
            yield replace(pair, kind=kind, target=damaged, good=text)
            return


def shortened(pair: Pair, rng: random.Random) -> Iterator[Pair]:
    """One name of a list and what joins it left out, if the source has them all plainly."""
    text, lang, other = pair.target, pair.target_lang, pair.source_lang
    unsure = [s.name for s in suspects(text, lang, pair.source, other)]
    for items in lists(text, lang):
        spans = [name for name in names(text, lang, other, capital_bias) for item in items
                 if item.start <= name.start and name.end <= item.end]  # fmt: skip
        if len(spans) < len(items) or any(name in unsure for name in spans):
            continue
        at = rng.randrange(len(items))
        if at == len(items) - 1:  # the last but one is the last now, and so is its «and»
            damaged = text[: items[at - 1].end] + text[items[at].end :]
            if at > 1:
                between = text[items[at - 1].end : items[at].start]
                damaged = text[: items[at - 2].end] + between + text[items[at - 1].start : items[at - 1].end]
                damaged += text[items[at].end :]
        else:
            damaged = text[: items[at].start] + text[items[at + 1].start :]
        yield replace(pair, kind="made: one of a list", target=damaged, good=text)
        return


Row = tuple[Pair, Side, str, dict[str, float]]


def rows(pair: Pair, matches: Matches | None = None) -> list[Row]:
    """(pair, side, text of the name, evidence) of every suspect."""
    source_lang, target_lang = base(pair.source_lang), base(pair.target_lang)
    new = suspects(pair.target, target_lang, pair.source, source_lang)
    lost = suspects(pair.source, source_lang, pair.target, target_lang)
    gap, seam = bool(gaps(pair.target, target_lang)), evidence.unjoined(pair.target, target_lang)
    found: list[Row] = []
    for side, found_here, opposed, text, near in (
        ("target", new, lost, pair.target, pair.sources),
        ("source", lost, new, pair.source, pair.targets),
    ):
        for suspect in found_here:
            if unheard(suspect, side):
                continue
            name = suspect.name
            match = matches and matches(pair.source, pair.target, side, name.start, name.end)
            numbers = evidence.features(
                suspect, side, closeness=evidence.meaning(suspect, COMPANY), opposed=bool(opposed),
                near=evidence.nearby(suspect, near), gap=gap, seam=seam, match=match,
            )  # fmt: skip
            found.append((pair, side, text[name.start : name.end], numbers))
    return found


def fit(found: Sequence[Row]) -> dict[str, dict[str, float]]:
    """The weights of both sides; prints what cross-validation says of thresholds."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, cross_val_predict

    usual = {(pair.source, side, text) for pair, side, text, _ in found if pair.kind in ("human", "intact")}
    weights: dict[str, dict[str, float]] = {}
    for side in ("target", "source"):
        chosen = [
            (pair, numbers, pair.kind not in ("human", "intact"))
            for pair, at, text, numbers in found
            if at == side and (pair.kind in ("human", "intact") or (pair.source, side, text) not in usual)
        ]
        keys = list(chosen[0][1])
        x = np.array([[numbers[key] for key in keys] for _, numbers, _ in chosen])
        y = np.array([wrong for *_, wrong in chosen])
        w = np.array([WEIGHTS.get(pair.kind, 1.0) for pair, *_ in chosen])
        mean, spread = x.mean(0), x.std(0)
        spread[spread == 0] = 1.0
        model = LogisticRegression(C=FREEDOM, max_iter=5000)
        groups = [hash(pair.source) for pair, *_ in chosen]
        chances = cross_val_predict(
            model, (x - mean) / spread, y, groups=groups, cv=GroupKFold(8), method="predict_proba",
            params={"sample_weight": w},
        )[:, 1]  # fmt: skip
        for scripts in ("latin", "spelt", "unspelt"):
            best: defaultdict[tuple[str, ...], float] = defaultdict(float)
            for (pair, numbers, _), chance in zip(chosen, chances, strict=True):
                if numbers.get(scripts, 1.0 - numbers["spelt"] - numbers["unspelt"]):
                    best[pair.key] = max(best[pair.key], float(chance))
            for limit in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8):
                caught = Counter(key[0] for key, chance in best.items() if chance > limit)
                print(f"{side} {scripts} from {limit}: {dict(caught)}")
        model.fit((x - mean) / spread, y, sample_weight=w)
        raw = model.coef_[0] / spread
        weights[side] = {"": float(model.intercept_[0] - (raw * mean).sum()) + USUAL[side]}
        weights[side] |= {key: float(value) for key, value in zip(keys, raw, strict=True)}
    return {side: {key: round(value, 3) for key, value in row.items()} for side, row in weights.items()}


def means(path: Path) -> None:
    """Write the mean vector of a piece at each layer, over every twelfth pair of the developing half."""
    import numpy as np

    encoder = load()
    sums, pieces = np.zeros((len(LAYERS), encoder.hidden)), 0
    for at, pair in enumerate(pairs("develop")):
        if at % 12 == 0:
            for read in encoder.tokens([pair.source, pair.target], layers=LAYERS):
                sums += read.vectors.sum(axis=1)
                pieces += len(read.starts)
    np.savez(path, means=(sums / pieces).astype(np.float16))


def report(found: Sequence[Pair], show: str, encoder: Encoder | None) -> None:
    """Share of damaged pairs with a new flag; flags per 1,000 human and intact pairs."""
    sizes: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    keys: Counter[str] = Counter()
    judge = NamesCheck(COMPANY)
    intact: dict[tuple[str, str], set[str]] = {}
    for pair in found:
        around = [*zip(pair.sources, pair.targets, strict=True)]
        texts = [*around[:8], (pair.source, pair.target), *around[8:]]
        segments = [Segment(id=at, source=one, target=other) for at, (one, other) in enumerate(texts)]
        mine = min(8, len(around))
        context = Context(pair.source_lang, pair.target_lang, segments, encoder=encoder)
        flags = [flag for at, flag in judge.check_document(context) if at == mine]
        fresh = [flag for flag in flags if flag.text not in intact.get((pair.source, pair.good), set())]
        if pair.kind in ("human", "intact"):
            intact[pair.source, pair.target] = {flag.text for flag in flags}
        groups = [pair.kind, f"{pair.kind} {pair.source_lang}-{pair.target_lang}"]
        for group in groups:
            sizes[group] += 1
            hits[group] += bool(fresh)
        for flag in fresh:
            keys[f"{pair.kind} {flag.key} {flag.severity}"] += 1
        if show and show in pair.kind and bool(fresh) == (pair.kind in ("human", "intact")):
            print(
                pair.source_lang, pair.target_lang, [f"{f.text}: {f.key} {f.confidence:.2f}" for f in fresh]
            )
            print("   ", pair.source, "\n   ", pair.good, "\n   ", pair.target)
    for group in sorted(sizes):
        scale = 1000 if group.startswith(("human", "intact")) else 1
        print(f"{group:32s} n={sizes[group]:5d} {scale * hits[group] / sizes[group]:7.3f}")
    print({key: keys[key] for key in sorted(keys)})


SPELLINGS = (("ou", "u"), ("y", "i"), ("k", "c"), ("ss", "s"), ("c", "k"), ("i", "y"), ("e", "a"), ("а", "о"),
             ("о", "а"), ("е", "э"), ("и", "ы"))  # fmt: skip
DOCUMENT = 60
"""Segments that are taken for a document: the files do not say where theirs end."""


def spelling(wanted: str) -> None:
    """``name-spelling``: flags on documents as they are, and on documents with one name misspelt once."""
    judge = NameSpelling()
    rng = random.Random(5)  # noqa: S311
    segments = alarms = documents = caught = seeded = fixed = 0
    for _, source_lang, target_lang, both in bench.human():
        both = [pair for pair in both if all(map(str.strip, pair))]
        for start in range(0, len(both), DOCUMENT):
            if (start // DOCUMENT) % 2 != (wanted == "report"):
                continue
            document = [Segment(at, *pair) for at, pair in enumerate(both[start : start + DOCUMENT])]
            context = Context(source_lang, target_lang, document)
            before = {(at, flag.text) for at, flag in judge.check_document(context)}
            segments, alarms, documents = segments + len(document), alarms + len(before), documents + 1
            seed = _misspelt(document, source_lang, target_lang, rng)
            if seed is None:
                continue
            at, right, wrong, damaged = seed
            seeded += 1
            found = list(judge.check_document(Context(source_lang, target_lang, damaged)))
            hit = [flag for where, flag in found if (where, flag.text) == (at, wrong)]
            caught += bool(hit)
            fixed += any(edit.text == right for flag in hit for edit in flag.fix)
    rate = 1000 * alarms / segments
    print(f"name-spelling: {alarms} flags on {segments} segments ({rate:.2f} per 1,000) in "
          f"{documents} documents; {caught} of {seeded} seeded variants found, {fixed} mended")  # fmt: skip


def _misspelt(
    document: Sequence[Segment], source_lang: str, target_lang: str, rng: random.Random
) -> tuple[int, str, str, list[Segment]] | None:
    """One of three or more mentions of a name spelt otherwise: (segment, right, wrong, all segments)."""
    seen: defaultdict[str, list[Segment]] = defaultdict(list)
    for segment in document:
        for name in names(segment.target, target_lang, source_lang, capital_bias):
            for word in name.sure:
                if word.text.istitle() and len(word.text) > 4 and not country(word.text, target_lang):
                    seen[word.text].append(segment)
    often = sorted(text for text, where in seen.items() if len({s.id for s in where}) >= 3)
    rng.shuffle(often)
    for text in often:
        for old, new in rng.sample(SPELLINGS, len(SPELLINGS)):
            wrong = text[0] + text[1:-1].replace(old, new, 1) + text[-1]
            if wrong != text:
                where = rng.choice(seen[text])
                target = where.target.replace(text, wrong, 1)
                damaged = [replace(s, target=target) if s.id == where.id else s for s in document]
                return where.id, text, wrong, damaged
    return None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--fit", type=Path, help="write weights fitted on the developing half")
    parser.add_argument("--half", choices=["develop", "report"], default="report")
    parser.add_argument("--means", type=Path, help="write mean vectors")
    parser.add_argument("--demetr", action="store_true", help="only DEMETR's pairs")
    parser.add_argument("--encoder", action="store_true", help="ask the encoder too, as the pipeline does")
    parser.add_argument("--spelling", action="store_true", help="measure name-spelling instead")
    parser.add_argument("--kinds", nargs="*", help="only kinds that contain one of these")
    parser.add_argument("--show", default="", help="print what is missed (or flagged in vain) of this kind")
    args = parser.parse_args()
    if not bench.DATA.is_dir():
        sys.exit(f"no data at {bench.DATA}: set RELECTURE_DATA")
    if args.fit:
        every = [pair for pair in pairs("develop") if not pair.kind.startswith("made")]
        every += [pair for pair in demetr_pairs("report") if taught(pair.source)]
        every += strangers(every, random.Random(7))  # noqa: S311
        found = [pair for at, pair in enumerate(every) if pair.kind != "human" or at % THIN == 0]
        weights = fit([row for pair in found for row in rows(pair)])
        matches = Matches(load())
        matched = fit([row for pair in found for row in rows(pair, matches)])
        weights |= {f"{side}-matched": row for side, row in matched.items()}
        args.fit.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")
        return
    if args.means:
        means(args.means)
        return
    if args.spelling:
        spelling(args.half)
        return
    found_pairs = demetr_pairs(args.half) if args.demetr else pairs(args.half)
    chosen = [p for p in found_pairs if not args.kinds or any(k in p.kind for k in args.kinds)]
    report(chosen, args.show, load() if args.encoder else None)


if __name__ == "__main__":
    main()

"""Polarity: negations dropped and added, opposites exchanged, and what of it is flagged by mistake.

    python benchmarks/polarity.py [--half develop|report|all] [--show N] [--missed N] [--sets NAME ...]
    python benchmarks/polarity.py --fit     # the weights of qa/checks/polarity_balance.py

Twins are made of human translations (FLORES devtest, newstest 2012-13, WMT22) by putting a negation into
the target or taking one out; those of DEMETR are read as they are. A sentence belongs to the half
``develop`` when the first byte of the SHA-256 of its source is even: tables and thresholds were mended
while reading that half only. Reads ``RELECTURE_DATA`` (default ``../shared/data``).
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator

import checks as corpus

from qa.checks.polarity_balance import features, left_over
from qa.model import Flag
from qa.terms.negation import negations
from qa.terms.senses.keys import morphology

NEGATION, ANTONYM = "critical_id8_negation", "critical_id7_antonym"
Pair = tuple[str, str]
Twin = Callable[[str], str | None]

_EN_AUXILIARY = re.compile(r"\b(?:is|are|was|were|will|would|could|should|must|has|have|had)\b(?! not|n[’'])")
_EN_NEGATION = re.compile(r" not\b(?! (?:only|just|merely))|(?<=[a-z])n[’']t\b")
_FR_VERB = re.compile(
    r"\b(?<!se )(?<!le )(?<!la )(?<!lui )(?<!en )(?<!ne )(?<!me )(?<!te )(?<![’'-])"
    r"(est|sont|était|étaient|a|ont|avait|avaient|sera|seront|peut|peuvent|doit|doivent|va|vont)\b(?!-)"
)
_FR_NEGATION = re.compile(r"\bn(?:e |[’'])([\w-]+) pas\b")
_DE_VERB = re.compile(r"\b(ist|sind|war|waren|hat|haben|wird|werden|kann|können|muss|soll|sollen)\b")
_DE_NEGATION = re.compile(r"\bnicht ")
_DE_NO = re.compile(r"\bk(ein(?:e[nmrs]?)?)\b")
_SLAVIC_NEGATION = re.compile(r"\bне (?=\w)(?!(?:только|просто)\b)")
_SLAVIC_CONCORD = re.compile(r"\b(?:ни|ні)\w*|\bжодн", re.IGNORECASE)
_PLAIN = {
    "en": re.compile(r"\b(?:not|no|never|cannot)\b|n[’']t\b", re.IGNORECASE),
    "fr": re.compile(r"\bn(?:e |[’'])", re.IGNORECASE),
    "de": re.compile(r"\b(?:nicht|kein\w*|nie)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:не|нет)\b", re.IGNORECASE),
    "uk": re.compile(r"\b(?:не|немає)\b", re.IGNORECASE),
}
"""A negation is taken out only where the source has a plain one too: other translations of it are free."""


def _dropped(pattern: re.Pattern[str], instead: str) -> Twin:
    def make(text: str) -> str | None:
        made = pattern.sub(instead, text, count=1)
        return made if made != text else None

    return make


def _add_en(text: str) -> str | None:
    match = _EN_AUXILIARY.search(text)
    return text[: match.end()] + " not" + text[match.end() :] if match else None


def _add_fr(text: str) -> str | None:
    match = _FR_VERB.search(text)
    if match is None:
        return None
    particle = "n’" if match[1][0] in "aeé" else "ne "
    return text[: match.start()] + particle + match[1] + " pas" + text[match.end() :]


def _add_de(text: str) -> str | None:
    match = _DE_VERB.search(text)
    return text[: match.end()] + " nicht" + text[match.end() :] if match else None


def _drop_de(text: str) -> str | None:
    return _dropped(_DE_NEGATION, "")(text) or _dropped(_DE_NO, r"\1")(text)


def _add_slavic(language: str) -> Twin:
    def make(text: str) -> str | None:
        before = ""
        for match in re.finditer(r"[\w’'-]+", text):
            word = match.group()
            if word.islower() and len(word) > 3 and before != "не":
                best = morphology(language).parse(word)[0]
                if best.tag.POS == "VERB" and best.score > 0.7:
                    return text[: match.start()] + "не " + text[match.start() :]
            before = word.lower()
        return None

    return make


def _drop_slavic(text: str) -> str | None:
    return None if _SLAVIC_CONCORD.search(text) else _dropped(_SLAVIC_NEGATION, "")(text)


NEGATED: dict[str, dict[str, Twin]] = {
    "en": {"added": _add_en, "dropped": _dropped(_EN_NEGATION, "")},
    "fr": {"added": _add_fr, "dropped": _dropped(_FR_NEGATION, r"\1")},
    "de": {"added": _add_de, "dropped": _drop_de},
    "ru": {"added": _add_slavic("ru"), "dropped": _drop_slavic},
    "uk": {"added": _add_slavic("uk"), "dropped": _drop_slavic},
}
"""Target language → kind of damage → how it is done; None where a sentence gives no occasion."""

_TWINS = 250
"""Twins of one kind a set of sentences; the first that can be made."""


def in_half(source: str, half: str) -> bool:
    even = hashlib.sha256(source.encode()).digest()[0] % 2 == 0
    return half == "all" or even == (half == "develop")


def twins_of(pairs: list[Pair], kind: str, make: Twin, source: str) -> list[tuple[str, str, str]]:
    """(source, intact, damaged) of the first pairs that give an occasion."""
    fit = [pair for pair in pairs if kind == "added" or _PLAIN[source].search(pair[0])]
    return [(one, text, bad) for one, text in fit if (bad := make(text))][:_TWINS]


def raised(pairs: list[Pair], source: str, target: str, check: str) -> list[list[Flag]]:
    """The flags of ``check`` of every pair, in order."""
    context, found = corpus.flags(pairs, source, target, [check])
    return [list(found[segment.id]) for segment in context.segments]


def found_in(
    twins: list[tuple[str, str, str]], source: str, target: str, check: str
) -> Iterator[tuple[tuple[str, str, str], bool]]:
    """Each twin (source, intact, damaged) with whether the damage raises a flag that was not there."""
    intact = raised([(one, good) for one, good, _ in twins], source, target, check)
    damaged = raised([(one, bad) for one, _, bad in twins], source, target, check)
    for twin, before, after in zip(twins, intact, damaged, strict=True):
        known = {flag.text for flag in before}
        yield twin, any(flag.text not in known for flag in after)


def negation_twins(args: argparse.Namespace) -> None:
    sizes: Counter[tuple[str, str]] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    alarms: Counter[str] = Counter()
    segments: Counter[str] = Counter()
    major = opposite = 0
    for name, source, target, pairs in corpus.human():
        if args.sets and not any(wanted in name for wanted in args.sets):
            continue
        kept = [pair for pair in pairs if all(map(str.strip, pair)) and in_half(pair[0], args.half)]
        flags = raised(kept, source, target, "polarity")
        segments[name] = len(kept)
        major += sum(flag.severity.rank >= 2 for found in flags for flag in found)
        opposite += sum(map(len, raised(kept, source, target, "antonym")))
        alarms[name] = sum(map(len, flags))
        shown = [(pair, flag) for pair, found in zip(kept, flags, strict=True) for flag in found]
        for pair, flag in shown[: args.show]:
            print(f"  {name} {flag.key} {flag.text!r} {flag.confidence:.2f}\n    {pair[0]}\n    {pair[1]}")
        for kind, make in NEGATED[target].items():
            made = twins_of(kept, kind, make, source)
            missed = args.missed
            for twin, hit in found_in(made, source, target, "polarity"):
                sizes[target, kind] += 1
                hits[target, kind] += hit
                if not hit and missed:
                    missed -= 1
                    print(f"  missed {name} {kind}\n    {twin[0]}\n    {twin[2]}")
    print("\n### Negations put into or taken out of human translations: share flagged\n")
    for key in sorted(sizes):
        print(f"{key[0]} {key[1]:8s} n={sizes[key]:5d}  {hits[key] / sizes[key]:.3f}")
    print("\n### polarity: flags per 1,000 human translations\n")
    for name, size in segments.items():
        print(f"{name:24s} n={size:5d}  {1000 * alarms[name] / size:5.2f}")
    total = segments.total()
    print(f"{'all':24s} n={total:5d}  {1000 * alarms.total() / total:5.2f}  major {1000 * major / total:.2f}")
    print(f"antonym, all sets        n={total:5d}  {1000 * opposite / total:5.2f}")


def demetr(args: argparse.Namespace, kind: str, check: str) -> None:
    print(f"\n### DEMETR development part, {kind}: share flagged by {check}\n")
    hits, size = 0, 0
    for source, records in corpus.demetr().items():
        twins = [
            (record["src"], record["good"], record["bad"])
            for record in records
            if record["category"] == kind and in_half(record["src"], args.half)
        ]
        results = list(found_in(twins, source, "en", check))
        found = sum(hit for _, hit in results)
        print(f"{source} n={len(twins):4d}  {found / max(1, len(twins)):.3f}")
        hits, size = hits + found, size + len(twins)
        for twin in [twin for twin, hit in results if not hit][: args.missed]:
            print("  missed", *twin, sep="\n    ")
    print(f"all n={size}  {hits / max(1, size):.3f}")


def fit() -> None:
    """Logistic regression of "made" against "written by people" over left-over negations.

    Dropped negations are rarer than added ones only because sentences with a negation are; both kinds
    weigh alike, three times as much as the sentences of people, and DEMETR's together a third of a kind.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    rows: list[tuple[dict[str, float], str]] = []

    def add(source: str, target: str, languages: Pair, group: str) -> None:
        if "?" in source + target or "？" in source + target:
            return
        sides = negations(source, languages[0]), negations(target, languages[1])
        one = left_over(*sides, source, target, languages)
        if one is not None:
            rows.append((features(one), group and f"{group} {'lost' if one.lost else 'added'}"))

    for _, source, target, pairs in corpus.human():
        kept = [pair for pair in pairs if all(map(str.strip, pair)) and in_half(pair[0], "develop")]
        for one, other in kept:
            add(one, other, (source, target), "")
        for kind, make in NEGATED[target].items():
            for one, _, bad in twins_of(kept, kind, make, source):
                add(one, bad, (source, target), "made")
    for source, records in corpus.demetr().items():
        for record in records:
            if record["category"] == NEGATION and in_half(record["src"], "develop"):
                add(record["src"], record["bad"], (source, "en"), "demetr")
    sizes = Counter(group for _, group in rows)
    shares = {"": 1.0, **{g: (1500 if g.startswith("made") else 500) / sizes[g] for g in sizes if g}}
    table = DictVectorizer()
    found = LogisticRegression(max_iter=2000).fit(
        table.fit_transform([{k: v for k, v in row.items() if k != "always"} for row, _ in rows]),
        [bool(group) for _, group in rows],
        sample_weight=[shares[group] for _, group in rows],
    )
    print(f"always {found.intercept_[0]:.1f}")
    for name, weight in zip(table.get_feature_names_out(), found.coef_[0], strict=True):
        print(f"{name} {weight:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=["develop", "report", "all"], default="report")
    parser.add_argument("--sets", nargs="*", help="only the sets whose name holds one of these")
    parser.add_argument("--show", type=int, default=0, help="flags on human translations printed a set")
    parser.add_argument("--missed", type=int, default=0, help="missed twins printed a set and kind")
    parser.add_argument("--fit", action="store_true", help="fit the weights on the develop half and stop")
    args = parser.parse_args()
    if args.fit:
        fit()
        return
    demetr(args, NEGATION, "polarity")
    demetr(args, ANTONYM, "antonym")
    negation_twins(args)


if __name__ == "__main__":
    main()

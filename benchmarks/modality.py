"""Modality: what must, may or might be, said in another strength, and what of it is flagged by mistake.

    python benchmarks/modality.py [--half develop|report|all] [--show N] [--missed N] [--sets NAME ...]

Twins are made of human translations (FLORES devtest, newstest 2012-13, WMT22) by putting a modal of another
strength in the place of one of the target, or by leaving a hedge out, where the source says plainly what the
target said; questions are left alone. A sentence
belongs to the half ``develop`` when the first byte of the SHA-256 of its source is even: tables and rules
were mended while reading that half only. Reads ``RELECTURE_DATA`` (default ``../shared/data``).
"""

from __future__ import annotations

import argparse
import re
from collections import Counter

import checks as corpus
from polarity import Pair, Twin, found_in, in_half, raised

_TWINS = 250
"""Twins of one kind a set of sentences; the first that can be made."""


def _put(pattern: str, instead: dict[str, str] | str) -> Twin:
    """The first match of ``pattern`` exchanged: for ``instead``, or for what it holds under the word."""
    compiled = re.compile(pattern)

    def word(match: re.Match[str]) -> str:
        return instead if isinstance(instead, str) else instead[match.group()]

    def make(text: str) -> str | None:
        made = compiled.sub(word, text, count=1)
        return made if made != text else None

    return make


def _words(instead: dict[str, str], behind: str = "") -> Twin:
    return _put(rf"(?<![\w’'-])(?:{'|'.join(instead)})(?![\w’'-]){behind}", instead)


PLAIN = {
    "en": {
        "may": r"\b(?:may|might|can|could|able|allowed|perhaps|maybe|possib\w+)\b",
        "must": r"\b(?:must|shall|ha(?:s|ve) to|required|obliged)\b",
        "should": r"\b(?:should|ought)\b(?! have)",
        "past": r"\b(?:should|ought to) have\b|\b(?:had|was|were)(?: \w+)? to\b",
        "hedge": r"\b(?:may|might|could|perhaps|maybe|possibly|probably|allegedly|reportedly|likely)\b",
    },
    "fr": {
        "may": r"\bpeu(?:t|vent)|\bpourr\w+|\bpossible|\bpeut-être",
        "must": r"\bdoi(?:t|vent)\b|\bfaut\b|\bdevez\b|\btenue?s? de\b|\bobligé",
        "should": r"\bdevrai(?:t|ent)\b|\bdevri\w+",
        "past": r"\baurai(?:t|ent) dû\b|\bdevai(?:t|ent)\b",
        "hedge": r"\bpourrai\w+|\bpeut-être|\bprobablement|\baurai(?:t|ent) \w+é\b|\bprétendument",
    },
    "de": {
        "may": r"\b(?:kann|können|darf|dürfen|könnten?|möglich\w*|vielleicht)\b",
        "must": r"\b(?:muss|müssen|verpflichtet)\b",
        "should": r"\bsollten?\b",
        "past": r"\bhätten?\b.*\bsollen\b|\bmussten?\b",
        "hedge": r"\b(?:könnten?|vielleicht|wahrscheinlich|möglicherweise|angeblich|vermutlich)\b",
    },
    "ru": {
        "may": r"\bмо(?:жет|гут|жно|гли? бы|г бы)\b|\bвозможно\b",
        "must": r"\bдолж(?:ен|на|но|ны)\b(?! бы)|\bнеобходимо\b|\bобязан|\bнужно\b|\bнадо\b",
        "should": r"\bследует\b|\bстоит\b|\bдолж(?:ен|на|но|ны) бы\b",
        "past": r"\bдолж(?:ен|на|но|ны) был",
        "hedge": r"\bвозможно\b|\bвероятно\b|\bякобы\b|\bнаверное\b|\bмогл?[аио]? бы\b|\bможет быть\b",
    },
    "uk": {
        "may": r"\bмо(?:же|жуть|жна)\b|\bміг б|\bмогл[аио] б|\bможливо\b",
        "must": r"\bповин(?:ен|на|но|ні)\b|\bнеобхідно\b|\bпотрібно\b|\bтреба\b|\bмусить\b",
        "should": r"\bслід\b|\bварто\b",
        "past": r"\bповин(?:ен|на|но|ні) бу[вл]",
        "hedge": r"\bможливо\b|\bймовірно\b|\bмабуть\b|\bнібито\b|\bміг б|\bмогл[аио] б",
    },
}
"""Source language → class → what says it plainly: a twin is made only where the source has one too."""

_NOT_EN = r"(?! (?:not|only|also not|have)\b)"
_NOT_DE = r"(?![^.;,]*\b(?:nicht|kein\w*|nie|nur)\b)"
_CLASSES = {
    "should have": "past", "aurait dû": "past", "должен был": "past",
    "hedge": "hedge", "hearsay": "hedge",
    "may": "may", "could": "may", "can": "may", "pourrait": "may", "peut": "may", "könnte": "may",
    "kann": "may", "может": "may", "може": "may",
    "must": "must", "have to": "must", "doit": "must", "muss": "must", "должен": "must", "повинен": "must",
    "should": "should", "devrait": "should", "sollte": "should", "следует": "should",
}  # fmt: skip
"""How the name of a kind begins → class of what it damages; the first that fits."""
TWINS: dict[str, dict[str, Twin]] = {
    "en": {
        "may -> will": _words({"may": "will", "might": "will"}, r"(?! (?:not|only|well|have)\b)"),
        "could -> will": _words({"could": "will"}, r"(?= (?:be|become|lead|cause|take|mean|make|help)\b)"),
        "must -> may": _words({"must": "may"}, _NOT_EN),
        "have to -> can": _words({"have to": "can", "has to": "can"}),
        "can -> must": _words({"can": "must"}, _NOT_EN),
        "should -> must": _words({"should": "must"}, r"(?! (?:not|have|you|he|she|it|they|we|the)\b)"),
        "should have -> will": _put(r"\bshould have (?=been)", "will have "),
        "hedge -> fact": _words(
            dict.fromkeys(["perhaps", "probably", "possibly", "allegedly", "reportedly"], ""), ""
        ),
    },
    "fr": {
        "pourrait -> va": _words({"pourrait": "va", "pourraient": "vont"}, r"(?! (?:pas|avoir|être)\b)"),
        "doit -> peut": _words({"doit": "peut", "doivent": "peuvent"}, r"(?! (?:pas|avoir|être)\b)"),
        "peut -> doit": _words({"peut": "doit", "peuvent": "doivent"}, r"(?! (?:pas|que)\b)"),
        "devrait -> doit": _words({"devrait": "doit", "devraient": "doivent"}, r"(?! (?:pas|avoir)\b)"),
        "aurait dû -> devra": _words({"aurait dû": "devra", "auraient dû": "devront"}),
        "hedge -> fact": _words(dict.fromkeys(["peut-être", "probablement", "prétendument"], ""), ""),
        "hearsay -> fact": _put(r"\b(?:aurait|auraient)(?= \w+(?:é|i|u)\b)(?! (?:d[ûu]|p?u)\b)", "a"),
    },
    "de": {
        "könnte -> wird": _words({"könnte": "wird", "könnten": "werden"}, _NOT_DE),
        "muss -> kann": _words({"muss": "kann", "müssen": "können"}, _NOT_DE),
        "kann -> muss": _words({"kann": "muss", "können": "müssen", "darf": "muss"}, _NOT_DE),
        "sollte -> muss": _words({"sollte": "muss", "sollten": "müssen"}, _NOT_DE),
        "hedge -> fact": _words(
            dict.fromkeys(["vielleicht", "wahrscheinlich", "möglicherweise", "angeblich"], ""), ""
        ),
    },
    "ru": {
        "может стать -> станет": _put(r"\bможет стать\b", "станет"),
        "может быть -> будет": _put(r"\bможет быть(?!,)\b", "будет"),
        "должен -> может": _words(
            {"должен": "может", "должна": "может", "должно": "может", "должны": "могут"},
            r"(?! (?:был|была|было|были|быть|не)\b)",
        ),
        "может -> должен": _words({"может": "должен", "могут": "должны"}, r"(?!,| быть\b| не\b)"),
        "следует -> необходимо": _words({"следует": "необходимо"}, r"(?= \w+(?:ть|ться|ти)\b)"),
        "должен был -> должен": _put(r"\bдолж(ен был|на была|ны были)\b(?! быть)", "должен будет"),
        "hedge -> fact": _put(r"(?:, |\b)(?:возможно|вероятно|видимо|якобы|наверное)(?:,|\b)", ""),
    },
    "uk": {
        "повинен -> може": _words(
            {"повинен": "може", "повинна": "може", "повинні": "можуть"}, r"(?! (?:був|була|були)\b)"
        ),
        "може -> повинен": _words({"може": "повинен", "можуть": "повинні"}, r"(?!,| бути\b| не\b)"),
        "hedge -> fact": _put(r"(?:, |\b)(?:можливо|ймовірно|мабуть|нібито)(?:,|\b)", ""),
    },
}
"""Target language → kind → how it is done; None where a sentence gives no occasion."""


def plain(source: str, language: str, kind: str) -> bool:
    """Whether ``source`` says plainly what twins of ``kind`` say otherwise; no question is plain."""
    name = next(name for start, name in _CLASSES.items() if kind.startswith(f"{start} "))
    return "?" not in source and re.search(PLAIN[language][name], source, re.IGNORECASE) is not None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", choices=["develop", "report", "all"], default="report")
    parser.add_argument("--sets", nargs="*", help="only the sets whose name holds one of these")
    parser.add_argument("--show", type=int, default=0, help="flags on human translations printed a set")
    parser.add_argument("--missed", type=int, default=0, help="missed twins printed a set and kind")
    parser.add_argument("--kinds", nargs="*", help="only the kinds whose name holds one of these")
    args = parser.parse_args()
    sizes: Counter[tuple[str, str]] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    alarms: Counter[str] = Counter()
    total = 0
    for name, source, target, pairs in corpus.human():
        if args.sets and not any(wanted in name for wanted in args.sets):
            continue
        kept: list[Pair] = [
            pair for pair in pairs if all(map(str.strip, pair)) and in_half(pair[0], args.half)
        ]
        flags = raised(kept, source, target, "modality")
        total += len(kept)
        shown = [(pair, flag) for pair, found in zip(kept, flags, strict=True) for flag in found]
        for _, flag in shown:
            alarms.update(["all", flag.key, *(["major"] if flag.severity.rank >= 2 else [])])
        for pair, flag in shown[: args.show]:
            print(f"  {name} {flag.key} {flag.text!r}\n    {pair[0]}\n    {pair[1]}")
        for kind, make in TWINS[target].items():
            if args.kinds and not any(wanted in kind for wanted in args.kinds):
                continue
            fit = [pair for pair in kept if "?" not in pair[1] and plain(pair[0], source, kind)]
            made = [(one, text, bad) for one, text in fit if (bad := make(text))][:_TWINS]
            missed = args.missed
            for twin, hit in found_in(made, source, target, "modality"):
                sizes[target, kind] += 1
                hits[target, kind] += hit
                if not hit and missed:
                    missed -= 1
                    print(f"  missed {name} {kind}\n    {twin[0]}\n    {twin[2]}")
    print("\n### Modals of human translations in another strength: share flagged\n")
    for key in sizes:
        print(f"{key[0]} {key[1]:24s} n={sizes[key]:5d}  {hits[key] / sizes[key]:.3f}")
    print(f"all{'':24s} n={sizes.total():5d}  {hits.total() / max(1, sizes.total()):.3f}")
    print(f"\n### Flags per 1,000 human translations, n={total}\n")
    for key, number in alarms.most_common():
        print(f"{key:12s} {1000 * number / total:5.2f}")


if __name__ == "__main__":
    main()

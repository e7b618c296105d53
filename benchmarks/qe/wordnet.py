"""English words from WordNet that damage a translation: opposites, wider words, other parts of speech.

Reads the database of Debian's ``wordnet-base`` (``apt-get install wordnet-base``), whose licence allows any
use. Only training reads it; without it these kinds of twins are left out, and ``tune.py`` says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path

DATABASE = Path("/usr/share/wordnet")
_PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_ENDINGS = {"n": ("", "s"), "v": ("", "s", "ed", "ing"), "a": ("",), "r": ("",)}
_UNDONE = (
    ("s", "ies", "y"), ("s", "es", ""), ("s", "s", ""), ("ed", "ied", "y"), ("ed", "ed", "e"),
    ("ed", "ed", ""), ("ing", "ing", "e"), ("ing", "ing", ""),
)  # fmt: skip
Table = dict[tuple[str, str], list[str]]


class WordNet:
    """``opposites``, ``wider`` and ``derived``: (dictionary form, part of speech) → words. ``parts``: word →
    parts of speech WordNet's tagged texts know it as, or all where they do not have it."""

    def __init__(self, folder: Path) -> None:
        self.opposites: Table = defaultdict(list)
        self.wider: Table = defaultdict(list)
        self.derived: Table = defaultdict(list)
        self.parts: dict[str, set[str]] = defaultdict(set)
        self._bases: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._irregular: dict[tuple[str, str], str] = {}
        synsets: dict[tuple[str, str], tuple[list[str], list[tuple[str, str, str, str]]]] = {}
        listed: dict[tuple[str, str], list[str]] = {}
        unseen: dict[str, set[str]] = defaultdict(set)
        for name, part in _PARTS.items():
            for line in (folder / f"data.{name}").read_text("latin-1").splitlines():
                if not line.startswith(" "):
                    offset, words, pointers = _synset(line)
                    synsets[part, offset] = words, pointers
            for line in (folder / f"index.{name}").read_text("latin-1").splitlines():
                fields = line.split()
                if line.startswith(" ") or not fields[0].isalpha():
                    continue
                seen, offsets = int(fields[-1 - int(fields[2])]), fields[-int(fields[2]) :]
                listed[fields[0], part] = offsets
                (self.parts if seen else unseen)[fields[0]].add(part)
            for line in (folder / f"{name}.exc").read_text("latin-1").splitlines():
                form, base = line.split()[:2]
                ending = {"n": "s", "v": "ing" if form.endswith("ing") else "ed"}.get(part)
                if ending and form.isalpha():
                    self._bases[form].append((base, ending))
                    if self._irregular.get((base, ending), "n").endswith("n"):  # rather "fell" than "fallen"
                        self._irregular[base, ending] = form
        for word, parts in unseen.items():
            if word not in self.parts:
                self.parts[word] = parts
        for (word, part), offsets in listed.items():
            for rank, offset in enumerate(offsets):
                words, pointers = synsets[part, offset]
                me = f"{words.index(word) + 1:02x}" if word in words else "00"
                for symbol, other, other_part, ends in pointers:
                    targets = synsets[other_part, other][0]
                    one = targets[int(ends[2:], 16) - 1 : int(ends[2:], 16)]
                    if symbol == "!" and ends[:2] == me:
                        self.opposites[word, part] += one
                    elif symbol == "&" and rank == 0:  # an adjective near one that has an opposite
                        for s, o, p, _ in synsets[other_part, other][1]:
                            self.opposites[word, part] += synsets[p, o][0][:1] if s == "!" else []
                    elif symbol == "@" and rank == 0:
                        self.wider[word, part] += targets[:2]
                    elif symbol in "+\\" and ends[:2] == me and other_part != part:
                        self.derived[word, part] += one
        for table in (self.opposites, self.wider, self.derived):
            for key, others in table.items():
                table[key] = sorted({o.replace("_", " ") for o in others if o != key[0]})

    def lookup(self, word: str, table: Table, parts: str = "nvar") -> list[str]:
        """What ``table`` puts in the place of ``word``, in the same form."""
        out = []
        for base, ending in self.readings(word):
            for part in parts:  # in this order: a set's would differ from run to run
                if part in self.parts[base] and ending in _ENDINGS[part]:
                    plain = table is self.derived  # another part of speech has other endings
                    out += [self.inflected(o, "" if plain else ending) for o in table.get((base, part), ())]
        return [other for other in out if other != word]

    def readings(self, word: str) -> list[tuple[str, str]]:
        """Dictionary forms of an English word in lower case with the ending each has lost."""
        out = list(self._bases.get(word, ()))
        if word in self.parts:
            out.append((word, ""))
        for ending, old, new in _UNDONE:
            stem = word.removesuffix(old)
            if stem == word or len(stem) < 2:
                continue
            undoubled = stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem
            found = [base for base in (stem + new, undoubled) if base in self.parts]
            out += [(base, ending) for base in found[:1]]
        return list(dict.fromkeys(out))

    def inflected(self, base: str, ending: str) -> str:
        """``base`` with ``ending``, by the rules of spelling; of several words the first takes it."""
        head, _, rest = base.partition(" ")
        if ending and (head, ending) in self._irregular:
            head = self._irregular[head, ending]
        elif ending == "s":
            head = re.sub(r"([^aeiou])y$", r"\1ie", head) + (
                "es" if re.search("(s|x|z|ch|sh)$", head) else "s"
            )
        elif ending:
            if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", head):
                head += head[-1]
            head = (head[:-1] if head.endswith("e") else head) + ending
            head = re.sub(r"([^aeiou])yed$", r"\1ied", head)
        return f"{head} {rest}" if rest else head


def _synset(line: str) -> tuple[str, list[str], list[tuple[str, str, str, str]]]:
    """Offset, words and pointers (symbol, offset, part of speech, the words it leads from and to)."""
    fields = line.partition(" | ")[0].split()
    n = int(fields[3], 16)
    words = [re.sub(r"\(\w+\)$", "", word).lower() for word in fields[4 : 4 + 2 * n : 2]]
    at = 4 + 2 * n
    pointers = []
    for i in range(int(fields[at])):
        symbol, offset, part, ends = fields[at + 1 + 4 * i : at + 5 + 4 * i]
        pointers.append((symbol, offset, part.replace("s", "a"), ends))
    return fields[0], words, pointers


@cache
def wordnet() -> WordNet | None:
    """The database, None where it is not installed."""
    return WordNet(DATABASE) if (DATABASE / "data.noun").exists() else None

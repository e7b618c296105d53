"""Twins: a good translation and the same one with one error put in, of a known kind at a known place."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from damaged import damage
from wordnet import wordnet

from corpora import Row
from qa import lang
from qa.terms.opposites import load as load_opposites

Spans = list[tuple[int, int]]
Made = tuple[str, Spans]

MARGINS = {
    "spelling": 0.2, "case": 0.15, "punctuation": 0.15, "spaced": 0.15, "function": 0.2, "swap": 0.25,
    "repeat": 0.2, "inflection": 0.25, "drop": 0.3, "insert": 0.35, "gender": 0.4, "neighbour": 0.4,
    "foreign": 0.4, "name": 0.5, "number": 0.5, "negation": 0.6, "omission": 0.6, "addition": 0.6,
    "replaced": 0.6, "untranslated": 1.0, "cut": 1.0, "looped": 1.2, "shuffled": 1.5, "swapped": 1.5,
    "copied": 1.5, "pronoun": 0.2, "derived": 0.3, "wider": 0.3, "trimmed": 0.4, "modifier": 0.4,
    "phrase": 0.4, "antonym": 0.6,
}  # fmt: skip
"""Kind → by how many standard deviations of human judgement the good one should at least lead."""
SUBTLE = (
    "pronoun", "derived", "wider", "trimmed", "modifier", "antonym", "number", "foreign", "function",
    "repeat", "insert", "drop", "phrase", "negation", "neighbour",
)  # fmt: skip
"""Kinds that take two turns for one of every other: the network misses them most."""

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
NEGATION = {
    "en": [("is", "is not"), ("are", "are not"), ("was", "was not"), ("were", "were not"),
           ("will", "will not"), ("can", "cannot"), ("has", "has not"), ("have", "have not"), ("not", ""),
           ("no", "some"),
           ("never", "always"), ("could", "could not"), ("would", "would not"), ("should", "should not")],
    "de": [("nicht", ""), ("kein", "ein"), ("keine", "eine"), ("keinen", "einen"), ("ist", "ist nicht"),
           ("sind", "sind nicht"), ("war", "war nicht"), ("hat", "hat nicht"), ("wird", "wird nicht"),
           ("ein", "kein"), ("eine", "keine"), ("einen", "keinen")],
    "fr": [("pas", ""), ("est", "n'est pas"), ("sont", "ne sont pas"), ("a", "n'a pas"),
           ("ont", "n'ont pas"), ("était", "n'était pas"), ("peut", "ne peut pas"),
           ("sera", "ne sera pas"), ("jamais", "toujours")],
    "ru": [("не", ""), ("будет", "не будет"), ("было", "не было"), ("был", "не был"), ("может", "не может"),
           ("является", "не является"), ("всегда", "никогда"), ("есть", "нет")],
    "uk": [("не", ""), ("буде", "не буде"), ("було", "не було"), ("може", "не може"), ("є", "не є")],
}  # fmt: skip
GENDER = {
    "en": [("he", "she"), ("his", "her"), ("him", "her"), ("she", "he"), ("her", "his"), ("man", "woman")],
    "de": [("er", "sie"), ("sie", "er"), ("sein", "ihr"), ("seine", "ihre"), ("ihre", "seine")],
    "fr": [("il", "elle"), ("elle", "il"), ("ils", "elles"), ("un", "une"), ("le", "la"), ("la", "le")],
    "ru": [("он", "она"), ("она", "он"), ("его", "её"), ("её", "его"), ("ему", "ей")],
    "uk": [("він", "вона"), ("вона", "він"), ("його", "її"), ("її", "його")],
}  # fmt: skip
PRONOUNS = {
    "en": "he him his himself she her hers herself they them their theirs themselves we us our ours it "
          "its itself you your yours I me my mine who whom whose",
    "de": "er ihn ihm sein seine sie ihr ihre ihnen wir uns unser ich mich mir mein es",
    "fr": "il le lui elle la ils elles eux leur nous notre je me moi son sa ses",
    "ru": "он его ему им она её ей они их ими мы нас нам я меня мне",
    "uk": "він його йому вона її їй вони їх їм ми нас нам я мене мені",
}  # fmt: skip
PREPOSITIONS = {
    "en": "of in on at with from by for to about after before during under over through between into against",
    "de": "von in im am an auf mit aus bei für zu zum zur nach vor während unter über durch zwischen gegen",
    "fr": "de du des dans sur à au aux avec par pour après avant pendant sous entre contre chez vers",
    "ru": "в на с из от для по после до во под над через между против у о об",
    "uk": "в у на з із від для по після до під над через між проти про",
}


@dataclass
class Vocabulary:
    """What words of one language there are to put in a word's place."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    names: set[str] = field(default_factory=set)
    listed: list[str] = field(default_factory=list)
    """The names in order, to draw from."""
    neighbours: dict[str, list[str]] = field(default_factory=dict)
    stems: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    function: list[str] = field(default_factory=list)
    modifiers: list[str] = field(default_factory=list)
    """Adjectives and adverbs, as often as they stand in the texts (English alone)."""
    followers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Word → what came behind it, words of four letters and more."""

    @classmethod
    def of(cls, texts: Sequence[str], language: str, size: int = 6000) -> Vocabulary:
        """Counted from ``texts``; neighbours are near in meaning, by the word vectors of the encoder."""
        made = cls()
        for text in texts:
            found = list(WORD.finditer(text))
            for first, second in pairwise(found):
                if second.start() == first.end() + 1 and len(second.group()) > 3 and second.group().islower():
                    made.followers[first.group().lower()].append(second.group())
            for match in found:
                word = match.group()
                made.counts[word.lower()] += 1
                if (
                    word[0].isupper()
                    and match.start() > 0
                    and text[match.start() - 2 : match.start() - 1] != "."
                ):
                    made.names.add(word)
        made.listed = sorted(made.names)
        if language == "en":
            made.modifiers = [
                word for word, n in sorted(made.counts.items()) if _modifier(word) for _ in range(n)
            ]
        frequent = sorted(made.counts, key=lambda word: -made.counts[word])
        made.function = [word for word in frequent[:60] if len(word) <= 5]
        for word in frequent[:20_000]:
            if len(word) > 4:
                made.stems[word[: max(4, len(word) - 3)]].append(word)
        chosen = [word for word in frequent[60 : size + 60] if len(word) > 3]
        from qa.encoder.lexicon import word_vectors

        vectors = word_vectors()(chosen, language)
        for at in range(0, len(chosen), 500):
            near = vectors[at : at + 500] @ vectors.T
            best = np.argsort(-near, axis=1)[:, 1:16]
            for row, found in enumerate(best):
                word = chosen[at + row]
                made.neighbours[word] = [
                    chosen[i] for i in found if near[row, i] > 0.3 and chosen[i][:4] != word[:4]
                ]
        return made


def _put(text: str, start: int, end: int, new: str) -> Made:
    """``text`` with ``new`` in place of a range, one space less where nothing is put in."""
    if not new:
        if text[end : end + 1] == " ":
            end += 1
        elif text[start - 1 : start] == " ":
            start -= 1
        return text[:start] + text[end:], []
    return text[:start] + new + text[end:], [(start, start + len(new))]


def _like(word: str, new: str) -> str:
    return new[:1].upper() + new[1:] if word[:1].isupper() and new else new


def _word(text: str, rng: random.Random, fits: Callable[[re.Match[str]], bool]) -> re.Match[str] | None:
    found = [match for match in WORD.finditer(text) if fits(match)]
    return rng.choice(found) if found else None


def _listed(text: str, table: list[tuple[str, str]], rng: random.Random) -> Made | None:
    swaps = defaultdict(list)
    for old, new in table:
        swaps[old].append(new)
    match = _word(text, rng, lambda m: m.group().lower() in swaps)
    if match is None:
        return None
    return _put(text, *match.span(), _like(match.group(), rng.choice(swaps[match.group().lower()])))


def _digits(text: str, rng: random.Random) -> Made | None:
    found = list(re.finditer(r"\d+(?:[.,]\d+)*", text))
    if not found:
        return None
    match = rng.choice(found)
    places = [i for i in range(*match.span()) if text[i].isdigit()]
    place = rng.choice(places)
    new = rng.choice([d for d in ("123456789" if place == places[0] else "0123456789") if d != text[place]])
    return text[:place] + new + text[place + 1 :], [match.span()]


def _misspelled(text: str, rng: random.Random) -> Made | None:
    match = _word(text, rng, lambda m: len(m.group()) >= 5)
    if match is None:
        return None
    word, i = match.group(), rng.randrange(1, len(match.group()) - 1)
    new = rng.choice(
        [
            word[:i] + word[i + 1 :],
            word[:i] + word[i + 1] + word[i] + word[i + 2 :],
            word[:i] + word[i] + word[i:],
        ]
    )
    return _put(text, *match.span(), new) if new != word else None


def _punctuated(text: str, rng: random.Random) -> Made | None:
    marks = list(re.finditer(r"[.,;:!?…。，]", text))
    spaces = [m.start() for m in re.finditer(" ", text)]
    if rng.random() < 0.6 and marks:
        mark = marks[-1] if rng.random() < 0.6 else rng.choice(marks)
        return text[: mark.start()] + text[mark.end() :], []
    if not spaces:
        return None
    place, mark = rng.choice(spaces), rng.choice(",.!?;")
    return text[:place] + mark + text[place:], [(place, place + 1)]


def _cased(text: str, rng: random.Random) -> Made | None:
    kind = rng.random()
    if kind < 0.3:
        new = text[:1].lower() + text[1:]
    elif kind < 0.6:
        new = text.lower()
    else:
        match = _word(text, rng, lambda m: len(m.group()) > 3 and m.group().islower())
        return _put(text, *match.span(), match.group().capitalize()) if match else None
    return (new, []) if new != text else None


def _swapped_neighbours(text: str, rng: random.Random) -> Made | None:
    found = list(WORD.finditer(text))
    pairs = [
        (a, b)
        for a, b in pairwise(found)
        if text[a.end() : b.start()] == " " and a.group().lower() != b.group().lower()
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return text[: a.start()] + b.group() + " " + a.group() + text[b.end() :], [(a.start(), b.end())]


def _repeated(text: str, rng: random.Random) -> Made | None:
    found = list(WORD.finditer(text))
    size = rng.choice((1, 1, 2, 4))
    if len(found) < size + 2:
        return None
    at = rng.randrange(len(found) - size)
    start, end = found[at].start(), found[at + size - 1].end()
    return text[:end] + " " + text[start:end] + text[end:], [(end + 1, end + 1 + end - start)]


def _inserted(text: str, words: Vocabulary, rng: random.Random) -> Made | None:
    """One plausible word more: one that followed the word before it elsewhere."""
    match = _word(
        text, rng, lambda m: text[m.end() : m.end() + 1] == " " and m.group().lower() in words.followers
    )
    if match is None:
        return None
    new, place = rng.choice(words.followers[match.group().lower()]), match.end() + 1
    return text[:place] + new + " " + text[place:], [(place, place + len(new))]


def _put_number(text: str, rng: random.Random) -> Made | None:
    """A digit changed, or a whole number put in the place of another of about its size."""
    whole = [m for m in re.finditer(r"\d+", text) if m.group()[0] != "0" and len(m.group()) < 4]
    if not whole or rng.random() < 0.5:
        return _digits(text, rng)
    match = rng.choice(whole)
    value = int(match.group())
    new = rng.choice([value + 1, value + 10, 2 * value, rng.randrange(1, 10 * value + 2), max(1, value - 1)])
    return _put(text, *match.span(), str(new)) if new != value else None


def _without_phrase(text: str, language: str, rng: random.Random) -> Made | None:
    """What begins with a preposition is left out, up to the next mark or preposition."""
    listed = PREPOSITIONS.get(language, "").split()
    if not listed:
        return None
    one = "|".join(sorted(listed, key=len, reverse=True))
    found = list(re.finditer(rf" (?:{one})(?: (?!(?:{one})\b)[\w’'-]+){{1,5}}(?=[ .,;:!?]|$)", text))
    if not found:
        return None
    match = rng.choice(found)
    return text[: match.start()] + text[match.end() :], []


def _opposite(text: str, language: str, rng: random.Random) -> Made | None:
    """A word gives way to one of the other pole, out of the package's own table."""
    poles = load_opposites()
    if language not in poles.languages:
        return None
    found = [m for m in poles.find(text, language) if not m.pole.weak and m.exact]
    if not found:
        return None
    match = rng.choice(found)
    others = [
        pole.text
        for pole in poles.poles[language]
        if pole.pair == match.pole.pair and pole.side != match.pole.side and not (pole.stem or pole.weak)
    ]
    word = text[match.start : match.end]
    return _put(text, match.start, match.end, _like(word, rng.choice(others))) if others else None


def _known(table: str, parts: str = "nvar") -> Callable[[str], list[str]]:
    """What WordNet puts in the place of an English word."""
    found = wordnet()
    return lambda word: [] if found is None else found.lookup(word.lower(), getattr(found, table), parts)


def _modifier(word: str) -> bool:
    """Whether an English word is an adjective or an adverb and nothing else."""
    found = wordnet()
    return (
        found is not None
        and word.islower()
        and bool(found.parts.get(word, set()) <= {"a", "r"})
        and len(word) > 3
        and word in found.parts
    )


def _modified(text: str, words: Vocabulary, rng: random.Random) -> Made | None:
    """One adjective or adverb more, before a noun or a verb."""
    found = wordnet()
    if found is None or not words.modifiers:
        return None
    part = rng.choice("nv")
    match = _word(
        text,
        rng,
        lambda m: m.start() > 0 and m.group().islower() and found.parts.get(m.group(), set()) == {part},
    )
    options = [w for w in words.modifiers if ("r" in found.parts[w]) == (part == "v")]
    if match is None or not options:
        return None
    new = rng.choice(options)
    return text[: match.start()] + new + " " + text[match.start() :], [
        (match.start(), match.start() + len(new))
    ]


def make(kind: str, row: Row, other: Row, words: Vocabulary, rng: random.Random) -> Made | None:
    """``row``'s translation with one error of ``kind``, and the ranges that are wrong in it (none where
    something is missing); None where the text offers no place for it."""
    text, language = row.mt, row.langs[1]

    def replaced_by(
        fits: Callable[[re.Match[str]], bool], options: Callable[[str], Sequence[str]]
    ) -> Made | None:
        match = _word(text, rng, lambda m: fits(m) and bool(options(m.group())))
        if match is None:
            return None
        new = rng.choice(list(options(match.group())))
        return _put(text, *match.span(), _like(match.group(), new))

    kinds: dict[str, Callable[[], Made | None]] = {
        "spelling": lambda: _misspelled(text, rng),
        "case": lambda: _cased(text, rng),
        "punctuation": lambda: _punctuated(text, rng),
        "spaced": lambda: (re.sub(r"(?<=\w)([.,;:!?'’])", r" \1", text), []),
        "swap": lambda: _swapped_neighbours(text, rng),
        "repeat": lambda: _repeated(text, rng),
        "number": lambda: _put_number(text, rng),
        "insert": lambda: _inserted(text, words, rng),
        "negation": lambda: _listed(text, NEGATION.get(language, []), rng),
        "gender": lambda: _listed(text, GENDER.get(language, []), rng),
        "function": lambda: replaced_by(
            lambda m: m.group().lower() in words.function,
            lambda w: [f for f in words.function if f != w.lower()] if rng.random() < 0.6 else [""],
        ),
        "inflection": lambda: replaced_by(
            lambda m: len(m.group()) > 4,
            lambda w: [o for o in words.stems.get(w.lower()[: max(4, len(w) - 3)], []) if o != w.lower()],
        ),
        "drop": lambda: replaced_by(lambda m: len(m.group()) > 3 and m.start() > 0, lambda _: [""]),
        "neighbour": lambda: replaced_by(
            lambda m: m.group().lower() in words.neighbours, lambda w: words.neighbours[w.lower()]
        ),
        "name": lambda: replaced_by(
            lambda m: m.start() > 0 and m.group() in words.names,
            lambda w: [n for n in rng.choices(words.listed, k=8) if n != w],
        ),
        "foreign": lambda: replaced_by(
            lambda m: len(m.group()) > 3 and m.group().islower(), lambda _: _foreign_words(row)
        ),
        "pronoun": lambda: replaced_by(
            lambda m: m.group().lower() in PRONOUNS.get(language, "").split(),
            lambda w: [o for o in PRONOUNS[language].split() if o != w.lower()],
        ),
        "phrase": lambda: _without_phrase(text, language, rng),
        "antonym": lambda: (
            replaced_by(lambda m: language == "en" and len(m.group()) > 2, _known("opposites"))
            if language == "en" and rng.random() < 0.7
            else _opposite(text, language, rng)
        ),
        "wider": lambda: replaced_by(
            lambda m: language == "en" and len(m.group()) > 3, _known("wider", "nv")
        ),
        "derived": lambda: replaced_by(lambda m: language == "en" and len(m.group()) > 3, _known("derived")),
        "trimmed": lambda: replaced_by(lambda m: language == "en" and _modifier(m.group()), lambda _: [""]),
        "modifier": lambda: _modified(text, words, rng) if language == "en" else None,
    }  # fmt: skip
    made = kinds[kind]() if kind in kinds else damage(kind, row, other, rng)
    return made if made is not None and made[0].strip() and made[0] != text else None


def _foreign_words(row: Row) -> list[str]:
    """Words of the source that may stand untranslated; two characters where it has no blanks."""
    if lang.is_unspaced(row.langs[0]):
        runs = re.findall(r"[^\W\d_]{2,}", row.src)
        return [run[at : at + 2] for run in runs for at in range(0, len(run) - 1, 2)]
    return [w for w in WORD.findall(row.src) if len(w) > 3 and w.islower()]


def twins(rows: Sequence[Row], n: int, seed: int) -> list[tuple[Row, Row, str]]:
    """``n`` times (good row, row with an error, kind), kinds taking turns as far as the texts allow.

    ``rows`` hold translations by people; the good row's ``spans`` are empty, the bad one's exact.
    """
    rng = random.Random(seed)  # noqa: S311 - sampling, not secrets
    by_language: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_language[row.langs[1]].append(row)
    words = {
        code: Vocabulary() if lang.is_unspaced(code) else Vocabulary.of([r.mt for r in group], code)
        for code, group in sorted(by_language.items())
    }
    kinds, out = [*MARGINS, *SUBTLE], []
    rng.shuffle(kinds)
    for turn in range(50 * n):
        kind = kinds[turn % len(kinds)]
        for row in rng.choices(rows, k=8):  # not every text has a number in it
            other = rng.choice(by_language[row.langs[1]])
            made = make(kind, row, other, words[row.langs[1]], rng) if other.key != row.key else None
            if made is not None:
                break
        else:
            continue
        good = Row(row.set, row.pair, row.src, row.mt, spans=[])
        # What else a longer damage breaks is not known word by word.
        exact = kind not in (
            "shuffled",
            "swapped",
            "copied",
            "looped",
            "cut",
            "case",
            "spaced",
            "untranslated",
        )
        out.append(
            (good, Row(f"twin-{kind}", row.pair, row.src, made[0], spans=made[1] if exact else None), kind)
        )
        if len(out) == n:
            break
    return out

"""The bundled estimator: the encoder, fine-tuned by this project to judge translations."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import ceil, exp, floor, inf
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray

from qa import __version__, lang
from qa.errors import ModelError
from qa.estimate.artefact import Artefact, read
from qa.estimate.batching import estimate_in_blocks
from qa.estimate.calibration import Curve, Interval
from qa.estimate.guards import ceiling
from qa.estimate.marks import Marker
from qa.estimate.memory import Memory, Pair
from qa.estimate.slips import KINDS, slips
from qa.estimate.stretch import Doubted, stretch
from qa.estimate.vectors import VectorJudge
from qa.estimate.words import split_words
from qa.model import Estimate, Score, WordScore
from qa.terms.lengths import compared

if TYPE_CHECKING:
    from qa.encoder import Encoder, Progress
    from qa.encoder.e5 import E5Encoder
    from qa.encoder.tokenizer import Pieces
    from qa.encoder.use import UseEncoder
    from qa.estimate.omissions import Omission
    from qa.estimate.reader import Reader

__all__ = ["ARTEFACT", "JointEstimator", "Raw", "between", "load_bundled", "word_logits"]

ARTEFACT = Path(__file__).with_name("joint.safetensors")
BLOCK = 256
"""Pairs that are remembered together: what an interrupted run has done, it keeps."""
_LONG = 1.5
"""Standard deviations above the length to be expected from which additions are looked for."""
_SHORTEST, _LONGEST = -8.0, 4.0
_FEW = 4
"""Pairs whose second encoder runs beside the network: somebody waits for them, and a processor is idle."""

P = ParamSpec("P")
T = TypeVar("T")
Floats = NDArray[np.float32]
Word = tuple[int, int, float, float]
"""Start, end, log-odds of being wrong, log-odds of being a major error if it is."""


@dataclass(frozen=True, slots=True)
class Raw:
    """What the network says of one pair, uncalibrated: ``quality`` in standard deviations of human judgement,
    higher is better; ``hter``; the ``words`` of the translation, None behind the network's window.
    ``second`` is what the other encoder's vectors tell of the quality, in the same unit, None where nothing
    was learnt of the languages; ``slips`` are counts (``qa.estimate.slips``). ``lost`` are the words of the
    source with the log-odds that they have no counterpart, ``omitted`` those of any omission as the network
    sees it, None where the pair was cut; ``longer`` is by how many standard deviations the translation is
    longer than is to be expected."""

    quality: float
    hter: float
    words: tuple[Word | None, ...]
    second: float | None = None
    slips: tuple[float, ...] = (0.0,) * len(KINDS)
    lost: tuple[Doubted, ...] = ()
    omitted: float | None = None
    longer: float = 0.0

    @property
    def doubt(self) -> float:
        """Mean over the words of the uncalibrated probability of being wrong."""
        doubts = [1 / (1 + exp(-word[2])) for word in self.words if word is not None]
        return sum(doubts) / max(1, len(doubts))

    def blended(self, weights: Sequence[float]) -> float:
        """Quality helped by what else is known of the sentence; ``weights`` are those of edit rate, doubt and
        the second opinion, the second opinion that says nothing, and those of the slips."""
        of_hter, of_doubt, of_second, usual, *of_slips = weights
        second = usual if self.second is None else self.second
        known = self.quality + of_hter * self.hter + of_doubt * self.doubt + of_second * (second - usual)
        return known + sum(weight * slips for weight, slips in zip(of_slips, self.slips, strict=True))

    def omission(self, weights: Sequence[float]) -> float:
        """The log-odds that the translation leaves something out: what the network sees of it, helped by the
        length. ``weights`` are those of both, that of the square of how far it is too short (a lost clause
        says little to the network and much by its length), and the bias."""
        of_seen, of_length, of_short, bias = weights
        if self.omitted is None:
            return -inf
        short = min(self.length, 0.0)
        return of_seen * self.omitted + of_length * self.length + of_short * short * short + bias

    @property
    def length(self) -> float:
        """``longer``, no further off than where it becomes no better a sign of an omission, or of none."""
        return min(max(self.longer, _SHORTEST), _LONGEST)


def load_bundled(
    argument: str = "", encoder: Encoder | None = None, *, cache: Path | bool | None = True
) -> JointEstimator:
    """The bundled estimator; ``argument`` may name another artefact of the same format.

    ``cache`` is as in ``qa.encoder.load``: where estimates are remembered. Of a bundled ``encoder`` that
    is loaded already, weight file, tokenizer and thread count are shared; any other is passed over.

    Raises ModelError when the artefact is missing, damaged or made for another encoder.
    """
    from qa.encoder.cache import open_cache
    from qa.encoder.e5 import E5Encoder
    from qa.encoder.use import load_use

    artefact = read(Path(argument) if argument else ARTEFACT)
    base = encoder if isinstance(encoder, E5Encoder) else E5Encoder()
    use = load_use(threads=base.threads, cache=cache, dtype=lambda: base.dtype)
    return JointEstimator(artefact, base, use, Memory(open_cache(cache)))


def word_logits(text: str, pieces: Pieces, logits: Floats) -> tuple[Word | None, ...]:
    """Each word of ``text`` with the worst of its pieces' log-odds; ``logits`` (read pieces, 2)."""
    read = len(logits)
    wrong, major = logits.T.tolist()
    starts, ends = pieces.starts[:read].tolist(), pieces.ends[:read]
    out: list[Word | None] = []
    # Both run from left to right: no word has to look at every piece.
    words = split_words(text)
    firsts = np.searchsorted(ends, [start for start, _ in words], side="right")
    for (start, end), first in zip(words, firsts.tolist(), strict=True):
        last = first
        while last < read and starts[last] < end:
            last += 1
        if first == last:
            out.append(None)
            continue
        worst = max(range(first, last), key=wrong.__getitem__)
        out.append((start, end, wrong[worst], major[worst]))
    return tuple(out)


def doubted(text: str, pieces: Pieces, odds: Floats) -> tuple[Doubted, ...]:
    """Each word of ``text`` with the highest of its pieces' log-odds; ``odds`` (read pieces,)."""
    twice = np.stack([odds, odds], 1)
    return tuple((start, end, odds) for start, end, odds, _ in filter(None, word_logits(text, pieces, twice)))


def _at_once(run: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Future[T]:
    """What an executor that starts no thread would return."""
    future: Future[T] = Future()
    future.set_result(run(*args, **kwargs))
    return future


def between(source_lang: str, target_lang: str) -> str:
    """The two languages in alphabetical order: the network's doubts are alike in both directions."""
    return "-".join(sorted((lang.base(source_lang), lang.base(target_lang))))


class JointEstimator:
    """See ``qa.estimate.Estimator``.

    ``quality`` is the expected percentile of a human judgement among machine translations of the same
    language pair: 50 is what people find average, higher is better. ``words`` hold the probability that
    a person marks the word as an error, and that such an error is a major one. ``hter`` is the predicted
    edit rate of a post-editor.
    """

    def __init__(
        self, artefact: Artefact, encoder: E5Encoder, use: UseEncoder, memory: Memory | None = None
    ) -> None:
        self._memory = memory or Memory(None)
        meta, tensors = artefact.meta, artefact.tensors
        if encoder.signature != meta.get("encoder"):
            raise ModelError(
                f"the estimator was trained on the encoder {meta.get('encoder')}, not on {encoder.signature}"
            )
        self.encoder, self._use = encoder, use
        self.seen = frozenset(meta["pairs"])
        self._scale: Mapping[str, float] = meta.get("interval_scale", {})
        self._levels: Mapping[str, float] = meta.get("word_levels", {})
        self.thresholds: Mapping[str, float] = meta["word_thresholds"]
        """Names of thresholds on ``words[].bad``: ``precise``, ``balanced``."""
        self.signature = f"relecture-qe|v:{__version__}|enc:{encoder.signature}|art:{artefact.sha256[:8]}"
        self._tensors = tensors
        try:
            self._blend: Sequence[float] = tensors["blend"].tolist()
            self._quality = Curve(tensors["quality/x"], tensors["quality/y"])
            self._hter = Curve(tensors["hter/x"], tensors["hter/y"])
            self._readout = tensors["readout"]
            self._vector_judge = VectorJudge(tensors)
            self._omission: Sequence[float] = tensors["omission"].tolist()
            self.omission_threshold: float = meta["omission_threshold"]
            self._word = Curve(tensors["word/x"], tensors["word/y"])
            self._major = Curve(tensors["major/x"], tensors["major/y"])
            self._interval = {
                known: Interval(*(tensors[f"interval/{known}/{part}"] for part in ("at", "low", "high")))
                for known in ("seen", "unseen")
            }
        except KeyError as error:
            raise ModelError(f"the estimator's weights lack {error}; reinstall relecture") from None

    @cached_property
    def reader(self) -> Reader:
        """The network as it judges; the first access puts it together."""
        import torch

        from qa.estimate.omissions import OmissionLayers
        from qa.estimate.reader import Reader
        from qa.estimate.tuned import grown

        network = grown(self._tensors, self.encoder.weights, self.encoder.dtype)
        network.outer.weight[0] += torch.from_numpy(self._readout)
        return Reader(network, OmissionLayers(self._tensors))

    @cached_property
    def _marker(self) -> Marker:
        return Marker(self.encoder.tokenizer.piece)

    def signature_for(self, source_lang: str, target_lang: str) -> str:
        """The signature of scores of one language pair: it says whether training saw that pair."""
        return f"{self.signature}|pair:{self._known(source_lang, target_lang)}"

    def _known(self, source_lang: str, target_lang: str) -> str:
        return "seen" if f"{lang.base(source_lang)}-{lang.base(target_lang)}" in self.seen else "unseen"

    def estimate(
        self,
        pairs: Sequence[Pair],
        source_lang: str,
        target_lang: str,
        *,
        progress: Progress | None = None,
    ) -> list[Estimate]:
        """See ``qa.estimate.Estimator.estimate``."""
        languages = lang.normalise(source_lang), lang.normalise(target_lang)
        signature = self.signature_for(*languages)
        return estimate_in_blocks(
            lambda block: self._told(block, *languages),
            pairs,
            signature=signature,
            languages=languages,
            size=BLOCK,
            memory=self._memory,
            nothing=Estimate(Score(0.0, signature, 0.0, 5.0)),
            progress=progress,
        )

    def raw(self, pairs: Sequence[Pair], source_lang: str, target_lang: str) -> list[Raw | None]:
        """The numbers behind the estimates, in input order; None where a side has nothing to read."""
        from qa.encoder.e5 import torch_threads
        from qa.encoder.flat import groups
        from qa.estimate.joint import MAX_PIECES

        pieces = self.encoder.tokenizer.pieces
        known = {text: pieces(text) for text in dict.fromkeys(text for pair in pairs for text in pair)}
        cut = [(known[source], known[target]) for source, target in pairs]
        readable = [i for i, (source, target) in enumerate(cut) if len(source.ids) and len(target.ids)]
        out: list[Raw | None] = [None] * len(pairs)
        lengths = [min(MAX_PIECES, sum(len(side.ids) for side in cut[i]) + 3) for i in readable]
        threads = self.encoder.threads
        chosen = [[readable[at] for at in group] for group in groups(lengths, threads)]
        work = ([cut[i] for i in group] for group in chosen)
        # Threads that work on groups of their own never wait for each other, as torch's inside a product do.
        with torch_threads(1), ThreadPoolExecutor(threads) as workers:
            ask = workers.submit if threads > 1 and len(readable) <= _FEW else _at_once
            second = ask(self._second_opinion, readable, pairs, source_lang, target_lang)
            judge = partial(self._judge, self.reader)
            run = map if len(chosen) == 1 else workers.map  # for one group no thread has to be started
            for group, found in zip(chosen, run(judge, work), strict=True):
                for i, (quality, hter, logits, omission) in zip(group, found, strict=True):
                    words = word_logits(pairs[i][1], cut[i][1], logits)
                    seen = slips(*pairs[i], source_lang, target_lang)
                    longer = compared(len(pairs[i][0]), len(pairs[i][1]), source_lang, target_lang).deviation
                    raw = Raw(quality, hter, words, second.result()[i], seen, longer=longer)
                    # Of a pair that was cut, what stood behind the cut would seem left out.
                    if len(omission.unmet) == len(cut[i][0].ids):
                        lost = doubted(pairs[i][0], cut[i][0], omission.unmet)
                        raw = replace(raw, lost=lost, omitted=omission.odds)
                    out[i] = raw
        return out

    def _judge(
        self, reader: Reader, pairs: Sequence[tuple[Pieces, Pieces]]
    ) -> list[tuple[float, float, Floats, Omission]]:
        """Quality, edit rate, the pieces' log-odds (read pieces, 2) and the omission of each pair."""
        import torch

        from qa.estimate.reader import lay_out

        weights = self.encoder.weights
        ids = [(source.ids.tolist(), target.ids.tolist()) for source, target in pairs]
        with torch.inference_mode():
            laid = lay_out(ids, (weights.bos, weights.eos, weights.pad), self._marker)
            output, omissions = reader(torch.from_numpy(weights.embed(laid.ids)), laid)
        logits = output.pieces.numpy()
        return [
            (quality, hter, logits[start + 1 : start + cut - 1], omission)
            for (quality, hter), start, cut, omission in zip(
                output.sentence.tolist(), laid.rows.starts, laid.cuts, omissions, strict=True
            )
        ]

    def _second_opinion(
        self, indices: Sequence[int], pairs: Sequence[Pair], source_lang: str, target_lang: str
    ) -> dict[int, float | None]:
        known = {lang.base(source_lang), lang.base(target_lang)} <= self._use.languages
        if not known and self._known(source_lang, target_lang) == "unseen":
            return dict.fromkeys(indices)
        vectors = self._use.embed([pairs[i][side] for side in (0, 1) for i in indices])
        told = self._vector_judge(vectors[: len(indices)], vectors[len(indices) :])
        return dict(zip(indices, told.tolist(), strict=True))

    def _told(self, pairs: Sequence[Pair], source_lang: str, target_lang: str) -> list[Estimate]:
        signature = self.signature_for(source_lang, target_lang)
        interval = self._interval[self._known(source_lang, target_lang)]
        level = self._levels.get(between(source_lang, target_lang), 0.0)
        scale = self._scale.get(f"{lang.base(source_lang)}-{lang.base(target_lang)}", 1.0)
        out = []
        raws = self.raw(pairs, source_lang, target_lang)
        added = self._added(pairs, raws, source_lang, target_lang)
        for at, ((source, target), raw) in enumerate(zip(pairs, raws, strict=True)):
            if raw is None:
                out.append(Estimate(Score(0.0, signature, 0.0, 5.0)))
                continue
            quality = float(self._quality(np.array([raw.blended(self._blend)], np.float32))[0])
            hter = float(self._hter(np.array([raw.hter], np.float32))[0])
            bound = ceiling(source, target, source_lang, target_lang)
            low, high = (float(edge[0]) for edge in interval(np.array([quality], np.float32)))
            # Some pairs of languages are judged more reliably than others.
            low = max(0.0, quality - scale * (quality - low))
            high = min(100.0, quality + scale * (high - quality))
            if bound < 100:  # no room for the model's doubt: the interval shrinks to the bound as well
                quality, low, high = min(quality, bound), 0.0, min(high, bound + 10)
            # Rounded outwards: the score stays inside.
            score = Score(round(quality, 2), signature, floor(10 * low) / 10, ceil(10 * high) / 10)
            out.append(
                Estimate(
                    score, self._words(raw, level), round(hter, 3),
                    missing=self._missing(source, raw), added=added.get(at, ()),
                )
            )  # fmt: skip
        return out

    def _missing(self, source: str, raw: Raw) -> tuple[WordScore, ...]:
        return stretch(source, raw.lost, raw.omission(self._omission), self.omission_threshold)

    def _added(
        self, pairs: Sequence[Pair], raws: Sequence[Raw | None], source_lang: str, target_lang: str
    ) -> dict[int, tuple[WordScore, ...]]:
        """Of translations that are long for their source, the words that it does not seem to say: what they
        would lose if it were their translation."""
        long = [at for at, raw in enumerate(raws) if raw is not None and raw.longer >= _LONG]
        turned = [(target, source) for source, target in (pairs[at] for at in long)]
        back = self.raw(turned, target_lang, source_lang)
        return {at: self._missing(pairs[at][1], raw) for at, raw in zip(long, back, strict=True) if raw}

    def _words(self, raw: Raw, level: float) -> tuple[WordScore, ...]:
        words = [word for word in raw.words if word is not None]
        if not words:
            return ()
        bad = self._word(np.array([word[2] - level for word in words], np.float32))
        major = self._major(np.array([word[3] for word in words], np.float32))
        return tuple(
            WordScore(start, end, round(p, 3), round(m, 2))
            for (start, end, _, _), p, m in zip(words, bad.tolist(), major.tolist(), strict=True)
        )
